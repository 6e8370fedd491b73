//! How the parts that a pattern took become the expression of its rule.
//! A pattern of the table names a way of making by its word here; one that the parts do not suffice for makes nothing.

use super::classes::Class;
use super::expression::{Expr, From, Id, Length, Part, Relation, Unit};

/// What a pattern took: values of words and numbers, and expressions of other rules, in their order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    values: [Option<(Class, i32)>; 8],
    exprs: [Option<Id>; 3],
}

impl Taken {
    /// With one value more; as it is where there is no room.
    pub(super) fn with(mut self, class: Class, value: i32) -> Self {
        if let Some(free) = self.values.iter_mut().find(|value| value.is_none()) {
            *free = Some((class, value));
        }
        self
    }

    pub(super) fn with_expr(mut self, expr: Id) -> Self {
        if let Some(free) = self.exprs.iter_mut().find(|expr| expr.is_none()) {
            *free = Some(expr);
        }
        self
    }

    fn all(&self, class: Class) -> impl Iterator<Item = i32> {
        self.values.iter().flatten().filter(move |(own, _)| *own == class).map(|(_, value)| *value)
    }

    fn get(&self, class: Class) -> Option<i32> {
        self.all(class).next()
    }

    fn small(&self, class: Class) -> Option<u8> {
        u8::try_from(self.get(class)?).ok()
    }

    fn days(&self) -> impl Iterator<Item = u8> {
        let days = self
            .values
            .iter()
            .flatten()
            .filter(|(class, _)| matches!(class, Class::Day | Class::Digits | Class::Ord | Class::Nth));
        days.filter_map(|(_, day)| u8::try_from(*day).ok().filter(|day| (1..=31).contains(day)))
    }

    fn year(&self) -> Option<i16> {
        let year = [Class::Year, Class::ShortYear, Class::OldYear].iter().find_map(|class| self.get(*class));
        i16::try_from(year?).ok()
    }

    fn unit(&self) -> Option<Unit> {
        Unit::of(self.get(Class::Unit)?)
    }

    fn relation(&self) -> Option<Relation> {
        self.get(Class::Relation).map(Relation::of)
    }

    fn expr(&self, at: usize) -> Option<Id> {
        *self.exprs.get(at)?
    }

    /// The sum of the counted units: "2 years 1 month 21 days".
    fn length(&self) -> Option<Length> {
        let mut length = Length::default();
        let mut count = None;
        for (class, value) in self.values.iter().flatten() {
            match class {
                Class::Num => count = Some(*value),
                Class::Unit | Class::Units => length.add(count.take().unwrap_or(1), Unit::of(*value)?),
                _ => {}
            }
        }
        length.unit.map(|_| length)
    }
}

impl Length {
    pub(super) fn add(&mut self, count: i32, unit: Unit) {
        match unit {
            Unit::Day => self.days += count,
            Unit::Workday => self.workdays += count,
            Unit::Week | Unit::Weekend | Unit::Workweek => self.weeks += count,
            Unit::Fortnight => self.weeks += 2 * count,
            Unit::Month => self.months += count,
            Unit::Quarter => self.months += 3 * count,
            Unit::Half => self.months += 6 * count,
            Unit::Year => self.years += count,
            Unit::Decade => self.years += 10 * count,
            Unit::Century => self.years += 100 * count,
        }
        self.unit = Some(unit);
    }
}

macro_rules! ways {
    ($($name:ident)*) => {
        /// The ways of making, by their words in the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(non_camel_case_types, reason = "they are the words of the table")]
        enum Way { $($name),* }

        impl Way {
            fn of_word(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)* _ => None }
            }
        }
    };
}

ways! {
    same nothing day with_year named related event weekday weekday_day weekday_the inside week_day
    today day_in nth_weekday nth_unit nth_units nth_week_day quarter_of half_of length ago on on_from ahead
    back back_from day_after day_before weekdays_on month year year_sure decade century quarter half season week
    holiday holiday_weekend unit unit_of beside beside_unit counted counted_of part edge part_of week_of weekend_of
    day_of_month week_of_day month_of range range_days days_of_month years range_years range_in range_of since until before
    after within length_from on_year till_now days_of_rel more_than rest_of so_far_of
    early_of weekend nearest_to second in_length on_from_coming to_date_year week_of_month_day inside_week within_of
}

