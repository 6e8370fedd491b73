//! Whether a mention is of the place itself or of its government, team or people.
//! "Talks in Cairo" is literal; "Cairo has insisted" and "Egyptian President" are associative. The classes are those
//! of Gritta, Pilehvar and Collier, "A pragmatic guide to geoparsing evaluation" (2019): what is or happens at a
//! place, a facility among others, is literal, and so is what is said of state and place alike ("Hawaii's economy").
//!
//! Without a parser, `phrase` finds the words that play a part for the name; `classes` says what sort of words they
//! are; `evidence` lists each with its circumstances; `weights` sums them, as a regularised logistic regression
//! has learnt them. Then names take counsel: the same name elsewhere in the article, and the others of its row.

pub(crate) mod classes;
pub(crate) mod evidence;
pub(crate) mod phrase;
#[cfg(test)]
mod tests;
mod weights;

use std::collections::HashMap;

use super::recognize::Toponym;
use super::tokens::Text;
use super::words::{DEALINGS, LOCATIVES, PLACE_NOUNS, TO_PARTIES};
use crate::gazetteer::Gazetteer;
use crate::model::{Kind, Sense};
use evidence::{Clue, Seen};
use phrase::NONE;

/// How much the same name elsewhere in the article counts, against what is around the name itself.
pub(crate) const SAME_NAME: f64 = 0.9;

/// The sense of every mention, in order.
pub(crate) fn senses(text: &Text<'_>, gazetteer: &Gazetteer, toponyms: &[Toponym]) -> Vec<Sense> {
    senses_with(&|clues| f64::from(weights::score(clues)), text, gazetteer, toponyms)
}

/// The sense of every mention, by what `score` makes of its clues: above 0 for the literal one.
pub(crate) fn senses_with(
    score: &dyn Fn(&[Clue]) -> f64,
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
) -> Vec<Sense> {
    let rows = joined_groups(text, toponyms);
    let covered = covered(text, toponyms);
    let seen: Vec<Seen<'_>> =
        toponyms.iter().zip(&rows).map(|(this, &row)| see(text, gazetteer, this, row)).collect();
    let alone: Vec<f64> = seen.iter().map(|seen| score(&seen.clues(&covered))).collect();
    let scores = counsel(toponyms, &rows, &alone);
    let sense = |(seen, score): (&Seen<'_>, f64)| {
        let place = seen.this.dateline || seen.this.kind == Kind::Coordinate;
        // "Urged the White House to act", "waited outside the White House": seats of government are too rare
        // in annotated text to be learnt.
        let literal = match is_seat(seen) {
            true => {
                let governor = seen.phrase.governor();
                let source = text.folded(governor.wrapping_sub(1)) == "according";
                !source && (seen.placed() || LOCATIVES.has(text.folded(governor)))
            }
            false => score >= 0.0 && !seen.is_of_acting_states(),
        };
        if place || literal { Sense::Literal } else { Sense::Associative }
    };
    seen.iter().zip(scores).map(sense).collect()
}

/// Whether the name stands for a government: it acts, or others deal with it.
pub(crate) fn governs(text: &Text<'_>, gazetteer: &Gazetteer, this: &Toponym) -> bool {
    if this.kind != Kind::Name {
        return false;
    }
    let seen = see(text, gazetteer, this, (this.first, this.end));
    let governor = seen.phrase.governor();
    let word = text.folded(governor);
    let attached = governor.checked_sub(1).filter(|_| governor != NONE).map_or("", |i| text.folded(i));
    let to_party =
        TO_PARTIES.has(attached) && matches!(word, "to" | "with" | "between" | "from" | "against" | "for");
    let placed = seen.placed() || LOCATIVES.has(word) || word == "of" && PLACE_NOUNS.has(attached);
    to_party || word == "between" || !placed && (DEALINGS.has(word) || seen.acts())
}

/// For each token, whether it is of a mention.
pub(crate) fn covered(text: &Text<'_>, toponyms: &[Toponym]) -> Vec<bool> {
    let mut covered = vec![false; text.tokens.len()];
    for toponym in toponyms {
        if let Some(tokens) = covered.get_mut(toponym.first..toponym.end) {
            tokens.fill(true);
        }
    }
    covered
}

/// What is seen of a mention that stands in a row of names.
pub(crate) fn see<'a>(
    text: &'a Text<'a>,
    gazetteer: &'a Gazetteer,
    this: &'a Toponym,
    row: (usize, usize),
) -> Seen<'a> {
    let (first, end) = row;
    let phrase = phrase::read(text, this, first, end);
    Seen { text, gazetteer, this, phrase, row: row != (this.first, this.end) }
}

/// Whether it is where a government sits.
fn is_seat(seen: &Seen<'_>) -> bool {
    let code = seen.this.hits.first().map_or("", |best| seen.gazetteer.feature(best.row).1);
    matches!(code, "GOVL" | "PAL" | "ADMF")
}

/// The scores after each mention has heard its like: the others of the same name in the article, then those that
/// "and" joins to it, which share one score.
pub(crate) fn counsel(toponyms: &[Toponym], rows: &[(usize, usize)], alone: &[f64]) -> Vec<f64> {
    let mut names: HashMap<&str, (f64, usize)> = HashMap::new();
    for (toponym, score) in toponyms.iter().zip(alone) {
        let (sum, count) = names.entry(toponym.name.as_str()).or_default();
        *sum += score.tanh();
        *count += 1;
    }
    let heard = |(toponym, score): (&Toponym, &f64)| {
        let (sum, count) = names.get(toponym.name.as_str()).copied().unwrap_or((0.0, 1));
        score + SAME_NAME * (sum - score.tanh()) / count as f64
    };
    let mut scores: Vec<f64> = toponyms.iter().zip(alone).map(heard).collect();
    let mut from = 0;
    while from < scores.len() {
        let to = from + rows[from..].iter().take_while(|&&row| row == rows[from]).count();
        let mean = scores[from..to].iter().sum::<f64>() / (to - from) as f64;
        scores[from..to].fill(mean);
        from = to;
    }
    scores
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
    // "The United States and some European states": a noun beside an adjective of its own.
    let apart = before.kind != next.kind && between.clone().any(|i| matches!(text.folded(i), "the" | "some"));
    (same && joins && !apart).then(|| between.any(|i| is_and(i) || text.str(i) == "&"))
}
