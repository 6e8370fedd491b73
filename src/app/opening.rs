//! The sheet that asks what to open: a path, or addresses on the web.
//! The web is asked only once somebody has switched that on here, in the settings or on the command line.

use std::path::PathBuf;

use egui::{Context, Ui};

use super::asking::{PathField, path_row, quiet};
use super::command::Act;
use super::dialog;
use super::project::Wish;
use super::theme::space;
use super::widgets;
use crate::ingest::is_address;

/// What the switch says.
const ASK: &str = "Ask the web for it";

/// The sheet while it is open.
pub struct Sheet {
    field: PathField,
    /// Whether the web may be asked, before this sheet and now.
    online: (bool, bool),
    /// Whether it is added to what is open.
    adds: bool,
}

impl Sheet {
    /// A sheet with nothing in it.
    pub fn new(online: bool) -> Self {
        Self { field: PathField::default(), online: (online, online), adds: false }
    }

    /// A sheet with these addresses in it.
    pub fn about(addresses: &[PathBuf], online: bool) -> Self {
        let words: Vec<_> = addresses.iter().map(|address| address.to_string_lossy()).collect();
        Self { field: PathField::new(words.join(" ")), online: (online, online), adds: false }
    }

    /// The same, for adding to what is open.
    pub fn for_adding(self) -> Self {
        Self { adds: true, ..self }
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, acts: &mut Vec<Act>) -> bool {
        let (mut open, mut done) = (true, false);
        dialog::window("Open by path or address", &mut open).show(ctx, |ui| {
            ui.set_width(480.0_f32.min(ctx.content_rect().width() - 96.0));
            quiet(ui, "A file or folder of articles, a project, or addresses of pages and feeds on the web.");
            let verb = if self.adds { "Add" } else { "Open" };
            let unasked = self.on_the_web() && !self.online.0;
            let online = &mut self.online.1;
            let mut ask = |ui: &mut Ui| {
                if unasked {
                    ui.label(ASK);
                    if widgets::switch(ui, *online, ASK).clicked() {
                        *online = !*online;
                    }
                }
            };
            let confirmed = path_row(ui, &mut self.field, "Path or address to open", verb, &mut ask);
            if unasked {
                ui.add_space(space::XS);
                quiet(
                    ui,
                    "Its server learns that somebody asks. Nothing else is sent, and nothing else is asked for. \
                     It stays on for addresses that you open until the window is closed.",
                );
            }
            if !confirmed {
                return;
            }
            let (wanted, on_the_web) = (wanted(&self.field.text), self.on_the_web());
            if on_the_web && !self.online.1 {
                self.field.refuse("It is on the web: switch on that the web may be asked");
            } else if on_the_web || wanted.iter().all(|path| path.exists()) {
                if on_the_web && self.online.1 && !self.online.0 {
                    acts.push(Act::GoOnline);
                }
                acts.push(if self.adds { Act::Project(Wish::Add(wanted)) } else { Act::Open(wanted) });
                done = true;
            } else {
                self.field.refuse("There is no file or folder at this path");
            }
        });
        open && !done
    }

    fn on_the_web(&self) -> bool {
        wanted(&self.field.text).iter().any(|path| is_address(path))
    }
}

/// What is typed, as paths: addresses one by one, and anything else as one path, spaces and all.
fn wanted(typed: &str) -> Vec<PathBuf> {
    addresses(typed).unwrap_or_else(|| vec![PathBuf::from(typed.trim())])
}

/// The addresses on the web in words that are nothing else.
pub fn addresses(words: &str) -> Option<Vec<PathBuf>> {
    let words: Vec<PathBuf> = words.split_whitespace().map(PathBuf::from).collect();
    (!words.is_empty() && words.iter().all(|word| is_address(word))).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_one_by_one_and_paths_whole() {
        let check = |typed: &str, expected: &[&str]| {
            let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(wanted(typed), expected, "{typed}");
        };
        check("", &[""]);
        check(" /home/me/my notes ", &["/home/me/my notes"]);
        check("https://example.org/feed", &["https://example.org/feed"]);
        check(
            "https://example.org/1\nhttps://example.org/2",
            &["https://example.org/1", "https://example.org/2"],
        );
        check("see https://example.org/1", &["see https://example.org/1"]);
    }
}
