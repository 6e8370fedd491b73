//! What words say, seen from a day: the days of the calendar that they mean.
//! News tells what has been: of the days that "October 31" may be, the last is meant, unless the clause speaks of what
//! is to come.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar;
use super::expression::{Expr, From, Id, Length, Part, Relation, Unit};
use super::language::Language;
use super::make::Exprs;
use super::parts;
use super::value::{Period, date};

/// What a date in words comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Period(Period),
    /// From one to another, either of which may be open.
    Range(Option<Period>, Option<Period>),
    Length(Length),
}

/// So many days ago a date without a year is more likely one to come.
const LONG_GONE: i32 = 270;

/// From where words are seen.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub language: &'a Language,
    pub exprs: &'a Exprs,
    /// The article's own day.
    pub today: Option<Date>,
    /// Its year, where that is all that is known.
    pub year: Option<i16>,
    /// Whether the clause speaks of what is to come.
    pub future: bool,
    /// What its words tell: that it is to come, or that it is past. `None` where they do not, and where nobody asks.
    pub told: Option<bool>,
    /// Whether what the clause speaks of is asked.
    pub heeds: bool,
    /// The date in the same sentence before.
    pub beside: Option<Period>,
    /// Whether figures stand day first, where the text has shown it.
    pub day_first: Option<bool>,
    /// The dates before in the text, the last first.
    pub before: &'a [Period],
}

