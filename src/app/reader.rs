//! The article as text, every mention underlined by what is known of it.
//! It scrolls only when something was selected in another pane; a click here moves the others.

mod bar;
mod choice;
mod cite;
mod copies;
mod find;
mod layout;
mod legend;
mod links;
mod marks;
mod missing;
mod offer;
mod outline;
mod pages;
mod paragraph;
mod sheet;
mod told;
mod wires;

use std::sync::Arc;

use egui::{ScrollArea, Ui};
use egui_phosphor::regular as icon;

use crate::explore::{EventRef, Explorer, Pane, Selection, whole_sentence};
use crate::geoparse::reads;
use crate::jobs::{Answer, Task};
use crate::model::{Geoparsed, Span, language_name, one_line};

pub(super) use self::offer::{HIGH as OFFER, ui as offer};

use self::choice::Choice;
use self::find::Find;
use self::layout::{LayoutKey, Typeset};
use self::outline::Outline;
use self::sheet::{MARGIN, Page, Pointed, Sheet};
use super::command::Act;
use super::theme::{Tokens, size};
use super::widgets;

/// Widest column, in sizes of its type: about 70 characters of the serif.
const MEASURE: f32 = 32.0;

/// A pane narrower than this has less white at its sides, points.
const NARROW: f32 = 380.0;

/// How far above the lower edge a selected line has to stand, points.
const LINES_KEPT: f32 = 48.0;

/// Frames that a page is brought to the selected words for: heights are estimates until they are laid
/// out, and the inspector opens a frame later.
const FRAMES_FOLLOWED: u8 = 6;

/// Texts longer than this are looked through behind the window, bytes.
const LONG: usize = 200_000;

/// Furthest that a page is scrolled in a frame while the mouse drags a choice past its edge, points.
const DRAGGED: f32 = 24.0;

/// Where an article stands in the list.
struct Listed {
    /// Its row, or that of another with the same text, from 0; none where it is not shown.
    row: Option<usize>,
    /// All articles with its text.
    copies: Vec<usize>,
}

/// The pane's own state.
#[derive(Default)]
pub struct Reader {
    set: Option<Typeset>,
    /// The article's number, the collection's revision, and the article.
    opened: Option<(usize, u64, Arc<Geoparsed>)>,
    outline: Option<Outlined>,
    choice: Option<Choice>,
    find: Find,
    /// What was found and is to be brought into sight.
    sought: Option<Span>,
    /// Whether the last click was in this pane, so that finding means the article.
    pressed: bool,
    /// Which article of the list is shown, and all that have its text, as long as view and selection are these.
    listed: Option<((u64, usize), Listed)>,
    followed: u64,
    shown: Option<usize>,
    nudged: Option<f32>,
    /// Where the text was scrolled to, and how much of it was seen, points.
    seen: (f32, f32),
    /// The event that the pointer was over in the last frame.
    pointed: Option<usize>,
    /// The events of the article that are shown, as long as view and article are these.
    shown_events: ((u64, usize), Vec<EventRef>),
    /// Frames for which the page is still brought to the selected words.
    following: u8,
    /// Height of the pane below its bar, points.
    high: f32,
}

/// The paragraphs of an article, or the work on them.
struct Outlined {
    geoparsed: Arc<Geoparsed>,
    outline: Arc<Outline>,
    awaited: Option<Task<Outline>>,
}

impl Reader {
    /// The words that are chosen, where there are any.
    pub fn chosen(&self) -> Option<String> {
        let text = self.choice?.text(self.set.as_ref()?);
        Some(text).filter(|text| !text.is_empty())
    }

    /// Words within a paragraph that are chosen, where they may be a name: the article's number, and bytes of its text.
    pub fn chosen_span(&self) -> Option<(usize, Span)> {
        let set = self.set.as_ref()?;
        let span = self.choice.as_ref().filter(|choice| !choice.held)?.words(set)?;
        Some((set.key.article, span))
    }

    /// Those words.
    pub fn chosen_words(&self) -> Option<String> {
        let (_, span) = self.chosen_span()?;
        Some(one_line(span.of(&self.set.as_ref()?.key.geoparsed.article.text)))
    }

    /// Chooses nothing any more.
    pub fn choose_nothing(&mut self) {
        self.choice = None;
    }

    /// Whether words are chosen.
    pub fn has_choice(&self) -> bool {
        self.choice.is_some()
    }

