//! Opening a project: its collection as it was written down last, or else built of its articles again.
//! What was edited since it was written down is worked out of the articles concerned; where nobody can tell which they
//! are, all are read.

use std::collections::BTreeSet;
use std::iter::zip;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::ordered::{guarded, in_order};
use super::under::{Names, under};
use super::{Answer, Task, show_tags};
use crate::explore::{Arrival, Collection, Digested, Written};
use crate::geoparse::Geoparser;
use crate::model::{Archive, Geoparsed, Problem};
use crate::project::{EntryId, Field, Project, ProjectError, Shelf, State, Target, aliases};

/// Articles that changed since, as a share of all: where it is more, to read all is no slower.
const MANY: usize = 2;

/// A project that was opened, with what a window needs of it.
pub struct Opened {
    /// The project.
    pub project: Project,
    /// Its articles under what people said of them.
    pub collection: Collection,
    /// What of it is damaged, and left out.
    pub problems: Vec<Problem>,
    /// The articles that are another by what was decided, and that the archive has as they came: they are to be ranked
    /// anew before their candidates are right.
    pub as_they_came: Vec<u32>,
    /// What is written down of the collection ([`write_down`]).
    pub written: Written,
}

/// A project that is being opened behind the window. Dropping it leaves off.
pub struct Opening {
    task: Task<Result<Option<Box<Opened>>, ProjectError>>,
    meter: Arc<Meter>,
}

/// How far it has come.
#[derive(Debug, Default)]
struct Meter {
    done: AtomicUsize,
    total: AtomicUsize,
    cancel: AtomicBool,
}

impl Opening {
    /// Opens a project; what was decided is ranked with this geoparser. `wake` is called when the answer is there.
    pub fn start(
        path: PathBuf,
        geoparser: Geoparser,
        threads: NonZeroUsize,
        wake: impl FnOnce() + Send + 'static,
    ) -> Opening {
        let meter = Arc::new(Meter::default());
        let metered = Arc::clone(&meter);
        let task = Task::start(wake, move || {
            let (project, problems) = Project::open(&path)?;
            Ok(open(project, problems, &geoparser, threads, &metered).map(Box::new))
        });
        Opening { task, meter }
    }

    /// The project, once it is open; `None` in its place where it was left off.
    pub fn poll(&self) -> Answer<Result<Option<Box<Opened>>, ProjectError>> {
        self.task.poll()
    }

    /// Articles that were read, and how many are to be; nothing is to be read where all was written down.
    pub fn progress(&self) -> (usize, usize) {
        (self.meter.done.load(Ordering::Relaxed), self.meter.total.load(Ordering::Relaxed))
    }

