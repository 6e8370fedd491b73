//! When an event happened, in words: values of the calendar as people write them.
//! A value that has no words of its own is shown as it is, never left out.

use crate::app::words;
use crate::model::{DateMention, Days, Event, Geoparsed, PartialDate, When};

/// When an event happened, in a few words; none where the text does not say.
pub(in crate::app) fn when(geoparsed: &Geoparsed, event: &Event) -> Option<String> {
    match event.when {
        When::Date(number) => geoparsed.dates.get(number).map(date),
        When::Published => geoparsed.article.day().map(weekday),
        When::Set(date) => Some(weekday(date)),
        When::Unknown => None,
    }
}

/// The value of a date in a text: "Sat 31 Oct 2015", "the 1970s", "since 2011".
pub(in crate::app) fn date(date: &DateMention) -> String {
    edtf(&date.edtf)
}

/// A day with its name: "Sat 31 Oct 2015".
pub(in crate::app) fn weekday(date: PartialDate) -> String {
    let name = || {
        let (month, day) = (i8::try_from(date.month?).ok()?, i8::try_from(date.day?).ok()?);
        let civil = jiff::civil::Date::new(date.year?, month, day).ok()?;
        Some(civil.strftime("%a").to_string())
    };
    let text = words::date(date);
    name().map_or_else(|| text.clone(), |name| format!("{name} {text}"))
}

/// A value of EDTF, or a duration of ISO 8601.
fn edtf(value: &str) -> String {
    let part = |part: &str| single(part).unwrap_or_else(|| part.to_owned());
    match value.split_once('/') {
        Some((from, "" | "..")) => format!("since {}", part(from)),
        Some(("" | "..", to)) => format!("until {}", part(to)),
        Some((from, to)) => span(from, to).unwrap_or_else(|| format!("{} – {}", part(from), part(to))),
        None => duration(value).or_else(|| single(value)).unwrap_or_else(|| value.to_owned()),
    }
}

/// Both ends of a range, the month and the year named once where they are the same.
fn span(from: &str, to: &str) -> Option<String> {
    let (first, last): (PartialDate, PartialDate) = (from.parse().ok()?, to.parse().ok()?);
    if first.year.is_none() && last.year.is_none() {
        return Some(format!("{} – {}, year unknown", words::date(first), words::date(last)));
    }
    let whole = Days { first: Days::of(first)?.first, last: Days::of(last)?.last };
    (whole.first <= whole.last).then(|| words::days(whole))
}

/// One date: its parts may be unknown, its year a decade or a century, its month a season.
fn single(value: &str) -> Option<String> {
    let bare = value.trim_end_matches(['?', '~', '%']);
    let text = plain(bare)?;
    Some(if bare == value { text } else { format!("about {text}") })
}

fn plain(value: &str) -> Option<String> {
    if let Some(decade) = value.strip_suffix('X').filter(|decade| is_number(decade, 3)) {
        return Some(format!("the {decade}0s"));
    }
    if let Some(century) = value.strip_suffix("XX").filter(|century| is_number(century, 2)) {
        return Some(format!("the {}", ordinal_century(century.parse().ok()?)));
    }
    let mut parts = value.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    let known = |part: Option<&str>| part.filter(|part| !part.contains('X')).map(str::parse::<i16>);
    let year = known(Some(year)).transpose().ok()?;
    let month = known(month).transpose().ok()?.and_then(|month| u8::try_from(month).ok());
    let day = known(day).transpose().ok()?.and_then(|day| u8::try_from(day).ok());
    if let Some(season) = month.and_then(season) {
        return Some(year.map_or_else(|| season.to_owned(), |year| format!("{season} {year}")));
    }
    let date = PartialDate { year, month, day };
    let text = if year.is_some() && month.is_some() { weekday(date) } else { words::date(date) };
    (!text.is_empty()).then(|| if year.is_none() { format!("{text}, year unknown") } else { text })
}

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// "20th century" for the years from 1900, as people count them.
fn ordinal_century(hundreds: u32) -> String {
    let number = hundreds + 1;
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending} century")
}

/// The seasons and quarters of EDTF.
const fn season(month: u8) -> Option<&'static str> {
    Some(match month {
        21 | 25 | 29 => "spring",
        22 | 26 | 30 => "summer",
        23 | 27 | 31 => "autumn",
        24 | 28 | 32 => "winter",
        33 => "first quarter of",
        34 => "second quarter of",
        35 => "third quarter of",
        36 => "fourth quarter of",
        40 => "first half of",
        41 => "second half of",
        _ => return None,
    })
}

/// "3 days" for `P3D`.
fn duration(value: &str) -> Option<String> {
    let rest = value.strip_prefix('P')?;
    let mut parts = Vec::new();
    let mut number = String::new();
    let mut of_day = false;
    for c in rest.chars() {
        match c {
            'T' => of_day = true,
            '0'..='9' | '.' => number.push(c),
            _ => {
                let name = match (c, of_day) {
                    ('Y', _) => "year",
                    ('M', false) => "month",
                    ('W', _) => "week",
                    ('D', _) => "day",
                    ('H', _) => "hour",
                    ('M', true) => "minute",
                    ('S', _) => "second",
                    _ => return None,
                };
                let many = if number == "1" { "" } else { "s" };
                parts.push(format!("{} {name}{many}", std::mem::take(&mut number)));
            }
        }
    }
    (!parts.is_empty() && number.is_empty()).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_calendar_read_well() {
        let check = |value: &str, expected: &str| assert_eq!(edtf(value), expected, "{value}");
        check("2015-10-31", "Sat 31 Oct 2015");
        check("2015-10", "Oct 2015");
        check("2004", "2004");
        check("XXXX-10-31", "31 Oct, year unknown");
        check("197X", "the 1970s");
        check("19XX", "the 20th century");
        check("2015-21", "spring 2015");
        check("XXXX-24", "winter");
        check("2004~", "about 2004");
        check("2011/..", "since 2011");
        check("../2011-03", "until Mar 2011");
        check("2015-10-26/2015-10-30", "26 – 30 Oct 2015");
        check("2015/2016", "2015 – 2016");
        check("XXXX-10-26/XXXX-10-30", "26 Oct – 30 Oct, year unknown");
        check("P3D", "3 days");
        check("P1Y6M", "1 year 6 months");
        check("PT30M", "30 minutes");
        check("half past", "half past");
        check("", "");
    }
}
