//! The header of an article: what it is called, who published it when and where.

use super::super::xml::{attribute, text};
use super::form::is_language;
use super::notes::Notes;
use crate::export::GENERATOR;
use crate::model::{Article, PartialDate};

/// Adds the header.
pub(super) fn article(xml: &mut String, article: &Article, key: &str, notes: &Notes<'_>) {
    xml.push_str("<teiHeader>\n<fileDesc>\n<titleStmt>");
    element(xml, "title", article.heading());
    for (number, person) in notes.people.iter().enumerate() {
        xml.push_str("<respStmt");
        attribute(xml, "xml:id", &notes.person(number));
        xml.push_str("><resp>settled what names and events mean</resp>");
        element(xml, "name", person);
        xml.push_str("</respStmt>");
    }
    xml.push_str("</titleStmt>\n<publicationStmt>");
    element(xml, "publisher", GENERATOR);
    xml.push_str("<idno type=\"dateline\">");
    text(xml, key);
    xml.push_str("</idno></publicationStmt>\n<sourceDesc><bibl>");
    element(xml, "title", article.heading());
    if let Some(outlet) = &article.source {
        element(xml, "publisher", outlet);
    }
    if let Some(date) = article.date {
        xml.push_str("<date");
        if let Some(when) = iso(date) {
            attribute(xml, "when", &when);
        }
        xml.push('>');
        text(xml, &date.to_string());
        xml.push_str("</date>");
    }
    if let Some(url) = &article.url {
        xml.push_str("<idno type=\"URI\">");
        text(xml, url);
        xml.push_str("</idno>");
    }
    xml.push_str("</bibl></sourceDesc>\n</fileDesc>\n");
    if let Some(language) = article.language.as_deref().filter(|tag| is_language(tag)) {
        xml.push_str("<profileDesc><langUsage><language");
        attribute(xml, "ident", language);
        xml.push('>');
        text(xml, language);
        xml.push_str("</language></langUsage></profileDesc>\n");
    }
    xml.push_str("</teiHeader>\n");
}

/// Adds an element of nothing but text.
pub(super) fn element(xml: &mut String, name: &str, words: &str) {
    xml.push_str(&format!("<{name}>"));
    text(xml, words);
    xml.push_str(&format!("</{name}>"));
}

/// A date as XML Schema writes its parts; `None` where it has no way to.
pub(super) fn iso(date: PartialDate) -> Option<String> {
    // Until version 1.1 of the schema there is no year 0, and many programs know that version alone.
    if date.year == Some(0) {
        return None;
    }
    if date.is_whole() {
        return crate::model::Days::of(date).map(|_| date.to_string());
    }
    match (date.year, date.month, date.day) {
        (Some(year), Some(month), None) => Some(format!("{year:04}-{month:02}")),
        (Some(year), None, None) => Some(format!("{year:04}")),
        (None, Some(month), Some(day)) => {
            // 2000 has every day that any year has.
            let some_year = PartialDate { year: Some(2000), ..date };
            crate::model::Days::of(some_year).map(|_| format!("--{month:02}-{day:02}"))
        }
        (None, Some(month), None) => Some(format!("--{month:02}")),
        (None, None, Some(day)) => Some(format!("---{day:02}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_are_those_of_xml_schema() {
        let check = |date: &str, expected: Option<&str>| {
            assert_eq!(iso(date.parse().unwrap()).as_deref(), expected, "{date}");
        };
        check("2023-09-11", Some("2023-09-11"));
        check("2023-09", Some("2023-09"));
        check("2023", Some("2023"));
        check("XXXX-10-31", Some("--10-31"));
        check("XXXX-02-29", Some("--02-29"));
        check("XXXX-XX-05", Some("---05"));
        check("2015-02-31", None);
        check("0000-05-01", None);
        check("0000", None);
        check("XXXX-02-31", None);
    }
}
