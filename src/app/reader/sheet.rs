//! What stands on the scrolled page: headline, meta line, paragraphs with their mentions.
//! The headline may stand in the text itself; the meta line is ours and goes under it.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Color32, CursorIcon, FontId, Galley, Id, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};
use egui_phosphor::regular as icon;

use crate::explore::{EventRef, Explorer, MentionRef, Pane, ParagraphRole, Selection, Subject};
use crate::model::{Geoparsed, How, Span, language_name};

use super::super::bidi;
use super::super::command::Act;
use super::super::theme::{self, Tokens, size, space};
use super::super::widgets;
use super::super::words;
use super::choice::{self, Choice};
use super::find::Find;
use super::layout::{self, Typeset};
use super::links::{self, Manner};
use super::marks::{self, Look};
use super::paragraph::{self, Piece};

/// White at either side of the column at least, and above it, points.
pub(super) const MARGIN: f32 = 24.0;
/// White under the last line, points.
const FOOT: f32 = 64.0;

/// Where things stand in the scrolled page this frame.
pub(super) struct Page {
    pub left: f32,
    pub width: f32,
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
        self.head + set.slots[index].top + meta
    }

    /// The upper left corner of a paragraph on the screen.
    pub(super) fn corner(&self, set: &Typeset, index: usize, origin: Pos2) -> Pos2 {
        pos2(self.left, origin.y + self.top(set, index))
    }
}

/// What the pointer is over in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pointed {
    /// The place of a mention, or of an event.
    pub place: Option<u32>,
    /// An event, by its number in the article.
    pub event: Option<usize>,
}

impl Pointed {
    /// The same, or what else is pointed at where nothing is.
    pub(super) fn or(self, other: Pointed) -> Pointed {
        Pointed { place: self.place.or(other.place), event: self.event.or(other.event) }
    }
}