/// A way of making with its numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Make {
    way: Way,
    /// The numbers, units and parts that stand behind its word.
    with: [i32; 2],
}

/// The list of expressions of one stretch of text.
pub(super) struct Exprs(pub Vec<Expr>);

impl Exprs {
    pub(super) fn add(&mut self, expr: Expr) -> Option<Id> {
        let id = Id::try_from(self.0.len()).ok()?;
        self.0.push(expr);
        Some(id)
    }

    pub(super) fn get(&self, id: Id) -> Expr {
        self.0.get(usize::from(id)).copied().unwrap_or(Expr::Nothing)
    }
}

impl Make {
    pub(super) fn named(words: &str) -> Option<Self> {
        let mut words = words.split_whitespace();
        let way = Way::of_word(words.next()?)?;
        let mut with = [0; 2];
        for (word, with) in words.zip(&mut with) {
            *with = Unit::named(word)
                .map(|unit| unit as i32)
                .or_else(|| Part::named(word).map(|part| part as i32))
                .or_else(|| word.parse().ok())?;
        }
        Some(Self { way, with })
    }

    /// The expression that the parts make.
    pub(super) fn of(self, taken: &Taken, exprs: &mut Exprs) -> Option<Id> {
        if self.way == Way::same {
            return taken.expr(0);
        }
        let expr = self
            .simple(taken, exprs)
            .or_else(|| self.counted(taken, exprs))
            .or_else(|| self.composed(taken, exprs))?;
        exprs.add(expr)
    }

    /// What is named by itself.
    fn simple(self, taken: &Taken, exprs: &mut Exprs) -> Option<Expr> {
        let year = taken.year();
        let named = match self.way {
            Way::nothing => Expr::Nothing,
            Way::day => {
                Expr::Day { year, month: Some(taken.small(Class::Month)?), day: taken.days().next()? }
            }
            Way::day_of_month => Expr::Day { year: None, month: None, day: taken.days().next()? },
            Way::event => Expr::Event(u16::try_from(taken.get(Class::Event)?).ok()?),
            Way::today => {
                Expr::Unit { unit: Unit::Day, offset: taken.get(Class::Dayword).unwrap_or(self.with[0]) }
            }
            Way::month => Expr::Month {
                year,
                month: taken
                    .small(Class::Month)
                    .or_else(|| taken.days().next())
                    .filter(|month| (1..=12).contains(month))?,
            },
            Way::year => Expr::Year { year: year?, sure: false },
            Way::year_sure => Expr::Year { year: year?, sure: true },
            Way::decade => {
                let first = i16::try_from(taken.get(Class::Decade)?).ok()?;
                if first < 100 {
                    Expr::Decade { first: 1900 + first, century: false }
                } else {
                    Expr::Decade { first, century: true }
                }
            }
            Way::century => {
                Expr::Century(i16::try_from(taken.get(Class::Ord)?).ok().filter(|n| (1..=22).contains(n))?)
            }
            Way::quarter => {
                let quarter =
                    taken.small(Class::Quarter).or_else(|| u8::try_from(taken.get(Class::Nth)?).ok())?;
                Expr::Quarter { year, quarter: Some(quarter).filter(|n| (1..=4).contains(n))? }
            }
            Way::half => {
                let half = taken.small(Class::Half).or_else(|| u8::try_from(taken.get(Class::Nth)?).ok())?;
                Expr::Half { year, half: Some(half).filter(|n| (1..=2).contains(n))? }
            }
            Way::season => Expr::Season { year, season: taken.small(Class::Season)? },
            Way::week => {
                Expr::Week { year, week: taken.small(Class::Number).filter(|n| (1..=53).contains(n))? }
            }
            Way::holiday => Expr::Holiday { year, rule: u16::try_from(taken.get(Class::Holiday)?).ok()? },
            Way::weekday => Expr::Weekday(taken.small(Class::Weekday)?),
            Way::weekday_day | Way::weekday_the => Expr::WeekdayDay {
                weekday: taken.small(Class::Weekday)?,
                day: taken.days().next()?,
                this_month: self.way == Way::weekday_the,
            },
            // "the past decade" is the ten years before today.
            Way::unit if self.is_running(taken) => {
                let mut length = Length::default();
                length.add(1, taken.unit()?);
                return Some(Expr::Counted { relation: Relation::Gone, length });
            }
            Way::unit => Expr::Unit {
                unit: taken.unit().or(Unit::of(self.with[0]))?,
                offset: taken.relation()?.offset(),
            },
            Way::weekend => Expr::Weekend,
            Way::unit_of => Expr::Unit { unit: Unit::of(self.with[0])?, offset: self.with[1] },
            Way::beside => Expr::Beside { unit: taken.unit()?, offset: self.with[0] },
            Way::beside_unit => Expr::Beside { unit: Unit::of(self.with[0])?, offset: self.with[1] },
            _ => return None,
        };
        let Some(relation) = taken.relation().filter(|_| !matches!(self.way, Way::unit | Way::nothing))
        else {
            return Some(named);
        };
        Some(Expr::Related { relation, of: exprs.add(named)? })
    }

