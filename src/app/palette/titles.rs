//! Articles by words of their titles, looked for a part at a time.
//! A hundred thousand titles take several frames; what is found is shown as it is found.

use crate::explore::Card;

/// Titles looked at in one frame: about a millisecond.
const AT_ONCE: usize = 8_000;
/// Articles that are offered.
const SHOWN: usize = 5;

/// A search under way, or done.
#[derive(Default)]
pub(super) struct Titles {
    words: Vec<Vec<char>>,
    next: usize,
    /// Numbers of the articles found.
    pub found: Vec<usize>,
}

impl Titles {
    /// Begins to look for titles that have all these words, each from its beginning.
    pub fn new(typed: &str) -> Self {
        let long = typed.trim().chars().count() > 1;
        let words = typed.split_whitespace().map(|word| lower(word).collect());
        Self { words: if long { words.collect() } else { Vec::new() }, ..Self::default() }
    }

    /// Looks at some more; answers whether there are others left.
    pub fn look<'a>(&mut self, count: usize, card: impl Fn(usize) -> Option<&'a Card>) -> bool {
        if self.words.is_empty() || self.found.len() >= SHOWN || self.next >= count {
            return false;
        }
        let end = count.min(self.next + AT_ONCE);
        for number in self.next..end {
            let meets = |card: &Card| !card.removed && self.words.iter().all(|word| has(&card.heading, word));
            if self.found.len() < SHOWN && card(number).is_some_and(meets) {
                self.found.push(number);
            }
        }
        self.next = end;
        self.found.len() < SHOWN && self.next < count
    }
}

fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// Whether a word of the title begins so. Nothing is allocated: this runs over every title.
fn has(title: &str, word: &[char]) -> bool {
    let mut inside = false;
    title.char_indices().any(|(at, c)| {
        let begins = c.is_alphanumeric() && !inside;
        inside = c.is_alphanumeric();
        begins && lower(&title[at..]).take(word.len()).eq(word.iter().copied())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_by_the_beginnings_of_their_words() {
        let check = |typed: &str, expected: &[usize]| {
            let titles = ["Two dams give way", "The Égout of Two Rivers", "Damascus talks"];
            let cards = titles.map(|heading| Card { heading: heading.to_owned(), ..Card::default() });
            let mut search = Titles::new(typed);
            while search.look(cards.len(), |number| cards.get(number)) {}
            assert_eq!(search.found, expected, "{typed}");
        };
        check("two", &[0, 1]);
        check("DAM two", &[0]);
        check("da", &[0, 2]);
        check("égo", &[1]);
        check("alks", &[]);
        check("t", &[]);
    }

    #[test]
    fn many_titles_are_looked_at_a_part_at_a_time() {
        let mut cards = vec![Card { heading: "Nothing".to_owned(), ..Card::default() }; AT_ONCE + 1];
        cards[AT_ONCE].heading = "At the very end".to_owned();
        let mut search = Titles::new("very end");
        let mut look = || (search.look(cards.len(), |number| cards.get(number)), search.found.len());
        assert_eq!(look(), (true, 0));
        assert_eq!(look(), (false, 1));
        assert_eq!(search.found, [AT_ONCE]);
    }
}
