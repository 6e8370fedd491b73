//! Events on the page: which words tell them, their symbols beside the lines, and what they are tied to.
//! While mentions are explored the page shows only the event that is selected.

use egui::{Galley, Pos2, Rect, Ui, pos2, vec2};

use crate::explore::{Among, EventRef, MentionRef, Pane};
use crate::model::{Event, Span};

use super::super::command::Act;
use super::layout::Typeset;
use super::links::{self, EventLook};
use super::paragraph::Piece;
use super::sheet::{MARGIN, Page, Pointed, Sheet, pieces};

/// Words that tell an event.
pub(super) struct Told<'a> {
    pub event: &'a Event,
    pub look: EventLook,
    pub pieces: Vec<Piece>,
}

impl<'a> Sheet<'a> {
    /// The words of a paragraph that tell events, and what the pointer is over among them. While mentions are
    /// explored it is only the selected one.
    pub(super) fn told(
        &self,
        ui: &Ui,
        set: &Typeset,
        galley: &Galley,
        index: usize,
        at: Pos2,
        acts: &mut Vec<Act>,
    ) -> (Vec<Told<'a>>, Pointed) {
        let (mut all, mut pointed) = (Vec::new(), Pointed::default());
        let article = set.key.article;
        let selected = self.explorer.selected.what.event();
        for &number in &set.outline.events[set.outline.blocks[index].events.clone()] {
            let here = EventRef { article, event: number };
            if !self.of_events() && selected != Some(here) {
                continue;
            }
            let Some(event) = self.geoparsed.events.get(number) else { continue };
            let pieces = pieces(set, galley, index, event.trigger, at);
            let over = links::interact(ui, here, self.geoparsed, event, &pieces);
            if over.clicked {
                acts.push(Act::SelectEvent(here, Among::Article, Pane::Reader));
            }
            let look = EventLook {
                selected: selected == Some(here),
                hovered: over.hovered,
                shown: self.shown.binary_search(&here).is_ok(),
            };
            if over.hovered {
                let scene = event.places.first().map(|&mention| MentionRef { article, mention });
                let place = scene.and_then(|scene| self.explorer.collection.place_of(scene));
                pointed = Pointed { place, event: Some(number) };
            }
            all.push(Told { event, look, pieces });
        }
        (all, pointed)
    }

    /// The symbols of a paragraph's events beside their lines, on the side on which it begins.
    pub(super) fn in_the_margin(&self, ui: &Ui, set: &Typeset, index: usize, rect: Rect, told: &[Told<'_>]) {
        if !self.of_events() {
            return;
        }
        let room = ((ui.max_rect().width() - set.key.width) / 2.0).min(MARGIN);
        let beside = (room / 2.0 + 1.0).round();
        let x =
            if set.leftward(index) { rect.right() + beside } else { rect.left() - set.inset(index) - beside };
        let line = |told: &Told<'_>| told.pieces.first().map_or(0.0, |piece| piece.rect.center().y);
        let shown: Vec<&Told<'_>> =
            told.iter().filter(|told| told.look.shown || told.look.in_hand()).collect();
        for lines in shown.chunk_by(|a, b| line(a) == line(b)) {
            let symbols: Vec<(&Event, EventLook)> =
                lines.iter().map(|told| (told.event, told.look)).collect();
            links::symbols(ui, pos2(x, line(lines[0])), beside, &symbols, &self.tokens);
        }
    }

    /// Lines from the events in hand to the words that say where and when.
    pub(super) fn ties(&self, ui: &Ui, set: &Typeset, page: &Page, origin: Pos2) {
        let selected = self.explorer.selected.what.event().filter(|at| at.article == set.key.article);
        let mut in_hand: Vec<usize> = selected.map(|at| at.event).into_iter().chain(self.pointed).collect();
        in_hand.dedup();
        let on_page = |span: Span| -> Vec<Piece> {
            let laid = set.find(span.start).filter(|&index| !set.slots[index].hidden);
            let laid = laid.and_then(|index| Some((index, set.galley(ui, index)?)));
            laid.map_or_else(Vec::new, |(index, galley)| {
                let corner = page.corner(set, index, origin) + vec2(set.inset(index), 0.0);
                pieces(set, &galley, index, span, corner)
            })
        };
        for event in in_hand.into_iter().filter_map(|number| self.geoparsed.events.get(number)) {
            let trigger = on_page(event.trigger);
            let (left, right) = (page.left - 3.0, page.left + page.width + 4.0);
            let tie = |span: Span, solid: bool, wired: bool| {
                let pieces = on_page(span);
                links::tie(ui, &pieces, event, solid, &self.tokens);
                let margin = if solid { left } else { right };
                if let (true, Some(from), Some(to)) = (wired, trigger.first(), pieces.first()) {
                    links::wire(ui, (from, to), event, margin, solid, &self.tokens);
                }
            };
            for (number, &place) in event.places.iter().enumerate() {
                if let Some(mention) = self.geoparsed.mentions.get(place) {
                    tie(mention.span, true, number == 0);
                }
            }
            if let Some(date) = self.geoparsed.date_of(event) {
                tie(date.span, false, true);
            }
        }
    }
}
