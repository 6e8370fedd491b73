//! Dates in figures: "10/17/2016", "2016-10-17", "31.10.2015", "20161017", "4/22".
//! Which of "5/6" is the month hangs on the country: where neither is above twelve, both are kept until the article's
//! own day tells.

use super::expression::Expr;
use super::numbers::full_year;
use super::tokens::{Kind, Token};

/// Figures that one mark joins.
struct Figures {
    values: [i32; 3],
    digits: [usize; 3],
    mark: u8,
    /// Whether nothing parts the figures from their marks.
    glued: bool,
    used: usize,
}

fn value(token: Option<&Token>) -> Option<(i32, usize)> {
    let token = token?;
    Some((token.number()?, token.len()))
}

/// So many figures with marks between them.
fn figures(tokens: &[Token], at: usize, count: usize) -> Option<Figures> {
    let mut figures = Figures { values: [0; 3], digits: [0; 3], mark: 0, glued: true, used: 0 };
    let mut next = at;
    for part in 0..count {
        if part > 0 {
            let token = tokens.get(next)?;
            let Kind::Mark(mark) = token.kind else { return None };
            // "08/12,2015": the year may follow a comma.
            if !matches!(mark, b'-' | b'/' | b'.' | b',') || mark == b',' && part < 2 {
                return None;
            }
            let same = part == 1 || mark == figures.mark || mark == b',' && figures.mark == b'/';
            if !same {
                return None;
            }
            if part == 1 {
                figures.mark = mark;
            }
            figures.glued &= token.glued;
            next += 1;
        }
        let (value, digits) = value(tokens.get(next))?;
        figures.glued &= part == 0 || tokens[next].glued;
        figures.values[part] = value;
        figures.digits[part] = digits;
        next += 1;
    }
    figures.used = next - at;
    Some(figures)
}

/// Whether the figures are no part of a longer number, code or sum.
fn alone(tokens: &[Token], at: usize, used: usize) -> bool {
    let joins = |mark: &Token| {
        matches!(mark.kind, Kind::Mark(b'/' | b'.' | b'-' | b':' | b'+' | b',' | b'$' | b'#' | b'='))
    };
    if let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before))
        && tokens.get(at).is_some_and(|token| token.glued)
    {
        let number = at
            .checked_sub(2)
            .and_then(|two| tokens.get(two))
            .is_some_and(|token| token.is_number() && before.glued);
        if joins(before) && number
            || before.is_mark(b'$')
            || before.is_mark(b'+')
            || before.is_mark(b'.') && before.glued
        {
            return false;
        }
    }
    if at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| before.is_mark(b'$')) {
        return false;
    }
    match (tokens.get(at + used), tokens.get(at + used + 1)) {
        (Some(mark), Some(next)) if mark.glued && next.glued && next.is_number() => !joins(mark),
        (Some(mark), _) => !(mark.glued && mark.is_mark(b'%')),
        _ => true,
    }
}

fn small(value: i32, top: i32) -> Option<u8> {
    u8::try_from(value).ok().filter(|_| (1..=top).contains(&value))
}

fn year(value: i32, digits: usize) -> Option<i16> {
    match digits {
        4 => i16::try_from(value).ok().filter(|year| (1000..=2199).contains(year)),
        2 => i16::try_from(full_year(value)).ok(),
        _ => None,
    }
}

/// The day that two numbers make, month first where it can be.
fn ordered(year: Option<i16>, first: i32, second: i32, mark: u8) -> Option<Expr> {
    let month_first = small(first, 12).zip(small(second, 31));
    let day_first = small(second, 12).zip(small(first, 31));
    match (month_first, day_first) {
        (Some((month, day)), Some(_)) if mark != b'.' && month != day => {
            Some(Expr::Either { year, month, day })
        }
        (_, Some((month, day))) if mark == b'.' => Some(Expr::Day { year, month: Some(month), day }),
        (Some((month, day)), _) | (None, Some((month, day))) => {
            Some(Expr::Day { year, month: Some(month), day })
        }
        (None, None) => None,
    }
}

