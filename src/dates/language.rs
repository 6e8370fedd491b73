//! A language's table of dates: words with their values, and the patterns in which they make a date.
//! How it is written is said in `assets/tables/dates/english.txt`; a line that cannot be read is left out, which a test
//! forbids.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::classes::{CLASSES, Class, TRAITS, Trait};
use super::make::Make;
use super::tokens::{self, Kind, Token};

/// Which symbols a pattern may begin with: classes, then words of patterns, then marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Symbols([u64; 6]);

impl Symbols {
    fn with(mut self, symbol: usize) -> Self {
        if let Some(part) = self.0.get_mut(symbol / 64) {
            *part |= 1 << (symbol % 64);
        }
        self
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    /// Those of classes.
    pub(super) fn of(classes: &[Class]) -> Self {
        classes.iter().fold(Self::default(), |set, &class| set.with(class as usize))
    }
}

/// What one place of a pattern takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Atom {
    Word(u16),
    Mark(u8),
    Number(i32),
    Class(Class),
    Rule(usize),
}

/// How a place of a pattern counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Needed,
    Optional,
    /// Must stand before, and is no part of it.
    Behind,
    /// Must follow.
    Ahead,
    /// Must not follow.
    Never,
}

#[derive(Clone, Debug)]
pub(super) struct Element {
    pub atoms: Vec<Atom>,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub elements: Vec<Element>,
    pub make: Make,
    /// What it may begin with.
    pub first: Symbols,
    /// What each of its other needed places may begin with: where none follows it is not tried.
    pub needs: Vec<Symbols>,
}

/// What a phrase of several tokens is.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub rest: Vec<Item>,
    pub class: Class,
    pub value: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Word(u16),
    Mark(u8),
    Number(i32),
}

/// What is known of one word.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub values: Vec<(Class, i32)>,
    pub traits: u32,
    pub symbols: Symbols,
    /// Phrases that it begins, the longest first.
    pub phrases: Vec<Phrase>,
    /// Whether a date may have it.
    pub within: bool,
}

/// A language's words and patterns.
#[derive(Default)]
pub(super) struct Language {
    ids: HashMap<Box<[u8]>, u16, BuildHasherDefault<Quick>>,
    /// The lengths of words by their first letter, so that most others need no look-up.
    lengths: Vec<u32>,
    pub words: Vec<Word>,
    /// Phrases that begin with a number.
    pub of_number: HashMap<i32, Vec<Phrase>>,
    /// Rules with their patterns.
    pub rules: Vec<Vec<Pattern>>,
    pub firsts: Vec<Symbols>,
    pub top: usize,
    /// The names of holidays' rules, and days of events.
    pub holidays: Vec<String>,
    pub past_endings: Vec<String>,
    pub counted_endings: Vec<String>,
    pub numbers: Symbols,
    cores: Symbols,
    marks: Vec<u8>,
    names: HashMap<String, usize>,
    /// Lines that could not be read.
    pub faults: Vec<String>,
}

static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| Language::read(include_str!("../../assets/tables/dates/english.txt")));

/// The language that texts are read in.
pub(super) fn english() -> &'static Language {
    &ENGLISH
}

/// Hashes short words (FNV-1a): every word of a text that might be one of a date's is looked up.
#[derive(Default)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

const LONGEST: usize = 24;

impl Language {
    /// A word's number, 0 where the language does not have it.
    pub(super) fn word(&self, word: &[u8]) -> u16 {
        let mut lower = [0; LONGEST];
        let (Some(own), Some(first)) = (lower.get_mut(..word.len()), word.first()) else {
            return 0;
        };
        let first = first.to_ascii_lowercase();
        if self.lengths.get(usize::from(first)).is_none_or(|lengths| lengths >> word.len() & 1 == 0) {
            return 0;
        }
        own.copy_from_slice(word);
        own.make_ascii_lowercase();
        self.ids.get(&*own).copied().unwrap_or(0)
    }

    pub(super) fn of(&self, token: &Token) -> &Word {
        &self.words[usize::from(token.word).min(self.words.len().saturating_sub(1))]
    }

