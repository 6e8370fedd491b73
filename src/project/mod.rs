//! Everything that a person can lose: the collection, the corrections, the journal, undo.
//! What the program found is never changed: what people say lies over it, value by value, and to undo an edit is to
//! put back what was there before.

mod about;
pub mod change;
pub mod corrections;
mod edit;
mod error;
mod exchange;
mod journal;
mod lens;
pub mod merge;
mod overlay;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod random;
mod state;
mod store;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashMap;
use std::path::Path;

pub use about::{About, Made};
pub use edit::{Edit, Entry, EntryId, Field, Held, Set, Target, Value, What};
pub use error::ProjectError;
pub use journal::{Head, Journal, JournalError, replay};
pub use overlay::{Decision, Decisions, Ruling, aliases, amend, overlaid, stands_for, told_of};
pub use state::{Author, Said, State};
pub use store::Shelf;

use crate::model::{Article, Geoparsed, Problem};
use store::{Line, Store};

/// The extension of a project's file.
pub const EXTENSION: &str = "dateline";

/// A collection with what people said of it, in a file. What a call has done is on the disk when it returns.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use dateline::project::{About, Field, Project, Target, Value};
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("derna.dateline");
/// let mut project = Project::create(&path, About::new("news/", "Ann"))?;
/// let note = (Target::Collection, Field::Note, Some(Value::Text("The flood of 2023".into())));
/// project.apply(project.state().edit("Note", [note]), "Ann", None)?;
/// drop(project);
/// let (mut project, problems) = Project::open(&path)?;
/// assert!(problems.is_empty() && project.state().get(&Target::Collection, Field::Note).is_some());
/// project.undo("Ann")?;
/// assert!(project.state().is_empty());
/// assert_eq!(project.journal().redoable().map(|head| head.redo()).as_deref(), Some("Redo Note"));
/// # Ok(())
/// # }
/// ```
pub struct Project {
    store: Store,
    about: About,
    state: State,
    journal: Journal,
    /// Rows of the edits.
    rows: HashMap<EntryId, i64>,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// The edit that was made, undone or done again.
    pub head: Head,
    /// The values that were put in the place of others, in the direction in which it was changed: `before` of an
    /// undo is what the edit had put there.
    pub sets: Vec<Set>,
}

impl Project {
    /// A new project without articles, in a file that is not there yet.
    ///
    /// # Errors
    ///
    /// Where there is a file of this name, or none can be written.
    pub fn create(path: &Path, about: About) -> Result<Project, ProjectError> {
        let store = Store::create(path, &about)?;
        let (state, journal, rows) = (State::default(), Journal::default(), HashMap::new());
        Ok(Project { store, about, state, journal, rows })
    }

    /// Opens a project, for reading only where it cannot be written ([`Project::read_only`]). What of it is damaged is
    /// left out and told as problems.
    ///
    /// # Errors
    ///
    /// Where the file is no project, was made by a later version, or is damaged so badly that nothing can be said
    /// about it.
    pub fn open(path: &Path) -> Result<(Project, Vec<Problem>), ProjectError> {
        Project::of(Store::open(path)?)
    }

    /// Opens a project to read it, whoever has it open: nothing is written, and what is edited elsewhere from now on is
    /// not seen. Where a change was broken off in the middle of its writing, it is opened as [`Project::open`] does, to
    /// put back what was there before.
    ///
    /// # Errors
    ///
    /// As [`Project::open`].
    pub fn read(path: &Path) -> Result<(Project, Vec<Problem>), ProjectError> {
        match Store::read(path).and_then(Project::of) {
            Err(ProjectError::Open { .. }) => Project::open(path),
            read => read,
        }
    }

    fn of(mut store: Store) -> Result<(Project, Vec<Problem>), ProjectError> {
        let (lines, mut problems) = store.lines()?;
        let about = store.about().unwrap_or_else(|| {
            let reason = "what it tells about itself is damaged, and is left out".to_owned();
            problems.push(Problem { place: store.path().display().to_string(), reason });
            About::default()
        });
        let missing = store.missing();
        if missing > 0 {
            let reason =
                format!("{missing} articles are not there: they were not kept yet when the program ended");
            problems.push(Problem { place: store.path().display().to_string(), reason });
        }
        let (state, journal, rows) = (State::default(), Journal::default(), HashMap::new());
        let mut project = Project { store, about, state, journal, rows };
        project.replay(lines, &mut problems);
        Ok((project, problems))
    }

    /// What can still be read of a project that does not open any more, or not to be written, in a new file: every
    /// article and every edit that is whole. The damaged file stays as it is.
    ///
    /// # Errors
    ///
    /// Where nothing can be read, there is a file of the new name already, or it could not be written.
    pub fn rescue(path: &Path, to: &Path) -> Result<(Project, Vec<Problem>), ProjectError> {
        Project::of(Store::rescue(path, to)?)
    }

