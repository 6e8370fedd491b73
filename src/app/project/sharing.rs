//! Corrections that are handed out as a small file, and those of others that are taken in: what comes, from whom, and
//! what both changed, one by one.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Context, Label, RichText, ScrollArea, Ui};

use super::{Keeping, Wish, is_project};
use crate::app::asking::{PathField, path_row, quiet};
use crate::app::command::{Act, Command};
use crate::app::dialog;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{widgets, words};
use crate::export::TargetFile;
use crate::jobs::keeper::Order;
use crate::project::corrections::{Corrections, Theirs};
use crate::project::merge::{Conflict, Merged};
use crate::project::{Project, Value, What};

/// Height of a conflict, points.
const ROW: f32 = 62.0;

/// What others said, beside what is said here.
struct Coming {
    name: String,
    theirs: Theirs,
    merged: Merged,
    /// Of each conflict, whether what holds here stays.
    mine: Vec<bool>,
    /// What is said of each conflict: about what, here, there.
    lines: Vec<[String; 3]>,
}

/// An answer that is awaited, or why there is none.
type Awaited<T> = Receiver<Result<T, String>>;

/// Handing out and taking in.
#[derive(Default)]
pub struct Sharing {
    out: PathField,
    field: PathField,
    written: Option<Awaited<String>>,
    read: Option<Awaited<Coming>>,
    coming: Option<Coming>,
}

/// What was answered, once. Who went without an answer could not keep all articles, and that has been told.
fn answer<T>(awaited: &mut Option<Receiver<T>>) -> Option<T> {
    match awaited.as_ref()?.try_recv() {
        Ok(answer) => {
            *awaited = None;
            Some(answer)
        }
        Err(TryRecvError::Disconnected) => {
            *awaited = None;
            None
        }
        Err(TryRecvError::Empty) => None,
    }
}

impl Sharing {
    /// Begins anew with a suggested path to write to.
    pub fn begin(&mut self, path: &Path) {
        *self = Self { out: PathField::new(path.display().to_string()), ..Self::default() };
    }

    /// Whether an answer is awaited.
    pub fn is_busy(&self) -> bool {
        self.written.is_some() || self.read.is_some()
    }

    /// Lets go of what was read.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Writes the corrections of a project to a file.
    pub fn hand_out(&mut self, ctx: &Context, keeping: &mut Keeping, path: PathBuf) {
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        keeping.order(Order::With(Box::new(move |project, _| {
            let (corrections, _) = project.corrections();
            let written = write(&path, &corrections.to_json());
            let told = written.map(|()| {
                let values = words::count(corrections.len(), "correction", "corrections");
                format!("Wrote {values} to {}", path.display())
            });
            // The window may have gone by now.
            let _ = sender.send(told);
            ctx.request_repaint();
            Ok(Vec::new())
        })));
        self.written = Some(answer);
    }

    /// Looks at the corrections in a file, or of another project.
    pub fn look(&mut self, ctx: &Context, keeping: &mut Keeping, path: PathBuf) {
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        keeping.order(Order::With(Box::new(move |project, _| {
            let coming = read(&path).map(|corrections| {
                let theirs = project.theirs(&corrections);
                let merged = project.merge(&theirs);
                let lines = merged.conflicts.iter().map(|one| line(project, one)).collect();
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                Coming { name, mine: vec![true; merged.conflicts.len()], theirs, merged, lines }
            });
            let _ = sender.send(coming);
            ctx.request_repaint();
            Ok(Vec::new())
        })));
        (self.read, self.coming) = (Some(answer), None);
    }

    /// Takes in what was looked at, with what was chosen.
    pub fn take(&mut self, keeping: &mut Keeping) {
        let Some(coming) = self.coming.take() else { return };
        keeping.order(Order::With(Box::new(move |project, who| {
            let Coming { theirs, merged, mine, .. } = &coming;
            let mut done = project.take(merged, who)?;
            let choices: Vec<(&Conflict, bool)> = merged.conflicts.iter().zip(mine.iter().copied()).collect();
            if !choices.is_empty() {
                done.extend(project.settle(theirs, merged, &choices, who)?);
            }
            Ok(done)
        })));
        self.close();
    }