    /// "the past decade", but not "the past quarter", "past day".
    fn is_running(self, taken: &Taken) -> bool {
        let unit = matches!(taken.unit(), Some(Unit::Week | Unit::Month | Unit::Year | Unit::Decade));
        unit && taken.relation() == Some(Relation::Gone)
    }

    /// What is counted.
    fn counted(self, taken: &Taken, exprs: &mut Exprs) -> Option<Expr> {
        let length = match taken.expr(0).map(|id| exprs.get(id)) {
            Some(Expr::Length(length)) => Some(length),
            _ => taken.length(),
        };
        let length = || length;
        let shift = |back, from| Some(Expr::Shift { length: length()?, back, from });
        match self.way {
            Way::length => Some(Expr::Length(length()?)),
            Way::ago => shift(true, From::Today),
            Way::ahead => shift(false, From::Today),
            Way::in_length => Some(Expr::InLength(length()?)),
            Way::on => shift(false, From::Before),
            Way::back => shift(true, From::Before),
            Way::on_from => shift(false, From::Date(taken.expr(1)?)),
            Way::on_from_coming => {
                let of = exprs.add(Expr::Coming(taken.expr(1)?))?;
                Some(Expr::Shift { length: length()?, back: false, from: From::Date(of) })
            }
            Way::back_from => shift(true, From::Date(taken.expr(1)?)),
            Way::on_year => {
                let length = length()?;
                let of = exprs.add(Expr::Year { year: taken.year()?, sure: true })?;
                Some(Expr::Shift { length, back: false, from: From::Date(of) })
            }
            Way::day_after | Way::day_before => {
                let mut length = Length::default();
                length.add(1, Unit::Day);
                Some(Expr::Shift {
                    length,
                    back: self.way == Way::day_before,
                    from: From::Date(taken.expr(0)?),
                })
            }
            Way::counted => Some(Expr::Counted { relation: taken.relation()?, length: length()? }),
            Way::counted_of => {
                Some(Expr::Counted { relation: Relation::of(self.with[0]), length: length()? })
            }
            Way::within => Some(Expr::LengthFrom { length: length()?, from: From::Today }),
            Way::within_of => Some(Expr::LengthFrom { length: length()?, from: From::Date(taken.expr(1)?) }),
            Way::length_from => {
                Some(Expr::LengthFrom { length: length()?, from: From::Date(taken.expr(1)?) })
            }
            Way::weekdays_on => Some(Expr::Weekdays {
                count: taken.get(Class::Num)?,
                weekday: taken.small(Class::Weekday).or_else(|| taken.small(Class::Weekdays))?,
            }),
            _ => None,
        }
    }

