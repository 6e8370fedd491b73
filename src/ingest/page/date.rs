//! Dates as pages print them: "Sun, 26 Dec 2021 - 06:05 GMT", "October 17, 2016", "17/10/2016".
//! `05/06/2021` is two days in two countries: only its year is kept, unless a time zone on the same
//! line tells which country prints it.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use super::lines::Line;
use crate::model::{PartialDate, Span};

/// A date with where it stands in the text it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub date: PartialDate,
    pub span: Span,
}

/// Month names and their usual abbreviations, January first, in the languages of many outlets.
const MONTHS: [&str; 12] = [
    "january jan janvier janv enero ene januar janeiro gennaio января يناير",
    "february feb février fevrier févr febrero februar fevereiro febbraio февраля فبراير شباط",
    "march mar mars marzo märz março марта مارس آذار",
    "april apr avril avr abril abr aprile апреля أبريل ابريل نيسان",
    "may mai mayo maio maggio мая مايو أيار",
    "june jun juin junio juni junho giugno июня يونيو حزيران",
    "july jul juillet juil julio juli julho luglio июля يوليو تموز",
    "august aug août aout agosto ago августа أغسطس آب",
    "september sept sep septembre septiembre setembro settembre сентября سبتمبر أيلول",
    "october oct octobre octubre oktober outubro ottobre октября أكتوبر",
    "november nov novembre noviembre novembro ноября نوفمبر",
    "december dec décembre decembre déc diciembre dic dezember dezembro dicembre декабря ديسمبر",
];

const WEEKDAYS: [(&str, &str, Weekday); 7] = [
    ("monday", "mon", Weekday::Monday),
    ("tuesday", "tue", Weekday::Tuesday),
    ("wednesday", "wed", Weekday::Wednesday),
    ("thursday", "thu", Weekday::Thursday),
    ("friday", "fri", Weekday::Friday),
    ("saturday", "sat", Weekday::Saturday),
    ("sunday", "sun", Weekday::Sunday),
];

/// The weekday a word names: "Sunday", "Sun", "Tues".
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let word = word.as_str();
    let (_, _, day) = WEEKDAYS
        .iter()
        .find(|(full, short, _)| word == *short || word.starts_with(short) && full.starts_with(word))?;
    Some(*day)
}

fn month(word: &str) -> Option<u8> {
    static NUMBERS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
        let names = |(names, number): (&'static str, u8)| names.split(' ').map(move |name| (name, number));
        MONTHS.into_iter().zip(1..).flat_map(names).collect()
    });
    NUMBERS.get(word.to_lowercase().as_str()).copied()
}

/// Whether a list of words divided by spaces holds the word.
fn is_word_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// A run of letters or of digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub span: Span,
}

impl Token<'_> {
    /// Its value, where it is one or two digits; "2nd" counts as 2.
    fn small(&self, top: u8) -> Option<u8> {
        let digits = self.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = self.text.get(digits.len()..)?;
        if digits.len() > 2 || !matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er") {
            return None;
        }
        digits.parse().ok().filter(|n| (1..=top).contains(n))
    }

    fn year(&self) -> Option<i16> {
        let year = (self.text.len() == 4).then(|| self.text.parse().ok())??;
        (1600..=2199).contains(&year).then_some(year)
    }
}

/// The words and numbers of a text, with nothing between. A year and the word glued to it are two:
/// pages print "10/13/2021October 13, 2021".
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut digits = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let glued = digits == 4 && c.is_uppercase();
        if let Some(from) = start.filter(|_| glued || !c.is_alphanumeric()) {
            let span = Span::new(from, at);
            tokens.push(Token { text: span.of(text), span });
            start = None;
        }
        if c.is_alphanumeric() {
            digits = if !c.is_ascii_digit() {
                9
            } else if start.is_none() {
                1
            } else {
                digits + 1
            };
            start = start.or(Some(at));
        }
    }
    tokens
}

/// How a line writes `5/6/2021`, told by the time zone printed with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    MonthFirst,
    DayFirst,
    Unknown,
}

