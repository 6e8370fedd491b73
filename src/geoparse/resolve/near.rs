//! Places that no gazetteer has, put near the town that the article speaks of: "Royal Street", near New Orleans.
//! Such a place competes with those whose name is spelt otherwise or is only a part of it, and wins where they lie
//! far from everything else that the article names. It is an area about its anchor and never says that it is exact.

use super::super::{home::Home, recognize::Toponym, tokens::Text};
use super::evidence::Wanted;
use super::features::Feature;
use super::site::Site;
use super::{Candidate, Group};
use crate::gazetteer::{Gazetteer, Grade, Hit, NameKind, Row, fold};
use crate::model::{Place, Precision, one_line};

/// Towns that a name may be near to.
const MOST: usize = 5;
/// Mentions of a name whose surroundings are looked at.
const MENTIONS: usize = 4;
/// Names before and after a mention among which the nearest town is looked for.
const REACH: usize = 8;
/// Least chance of a town that others are placed by.
const SURE: f32 = 0.25;
/// What the outlet's own town counts as, where it is known.
const HOME: f32 = 0.5;
/// Fame by its name from which a place in the gazetteer is not doubted: "Chartres" is a street of New Orleans, too.
const FAMOUS: f32 = 0.45;
/// Rows among which a country's capital is looked for; the best known places come first.
const CAPITALS: u32 = 60_000;
/// Radius from which a place is too large to be an anchor like a town, metres.
const BROAD: f64 = 60_000.0;
/// Least and largest radius, metres.
const RADIUS: (f64, f64) = (12_000.0, 100_000.0);

/// How the town was found that a place is put near to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchor {
    /// Chance of the town itself.
    pub(super) chance: f32,
    /// Whether a sentence names both.
    pub(super) sentence: bool,
    /// Whether the town is named before it.
    pub(super) before: bool,
    /// How near in the text, 1 for the next name.
    pub(super) nearness: f32,
    /// The town's share of what the article is about.
    pub(super) focus: f32,
    /// Whether the article opens with it.
    pub(super) dateline: bool,
    /// Whether it is the outlet's own, or bears its name.
    pub(super) home: bool,
    /// Whether the text names it as what contains the place.
    pub(super) container: bool,
    /// Whether it is the capital of a country that the name names: "Russian Foreign Ministry".
    pub(super) capital: bool,
}

impl Anchor {
    /// Takes over what speaks for the same town otherwise.
    fn join(&mut self, other: &Anchor) {
        self.chance = self.chance.max(other.chance);
        self.nearness = self.nearness.max(other.nearness);
        self.focus = self.focus.max(other.focus);
        self.sentence |= other.sentence;
        self.before |= other.before;
        self.dateline |= other.dateline;
        self.home |= other.home;
        self.container |= other.container;
        self.capital |= other.capital;
    }

    /// By which the best are kept.
    fn worth(&self) -> f32 {
        let truth = |holds: bool| f32::from(u8::from(holds));
        self.chance
            * (2.0 * truth(self.container | self.capital)
                + truth(self.sentence)
                + self.nearness
                + 2.0 * self.focus
                + 0.5 * truth(self.dateline | self.home))
    }
}

/// Adds to every name that the gazetteer may lack the towns that it may be near to. Whether there were any.
pub(super) fn add(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    (toponyms, group_of): (&[Toponym], &[usize]),
    groups: &mut [Group],
    home: &Home,
) -> bool {
    let lacking = |group: &Group| {
        let known: Vec<&Candidate> = group.candidates.iter().filter(|c| c.bears_name()).collect();
        // "Lake Erie" is what it says, and needs no town to be near to.
        let nature = matches!(group.wanted, Some(Wanted::Water | Wanted::Land))
            && matches!(known.as_slice(), [only] if only.numbers[Feature::Wanted as usize] > 0.0);
        let put_first = known.iter().any(|c| gazetteer.is_put_first(c.row()));
        !group.mentions.is_empty()
            && !group.is_told()
            && !nature
            && !put_first
            && known.iter().all(|c| c.hit.score < FAMOUS)
    };
    let wanting: Vec<usize> = (0..groups.len()).filter(|&i| lacking(&groups[i])).collect();
    if wanting.is_empty() {
        return false;
    }
    let towns = towns(gazetteer, groups);
    let whole = of_the_whole_article(groups, &towns);
    let surroundings = Surroundings { text, gazetteer, toponyms, groups, group_of, towns, whole, home };
    let found: Vec<(usize, Vec<Candidate>)> =
        wanting.into_iter().map(|i| (i, surroundings.anchors(i))).collect();
    let any = found.iter().any(|(_, anchors)| !anchors.is_empty());
    for (i, anchors) in found {
        groups[i].candidates.extend(anchors);
    }
    any
}

