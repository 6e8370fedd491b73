//! Closed lists of words that tell persons, organisations and places apart.
//! They stand in `assets/tables/words.txt`, by the names that are here in capitals.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

type Set = HashSet<&'static str>;

/// A set of folded words.
pub(crate) struct Words(LazyLock<Set>);

impl Words {
    /// The words that are read when one is first asked for.
    pub(crate) const fn new(read: fn() -> Set) -> Self {
        Self(LazyLock::new(read))
    }

    /// Whether the folded word is in the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// The words, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }

    /// Whether it has any words.
    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The lists of a table by name. A list that the table lacks is empty, which a test forbids.
pub(crate) fn lists(table: &'static str) -> HashMap<&'static str, Set> {
    let mut lists: HashMap<&str, Set> = HashMap::new();
    let mut name = "";
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(opened) => name = opened,
            None => lists.entry(name).or_default().extend(line.split_whitespace()),
        }
    }
    lists
}

/// Lists of a table by the names that they have in it.
macro_rules! words {
    ($table:expr; $($(#[$doc:meta])* $name:ident = $list:literal;)*) => {
        static TABLE: std::sync::LazyLock<
            std::collections::HashMap<&'static str, std::collections::HashSet<&'static str>>,
        > = std::sync::LazyLock::new(|| $crate::geoparse::words::lists($table));

        $($(#[$doc])* pub(crate) static $name: $crate::geoparse::words::Words =
            $crate::geoparse::words::Words::new(|| TABLE.get($list).cloned().unwrap_or_default());)*

        #[test]
        fn every_list_has_words() {
            $(assert!(!$name.is_empty(), $list);)*
            let named = [$($list),*];
            assert!(TABLE.keys().all(|list| list.is_empty() || named.contains(list)));
        }
    };
}
pub(crate) use words;

words! {
    include_str!("../../assets/tables/words.txt");

    /// What stands before a person's name.
    TITLES = "titles";
    /// Titles that never stand before a place in ordinary news.
    FIRM_TITLES = "firm_titles";
    /// Nouns that end the name of an organisation, outlet, team, facility: what is inside is embedded.
    ORG_HEADS = "org_heads";
    /// What begins the name of an organisation: "University of Maine".
    ORG_OPENERS = "org_openers";
    /// Words of streets: what is before is no town.
    STREET_HEADS = "street_heads";
    /// Before a place where something is or happens.
    LOCATIVES = "locatives";
    /// Points of the compass and parts of a place.
    DIRECTIONS = "directions";
    /// Nouns of place types before "of": "the city of Lausanne".
    PLACE_NOUNS = "place_nouns";
    /// Lower-case nouns that often follow a place's name.
    PLACE_FOLLOWERS = "place_followers";
    /// Verbs of persons.
    SAYINGS = "sayings";
    /// Names of months and weekdays, no places.
    CALENDAR = "calendar";
    /// Lower-case words inside a name.
    CONNECTORS = "connectors";
    /// Words that join given name and surname.
    PARTICLES = "particles";
    /// Capitalised at the head of a sentence without being a name.
    FUNCTION_WORDS = "function_words";
    /// What governments do: before such a verb a capital stands for its state.
    GOVERNMENT_VERBS = "government_verbs";
    /// Followers of faiths, parties and causes.
    FOLLOWERS = "followers";
    /// Type words that, capitalised, belong to the name before them.
    TYPE_WORDS = "type_words";
    /// AP abbreviations, which a period follows without ending the sentence.
    DOTTED = "dotted";
    /// Before a place's name: what is done to a government, a team or a people.
    DEALINGS = "dealings";
    /// Before "to": what makes the place a party.
    TO_PARTIES = "to_parties";
    /// After an auxiliary: a participle of doing.
    ACTING = "acting";
}
