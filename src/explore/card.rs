//! What a list shows of an article, kept apart from its text.
//! Days are numbered, so that sorting and filtering by date compare whole numbers.

use crate::model::{Article, PartialDate};

/// An article as a list shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// Its title, or its first words.
    pub heading: String,
    /// Which of [`Collection::sources`](super::Collection::sources) it is from; the first is none at all.
    pub source: u32,
    /// Its date as it is printed.
    pub date: Option<PartialDate>,
    /// The days it may be from, where the year is known.
    pub days: Option<Days>,
}

/// Days from the first to the last, both included, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
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
    /// use dateline::{explore::Days, model::PartialDate};
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

    /// The calendar day of a number.
    pub fn date(number: i32) -> Option<jiff::civil::Date> {
        EPOCH.checked_add(jiff::Span::new().days(number)).ok()
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

impl Card {
    pub(super) fn of(article: &Article, source: u32) -> Card {
        Card {
            heading: article.heading().to_owned(),
            source,
            date: article.date,
            days: article.date.and_then(Days::of),
        }
    }
}
