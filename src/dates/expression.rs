//! What words say of a time, before it is known from which day they are said.
//! Expressions lie in one list and name each other by number, so that a pattern that fails costs no memory.

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(super) enum Unit {
    Day,
    Workday,
    Weekend,
    Workweek,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

const UNITS: [(&str, Unit); 12] = [
    ("day", Unit::Day),
    ("workday", Unit::Workday),
    ("weekend", Unit::Weekend),
    ("workweek", Unit::Workweek),
    ("week", Unit::Week),
    ("fortnight", Unit::Fortnight),
    ("month", Unit::Month),
    ("quarter", Unit::Quarter),
    ("half", Unit::Half),
    ("year", Unit::Year),
    ("decade", Unit::Decade),
    ("century", Unit::Century),
];

impl Unit {
    pub(super) fn named(name: &str) -> Option<Self> {
        UNITS.iter().find(|(own, _)| *own == name).map(|(_, unit)| *unit)
    }

    pub(super) fn of(value: i32) -> Option<Self> {
        UNITS.get(usize::try_from(value).ok()?).map(|(_, unit)| *unit)
    }
}

/// A part of something longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(super) enum Part {
    /// Its first half.
    Early = 100,
    Mid,
    /// Its second half.
    Late,
    /// Of a year its first third, else its first half.
    Beginning,
    Middle,
    Ending,
    /// What of it is gone.
    SoFar,
    /// What of it is to come.
    Rest,
}

const PARTS: [(&str, Part); 8] = [
    ("early", Part::Early),
    ("mid", Part::Mid),
    ("late", Part::Late),
    ("beginning", Part::Beginning),
    ("middle", Part::Middle),
    ("ending", Part::Ending),
    ("so_far", Part::SoFar),
    ("rest", Part::Rest),
];

impl Part {
    pub(super) fn named(name: &str) -> Option<Self> {
        PARTS.iter().find(|(own, _)| *own == name).map(|(_, part)| *part)
    }

    pub(super) fn of(value: i32) -> Option<Self> {
        PARTS.iter().find(|(_, part)| *part as i32 == value).map(|(_, part)| *part)
    }
}

/// So many years, months and days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Length {
    pub years: i32,
    pub months: i32,
    pub weeks: i32,
    pub days: i32,
    pub workdays: i32,
    /// The smallest unit that it is told in.
    pub unit: Option<Unit>,
}

/// Where a length is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The article's own day.
    Today,
    /// The date before in the text.
    Before,
    Date(Id),
}

/// The number of an expression in its list.
pub(super) type Id = u16;

/// Which of several: this one, the next, the last, the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    This,
    Next,
    Last,
    /// The nearest to come.
    Coming,
    /// The nearest gone by.
    Gone,
}

impl Relation {
    pub(super) const fn of(value: i32) -> Self {
        match value {
            1 => Self::Next,
            -1 => Self::Last,
            2 => Self::Coming,
            -2 => Self::Gone,
            _ => Self::This,
        }
    }

    /// How many units on.
    pub(super) const fn offset(self) -> i32 {
        match self {
            Self::This => 0,
            Self::Next | Self::Coming => 1,
            Self::Last | Self::Gone => -1,
        }
    }
}

/// What a date in words says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Expr {
    /// A day of which month or year may be left out.
    Day {
        year: Option<i16>,
        month: Option<u8>,
        day: u8,
    },
    /// A day in figures of which either comes first: "5/6/2021".
    Either {
        year: Option<i16>,
        month: u8,
        day: u8,
    },
    Month {
        year: Option<i16>,
        month: u8,
    },
    /// A year; whether it can be nothing else.
    Year {
        year: i16,
        sure: bool,
    },
    /// Ten years from this; whether the century is said.
    Decade {
        first: i16,
        century: bool,
    },
    Century(i16),
    Quarter {
        year: Option<i16>,
        quarter: u8,
    },
    Half {
        year: Option<i16>,
        half: u8,
    },
    Season {
        year: Option<i16>,
        season: u8,
    },
    /// A week by its number.
    Week {
        year: Option<i16>,
        week: u8,
    },
    Holiday {
        year: Option<i16>,
        rule: u16,
    },
    Weekday(u8),
    /// A unit so many away from today's.
    Unit {
        unit: Unit,
        offset: i32,
    },
    /// A unit so many away from that of the date before in the text.
    Beside {
        unit: Unit,
        offset: i32,
    },
    Related {
        relation: Relation,
        of: Id,
    },
    /// What of the first lies in the second: "Friday of next week".
    In {
        inner: Id,
        outer: Id,
    },
    /// A day with its weekday.
    Named {
        weekday: u8,
        of: Id,
    },
    /// "Friday the 15th", "Friday 15".
    WeekdayDay {
        weekday: u8,
        day: u8,
        this_month: bool,
    },
    /// The weekday nearest to a day.
    NearestTo {
        weekday: u8,
        of: Id,
    },
    /// The nth weekday of something; from its end where `n` is negative.
    NthWeekday {
        n: i32,
        weekday: u8,
        of: Option<Id>,
    },
    /// So many units at the nth place of something.
    NthUnit {
        n: i32,
        unit: Unit,
        count: i32,
        of: Id,
    },
    Length(Length),
    /// "in two weeks": from today, or, told of the past, how long.
    InLength(Length),
    /// What is to come, whatever the clause speaks of.
    Coming(Id),
    /// "the weekend": this one, or the last.
    Weekend,
    Shift {
        length: Length,
        back: bool,
        from: From,
    },
    /// So many weekdays on.
    Weekdays {
        count: i32,
        weekday: u8,
    },
    /// "the last three months", "the next two weeks".
    Counted {
        relation: Relation,
        length: Length,
    },
    Part {
        part: Part,
        of: Id,
    },
    WeekOf {
        of: Id,
        weekend: bool,
    },
    Range {
        from: Id,
        to: Id,
    },
    Since(Id),
    Until(Id),
    Before(Id),
    After(Id),
    /// From a day so long.
    LengthFrom {
        length: Length,
        from: From,
    },
    /// A day of the calendar by its rule's number.
    Event(u16),
    /// Told to be no date.
    Nothing,
}

impl Expr {
    /// The year that it has or leaves out; `None` where it can have none.
    pub(super) fn year(mut self) -> Option<Option<i16>> {
        self.year_mut().map(|year| *year)
    }

    /// Gives it a year, where it can have one.
    pub(super) fn set_year(&mut self, own: i16) {
        if let Some(year) = self.year_mut() {
            *year = Some(own);
        }
    }

    const fn year_mut(&mut self) -> Option<&mut Option<i16>> {
        match self {
            Self::Day { year, .. }
            | Self::Either { year, .. }
            | Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::Season { year, .. }
            | Self::Week { year, .. }
            | Self::Holiday { year, .. } => Some(year),
            _ => None,
        }
    }
}
