//! What the filter leaves of the collection: the lists, the counts, what stands on the map.
//! Worked out by a [pass](super::pass) when the filter or the collection changed; the panes only read it.

use std::sync::Arc;
use std::thread;

use super::pass::{self, WORTH_A_THREAD};
use super::sieve::Sieve;
use super::{
    Collection, EventRef, Filter, Glance, Happening, Index, MentionRef, Scene, ScenePoint, Status, Subject,
};
use crate::model::{Days, EventClass, EventType, How, Polarity};

/// A place that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceRow {
    /// Its key in the collection.
    pub key: u32,
    /// Articles shown that mention it.
    pub articles: u32,
    /// Mentions of it that are shown; none where events are.
    pub mentions: u32,
    /// Events there that are shown, by class in the order of [`EventClass::ALL`].
    pub classes: [u32; EventClass::ALL.len()],
    /// What sort of events most of them are.
    pub leading: Option<EventType>,
    /// The mention that speaks best for it.
    pub best: MentionRef,
    /// The event whose place that mention is, by its number in the same article.
    pub event: Option<usize>,
    /// Whether every mention of it shown is doubtful.
    pub uncertain: bool,
    /// Whether every mention of it shown is associative.
    pub associative: bool,
    /// Confirmed where people confirmed every mention of it shown, corrected where they corrected or added any; the
    /// program settled the others, and all of them where events are shown.
    pub settled: How,
    /// Whether the search is for its name.
    pub matched: bool,
    /// How sure its mentions shown are on an average, in 255 parts; what people decided is sure, and so is everything
    /// where events are shown.
    pub certainty: u8,
}

impl PlaceRow {
    /// Events there that are shown.
    pub fn events(&self) -> u32 {
        self.classes.iter().sum()
    }
}

/// An article that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its number in the collection.
    pub article: usize,
    /// Places shown that it mentions, or that its events shown happened at.
    pub places: u32,
    /// Its events shown.
    pub events: u32,
    /// How sure its mentions shown that have a place are on an average, in 255 parts; all of them where there is none,
    /// or where events are shown.
    pub certainty: u8,
    /// Others that are shown and stand under this one, because they have the same text.
    pub copies: u32,
}

/// An event that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The event; of one that counts once, the first report.
    pub at: EventRef,
    /// Key of the first of its places that is shown; `None` where it has none.
    pub place: Option<u32>,
    /// Reports of it that are shown: more than one where events count once.
    pub reports: u32,
}

/// How many events of a more exact sort are shown when none is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubtypeCount {
    /// Its name; empty for none.
    pub name: String,
    /// Events.
    pub count: u32,
}

/// How many events somebody takes part in that are shown when nobody is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorCount {
    /// Their number in the collection.
    pub actor: u32,
    /// Events.
    pub count: u32,
}

/// How many articles, or events, of a country are shown when no country is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCount {
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Articles that mention a place of it, or events in it; of actors' countries, events that they take part in.
    pub count: u32,
}

/// How many articles, or events that they tell, of an outlet are shown when no outlet is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCount {
    /// The outlet; empty for none.
    pub name: String,
    /// Its articles, or events in them.
    pub count: u32,
}

/// How many articles, or events that they tell, bear a tag and are shown when no tag is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagCount {
    /// The tag.
    pub name: String,
    /// Articles that bear it, or something in them does, or events that such articles tell.
    pub count: u32,
}

/// How many articles that mention a place, or events there, are shown when no place is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceCount {
    /// Its key in the collection.
    pub key: u32,
    /// Articles that mention it, or events there.
    pub count: u32,
}

/// How many articles, or events, of a year are shown when no days are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearCount {
    /// The year.
    pub year: i16,
    /// Articles that may be from it, or events that may have happened in it.
    pub count: u32,
}

/// An article or an event on the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The days it may be from, or may have happened on.
    pub days: Days,
    /// The article, or that which tells the event, by its number in the collection.
    pub article: usize,
    /// Of an event, its class.
    pub class: Option<EventClass>,
}

