//! Parts of longer times: "late March", "the beginning of 2000", "the rest of the week".
//! The early and the late part of a time are its halves; the beginning and the end of a year that is named are its
//! thirds.

use jiff::civil::Date;

use super::calendar::add_days;
use super::expression::Part;
use super::value::{Period, date};

/// So many whole months.
pub(super) fn months(year: i16, month: u8, count: u8) -> Option<Period> {
    let first = date(year, month, 1)?;
    Some(Period::Days(first, date(year, month + count - 1, 1)?.last_of_month()))
}

/// A part of a period; `told`: whether that is told from today.
pub(super) fn part(part: Part, of: Period, told: bool, today: Option<Date>) -> Option<Period> {
    let Some((first, last)) = of.bounds() else { return Some(of) };
    match part {
        Part::Rest => {
            let today = today.filter(|today| (first..=last).contains(today)).unwrap_or(first);
            return Some(Period::Days(today, last));
        }
        Part::SoFar => {
            // "earlier this week" is no longer today.
            let today = today.filter(|today| *today > first && *today <= last);
            let end = today.and_then(|today| today.yesterday().ok()).unwrap_or(last);
            return Some(Period::Days(first, end));
        }
        _ => {}
    }
    let which = match part {
        Part::Early | Part::Beginning => 0,
        Part::Mid | Part::Middle => 1,
        _ => 2,
    };
    let thirds = matches!(part, Part::Beginning | Part::Ending) && !told;
    match of {
        Period::Year(year) if which == 1 || thirds => months(year, which * 4 + 1, 4),
        Period::Year(year) => months(year, which / 2 * 6 + 1, 6),
        Period::Month(year, month) => {
            let (from, to) = [(1, 15), (10, 20), (16, last.day().unsigned_abs())][usize::from(which)];
            Some(Period::Days(date(year, month, from)?, date(year, month, to)?))
        }
        Period::Decade(year) => years(year, [(0, 3), (4, 6), (7, 9)][usize::from(which)]),
        Period::Century(year) => years(year, [(0, 33), (34, 66), (67, 99)][usize::from(which)]),
        Period::Days(..) if of.days() == Some(7) => {
            let (from, to) = [(0, 2), (1, 4), (3, 6)][usize::from(which)];
            Some(Period::Days(add_days(first, from)?, add_days(first, to)?))
        }
        Period::Day(_) => Some(of),
        _ => {
            let third = of.days()? / 3;
            let which = i32::from(which);
            let to = if which == 2 { last } else { add_days(first, third * (which + 1) - 1)? };
            Some(Period::Days(add_days(first, third * which)?, to))
        }
    }
}

fn years(first: i16, (from, to): (i16, i16)) -> Option<Period> {
    Some(Period::Days(date(first + from, 1, 1)?, date(first + to, 12, 31)?))
}
