//! What an article is called, of which day it is, whose and about what: a form that a person corrects it in.
//! What was read is shown as long as nobody said otherwise; one press leads back to it.

use std::sync::Arc;

use egui::{Context, Label, RichText, ScrollArea, TextEdit, Ui};

use crate::app::command::Act;
use crate::app::finder::{Reach, offers};
use crate::app::theme::{Tokens, space};
use crate::app::{dialog, widgets};
use crate::explore::Collection;
use crate::gazetteer::Gazetteer;
use crate::model::{Article, PartialDate, Place};
use crate::project::change::{self, together};
use crate::project::{Edit, Field, State, Target, Value};

use super::Correction;

/// What stands in the fields.
#[derive(Clone, Debug, Default, PartialEq)]
struct Fields {
    title: String,
    date: String,
    source: String,
    tags: String,
    note: String,
    home: Option<Arc<Place>>,
}

/// The form, for one article.
#[derive(Default)]
pub struct ArticleForm {
    number: u32,
    /// What the article is called.
    name: String,
    /// As it was when the form was opened.
    before: Fields,
    now: Fields,
    /// What is typed of its home, and the places for it.
    home: String,
    offered: (String, Vec<Arc<Place>>),
    gazetteer: Option<Gazetteer>,
    error: Option<String>,
    asked: bool,
}

impl ArticleForm {
    /// Begins with an article as it is seen.
    pub fn begin(&mut self, number: usize, article: &Article, state: &State, gazetteer: Gazetteer) {
        let number = number as u32;
        let target = Target::Article(number);
        let said = |field| state.get(&target, field).map(|held| held.value.clone());
        let home = said(Field::Home).and_then(|value| value.place().cloned());
        let before = Fields {
            title: article.title.clone().unwrap_or_default(),
            date: article.date.map(|date| date.to_string()).unwrap_or_default(),
            source: article.source.clone().unwrap_or_default(),
            tags: match said(Field::Tags) {
                Some(Value::Tags(tags)) => tags.join(", "),
                _ => String::new(),
            },
            note: match said(Field::Note) {
                Some(Value::Text(note)) => note,
                _ => String::new(),
            },
            home,
        };
        *self = Self {
            number,
            name: article.heading().to_owned(),
            now: before.clone(),
            home: before.home.as_ref().map(|place| place.label()).unwrap_or_default(),
            before,
            gazetteer: Some(gazetteer),
            ..Self::default()
        };
        self.offered.0.clone_from(&self.home);
    }

    /// Draws it while `open`.
    pub fn ui(&mut self, ctx: &Context, open: &mut bool, collection: &Collection, acts: &mut Vec<Act>) {
        let mut done = None;
        let room = ctx.content_rect().size();
        dialog::window("Edit article", open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 520.0));
            let high = (room.y - 160.0).clamp(160.0, 560.0);
            ScrollArea::vertical().auto_shrink([false, true]).max_height(high).show(ui, |ui| {
                self.fields(ui, collection);
            });
            if let Some(error) = &self.error {
                let warning = Tokens::of(ui.ctx()).warning;
                ui.add(Label::new(RichText::new(error).color(warning)).wrap());
            }
            widgets::foot(ui, |ui| {
                let changed = self.now != self.before || self.home_text() != self.home.trim();
                if widgets::primary_button(ui, "Save", changed).clicked() {
                    done = self.correction();
                }
                let read = widgets::plain_button(ui, "As read");
                if read.on_hover_text("Let go of title, date, outlet and home that people set").clicked() {
                    done = Some(as_read(self.number, &self.name));
                }
            });
        });
        if let Some(correction) = done {
            acts.push(Act::Correct(Box::new(correction)));
            *open = false;
        }
    }

    fn home_text(&self) -> String {
        self.now.home.as_ref().map(|place| place.label()).unwrap_or_default()
    }

    fn fields(&mut self, ui: &mut Ui, collection: &Collection) {
        let before = self.now.clone();
        field(ui, "Title", "As read", &mut self.now.title);
        widgets::focus_once(ui, "Title", &mut self.asked);
        field(ui, "Date", "2016-10-17, or 2016-10, or none", &mut self.now.date);
        field(ui, "Outlet", "Who published it", &mut self.now.source);
        field(ui, "Outlet's home", "Name of a place, or none", &mut self.home);
        self.offer_homes(ui, collection);
        field(ui, "Tags", "Words with commas between them", &mut self.now.tags);
        label(ui, "Comment");
        let edit = TextEdit::multiline(&mut self.now.note)
            .id(widgets::field_id("Comment"))
            .margin(egui::Margin::symmetric(10, 6))
            .desired_rows(3)
            .desired_width(ui.available_width() - space::M);
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MultilineTextInput, true, "Comment"));
        if before != self.now {
            self.error = None;
        }
    }

    fn offer_homes(&mut self, ui: &mut Ui, collection: &Collection) {
        let Some(gazetteer) = &self.gazetteer else { return };
        if self.home.trim().is_empty() {
            self.now.home = None;
        }
        if self.offered.0 != self.home {
            let found = offers(gazetteer, collection, &self.home, Reach::Alike);
            let places = found.into_iter().map(|offer| Arc::new(offer.place)).take(4).collect();
            self.offered = (self.home.clone(), places);
        }
        let mut chosen = None;
        for place in &self.offered.1 {
            if widgets::ringed(ui, |ui| ui.link(place.label())).clicked() {
                chosen = Some(Arc::clone(place));
            }
        }
        if let Some(place) = chosen {
            self.home = place.label();
            self.offered = (self.home.clone(), Vec::new());
            self.now.home = Some(place);
        }
    }

    /// What was changed; where a field makes no sense it says so instead.
    fn correction(&mut self) -> Option<Correction> {
        let date = match self.now.date.trim() {
            "" => None,
            text => match text.parse::<PartialDate>() {
                Ok(date) => Some(date),
                Err(_) => {
                    self.error = Some(format!("“{text}” is no date: write 2016-10-17, 2016-10 or 2016"));
                    return None;
                }
            },
        };
        if self.home.trim() != self.home_text() {
            let Some(place) = self.offered.1.first().cloned() else {
                self.error = Some(format!("The gazetteer knows no place “{}”", self.home.trim()));
                return None;
            };
            self.now.home = Some(place);
        }
        let (number, name) = (self.number, self.name.clone());
        let (before, now) = (self.before.clone(), self.now.clone());
        Some(Correction::new(move |state| edit(state, number, &name, &before, &now, date)))
    }
}

