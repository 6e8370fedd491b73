//! The desktop window; the only room that names egui, eframe and walkers.
//! It draws what `explore` works out, and asks `jobs` for whatever takes longer than a frame.

mod about;
mod areas;
mod asking;
mod atlas;
mod basemaps;
mod bidi;
mod choose;
mod columns;
mod command;
mod correct;
mod dialog;
mod dock;
mod drop;
mod events;
mod execute;
mod export;
mod finder;
mod focus;
mod gazetteers;
mod hindrance;
mod hints;
mod icon;
mod inspector;
mod keys;
mod lists;
mod loading;
pub mod map;
mod menu;
mod opening;
mod outlets;
mod palette;
mod picture;
mod problems;
mod project;
mod reader;
mod review;
mod say;
mod session;
mod status;
pub mod theme;
mod timeline;
mod toasts;
mod watch;
mod widgets;
mod window;
mod words;

use std::path::PathBuf;

use crate::gazetteer::Shelf;

pub use basemaps::{
    Chosen as ChosenGround, GroundChoices, GroundWish, Kept as KeptGround, LayerChoice, LayerWish,
    OnlineTiles, Origin,
};
pub use command::{Act, Command};
pub use correct::Wish as Mend;
pub use dock::{Area, Layout, Side};
pub use gazetteers::Change;
pub use hints::Hints;
pub use lists::{Finding, SavedFilter, Saving};
pub use outlets::{Choices, Chosen, Wish};
pub use project::{Correction, Ruling};
pub use session::{ListTab, Session, ThemeChoice};
pub use timeline::TimelineChoices;
pub use window::DatelineApp;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The system gave no window, or no OpenGL to draw it with.
    #[error("the window could not be opened: {0}")]
    Window(String),
    /// What was built into the program is not what it reads.
    #[error("the program's own data could not be read: {0}")]
    Assets(String),
}

/// Opens the window on files and folders, or on the sample where there are none, and comes back
/// when it is closed. Files are read as the options have it as long as it is open.
pub fn run(paths: Vec<PathBuf>, reading: &crate::ingest::Options) -> Result<(), AppError> {
    let begun = std::time::Instant::now();
    let viewport = egui::ViewportBuilder::default()
        .with_title("Dateline")
        .with_app_id("dateline")
        .with_icon(icon::icon())
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([480.0, 360.0]);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    eframe::run_native(
        "Dateline",
        options,
        Box::new(|cc| {
            let mut app = DatelineApp::new(&cc.egui_ctx, window::restored(cc.storage), Shelf::at_home())?;
            app.begun = Some(begun);
            app.loading.options = reading.clone();
            app.open_paths(&cc.egui_ctx, paths);
            Ok(Box::new(app))
        }),
    )
    .map_err(|error| AppError::Window(error.to_string()))
}
