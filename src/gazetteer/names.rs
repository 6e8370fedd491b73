//! From folded names to places: finite-state maps over the bytes of the file.
//! A name of one place holds that place itself; a name of several holds where their list begins.

use fst::raw::{Fst, Node, Output};
use fst::{IntoStreamer, Streamer};

use super::columns::Columns;
use super::file::{Section, Sections};
use super::{GazetteerError, Grade, Hit, NameKind, Row, fold, fold_loose};

/// Weight of a loose match beside a folded one.
const LOOSE_WEIGHT: f32 = 0.5;
/// Weight of a place offered by another name than the one it is shown by.
const BY_ANOTHER_NAME: f32 = 0.7;
/// Places that are offered for one or two letters.
const FAMOUS: usize = 4_000;

pub(super) struct Names {
    folded: Option<Fst<Section>>,
    loose: Option<Fst<Section>>,
    lists: Section,
}

/// A kind of name with whether it is the usual name of its place, in the three low bits of a posting.
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

fn kind_of(code: u32) -> NameKind {
    match (code & 7) / 2 {
        0 => NameKind::Primary,
        1 => NameKind::Alternate,
        2 => NameKind::Demonym,
        _ => NameKind::Abbreviation,
    }
}

impl Names {
    pub(super) fn open(sections: &Sections) -> Result<Self, GazetteerError> {
        let fst = |name: &[u8; 4]| {
            let section = sections.section(name);
            if section.as_ref().is_empty() {
                return Ok(None);
            }
            Fst::new(section)
                .map(Some)
                .map_err(|error| GazetteerError::Format(format!("its names cannot be read ({error})")))
        };
        Ok(Self { folded: fst(b"fst ")?, loose: fst(b"fstl")?, lists: sections.section(b"list") })
    }

    pub(super) fn exact(&self, columns: &Columns, folded: &str) -> Vec<Hit> {
        let found = self.folded.as_ref().and_then(|fst| fst.get(folded));
        found.map_or(Vec::new(), |value| self.hits(columns, value.value(), Grade::Folded))
    }

    pub(super) fn loose(&self, columns: &Columns, folded: &str) -> Vec<Hit> {
        let key = fold_loose(folded);
        let found = self.loose.as_ref().filter(|_| !key.is_empty()).and_then(|fst| fst.get(&key));
        let mut hits = found.map_or(Vec::new(), |value| self.hits(columns, value.value(), Grade::Loose));
        // Consonants alone make Pulandian of Harwinton.
        hits.retain(|hit| alike(folded, &fold(columns.name(hit.row))));
        hits
    }

    pub(super) fn at(&self, columns: &Columns, words: &[&str]) -> Vec<(usize, Vec<Hit>)> {
        let Some(fst) = &self.folded else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let (mut node, mut output) = (fst.root(), Output::zero());
        let mut begun = false;
        for (number, word) in words.iter().enumerate() {
            if word.is_empty() {
                if !begun {
                    break;
                }
                continue;
            }
            let space: &[u8] = if begun { b" " } else { b"" };
            begun = true;
            let Some((next, sum)) = walk(fst, node, output, space.iter().chain(word.as_bytes())) else {
                break;
            };
            (node, output) = (next, sum);
            if node.is_final() {
                let value = output.cat(node.final_output()).value();
                found.push((number + 1, self.hits(columns, value, Grade::Folded)));
            }
        }
        found
    }

    pub(super) fn prefix(&self, columns: &Columns, prefix: &str, limit: usize) -> Vec<Hit> {
        let mut hits = self.exact(columns, prefix);
        // Too many names begin with two letters, but the best known of their places come early.
        if prefix.chars().count() < 3 {
            let begins = |row: &Row| fold(columns.name(*row)).starts_with(prefix);
            let rows = (0..columns.len().min(FAMOUS) as u32).map(Row).filter(begins).take(limit);
            hits.extend(rows.map(|row| Hit {
                row,
                name: NameKind::Primary,
                grade: Grade::Folded,
                score: columns.prominence(row),
            }));
        } else if let Some(fst) = &self.folded {
            let end = format!("{prefix}\u{10ffff}");
            let mut stream = fst.range().ge(prefix).lt(end).into_stream();
            while let Some((_, value)) = stream.next() {
                self.each(columns, value.value(), Grade::Folded, |mut hit| {
                    // “mosc” begins Moscow before it begins the Moscow Kremlin, which is called the Kremlin.
                    if hit.name != NameKind::Primary {
                        hit.score *= BY_ANOTHER_NAME;
                    }
                    hits.push(hit);
                });
            }
        }
        sort(&mut hits);
        let mut rows = std::collections::HashSet::new();
        hits.retain(|hit| rows.insert(hit.row));
        hits.truncate(limit);
        hits
    }

    /// The places behind a value, best first.
    fn hits(&self, columns: &Columns, value: u64, grade: Grade) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.each(columns, value, grade, |hit| hits.push(hit));
        hits
    }

    fn each(&self, columns: &Columns, value: u64, grade: Grade, mut take: impl FnMut(Hit)) {
        let mut one = |posting: u32| {
            let row = Row(posting >> 3);
            if (row.0 as usize) < columns.len() {
                let weight = name_weight(posting) * if grade == Grade::Loose { LOOSE_WEIGHT } else { 1.0 };
                take(Hit { row, name: kind_of(posting), grade, score: columns.prominence(row) * weight });
            }
        };
        if value & 1 == 1 {
            one((value >> 1) as u32);
            return;
        }
        let start = (value >> 1) as usize;
        let count = self.lists.u32(start) as usize;
        for at in (start + 1..).take(count.min(self.lists.count(4))) {
            one(self.lists.u32(at));
        }
    }
}

/// Marks the hits whose shown name is spelt as `name` is, and puts them before others of their rank: “St. Louis”
/// is in Missouri, “Saint-Louis” in Senegal.
pub(super) fn prefer_spelling(columns: &Columns, name: &str, hits: &mut [Hit]) {
    const OTHER_SPELLING: f32 = 0.88;
    let lower = name.to_lowercase();
    for hit in hits.iter_mut().filter(|hit| hit.name == NameKind::Primary) {
        if columns.name(hit.row).to_lowercase() == lower {
            hit.grade = Grade::Exact;
        }
    }
    if hits.iter().any(|hit| hit.grade == Grade::Exact) {
        for hit in hits.iter_mut().filter(|hit| hit.name == NameKind::Primary && hit.grade != Grade::Exact) {
            hit.score *= OTHER_SPELLING;
        }
        sort(hits);
    }
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

fn sort(hits: &mut [Hit]) {
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
}

/// Follows the bytes from a node; `None` where no name goes on that way.
fn walk<'f, 'b>(
    fst: &'f Fst<Section>,
    mut node: Node<'f>,
    mut output: Output,
    bytes: impl Iterator<Item = &'b u8>,
) -> Option<(Node<'f>, Output)> {
    for &byte in bytes {
        let transition = node.transition(node.find_input(byte)?);
        output = output.cat(transition.out);
        node = fst.node(transition.addr);
    }
    Some((node, output))
}
