//! How articles change where they stand: a person decided something, and what follows from it is found out behind.
//! Keys of places stay what they are, and so do copies that were made before.

use std::sync::Arc;

use super::intake::{Settled, places_of};
use super::sheaf::{Leaf, SHEAF, put};
use super::{Collection, MentionRef};
use crate::explore::arrival::{Arrival, arriving};
use crate::explore::glance::Stance;
use crate::explore::happenings::standing;
use crate::model::{How, Place, Span};

/// A mention, and what there is to see of its place.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Put {
    at: MentionRef,
    stance: Stance,
    /// Its words, by which it is known again.
    key: Span,
}

/// What was there before places were put in the place of others: [`Collection::put_back`] takes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replaced(Vec<Put>);

impl Replaced {
    /// How many mentions were changed.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An article that mentions a place now, or does no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Move {
    place: u32,
    article: u32,
    comes: bool,
}

impl Collection {
    /// Puts everything that is known of an article in the place of what was. Keys of places stay. An arrival that
    /// was made of an article where it is kept ([`Arrival::again`]) leaves the archive as it is.
    pub fn change(&mut self, number: usize, arrival: Arrival) {
        if number >= self.len() {
            return;
        }
        let article = number as u32;
        let Settled { leaf, packed, problems } = self.settle(article, arrival);
        let Some(was) = self.leaf(number) else { return };
        let before = places_of(&was.glances);
        let after = places_of(&leaf.glances);
        let gone = before.iter().filter(|key| after.binary_search(key).is_err());
        let new = after.iter().filter(|key| before.binary_search(key).is_err());
        let moves = gone.map(|&place| Move { place, article, comes: false });
        let moves = moves.chain(new.map(|&place| Move { place, article, comes: true }));
        let moves: Vec<Move> = moves.collect();
        self.count(&was, -1);
        self.count(&leaf, 1);
        let told = |leaf: &Leaf| leaf.happenings.iter().map(|one| one.event()).collect::<Vec<_>>();
        if (&was.reports, was.sketch, told(&was)) != (&leaf.reports, leaf.sketch, told(&leaf)) {
            self.stories = Arc::default();
        }
        if was.sketch != leaf.sketch {
            self.copies = Arc::default();
        }
        self.reworded.push(number);
        self.revision += 1;
        if let Some(sheaf) = self.sheaves.get_mut(number / SHEAF) {
            Arc::make_mut(sheaf).put(number % SHEAF, leaf);
        }
        self.move_articles(moves);
        if !self.faults.are(article, &problems) {
            Arc::make_mut(&mut self.faults).put(article, problems);
        }
        if let Some(packed) = packed {
            self.archive.change(number, packed);
        }
    }

    fn leaf(&self, number: usize) -> Option<Leaf> {
        let (sheaf, at) = (self.sheaves.get(number / SHEAF)?, number % SHEAF);
        Some(Leaf {
            card: sheaf.cards.get(at)?.clone(),
            glances: sheaf.glances.of(at).to_vec(),
            happenings: sheaf.happenings.of(at).to_vec(),
            takings: sheaf.takings.of(at).to_vec(),
            stands: sheaf.stands.of(at).to_vec(),
            reports: sheaf.reports.of(at).to_vec(),
            sketch: sheaf.sketches.get(at).copied().flatten(),
        })
    }

    /// Puts places, or none, in the place of those of mentions, where a person decided so, and makes the events that
    /// happened at these mentions happen there; answers what was there before. The articles themselves stay what they
    /// are: a lens shows them otherwise, or [`Collection::change`] follows. Of one mention twice the last counts.
    ///
    /// Where nobody decides any more ([`How::Auto`]), the program's place is as likely as it was; any other counts as
    /// likely until the article itself comes.
    pub fn replace(&mut self, places: &[(MentionRef, Option<Arc<Place>>, How)]) -> Replaced {
        let put = |(at, place, how): &(MentionRef, Option<Arc<Place>>, How)| {
            let glance = *self.glance(*at)?;
            let place = place.as_ref().filter(|_| *how != How::Rejected);
            let key =
                place.and_then(|place| self.place_key(&place.id).or_else(|| self.key_of(arriving(place))));
            Some(Put { at: *at, stance: glance.stance_at(key, *how), key: glance.key() })
        };
        let puts = places.iter().filter_map(put).collect();
        self.put_back(Replaced(puts))
    }

    /// Puts back what was there before; answers what there is now. Mentions whose words are other ones by now stay as
    /// they are.
    pub fn put_back(&mut self, replaced: Replaced) -> Replaced {
        let mut puts = replaced.0;
        puts.sort_by_key(|put| put.at);
        self.revision += 1;
        let (mut before, mut moves) = (Vec::with_capacity(puts.len()), Vec::new());
        for own in puts.chunk_by(|one, next| one.at.article == next.at.article) {
            self.put_in(own, &mut before, &mut moves);
        }
        self.move_articles(moves);
        // Of one mention twice, what was there first was there before.
        before.reverse();
        Replaced(before)
    }

