//! Measures the dates against the specifications of Recognizers-Text, where they are at hand.
//!
//! `DATELINE_DATE_SPECS=DIR cargo test --lib date_specs -- --ignored --nocapture` prints of every file how many cases
//! are right, in the span and in the value of every result in scope, with nothing found beside; and all that are not.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use serde_json::Value;

use super::read;
use super::value::bounds_of;
use crate::model::{CharIndex, CharSpan, DateKind, DateMention, Days, PartialDate, Span};

/// The files, with the sorts of result that they hold.
const FILES: [(&str, &[&str]); 7] = [
    ("DateParser", &["date"]),
    ("DateExtractor", &["date"]),
    ("DatePeriodParser", &["daterange"]),
    ("DatePeriodExtractor", &["daterange"]),
    ("HolidayParser", &["date"]),
    ("MergedParser", &["date", "daterange"]),
    ("DateTimeModel", &["date", "daterange"]),
];

/// Feasts of the moon, which no fixed rule gives.
const OF_THE_MOON: [&str; 5] = ["eid", "ramad", "ramz", "ramaz", "hijri"];

struct Wanted {
    span: Span,
    sort: String,
    timex: String,
    /// The first value: the one gone by.
    value: BTreeMap<String, String>,
}

struct Case {
    text: String,
    day: PartialDate,
    wanted: Vec<Wanted>,
}

fn word(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| value.get(*key)?.as_str()).map(str::to_owned)
}

fn case(value: &Value) -> Option<Case> {
    let text = value["Input"].as_str()?.to_owned();
    let day = value["Context"]["ReferenceDateTime"].as_str().unwrap_or("2019-11-07");
    let index = CharIndex::new(&text);
    let wanted = value["Results"].as_array()?.iter().map(|result| {
        let start = result["Start"].as_u64().unwrap() as usize;
        let end = match result["Length"].as_u64() {
            Some(length) => start + length as usize,
            None => result["End"].as_u64().unwrap() as usize + 1,
        };
        let given = result.get("Value").or_else(|| result.get("Resolution")).unwrap_or(&Value::Null);
        let first =
            given.get("PastResolution").or_else(|| given.get("values").and_then(|values| values.get(0)));
        let value = first.and_then(Value::as_object).into_iter().flatten();
        let value: BTreeMap<String, String> =
            value.filter_map(|(key, value)| Some((key.to_lowercase(), value.as_str()?.to_owned()))).collect();
        let timex = word(given, &["Timex"]).or_else(|| value.get("timex").cloned()).unwrap_or_default();
        let sort = word(result, &["Type", "TypeName"]).unwrap_or_default().replace("datetimeV2.", "");
        Wanted { span: index.bytes(CharSpan { start, end }).unwrap_or(Span::new(0, 0)), sort, timex, value }
    });
    let wanted = wanted.collect();
    Some(Case { day: day.parse().unwrap(), wanted, text })
}

/// Why a case is out of scope, where it is.
fn out_of_scope(case: &Case, sorts: &[&str], with_values: bool) -> Option<&'static str> {
    let lower = |wanted: &Wanted| wanted.span.of(&case.text).to_lowercase();
    let within: Vec<_> = case.wanted.iter().filter(|wanted| sorts.contains(&wanted.sort.as_str())).collect();
    if !case.wanted.is_empty() && within.is_empty() {
        let timed = case.wanted.iter().any(|wanted| wanted.sort.contains("time"));
        let set = case.wanted.iter().any(|wanted| wanted.sort == "set");
        return Some(if timed {
            "times of day"
        } else if set {
            "sets"
        } else {
            "nothing but lengths of time"
        });
    }
    if within.iter().any(|wanted| OF_THE_MOON.iter().any(|feast| lower(wanted).contains(feast))) {
        return Some("feasts of the moon");
    }
    let none = |wanted: &&Wanted| {
        let season = ["SP", "SU", "FA", "WI"].iter().any(|season| wanted.timex.ends_with(season));
        let value = wanted.value.get("value").is_some_and(|value| value == "not resolved");
        with_values && !season && (value || wanted.value.values().any(|value| value.starts_with("0001")))
    };
    within.iter().any(none).then_some("days that no calendar has, business and school years")
}

fn day(text: Option<&String>) -> Option<Date> {
    text?.get(..10)?.parse().ok()
}

