//! When an event happened: on one of the text's dates, on the article's own day, or nobody knows.
//! A date belongs to the event that is nearest to it without a clause or another event between; what no date is
//! near to happened when the article was written, if it is told as news, and on the day of an event that it is told
//! to be the same as ("the crash").

use super::syntax::{Syntax, Tag};
use super::telling::{BOUNDING, GOING_ON, LASTING, OFTEN, REPORTING, SAME_DAY, SAME_DAY_JOINTS};
use crate::geoparse::tokens::Case;
use crate::model::{DateKind, DateMention, Days, Event, Geoparsed, Mention, Polarity, Precision, Span, When};

/// Least sum for which a date is an event's.
const ENOUGH: f32 = 0.4;
/// Up to so many days a date is exact.
const EXACT: i32 = 3;
/// So many days before the article, what is told is no news of the day.
const STALE: i32 = 2;

/// A span of an article in tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) first: usize,
    pub(super) end: usize,
}

/// An article as its events are dated: where they and the dates stand.
struct Reading<'r, 't, 'a> {
    syntax: &'r Syntax<'t, 'a>,
    dates: &'r [DateMention],
    mentions: &'r [Mention],
    /// The day of the article.
    today: Option<Days>,
    date_at: Vec<Place>,
    event_at: Vec<Place>,
}

/// Dates the events of an article.
pub(super) fn date(syntax: &Syntax<'_, '_>, geoparsed: &Geoparsed, events: &mut [Event]) {
    let reading = Reading {
        syntax,
        dates: &geoparsed.dates,
        mentions: &geoparsed.mentions,
        today: geoparsed.article.day().and_then(Days::of),
        date_at: geoparsed.dates.iter().map(|date| place(syntax, date.span)).collect(),
        event_at: events.iter().map(|event| place(syntax, event.trigger)).collect(),
    };
    let mut told: Vec<Option<usize>> =
        (0..events.len()).map(|event| reading.own_date(event, &events[event])).collect();
    reading.share(events, &mut told);
    for (i, event) in events.iter_mut().enumerate() {
        event.when = match told[i] {
            Some(date) => When::Date(date),
            None if reading.is_news(i, event) => When::Published,
            None => When::Unknown,
        };
    }
}

/// The numbers of those that begin at the tokens `first..end`, of places in text order.
fn within(places: &[Place], first: usize, end: usize) -> std::ops::Range<usize> {
    let from = places.partition_point(|place| place.first < first);
    from..places.partition_point(|place| place.first < end).max(from)
}

/// The tokens of a span.
pub(super) fn place(syntax: &Syntax<'_, '_>, span: Span) -> Place {
    let first = syntax.text.token_at(span.start);
    let end = syntax.text.tokens.partition_point(|token| token.span.start < span.end);
    Place { first, end: end.max(first + 1) }
}

