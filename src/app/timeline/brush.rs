//! Choosing days: by dragging, by a click on a bin, by the arrow keys.
//! What is chosen are whole bins, so that it can be said in words; finer ones where one looks closer.

use egui::{Event, Key, Modifiers, Ui};

use crate::explore::{Bins, Unit};
use crate::model::Days;

/// Where the chosen days are taken hold of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Grip {
    /// Nowhere: new ones are drawn from this day on.
    New(i32),
    /// In their middle, at this day.
    Middle(i32),
    /// At their beginning.
    First,
    /// At their end.
    Last,
}

/// Days that are being chosen with the pointer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drag {
    pub grip: Grip,
    /// What was chosen before.
    pub before: Option<Days>,
}

impl Drag {
    /// The days that are chosen while the pointer is at a day.
    pub(super) fn days(self, unit: Unit, day: i32) -> Days {
        let between = |a: i32, b: i32| unit.whole(Days { first: a.min(b), last: a.max(b) });
        let before = self.before.unwrap_or(Days { first: day, last: day });
        match self.grip {
            Grip::New(from) => between(from, day),
            Grip::Middle(from) => unit.moved(before, unit.index(day) - unit.index(from)),
            Grip::First if day <= before.last => Days { first: unit.around(day).first, ..before },
            Grip::Last if day >= before.first => Days { last: unit.around(day).last, ..before },
            Grip::First => between(before.last.saturating_add(1), day),
            Grip::Last => between(day, before.first.saturating_sub(1)),
        }
    }
}

/// What a key does to the chosen days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Nudge {
    /// Moves them by so many bins.
    Move(i32),
    /// Widens them by a bin, at the end where true.
    Widen(bool),
    /// Narrows them by a bin, at the end where true.
    Narrow(bool),
    /// Takes them to the first bin, or to the last where true.
    End(bool),
}

/// The keys that were pressed for the timeline.
pub(super) fn nudges(ui: &Ui) -> Vec<Nudge> {
    let nudge = |event: &Event| match *event {
        Event::Key { key, pressed: true, modifiers, .. } => nudge(key, modifiers),
        _ => None,
    };
    ui.input(|input| input.events.iter().filter_map(nudge).collect())
}

fn nudge(key: Key, held: Modifiers) -> Option<Nudge> {
    if held.alt {
        return None;
    }
    let later = match key {
        Key::ArrowLeft => false,
        Key::ArrowRight => true,
        Key::Home => return Some(Nudge::End(false)),
        Key::End => return Some(Nudge::End(true)),
        _ => return None,
    };
    Some(match (held.shift, held.command) {
        (false, _) => Nudge::Move(if later { 1 } else { -1 }),
        (true, false) => Nudge::Widen(later),
        (true, true) => Nudge::Narrow(!later),
    })
}

/// The days after a key, within `span`. Where none were chosen, the first bin or the last.
pub(super) fn nudged(days: Option<Days>, nudge: Nudge, bins: &Bins, span: Days) -> Days {
    let unit = bins.unit;
    let (first, last) = (unit.around(span.first), unit.around(span.last));
    let Some(days) = days else {
        let last_wanted = matches!(nudge, Nudge::Move(-1) | Nudge::End(true));
        return if last_wanted { last } else { first };
    };
    let next = match nudge {
        Nudge::Move(by) => unit.moved(days, by),
        Nudge::Widen(true) => Days { last: unit.around(days.last.saturating_add(1)).last, ..days },
        Nudge::Widen(false) => Days { first: unit.around(days.first.saturating_sub(1)).first, ..days },
        Nudge::Narrow(true) => Days { last: unit.around(days.last).first - 1, ..days },
        Nudge::Narrow(false) => Days { first: unit.around(days.first).last + 1, ..days },
        Nudge::End(true) => last,
        Nudge::End(false) => first,
    };
    let inside = next.first <= last.last && next.last >= first.first;
    if next.first <= next.last && inside { next } else { days }
}

/// Where the window goes next when it is played: a bin on, over bins without articles; `None` at the end.
pub(super) fn played(days: Days, bins: &Bins, span: Days) -> Option<Days> {
    let unit = bins.unit;
    if days.last >= unit.around(span.last).last {
        return None;
    }
    let moved = unit.moved(days, 1);
    if !bins.within(moved).is_empty() {
        return Some(moved);
    }
    let next = bins.next(moved.last)?;
    Some(unit.moved(moved, unit.index(next.days.first) - unit.index(moved.last)))
}

