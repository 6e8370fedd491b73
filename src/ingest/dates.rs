//! Dates as data has them: ISO 8601, timestamps, "17/10/2016", "17-Jan-25", and as pages print them.
//! Which of two numbers is the day, a column tells where one of its dates allows but one answer; a date that stands
//! alone keeps no more than is sure.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::ingest::page;
use crate::model::PartialDate;

/// Which number of "03/04/2021" is the day, and whether that of "16-10-17" is the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) enum Order {
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
    YearFirst,
}

impl Order {
    const ALL: [Order; 3] = [Order::DayFirst, Order::MonthFirst, Order::YearFirst];

    /// By all dates of a column: the one order in which every one of them is a day.
    pub(super) fn of<'a>(dates: impl Iterator<Item = &'a str>) -> Order {
        let dates: Vec<Numbers> = dates.filter_map(Numbers::of).filter(Numbers::is_day).collect();
        let year_first = dates.iter().any(|numbers| numbers.first > 31);
        let open = |numbers: &&Numbers| year_first || numbers.may_begin_with_year();
        let fits = |order: Order, numbers: &Numbers| numbers.day(order).is_some();
        // "16-04-03" among days such as "03.04.16" is written by someone else, who may have put the year first.
        let mixed = dates.iter().any(|numbers| !open(&numbers))
            && dates.iter().filter(open).any(|numbers| fits(Order::YearFirst, numbers));
        let possible = |order: &Order| {
            (*order != Order::YearFirst || dates.iter().all(|numbers| open(&numbers)))
                && dates.iter().all(|numbers| fits(*order, numbers))
        };
        let mut orders = Order::ALL.into_iter().filter(possible);
        match (orders.next(), orders.next()) {
            (Some(order), None) if !mixed => order,
            _ => Order::Unknown,
        }
    }
}

/// The date in words that are said to be one.
pub(in crate::ingest) fn read(words: &str, order: Order) -> Option<PartialDate> {
    let words = words.trim();
    if words.len() > 200 || !words.chars().any(char::is_numeric) {
        return None;
    }
    words
        .parse()
        .ok()
        .or_else(|| compact(words))
        .or_else(|| seconds(words))
        .or_else(|| year_first(words))
        .or_else(|| ordered(words, order))
        .or_else(|| short_year(words))
        .or_else(|| page::read_date(words).map(|date| with_last_year(date, words)))
        .or_else(|| year_alone(words))
        .filter(|date| date.year.is_none_or(|year| (1000..=2200).contains(&year)))
}

/// The date that a line of a page prints: a whole number may be anything's there, "10.2.11" a version and "6-4-10" how a
/// match ended.
pub(in crate::ingest) fn printed(line: &str) -> Option<PartialDate> {
    page::read_date(line)
        .map(|date| with_last_year(date, line))
        .filter(|date| date.year.is_some())
        .or_else(|| spaced(line).then(|| year_first(line.trim()))?)
}

/// Whether a line begins as "2016. 10. 17." and "2016 年 10 月 17 日" do: of "1914 - 10 men, 12 women" the year is none of a
/// day's.
fn spaced(line: &str) -> bool {
    let mut parts = line.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::trim);
    matches!(
        (parts.next(), parts.next()),
        (Some("."), Some(".")) | (Some("年"), Some("月")) | (Some("년"), Some("월"))
    )
}

/// The date that a number means: 20250117, seconds since 1970, or days since the last of 1899, as workbooks count
/// them. Numbers as low as years are years.
pub(in crate::ingest) fn of_number(number: f64) -> Option<PartialDate> {
    if !(1900.0..1e20).contains(&number) {
        return None;
    }
    let whole = number as i64;
    if number <= 2100.0 && number.fract() == 0.0 {
        return Some(PartialDate { year: i16::try_from(whole).ok(), ..PartialDate::default() });
    }
    if number <= 110_000.0 {
        let start = jiff::civil::date(1899, 12, 30);
        return start.checked_add(jiff::Span::new().try_days(whole).ok()?).ok().map(civil);
    }
    compact(&whole.to_string()).or_else(|| of_epoch(whole))
}

/// Of days since 1970.
pub(in crate::ingest) fn of_days(days: i64) -> Option<PartialDate> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(civil)
}

/// Of seconds since 1970, or of thousandths, millionths or milliardths of them, whichever lies in our time.
pub(in crate::ingest) fn of_epoch(number: i64) -> Option<PartialDate> {
    // 1 January 1980 to 1 January 2100.
    let recent = 315_532_800..=4_102_444_800_i64;
    let seconds =
        [1, 1_000, 1_000_000, 1_000_000_000].iter().map(|unit| number / unit).find(|s| recent.contains(s))?;
    Some(civil(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date()))
}

