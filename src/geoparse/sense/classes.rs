//! What sort of word stands near a name: the closed lists of `assets/tables/sense.txt`, and for the rest the
//! kind of thing a common word names or does, by WordNet's lexicographer files (`assets/tables/kinds.txt`).
//! A word may be of several classes: "talks" is communication, a deed and a meeting.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::tokens::{Form, Text};

/// A class of words, by its place in [`Classes::names`].
pub(crate) type Class = u8;

/// Classes of tokens that are no words, and of mentions themselves.
const MARKS: [&str; 31] = [
    "edge", "stop", "comma", "colon", "open", "close", "quote", "dash", "slash", "mark", "number", "'s",
    "capital", "upper", "place", "unknown", "mention", "demonym", "embedded", "country", "capital-city",
    "division", "town", "nature", "building", "other-kind", "opens", "headline", "caps", "row", "sport-near",
];
/// No token: the sentence ends.
const EDGE: Class = 0;
const STOP: Class = 1;
const COMMA: Class = 2;
const COLON: Class = 3;
const OPEN: Class = 4;
const CLOSE: Class = 5;
const QUOTE: Class = 6;
const DASH: Class = 7;
const SLASH: Class = 8;
const MARK: Class = 9;
const NUMBER: Class = 10;
const POSSESSIVE: Class = 11;
const CAPITAL: Class = 12;
const UPPER: Class = 13;
/// Part of another mention.
pub(super) const PLACE: Class = 14;
const UNKNOWN: Class = 15;
/// Any mention.
pub(super) const MENTION: Class = 16;
pub(super) const DEMONYM: Class = 17;
pub(super) const EMBEDDED: Class = 18;
pub(super) const COUNTRY: Class = 19;
pub(super) const CAPITAL_CITY: Class = 20;
pub(super) const DIVISION: Class = 21;
pub(super) const TOWN: Class = 22;
pub(super) const NATURE: Class = 23;
pub(super) const BUILDING: Class = 24;
pub(super) const OTHER_KIND: Class = 25;
pub(super) const OPENS: Class = 26;
pub(super) const HEADLINE: Class = 27;
pub(super) const CAPS: Class = 28;
pub(super) const ROW: Class = 29;
pub(super) const SPORT_NEAR: Class = 30;

/// Endings and what stands in their stead in the word's ground form.
const ENDINGS: &[(&str, &str)] = &[
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
    ("er", "e"),
    ("er", ""),
    ("est", ""),
    ("ly", ""),
];

/// The words of every class.
pub(crate) struct Classes {
    names: Vec<&'static str>,
    of: HashMap<&'static str, Vec<Class>>,
    sport: HashSet<&'static str>,
    /// For each class, whether it is of nouns, of verbs, of prepositions and their like.
    noun: Vec<bool>,
    verb: Vec<bool>,
    small: Vec<bool>,
    /// For each class, whether it is of those who act.
    somebody: Vec<bool>,
    /// For each class, whether it is of words that say where.
    placing: Vec<bool>,
    adjective: Class,
    adverb: Class,
    /// "Not", "also".
    passed_over: Class,
    acts: Class,
    /// Buildings, vehicles, goods.
    things: [Class; 3],
    auxiliaries: [Class; 4],
}

static CLASSES: LazyLock<Classes> = LazyLock::new(Classes::new);

/// The classes of words.
pub(crate) fn classes() -> &'static Classes {
    &CLASSES
}

