//! What the words around a mention say of which place it is: a container that is named, a type word.
//! "Bangor, Maine"; "the Swiss city of Lausanne"; "Derna in Libya"; "Egypt's Alexandria"; "Cook County".

use super::super::recognize::Toponym;
use super::super::tokens::{Form, Text};
use super::super::words::{DIRECTIONS, PLACE_NOUNS};

/// What kind of place the words around call for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A town.
    Town,
    /// A first-level division.
    Division,
    /// A smaller division.
    District,
    /// A river, a lake, a sea.
    Water,
    /// An island, a mountain, a desert.
    Land,
}

/// How a container is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// "Bangor, Maine", "Long Beach (Calif.)"
    Comma,
    /// "Derna in Libya", "Derna, a Libyan city"
    In,
    /// "the Libyan city of Derna", "Egypt's second city Alexandria", "Egypt's Alexandria"
    Before,
}

/// One mention's evidence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// Numbers of the mentions that may name what contains this one.
    pub(crate) containers: Vec<(usize, Link)>,
    /// What the type words call for.
    pub(crate) wanted: Option<Wanted>,
}

/// The evidence for each mention.
pub(crate) fn gather(text: &Text<'_>, toponyms: &[Toponym]) -> Vec<Evidence> {
    (0..toponyms.len())
        .map(|i| Evidence { containers: containers(text, toponyms, i), wanted: wanted(text, &toponyms[i]) })
        .collect()
}

fn containers(text: &Text<'_>, toponyms: &[Toponym], i: usize) -> Vec<(usize, Link)> {
    let this = &toponyms[i];
    let mut found = Vec::new();
    // "Paris, Edgar County, Ill."
    let mut end = this.end;
    for (j, next) in toponyms.iter().enumerate().skip(i + 1).take(3) {
        let Some(link) = link_between(text, end, next.first) else { break };
        found.push((j, link));
        end = next.end;
        if link == Link::In {
            break;
        }
    }
    if let Some(j) = i.checked_sub(1).filter(|&j| leads_to(text, &toponyms[j], this)) {
        found.push((j, Link::Before));
    }
    found
}

/// How the tokens from `end` up to `next` link two names, if they do.
fn link_between(text: &Text<'_>, end: usize, next: usize) -> Option<Link> {
    if next < end || next - end > 4 {
        return None;
    }
    if text.tokens.get(next)?.sentence != text.tokens.get(end.checked_sub(1)?)?.sentence {
        return None;
    }
    let words: Vec<&str> =
        (end..next).map(|i| if text.folded(i).is_empty() { text.str(i) } else { text.folded(i) }).collect();
    match words.as_slice() {
        ["," | "(" | "-" | "–" | "/"] => Some(Link::Comma),
        [",", "in" | "a" | "an" | "the"] | ["in"] | ["in", "the"] => Some(Link::In),
        ["in" | ",", direction] | ["in", "the", direction] | [",", "in", direction]
            if DIRECTIONS.has(direction) =>
        {
            Some(Link::In)
        }
        [noun, "in"] | [noun, "of"] if PLACE_NOUNS.has(noun) => Some(Link::In),
        ["in", noun, _] | ["in", "the", noun, "of"] | [",", "the", noun, "of"] if PLACE_NOUNS.has(noun) => {
            Some(Link::In)
        }
        _ => None,
    }
}

/// "Swiss city of" before "Lausanne"; "Egypt's" before "Alexandria".
fn leads_to(text: &Text<'_>, before: &Toponym, this: &Toponym) -> bool {
    if before.end >= this.first || this.first - before.end > 5 {
        return false;
    }
    if text.tokens[before.first].sentence != text.tokens[this.first].sentence {
        return false;
    }
    let between: Vec<usize> = (before.end..this.first).collect();
    let possessive = text.tokens[before.end].form == Form::Possessive;
    if possessive && between.len() == 1 {
        return true;
    }
    let noun = between.iter().any(|&i| PLACE_NOUNS.has(text.folded(i)));
    let plain = between.iter().all(|&i| {
        let form = text.tokens[i].form;
        matches!(form, Form::Lower | Form::Possessive | Form::Number) || text.str(i) == "-"
    });
    let verb = between.iter().any(|&i| matches!(text.folded(i), "and" | "to" | "in" | "from" | "with"));
    noun && plain && !verb
}

fn wanted(text: &Text<'_>, this: &Toponym) -> Option<Wanted> {
    let typed = this.typed.as_deref().or_else(|| this.name.rsplit_once(' ').map(|(_, last)| last));
    if let Some(wanted) = typed.and_then(type_of) {
        return Some(wanted);
    }
    let next = text.folded(this.end);
    let same_sentence = text.after(this.end.saturating_sub(1)).is_some();
    if let Some(wanted) = type_of(next).filter(|_| same_sentence) {
        return Some(wanted);
    }
    let before = text.before(this.first)?;
    if text.folded(before) != "of" {
        return None;
    }
    let noun = text.before(before)?;
    type_of(text.folded(noun))
}

fn type_of(word: &str) -> Option<Wanted> {
    Some(match word {
        "city" | "town" | "village" | "hamlet" | "capital" | "port" | "suburb" | "resort" => Wanted::Town,
        "state" | "province" | "governorate" | "region" | "oblast" | "prefecture" | "canton" | "emirate" => {
            Wanted::Division
        }
        "county" | "parish" | "township" | "district" | "borough" | "municipality" => Wanted::District,
        "river" | "lake" | "creek" | "sea" | "gulf" | "bay" | "strait" | "reservoir" => Wanted::Water,
        "island" | "islands" | "mountains" | "desert" | "peninsula" | "valley" | "mount" => Wanted::Land,
        _ => return None,
    })
}
