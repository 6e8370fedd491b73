//! How many a sentence says died and were hurt.
//! Only plain counts: "dozens", and sums over several numbers, are left out.

use crate::events::telling::{DEAD, MEASURED, TOLL_ENDS, TOLL_LINKS, WOUNDED, numeral};
use crate::geoparse::tokens::{Form, Text};

/// How far from its number a word may stand: "15 suspected Islamist militants had been killed".
const AFTER: usize = 9;
const BEFORE: usize = 6;

/// The dead and the wounded that a sentence tells, the first number of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Toll {
    /// How many died.
    pub dead: Option<u32>,
    /// How many were hurt.
    pub wounded: Option<u32>,
}

impl Toll {
    /// Reads the numbers of a sentence.
    pub(super) fn read(text: &Text<'_>) -> Self {
        let mut toll = Self::default();
        let mut at = 0;
        while at < text.tokens.len() {
            let Some((number, end)) = count(text, at) else {
                at += 1;
                continue;
            };
            match fate(text, at, end) {
                Some(true) => toll.dead = toll.dead.or(Some(number)),
                Some(false) => toll.wounded = toll.wounded.or(Some(number)),
                None => {}
            }
            at = end;
        }
        toll
    }
}

/// The number of people that begins at a token, and where it ends: `224`, `1,200`, `fifteen`.
fn count(text: &Text<'_>, at: usize) -> Option<(u32, usize)> {
    let token = &text.tokens[at];
    let (number, end) = if token.form == Form::Number {
        let mut digits = token.folded.clone();
        let mut end = at + 1;
        while text.str(end) == ","
            && text.tokens.get(end + 1).is_some_and(|next| {
                next.form == Form::Number && !next.space && next.folded.len() == 3 && !text.tokens[end].space
            })
        {
            digits.push_str(text.folded(end + 1));
            end += 2;
        }
        let year = end == at + 1 && digits.len() == 4;
        (digits.parse().ok().filter(|_| !year)?, end)
    } else {
        (numeral(&token.folded)?, at + 1)
    };
    let next = text.str(end);
    let joined = matches!(next, "-" | "‐" | "‑" | "." | "%" | "/") && !text.tokens[end].space;
    let decimal = joined && next == "." && text.tokens.get(end + 1).is_none_or(|after| after.space);
    let money = at > 0 && matches!(text.str(at - 1), "$" | "€" | "£" | "#" | ".");
    (!(joined && !decimal || money || MEASURED.has(text.folded(end)))).then_some((number, end))
}

/// Whether those who are counted died (`true`) or were hurt.
fn fate(text: &Text<'_>, start: usize, end: usize) -> Option<bool> {
    let of = |i: usize| match text.folded(i) {
        word if DEAD.has(word) => Some(true),
        word if WOUNDED.has(word) => Some(false),
        _ => None,
    };
    for i in (start.saturating_sub(BEFORE)..start).rev() {
        if let Some(fate) = of(i) {
            return Some(fate);
        }
        if !TOLL_LINKS.has(text.folded(i)) {
            break;
        }
    }
    for i in end..(end + AFTER).min(text.tokens.len()) {
        if let Some(fate) = of(i) {
            return Some(fate);
        }
        let stops = text.tokens[i].form == Form::Number
            || matches!(text.str(i), "," | ";" | ":" | "." | "(")
            || TOLL_ENDS.has(text.folded(i));
        if stops {
            break;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dead_and_the_wounded_are_counted() {
        let check = |sentence: &str, dead: Option<u32>, wounded: Option<u32>| {
            assert_eq!(Toll::read(&Text::new(sentence, &[])), Toll { dead, wounded }, "{sentence}");
        };
        check("The blast killed at least 12 people and wounded 30 others.", Some(12), Some(30));
        check("Fifteen suspected rebels had been killed in the valley.", Some(15), None);
        check("The crash killed all 181 on board.", Some(181), None);
        check("Gunmen shot dead 17 farmers near the river.", Some(17), None);
        check("The death toll rose to 1,204, with 2,300 injured.", Some(1204), Some(2300));
        check("A 29-year-old man was killed in 2004.", None, None);
        check("Dozens were killed.", None, None);
        check("Twelve people died and 40 were hurt when the roof fell.", Some(12), Some(40));
        check("Prices rose 5 percent after the deaths.", None, None);
        check("Police arrested 12 men after the killing.", None, None);
    }
}
