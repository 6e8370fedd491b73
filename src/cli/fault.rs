//! Panics as sentences.
//! The default report, with its thread names and back traces, is for programmers; they get it with
//! `RUST_LOG=debug`.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

/// What the latest panic said, and where.
static SAID: Mutex<Option<String>> = Mutex::new(None);

/// Does `work`; a panic becomes what it said, with the line it came from. Panics on other threads
/// are kept quiet too: whoever waits for those threads tells what came of it.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::set_hook(Box::new(|panic| {
        let payload = panic.payload_as_str().unwrap_or("no reason given");
        let said = match panic.location() {
            Some(place) => format!("{payload} ({}:{})", place.file(), place.line()),
            None => payload.to_owned(),
        };
        log::debug!("panic: {said}");
        *SAID.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
    }));
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let said = SAID.lock().unwrap_or_else(PoisonError::into_inner).take();
        said.unwrap_or_else(|| "no reason given".to_owned())
    })
}
