//! Search, filters and lists.
//! A change of the filter is all there is to do: every pane follows the view that comes of it.

use crate::app::command::{Act, Command};
use crate::app::dock::Area;
use crate::app::lists::{self, Naming, Saving};
use crate::app::session::ListTab;
use crate::app::window::DatelineApp;
use crate::explore::{Among, Filter, KindSet, Pane, Selection};

/// A row of the list in front.
#[derive(Clone, Copy)]
enum Row {
    First,
    Last,
    /// So many further on than the selected one.
    On(isize),
}

impl DatelineApp {
    pub(super) fn list_command(&mut self, command: Command) {
        match command {
            Command::Find => {
                self.dialogs.close_all();
                self.show(Area::Lists);
                self.lists.focus_search();
            }
            Command::ShowFilters => {
                self.dialogs.close_all();
                self.show(Area::Lists);
                self.session.tab = ListTab::Filters;
            }
            Command::ClearFilter => self.clear_filter(),
            Command::SaveFilter => self.name_filter(),
            Command::DefaultKinds => {
                let kinds = &mut self.explorer.filter.kinds;
                *kinds = if *kinds == KindSet::DEFAULT { KindSet::ALL } else { KindSet::DEFAULT };
            }
            Command::EachCopy => {
                let order = &mut self.explorer.filter.order;
                order.each_copy = !order.each_copy;
                self.session.finding.order = *order;
            }
            Command::OnlyThisPlace => {
                let key = self.explorer.selected.what.place(&self.explorer.collection);
                if let Some(entry) = key.and_then(|key| self.explorer.collection.place(key)) {
                    let only = [(entry.place.id.clone(), entry.place.name.clone())].into();
                    let chosen = &mut self.explorer.filter.places;
                    *chosen = if *chosen == only { Default::default() } else { only };
                }
            }
            Command::NextRow => self.select_row(Row::On(1)),
            Command::PreviousRow => self.select_row(Row::On(-1)),
            Command::FirstRow => self.select_row(Row::First),
            Command::LastRow => self.select_row(Row::Last),
            _ => {}
        }
    }

    /// Shows something else, or the same in another order.
    pub fn filter(&mut self, filter: Filter) {
        self.session.finding.order = filter.order;
        self.explorer.filter = filter;
    }

    /// Shows everything again, and offers the way back.
    fn clear_filter(&mut self) {
        let cleared = self.explorer.filter.cleared();
        let before = std::mem::replace(&mut self.explorer.filter, cleared);
        self.toasts.offer("Search and filters are cleared", "Undo", Act::Filter(before));
    }

    /// Asks for a name for the filter in force.
    fn name_filter(&mut self) {
        let filter = &self.explorer.filter;
        self.dialogs.close();
        let kept =
            self.session.finding.position(filter).and_then(|kept| self.session.finding.saved.get(kept));
        let suggestion = kept.map_or_else(|| lists::told(&self.explorer), |saved| saved.name.clone());
        self.dialogs.naming = Some(Naming::new(None, &suggestion));
    }

    pub(super) fn keep_filter(&mut self, saving: Saving) {
        let finding = &mut self.session.finding;
        match saving {
            Saving::Keep(name) => {
                finding.keep(&name, &self.explorer.filter);
                self.toasts.tell(format!("Saved the filter “{name}”"));
            }
            Saving::AskName(index) => {
                let name = finding.saved.get(index).map(|saved| saved.name.clone());
                self.dialogs.naming = name.map(|name| Naming::new(Some(index), &name));
            }
            Saving::Rename(index, name) => finding.rename(index, &name),
            Saving::Delete(index) if index < finding.saved.len() => {
                let gone = finding.saved.remove(index);
                self.toasts.tell(format!("Deleted the filter “{}”", gone.name));
            }
            Saving::Delete(_) => {}
        }
    }

    /// Selects a row of the list in front.
    fn select_row(&mut self, row: Row) {
        let view = &self.explorer.view;
        let what = self.explorer.selected.what;
        let at = |selected: &dyn Fn() -> Option<usize>, count: usize| match row {
            Row::First => Some(0).filter(|_| count > 0),
            Row::Last => count.checked_sub(1),
            Row::On(by) => {
                let at = selected().map_or(if by > 0 { 0 } else { -1 }, |at| at as isize + by);
                usize::try_from(at).ok().filter(|&at| at < count)
            }
        };
        match self.session.tab {
            ListTab::Places => {
                let place = what.place(&self.explorer.collection);
                let selected = || view.places.iter().position(|row| Some(row.key) == place);
                if let Some(row) = at(&selected, view.places.len()) {
                    let key = view.places[row].key;
                    self.explorer.select_place(key, Pane::None);
                }
            }
            ListTab::Articles => {
                let selected = || view.row_of(&self.explorer.collection, what.article()?);
                if let Some(row) = at(&selected, view.articles.len()) {
                    let article = view.articles[row].article;
                    self.explorer.select(Selection::Article(article), Pane::None);
                }
            }
            ListTab::Events => {
                let event = what.event();
                let selected = || view.events.iter().position(|row| Some(row.at) == event);
                if let Some(row) = at(&selected, view.events.len()) {
                    let event = view.events[row].at;
                    self.explorer.select_event(event, Among::List, Pane::None);
                }
            }
            ListTab::Filters => {}
        }
    }
}
