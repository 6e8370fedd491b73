//! From folded names to places: finite-state maps over the bytes of the file.
//! The value of a name begins with the rank of its best known place, so that a map gives names best first; a
//! name of one place holds that place itself, a name of several holds where their list begins.

use std::collections::BinaryHeap;
use std::sync::OnceLock;

use levenshtein_automata::LevenshteinAutomatonBuilder;

use super::automaton::{Automaton, Node, Rising};
use super::columns::Columns;
use super::file::{Section, Sections};
use super::{Grade, Hit, NameKind, Row, fold, fold_loose};

/// Weight of a loose match beside a folded one.
const LOOSE_WEIGHT: f32 = 0.5;
/// Weight of a match for each letter that differs.
const SLIP_WEIGHT: f32 = 0.4;
/// Weight of a place offered by another name than the one it is shown by: “mosc” begins Moscow before it begins
/// the Moscow Kremlin, which is called the Kremlin.
const BY_ANOTHER_NAME: f32 = 0.7;
/// Misspelt names that are looked into, nearest first.
const SLIPS: usize = 24;
/// Names with a beginning that are looked into, at most.
const BEGUN: usize = 512;
/// Bits of a value below the rank: which posting or list, and whether it is a posting.
const BELOW_RANK: u32 = 33;

#[derive(Debug)]
pub(super) struct Names {
    folded: Map,
    loose: Map,
}

#[derive(Debug)]
struct Map {
    names: Automaton,
    lists: Section,
}

/// Sections of the folded names and their lists, and of the loose ones.
pub(super) const FOLDED: ([u8; 4], [u8; 4]) = (*b"name", *b"list");
pub(super) const LOOSE: ([u8; 4], [u8; 4]) = (*b"nmls", *b"lsls");

/// Bits of a posting below the row: what sort of name it is.
pub(super) const CODE_BITS: u32 = 4;
/// Set in the sort of a name that is the folded one letter for letter but for case, and the one to show: that
/// spares a look at what is shown.
pub(super) const PLAIN: u32 = 8;

/// A kind of name with whether it is the usual name of its place, in the low bits of a posting.
pub(super) fn name_code(kind: NameKind, usual: bool) -> u32 {
    let kind = match kind {
        NameKind::Primary => 0,
        NameKind::Alternate => 1,
        NameKind::Demonym => 2,
        NameKind::Abbreviation => 3,
    };
    kind * 2 + u32::from(!usual)
}

/// How much of its prominence a place keeps under a name of this sort.
pub(super) fn name_weight(code: u32) -> f32 {
    // The place that is meant comes first: Cairo the city before its governorate, the continent before
    // the Indonesian village with the alternate name “Europe”.
    [1.0, 0.62, 0.95, 0.55, 0.95, 0.6, 0.95, 0.6][(code & 7) as usize]
}

/// How much of its prominence a place keeps when it is offered for the beginning of a name of this sort.
pub(super) fn offer_weight(code: u32) -> f32 {
    name_weight(code) * if code & 6 == 0 { 1.0 } else { BY_ANOTHER_NAME }
}

/// Who bears a name.
pub(super) enum Bearers {
    /// One place: its posting.
    One(u32),
    /// Several: where their list begins.
    List(u32),
}

/// The value of a name: the best of its offers, and who bears it.
pub(super) fn value(offer: f32, bearers: Bearers) -> u64 {
    let rank = u64::from(u16::MAX) - (offer.clamp(0.0, 1.0) * f32::from(u16::MAX)) as u64;
    let bearers = match bearers {
        Bearers::One(posting) => u64::from(posting) << 1 | 1,
        Bearers::List(start) => u64::from(start) << 1,
    };
    rank << BELOW_RANK | bearers
}

fn kind_of(code: u32) -> NameKind {
    match (code & 7) / 2 {
        0 => NameKind::Primary,
        1 => NameKind::Alternate,
        2 => NameKind::Demonym,
        _ => NameKind::Abbreviation,
    }
}

impl Names {
    pub(super) fn open(sections: &Sections) -> Self {
        let map = |(names, lists): ([u8; 4], [u8; 4])| Map {
            names: Automaton::open(sections.section(&names)),
            lists: sections.section(&lists),
        };
        Self { folded: map(FOLDED), loose: map(LOOSE) }
    }

