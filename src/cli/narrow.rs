//! What narrows an export on the command line, the same wherever something is written.
//! What makes no sense is refused before anything is read.

use std::str::FromStr;

use super::CliError;
use super::progress::Progress;
use crate::export::Only;
use crate::gazetteer::Gazetteer;
use crate::model::{Days, PartialDate};

/// What to write and nothing else
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Only")]
pub(super) struct Narrow {
    /// Places in these countries alone: codes of two letters (ISO 3166-1), separated by commas
    #[arg(long, value_name = "XX[,YY]", value_delimiter = ',', value_parser = country)]
    country: Vec<String>,

    /// What was published on that day or later, or with --rows events happened: 2016-10-17, 2016-10 or 2016; what has no
    /// date is left out
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<PartialDate>,

    /// Likewise on that day or before; of a month or a year its last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<PartialDate>,

    /// Places and events that are at least so sure: 0 to 1
    #[arg(long, value_name = "SCORE", value_parser = score)]
    min_score: Option<f32>,
}

impl Narrow {
    /// The flags that were told, those that ask something of places first.
    pub(super) fn told(&self) -> Vec<&'static str> {
        let told = [(self.from.is_some(), "--from"), (self.to.is_some(), "--to")];
        let told = told.into_iter().filter(|&(told, _)| told).map(|(_, flag)| flag);
        self.of_places().into_iter().chain(told).collect()
    }

    /// Those that ask something of places.
    pub(super) fn of_places(&self) -> Vec<&'static str> {
        let told = [(!self.country.is_empty(), "--country"), (self.min_score.is_some(), "--min-score")];
        told.into_iter().filter(|&(told, _)| told).map(|(_, flag)| flag).collect()
    }

    /// Refuses codes that are no country's: what they leave is an empty file.
    pub(super) fn check(&self, gazetteer: &Gazetteer) -> Result<(), CliError> {
        let is_one = |code: &&String| gazetteer.country_by_code(code).is_some();
        let Some(code) = self.country.iter().find(|code| !is_one(code)) else { return Ok(()) };
        let named = gazetteer.named(code).into_iter().map(|hit| hit.row);
        let meant =
            named.filter(|&row| gazetteer.country(row) == Some(row)).map(|row| gazetteer.country_code(row));
        let meant = meant.map(|meant| format!("; did you mean {meant}?")).next().unwrap_or_default();
        Err(CliError::Usage(format!("--country: {code} is no country’s code{meant}")))
    }

    /// Tells where nothing is left of what there was.
    pub(super) fn tell(&self, is_empty: bool, progress: &Progress) {
        let told = self.told();
        if is_empty && !told.is_empty() {
            progress.note(&format!("nothing is left: no row is what is asked for by {}", told.join(" and ")));
        }
    }

    /// What is asked for.
    ///
    /// # Errors
    ///
    /// Where the period ends before it begins.
    pub(super) fn only(&self) -> Result<Only, CliError> {
        let first = self.from.and_then(Days::of).map(|days| days.first);
        let last = self.to.and_then(Days::of).map(|days| days.last);
        if let (Some(first), Some(last)) = (first, last)
            && first > last
        {
            return Err(CliError::Usage("--from is later than --to".to_owned()));
        }
        let (countries, min_score) = (self.country.clone(), self.min_score);
        Ok(Only { countries, from: self.from, to: self.to, min_score })
    }
}

fn country(code: &str) -> Result<String, String> {
    let code = code.trim();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(code.to_ascii_uppercase())
    } else {
        Err(format!("“{code}” is no country's code of two letters, like LY"))
    }
}

fn date(text: &str) -> Result<PartialDate, String> {
    let wrong = || format!("“{text}” is no date like 2016-10-17, 2016-10 or 2016");
    let date = PartialDate::from_str(text).map_err(|_| wrong())?;
    let ordered = date.month.is_some() || date.day.is_none();
    Days::of(date).filter(|_| ordered).map(|_| date).ok_or_else(wrong)
}

fn score(text: &str) -> Result<f32, String> {
    let score = text.parse::<f32>().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| format!("“{text}” is no number from 0 to 1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert_eq!(country(" ly "), Ok("LY".to_owned()));
        assert!(country("Libya").is_err() && country("").is_err() && country("ل").is_err());
        assert!(date("2016-10").is_ok() && date("2016").is_ok());
        for text in ["", "yesterday", "2016-02-30", "XXXX-10-31", "2016-XX-03", "17.10.2016"] {
            assert!(date(text).is_err(), "{text}");
        }
        assert!(score("0.5").is_ok() && score("1").is_ok());
        assert!(score("1.1").is_err() && score("NaN").is_err() && score("-0.1").is_err());
    }
}