    /// Makes of all entries what holds now.
    fn replay(&mut self, lines: Vec<Line>, problems: &mut Vec<Problem>) {
        for Line { row, entry, count, upon } in lines {
            self.rejoin(upon);
            if let Err(error) = self.journal.note(&entry) {
                problems.push(self.store.problem(row, &format!("{error}; it is left out")));
                continue;
            }
            if let What::Edit(_) = entry.what {
                self.rows.insert(entry.id, row);
                self.journal.set_count(entry.id, count);
                self.state.sign(entry.id, Author { who: entry.who, at: entry.at });
            }
        }
        let in_force: Vec<EntryId> = self.journal.in_force().map(|head| head.id).collect();
        for id in in_force {
            match self.sets(id) {
                Ok(sets) => self.state.apply(&Edit { title: String::new(), sets }, id),
                Err(error) => {
                    problems.push(Problem {
                        place: self.store.path().display().to_string(),
                        reason: error.to_string(),
                    });
                }
            }
        }
        self.heed_results();
    }

    /// Where an undo or a redo was lost, what came after it tells of it.
    fn rejoin(&mut self, upon: Option<EntryId>) {
        if self.journal.undoable().map(|head| head.id) == upon {
            return;
        }
        for what in self.journal.steps_to(upon).unwrap_or_default() {
            let entry = Entry { id: EntryId::default(), at: 0, who: String::new(), why: None, what };
            self.journal.note(&entry).ok();
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// What it tells about itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Tells something else about itself.
    ///
    /// # Errors
    ///
    /// Where it could not be written.
    pub fn set_about(&mut self, about: About) -> Result<(), ProjectError> {
        self.store.set_about(&about)?;
        self.about = about;
        Ok(())
    }

    /// Why it can only be read, if it can.
    pub fn read_only(&self) -> Option<&str> {
        self.store.read_only()
    }

    /// How many articles there are: their numbers are below it.
    pub fn len(&self) -> usize {
        self.store.articles() as usize
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts articles in under their numbers, all or none.
    ///
    /// # Errors
    ///
    /// Where a number is taken, or they could not be written.
    pub fn add(&mut self, articles: &[(u32, &Geoparsed)]) -> Result<(), ProjectError> {
        self.store.add(articles)
    }

    /// Begins results of another geoparser beside those that are there: their number. They hold when an edit puts it
    /// ([`Field::Results`] of [`Target::Collection`]); those that no edit ever put are dropped here.
    ///
    /// # Errors
    ///
    /// Where they could not be written.
    pub fn begin_results(&mut self, made: &Made) -> Result<u32, ProjectError> {
        self.store.begin_results(made)
    }

    /// Puts in what was found in articles by other results, where it differs from the first: in how many. The text
    /// is not kept again.
    ///
    /// # Errors
    ///
    /// Where they could not be written.
    pub fn put_results(
        &mut self,
        results: u32,
        articles: &[(u32, &Geoparsed)],
    ) -> Result<usize, ProjectError> {
        self.store.put_results(results, articles)
    }

    /// What made results; the first ones have number 0.
    pub fn made(&self, results: u32) -> Option<Made> {
        if results == 0 { Some(self.about.made.clone()) } else { self.store.made(results) }
    }

    /// The article with the same words as this one, whatever it is called.
    pub fn knows(&self, article: &Article) -> Option<u32> {
        self.store.shelf().knows(article)
    }

    /// Reads articles on any thread.
    pub fn shelf(&self) -> Shelf {
        self.store.shelf().clone()
    }

    /// What holds now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The edits, and which of them are in force.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Makes an edit. What was there before is taken from what holds now, and values that hold already are left
    /// out; where nothing is left, nothing is written.
    ///
    /// # Errors
    ///
    /// Where it could not be written.
    pub fn apply(&mut self, edit: Edit, who: &str, why: Option<String>) -> Result<Done, ProjectError> {
        let Edit { title, sets } = edit;
        let values = sets.into_iter().map(|set| (set.target, set.field, set.after));
        let edit = self.state.edit(title, values);
        let id = EntryId(about::any_number());
        if edit.sets.is_empty() {
            let (title, at) = (edit.title, about::now());
            let head = Head { id, at, who: who.to_owned(), why, title, count: 0 };
            return Ok(Done { head, sets: Vec::new() });
        }
        let entry = self.entry(id, who, why, What::Edit(edit));
        let row = self.append(&entry)?;
        self.rows.insert(id, row);
        self.state.sign(id, Author { who: entry.who.clone(), at: entry.at });
        let What::Edit(edit) = entry.what else { return Err(self.senseless()) };
        self.state.apply(&edit, id);
        self.heed_results();
        self.done(id, edit.sets)
    }

    /// Undoes the last edit that is in force; `None` where there is none.
    ///
    /// # Errors
    ///
    /// Where it could not be written, or the edit is damaged.
    pub fn undo(&mut self, who: &str) -> Result<Option<Done>, ProjectError> {
        let Some(id) = self.journal.undoable().map(|head| head.id) else { return Ok(None) };
        self.step(What::Undo(id), who).map(Some)
    }

    /// Does again what was undone last; `None` where there is nothing.
    ///
    /// # Errors
    ///
    /// As [`Project::undo`].
    pub fn redo(&mut self, who: &str) -> Result<Option<Done>, ProjectError> {
        let Some(id) = self.journal.redoable().map(|head| head.id) else { return Ok(None) };
        self.step(What::Redo(id), who).map(Some)
    }

    /// Undoes and does again until all is as it was right after an edit, or before the first (`None`).
    ///
    /// # Errors
    ///
    /// As [`Project::undo`]; what was done before holds.
    pub fn go_to(&mut self, entry: Option<EntryId>, who: &str) -> Result<Vec<Done>, ProjectError> {
        let steps = self.journal.steps_to(entry).unwrap_or_default();
        steps.into_iter().map(|what| self.step(what, who)).collect()
    }

    /// Undoes an edit or does it again.
    fn step(&mut self, what: What, who: &str) -> Result<Done, ProjectError> {
        let (What::Undo(id) | What::Redo(id)) = what else { return Err(self.senseless()) };
        let edit = Edit { title: String::new(), sets: self.sets(id)? };
        let undo = matches!(what, What::Undo(_));
        let entry = self.entry(EntryId(about::any_number()), who, None, what);
        self.append(&entry)?;
        let sets = if undo {
            self.state.revert(&edit);
            edit.sets.into_iter().map(|set| turned(set, id)).collect()
        } else {
            self.state.apply(&edit, id);
            edit.sets
        };
        self.heed_results();
        self.done(id, sets)
    }

    fn entry(&self, id: EntryId, who: &str, why: Option<String>, what: What) -> Entry {
        Entry { id, at: about::now(), who: who.to_owned(), why, what }
    }

    /// The values that an edit put in the place of others, whether it is in force or not; `None` where there is no such
    /// edit, or it cannot be read.
    pub fn sets_of(&self, id: EntryId) -> Option<Vec<Set>> {
        self.sets(id).ok()
    }

    /// Writes an entry, then takes it into the journal.
    fn append(&mut self, entry: &Entry) -> Result<i64, ProjectError> {
        let upon = self.journal.undoable().map(|head| head.id);
        let row = self.store.append(entry, upon)?;
        // An entry is only ever made of what the journal offers, so that it follows.
        self.journal.note(entry).map_err(|_| self.senseless())?;
        Ok(row)
    }

    fn sets(&self, id: EntryId) -> Result<Vec<Set>, ProjectError> {
        let row = self.rows.get(&id).ok_or_else(|| self.senseless())?;
        self.store.sets(*row)
    }

    fn done(&self, id: EntryId, sets: Vec<Set>) -> Result<Done, ProjectError> {
        let head = self.journal.get(id).cloned().ok_or_else(|| self.senseless())?;
        Ok(Done { head, sets })
    }

    fn senseless(&self) -> ProjectError {
        let reason = "an entry of its journal makes no sense".to_owned();
        ProjectError::Damaged { path: self.path().to_owned(), reason }
    }

    /// The shelf reads the results that hold.
    fn heed_results(&self) {
        let held = self.state.get(&Target::Collection, Field::Results).map(|held| &held.value);
        let results = if let Some(Value::Number(number)) = held { *number } else { 0 };
        self.store.shelf().set_results(results);
    }

    /// Writes a whole copy under another name, in the place of what is there, and goes on in it.
    ///
    /// # Errors
    ///
    /// Where it could not be written, or the other file is open elsewhere. The project stays where it was.
    pub fn save_as(&mut self, path: &Path) -> Result<(), ProjectError> {
        self.store.save_as(path)
    }

    /// Keeps under a name what can be worked out again. Where that fails, it is worked out again.
    pub fn keep(&mut self, name: &str, bytes: &[u8]) {
        self.keep_all(&[(name, bytes)]);
    }

    /// Keeps many at once, or none of them; answers which.
    pub fn keep_all(&mut self, all: &[(&str, &[u8])]) -> bool {
        let kept = self.store.keep(all);
        if let Err(error) = &kept {
            log::debug!("nothing is kept: {error}");
        }
        kept.is_ok()
    }

    /// What was kept under a name.
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.store.kept(name)
    }
}

/// A value put back in the place of one that an edit had put there.
fn turned(set: Set, by: EntryId) -> Set {
    let Set { target, field, before, after } = set;
    let before_now = after.map(|value| Held { value, entry: by });
    Set { target, field, before: before_now, after: before.map(|held| held.value) }
}
