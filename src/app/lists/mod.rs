//! The left pane: what is explored, search box, filters in force, events, places, articles, and what else can be
//! filtered by.
//! Only the rows in sight are drawn, so a hundred thousand cost what thirty do.

mod chips;
mod choices;
mod facets;
mod happened;
mod marked;
mod order;
mod rows;
mod saved;

use egui::{Color32, Id, Key, ScrollArea, TextEdit, Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use self::facets::Facets;
use self::happened::Tellings;
use self::marked::Passages;
pub use self::saved::{Finding, Naming, SavedFilter, Saving};
use super::command::{Act, Command};
use super::session::{ListTab, Session};
use super::theme::{self, Tokens, size, space};
use super::widgets;
use super::words;
use crate::explore::{
    Among, ArticleOrder, ArticleRow, EventOrder, Explorer, Filter, Lacking, Pane, Selection, Subject,
};

/// The pane's own state.
#[derive(Default)]
pub struct Lists {
    query: String,
    focus: bool,
    facets: Facets,
    passages: Passages,
    tellings: Tellings,
    followed: u64,
    /// What the rows were drawn for last: the list, the view, and the search.
    drawn: (ListTab, u64, String),
    /// Whether the selected row was among them.
    in_sight: bool,
    /// Where the list was scrolled to, and how much of it was seen, points.
    seen: (f32, f32),
    scroll: Option<f32>,
}

/// What the filter is, in a few words, to suggest a name for it.
pub fn told(explorer: &Explorer) -> String {
    let parts: Vec<String> = chips::parts(explorer).into_iter().map(|part| part.text).collect();
    parts.join(", ")
}

impl Lists {
    /// Puts the cursor into the search box with the next frame.
    pub fn focus_search(&mut self) {
        self.focus = true;
    }

    /// Draws the pane; answers the place that the pointer is over.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        explorer: &Explorer,
        session: &mut Session,
        reading: bool,
        acts: &mut Vec<Act>,
    ) -> Option<u32> {
        self.follow(explorer, session.tab);
        let inside = egui::Margin { left: 12, right: 12, top: 10, bottom: 0 };
        egui::Frame::new().inner_margin(inside).show(ui, |ui| {
            subject(ui, explorer, acts);
            ui.add_space(space::S);
            self.search(ui, explorer, acts);
            ui.add_space(6.0);
            let saved = session.finding.position(&explorer.filter).is_some();
            if chips::ui(ui, explorer, saved, acts) {
                session.tab = ListTab::Filters;
            }
            ui.add_space(2.0);
            tabs(ui, explorer, session);
        });
        ui.spacing_mut().item_spacing.y = 0.0;
        widgets::hairline(ui);
        let awaited = reading && explorer.view.articles.is_empty() && explorer.filter.is_default();
        if explorer.collection.is_empty() || awaited {
            nothing_open(ui, reading, acts);
            return None;
        }
        if session.tab == ListTab::Filters {
            self.facets.ui(ui, explorer, &session.finding, acts);
            return None;
        }
        let inside = egui::Margin { left: 10, right: 12, top: 2, bottom: 0 };
        egui::Frame::new().inner_margin(inside).show(ui, |ui| order::ui(ui, explorer, session.tab, acts));
        match session.tab {
            ListTab::Places => self.places(ui, explorer, acts),
            ListTab::Events => self.events(ui, explorer, acts),
            _ => {
                self.articles(ui, explorer, acts);
                None
            }
        }
    }

    /// Brings what was selected in another pane into sight; keeps it there when the list changes around it.
    fn follow(&mut self, explorer: &Explorer, tab: ListTab) {
        let drawn = (tab, explorer.view.revision, explorer.filter.query.clone());
        let before = std::mem::replace(&mut self.drawn, drawn);
        let followed = std::mem::replace(&mut self.followed, explorer.selected.serial);
        let chosen = followed != explorer.selected.serial && explorer.selected.from != Pane::Lists;
        let turned = before.0 != tab;
        let searched = before.2 != self.drawn.2;
        let moved = before.1 != self.drawn.1 && self.in_sight;
        if searched && !turned {
            self.scroll = Some(0.0);
        }
        if !(chosen || turned || moved || searched) {
            return;
        }
        let what = explorer.selected.what;
        let (row, high) = match tab {
            ListTab::Places => {
                let place = what.place(&explorer.collection);
                (explorer.view.places.iter().position(|row| Some(row.key) == place), space::ROW)
            }
            ListTab::Articles => {
                let row =
                    what.article().and_then(|article| explorer.view.row_of(&explorer.collection, article));
                (row, rows::article_height(explorer))
            }
            ListTab::Events => {
                let event = what.event();
                let row = explorer.view.events.iter().position(|row| Some(row.at) == event);
                (row, happened::HEIGHT)
            }
            ListTab::Filters => return,
        };
        let Some(top) = row.map(|row| row as f32 * high) else { return };
        let (offset, seen) = if turned { (f32::INFINITY, self.seen.1) } else { self.seen };
        let offset = self.scroll.unwrap_or(offset);
        if top < offset || top + high > offset + seen {
            self.scroll = Some((top - seen * 0.3).max(0.0));
        }
    }

    fn search(&mut self, ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
        // The filter may have been cleared by a command.
        if self.query != explorer.filter.query {
            self.query.clone_from(&explorer.filter.query);
        }
        let tokens = Tokens::of(ui.ctx());
        let rect = ui.available_rect_before_wrap().with_max_y(ui.cursor().top() + 32.0);
        let edit = TextEdit::singleline(&mut self.query)
            .id(Id::unique("search"))
            .hint_text("Search articles and places")
            .margin(egui::Margin { left: 30, right: 28, top: 7, bottom: 6 })
            .desired_width(rect.width());
        let response = ui.add_sized(vec2(rect.width(), 32.0), edit);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::SearchInput, true, "Search articles and places")
        });
        let at = pos2(rect.left() + 16.0, response.rect.center().y);
        let centre = egui::Align2::CENTER_CENTER;
        widgets::icon_at(ui, at, centre, icon::MAGNIFYING_GLASS, size::ICON, tokens.quiet);
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        if response.lost_focus() {
            // Escape has left the box and means no more than that.
            acts.retain(|act| !matches!(act, Act::Do(Command::ClearSelection)));
        }
        let (down, entered) =
            ui.input(|input| (input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter)));
        if (response.has_focus() && down) || (response.lost_focus() && entered) {
            response.surrender_focus();
            acts.push(Act::Do(Command::FirstRow));
        }
        if response.changed() {
            acts.push(Act::Filter(Filter { query: self.query.clone(), ..explorer.filter.clone() }));
        }
        if !self.query.is_empty() {
            let right = egui::Rect::from_center_size(pos2(rect.right() - 14.0, at.y), vec2(28.0, 28.0));
            let mut corner = ui.new_child(egui::UiBuilder::new().max_rect(right));
            if widgets::icon_button(&mut corner, icon::X, "Clear search").clicked() {
                acts.push(Act::Filter(Filter { query: String::new(), ..explorer.filter.clone() }));
            }
        }
    }

    fn places(&mut self, ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) -> Option<u32> {
        let view = &explorer.view;
        let selected = explorer.selected.what.place(&explorer.collection);
        let mut hovered = None;
        let rows = view.places.len() + usize::from(view.unplaced > 0);
        if rows == 0 {
            return nothing_left(ui, explorer, acts);
        }
        self.in_sight = false;
        let output = self.scroll_area("places").show_rows(ui, space::ROW, rows, |ui, range| {
            for index in range {
                let Some(row) = view.places.get(index) else {
                    let text = format!("No place · {}", things(explorer, view.unplaced));
                    rows::lacking(ui, space::ROW, &text, Lacking::Place, explorer, acts);
                    continue;
                };
                let linked = explorer.hovered == Some(row.key);
                let chosen = selected == Some(row.key);
                self.in_sight |= chosen;
                let response = rows::place(ui, explorer, row, chosen, linked);
                if response.hovered() || response.has_focus() {
                    hovered = Some(row.key);
                }
                if response.clicked() {
                    acts.push(Act::SelectPlace(row.key, Pane::Lists));
                }
            }
        });
        self.seen = (output.state.clamped_offset().y, output.inner_rect.height());
        hovered
    }

    fn articles(&mut self, ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
        let view = &explorer.view;
        if view.articles.is_empty() {
            nothing_left(ui, explorer, acts);
            return;
        }
        let selected = explorer.selected.what.article();
        let searched = !explorer.filter.query.trim().is_empty();
        // Where dates decide, undated articles come last, under a row that counts them; else that row is the last.
        let dates = matches!(explorer.filter.order.articles, ArticleOrder::Newest | ArticleOrder::Oldest);
        let dates = dates || (explorer.filter.order.articles == ArticleOrder::Relevance && !searched);
        let dated =
            |row: &ArticleRow| explorer.collection.card(row.article).is_some_and(|card| card.days.is_some());
        let before = if dates { view.articles.partition_point(dated) } else { view.articles.len() };
        // Where events are shown, it is they that are counted as undated.
        let undated = if view.subject() == Subject::Mentions { view.undated } else { 0 };
        let heading = (undated > 0).then_some(before);
        let rows = view.articles.len() + usize::from(heading.is_some());
        let height = rows::article_height(explorer);
        self.in_sight = false;
        let output = self.scroll_area("articles").show_rows(ui, height, rows, |ui, range| {
            for index in range {
                if heading == Some(index) {
                    let text = format!("No date · {}", words::count(view.undated, "article", "articles"));
                    rows::lacking(ui, height, &text, Lacking::Date, explorer, acts);
                    continue;
                }
                let after = heading.is_some_and(|heading| index > heading);
                let Some(row) = view.articles.get(index - usize::from(after)) else {
                    continue;
                };
                let passage = if searched { self.passages.of(explorer, row.article) } else { None };
                let chosen = selected.is_some_and(|article| stands_for(explorer, row, article));
                self.in_sight |= chosen;
                if rows::article(ui, explorer, row, chosen, passage).clicked() {
                    acts.push(Act::Select(Selection::Article(row.article), Pane::Lists));
                }
            }
        });
        self.seen = (output.state.clamped_offset().y, output.inner_rect.height());
    }

    fn events(&mut self, ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) -> Option<u32> {
        let view = &explorer.view;
        if view.events.is_empty() {
            return nothing_left(ui, explorer, acts);
        }
        let selected = explorer.selected.what.event();
        // Where dates decide, undated events come last, under a row that counts them.
        let dates = matches!(explorer.filter.order.events, EventOrder::Newest | EventOrder::Oldest);
        let heading = (dates && view.undated > 0).then(|| view.events.len().saturating_sub(view.undated));
        let rows = view.events.len() + usize::from(heading.is_some());
        let (mut hovered, mut in_sight) = (None, false);
        let area = self.scroll_area("events");
        let output = area.show_rows(ui, happened::HEIGHT, rows, |ui, range| {
            for index in range {
                if heading == Some(index) {
                    let text = format!("No date · {}", things(explorer, view.undated));
                    rows::lacking(ui, happened::HEIGHT, &text, Lacking::Date, explorer, acts);
                    continue;
                }
                let after = heading.is_some_and(|heading| index > heading);
                let Some(row) = view.events.get(index - usize::from(after)) else { continue };
                let chosen = selected == Some(row.at);
                in_sight |= chosen;
                let response = self.tellings.row(ui, explorer, row, chosen);
                if response.hovered() || response.has_focus() {
                    hovered = row.place;
                }
                if response.clicked() {
                    acts.push(Act::SelectEvent(row.at, Among::List, Pane::Lists));
                }
            }
        });
        self.in_sight = in_sight;
        self.seen = (output.state.clamped_offset().y, output.inner_rect.height());
        hovered
    }

    fn scroll_area(&mut self, salt: &str) -> ScrollArea {
        let area = ScrollArea::vertical().id_salt(salt).auto_shrink(false);
        match self.scroll.take() {
            Some(offset) => area.vertical_scroll_offset(offset),
            None => area,
        }
    }
}