    /// Takes in answers; what was written, or why nothing was.
    pub fn poll(&mut self) -> Option<String> {
        match answer(&mut self.read) {
            Some(Ok(coming)) => self.coming = Some(coming),
            Some(Err(reason)) => self.field.refuse(reason),
            None => {}
        }
        answer(&mut self.written)?.map_err(|reason| self.out.refuse(reason)).ok()
    }

    /// Draws the dialog that hands out, while `open`.
    pub fn out_ui(
        &mut self,
        ctx: &Context,
        open: &mut bool,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        dialog::window("Export corrections", open).show(ctx, |ui| {
            ui.set_width((ctx.content_rect().width() - 96.0).clamp(280.0, 460.0));
            quiet(
                ui,
                "A small file of what people corrected, by whom and when, for anybody who has the same articles. The \
                 articles themselves are not in it.",
            );
            let mut browse = |ui: &mut Ui| {
                if widgets::plain_button(ui, "Choose…").clicked() {
                    choose(Command::ExportCorrections);
                }
            };
            if path_row(ui, &mut self.out, "Path of the corrections", "Export", &mut browse) {
                let path = PathBuf::from(self.out.text.trim());
                acts.push(Act::Project(Wish::HandOut(path)));
            }
        });
    }

    /// Draws the dialog that takes in, while `open`.
    pub fn ui(
        &mut self,
        ctx: &Context,
        open: &mut bool,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        let room = ctx.content_rect().size();
        dialog::window("Import corrections", open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 600.0));
            if self.coming.is_some() {
                return self.come(ui, room.y, acts);
            }
            quiet(
                ui,
                "Corrections that somebody handed out, or another person's project of the same articles. You see what \
                 comes before anything is changed.",
            );
            let mut browse = |ui: &mut Ui| {
                if widgets::plain_button(ui, "Choose…").clicked() {
                    choose(Command::ImportCorrections);
                }
            };
            if path_row(ui, &mut self.field, "Path to read from", "Look", &mut browse) {
                acts.push(Act::Project(Wish::LookAt(PathBuf::from(self.field.text.trim()))));
            }
            if self.read.is_some() {
                quiet(ui, "Being read…");
            }
        });
    }

    fn come(&mut self, ui: &mut Ui, high: f32, acts: &mut Vec<Act>) {
        let Some(coming) = &mut self.coming else { return };
        summary(ui, coming);
        let conflicts = coming.lines.len();
        if conflicts > 0 {
            ui.add_space(space::S);
            ui.horizontal(|ui| {
                let title = words::count(conflicts, "difference to settle", "differences to settle");
                ui.label(RichText::new(title).font(theme::semibold(size::BODY)));
                if widgets::plain_button(ui, "All mine").clicked() {
                    coming.mine.fill(true);
                }
                if widgets::plain_button(ui, "All theirs").clicked() {
                    coming.mine.fill(false);
                }
            });
            widgets::hairline(ui);
            let high = (high - 320.0).clamp(2.0 * ROW, 360.0);
            let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(high);
            area.show_rows(ui, ROW, conflicts, |ui, range| {
                for number in range {
                    conflict(ui, &coming.lines[number], &mut coming.mine[number]);
                }
            });
        }
        let nothing = is_nothing(&coming.merged) && conflicts == 0;
        widgets::foot(ui, |ui| {
            if widgets::primary_button(ui, "Take in", !nothing).clicked() {
                acts.push(Act::Project(Wish::TakeIn));
            }
            if widgets::plain_button(ui, "Leave it").clicked() {
                acts.push(Act::Project(Wish::LeaveIt));
            }
        });
    }
}

fn is_nothing(merged: &Merged) -> bool {
    merged.entries.is_empty() && merged.let_go.sets.is_empty()
}

