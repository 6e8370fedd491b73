//! Which of the edits of a journal are in force, and what undo and redo would do.
//! What was undone stays: an edit that was left for another is no longer what redo offers, but the history leads back
//! to it, since every edit knows the one that it was made upon.

use std::collections::HashMap;

use super::edit::{Entry, EntryId, What};
use super::state::{Author, State};
use crate::model::Problem;

/// An edit as a history shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Known in every copy.
    pub id: EntryId,
    /// When, seconds since 1970.
    pub at: i64,
    /// Who.
    pub who: String,
    /// Why, where they said so.
    pub why: Option<String>,
    /// What it is called: "Derna is Darnah, Libya".
    pub title: String,
    /// How many values it put in the place of others.
    pub count: usize,
}

impl Head {
    /// What a menu offers: "Undo Derna is Darnah, Libya".
    pub fn undo(&self) -> String {
        format!("Undo {}", self.title)
    }

    /// What a menu offers: "Redo Derna is Darnah, Libya".
    pub fn redo(&self) -> String {
        format!("Redo {}", self.title)
    }
}

/// An edit, the one before it, and the one after it that was in force last: numbers among all.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    head: Head,
    before: Option<usize>,
    after: Option<usize>,
    in_force: bool,
}

/// The edits of a project in the order in which they were made, without what they changed.
///
/// ```
/// use dateline::project::{Edit, Entry, EntryId, Journal, What};
/// let entry = |id, what| Entry { id: EntryId(id), at: 0, who: "Ann".into(), why: None, what };
/// let edit = |title: &str| What::Edit(Edit { title: title.into(), sets: Vec::new() });
/// let mut journal = Journal::default();
/// journal.note(&entry(1, edit("Derna is Darnah, Libya"))).unwrap();
/// assert_eq!(journal.undoable().unwrap().undo(), "Undo Derna is Darnah, Libya");
/// journal.note(&entry(2, What::Undo(EntryId(1)))).unwrap();
/// assert!(journal.undoable().is_none());
/// assert_eq!(journal.redoable().unwrap().redo(), "Redo Derna is Darnah, Libya");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    steps: Vec<Step>,
    numbers: HashMap<EntryId, usize>,
    /// The last edit that is in force.
    top: Option<usize>,
    /// The first edit that was in force last.
    first: Option<usize>,
}

/// Why an entry does not follow from those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// An edit that is there already.
    #[error("an edit is there twice")]
    Twice,
    /// An undo of something else than the last edit in force.
    #[error("an edit is undone that is not the last one")]
    NotLast,
    /// A redo of something that was not made upon the last edit in force.
    #[error("an edit is done again that does not follow the last one")]
    NotNext,
}

impl Journal {
    /// Takes in the next entry. One that does not follow from those before changes nothing.
    pub fn note(&mut self, entry: &Entry) -> Result<(), JournalError> {
        match &entry.what {
            What::Edit(_) if self.knows(entry.id) => Err(JournalError::Twice),
            What::Edit(edit) => {
                let head = Head {
                    id: entry.id,
                    at: entry.at,
                    who: entry.who.clone(),
                    why: entry.why.clone(),
                    title: edit.title.clone(),
                    count: edit.sets.len(),
                };
                let number = self.steps.len();
                self.numbers.insert(entry.id, number);
                self.steps.push(Step { head, before: self.top, after: None, in_force: false });
                self.step_onto(number);
                Ok(())
            }
            What::Undo(id) => {
                let top = self.top.filter(|&top| self.numbers.get(id) == Some(&top));
                let top = top.ok_or(JournalError::NotLast)?;
                if let Some(step) = self.steps.get_mut(top) {
                    step.in_force = false;
                    self.top = step.before;
                }
                Ok(())
            }
            What::Redo(id) => {
                let number = *self.numbers.get(id).ok_or(JournalError::NotNext)?;
                let next = |step: &Step| step.before == self.top && !step.in_force;
                if !self.steps.get(number).is_some_and(next) {
                    return Err(JournalError::NotNext);
                }
                self.step_onto(number);
                Ok(())
            }
        }
    }

