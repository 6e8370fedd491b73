//! An article under what people decided: ranked anew where a decision has a bearing on it, with what they said laid over.
//! It is worked out of what was found and of what holds, and of nothing else: the window and the command line see the
//! same, and to undo a decision is to work it out once more.

use std::sync::Arc;

use super::rerank::rerank;
use crate::gazetteer::fold;
use crate::geoparse::{Geoparser, Ruling, Told, ToldMention};
use crate::model::{Geoparsed, Place};
use crate::project::{self, Field, State, Target, amend, overlaid, told_of};

/// What names mean in all articles ([`aliases`](crate::project::aliases)), by folded name.
pub type Names = Arc<[(String, Arc<Place>)]>;

/// An article under what people decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Under {
    /// The article as the geoparser ranks it then; `None` where nothing that was decided has a bearing on it, so that it
    /// stays as it was found. What people say of the article itself is not in it.
    pub ranked: Option<Geoparsed>,
    /// The article as it is to be seen.
    pub seen: Geoparsed,
}

/// An article that was found so, under what people decided. What was read with its mentions is not ranked anew.
pub fn under(geoparser: &Geoparser, found: &Geoparsed, number: u32, state: &State, names: &Names) -> Under {
    if found.as_read || !has_bearing(found, number, state, names) {
        return Under { ranked: None, seen: overlaid(found.clone(), number, state) };
    }
    let ranked = ranked(geoparser, found, number, state, names);
    let seen = overlaid(ranked.clone(), number, state);
    Under { ranked: Some(ranked), seen }
}

/// An article as the geoparser ranks it under what was decided.
fn ranked(geoparser: &Geoparser, found: &Geoparsed, number: u32, state: &State, names: &Names) -> Geoparsed {
    let mut amended = found.article.clone();
    amend(&mut amended, number, state);
    let told = told(number, found, state, names);
    let mut ranked = rerank(geoparser, found.clone(), amended, &told);
    // What people say of the article lies over it like everything else that they say.
    ranked.article = found.article.clone();
    ranked
}

/// Whether what was decided may change what the program makes of an article.
fn has_bearing(found: &Geoparsed, number: u32, state: &State, names: &Names) -> bool {
    let said = |field: &Field| state.get(&Target::Article(number), *field).is_some();
    if [Field::Title, Field::Date, Field::Source].iter().any(said) {
        return true;
    }
    if !told_of(number, &found.article, state).is_empty() {
        return true;
    }
    if names.is_empty() {
        return false;
    }
    let text = fold(&found.article.text);
    names.iter().any(|(name, _)| text.contains(name.as_str()))
}

/// What is decided about an article, as the geoparser is told it.
fn told(number: u32, found: &Geoparsed, state: &State, names: &Names) -> Told {
    let decided = told_of(number, &found.article, state);
    let mention = |decision: project::Decision| ToldMention {
        span: decision.span,
        kind: decision.kind,
        sense: decision.sense,
        ruling: match decision.ruling {
            project::Ruling::Is(place) => Ruling::Is(place),
            project::Ruling::Rejected => Ruling::Rejected,
            project::Ruling::Unplaced => Ruling::Unplaced,
        },
    };
    Told {
        mentions: decided.mentions.into_iter().map(mention).collect(),
        names: Arc::clone(names),
        home: decided.home,
    }
}