    /// What is made of other expressions.
    fn composed(self, taken: &Taken, exprs: &mut Exprs) -> Option<Expr> {
        let first = taken.expr(0);
        let day = |day| Expr::Day { year: None, month: None, day };
        let n = taken.get(Class::Nth);
        Some(match self.way {
            Way::with_year => match exprs.get(first?) {
                Expr::Day { month, day, .. } => Expr::Day { year: Some(taken.year()?), month, day },
                Expr::Either { month, day, .. } => Expr::Either { year: Some(taken.year()?), month, day },
                _ => return None,
            },
            Way::named => {
                // "this Friday 7/6" is of this year.
                let this = taken.relation().filter(|relation| *relation == Relation::This);
                let of = match this {
                    Some(relation) => exprs.add(Expr::Related { relation, of: first? })?,
                    None => first?,
                };
                Expr::Named { weekday: taken.small(Class::Weekday)?, of }
            }
            Way::related => Expr::Related { relation: taken.relation()?, of: first? },
            Way::inside => Expr::In { inner: first?, outer: taken.expr(1)? },
            Way::week_day => {
                Expr::In { inner: exprs.add(Expr::Weekday(taken.small(Class::Weekday)?))?, outer: first? }
            }
            Way::inside_week => {
                let week = taken.small(Class::Number).filter(|n| (1..=53).contains(n))?;
                Expr::In { inner: exprs.add(Expr::Week { year: None, week })?, outer: first? }
            }
            Way::day_in => Expr::In { inner: exprs.add(day(taken.days().next()?))?, outer: first? },
            Way::nth_weekday => Expr::NthWeekday {
                n: n.unwrap_or(-1),
                weekday: taken.small(Class::Weekday)?,
                of: self.period(taken, exprs),
            },
            Way::nth_week_day => {
                let week = exprs.add(Expr::NthUnit { n: n?, unit: Unit::Week, count: 1, of: first? })?;
                Expr::In { inner: exprs.add(Expr::Weekday(taken.small(Class::Weekday)?))?, outer: week }
            }
            Way::nth_unit => Expr::NthUnit { n: n?, unit: Unit::of(self.with[0])?, count: 1, of: first? },
            Way::nth_units => {
                Expr::NthUnit { n: n?, unit: taken.unit()?, count: taken.get(Class::Num)?, of: first? }
            }
            Way::quarter_of => {
                let quarter = taken.small(Class::Quarter).or_else(|| u8::try_from(n?).ok())?;
                Expr::In { inner: exprs.add(Expr::Quarter { year: None, quarter })?, outer: first? }
            }
            Way::half_of => Expr::In {
                inner: exprs.add(Expr::Half { year: None, half: u8::try_from(n?).ok()? })?,
                outer: first?,
            },
            Way::holiday_weekend => {
                let rule = u16::try_from(taken.get(Class::Holiday)?).ok()?;
                Expr::WeekOf { of: exprs.add(Expr::Holiday { year: taken.year(), rule })?, weekend: true }
            }
            Way::part | Way::edge => {
                let part = taken.get(Class::Part).or_else(|| taken.get(Class::Edge)).unwrap_or(self.with[0]);
                Expr::Part { part: Part::of(part)?, of: first? }
            }
            Way::part_of => {
                let part = taken.get(Class::Part).or_else(|| taken.get(Class::Edge)).unwrap_or(self.with[1]);
                let of = exprs.add(Expr::Unit { unit: Unit::of(self.with[0])?, offset: 0 })?;
                Expr::Part { part: Part::of(part)?, of }
            }
            Way::rest_of | Way::so_far_of | Way::early_of => {
                let offset = taken.relation().map_or(0, Relation::offset);
                let part = match self.way {
                    Way::rest_of => Part::Rest,
                    Way::so_far_of => Part::SoFar,
                    _ => Part::Early,
                };
                Expr::Part { part, of: exprs.add(Expr::Unit { unit: taken.unit()?, offset })? }
            }
            Way::to_date_year => Expr::Since(exprs.add(Expr::Unit { unit: Unit::Year, offset: 0 })?),
            Way::till_now => Expr::Until(exprs.add(Expr::Unit { unit: Unit::Day, offset: 0 })?),
            Way::week_of_month_day => {
                let month = Some(taken.small(Class::Month)?);
                Expr::WeekOf {
                    of: exprs.add(Expr::Day { year: None, month, day: taken.days().next()? })?,
                    weekend: false,
                }
            }
            Way::nearest_to => Expr::NearestTo { weekday: taken.small(Class::Weekday)?, of: first? },
            Way::second => exprs.get(taken.expr(1)?),
            Way::week_of => Expr::WeekOf { of: first?, weekend: false },
            Way::weekend_of => Expr::WeekOf { of: first?, weekend: true },
            Way::week_of_day => Expr::WeekOf { of: exprs.add(day(taken.days().next()?))?, weekend: false },
            Way::month_of => Expr::Month { year: None, month: taken.small(Class::Month)? },
            Way::range => Expr::Range { from: first?, to: taken.expr(1)? },
            Way::range_days => Expr::Range { from: exprs.add(day(taken.days().next()?))?, to: first? },
            Way::days_of_month => {
                let mut days = taken.days();
                let month = Some(taken.small(Class::Month)?);
                let from = exprs.add(Expr::Day { year: None, month, day: days.next()? })?;
                let to = exprs.add(Expr::Day { year: taken.year(), month: None, day: days.next()? })?;
                Expr::Range { from, to }
            }
            Way::days_of_rel => {
                let days: Vec<u8> = taken.days().collect();
                let ends = [*days.first()?, *days.get(1)?].map(|own| {
                    let inner = exprs.add(day(own))?;
                    exprs.add(Expr::In { inner, outer: first? })
                });
                Expr::Range { from: ends[0]?, to: ends[1]? }
            }
            Way::years | Way::range_years => self.years(taken, exprs)?,
            Way::range_in => {
                let ends = [taken.expr(1)?, taken.expr(2)?]
                    .map(|inner| exprs.add(Expr::In { inner, outer: first.unwrap_or(0) }));
                Expr::Range { from: ends[0]?, to: ends[1]? }
            }
            Way::range_of => {
                let outer = taken.expr(2)?;
                let ends = [first?, taken.expr(1)?].map(|inner| exprs.add(Expr::In { inner, outer }));
                Expr::Range { from: ends[0]?, to: ends[1]? }
            }
            Way::since => Expr::Since(first?),
            Way::until => Expr::Until(first?),
            Way::more_than => match exprs.get(first?) {
                Expr::Shift { back: true, .. } => Expr::Before(first?),
                _ => Expr::After(first?),
            },
            Way::before => Expr::Before(first?),
            Way::after => Expr::After(first?),
            _ => return None,
        })
    }

    /// The period that something is the nth of, where one is named.
    fn period(self, taken: &Taken, exprs: &mut Exprs) -> Option<Id> {
        let month =
            taken.small(Class::Month).and_then(|month| exprs.add(Expr::Month { year: taken.year(), month }));
        taken.expr(0).or(month)
    }

    /// "2011-13", "1999/2000", "1914-1918".
    fn years(self, taken: &Taken, exprs: &mut Exprs) -> Option<Expr> {
        let first = i16::try_from(taken.all(Class::Year).next()?).ok()?;
        let second = match taken.get(Class::ShortYear) {
            Some(short) => first / 100 * 100 + i16::try_from(short % 100).ok()?,
            None => i16::try_from(taken.all(Class::Year).nth(1)?).ok()?,
        };
        let sure = taken.get(Class::ShortYear).is_none();
        let ends = [first, second].map(|year| exprs.add(Expr::Year { year, sure }));
        // "2015-32" is no range of years.
        let short = !sure && second - first > 15;
        (first < second && !short).then_some(Expr::Range { from: ends[0]?, to: ends[1]? })
    }
}