impl Reading<'_, '_, '_> {
    /// The date of the event's own sentence that is its, if one is.
    fn own_date(&self, event: usize, told: &Event) -> Option<usize> {
        let (first, end) = self.syntax.sentence(self.event_at[event].first);
        let here = || within(&self.date_at, first, end);
        let best = here()
            .filter_map(|date| Some((date, self.sum(event, told, date)?)))
            .filter(|&(_, sum)| sum >= ENOUGH)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        // "Police said on Tuesday that five had been killed": not long before.
        let reported = || {
            here().find(|&date| {
                matches!(told.polarity, Polarity::Happened | Polarity::Denied)
                    && self.is_exact(date)
                    && self.fits(told, &self.dates[date])
                    && self.of_a_report(self.date_at[date], told)
            })
        };
        best.map(|(date, _)| date).or_else(reported)
    }

    fn is_exact(&self, date: usize) -> bool {
        let date = &self.dates[date];
        // Without a year, a day is written to its last place.
        date.days.map_or(date.edtf.len() == "XXXX-10-31".len(), |days| days.last - days.first < EXACT)
    }

    /// How much speaks for a date of the same sentence; `None` where it cannot be.
    fn sum(&self, event: usize, told: &Event, number: usize) -> Option<f32> {
        let date = &self.dates[number];
        if date.kind == DateKind::Duration || !self.fits(told, date) {
            return None;
        }
        let (at, trigger) = (self.date_at[number], self.event_at[event]);
        if at.first < trigger.end && trigger.first < at.end {
            return Some(4.0);
        }
        let (left, right) = if at.first < trigger.first { (at, trigger) } else { (trigger, at) };
        let mut gap = right.first.saturating_sub(left.end) as f32;
        let others = within(&self.event_at, left.end, right.first)
            .filter(|&i| i != event && self.event_at[i].end <= right.first)
            .count();
        let mut sum = 3.0 - 1.1 * self.syntax.clauses_between(at.first, trigger.first) as f32;
        if at.first < trigger.first {
            if self.is_attribute(at, trigger) {
                return Some(sum + 3.0);
            }
            sum += self.before(at, trigger);
            if self.opens(at) {
                gap = gap.min(4.0);
            }
        } else if gap <= 3.0 {
            sum += 1.0;
        }
        if self.of_another(at, trigger) {
            sum -= 2.0;
        }
        if self.of_a_report(at, told) {
            if told.polarity == Polarity::Planned {
                return None;
            }
            sum -= 1.2;
        }
        // What stands in the date's own clause has the better claim.
        let apart = self.syntax.clauses_between(at.first, trigger.first) > 0;
        if apart && self.is_taken(event, at) {
            sum -= 1.4;
        }
        if self.syntax.is_enclosed(at.first, trigger.first) {
            sum -= 2.0;
        }
        // "the war that has killed thousands since 2011"
        let told_of = self.syntax.at(trigger.end) == Tag::Relative
            || self.syntax.at(trigger.end) == Tag::Comma && self.syntax.at(trigger.end + 1) == Tag::Relative;
        if told_of && apart && trigger.end <= at.first {
            sum += 1.1;
        }
        if self.bounds(at) {
            sum -= 1.5;
        }
        sum -= date.days.map_or(0.3, |days| ((days.last - days.first + 1) as f32).log2() * 0.1);
        // What follows its event may follow far behind: "crashed after take-off from the resort on …".
        let far = if at.first < trigger.first { 0.12 * gap } else { 0.08 * gap.min(14.0) };
        Some(sum - far - 1.3 * others as f32)
    }

    /// Whether an event may have that date at all: nothing that happened is to come, nothing planned is past.
    fn fits(&self, told: &Event, date: &DateMention) -> bool {
        let (Some(today), Some(days)) = (self.today, date.days) else { return true };
        match told.polarity {
            Polarity::Happened => days.first <= today.last + 1,
            Polarity::Planned => days.last >= today.first - STALE,
            _ => true,
        }
    }

    /// Whether another event stands in the clause of a date.
    fn is_taken(&self, event: usize, date: Place) -> bool {
        let (first, end) = self.syntax.sentence(date.first);
        within(&self.event_at, first, end)
            .any(|i| i != event && self.syntax.clauses_between(date.first, self.event_at[i].first) == 0)
    }

    /// "the 2004 school massacre", "Friday's raids": the date is part of what names the event.
    fn is_attribute(&self, date: Place, trigger: Place) -> bool {
        let syntax = self.syntax;
        let between = || date.end..trigger.first;
        let owned = syntax.at(date.end) == Tag::Owner;
        let named = between().all(|i| matches!(syntax.at(i), Tag::Noun | Tag::Owner | Tag::Hyphen));
        let close = between().count() <= 5;
        let before = date.first.checked_sub(1).map_or(Tag::Stop, |before| syntax.at(before));
        let inside = matches!(before, Tag::Determiner | Tag::Owner)
            && syntax.text.before(date.first).is_some()
            && !syntax.is_verb(trigger.first);
        close && named && (owned || inside)
    }

    /// A date that another noun owns or that names it: "Friday's raids hit the town".
    fn of_another(&self, date: Place, trigger: Place) -> bool {
        let follows = self.syntax.at(date.end) == Tag::Owner;
        let before = date.first.checked_sub(1).map_or(Tag::Stop, |before| self.syntax.at(before));
        let named = before == Tag::Determiner && self.syntax.at(date.end) == Tag::Noun;
        let near = trigger.first > date.end && trigger.first - date.end <= 4;
        (follows || named) && !near
    }

    /// What a date before its event gains: "Moscow yesterday said", "On Friday, jets bombed …".
    fn before(&self, date: Place, trigger: Place) -> f32 {
        let plain = (date.end..trigger.first)
            .all(|i| matches!(self.syntax.at(i), Tag::Adverb | Tag::Auxiliary | Tag::Comma));
        let here = self.syntax.clauses_between(date.first, trigger.first) == 0;
        if plain && here && self.syntax.is_verb(trigger.first) {
            1.5
        } else if self.opens(date) {
            0.8
        } else {
            // "… on Monday said that the raid": the date is of what stands before it.
            -0.8
        }
    }

    /// Whether a date opens its sentence: "On Friday", "Late on Friday".
    fn opens(&self, date: Place) -> bool {
        let (first, _) = self.syntax.sentence(date.first);
        date.first - first <= 3
            && (first..date.first).all(|i| !matches!(self.syntax.at(i), Tag::Verb | Tag::Auxiliary))
    }

    /// Whether the date is that of a report: "officials said Thursday", "the ministry on Tuesday reported".
    fn of_a_report(&self, date: Place, told: &Event) -> bool {
        let syntax = self.syntax;
        // The "Said" of "Port Said" is no report.
        let says = |i: usize| {
            let token = &syntax.text.tokens[i];
            REPORTING.has(&token.folded) && !token.is_capital() && !told.trigger.overlaps(token.span)
        };
        let mut before = date.first;
        while before > 0 && matches!(syntax.at(before - 1), Tag::Preposition | Tag::Adverb | Tag::Noun) {
            before -= 1;
            if date.first - before > 3 {
                break;
            }
        }
        let after = (date.end..date.end + 2).any(|i| i < syntax.text.tokens.len() && says(i));
        let said = before > 0 && says(before - 1) || (before..date.first).any(says);
        said || after && (!self.opens(date) || says(date.end))
    }

    /// "until Monday": the date is where something ends.
    fn bounds(&self, date: Place) -> bool {
        let own = self.syntax.text.folded(date.first);
        let before = date.first.checked_sub(1).map_or("", |before| self.syntax.text.folded(before));
        BOUNDING.has(before) || BOUNDING.has(own)
    }

    /// Gives events that have no date of their own that of an event that they are told with or to be the same as.
    fn share(&self, events: &[Event], told: &mut [Option<usize>]) {
        // "The raids came hours after gunmen shot …": from the dated to the other, whichever comes first.
        for pass in 0..2 {
            let own = told.to_vec();
            for i in 0..events.len() {
                if own[i].is_none() {
                    told[i] = self.shared(events, &own, i, pass > 0);
                }
            }
        }
    }

    fn shared(&self, events: &[Event], own: &[Option<usize>], i: usize, again: bool) -> Option<usize> {
        let dated = |k: usize| own[k].filter(|&date| self.fits(&events[i], &self.dates[date]));
        if events[i].polarity == Polarity::Planned {
            return None;
        }
        for k in [i.checked_sub(1), Some(i + 1).filter(|&k| k < events.len())].into_iter().flatten() {
            let (one, other) = (i.min(k), i.max(k));
            let vague = own[k].is_some_and(|date| !self.is_exact(date));
            let joined = self.hours_apart(one, other)
                || k < i && self.is_coordinate(one, other)
                || vague && self.around(one, other);
            if (joined || self.is_subject(k, i)) && dated(k).is_some() {
                return dated(k);
            }
        }
        if again {
            return None;
        }
        self.known(events, own, i).or_else(|| self.going_on(events, own, i))
    }

    /// Whether "hours after" or "shortly before" stands between two events of a sentence.
    fn hours_apart(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.event_at[one], self.event_at[other]);
        let text = self.syntax.text;
        self.syntax.sentence(one.first) == self.syntax.sentence(other.first)
            && (one.end..other.first.saturating_sub(1))
                .any(|i| SAME_DAY.has(text.folded(i)) && SAME_DAY_JOINTS.has(text.folded(i + 1)))
    }

    /// Whether one event is told to be shortly after the other, so that a year holds both: "toppled in 2013 after
    /// protests".
    fn around(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.event_at[one], self.event_at[other]);
        self.syntax.sentence(one.first) == self.syntax.sentence(other.first)
            && (one.end..other.first).any(|i| SAME_DAY_JOINTS.has(self.syntax.text.folded(i)))
    }

    /// "toppled and killed"
    fn is_coordinate(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.event_at[one], self.event_at[other]);
        let joint = |i: usize| matches!(self.syntax.at(i), Tag::And | Tag::Auxiliary | Tag::Adverb);
        one.end < other.first && other.first - one.end <= 2 && (one.end..other.first).all(joint)
    }

    /// Whether an event is the subject of the other's verb: "Friday's raids hit …".
    fn is_subject(&self, noun: usize, verb: usize) -> bool {
        let (noun, verb) = (self.event_at[noun], self.event_at[verb]);
        noun.end <= verb.first
            && verb.first - noun.end <= 4
            && self.syntax.is_verb(verb.first)
            && !self.syntax.is_verb(noun.first)
            && (noun.end..verb.first).all(|i| {
                matches!(
                    self.syntax.at(i),
                    Tag::Auxiliary | Tag::Adverb | Tag::Relative | Tag::Verb | Tag::And
                )
            })
    }

    /// The date of an event of the same sort that this one is named after: "the crash", or the same word again.
    fn known(&self, events: &[Event], own: &[Option<usize>], i: usize) -> Option<usize> {
        let headline = self.headline(i);
        let definite = self.is_definite(i);
        if !(headline || definite) || self.is_lasting(i) {
            return None;
        }
        let exact = |k: &usize| own[*k].is_some_and(|date| self.is_exact(date));
        let same = |k: &usize| {
            let (one, other) = (&events[i], &events[*k]);
            let sort = one.kind == other.kind || definite && one.kind.class() == other.kind.class();
            let sentence = |event: &Event| {
                let text = self.syntax.text;
                text.tokens.get(text.token_at(event.trigger.start)).map_or(0, |token| token.sentence)
            };
            // Another word for it only where it was just told: "jets bombed a camp. The air strikes …"
            let near = headline
                || sentence(one).abs_diff(sentence(other)) <= 1
                || self.stem(one.trigger) == self.stem(other.trigger);
            sort && near && one.polarity == other.polarity && self.may_be_one(one, other)
        };
        // The one told last before, or for a headline the first below it.
        let before = (0..i).rev().take(8).filter(exact).find(same);
        let after = (i + 1..events.len()).take(if headline { 6 } else { 3 }).filter(exact).find(same);
        let date = before.or(after).and_then(|k| own[k])?;
        self.fits(&events[i], &self.dates[date]).then_some(date)
    }

    /// Whether neither is told of another town than the other.
    fn may_be_one(&self, one: &Event, other: &Event) -> bool {
        let town = |event: &Event| {
            let place = self.mentions.get(*event.places.first()?)?.place()?;
            (place.precision <= Precision::Settlement).then(|| place.id.clone())
        };
        let (here, there) = (town(one), town(other));
        here.is_none()
            || there.is_none()
            || here == there
            || self.stem(one.trigger) == self.stem(other.trigger)
    }

    fn stem(&self, trigger: Span) -> String {
        let text = self.syntax.text;
        text.folded(text.token_at(trigger.start)).chars().take(5).collect()
    }

    /// "the crash", "that attack": a noun that the reader is expected to know.
    fn is_definite(&self, i: usize) -> bool {
        let syntax = self.syntax;
        let at = self.event_at[i];
        if syntax.is_verb(at.first) {
            return false;
        }
        let mut first = at.first;
        while let Some(before) = syntax.text.before(first).filter(|&before| syntax.at(before) == Tag::Noun) {
            first = before;
        }
        let article = syntax.text.before(first).map_or("", |before| syntax.text.folded(before));
        matches!(article, "the" | "this" | "that" | "these" | "those")
    }

    /// "the conflict": a state of things, and no deed of a day.
    fn is_lasting(&self, i: usize) -> bool {
        let at = self.event_at[i];
        !self.syntax.is_verb(at.first) && LASTING.has(self.syntax.text.folded(at.end - 1))
    }

    fn headline(&self, i: usize) -> bool {
        let first = self.event_at[i].first;
        let (start, _) = self.syntax.sentence(first);
        start == 0 || self.syntax.text.case(first) != Case::Sentence
    }

    /// "Two hours later it sank.": the day of the sentence before, within a paragraph.
    fn going_on(&self, events: &[Event], own: &[Option<usize>], i: usize) -> Option<usize> {
        let text = self.syntax.text;
        let (first, end) = self.syntax.sentence(self.event_at[i].first);
        let (start, stop) = self.syntax.sentence(first.checked_sub(1)?);
        let told_there = within(&self.event_at, start, stop).rev().find_map(|k| own[k]);
        let opening = || within(&self.date_at, start, stop).find(|&date| self.opens(self.date_at[date]));
        let date = told_there.or_else(opening)?;
        let days = self.dates[date].days.filter(|_| self.is_exact(date))?;
        let told = (start..stop).any(|i| REPORTING.has(text.folded(i)));
        let next = !text.tokens[first].opens_line;
        let cue = (first..end.min(first + 3)).any(|i| GOING_ON.has(text.folded(i)));
        // News of the day is told with its day once, and then without.
        let stale = self.today.is_none_or(|today| days.last < today.first - STALE);
        let fresh = (first..end).any(|i| {
            self.syntax.at(i) == Tag::Auxiliary
                && matches!(text.folded(i), "has" | "have" | "is" | "are" | "will")
        });
        let goes_on = (cue || next && !told && stale && !fresh)
            && events[i].polarity == Polarity::Happened
            && within(&self.date_at, first, end).is_empty();
        goes_on.then_some(date)
    }

    /// Whether an event without a date is told as of the article's day.
    fn is_news(&self, i: usize, event: &Event) -> bool {
        let syntax = self.syntax;
        let (first, end) = syntax.sentence(self.event_at[i].first);
        let often = (first..end).any(|at| {
            OFTEN.has(syntax.text.folded(at)) && syntax.clauses_between(at, self.event_at[i].first) == 0
        });
        let lasting = within(&self.date_at, first, end).any(|date| {
            let at = self.date_at[date];
            self.dates[date].kind == DateKind::Duration
                && syntax.clauses_between(at.first, self.event_at[i].first) == 0
                && (at.first.saturating_sub(1)..=at.first).any(|i| syntax.text.folded(i) == "for")
        });
        self.today.is_some()
            && matches!(event.polarity, Polarity::Happened | Polarity::Denied)
            && !often
            && !self.is_lasting(i)
            && !lasting
    }
}
