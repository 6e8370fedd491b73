//! What every text must come out as, whatever it says; and values by themselves.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::value::bounds_of;
use super::{calendar, read};
use crate::model::{DateMention, Days, PartialDate};

const DAY: PartialDate = PartialDate::ymd(2015, 11, 2);

#[test]
fn values_are_written_as_edtf() {
    let check = |day: Option<PartialDate>, text: &str, expected: &[&str]| {
        let found: Vec<_> = read(text, day, true).into_iter().map(|date| date.edtf).collect();
        assert_eq!(found, expected, "{text}");
    };
    check(Some(DAY), "on 31 October 2015", &["2015-10-31"]);
    check(Some(DAY), "on Oct. 31, 2015", &["2015-10-31"]);
    check(Some(DAY), "in the 1970s", &["197X"]);
    check(Some(DAY), "in the 19th century", &["18XX"]);
    check(Some(DAY), "in spring 2011", &["2011-21"]);
    check(Some(DAY), "since 2011", &["2011/.."]);
    check(Some(DAY), "from 26 to 30 October", &["2015-10-26/2015-10-30"]);
    check(Some(DAY), "from March to May 2011", &["2011-03/2011-05"]);
    check(Some(DAY), "2011-2013", &["2011/2013"]);
    check(Some(DAY), "Q3 2014", &["2014-07/2014-09"]);
    check(Some(DAY), "it lasted for three days", &["P3D"]);
    check(None, "on October 31", &["XXXX-10-31"]);
    check(None, "in March", &["XXXX-03"]);
    check(None, "last year", &["XXXX"]);
    let year = PartialDate { year: Some(2015), month: None, day: None };
    check(Some(year), "on October 31", &["2015-10-31"]);
}

#[test]
fn holidays_fall_on_their_days() {
    let check = |rule: &str, year: i16, expected: &str| {
        assert_eq!(calendar::holiday(rule, year).unwrap().to_string(), expected, "{rule}");
    };
    check("easter+0", 2016, "2016-03-27");
    check("easter+0", 2019, "2019-04-21");
    check("easter-7", 2017, "2017-04-09");
    check("orthodox+0", 2016, "2016-05-01");
    check("orthodox+0", 2023, "2023-04-16");
    check("11-4.4", 2015, "2015-11-26");
    check("5-1.-1", 2016, "2016-05-30");
    check("11-4.4+1", 2010, "2010-11-26");
    check("moon-10", 2021, "2021-05-13");
}

/// Pieces of dates, and of what is none.
const SCRAPS: [&str; 60] = [
    "31", "October", "Oct.", "2015", "on", "Tuesday", "last", "next", "the", "of", "in", "1970s", "19th",
    "century", "from", "to", "until", "since", "-", "–", "/", ",", ".", "two", "weeks", "ago", "later",
    "three", "days", "early", "late", "mid", "end", "Q3", "spring", "Easter", "Christmas", "first", "week",
    "month", "year", "decade", "quarter", "yesterday", "between", "and", "9/11", "05/06/2021", "will",
    "said", "May", "may", "15", "99", "'", "s", "before", "after", "é", "\n",
];

/// What holds of every reading of a text.
fn assert_sound(text: &str, found: &[DateMention]) {
    let mut end = 0;
    for date in found {
        assert!(date.span.start >= end && date.span.end > date.span.start, "{text:?}: {date:?}");
        assert!(text.is_char_boundary(date.span.start) && text.is_char_boundary(date.span.end), "{text:?}");
        end = date.span.end;
        assert!(!date.edtf.is_empty());
        if let Some(days) = date.days {
            assert!(days.first <= days.last, "{text:?}: {date:?}");
            // What EDTF says is what the days say, where neither end hangs on the article's day.
            if let Some((first, last)) = bounds_of(&date.edtf) {
                let said = Days { first: Days::number(first), last: Days::number(last) };
                assert_eq!(days, said, "{text:?}: {date:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), tense in any::<bool>()) {
        assert_sound(&text, &read(&text, Some(DAY), tense));
    }

    #[test]
    fn any_pieces_of_dates_are_read(scraps in prop::collection::vec(0..SCRAPS.len(), 0..40), dated in any::<bool>()) {
        let text = scraps.iter().map(|at| SCRAPS[*at]).collect::<Vec<_>>().join(" ");
        assert_sound(&text, &read(&text, dated.then_some(DAY), true));
        let glued = scraps.iter().map(|at| SCRAPS[*at]).collect::<String>();
        assert_sound(&glued, &read(&glued, dated.then_some(DAY), true));
    }

    #[test]
    fn every_day_that_is_written_out_is_read(number in -300_000i32..80_000) {
        let day = Days::date(number).unwrap();
        let month = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December"][day.month() as usize - 1];
        let (number, year) = (day.day(), day.year());
        for text in [
            format!("It was on {number} {month} {year}."),
            format!("It was on {month} {number}, {year}."),
            format!("It was on {year:04}-{:02}-{number:02}.", day.month()),
            format!("It was on {number:02}.{:02}.{year}.", day.month()),
        ] {
            let found = read(&text, Some(DAY), true);
            prop_assert_eq!(found.len(), 1, "{}", &text);
            prop_assert_eq!(found[0].edtf.clone(), day.to_string(), "{}", &text);
        }
    }
}
