//! How many articles or events there are of each year: a date that means several counts in all of them.

use super::{Dated, YearCount};
use crate::model::{Days, PartialDate};

/// The years with articles, the latest first.
pub(super) fn years(dated: &[Dated]) -> Vec<YearCount> {
    let first = dated.iter().map(|dated| dated.days.first).min();
    let last = dated.iter().map(|dated| dated.days.last).max();
    let (Some(first), Some(last)) = (first.and_then(year_of), last.and_then(year_of)) else {
        return Vec::new();
    };
    // The first day of each year.
    let begins: Vec<i32> = (first..=last).filter_map(|year| Some(days_of(year)?.first)).collect();
    let mut counts = vec![0u32; begins.len()];
    let at = |day: i32| begins.partition_point(|&begins| begins <= day).saturating_sub(1);
    for Dated { days, .. } in dated {
        counts[at(days.first)..=at(days.last)].iter_mut().for_each(|count| *count += 1);
    }
    let counted = (first..=last).zip(counts).filter(|&(_, count)| count > 0);
    counted.map(|(year, count)| YearCount { year, count }).rev().collect()
}

/// The days of a year.
pub(super) fn days_of(year: i16) -> Option<Days> {
    Days::of(PartialDate { year: Some(year), month: None, day: None })
}

/// The year of a day.
pub(super) fn year_of(day: i32) -> Option<i16> {
    Days::date(day).map(|date| date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_count_in_their_years() {
        let dated = |from: i16, to: i16, article: usize| Dated {
            days: Days { first: days_of(from).unwrap().first, last: days_of(to).unwrap().last },
            article,
            class: None,
        };
        let counted = years(&[dated(2016, 2016, 0), dated(2013, 2014, 1), dated(2014, 2014, 2)]);
        let told: Vec<(i16, u32)> = counted.iter().map(|count| (count.year, count.count)).collect();
        assert_eq!(told, [(2016, 1), (2014, 2), (2013, 1)]);
        assert!(years(&[]).is_empty());
    }
}