/// All that was changed, as one edit.
fn edit(
    state: &State,
    number: u32,
    name: &str,
    before: &Fields,
    now: &Fields,
    date: Option<PartialDate>,
) -> Edit {
    let target = Target::Article(number);
    let (own, told) = ([number], format!("“{name}”"));
    let mut edits = Vec::new();
    if now.title != before.title {
        edits.push(change::set_title(state, number, Some(now.title.trim())));
    }
    if now.date != before.date {
        edits.push(change::set_date(state, &told, &own, Some(date)));
    }
    if now.source != before.source {
        edits.push(change::set_source(state, &told, &own, Some(now.source.trim())));
    }
    if now.home != before.home {
        edits.push(change::set_home(state, &told, &own, now.home.as_ref()));
    }
    if now.tags != before.tags {
        let tags = tags(&now.tags);
        let value = (!tags.is_empty()).then_some(Value::Tags(tags));
        edits.push(state.edit(format!("Tags of {told}"), [(target.clone(), Field::Tags, value)]));
    }
    if now.note != before.note {
        edits.push(change::note(state, &told, target, &now.note));
    }
    let title = match edits.as_slice() {
        [one] => one.title.clone(),
        _ => format!("{told} edited"),
    };
    together(title, edits)
}

/// What people set of an article is let go of, but for tags and comment.
fn as_read(number: u32, name: &str) -> Correction {
    let title = format!("“{name}” as read");
    Correction::new(move |state| {
        let fields = [Field::Title, Field::Date, Field::Source, Field::Home];
        state.edit(title.clone(), fields.map(|field| (Target::Article(number), field, None)))
    })
}

/// The words between commas, each once, sorted.
fn tags(text: &str) -> Vec<String> {
    let words = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    let mut tags: Vec<String> = words.map(str::to_owned).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

fn label(ui: &mut Ui, text: &str) {
    ui.add_space(space::XS);
    ui.label(RichText::new(text).color(Tokens::of(ui.ctx()).quiet));
}

fn field(ui: &mut Ui, name: &str, hint: &str, text: &mut String) {
    label(ui, name);
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width() - space::M);
        widgets::text_field(ui, name, hint, text);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_the_words_between_commas() {
        let check = |text: &str, expected: &[&str]| assert_eq!(tags(text), expected, "{text}");
        check("", &[]);
        check(" flood , dam,,flood", &["dam", "flood"]);
        check("Wadi Derna", &["Wadi Derna"]);
    }

    #[test]
    fn what_was_changed_is_one_edit() {
        let state = State::default();
        let before = Fields { title: "Flood".into(), date: "2023".into(), ..Fields::default() };
        let mut now = before.clone();
        now.tags = "dam".into();
        assert_eq!(edit(&state, 3, "Flood", &before, &now, None).title, "Tags of “Flood”");
        now.title = "The flood".into();
        let both = edit(&state, 3, "Flood", &before, &now, None);
        assert_eq!((both.title.as_str(), both.sets.len()), ("“Flood” edited", 2));
    }
}
