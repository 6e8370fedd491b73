//! A date as a text gives it: whole, or only a year, or only a month and a day.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A calendar date with parts that may be unknown. Prints as EDTF (ISO 8601-2): `2016-10-17`,
/// `2004-09`, `XXXX-10-31`.
///
/// ```
/// use dateline::model::PartialDate;
/// let date = PartialDate { year: None, month: Some(10), day: Some(31) };
/// assert_eq!(date.to_string(), "XXXX-10-31");
/// assert_eq!("XXXX-10-31".parse(), Ok(date));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct PartialDate {
    /// Year of the common era.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A whole date. The parts are not checked against the calendar.
    pub const fn ymd(year: i16, month: u8, day: u8) -> Self {
        Self { year: Some(year), month: Some(month), day: Some(day) }
    }

    /// Whether year, month and day are all known.
    pub const fn is_whole(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Sorts by year, month, day; unknown parts come first.
    pub const fn sort_key(self) -> (Option<i16>, Option<u8>, Option<u8>) {
        (self.year, self.month, self.day)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => write!(f, "XXXX")?,
        }
        match (self.month, self.day) {
            (None, None) => Ok(()),
            (Some(month), None) => write!(f, "-{month:02}"),
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
            (None, Some(day)) => write!(f, "-XX-{day:02}"),
        }
    }
}

/// A date that is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (with `X` for unknown digits).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date like 2016-10-17")]
pub struct DateError(String);

impl std::str::FromStr for PartialDate {
    type Err = DateError;

    /// Reads EDTF, and full ISO 8601 timestamps of which only the date is kept.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.to_owned());
        let day_part = text.trim().split(['T', ' ']).next().unwrap_or("");
        let mut parts = day_part.split('-');
        let mut date = PartialDate::default();
        let year = parts.next().unwrap_or("");
        if year.len() != 4 {
            return Err(error());
        }
        if year != "XXXX" {
            date.year = Some(year.parse().map_err(|_| error())?);
        }
        let part = |text: Option<&str>, top: u8| match text {
            None | Some("XX") => Ok(None),
            Some(digits) if digits.len() == 2 => match digits.parse::<u8>() {
                Ok(n) if (1..=top).contains(&n) => Ok(Some(n)),
                _ => Err(error()),
            },
            Some(_) => Err(error()),
        };
        date.month = part(parts.next(), 12)?;
        date.day = part(parts.next(), 31)?;
        if parts.next().is_some() {
            return Err(error());
        }
        Ok(date)
    }
}