    /// Changes some mentions of one article.
    fn put_in(&mut self, puts: &[Put], before: &mut Vec<Put>, moves: &mut Vec<Move>) {
        let Some(article) = puts.first().map(|put| put.at.article) else { return };
        let Some(sheaf) = self.sheaves.get_mut(article / SHEAF) else { return };
        let sheaf = Arc::make_mut(sheaf);
        let at = article % SHEAF;
        let glances = Arc::make_mut(&mut sheaf.glances).of_mut(at);
        let first = before.len();
        let mut concerned: Vec<(u32, bool)> = Vec::new();
        for put in puts {
            let has = |key: u32| glances.iter().any(|glance| glance.place == Some(key));
            if glances.get(put.at.mention).is_some_and(|glance| glance.key() == put.key) {
                let was = glances[put.at.mention].stance();
                for key in [was.place, put.stance.place].into_iter().flatten() {
                    if concerned.iter().all(|(other, _)| *other != key) {
                        concerned.push((key, has(key)));
                    }
                }
                let counted = |stance: Stance| usize::from(stance.how != How::Rejected);
                self.mention_count = self.mention_count + counted(put.stance) - counted(was);
                before.push(Put { stance: was, ..*put });
                glances[put.at.mention].take(put.stance);
            }
        }
        let moved = concerned.into_iter().filter_map(|(place, had)| {
            let comes = glances.iter().any(|glance| glance.place == Some(place));
            (had != comes).then_some(Move { place, article: article as u32, comes })
        });
        moves.extend(moved);
        let put = &before[first..];
        let concerns = |mention: u32| put.iter().any(|put| put.at.mention == mention as usize);
        if sheaf.stands.of(at).iter().any(|stand| concerns(stand.mention)) {
            self.stand_anew(article, concerns);
        }
    }

    /// Makes the events of an article that happened at some of its mentions happen where these are now.
    fn stand_anew(&mut self, article: usize, concerns: impl Fn(u32) -> bool) {
        let Some(sheaf) = self.sheaves.get_mut(article / SHEAF) else { return };
        let (sheaf, at) = (Arc::make_mut(sheaf), article % SHEAF);
        let (glances, stands) = (sheaf.glances.of(at), sheaf.stands.of(at));
        let mut happenings = Vec::with_capacity(sheaf.happenings.of(at).len());
        for event in sheaf.happenings.of(at).chunk_by(|one, next| one.event() == next.event()) {
            let number = event[0].event() as u32;
            let start = stands.partition_point(|stand| stand.event < number);
            let end = stands.partition_point(|stand| stand.event <= number);
            let mentions = stands[start..end].iter().map(|stand| stand.mention);
            if mentions.clone().any(&concerns) {
                standing(event[0], mentions, glances, |happening| happenings.push(happening));
            } else {
                happenings.extend_from_slice(event);
            }
        }
        let mut reports = sheaf.reports.of(at).to_vec();
        for scene in stands.chunk_by(|one, next| one.event == next.event) {
            let mention = scene[0].mention;
            if concerns(mention)
                && let Some(report) = reports.get_mut(scene[0].event as usize)
            {
                let key = glances.get(mention as usize).and_then(|glance| glance.place);
                let place = key.and_then(|key| self.places.get(key as usize));
                report.happen_at(place.map(|entry| entry.place.as_ref()));
            }
        }
        if sheaf.reports.of(at) != reports {
            self.stories = Arc::default();
        }
        put(&mut sheaf.happenings, at, happenings);
        put(&mut sheaf.reports, at, reports);
    }

    /// Keeps in mind which articles mention which places, in one go for each place.
    fn move_articles(&mut self, mut moves: Vec<Move>) {
        self.reworded.extend(moves.iter().map(|one| one.article as usize));
        moves.sort_unstable();
        for moves in moves.chunk_by(|one, next| one.place == next.place) {
            let Some(articles) = self.mentioned.get_mut(moves[0].place as usize) else { continue };
            if let [one] = moves {
                match (articles.binary_search(&one.article), one.comes) {
                    (Ok(at), false) => drop(articles.remove(at)),
                    (Err(at), true) => articles.insert(at, one.article),
                    _ => {}
                }
                continue;
            }
            let mut merged = Vec::with_capacity(articles.len() + moves.len());
            let mut old = articles.iter().copied().peekable();
            for one in moves {
                merged.extend(std::iter::from_fn(|| old.next_if(|&article| article < one.article)));
                let _ = old.next_if_eq(&one.article);
                merged.extend(one.comes.then_some(one.article));
            }
            merged.extend(old);
            *articles = merged;
        }
    }
}
