//! The article as text, every mention underlined by what is known of it.
//! It scrolls only when something was selected in another pane; a click here moves the others.

mod layout;
mod marks;
mod sheet;

use std::sync::Arc;

use egui::{Margin, RichText, ScrollArea, Ui};
use egui_phosphor::regular as icon;

use crate::explore::{Explorer, Pane, Selection};
use crate::model::Geoparsed;

use self::layout::{LayoutKey, Typeset};
use self::sheet::{MARGIN, Page, Sheet};
use super::command::{Act, Command};
use super::theme::Tokens;
use super::widgets;
use super::words;

/// Widest column, in sizes of its type: about 70 characters of the serif.
const MEASURE: f32 = 32.0;

/// How far above the lower edge a selected line has to stand, points.
const LINES_KEPT: f32 = 48.0;

/// Frames that a page is brought to the selected words for: heights are estimates until they are laid
/// out, and the inspector opens a frame later.
const FRAMES_FOLLOWED: u8 = 6;

/// The pane's own state.
#[derive(Default)]
pub struct Reader {
    set: Option<Typeset>,
    followed: u64,
    shown: Option<usize>,
    nudged: Option<f32>,
    /// Where the text was scrolled to, and how much of it was seen, points.
    seen: (f32, f32),
    /// Frames for which the page is still brought to the selected words.
    following: u8,
    /// Height of the pane below its bar, points.
    high: f32,
}

impl Reader {
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
        let Some(article) = explorer.selected.what.article() else {
            self.shown = None;
            self.set = None;
            let text = "Click a place on the map or in the list to read what is said about it.";
            widgets::empty(ui, icon::ARTICLE, "No article chosen", text, &[], acts);
            return None;
        };
        let geoparsed = explorer.collection.article(article)?;
        step_bar(ui, explorer, acts);
        ui.spacing_mut().item_spacing.y = 0.0;
        widgets::hairline(ui);
        let mut set = self.typeset(ui, article, geoparsed, type_size);
        let hovered = self.scrolled(ui, explorer, &mut set, acts);
        self.set = Some(set);
        hovered
    }

    /// The article set in type, anew where its width or type has changed.
    fn typeset(&mut self, ui: &Ui, article: usize, geoparsed: &Arc<Geoparsed>, type_size: f32) -> Typeset {
        let tokens = Tokens::of(ui.ctx());
        let room = ui.available_width() - 2.0 * MARGIN;
        let key = LayoutKey {
            article,
            geoparsed: Arc::clone(geoparsed),
            width: room.min(type_size * MEASURE).max(80.0).floor(),
            type_size,
            dark: tokens.dark,
            pixels_per_point: ui.ctx().pixels_per_point(),
        };
        match self.set.take().filter(|set| set.key == key) {
            Some(set) => set,
            None => Typeset::new(key, &tokens),
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
        let sheet = Sheet::new(ui, explorer, &geoparsed);
        let page = sheet.page(ui, set);
        let mut area = ScrollArea::vertical().id_salt("reader").auto_shrink(false);
        let nudged = self.nudged.take();
        if let Some(offset) = self.target(ui, explorer, set, &page).or(nudged) {
            area = area.vertical_scroll_offset(offset);
        }
        let mut hovered = None;
        let output = area.show_viewport(ui, |ui, viewport| {
            let (top, bottom) = page.within(viewport);
            let moved = set.settle(ui, top, bottom);
            ui.set_height(page.height(set));
            let origin = ui.min_rect().min;
            sheet.headings(ui, set, &page, origin);
            for index in set.between(top, bottom) {
                let over = sheet.paragraph(ui, set, index, page.corner(set, index, origin), acts);
                hovered = hovered.or(over);
            }
            moved
        });
        self.seen = (output.state.clamped_offset().y, output.inner_rect.height());
        if output.inner != 0.0 {
            // What was estimated above the sight turned out taller: stay at the same words.
            self.nudged = Some(output.state.clamped_offset().y + output.inner);
            ui.ctx().request_repaint();
        }
        hovered
    }

    /// The offset to scroll to, when the selection was made in another pane.
    fn target(&mut self, ui: &Ui, explorer: &Explorer, set: &mut Typeset, page: &Page) -> Option<f32> {
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
        let Some(at) = selected.what.mention() else {
            return turned.then_some(0.0);
        };
        let geoparsed = Arc::clone(&set.key.geoparsed);
        let span = geoparsed.mentions.get(at.mention)?.span;
        let index = set.find(span.start)?;
        let top = set.paragraphs[index].top;
        set.settle(ui, top - high, top + high);
        let text = &geoparsed.article.text;
        let pieces = layout::pieces(&set.galley(ui, index), text, set.paragraphs[index].span, span);
        let within = pieces.first().map_or(0.0, |piece| piece.rect.top());
        let line = page.top(set, index) + within;
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
}

/// Previous and next, and where one is: "2 of 7 mentions of Aleppo".
fn step_bar(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    let quiet = Tokens::of(ui.ctx()).quiet;
    let frame = egui::Frame::new().inner_margin(Margin { left: 8, right: 8, top: 4, bottom: 4 });
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.add_enabled_ui(!explorer.trail().is_empty(), |ui| {
                widgets::command_icon(ui, Command::PreviousMention, acts);
                widgets::command_icon(ui, Command::NextMention, acts);
            });
            ui.add_space(6.0);
            let text = RichText::new(where_in_trail(explorer)).color(quiet);
            ui.add(egui::Label::new(text).truncate());
        });
    });
}

fn where_in_trail(explorer: &Explorer) -> String {
    let total = explorer.trail().len();
    let of = match explorer.selected.what {
        Selection::Place { place, .. } => {
            explorer.collection.place(place).map(|entry| format!(" of {}", entry.place.name))
        }
        _ => None,
    };
    let of = of.as_deref().unwrap_or(" in this article");
    let mentions = words::count(total, "mention", "mentions");
    match (explorer.position(), total) {
        (_, 0) => "No mentions shown".to_owned(),
        (Some(position), _) => {
            format!("{} of {mentions}{of}", words::number(position as u64 + 1))
        }
        (None, _) => format!("{mentions}{of}"),
    }
}