fn nothing_open(ui: &mut Ui, reading: bool, acts: &mut Vec<Act>) {
    if reading {
        let text = "Articles appear here as they are read.";
        widgets::empty(ui, icon::HOURGLASS_MEDIUM, "Reading…", text, &[], acts);
        return;
    }
    let text = "Open files or a folder, or drop them on the window.";
    let next = [Command::OpenFiles, Command::OpenSample];
    widgets::empty(ui, icon::FILES, "Nothing open yet", text, &next, acts);
}

fn nothing_left(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) -> Option<u32> {
    let clear = [Command::ClearFilter];
    if explorer.view.subject() == Subject::Mentions {
        let text = "No article has these words with these filters.";
        widgets::empty(ui, icon::MAGNIFYING_GLASS, "Nothing found", text, &clear, acts);
    } else if explorer.collection.event_count() == 0 {
        let text = "No words in the open articles tell that something happened.";
        widgets::empty(ui, icon::PULSE, "No events", text, &[Command::ShowMentions], acts);
    } else if explorer.filter.is_default() {
        let text = "All events in the open articles are threatened, denied or hypothetical.";
        widgets::empty(ui, icon::PULSE, "Nothing happened", text, &[Command::DefaultPolarities], acts);
    } else {
        let text = "No event passes the search and the filters.";
        widgets::empty(ui, icon::MAGNIFYING_GLASS, "Nothing found", text, &clear, acts);
    }
    None
}