    /// Number of different folded names.
    pub(super) fn len(&self) -> u64 {
        self.folded.names.len()
    }

    /// The places of a folded name, best first. Where `plain`, it is what was asked for letter for letter but for
    /// case, and so are the names of the hits of the first grade.
    pub(super) fn exact(&self, columns: &Columns, folded: &str, plain: bool) -> Vec<Hit> {
        let value = self.folded.names.get(folded.as_bytes());
        value.map_or(Vec::new(), |value| self.folded.hits(columns, value, plain))
    }

    pub(super) fn loose(&self, columns: &Columns, folded: &str, take: &mut impl FnMut(Hit)) {
        let key = fold_loose(folded);
        let found = if key.is_empty() { None } else { self.loose.names.get(key.as_bytes()) };
        let Some(value) = found else { return };
        self.loose.each(columns, value, LOOSE_WEIGHT, |hit, _| {
            // Consonants alone make Pulandian of Harwinton.
            if alike(folded, &fold(columns.name(hit.row))) {
                take(Hit { grade: Grade::Loose, ..hit });
            }
        });
    }

    /// Places of names that differ in a letter or two; in none where the name is short.
    pub(super) fn fuzzy(&self, columns: &Columns, folded: &str, take: &mut impl FnMut(Hit)) {
        static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; 2] = [const { OnceLock::new() }; 2];
        let distance = match folded.chars().count() {
            0..=4 => return,
            5..=8 => 1,
            // What is longer than any name is no misspelt one.
            9..=60 => 2,
            _ => return,
        };
        let builder = BUILDERS[usize::from(distance) - 1]
            .get_or_init(|| LevenshteinAutomatonBuilder::new(distance, true));
        let first = folded.chars().next().map_or(0, char::len_utf8);
        let mut found = self.folded.names.within(&builder.build_dfa(folded), &folded.as_bytes()[..first]);
        found.sort_unstable();
        for (distance, value) in found.into_iter().take(SLIPS) {
            let weight = SLIP_WEIGHT.powi(i32::from(distance));
            self.folded.each(columns, value, weight, |hit, _| take(Hit { grade: Grade::Fuzzy, ..hit }));
        }
    }

    /// For each number of words whose folded forms joined by a space are a name, that number and its places.
    pub(super) fn at(&self, columns: &Columns, words: &[&str]) -> Vec<(usize, Vec<Hit>)> {
        let mut found = Vec::new();
        let mut node = self.folded.names.root();
        let mut begun = false;
        for (number, word) in words.iter().enumerate() {
            if word.is_empty() {
                if !begun {
                    break;
                }
                continue;
            }
            let next = if begun { node.step(b' ') } else { Some(node) };
            begun = true;
            let Some(next) = next.and_then(|node: Node<'_>| node.walk(word.as_bytes())) else { break };
            node = next;
            if let Some(value) = node.value() {
                found.push((number + 1, self.folded.hits(columns, value, false)));
            }
        }
        found
    }

    /// Places whose names begin so, best known by that name first; one may come again.
    pub(super) fn prefix(&self, columns: &Columns, prefix: &str, limit: usize) -> Vec<Hit> {
        let mut hits = Vec::new();
        let Some(node) = self.folded.names.root().walk(prefix.as_bytes()) else { return hits };
        let whole = node.value();
        if let Some(value) = whole {
            self.folded.each(columns, value, 1.0, |hit, _| hits.push(hit));
        }
        // Names come by the best place of each; the others of a name wait until their turn.
        let mut waiting: BinaryHeap<Offer> = BinaryHeap::new();
        let mut rows = std::collections::BTreeSet::new();
        for value in Rising::below(node).take(BEGUN).filter(|value| Some(*value) != whole) {
            let best = offer(value);
            while waiting.peek().is_some_and(|offer| offer.0.score >= best) {
                hits.extend(waiting.pop().map(|offer| offer.0).filter(|hit| rows.insert(hit.row)));
            }
            if rows.len() >= limit {
                break;
            }
            self.folded.each(columns, value, 1.0, |mut hit, _| {
                if hit.name != NameKind::Primary {
                    hit.score *= BY_ANOTHER_NAME;
                }
                waiting.push(Offer(hit));
            });
        }
        while rows.len() < limit {
            let Some(Offer(hit)) = waiting.pop() else { break };
            hits.extend(Some(hit).filter(|hit| rows.insert(hit.row)));
        }
        hits
    }
}

