//! Making a gazetteer of other people's lists, in the background.
//! The file appears only when it is whole; a cancelled import leaves what was there before.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::{Event, Teller};
use crate::gazetteer::GazetteerError;
use crate::gazetteer::import::{ImportError, Options, Told, import};
use crate::model::Problem;

/// What is to be imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The sources, in order.
    pub sources: Vec<PathBuf>,
    /// Where the gazetteer is to be.
    pub target: PathBuf,
    /// How to read the sources.
    pub options: Options,
}

/// Makes the file and tells how it went.
pub(super) fn make(wanted: Wanted, teller: &Teller) {
    let Wanted { sources, target, options } = wanted;
    let mut rows = 0;
    let report = import(&sources, &target, &options, &mut |told| {
        if teller.cancel.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let (doing, share) = match told {
            Told::Reading { file, rows: read, share } => {
                rows = read;
                (format!("reading {file}"), share)
            }
            Told::Writing(step) => (step.doing.to_owned(), step.share),
            Told::Refused(_) => return ControlFlow::Continue(()),
        };
        teller.tell(Event::Importing { doing, rows, share })
    });
    let event = match report {
        Ok(report) => Event::Imported { report: Box::new(report), path: target },
        Err(ImportError::Gazetteer(GazetteerError::Cancelled)) => return,
        Err(error) => {
            Event::Problem(Problem { place: target.display().to_string(), reason: error.to_string() })
        }
    };
    // Nobody listens any more: the file is there all the same.
    let _ = teller.tell(event);
}
