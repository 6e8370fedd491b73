//! What others said, taken in: theirs where it is newer, asked for where both changed the same thing.
//! No clock decides what is newer. A value is older than one whose project knows the edit that put it and holds
//! something else by now; where neither knows the other's, both are news, and a person has to choose.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::Xxh3;

use super::corrections::{Made, Theirs};
use super::edit::{Edit, Entry, EntryId, Field, Held, Set, Target, Value, What};
use super::journal::Journal;
use super::state::State;

/// What is to be done to take in what others said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// Their edits, with what of them is taken, by when they were made: to be put into the journal as they are.
    pub entries: Vec<Entry>,
    /// What they let go of that had been said here.
    pub let_go: Edit,
    /// What both changed, which stays as it is here until somebody chooses.
    pub conflicts: Vec<Conflict>,
    /// How many of their values hold here already, or were changed here since.
    pub known: usize,
}

/// Something of which two people say different things, neither having seen the other's.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// About what.
    pub target: Target,
    /// What of it.
    pub field: Field,
    /// What holds here; [`Journal::get`] tells who put it.
    pub mine: Held,
    /// What holds there.
    pub theirs: Held,
    /// Who put it there, where the file tells.
    pub made: Option<Made>,
}

/// What an edit of theirs puts here.
struct Taken {
    made: Made,
    values: Vec<(Target, Field, Option<Value>)>,
}

/// Whose word it is.
enum Word {
    /// Both say the same, or what holds here is newer.
    Mine,
    /// What holds there is newer.
    Theirs,
    /// Neither has seen the other's.
    Both,
}

/// What is to be done here to take in what others said.
pub fn merge(state: &State, journal: &Journal, theirs: &Theirs) -> Merged {
    let said: BTreeMap<(&Target, Field), &Held> =
        theirs.values.iter().map(|(target, field, held)| ((target, *field), held)).collect();
    let mut taken: BTreeMap<EntryId, Taken> = BTreeMap::new();
    let mut in_part: BTreeSet<EntryId> = theirs.in_part.iter().copied().collect();
    let mut merged = Merged::default();
    for (&(target, field), &held) in &said {
        let mine = state.get(target, field);
        let word = match mine {
            None if journal.knows(held.entry) => Word::Mine,
            None => Word::Theirs,
            Some(mine) => newer(mine, held, journal, theirs),
        };
        match (word, mine) {
            (Word::Mine, _) => merged.known += 1,
            (Word::Both, Some(mine)) => {
                in_part.insert(held.entry);
                merged.conflicts.push(Conflict {
                    target: target.clone(),
                    field,
                    mine: mine.clone(),
                    theirs: held.clone(),
                    made: theirs.made.get(&held.entry).cloned(),
                });
            }
            (Word::Theirs | Word::Both, _) => {
                let made = || theirs.made.get(&held.entry).cloned().unwrap_or_else(nobody);
                let taken =
                    taken.entry(held.entry).or_insert_with(|| Taken { made: made(), values: Vec::new() });
                taken.values.push((target.clone(), field, Some(held.value.clone())));
            }
        }
    }
    // Of an edit that the file does not tell whole, what is missing need not have been let go of.
    let seen = |entry: &EntryId| theirs.known.contains(entry) && !theirs.in_part.contains(entry);
    let gone = state.all().filter(|(target, field, mine)| {
        *field != Field::Results && seen(&mine.entry) && !said.contains_key(&(target, *field))
    });
    merged.let_go =
        state.edit("Corrections taken back", gone.map(|(target, field, _)| (target, field, None)));
    for (id, Taken { made, values }) in taken {
        let edit = state.edit(made.title, values);
        let known = journal.knows(id);
        let id = match known || in_part.contains(&id) {
            false => Some(id),
            true => part(id, &edit.sets, known, journal),
        };
        let entry = |id| Entry { id, at: made.at, who: made.who, why: made.why, what: What::Edit(edit) };
        merged.entries.extend(id.map(entry));
    }
    merged.entries.sort_by_key(|entry| (entry.at, entry.id));
    merged
}

