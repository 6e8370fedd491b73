//! Which articles are copies of one text, and lists that show one of them for all.
//! To look at the sketches of all takes longer than a view: it is done once for the texts that are open.

use std::collections::HashMap;

use super::Collection;
use super::sieve::Sieve;
use super::view::ArticleRow;
use crate::events::stories;

/// For each article the first with the same text; itself, where it is no copy.
pub(super) fn learn(collection: &Collection) -> &[u32] {
    collection.copies().get_or_init(|| {
        let sketches: Vec<_> = (0..collection.len()).map(|article| collection.sketch(article)).collect();
        stories::copies(&sketches)
    })
}

/// Leaves of the rows that are copies of one text the first in their order, which counts the others; answers how many
/// rows that leaves out.
pub(super) fn fold(rows: &mut Vec<ArticleRow>, collection: &Collection, sieve: &Sieve) -> usize {
    if sieve.filter.order.each_copy {
        return 0;
    }
    let (first, before) = (learn(collection), rows.len());
    // By the first article of a text the row that stands for it. Most texts are no copies: they are not looked up.
    let mut times: HashMap<u32, u32> = HashMap::new();
    let text = |row: &ArticleRow| first.get(row.article).copied().unwrap_or(row.article as u32);
    let has_copies = copied(first);
    for row in rows.iter().filter(|row| has_copies(row.article)) {
        *times.entry(text(row)).or_default() += 1;
    }
    rows.retain_mut(|row| {
        if !has_copies(row.article) {
            return true;
        }
        // The first takes what is known of all; those that follow find nothing.
        match times.insert(text(row), 0) {
            Some(0) | None => false,
            Some(all) => {
                row.copies = all - 1;
                true
            }
        }
    });
    before - rows.len()
}

/// Tells whether an article has copies, or is one.
fn copied(first: &[u32]) -> impl Fn(usize) -> bool {
    let mut many = vec![false; first.len()];
    for (article, &of) in (0u32..).zip(first) {
        if article != of {
            many[article as usize] = true;
            many[of as usize] = true;
        }
    }
    move |article| many.get(article).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::{place, story};
    use super::super::{Filter, View};
    use super::*;

    /// How many copies stand under each article of the list, by its number.
    fn check(texts: &[&str], each_copy: bool, expected: &[(usize, u32)]) {
        let aleppo = place("geonames:170063", "Aleppo", "SY", 36.2, 37.16);
        let mut collection = Collection::default();
        for (number, text) in texts.iter().enumerate() {
            let body: String = (0..60).map(|word| format!("{text}{word} ")).collect();
            let told = story(&number.to_string(), &format!("Rain fell in [Aleppo]. {body}"), &[&aleppo]);
            collection.add(Arc::new(told));
        }
        let mut filter = Filter::default();
        filter.order.each_copy = each_copy;
        let mut view = View::default();
        view.refresh(&collection, &filter);
        let rows: Vec<(usize, u32)> = view.articles.iter().map(|row| (row.article, row.copies)).collect();
        assert_eq!(rows, expected);
        assert_eq!((view.article_count(), view.places[0].articles as usize), (texts.len(), texts.len()));
        for article in 0..texts.len() {
            let row = view.row_of(&collection, article).unwrap();
            assert_eq!(texts[view.articles[row].article], texts[article]);
        }
    }

    #[test]
    fn one_stands_for_all_and_all_count() {
        check(&["a", "b", "a", "c", "a", "b"], false, &[(0, 2), (1, 1), (3, 0)]);
        check(&["a", "b", "a"], true, &[(0, 0), (1, 0), (2, 0)]);
        check(&["a"], false, &[(0, 0)]);
    }
}
