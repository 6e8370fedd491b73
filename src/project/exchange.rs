//! A project and the corrections of others: what it hands out, and how it takes theirs in.

use std::collections::HashSet;

use super::corrections::{Corrections, Texts, Theirs};
use super::edit::{Entry, What};
use super::error::ProjectError;
use super::merge::{Conflict, Merged, Settled, merge, settle};
use super::{Author, Done, Project};
use crate::model::{Article, Problem};

impl Project {
    /// Every value that holds, as a file for others. Articles that cannot be read are left out and told as problems.
    pub fn corrections(&self) -> (Corrections, Vec<Problem>) {
        let shelf = self.shelf();
        let get = |number: u32| shelf.get(number).map(|found| found.article);
        let texts = Texts { count: self.len() as u32, get: &get };
        Corrections::of(&self.about().id, self.state(), self.journal(), texts)
    }

    /// What a file of corrections says of the articles that are here. Where they are not those of a copy, every text is
    /// read.
    pub fn theirs(&self, corrections: &Corrections) -> Theirs {
        let shelf = self.shelf();
        let get = |number: u32| Some(Article::from_text("", shelf.text(number).ok().flatten()?));
        corrections.for_articles(Texts { count: self.len() as u32, get: &get })
    }

    /// What taking that in would do.
    pub fn merge(&self, theirs: &Theirs) -> Merged {
        merge(self.state(), self.journal(), theirs)
    }

    /// Does it. What both changed stays as it is here until somebody chooses ([`Project::settle`]).
    ///
    /// # Errors
    ///
    /// Where it could not be written.
    pub fn take(&mut self, merged: &Merged, who: &str) -> Result<Vec<Done>, ProjectError> {
        let mut done = self.adopt(&merged.entries)?;
        if !merged.let_go.sets.is_empty() {
            done.push(self.apply(merged.let_go.clone(), who, None)?);
        }
        Ok(done)
    }

    /// Settles what both changed: theirs, or (`true`) what holds here.
    ///
    /// # Errors
    ///
    /// Where it could not be written.
    pub fn settle(
        &mut self,
        theirs: &Theirs,
        merged: &Merged,
        choices: &[(&Conflict, bool)],
        who: &str,
    ) -> Result<Vec<Done>, ProjectError> {
        let Settled { entries, kept } = settle(self.state(), self.journal(), theirs, merged, choices);
        let mut done = self.adopt(&entries)?;
        if !kept.sets.is_empty() {
            done.push(self.apply(kept, who, None)?);
        }
        Ok(done)
    }

    /// Puts edits of others into the journal under their own numbers and names, all or none.
    fn adopt(&mut self, entries: &[Entry]) -> Result<Vec<Done>, ProjectError> {
        let mut state = self.state.clone();
        let mut seen = HashSet::new();
        let mut adopted: Vec<Entry> = Vec::new();
        for entry in entries {
            let What::Edit(edit) = &entry.what else { continue };
            let values = edit.sets.iter().map(|set| (set.target.clone(), set.field, set.after.clone()));
            let edit = state.edit(edit.title.clone(), values);
            if edit.sets.is_empty() || self.journal.knows(entry.id) || !seen.insert(entry.id) {
                continue;
            }
            state.apply(&edit, entry.id);
            state.sign(entry.id, Author { who: entry.who.clone(), at: entry.at });
            adopted.push(Entry { what: What::Edit(edit), ..entry.clone() });
        }
        if adopted.is_empty() {
            return Ok(Vec::new());
        }
        let before = std::iter::once(self.journal.undoable().map(|head| head.id));
        let upon = before.chain(adopted.iter().map(|entry| Some(entry.id)));
        let lines: Vec<_> = adopted.iter().zip(upon).collect();
        let rows = self.store.append_all(&lines)?;
        self.state = state;
        let mut done = Vec::with_capacity(adopted.len());
        for (row, entry) in rows.zip(adopted) {
            // None of these numbers was known, so that each follows.
            self.journal.note(&entry).map_err(|_| self.senseless())?;
            self.rows.insert(entry.id, row);
            let What::Edit(edit) = entry.what else { continue };
            done.push(self.done(entry.id, edit.sets)?);
        }
        Ok(done)
    }
}
