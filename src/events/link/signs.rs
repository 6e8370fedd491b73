//! What the linker sees of a name and an event's trigger: how far apart they stand and what lies between them, what
//! governs the name, what else is named nearby.

use super::lists::{PARTICIPLES, PASSIVE};
use super::pair::{Pair, Trigger};
use super::site::Site;
use super::words::{Governor, NOTHING, Words};
use crate::geoparse::learn::vectors::{self, Vectors};
use crate::geoparse::learn::{Signs, both, sign};
use crate::geoparse::words::{DIRECTIONS, PLACE_NOUNS};
use crate::model::Kind;

/// The hash of a verb that is the trigger itself.
const TRIGGER: u64 = 7;
/// How far before a name its verb is looked for, in tokens.
const VERB_BEFORE: usize = 12;
/// How far after it.
const VERB_AFTER: usize = 8;
/// Up to how many words between name and trigger each counts by itself.
const WORDS_BETWEEN: usize = 14;
/// Up to how many the row of their sorts counts.
const PATH: usize = 6;
/// Signs that are always there, in the same order, before those that are not.
pub(super) const FIXED: usize = 67;

/// What is seen of a site whatever the trigger.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    governor: Governor,
    verb_before: Option<usize>,
    verb_after: Option<usize>,
    /// Sites that lie in it, sites that it lies in.
    held: usize,
    holders: usize,
    /// What joins it to the site before and after, where few words do.
    joined_before: Option<u64>,
    joined_after: Option<u64>,
    /// Whether the site after it, close by, holds it; whether the one before is in it.
    after_holds: bool,
    holds_before: bool,
}

/// Reads signs off an article.
pub(super) struct Reader<'a> {
    pub(super) words: Words<'a>,
    pub(super) sites: Vec<Site<'a>>,
    seen: Vec<Seen>,
}

fn small(n: usize, most: usize) -> u64 {
    n.min(most) as u64
}

fn log(n: usize) -> f32 {
    (n as f32).ln_1p()
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: Words<'a>, sites: Vec<Site<'a>>) -> Self {
        let seen = (0..sites.len()).map(|i| see(&words, &sites, i)).collect();
        Self { words, sites, seen }
    }

    /// The signs of one site for a trigger, among those sites that may be its place.
    pub(super) fn read(&self, number: usize, trigger: Trigger, rivals: &[usize], vectors: &Vectors) -> Signs {
        let site = &self.sites[number];
        let rivals: Vec<&Site<'_>> = rivals.iter().map(|&i| &self.sites[i]).collect();
        let pair = Pair::new(&self.words, site, trigger, &rivals);
        let view = View { reader: self, site, seen: &self.seen[number], trigger, pair };
        let mut sparse = Vec::with_capacity(96 + view.pair.between.len().min(WORDS_BETWEEN));
        let mut put = |template: u32, filling: u64| sparse.push(sign(template, filling));
        view.of_the_name(&mut put);
        view.of_the_pair(&mut put);
        view.of_the_trigger(&mut put);
        view.of_what_lies_between(&mut put);
        let named = sparse.len();
        sparse.push(sign(300, self.words.hashes[site.end - 1]));
        sparse.push(sign(301, self.words.hashes[site.first]));
        Signs { sparse, named, numbers: view.numbers(&rivals), words: view.rows(vectors) }
    }

    /// How the trigger is written: its ending, whether an auxiliary is before it.
    fn form(&self, trigger: Trigger) -> u64 {
        let word = self.words.text.folded(trigger.first);
        let ending = match word {
            word if PARTICIPLES.has(word) => 1,
            word if word.ends_with("ed") => 1,
            word if word.ends_with("ing") => 2,
            word if word.ends_with('s') => 3,
            _ => 4,
        };
        let from = trigger.first.saturating_sub(4);
        let helped = (from..trigger.first).any(|i| PASSIVE.has(self.words.text.folded(i)));
        both(ending, u64::from(helped))
    }

    /// The tokens of a token's sentence.
    fn sentence(&self, token: usize) -> std::ops::Range<usize> {
        let tokens = &self.words.text.tokens;
        let number = tokens[token].sentence;
        tokens.partition_point(|t| t.sentence < number)..tokens.partition_point(|t| t.sentence <= number)
    }
}

/// One site and one trigger, as signs are read off them.
struct View<'r, 'a> {
    reader: &'r Reader<'a>,
    site: &'r Site<'a>,
    seen: &'r Seen,
    trigger: Trigger,
    pair: Pair,
}

