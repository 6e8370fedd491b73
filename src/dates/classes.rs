//! The lists that a language's table may have, by their names there: words with a value, and words that are something.
//! A pattern asks for a class in capitals; what no list can hold, numbers of every sort, are classes too.

/// A list of words with values; or, from [`Class::Day`] on, a sort of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Class {
    Month,
    Weekday,
    /// "Mondays".
    Weekdays,
    Season,
    Unit,
    Dayword,
    Relation,
    Part,
    Edge,
    Small,
    Tens,
    Zero,
    Hundred,
    Thousand,
    Ordinal,
    OrdinalTens,
    Decade,
    Some,
    Quarter,
    Half,
    Holiday,
    Event,
    /// A day of the month, in figures or as a cardinal: "2", "twenty one".
    Day,
    /// A day of the month in figures.
    Digits,
    /// A unit in the plural.
    Units,
    /// An ordinal: "2nd", "twenty-second".
    Ord,
    /// An ordinal, or "last".
    Nth,
    /// A year of four digits, or in words: "nineteen ninety six".
    Year,
    /// A year of two digits.
    ShortYear,
    /// Three digits.
    OldYear,
    /// How many: "3", "three", "a few".
    Num,
    /// Digits.
    Number,
    /// "10/17/2016", "2016-10-17", "20161017".
    Numeric,
    /// "10/17".
    MonthDay,
    /// "10/17" with a slash, which no fraction is.
    Slashed,
    /// "10/2016".
    MonthYear,
    /// Nothing more of the clause.
    End,
}

pub(super) const CLASSES: [(&str, Class); 37] = [
    ("MONTH", Class::Month),
    ("WEEKDAY", Class::Weekday),
    ("WEEKDAYS", Class::Weekdays),
    ("SEASON", Class::Season),
    ("UNIT", Class::Unit),
    ("DAYWORD", Class::Dayword),
    ("RELATION", Class::Relation),
    ("PART", Class::Part),
    ("EDGE", Class::Edge),
    ("SMALL", Class::Small),
    ("TENS", Class::Tens),
    ("ZERO", Class::Zero),
    ("HUNDRED", Class::Hundred),
    ("THOUSAND", Class::Thousand),
    ("ORDINAL", Class::Ordinal),
    ("ORDINAL_TENS", Class::OrdinalTens),
    ("DECADE", Class::Decade),
    ("SOME", Class::Some),
    ("QUARTER", Class::Quarter),
    ("HALF", Class::Half),
    ("HOLIDAY", Class::Holiday),
    ("EVENT", Class::Event),
    ("DAY", Class::Day),
    ("DD", Class::Digits),
    ("UNITS", Class::Units),
    ("ORD", Class::Ord),
    ("NTH", Class::Nth),
    ("YEAR", Class::Year),
    ("YY", Class::ShortYear),
    ("YYY", Class::OldYear),
    ("NUM", Class::Num),
    ("NUMBER", Class::Number),
    ("NUMERIC", Class::Numeric),
    ("MONTH_DAY", Class::MonthDay),
    ("SLASHED", Class::Slashed),
    ("MONTH_YEAR", Class::MonthYear),
    ("END", Class::End),
];

/// What a word is besides its value: the lists without values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Trait {
    Dotted,
    Doubtful,
    Name,
    BeforeTime,
    Counted,
    Numbered,
    NotAfterNumber,
    Every,
    Future,
    Past,
    Linking,
    Purpose,
    OrdinalEnding,
    DecadeEnding,
    Last,
    And,
    Plural,
    BeforeLength,
    Determiner,
    Core,
    Intends,
    Present,
    Perfect,
    AlsoVerb,
    Function,
    Possessive,
}

pub(super) const TRAITS: [(&str, Trait); 26] = [
    ("dotted", Trait::Dotted),
    ("doubtful", Trait::Doubtful),
    ("names", Trait::Name),
    ("before_time", Trait::BeforeTime),
    ("counted", Trait::Counted),
    ("numbered", Trait::Numbered),
    ("not_after_number", Trait::NotAfterNumber),
    ("every", Trait::Every),
    ("future", Trait::Future),
    ("past", Trait::Past),
    ("linking", Trait::Linking),
    ("purpose", Trait::Purpose),
    ("ordinal_ending", Trait::OrdinalEnding),
    ("decade_ending", Trait::DecadeEnding),
    ("last", Trait::Last),
    ("and", Trait::And),
    ("plural", Trait::Plural),
    ("before_length", Trait::BeforeLength),
    ("determiner", Trait::Determiner),
    ("core", Trait::Core),
    ("intends", Trait::Intends),
    ("present", Trait::Present),
    ("perfect", Trait::Perfect),
    ("also_verb", Trait::AlsoVerb),
    ("function", Trait::Function),
    ("possessive", Trait::Possessive),
];