/// An article being drawn.
pub(super) struct Sheet<'a> {
    pub explorer: &'a Explorer,
    pub geoparsed: &'a Geoparsed,
    find: &'a Find,
    /// The event that the pointer was over in the last frame.
    pub pointed: Option<usize>,
    /// The article's events that the filter shows.
    pub shown: &'a [EventRef],
    pub tokens: Tokens,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        ui: &Ui,
        explorer: &'a Explorer,
        geoparsed: &'a Geoparsed,
        find: &'a Find,
        (pointed, shown): (Option<usize>, &'a [EventRef]),
    ) -> Self {
        let tokens = Tokens::of(ui.ctx());
        Self { explorer, geoparsed, find, pointed, shown, tokens }
    }

    /// Whether events are what is explored, so that the text shows them all.
    pub(super) fn of_events(&self) -> bool {
        self.explorer.filter.subject == Subject::Events
    }

    /// Measures what stands above the text.
    pub(super) fn page(&self, ui: &Ui, set: &Typeset) -> Page {
        let width = set.key.width;
        let left = ui.available_rect_before_wrap().center().x - width / 2.0;
        let first = set.slots.first();
        let headed = first.is_some_and(|slot| slot.paragraph.role == ParagraphRole::Headline);
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
        let (points, leading) = paragraph::type_of(ParagraphRole::Headline, set.key.type_size);
        let font = theme::serif_semibold(points);
        Some(heading(ui, title, font, Some(leading), self.tokens.text, set))
    }

    /// Outlet, date, dateline, language, file, number of pages and places.
    fn meta(&self, ui: &Ui, set: &Typeset) -> Arc<Galley> {
        let article = &self.geoparsed.article;
        let dateline = article.dateline.as_ref();
        let file = article.id.rsplit(['/', '\\']).next().unwrap_or_default();
        let parts = [
            article.source.clone(),
            Some(article.date.map_or("no date".to_owned(), words::date)),
            dateline.map(|dateline| dateline.place.of(&article.text).to_owned()),
            article.language.as_deref().map(language_name),
            Some(file.to_owned()).filter(|file| !file.is_empty()),
            Some(set.outline.pages.len())
                .filter(|&pages| pages > 0)
                .map(|pages| words::count(pages, "page", "pages")),
            Some(words::count(set.outline.places, "place", "places")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        heading(ui, &parts.join("  ·  "), widgets::body(), None, self.tokens.quiet, set)
    }

    /// Draws headline and meta line.
    pub(super) fn headings(&self, ui: &Ui, set: &Typeset, page: &Page, origin: Pos2) {
        if let Some(galley) = self.title(ui, set) {
            let at = pos2(page.left, origin.y + MARGIN);
            let rect = Rect::from_min_size(at, vec2(page.width, galley.size().y));
            let label = ui.interact(rect, Id::unique("reader title"), Sense::hover());
            let heading = self.geoparsed.article.heading();
            label.widget_info(|| WidgetInfo::labeled(Role::Heading, true, heading));
            paint(ui, at, page.width, galley, self.tokens.text);
        }
        let above = match set.slots.first() {
            Some(headline) if page.meta_at == 1 => page.head + headline.top + headline.height + space::S,
            _ => page.head,
        };
        let at = pos2(page.left, origin.y + above);
        paint(ui, at, page.width, self.meta(ui, set), self.tokens.quiet);
    }

    /// The line that shows or hides menus, above the first of them.
    pub(super) fn fold(&self, ui: &mut Ui, set: &mut Typeset, index: usize, at: Pos2) {
        let block = &set.outline.blocks[index];
        let Some((number, fold)) =
            block.fold.and_then(|number| Some((number, set.outline.folds.get(number)?)))
        else {
            return;
        };
        if fold.start != index {
            return;
        }
        let open = set.open[number];
        let lines = words::count(fold.len(), "line", "lines");
        let text = format!("{} {lines} of menus", if open { "Hide" } else { "Show" });
        let rect = Rect::from_min_size(pos2(at.x, at.y - layout::FOLD), vec2(set.key.width, layout::FOLD));
        let id = Id::unique(("reader fold", set.key.article, number));
        let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &text));
        let colour = if response.hovered() { self.tokens.text } else { self.tokens.quiet };
        if response.has_focus() {
            widgets::ring(ui.painter(), rect, space::CORNER);
        }
        let caret = if open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
        let left = egui::Align2::LEFT_CENTER;
        let mark = widgets::icon_at(ui, rect.left_center(), left, caret, size::BODY, colour);
        let room = rect.width() - 24.0;
        widgets::line(
            ui,
            pos2(mark.right() + space::S, at.y - layout::FOLD / 2.0),
            room,
            &text,
            widgets::body(),
            colour,
        );
        if response.clicked() {
            set.set_open(number, !open);
            ui.ctx().request_repaint();
        }
    }

    /// Draws one paragraph; answers what the pointer is over.
    pub(super) fn paragraph(
        &self,
        ui: &Ui,
        set: &mut Typeset,
        index: usize,
        at: Pos2,
        choice: &mut Option<Choice>,
        acts: &mut Vec<Act>,
    ) -> Pointed {
        let Some((role, span)) = set
            .slots
            .get(index)
            .filter(|slot| !slot.hidden)
            .map(|slot| (slot.paragraph.role, slot.paragraph.span))
        else {
            return Pointed::default();
        };
        let Some(galley) = set.galley(ui, index) else { return Pointed::default() };
        let at = at + vec2(set.inset(index), 0.0);
        let id = Id::unique(("reader paragraph", set.key.article, index));
        let rect = Rect::from_min_size(at, vec2(set.key.width - set.inset(index), galley.size().y));
        let response = ui.interact(rect, id, Sense::click_and_drag()).on_hover_cursor(CursorIcon::Text);
        let spoken = if role == ParagraphRole::Headline { Role::Heading } else { Role::Label };
        response.widget_info(|| WidgetInfo::labeled(spoken, true, span.of(&self.geoparsed.article.text)));
        choice::press(ui, &response, set, index, at, choice);
        if role == ParagraphRole::Quote {
            self.quote_bar(ui, set, index, rect);
        }
        let (told, by_event) = self.told(ui, set, &galley, index, at, acts);
        let mut pointed = by_event;
        let mut drawn: Vec<(Vec<Piece>, Look)> = Vec::new();
        for number in set.outline.blocks[index].mentions.clone() {
            let here = MentionRef { article: set.key.article, mention: number };
            let span = self.geoparsed.mentions[number].span;
            if self.geoparsed.mentions[number].is_rejected() && !self.shows_rejected(here) {
                continue;
            }
            let pieces = pieces(set, &galley, index, span, at);
            let (look, place) = self.mention(ui, here, &pieces, acts);
            pointed = Pointed { place, event: None }.or(pointed);
            drawn.push((pieces, look));
        }
        self.found(ui, &galley, set, index, at);
        for told in &told {
            links::ground(ui, &told.pieces, Manner::of(told.event), told.look, &self.tokens);
        }
        for (pieces, look) in &drawn {
            marks::ground(ui, pieces, *look, &self.tokens);
        }
        if let Some(span) = choice.as_ref().and_then(|choice| choice.within(set, index)) {
            for piece in pieces(set, &galley, index, span, at) {
                ui.painter().rect_filled(piece.rect, 0.0, self.tokens.chosen);
            }
        }
        if self.of_events() {
            for number in set.outline.blocks[index].dates.clone() {
                let date = &self.geoparsed.dates[number];
                let pieces = pieces(set, &galley, index, date.span, at);
                links::date(ui, set.key.article, number, date, &pieces, &self.tokens);
            }
        }
        ui.painter().galley(at, Arc::clone(&galley), self.tokens.text);
        for (pieces, look) in &drawn {
            marks::underline(ui, pieces, *look, &self.tokens);
        }
        for told in &told {
            links::underline(ui, &told.pieces, Manner::of(told.event), told.look, &self.tokens);
        }
        self.page_numbers(ui, set, &galley, index, (at, rect));
        self.in_the_margin(ui, set, index, rect, &told);
        pointed
    }

    /// Whether what is no mention is told: where it is selected, or asked for.
    fn shows_rejected(&self, here: MentionRef) -> bool {
        let asked = self.explorer.filter.settled.contains(How::Rejected);
        asked || self.explorer.selected.what.mention() == Some(here)
    }

    /// The line beside somebody else's words.
    fn quote_bar(&self, ui: &Ui, set: &Typeset, index: usize, rect: Rect) {
        let x = if set.leftward(index) { rect.right() + space::S } else { rect.left() - space::M };
        let bar = Rect::from_min_max(pos2(x, rect.top()), pos2(x + 2.0, rect.bottom()));
        ui.painter().rect_filled(bar, 0.0, self.tokens.hairline);
    }

    /// Goes on choosing words while the mouse is held.
    pub(super) fn drag(
        &self,
        ui: &Ui,
        set: &Typeset,
        page: &Page,
        origin: Pos2,
        (top, bottom): (f32, f32),
        choice: &mut Option<Choice>,
    ) {
        let Some(choice) = choice.as_mut().filter(|choice| choice.held) else {
            return;
        };
        // The place where it is let go of counts, too.
        choice.held = ui.input(|input| input.pointer.primary_down());
        let Some(at) = ui.input(|input| input.pointer.latest_pos()) else {
            return;
        };
        let shown = set.between(top, bottom).filter(|&index| !set.slots[index].hidden);
        let foot = |index: usize| page.corner(set, index, origin).y + set.slots[index].height;
        let last = shown.clone().next_back();
        let under = shown.into_iter().find(|&index| at.y < foot(index)).or(last);
        let place = under.and_then(|index| {
            let corner = page.corner(set, index, origin) + vec2(set.inset(index), 0.0);
            choice::place(ui, set, index, corner, at)
        });
        if let Some(place) = place {
            choice.extend(set, place);
        }
    }

    /// Tints the words that the search is for, and those that are found in the article.
    fn found(&self, ui: &Ui, galley: &Galley, set: &mut Typeset, index: usize, at: Pos2) {
        let paragraph = set.slots[index].paragraph.span;
        let mut spans = set.found(index).to_vec();
        spans.extend(self.find.within(paragraph));
        let current = self.find.current();
        for span in spans {
            for piece in pieces(set, galley, index, span, at) {
                let rect = piece.rect.expand2(vec2(1.0, -2.0));
                ui.painter().rect_filled(rect, 2.0, self.tokens.found);
                if current == Some(span) {
                    let ring = Stroke::new(2.0, self.tokens.selected);
                    ui.painter().rect_stroke(rect, 2.0, ring, egui::StrokeKind::Outside);
                }
            }
        }
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
        let mut look = Look::of(mention, selected, over.hovered || linked);
        if self.of_events() {
            look = look.softer();
        }
        (look, place.filter(|_| over.hovered))
    }
}

