//! The left pane: search box, filters in force, places by number of articles, articles by date.
//! Only the rows in sight are drawn, so a hundred thousand cost what thirty do.

use egui::{Id, ScrollArea, TextEdit, Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use crate::explore::{Explorer, Filter, Lacking, Pane, Selection};
use crate::model::Sense;

use super::command::{Act, Command};
use super::rows;
use super::session::{ListTab, Session};
use super::theme::{Tokens, size, space};
use super::widgets;
use super::words;

/// The pane's own state.
#[derive(Default)]
pub struct Lists {
    query: String,
    focus: bool,
    followed: u64,
    scroll: Option<f32>,
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
        self.follow(explorer, session, ui.available_height());
        egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 12, top: 10, bottom: 0 }).show(
            ui,
            |ui| {
                self.search(ui, explorer, acts);
                ui.add_space(6.0);
                chips(ui, explorer, acts);
                ui.add_space(2.0);
                tabs(ui, explorer, session);
            },
        );
        ui.spacing_mut().item_spacing.y = 0.0;
        widgets::hairline(ui);
        if reading && explorer.view.articles.is_empty() && explorer.filter.is_default() {
            widgets::empty(
                ui,
                icon::HOURGLASS_MEDIUM,
                "Reading…",
                "Articles appear here as they are read.",
                &[],
                acts,
            );
            return None;
        }
        if explorer.collection.articles().is_empty() {
            let text = "Open files or a folder, or drop them on the window.";
            let next = [Command::OpenFiles, Command::OpenSample];
            widgets::empty(ui, icon::FILES, "Nothing open yet", text, &next, acts);
            return None;
        }
        match session.tab {
            ListTab::Places => self.places(ui, explorer, acts),
            ListTab::Articles => {
                self.articles(ui, explorer, acts);
                None
            }
        }
    }

    /// Scrolls to what was selected in another pane.
    fn follow(&mut self, explorer: &Explorer, session: &Session, height: f32) {
        if self.followed == explorer.selected.serial {
            return;
        }
        self.followed = explorer.selected.serial;
        if explorer.selected.from == Pane::Lists {
            return;
        }
        let place = explorer.selected.what.place(&explorer.collection);
        let article = explorer.selected.what.article();
        let row = match session.tab {
            ListTab::Places => explorer.view.places.iter().position(|row| Some(row.key) == place),
            ListTab::Articles => explorer.view.articles.iter().position(|row| Some(row.article) == article),
        };
        let high = if session.tab == ListTab::Places { space::ROW } else { rows::ARTICLE };
        self.scroll = row.map(|row| (row as f32 * high - height * 0.3).max(0.0));
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
            return nothing_left(ui, acts);
        }
        self.scroll_area("places").show_rows(ui, space::ROW, rows, |ui, range| {
            for index in range {
                let Some(row) = view.places.get(index) else {
                    let text = format!("No place · {}", words::count(view.unplaced, "article", "articles"));
                    rows::lacking(ui, space::ROW, &text, Lacking::Place, explorer, acts);
                    continue;
                };
                let linked = explorer.hovered == Some(row.key);
                let response = rows::place(ui, explorer, row, selected == Some(row.key), linked);
                if response.hovered() {
                    hovered = Some(row.key);
                }
                if response.clicked() {
                    acts.push(Act::SelectPlace(row.key, Pane::Lists));
                }
            }
        });
        hovered
    }

    fn articles(&mut self, ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
        let view = &explorer.view;
        if view.articles.is_empty() {
            nothing_left(ui, acts);
            return;
        }
        let selected = explorer.selected.what.article();
        // Undated articles come last, under a row that counts them.
        let heading = (view.undated > 0).then(|| view.articles.len() - view.undated);
        let rows = view.articles.len() + usize::from(heading.is_some());
        self.scroll_area("articles").show_rows(ui, rows::ARTICLE, rows, |ui, range| {
            for index in range {
                if heading == Some(index) {
                    let text = format!("No date · {}", words::count(view.undated, "article", "articles"));
                    rows::lacking(ui, rows::ARTICLE, &text, Lacking::Date, explorer, acts);
                    continue;
                }
                let after = heading.is_some_and(|heading| index > heading);
                let Some(row) = view.articles.get(index - usize::from(after)) else {
                    continue;
                };
                if rows::article(ui, explorer, row, selected == Some(row.article)).clicked() {
                    acts.push(Act::Select(Selection::Article(row.article), Pane::Lists));
                }
            }
        });
    }

    fn scroll_area(&mut self, salt: &str) -> ScrollArea {
        let area = ScrollArea::vertical().id_salt(salt).auto_shrink(false);
        match self.scroll.take() {
            Some(offset) => area.vertical_scroll_offset(offset),
            None => area,
        }
    }
}

fn nothing_left(ui: &mut Ui, acts: &mut Vec<Act>) -> Option<u32> {
    let text = "No article has these words with these filters.";
    widgets::empty(ui, icon::MAGNIFYING_GLASS, "Nothing found", text, &[Command::ClearFilter], acts);
    None
}

fn chips(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    let filter = &explorer.filter;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        let default_kinds = filter.kinds == crate::explore::KindSet::DEFAULT;
        let text = Command::DefaultKinds.text();
        let chip = widgets::chip(ui, text, default_kinds, text);
        if chip.on_hover_ui(|ui| widgets::tooltip(ui, Command::DefaultKinds)).clicked() {
            acts.push(Act::Do(Command::DefaultKinds));
        }
        super::facets::menu(ui, explorer, acts);
        let mut removable = |ui: &mut Ui, text: &str, without: Filter| {
            let chip =
                widgets::chip(ui, &format!("{text}  {}", icon::X), true, &format!("{text}: remove filter"));
            if chip.on_hover_text("Remove this filter").clicked() {
                acts.push(Act::Filter(without));
            }
        };
        if let Some(code) = &filter.country {
            let country = explorer.view.countries.iter().find(|country| country.code == *code);
            let name = country.map_or(code.as_str(), |country| country.name.as_str());
            removable(ui, name, Filter { country: None, ..filter.clone() });
        }
        if let Some(place) = filter.place.and_then(|key| explorer.collection.place(key)) {
            let text = format!("Mentions {}", place.place.name);
            removable(ui, &text, Filter { place: None, ..filter.clone() });
        }
        match filter.sense {
            Some(Sense::Literal) => removable(ui, "Literal", Filter { sense: None, ..filter.clone() }),
            Some(Sense::Associative) => {
                removable(ui, "Associative", Filter { sense: None, ..filter.clone() })
            }
            None => {}
        }
        match filter.lacking {
            Some(Lacking::Place) => removable(ui, "No place", Filter { lacking: None, ..filter.clone() }),
            Some(Lacking::Date) => removable(ui, "No date", Filter { lacking: None, ..filter.clone() }),
            None => {}
        }
        if filter.uncertain {
            removable(ui, "Uncertain", Filter { uncertain: false, ..filter.clone() });
        }
    });
}

fn tabs(ui: &mut Ui, explorer: &Explorer, session: &mut Session) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let view = &explorer.view;
        for (tab, text, count) in [
            (ListTab::Places, "Places", view.places.len()),
            (ListTab::Articles, "Articles", view.articles.len()),
        ] {
            if widgets::tab(ui, text, &words::number(count as u64), session.tab == tab).clicked() {
                session.tab = tab;
            }
        }
    });
}