impl Classes {
    fn new() -> Self {
        let mut names = MARKS.to_vec();
        let mut of: HashMap<&str, Vec<Class>> = HashMap::new();
        let tables = [
            include_str!("../../../assets/tables/sense.txt"),
            include_str!("../../../assets/tables/kinds.txt"),
        ];
        for line in tables.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                names.push(name);
                continue;
            }
            let class = Class::try_from(names.len() - 1).unwrap_or(UNKNOWN);
            for word in line.split_whitespace() {
                let classes = of.entry(word).or_default();
                if !classes.contains(&class) {
                    classes.push(class);
                }
            }
        }
        let number = |name: &str| number(&names, name);
        let all = |holds: &dyn Fn(usize, &str) -> bool| -> Vec<bool> {
            names.iter().enumerate().map(|(i, name)| holds(i, name)).collect()
        };
        // The lists of small words come first in the table.
        let small = MARKS.len()..usize::from(number("government"));
        let placing = ["in", "at", "from", "into", "near", "to"];
        let sport = number("sport");
        let acting = ["people", "government", "office_holder", "company", "noun.person"];
        Self {
            sport: of.iter().filter(|(_, of)| of.contains(&sport)).map(|(&word, _)| word).collect(),
            noun: all(&|_, name| name.starts_with("noun.")),
            verb: all(&|_, name| name.starts_with("verb.")),
            small: all(&|i, _| small.contains(&i) || i < usize::from(CAPITAL)),
            somebody: all(&|_, name| acting.contains(&name)),
            placing: all(&|_, name| placing.contains(&name)),
            adjective: number("adj"),
            adverb: number("adv"),
            passed_over: number("not"),
            acts: number("acts"),
            things: ["noun.artifact", "site", "facility_head"].map(number),
            auxiliaries: ["have", "be", "modal", "do"].map(number),
            names,
            of,
        }
    }

    /// Name of every class.
    pub(crate) fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The class of that name.
    pub(crate) fn number(&self, name: &str) -> Class {
        number(&self.names, name)
    }

    /// The classes of a folded word, as it stands or without its ending.
    pub(crate) fn of_word(&self, folded: &str) -> &[Class] {
        if let Some(of) = self.of.get(folded) {
            return of;
        }
        for (ending, stem) in ENDINGS {
            let Some(base) = folded.strip_suffix(ending).filter(|base| base.len() > 2) else { continue };
            let found = match *stem {
                "" => self.of.get(base),
                stem => self.of.get(format!("{base}{stem}").as_str()),
            };
            // "stopped", "running"
            let undoubled = || {
                let last = base.chars().next_back()?;
                self.of.get(
                    base.strip_suffix(last)?
                        .strip_suffix(last)
                        .map(|_| &base[..base.len() - last.len_utf8()])?,
                )
            };
            if let Some(of) = found.or_else(|| if stem.is_empty() { undoubled() } else { None }) {
                return of;
            }
        }
        &[]
    }

    /// Lists the classes of a token; one past the text is the end of a sentence.
    pub(crate) fn of_token(&self, text: &Text<'_>, token: usize, mut each: impl FnMut(Class)) {
        let Some(this) = text.tokens.get(token) else { return each(EDGE) };
        match this.form {
            Form::Number => each(NUMBER),
            Form::Possessive => each(POSSESSIVE),
            Form::Punct => each(mark(text.str(token))),
            Form::Capital | Form::Upper | Form::Lower => {
                match this.form {
                    Form::Capital => each(CAPITAL),
                    Form::Upper => each(UPPER),
                    _ => {}
                }
                let of = self.of_word(&this.folded);
                if of.is_empty() {
                    each(UNKNOWN);
                }
                of.iter().for_each(|&class| each(class));
            }
        }
    }

    /// Whether the class is of a few small words, such as prepositions, or of a mark.
    pub(crate) fn is_small(&self, class: Class) -> bool {
        holds(&self.small, class)
    }

    /// Whether the class is of words that say where.
    pub(crate) fn is_placing(&self, class: Class) -> bool {
        holds(&self.placing, class)
    }

    /// Whether the word is of sport.
    pub(crate) fn is_sport(&self, folded: &str) -> bool {
        self.sport.contains(folded)
    }

    /// Whether the word is an adjective and no verb.
    pub(crate) fn is_adjective(&self, folded: &str) -> bool {
        let of = self.of_word(folded);
        of.contains(&self.adjective) && !of.iter().any(|&class| holds(&self.verb, class))
    }

    /// Whether the word is rather a verb than a noun, to judge by itself.
    pub(crate) fn is_verb(&self, folded: &str) -> bool {
        let of = self.of_word(folded);
        let participle = folded.ends_with("ed") && folded.len() > 4;
        let verb = participle || of.iter().any(|&class| holds(&self.verb, class));
        of.contains(&self.acts) || verb && !of.iter().any(|&class| holds(&self.noun, class))
    }

    /// Whether the word is a verb, among what else it may be.
    pub(crate) fn may_be_verb(&self, folded: &str) -> bool {
        self.of_word(folded).iter().any(|&class| class == self.acts || holds(&self.verb, class))
    }

    /// Whether the word is of people, of a body that acts, or of who holds an office.
    pub(crate) fn is_somebody(&self, folded: &str) -> bool {
        self.of_word(folded).iter().any(|&class| holds(&self.somebody, class))
    }

    /// Whether the word is of things that can be hit: buildings, vehicles, goods.
    pub(crate) fn is_thing(&self, folded: &str) -> bool {
        self.of_word(folded).iter().any(|class| self.things.contains(class))
    }

    /// Whether nothing is known of the word: most names.
    pub(crate) fn is_unknown(&self, folded: &str) -> bool {
        self.of_word(folded).is_empty()
    }

    /// Whether the word is a noun, among what else it may be.
    pub(crate) fn is_noun(&self, folded: &str) -> bool {
        self.of_word(folded).iter().any(|&class| holds(&self.noun, class))
    }

    /// Whether the word is "has", "was", "will" or "did".
    pub(crate) fn is_auxiliary(&self, folded: &str) -> bool {
        self.of_word(folded).iter().any(|class| self.auxiliaries.contains(class))
    }

    /// Whether the word may stand between a subject and its verb.
    pub(crate) fn is_passed_over(&self, folded: &str) -> bool {
        self.of_word(folded).iter().any(|&class| class == self.passed_over || class == self.adverb)
            || folded.ends_with("ly")
    }

    /// Whether the word is "not" or one of its like.
    pub(crate) fn is_negation(&self, folded: &str) -> bool {
        self.of_word(folded).contains(&self.passed_over)
    }
}