/// The likeliest place of a name, where it can be an anchor.
#[derive(Clone)]
struct Town {
    place: Candidate,
    /// Its share of what the article is about.
    share: f32,
    /// Whether it is too large to say where something near it is.
    broad: bool,
}

/// The likeliest place of every name, with its share in the article.
fn towns(gazetteer: &Gazetteer, groups: &[Group]) -> Vec<Option<Town>> {
    let best = |group: &Group| {
        let best = group.likeliest().filter(|c| c.bears_name() && c.chance >= SURE)?;
        let ground = !matches!(gazetteer.feature(best.row()).0, 'P' | 'S' | 'A' | 'R');
        let broad = best.is_division || ground || gazetteer.radius_m(best.row()) > BROAD;
        Some(Town { place: best.clone(), share: group.weight * best.chance, broad })
    };
    let mut towns: Vec<Option<Town>> = groups.iter().map(best).collect();
    let all: f32 = towns.iter().flatten().filter(|town| !town.broad).map(|town| town.share).sum();
    for town in towns.iter_mut().flatten() {
        town.share /= all.max(1.0);
    }
    towns
}

/// The towns that the article is most about, the one that it opens with, and the outlet's own.
fn of_the_whole_article(groups: &[Group], towns: &[Option<Town>]) -> Vec<usize> {
    let known = || towns.iter().enumerate().filter_map(|(i, town)| Some((i, town.as_ref()?)));
    let mut most: Vec<(usize, f32)> =
        known().filter(|(_, town)| !town.broad).map(|(i, town)| (i, town.share)).collect();
    most.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut numbers: Vec<usize> = most.into_iter().take(2).map(|(i, _)| i).collect();
    let opens = |i: usize| groups[i].dateline || groups[i].mentions.is_empty();
    numbers.extend(known().map(|(i, _)| i).filter(|&i| opens(i)).take(2));
    numbers
}

struct Surroundings<'a> {
    text: &'a Text<'a>,
    gazetteer: &'a Gazetteer,
    toponyms: &'a [Toponym],
    groups: &'a [Group],
    group_of: &'a [usize],
    towns: Vec<Option<Town>>,
    /// Names of the whole article that every name may be near to.
    whole: Vec<usize>,
    home: &'a Home,
}

