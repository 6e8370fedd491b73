//! Articles with their mentions, packed, kept one after the other and unpacked one at a time.
//! A copy shares what it holds: a job takes one along without a look at how much it is. Of an article as it
//! is in memory, candidates and reasons are nine tenths, and they pack well.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Geoparsed;

/// Articles to a sheaf: a copy of an archive copies one sheaf once, when the archive grows.
const SHEAF: usize = 64;
/// Articles that are kept unpacked, since panes ask for the same ones in every frame.
const AT_HAND: usize = 8;

/// An article in the few bytes that an archive keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed(Vec<u8>);

impl Packed {
    /// Packs an article.
    pub fn new(article: &Geoparsed) -> Packed {
        // Into memory, plain data: there is nothing that could be refused.
        let plain = postcard::to_allocvec(article).unwrap_or_default();
        Packed(lz4_flex::compress_prepend_size(&plain))
    }

    /// The article.
    pub fn unpack(&self) -> Option<Geoparsed> {
        unpack(&self.0)
    }
}

fn unpack(bytes: &[u8]) -> Option<Geoparsed> {
    postcard::from_bytes(&lz4_flex::decompress_size_prepended(bytes).ok()?).ok()
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
    /// All full but the last.
    sheaves: Vec<Arc<Sheaf>>,
    at_hand: AtHand,
}

impl Archive {
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
        unpack(self.sheaves.get(number / SHEAF)?.get(number % SHEAF)?)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        let Some(last) = self.sheaves.last() else { return 0 };
        (self.sheaves.len() - 1) * SHEAF + last.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sheaves.is_empty()
    }

    /// All of them, in order, each unpacked when its turn comes.
    pub fn iter(&self) -> impl Iterator<Item = Geoparsed> + Send + '_ {
        (0..self.len()).filter_map(|number| self.unpacked(number))
    }

    /// How many bytes they take, packed.
    pub fn size(&self) -> usize {
        self.sheaves.iter().map(|sheaf| sheaf.bytes.len()).sum()
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
}
