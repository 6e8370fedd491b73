//! The system's own dialogs for files, on a thread of their own: they may take minutes, or never
//! come where a desktop has none.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::Context;

use super::basemaps::{GroundWish, LayerWish};
use super::command::{Act, Command};
use super::gazetteers::Change;
use super::project::Wish;
use crate::export::Format;
use crate::ingest;
use crate::project::EXTENSION;

/// The dialog that is open.
#[derive(Default)]
pub struct Chooser {
    waiting: Option<(Command, Receiver<Vec<PathBuf>>)>,
}

impl Chooser {
    /// Opens the system's dialog for opening files, opening a folder, exporting, or choosing
    /// gazetteers and what to make them of.
    pub fn ask(&mut self, ctx: &Context, command: Command) {
        if self.waiting.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let ctx = ctx.clone();
        let spawned = std::thread::Builder::new().name("file dialog".to_owned()).spawn(move || {
            let dialog = rfd::FileDialog::new();
            let chosen = match command {
                Command::OpenFolder => dialog.set_title("Open folder").pick_folders(),
                Command::Export => dialog
                    .set_title("Export")
                    .set_file_name("dateline.geojson")
                    .add_filter("Every format", &Format::ALL.map(Format::extension))
                    .save_file()
                    .map(|path| vec![path]),
                Command::ExportPicture => dialog
                    .set_title("Picture of the map")
                    .set_file_name("map.png")
                    .add_filter("Pictures", &["png", "svg"])
                    .save_file()
                    .map(|path| vec![path]),
                Command::SaveAs => dialog
                    .set_title("Save as a project")
                    .set_file_name("articles.dateline")
                    .add_filter("Dateline projects", &["dateline"])
                    .save_file()
                    .map(|path| vec![path]),
                Command::AddArticles => dialog.set_title("Add articles").pick_folders(),
                Command::ExportCorrections => dialog
                    .set_title("Export corrections")
                    .set_file_name("corrections.json")
                    .add_filter("Corrections", &["json"])
                    .save_file()
                    .map(|path| vec![path]),
                Command::ImportCorrections => dialog
                    .set_title("Import corrections")
                    .add_filter("Corrections and projects", &["json", "dateline"])
                    .pick_file()
                    .map(|path| vec![path]),
                Command::AddGazetteer => dialog
                    .set_title("Add a gazetteer")
                    .add_filter("Gazetteers", &["gazetteer"])
                    .add_filter("Every file", &["*"])
                    .pick_file()
                    .map(|path| vec![path]),
                Command::AddOverlay => dialog
                    .set_title("Add a layer")
                    .add_filter("GeoJSON", &["geojson", "json"])
                    .add_filter("Every file", &["*"])
                    .pick_file()
                    .map(|path| vec![path]),
                Command::AddTiles => dialog
                    .set_title("Add a tile file")
                    .add_filter("Tile files", &["pmtiles", "mbtiles"])
                    .add_filter("Every file", &["*"])
                    .pick_file()
                    .map(|path| vec![path]),
                Command::ImportPlaces => dialog
                    .set_title("Import places")
                    .add_filter("Lists of places", &["txt", "csv", "tsv", "zip", "geojson", "json", "jsonl"])
                    .add_filter("Every file", &["*"])
                    .pick_files(),
                _ => dialog
                    .set_title("Open files")
                    .add_filter("Articles and projects", &{
                        let projects = std::iter::once(EXTENSION);
                        ingest::extensions().chain(projects).collect::<Vec<_>>()
                    })
                    .add_filter("Every file", &["*"])
                    .pick_files(),
            };
            // The window may have gone by now.
            let _ = sender.send(chosen.unwrap_or_default());
            ctx.request_repaint();
        });
        if spawned.is_ok() {
            self.waiting = Some((command, receiver));
        }
    }

    /// What was chosen, once it was. A cancelled dialog, or a desktop without one, gives
    /// [`Act::Do`] of [`Command::OpenPath`]: the path can be typed.
    pub fn poll(&mut self) -> Option<Act> {
        let (command, receiver) = self.waiting.as_ref()?;
        let command = *command;
        let answer = receiver.try_recv();
        if !matches!(answer, Err(TryRecvError::Empty)) {
            self.waiting = None;
        }
        let paths = answer.ok()?;
        match command {
            Command::Export => paths.into_iter().next().map(Act::ExportTo),
            Command::ExportPicture => paths.into_iter().next().map(Act::PictureTo),
            Command::SaveAs => paths.into_iter().next().map(Act::SaveAs),
            Command::AddArticles if paths.is_empty() => None,
            Command::AddArticles => Some(Act::Project(Wish::Add(paths))),
            Command::ExportCorrections => {
                paths.into_iter().next().map(|path| Act::Project(Wish::HandOut(path)))
            }
            Command::ImportCorrections => {
                paths.into_iter().next().map(|path| Act::Project(Wish::LookAt(path)))
            }
            Command::AddGazetteer => paths.into_iter().next().map(|path| Act::Gazetteers(Change::Add(path))),
            Command::AddOverlay => {
                paths.into_iter().next().map(|path| Act::Ground(GroundWish::Layer(LayerWish::Add(path))))
            }
            Command::AddTiles => paths.into_iter().next().map(|path| Act::Ground(GroundWish::AddFile(path))),
            Command::ImportPlaces => Some(Act::Sources(paths)),
            _ if paths.is_empty() => Some(Act::Do(Command::OpenPath)),
            _ => Some(Act::Open(paths)),
        }
    }
}
