//! Stretches of the calendar, and how they are written as EDTF (ISO 8601-2).
//! What has no year has a value and no days.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Days;

/// A stretch of the calendar, as exactly as words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Day(Date),
    Month(i16, u8),
    Year(i16),
    /// Ten years from this.
    Decade(i16),
    /// A hundred years from this.
    Century(i16),
    /// By its number in EDTF: 21 is spring.
    Season(i16, u8),
    /// From one day to another, both included.
    Days(Date, Date),
    /// A day of the year whose year is unknown.
    DayOfYear(u8, u8),
    MonthOfYear(u8),
    SeasonOfYear(u8),
    /// A day, a month or a year of which nothing is known but that it is one.
    SomeDay,
    SomeMonth,
    SomeYear,
}

/// A day of the calendar, where there is one.
pub(super) fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The first and the last day of so many whole months.
fn months(year: i16, month: u8, count: i32) -> Option<(Date, Date)> {
    let first = date(year, month, 1)?;
    let end = first.checked_add(count.months()).ok()?;
    Some((first, end.yesterday().ok()?))
}

impl Period {
    /// Its first and last day.
    pub(super) fn bounds(self) -> Option<(Date, Date)> {
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Days(first, last) => Some((first, last)),
            Self::Month(year, month) => months(year, month, 1),
            Self::Year(year) => Some((date(year, 1, 1)?, date(year, 12, 31)?)),
            Self::Decade(year) => Some((date(year, 1, 1)?, date(year.checked_add(9)?, 12, 31)?)),
            Self::Century(year) => Some((date(year, 1, 1)?, date(year.checked_add(99)?, 12, 31)?)),
            Self::Season(year, season) => months(year, season_month(season)?, 3),
            _ => None,
        }
    }

    /// As EDTF; days that make whole months or years are written as such.
    pub(super) fn edtf(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(year) => format!("{:03}X", year / 10),
            Self::Century(year) => format!("{:02}XX", year / 100),
            Self::Season(year, season) => format!("{year:04}-{season}"),
            Self::Days(first, last) => interval(first, last),
            Self::DayOfYear(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Self::MonthOfYear(month) => format!("XXXX-{month:02}"),
            Self::SeasonOfYear(season) => format!("XXXX-{season}"),
            Self::SomeDay => "XXXX-XX-XX".to_owned(),
            Self::SomeMonth => "XXXX-XX".to_owned(),
            Self::SomeYear => "XXXX".to_owned(),
        }
    }

    /// Whether its year is known.
    pub(super) fn is_placed(self) -> bool {
        self.bounds().is_some()
    }

    /// How exact it is: the number of its days.
    pub(super) fn days(self) -> Option<i32> {
        let (first, last) = self.bounds()?;
        Some(Days::number(last) - Days::number(first) + 1)
    }
}

fn interval(first: Date, last: Date) -> String {
    let whole_months = first.day() == 1 && last == last.last_of_month();
    let whole_years = whole_months && first.month() == 1 && last.month() == 12;
    if first == last {
        first.to_string()
    } else if whole_years && first.year() == last.year() {
        format!("{:04}", first.year())
    } else if whole_years {
        format!("{:04}/{:04}", first.year(), last.year())
    } else if whole_months && first.year() == last.year() && first.month() == last.month() {
        format!("{:04}-{:02}", first.year(), first.month())
    } else if whole_months {
        format!("{:04}-{:02}/{:04}-{:02}", first.year(), first.month(), last.year(), last.month())
    } else {
        format!("{first}/{last}")
    }
}

/// The month with which a season begins, north of the equator.
pub(super) const fn season_month(season: u8) -> Option<u8> {
    match season {
        21 => Some(3),
        22 => Some(6),
        23 => Some(9),
        24 => Some(12),
        _ => None,
    }
}

/// The stretch that a value of EDTF means, where it is one of those that this program writes and no bound is open.
#[cfg(test)]
pub(super) fn bounds_of(edtf: &str) -> Option<(Date, Date)> {
    if let Some((from, to)) = edtf.split_once('/') {
        return Some((bounds_of(from)?.0, bounds_of(to)?.1));
    }
    let number = |digits: &str| digits.parse::<i16>().ok();
    let period = match edtf.len() {
        10 => return edtf.parse::<Date>().ok().map(|day| (day, day)),
        7 => {
            let (year, month) = edtf.split_once('-')?;
            let month = month.parse::<u8>().ok()?;
            if month > 12 {
                Period::Season(number(year)?, month)
            } else {
                Period::Month(number(year)?, month)
            }
        }
        4 if edtf.ends_with("XX") => Period::Century(number(&edtf[..2])? * 100),
        4 if edtf.ends_with('X') => Period::Decade(number(&edtf[..3])? * 10),
        4 => Period::Year(number(edtf)?),
        _ => return None,
    };
    period.bounds()
}