/// The boxes round words of a paragraph on the screen.
pub(super) fn pieces(set: &Typeset, galley: &Galley, index: usize, span: Span, at: Pos2) -> Vec<Piece> {
    let mut pieces = set.pieces(galley, index, span);
    for piece in &mut pieces {
        piece.rect = piece.rect.translate(at.to_vec2());
        piece.baseline += at.y;
    }
    pieces
}

/// A line or two over the text, on the side on which the article begins.
fn heading(
    ui: &Ui,
    text: &str,
    font: FontId,
    leading: Option<f32>,
    colour: Color32,
    set: &Typeset,
) -> Arc<Galley> {
    let width = set.key.width;
    let format = TextFormat { font_id: font, color: colour, line_height: leading, ..TextFormat::default() };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    if bidi::is_mixed(text) {
        let mixed = bidi::paragraph(ui.ctx(), &job, width);
        job = LayoutJob::clone(&mixed.job);
    } else if set.begins_right() {
        job.halign = Align::RIGHT;
    }
    ui.painter().layout_job(job)
}

/// Paints such a line; one on the right has its origin there.
fn paint(ui: &Ui, at: Pos2, width: f32, galley: Arc<Galley>, colour: Color32) {
    let right = galley.job.halign == Align::RIGHT;
    ui.painter().galley(pos2(if right { at.x + width } else { at.x }, at.y), galley, colour);
}