/// What comes, from whom, and what of it cannot.
fn summary(ui: &mut Ui, coming: &Coming) {
    let Coming { name, theirs, merged, .. } = coming;
    let values = |what: &What| if let What::Edit(edit) = what { edit.sets.len() } else { 0 };
    let new: usize = merged.entries.iter().map(|entry| values(&entry.what)).sum();
    let mut who: Vec<&str> = merged.entries.iter().map(|entry| entry.who.as_str()).collect();
    who.sort_unstable();
    who.dedup();
    who.retain(|who| !who.is_empty());
    let from = if who.is_empty() { String::new() } else { format!(" from {}", who.join(", ")) };
    let mut lines = Vec::new();
    if new > 0 {
        let edits = words::count(merged.entries.len(), "edit", "edits");
        lines.push(format!(
            "{} in {edits}{from} come from {name}.",
            words::count(new, "new value", "new values")
        ));
    }
    let gone = merged.let_go.sets.len();
    if gone > 0 {
        lines.push(format!("{} that they took back go here, too.", words::count(gone, "value", "values")));
    }
    if merged.known > 0 {
        lines.push(format!("{} are known here already.", words::count(merged.known, "value", "values")));
    }
    if lines.is_empty() {
        lines.push(format!("There is nothing new in {name}."));
    }
    for line in lines {
        ui.add(Label::new(line).wrap());
    }
    let warning = Tokens::of(ui.ctx()).warning;
    let left_out: usize = theirs.unknown.iter().map(|(_, values)| values).sum();
    if left_out > 0 {
        let articles = words::count(theirs.unknown.len(), "article is", "articles are");
        let values = words::count(left_out, "value stays", "values stay");
        let text = format!("{articles} not in this project: {values} out.");
        let ids: Vec<&str> = theirs.unknown.iter().take(20).map(|(id, _)| id.as_str()).collect();
        ui.add(Label::new(RichText::new(text).color(warning)).wrap()).on_hover_text(ids.join("\\n"));
    }
    if !theirs.problems.is_empty() {
        let text = format!(
            "{} do not fit their article and stay out.",
            words::count(theirs.problems.len(), "value", "values")
        );
        ui.label(RichText::new(text).color(warning));
    }
}

/// Something that both changed, and whose word counts.
fn conflict(ui: &mut Ui, [about, here, there]: &[String; 3], mine: &mut bool) {
    let quiet = Tokens::of(ui.ctx()).quiet;
    ui.allocate_ui(egui::vec2(ui.available_width(), ROW), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(Label::new(RichText::new(about).color(quiet).size(size::SMALL)).truncate())
            .on_hover_text(about);
        ui.horizontal(|ui| {
            let half = (ui.available_width() - space::L) / 2.0;
            for (text, of, own) in [(here, "Mine", true), (there, "Theirs", false)] {
                let name = format!("{of}: {text}, {about}");
                ui.allocate_ui(egui::vec2(half, space::ROW), |ui| {
                    ui.set_width(half);
                    let shown = format!("{of}: {text}");
                    let button = egui::Button::selectable(*mine == own, shown).truncate();
                    let response = widgets::ringed(ui, |ui| ui.add(button)).on_hover_text(text);
                    response.widget_info(|| {
                        egui::WidgetInfo::selected(egui::Role::RadioButton, true, *mine == own, &name)
                    });
                    if response.clicked() {
                        *mine = own;
                    }
                });
            }
        });
        widgets::hairline(ui);
    });
}

/// What a conflict is about, what holds here, and what there, with who said so.
fn line(project: &Project, conflict: &Conflict) -> [String; 3] {
    let found = conflict.target.article().and_then(|number| project.shelf().get(number));
    let article = found.as_ref().map(|found| &found.article);
    let said = |value: &Value, who: &str| {
        let value = value.in_words(article);
        if who.is_empty() { value } else { format!("{value} ({who})") }
    };
    let head = project.journal().get(conflict.mine.entry);
    let here = said(&conflict.mine.value, head.map_or("", |head| &head.who));
    let there = said(&conflict.theirs.value, conflict.made.as_ref().map_or("", |made| &made.who));
    let thing = words::sentence(&conflict.target.in_words(article));
    [format!("{thing}: {}", conflict.field.in_words()), here, there]
}

/// The corrections in a file, or of another project.
fn read(path: &Path) -> Result<Corrections, String> {
    if is_project(path) {
        let (project, _) = Project::read(path).map_err(|error| words::sentence(&error.to_string()))?;
        return Ok(project.corrections().0);
    }
    let bytes = std::fs::read(path).map_err(|error| format!("It cannot be read: {error}"))?;
    Corrections::from_json(&bytes).map_err(|error| words::sentence(&error.to_string()))
}

fn write(path: &Path, json: &str) -> Result<(), String> {
    let failed = |error: crate::export::WriteError| words::sentence(&error.to_string());
    let mut file = TargetFile::create(path).map_err(failed)?;
    let written = file.write_all(json.as_bytes());
    written.map_err(|error| failed(crate::export::WriteError::new(path, &error)))?;
    file.commit().map_err(failed)
}