fn nobody() -> Made {
    Made { at: 0, who: String::new(), why: None, title: "Corrections".to_owned() }
}

/// Which of two values that are said of one thing is newer.
fn newer(mine: &Held, held: &Held, journal: &Journal, theirs: &Theirs) -> Word {
    if mine.entry == held.entry {
        return Word::Mine;
    }
    match (theirs.known.contains(&mine.entry), journal.get(held.entry)) {
        (true, None) => Word::Theirs,
        (false, Some(_)) => Word::Mine,
        (false, None) if alike(&mine.value, &held.value) => Word::Mine,
        (false, None) => Word::Both,
        // Each has had both. Whose later edit is undone here, was undone here; else there.
        (true, Some(head)) if journal.is_in_force(head.id) => Word::Theirs,
        (true, Some(_)) => Word::Mine,
    }
}

/// Whether two values say the same; a place is known by its identifier, however exactly its point was written.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Place(one), Value::Place(other)) | (Value::Confirmed(one), Value::Confirmed(other)) => {
            one.id == other.id
        }
        _ => one == other,
    }
}

/// Another number for an edit of which only a part is taken, so that nobody thinks that the rest was let go of: made of
/// what is taken, so that it is the same in every copy. `None` where that part has been taken before, and undone.
fn part(id: EntryId, sets: &[Set], known: bool, journal: &Journal) -> Option<EntryId> {
    let mut sum = Xxh3::new();
    sum.update(&id.0.to_le_bytes());
    for set in sets {
        let what = (&set.target, set.field, &set.after);
        sum.update(&postcard::to_allocvec(&what).unwrap_or_default());
    }
    let first = EntryId(sum.digest());
    if !known && journal.knows(first) {
        return None;
    }
    (0..=u64::MAX).map(|more| EntryId(first.0.wrapping_add(more))).find(|id| !journal.knows(*id))
}

/// What is to be done about conflicts that somebody settled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settled {
    /// First their edits, to be put into the journal as they are: whoever chooses has seen them, and is not asked again.
    pub entries: Vec<Entry>,
    /// Then what was kept from here, put over them again.
    pub kept: Edit,
}

/// What to do where somebody chose: theirs, or (`true`) what holds here. `merged` is what the conflicts came with.
pub fn settle(
    state: &State,
    journal: &Journal,
    theirs: &Theirs,
    merged: &Merged,
    choices: &[(&Conflict, bool)],
) -> Settled {
    let mut taken: BTreeMap<EntryId, Vec<&Conflict>> = BTreeMap::new();
    for (conflict, _) in choices {
        taken.entry(conflict.theirs.entry).or_default().push(conflict);
    }
    let mut state = state.clone();
    let mut settled = Settled::default();
    for (id, conflicts) in taken {
        let value = |conflict: &&Conflict| {
            (conflict.target.clone(), conflict.field, Some(conflict.theirs.value.clone()))
        };
        let made = conflicts.first().and_then(|conflict| conflict.made.clone()).unwrap_or_else(nobody);
        let edit = state.edit(made.title, conflicts.iter().map(value));
        let all = merged.conflicts.iter().filter(|conflict| conflict.theirs.entry == id).count();
        let whole = all == conflicts.len() && !theirs.in_part.contains(&id) && !journal.knows(id);
        let id = if whole { Some(id) } else { part(id, &edit.sets, true, journal) };
        if let Some(id) = id {
            state.apply(&edit, id);
            settled.entries.push(Entry {
                id,
                at: made.at,
                who: made.who,
                why: made.why,
                what: What::Edit(edit),
            });
        }
    }
    settled.entries.sort_by_key(|entry| (entry.at, entry.id));
    let kept = choices.iter().filter(|(_, mine)| *mine);
    let values = kept
        .map(|(conflict, _)| (conflict.target.clone(), conflict.field, Some(conflict.mine.value.clone())));
    settled.kept = state.edit("", values);
    settled.kept.title = match settled.kept.sets.len() {
        1 => "Kept against somebody else".to_owned(),
        count => format!("Kept against others in {count} cases"),
    };
    settled
}
