//! Numbers of pages in the margin, at the line where each page begins, as scholarly editions have them.
//! They stand where lines end: on the other side stand the symbols of events.

use egui::{Align2, FontId, Galley, Id, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::Span;

use super::super::theme::size;
use super::super::words;
use super::layout::Typeset;
use super::sheet::{Sheet, pieces};

/// White between a line's end and the number, points.
const GAP: f32 = 5.0;

/// The bytes of a text at which pages begin; none where it has no pages.
pub(super) fn beginnings(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = memchr::memchr_iter(b'\x0c', text.as_bytes()).map(|end| end + 1).collect();
    // What ends the last page begins none.
    while starts.last().is_some_and(|&start| text.get(start..).is_some_and(|rest| rest.trim().is_empty())) {
        starts.pop();
    }
    if !starts.is_empty() || text.ends_with('\u{c}') {
        starts.insert(0, 0);
    }
    starts
}

impl Sheet<'_> {
    /// The numbers of the pages that begin in a paragraph, or just before it.
    pub(super) fn page_numbers(
        &self,
        ui: &Ui,
        set: &Typeset,
        galley: &Galley,
        index: usize,
        (at, rect): (Pos2, Rect),
    ) {
        let pages = &set.outline.pages;
        for number in set.outline.blocks[index].pages.clone() {
            let Some(&start) = pages.get(number) else { continue };
            let span = set.slots[index].paragraph.span;
            // Several pages may end without a word between; what is shown is the one that the words are on.
            let empty = pages.get(number + 1).is_some_and(|&next| next <= span.start);
            if empty {
                continue;
            }
            let first = span.of(&self.geoparsed.article.text).get(start.saturating_sub(span.start)..);
            let first =
                first.and_then(|rest| rest.char_indices().find(|(_, letter)| !letter.is_whitespace()));
            let begins = start.max(span.start) + first.map_or(0, |(before, _)| before);
            let letter = first.map_or(0, |(_, letter)| letter.len_utf8());
            let line = pieces(set, galley, index, Span::new(begins, begins + letter), at);
            let y = line.first().map_or(rect.top() + size::BODY, |piece| piece.rect.center().y);
            let leftward = set.leftward(index);
            let (x, align) = match leftward {
                true => (rect.left() - GAP, Align2::RIGHT_CENTER),
                false => (rect.right() + GAP, Align2::LEFT_CENTER),
            };
            let text = words::number(number as u64 + 1);
            let font = FontId::proportional(size::SMALL);
            let galley = ui.painter().layout_no_wrap(text, font, self.tokens.quiet);
            let room = align.anchor_size(pos2(x, y), galley.size());
            ui.painter().galley(room.min, galley, self.tokens.quiet);
            let id = Id::unique(("reader page", set.key.article, number));
            let told =
                format!("Page {} of {}", words::number(number as u64 + 1), words::number(pages.len() as u64));
            let response = ui.interact(room.expand2(vec2(2.0, 2.0)), id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
            response.on_hover_text(told);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_begin_behind_form_feeds() {
        let check = |text: &str, expected: &[usize]| assert_eq!(beginnings(text), expected, "{text:?}");
        check("", &[]);
        check("No pages.", &[]);
        check("One.\u{c}", &[0]);
        check("One.\n\n\u{c}Two.\u{c}", &[0, 7]);
        check("One\u{c}\u{c}three", &[0, 4, 5]);
    }
}
