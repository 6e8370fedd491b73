//! What a sample tells of a collection, in words that a person understands and can pass on.

use crate::app::words;
use crate::explore::{Accuracy, Judged};

/// What was drawn, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Mentions that were drawn.
    pub drawn: usize,
    /// Of how many.
    pub of: usize,
    /// Whether those were what a filter left.
    pub filtered: bool,
    /// What the draw hung on.
    pub seed: u64,
}

/// The sentence that says it: "Of 100 drawn, 91 were right: between 84 % and 95 % of this collection's places are."
pub fn sentence(judged: &Judged, frame: Frame) -> String {
    let Accuracy { right, of } = judged.all;
    if of == 0 {
        return "Nothing was judged yet.".to_owned();
    }
    let were = if right == 1 { "was" } else { "were" };
    let (of_words, right) = (words::number(of as u64), words::number(right as u64));
    if is_whole(judged, frame) {
        let whole = if frame.filtered { "all that the filter leaves" } else { "all there are" };
        return format!("Of {of_words}, which is {whole}, {right} {were} right.");
    }
    let drawn = if judged.left == 0 { "drawn" } else { "judged so far" };
    let (low, high) = between(judged.all);
    let whose = if frame.filtered { "the places that the filter leaves" } else { "this collection's places" };
    format!("Of {of_words} {drawn}, {right} {were} right: between {low} and {high} of {whose} are.")
}

/// The share that was right: "91 %".
pub fn share(accuracy: Accuracy) -> String {
    accuracy.share().map_or_else(|| "–".to_owned(), percent)
}

/// Between which shares the true one lies: "84 %", "95 %".
pub fn between(accuracy: Accuracy) -> (String, String) {
    let (low, high) = accuracy.interval();
    (percent(low), percent(high))
}

/// A share in whole parts of a hundred; one that is not quite all of them does not become it, nor none.
fn percent(share: f64) -> String {
    let hundredths = share * 100.0;
    let rounded = match hundredths.round() {
        100.0 if share < 0.9995 => 99.0,
        0.0 if share > 0.0005 => 1.0,
        rounded => rounded,
    };
    format!("{rounded:.0} %")
}

/// Whether all there is was judged, so that there is nothing to reckon with.
pub fn is_whole(judged: &Judged, frame: Frame) -> bool {
    judged.all.of == frame.of
}

/// How it was found out, for whoever is passed it on.
pub fn method(frame: Frame, judged: &Judged) -> String {
    let Frame { drawn, of, filtered, seed } = frame;
    let of = words::count(of, "mention", "mentions");
    let from = if filtered { " that the filter left" } else { "" };
    let mut told = format!(
        "{} drawn at random from {of}{from} with a place that nobody had decided, with seed {seed}.",
        words::number(drawn as u64)
    );
    if !is_whole(judged, frame) {
        told.push_str(" Of 95 in 100 such samples the true share lies in the interval (Wilson).");
    }
    if judged.followed > 0 {
        let followed = words::count(judged.followed, "was", "were");
        told.push_str(&format!(
            " {followed} wrong when drawn, and had been put right by your other answers."
        ));
    }
    if judged.lost > 0 {
        let gone = words::count(judged.lost, "mention that was drawn is", "mentions that were drawn are");
        told.push_str(&format!(" {gone} no more."));
    }
    told
}

/// All of it as text, to be pasted elsewhere.
pub fn text(judged: &Judged, frame: Frame) -> String {
    let mut lines = vec![sentence(judged, frame)];
    for (kind, accuracy) in kinds(judged) {
        let (low, high) = between(*accuracy);
        let counts = format!("{} of {}", accuracy.right, accuracy.of);
        lines.push(format!(
            "{}: {counts} right, {} (between {low} and {high})",
            words::kind(*kind),
            share(*accuracy)
        ));
    }
    lines.push(method(frame, judged));
    lines.join("\n")
}

/// What is told by kind: nothing where all are of one.
pub fn kinds(judged: &Judged) -> &[(crate::model::Kind, Accuracy)] {
    match judged.kinds.as_slice() {
        [(_, only)] if *only == judged.all => &[],
        kinds => kinds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    const FRAME: Frame = Frame { drawn: 100, of: 12_034, filtered: false, seed: 7 };

    fn judged(right: usize, of: usize, left: usize) -> Judged {
        Judged { all: Accuracy { right, of }, left, ..Judged::default() }
    }

    #[test]
    fn a_figure_is_told_in_a_sentence() {
        let check =
            |judged: Judged, frame: Frame, expected: &str| assert_eq!(sentence(&judged, frame), expected);
        check(
            judged(91, 100, 0),
            FRAME,
            "Of 100 drawn, 91 were right: between 84 % and 95 % of this collection's places are.",
        );
        check(
            judged(1, 1, 99),
            FRAME,
            "Of 1 judged so far, 1 was right: between 21 % and 100 % of this collection's places are.",
        );
        check(
            judged(37, 41, 9),
            Frame { filtered: true, ..FRAME },
            "Of 41 judged so far, 37 were right: between 77 % and 96 % of the places that the filter leaves are.",
        );
        check(judged(0, 0, 100), FRAME, "Nothing was judged yet.");
        check(
            judged(37, 40, 0),
            Frame { drawn: 40, of: 40, ..FRAME },
            "Of 40, which is all there are, 37 were right.",
        );
    }

    #[test]
    fn not_quite_all_is_not_all() {
        let check = |share, expected: &str| assert_eq!(percent(share), expected);
        check(1.0, "100 %");
        check(0.997, "99 %");
        check(0.0, "0 %");
        check(0.002, "1 %");
        check(0.836, "84 %");
    }

    #[test]
    fn what_is_copied_says_how_it_was_found_out() {
        let mut judged = judged(91, 100, 0);
        judged.kinds = vec![
            (Kind::Name, Accuracy { right: 71, of: 75 }),
            (Kind::Demonym, Accuracy { right: 20, of: 25 }),
        ];
        (judged.lost, judged.followed) = (1, 2);
        let text = text(&judged, FRAME);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[2], "Peoples and adjectives: 20 of 25 right, 80 % (between 61 % and 91 %)");
        assert!(lines[3].contains("from 12\u{2009}034 mentions") && lines[3].contains("seed 7"));
        assert!(lines[3].contains("2 were wrong when drawn, and had been put right by your other answers."));
        assert!(lines[3].ends_with("1 mention that was drawn is no more."));
        judged.kinds = vec![(Kind::Name, judged.all)];
        assert!(kinds(&judged).is_empty(), "said already");
    }
}