/// The lists and counts for one filter over one state of the collection. A facet counts what would be shown
/// without a choice of its own. Where events are shown, places, articles and facets are theirs: an event that happened
/// at two places is in two rows of places and counts once wherever there is a sum.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The collection's revision it answers for.
    pub collection_revision: u64,
    /// Grows with every refresh.
    pub revision: u64,
    /// Places as they are ordered; those that the query names first.
    pub places: Vec<PlaceRow>,
    /// Articles as they are ordered, one for all copies of a text unless each is asked for.
    pub articles: Vec<ArticleRow>,
    /// How many more there are: copies that stand under others. They count in all that is counted.
    pub copies: usize,
    /// Events as they are ordered.
    pub events: Vec<EventRow>,
    /// Reports of them: more than events where one that several articles report counts once.
    pub reports: usize,
    /// Articles, or events, shown that have no date with a year: they come last where dates decide.
    pub undated: usize,
    /// Articles shown of which no mention shown has a place, or events that have none.
    pub unplaced: usize,
    /// Mentions shown that have a place.
    pub mentions: usize,
    /// Mentions shown that no place could be found for.
    pub unresolved: usize,
    /// Mentions by kind, in the order of [`Kind::ALL`](crate::model::Kind::ALL).
    pub kinds: [usize; 4],
    /// Literal and associative mentions.
    pub senses: [usize; 2],
    /// Mentions by status, in the order of [`Status::ALL`].
    pub statuses: [usize; Status::ALL.len()],
    /// Mentions by who settled them, in the order of [`How::ALL`].
    pub settled: [usize; How::ALL.len()],
    /// Tags by number of articles, or events.
    pub tags: Vec<TagCount>,
    /// Events by type, in the order of [`EventType::ALL`].
    pub types: [usize; EventType::ALL.len()],
    /// Events by polarity, in the order of [`Polarity::ALL`].
    pub polarities: [usize; Polarity::ALL.len()],
    /// Events that are the news, and those told to explain it.
    pub background: [usize; 2],
    /// More exact sorts of events by number of events.
    pub subtypes: Vec<SubtypeCount>,
    /// Actors by number of events.
    pub actors: Vec<ActorCount>,
    /// Countries of actors by number of events.
    pub nations: Vec<CountryCount>,
    /// Countries by number of articles, or events.
    pub countries: Vec<CountryCount>,
    /// Outlets by number of articles, or events.
    pub sources: Vec<SourceCount>,
    /// Places by number of articles, or events, whatever places are chosen.
    pub place_counts: Vec<PlaceCount>,
    /// Years, the latest first.
    pub years: Vec<YearCount>,
    /// Articles, or events, with a year, in order of arrival, whatever days are chosen.
    pub dated: Vec<Dated>,
    /// Articles, or events, without a year, likewise.
    pub never: usize,
    /// What the map shows.
    pub scene: Arc<Scene>,
    pub(super) sieve: Sieve,
    pub(super) rows: Vec<Option<u32>>,
    pub(super) shown: Vec<bool>,
}

impl View {
    /// What it shows.
    pub fn subject(&self) -> Subject {
        self.sieve.filter.subject
    }

    /// Whether the filter or the collection is another than what this view answers.
    pub fn is_stale(&self, collection: &Collection, filter: &Filter) -> bool {
        self.collection_revision != collection.revision() || !self.answers(filter)
    }

    /// Whether it is the view of this filter.
    pub fn answers(&self, filter: &Filter) -> bool {
        self.sieve.filter == *filter
    }

    /// Works everything out anew, without an index.
    pub fn refresh(&mut self, collection: &Collection, filter: &Filter) {
        let hits = Index::default().hits(&filter.query);
        if let Some(view) = pass::view(collection, filter.clone(), hits, &|| false) {
            *self = view.with_scene(collection, self.revision + 1, Scene::new);
        }
    }

