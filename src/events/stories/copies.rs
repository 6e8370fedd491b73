//! Which articles are one text: a wire report that many papers print, with a paragraph more or less.
//! A text's sketch is 64 bits: of the runs of four words that fall to each of 64 bins the least hash, and of that one
//! bit (one-permutation and one-bit MinHash: Li, Owen and Zhang 2012; Li and König 2010). Two texts that share the
//! part J of their runs agree in about (1 + J) / 2 of their bits.

use xxhash_rust::xxh3::xxh3_64;

use crate::model::Article;

/// Words in a row that are compared.
const RUN: usize = 4;
/// A text of fewer runs may be like another by chance: a notice, a score, a menu.
const LEAST: usize = 40;
/// Bits in which two copies may differ: three quarters of their runs are the same.
const DIFFERENT: u32 = 8;
/// Bits that two copies are found by, and by how many the next ones begin further on.
const BAND: u32 = 16;
const STEP: u32 = 8;

/// Which runs of words a text has, in 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Sketch(u64);

impl Sketch {
    /// The sketch of an article's text without its boilerplate; `None` where that is too short to be known again.
    pub fn of(article: &Article) -> Option<Self> {
        let mut words: Vec<u64> = Vec::new();
        let mut at = 0;
        let whole = article.text.len();
        let ends = article.boilerplate.iter().map(|skip| (skip.start, skip.end)).chain([(whole, whole)]);
        for (start, end) in ends {
            words.extend(article.text.get(at..start).unwrap_or_default().split_whitespace().filter_map(word));
            at = at.max(end);
        }
        Self::of_words(&words)
    }

    fn of_words(words: &[u64]) -> Option<Self> {
        if words.len() < LEAST + RUN {
            return None;
        }
        let mut least = [u64::MAX; 64];
        for run in words.windows(RUN) {
            let hash = run.iter().fold(0u64, |sum, &word| {
                let mixed = (sum.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                mixed ^ (mixed >> 32)
            });
            let bin = &mut least[(hash >> 58) as usize];
            *bin = (*bin).min(hash << 6);
        }
        // An empty bin takes the bit of the next one that has something.
        let mut bits = 0;
        for bin in 0..64 {
            let filled = (0..64).map(|on| least[(bin + on) % 64]).find(|&hash| hash != u64::MAX);
            bits |= (filled.unwrap_or(0) >> 6 & 1) << bin;
        }
        Some(Self(bits))
    }

    /// Whether the texts are one, but for a quarter at most.
    ///
    /// ```
    /// use dateline::events::stories::Sketch;
    /// use dateline::model::Article;
    /// let words: Vec<String> = (0..300).map(|i| format!("word{}", i * i)).collect();
    /// let sketch = |words: &[String]| Sketch::of(&Article::from_text("a", words.join(" "))).unwrap();
    /// assert!(sketch(&words).is_copy(sketch(&words[20..])));
    /// assert!(!sketch(&words[..150]).is_copy(sketch(&words[150..])));
    /// ```
    pub const fn is_copy(self, other: Sketch) -> bool {
        (self.0 ^ other.0).count_ones() <= DIFFERENT
    }
}

/// A word's hash without the marks around it; `None` for marks alone.
fn word(word: &str) -> Option<u64> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    (!bare.is_empty()).then(|| xxh3_64(bare.to_lowercase().as_bytes()))
}

/// For each article the first that has the same text: itself, where it is no copy.
pub fn copies(sketches: &[Option<Sketch>]) -> Vec<u32> {
    let mut first: Vec<u32> = (0..sketches.len() as u32).collect();
    let mut order: Vec<(u64, u32)> = Vec::with_capacity(sketches.len());
    for turn in (0..64).step_by(STEP as usize) {
        order.clear();
        let turned = sketches
            .iter()
            .enumerate()
            .filter_map(|(i, sketch)| Some((sketch.as_ref()?.0.rotate_left(turn), i as u32)));
        order.extend(turned);
        order.sort_unstable();
        for (at, &(bits, a)) in order.iter().enumerate() {
            let alike = order[at + 1..].iter().take_while(|other| (other.0 ^ bits) >> (64 - BAND) == 0);
            for &(other, b) in alike.take(ALIKE) {
                if Sketch(bits).is_copy(Sketch(other)) {
                    join(&mut first, a, b);
                }
            }
        }
    }
    (0..first.len() as u32).map(|article| root(&mut first, article)).collect()
}

/// How many that begin alike are compared with an article: copies stand near to one another.
const ALIKE: usize = 256;

fn join(first: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(first, a), root(first, b));
    first[a.max(b) as usize] = a.min(b);
}

fn root(first: &mut [u32], mut article: u32) -> u32 {
    while first[article as usize] != article {
        first[article as usize] = first[first[article as usize] as usize];
        article = first[article as usize];
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str) -> Option<Sketch> {
        Sketch::of(&Article::from_text("a", text))
    }

    /// Words that no other seed gives.
    fn text(seed: usize, words: usize) -> String {
        (0..words).map(|i| format!("w{} ", (i * 7919 + seed * 104_729) % 1_000_003)).collect()
    }

    #[test]
    fn copies_are_found_and_others_are_not() {
        let body = text(1, 400);
        let cut = body.split(' ').take(360).collect::<Vec<_>>().join(" ");
        let headed = format!("Another headline over the same report {body}");
        let other = text(2, 400);
        let half = format!("{} {}", text(1, 200), text(3, 200));
        let sketches = [body.as_str(), &other, &cut, &half, &headed, "Too short"].map(sketch);
        assert_eq!(copies(&sketches), [0, 1, 0, 3, 0, 5]);
    }

    #[test]
    fn boilerplate_does_not_count() {
        let body = text(5, 200);
        let mut article = Article::from_text("a", format!("{}{body}", text(6, 200)));
        article.boilerplate = vec![crate::model::Span::new(0, article.text.len() - body.len())];
        assert_eq!(Sketch::of(&article), sketch(&body));
    }

    #[test]
    fn few_of_many_texts_are_taken_for_copies() {
        let sketches: Vec<Option<Sketch>> = (0..3000).map(|seed| sketch(&text(seed + 10, 120))).collect();
        let first = copies(&sketches);
        assert!((0..3000).all(|i| first[i] == i as u32));
    }
}