impl Surroundings<'_> {
    fn anchors(&self, number: usize) -> Vec<Candidate> {
        let group = &self.groups[number];
        let mut found: Vec<(Candidate, Anchor)> = Vec::new();
        for &(container, _) in &group.containers {
            self.offer(&mut found, number, container, Anchor { container: true, ..Anchor::default() });
        }
        for &mention in group.mentions.iter().take(MENTIONS) {
            self.beside(&mut found, number, mention);
        }
        for &other in &self.whole {
            self.offer(&mut found, number, other, Anchor::default());
        }
        if let Some(town) = &self.home.town {
            self.put(&mut found, town.row(), Anchor { home: true, chance: HOME, ..Anchor::default() });
        }
        if group.site == Some(Site::Government) {
            for country in group.candidates.iter().filter(|c| c.is_country && c.near.is_none()).take(2) {
                let capital = Anchor { capital: true, chance: 0.9, ..Anchor::default() };
                found.extend(capital_of(self.gazetteer, country.row()).map(|town| (town, capital)));
            }
        }
        found.sort_by(|a, b| b.1.worth().total_cmp(&a.1.worth()).then(a.0.row().cmp(&b.0.row())));
        found.truncate(MOST);
        found.into_iter().map(|(town, anchor)| Candidate { near: Some(anchor), ..town }).collect()
    }

    /// The nearest towns before and after a mention, and the nearest division where there is no town.
    fn beside(&self, found: &mut Vec<(Candidate, Anchor)>, number: usize, mention: usize) {
        let sentence = |i: usize| self.text.tokens.get(self.toponyms[i].first).map(|token| token.sentence);
        let steps = |before: bool| {
            (1..=REACH)
                .filter_map(move |step| if before { mention.checked_sub(step) } else { Some(mention + step) })
        };
        for before in [true, false] {
            let mut division = None;
            let mut names = 0.0f32;
            for i in steps(before).take_while(|&i| i < self.toponyms.len()) {
                let other = self.group_of[i];
                if other == number {
                    continue;
                }
                names += 1.0;
                let Some(town) = &self.towns[other] else { continue };
                let anchor = Anchor {
                    sentence: sentence(i).is_some() && sentence(i) == sentence(mention),
                    before,
                    nearness: 1.0 / names,
                    ..Anchor::default()
                };
                if town.broad {
                    division = division.or(Some((other, anchor)));
                    continue;
                }
                self.offer(found, number, other, anchor);
                break;
            }
            if let Some((other, anchor)) = division {
                self.offer(found, number, other, anchor);
            }
        }
    }

    /// Puts the likeliest place of a name among the anchors.
    fn offer(&self, found: &mut Vec<(Candidate, Anchor)>, number: usize, other: usize, anchor: Anchor) {
        let Some(Town { place, share, .. }) = self.towns.get(other).and_then(Option::as_ref) else { return };
        if other == number {
            return;
        }
        let group = &self.groups[other];
        let anchor = Anchor {
            chance: place.chance,
            focus: *share,
            dateline: group.dateline,
            home: group.mentions.is_empty(),
            ..anchor
        };
        self.put(found, place.row(), anchor);
    }

    fn put(&self, found: &mut Vec<(Candidate, Anchor)>, row: Row, anchor: Anchor) {
        match found.iter_mut().find(|(known, _)| known.row() == row) {
            Some((_, known)) => known.join(&anchor),
            None => {
                let hit = Hit { row, name: NameKind::Primary, grade: Grade::Part, score: 0.0 };
                found.push((Candidate::new(self.gazetteer, hit), anchor));
            }
        }
    }
}

/// A country's capital.
fn capital_of(gazetteer: &Gazetteer, country: Row) -> Option<Candidate> {
    let code = gazetteer.country_code(country);
    let rows = u32::try_from(gazetteer.len()).unwrap_or(u32::MAX).min(CAPITALS);
    let is_capital =
        |&row: &Row| gazetteer.feature(row) == ('P', "PPLC") && gazetteer.country_code(row) == code;
    let row = (0..rows).map(Row).find(is_capital)?;
    let hit = Hit { row, name: NameKind::Primary, grade: Grade::Part, score: 0.0 };
    Some(Candidate::new(gazetteer, hit))
}

/// The place that is near a candidate's anchor, as results have it: `near:geonames:4335045/royal-street`.
pub(crate) fn place(
    gazetteer: &Gazetteer,
    words: &str,
    group: &Group,
    candidate: &Candidate,
) -> Option<Place> {
    let anchor = gazetteer.place(candidate.row())?;
    let (feature_class, feature_code) = Site::feature(group.site);
    Some(Place {
        id: format!("near:{}/{}", anchor.id, fold(words).replace(' ', "-")),
        name: format!("{}, near {}", one_line(words), anchor.name),
        feature_class,
        feature_code: feature_code.to_owned(),
        population: 0,
        precision: anchor.precision.max(Precision::District),
        radius_m: anchor.radius_m.clamp(RADIUS.0, RADIUS.1.max(anchor.radius_m)),
        bbox: None,
        ..anchor
    })
}
