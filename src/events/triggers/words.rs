//! The small words and the sorts of people and things around a trigger: `assets/tables/events_context.txt`.
//! A word may stand in several lists; a list whose name begins with @ also holds its words' plurals, one with + verbs.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::inflect::{Odd, plural};

/// A set of folded words.
pub(super) type Set = HashSet<String>;

/// Every list of the table.
#[derive(Debug, Default)]
pub(super) struct Lists {
    sets: HashMap<&'static str, Set>,
    /// Verbs that items share, as the group "(halt|call off)" that stands for them.
    groups: HashMap<&'static str, String>,
    /// Verbs with odd forms.
    pub(super) odd: Odd,
}

impl Lists {
    fn read(table: &'static str) -> Self {
        let mut lists = Self::default();
        let (mut name, mut odd) = ("", String::new());
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some(opened) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                name = opened;
                lists.sets.entry(name).or_default();
            } else if name == "odd" {
                odd.push_str(line);
            } else if name.starts_with('+') {
                let group = lists.groups.entry(name).or_default();
                for verb in line.split_whitespace() {
                    group.push(if group.is_empty() { '(' } else { '|' });
                    group.push_str(&verb.replace('_', " "));
                }
            } else {
                let set = lists.sets.entry(name).or_default();
                for word in line.split_whitespace() {
                    // A hyphenated word is found by its last part.
                    let word = word.rsplit('-').next().unwrap_or(word);
                    set.insert(word.to_owned());
                    if name.starts_with('@') {
                        set.insert(plural(word));
                    }
                }
            }
        }
        lists.odd = Odd::read(&odd);
        lists
    }

    /// An item with its "+stop" written out: "(halt|call off)".
    pub(super) fn spell_out(&self, item: &str) -> String {
        let word = |word: &str| match self.groups.get(word) {
            Some(group) => format!("{group})"),
            None => word.to_owned(),
        };
        item.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    /// The list of that name; empty where the table has none.
    pub(super) fn get(&self, name: &str) -> Option<&Set> {
        self.sets.get(name)
    }
}

/// The lists, read once.
pub(super) static LISTS: LazyLock<Lists> =
    LazyLock::new(|| Lists::read(include_str!("../../../assets/tables/events_context.txt")));

/// One list by its name.
pub(super) struct Words(LazyLock<&'static Set>);

impl Words {
    /// Whether the folded word is in the list.
    pub(super) fn has(&self, word: &str) -> bool {
        !word.is_empty() && self.0.contains(word)
    }
}

static EMPTY: LazyLock<Set> = LazyLock::new(Set::new);

macro_rules! words {
    ($($name:ident = $list:literal;)*) => {
        $(pub(super) static $name: Words = Words(LazyLock::new(|| LISTS.get($list).unwrap_or(&EMPTY)));)*

        #[test]
        fn every_list_has_words() {
            $(assert!(!$name.0.is_empty(), $list);)*
        }
    };
}

words! {
    ADVERB = "adverb";
    AFTER = "after";
    AIR = "@air";
    ANNULLING = "annulling";
    ARTICLE = "article";
    ASKING = "asking";
    ATTENDING = "attending";
    AVERTED = "averted";
    AWAY = "away";
    BE = "be";
    AGAINST = "against";
    BY = "by";
    CANCELLED = "cancelled";
    CARS = "@cars";
    CIVILIANS = "@civilians";
    CLAIM = "claim";
    CLAUSE = "clause";
    CONSIDERING = "considering";
    COULD = "could";
    CROWD = "@crowd";
    DECIDING = "deciding";
    DENY = "deny";
    DENYING = "denying";
    DETERMINER = "determiner";
    DO = "do";
    DOING = "doing";
    DUE = "due";
    FAILING = "failing";
    FORCES = "forces";
    HAVE = "have";
    IF = "if";
    JOINT = "joint";
    LIGHT = "light";
    LY = "ly";
    MANAGING = "managing";
    MANY = "many";
    MARCHING = "marching";
    MAY = "may";
    MILITANTS = "@militants";
    MILITARY = "@military";
    MISHAPS = "@mishaps";
    MONTH = "month";
    MUST = "must";
    NO = "no";
    NOT = "not";
    OF = "of";
    OUTCOME = "outcome";
    PEACEKEEPERS = "@peacekeepers";
    PLACED = "placed";
    PLANES = "@planes";
    PLANNED = "planned";
    PLANNING = "planning";
    POLICE = "@police";
    POSSIBLE = "possible";
    PREPOSITION = "preposition";
    PRONOUN = "pronoun";
    PROPER = "proper";
    PUBLIC = "@public";
    RAID = "raid";
    REBELS = "@rebels";
    RELATIVE = "relative";
    RELIEF = "@relief";
    REMARK = "remark";
    SAYING = "saying";
    SECURITY = "security";
    SELF = "self";
    SHIPS = "@ships";
    SPORT = "sport";
    STOPPING = "stopping";
    STRIKE = "strike";
    SUBORDINATE = "subordinate";
    THREATENED = "threatened";
    THREATENING = "threatening";
    TO = "to";
    TRAILING = "trailing";
    TRAINS = "@trains";
    WHEN = "when";
    WILL = "will";
    WISHING = "wishing";
    WITHIN = "within";
    WORKERS = "@workers";
    WOULD = "would";
}