impl View<'_, '_> {
    fn words(&self) -> &Words<'_> {
        &self.reader.words
    }

    /// What sort of mention it is; 0 for a doubtful name.
    fn kind(&self) -> u64 {
        self.site.mention.map_or(0, |(_, mention)| match mention.kind {
            Kind::Name => 1,
            Kind::Demonym => 2,
            Kind::Embedded => 3,
            Kind::Coordinate => 4,
        })
    }

    fn sense(&self) -> u64 {
        if self.site.mention.is_none() { 2 } else { u64::from(self.site.literal()) }
    }

    /// The hash of a verb near the name, one for whatever word is the trigger.
    fn verb(&self, token: Option<usize>) -> u64 {
        if self.trigger.has(token) { TRIGGER } else { self.words().hash(token) }
    }

    /// What stands around the name, each by itself and with the side of the trigger that it stands on.
    fn of_the_name(&self, put: &mut impl FnMut(u32, u64)) {
        let (words, site, seen) = (self.words(), self.site, self.seen);
        let (kind, sense, sort, side) = (self.kind(), self.sense(), site.sort(), self.pair.side());
        let governor = seen.governor.hash;
        let (before, after) = (words.near(site.first, -1), words.near(site.end, 0));
        let head = words.hash(seen.governor.head);
        let about = [
            governor,
            before,
            words.near(site.first, -2),
            after,
            words.near(site.end, 1),
            head,
            kind,
            sense,
            sort,
            self.verb(seen.verb_before),
            self.verb(seen.verb_after),
            words.sort_near(site.end, 0),
            words.sort_near(site.first, -1),
            words.sort_near(site.end, 1),
        ];
        for (n, &filling) in (0..).zip(&about) {
            put(200 + n, filling);
            put(230 + n, both(filling, side));
        }
        let run = u64::from(is_capital(words, site.first.wrapping_sub(1)))
            | u64::from(is_capital(words, site.end)) << 1;
        let (joined_before, joined_after) =
            (seen.joined_before.unwrap_or(NOTHING), seen.joined_after.unwrap_or(NOTHING));
        put(260, both(words.near(site.first, -2), before));
        put(261, both(after, words.near(site.end, 1)));
        put(263, both(governor, both(kind, sense)));
        put(264, both(governor, sort));
        put(265, both(governor, head));
        put(279, both(sort, sense));
        put(280, both(both(small(seen.held, 2), small(seen.holders, 2)), sort));
        put(281, both(kind, run));
        put(284, both(joined_before, governor));
        put(285, both(joined_after, u64::from(seen.after_holds)));
        put(286, both(joined_before, u64::from(seen.holds_before)));
        put(288, if site.mention.is_some() { 99 } else { (site.chance * 9.99) as u64 });
    }

    /// How the name and the trigger stand to each other.
    fn of_the_pair(&self, put: &mut impl FnMut(u32, u64)) {
        let (words, site, seen, pair) = (self.words(), self.site, self.seen, &self.pair);
        let (side, near, governor, sort) = (pair.side(), pair.near(), seen.governor.hash, site.sort());
        let told = words.hashes[self.trigger.first];
        let form = self.reader.form(self.trigger);
        let governed = u64::from(self.trigger.has(seen.verb_before));
        put(262, both(governor, both(side, near)));
        put(266, both(told, side));
        put(267, both(told, both(side, governor)));
        put(268, both(told, words.near(site.first, -1)));
        put(269, both(told, self.verb(seen.verb_before)));
        put(270, both(side, near));
        put(271, both(both(side, near), small(pair.commas, 3)));
        put(272, both(both(side, near), small(pair.named, 3)));
        put(278, both(form, both(side, governor)));
        put(282, both(small(pair.nearer, 5), side));
        put(283, both(both(small(pair.literal, 4), side), self.sense()));
        put(287, both(governed, both(governor, small(seen.governor.steps, 9))));
        put(289, both(small(pair.apart.unsigned_abs(), 3), u64::from(pair.apart < 0)));
        put(290, both(form, both(side, sort)));
        put(291, both(sort, both(side, near)));
        put(299, both(form, both(told, sort)));
    }

    /// The words between the name and the trigger.
    fn of_what_lies_between(&self, put: &mut impl FnMut(u32, u64)) {
        let (words, pair) = (self.words(), &self.pair);
        let (side, distance) = (pair.side(), pair.between.len());
        let sorts = || pair.between.clone().fold(11, |path, i| both(path, words.sorts[i]));
        let last = pair.prepositions.iter().rev().take(3).fold(13, |row, &i| both(row, words.hashes[i]));
        let first = words.hash(pair.prepositions.first().copied());
        put(273, both(side, if distance <= PATH { sorts() } else { 0 }));
        put(274, both(side, last));
        put(275, both(side, both(first, small(pair.prepositions.len(), 6))));
        put(276, both(side, words.hash(pair.last_verb)));
        put(277, both(side, words.hash(pair.first_verb)));
        for i in pair.between.clone().filter(|_| distance <= WORDS_BETWEEN) {
            put(292, both(side, words.hashes[i]));
        }
    }

    /// The words of the event, and those beside them.
    fn of_the_trigger(&self, put: &mut impl FnMut(u32, u64)) {
        let (words, Trigger { first, end }) = (self.words(), self.trigger);
        put(293, words.hashes[first]);
        put(294, words.near(end, 0));
        put(295, both(words.near(end, 0), words.near(end, 1)));
        put(296, words.near(first, -1));
        put(297, both(words.near(first, -2), words.near(first, -1)));
        put(298, self.reader.form(self.trigger));
    }

    fn numbers(&self, rivals: &[&Site<'_>]) -> Vec<f32> {
        let (words, site, seen, pair) = (self.words(), self.site, self.seen, &self.pair);
        let text = words.text;
        let sentence = self.reader.sentence(self.trigger.first);
        let mention = site.mention.map(|(_, mention)| mention);
        let score = mention.and_then(|mention| mention.candidates.first()).map_or(0.0, |best| best.score);
        let at = |token: usize| (token - sentence.start) as f32 / sentence.len().max(1) as f32;
        vec![
            log(pair.between.len()),
            log(pair.commas),
            log(pair.verbs),
            log(pair.stops),
            log(pair.links),
            log(pair.named),
            log(pair.literal),
            log(pair.same_side),
            log(seen.governor.steps),
            log(pair.nearer),
            site.chance,
            yes(mention.is_some()),
            yes(site.literal()),
            yes(pair.after),
            yes(pair.inside),
            pair.apart as f32 / 2.0,
            log(seen.held),
            log(seen.holders),
            yes(DIRECTIONS.has(text.folded(site.first.wrapping_sub(1)))),
            (site.end - site.first) as f32 / 3.0,
            log(rivals.iter().filter(|rival| rival.mention.is_some()).count()),
            log(rivals.iter().filter(|rival| rival.literal()).count()),
            at(site.first.clamp(sentence.start, sentence.end)),
            at(self.trigger.first),
            log(sentence.len()) / 3.0,
            score,
            yes(mention.is_some_and(|mention| mention.resolved)),
            yes(is_place_noun(words, site.first.checked_sub(1))),
            yes(is_place_noun(words, Some(site.end))),
            yes(is_place_noun(words, seen.governor.head)),
            log(pair.prepositions.len()),
            log(pair.quotes),
            yes(text.tokens[site.first].opens),
            yes(self.trigger.has(seen.verb_before)),
        ]
    }

    /// Words whose meaning counts, by their vectors.
    fn rows(&self, vectors: &Vectors) -> Vec<u32> {
        let (words, seen, Trigger { first, end }) = (self.words(), self.seen, self.trigger);
        let row = |token: Option<usize>| {
            token.and_then(|i| words.hashes.get(i)).map_or(vectors::NONE, |&hash| vectors.row(hash))
        };
        vec![
            row(seen.governor.token),
            row(seen.governor.head),
            row(seen.verb_before.filter(|&verb| !self.trigger.has(Some(verb)))),
            row(Some(self.site.end)),
            row(Some(first)),
            row(Some(end)),
            row(first.checked_sub(1)),
            row(self.pair.last_verb),
        ]
    }
}