    /// Closes the box for finding, or lets go of the words that are chosen; answers whether there was any such
    /// thing.
    pub fn let_go(&mut self) -> bool {
        self.find.close() || self.choice.take().is_some()
    }

    /// Opens the box for finding words, with those in it that are chosen.
    pub fn find(&mut self) {
        let chosen = self.chosen();
        self.find.open(chosen);
    }

    /// Whether somebody who asks to find something means this article: the last click was in it.
    pub fn is_meant(&self) -> bool {
        self.pressed && self.set.is_some()
    }

    /// The chosen words, or the sentence of the selected mention, with their source.
    pub fn quotation(&self, explorer: &Explorer) -> Option<String> {
        let article = explorer.collection.article(explorer.selected.what.article()?)?;
        let what = explorer.selected.what;
        let event = what.event().and_then(|at| article.events.get(at.event));
        let mention = match event {
            Some(event) => article.scene_of(event),
            None => what.mention().and_then(|at| article.mentions.get(at.mention)),
        };
        let sentence = || {
            let words = words_of(what, &article)?;
            Some(whole_sentence(&article.article.text, words))
        };
        let (quoted, at) = match self.chosen() {
            Some(chosen) => (chosen, self.choice.and_then(|choice| choice.start(self.set.as_ref()?))),
            None => (sentence()?, words_of(what, &article).map(|words| words.start)),
        };
        let place = mention.and_then(|mention| mention.place());
        Some(cite::citation(&article.article, &quoted, at, place.map(|place| &**place)))
    }

    /// Scrolls by a share of what is seen, less a line or two to go on from.
    pub fn turn(&mut self, pages: f32) {
        let (offset, high) = self.seen;
        self.nudged = Some((offset + pages * (high - 48.0).max(0.0)).max(0.0));
    }