fn order(tokens: &[Token<'_>]) -> Order {
    let has = |zones: &[&str]| tokens.iter().any(|token| zones.contains(&token.text));
    if has(&["EST", "EDT", "ET", "CST", "CDT", "MST", "MDT", "PST", "PDT", "PT"]) {
        Order::MonthFirst
    } else if has(&["GMT", "BST", "IST", "CET", "CEST", "EAT", "WAT", "CAT", "SAST", "AEST", "PKT", "MSK"]) {
        Order::DayFirst
    } else {
        Order::Unknown
    }
}

/// Every date in a text, in order. A day and month without a year count; a year alone does not.
pub(super) fn find(text: &str) -> Vec<Found> {
    let tokens = tokens(text);
    let order = order(&tokens);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(date) = east_asian(tokens[at].text) {
            found.push(Found { date, span: tokens[at].span });
            at += 1;
            continue;
        }
        match read_at(text, &tokens[at..], order) {
            Some((date, used)) => {
                let span = Span::new(tokens[at].span.start, tokens[at + used - 1].span.end);
                found.push(Found { date, span });
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

/// "2021年12月26日" is one run of letters and digits.
fn east_asian(token: &str) -> Option<PartialDate> {
    let (year, rest) = token.split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let (day, _) = rest.split_once(['日', '일'])?;
    let date = PartialDate::ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    to_civil(date).map(|_| date)
}

/// What may stand between the parts of a date written in words: "17 October, 2016", "Dec. 26, 2021".
fn joined(text: &str, before: &Token<'_>, after: &Token<'_>) -> bool {
    let gap = Span::new(before.span.end, after.span.start).of(text);
    gap.len() <= 4
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '–' | '/' | 'º' | '°'))
}

/// The date that begins with the first token, and how many tokens it takes.
fn read_at(text: &str, tokens: &[Token<'_>], order: Order) -> Option<(PartialDate, usize)> {
    let (first, second) = (tokens.first()?, tokens.get(1)?);
    if !joined(text, first, second) {
        return None;
    }
    let third = tokens.get(2).filter(|third| joined(text, second, third));
    if let Some(third) = third
        && let Some(date) = numeric(text, [first, second, third], order)
    {
        return Some((date, 3));
    }
    // "26 de diciembre de 2021" and "26th of December 2021".
    let small = |at: usize| usize::from(tokens.get(at).is_some_and(|t| matches!(t.text, "de" | "of")));
    if let Some(day) = first.small(31) {
        let skip = small(1);
        let named = tokens.get(1 + skip)?;
        let month = month(named.text)?;
        return with_year(text, tokens, 2 + skip, month, day);
    }
    let month = named_month(text, first, second)?;
    if let Some(day) = second.small(31) {
        return with_year(text, tokens, 2, month, day);
    }
    let year = second.year()?;
    Some((PartialDate { year: Some(year), month: Some(month), day: None }, 2))
}

/// The month a word names. "May 3" and "Mar 3" are dates but "may 3" is a verb, so a capital is asked
/// for, and "March 2016 people" never is split.
fn named_month(text: &str, first: &Token<'_>, second: &Token<'_>) -> Option<u8> {
    let gap = Span::new(first.span.end, second.span.start).of(text);
    let capital = first.text.starts_with(char::is_uppercase);
    (capital && !gap.contains(',')).then(|| month(first.text))?
}

/// Adds the year that stands at token `at`, where one does. `None` for a day that no calendar has.
fn with_year(
    text: &str,
    tokens: &[Token<'_>],
    at: usize,
    month: u8,
    day: u8,
) -> Option<(PartialDate, usize)> {
    let at_year = at + usize::from(tokens.get(at).is_some_and(|token| token.text == "de"));
    if let (Some(before), Some(token)) = (tokens.get(at_year - 1), tokens.get(at_year))
        && let Some(year) = token.year().filter(|_| joined(text, before, token))
    {
        return exists(year, month, day).then(|| (PartialDate::ymd(year, month, day), at_year + 1));
    }
    // Without its year the day counts where some year has it: 29 February does.
    let bare = PartialDate { year: None, month: Some(month), day: Some(day) };
    exists(2000, month, day).then_some((bare, at))
}

fn exists(year: i16, month: u8, day: u8) -> bool {
    to_civil(PartialDate::ymd(year, month, day)).is_some()
}

/// The calendar day of a whole date.
pub(super) fn to_civil(date: PartialDate) -> Option<Date> {
    let month = i8::try_from(date.month?).ok()?;
    let day = i8::try_from(date.day?).ok()?;
    Date::new(date.year?, month, day).ok()
}

/// `2021-12-26`, `26/12/2021`, `12.26.2021`.
fn numeric(text: &str, parts: [&Token<'_>; 3], order: Order) -> Option<PartialDate> {
    let [a, b, c] = parts;
    let mark = |x: &Token<'_>, y: &Token<'_>| {
        let gap = Span::new(x.span.end, y.span.start).of(text);
        gap.chars().next().filter(|c| gap.len() == 1 && matches!(c, '-' | '/' | '.'))
    };
    let (first_mark, second_mark) = (mark(a, b)?, mark(b, c)?);
    if first_mark != second_mark {
        return None;
    }
    if let (Some(year), Some(month)) = (a.year(), b.small(12)) {
        // "2021-12-26T06:05": the time follows the day without a space.
        let day = c.text.split('T').next().and_then(|day| day.parse::<u8>().ok())?;
        return exists(year, month, day).then(|| PartialDate::ymd(year, month, day));
    }
    let (x, y, year) = (a.small(31)?, b.small(31)?, c.year()?);
    let date = match (x > 12, y > 12) {
        (true, true) => return None,
        (true, false) => PartialDate::ymd(year, y, x),
        (false, true) => PartialDate::ymd(year, x, y),
        // Dots are written where the day comes first.
        (false, false) if x == y || first_mark == '.' || order == Order::DayFirst => {
            PartialDate::ymd(year, y, x)
        }
        (false, false) if order == Order::MonthFirst => PartialDate::ymd(year, x, y),
        (false, false) => {
            return Some(PartialDate { year: Some(year), month: None, day: None });
        }
    };
    to_civil(date).map(|_| date)
}

/// Words that may stand on a line of nothing but a date and its time.
const BESIDE: &str = "am pm a m p at on gmt utc est edt et cst cdt ct mst mdt mt pst pdt pt bst ist cet \
    cest eat wat cat sast pkt msk hrs hours h noon local time ago years year months month weeks week days \
    day hour minutes minute min mins read of de the date dated published updated posted modified last \
    first release issue edition publié publiée mis jour publicado publicada actualizado atualizado \
    veröffentlicht aktualisiert stand pubblicato aggiornato created added issued publication filed uploaded le el il uhr um à and to z";

/// Whether a line holds nothing but dates, times and the words that go with them.
pub(super) fn is_date_line(line: &Line<'_>) -> bool {
    // "Published Monday, 3 May 2019, 10:00 a.m. GMT; last updated on …" is as long as they get.
    if line.words > 24 || !line.key.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let found = find(line.text);
    if found.is_empty() {
        return false;
    }
    tokens(line.text).iter().all(|token| {
        let word = token.text.to_lowercase();
        let number = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 8;
        found.iter().any(|date| date.span.contains(token.span))
            || number
            || is_word_of(BESIDE, &word)
            || weekday(&word).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn dates_are_read_as_printed() {
        let check = |text: &str, expected: &[&str]| {
            let dates: Vec<_> = find(text).iter().map(|found| found.date.to_string()).collect();
            assert_eq!(dates, expected, "{text}");
        };
        check("26 December 2021", &["2021-12-26"]);
        check("Dec. 26, 2021", &["2021-12-26"]);
        check("Sept. 3, 2014", &["2014-09-03"]);
        check("2021-12-26", &["2021-12-26"]);
        check("2021-12-26T06:05:00Z", &["2021-12-26"]);
        check("26/12/2021", &["2021-12-26"]);
        check("12/26/2021 8:00 AM EST", &["2021-12-26"]);
        check("05/06/2021 8:00 AM EST", &["2021-05-06"]);
        check("05/06/2021 08:00 GMT", &["2021-06-05"]);
        check("05/06/2021", &["2021"]);
        check("10/13/2021October 13, 2021", &["2021-10-13", "2021-10-13"]);
        check("05.06.2021", &["2021-06-05"]);
        check("Sun, 26 Dec 2021 - 06:05 GMT", &["2021-12-26"]);
        check("October 17, 2016 / 5:44 PM / 2 years ago", &["2016-10-17"]);
        check("Published: 3rd of May 2019; updated 4 May 2019", &["2019-05-03", "2019-05-04"]);
        check("le 3 août 2020", &["2020-08-03"]);
        check("26 de diciembre de 2021", &["2021-12-26"]);
        check("13 марта 2018", &["2018-03-13"]);
        check("Monday, Jan 3", &["XXXX-01-03"]);
        check("26 ديسمبر 2021", &["2021-12-26"]);
        check("2021年12月26日 06:05", &["2021-12-26"]);
        check("March 2016", &["2016-03"]);
        check("30 February 2020", &["2020-02"]);
        check("29 February", &["XXXX-02-29"]);
        check("in 2004, 224 people", &[]);
        check("they may 3 times", &[]);
        check("32/13/2020", &[]);
        check("1.2.3 and 10-12", &[]);
    }

    #[test]
    fn a_date_line_holds_nothing_else() {
        let check =
            |text: &str, expected: bool| assert_eq!(is_date_line(&split(text)[0]), expected, "{text}");
        check("Sun, 26 Dec 2021 - 06:05 GMT", true);
        check("October 17, 2016 / 5:44 PM / 2 years ago", true);
        check("Published: 3 May 2019 | Updated: 4 May 2019, 10:00 a.m.", true);
        check("Shoppers in the rain. Feb. 10, 2015.", false);
        check("Ten years ago", false);
    }
}
