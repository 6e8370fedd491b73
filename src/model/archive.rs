//! Articles with their mentions, packed, kept one after the other and unpacked one at a time.
//! A copy shares what it holds: a job takes one along without a look at how much it is. Of an article as it
//! is in memory, candidates and reasons are nine tenths, and they pack well. The first articles may lie on a shelf
//! instead, a file for instance, and all may be seen through a lens, which shows them otherwise than they are kept.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Geoparsed;

/// Articles to a sheaf: a copy of an archive copies one sheaf once, when the archive grows.
const SHEAF: usize = 64;
/// Articles that are kept unpacked, since panes ask for the same ones in every frame.
const AT_HAND: usize = 8;

/// An article in the few bytes that an archive keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed(Arc<[u8]>);

impl Packed {
    /// Packs an article.
    pub fn new(article: &Geoparsed) -> Packed {
        // Into memory, plain data: there is nothing that could be refused.
        let plain = postcard::to_allocvec(article).unwrap_or_default();
        Packed(lz4_flex::compress_prepend_size(&plain).into())
    }

    /// The article.
    pub fn unpack(&self) -> Option<Geoparsed> {
        unpack(&self.0)
    }
}

fn unpack(bytes: &[u8]) -> Option<Geoparsed> {
    postcard::from_bytes(&lz4_flex::decompress_size_prepended(bytes).ok()?).ok()
}

/// Where articles lie that are read when somebody looks at them.
pub trait Shelf: Send + Sync + Debug {
    /// One article, as it is kept; `None` where it is not there, or cannot be read.
    fn get(&self, number: usize) -> Option<Geoparsed>;
}

/// What shows articles otherwise than they are kept: what people decided about them. It says the same of the same
/// article always.
pub trait Lens: Send + Sync + Debug {
    /// An article as it is to be seen.
    fn see(&self, number: usize, article: Geoparsed) -> Geoparsed;
}

/// Packed articles end to end.
#[derive(Clone, Debug, Default)]
struct Sheaf {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Sheaf {
    fn push(&mut self, packed: &Packed) {
        self.bytes.extend_from_slice(&packed.0);
        self.ends.push(self.bytes.len());
        if self.ends.len() == SHEAF {
            self.bytes.shrink_to_fit();
            self.ends.shrink_to_fit();
        }
    }

    fn get(&self, number: usize) -> Option<&[u8]> {
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.bytes.get(start..*self.ends.get(number)?)
    }
}

/// The articles unpacked last, the latest first.
#[derive(Debug, Default)]
struct AtHand(Mutex<Vec<(usize, Arc<Geoparsed>)>>);

impl AtHand {
    /// One of them, which becomes the latest.
    fn take(&self, number: usize) -> Option<Arc<Geoparsed>> {
        let mut all = self.lock();
        let at = all.iter().position(|(other, _)| *other == number)?;
        all[..=at].rotate_right(1);
        all.first().map(|(_, article)| Arc::clone(article))
    }

    /// Puts one more in the place of the oldest.
    fn put(&self, number: usize, article: &Arc<Geoparsed>) {
        let mut all = self.lock();
        all.retain(|(other, _)| *other != number);
        all.truncate(AT_HAND - 1);
        all.insert(0, (number, Arc::clone(article)));
    }

