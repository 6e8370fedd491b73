//! When an event happened, as somebody types it: a date as files write it, or as people do.

use egui::{Context, RichText};

use super::form::Around;
use crate::app::command::Act;
use crate::app::events;
use crate::app::project::Correction;
use crate::app::theme::{Tokens, space};
use crate::app::{dialog, widgets, words};
use crate::dates;
use crate::explore::EventRef;
use crate::model::{Article, PartialDate};
use crate::project::change;

const WHEN: &str = "When it happened";

/// A date that is being typed.
pub struct WhenForm {
    at: EventRef,
    text: String,
    asked: bool,
}

impl WhenForm {
    /// The date of an event.
    pub fn new(at: EventRef) -> WhenForm {
        WhenForm { at, text: String::new(), asked: false }
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        let Some(article) = around.explorer.collection.article(self.at.article) else { return false };
        let Some(event) = article.events.get(self.at.event) else { return false };
        let (mut open, mut done) = (true, false);
        dialog::window("When it happened", &mut open).show(ctx, |ui| {
            ui.set_width(380.0);
            ui.spacing_mut().item_spacing.y = space::S;
            let quiet = Tokens::of(ctx).quiet;
            widgets::focus_once(ui, WHEN, &mut self.asked);
            let entered = widgets::text_field(ui, WHEN, "12 Sep 2023, 2023-09, last Monday", &mut self.text);
            let date = read(&self.text, article.article.day());
            let said = match date {
                Some(date) => words::date(date),
                None if self.text.trim().is_empty() => "A day, a month or a year".to_owned(),
                None => "This is no date".to_owned(),
            };
            ui.label(RichText::new(said).color(quiet));
            let (set, unknown) = widgets::foot(ui, |ui| {
                let set = widgets::primary_button(ui, "Set the date", date.is_some()).clicked();
                (set, widgets::plain_button(ui, "Not known").clicked())
            });
            if unknown || date.is_some() && (set || entered) {
                let when = date.filter(|_| !unknown);
                let name = events::title(event);
                let shown = (self.at.article as u32, event.trigger, event.kind);
                let edit = move |state: &_| change::set_when(state, &name, shown, when);
                acts.push(Act::Correct(Box::new(Correction::new(edit))));
                done = true;
            }
        });
        open && !done
    }
}

/// The date that somebody typed, who reads an article of this day.
fn read(text: &str, day: Option<PartialDate>) -> Option<PartialDate> {
    let text = text.trim();
    if let Ok(date) = text.parse::<PartialDate>() {
        return Some(date).filter(|date| date.year.is_some());
    }
    let mut article = Article::from_text("", text.to_owned());
    article.date = day;
    let found = dates::find(&article);
    let date = found.first()?.edtf.parse::<PartialDate>().ok()?;
    Some(date).filter(|date| date.year.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = Some(PartialDate::ymd(2023, 9, 13));
        let check = |text: &str, expected: &str| {
            let date = read(text, day).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(date, expected, "{text}");
        };
        check("2023-09-12", "2023-09-12");
        check(" 2023-09 ", "2023-09");
        check("12 September 2023", "2023-09-12");
        check("September 2023", "2023-09");
        check("nothing of the kind", "");
        check("", "");
    }
}
