//! What the filter leaves of the collection: the lists, the counts, what stands on the map.
//! Worked out by a [`Pass`] when the filter or the collection changed; the panes only read it.

use super::pass::Pass;
use super::{Collection, Filter, MentionRef};

/// A place that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceRow {
    /// Its key in the collection.
    pub key: u32,
    /// Articles shown that mention it.
    pub articles: u32,
    /// Mentions of it that are shown.
    pub mentions: u32,
    /// The mention that speaks best for it.
    pub best: MentionRef,
    /// Whether every mention of it shown is doubtful.
    pub uncertain: bool,
    /// Whether every mention of it shown is associative.
    pub associative: bool,
}

/// An article that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its number in the collection.
    pub article: usize,
    /// Places shown that it mentions.
    pub places: u32,
}

/// How many places of a country are shown when no country is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCount {
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Articles that mention a place of it.
    pub articles: u32,
}

/// The lists and counts for one filter over one state of the collection.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The filter it answers.
    pub filter: Filter,
    /// The collection's revision it answers for.
    pub collection_revision: u64,
    /// Grows with every refresh.
    pub revision: u64,
    /// Places by number of articles; those whose name the query matches first.
    pub places: Vec<PlaceRow>,
    /// Articles, newest first, undated last.
    pub articles: Vec<ArticleRow>,
    /// Articles shown that have no date.
    pub undated: usize,
    /// Articles shown of which no mention shown has a place.
    pub unplaced: usize,
    /// Mentions shown that have a place.
    pub mentions: usize,
    /// Mentions shown that no place could be found for.
    pub unresolved: usize,
    /// Mentions shown whose place is doubtful, or that have none.
    pub doubtful: usize,
    /// Mentions by kind, in the order of [`Kind::ALL`](crate::model::Kind::ALL), in the articles that the query leaves.
    pub kinds: [usize; 4],
    /// Literal and associative mentions likewise.
    pub senses: [usize; 2],
    /// Countries by number of articles, in the articles that the query leaves.
    pub countries: Vec<CountryCount>,
    pub(super) rows: Vec<Option<u32>>,
    pub(super) shown: Vec<bool>,
}

impl View {
    /// Whether the filter or the collection is another than what this view answers.
    pub fn is_stale(&self, collection: &Collection, filter: &Filter) -> bool {
        self.collection_revision != collection.revision() || self.filter != *filter
    }

    /// Works everything out anew.
    pub fn refresh(&mut self, collection: &Collection, filter: &Filter) {
        let mut pass = Pass::new(collection, filter.clone());
        while !pass.step(collection) {}
        pass.finish(collection, self);
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

    /// The mentions of a place that are shown, by article in order of arrival.
    pub fn mentions_of(&self, collection: &Collection, key: u32) -> Vec<MentionRef> {
        let Some(entry) = collection.place(key) else {
            return Vec::new();
        };
        let shown = |at: &&MentionRef| {
            self.shows_article(at.article)
                && collection.mention(**at).is_some_and(|mention| self.filter.admits(mention))
        };
        entry.mentions.iter().filter(shown).copied().collect()
    }

    /// The mentions of an article that are shown, in text order.
    pub fn mentions_in(&self, collection: &Collection, article: usize) -> Vec<MentionRef> {
        let Some(geoparsed) = collection.article(article) else {
            return Vec::new();
        };
        let mentions = geoparsed.mentions.iter().enumerate();
        let shown = mentions.filter(|(_, mention)| self.filter.admits(mention));
        shown.map(|(mention, _)| MentionRef { article, mention }).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::Lacking;
    use super::super::fixture::{place, story};
    use super::*;
    use crate::model::{Kind, PartialDate, Sense};

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
        let name = |key: u32| collection.places()[key as usize].place.name.clone();
        let found: Vec<(String, u32)> = view.places.iter().map(|row| (name(row.key), row.articles)).collect();
        let expected: Vec<(String, u32)> = places.iter().map(|&(name, n)| (name.to_owned(), n)).collect();
        assert_eq!(found, expected, "{filter:?}");
        let ids: Vec<&str> =
            view.articles.iter().map(|row| &*collection.articles()[row.article].article.id).collect();
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

        let country = Filter { country: Some("CH".to_owned()), ..Filter::default() };
        check(country, &[("Lausanne", 1)], &["talks"]);
        let sense = Filter { sense: Some(Sense::Associative), ..Filter::default() };
        let view = check(sense, &[("Aleppo", 1)], &["siege"]);
        assert!(view.places[0].associative);
        let place = Filter { place: Some(0), ..Filter::default() };
        check(place, &[("Aleppo", 2), ("Lausanne", 1)], &["siege", "talks"]);
        let undated = Filter { lacking: Some(Lacking::Date), ..Filter::default() };
        check(undated, &[("Derna", 1)], &["flood"]);
        let unplaced = Filter { lacking: Some(Lacking::Place), ..Filter::default() };
        check(unplaced, &[], &[]);
        let none = Filter { kinds: super::super::KindSet::DEFAULT.toggled(Kind::Name), ..Filter::default() };
        assert_eq!(check(none, &[], &["siege", "talks", "flood"]).unplaced, 3);
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
        assert!(view.is_stale(&collection, &Filter { uncertain: true, ..Filter::default() }));
        collection.add(Arc::new(story("late", "[Somewhere] else", &[])));
        assert!(view.is_stale(&collection, &Filter::default()));
    }
}