    fn step_onto(&mut self, number: usize) {
        match self.top.and_then(|top| self.steps.get_mut(top)) {
            Some(step) => step.after = Some(number),
            None => self.first = Some(number),
        }
        if let Some(step) = self.steps.get_mut(number) {
            step.in_force = true;
        }
        self.top = Some(number);
    }

    /// Tells how many values an edit has whose values were not read.
    pub(super) fn set_count(&mut self, id: EntryId, count: usize) {
        let number = self.numbers.get(&id).copied();
        if let Some(step) = number.and_then(|number| self.steps.get_mut(number)) {
            step.head.count = count;
        }
    }

    fn head(&self, number: Option<usize>) -> Option<&Head> {
        self.steps.get(number?).map(|step| &step.head)
    }

    /// The edit that undo would undo: the last one in force.
    pub fn undoable(&self) -> Option<&Head> {
        self.head(self.top)
    }

    /// The edit that redo would do again: the one that was undone last, if nothing was changed since.
    pub fn redoable(&self) -> Option<&Head> {
        match self.top {
            Some(top) => self.head(self.steps.get(top)?.after),
            None => self.head(self.first),
        }
    }

    /// Every edit in the order in which they were made, and whether it is in force.
    pub fn history(&self) -> impl DoubleEndedIterator<Item = (&Head, bool)> + ExactSizeIterator {
        self.steps.iter().map(|step| (&step.head, step.in_force))
    }

    /// The edits in force, in the order in which they were made, which is that in which they take effect.
    pub fn in_force(&self) -> impl DoubleEndedIterator<Item = &Head> {
        self.steps.iter().filter(|step| step.in_force).map(|step| &step.head)
    }

    /// One edit.
    pub fn get(&self, id: EntryId) -> Option<&Head> {
        self.head(self.numbers.get(&id).copied())
    }

    /// Whether an edit is among them, in force or not.
    pub fn knows(&self, id: EntryId) -> bool {
        self.numbers.contains_key(&id)
    }

    /// Whether an edit is in force.
    pub fn is_in_force(&self, id: EntryId) -> bool {
        self.numbers.get(&id).and_then(|&number| self.steps.get(number)).is_some_and(|step| step.in_force)
    }

    /// How many edits there are, those that are undone among them.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// What to undo and to do again, in this order, so that all is as it was right after an edit; `None` for how it
    /// was before the first. No answer where there is no such edit.
    pub fn steps_to(&self, entry: Option<EntryId>) -> Option<Vec<What>> {
        let mut at = match entry {
            Some(id) => Some(*self.numbers.get(&id)?),
            None => None,
        };
        let mut redo = Vec::new();
        // Back to an edit in force, or to the beginning.
        while let Some(step) = at.and_then(|number| self.steps.get(number)).filter(|step| !step.in_force) {
            redo.push(What::Redo(step.head.id));
            at = step.before;
        }
        let mut steps = Vec::new();
        let mut top = self.top;
        while top != at
            && let Some(step) = top.and_then(|number| self.steps.get(number))
        {
            steps.push(What::Undo(step.head.id));
            top = step.before;
        }
        steps.extend(redo.into_iter().rev());
        Some(steps)
    }
}

