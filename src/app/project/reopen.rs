//! The dialog of what was open before: projects, files and folders, and corrections that nobody has saved.
//! What has gone is shown as gone, and can be taken off the list; corrections go only after a question.

use std::path::{Path, PathBuf};

use egui::{Context, RichText, ScrollArea, Ui, vec2};
use egui_phosphor::regular as icon;

use super::leftovers::{Leftover, leftovers};
use super::opening::name;
use super::recent::{Before, Recent};
use super::{Wish, when};
use crate::app::asking::quiet;
use crate::app::command::{Act, Command};
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{dialog, widgets, words};
use crate::ingest::is_address;
use crate::jobs::{Answer, Task};

/// Height of a row of two lines, points.
const ROW: f32 = 46.0;

/// What was found when it was looked up.
#[derive(Debug, Default)]
struct Known {
    /// Paths that are not there any more.
    gone: Vec<PathBuf>,
    leftovers: Vec<Leftover>,
}

/// The dialog's own state.
#[derive(Default)]
pub struct Reopen {
    looking: Option<Task<Known>>,
    known: Known,
    /// Corrections that somebody wants to delete.
    asked: Option<PathBuf>,
}

impl Reopen {
    /// Looks up what is there, behind the window. `open` is the project that is open.
    pub fn look(&mut self, ctx: &Context, recent: &Recent, folder: Option<&Path>, open: &Path) {
        self.asked = None;
        let paths: Vec<PathBuf> = recent.all().iter().flat_map(|before| before.paths.clone()).collect();
        let (folder, open, ctx) = (folder.map(Path::to_owned), open.to_owned(), ctx.clone());
        let look = move || Known {
            gone: paths.into_iter().filter(|path| !is_address(path) && !path.exists()).collect(),
            leftovers: {
                let mut all = folder.map(|folder| leftovers(&folder)).unwrap_or_default();
                all.retain(|leftover| leftover.path != open);
                all
            },
        };
        self.looking = Some(Task::start(move || ctx.request_repaint(), look));
    }

    /// Whether it is being looked up.
    pub fn is_busy(&self) -> bool {
        self.looking.is_some()
    }

    /// Takes in what was found.
    pub fn poll(&mut self) {
        match self.looking.as_ref().map(Task::poll) {
            None | Some(Answer::Awaited) => {}
            Some(Answer::Here(known)) => (self.known, self.looking) = (known, None),
            Some(Answer::Lost) => self.looking = None,
        }
    }

