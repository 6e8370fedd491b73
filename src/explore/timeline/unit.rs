//! The bins of the timeline, from days to centuries, each with a number.
//! Numbers follow the calendar: a month is 28 to 31 days long, and a week begins on Monday.

use jiff::civil::Date;

use crate::model::Days;

/// How much time one bin takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
    /// Ten years, from one that ends in 0.
    Decade,
    /// A hundred years, from one that ends in 00.
    Century,
}

impl Unit {
    /// Every unit, the shortest first.
    pub const ALL: [Unit; 6] = [Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Decade, Unit::Century];

    /// About how many days it has.
    pub const fn about(self) -> f64 {
        match self {
            Unit::Day => 1.0,
            Unit::Week => 7.0,
            Unit::Month => 365.2425 / 12.0,
            Unit::Year => 365.2425,
            Unit::Decade => 3652.425,
            Unit::Century => 36524.25,
        }
    }

    /// The shortest whose bins are at least `least` points wide, where a day has `per_day`.
    pub fn fitting(per_day: f64, least: f64) -> Unit {
        Unit::ALL.into_iter().find(|unit| unit.about() * per_day >= least).unwrap_or(Unit::Century)
    }

    /// The number of the bin that a day lies in.
    pub fn index(self, day: i32) -> i32 {
        let years = |length: i32| i32::from(date(day).year()).div_euclid(length);
        match self {
            Unit::Day => day,
            // 5 January 1970 was a Monday.
            Unit::Week => (day - 4).div_euclid(7),
            Unit::Month => {
                let date = date(day);
                i32::from(date.year()) * 12 + i32::from(date.month()) - 1
            }
            Unit::Year => years(1),
            Unit::Decade => years(10),
            Unit::Century => years(100),
        }
    }

    /// The days of a bin.
    pub fn days(self, index: i32) -> Days {
        Days { first: self.first(index), last: self.first(index.saturating_add(1)) - 1 }
    }

    fn first(self, index: i32) -> i32 {
        match self {
            Unit::Day => index,
            Unit::Week => index.saturating_mul(7).saturating_add(4),
            Unit::Month => first_of(index.div_euclid(12), index.rem_euclid(12) + 1),
            Unit::Year => first_of(index, 1),
            Unit::Decade => first_of(index.saturating_mul(10), 1),
            Unit::Century => first_of(index.saturating_mul(100), 1),
        }
    }

    /// The bin that a day lies in.
    pub fn around(self, day: i32) -> Days {
        self.days(self.index(day))
    }

    /// From the beginning of the first bin that these days touch to the end of the last.
    pub fn whole(self, days: Days) -> Days {
        Days { first: self.around(days.first).first, last: self.around(days.last).last }
    }

    /// These days, so many bins later: whole bins or months become whole ones, other days as many.
    pub fn moved(self, days: Days, by: i32) -> Days {
        let months = match self {
            Unit::Year => 12,
            Unit::Decade => 120,
            Unit::Century => 1200,
            _ => 0,
        };
        if months > 0 && Unit::Month.whole(days) == days {
            return Unit::Month.moved(days, by.saturating_mul(months));
        }
        let start = |day: i32| self.first(self.index(day).saturating_add(by));
        if self.whole(days) == days {
            return Days { first: start(days.first), last: start(days.last.saturating_add(1)) - 1 };
        }
        let first = start(days.first) + (days.first - self.around(days.first).first);
        Days { first, last: first.saturating_add(days.last - days.first) }
    }
}

/// The day of a number; beyond the calendar its nearest end.
fn date(day: i32) -> Date {
    Days::date(day).unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}

fn first_of(year: i32, month: i32) -> i32 {
    let month = i8::try_from(month).unwrap_or(1);
    match i16::try_from(year).ok().and_then(|year| Date::new(year, month, 1).ok()) {
        Some(date) => Days::number(date),
        None if year < 0 => Days::number(Date::MIN),
        None => Days::number(Date::MAX) + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::fixture::days;

    #[test]
    fn a_day_lies_in_one_bin_of_each_unit() {
        let day = days((2016, 10, 17), (2016, 10, 17)).first;
        let check = |unit: Unit, from, to| assert_eq!(unit.around(day), days(from, to), "{unit:?}");
        check(Unit::Day, (2016, 10, 17), (2016, 10, 17));
        check(Unit::Week, (2016, 10, 17), (2016, 10, 23));
        check(Unit::Month, (2016, 10, 1), (2016, 10, 31));
        check(Unit::Year, (2016, 1, 1), (2016, 12, 31));
        check(Unit::Decade, (2010, 1, 1), (2019, 12, 31));
        check(Unit::Century, (2000, 1, 1), (2099, 12, 31));
    }

    #[test]
    fn bins_follow_one_another_without_a_gap_to_the_ends_of_the_calendar() {
        for unit in Unit::ALL {
            for year in [-9999, -1, 0, 4, 1582, 1969, 1970, 2016, 9999] {
                let day = first_of(year, 1);
                let index = unit.index(day);
                let bin = unit.days(index);
                assert!((bin.first..=bin.last).contains(&day), "{unit:?} {year}");
                assert_eq!(unit.days(index - 1).last + 1, bin.first, "{unit:?} {year}");
            }
            unit.days(i32::MAX);
            unit.days(i32::MIN);
        }
    }

    #[test]
    fn windows_are_moved_by_bins() {
        let check = |unit: Unit, from: Days, by, expected: Days| {
            assert_eq!(unit.moved(from, by), expected, "{unit:?} by {by}");
        };
        let october = days((2016, 10, 1), (2016, 10, 31));
        check(Unit::Month, october, 1, days((2016, 11, 1), (2016, 11, 30)));
        check(Unit::Month, october, -8, days((2016, 2, 1), (2016, 2, 29)));
        check(Unit::Day, october, 1, days((2016, 10, 2), (2016, 11, 1)));
        let days_of_october = days((2016, 10, 3), (2016, 10, 17));
        check(Unit::Month, days_of_october, 1, days((2016, 11, 3), (2016, 11, 17)));
        check(Unit::Year, october, 1, days((2017, 10, 1), (2017, 10, 31)));
    }

    #[test]
    fn the_unit_follows_from_the_room() {
        let check = |per_day, expected| assert_eq!(Unit::fitting(per_day, 5.0), expected, "{per_day}");
        check(20.0, Unit::Day);
        check(1.0, Unit::Week);
        check(0.5, Unit::Month);
        check(0.02, Unit::Year);
        check(0.002, Unit::Decade);
        check(1e-9, Unit::Century);
    }
}
