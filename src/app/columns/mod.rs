//! Which column of a table is what: the dialog that shows the first rows of the tables that are open, and asks.
//! What is chosen holds for every table with the same columns: of twelve months of one paper it is said once.

mod grid;
mod table;

use std::path::PathBuf;

use egui::{Context, Label, Popup, RichText, ScrollArea, Ui, vec2};
use egui_phosphor::regular as icon;

use super::asking::quiet;
use super::command::Act;
use super::theme::{Tokens, size, space};
use super::{dialog, widgets, words};
use crate::ingest::Options;
use crate::ingest::table::{Found, found};
use crate::jobs::{Answer, Task};
use crate::model::Problem;

use table::{Choice, Table};

/// Most tables to choose among.
const MOST: usize = 100;

/// How articles are read anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// All that was opened, in place of what is open.
    Opened,
    /// One file, whose articles are added to what is open.
    Added(PathBuf),
}

/// What a person said of the tables with these columns.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The names of all columns.
    pub names: Vec<String>,
    /// What they are, where that is not how they are read anyhow.
    pub columns: Option<Choice>,
    /// What is to be read with it.
    pub again: Again,
}

/// What is open, and how it was read.
pub struct Open {
    /// How files are read.
    pub options: Options,
    /// What was opened: none where that was a project, or the sample.
    pub opened: Vec<PathBuf>,
    /// What was added to it since.
    pub added: Vec<PathBuf>,
    /// Whether the articles are those of a project.
    pub project: bool,
}

/// A table to choose.
struct Listed {
    path: PathBuf,
    name: String,
    /// Whether it was added to what is open, or would be.
    added: bool,
}

impl Listed {
    fn new(Found { path, name }: Found, added: bool) -> Listed {
        Listed { path, name, added }
    }
}

/// The dialog while it is open.
pub struct Sheet {
    options: Options,
    project: bool,
    finding: Option<Task<(Vec<Listed>, usize)>>,
    tables: Vec<Listed>,
    at: usize,
    looking: Option<Task<Result<Table, Problem>>>,
    table: Option<Result<Table, String>>,
}

impl Sheet {
    /// Begins to look for tables among what is open, with `wanted` in front, if that is said.
    pub fn new(ctx: &Context, open: Open, wanted: Option<PathBuf>) -> Sheet {
        let Open { options, opened, added, project } = open;
        let wake = ctx.clone();
        let find = move || tables(&opened, &added, wanted);
        let finding = Some(Task::start(move || wake.request_repaint(), find));
        Sheet { options, project, finding, tables: Vec::new(), at: 0, looking: None, table: None }
    }

    /// Whether something is looked for or looked at.
    pub fn is_busy(&self) -> bool {
        self.finding.is_some() || self.looking.is_some()
    }

    fn poll(&mut self, ctx: &Context) {
        match self.finding.as_ref().map(Task::poll) {
            None | Some(Answer::Awaited) => {}
            Some(Answer::Here((tables, at))) => {
                (self.finding, self.tables) = (None, tables);
                self.look(ctx, at);
            }
            Some(Answer::Lost) => self.finding = None,
        }
        let answer = match self.looking.as_ref().map(Task::poll) {
            None | Some(Answer::Awaited) => return,
            Some(Answer::Here(answer)) => answer.map_err(|problem| words::sentence(&problem.reason)),
            Some(Answer::Lost) => Err("It could not be read".to_owned()),
        };
        (self.looking, self.table) = (None, Some(answer));
    }