    /// Draws the pane; answers the place of the mention that the pointer is over.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        explorer: &Explorer,
        type_size: f32,
        acts: &mut Vec<Act>,
    ) -> Option<u32> {
        if ui.input(|input| input.pointer.any_pressed()) {
            let at = ui.input(|input| input.pointer.press_origin());
            self.pressed = at.is_some_and(|at| ui.max_rect().contains(at));
        }
        let Some(article) = explorer.selected.what.article() else {
            self.shown = None;
            self.set = None;
            self.opened = None;
            self.pressed = false;
            let text = "Click a place on the map or in the list to read what is said about it.";
            widgets::empty(ui, icon::ARTICLE, "No article chosen", text, &[], acts);
            return None;
        };
        let geoparsed = self.opened(explorer, article)?;
        let listed = self.listed(explorer, article);
        bar::ui(ui, explorer, article, listed, acts);
        ui.spacing_mut().item_spacing.y = 0.0;
        widgets::hairline(ui);
        let Some(outline) = self.outline(ui, &geoparsed) else {
            let text = "This article is as long as a book. It is here in a moment.";
            widgets::empty(ui, icon::ARTICLE, "Looking through the article…", text, &[], acts);
            return None;
        };
        self.sought = self.find.ui(ui, &geoparsed, &outline);
        let mut set = self.typeset(ui, article, &geoparsed, outline, type_size);
        set.mark(&explorer.filter.query);
        if let Some(boxes) = set.missing.words() {
            notice(ui, &boxes);
        }
        let language = geoparsed.article.language.as_deref();
        if let Some(language) = language.filter(|language| !reads(Some(language))) {
            let name = language_name(language);
            notice(
                ui,
                &format!("In {name}. Names of places are recognised in English; here many are missed."),
            );
        }
        let hovered = self.scrolled(ui, explorer, &mut set, acts);
        self.set = Some(set);
        if choice::copies(ui)
            && let Some(text) = self.chosen()
        {
            ui.ctx().copy_text(text);
        }
        hovered
    }

    /// The article, the very same from frame to frame: what the collection hands out may be another copy each
    /// time.
    fn opened(&mut self, explorer: &Explorer, article: usize) -> Option<Arc<Geoparsed>> {
        let revision = explorer.collection.revision();
        let known = self.opened.take().filter(|known| known.0 == article);
        let kept = match known {
            Some((_, same, kept)) if same == revision => kept,
            Some((_, _, kept)) => {
                let now = explorer.collection.article(article)?;
                if *now == *kept { kept } else { now }
            }
            None => explorer.collection.article(article)?,
        };
        self.opened = Some((article, revision, Arc::clone(&kept)));
        Some(kept)
    }

    /// Which of the articles shown this one is, and which have its text.
    fn listed(&mut self, explorer: &Explorer, article: usize) -> &Listed {
        let asked = (explorer.view.revision, article);
        let known = self.listed.take().filter(|(answered, _)| *answered == asked);
        let find = || {
            let row = explorer.view.row_of(&explorer.collection, article);
            (asked, Listed { row, copies: explorer.collection.copies_of(article) })
        };
        &self.listed.insert(known.unwrap_or_else(find)).1
    }

    /// Finds out which events of the article the filter shows, once for each view.
    fn note_shown(&mut self, explorer: &Explorer, article: usize) {
        let asked = (explorer.view.revision, article);
        if self.shown_events.0 != asked {
            self.shown_events = (asked, explorer.view.events_in(&explorer.collection, article));
        }
    }

    /// The paragraphs of the article; `None` while they are looked for.
    fn outline(&mut self, ui: &Ui, geoparsed: &Arc<Geoparsed>) -> Option<Arc<Outline>> {
        if self.outline.as_ref().is_none_or(|known| !Arc::ptr_eq(&known.geoparsed, geoparsed)) {
            let (work, ctx) = (Arc::clone(geoparsed), ui.ctx().clone());
            let long = geoparsed.article.text.len() > LONG;
            let start = move || Task::start(move || ctx.request_repaint(), move || Outline::of(&work));
            let outline = if long { Outline::default() } else { Outline::of(geoparsed) };
            self.outline = Some(Outlined {
                geoparsed: Arc::clone(geoparsed),
                outline: Arc::new(outline),
                awaited: long.then(start),
            });
        }
        let known = self.outline.as_mut()?;
        match known.awaited.as_ref().map(Task::poll) {
            Some(Answer::Awaited) => return None,
            Some(Answer::Here(outline)) => {
                known.outline = Arc::new(outline);
                known.awaited = None;
            }
            Some(Answer::Lost) | None => {}
        }
        Some(Arc::clone(&known.outline))
    }

    /// The article set in type, anew where its width or type has changed.
    fn typeset(
        &mut self,
        ui: &Ui,
        article: usize,
        geoparsed: &Arc<Geoparsed>,
        outline: Arc<Outline>,
        type_size: f32,
    ) -> Typeset {
        let tokens = Tokens::of(ui.ctx());
        let side = if ui.available_width() < NARROW { MARGIN * 2.0 / 3.0 } else { MARGIN };
        let room = ui.available_width() - 2.0 * side;
        let key = LayoutKey {
            article,
            geoparsed: Arc::clone(geoparsed),
            width: room.min(type_size * MEASURE).max(80.0).floor(),
            type_size,
            dark: tokens.dark,
            pixels_per_point: ui.ctx().pixels_per_point(),
        };
        let before = self.set.take();
        match before {
            Some(set) if set.key == key && Arc::ptr_eq(&set.outline, &outline) => set,
            Some(set) if set.key.article == article && Arc::ptr_eq(&set.outline, &outline) => {
                Typeset::new(key, outline, set.open, &tokens)
            }
            _ => {
                self.choice = None;
                Typeset::new(key, outline, Vec::new(), &tokens)
            }
        }
    }

    fn scrolled(
        &mut self,
        ui: &mut Ui,
        explorer: &Explorer,
        set: &mut Typeset,
        acts: &mut Vec<Act>,
    ) -> Option<u32> {
        let geoparsed = Arc::clone(&set.key.geoparsed);
        let find = std::mem::take(&mut self.find);
        self.note_shown(explorer, set.key.article);
        let shown = std::mem::take(&mut self.shown_events);
        let sheet = Sheet::new(ui, explorer, &geoparsed, &find, (self.pointed, &shown.1));
        let page = sheet.page(ui, set);
        let mut area = ScrollArea::vertical().id_salt("reader").auto_shrink(false);
        let nudged = self.nudged.take();
        if let Some(offset) = self.target(ui, explorer, set, &page).or(nudged) {
            area = area.vertical_scroll_offset(offset);
        }
        let mut pointed = Pointed::default();
        let choice = &mut self.choice;
        let output = area.show_viewport(ui, |ui, viewport| {
            let (top, bottom) = page.within(viewport);
            let moved = set.settle(ui, top, bottom);
            ui.set_height(page.height(set));
            let origin = ui.min_rect().min;
            sheet.headings(ui, set, &page, origin);
            for index in set.between(top, bottom) {
                sheet.fold(ui, set, index, page.corner(set, index, origin));
                let over = sheet.paragraph(ui, set, index, page.corner(set, index, origin), choice, acts);
                pointed = pointed.or(over);
            }
            sheet.ties(ui, set, &page, origin);
            sheet.drag(ui, set, &page, origin, (top, bottom), choice);
            moved
        });
        self.find = find;
        self.shown_events = shown;
        if std::mem::replace(&mut self.pointed, pointed.event) != pointed.event {
            ui.ctx().request_repaint();
        }
        self.seen = (output.state.clamped_offset().y, output.inner_rect.height());
        if output.inner != 0.0 {
            // What was estimated above the sight turned out taller: stay at the same words.
            self.nudged = Some(output.state.clamped_offset().y + output.inner);
            ui.ctx().request_repaint();
        } else if let Some(by) = dragged_past(ui, self.choice.as_ref(), output.inner_rect) {
            self.nudged = Some((output.state.clamped_offset().y + by).max(0.0));
            ui.ctx().request_repaint();
        }
        pointed.place
    }

    /// The offset to scroll to, when the selection was made in another pane.
    fn target(&mut self, ui: &Ui, explorer: &Explorer, set: &mut Typeset, page: &Page) -> Option<f32> {
        if let Some(span) = self.sought.take() {
            let high = ui.available_height();
            let line = self.line_of(ui, set, page, span, high)?;
            let seen = self.seen.0 + LINES_KEPT..self.seen.0 + high - LINES_KEPT;
            return (!seen.contains(&line)).then_some((line - high * 0.35).max(0.0));
        }
        let selected = explorer.selected;
        let turned = self.shown != selected.what.article();
        self.shown = selected.what.article();
        let followed = std::mem::replace(&mut self.followed, selected.serial);
        let stays = followed == selected.serial || (selected.from == Pane::Reader && self.shown.is_some());
        let stays = stays && !turned;
        // The inspector opens under the page and may come to lie over the very words it explains.
        let offset = self.seen.0;
        let high = ui.available_height();
        let was_high = std::mem::replace(&mut self.high, high);
        if !stays {
            self.following = FRAMES_FOLLOWED;
        }
        let follows = self.following > 0;
        self.following = self.following.saturating_sub(1);
        if !follows && high > was_high - 1.0 {
            return None;
        }
        let Some(span) = words_of(selected.what, &set.key.geoparsed) else {
            return turned.then_some(0.0);
        };
        let line = self.line_of(ui, set, page, span, high)?;
        let covered = (offset..offset + was_high).contains(&line) && line > offset + high - LINES_KEPT;
        if !follows && !covered {
            return None;
        }
        if follows {
            ui.ctx().request_repaint();
        }
        // A third of the way down, where the eye begins.
        Some((line - high * 0.35).max(0.0))
    }

    /// How far down the page a span's first line stands; opens the fold that it is in.
    fn line_of(&self, ui: &Ui, set: &mut Typeset, page: &Page, span: Span, high: f32) -> Option<f32> {
        let index = set.find(span.start)?;
        if let Some(fold) = set.outline.blocks.get(index).and_then(|block| block.fold) {
            set.set_open(fold, true);
        }
        let top = set.slots[index].top;
        set.settle(ui, top - high, top + high);
        let pieces = set.pieces(&*set.galley(ui, index)?, index, span);
        let within = pieces.first().map_or(0.0, |piece| piece.rect.top());
        Some(page.top(set, index) + within)
    }
}

/// The words of the article that are selected.
fn words_of(what: Selection, geoparsed: &Geoparsed) -> Option<Span> {
    match what.event() {
        Some(at) => geoparsed.events.get(at.event).map(|event| event.trigger),
        None => geoparsed.mentions.get(what.mention()?.mention).map(|mention| mention.span),
    }
}

/// Something to know about the article, over it.
fn notice(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui.ctx());
    egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 6)).show(ui, |ui| {
        ui.label(egui::RichText::new(text).size(size::SMALL).color(tokens.warning));
    });
    widgets::hairline(ui);
}

/// How far to scroll while the mouse drags a choice past the edge of what is seen.
fn dragged_past(ui: &Ui, choice: Option<&Choice>, seen: egui::Rect) -> Option<f32> {
    choice.filter(|choice| choice.held)?;
    let at = ui.input(|input| input.pointer.latest_pos())?;
    let past = (at.y - seen.bottom()).max(0.0) - (seen.top() - at.y).max(0.0);
    (past != 0.0).then_some(past.clamp(-DRAGGED, DRAGGED))
}
