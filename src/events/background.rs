//! Which events are told to explain the news and are none themselves: "the 2004 school massacre".
//! An event that is long past by its own date is background wherever it stands; without a date, the words around it
//! must say so.

use super::syntax::{Syntax, Tag};
use super::telling::{BEFORE_THE_NEWS, COMPARED, FROM_DATES, REPORTING};
use super::when::{Place, place};
use crate::model::{DateMention, Days, Event, Geoparsed, Polarity, When};

/// An event that ended so many days before the article is no news.
const LONG_AGO: i32 = 75;
/// So many days before, it may be news yet.
const LATELY: i32 = 20;
const ENOUGH: f32 = 2.0;
const OLD: f32 = 3.0;

/// Marks the events that are background. They must have their dates.
pub(super) fn mark(syntax: &Syntax<'_, '_>, geoparsed: &Geoparsed, events: &mut [Event]) {
    let now = now(geoparsed);
    for event in events {
        let date = match event.when {
            When::Date(number) => geoparsed.dates.get(number),
            When::Published | When::Set(_) | When::Unknown => None,
        };
        let at = place(syntax, event.trigger);
        let age = age(date, now);
        let age = age + since(syntax, geoparsed, at, now);
        event.background = age >= OLD || age + words(syntax, at, event.polarity) >= ENOUGH;
        if event.background && event.when == When::Published {
            event.when = When::Unknown;
        }
    }
}

/// The day that the text speaks from: the article's own, or else the latest that it names exactly.
fn now(geoparsed: &Geoparsed) -> Option<Days> {
    geoparsed.article.day().and_then(Days::of).or_else(|| {
        let days = geoparsed.dates.iter().filter_map(|date| date.days);
        days.filter(|days| days.last - days.first < 31).max_by_key(|days| days.first)
    })
}

/// What its date says.
fn age(date: Option<&DateMention>, now: Option<Days>) -> f32 {
    let Some(days) = date.and_then(|date| date.days) else { return 0.0 };
    let wide = days.last - days.first > LONG_AGO;
    // In a text without a day, a year is not that of the news.
    let Some(now) = now else { return if wide { 1.0 } else { 0.0 } };
    // "in 2014", said early in 2015, is some time in it.
    let end = if wide && days.last < now.first { (days.first + days.last) / 2 } else { days.last };
    match now.first - end {
        age if age > LONG_AGO => OLD,
        age if age > LATELY => 0.5,
        // "since 2011" lasts, and began long ago.
        _ if now.first - days.first > LONG_AGO => 1.5,
        _ => -2.0,
    }
}

/// "Militias have been fighting since the uprising of 2011": what is told to have gone on since long ago.
fn since(syntax: &Syntax<'_, '_>, geoparsed: &Geoparsed, at: Place, now: Option<Days>) -> f32 {
    let (_, end) = syntax.sentence(at.first);
    let old = |i: usize| {
        let byte = syntax.text.tokens[i].span.start;
        geoparsed.dates.iter().any(|date| {
            let old = date.days.zip(now).is_some_and(|(days, now)| now.first - days.first > LONG_AGO);
            old && date.span.start >= byte && date.span.start < byte + 60
        })
    };
    let lasts = (at.end..end).any(|i| FROM_DATES.has(syntax.text.folded(i)) && old(i));
    if lasts { 2.0 } else { 0.0 }
}

/// What the words around it say.
fn words(syntax: &Syntax<'_, '_>, at: Place, polarity: Polarity) -> f32 {
    let text = syntax.text;
    let (first, end) = syntax.sentence(at.first);
    let mut sum = 0.0;
    let mut before = at.first;
    while let Some(noun) = text
        .before(before)
        .filter(|&i| matches!(syntax.at(i), Tag::Noun | Tag::Owner | Tag::Hyphen | Tag::Determiner))
    {
        before = noun;
    }
    // "the bloodiest since the massacre"
    if !syntax.is_verb(at.first) && text.before(before).is_some_and(|i| COMPARED.has(text.folded(i))) {
        sum += 1.5;
    }
    if (before..at.first).any(|i| BEFORE_THE_NEWS.has(text.folded(i))) {
        sum += 1.0;
    }
    // "had toppled", unless somebody said so: "police said that 15 had been killed".
    let reported = (first..end).any(|i| REPORTING.has(text.folded(i)));
    let had = (at.first.saturating_sub(4)..at.first)
        .rev()
        .take_while(|&i| matches!(syntax.at(i), Tag::Auxiliary | Tag::Adverb))
        .any(|i| text.folded(i) == "had");
    if had && !reported && polarity == Polarity::Happened {
        sum += 1.5;
    }
    let near = (first..end).filter(|&i| syntax.clauses_between(i, at.first) == 0);
    if near.into_iter().any(|i| BEFORE_THE_NEWS.has(text.folded(i)) && !(before..at.first).contains(&i)) {
        sum += 0.7;
    }
    // ", which brokered …", "who toppled …"
    let opener = (first..at.first)
        .rev()
        .find(|&i| matches!(syntax.at(i), Tag::Relative | Tag::Subordinator | Tag::Comma | Tag::Stop));
    let relative = |i: usize| {
        let after_noun = i > first && syntax.at(i - 1) == Tag::Noun;
        syntax.at(i) == Tag::Relative && (text.folded(i) != "that" || after_noun)
    };
    if opener.is_some_and(relative) {
        sum += 0.5;
    }
    let headline = first == 0 && !matches!(text.str(end - 1), "." | "!" | "?" | "”" | "\"");
    if headline { sum - 1.5 } else { sum }
}