    fn forget(&self, number: usize) {
        self.lock().retain(|(other, _)| *other != number);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(usize, Arc<Geoparsed>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for AtHand {
    /// Whoever takes an archive along reads other articles than who stays.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The articles of a collection, numbered in order of arrival.
///
/// ```
/// use dateline::model::{Archive, Article, Geoparsed};
/// let mut archive = Archive::default();
/// archive.push(Geoparsed { article: Article::from_text("a", "Rain in Cairo."), ..Geoparsed::default() }.into());
/// assert_eq!(archive.get(0).unwrap().article.text, "Rain in Cairo.");
/// assert!(archive.get(1).is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Where the first articles lie, and how many they are.
    shelf: Option<(Arc<dyn Shelf>, usize)>,
    /// Those after them. All sheaves are full but the last.
    sheaves: Vec<Arc<Sheaf>>,
    /// Those that something else was put in the place of.
    changed: Arc<BTreeMap<usize, Packed>>,
    lens: Option<Arc<dyn Lens>>,
    at_hand: AtHand,
}

impl Archive {
    /// The first `count` articles of a shelf. What is put in after them is kept in memory.
    pub fn over(shelf: Arc<dyn Shelf>, count: usize) -> Archive {
        Archive { shelf: Some((shelf, count)), ..Archive::default() }
    }

    /// Goes on with its first `count` articles on a shelf, which has been given them; the memory that they took is
    /// free.
    pub fn shelve(&mut self, shelf: Arc<dyn Shelf>, count: usize) {
        // What lay on a shelf before was not given to it again: it is the same file.
        let count = count.max(self.shelved());
        let mut archive = Archive { lens: self.lens.take(), ..Archive::over(shelf, count) };
        for number in count..self.len() {
            if let Some(packed) = self.sheaf_of(number).and_then(|(sheaf, number)| sheaf.get(number)) {
                archive.push_packed(&Packed(packed.into()));
            }
        }
        let changed = self.changed.range(count..).map(|(number, packed)| (*number, packed.clone()));
        archive.changed = Arc::new(changed.collect());
        *self = archive;
    }

    /// Shows every article through a lens from now on, in place of any other; `None` shows them as they are kept.
    pub fn see_through(&mut self, lens: Option<Arc<dyn Lens>>) {
        self.lens = lens;
        self.at_hand = AtHand::default();
    }

    /// The same articles, seen through a lens.
    pub fn seen_through(mut self, lens: Arc<dyn Lens>) -> Archive {
        self.see_through(Some(lens));
        self
    }

    /// Puts an article at the end.
    pub fn push(&mut self, article: Arc<Geoparsed>) {
        self.push_packed(&Packed::new(&article));
    }

    /// Puts an article at the end that is packed already.
    pub fn push_packed(&mut self, packed: &Packed) {
        match self.sheaves.last_mut().filter(|sheaf| sheaf.ends.len() < SHEAF) {
            Some(sheaf) => Arc::make_mut(sheaf).push(packed),
            None => {
                let mut sheaf = Sheaf::default();
                sheaf.push(packed);
                self.sheaves.push(Arc::new(sheaf));
            }
        }
    }

    /// Puts an article in the place of one that is there. A lens shows it as any other.
    pub fn change(&mut self, number: usize, packed: Packed) {
        if number < self.len() {
            Arc::make_mut(&mut self.changed).insert(number, packed);
            self.at_hand.forget(number);
        }
    }

    /// Puts an article back as it came.
    pub fn restore(&mut self, number: usize) {
        if self.changed.contains_key(&number) {
            Arc::make_mut(&mut self.changed).remove(&number);
            self.at_hand.forget(number);
        }
    }

    /// The articles that something else was put in the place of.
    pub fn changed(&self) -> impl Iterator<Item = usize> {
        self.changed.keys().copied()
    }

    /// One article.
    pub fn get(&self, number: usize) -> Option<Arc<Geoparsed>> {
        self.at_hand.take(number).or_else(|| {
            // Whoever wants another one need not wait for this.
            let article = Arc::new(self.unpacked(number)?);
            self.at_hand.put(number, &article);
            Some(article)
        })
    }

    /// One article, which is not kept at hand: for whoever looks at many.
    pub fn unpacked(&self, number: usize) -> Option<Geoparsed> {
        let article = self.kept(number)?;
        Some(match &self.lens {
            Some(lens) => lens.see(number, article),
            None => article,
        })
    }

    /// One article as it is kept, whatever the lens.
    pub fn kept(&self, number: usize) -> Option<Geoparsed> {
        match self.changed.get(&number) {
            Some(packed) => packed.unpack(),
            None => self.found(number),
        }
    }

    /// One article as it came, whatever was put in its place since.
    pub fn found(&self, number: usize) -> Option<Geoparsed> {
        match &self.shelf {
            Some((shelf, count)) if number < *count => shelf.get(number),
            _ => {
                let (sheaf, number) = self.sheaf_of(number)?;
                unpack(sheaf.get(number)?)
            }
        }
    }

    /// How many lie on the shelf.
    fn shelved(&self) -> usize {
        self.shelf.as_ref().map_or(0, |(_, count)| *count)
    }

    /// The sheaf that has an article in memory, and its number there.
    fn sheaf_of(&self, number: usize) -> Option<(&Sheaf, usize)> {
        let number = number.checked_sub(self.shelved())?;
        Some((self.sheaves.get(number / SHEAF)?, number % SHEAF))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        let Some(last) = self.sheaves.last() else { return self.shelved() };
        self.shelved() + (self.sheaves.len() - 1) * SHEAF + last.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them, in order, each unpacked when its turn comes; those that cannot be read are left out.
    pub fn iter(&self) -> impl Iterator<Item = Geoparsed> + Send + '_ {
        (0..self.len()).filter_map(|number| self.unpacked(number))
    }

    /// How many bytes they take in memory, packed.
    pub fn size(&self) -> usize {
        let changed = self.changed.values().map(|packed| packed.0.len());
        self.sheaves.iter().map(|sheaf| sheaf.bytes.len()).chain(changed).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Candidate, Kind, Mention, Place, Precision, Role, Sense, Span};

    fn article(number: usize) -> Geoparsed {
        let place = Arc::new(Place {
            id: format!("own:{number}"),
            name: "Ürümqi".to_owned(),
            lat: 43.8,
            lon: 87.6,
            country_code: "CN".to_owned(),
            country: "China".to_owned(),
            admin1: "Xinjiang".to_owned(),
            feature_class: 'P',
            feature_code: "PPLA".to_owned(),
            population: 3_575_000,
            precision: Precision::Settlement,
            radius_m: 10_000.0,
            bbox: None,
        });
        let candidates = vec![Candidate { place, score: 0.75, reasons: vec!["best known".to_owned()] }];
        let mention = Mention {
            span: Span::new(3, 11),
            kind: Kind::Name,
            sense: Sense::Literal,
            role: Role::Event,
            candidates,
            resolved: true,
            decided: None,
        };
        let article = Article::from_text(number.to_string(), "In Ürümqi it rains.");
        Geoparsed { article, mentions: vec![mention], ..Geoparsed::default() }
    }

    #[test]
    fn what_goes_in_comes_out() {
        let mut archive = Archive::default();
        let mut copies = Vec::new();
        for number in 0..150 {
            copies.push(archive.clone());
            archive.push(Arc::new(article(number)));
        }
        for number in [0, 63, 64, 149, 0] {
            assert_eq!(archive.get(number).as_deref(), Some(&article(number)));
        }
        assert_eq!(archive.get(150), None);
        assert!(archive.iter().eq((0..150).map(article)));
        for (number, copy) in copies.iter().enumerate() {
            assert_eq!(copy.len(), number);
            assert_eq!(copy.get(number), None);
        }
        assert_eq!(copies[100].get(99).as_deref(), Some(&article(99)));
    }

    #[test]
    fn the_same_article_is_unpacked_once() {
        let mut archive = Archive::default();
        (0..20).for_each(|number| archive.push(Arc::new(article(number))));
        let first = archive.get(7).unwrap();
        (0..AT_HAND - 1).for_each(|number| drop(archive.get(number)));
        assert!(Arc::ptr_eq(&first, &archive.get(7).unwrap()));
        (8..8 + AT_HAND).for_each(|number| drop(archive.get(number)));
        assert!(!Arc::ptr_eq(&first, &archive.get(7).unwrap()));
    }

    #[derive(Debug)]
    struct Made(usize);

    impl Shelf for Made {
        fn get(&self, number: usize) -> Option<Geoparsed> {
            (number != self.0).then(|| article(number))
        }
    }

    /// Shows a title.
    #[derive(Debug)]
    struct Titled(&'static str);

    impl Lens for Titled {
        fn see(&self, number: usize, mut article: Geoparsed) -> Geoparsed {
            article.article.title = Some(format!("{} {number}", self.0));
            article
        }
    }

    fn ids(archive: &Archive) -> Vec<String> {
        archive.iter().map(|geoparsed| geoparsed.article.id).collect()
    }

    #[test]
    fn the_first_articles_lie_on_a_shelf_and_the_others_in_memory() {
        let mut archive = Archive::over(Arc::new(Made(1)), 3);
        assert_eq!((archive.len(), archive.size()), (3, 0));
        (3..70).for_each(|number| archive.push(Arc::new(article(number))));
        assert_eq!((archive.len(), archive.get(1)), (70, None));
        for number in [0, 2, 3, 66, 67, 69] {
            assert_eq!(archive.get(number).as_deref(), Some(&article(number)));
        }
        assert_eq!(archive.iter().count(), 69);
        let all = ids(&archive);
        archive.shelve(Arc::new(Made(1)), 68);
        assert_eq!((archive.len(), ids(&archive)), (70, all));
        assert!(archive.size() < 1000 && archive.size() > 0);
    }

    #[test]
    fn an_article_gives_way_to_another_and_copies_stay() {
        let mut archive = Archive::over(Arc::new(Made(9)), 2);
        archive.push(Arc::new(article(2)));
        let copy = archive.clone();
        for number in [0, 2, 3] {
            assert!(archive.get(number).is_some() || number == 3);
            archive.change(number, Packed::new(&article(number + 100)));
        }
        assert_eq!(
            (ids(&archive), ids(&copy)),
            (["100", "1", "102"].map(String::from).into(), ["0", "1", "2"].map(String::from).into())
        );
        assert_eq!(archive.get(0).as_deref(), Some(&article(100)));
        archive.shelve(Arc::new(Made(9)), 2);
        assert_eq!(ids(&archive), ["0", "1", "102"]);
    }

    #[test]
    fn all_articles_are_seen_through_the_last_lens() {
        let mut archive = Archive::over(Arc::new(Made(9)), 1);
        archive.push(Arc::new(article(1)));
        let title =
            |archive: &Archive, number| archive.get(number).and_then(|seen| seen.article.title.clone());
        archive.see_through(Some(Arc::new(Titled("red"))));
        assert_eq!(title(&archive, 0).as_deref(), Some("red 0"));
        archive.change(1, Packed::new(&article(7)));
        assert_eq!(title(&archive, 1).as_deref(), Some("red 1"));
        assert_eq!(archive.kept(1).as_ref(), Some(&article(7)));
        let blue = archive.clone().seen_through(Arc::new(Titled("blue")));
        assert_eq!(
            (title(&blue, 0).as_deref(), title(&archive, 0).as_deref()),
            (Some("blue 0"), Some("red 0"))
        );
        archive.see_through(None);
        assert_eq!(title(&archive, 0), None);
    }
}
