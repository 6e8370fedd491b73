//! The settings of whoever runs a command, read once.
//! What the file of settings cannot mean is told and stops nothing: the command goes on as if it were not there.

use std::num::NonZeroUsize;
use std::sync::OnceLock;

use super::error::tell;
use crate::jobs::all_threads;
use crate::settings::{Settings, SettingsFile};

/// What is settled.
pub(super) fn settings() -> &'static Settings {
    static READ: OnceLock<Settings> = OnceLock::new();
    READ.get_or_init(|| match SettingsFile::at_home() {
        Ok(file) => {
            let (settings, problems) = file.settings();
            for problem in problems {
                tell(&format!("dateline: {}: {}", problem.place, problem.reason));
            }
            settings
        }
        Err(error) => {
            tell(&format!("dateline: {error}"));
            Settings::default()
        }
    })
}

/// How many articles to work on at once: as a flag says, as is settled, or as many as there are processors.
pub(super) fn threads(flag: Option<NonZeroUsize>) -> NonZeroUsize {
    flag.or(settings().threads).unwrap_or_else(all_threads)
}
