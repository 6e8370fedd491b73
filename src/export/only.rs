//! Narrowing what is written, the same in every format.
//! Whatever does not say what is asked for is left out: a mention without a place has no country, an article without a
//! date is of no year.

use crate::model::{Days, Geoparsed, Mention, PartialDate};

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
    /// The least score of a place and of an event, 0 to 1.
    pub min_score: Option<f32>,
}

impl Only {
    /// Whether anything is asked of places.
    pub(crate) fn asks_for_places(&self) -> bool {
        !self.countries.is_empty() || self.min_score.is_some()
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

    /// Whether a score is high enough.
    pub(crate) fn is_sure(&self, score: f32) -> bool {
        self.min_score.is_none_or(|least| score >= least)
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
            country && self.is_sure(chosen.score)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
