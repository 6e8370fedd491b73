//! A quotation with its source, as it goes into a report.

use crate::model::{Article, Place};

use super::super::words;

/// “Words” — Title, Outlet, 17 Oct 2016, p. 3, address, Place (coordinates): as much of it as is known. The words begin at
/// the byte `at` of the text.
pub(super) fn citation(article: &Article, quoted: &str, at: Option<usize>, place: Option<&Place>) -> String {
    let parts = [
        Some(article.heading().trim().to_owned()),
        article.source.clone(),
        article.date.map(words::date),
        at.and_then(|at| article.page_of(at)).map(|page| format!("p. {}", words::number(page as u64))),
        article.url.clone(),
        place.map(|place| format!("{} ({})", place.label(), words::coordinates(place.lat, place.lon))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    format!("“{}” — {}", unquoted(quoted.trim()), parts.join(", "))
}

/// Words without the marks that are round all of them.
fn unquoted(text: &str) -> &str {
    const PAIRS: [(char, char); 3] = [('“', '”'), ('"', '"'), ('«', '»')];
    let inner = |&(open, close): &(char, char)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner)
    };
    PAIRS.iter().find_map(inner).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{PartialDate, Precision};

    #[test]
    fn a_quotation_names_its_source() {
        let mut article = Article::from_text("a.txt", "Talks open\n\nTalks on Aleppo opened.");
        let check = |article: &Article, quoted: &str, place: Option<&Place>, expected: &str| {
            assert_eq!(citation(article, quoted, article.text.find(quoted), place), expected);
        };
        check(&article, "Talks on Aleppo opened.", None, "“Talks on Aleppo opened.” — Talks open");
        article.source = Some("The Courier".to_owned());
        article.date = Some(PartialDate::ymd(2016, 10, 17));
        article.url = Some("https://example.org/1".to_owned());
        let aleppo = Arc::new(Place {
            id: "geonames:170063".to_owned(),
            name: "Aleppo".to_owned(),
            lat: 36.20124,
            lon: 37.16117,
            country_code: "SY".to_owned(),
            country: "Syria".to_owned(),
            admin1: String::new(),
            feature_class: 'P',
            feature_code: "PPL".to_owned(),
            population: 1,
            precision: Precision::Settlement,
            radius_m: 1.0,
            bbox: None,
        });
        check(
            &article,
            "“We wait.”",
            Some(&aleppo),
            "“We wait.” — Talks open, The Courier, 17 Oct 2016, https://example.org/1, \
             Aleppo, Syria (36.20124, 37.16117)",
        );
        let mut report = Article::from_text("a.pdf", "Summary\n\n\u{c}The road is closed.\u{c}");
        report.date = Some("2020".parse().unwrap());
        check(&report, "The road is closed.", None, "“The road is closed.” — Summary, 2020, p. 2");
    }
}