fn civil(date: jiff::civil::Date) -> PartialDate {
    PartialDate::ymd(date.year(), date.month() as u8, date.day() as u8)
}

/// "20250117", "20250117T103000Z", "20250117103000".
fn compact(words: &str) -> Option<PartialDate> {
    let digits = words.split(['T', ' ']).next()?;
    if !matches!(digits.len(), 8 | 14) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    whole(digits.get(..4)?.parse().ok()?, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?)
}

/// "1484650000", "1484650000.0", "1484650000123".
fn seconds(words: &str) -> Option<PartialDate> {
    let number = words.split('.').next()?;
    ((10..=19).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| of_epoch(number.parse().ok()?))?
}

/// "2016/10/17", "2016.10.17 12:00", "2016年10月17日".
fn year_first(words: &str) -> Option<PartialDate> {
    let mut parts = words.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let year = parts.next().filter(|year| year.len() == 4 && words.starts_with(year))?;
    let (month, day) = (parts.next()?, parts.next()?);
    (month.len() <= 2 && day.len() <= 2)
        .then(|| whole(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
}

fn ordered(words: &str, order: Order) -> Option<PartialDate> {
    let numbers = Numbers::of(words)?;
    if let Some(day) = numbers.day(order) {
        return Some(day);
    }
    match numbers.days().as_slice() {
        [day] => Some(*day),
        // A point parts days from months in every language that writes it.
        _ if words.contains('.') => numbers.day(Order::DayFirst),
        // The time zone beside it may tell, and pages know how.
        _ => None,
    }
}

/// The numbers of "17/10/2016 12:00" and "17/10/16", whatever they mean.
#[derive(Clone, Copy)]
struct Numbers {
    first: u8,
    second: u8,
    /// The last, as a year and, where it is short, as a day.
    year: Option<i16>,
    last: Option<u8>,
    /// Whether the first is written with two digits, as a year is.
    whole: bool,
    dashed: bool,
}

impl Numbers {
    fn of(words: &str) -> Option<Numbers> {
        let day = words.trim().split([' ', 'T', ',']).next()?;
        let mut parts = day.split(['/', '.', '-']);
        let (first, second, last) = (parts.next()?, parts.next()?, parts.next()?);
        let short = |part: &str| -> Option<u8> {
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse().ok())?
        };
        let (year, day_last) = (year_of(last), short(last));
        (parts.next().is_none() && (year.is_some() || day_last.is_some())).then_some(())?;
        Some(Numbers {
            first: short(first)?,
            second: short(second)?,
            year,
            last: day_last,
            whole: first.len() == 2,
            dashed: day.contains('-'),
        })
    }

    /// Whether its year may stand first: "16-10-17" is written as ISO 8601 once was, "98/11/03" is nothing else.
    fn may_begin_with_year(&self) -> bool {
        self.last.is_some() && self.whole && (self.dashed || self.first > 31)
    }

    /// The day that it is in an order, where a calendar has that.
    fn day(&self, order: Order) -> Option<PartialDate> {
        match order {
            Order::Unknown => None,
            Order::DayFirst => whole(self.year?, self.second, self.first),
            Order::MonthFirst => whole(self.year?, self.first, self.second),
            Order::YearFirst => {
                // "45/10/16" may be of 1945 or a slip for the 15th, and is not of 2045.
                let passed = self.whole && !(32..=68).contains(&self.first);
                whole(short_year_of(i16::from(self.first)).filter(|_| passed)?, self.second, self.last?)
            }
        }
    }

    /// The days that it may be.
    fn days(&self) -> Vec<PartialDate> {
        let orders =
            Order::ALL.into_iter().filter(|order| *order != Order::YearFirst || self.may_begin_with_year());
        let mut days: Vec<PartialDate> = orders.filter_map(|order| self.day(order)).collect();
        days.dedup();
        days
    }

    fn is_day(&self) -> bool {
        !self.days().is_empty()
    }
}

/// "2016" and "16".
fn year_of(digits: &str) -> Option<i16> {
    let year = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    match digits.len() {
        4 => Some(year),
        2 => short_year_of(year),
        _ => None,
    }
}

/// Two digits are of the years from 1969 to 2068, as POSIX reads them.
fn short_year_of(year: i16) -> Option<i16> {
    match year {
        0..=68 => Some(2000 + year),
        69..=99 => Some(1900 + year),
        _ => None,
    }
}

/// Of a date of which either number may be the day, what is sure.
fn year_alone(words: &str) -> Option<PartialDate> {
    let days = Numbers::of(words)?.days();
    let year = days.first()?.year;
    days.iter().all(|day| day.year == year).then(|| PartialDate { year, ..PartialDate::default() })
}

/// "17-Jan-25", "17 January 25", as workbooks write days when they are told nothing else, and "Mon, 17 Jan 25 08:00:00 GMT",
/// as RFC 822 has it.
fn short_year(words: &str) -> Option<PartialDate> {
    let mut parts = words.split(|c: char| matches!(c, '-' | '/' | '.' | ',' | '\'') || c.is_whitespace());
    let mut next = || parts.by_ref().find(|part| !part.is_empty());
    let first = next()?;
    let day = if first.chars().all(char::is_alphabetic) { next()? } else { first };
    let (month, year) = (next()?, next()?);
    let named = day.len() <= 2 && year.len() == 2 && month.chars().all(char::is_alphabetic);
    named.then(|| page::read_date(&format!("{day} {month} {}", year_of(year)?)))?
}

/// A day whose year stands last, behind its time: "Wed Oct 10 20:19:24 +0000 2018".
fn with_last_year(date: PartialDate, words: &str) -> PartialDate {
    let last = words.split_whitespace().last().filter(|last| last.len() == 4 && words.contains(':'));
    let year = last.and_then(year_of).filter(|year| (1900..=2100).contains(year));
    let moved = PartialDate { year: date.year.or(year), ..date };
    if whole_or_less(moved) { moved } else { date }
}

/// Whether a calendar has it, as far as it goes.
fn whole_or_less(date: PartialDate) -> bool {
    let (Some(year), Some(month), Some(day)) = (date.year, date.month, date.day) else { return true };
    whole(year, month, day).is_some()
}

fn whole(year: i16, month: u8, day: u8) -> Option<PartialDate> {
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(civil)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_tables_have_them() {
        let check = |words: &str, order: Order, expected: &str| {
            let date = read(words, order).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(date, expected, "{words}");
        };
        check("2016-10-17", Order::Unknown, "2016-10-17");
        check("2016-10-17T08:00:00+02:00", Order::Unknown, "2016-10-17");
        check("2016-10-17 08:00", Order::Unknown, "2016-10-17");
        check("20161017T080000Z", Order::Unknown, "2016-10-17");
        check("20161017", Order::Unknown, "2016-10-17");
        check("1476691200", Order::Unknown, "2016-10-17");
        check("1476691200000", Order::Unknown, "2016-10-17");
        check("2016/10/17", Order::Unknown, "2016-10-17");
        check("2016年10月17日", Order::Unknown, "2016-10-17");
        check("17/10/2016", Order::Unknown, "2016-10-17");
        check("10/17/2016", Order::Unknown, "2016-10-17");
        check("03/04/2016", Order::DayFirst, "2016-04-03");
        check("03/04/2016", Order::MonthFirst, "2016-03-04");
        check("03/04/2016", Order::Unknown, "2016");
        check("03/04/2016 8:00 AM EST", Order::Unknown, "2016-03-04");
        check("03.04.2016", Order::Unknown, "2016-04-03");
        check("Mon, 17 Oct 2016 08:00:00 GMT", Order::Unknown, "2016-10-17");
        check("17 October 2016", Order::Unknown, "2016-10-17");
        check("Derna", Order::Unknown, "");
        check("99/99/2016", Order::Unknown, "");
        check("12345", Order::Unknown, "");
        check("1/17/24", Order::Unknown, "2024-01-17");
        check("3/4/24 10:30 PM", Order::MonthFirst, "2024-03-04");
        check("3/4/24", Order::Unknown, "2024");
        check("17.01.98", Order::Unknown, "1998-01-17");
        check("17-Jan-25", Order::Unknown, "2025-01-17");
        check("17 janvier 25", Order::Unknown, "2025-01-17");
        check("Wed Oct 10 20:19:24 +0000 2018", Order::Unknown, "2018-10-10");
        check("Wed Oct 10 20:19:24 2018", Order::Unknown, "2018-10-10");
        check("Sun Feb 29 20:19:24 +0000 2015", Order::Unknown, "XXXX-02-29");
        check("1/17/240", Order::Unknown, "");
        check("Mon, 17 Oct 16 08:00:00 GMT", Order::Unknown, "2016-10-17");
        check("Sunday, 06-Nov-94 08:49:37 GMT", Order::Unknown, "1994-11-06");
        check("17 Oct 16 08:00 +0200", Order::Unknown, "2016-10-17");
        // The year may stand first where dashes part the numbers, or nothing else makes sense.
        check("16-10-17", Order::Unknown, "");
        check("16-10-17", Order::YearFirst, "2016-10-17");
        check("16-10-17", Order::DayFirst, "2017-10-16");
        check("16/10/17", Order::Unknown, "2017-10-16");
        check("16/10/17", Order::YearFirst, "2016-10-17");
        check("98-11-03", Order::Unknown, "1998-11-03");
        check("98/11/3 10:15", Order::DayFirst, "1998-11-03");
        check("10-17-16", Order::Unknown, "2016-10-17");
        check("45-10-16", Order::Unknown, "");
        check("03-04-98", Order::Unknown, "1998");
        check("03-04-16", Order::Unknown, "");
        check("11-11-11", Order::Unknown, "2011-11-11");
        check("03/04/2016", Order::YearFirst, "2016");
    }

    #[test]
    fn lines_of_a_page_are_dates_where_nothing_else_looks_so() {
        let check = |line: &str, expected: &str| {
            assert_eq!(printed(line).map(|date| date.to_string()).unwrap_or_default(), expected, "{line}");
        };
        check("2016-10-17", "2016-10-17");
        check("2016-10-17T08:00:00+02:00", "2016-10-17");
        check("2016.10.17 08:00", "2016-10-17");
        check("2016. 10. 17. 08:00", "2016-10-17");
        check("2016 年 10 月 17 日", "2016-10-17");
        check("2016年10月17日", "2016-10-17");
        check("Monday, 17 October 2016", "2016-10-17");
        check("17.10.2016", "2016-10-17");
        check("03/04/2016", "2016");
        check("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10");
        let others = "0915551234|1012345678|20161017|10.2.11|6-4-10|9/11/01|16-10-17|17-Jan-25|2016|2010-12 12|17 October|\
            1914 - 10 men, 12 women|1800 10 12";
        for line in others.split('|') {
            check(line, "");
        }
    }

    #[test]
    fn numbers_are_days_seconds_or_written_together() {
        let check = |number: f64, expected: &str| {
            assert_eq!(of_number(number).map(|date| date.to_string()).unwrap_or_default(), expected);
        };
        check(42660.0, "2016-10-17");
        check(42660.75, "2016-10-17");
        check(2016.0, "2016");
        check(20161017.0, "2016-10-17");
        check(1_476_691_200.0, "2016-10-17");
        check(1_476_691_200_123.0, "2016-10-17");
        check(20169917.0, "");
        check(17.0, "");
        check(-4.0, "");
        check(f64::NAN, "");
    }

    #[test]
    fn a_column_tells_the_order() {
        assert_eq!(Order::of(["03/04/2016", "17/04/2016"].into_iter()), Order::DayFirst);
        assert_eq!(Order::of(["03/04/2016", "04/17/2016"].into_iter()), Order::MonthFirst);
        assert_eq!(Order::of(["03/04/2016", "2016-04-17"].into_iter()), Order::Unknown);
        assert_eq!(Order::of(["3/4/16", "4/17/16"].into_iter()), Order::MonthFirst);
        assert_eq!(Order::of(["16-10-17", "98-11-03", "17-04-05"].into_iter()), Order::YearFirst);
        assert_eq!(Order::of(["16/10/17", "98/11/03"].into_iter()), Order::YearFirst);
        assert_eq!(Order::of(["16/10/17", "17/04/05"].into_iter()), Order::DayFirst);
        assert_eq!(Order::of(["16-10-17", "17-04-05"].into_iter()), Order::Unknown);
        assert_eq!(Order::of(["16-10-17", "17-04-98"].into_iter()), Order::DayFirst);
        assert_eq!(Order::of(["03.04.16", "16-04-03"].into_iter()), Order::Unknown);
        assert_eq!(Order::of(["17/04/2016", "03-04-98"].into_iter()), Order::DayFirst);
        assert_eq!(Order::of(["03/04/2016", "17/04/2016", "99/99/2016"].into_iter()), Order::DayFirst);
        assert_eq!(Order::of(["17/04/2016", "04/17/2016"].into_iter()), Order::Unknown);
        assert_eq!(Order::of(["17/04/16", "45/10/16", "03/04/98"].into_iter()), Order::DayFirst);
        assert_eq!(Order::of([].into_iter()), Order::Unknown);
    }
}
