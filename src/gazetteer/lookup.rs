//! Asking a gazetteer, alone or in a stack: by name, by the beginning of one, by where.
//! Layers are asked one after the other, and what is one place in several of them comes once.

use std::collections::BTreeMap;

use geo::{Distance, Haversine, Point};

use super::store::Store;
use super::{Gazetteer, Hit, Row, fold, names, part};
use crate::model::Bbox;

impl Gazetteer {
    /// Collects hits from every layer, with the rows of the stack, one for each place.
    pub(super) fn gather(&self, mut look_up: impl FnMut(&Store, &mut dyn FnMut(Hit))) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for layer in self.layers.iter() {
            look_up(&layer.store, &mut |mut hit| {
                hit.row.0 += layer.first;
                hits.push(hit);
            });
        }
        if self.layers.len() > 1 {
            self.unite(&mut hits);
        }
        hits
    }

    /// Keeps one hit for each place, the best, and sorts them.
    fn unite(&self, hits: &mut Vec<Hit>) {
        if self.layers.len() > 1 {
            hits.iter_mut().for_each(|hit| hit.row = self.first_record(hit.row));
        }
        // A place may be met under two names, or in two layers.
        hits.sort_by(|a, b| {
            a.row.cmp(&b.row).then(a.grade.cmp(&b.grade)).then_with(|| b.score.total_cmp(&a.score))
        });
        hits.dedup_by_key(|hit| hit.row);
        names::sort(hits);
    }

    /// The row under which the earliest layer holds the place of this row.
    pub(super) fn first_record(&self, row: Row) -> Row {
        let (store, local) = self.at(row);
        let id = store.columns.key(local);
        let earlier = self.layers.iter().take_while(|layer| layer.first + local.0 < row.0);
        let mut found = earlier.filter_map(|layer| Some(Row(layer.first + layer.store.columns.by_id(id)?.0)));
        found.next().unwrap_or(row)
    }

    /// Every place that bears the name after folding, best known by that name first, those that are spelt so
    /// before others of their rank. A leading “the” does not count.
    pub fn named(&self, name: &str) -> Vec<Hit> {
        let folded = fold(name);
        let hits = self.folded(name, &folded);
        match folded.strip_prefix("the ") {
            Some(bare) if hits.is_empty() => self.folded(name, bare),
            _ => hits,
        }
    }

    /// Every place that the name may mean: those that bear it ([`Gazetteer::named`]); where there is none, those
    /// that bear it after [`fold_loose`](super::fold_loose) and are not spelt too differently, those whose name
    /// differs in a letter, or two of a long name, and those that a name of several words names in part, likeliest
    /// first. [`Hit::grade`] tells how a place was met.
    ///
    /// ```
    /// use dateline::gazetteer::{Gazetteer, Grade};
    /// let gazetteer = Gazetteer::embedded()?;
    /// let hits = gazetteer.lookup("Sao Paulo");
    /// assert_eq!((gazetteer.name(hits[0].row), hits[0].grade), ("São Paulo", Grade::Folded));
    /// # Ok::<(), dateline::gazetteer::GazetteerError>(())
    /// ```
    pub fn lookup(&self, name: &str) -> Vec<Hit> {
        let mut hits = self.named(name);
        if hits.is_empty() {
            let folded = fold(name);
            let bare = folded.strip_prefix("the ").unwrap_or(&folded);
            hits = self.gather(|store, mut take| {
                store.names.loose(&store.columns, bare, &mut take);
                store.names.fuzzy(&store.columns, bare, &mut take);
            });
            hits.extend(part::named_within(self, name));
            self.unite(&mut hits);
        }
        hits
    }

    /// The places that bear the folded name, with those first that are spelt like `name`.
    fn folded(&self, name: &str, folded: &str) -> Vec<Hit> {
        let plain = name.eq_ignore_ascii_case(folded);
        let mut hits = match &*self.layers {
            [only] => only.store.names.exact(&only.store.columns, folded, plain),
            _ => self.gather(|store, take| {
                store.names.exact(&store.columns, folded, plain).into_iter().for_each(take);
            }),
        };
        names::prefer_spelling(name, plain, &mut hits, |row| self.name(row));
        hits
    }

    /// The names that begin at `words[0]`: for each number of words `n` whose folded forms joined by a
    /// space are a name, `(n, hits)`, shortest first. `words` are already folded with [`fold_word`](super::fold_word);
    /// one that folded to nothing is passed over.
    pub fn names_at(&self, words: &[&str]) -> Vec<(usize, Vec<Hit>)> {
        let [layer] = &*self.layers else { return self.names_at_in_stack(words) };
        layer.store.names.at(&layer.store.columns, words)
    }

    fn names_at_in_stack(&self, words: &[&str]) -> Vec<(usize, Vec<Hit>)> {
        let mut found: BTreeMap<usize, Vec<Hit>> = BTreeMap::new();
        for layer in self.layers.iter() {
            for (count, mut hits) in layer.store.names.at(&layer.store.columns, words) {
                hits.iter_mut().for_each(|hit| hit.row.0 += layer.first);
                found.entry(count).or_default().extend(hits);
            }
        }
        found.values_mut().for_each(|hits| self.unite(hits));
        found.into_iter().collect()
    }

    /// Places whose names begin with `prefix`, best known by that name first, at most `limit`.
    pub fn prefix(&self, prefix: &str, limit: usize) -> Vec<Hit> {
        let folded = fold(prefix);
        let mut hits = self.gather(|store, take| {
            store.names.prefix(&store.columns, &folded, limit).into_iter().for_each(take);
        });
        self.unite(&mut hits);
        hits.truncate(limit);
        hits
    }

    /// Places within the box, most prominent first, at most `limit`: for map labels.
    pub fn within(&self, bbox: Bbox, limit: usize) -> Vec<Row> {
        let mut rows = self.everywhere(|store| store.tree.within(&store.columns, bbox, limit));
        if self.layers.len() > 1 {
            rows.sort_by(|&a, &b| self.prominence(b).total_cmp(&self.prominence(a)).then(a.cmp(&b)));
            rows.truncate(limit);
        }
        rows
    }

    /// The places nearest to a point, with their distances in metres, nearest first, at most `limit`.
    pub fn nearest(&self, lat: f64, lon: f64, limit: usize) -> Vec<(Row, f64)> {
        let here = Point::new(lon, lat);
        let rows = self.everywhere(|store| store.tree.nearest(&store.columns, lat, lon, limit));
        let mut found: Vec<(Row, f64)> = rows
            .into_iter()
            .map(|row| {
                let (lat, lon) = self.point(row);
                (row, Haversine.distance(here, Point::new(lon, lat)))
            })
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found.truncate(limit);
        found
    }

    /// The rows of all layers, each place once.
    fn everywhere(&self, look: impl Fn(&Store) -> Vec<Row>) -> Vec<Row> {
        let [only] = &*self.layers else {
            let layers = self.layers.iter();
            let rows =
                layers.flat_map(|layer| look(&layer.store).into_iter().map(|row| Row(row.0 + layer.first)));
            // A later layer's record of a place gives way to the earlier one's, wherever that puts the place.
            return rows.filter(|&row| self.first_record(row) == row).collect();
        };
        look(&only.store)
    }
}
