//! An article set in type: heights of paragraphs, and which of them show.
//! Paragraphs out of sight are known by an estimated height until they are laid out, so that an
//! article of ten megabytes opens as fast as one of ten lines.

use std::ops::Range;
use std::sync::Arc;

use egui::{Galley, Ui};

use crate::explore::{Paragraph, ParagraphRole, found};
use crate::model::{Geoparsed, Span};

use super::super::theme::{self, Tokens, space};
use super::missing::Missing;
use super::outline::Outline;
use super::paragraph::{self, Piece, Set};

/// Height of the line that shows or hides a fold, points.
pub(super) const FOLD: f32 = space::ROW;

/// What a layout depends on; another value, another layout.
#[derive(Clone, Debug)]
pub(super) struct LayoutKey {
    pub article: usize,
    /// Kept, so that no other article can come to lie at its address.
    pub geoparsed: Arc<Geoparsed>,
    pub width: f32,
    pub type_size: f32,
    pub dark: bool,
    pub pixels_per_point: f32,
}

impl PartialEq for LayoutKey {
    fn eq(&self, other: &Self) -> bool {
        let sizes = |key: &Self| (key.article, key.width, key.type_size, key.dark, key.pixels_per_point);
        Arc::ptr_eq(&self.geoparsed, &other.geoparsed) && sizes(self) == sizes(other)
    }
}

/// A paragraph in its place.
pub(super) struct Slot {
    pub paragraph: Paragraph,
    set: Option<Set>,
    /// From the top of the text, points; follows from the heights above.
    pub top: f32,
    /// Without the gap below it.
    pub height: f32,
    /// Whether it is folded away.
    pub hidden: bool,
    /// Where the words of the search stand in it, once looked for.
    found: Option<Vec<Span>>,
}

/// An article set in type.
pub(super) struct Typeset {
    pub key: LayoutKey,
    pub outline: Arc<Outline>,
    pub slots: Vec<Slot>,
    /// Which folds are open.
    pub open: Vec<bool>,
    tokens: Tokens,
    /// The search whose words are marked.
    query: String,
    /// What there is no font for.
    pub missing: Missing,
    /// Height of everything, points.
    pub height: f32,
}

impl Typeset {
    pub(super) fn new(key: LayoutKey, outline: Arc<Outline>, open: Vec<bool>, tokens: &Tokens) -> Self {
        let slot = |paragraph: Paragraph| Slot {
            paragraph,
            set: None,
            top: 0.0,
            height: estimate(paragraph, outline.density, &key),
            hidden: false,
            found: None,
        };
        let slots = outline.blocks.iter().map(|block| slot(block.paragraph)).collect();
        let mut open = open;
        open.resize(outline.folds.len(), false);
        let (query, missing) = (String::new(), Missing::default());
        let mut typeset =
            Self { key, outline, slots, open, tokens: tokens.clone(), query, missing, height: 0.0 };
        typeset.stack();
        typeset
    }

    /// Shows or hides a fold.
    pub(super) fn set_open(&mut self, fold: usize, open: bool) {
        if let Some(state) = self.open.get_mut(fold) {
            *state = open;
            self.stack();
        }
    }

    /// Marks the words of a search from now on.
    pub(super) fn mark(&mut self, query: &str) {
        if self.query != query {
            query.clone_into(&mut self.query);
            self.slots.iter_mut().for_each(|slot| slot.found = None);
        }
    }

    /// Where the words of the search stand in a paragraph.
    pub(super) fn found(&mut self, index: usize) -> &[Span] {
        let Some(slot) = self.slots.get_mut(index) else { return &[] };
        let span = slot.paragraph.span;
        let text = span.of(&self.key.geoparsed.article.text);
        slot.found.get_or_insert_with(|| {
            let spans = found(&self.query, text).into_iter();
            spans.map(|word| Span::new(word.start + span.start, word.end + span.start)).collect()
        })
    }

    /// Works the tops out from the heights.
    fn stack(&mut self) {
        let mut top = 0.0;
        let mut before: Option<ParagraphRole> = None;
        for (slot, block) in self.slots.iter_mut().zip(&self.outline.blocks) {
            let role = slot.paragraph.role;
            let open = block.fold.is_none_or(|fold| self.open[fold]);
            let begins = block.fold.is_some() && before != Some(ParagraphRole::Boilerplate);
            if let Some(before) = before.filter(|_| !slot.paragraph.joined && (open || begins)) {
                top += gap(before, role, self.key.type_size);
            }
            if begins {
                top += FOLD;
            }
            slot.top = top;
            slot.hidden = !open;
            if open {
                top += slot.height;
            }
            before = Some(role);
        }
        self.height = top;
    }