impl View<'_> {
    pub(super) fn value(&self, id: Id) -> Option<Value> {
        Some(match self.exprs.get(id) {
            Expr::Nothing => return None,
            Expr::Length(length) => Value::Length(length),
            Expr::InLength(length) if self.heeds && self.told != Some(true) => Value::Length(length),
            Expr::Range { from, to } => self.range(from, to)?,
            Expr::Since(of) => Value::Range(Some(self.period(of)?), None),
            Expr::Until(of) => Value::Range(None, Some(self.period(of)?)),
            Expr::Before(of) => match self.exprs.get(of) {
                // "before the end of the year" is within the year.
                Expr::Part { part: Part::Ending, of } => Value::Range(None, Some(self.period(of)?)),
                _ => Value::Range(None, Some(beside(self.period(of)?, -1)?)),
            },
            Expr::After(of) => match self.exprs.get(of) {
                Expr::Part { part: Part::Beginning, of } => Value::Range(Some(self.period(of)?), None),
                _ => Value::Range(Some(beside(self.period(of)?, 1)?), None),
            },
            Expr::LengthFrom { length, from } => {
                let (from, inside) = match from {
                    From::Date(of) => (self.period(of)?.bounds()?.0, 1),
                    _ => (self.today?, 0),
                };
                let last = calendar::add_days(calendar::shifted(from, length, false)?, -inside)?;
                Value::Range(Some(Period::Day(from)), Some(Period::Day(last)))
            }
            Expr::Counted { relation, length } => self.counted(relation, length)?,
            _ => Value::Period(self.period(id)?),
        })
    }

    /// The period that an expression means.
    pub(super) fn period(&self, id: Id) -> Option<Period> {
        let expr = self.exprs.get(id);
        if let Some(period) = self.of_year(expr) {
            return Some(period);
        }
        match expr {
            Expr::Year { year, .. } => Some(Period::Year(year)),
            Expr::Decade { first, century } => {
                Some(Period::Decade(if century { first } else { self.decade(first) }))
            }
            Expr::Century(n) => Some(Period::Century((n - 1) * 100)),
            Expr::Event(number) => {
                self.language.holidays.get(usize::from(number))?.parse().ok().map(Period::Day)
            }
            Expr::Day { year, month: None, day } => self.day_of_month(year, day),
            Expr::Weekday(weekday) => self.weekday(weekday, false),
            Expr::Unit { unit, offset } => match self.today {
                Some(today) => calendar::unit(today, unit, offset),
                None => self
                    .year
                    .and_then(|year| {
                        (unit == Unit::Year).then(|| Period::Year(year.saturating_add(offset as i16)))
                    })
                    .or(Some(unknown(unit))),
            },
            Expr::Beside { unit, offset } => self.beside(unit, offset),
            Expr::Related { relation, of } => self.related(relation, of),
            Expr::In { inner, outer } => self.inside(inner, outer),
            Expr::Named { weekday, of } => self.named(weekday, of),
            Expr::WeekdayDay { weekday, day, this_month } => self.weekday_day(weekday, day, this_month),
            Expr::NearestTo { weekday, of } => {
                let from = calendar::add_days(self.period(of)?.bounds()?.0, -3)?;
                calendar::nth_weekday(from, calendar::add_days(from, 6)?, weekday, 1).map(Period::Day)
            }
            Expr::InLength(length) => self.shift(length, false, From::Today),
            Expr::Coming(of) => View { future: true, ..*self }.period(of),
            Expr::Weekend => self.weekend(),
            Expr::NthWeekday { n, weekday, of } => {
                let (first, last) = match of {
                    Some(of) => self.period(of)?.bounds()?,
                    None => calendar::unit(self.today?, Unit::Month, 0)?.bounds()?,
                };
                calendar::nth_weekday(first, last, weekday, n).map(Period::Day)
            }
            Expr::NthUnit { n, unit, count, of } => {
                let (first, last) = self.period(of)?.bounds()?;
                calendar::nth_unit(first, last, unit, n, count)
            }
            Expr::Shift { length, back, from } => self.shift(length, back, from),
            Expr::Weekdays { count, weekday } => {
                let today = self.today?;
                let from = calendar::add_days(today, 1)?;
                calendar::nth_weekday(from, calendar::add_days(from, 7 * count.clamp(1, 99))?, weekday, count)
                    .map(Period::Day)
            }
            Expr::Part { part, of } => parts::part(
                part,
                self.period(of)?,
                matches!(self.exprs.get(of), Expr::Unit { .. }),
                self.today,
            ),
            Expr::WeekOf { of, weekend } => self.week_of(of, weekend),
            Expr::Counted { .. } | Expr::LengthFrom { .. } => match self.value(id)? {
                Value::Range(Some(from), Some(to)) => Some(Period::Days(from.bounds()?.0, to.bounds()?.1)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What comes once in every year: in its own year, or in the nearest.
    pub(super) fn of_year(&self, expr: Expr) -> Option<Period> {
        if let Expr::Day { month: None, .. } = expr {
            return None;
        }
        if let Some(year) = expr.year()? {
            return self.in_year(expr, year);
        }
        if let (None, Some(year)) = (self.today, self.year) {
            return self.in_year(expr, year);
        }
        // Weeks and quarters are counted in the year that is.
        if let (Expr::Week { .. } | Expr::Quarter { .. } | Expr::Half { .. }, Some(today)) =
            (expr, self.today)
        {
            return self.in_year(expr, today.year());
        }
        if let Some(period) = self.after_beside(expr) {
            return Some(period);
        }
        match self.today {
            Some(today) => self.near(expr, today),
            None => Some(match expr {
                Expr::Day { month: Some(month), day, .. } => Period::DayOfYear(month, exists(month, day)?),
                Expr::Either { month, day, .. } => Period::DayOfYear(month, exists(month, day)?),
                Expr::Month { month, .. } => Period::MonthOfYear(month),
                Expr::Season { season, .. } => Period::SeasonOfYear(season),
                Expr::Holiday { rule, .. } => self.holiday_of_year(rule),
                _ => Period::SomeYear,
            }),
        }
    }

    /// Where nothing tells the article's day, the year of the sentence goes on: "In the spring of 1945 …; on May 8".
    fn after_beside(&self, expr: Expr) -> Option<Period> {
        let (first, _) = self.beside?.bounds().filter(|_| {
            self.today.is_none() && self.beside.and_then(Period::days).is_some_and(|days| days <= 92)
        })?;
        self.after(expr, first)
    }

    /// The nearest, gone by or to come. What would be long gone and nothing in the clause says so is to come: "Markets
    /// reopen on Jan. 3".
    fn near(&self, expr: Expr, today: Date) -> Option<Period> {
        let found = self.nearest(expr, today, self.future, true)?;
        let (first, _) = found.bounds()?;
        if !self.heeds || self.future || self.told.is_some() || (today - first).get_days() < LONG_GONE {
            return Some(found);
        }
        self.nearest(expr, today, true, true)
    }

    fn holiday_of_year(&self, rule: u16) -> Period {
        let days = [2001, 2002].map(|year| self.holiday(rule, year));
        match days {
            [Some(one), Some(two)] if one.day() == two.day() && one.month() == two.month() => {
                Period::DayOfYear(one.month().unsigned_abs(), one.day().unsigned_abs())
            }
            _ => Period::SomeDay,
        }
    }

    fn holiday(&self, rule: u16, year: i16) -> Option<Date> {
        calendar::holiday(self.language.holidays.get(usize::from(rule))?, year)
    }

    /// What comes once in every year, in this one.
    fn in_year(&self, expr: Expr, year: i16) -> Option<Period> {
        match expr {
            Expr::Day { month: Some(month), day, .. } => date(year, month, day).map(Period::Day),
            Expr::Either { month, day, .. } => self.either(year, month, day),
            Expr::Month { month, .. } => Some(Period::Month(year, month)),
            Expr::Quarter { quarter, .. } => parts::months(year, quarter * 3 - 2, 3),
            Expr::Half { half, .. } => parts::months(year, half * 6 - 5, 6),
            Expr::Season { season, .. } => Some(Period::Season(year, season)),
            Expr::Week { week, .. } => calendar::week(year, week),
            Expr::Holiday { rule, .. } => self.holiday(rule, year).map(Period::Day),
            _ => None,
        }
    }

    /// "5/6/2021": as the text has shown it; else the reading that is the article's own week; else month first.
    fn either(&self, year: i16, month: u8, day: u8) -> Option<Period> {
        let readings = [date(year, month, day), date(year, day, month)];
        let near = |reading: &Option<Date>| {
            let apart = reading.zip(self.today).map(|(day, today)| (today - day).get_days());
            apart.is_some_and(|days| (-1..=7).contains(&days))
        };
        let second = match self.day_first {
            Some(day_first) => day_first,
            None => near(&readings[1]) && !near(&readings[0]),
        };
        readings[usize::from(second)].map(Period::Day)
    }

    /// The nearest that begins no later than a day; or, of what is to come, ends no earlier. `same`: the day's own counts.
    fn nearest(&self, expr: Expr, today: Date, future: bool, same: bool) -> Option<Period> {
        // The 29th of February may be eight years away.
        let years = (0..9).map(|n| if future { today.year() + n - 1 } else { today.year() + 1 - n });
        years.filter_map(|year| self.in_year(expr, year)).find(|period| {
            let Some((first, last)) = period.bounds() else { return false };
            match (future, same) {
                (true, true) => last >= today,
                (true, false) => first > today,
                (false, true) => first <= today,
                (false, false) => last < today,
            }
        })
    }

    /// "the 70s", "the 20s": the last of that name.
    fn decade(&self, first: i16) -> i16 {
        let this = self.today.map(Date::year).or(self.year);
        let in_this = first + 100;
        if this.is_some_and(|year| in_this <= year && first < 1930) { in_this } else { first }
    }

    fn day_of_month(&self, year: Option<i16>, day: u8) -> Option<Period> {
        let Some(today) = self.today.filter(|_| year.is_none()) else {
            return Some(Period::SomeDay);
        };
        let months = (0..12).map(|n| if self.future { n } else { -n });
        months
            .filter_map(|n| today.first_of_month().checked_add(n.months()).ok())
            .filter_map(|first| first.with().day(i8::try_from(day).ok()?).build().ok())
            .find(|found| if self.future { *found >= today } else { *found <= today })
            .map(Period::Day)
    }

    /// The nearest such weekday; today counts unless another is asked for.
    fn weekday(&self, number: u8, other: bool) -> Option<Period> {
        let Some(today) = self.today else { return Some(Period::SomeDay) };
        let weekday = calendar::weekday(number)?;
        let whole = |days: i8| if days == 0 && other { 7 } else { i32::from(days) };
        let days = if self.future {
            whole(today.weekday().until(weekday))
        } else {
            -whole(weekday.until(today.weekday()))
        };
        calendar::add_days(today, days).map(Period::Day)
    }

    /// "over the weekend": this one, but one that is yet to come is not what a clause tells of that speaks of the past.
    fn weekend(&self) -> Option<Period> {
        let today = self.today?;
        let this = calendar::unit(today, Unit::Weekend, 0)?;
        let gone = self.heeds && !self.future && this.bounds()?.0 > today;
        if gone { calendar::unit(today, Unit::Weekend, -1) } else { Some(this) }
    }

    fn related(&self, relation: Relation, of: Id) -> Option<Period> {
        let expr = self.exprs.get(of);
        let Some(today) = self.today else {
            return self.period(of);
        };
        let coming = matches!(relation, Relation::Next | Relation::Coming);
        match (expr, relation) {
            (Expr::Weekday(weekday), Relation::Coming | Relation::Gone) => {
                View { future: coming, ..*self }.weekday(weekday, true)
            }
            (Expr::Weekday(weekday), _) => {
                let (first, last) = calendar::unit(today, Unit::Week, relation.offset())?.bounds()?;
                calendar::nth_weekday(first, last, weekday, 1).map(Period::Day)
            }
            (_, Relation::This) => self.in_year(expr, today.year()),
            (Expr::Month { year: None, .. }, Relation::Next | Relation::Last) => {
                self.in_year(expr, today.year().checked_add(relation.offset() as i16)?)
            }
            (Expr::Month { year: Some(year), .. }, _) => self.in_year(expr, year),
            _ => self.nearest(expr, today, coming, false),
        }
    }

    /// The unit beside that of the date before.
    fn beside(&self, unit: Unit, offset: i32) -> Option<Period> {
        match self.anchor(unit) {
            Some(anchor) => calendar::unit(anchor.bounds()?.0, unit, offset),
            None => match self.today {
                Some(today) => calendar::unit(today, unit, offset),
                None => Some(unknown(unit)),
            },
        }
    }

    /// The last date before that is at least as exact as a unit.
    fn anchor(&self, unit: Unit) -> Option<Period> {
        let longest = match unit {
            Unit::Day | Unit::Workday => 1,
            Unit::Week | Unit::Weekend | Unit::Workweek | Unit::Fortnight => 7,
            Unit::Month => 31,
            Unit::Quarter | Unit::Half => 184,
            Unit::Decade => 3_653,
            Unit::Century => 36_525,
            _ => 366,
        };
        self.before.iter().copied().find(|period| period.days().is_some_and(|days| days <= longest))
    }

    fn shift(&self, length: Length, back: bool, from: From) -> Option<Period> {
        let unit = length.unit.unwrap_or(Unit::Day);
        match from {
            From::Today => match self.today {
                Some(today) => calendar::shifted(today, length, back).map(Period::Day),
                None => Some(unknown(unit)),
            },
            From::Date(of) => {
                let Some((first, _)) = self.period(of)?.bounds() else { return Some(unknown(unit)) };
                calendar::shifted(first, length, back).map(Period::Day)
            }
            From::Before => {
                let Some(anchor) = self.anchor(unit) else {
                    // "A year later" after nothing that says when.
                    let lost = self.heeds && !back;
                    return if lost { Some(unknown(unit)) } else { self.shift(length, back, From::Today) };
                };
                let day = calendar::shifted(anchor.bounds()?.0, length, back)?;
                // Years after a day is a year; the day is not told.
                match unit {
                    Unit::Year | Unit::Decade | Unit::Century => Some(Period::Year(day.year())),
                    Unit::Month | Unit::Quarter => {
                        Some(Period::Month(day.year(), day.month().unsigned_abs()))
                    }
                    _ => Some(Period::Day(day)),
                }
            }
        }
    }

    /// What of the first lies in the second.
    fn inside(&self, inner: Id, outer: Id) -> Option<Period> {
        let Some((first, last)) = self.period(outer)?.bounds() else {
            return self.period(inner);
        };
        match self.exprs.get(inner) {
            Expr::Weekday(weekday) => calendar::nth_weekday(first, last, weekday, 1).map(Period::Day),
            Expr::Related { of, .. } => self.inside(of, outer),
            Expr::Day { month: None, day, .. } => {
                date(first.year(), first.month().unsigned_abs(), day).map(Period::Day)
            }
            expr => self.in_year(expr, first.year()),
        }
    }

    /// A day with its weekday, which may tell the year.
    fn named(&self, weekday: u8, of: Id) -> Option<Period> {
        let own = self.period(of)?;
        let (Period::Day(_), Some(today)) = (own, self.today) else { return Some(own) };
        let expr = self.exprs.get(of);
        let weekday = calendar::weekday(weekday)?;
        let fits = |period: &Period| matches!(period, Period::Day(day) if day.weekday() == weekday);
        if fits(&own) || !matches!(expr, Expr::Day { year: None, .. } | Expr::Either { year: None, .. }) {
            return Some(own);
        }
        self.nearest(expr, today, !self.future, true).filter(fits).or(Some(own))
    }

    /// "Friday the 15th": of this month, or the last month that had it.
    fn weekday_day(&self, weekday: u8, day: u8, this_month: bool) -> Option<Period> {
        let Some(today) = self.today else { return Some(Period::SomeDay) };
        let weekday = calendar::weekday(weekday)?;
        let in_month = |n: i32| {
            let first = today.first_of_month().checked_add(n.months()).ok()?;
            let found = first.with().day(i8::try_from(day).ok()?).build().ok()?;
            (found.weekday() == weekday).then_some(found)
        };
        if let Some(found) = in_month(0)
            .filter(|found| this_month || if self.future { *found >= today } else { *found <= today })
        {
            return Some(Period::Day(found));
        }
        (1..=48).find_map(|n| in_month(if self.future { n } else { -n })).map(Period::Day)
    }

    fn week_of(&self, of: Id, weekend: bool) -> Option<Period> {
        let (first, last) = self.period(of)?.bounds()?;
        let monday = calendar::monday(first)?;
        if !weekend {
            return Some(Period::Days(monday, calendar::add_days(monday, 6)?));
        }
        // A holiday on a Monday makes its weekend longer, as one on a Thursday does.
        let monday = if first.weekday().to_monday_zero_offset() < 2 {
            calendar::add_days(monday, -7)?
        } else {
            monday
        };
        let (saturday, sunday) = (calendar::add_days(monday, 5)?, calendar::add_days(monday, 6)?);
        let near = |day: Date| first.weekday() != jiff::civil::Weekday::Wednesday && day != saturday;
        let from = if near(first) { saturday.min(first) } else { saturday };
        let to = if near(last) { sunday.max(last) } else { sunday };
        Some(Period::Days(from, to))
    }

    /// "the last three months", "the next two decades".
    fn counted(&self, relation: Relation, length: Length) -> Option<Value> {
        let today = self.today?;
        let ahead = match relation {
            Relation::This => return None,
            Relation::Next | Relation::Coming => true,
            Relation::Last | Relation::Gone => false,
        };
        // Decades and quarters are counted whole, but not one: "the past decade".
        let one = relation == Relation::Gone && length.years == 10;
        if let (Some(unit @ (Unit::Decade | Unit::Quarter | Unit::Century)), false) = (length.unit, one) {
            let months = if unit == Unit::Quarter { 3 } else { 12 };
            let count = (length.years * 12 + length.months)
                / months
                / if unit == Unit::Decade {
                    10
                } else if unit == Unit::Century {
                    100
                } else {
                    1
                };
            let ends = if ahead { (1, count) } else { (-count, -1) };
            let end = |offset| calendar::unit(today, unit, offset)?.bounds();
            return Some(Value::Range(Some(Period::Day(end(ends.0)?.0)), Some(Period::Day(end(ends.1)?.1))));
        }
        let other = calendar::shifted(today, length, !ahead)?;
        let (from, to) =
            if ahead { (today.tomorrow().ok()?, other) } else { (other, today.yesterday().ok()?) };
        (from <= to).then_some(Value::Range(Some(Period::Day(from)), Some(Period::Day(to))))
    }

    /// The first of what comes every year that begins no earlier than a day.
    pub(super) fn after(&self, expr: Expr, day: Date) -> Option<Period> {
        (0..9)
            .filter_map(|n| self.in_year(expr, day.year() + n))
            .find(|period| period.bounds().is_some_and(|(_, last)| last >= day))
    }
}

/// The stretch of the same length before or after.
fn beside(period: Period, offset: i16) -> Option<Period> {
    Some(match period {
        Period::Year(year) => Period::Year(year + offset),
        Period::Decade(year) => Period::Decade(year + 10 * offset),
        Period::Century(year) => Period::Century(year + 100 * offset),
        _ => {
            let Some((first, last)) = period.bounds() else { return Some(period) };
            let day = if offset < 0 { first.yesterday() } else { last.tomorrow() }.ok()?;
            if let Period::Month(..) = period {
                Period::Month(day.year(), day.month().unsigned_abs())
            } else {
                Period::Day(day)
            }
        }
    })
}

/// A unit of which nothing more is known.
const fn unknown(unit: Unit) -> Period {
    match unit {
        Unit::Month => Period::SomeMonth,
        Unit::Quarter | Unit::Half | Unit::Year | Unit::Decade | Unit::Century => Period::SomeYear,
        _ => Period::SomeDay,
    }
}

/// The day, where some year has it in that month.
fn exists(month: u8, day: u8) -> Option<u8> {
    date(2000, month, day).map(|_| day)
}
