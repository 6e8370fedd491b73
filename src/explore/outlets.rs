//! The outlets of the articles that are open, and where the places that each writes of lie.
//! An outlet has a centre only where half of its articles that name a town at all name one near it: the papers of
//! the world have none.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use geo::{Distance, Haversine, Point};

use crate::model::{Archive, Article, Place, Role, Sense};

/// Fewest articles from which anything is learnt.
const FEWEST: usize = 5;
/// How far from a centre a town is near it, metres.
const NEAR: f64 = 80_000.0;
/// Towns that are tried as a centre: those that most articles name.
const TRIED: usize = 64;

/// An outlet of the open articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlet {
    /// What it is called.
    pub name: String,
    /// How many articles are from it.
    pub articles: usize,
    /// The town that its articles keep to.
    pub centre: Option<Centre>,
}

/// The town that an outlet's articles keep to.
#[derive(Clone, Debug, PartialEq)]
pub struct Centre {
    /// The town.
    pub place: Arc<Place>,
    /// How many articles name a town near it.
    pub near: usize,
    /// How many articles name a town.
    pub of: usize,
}

/// The outlets, those with most articles first. `name` tells an article's outlet. What is found depends on the
/// articles alone, not on their order.
pub fn outlets(articles: &Archive, name: impl Fn(&Article) -> Option<String>) -> Vec<Outlet> {
    let mut by_name: BTreeMap<String, Written> = BTreeMap::new();
    let mut towns = Towns::default();
    for geoparsed in articles.iter() {
        let Some(name) = name(&geoparsed.article) else { continue };
        let written = by_name.entry(name).or_default();
        for place in geoparsed.mentions.iter().filter_map(|mention| {
            let there = mention.sense == Sense::Literal && mention.role != Role::Dateline;
            mention.place().filter(|place| there && place.feature_class == 'P')
        }) {
            written.of.push((towns.number(place), written.articles));
        }
        written.articles += 1;
    }
    let outlet = |(name, written): (String, Written)| Outlet {
        name,
        articles: written.articles as usize,
        centre: centre(&towns.places, &written.of),
    };
    let mut outlets: Vec<Outlet> = by_name.into_iter().map(outlet).collect();
    outlets.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
    outlets
}

/// What an outlet has written: numbers, not articles, of which a hundred thousand would fill the memory.
#[derive(Default)]
struct Written {
    articles: u32,
    /// Each town with the number of an article, among the outlet's, that names it.
    of: Vec<(u32, u32)>,
}

/// Towns, each once.
#[derive(Default)]
struct Towns {
    numbers: HashMap<String, u32>,
    places: Vec<Arc<Place>>,
}

impl Towns {
    fn number(&mut self, place: &Arc<Place>) -> u32 {
        if let Some(&number) = self.numbers.get(&place.id) {
            return number;
        }
        let number = self.places.len() as u32;
        self.numbers.insert(place.id.clone(), number);
        self.places.push(Arc::clone(place));
        number
    }
}

fn centre(places: &[Arc<Place>], written: &[(u32, u32)]) -> Option<Centre> {
    let mut towns: BTreeMap<&str, (&Arc<Place>, BTreeSet<u32>)> = BTreeMap::new();
    for &(town, article) in written {
        let place = &places[town as usize];
        towns.entry(&place.id).or_insert_with(|| (place, BTreeSet::new())).1.insert(article);
    }
    let of = towns.values().flat_map(|(_, in_articles)| in_articles).collect::<BTreeSet<_>>().len();
    let mut tried: Vec<&(&Arc<Place>, BTreeSet<u32>)> = towns.values().collect();
    // Stable: of equals the first identifier counts.
    tried.sort_by_key(|(_, in_articles)| std::cmp::Reverse(in_articles.len()));
    tried.truncate(TRIED);
    let near = |centre: &Place| -> usize {
        let here = Point::new(centre.lon, centre.lat);
        let is_near = |place: &Place| Haversine.distance(here, Point::new(place.lon, place.lat)) <= NEAR;
        let near = towns.values().filter(|(place, _)| is_near(place)).flat_map(|(_, numbers)| numbers);
        near.collect::<BTreeSet<_>>().len()
    };
    let counts: Vec<usize> = tried.iter().map(|(place, _)| near(place)).collect();
    let most = counts.iter().copied().max().filter(|&most| most >= FEWEST && 2 * most >= of)?;
    // A village in the middle covers a little more than the town that is written of.
    let (chosen, near) = tried.iter().zip(counts).find(|(_, near)| 10 * near >= 9 * most)?;
    Some(Centre { place: Arc::clone(chosen.0), near, of })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::fixture;
    use crate::model::Geoparsed;

    /// A town that is called after its latitude and longitude.
    fn town(at: &str) -> Arc<Place> {
        let (lat, lon) = at.split_once(',').unwrap();
        fixture::place(at, at, "XX", lat.parse().unwrap(), lon.parse().unwrap())
    }

    /// Outlets with their centres as "name articles town near/of", for articles of "outlet: towns".
    fn check(articles: &[&str], expected: &[&str]) {
        let mut articles: Vec<Arc<Geoparsed>> = articles
            .iter()
            .map(|line| {
                let (outlet, towns) = line.split_once(": ").unwrap();
                let towns: Vec<Arc<Place>> = towns.split(' ').map(town).collect();
                let marked = "[x] ".repeat(towns.len());
                let mut geoparsed = fixture::story(line, &marked, &towns.iter().collect::<Vec<_>>());
                geoparsed.article.source = Some(outlet.to_owned());
                Arc::new(geoparsed)
            })
            .collect();
        for _ in 0..2 {
            let mut archive = Archive::default();
            articles.iter().for_each(|article| archive.push(Arc::clone(article)));
            let found = outlets(&archive, |article| article.source.clone());
            let told: Vec<String> = found
                .iter()
                .map(|outlet| {
                    let centre = outlet.centre.as_ref();
                    let centre = centre.map_or("nowhere".to_owned(), |centre| {
                        format!("{} {}/{}", centre.place.name, centre.near, centre.of)
                    });
                    format!("{} {} {centre}", outlet.name, outlet.articles)
                })
                .collect();
            assert_eq!(told, expected);
            articles.reverse();
        }
    }

    #[test]
    fn an_outlet_whose_articles_keep_to_a_town_has_a_centre() {
        check(
            &["A: 10,10", "A: 10,10 50,50", "A: 10,10.1", "A: 10,10 10.2,10", "A: 10.1,10", "A: -30,20"],
            &["A 6 10,10 5/6"],
        );
    }

    #[test]
    fn few_articles_and_articles_of_the_world_teach_nothing() {
        check(&["A: 10,10", "A: 10,10", "A: 10,10", "A: 10,10", "B: 10,10"], &["A 4 nowhere", "B 1 nowhere"]);
        check(&["A: 0,0", "A: 10,10", "A: 20,20", "A: 30,30", "A: 40,40", "A: 50,50"], &["A 6 nowhere"]);
    }
}
