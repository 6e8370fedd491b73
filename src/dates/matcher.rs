//! Patterns against tokens: the longest date that begins at a token.
//! What a rule takes at a token is kept for the stretch of text, so that no stretch is read twice by one rule.

use super::classes::{Class, Trait};
use super::expression::{Expr, Id};
use super::language::{Atom, Element, Language, Pattern, Place, Symbols};
use super::make::{Exprs, Taken};
use super::numbers;
use super::numeric;
use super::tokens::Token;

/// One way to read a rule: the token after its last, and what it says.
type Reading = (usize, Id);

/// What a rule takes at a token: where it lies among the readings.
#[derive(Clone, Copy, Default)]
struct Kept {
    /// The stretch that it is of; of another it is out of date.
    stretch: u32,
    from: u32,
    to: u32,
}

/// Reads the tokens of a text; `from` and `to` bound the stretch that is read at a time.
pub(super) struct Matcher<'a> {
    language: &'a Language,
    tokens: &'a [Token],
    from: usize,
    to: usize,
    symbols: Vec<Symbols>,
    /// What may begin at a token or after it.
    following: Vec<Symbols>,
    pub exprs: Exprs,
    /// The number of the stretch.
    stretch: u32,
    /// What every rule takes at every token of the stretch, once known.
    kept: Vec<Kept>,
    readings: Vec<Reading>,
    /// Readings of the rules that are being read, the innermost last.
    found: Vec<Reading>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(language: &'a Language, tokens: &'a [Token]) -> Self {
        Self {
            language,
            tokens,
            from: 0,
            to: 0,
            symbols: Vec::new(),
            following: Vec::new(),
            exprs: Exprs(Vec::new()),
            stretch: 0,
            kept: Vec::new(),
            readings: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Turns to another stretch.
    pub(super) fn enter(&mut self, from: usize, to: usize) {
        (self.from, self.to) = (from, to);
        self.stretch = self.stretch.wrapping_add(1);
        self.symbols.clear();
        self.symbols.extend(self.tokens[from..to].iter().map(|token| self.language.symbols(token)));
        self.following.clear();
        self.following.resize(to - from + 1, Symbols::default());
        for at in (0..to - from).rev() {
            self.following[at] = self.following[at + 1].and(self.symbols[at]);
        }
        self.exprs.0.clear();
        self.readings.clear();
        let slots = (to - from) * self.language.rules.len();
        if self.kept.len() < slots {
            self.kept.resize(slots, Kept::default());
        }
    }

    /// One past the last token of the stretch.
    pub(super) const fn end(&self) -> usize {
        self.to
    }

    /// The longest date that begins at a token.
    pub(super) fn longest(&mut self, at: usize) -> Option<Reading> {
        let kept = self.rule(self.language.top, at);
        let readings = self.readings.get(kept.from as usize..kept.to as usize)?;
        // Of equal ones the first in the table.
        readings.iter().copied().rev().max_by_key(|reading| reading.0)
    }

    fn rule(&mut self, rule: usize, at: usize) -> Kept {
        let Some(&symbols) = self.symbols.get(at - self.from) else { return Kept::default() };
        if at >= self.to || !symbols.meets(self.language.firsts[rule]) {
            return Kept::default();
        }
        let slot = (at - self.from) * self.language.rules.len() + rule;
        if self.kept[slot].stretch == self.stretch {
            return self.kept[slot];
        }
        // A rule that begins with itself finds nothing new there.
        self.kept[slot] = Kept { stretch: self.stretch, ..Kept::default() };
        let base = self.found.len();
        let language = self.language;
        for pattern in &language.rules[rule] {
            let following = self.following[at - self.from + 1];
            if symbols.meets(pattern.first) && pattern.needs.iter().all(|needed| needed.meets(following)) {
                self.pattern(pattern, 0, at, at, Taken::default());
            }
        }
        let from = self.readings.len();
        for at in base..self.found.len() {
            let reading = self.found[at];
            // Of two ways to one end, the pattern that stands first in the table counts.
            if self.readings[from..].iter().all(|(end, _)| *end != reading.0) {
                self.readings.push(reading);
            }
        }
        self.found.truncate(base);
        self.kept[slot] = Kept { stretch: self.stretch, from: from as u32, to: self.readings.len() as u32 };
        self.kept[slot]
    }

    fn pattern(&mut self, pattern: &Pattern, step: usize, start: usize, at: usize, taken: Taken) {
        let Some(element) = pattern.elements.get(step) else {
            if let Some(made) = pattern.make.of(&taken, &mut self.exprs).filter(|_| at > start) {
                self.found.push((at, made));
            }
            return;
        };
        match element.place {
            Place::Behind => {
                let stands = start.checked_sub(1).is_some_and(|before| self.fits(element, before))
                    && !self.tokens[start].breaks;
                if stands {
                    self.pattern(pattern, step + 1, start, at, taken);
                }
            }
            Place::Ahead | Place::Never => {
                if self.fits(element, at) == (element.place == Place::Ahead) {
                    self.pattern(pattern, step + 1, start, at, taken);
                }
            }
            Place::Needed | Place::Optional => {
                for atom in &element.atoms {
                    self.atom(*atom, at, &mut |matcher, end, more| {
                        let taken = match more {
                            More::Value(class, value) => taken.with(class, value),
                            More::Expr(id) => taken.with_expr(id),
                            More::Nothing => taken,
                        };
                        matcher.pattern(pattern, step + 1, start, end, taken);
                    });
                }
                if element.place == Place::Optional {
                    self.pattern(pattern, step + 1, start, at, taken);
                }
            }
        }
    }

    /// Whether the token may be what a pattern wants beside itself.
    fn fits(&mut self, element: &Element, at: usize) -> bool {
        let token =
            self.tokens.get(at).filter(|token| at < self.from.max(1) || !token.breaks || at <= self.from);
        element.atoms.iter().any(|atom| match (*atom, token) {
            (Atom::Class(Class::End), token) => token.is_none_or(|token| self.ends_clause(token, at)),
            (Atom::Word(word), Some(token)) => token.word == word,
            (Atom::Mark(mark), Some(token)) => token.is_mark(mark),
            (Atom::Class(class), Some(token)) => self.language.symbols(token).meets(self.symbols_of(class)),
            _ => false,
        })
    }

    fn symbols_of(&self, class: Class) -> Symbols {
        Symbols::of(&[class])
    }

    fn ends_clause(&self, token: &Token, at: usize) -> bool {
        let mark = |mark| token.is_mark(mark);
        let number = self.tokens.get(at + 1).is_some_and(|next| next.glued && next.is_number());
        token.breaks
            || (mark(b'.') || mark(b',')) && !number
            || mark(b'!')
            || mark(b'?')
            || mark(b';')
            || mark(b':')
            || mark(b')')
            || mark(b'"')
    }

    /// Calls back for every way to read an atom.
    fn atom(&mut self, atom: Atom, at: usize, then: &mut dyn FnMut(&mut Self, usize, More)) {
        let Some(token) =
            self.tokens.get(at).filter(|token| at < self.to && (at == self.from || !token.breaks))
        else {
            return;
        };
        match atom {
            Atom::Word(word) if token.word == word => then(self, at + 1, More::Nothing),
            Atom::Mark(mark) if token.is_mark(mark) => then(self, at + 1, More::Nothing),
            Atom::Number(number) if token.number() == Some(number) => then(self, at + 1, More::Nothing),
            Atom::Rule(rule) => {
                let kept = self.rule(rule, at);
                for at in kept.from..kept.to {
                    if let Some(&(end, id)) = self.readings.get(at as usize) {
                        then(self, end, More::Expr(id));
                    }
                }
            }
            Atom::Class(class) => self.class(class, at, then),
            _ => {}
        }
    }

    fn class(&mut self, class: Class, at: usize, then: &mut dyn FnMut(&mut Self, usize, More)) {
        let (language, tokens) = (self.language, &self.tokens[..self.to]);
        let expr = match class {
            Class::Numeric => numeric::whole(tokens, at),
            Class::MonthDay => numeric::month_day(tokens, at).map(|(used, expr, _)| (used, expr)),
            Class::Slashed => numeric::month_day(tokens, at)
                .filter(|(_, _, mark)| *mark == b'/')
                .map(|(used, expr, _)| (used, expr)),
            Class::MonthYear => numeric::month_year(tokens, at),
            _ => None,
        };
        if let Some((used, expr)) = expr.filter(|(_, expr)| *expr != Expr::Nothing) {
            if let Some(id) = self.exprs.add(expr) {
                then(self, at + used, More::Expr(id));
            }
            return;
        }
        let read = match class {
            Class::Day => numbers::day(language, tokens, at),
            Class::Digits => numbers::day(language, tokens, at).filter(|_| tokens[at].is_number()),
            Class::Units => language
                .value(&tokens[at], Class::Unit)
                .filter(|_| language.is(&tokens[at], Trait::Plural))
                .map(|unit| (1, unit)),
            Class::Ord => numbers::ordinal(language, tokens, at),
            Class::Nth if language.is(&tokens[at], Trait::Last) => Some((1, -1)),
            Class::Nth => numbers::ordinal(language, tokens, at),
            Class::Year => numbers::year(tokens, at).or_else(|| numbers::year_in_words(language, tokens, at)),
            Class::ShortYear => numbers::short_year(tokens, at),
            Class::OldYear => tokens[at].number().filter(|_| tokens[at].len() == 3).map(|value| (1, value)),
            Class::Num => numbers::count(language, tokens, at),
            Class::Number => {
                tokens[at].number().filter(|_| numbers::stands_alone(tokens, at)).map(|value| (1, value))
            }
            Class::Decade => numbers::decade(language, tokens, at),
            Class::Numeric | Class::MonthDay | Class::Slashed | Class::MonthYear | Class::End => None,
            _ => numbers::phrase(language, tokens, at, class),
        };
        let Some((used, value)) = read else { return };
        let more = More::Value(class, value);
        // "Oct. 2": the full stop belongs to the short form.
        let dotted = used == 1
            && language.is(&tokens[at], Trait::Dotted)
            && tokens.get(at + 1).is_some_and(|stop| stop.glued && stop.is_mark(b'.'));
        if dotted {
            then(self, at + 2, more);
        }
        then(self, at + used, more);
        // "the twenty seconds": the shorter number counts too.
        if used > 1
            && matches!(class, Class::Day)
            && tokens[at].number().is_none()
            && let Some(value) = language.value(&tokens[at], Class::Tens)
        {
            then(self, at + 1, More::Value(class, value));
        }
    }
}

/// What an atom adds to what a pattern took.
#[derive(Clone, Copy)]
enum More {
    Value(Class, i32),
    Expr(Id),
    Nothing,
}
