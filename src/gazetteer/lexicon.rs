//! Ordinary words and people's names: what tells the town of Reading from reading, and Paris Hilton from Paris.
//! All look-ups take folded words ([`super::fold`]).

use std::sync::Arc;

use super::GazetteerError;
use super::automaton::Automaton;
use super::file::{Bytes, Sections};

/// Sets of English words, given names and surnames. Cloning is cheap.
#[derive(Clone)]
pub struct Lexicon {
    sets: Arc<[Automaton; 3]>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lexicon")
    }
}

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

impl Lexicon {
    /// The word lists inside the program.
    pub fn embedded() -> Result<Lexicon, GazetteerError> {
        let sections = Sections::open(Bytes::Embedded(EMBEDDED), *b"LEX1")?;
        let set = |name: &[u8; 4]| Automaton::open(sections.section(name));
        Ok(Lexicon { sets: Arc::new([set(b"word"), set(b"givn"), set(b"surn")]) })
    }

    /// Whether it is an ordinary English word that is written in lower case: *reading*, *nice*, *police*.
    pub fn is_common_word(&self, folded: &str) -> bool {
        self.holds(0, folded)
    }

    /// Whether it is a given name somewhere: *Ahmed*, *Paris*, *Ivan*.
    pub fn is_given_name(&self, folded: &str) -> bool {
        self.holds(1, folded)
    }

    /// Whether it is a surname somewhere: *Hilton*, *Kerry*, *al-Assad*.
    pub fn is_surname(&self, folded: &str) -> bool {
        self.holds(2, folded)
    }

    fn holds(&self, set: usize, folded: &str) -> bool {
        self.sets[set].get(folded.as_bytes()).is_some()
    }
}
