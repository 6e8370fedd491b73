//! What stands on the scrolled page: headline, meta line, paragraphs with their mentions.
//! The headline may stand in the text itself; the meta line is ours and goes under it.

use std::sync::Arc;

use egui::text_selection::LabelSelectionState;
use egui::{Galley, Id, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::explore::{Explorer, MentionRef, Pane, ParagraphRole, Selection, found};
use crate::model::{Geoparsed, Span};

use super::super::command::Act;
use super::super::theme::{self, Tokens, size, space};
use super::super::widgets;
use super::super::words;
use super::layout::{self, Piece, Typeset};
use super::marks::{self, Look};

/// White at either side of the column at least, and above it, points.
pub(super) const MARGIN: f32 = 24.0;
/// White under the last line, points.
const FOOT: f32 = 64.0;

/// Where things stand in the scrolled page this frame.
pub(super) struct Page {
    left: f32,
    width: f32,
    /// Height of what stands above the first paragraph.
    head: f32,
    /// The paragraph above which the meta line stands, and its height.
    meta_at: usize,
    meta: f32,
}

impl Page {
    /// Height of everything.
    pub(super) fn height(&self, set: &Typeset) -> f32 {
        self.head + self.meta + set.height + FOOT
    }

    /// The heights of the text, counted from its own top, that a view of the page may show.
    pub(super) fn within(&self, viewport: Rect) -> (f32, f32) {
        (viewport.top() - self.head - self.meta, viewport.bottom() - self.head)
    }

    /// From the top of the page to a paragraph.
    pub(super) fn top(&self, set: &Typeset, index: usize) -> f32 {
        let meta = if index >= self.meta_at { self.meta } else { 0.0 };
        self.head + set.paragraphs[index].top + meta
    }

    /// The upper left corner of a paragraph on the screen.
    pub(super) fn corner(&self, set: &Typeset, index: usize, origin: Pos2) -> Pos2 {
        pos2(self.left, origin.y + self.top(set, index))
    }
}

/// An article being drawn.
pub(super) struct Sheet<'a> {
    explorer: &'a Explorer,
    geoparsed: &'a Geoparsed,
    tokens: Tokens,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(ui: &Ui, explorer: &'a Explorer, geoparsed: &'a Geoparsed) -> Self {
        let tokens = Tokens::of(ui.ctx());
        Self { explorer, geoparsed, tokens }
    }

    /// Measures what stands above the text.
    pub(super) fn page(&self, ui: &Ui, set: &Typeset) -> Page {
        let width = set.key.width;
        let left = ui.available_rect_before_wrap().center().x - width / 2.0;
        let first = set.paragraphs.first();
        let headed = first.is_some_and(|paragraph| paragraph.role == ParagraphRole::Headline);
        let title = self.title(ui, set).map_or(0.0, |galley| galley.size().y + space::XS);
        Page {
            left: left.round(),
            width,
            head: MARGIN + title,
            meta_at: usize::from(headed),
            meta: self.meta(ui, set).size().y + space::M,
        }
    }

    /// The headline, where it does not stand in the text itself.
    fn title(&self, ui: &Ui, set: &Typeset) -> Option<Arc<Galley>> {
        let article = &self.geoparsed.article;
        let title = article.title.as_ref().filter(|_| article.title_span.is_none())?;
        let points = (size::HEADLINE * set.key.type_size / size::READING).round();
        let font = theme::serif_semibold(points);
        Some(ui.painter().layout(title.clone(), font, self.tokens.text, set.key.width))
    }

    /// Outlet, date, dateline, number of places.
    fn meta(&self, ui: &Ui, set: &Typeset) -> Arc<Galley> {
        let article = &self.geoparsed.article;
        let place_of =
            |mention| self.explorer.collection.place_of(MentionRef { article: set.key.article, mention });
        let mut places: Vec<u32> = (0..self.geoparsed.mentions.len()).filter_map(place_of).collect();
        places.sort_unstable();
        places.dedup();
        let dateline = article.dateline.as_ref();
        let parts = [
            article.source.clone(),
            Some(article.date.map_or("no date".to_owned(), words::date)),
            dateline.map(|dateline| dateline.place.of(&article.text).to_owned()),
            Some(words::count(places.len(), "place", "places")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let mut text = parts.join("  ·  ");
        if set.leftward {
            text.push_str("\nWords of right-to-left lines may stand in the wrong order here");
        }
        ui.painter().layout(text, widgets::body(), self.tokens.quiet, set.key.width)
    }

    /// Draws headline and meta line.
    pub(super) fn headings(&self, ui: &Ui, set: &Typeset, page: &Page, origin: Pos2) {
        if let Some(galley) = self.title(ui, set) {
            let at = pos2(page.left, origin.y + MARGIN);
            let rect = Rect::from_min_size(at, vec2(page.width, galley.size().y));
            let label = ui.interact(rect, Id::unique("reader title"), Sense::hover());
            let heading = self.geoparsed.article.heading();
            label.widget_info(|| WidgetInfo::labeled(Role::Heading, true, heading));
            ui.painter().galley(at, galley, self.tokens.text);
        }
        let above = match set.paragraphs.first() {
            Some(headline) if page.meta_at == 1 => page.head + headline.top + headline.height + space::S,
            _ => page.head,
        };
        ui.painter().galley(pos2(page.left, origin.y + above), self.meta(ui, set), self.tokens.quiet);
    }

    /// Draws one paragraph; answers the place of the mention that the pointer is over.
    pub(super) fn paragraph(
        &self,
        ui: &Ui,
        set: &Typeset,
        index: usize,
        at: Pos2,
        acts: &mut Vec<Act>,
    ) -> Option<u32> {
        let galley = set.galley(ui, index);
        let paragraph = &set.paragraphs[index];
        let id = Id::unique(("reader paragraph", set.key.article, index));
        let rect = Rect::from_min_size(at, galley.size());
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let role = match paragraph.role {
            ParagraphRole::Headline => Role::Heading,
            ParagraphRole::Body | ParagraphRole::Boilerplate => Role::Label,
        };
        response.widget_info(|| WidgetInfo::labeled(role, true, galley.text()));
        let mut hovered = None;
        let mut drawn: Vec<(Vec<Piece>, Look)> = Vec::new();
        for number in paragraph.mentions.clone() {
            let here = MentionRef { article: set.key.article, mention: number };
            let span = self.geoparsed.mentions[number].span;
            let pieces = self.pieces(&galley, set, index, span, at);
            let (look, over) = self.mention(ui, here, &pieces, acts);
            hovered = hovered.or(over);
            drawn.push((pieces, look));
        }
        self.found(ui, &galley, set, index, at);
        for (pieces, look) in &drawn {
            marks::ground(ui, pieces, *look, &self.tokens);
        }
        let none = Stroke::NONE;
        LabelSelectionState::label_text_selection(ui, &response, at, galley, self.tokens.text, none);
        for (pieces, look) in &drawn {
            marks::underline(ui, pieces, *look, &self.tokens);
        }
        hovered
    }

    /// Tints the words that the search is for.
    fn found(&self, ui: &Ui, galley: &Galley, set: &Typeset, index: usize, at: Pos2) {
        let paragraph = set.paragraphs[index].span;
        let text = paragraph.of(&self.geoparsed.article.text);
        for span in found(&self.explorer.filter.query, text) {
            let span = Span::new(span.start + paragraph.start, span.end + paragraph.start);
            for piece in self.pieces(galley, set, index, span, at) {
                let rect = piece.rect.expand2(vec2(1.0, -2.0));
                ui.painter().rect_filled(rect, 2.0, self.tokens.found);
            }
        }
    }

    /// The boxes round words of a paragraph on the screen.
    fn pieces(&self, galley: &Galley, set: &Typeset, index: usize, span: Span, at: Pos2) -> Vec<Piece> {
        let text = &self.geoparsed.article.text;
        let mut pieces = layout::pieces(galley, text, set.paragraphs[index].span, span);
        for piece in &mut pieces {
            piece.rect = piece.rect.translate(at.to_vec2());
            piece.baseline += at.y;
        }
        pieces
    }

    /// Takes the pointer's word about a mention; answers its look, and its place under the pointer.
    fn mention(
        &self,
        ui: &Ui,
        here: MentionRef,
        pieces: &[Piece],
        acts: &mut Vec<Act>,
    ) -> (Look, Option<u32>) {
        let mention = &self.geoparsed.mentions[here.mention];
        let place = self.explorer.collection.place_of(here);
        let over = marks::interact(ui, here, mention, pieces, &self.geoparsed.article.text);
        if over.clicked {
            acts.push(Act::Select(Selection::Mention(here), Pane::Reader));
        }
        let linked = place.is_some() && self.explorer.hovered == place;
        let selected = self.explorer.selected.what.mention() == Some(here);
        let look = Look::of(mention, selected, over.hovered || linked);
        (look, place.filter(|_| over.hovered))
    }
}