    /// Begins to look at a table.
    fn look(&mut self, ctx: &Context, at: usize) {
        let Some(Listed { path, .. }) = self.tables.get(at) else { return };
        let (path, options, wake) = (path.clone(), self.options.clone(), ctx.clone());
        (self.at, self.table) = (at, None);
        self.looking =
            Some(Task::start(move || wake.request_repaint(), move || Table::look(&path, &options)));
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, acts: &mut Vec<Act>) -> bool {
        self.poll(ctx);
        let room = ctx.content_rect().size();
        let (mut open, mut wish) = (true, None);
        dialog::window("Columns of tables", &mut open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 860.0));
            if self.finding.is_some() {
                quiet(ui, "Looking for tables among what is open…");
            } else if self.tables.is_empty() {
                quiet(ui, none_open(self.project));
            } else {
                self.choose_table(ui);
                wish = self.columns(ui, room.y);
            }
        });
        let done = wish.is_some();
        acts.extend(wish.map(|wish| Act::ReadColumns(Box::new(wish))));
        open && !done
    }

    /// Which table is looked at, where there are several.
    fn choose_table(&mut self, ui: &mut Ui) {
        let Some(Listed { path, name, .. }) = self.tables.get(self.at) else { return };
        if self.tables.len() == 1 {
            ui.add(Label::new(name).truncate()).on_hover_text(path.display().to_string());
            return;
        }
        let mut chosen = None;
        let text = (RichText::new(name), RichText::new(icon::CARET_DOWN).size(size::SMALL));
        let spoken = format!("Table: {name}");
        let button = widgets::ringed(ui, |ui| {
            ui.add(egui::Button::new(text).truncate().min_size(vec2(0.0, space::ROW)))
        });
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
        Popup::menu(&button).show(|ui| {
            ui.set_width((ui.ctx().content_rect().width() - 128.0).clamp(200.0, 420.0));
            ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                for (at, Listed { name, .. }) in self.tables.iter().enumerate() {
                    let sign = if at == self.at { icon::CHECK } else { "" };
                    if widgets::menu_item(ui, sign, name, name).clicked() {
                        chosen = Some(at);
                    }
                }
            });
        });
        if let Some(at) = chosen {
            self.look(ui.ctx(), at);
        }
    }

    /// The table with its columns; answers what was said of them.
    fn columns(&mut self, ui: &mut Ui, high: f32) -> Option<Wish> {
        let Listed { path, added, .. } = self.tables.get(self.at)?;
        let table = match &mut self.table {
            None => {
                quiet(ui, "Reading the first rows…");
                return None;
            }
            Some(Err(reason)) => {
                ui.add(Label::new(RichText::new(&**reason).color(Tokens::of(ui.ctx()).warning)).wrap());
                return None;
            }
            Some(Ok(table)) => table,
        };
        let mut told =
            "Each row is an article. Say which column holds what: it is so in every table with these \
                        columns."
                .to_owned();
        if *added {
            told.push_str(" Articles that were read of it before stay until you remove them.");
        }
        quiet(ui, &told);
        if let Some(why) = table.why.as_ref().filter(|_| table.is_changed()) {
            let why = words::sentence(why);
            ui.add(Label::new(RichText::new(why).color(Tokens::of(ui.ctx()).warning)).wrap());
        }
        ui.add_space(space::S);
        grid::ui(ui, table, high);
        if !table.has_words() {
            quiet(ui, "Choose the column that holds the text.");
        }
        let ready = table.is_changed() && table.has_words();
        let (pressed, guess) = widgets::foot(ui, |ui| {
            let verb = if *added { "Add again" } else { "Read again" };
            let pressed = widgets::primary_button(ui, verb, ready).clicked();
            let back = ui.add_enabled_ui(!table.is_guessed(), |ui| widgets::plain_button(ui, "As guessed"));
            (pressed, back.inner.clicked())
        });
        if guess {
            table.guess();
        }
        let again = if *added { Again::Added(path.clone()) } else { Again::Opened };
        pressed.then(|| Wish { names: table.names.clone(), columns: table.choice(), again })
    }
}

/// The tables among what was opened and what was added, and which is in front.
fn tables(opened: &[PathBuf], added: &[PathBuf], wanted: Option<PathBuf>) -> (Vec<Listed>, usize) {
    let first = found(opened, MOST);
    let later = found(added, MOST - first.len());
    let first = first.into_iter().map(|found| Listed::new(found, false));
    let mut tables: Vec<Listed> =
        first.chain(later.into_iter().map(|found| Listed::new(found, true))).collect();
    let Some(path) = wanted else { return (tables, 0) };
    let at = tables.iter().position(|table| table.path == path).unwrap_or_else(|| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let added = !opened.iter().any(|opened| path.starts_with(opened));
        tables.push(Listed { path, name, added });
        tables.len() - 1
    });
    (tables, at)
}

/// What is said where there is no table.
fn none_open(project: bool) -> &'static str {
    if project {
        "The articles of a project stay as they were read. What columns are is chosen of tables that are opened, or added \
         with “Add articles…”: CSV, Excel, LibreOffice and Parquet files."
    } else {
        "No table is open. Tables are CSV, Excel, LibreOffice and Parquet files in which each row is an article: open one, \
         or a folder with some, and say here which column holds what."
    }
}
