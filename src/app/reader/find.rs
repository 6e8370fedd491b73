//! Finding words in the article that is open: a box over the text, how many there are, and from one to the
//! next.

use std::sync::Arc;

use egui::{Align, Id, Key, Layout, Margin, RichText, Role, TextEdit, Ui, WidgetInfo};
use egui_phosphor::regular as icon;

use crate::explore::within;
use crate::jobs::{Answer, Task};
use crate::model::{Geoparsed, Span};

use super::super::theme::{Tokens, space};
use super::super::widgets;
use super::super::words;
use super::outline::Outline;

/// What the box is called.
const NAME: &str = "Words to find in the article";

/// Texts longer than this are looked through behind the window, bytes.
const LONG: usize = 100_000;

/// The box, and what was found for what stands in it.
#[derive(Default)]
pub(super) struct Find {
    open: bool,
    focus: bool,
    text: String,
    /// What `hits` answers.
    sought: Option<(String, Arc<Outline>)>,
    hits: Hits,
    at: Option<usize>,
    work: Option<Task<Hits>>,
}

impl Find {
    /// Opens the box, with these words in it where there are any, and puts the cursor into it.
    pub(super) fn open(&mut self, words: Option<String>) {
        if let Some(words) = words.filter(|words| !words.contains('\n')) {
            self.text = words;
        }
        self.open = true;
        self.focus = true;
    }

    /// Closes the box; answers whether it was open.
    pub(super) fn close(&mut self) -> bool {
        std::mem::take(&mut self.open)
    }

    /// What was found in a paragraph, as long as the box is open.
    pub(super) fn within(&self, paragraph: Span) -> impl Iterator<Item = Span> + '_ {
        let hits = if self.open { Some(&self.hits) } else { None };
        hits.into_iter().flat_map(move |hits| hits.within(paragraph))
    }

    /// The one of them that is looked at.
    pub(super) fn current(&self) -> Option<Span> {
        self.hits.spans.get(self.at?).copied().filter(|_| self.open)
    }

    /// Draws the box; answers what to bring into sight.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        geoparsed: &Arc<Geoparsed>,
        outline: &Arc<Outline>,
    ) -> Option<Span> {
        if !self.open {
            return None;
        }
        let mut moved = self.seek(ui, geoparsed, outline).then_some(0);
        let frame = egui::Frame::new().inner_margin(Margin { left: 8, right: 8, top: 4, bottom: 4 });
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if widgets::icon_button(ui, icon::X, "Close find").on_hover_text("Close (Esc)").clicked()
                    {
                        self.open = false;
                    }
                    ui.add_enabled_ui(!self.hits.spans.is_empty(), |ui| {
                        let next = widgets::icon_button(ui, icon::CARET_DOWN, "Next found");
                        if next.on_hover_text("Next (Enter)").clicked() {
                            moved = Some(1);
                        }
                        let previous = widgets::icon_button(ui, icon::CARET_UP, "Previous found");
                        if previous.on_hover_text("Previous (Shift+Enter)").clicked() {
                            moved = Some(-1);
                        }
                    });
                    let quiet = Tokens::of(ui.ctx()).quiet;
                    ui.add_space(space::XS);
                    ui.label(RichText::new(self.count()).color(quiet));
                    ui.add_space(space::XS);
                    moved = self.field(ui).or(moved);
                });
            });
        });
        widgets::hairline(ui);
        self.step(moved?)
    }

    /// The field; answers how far Enter moves.
    fn field(&mut self, ui: &mut Ui) -> Option<isize> {
        let id = Id::unique("find in article");
        let (enter, back, escape) = ui.input(|input| {
            let (enter, escape) = (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape));
            (enter, input.modifiers.shift, escape)
        });
        let edit = TextEdit::singleline(&mut self.text)
            .id(id)
            .hint_text("Find in article")
            .margin(Margin::symmetric(8, 5))
            .desired_width(ui.available_width());
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, NAME));
        if std::mem::take(&mut self.focus) {
            response.request_focus();
            select_all(ui, id, self.text.chars().count());
        }
        if response.lost_focus() && escape {
            self.open = false;
        }
        if response.lost_focus() && enter {
            // Enter leaves a field; here it goes on.
            response.request_focus();
            return Some(if back { -1 } else { 1 });
        }
        None
    }

    fn count(&self) -> String {
        match (self.hits.spans.len(), self.at) {
            _ if self.text.trim().is_empty() => String::new(),
            _ if self.work.is_some() => "…".to_owned(),
            (0, _) => "Not found".to_owned(),
            (count, at) => {
                let at = at.map_or(0, |at| at + 1);
                format!("{} of {}", words::number(at as u64), words::number(count as u64))
            }
        }
    }

    /// Looks for what stands in the box where that is new; whether an answer has come.
    fn seek(&mut self, ui: &Ui, geoparsed: &Arc<Geoparsed>, outline: &Arc<Outline>) -> bool {
        let known = self.sought.as_ref();
        let stands = known.is_some_and(|(text, known)| *text == self.text && Arc::ptr_eq(known, outline));
        if !stands {
            self.sought = Some((self.text.clone(), Arc::clone(outline)));
            self.at = None;
            let (text, ctx) = (self.text.clone(), ui.ctx().clone());
            let (geoparsed, outline) = (Arc::clone(geoparsed), Arc::clone(outline));
            if geoparsed.article.text.len() <= LONG {
                self.work = None;
                self.hits = Hits::of(&text, &geoparsed, &outline);
                return true;
            }
            self.hits = Hits::default();
            let work = move || Hits::of(&text, &geoparsed, &outline);
            self.work = Some(Task::start(move || ctx.request_repaint(), work));
        }
        let answer = self.work.as_ref().map(Task::poll);
        let Some(Answer::Here(hits)) = answer else {
            return false;
        };
        (self.hits, self.work) = (hits, None);
        true
    }

    /// Goes on by so many, round the end; by none to the first.
    fn step(&mut self, by: isize) -> Option<Span> {
        let count = self.hits.spans.len();
        if count == 0 {
            return None;
        }
        let from = self.at.map_or(if by < 0 { 0 } else { -1 }, |at| at as isize);
        let to = if by == 0 { 0 } else { (from + by).rem_euclid(count as isize) };
        self.at = Some(to as usize);
        self.current()
    }
}

