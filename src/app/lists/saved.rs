//! Filters that are kept under a name, and the small window that asks for it.
//! They know places by identifier and outlets by name, so they work on whatever is open.

use egui::{Context, RichText};
use serde::{Deserialize, Deserializer, Serialize};

use crate::app::command::Act;
use crate::app::theme::Tokens;
use crate::app::{dialog, widgets};
use crate::explore::{Filter, Order};

/// Longest name of a saved filter, characters.
const LONGEST: usize = 80;

/// A filter with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedFilter {
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub filter: Filter,
}

/// What is kept of lists and filters from one session to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// The saved filters, in the order in which they were saved.
    #[serde(deserialize_with = "those_that_can_be_read")]
    pub saved: Vec<SavedFilter>,
    /// How the lists are ordered.
    pub order: Order,
}

/// One that a later version wrote in another way takes none of the others with it.
fn those_that_can_be_read<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<SavedFilter>, D::Error> {
    let values = Vec::<serde_json::Value>::deserialize(source)?;
    let read = values.into_iter().filter_map(|value| serde_json::from_value(value).ok());
    Ok(read.filter(|saved: &SavedFilter| !saved.name.trim().is_empty()).collect())
}

/// What to do with saved filters.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// Keep what is in force under this name, in place of what has it.
    Keep(String),
    /// Ask for another name for one.
    AskName(usize),
    /// Give one another name.
    Rename(usize, String),
    /// Keep one no longer.
    Delete(usize),
}

impl Finding {
    /// Where a filter is kept that shows the same.
    pub fn position(&self, filter: &Filter) -> Option<usize> {
        let shown = |saved: &SavedFilter| Filter { order: filter.order, ..saved.filter.clone() };
        self.saved.iter().position(|saved| shown(saved) == *filter)
    }

    /// Keeps a filter under a name.
    pub fn keep(&mut self, name: &str, filter: &Filter) {
        let saved =
            SavedFilter { name: tidy(name), filter: Filter { order: Order::default(), ..filter.clone() } };
        match self.saved.iter_mut().find(|other| other.name == saved.name) {
            Some(other) => *other = saved,
            None => self.saved.push(saved),
        }
    }

    /// Gives one another name; another of that name goes.
    pub fn rename(&mut self, index: usize, name: &str) {
        let name = tidy(name);
        let Some(saved) = self.saved.get_mut(index) else { return };
        saved.name.clone_from(&name);
        let mut number = 0;
        self.saved.retain(|saved| {
            number += 1;
            number - 1 == index || saved.name != name
        });
    }
}

fn tidy(name: &str) -> String {
    name.trim().chars().take(LONGEST).collect()
}

/// A name that is being typed.
#[derive(Debug, Default)]
pub struct Naming {
    text: String,
    /// The saved filter that it is for; none for a new one.
    of: Option<usize>,
    asked: bool,
}

const NAME: &str = "Name of the filter";

impl Naming {
    /// Asks for the name of a new filter, or of one that is kept, with a suggestion.
    pub fn new(of: Option<usize>, suggestion: &str) -> Naming {
        Naming { text: tidy(suggestion), of, asked: false }
    }

    /// Draws the window; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, finding: &Finding, acts: &mut Vec<Act>) -> bool {
        let (mut open, mut done) = (true, false);
        let title = if self.of.is_some() { "Rename the filter" } else { "Save this filter" };
        dialog::window(title, &mut open).show(ctx, |ui| {
            ui.set_width(360.0);
            let entered = widgets::text_field(ui, NAME, "Floods of 2023", &mut self.text);
            if !std::mem::replace(&mut self.asked, true) {
                let field = widgets::field_id(NAME);
                ctx.memory_mut(|memory| memory.request_focus(field));
            }
            let name = tidy(&self.text);
            let taken = finding.saved.iter().position(|saved| saved.name == name);
            if taken.is_some_and(|taken| Some(taken) != self.of) {
                let quiet = Tokens::of(ctx).quiet;
                ui.label(RichText::new("There is a filter of this name; it will be replaced").color(quiet));
            }
            let pressed =
                widgets::foot(ui, |ui| widgets::primary_button(ui, "Save", !name.is_empty()).clicked());
            if !name.is_empty() && (entered || pressed) {
                acts.push(Act::Saving(match self.of {
                    Some(index) => Saving::Rename(index, name),
                    None => Saving::Keep(name),
                }));
                done = true;
            }
        });
        open && !done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(query: &str) -> Filter {
        Filter { query: query.to_owned(), ..Filter::default() }
    }

    #[test]
    fn filters_are_kept_renamed_and_found_again() {
        let mut finding = Finding::default();
        finding.keep(" Dams ", &query("dam"));
        finding.keep("Snow", &query("snow"));
        finding.keep("Dams", &query("dam OR weir"));
        let names = |finding: &Finding| -> Vec<String> {
            finding.saved.iter().map(|saved| format!("{}: {}", saved.name, saved.filter.query)).collect()
        };
        assert_eq!(names(&finding), ["Dams: dam OR weir", "Snow: snow"]);
        let ordered = Filter {
            order: Order { places: crate::explore::PlaceOrder::Name, ..Order::default() },
            ..query("snow")
        };
        assert_eq!(finding.position(&ordered), Some(1));
        assert_eq!(finding.position(&query("rain")), None);
        finding.rename(1, "Dams");
        assert_eq!(names(&finding), ["Dams: snow"]);
    }

    #[test]
    fn one_that_cannot_be_read_takes_no_other_with_it() {
        let text = r#"{"saved": [{"name": "a", "filter": {"query": "dam"}}, {"name": "b", "filter": 7}, {"name": " ",
            "filter": {}}], "order": {"articles": "Oldest"}}"#;
        let finding: Finding = serde_json::from_str(text).unwrap();
        assert_eq!(finding.saved, [SavedFilter { name: "a".to_owned(), filter: query("dam") }]);
        assert_eq!(finding.order.articles, crate::explore::ArticleOrder::Oldest);
    }
}
