//! Short news texts with the dates that a careful reader marks in them: the files of `dates/`.
//! How a text is written is said at the head of `dates/news.txt`. `dates/known_misses.txt` holds those that do not pass,
//! under the cause; one that passes belongs elsewhere.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dateline::dates;
use dateline::model::{Article, Days, PartialDate, Span};
use proptest::prelude::*;

struct Sample {
    article: Article,
    /// Words, value, and the days as the file writes them.
    expected: Vec<(String, String, String)>,
}

fn samples(file: &str) -> Vec<Sample> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/dates").join(file);
    let text = fs::read_to_string(path).unwrap();
    text.split("\n\n").filter_map(sample).collect()
}

fn sample(block: &str) -> Option<Sample> {
    let mut lines = block.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let (day, text) = lines.next()?.split_once(' ')?;
    let mut article = Article::from_text("sample", text);
    article.date = day.parse::<PartialDate>().ok();
    let expected = lines.map(|line| {
        let (words, rest) = line.trim().split_once(" > ").unwrap_or_else(|| panic!("no value: {line}"));
        let (value, days) = rest.split_once(' ').unwrap_or((rest, ""));
        let days = if days.is_empty() { plain_days(value) } else { days.trim_start_matches('-').to_owned() };
        (words.to_owned(), value.to_owned(), days)
    });
    Some(Sample { article, expected: expected.collect() })
}

/// The days of a value that is one day, month or year; nothing of a length.
fn plain_days(value: &str) -> String {
    shown(value.parse::<PartialDate>().ok().and_then(Days::of))
}

fn shown(days: Option<Days>) -> String {
    let date = |number| Days::date(number).map(|day| day.to_string()).unwrap_or_default();
    days.map_or(String::new(), |days| format!("{}..{}", date(days.first), date(days.last)))
}

/// What is wrong with a text, a line each.
fn faults(sample: &Sample) -> String {
    let mut faults = String::new();
    let text = &sample.article.text;
    let found: Vec<_> = dates::find(&sample.article)
        .into_iter()
        .map(|date| (date.span.of(text).to_owned(), date.edtf, shown(date.days)))
        .collect();
    for expected in &sample.expected {
        match found.iter().find(|found| bare(&found.0) == bare(&expected.0)) {
            Some(found) if found.1 == expected.1 && found.2 == expected.2 => {}
            Some(found) => {
                writeln!(faults, "  {}: {} {}, not {} {}", found.0, found.1, found.2, expected.1, expected.2)
                    .unwrap()
            }
            None => writeln!(faults, "  missed: {}", expected.0).unwrap(),
        }
    }
    for found in &found {
        if !sample.expected.iter().any(|expected| bare(&found.0) == bare(&expected.0)) {
            writeln!(faults, "  no date: {} {}", found.0, found.1).unwrap();
        }
    }
    faults
}

/// Words without the article before them, which a reader may mark or not.
fn bare(words: &str) -> &str {
    words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words)
}

#[test]
fn texts_are_read_as_a_careful_reader_does() {
    let mut report = String::new();
    let samples = samples("news.txt");
    let mut wrong = 0;
    for sample in &samples {
        let faults = faults(sample);
        if !faults.is_empty() {
            wrong += 1;
            writeln!(report, "{}\n{faults}", sample.article.text).unwrap();
        }
    }
    assert!(report.is_empty(), "{wrong} of {} texts are wrong\n{report}", samples.len());
}

#[test]
fn known_misses_still_miss() {
    for sample in samples("known_misses.txt") {
        assert!(!faults(&sample).is_empty(), "mended: {}", sample.article.text);
    }
}

proptest! {
    #[test]
    fn dates_lie_in_any_text(text in any::<String>()) {
        let article = Article::from_text("any", text);
        let mut end = 0;
        for date in dates::find(&article) {
            prop_assert!(date.span.start >= end && article.text.get(date.span.start..date.span.end).is_some());
            end = date.span.end;
        }
    }
}

#[test]
fn nothing_is_looked_for_in_boilerplate() {
    let mut article = Article::from_text("a", "Posted 3 May 2019. It rained on 2 May.");
    article.date = Some(PartialDate::ymd(2019, 5, 3));
    article.boilerplate = vec![Span::new(0, 18)];
    let found: Vec<_> = dates::find(&article).into_iter().map(|date| date.edtf).collect();
    assert_eq!(found, ["2019-05-02"]);
}
