//! Closed lists of words by which a text tells who did what and when.
//! They stand in `assets/tables/telling.txt`, by the names that are here in capitals.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::geoparse::words::words;

words! {
    include_str!("../../assets/tables/telling.txt");

    /// By a number: so many died.
    DEAD = "dead";
    /// By a number: so many were hurt.
    WOUNDED = "wounded";
    /// Between such a word and its number.
    TOLL_LINKS = "toll_links";
    /// Behind such a word nobody is counted any more.
    TOLL_ENDS = "toll_ends";
    /// Numbers in words, as `two=2`.
    NUMERALS = "numerals";
    /// What is counted by such a word is no person.
    MEASURED = "measured";
    /// "the", "its", "some".
    DETERMINERS = "determiners";
    /// "in", "with".
    PREPOSITIONS = "prepositions";
    /// "after", "while": what opens a clause of its own.
    SUBORDINATORS = "subordinators";
    /// "who", "that".
    RELATIVES = "relatives";
    /// "and".
    CONJUNCTIONS = "conjunctions";
    /// "they".
    PRONOUNS = "pronouns";
    /// "already".
    ADVERBS = "adverbs";
    /// Verbs and nouns by which a report is given.
    REPORTING = "reporting";
    /// Before a date that is an end.
    BOUNDING = "bounding";
    /// At the head of a sentence that goes on from the one before.
    GOING_ON = "going_on";
    /// Before "after": less than a day.
    SAME_DAY = "same_day";
    /// "after", "before".
    SAME_DAY_JOINTS = "same_day_joints";
    /// What no one day holds.
    OFTEN = "often";
    /// Words of what was before the news.
    BEFORE_THE_NEWS = "before_the_news";
    /// Before what the news is compared with.
    COMPARED = "compared";
    /// Before the one to whom something is done.
    TO_TARGETS = "to_targets";
    /// Event nouns whose owner or "of" does it.
    OWN_DEEDS = "own_deeds";
    /// Event nouns that are done to their owner.
    OWN_FATES = "own_fates";
    /// Verbs whose subject has it done to them.
    SUFFERS = "suffers";
    /// Verbs that an event noun is done with.
    LIGHT = "light";
    /// "was" before a participle.
    PASSIVE = "passive";
    /// Before whom something is for or from.
    LEADING_ON = "leading_on";
    /// Before a place.
    PLACING = "placing";
    /// Before a people's name, a hyphen between: who is not of it.
    OPPOSED = "opposed";
    /// What lasts.
    LASTING = "lasting";
    /// Before what has gone on from then to now.
    FROM_DATES = "from_dates";
    /// People and bodies that act.
    ACTING_BODIES = "acting_bodies";
    /// Forms of verbs that no ending tells.
    IRREGULAR = "irregular";
}

static VALUES: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let pair = |word: &'static str| {
        let (word, value) = word.split_once('=')?;
        Some((word, value.parse().ok()?))
    };
    NUMERALS.iter().filter_map(pair).collect()
});

/// What a number in words is worth.
pub(super) fn numeral(folded: &str) -> Option<u32> {
    VALUES.get(folded).copied()
}
