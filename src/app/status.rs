//! The bar at the bottom: what is shown in figures, how far work has come, what went wrong.
//! What is long is cut in the middle of the bar; Cancel and the problems stay in sight.

use std::time::Duration;

use egui::{Align, Layout, Rect, RichText, Role, Ui, WidgetInfo, pos2};
use egui_phosphor::regular as icon;

use crate::explore::{Explorer, Subject};

use super::command::{Act, Command};
use super::loading::Progress;
use super::theme::{Tokens, size, space};
use super::widgets;
use super::words;

/// Work that is under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Doing {
    text: String,
    share: Option<f32>,
    /// Whether it can be cancelled.
    cancel: bool,
}

impl Doing {
    /// Work that is told in a sentence alone.
    pub fn told(text: String) -> Doing {
        Doing { text, share: None, cancel: true }
    }

    /// Work of which a share is done, 0 to 1.
    pub fn shared(text: String, share: f32) -> Doing {
        Doing { text, share: Some(share), cancel: true }
    }

    /// The same for work that nobody can cancel.
    #[must_use]
    pub fn uninterrupted(self) -> Doing {
        Doing { cancel: false, ..self }
    }

    /// How far a job has come: the file, the count, the rate, the time left.
    pub fn of(progress: &Progress) -> Doing {
        let left = progress.left.map(left);
        let parts = [Some(progress.words()), progress.file.clone(), left];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join("  ·  ");
        Doing { text, share: progress.share, cancel: true }
    }
}

/// "about 40 s left", in steps that do not flicker.
fn left(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => "a few seconds left".to_owned(),
        10..60 => format!("about {} s left", seconds.div_ceil(10) * 10),
        60..5400 => format!("about {} min left", (seconds + 30) / 60),
        _ => format!("about {} h left", (seconds + 1800) / 3600),
    }
}

/// How what is open is kept: the name with a word for it, and a sentence.
pub type Kept = (String, String);

/// Draws the bar.
pub fn ui(
    ui: &mut Ui,
    explorer: &Explorer,
    doing: Option<&Doing>,
    kept: Option<&Kept>,
    still: bool,
    acts: &mut Vec<Act>,
) {
    let bar = ui.max_rect();
    if let Some(doing) = doing {
        line(ui, bar, doing);
    }
    let tokens = Tokens::of(ui.ctx());
    let quiet = |text: String| RichText::new(text).size(size::SMALL).color(tokens.quiet);
    let centre = Layout::left_to_right(Align::Center);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(space::M);
        let problems = explorer.collection.problems().len();
        if problems > 0 {
            let text = format!("{}  {}", icon::WARNING, words::count(problems, "problem", "problems"));
            let button = ui.add(egui::Button::new(quiet(text).color(tokens.warning)).small());
            if button.on_hover_ui(|ui| widgets::tooltip(ui, Command::Problems)).clicked() {
                acts.push(Act::Do(Command::Problems));
            }
        }
        if let Some((word, sentence)) = kept {
            let label = ui.add(egui::Label::new(quiet(word.clone())).selectable(false));
            label.on_hover_text(sentence);
            ui.add_space(space::XS);
        }
        if doing.is_some_and(|doing| doing.cancel) {
            let cancel = ui.add(egui::Button::new(quiet("Cancel".to_owned()).color(tokens.accent)).small());
            if cancel.on_hover_ui(|ui| widgets::tooltip(ui, Command::Cancel)).clicked() {
                acts.push(Act::Do(Command::Cancel));
            }
        }
        ui.with_layout(centre, |ui| {
            ui.add_space(space::M);
            let text = match doing {
                Some(doing) => {
                    if still {
                        ui.label(quiet(icon::HOURGLASS_MEDIUM.to_owned()).color(tokens.accent));
                    } else {
                        ui.add(egui::Spinner::new().size(12.0).color(tokens.accent));
                    }
                    doing.text.clone()
                }
                None => summary(explorer),
            };
            ui.add(egui::Label::new(quiet(text)).truncate());
        });
    });
}

/// A thin line over the bar, as long as the share that is done.
fn line(ui: &Ui, bar: Rect, doing: &Doing) {
    let Some(share) = doing.share else { return };
    let x = bar.left() + bar.width() * share.clamp(0.0, 1.0);
    let area = Rect::from_min_max(bar.min, pos2(x, bar.top() + 2.0));
    let response = ui.interact(area, ui.scope_id().with("share"), egui::Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::ProgressIndicator, true, format!("{:.0} % done", share * 100.0))
    });
    ui.painter().rect_filled(area, 0.0, Tokens::of(ui.ctx()).accent);
}

fn summary(explorer: &Explorer) -> String {
    let view = &explorer.view;
    if explorer.collection.is_empty() {
        return "Nothing open".to_owned();
    }
    let (articles, places) = (
        words::count(view.article_count(), "article", "articles"),
        words::count(view.places.len(), "place", "places"),
    );
    let events = view.subject() == Subject::Events;
    let mut parts = match events {
        true => vec![words::count(view.events.len(), "event", "events"), places, articles],
        false => vec![articles, places, words::count(view.mentions, "mention", "mentions")],
    };
    if events && view.unplaced > 0 {
        parts.push(format!("{} without a place", words::number(view.unplaced as u64)));
    }
    if !events && view.unresolved > 0 {
        parts.push(format!("{} not placed", words::number(view.unresolved as u64)));
    }
    if !explorer.filter.is_default() {
        parts.push(format!(
            "filtered from {}",
            words::count(explorer.collection.len(), "article", "articles")
        ));
    }
    parts.join("  ·  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_told_in_steps() {
        let check = |seconds, expected: &str| assert_eq!(left(Duration::from_secs(seconds)), expected);
        check(3, "a few seconds left");
        check(41, "about 50 s left");
        check(100, "about 2 min left");
        check(7000, "about 2 h left");
    }
}
