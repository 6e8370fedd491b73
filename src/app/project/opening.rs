//! A project on its way into the window: what is open stays until the other is there, whole.
//! A project that was just closed may still be writing, and holds its file until it has: it is waited for.

use std::path::{Path, PathBuf};

use egui::Context;

use super::closing::Closing;
use crate::app::status::Doing;
use crate::app::words;
use crate::geoparse::Geoparser;
use crate::jobs::{Answer, Task, all_threads, opening};

pub use opening::Opened;

/// A project that is being opened.
pub struct Opening {
    path: PathBuf,
    geoparser: Geoparser,
    stage: Stage,
}

enum Stage {
    /// Projects that were closed finish what they were told.
    Waiting(Task<()>),
    Reading(opening::Opening),
}

/// What came of it.
pub enum Came {
    /// The project.
    Open(Box<Opened>),
    /// A sentence that says why not.
    Failed(String),
    /// Nothing: it was cancelled.
    Cancelled,
}

impl Opening {
    /// Begins to open a project when those that are being closed are.
    pub fn start(ctx: &Context, path: PathBuf, geoparser: Geoparser, closing: Closing) -> Opening {
        let ctx = ctx.clone();
        let wait = move || closing.wait();
        let stage = Stage::Waiting(Task::start(move || ctx.request_repaint(), wait));
        Opening { path, geoparser, stage }
    }

    /// Leaves off.
    pub fn cancel(&self) {
        if let Stage::Reading(reading) = &self.stage {
            reading.cancel();
        }
    }

    /// How far it is.
    pub fn doing(&self) -> Doing {
        let (done, total) = match &self.stage {
            Stage::Waiting(_) => (0, 0),
            Stage::Reading(reading) => reading.progress(),
        };
        let name = name(&self.path);
        if total == 0 {
            return Doing::told(format!("Opening {name}"));
        }
        let (done, of) = (words::number(done as u64), words::number(total as u64));
        Doing::shared(format!("Opening {name}: {done} of {of} articles"), self.share())
    }

    fn share(&self) -> f32 {
        let Stage::Reading(reading) = &self.stage else { return 0.0 };
        let (done, total) = reading.progress();
        done as f32 / total.max(1) as f32
    }

    /// What came of it, once something did.
    pub fn poll(&mut self, ctx: &Context) -> Option<Came> {
        match &self.stage {
            Stage::Waiting(task) => {
                if !matches!(task.poll(), Answer::Awaited) {
                    let ctx = ctx.clone();
                    let (path, geoparser) = (self.path.clone(), self.geoparser.clone());
                    let wake = move || ctx.request_repaint();
                    self.stage =
                        Stage::Reading(opening::Opening::start(path, geoparser, all_threads(), wake));
                }
                None
            }
            Stage::Reading(reading) => match reading.poll() {
                Answer::Awaited => None,
                Answer::Here(Ok(Some(opened))) => Some(Came::Open(opened)),
                Answer::Here(Ok(None)) => Some(Came::Cancelled),
                Answer::Here(Err(error)) => Some(Came::Failed(words::sentence(&error.to_string()))),
                Answer::Lost => {
                    let name = name(&self.path);
                    Some(Came::Failed(format!(
                        "A fault in Dateline kept {name} from being opened: please report it"
                    )))
                }
            },
        }
    }
}

/// What a project is called: its file's name without the ending.
pub fn name(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
