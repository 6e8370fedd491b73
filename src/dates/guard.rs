//! What looks like a date and is none: "may" the verb, "2,000 people", "Theresa May", "the Sun", "Article 19".
//! Only what is short needs a guard; a month with its day and year is never anything else.

use super::classes::{Class, Trait};
use super::expression::{Expr, Id};
use super::language::Language;
use super::make::Exprs;
use super::tokens::{Kind, Token};

/// Whether the tokens from `first` to `end` that make an expression are a date here.
pub(super) fn is_date(
    language: &Language,
    text: &str,
    exprs: &Exprs,
    tokens: &[Token],
    first: usize,
    end: usize,
    id: Id,
) -> bool {
    let around = Around { language, text, tokens, first, end };
    if around.in_word() {
        return false;
    }
    if around.numbers_a_noun() {
        return false;
    }
    match exprs.get(id) {
        Expr::Nothing => false,
        Expr::Year { sure: false, .. } => around.is_year(),
        Expr::Length(_) => around.is_length(),
        Expr::Decade { century: false, .. } => around.is_decade(),
        Expr::Counted { .. } => !around.is_one_of_something() && !around.is_verb(),
        Expr::Part { of, .. } if matches!(exprs.get(of), Expr::Decade { century: false, .. }) => {
            !around.is_age()
        }
        Expr::Day { month: None, .. } => !around.is_part_of_compound(),
        Expr::Until(_) => !around.is_year_before_noun(),
        Expr::Month { year: None, .. }
        | Expr::Weekday(_)
        | Expr::Season { year: None, .. }
        | Expr::Holiday { year: None, .. }
            if around.is_short() =>
        {
            around.is_name_of_time()
        }
        Expr::Holiday { year: None, .. } => !around.is_capital_after(),
        Expr::Related { of, .. } => {
            let month = matches!(exprs.get(of), Expr::Month { .. });
            !around.is_verb_before() && (!month || around.is_capital_if_doubtful())
        }
        Expr::Either { year: None, .. } => around.is_after_joint(),
        Expr::Day { year: None, month: Some(_), .. } => around.is_month_day(),
        Expr::Range { .. } => around.is_range(),
        _ => true,
    }
}

struct Around<'a> {
    language: &'a Language,
    text: &'a str,
    tokens: &'a [Token],
    first: usize,
    end: usize,
}

