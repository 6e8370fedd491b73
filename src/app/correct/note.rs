//! A note and tags, on a mention or on its place.

use std::sync::Arc;

use egui::{Context, RichText, TextEdit};

use super::form::Around;
use crate::app::command::Act;
use crate::app::project::Correction;
use crate::app::theme::{Tokens, space};
use crate::app::{dialog, widgets};
use crate::model::Place;
use crate::project::{Field, State, Target, Value, change};

const NOTE: &str = "Note";

/// What is being noted.
pub struct NoteForm {
    /// What may be noted on: what it is called, and what it is.
    about: Vec<(String, Target)>,
    chosen: usize,
    note: String,
    tags: String,
    asked: bool,
}

impl NoteForm {
    /// On a mention of these words, or on its place where it has one.
    pub fn new(words: String, mention: Target, place: Option<&Arc<Place>>, state: &State) -> NoteForm {
        let place = place.map(|place| (place.label(), Target::Place(place.id.clone())));
        let about: Vec<_> = std::iter::once((format!("“{words}” here"), mention)).chain(place).collect();
        let (note, tags) = (String::new(), String::new());
        let mut form = NoteForm { about, chosen: 0, note, tags, asked: false };
        form.choose(0, state);
        form
    }

    /// Goes over to another of what may be noted on.
    fn choose(&mut self, number: usize, state: &State) {
        let Some((_, target)) = self.about.get(number) else { return };
        self.chosen = number;
        let held = |field| state.get(target, field).map(|held| &held.value);
        self.note = match held(Field::Note) {
            Some(Value::Text(note)) => note.clone(),
            _ => String::new(),
        };
        self.tags = match held(Field::Tags) {
            Some(Value::Tags(tags)) => tags.join(", "),
            _ => String::new(),
        };
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        let (mut open, mut done) = (true, false);
        dialog::window("Note and tags", &mut open).show(ctx, |ui| {
            ui.set_width(420.0);
            ui.spacing_mut().item_spacing.y = space::S;
            let mut chosen = None;
            ui.horizontal_wrapped(|ui| {
                for (number, (name, _)) in self.about.iter().enumerate() {
                    if widgets::chip(ui, name, self.chosen == number, name).clicked() {
                        chosen = Some(number);
                    }
                }
            });
            if let Some(number) = chosen {
                self.choose(number, around.state);
            }
            widgets::focus_once(ui, NOTE, &mut self.asked);
            let field = TextEdit::multiline(&mut self.note)
                .id(widgets::field_id(NOTE))
                .desired_rows(3)
                .hint_text("What is to be known about it")
                .margin(egui::Margin::symmetric(10, 7))
                .desired_width(ui.available_width());
            let response = ui.add(field);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, NOTE));
            let entered = widgets::text_field(ui, "Tags", "Tags, with commas between them", &mut self.tags);
            let quiet = Tokens::of(ctx).quiet;
            ui.label(RichText::new("Tags are words of your own, to find it by").color(quiet));
            let saved = widgets::foot(ui, |ui| widgets::primary_button(ui, "Save", true).clicked());
            if saved || entered {
                acts.extend(self.correction(around.state).map(|noted| Act::Correct(Box::new(noted))));
                done = true;
            }
        });
        open && !done
    }

    /// What is to be written down, where anything is another than before.
    fn correction(&self, state: &State) -> Option<Correction> {
        let (name, target) = self.about.get(self.chosen)?.clone();
        let mut tags: Vec<String> = self.tags.split(',').map(|tag| tag.trim().to_owned()).collect();
        tags.retain(|tag| !tag.is_empty());
        tags.sort();
        tags.dedup();
        let note = self.note.clone();
        let edit = move |state: &State| {
            let noted = change::note(state, &name, target.clone(), &note);
            let tags = (!tags.is_empty()).then(|| Value::Tags(tags.clone()));
            let tagged = state.edit(format!("Tags on {name}"), [(target.clone(), Field::Tags, tags)]);
            let title = if noted.sets.is_empty() { tagged.title.clone() } else { noted.title.clone() };
            change::together(title, [noted, tagged])
        };
        (!edit(state).sets.is_empty()).then(|| Correction::new(edit))
    }
}