    /// The view with what the map shows of it.
    pub(super) fn with_scene(
        mut self,
        collection: &Collection,
        revision: u64,
        scene: impl FnOnce(Vec<ScenePoint>, u64) -> Scene,
    ) -> View {
        let point = |row: &PlaceRow| {
            let entry = collection.place(row.key)?;
            Some(ScenePoint {
                key: row.key,
                at: entry.at,
                place: Arc::clone(&entry.place),
                articles: row.articles,
                mentions: row.mentions,
                classes: row.classes,
                leading: row.leading,
                uncertain: row.uncertain,
                associative: row.associative,
                settled: row.settled,
                matched: row.matched,
            })
        };
        self.revision = revision;
        // Places lie strewn in memory: two threads wait for them half as long.
        let (first, second) = self.places.split_at(self.places.len() / 2);
        let points = |rows: &[PlaceRow]| rows.iter().filter_map(point).collect::<Vec<ScenePoint>>();
        let points = if second.len() < WORTH_A_THREAD {
            points(&self.places)
        } else {
            let (mut points, others) = thread::scope(|scope| {
                let others = scope.spawn(|| points(second));
                (points(first), others.join().unwrap_or_else(|_| points(second)))
            });
            points.extend(others);
            points
        };
        self.scene = Arc::new(scene(points, revision));
        self
    }

    /// How many articles are shown, copies among them.
    pub fn article_count(&self) -> usize {
        self.articles.len() + self.copies
    }

    /// Which row of the articles stands for an article, from 0: its own, or that of another with the same text.
    pub fn row_of(&self, collection: &Collection, article: usize) -> Option<usize> {
        let own = self.articles.iter().position(|row| row.article == article);
        let others = || {
            let text = collection.text_of(article);
            let listed = self.shows_article(article) && text.is_some();
            let row = |row: &ArticleRow| row.copies > 0 && collection.text_of(row.article) == text;
            if listed { self.articles.iter().position(row) } else { None }
        };
        own.or_else(others)
    }

    /// The row of a place, where it is shown.
    pub fn row(&self, key: u32) -> Option<&PlaceRow> {
        let index = self.rows.get(key as usize).copied().flatten()?;
        self.places.get(index as usize)
    }

    /// Whether an article is shown.
    pub fn shows_article(&self, article: usize) -> bool {
        self.shown.get(article).copied().unwrap_or(false)
    }

    /// Whether a mention is one of those that count, in an article that is shown.
    pub(super) fn counts(&self, glance: &Glance) -> bool {
        self.sieve.mention(glance).none()
    }

    /// The mentions of a place that are shown, by article in order of arrival.
    pub fn mentions_of(&self, collection: &Collection, key: u32) -> Vec<MentionRef> {
        if self.subject() == Subject::Events {
            return self.scenes(collection, self.events_of(collection, key), Some(key));
        }
        let shown = |at: &MentionRef| {
            self.shows_article(at.article)
                && collection.glance(*at).is_some_and(|glance| self.sieve.mention(glance).none())
        };
        let mut mentions = collection.mentions_of(key);
        mentions.retain(shown);
        mentions
    }

    /// The mentions of an article that are shown, in text order; where events are shown, those of their places.
    pub fn mentions_in(&self, collection: &Collection, article: usize) -> Vec<MentionRef> {
        if self.subject() == Subject::Events {
            return self.scenes(collection, self.events_in(collection, article), None);
        }
        let glances = collection.glances(article).iter().enumerate();
        let shown = glances.filter(|(_, glance)| self.sieve.mention(glance).none());
        shown.map(|(mention, _)| MentionRef { article, mention }).collect()
    }

    /// The mentions that say where events happened, at any place or one.
    fn scenes(&self, collection: &Collection, events: Vec<EventRef>, place: Option<u32>) -> Vec<MentionRef> {
        let mut mentions = Vec::new();
        for at in events {
            let here = collection.happenings_of(at).iter();
            let here = here.filter(|happening| place.is_none() || happening.place() == place);
            let here = here.filter(|happening| self.tells(collection, at.article, happening));
            mentions.extend(here.filter_map(|happening| {
                Some(MentionRef { article: at.article, mention: happening.mention()? })
            }));
        }
        mentions.sort_unstable();
        mentions.dedup();
        mentions
    }