impl Around<'_> {
    fn before(&self) -> Option<&Token> {
        let before = self.tokens.get(self.first.checked_sub(1)?)?;
        (!self.tokens[self.first].breaks).then_some(before)
    }

    fn after(&self) -> Option<&Token> {
        self.tokens.get(self.end).filter(|token| !token.breaks)
    }

    /// A part of a word or of a code: "$DEC", "@may", "A1B2".
    fn in_word(&self) -> bool {
        let (first, last) = (&self.tokens[self.first], &self.tokens[self.end - 1]);
        let before = self.before().filter(|_| first.glued).is_some_and(|before| {
            matches!(before.kind, Kind::Mark(b'$' | b'@' | b'#' | b'_')) && first.kind == Kind::Word
                || before.kind == Kind::Word && before.end == first.start && first.kind == Kind::Number(None)
        });
        let after = self.after().filter(|after| after.glued).is_some_and(|after| {
            after.kind == Kind::Word && last.is_number() && after.len() > 1
                || after.is_number() && last.is_number()
        });
        before || after
    }

    /// "the second man" and "Wednesday the two men" have no day: an ordinal in words counts at the end of its phrase.
    fn numbers_a_noun(&self) -> bool {
        let last = &self.tokens[self.end - 1];
        let word = last.kind == Kind::Word
            && [Class::Ordinal, Class::OrdinalTens, Class::Small]
                .iter()
                .any(|class| self.language.value(last, *class).is_some());
        word && self.before_noun() && self.end > self.first + 1
    }

    /// "the 70s" and "in the nineties", but not "A-10's", "Tens of thousands".
    fn is_decade(&self) -> bool {
        let first = &self.tokens[self.first];
        !self.is_age() && self.after_preposition()
            || first.is_mark(b'\'')
            || self.language.is(first, Trait::Determiner)
    }

    /// "in his early 30s"
    fn is_age(&self) -> bool {
        self.before().is_some_and(|before| self.language.is(before, Trait::Possessive))
    }

    /// "is expected to last several days"
    fn is_verb(&self) -> bool {
        let last = self.language.is(&self.tokens[self.first], Trait::Last);
        let verb = [Trait::Purpose, Trait::Future];
        last && self.before().is_some_and(|before| verb.iter().any(|which| self.language.is(before, *which)))
    }

    /// "on first-degree murder charges"
    fn is_part_of_compound(&self) -> bool {
        let word = self.tokens[self.end - 1].kind == Kind::Word;
        word && self.language.value(&self.tokens[self.end - 1], Class::Ordinal).is_some()
            && self.after().is_some_and(|after| after.is_mark(b'-'))
    }

    /// "hit by 2004 tsunami"
    fn is_year_before_noun(&self) -> bool {
        let year = self.tokens[self.end - 1].len() == 4 && self.tokens[self.end - 1].is_number();
        year && self.before_noun() && self.after().is_some_and(|after| !after.capital)
    }

    /// Before a word that is no function word.
    fn before_noun(&self) -> bool {
        self.after().is_some_and(|after| {
            let joins = [
                Trait::Function,
                Trait::BeforeTime,
                Trait::And,
                Trait::Purpose,
                Trait::Past,
                Trait::Future,
                Trait::Linking,
                Trait::Determiner,
            ];
            after.kind == Kind::Word && !joins.iter().any(|which| self.language.is(after, *which))
        })
    }

    /// "following a night" is none of "the following two nights".
    fn is_one_of_something(&self) -> bool {
        self.tokens
            .get(self.first + 1)
            .is_some_and(|token| self.language.value(token, Class::Some) == Some(1))
    }

    /// "following Saturday's match".
    fn is_verb_before(&self) -> bool {
        let possessive = self.after().is_some_and(|after| after.is_mark(b'\''));
        possessive && self.language.is(&self.tokens[self.first], Trait::AlsoVerb)
    }

    /// "the Easter Offensive", "Christmas Island".
    fn is_capital_after(&self) -> bool {
        self.after()
            .is_some_and(|after| after.capital && self.language.value(after, Class::Weekday).is_none())
    }

    /// "on 5/12", "5/12 or 6/12"; "7/4" by itself is a score.
    fn is_after_joint(&self) -> bool {
        self.after_preposition()
            || self.before().is_some_and(|before| {
                let joins = [Trait::And, Trait::Purpose].iter().any(|which| self.language.is(before, *which));
                joins || self.language.value(before, Class::Weekday).is_some()
            })
    }

    /// "for a week", but not "a day of mourning".
    fn is_length(&self) -> bool {
        let one = self.language.value(&self.tokens[self.first], Class::Some) == Some(1);
        !one || self.before().is_some_and(|before| self.language.is(before, Trait::BeforeLength))
    }

    /// One word, with its full stop and the article before it.
    fn is_short(&self) -> bool {
        let dotted = self.tokens[self.end - 1].is_mark(b'.');
        match self.end - self.first - usize::from(dotted) {
            1 => true,
            2 => self.language.is(&self.tokens[self.first], Trait::Determiner),
            _ => false,
        }
    }

    /// After a preposition of time.
    fn after_preposition(&self) -> bool {
        self.before().is_some_and(|before| self.language.is(before, Trait::BeforeTime))
    }

    /// Four digits are a year unless something is counted with them.
    fn is_year(&self) -> bool {
        let is = |token: Option<&Token>, which| token.is_some_and(|token| self.language.is(token, which));
        if is(self.after(), Trait::Counted)
            || is(self.after(), Trait::NotAfterNumber)
            || is(self.before(), Trait::Numbered)
        {
            return false;
        }
        if self.in_code() {
            return false;
        }
        if self.tokens[self.first].kind == Kind::Word {
            return self.after_preposition() || self.first == 0;
        }
        let Some(before) = self.before() else { return true };
        if self.after_preposition() || before.is_mark(b'(') || is(Some(before), Trait::Determiner) {
            return true;
        }
        if before.glued && self.tokens[self.first].glued && !matches!(before.kind, Kind::Mark(b'-' | b'\'')) {
            return false;
        }
        // "2010 vehicles", "sent 1500 more"
        let value = self.tokens[self.first].number().unwrap_or(0);
        (1700..=2100).contains(&value) && !(value % 100 == 0 && value < 2000) && !self.counts()
    }

    /// Before a plain noun in the plural.
    fn counts(&self) -> bool {
        self.after().is_some_and(|after| {
            let word = self.text.get(after.range()).unwrap_or("");
            let plural = self.language.counted_endings.iter().any(|ending| word.ends_with(ending.as_str()));
            after.kind == Kind::Word && !after.capital && word.len() > 3 && plural
        })
    }

    /// "2015-1-32", "82-2100": with a mark between it and other figures.
    fn in_code(&self) -> bool {
        let mark = |token: &Token| matches!(token.kind, Kind::Mark(b'-' | b'/' | b'.'));
        let number = |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).is_some_and(Token::is_number);
        let after = self.after().is_some_and(|token| token.glued && mark(token))
            && self.tokens.get(self.end + 1).is_some_and(|next| next.glued && next.is_number());
        let dash = self.before().is_some_and(|token| token.is_mark(b'-') || token.glued && mark(token));
        after || dash && number(self.first.checked_sub(2))
    }

    /// "in May" and "On Sunday", but not "may be", "Theresa May", "the Sun", "April Jones", "the fall of the wall".
    fn is_name_of_time(&self) -> bool {
        let dotted = self.tokens[self.end - 1].is_mark(b'.');
        let last = self.end - 1 - usize::from(dotted);
        let token = &self.tokens[last];
        let preposition = self.after_preposition();
        let is = |which| self.language.is(token, which);
        let name = self.after().is_some_and(|after| after.capital) && !dotted;
        if self.language.value(token, Class::Holiday).is_some() && name {
            return false;
        }
        if is(Trait::Doubtful) {
            let month = self.language.value(token, Class::Month).is_some();
            return preposition && (token.capital || !month || self.ends_clause()) && !name
                || dotted && token.capital;
        }
        if is(Trait::Name) && !preposition {
            let named = self.before().is_some_and(|before| before.capital);
            return !name && !named && token.capital;
        }
        true
    }

    fn ends_clause(&self) -> bool {
        self.after().is_none_or(|after| after.kind != Kind::Word)
    }

    /// "this May", but not "this may be".
    fn is_capital_if_doubtful(&self) -> bool {
        let last = &self.tokens[self.end - 1];
        !self.language.is(last, Trait::Doubtful) || last.capital
    }

    /// "May 3" and "on may 3", but not "may 3 times", "One may ask".
    fn is_month_day(&self) -> bool {
        let doubtful = |token: &Token| {
            let month = self.language.value(token, Class::Month).is_some();
            let whole = !self.language.is(token, Trait::Dotted);
            month && whole && self.language.is(token, Trait::Doubtful) && !token.capital
        };
        let within = &self.tokens[self.first..self.end];
        !within.iter().any(doubtful) || self.after_preposition() || self.ends_clause()
    }

    /// "2014 to 2018" is one; "from 1990 to 2014 points" and "138-2010-2015" are none.
    fn is_range(&self) -> bool {
        let last = &self.tokens[self.end - 1];
        let counted = self.after().is_some_and(|after| self.language.is(after, Trait::Counted));
        !(counted && last.is_number()
            || last.is_number() && self.tokens[self.first].is_number() && self.in_code())
    }
}
