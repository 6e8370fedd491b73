//! Narrowing what is written, the same in every format.
//! Whatever does not say what is asked for is left out: a mention without a place has no country, an article without a
//! date is of no year.

use super::Rows;
use crate::model::record::rounded_score;
use crate::model::{Days, Geoparsed, How, Mention, PartialDate};

/// What to write and nothing else; everything, unless told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Only {
    /// Countries in which a place lies, ISO 3166-1 alpha-2 in either case; empty for all.
    pub countries: Vec<String>,
    /// The first day of publication, or where rows are events, of the event. Of a partial date its first day; what has
    /// no year bounds nothing. A date that may lie within the two is taken.
    pub from: Option<PartialDate>,
    /// The last day likewise: of a partial date its last.
    pub to: Option<PartialDate>,
    /// The least score of a place and of an event, 0 to 1. What a person confirmed, corrected or added is taken whatever
    /// its score.
    pub min_score: Option<f32>,
}

impl Only {
    /// Whether anything is asked of places.
    pub(crate) fn asks_for_places(&self) -> bool {
        !self.countries.is_empty() || self.min_score.is_some()
    }

    /// What is asked for, in words, each the beginning of a sentence: "only places in LY, EG".
    pub(crate) fn told(&self, rows: Rows) -> Vec<String> {
        let mut told = Vec::new();
        if !self.countries.is_empty() {
            told.push(format!("only places in {}", self.countries.join(", ").to_uppercase()));
        }
        let what = if rows == Rows::Events { "events" } else { "articles" };
        match (self.from, self.to) {
            (None, None) => {}
            (Some(from), None) => told.push(format!("only {what} from {from} on")),
            (None, Some(to)) => told.push(format!("only {what} up to {to}")),
            (Some(from), Some(to)) => told.push(format!("only {what} from {from} to {to}")),
        }
        if let Some(least) = self.min_score {
            let what = "places and events with a score of";
            told.push(format!("only {what} {} or more, or that people settled", rounded_score(least)));
        }
        told
    }

    /// Whether days lie within the period that is asked for.
    pub(crate) fn in_period(&self, days: Option<Days>) -> bool {
        let (from, to) = (self.from.and_then(Days::of), self.to.and_then(Days::of));
        if from.is_none() && to.is_none() {
            return true;
        }
        let period =
            Days { first: from.map_or(i32::MIN, |from| from.first), last: to.map_or(i32::MAX, |to| to.last) };
        days.is_some_and(|days| days.overlaps(period))
    }

    /// Whether an article was published in that period.
    pub(crate) fn published(&self, article: &Geoparsed) -> bool {
        self.in_period(article.article.date.and_then(Days::of))
    }

    /// Whether a score is high enough, as files write it, or a person has settled it: then no score says anything.
    pub(crate) fn is_sure(&self, score: f32, how: How) -> bool {
        let sure = |least: f32| rounded_score(score) >= rounded_score(least);
        how != How::Auto || self.min_score.is_none_or(sure)
    }

    /// Whether a mention's place is one that is asked for.
    pub(crate) fn place(&self, mention: &Mention) -> bool {
        if !self.asks_for_places() {
            return true;
        }
        mention.chosen().is_some_and(|chosen| {
            let here =
                |country: &String| country.trim().eq_ignore_ascii_case(chosen.place.country_code.as_str());
            let country = self.countries.is_empty() || self.countries.iter().any(here);
            country && self.is_sure(chosen.score, mention.how())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_told() {
        let check = |only: Only, rows: Rows, expected: &[&str]| assert_eq!(only.told(rows), expected);
        let [from, to] = ["2016-10", "2017"].map(|date| date.parse().ok());
        check(Only::default(), Rows::Mentions, &[]);
        let libya = Only { countries: vec!["ly".into(), "EG".into()], from, to, min_score: None };
        check(libya, Rows::Mentions, &["only places in LY, EG", "only articles from 2016-10 to 2017"]);
        check(Only { from, ..Only::default() }, Rows::Events, &["only events from 2016-10 on"]);
        let sure = "only places and events with a score of 0.8 or more, or that people settled";
        check(
            Only { min_score: Some(0.8), to, ..Only::default() },
            Rows::Places,
            &["only articles up to 2017", sure],
        );
    }

    #[test]
    fn partial_dates_are_in_a_period_that_they_may_be_in() {
        let check = |from: &str, to: &str, date: &str, expected: bool| {
            let only = Only { from: from.parse().ok(), to: to.parse().ok(), ..Only::default() };
            let days = date.parse().ok().and_then(Days::of);
            assert_eq!(only.in_period(days), expected, "{date} from {from} to {to}");
        };
        check("", "", "", true);
        check("2016", "", "", false);
        check("2016", "", "2016-01-01", true);
        check("2016", "", "2015-12-31", false);
        check("", "2016", "2016-12-31", true);
        check("", "2016-02", "2016-03-01", false);
        check("2016-10-17", "2016-10-17", "2016-10", true);
        check("2016-10-17", "2016-10-17", "2016", true);
        check("2016-10-17", "2016-10-17", "2016-11", false);
        check("2016", "2017", "XXXX-10-31", false);
    }
}
