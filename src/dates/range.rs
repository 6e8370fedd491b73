//! Ranges: what either end leaves out the other says: "26-30 October 2015", "Nov-Feb 2017".
//! Where neither end has a year, the range begins as late as it can and ends after its beginning.

use super::calendar;
use super::expression::{Expr, Id};
use super::resolve::{Value, View};
use super::value::Period;

impl View<'_> {
    /// From one to another; what either leaves out the other says.
    pub(super) fn range(&self, from: Id, to: Id) -> Option<Value> {
        let (mut a, mut b) = (self.exprs.get(from), self.exprs.get(to));
        lend(&mut a, &mut b);
        let period = |expr: Expr, id: Id| match self.of_year(expr) {
            Some(period) => Some(period),
            None if expr == self.exprs.get(id) => self.period(id),
            None => None,
        };
        let start = period(a, from)?;
        let bounds = |period: Period| period.bounds();
        let Some((first, _)) = bounds(start) else {
            let end = period(b, to)?;
            return Some(Value::Range(Some(start), Some(end)));
        };
        let end = match b {
            Expr::Weekday(weekday) => {
                calendar::nth_weekday(first, calendar::add_days(first, 6)?, weekday, 1).map(Period::Day)?
            }
            _ if b.year() == Some(None) => self.after(b, first)?,
            _ => period(b, to)?,
        };
        let (_, last) = bounds(end)?;
        (first <= last).then_some(Value::Range(Some(start), Some(end)))
    }
}

/// The month and day with which it begins, to compare within a year.
const fn place_in_year(expr: Expr) -> (u8, u8) {
    match expr {
        Expr::Day { month: Some(month), day, .. } | Expr::Either { month, day, .. } => (month, day),
        Expr::Month { month, .. } => (month, 0),
        Expr::Quarter { quarter, .. } => (quarter * 3, 0),
        Expr::Half { half, .. } => (half * 6, 0),
        Expr::Season { season, .. } => (season, 0),
        Expr::Week { week, .. } => (week, 0),
        _ => (0, 0),
    }
}

/// Gives each end of a range the month and year that only the other has: "26-30 October 2015", "Nov-Feb 2017".
fn lend(a: &mut Expr, b: &mut Expr) {
    if let (Expr::Day { month: month @ None, day, .. }, Expr::Day { month: Some(other), day: end, .. }) =
        (&mut *a, &*b)
    {
        *month = Some(if *day <= *end {
            *other
        } else if *other == 1 {
            12
        } else {
            other - 1
        });
    }
    if let (Expr::Day { month: Some(own), day, .. }, Expr::Day { month: month @ None, day: end, .. }) =
        (&*a, &mut *b)
    {
        *month = Some(if *day <= *end { *own } else { own % 12 + 1 });
    }
    let turned = place_in_year(*a) > place_in_year(*b);
    match (a.year(), b.year()) {
        (Some(None), Some(Some(year))) => a.set_year(year - i16::from(turned)),
        (Some(Some(year)), Some(None)) => b.set_year(year + i16::from(turned)),
        (Some(None), None) => {
            if let Expr::Year { year, .. } = *b
                && matches!(a, Expr::Day { .. })
            {
                a.set_year(year);
            }
        }
        _ => {}
    }
}
