//! Days of the calendar by number, so that sorting and filtering by date compare whole numbers.
//! Proleptic Gregorian, counted from 1 January 1970, in local calendar terms: no time zone is known.

use serde::{Deserialize, Serialize};

use super::PartialDate;

/// Days from the first to the last, both included, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub first: i32,
    /// The last day.
    pub last: i32,
}

impl Days {
    /// The days that a date may mean; `None` without a year, and for a date that no calendar has.
    ///
    /// ```
    /// use dateline::model::{Days, PartialDate};
    /// let september = PartialDate { year: Some(1970), month: Some(1), day: None };
    /// assert_eq!(Days::of(september), Some(Days { first: 0, last: 30 }));
    /// assert_eq!(Days::of(PartialDate { year: None, month: Some(1), day: Some(1) }), None);
    /// ```
    pub fn of(date: PartialDate) -> Option<Days> {
        let year = date.year?;
        let (first, last) = match (date.month, date.day) {
            (None, _) => (civil(year, 1, 1)?, civil(year, 12, 31)?),
            (Some(month), None) => {
                let first = civil(year, month, 1)?;
                (first, first.last_of_month())
            }
            (Some(month), Some(day)) => {
                let day = civil(year, month, day)?;
                (day, day)
            }
        };
        Some(Days { first: Days::number(first), last: Days::number(last) })
    }

    /// The calendar day of a number; none where the calendar, from -9999 to 9999, has none.
    ///
    /// ```
    /// use dateline::model::Days;
    /// assert_eq!(Days::date(31), Some(jiff::civil::date(1970, 2, 1)));
    /// assert_eq!(Days::date(i32::MIN), None);
    /// ```
    pub fn date(number: i32) -> Option<jiff::civil::Date> {
        EPOCH.checked_add(jiff::Span::new().try_days(number).ok()?).ok()
    }

    /// The number of a calendar day.
    pub fn number(date: jiff::civil::Date) -> i32 {
        EPOCH.until(date).map_or(0, |span| span.get_days())
    }

    /// Whether the two share a day.
    pub const fn overlaps(self, other: Days) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);

fn civil(year: i16, month: u8, day: u8) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