/// What holds after all entries, and the journal of them. Entries that do not follow from those before are left out
/// and told as problems.
pub fn replay(entries: &[Entry]) -> (State, Journal, Vec<Problem>) {
    let mut journal = Journal::default();
    let mut problems = Vec::new();
    let mut edits = HashMap::new();
    for entry in entries {
        match (journal.note(entry), &entry.what) {
            (Ok(()), What::Edit(edit)) => {
                edits.insert(entry.id, edit);
            }
            (Ok(()), _) => {}
            (Err(error), _) => {
                let reason = format!("{error}: it is left out");
                problems.push(Problem { place: format!("entry {:016x}", entry.id.0), reason });
            }
        }
    }
    let mut state = State::default();
    for head in journal.in_force() {
        if let Some(edit) = edits.get(&head.id) {
            state.apply(edit, head.id);
        }
    }
    for (head, _) in journal.history() {
        state.sign(head.id, Author { who: head.who.clone(), at: head.at });
    }
    (state, journal, problems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Edit;

    /// Entries in few signs: `a` an edit, `-a` its undo, `+a` done again.
    fn journal(entries: &str) -> Journal {
        let mut journal = Journal::default();
        for (number, sign) in entries.split_whitespace().enumerate() {
            let name = sign.trim_start_matches(['-', '+']);
            let id = EntryId(u64::from(name.as_bytes()[0]));
            let what = match sign.as_bytes()[0] {
                b'-' => What::Undo(id),
                b'+' => What::Redo(id),
                _ => What::Edit(Edit { title: name.to_owned(), sets: Vec::new() }),
            };
            let id = if sign == name { id } else { EntryId(1000 + number as u64) };
            let entry = Entry { id, at: 0, who: "Ann".to_owned(), why: None, what };
            // What does not follow is left out.
            journal.note(&entry).ok();
        }
        journal
    }

    #[test]
    fn undo_and_redo_go_along_what_was_done_last() {
        let check = |entries: &str, in_force: &str, undo: &str, redo: &str| {
            let journal = journal(entries);
            let names: Vec<&str> = journal.in_force().map(|head| head.title.as_str()).collect();
            let title = |head: Option<&Head>| head.map_or("", |head| &head.title).to_owned();
            let found = (names.join(" "), title(journal.undoable()), title(journal.redoable()));
            assert_eq!(found, (in_force.to_owned(), undo.to_owned(), redo.to_owned()), "{entries}");
        };
        check("", "", "", "");
        check("a b c", "a b c", "c", "");
        check("a b c -c", "a b", "b", "c");
        check("a b c -c -b -a", "", "", "a");
        check("a b c -c -b +b", "a b", "b", "c");
        check("a b c -c -b d", "a d", "d", "");
        check("a b c -c -b d -d", "a", "a", "d");
        check("a -a b -b", "", "", "b");
        // Left for another and taken up again.
        check("a b c -c -b d -d +b", "a b", "b", "c");
        check("a b c -c -b d -d +b -b", "a", "a", "b");
        // What does not follow: not the last, not there, not after the last, twice.
        check("a b -a", "a b", "b", "");
        check("a -x +x", "a", "a", "");
        check("a b -b -a +b", "", "", "a");
        check("a +a a", "a", "a", "");
    }

    #[test]
    fn every_edit_of_the_history_can_be_gone_to() {
        let check = |entries: &str, to: &str, expected: &str| {
            let journal = journal(entries);
            let to = to.bytes().next().map(|name| EntryId(u64::from(name)));
            let sign = |what: &What| match what {
                What::Undo(id) => format!("-{}", char::from(id.0 as u8)),
                What::Redo(id) => format!("+{}", char::from(id.0 as u8)),
                What::Edit(_) => unreachable!(),
            };
            let steps =
                journal.steps_to(to).map(|steps| steps.iter().map(sign).collect::<Vec<_>>().join(" "));
            assert_eq!(steps.as_deref().unwrap_or("none"), expected, "{entries} to {to:?}");
        };
        check("a b c", "c", "");
        check("a b c", "a", "-c -b");
        check("a b c", "", "-c -b -a");
        check("a b c -c -b", "c", "+b +c");
        check("a b c -c -b d", "c", "-d +b +c");
        check("a b c -c -b d", "b", "-d +b");
        check("a b -b -a d e", "b", "-e -d +a +b");
        check("a b", "x", "none");
        check("", "", "");
    }

    #[test]
    fn the_history_keeps_what_was_undone() {
        let journal = journal("a b -b c");
        let all: Vec<_> = journal.history().map(|(head, in_force)| (head.title.as_str(), in_force)).collect();
        assert_eq!(all, [("a", true), ("b", false), ("c", true)]);
    }
}