fn is_capital(words: &Words<'_>, token: usize) -> bool {
    words.text.tokens.get(token).is_some_and(|token| token.is_capital())
}

fn is_place_noun(words: &Words<'_>, token: Option<usize>) -> bool {
    token.is_some_and(|i| PLACE_NOUNS.has(words.text.folded(i)))
}

fn see(words: &Words<'_>, sites: &[Site<'_>], number: usize) -> Seen {
    let site = &sites[number];
    let close = |a: &Site<'_>, b: &Site<'_>| {
        (a.end < b.first && b.first - a.end <= 3)
            .then(|| (a.end..b.first).fold(17, |row, i| both(row, words.hashes[i])))
    };
    let before = sites[..number].iter().rev().find(|s| s.end <= site.first);
    let after = sites[number + 1..].iter().find(|s| s.first >= site.end);
    let joined_before = before.and_then(|before| close(before, site));
    let joined_after = after.and_then(|after| close(site, after));
    let sentence = |s: &Site<'_>| words.text.tokens[s.first].sentence;
    let here = sentence(site);
    // Sites stand in the order of the text, and so do those of this sentence and the two beside it.
    let near = |s: &&Site<'_>| sentence(s).abs_diff(here) <= 1;
    let beside =
        || sites[..number].iter().rev().take_while(near).chain(sites[number..].iter().take_while(near));
    Seen {
        governor: words.governor(site.first),
        verb_before: words.verb_before(site.first, VERB_BEFORE),
        verb_after: words.verb_after(site.end, VERB_AFTER),
        held: beside().filter(|other| site.holds(other)).count(),
        holders: beside().filter(|other| other.holds(site)).count(),
        joined_before,
        joined_after,
        after_holds: joined_after.is_some() && after.is_some_and(|after| after.holds(site)),
        holds_before: joined_before.is_some() && before.is_some_and(|before| site.holds(before)),
    }
}