impl Map {
    /// Hands out the places of a value with what sort of name each bears.
    #[inline]
    fn each(&self, columns: &Columns, value: u64, weight: f32, mut take: impl FnMut(Hit, u32)) {
        let mut one = |posting: u32, known: f32| {
            let row = Row(posting >> CODE_BITS);
            if (row.0 as usize) < columns.len() {
                let score = known * name_weight(posting) * weight;
                take(Hit { row, name: kind_of(posting), grade: Grade::Folded, score }, posting);
            }
        };
        let Some(place) = list(value) else {
            // The rank is that of the only place, and tells how well known it is.
            let posting = (value >> 1) as u32;
            return one(posting, (offer(value) / offer_weight(posting)).min(1.0));
        };
        let count = self.lists.u32(place) as usize;
        for at in (place + 1..).take(count.min(self.lists.count(4))) {
            let posting = self.lists.u32(at);
            one(posting, columns.prominence(Row(posting >> CODE_BITS)));
        }
    }

    /// The places of a value; where `plain`, those of the first grade that bear the name letter for letter.
    #[inline]
    fn hits(&self, columns: &Columns, value: u64, plain: bool) -> Vec<Hit> {
        let count = list(value).map_or(1, |at| self.lists.u32(at) as usize);
        let mut hits = Vec::with_capacity(count.min(self.lists.count(4) + 1));
        self.each(columns, value, 1.0, |hit, code| {
            let grade = if plain && code & PLAIN != 0 { Grade::Exact } else { hit.grade };
            hits.push(Hit { grade, ..hit });
        });
        hits
    }
}

/// Where the list of a value begins; `None` where it holds a posting.
#[inline]
fn list(value: u64) -> Option<usize> {
    (value & 1 == 0).then_some(((value & ((1 << BELOW_RANK) - 1)) >> 1) as usize)
}

/// The best offer under a name of this value.
#[inline]
fn offer(value: u64) -> f32 {
    1.0 - (value >> BELOW_RANK) as f32 / f32::from(u16::MAX)
}

/// A hit that waits for its turn, best first.
struct Offer(Hit);

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Offer {}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.score.total_cmp(&other.0.score).then(other.0.row.cmp(&self.0.row))
    }
}

/// Marks the hits whose shown name is spelt as `name` is, unless they are marked already, and puts them before others
/// of their rank: “St. Louis” is in Missouri, “Saint-Louis” in Senegal.
pub(super) fn prefer_spelling<'n>(name: &str, plain: bool, hits: &mut [Hit], shown: impl Fn(Row) -> &'n str) {
    const OTHER_SPELLING: f32 = 0.88;
    for hit in hits.iter_mut().filter(|hit| !plain && hit.name == NameKind::Primary) {
        if same_letters(shown(hit.row), name) {
            hit.grade = Grade::Exact;
        }
    }
    let others = |hit: &Hit| hit.name == NameKind::Primary && hit.grade != Grade::Exact;
    if hits.iter().any(|hit| hit.grade == Grade::Exact) && hits.iter().any(others) {
        hits.iter_mut().filter(|hit| others(hit)).for_each(|hit| hit.score *= OTHER_SPELLING);
        sort(hits);
    }
}

/// Whether two names are the same but for case.
fn same_letters(a: &str, b: &str) -> bool {
    if a.is_ascii() || b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether two folded names differ in at most a third of their letters, articles and spaces aside.
fn alike(a: &str, b: &str) -> bool {
    let letters = |name: &str| -> Vec<u8> {
        name.split(' ').filter(|word| *word != "al").flat_map(str::bytes).collect()
    };
    let (a, b) = (letters(a), letters(b));
    distance(&a, &b) * 3 <= a.len().max(b.len())
}

/// Levenshtein's distance.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let change = diagonal + usize::from(letter != other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

pub(super) fn sort(hits: &mut [Hit]) {
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
}