/// A whole date in figures, with the number of its tokens.
pub(super) fn whole(tokens: &[Token], at: usize) -> Option<(usize, Expr)> {
    let token = tokens.get(at)?;
    if token.len() == 8 && alone(tokens, at, 1) {
        let value = token.number()?;
        let year = i16::try_from(value / 10_000).ok().filter(|year| (1900..=2100).contains(year));
        let day = Expr::Day {
            year: Some(year?),
            month: Some(small(value / 100 % 100, 12)?),
            day: small(value % 100, 31)?,
        };
        return Some((1, day));
    }
    if let Some(spaced) = spaced(tokens, at) {
        return Some(spaced);
    }
    let found = figures(tokens, at, 3).filter(|found| found.glued)?;
    let [a, b, c] = found.values;
    if !whole_alone(tokens, at, found.used) {
        return None;
    }
    if found.digits[0] == 4 {
        let day = Expr::Day { year: Some(year(a, 4)?), month: Some(small(b, 12)?), day: small(c, 31)? };
        return (found.digits[1] <= 2 && found.digits[2] <= 2).then_some((found.used, day));
    }
    if found.digits[0] > 2 || found.digits[1] > 2 || found.mark == b'.' && found.digits[2] < 4 {
        return None;
    }
    let date = ordered(Some(year(c, found.digits[2])?), a, b, found.mark)?;
    Some((found.used, date))
}

/// As [`alone`], but a second whole date may follow a dash: "10-1-2018-10-7-2018".
fn whole_alone(tokens: &[Token], at: usize, used: usize) -> bool {
    if alone(tokens, at, used) {
        return true;
    }
    let dash = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(b'-'));
    let three = |at: usize| figures(tokens, at, 3).filter(|found| found.digits.contains(&4));
    let follows = dash(at + used)
        && three(at + used + 1).is_some_and(|next| {
            alone(tokens, at + used + 1 + next.used, 0)
                || tokens.get(at + used + 1 + next.used).is_none_or(|end| !end.is_mark(b'-'))
        });
    let slash = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(b'/'));
    let leads =
        at >= 6 && dash(at - 1) && three(at - 6).is_some() || at >= 4 && dash(at - 1) && slash(at - 3);
    follows || leads
}

/// "2016 10 16".
fn spaced(tokens: &[Token], at: usize) -> Option<(usize, Expr)> {
    let (a, b, c) = (value(tokens.get(at))?, value(tokens.get(at + 1))?, value(tokens.get(at + 2))?);
    if (a.1, b.1, c.1) != (4, 2, 2) || !alone(tokens, at, 3) {
        return None;
    }
    Some((3, Expr::Day { year: Some(year(a.0, 4)?), month: Some(small(b.0, 12)?), day: small(c.0, 31)? }))
}

/// A day and month in figures, with the mark between them.
pub(super) fn month_day(tokens: &[Token], at: usize) -> Option<(usize, Expr, u8)> {
    let found = figures(tokens, at, 2).filter(|found| found.glued)?;
    let [a, b, _] = found.values;
    if found.digits[0] > 2 || found.digits[1] > 2 || !range_alone(tokens, at, found.used) {
        return None;
    }
    let date = ordered(None, a, b, found.mark.clamp(b'-', b'/'))?;
    let date = match (date, found.mark) {
        // "4.22" after "on": American programs print it.
        (Expr::Day { .. }, b'.') => ordered(None, a, b, b'/')?,
        (date, _) => date,
    };
    Some((found.used, date, found.mark))
}

/// As [`alone`], but another day may follow a dash: "10/1-11/7", and a year a comma.
fn range_alone(tokens: &[Token], at: usize, used: usize) -> bool {
    let mark = |at: usize, mark| tokens.get(at).is_some_and(|token: &Token| token.is_mark(mark));
    if mark(at + 1, b'/') {
        let after = mark(at + used, b'-') && mark(at + used + 2, b'/');
        let before = at >= 4 && mark(at - 1, b'-') && mark(at - 3, b'/');
        let year = mark(at + used, b',');
        let joined = |at: usize| tokens.get(at).is_some_and(|token| token.glued) && mark(at, b'/');
        if (after || before || year) && !joined(at + used) {
            return true;
        }
    }
    alone(tokens, at, used)
}

/// "10/2016", "2016-10", "11 - 2016".
pub(super) fn month_year(tokens: &[Token], at: usize) -> Option<(usize, Expr)> {
    let found = figures(tokens, at, 2)?;
    if !alone(tokens, at, found.used) || found.mark == b'.' && !found.glued {
        return None;
    }
    let [a, b, _] = found.values;
    let (year_first, month) = match (found.digits[0], found.digits[1]) {
        (4, 1 | 2) => (true, small(b, 12)?),
        (1 | 2, 4) => (false, small(a, 12)?),
        _ => return None,
    };
    let year = year(if year_first { a } else { b }, 4).filter(|year| (1800..=2100).contains(year))?;
    // "2011-12" is a season of sport or a business year: the year after is meant.
    if year_first && found.digits[1] == 2 && i32::from(year) % 100 + 1 == b {
        return None;
    }
    if found.mark == b'.' && !year_first {
        return None;
    }
    Some((found.used, Expr::Month { year: Some(year), month }))
}
