//! What the program found as people see it: with what they said laid over it.
//! Nothing is asked but the article and what holds now, so that undo takes effect by itself; what fits neither text nor
//! field says nothing.

mod areas;
mod events;
mod mentions;
mod same;
#[cfg(test)]
mod tests;
mod told;
mod voice;

pub use same::stands_for;
pub use told::{Decision, Decisions, Ruling, aliases, told_of};

use super::edit::{Field, Value};
use super::state::{Said, State};
use crate::model::{Article, DateEvidence, Geoparsed};
use same::SameAs;

/// An article with what people said laid over what the program found in it. `number` is the article's.
///
/// A decision about a mention is stronger than what its name means in all articles, and that is stronger than the
/// program; then places that are the same as others give way to those. Mentions that people rejected stay, and say so.
/// What is decided about words that the program no longer finds holds still. A mention that a person added or gave
/// other words to pushes out what it overlaps and nobody decided.
///
/// ```
/// use dateline::model::{Article, Geoparsed};
/// use dateline::project::{EntryId, Field, State, Target, Value, overlaid};
/// let found = Geoparsed { article: Article::from_text("a", "Rain in Cairo."), ..Geoparsed::default() };
/// let mut state = State::default();
/// let title = Value::Text("Weather".into());
/// let edit = state.edit("The title", [(Target::Article(0), Field::Title, Some(title))]);
/// state.apply(&edit, EntryId(1));
/// assert_eq!(overlaid(found.clone(), 0, &state).article.title.as_deref(), Some("Weather"));
/// assert_eq!(overlaid(found.clone(), 0, &State::default()), found);
/// ```
pub fn overlaid(mut found: Geoparsed, number: u32, state: &State) -> Geoparsed {
    let same = SameAs::new(state);
    let said = state.article(number).map(AsRef::as_ref);
    if said.is_none() && same.is_empty() && state.names().is_empty() {
        return found;
    }
    let nothing = Said::default();
    let said = said.unwrap_or(&nothing);
    amend_as(&mut found.article, said);
    same.focus(&mut found.focus);
    let before = areas::anchors(&found);
    let moved = mentions::lay(&mut found, said, state, &same);
    areas::lay(&mut found, &before, &moved);
    events::lay(&mut found, said, state, &moved);
    found
}

/// Gives an article the title, date and source that people set. Before it is placed anew: what its source is, and which
/// day it is of, has a say in what it means.
pub fn amend(article: &mut Article, number: u32, state: &State) {
    if let Some(said) = state.article(number) {
        amend_as(article, said);
    }
}

fn amend_as(article: &mut Article, said: &Said) {
    for (field, held) in &said.article {
        match (field, &held.value) {
            (Field::Title, Value::Text(title)) => {
                article.title = Some(title.clone()).filter(|title| !title.is_empty());
                article.title_span = None;
            }
            (Field::Source, Value::Text(source)) => {
                article.source = Some(source.clone()).filter(|source| !source.is_empty());
            }
            (Field::Date, Value::Date(date)) => {
                article.date = *date;
                article.date_evidence = date.map(|_| DateEvidence::Set);
            }
            _ => {}
        }
    }
}
