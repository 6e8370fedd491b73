//! Numbers in figures and in words: days, ordinals, years, counts.
//! "nineteen ninety six" is a year by its two halves; a figure beside a decimal point, a currency or a sign is none.

use super::classes::{Class, Trait};
use super::language::Language;
use super::tokens::{Kind, Token};

/// A number of tokens with a value.
pub(super) type Read = Option<(usize, i32)>;

/// Whether the figures stand by themselves: no decimal, no sum of money, no part of a longer code.
pub(super) fn stands_alone(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let digit_before = at.checked_sub(2).and_then(|two| tokens.get(two)).is_some_and(Token::is_number);
    if let Some(before) = before {
        let mark = |mark| before.is_mark(mark);
        if mark(b'$') || mark(b'#') && token.glued || mark(b'+') && token.glued {
            return false;
        }
        if token.glued && before.glued && digit_before && (mark(b'.') || mark(b':')) {
            return false;
        }
        if token.glued && before.kind == Kind::Word && !before.is_mark(b'-') && before.len() == 1 {
            return false;
        }
    }
    let (next, after) = (tokens.get(at + 1), tokens.get(at + 2));
    let glued = |token: Option<&Token>| token.is_some_and(|token| token.glued && token.is_number());
    if let Some(next) = next.filter(|next| next.glued) {
        if next.is_mark(b'%') || next.is_mark(b':') && glued(after) || next.is_mark(b'$') {
            return false;
        }
        if next.is_mark(b'.') && glued(after) {
            return false;
        }
        // "1,200" is one number, "12,2015" is a day and a year.
        if next.is_mark(b',') && glued(after) && after.is_some_and(|after| after.len() == 3) {
            return false;
        }
    }
    if let Some(before) = before.filter(|before| before.is_mark(b',') && before.glued && token.glued) {
        return !(digit_before && before.len() == 1 && token.len() == 3);
    }
    true
}

/// A cardinal below a hundred in words.
fn below_hundred(language: &Language, tokens: &[Token], at: usize) -> Read {
    let token = tokens.get(at)?;
    if let Some(small) = language.value(token, Class::Small) {
        return Some((1, small));
    }
    let tens = language.value(token, Class::Tens)?;
    let skip = usize::from(tokens.get(at + 1).is_some_and(|next| next.is_mark(b'-')));
    let small = tokens.get(at + 1 + skip).and_then(|next| language.value(next, Class::Small));
    Some(small.filter(|small| *small < 10).map_or((1, tens), |small| (2 + skip, tens + small)))
}

/// Any cardinal in words.
fn cardinal(language: &Language, tokens: &[Token], at: usize) -> Read {
    let (mut used, mut value) = below_hundred(language, tokens, at)?;
    for class in [Class::Thousand, Class::Hundred] {
        let Some(factor) = tokens.get(at + used).and_then(|token| language.value(token, class)) else {
            continue;
        };
        if value >= 1000 {
            continue;
        }
        value *= factor;
        used += 1;
        if class == Class::Thousand
            && let Some((more, hundreds)) = below_hundred(language, tokens, at + used)
            && let Some(factor) = tokens.get(at + used + more).and_then(|t| language.value(t, Class::Hundred))
        {
            value += hundreds * factor;
            used += more + 1;
        }
        let and = tokens.get(at + used).is_some_and(|token| language.is(token, Trait::And));
        if let Some((more, rest)) = below_hundred(language, tokens, at + used + usize::from(and)) {
            value += rest;
            used += more + usize::from(and);
        }
        return Some((used, value));
    }
    Some((used, value))
}

/// "two thousand and eighteen", "nineteen ninety six", "nineteen zero one", "seventeen hundred thirty three".
pub(super) fn year_in_words(language: &Language, tokens: &[Token], at: usize) -> Read {
    let whole = cardinal(language, tokens, at);
    if let Some((used, value)) = whole.filter(|(_, value)| (100..2200).contains(value)) {
        return Some((used, value));
    }
    let (used, century) = below_hundred(language, tokens, at)?;
    if !(10..=21).contains(&century) {
        return None;
    }
    let next = tokens.get(at + used)?;
    if let Some(0) = language.value(next, Class::Zero) {
        let (more, small) =
            below_hundred(language, tokens, at + used + 1).filter(|(_, small)| *small < 10)?;
        return Some((used + 1 + more, century * 100 + small));
    }
    let skip = usize::from(next.is_mark(b'-'));
    let (more, rest) = below_hundred(language, tokens, at + used + skip).filter(|(_, rest)| *rest >= 10)?;
    Some((used + skip + more, century * 100 + rest))
}

/// A number in figures of at most so many digits.
fn figures(tokens: &[Token], at: usize, digits: usize) -> Read {
    let token = tokens.get(at).filter(|token| token.len() <= digits)?;
    let value = token.number()?;
    stands_alone(tokens, at).then_some((1, value))
}