/// Where it begins: a window of the chosen length at the beginning, of one bin in 24 where none was chosen.
pub(super) fn first_played(days: Option<Days>, unit: Unit, span: Days) -> Days {
    let begin = unit.index(span.first);
    match days {
        Some(days) => unit.moved(days, begin - unit.index(days.first)),
        None => {
            let wide = (unit.index(span.last) - begin + 1) / 24;
            Days { first: unit.days(begin).first, last: unit.days(begin + (wide - 1).max(0)).last }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::fixture::days;
    use crate::explore::{Chronicle, Collection, Filter, Stack, View};
    use crate::model::{Article, Geoparsed, PartialDate};
    use std::sync::Arc;

    /// March and April, and November, of 2016; by month.
    fn bins() -> (Bins, Days) {
        let mut collection = Collection::default();
        for (number, (month, day)) in [(3, 4), (3, 20), (4, 1), (11, 9)].into_iter().enumerate() {
            let mut article = Article::from_text(number.to_string(), "Rain.");
            article.date = Some(PartialDate::ymd(2016, month, day));
            collection.add(Arc::new(Geoparsed { article, ..Geoparsed::default() }));
        }
        let mut view = View::default();
        view.refresh(&collection, &Filter::default());
        let chronicle = Chronicle::of(&collection, &view, Stack::Sources);
        (chronicle.bins(Unit::Month), chronicle.span().unwrap())
    }

    fn month(from: u8, to: u8) -> Days {
        let end = Days::of(PartialDate { year: Some(2016), month: Some(to), day: None }).unwrap().last;
        Days { last: end, ..days((2016, from, 1), (2016, from, 1)) }
    }

    #[test]
    fn dragging_chooses_whole_bins() {
        let day = |m, d| days((2016, m, d), (2016, m, d)).first;
        let check = |grip, before, at, expected: Days| {
            assert_eq!(Drag { grip, before }.days(Unit::Month, at), expected, "{grip:?}");
        };
        check(Grip::New(day(3, 20)), None, day(5, 2), month(3, 5));
        check(Grip::New(day(5, 20)), None, day(3, 2), month(3, 5));
        check(Grip::Middle(day(3, 20)), Some(month(3, 4)), day(5, 2), month(5, 6));
        check(Grip::First, Some(month(3, 4)), day(1, 5), month(1, 4));
        check(Grip::Last, Some(month(3, 4)), day(6, 5), month(3, 6));
        // One end past the other.
        check(Grip::First, Some(month(3, 4)), day(6, 5), month(5, 6));
        check(Grip::Last, Some(month(3, 4)), day(1, 5), month(1, 2));
    }

    #[test]
    fn keys_move_and_widen() {
        let (bins, span) = bins();
        let check = |days, keyed, expected| {
            assert_eq!(nudged(days, keyed, &bins, span), expected, "{keyed:?} of {days:?}");
        };
        check(None, Nudge::Move(1), month(3, 3));
        check(None, Nudge::Move(-1), month(11, 11));
        check(Some(month(3, 3)), Nudge::Move(1), month(4, 4));
        check(Some(month(3, 3)), Nudge::Move(-1), month(3, 3));
        check(Some(month(4, 4)), Nudge::Widen(true), month(4, 5));
        check(Some(month(4, 4)), Nudge::Widen(false), month(3, 4));
        check(Some(month(3, 4)), Nudge::Narrow(true), month(3, 3));
        check(Some(month(3, 4)), Nudge::Narrow(false), month(4, 4));
        check(Some(month(3, 3)), Nudge::Narrow(true), month(3, 3));
        check(Some(month(3, 3)), Nudge::End(true), month(11, 11));
    }

    #[test]
    fn keys_are_told_apart() {
        let check = |key, held, expected| assert_eq!(nudge(key, held), expected);
        check(Key::ArrowRight, Modifiers::NONE, Some(Nudge::Move(1)));
        check(Key::ArrowLeft, Modifiers::SHIFT, Some(Nudge::Widen(false)));
        check(Key::ArrowLeft, Modifiers::SHIFT | Modifiers::COMMAND, Some(Nudge::Narrow(true)));
        check(Key::ArrowLeft, Modifiers::ALT, None);
        check(Key::ArrowUp, Modifiers::NONE, None);
    }

    #[test]
    fn playing_goes_over_empty_bins_to_the_end() {
        let (bins, span) = bins();
        let mut window = first_played(None, Unit::Month, span);
        let mut seen = vec![window];
        while let Some(next) = played(window, &bins, span) {
            window = next;
            seen.push(next);
        }
        assert_eq!(seen, [month(3, 3), month(4, 4), month(11, 11)]);
        assert_eq!(first_played(Some(month(10, 11)), Unit::Month, span), month(3, 4));
    }
}
