//! Projects that were closed and finish behind the window what was ordered of them.
//! Whoever opens one again, and the program before it ends, waits until all have.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crate::jobs::keeper::Keeper;

/// How many have not finished yet; copies count together.
#[derive(Clone, Default)]
pub(in crate::app) struct Closing(Arc<(Mutex<usize>, Condvar)>);

/// One of them.
struct Ending {
    keeper: Option<Keeper>,
    closing: Closing,
}

impl Closing {
    /// Lets a project finish.
    pub fn close(&self, keeper: Keeper) {
        *self.count() += 1;
        let ending = Ending { keeper: Some(keeper), closing: self.clone() };
        // Without a thread it finishes here and now.
        let _ = thread::Builder::new().name("closing".to_owned()).spawn(move || drop(ending));
    }

    /// Waits until all have finished.
    pub fn wait(&self) {
        let mut count = self.count();
        while *count > 0 {
            count = self.0.1.wait(count).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn count(&self) -> std::sync::MutexGuard<'_, usize> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.keeper = None;
        *self.closing.count() -= 1;
        self.closing.0.1.notify_all();
    }
}
