//! Closed lists of words that tell persons, organisations and places apart.
//! They stand in `assets/tables/words.txt`, by the names that are here in capitals.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

type Set = HashSet<&'static str>;

/// The lists of the table by name. A list that the table lacks is empty, which a test forbids.
static TABLE: LazyLock<HashMap<&'static str, Set>> = LazyLock::new(|| {
    let mut lists: HashMap<&str, Set> = HashMap::new();
    let mut name = "";
    let lines = include_str!("../../assets/tables/words.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(opened) => name = opened,
            None => lists.entry(name).or_default().extend(line.split_whitespace()),
        }
    }
    lists
});

/// A set of folded words.
pub(crate) struct Words(LazyLock<Set>);

impl Words {
    /// Whether the folded word is in the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $list:literal;)*) => {
        $($(#[$doc])* pub(crate) static $name: Words =
            Words(LazyLock::new(|| TABLE.get($list).cloned().unwrap_or_default()));)*

        #[test]
        fn every_list_has_words() {
            $(assert!(!$name.0.is_empty(), $list);)*
            let named = [$($list),*];
            assert!(TABLE.keys().all(|list| list.is_empty() || named.contains(list)));
        }
    };
}

words! {
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