fn holds(of: &[bool], class: Class) -> bool {
    of.get(usize::from(class)).copied().unwrap_or_default()
}

fn number(names: &[&str], name: &str) -> Class {
    names.iter().position(|&n| n == name).and_then(|i| Class::try_from(i).ok()).unwrap_or(UNKNOWN)
}

fn mark(text: &str) -> Class {
    match text {
        "." | "!" | "?" | ";" | "…" => STOP,
        "," => COMMA,
        ":" => COLON,
        "(" | "[" => OPEN,
        ")" | "]" => CLOSE,
        "\"" | "“" | "”" | "'" | "‘" | "’" | "«" | "»" => QUOTE,
        "-" | "–" | "—" | "‐" | "‑" => DASH,
        "/" | "|" => SLASH,
        _ => MARK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_classes_with_and_without_endings() {
        let check = |word: &str, class: &str| {
            let known = classes();
            let of: Vec<&str> = known.of_word(word).iter().map(|&c| known.names()[usize::from(c)]).collect();
            assert!(of.contains(&class), "{word} is {of:?}, not {class}");
        };
        check("in", "in");
        check("negotiated", "acts");
        check("farmers", "people");
        check("carpenters", "noun.person");
        check("stopped", "verb.motion");
        check("denying", "verb.communication");
        check("said", "verb.communication");
        check("economies", "economy");
    }

    #[test]
    fn the_marks_are_where_their_numbers_say() {
        for (name, class) in
            [("mention", MENTION), ("place", PLACE), ("sport-near", SPORT_NEAR), ("town", TOWN)]
        {
            assert_eq!(classes().number(name), class, "{name}");
        }
        let names = classes().names();
        let once = |name: &&str| names.iter().filter(|other| *other == name).count() == 1;
        assert!(names.len() < usize::from(Class::MAX) && names.iter().all(once), "{names:?}");
    }
}