/// Whether a mention has the value. An end that words name ("from May to October") the reference leaves out, and this
/// program counts; a bound that is open on its other side is compared by what names it.
fn fits(wanted: &Wanted, mention: &DateMention, today: Option<Date>) -> bool {
    let season = [("SP", "21"), ("SU", "22"), ("FA", "23"), ("WI", "24")];
    if let Some((name, number)) = season.iter().find(|(name, _)| wanted.timex.ends_with(name)) {
        let year = wanted.timex.trim_end_matches(name).trim_end_matches('-');
        return mention.edtf.ends_with(number) && mention.edtf.starts_with(year);
    }
    let get = |keys: &[&str]| keys.iter().find_map(|key| day(wanted.value.get(*key)));
    let (single, start, end) =
        (get(&["date", "value"]), get(&["startdate", "start"]), get(&["enddate", "end"]));
    let side = |at: usize| mention.edtf.split('/').nth(at).and_then(bounds_of);
    let days = mention.days.and_then(|days| Some((Days::date(days.first)?, Days::date(days.last)?)));
    let next = |day: Date| day.tomorrow().unwrap();
    match (single, start, end) {
        // On a Tuesday "Tuesday" is today in the news, and was a week ago for the reference.
        (Some(single), _, _)
            if wanted.timex.starts_with("XXXX-WXX-") && days == today.map(|day| (day, day)) =>
        {
            today.is_some_and(|today| (today - single).get_days() == 7)
        }
        (Some(single), _, _) => days == Some((single, single)),
        (None, Some(start), Some(end)) => days.is_some_and(|(first, last)| {
            let left_out = |length: jiff::Span| end.checked_add(length).is_ok_and(|day| day == next(last));
            let units = [jiff::Span::new().weeks(1), jiff::Span::new().months(3)];
            let named = wanted.timex.starts_with('(')
                && (last == end
                    || units.into_iter().any(left_out)
                    || side(1).is_some_and(|(first, _)| first == end));
            first == start && (next(last) == end || named)
        }),
        (None, Some(start), None) => {
            mention.edtf.ends_with("/..")
                && side(0).is_some_and(|(first, last)| {
                    first == start || next(last) == start || first == next(start)
                })
        }
        (None, None, Some(end)) => {
            mention.edtf.starts_with("../")
                && side(1).is_some_and(|(first, last)| first == end || last == end || next(last) == end)
        }
        _ => false,
    }
}

/// Whether two spans are the same but for "the" or "on" at their head, which the reference now has and now leaves out.
fn same_words(text: &str, a: Span, b: Span) -> bool {
    let bare = |span: Span| {
        let the = span.of(text).to_lowercase().starts_with("the ");
        let on = span.of(text).to_lowercase().starts_with("on ");
        span.start
            + if the {
                4
            } else if on {
                3
            } else {
                0
            }
    };
    a.end == b.end && bare(a) == bare(b)
}

/// What is wrong with a case; nothing where all is well.
fn faults(case: &Case, sorts: &[&str], with_values: bool) -> Vec<String> {
    let found = read(&case.text, Some(case.day), false);
    let today = super::whole(case.day);
    let mut faults = Vec::new();
    for wanted in case.wanted.iter().filter(|wanted| sorts.contains(&wanted.sort.as_str())) {
        let words = wanted.span.of(&case.text);
        match found.iter().find(|mention| same_words(&case.text, mention.span, wanted.span)) {
            None => faults.push(format!("span [{words}] {} {:?}", wanted.timex, wanted.value)),
            Some(mention) if with_values && !fits(wanted, mention, today) => {
                faults.push(format!("value [{words}] {} {:?}", wanted.timex, wanted.value));
            }
            Some(_) => {}
        }
    }
    for mention in found.iter().filter(|mention| mention.kind != DateKind::Duration) {
        let one_day =
            mention.days.is_some_and(|days| days.first == days.last) || mention.edtf.ends_with("XX-XX");
        let own = match sorts {
            ["date"] => one_day,
            ["daterange"] => !one_day,
            _ => true,
        };
        if own && case.wanted.iter().all(|wanted| !wanted.span.overlaps(mention.span)) {
            faults.push(format!("beside [{}]", mention.span.of(&case.text)));
        }
    }
    if !faults.is_empty() {
        let shown: Vec<_> = found
            .iter()
            .map(|mention| format!("[{}] {}", mention.span.of(&case.text), mention.edtf))
            .collect();
        faults.push(format!("found: {}", shown.join(" ; ")));
    }
    faults
}

#[test]
#[ignore = "the specifications are not part of the repository"]
fn date_specs() {
    let folder =
        PathBuf::from(std::env::var("DATELINE_DATE_SPECS").expect("DATELINE_DATE_SPECS names a folder"));
    let mut out: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_sort: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut right, mut all) = (0, 0);
    for (file, sorts) in FILES {
        let text = std::fs::read_to_string(folder.join(format!("{file}.json"))).unwrap();
        let cases: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let with_values = !file.ends_with("Extractor");
        let (mut own_right, mut own) = (0, 0);
        for case in cases.as_array().unwrap().iter().filter_map(case) {
            if let Some(reason) = out_of_scope(&case, sorts, with_values) {
                *out.entry(reason).or_default() += 1;
                continue;
            }
            let faults = faults(&case, sorts, with_values);
            let sort = case.wanted.iter().find(|wanted| sorts.contains(&wanted.sort.as_str()));
            let counts =
                by_sort.entry(sort.map_or("nothing".to_owned(), |wanted| wanted.sort.clone())).or_default();
            own += 1;
            counts.1 += 1;
            if faults.is_empty() {
                own_right += 1;
                counts.0 += 1;
            } else {
                println!("{file}: {} @{}\n    {}", case.text, case.day, faults.join("\n    "));
            }
        }
        println!("== {file}: {own_right} of {own} = {:.1} %", 100.0 * own_right as f64 / own as f64);
        right += own_right;
        all += own;
    }
    println!("by sort: {by_sort:?}\nout of scope: {out:?}");
    println!("all: {right} of {all} = {:.1} %", 100.0 * right as f64 / all as f64);
}
