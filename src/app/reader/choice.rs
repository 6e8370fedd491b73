//! Words of the article that somebody has chosen with the mouse, to copy or to quote.
//! egui's own selection of labels forgets its end once that is scrolled out of sight, and takes every line
//! to run from left to right; this one knows bytes of the text.

use std::ops::Range;

use egui::{Event, Pos2, Response, Ui};
use unicode_segmentation::UnicodeSegmentation;

use crate::model::Span;

use super::layout::Typeset;

/// Longest name, bytes.
const LONGEST: usize = 200;

/// A place in the article as it is shown: a headline may lead that stands elsewhere in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub paragraph: usize,
    pub byte: usize,
}

/// How much is chosen at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    Letter,
    Word,
    Paragraph,
}

/// What is chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    /// What the first press chose.
    anchor: (At, At),
    head: (At, At),
    grain: Grain,
    /// Whether the mouse is still held.
    pub held: bool,
}

impl Choice {
    fn ends(&self) -> (At, At) {
        (self.anchor.0.min(self.head.0), self.anchor.1.max(self.head.1))
    }

    /// What is chosen of a paragraph.
    pub(super) fn within(&self, set: &Typeset, index: usize) -> Option<Span> {
        let (from, to) = self.ends();
        if index < from.paragraph || to.paragraph < index {
            return None;
        }
        let span = set.slots.get(index)?.paragraph.span;
        let start = if index == from.paragraph { from.byte } else { span.start };
        let end = if index == to.paragraph { to.byte } else { span.end };
        (start < end).then_some(Span::new(start, end))
    }

    /// The byte of the text where it begins.
    pub(super) fn start(&self, set: &Typeset) -> Option<usize> {
        self.within(set, self.ends().0.paragraph).map(|span| span.start)
    }

    /// What is chosen where it may be a name: a few words of one paragraph, without what stands around them.
    pub(super) fn words(&self, set: &Typeset) -> Option<Span> {
        let (from, to) = self.ends();
        let span = self.within(set, from.paragraph).filter(|_| from.paragraph == to.paragraph)?;
        let words = trimmed(span, span.of(&set.key.geoparsed.article.text));
        (!words.is_empty() && words.len() <= LONGEST).then_some(words)
    }

    /// What is chosen, as plain text: paragraphs apart, lines joined, menus that are folded away left out.
    pub(super) fn text(&self, set: &Typeset) -> String {
        let (from, to) = self.ends();
        let mut text = String::new();
        for index in from.paragraph..=to.paragraph {
            let Some((span, slot)) = self.within(set, index).zip(set.slots.get(index)) else { continue };
            if slot.hidden {
                continue;
            }
            if !text.is_empty() && !slot.paragraph.joined {
                text.push_str("\n\n");
            }
            let lines = span.of(&set.key.geoparsed.article.text).split(['\n', '\r']).map(str::trim_end);
            let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
            text.push_str(&lines.join(" "));
        }
        text
    }

    /// Goes on to where the mouse is held.
    pub(super) fn extend(&mut self, set: &Typeset, at: At) {
        self.head = around(set, at, self.grain);
    }
}

/// Takes the mouse's word about a paragraph whose corner is at `corner`.
pub(super) fn press(
    ui: &Ui,
    response: &Response,
    set: &Typeset,
    index: usize,
    corner: Pos2,
    choice: &mut Option<Choice>,
) {
    let clicks =
        (response.clicked(), response.double_clicked(), response.triple_clicked(), response.drag_started());
    let grain = match clicks {
        (_, _, true, _) => Grain::Paragraph,
        (_, true, _, _) => Grain::Word,
        (_, _, _, true) => Grain::Letter,
        (true, ..) => {
            let shift = ui.input(|input| input.modifiers.shift);
            let at = response.interact_pointer_pos().and_then(|at| place(ui, set, index, corner, at));
            match (choice.as_mut().filter(|_| shift), at) {
                (Some(choice), Some(at)) => choice.extend(set, at),
                _ => *choice = None,
            }
            return;
        }
        _ => return,
    };
    let origin = ui.input(|input| input.pointer.press_origin()).or(response.interact_pointer_pos());
    if let Some(at) = origin.and_then(|at| place(ui, set, index, corner, at)) {
        let chosen = around(set, at, grain);
        *choice = Some(Choice { anchor: chosen, head: chosen, grain, held: clicks.3 });
    }
}

/// The place in a paragraph that is nearest to a point on the screen.
pub(super) fn place(ui: &Ui, set: &Typeset, index: usize, corner: Pos2, at: Pos2) -> Option<At> {
    let galley = set.galley(ui, index)?;
    let byte = set.byte_at(&galley, index, (at - corner).to_pos2())?;
    Some(At { paragraph: index, byte })
}

/// Whether somebody asks for a copy, and not of what stands in a text field.
pub(super) fn copies(ui: &Ui) -> bool {
    !ui.ctx().text_edit_focused()
        && ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy | Event::Cut)))
}

fn around(set: &Typeset, at: At, grain: Grain) -> (At, At) {
    let span = set.slots.get(at.paragraph).map_or(Span::default(), |slot| slot.paragraph.span);
    let range = match grain {
        Grain::Letter => at.byte..at.byte,
        Grain::Paragraph => span.start..span.end,
        Grain::Word => {
            let word = word(span.of(&set.key.geoparsed.article.text), at.byte - span.start);
            span.start + word.start..span.start + word.end
        }
    };
    (At { byte: range.start, ..at }, At { byte: range.end, ..at })
}

/// Words without white space and stops around them.
fn trimmed(span: Span, text: &str) -> Span {
    let outer = |c: char| c.is_whitespace() || ",;:!?.“”\"«»()[]…".contains(c);
    let start = span.start + text.len() - text.trim_start_matches(outer).len();
    let end = span.start + text.trim_end_matches(outer).len();
    Span::new(start, end.max(start))
}

/// The word in which a byte of a text stands.
fn word(text: &str, at: usize) -> Range<usize> {
    let words = text.split_word_bound_indices().map(|(start, word)| start..start + word.len());
    let holds = |word: &Range<usize>| word.contains(&at) || word.end == text.len();
    words.into_iter().find(holds).unwrap_or(at..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_alone() {
        let check = |text: &str, expected: &str| {
            let words = trimmed(Span::new(0, text.len()), text);
            assert_eq!(words.of(text), expected);
        };
        check(" Gaza Strip, ", "Gaza Strip");
        check("“the Strip”.", "the Strip");
        check("St. Louis", "St. Louis");
        check(" … ", "");
    }

    #[test]
    fn words_are_whole() {
        let check = |text: &str, at: usize, expected: &str| assert_eq!(&text[word(text, at)], expected);
        check("Rain in Derna.", 9, "Derna");
        check("Rain in Derna.", 4, " ");
        check("في القاهرة", 8, "القاهرة");
        check("Derna", 5, "Derna");
        check("", 0, "");
    }
}
