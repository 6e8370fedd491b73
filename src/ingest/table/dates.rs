//! Dates as tables have them: ISO 8601, timestamps, "17/10/2016" in the order of its column.
//! Which of two numbers is the day, a column tells where one of its dates allows but one answer.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::ingest::page;
use crate::model::PartialDate;

/// Which number of "03/04/2021" is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) enum Order {
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
}

impl Order {
    /// By all dates of a column.
    pub(super) fn of<'a>(dates: impl Iterator<Item = &'a str>) -> Order {
        let (mut day_first, mut month_first) = (false, false);
        for (first, second, _) in dates.filter_map(numbers) {
            day_first |= first > 12;
            month_first |= second > 12;
        }
        match (day_first, month_first) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ => Order::Unknown,
        }
    }
}

/// The date that a cell tells.
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
        .or_else(|| page::read_date(words))
        .filter(|date| date.year.is_none_or(|year| (1000..=2200).contains(&year)))
}

/// The date that a workbook means by a number: days since the last of 1899. Numbers as low as years are years.
pub(in crate::ingest) fn serial(number: f64) -> Option<PartialDate> {
    if (1900.0..=2100.0).contains(&number) && number.fract() == 0.0 {
        return Some(PartialDate { year: Some(number as i16), ..PartialDate::default() });
    }
    if !(1.0..=110_000.0).contains(&number) {
        return None;
    }
    let start = jiff::civil::date(1899, 12, 30);
    start.checked_add(jiff::Span::new().try_days(number as i64).ok()?).ok().map(civil)
}

/// Of days since 1970.
pub(super) fn of_days(days: i64) -> Option<PartialDate> {
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
    let (first, second, year) = numbers(words)?;
    match order {
        _ if first > 12 || first == second => whole(year, second, first),
        _ if second > 12 => whole(year, first, second),
        Order::DayFirst => whole(year, second, first),
        Order::MonthFirst => whole(year, first, second),
        // A point parts days from months in every language that writes it.
        Order::Unknown if words.contains('.') => whole(year, second, first),
        Order::Unknown => Some(PartialDate { year: Some(year), ..PartialDate::default() }),
    }
}

/// The numbers of "17/10/2016 12:00", whatever they mean.
fn numbers(words: &str) -> Option<(u8, u8, i16)> {
    let day = words.trim().split([' ', 'T', ',']).next()?;
    let mut parts = day.split(['/', '.', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse().ok())?;
    let year = (year.len() == 4 && parts.next().is_none()).then(|| year.parse().ok())?;
    Some((short(first)?, short(second)?, year?))
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
        check("03.04.2016", Order::Unknown, "2016-04-03");
        check("Mon, 17 Oct 2016 08:00:00 GMT", Order::Unknown, "2016-10-17");
        check("17 October 2016", Order::Unknown, "2016-10-17");
        check("Derna", Order::Unknown, "");
        check("99/99/2016", Order::Unknown, "");
        check("12345", Order::Unknown, "");
    }

    #[test]
    fn numbers_of_workbooks_are_days() {
        let check = |number: f64, expected: &str| {
            assert_eq!(serial(number).map(|date| date.to_string()).unwrap_or_default(), expected);
        };
        check(42660.0, "2016-10-17");
        check(42660.75, "2016-10-17");
        check(2016.0, "2016");
        check(-4.0, "");
        check(f64::NAN, "");
    }

    #[test]
    fn a_column_tells_the_order() {
        assert_eq!(Order::of(["03/04/2016", "17/04/2016"].into_iter()), Order::DayFirst);
        assert_eq!(Order::of(["03/04/2016", "04/17/2016"].into_iter()), Order::MonthFirst);
        assert_eq!(Order::of(["03/04/2016", "2016-04-17"].into_iter()), Order::Unknown);
    }
}