/// A day of the month as a cardinal.
pub(super) fn day(language: &Language, tokens: &[Token], at: usize) -> Read {
    let read = figures(tokens, at, 2).or_else(|| below_hundred(language, tokens, at));
    read.filter(|(_, day)| (1..=31).contains(day))
}

/// An ordinal below a hundred: "2nd", "twenty-second".
pub(super) fn ordinal(language: &Language, tokens: &[Token], at: usize) -> Read {
    let token = tokens.get(at)?;
    if token.is_number() {
        let ending = tokens.get(at + 1)?;
        let (_, value) = figures(tokens, at, 2)?;
        return (ending.glued && language.is(ending, Trait::OrdinalEnding)).then_some((2, value));
    }
    if let Some(value) =
        language.value(token, Class::Ordinal).or_else(|| language.value(token, Class::OrdinalTens))
    {
        return Some((1, value));
    }
    let tens = language.value(token, Class::Tens)?;
    let skip = usize::from(tokens.get(at + 1)?.is_mark(b'-'));
    let small = language.value(tokens.get(at + 1 + skip)?, Class::Ordinal)?;
    (small < 10).then_some((2 + skip, tens + small))
}

/// A year of four digits.
pub(super) fn year(tokens: &[Token], at: usize) -> Read {
    let token = tokens.get(at).filter(|token| token.len() == 4)?;
    let value = token.number()?;
    ((1000..=2199).contains(&value) && stands_alone(tokens, at)).then_some((1, value))
}

/// A year of two digits, as the century it is of makes it.
pub(super) fn short_year(tokens: &[Token], at: usize) -> Read {
    let (used, value) = figures(tokens, at, 2).filter(|_| tokens[at].len() == 2)?;
    Some((used, full_year(value)))
}

/// Two digits stand for the years from 1930 to 2029.
pub(super) const fn full_year(short: i32) -> i32 {
    if short < 30 { 2000 + short } else { 1900 + short }
}

/// How many: "3", "three", "a few", "twenty-one".
pub(super) fn count(language: &Language, tokens: &[Token], at: usize) -> Read {
    let token = tokens.get(at)?;
    if let Some((used, value)) = figures(tokens, at, 4) {
        return Some((used, value));
    }
    phrase(language, tokens, at, Class::Some)
        .or_else(|| cardinal(language, tokens, at))
        .or_else(|| language.value(token, Class::Some).map(|value| (1, value)))
}

/// A word or phrase with a value in a class, the longest first.
pub(super) fn phrase(language: &Language, tokens: &[Token], at: usize, class: Class) -> Read {
    use super::language::Item;
    let token = tokens.get(at)?;
    let phrases = match token.kind {
        Kind::Number(value) => language.of_number.get(&value?)?,
        _ => &language.of(token).phrases,
    };
    for phrase in phrases.iter().filter(|phrase| phrase.class == class) {
        let fits = phrase.rest.iter().zip(at + 1..).all(|(item, at)| {
            tokens.get(at).is_some_and(|token| match *item {
                Item::Word(word) => token.word == word,
                Item::Mark(mark) => token.is_mark(mark),
                Item::Number(number) => token.number() == Some(number),
            })
        });
        if fits {
            return Some((phrase.rest.len() + 1, phrase.value));
        }
    }
    language.value(token, class).map(|value| (1, value))
}

/// "1970s", "'70s", "1970's", "nineteen seventies": the first year; below a hundred where no century is said.
pub(super) fn decade(language: &Language, tokens: &[Token], at: usize) -> Read {
    let quote = usize::from(tokens.get(at)?.is_mark(b'\''));
    let at = at + quote;
    let token = tokens.get(at)?;
    if let Kind::Number(value) = token.kind {
        let value = value.filter(|value| value % 10 == 0 && matches!(token.len(), 2 | 4))?;
        if !stands_alone(tokens, at) || token.len() == 4 && !(1000..2200).contains(&value) {
            return None;
        }
        let mark = usize::from(tokens.get(at + 1)?.is_mark(b'\''));
        let ending = tokens.get(at + 1 + mark)?;
        return language.is(ending, Trait::DecadeEnding).then_some((2 + mark + quote, value));
    }
    if let Some(decade) = language.value(token, Class::Decade).filter(|decade| *decade < 100) {
        return Some((1 + quote, decade));
    }
    let (used, century) = below_hundred(language, tokens, at)?;
    let next = at + used;
    if let Some(1000) = language.value(tokens.get(next)?, Class::Thousand) {
        let and = usize::from(tokens.get(next + 1).is_some_and(|token| language.is(token, Trait::And)));
        let decade = language.value(tokens.get(next + 1 + and)?, Class::Decade)?;
        return Some((used + 2 + and, century * 1000 + decade));
    }
    let skip = usize::from(tokens.get(next)?.is_mark(b'-'));
    let decade = language.value(tokens.get(next + skip)?, Class::Decade)?;
    // "the two thousands"
    if decade == 1000 {
        return (century == 2).then_some((used + 1, 2000));
    }
    (10..=21).contains(&century).then_some((used + skip + 1, century * 100 + decade))
}