    /// Leaves off.
    pub fn cancel(&self) {
        self.meter.cancel.store(true, Ordering::Relaxed);
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Writes down what changed of a project's collection since it was written down last. The collection is to be that of
/// the project as it stands, with all that follows from its edits.
pub fn write_down(project: &mut Project, collection: &Collection, written: &mut Written) {
    if project.read_only().is_some() {
        return;
    }
    let mark = mark(project);
    let parts: Vec<(String, Vec<u8>)> = collection.digest(&mark, written).collect();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    if !project.keep_all(&parts) {
        // What was not written is not to be taken for written the next time.
        *written = Written::default();
    }
}

/// What a collection hangs on besides the articles: the edits that are in force, in order.
fn mark(project: &Project) -> Vec<u8> {
    project.journal().in_force().flat_map(|head| head.id.0.to_le_bytes()).collect()
}

fn open(
    project: Project,
    mut problems: Vec<Problem>,
    geoparser: &Geoparser,
    threads: NonZeroUsize,
    meter: &Meter,
) -> Option<Opened> {
    let (shelf, state) = (project.shelf(), project.state().clone());
    let archive = Archive::over(Arc::new(shelf.clone()), project.len()).seen_through(Arc::new(state.clone()));
    let desk =
        Desk { shelf: &shelf, names: aliases(&state).into(), state: &state, geoparser, threads, meter };
    let known = Collection::of_digest(&|name| shelf.kept(name), archive.clone());
    let known = known.and_then(|known| Some((edited_since(&project, &known)?, known)));
    let (mut collection, as_they_came, written) = match known {
        Some((edited, known)) => {
            let Digested { mut collection, changed, written, .. } = known;
            let came =
                changed.into_iter().map(|number| number as u32).filter(|number| !edited.contains(number));
            let came = came.collect();
            let edited: Vec<u32> = edited.into_iter().collect();
            desk.arrivals(&edited, |number, arrival| match arrival {
                Ok(arrival) => collection.change(number as usize, *arrival),
                Err(problem) => problems.push(problem),
            })?;
            (collection, came, written)
        }
        None => (Collection::over(archive), Vec::new(), Written::default()),
    };
    let new: Vec<u32> = (collection.len() as u32..project.len() as u32).collect();
    desk.arrivals(&new, |_, arrival| {
        // An article that cannot be read keeps its number, so that the others keep theirs.
        let none = Geoparsed::default();
        let lost = || Arrival::again(&none, &none).left_out();
        collection.take_in(arrival.map_or_else(
            |problem| {
                problems.push(problem);
                lost()
            },
            |arrival| *arrival,
        ));
    })?;
    show_tags(&mut collection, &state);
    Some(Opened { project, collection, problems, as_they_came, written })
}

/// The articles that edits concern which were made or undone since a collection was written down; `None` where nobody
/// can tell, or they are as good as all.
fn edited_since(project: &Project, known: &Digested) -> Option<BTreeSet<u32>> {
    let then =
        known.mark.chunks_exact(8).filter_map(|id| Some(EntryId(u64::from_le_bytes(id.try_into().ok()?))));
    let then: Vec<EntryId> = then.collect();
    let now: Vec<EntryId> = project.journal().in_force().map(|head| head.id).collect();
    let same = zip(&then, &now).take_while(|(then, now)| then == now).count();
    let mut articles = BTreeSet::new();
    for id in then.iter().skip(same).chain(now.iter().skip(same)) {
        for set in project.sets_of(*id)? {
            match (&set.target, set.field) {
                // What a name or a place stands for may concern any article.
                (Target::Name(_), Field::Means) | (Target::Place(_), Field::SameAs) => return None,
                (Target::Collection, Field::Results) => return None,
                (target, _) => articles.extend(target.article()),
            }
        }
    }
    articles.retain(|article| (*article as usize) < known.collection.len());
    (articles.len() * MANY <= known.collection.len()).then_some(articles)
}

/// An article by its number, made ready; or why it is not.
type Read = (u32, Result<Box<Arrival>, Problem>);

/// What articles are made ready with.
struct Desk<'a> {
    shelf: &'a Shelf,
    state: &'a State,
    names: Names,
    geoparser: &'a Geoparser,
    threads: NonZeroUsize,
    meter: &'a Meter,
}

impl Desk<'_> {
    /// Reads articles on all threads and hands them on in order; `None` where it was left off.
    fn arrivals(
        &self,
        numbers: &[u32],
        mut take: impl FnMut(u32, Result<Box<Arrival>, Problem>),
    ) -> Option<()> {
        self.meter.total.fetch_add(numbers.len(), Ordering::Relaxed);
        let work = |number: u32, send: &mut dyn FnMut(Read)| {
            let place = format!("article {}", number + 1);
            let arrival = guarded(&place, "it is left out", || self.arrival(number));
            send((number, arrival.and_then(|arrival| arrival)));
        };
        in_order(numbers.iter().copied(), self.threads, &self.meter.cancel, work, |(number, arrival)| {
            take(number, arrival);
            self.meter.done.fetch_add(1, Ordering::Relaxed);
            ControlFlow::<()>::Continue(())
        });
        (!self.meter.cancel.load(Ordering::Relaxed)).then_some(())
    }

    fn arrival(&self, number: u32) -> Result<Box<Arrival>, Problem> {
        let Some(found) = self.shelf.read(number)? else {
            let reason = "it is missing in the project".to_owned();
            return Err(Problem { place: format!("article {}", number + 1), reason });
        };
        let article = under(self.geoparser, &found, number, self.state, &self.names);
        let arrival = match &article.ranked {
            Some(ranked) => Arrival::seen(ranked, &article.seen),
            None => Arrival::again(&found, &article.seen),
        };
        let removed = self.state.get(&Target::Article(number), Field::Removed).is_some();
        Ok(Box::new(if removed { arrival.left_out() } else { arrival }))
    }
}

#[cfg(test)]
mod tests;
