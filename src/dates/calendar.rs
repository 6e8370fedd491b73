//! Arithmetic of the calendar that dates in words need: weeks, holidays, weekdays of a month.
//! A week begins on Monday and belongs to the month and the year that have its Thursday (ISO 8601).

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::expression::{Length, Unit};
use super::value::{Period, date};

/// A weekday by its number, Monday 1.
pub(super) fn weekday(number: u8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()
}

pub(super) fn add_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

pub(super) fn add_months(day: Date, months: i32) -> Option<Date> {
    day.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// The Monday of a day's week.
pub(super) fn monday(day: Date) -> Option<Date> {
    add_days(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

/// A day so much later, or earlier.
pub(super) fn shifted(day: Date, length: Length, back: bool) -> Option<Date> {
    let sign = if back { -1 } else { 1 };
    let day = day.checked_add(Span::new().try_years(sign * length.years).ok()?).ok()?;
    let day = add_months(day, sign * length.months)?;
    let day = add_days(day, sign * (7 * length.weeks + length.days))?;
    working(day, sign * length.workdays)
}

/// So many days on that are neither Saturday nor Sunday.
fn working(day: Date, count: i32) -> Option<Date> {
    // No text counts more.
    let count = count.clamp(-400, 400);
    let (mut day, mut left) = (day, count.abs());
    while left > 0 {
        day = add_days(day, count.signum())?;
        left -= i32::from(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
    }
    Some(day)
}

/// The unit so many away from that of a day.
pub(super) fn unit(day: Date, unit: Unit, offset: i32) -> Option<Period> {
    let (year, month) = (day.year(), day.month());
    let whole = |first: Date, months: i32| {
        let first = add_months(first, offset * months)?;
        let last = add_months(first, months)?.yesterday().ok()?;
        Some(Period::Days(first, last))
    };
    let of_week = |first: i32, count: i32, weeks: i32| {
        let first = add_days(monday(day)?, first + 7 * weeks * offset)?;
        Some(Period::Days(first, add_days(first, count - 1)?))
    };
    let years =
        |length: i16| i16::try_from(i32::from(year / length * length) + offset * i32::from(length)).ok();
    match unit {
        Unit::Day => Some(Period::Day(add_days(day, offset)?)),
        Unit::Workday => Some(Period::Day(working(day, offset)?)),
        Unit::Weekend => of_week(5, 2, 1),
        Unit::Workweek => of_week(0, 5, 1),
        Unit::Week => of_week(0, 7, 1),
        Unit::Fortnight => of_week(0, 14, 2),
        Unit::Month => {
            let first = add_months(day.first_of_month(), offset)?;
            Some(Period::Month(first.year(), u8::try_from(first.month()).ok()?))
        }
        Unit::Quarter => whole(date(year, u8::try_from((month - 1) / 3 * 3 + 1).ok()?, 1)?, 3),
        Unit::Half => whole(date(year, u8::try_from((month - 1) / 6 * 6 + 1).ok()?, 1)?, 6),
        Unit::Year => years(1).map(Period::Year),
        Unit::Decade => years(10).map(Period::Decade),
        Unit::Century => years(100).map(Period::Century),
    }
}

/// The Monday of a week by its number in a year.
pub(super) fn week(year: i16, week: u8) -> Option<Period> {
    let first = ISOWeekDate::new(year, i8::try_from(week).ok()?, Weekday::Monday).ok()?.date();
    Some(Period::Days(first, add_days(first, 6)?))
}

/// The nth weekday between two days; from the end where `n` is negative.
pub(super) fn nth_weekday(first: Date, last: Date, day: u8, n: i32) -> Option<Date> {
    let day = weekday(day)?;
    let found = if n > 0 {
        add_days(first, i32::from(first.weekday().until(day)) + 7 * (n - 1))?
    } else {
        add_days(last, 7 * (n + 1) - i32::from(day.until(last.weekday())))?
    };
    (first <= found && found <= last).then_some(found)
}

/// The nth unit between two days, or so many from there; from the end where `n` is negative.
pub(super) fn nth_unit(first: Date, last: Date, what: Unit, n: i32, count: i32) -> Option<Period> {
    let count = count.clamp(1, 1000);
    let (from, to) = match what {
        Unit::Week | Unit::Weekend | Unit::Workweek => {
            // A week belongs to what has its Thursday.
            let (one, end) = (nth_weekday(first, last, 4, 1)?, nth_weekday(first, last, 4, -1)?);
            let thursday =
                if n > 0 { add_days(one, 7 * (n - 1))? } else { add_days(end, 7 * (n + 2 - count))? };
            let monday = add_days(thursday, -3)?;
            if what == Unit::Weekend {
                (add_days(monday, 5)?, add_days(monday, 6)?)
            } else {
                (monday, add_days(monday, 7 * count - 1)?)
            }
        }
        Unit::Day | Unit::Workday if n > 0 => (add_days(first, n - 1)?, add_days(first, n + count - 2)?),
        Unit::Day | Unit::Workday => (add_days(last, 1 - count)?, last),
        _ => {
            let mut length = Length::default();
            length.add(1, what);
            let step = length.years * 12 + length.months;
            let after = add_days(last, 1)?;
            let start =
                if n > 0 { add_months(first, step * (n - 1))? } else { add_months(after, -step * count)? };
            (start, add_months(start, step * count)?.yesterday().ok()?)
        }
    };
    if from > last || to < first {
        return None;
    }
    let whole_month = what == Unit::Month && count == 1;
    let month = || Some(Period::Month(from.year(), u8::try_from(from.month()).ok()?));
    if whole_month {
        month()
    } else if from == to {
        Some(Period::Day(from))
    } else {
        Some(Period::Days(from, to))
    }
}

/// The day of a holiday in a year, by its rule in the table.
pub(super) fn holiday(rule: &str, year: i16) -> Option<Date> {
    if let Some(days) = rule.strip_prefix("easter") {
        return add_days(easter(year)?, days.parse().ok()?);
    }
    if let Some(days) = rule.strip_prefix("orthodox") {
        return add_days(orthodox_easter(year)?, days.parse().ok()?);
    }
    if let Some(day) = rule.strip_prefix("moon-") {
        let (month, day) = day.split_once('.').unwrap_or((day, "1"));
        return of_the_moon(month.parse().ok()?, day.parse().ok()?, year);
    }
    let (rule, more) = match rule.split_once('+') {
        Some((rule, more)) => (rule, more.parse().ok()?),
        None => (rule, 0),
    };
    let (month, day) = rule.split_once('-')?;
    let month = month.parse().ok()?;
    let day = match day.split_once('.') {
        None => date(year, month, day.parse().ok()?)?,
        Some((day, n)) => {
            let first = date(year, month, 1)?;
            nth_weekday(first, first.last_of_month(), day.parse().ok()?, n.parse().ok()?)?
        }
    };
    add_days(day, more)
}

/// A day of the Islamic calendar as it is reckoned, in a Gregorian year; what is seen may be a day off.
fn of_the_moon(month: i32, day: i32, year: i16) -> Option<Date> {
    // Years of the Hijra are shorter by eleven days.
    let about = (i32::from(year) - 622) * 33 / 32;
    (about - 1..=about + 1).find_map(|hijra| {
        let days = day + 29 * (month - 1) + month / 2 + (hijra - 1) * 354 + (3 + 11 * hijra) / 30;
        // The first day of that calendar is 16 July 622 of the Julian one.
        let found = add_days(jiff::civil::date(1970, 1, 1), days + 227_014 - 719_163)?;
        (found.year() == year).then_some(found)
    })
}

/// Easter Sunday of the Gregorian calendar (the anonymous rule of 1876, as Meeus gives it).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    date(year, u8::try_from(sum / 31).ok()?, u8::try_from(sum % 31 + 1).ok()?)
}

/// Easter Sunday of the churches that keep the Julian calendar (Meeus), as a Gregorian day.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let sum = d + e + 114;
    let julian = date(year, u8::try_from(sum / 31).ok()?, u8::try_from(sum % 31 + 1).ok()?)?;
    add_days(julian, y / 100 - y / 400 - 2)
}