    /// The paragraphs that show between two heights.
    pub(super) fn between(&self, top: f32, bottom: f32) -> Range<usize> {
        let foot = |slot: &Slot| slot.top + if slot.hidden { 0.0 } else { slot.height };
        let first = self.slots.partition_point(|slot| foot(slot) < top);
        let last = self.slots.partition_point(|slot| slot.top - FOLD <= bottom);
        first..last.max(first)
    }

    /// Lays out the paragraphs between two heights; answers how far the text above `top` moved down.
    pub(super) fn settle(&mut self, ui: &Ui, top: f32, bottom: f32) -> f32 {
        let mut moved = 0.0;
        for _ in 0..4 {
            let range = self.between(top + moved, bottom + moved);
            let mut changed = false;
            for index in range {
                if self.slots[index].set.is_none() && !self.slots[index].hidden {
                    changed = true;
                    moved += self.measure(ui, index, top + moved);
                }
            }
            if !changed {
                break;
            }
            self.stack();
        }
        moved
    }

    /// Lays out one paragraph; answers by how much it grew where it lies above `top`.
    fn measure(&mut self, ui: &Ui, index: usize, top: f32) -> f32 {
        let article = &self.key.geoparsed.article;
        let slot = &mut self.slots[index];
        let text = slot.paragraph.span.of(&article.text);
        self.missing.look(ui, text, &theme::serif(self.key.type_size));
        let set = Set::new(ui, article, slot.paragraph, &self.key, &self.tokens);
        let high = set.galley(ui).size().y;
        let grown = high - slot.height;
        slot.height = high;
        slot.set = Some(set);
        if slot.top + slot.height < top { grown } else { 0.0 }
    }

    /// A paragraph as it is drawn, where it has been laid out.
    pub(super) fn galley(&self, ui: &Ui, index: usize) -> Option<Arc<Galley>> {
        Some(self.set(index)?.galley(ui))
    }

    fn set(&self, index: usize) -> Option<&Set> {
        self.slots.get(index)?.set.as_ref()
    }

    /// How far a paragraph stands in from the left edge of the column.
    pub(super) fn inset(&self, index: usize) -> f32 {
        let Some(slot) = self.slots.get(index) else { return 0.0 };
        let leftward = slot.set.as_ref().is_some_and(|set| set.leftward);
        if leftward { 0.0 } else { paragraph::indent(slot.paragraph.role, self.key.type_size) }
    }

    /// Whether a paragraph begins on the right.
    pub(super) fn leftward(&self, index: usize) -> bool {
        self.set(index).is_some_and(|set| set.leftward)
    }

    /// Whether the article begins on the right.
    pub(super) fn begins_right(&self) -> bool {
        let (text, slots) = (&self.key.geoparsed.article.text, &self.slots);
        slots.first().is_some_and(|slot| super::super::bidi::is_leftward(slot.paragraph.span.of(text)))
    }

    /// The boxes round a span of the text within a paragraph, from its corner.
    pub(super) fn pieces(&self, galley: &Galley, index: usize, span: Span) -> Vec<Piece> {
        let Some((set, slot)) = self.set(index).zip(self.slots.get(index)) else { return Vec::new() };
        let text = &self.key.geoparsed.article.text;
        let Span { start, end } = slot.paragraph.span;
        let chars = |from: usize, to: usize| Span::new(from, to).of(text).chars().count();
        let from = span.start.clamp(start, end);
        let first = chars(start, from);
        let last = first + chars(from, span.end.clamp(from, end));
        if first == last { Vec::new() } else { set.pieces(galley, first..last) }
    }

    /// The byte of the text that is nearest to a point, from the paragraph's corner.
    pub(super) fn byte_at(&self, galley: &Galley, index: usize, at: egui::Pos2) -> Option<usize> {
        let span = self.slots.get(index)?.paragraph.span;
        let number = self.set(index)?.char_at(galley, at);
        let text = span.of(&self.key.geoparsed.article.text);
        Some(text.char_indices().nth(number).map_or(span.end, |(at, _)| span.start + at))
    }

    /// The paragraph that a byte of the text stands in.
    pub(super) fn find(&self, at: usize) -> Option<usize> {
        self.outline.find(at)
    }
}

fn gap(above: ParagraphRole, below: ParagraphRole, type_size: f32) -> f32 {
    use ParagraphRole::{Boilerplate, Headline, Item};
    match (above, below) {
        (Headline, _) => type_size * 1.1,
        (Boilerplate, Boilerplate) => 2.0,
        (Item, Item) => (type_size * 0.3).round(),
        _ => (type_size * 0.7).round(),
    }
}

/// Height before anything is laid out, from the number of characters.
fn estimate(paragraph: Paragraph, density: f32, key: &LayoutKey) -> f32 {
    let (points, leading) = paragraph::type_of(paragraph.role, key.type_size);
    let per_line = (key.width / (points * 0.47)).max(8.0);
    (paragraph.span.len() as f32 * density / per_line).ceil().max(1.0) * leading
}