    /// Whether an event at a place is one of those that count, in an article that is shown.
    fn tells(&self, collection: &Collection, article: usize, happening: &Happening) -> bool {
        self.sieve.happening(happening, collection.takings(article, happening)).none()
    }

    /// The first place of an event that is shown, or else its main one.
    pub(super) fn place_of(&self, collection: &Collection, at: EventRef) -> Option<u32> {
        let happenings = collection.happenings_of(at);
        let shown = happenings.iter().find(|happening| self.tells(collection, at.article, happening));
        shown.or(happenings.first())?.place()
    }

    /// The events at a place that are shown, by article in order of arrival.
    pub fn events_of(&self, collection: &Collection, key: u32) -> Vec<EventRef> {
        let mut events = collection.events_of(key);
        events.retain(|at| {
            let here = || collection.happenings_of(*at).iter().filter(|other| other.place() == Some(key));
            self.shows_article(at.article) && here().any(|other| self.tells(collection, at.article, other))
        });
        events
    }

    /// The events of an article that are shown, in text order.
    pub fn events_in(&self, collection: &Collection, article: usize) -> Vec<EventRef> {
        let happenings = if self.shows_article(article) { collection.happenings(article) } else { &[] };
        let shown = happenings.iter().filter(|happening| self.tells(collection, article, happening));
        let mut events: Vec<EventRef> = shown.map(|happening| happening.of_article(article)).collect();
        events.dedup();
        events
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::super::HowSet;
    use super::super::Lacking;
    use super::super::fixture::{place, settled, story};
    use super::*;
    use crate::model::{Bbox, Kind, PartialDate, Sense};

    fn three_stories() -> Collection {
        let aleppo = place("geonames:170063", "Aleppo", "SY", 36.2, 37.16);
        let lausanne = place("geonames:2659994", "Lausanne", "CH", 46.5, 6.63);
        let derna = place("geonames:87205", "Derna", "LY", 32.76, 22.64);
        let mut collection = Collection::default();
        let mut talks = story("talks", "Talks on [Aleppo] open in [Lausanne].", &[&aleppo, &lausanne]);
        talks.article.date = Some(PartialDate::ymd(2016, 10, 17));
        let mut siege =
            story("siege", "The siege of [Aleppo] goes on. [Aleppo] is cold.", &[&aleppo, &aleppo]);
        siege.article.date = Some(PartialDate::ymd(2016, 11, 2));
        siege.mentions[1].sense = Sense::Associative;
        let flood = story("flood", "The river broke the dams above [Derna]; [Nowhere] knows.", &[&derna]);
        for geoparsed in [talks, siege, flood] {
            collection.add(Arc::new(geoparsed));
        }
        collection
    }

    /// The names and article counts of the places, and the ids of the articles, that a filter leaves.
    fn check(filter: Filter, places: &[(&str, u32)], articles: &[&str]) -> View {
        let collection = three_stories();
        let mut view = View::default();
        view.refresh(&collection, &filter);
        let name = |key: u32| collection.place(key).unwrap().place.name.clone();
        let found: Vec<(String, u32)> = view.places.iter().map(|row| (name(row.key), row.articles)).collect();
        let expected: Vec<(String, u32)> = places.iter().map(|&(name, n)| (name.to_owned(), n)).collect();
        assert_eq!(found, expected, "{filter:?}");
        let archive: Vec<_> = collection.archive().iter().collect();
        let ids: Vec<&str> = view.articles.iter().map(|row| &*archive[row.article].article.id).collect();
        assert_eq!(ids, articles, "{filter:?}");
        view
    }

    #[test]
    fn filters_leave() {
        let all = [("Aleppo", 2), ("Derna", 1), ("Lausanne", 1)];
        let view = check(Filter::default(), &all, &["siege", "talks", "flood"]);
        assert_eq!((view.undated, view.unplaced, view.unresolved, view.mentions), (1, 0, 1, 5));

        let query = |query: &str| Filter { query: query.to_owned(), ..Filter::default() };
        check(query("lausanne"), &[("Lausanne", 1), ("Aleppo", 1)], &["talks"]);
        check(query("DAMS"), &[("Derna", 1)], &["flood"]);
        check(query("zanzibar"), &[], &[]);

        let country = Filter { countries: BTreeSet::from(["CH".to_owned()]), ..Filter::default() };
        check(country, &[("Lausanne", 1)], &["talks"]);
        let sense = Filter { sense: Some(Sense::Associative), ..Filter::default() };
        let view = check(sense, &[("Aleppo", 1)], &["siege"]);
        assert!(view.places[0].associative);
        let place = Filter::default().with_place_toggled("geonames:170063", "Aleppo");
        let view = check(place, &[("Aleppo", 2), ("Lausanne", 1)], &["siege", "talks"]);
        let counts: Vec<(u32, u32)> =
            view.place_counts.iter().map(|count| (count.key, count.count)).collect();
        assert_eq!(counts, [(0, 2), (2, 1), (1, 1)]);
        let elsewhere = Filter::default().with_place_toggled("geonames:1", "Elsewhere");
        check(elsewhere, &[], &[]);
        let undated = Filter { lacking: Some(Lacking::Date), ..Filter::default() };
        check(undated, &[("Derna", 1)], &["flood"]);
        let unplaced = Filter { lacking: Some(Lacking::Place), ..Filter::default() };
        check(unplaced, &[], &[]);
        let none = Filter { kinds: super::super::KindSet::DEFAULT.toggled(Kind::Name), ..Filter::default() };
        assert_eq!(check(none, &[], &["siege", "talks", "flood"]).unplaced, 3);
    }

    #[test]
    fn who_settled_it_is_a_choice() {
        let mut collection = Collection::default();
        let (aleppo, derna) =
            (place("geonames:1", "Aleppo", "SY", 36.2, 37.2), place("geonames:2", "Derna", "LY", 32.8, 22.6));
        let hows = [How::Auto, How::Confirmed, How::Corrected, How::Rejected, How::Rejected];
        let mut story = story("a", "[x] [x] [x] [x] [x]", &[&aleppo; 5]);
        story.mentions.iter_mut().zip(hows).for_each(|(mention, how)| settled(mention, how, &derna));
        collection.add(Arc::new(story));
        let check = |hows: &[How], mentions: usize, placed: usize, places: usize| {
            let settled = HowSet::from(hows.to_vec());
            let mut view = View::default();
            view.refresh(&collection, &Filter { settled, ..Filter::default() });
            let shown = view.mentions_in(&collection, 0).len();
            assert_eq!((shown, view.mentions, view.places.len()), (mentions, placed, places), "{hows:?}");
            assert_eq!(view.settled, [1, 1, 1, 0, 2], "{hows:?}");
            assert_eq!(view.unresolved, 0, "what was rejected is not what no place was found for");
            assert_eq!(view.articles.len(), usize::from(mentions > 0));
        };
        check(&[], 3, 3, 2);
        check(&[How::Auto, How::Confirmed], 2, 2, 1);
        check(&[How::Corrected], 1, 1, 1);
        check(&[How::Added], 0, 0, 0);
        check(&[How::Rejected], 2, 0, 0);
    }

    #[test]
    fn a_places_mentions_run_through_all_articles() {
        let collection = three_stories();
        let mut view = View::default();
        view.refresh(&collection, &Filter::default());
        let at = |article, mention| MentionRef { article, mention };
        assert_eq!(view.mentions_of(&collection, 0), [at(0, 0), at(1, 0), at(1, 1)]);
        assert_eq!(view.mentions_in(&collection, 1), [at(1, 0), at(1, 1)]);
        assert_eq!(view.row(0).map(|row| row.best), Some(at(0, 0)));
    }

    #[test]
    fn a_view_knows_when_it_is_stale() {
        let mut collection = three_stories();
        let mut view = View::default();
        view.refresh(&collection, &Filter::default());
        assert!(!view.is_stale(&collection, &Filter::default()));
        let world = Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        assert!(view.is_stale(&collection, &Filter { area: Some(world), ..Filter::default() }));
        collection.add(Arc::new(story("late", "[Somewhere] else", &[])));
        assert!(view.is_stale(&collection, &Filter::default()));
    }
}
