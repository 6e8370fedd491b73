//! The words that tell events, read from `assets/tables/events.txt`, whose head says how they are written.
//! An item is found by the folded forms of its first word, so that a word costs one look-up.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::inflect::{Forms, NOUN, plural};
use super::words::{LISTS, Lists, Set};
use crate::model::EventType;

/// What an item tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    /// An event of this type.
    Event(EventType),
    /// Nothing: the words only look like an event's.
    Nothing,
    /// That somebody means to do what follows.
    Intent,
    /// The same, but a threat only where a blow is to follow.
    Promise,
    /// The same, only where what follows is a deed.
    Plan,
}

/// How an item's words stand in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Its first word is a verb.
    Verb,
    /// It is a noun.
    Noun,
    /// It stands as it is.
    Words,
}

/// One step of an item.
#[derive(Debug)]
pub(super) enum Step {
    /// One of these words.
    Word(Set),
    /// Up to [`GAP`] words that begin no clause.
    Gap,
}

/// The most words of a gap.
pub(super) const GAP: usize = 6;

/// A word or a few that tell an event.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) tells: Tells,
    pub(super) subtype: Option<&'static str>,
    pub(super) score: f32,
    pub(super) part: Part,
    pub(super) steps: Vec<Step>,
    /// Whether it is a verb of every day, which tells an event only of public life.
    pub(super) common: bool,
}

impl Item {
    /// The number of its words.
    pub(super) fn words(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Word(_))).count()
    }

    /// The object of "verb _ object", which may stand before its verb's participle.
    pub(super) fn object(&self) -> Option<&Set> {
        match self.steps.as_slice() {
            [_, Step::Gap, Step::Word(object)] if self.part == Part::Verb => Some(object),
            _ => None,
        }
    }
}

/// Every item, and where to find it.
#[derive(Debug, Default)]
pub(super) struct Table {
    items: Vec<Item>,
    by_word: HashMap<String, Vec<u32>>,
    forms: HashMap<String, Forms>,
}

/// The table, read once.
pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::read(include_str!("../../../assets/tables/events.txt"), &LISTS));

impl Table {
    /// The items that begin with a folded word.
    pub(super) fn of(&self, word: &str) -> impl Iterator<Item = &Item> {
        self.by_word.get(word).into_iter().flatten().map(|&number| &self.items[number as usize])
    }

    /// What forms of verbs and nouns a folded word may be, among those that items begin with.
    pub(super) fn forms(&self, word: &str) -> Forms {
        self.forms.get(word).copied().unwrap_or_default()
    }

    fn read(source: &'static str, lists: &Lists) -> Self {
        let mut table = Self::default();
        for word in lists.get("noun").into_iter().flatten() {
            *table.forms.entry(word.clone()).or_default() |= NOUN;
        }
        let (mut tells, mut subtype) = (Tells::Nothing, None);
        let (mut part, mut score) = (Part::Noun, 0.8);
        for line in source.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(opened) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                let (name, rest) = opened.split_once(": ").unwrap_or((opened, ""));
                (tells, subtype) = (told(name), (!rest.is_empty()).then_some(rest));
                continue;
            }
            let mut items = line;
            if let Some((opened, number, rest)) = head(line) {
                (part, score, items) = (opened, number, rest);
            }
            for source in items.split(',').map(str::trim).filter(|source| !source.is_empty()) {
                for source in unfold(&lists.spell_out(source)) {
                    table.add(
                        Item { tells, subtype, score, part, steps: Vec::new(), common: false },
                        &source,
                        lists,
                    );
                }
            }
        }
        table
    }

    fn add(&mut self, mut item: Item, source: &str, lists: &Lists) {
        let words: Vec<&str> = source.split_whitespace().flat_map(split_hyphens).collect();
        let common = |word: &str| lists.get("common").is_some_and(|list| list.contains(word));
        item.common = item.part == Part::Words && words.len() < 3
            || item.part == Part::Verb
                && words.first().is_some_and(|word| common(word))
                && words.iter().skip(1).all(|word| word.len() < 4);
        let head = head_of(item.part, source, &words);
        let number = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        for (i, &word) in words.iter().enumerate() {
            if word == "_" {
                item.steps.push(Step::Gap);
                continue;
            }
            let mut set = Set::new();
            for word in word.split('|') {
                if let Some(list) = word.starts_with('@').then(|| lists.get(word)).flatten() {
                    set.extend(list.iter().cloned());
                } else if i == head && item.part == Part::Verb {
                    for (form, bits) in lists.odd.verb(word) {
                        *self.forms.entry(form.clone()).or_default() |= bits;
                        set.insert(form);
                    }
                } else {
                    let after_gap = i > 0 && words[i - 1] == "_";
                    if (i == head && item.part == Part::Noun)
                        || (item.part == Part::Verb && (after_gap || word.len() > 4))
                    {
                        set.insert(plural(word));
                    }
                    if i == 0 && words.len() == 1 && item.part == Part::Noun {
                        *self.forms.entry(word.to_owned()).or_default() |= NOUN;
                        *self.forms.entry(plural(word)).or_default() |= NOUN;
                    }
                    set.insert(word.to_owned());
                }
            }
            if i == 0 {
                for word in &set {
                    self.by_word.entry(word.clone()).or_default().push(number);
                }
            }
            item.steps.push(Step::Word(set));
        }
        self.items.push(item);
    }
}