    pub(super) fn is(&self, token: &Token, which: Trait) -> bool {
        token.word != 0 && self.of(token).traits >> (which as u32) & 1 == 1
    }

    /// The value of a word in a class.
    pub(super) fn value(&self, token: &Token, class: Class) -> Option<i32> {
        self.of(token).values.iter().find(|(own, _)| *own == class).map(|(_, value)| *value)
    }

    /// What a token may begin.
    pub(super) fn symbols(&self, token: &Token) -> Symbols {
        match token.kind {
            Kind::Word => self.of(token).symbols,
            Kind::Number(_) => self.numbers,
            Kind::Mark(mark) => Symbols::default().with(mark_symbol(mark)),
        }
    }

    /// Whether a token may be a part of a date.
    pub(super) fn within(&self, token: &Token) -> bool {
        match token.kind {
            Kind::Word => self.of(token).within,
            Kind::Number(_) => true,
            Kind::Mark(mark) => self.marks.contains(&mark),
        }
    }

    /// Whether a token makes it worth while to look for a date around it.
    pub(super) fn is_core(&self, token: &Token) -> bool {
        match token.kind {
            Kind::Word => self.of(token).symbols.meets(self.cores) || self.is(token, Trait::Core),
            Kind::Number(_) => true,
            Kind::Mark(_) => false,
        }
    }