    /// Draws it while `open`.
    pub fn ui(&mut self, ctx: &Context, open: &mut bool, recent: &Recent, acts: &mut Vec<Act>) {
        let room = ctx.content_rect().size();
        dialog::window("Open recent", open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 560.0));
            if recent.all().is_empty() && self.known.leftovers.is_empty() {
                quiet(ui, "Projects, files and folders that you open are listed here.");
                ui.add_space(space::S);
                let files = widgets::primary_button(ui, Command::OpenFiles.text(), true);
                if files.clicked() {
                    acts.push(Act::Do(Command::OpenFiles));
                }
                return;
            }
            let high = (room.y - 180.0).clamp(120.0, 460.0);
            ScrollArea::vertical().auto_shrink([false, true]).max_height(high).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if !self.known.leftovers.is_empty() {
                    head(ui, "Corrections that are not saved in a project of yours");
                    let all = std::mem::take(&mut self.known.leftovers);
                    all.iter().for_each(|leftover| self.leftover(ui, leftover, acts));
                    self.known.leftovers = all;
                    ui.add_space(space::M);
                }
                let (projects, files): (Vec<_>, Vec<_>) =
                    recent.all().iter().partition(|before| before.is_project());
                for (title, all) in [("Projects", projects), ("Files, folders and addresses", files)] {
                    if !all.is_empty() {
                        head(ui, title);
                        all.into_iter().for_each(|before| self.before(ui, before, acts));
                        ui.add_space(space::M);
                    }
                }
            });
        });
    }

    fn before(&self, ui: &mut Ui, before: &Before, acts: &mut Vec<Act>) {
        let Some(first) = before.paths.first() else { return };
        let gone = before.paths.iter().any(|path| self.known.gone.contains(path));
        let (sign, title) = match before.is_project() {
            true => (icon::MAP_TRIFOLD, name(first)),
            false if is_address(first) => (icon::GLOBE, first.display().to_string()),
            false if first.extension().is_some() => (icon::FILE_TEXT, file_name(first)),
            false => (icon::FOLDER, file_name(first)),
        };
        let title = match before.paths.len() {
            0 | 1 => title,
            many => format!("{title} and {} more", many - 1),
        };
        let whole = first.display().to_string();
        let note = if gone { "Gone" } else { "" };
        let line = Line { sign, title: &title, below: &whole, note, gone };
        let (opened, removed) = row(ui, &line, icon::X, &format!("Forget {title}"));
        if removed {
            acts.push(Act::Project(Wish::Forget(before.paths.clone())));
        } else if opened && !gone {
            acts.push(Act::Open(before.paths.clone()));
        }
    }

    fn leftover(&mut self, ui: &mut Ui, leftover: &Leftover, acts: &mut Vec<Act>) {
        let title = leftover.name();
        let edits = words::count(leftover.edits, "edit", "edits");
        let below = format!("{edits}, the last {}", when(leftover.at));
        let line = Line { sign: icon::PENCIL_SIMPLE, title: &title, below: &below, note: "", gone: false };
        let (opened, removed) = row(ui, &line, icon::TRASH, &format!("Delete the corrections of {title}"));
        if removed {
            self.asked = Some(leftover.path.clone());
        } else if opened {
            acts.push(Act::Project(Wish::GoOn(leftover.path.clone())));
        }
        if self.asked.as_ref() == Some(&leftover.path) {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.add_space(space::XL);
                let warning = Tokens::of(ui.ctx()).warning;
                ui.label(RichText::new(format!("Delete {edits} for good?")).color(warning));
                if widgets::plain_button(ui, "Delete").clicked() {
                    acts.push(Act::Project(Wish::DeleteLeftover(leftover.path.clone())));
                    self.asked = None;
                }
                if widgets::plain_button(ui, "Keep").clicked() {
                    self.asked = None;
                }
            });
            ui.add_space(space::S);
        }
    }
}

/// What a row says.
struct Line<'a> {
    sign: &'a str,
    title: &'a str,
    below: &'a str,
    note: &'a str,
    gone: bool,
}

/// A row with a button at its end; answers whether it was pressed, and whether the button was.
fn row(ui: &mut Ui, line: &Line<'_>, end: &str, end_name: &str) -> (bool, bool) {
    let tokens = Tokens::of(ui.ctx());
    let mut answer = (false, false);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let wide = ui.available_width() - space::ROW - space::M;
        let spoken = match line.note {
            "" => format!("{}, {}", line.title, line.below),
            note => format!("{}, {}, {note}", line.title, line.below),
        };
        let response = ui
            .allocate_ui(vec2(wide, ROW), |ui| {
                ui.set_width(wide);
                widgets::row(ui, ROW, false, false, &spoken)
            })
            .inner;
        let rect = response.rect;
        let at = rect.left_top() + vec2(space::S, 15.0);
        widgets::icon_at(ui, at, egui::Align2::LEFT_CENTER, line.sign, size::ICON, tokens.quiet);
        let left = rect.left() + space::XL + space::XS;
        let colour = if line.gone { tokens.quiet } else { tokens.text };
        let font = theme::semibold(size::BODY);
        let note = widgets::line_right(
            ui,
            egui::pos2(rect.right() - space::S, rect.top() + 15.0),
            line.note,
            widgets::small(),
            tokens.warning,
        );
        let room = rect.right() - left - space::S;
        widgets::line(
            ui,
            egui::pos2(left, rect.top() + 15.0),
            room - note - space::S,
            line.title,
            font,
            colour,
        );
        let small = widgets::small();
        widgets::line(ui, egui::pos2(left, rect.top() + 33.0), room, line.below, small, tokens.quiet);
        answer.0 = response.on_hover_text(line.below).clicked();
        answer.1 = widgets::icon_button(ui, end, end_name).on_hover_text(end_name).clicked();
    });
    answer
}

fn head(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui.ctx());
    ui.label(RichText::new(text).font(theme::semibold(size::SMALL)).color(tokens.quiet));
    ui.add_space(space::XS);
    widgets::hairline(ui);
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
