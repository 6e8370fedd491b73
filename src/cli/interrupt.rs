//! Ctrl-C: what was being written is cleared away, and the program ends with a code of its own.
//! A command that looks for it ends at its next step; where that takes too long, or Ctrl-C is pressed again, the
//! program ends wherever it is, and drafts of files are removed before.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::export;

/// Exit code: interrupted. Shells give it to whatever Ctrl-C ended.
pub(super) const INTERRUPTED: u8 = 130;

static STOP: AtomicBool = AtomicBool::new(false);
/// Milliseconds that the command has to end by itself.
static GRACE: AtomicU64 = AtomicU64::new(0);

/// From now on nothing is left behind. A program that was started with Ctrl-C switched off leaves it so.
pub(super) fn watch() {
    let watched = ctrlc::try_set_handler(|| {
        let grace = Duration::from_millis(GRACE.load(Ordering::Relaxed));
        if STOP.swap(true, Ordering::Relaxed) || grace.is_zero() {
            leave();
        }
        std::thread::spawn(move || {
            std::thread::sleep(grace);
            leave();
        });
    });
    if let Err(error) = watched {
        log::debug!("Ctrl-C is not watched for: {error}");
    }
}

fn leave() -> ! {
    export::remove_drafts();
    std::process::exit(i32::from(INTERRUPTED))
}

/// Becomes true when a person presses Ctrl-C; whoever asks for it looks at it between steps, and has so long to end.
pub(super) fn wanted(grace: Duration) -> &'static AtomicBool {
    GRACE.store(grace.as_millis() as u64, Ordering::Relaxed);
    &STOP
}

/// Whether Ctrl-C was pressed.
pub(super) fn came() -> bool {
    STOP.load(Ordering::Relaxed)
}
