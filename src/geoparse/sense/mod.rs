//! Whether a mention is of the place itself or of its government, team or people.
//! "talks in Cairo" is literal; "Cairo has insisted" and "Egyptian President" are associative. Names that
//! "and" joins are judged together: "the United States and some European states have accused".

pub(crate) mod cues;
pub(crate) mod weights;

use super::recognize::Toponym;
use super::tokens::Text;
use crate::gazetteer::Gazetteer;
use crate::model::{Kind, Sense};

/// The sense of every mention, in order.
pub(crate) fn senses(text: &Text<'_>, gazetteer: &Gazetteer, toponyms: &[Toponym]) -> Vec<Sense> {
    let groups = joined_groups(text, toponyms);
    let sense = |(this, &(first, end)): (&Toponym, &(usize, usize))| {
        if this.dateline || this.kind == Kind::Coordinate {
            return Sense::Literal;
        }
        if this.kind == Kind::Embedded {
            return Sense::Associative;
        }
        let cues = cues::read(text, gazetteer, this, first, end);
        // "urged the White House to act": seats and capitals are too rare in annotated text to be learnt.
        if weights::chance(&cues) >= 0.5 && !cues.of_seat() { Sense::Literal } else { Sense::Associative }
    };
    toponyms.iter().zip(&groups).map(sense).collect()
}

/// Whether the name stands for a government: it acts, or others deal with it.
pub(crate) fn governs(text: &Text<'_>, gazetteer: &Gazetteer, this: &Toponym) -> bool {
    this.kind == Kind::Name && cues::read(text, gazetteer, this, this.first, this.end).of_party()
}

/// For each mention, the tokens of the row of names that it stands in: "Homs, Hama and Aleppo".
/// A row without "and" or "or" is none, since "In Cairo, Egypt said" names two.
pub(crate) fn joined_groups(text: &Text<'_>, toponyms: &[Toponym]) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = toponyms.iter().map(|t| (t.first, t.end)).collect();
    let mut from = 0;
    while from < toponyms.len() {
        let mut to = from;
        let mut conjunction = false;
        while let Some(joint) = toponyms.get(to + 1).and_then(|next| joint(text, &toponyms[to], next)) {
            conjunction |= joint;
            to += 1;
        }
        if conjunction {
            groups[from..=to].fill((toponyms[from].first, toponyms[to].end));
        }
        from = to + 1;
    }
    groups
}

/// Whether the words between two names join them, and then whether "and" or "or" is among them.
fn joint(text: &Text<'_>, before: &Toponym, next: &Toponym) -> Option<bool> {
    if before.end >= next.first || next.first - before.end > 3 {
        return None;
    }
    let same = text.tokens[before.first].sentence == text.tokens[next.first].sentence;
    let mut between = before.end..next.first;
    let is_and = |i: usize| matches!(text.folded(i), "and" | "or" | "nor");
    let joins = between
        .clone()
        .all(|i| is_and(i) || matches!(text.folded(i), "the" | "some") || matches!(text.str(i), "," | "&"));
    (same && joins).then(|| between.any(|i| is_and(i) || text.str(i) == "&"))
}