/// "verbs 0.6: step down, resign" in its parts.
fn head(line: &str) -> Option<(Part, f32, &str)> {
    let (head, rest) = line.split_once(':')?;
    let (name, number) = head.split_once(' ').unwrap_or((head, ""));
    let part = match name {
        "verbs" => Part::Verb,
        "nouns" => Part::Noun,
        "words" => Part::Words,
        _ => return None,
    };
    Some((part, number.parse().unwrap_or(0.8), rest))
}

/// "(hold|kick off) _ talk" as two items, those of one word together.
fn unfold(source: &str) -> Vec<String> {
    let Some((before, rest)) = source.split_once('(') else { return vec![source.to_owned()] };
    let Some((group, after)) = rest.split_once(')') else { return vec![source.to_owned()] };
    let (long, short): (Vec<&str>, Vec<&str>) = group.split('|').partition(|one| one.contains(' '));
    let mut sources = vec![short.join("|")];
    sources.extend(long.into_iter().map(str::to_owned));
    let whole = |one: &String| unfold(&format!("{before}{one}{after}"));
    sources.iter().filter(|one| !one.is_empty()).flat_map(whole).collect()
}

fn told(name: &str) -> Tells {
    match name {
        "intent" => Tells::Intent,
        "promise" => Tells::Promise,
        "plan" => Tells::Plan,
        _ => {
            EventType::ALL.into_iter().find(|kind| kind.as_str() == name).map_or(Tells::Nothing, Tells::Event)
        }
    }
}

fn split_hyphens(word: &str) -> impl Iterator<Item = &str> {
    word.split('-').filter(|part| !part.is_empty())
}

/// Which word of an item is inflected.
fn head_of(part: Part, source: &str, words: &[&str]) -> usize {
    match part {
        // "test-fire a missile": the last of the parts that hyphens join.
        Part::Verb => {
            let first = source.split_whitespace().next().unwrap_or("");
            split_hyphens(first).count().saturating_sub(1)
        }
        Part::Noun => {
            let small = [
                "of", "in", "to", "for", "on", "with", "by", "against", "over", "from", "that", "which", "at",
            ];
            let of = words.iter().position(|word| small.contains(word)).unwrap_or(words.len());
            of.saturating_sub(1)
        }
        Part::Words => usize::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_whole() {
        assert!(TABLE.items.len() > 2000, "{}", TABLE.items.len());
        for item in &TABLE.items {
            assert!(matches!(item.steps.first(), Some(Step::Word(_))), "{item:?}");
            assert!(matches!(item.steps.last(), Some(Step::Word(_))), "{item:?}");
            for step in &item.steps {
                let Step::Word(words) = step else { continue };
                assert!(words.iter().all(|word| !word.contains(['@', '_', ':', '+'])), "{item:?}");
            }
        }
    }

    #[test]
    fn every_part_has_a_known_name() {
        let source = include_str!("../../../assets/tables/events.txt");
        for line in source.lines().filter(|line| line.starts_with('[')) {
            let name = line.trim_matches(['[', ']']).split(':').next().unwrap();
            assert!(name == "none" || told(name) != Tells::Nothing, "{line}");
        }
    }
}