/// What was found, in the order in which paragraphs are shown.
#[derive(Debug, Default)]
struct Hits {
    spans: Vec<Span>,
    /// How many stand in a headline that leads; the others stand in the order of the text.
    lead: usize,
}

impl Hits {
    fn of(text: &str, geoparsed: &Geoparsed, outline: &Outline) -> Self {
        let all = &geoparsed.article.text;
        let here = |span: Span| {
            let found = within(text, span.of(all)).into_iter();
            found.map(move |hit| Span::new(span.start + hit.start, span.start + hit.end))
        };
        let mut blocks = outline.blocks.iter().map(|block| block.paragraph.span);
        let mut spans: Vec<Span> = blocks.next().into_iter().flat_map(here).collect();
        let lead = spans.len();
        spans.extend(blocks.flat_map(here));
        Self { spans, lead }
    }

    fn within(&self, paragraph: Span) -> impl Iterator<Item = Span> + '_ {
        let (lead, rest) = self.spans.split_at(self.lead);
        let from = move |hits: &'_ [Span]| hits.partition_point(|hit| hit.start < paragraph.start);
        let here = move |hit: &&Span| hit.start < paragraph.end;
        let (lead, rest) = (&lead[from(lead)..], &rest[from(rest)..]);
        lead.iter().take_while(here).chain(rest.iter().take_while(here)).copied()
    }
}

fn select_all(ui: &Ui, id: Id, count: usize) {
    use egui::text::{CCursor, CCursorRange};
    if let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), id) {
        let all = CCursorRange::two(CCursor::new(0), CCursor::new(count));
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(pairs: &[(usize, usize)]) -> Vec<Span> {
        pairs.iter().map(|&(start, end)| Span::new(start, end)).collect()
    }

    #[test]
    fn what_is_found_is_walked_round() {
        let hits = Hits { spans: spans(&[(1, 2), (5, 6), (8, 9)]), lead: 0 };
        let mut find = Find { open: true, hits, ..Find::default() };
        let walked: Vec<usize> =
            [0, 1, 1, 1, -1].iter().filter_map(|&by| Some(find.step(by)?.start)).collect();
        assert_eq!(walked, [1, 5, 8, 1, 8]);
        assert!(find.close() && find.current().is_none() && !find.close());
        find.hits = Hits::default();
        assert_eq!(find.step(1), None);
    }

    #[test]
    fn a_paragraph_knows_what_is_found_in_it() {
        let hits = Hits { spans: spans(&[(20, 22), (1, 3), (4, 5), (40, 41)]), lead: 1 };
        let check = |start: usize, end: usize, expected: &[(usize, usize)]| {
            assert_eq!(hits.within(Span::new(start, end)).collect::<Vec<_>>(), spans(expected));
        };
        check(20, 30, &[(20, 22)]);
        check(0, 6, &[(1, 3), (4, 5)]);
        check(30, 50, &[(40, 41)]);
        check(6, 19, &[]);
    }
}