    fn read(table: &str) -> Self {
        let mut language = Self { lengths: vec![0; 256], words: vec![Word::default()], ..Self::default() };
        language.marks = b"-/.,'()~".to_vec();
        let mut section = "";
        let mut rules = Vec::new();
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
            } else if section == "rules" {
                rules.push(line);
            } else if section == "past_ending" {
                language.past_endings.extend(line.split_whitespace().map(str::to_owned));
            } else if section == "counted_ending" {
                language.counted_endings.extend(line.split_whitespace().map(str::to_owned));
            } else if let Some((_, own)) = TRAITS.iter().find(|(name, _)| *name == section) {
                for word in line.split_whitespace() {
                    let id = language.intern(word);
                    language.words[usize::from(id)].traits |= 1 << (*own as u32);
                }
            } else if language.entry(section, line).is_none() {
                language.faults.push(line.to_owned());
            }
        }
        language.compile(&rules);
        language
    }

    fn intern(&mut self, word: &str) -> u16 {
        let key = word.to_lowercase().into_bytes().into_boxed_slice();
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        let id = self.words.len() as u16;
        if let Some(lengths) = key.first().and_then(|first| self.lengths.get_mut(usize::from(*first))) {
            *lengths |= 1 << key.len().min(31);
        }
        self.ids.insert(key, id);
        self.words.push(Word::default());
        id
    }

    /// A line of a list: a value, and the words that have it.
    fn entry(&mut self, section: &str, line: &str) -> Option<()> {
        let (value, words) = line.split_once(' ')?;
        let class = CLASSES.iter().find(|(name, _)| name.to_lowercase() == section)?.1;
        let value = match class {
            Class::Holiday | Class::Event => {
                self.holidays.push(value.to_owned());
                self.holidays.len() as i32 - 1
            }
            Class::Unit | Class::Part | Class::Edge => named_value(value)?,
            _ => value.parse().ok()?,
        };
        for word in words.split_whitespace() {
            self.name(&word.replace('_', " "), class, value);
        }
        Some(())
    }

    /// Gives a word or phrase its value.
    fn name(&mut self, words: &str, class: Class, value: i32) {
        let items = self.items(words);
        match items.as_slice() {
            [Item::Word(id)] => {
                let word = &mut self.words[usize::from(*id)];
                word.values.push((class, value));
                word.symbols = word.symbols.with(class as usize);
                word.within = true;
            }
            [first, rest @ ..] => {
                for item in &items {
                    if let Item::Word(id) = item {
                        self.words[usize::from(*id)].within = true;
                    }
                }
                let phrase = Phrase { rest: rest.to_vec(), class, value };
                let phrases = match *first {
                    Item::Word(id) => {
                        let word = &mut self.words[usize::from(id)];
                        word.symbols = word.symbols.with(class as usize);
                        &mut word.phrases
                    }
                    Item::Number(number) => self.of_number.entry(number).or_default(),
                    Item::Mark(_) => return,
                };
                phrases.push(phrase);
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
            }
            [] => {}
        }
    }

    /// The tokens of words of the table; words that are new become known.
    fn items(&mut self, words: &str) -> Vec<Item> {
        let mut tokens = Vec::new();
        tokens::split(words, self, &mut tokens);
        tokens
            .iter()
            .map(|token| match token.kind {
                Kind::Word => Item::Word(self.intern(&words[token.range()])),
                Kind::Mark(mark) => Item::Mark(mark),
                Kind::Number(value) => Item::Number(value.unwrap_or(0)),
            })
            .collect()
    }

    fn compile(&mut self, lines: &[&str]) {
        for line in lines {
            let Some((name, _)) = line.split_once(':') else { continue };
            if !self.names.contains_key(name) {
                self.names.insert(name.to_owned(), self.rules.len());
                self.rules.push(Vec::new());
            }
        }
        for line in lines {
            match self.pattern(line) {
                Some((rule, pattern)) => self.rules[rule].push(pattern),
                None => self.faults.push((*line).to_owned()),
            }
        }
        self.top = self.names.get("top").copied().unwrap_or(0);
        self.set_firsts();
        self.set_needs();
        self.numbers = Symbols::of(&[
            Class::Day,
            Class::Digits,
            Class::Ord,
            Class::Nth,
            Class::Year,
            Class::ShortYear,
            Class::OldYear,
            Class::Num,
            Class::Number,
            Class::Numeric,
            Class::MonthDay,
            Class::Slashed,
            Class::MonthYear,
            Class::Decade,
            Class::Event,
        ]);
        self.cores = Symbols::of(&[
            Class::Month,
            Class::Weekday,
            Class::Season,
            Class::Unit,
            Class::Dayword,
            Class::Decade,
            Class::Quarter,
            Class::Half,
            Class::Holiday,
            Class::Event,
            Class::Ordinal,
            Class::OrdinalTens,
            Class::Thousand,
            Class::Tens,
            Class::Small,
        ]);
        self.add_number_words();
    }

    /// Words of numbers may begin whatever a number may.
    fn add_number_words(&mut self) {
        let parts = Symbols::of(&[
            Class::Small,
            Class::Tens,
            Class::Zero,
            Class::Hundred,
            Class::Thousand,
            Class::Ordinal,
            Class::OrdinalTens,
            Class::Some,
        ]);
        for word in &mut self.words {
            if word.symbols.meets(parts) {
                word.symbols = word.symbols.and(self.numbers);
            }
            if word.traits >> (Trait::Last as u32) & 1 == 1 {
                word.symbols = word.symbols.with(Class::Nth as usize);
            }
            if word.traits
                & (1 << Trait::OrdinalEnding as u32
                    | 1 << Trait::DecadeEnding as u32
                    | 1 << Trait::And as u32)
                != 0
            {
                word.within = true;
            }
        }
    }

    fn pattern(&mut self, line: &str) -> Option<(usize, Pattern)> {
        let (name, rest) = line.split_once(':')?;
        let (body, make) = rest.rsplit_once(" = ")?;
        let make = Make::named(make.trim())?;
        let elements = body.split_whitespace().map(|part| self.element(part)).collect::<Option<Vec<_>>>()?;
        Some((
            *self.names.get(name)?,
            Pattern { elements, make, first: Symbols::default(), needs: Vec::new() },
        ))
    }

    fn element(&mut self, part: &str) -> Option<Element> {
        let (place, part) = match part.chars().next()? {
            '~' if part.len() > 1 => (Place::Behind, &part[1..]),
            '^' if part.len() > 1 => (Place::Ahead, &part[1..]),
            '!' if part.len() > 1 => (Place::Never, &part[1..]),
            _ if part.len() > 1 && part.ends_with('?') => (Place::Optional, &part[..part.len() - 1]),
            _ => (Place::Needed, part),
        };
        let within = matches!(place, Place::Needed | Place::Optional);
        let atoms = part
            .split('|')
            .filter(|atom| !atom.is_empty())
            .map(|atom| self.atom(atom, within))
            .collect::<Option<Vec<_>>>()?;
        Some(Element { atoms, place })
    }

    fn atom(&mut self, text: &str, within: bool) -> Option<Atom> {
        if let Some(rule) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            return self.names.get(rule).copied().map(Atom::Rule);
        }
        if let Some((_, class)) = CLASSES.iter().find(|(name, _)| *name == text) {
            return Some(Atom::Class(*class));
        }
        if text.chars().all(|c| c.is_uppercase() || c == '_') {
            return None;
        }
        match *self.items(text).as_slice() {
            [Item::Word(id)] => {
                let word = &mut self.words[usize::from(id)];
                word.within |= within;
                word.symbols = word.symbols.with(word_symbol(id));
                Some(Atom::Word(id))
            }
            [Item::Mark(mark)] => Some(Atom::Mark(mark)),
            [Item::Number(number)] => Some(Atom::Number(number)),
            _ => None,
        }
    }

    /// What every rule may begin with, found by going round until nothing changes.
    fn set_firsts(&mut self) {
        self.firsts = vec![Symbols::default(); self.rules.len()];
        loop {
            let mut changed = false;
            for rule in 0..self.rules.len() {
                let mut whole = self.firsts[rule];
                for pattern in 0..self.rules[rule].len() {
                    let first = self.first(&self.rules[rule][pattern]);
                    changed |= first != self.rules[rule][pattern].first;
                    self.rules[rule][pattern].first = first;
                    whole = whole.and(first);
                }
                changed |= whole != self.firsts[rule];
                self.firsts[rule] = whole;
            }
            if !changed {
                break;
            }
        }
    }

    /// What every pattern needs beyond its beginning.
    fn set_needs(&mut self) {
        for rule in 0..self.rules.len() {
            for pattern in 0..self.rules[rule].len() {
                let elements = &self.rules[rule][pattern].elements;
                let needed =
                    elements.iter().enumerate().filter(|(_, element)| element.place == Place::Needed);
                let needs = needed.skip(1).map(|(_, element)| self.begins(element)).collect();
                self.rules[rule][pattern].needs = needs;
            }
        }
    }

    fn first(&self, pattern: &Pattern) -> Symbols {
        let mut first = Symbols::default();
        for element in &pattern.elements {
            if element.place == Place::Behind {
                continue;
            }
            first = first.and(self.begins(element));
            if element.place != Place::Optional {
                break;
            }
        }
        first
    }

    /// What a place of a pattern may begin with.
    fn begins(&self, element: &Element) -> Symbols {
        element.atoms.iter().fold(Symbols::default(), |first, atom| match *atom {
            Atom::Word(id) => first.with(word_symbol(id)),
            Atom::Mark(mark) => first.with(mark_symbol(mark)),
            Atom::Rule(rule) => first.and(self.firsts[rule]),
            Atom::Number(_) => first.with(Class::Number as usize),
            // "'70s"
            Atom::Class(Class::Decade) => first.with(Class::Decade as usize).with(mark_symbol(b'\'')),
            Atom::Class(Class::Units) => first.with(Class::Unit as usize),
            Atom::Class(class) => first.with(class as usize),
        })
    }
}

/// Words share symbols where they are many: a symbol only says that a look is worth while.
const fn word_symbol(id: u16) -> usize {
    64 + id as usize % 192
}

const fn mark_symbol(mark: u8) -> usize {
    256 + mark as usize % 128
}

/// Units and parts by their names in the table.
fn named_value(name: &str) -> Option<i32> {
    use super::expression::{Part, Unit};
    Unit::named(name).map(|unit| unit as i32).or_else(|| Part::named(name).map(|part| part as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        assert_eq!(english().faults, Vec::<String>::new());
    }
}