/// "3 articles", or "3 events" where those are explored.
fn things(explorer: &Explorer, count: usize) -> String {
    match explorer.view.subject() {
        Subject::Mentions => words::count(count, "article", "articles"),
        Subject::Events => words::count(count, "event", "events"),
    }
}

/// What is explored, as one choice of two.
fn subject(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let size = vec2((ui.available_width() / 2.0).floor(), 30.0);
        for (command, text, own) in [
            (Command::ShowMentions, "Mentions", Subject::Mentions),
            (Command::ShowEvents, "Events", Subject::Events),
        ] {
            let on = explorer.filter.subject == own;
            let edges = [own == Subject::Mentions, own == Subject::Events];
            let segment = widgets::segment(ui, size, (command.icon(), text), on, edges);
            if segment.on_hover_ui(|ui| widgets::tooltip(ui, command)).clicked() && !on {
                acts.push(Act::Do(command));
            }
        }
    });
}

/// Whether a row is that of an article, or of another with the same text that stands for it.
fn stands_for(explorer: &Explorer, row: &ArticleRow, article: usize) -> bool {
    let text = |article| explorer.collection.text_of(article);
    row.article == article || row.copies > 0 && text(row.article) == text(article)
}

fn tabs(ui: &mut Ui, explorer: &Explorer, session: &mut Session) {
    let view = &explorer.view;
    let places = (ListTab::Places, "Places", view.places.len());
    let articles = (ListTab::Articles, "Articles", view.article_count());
    let events = (ListTab::Events, "Events", view.events.len());
    let shown: &[_] = match explorer.filter.subject {
        Subject::Mentions => &[places, articles],
        Subject::Events => &[events, places, articles],
    };
    // With three lists there may be room for the count of one alone.
    let wide =
        |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x;
    let counted = |count: usize| 6.0 + wide(&words::number(count as u64), widgets::small());
    let heads =
        shown.iter().map(|&(_, text, count)| wide(text, theme::semibold(size::BODY)) + counted(count));
    let all = heads.sum::<f32>() + wide("Filters", theme::semibold(size::BODY));
    let narrow = all + space::M * shown.len() as f32 > ui.available_width();
    let gap = if narrow || shown.len() > 2 { space::M } else { space::L };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for &(tab, text, count) in shown {
            let (count, active) = (words::number(count as u64), session.tab == tab);
            let draw = if narrow { widgets::narrow_tab } else { widgets::tab };
            if draw(ui, text, &count, active).clicked() {
                session.tab = tab;
            }
        }
        if widgets::plain_tab(ui, "Filters", session.tab == ListTab::Filters).clicked() {
            session.tab = ListTab::Filters;
        }
    });
}
