//! What single words are outside the gazetteer: ordinary words, given names, surnames.
//! Without the word lists every word is unknown, and recognition goes by the other clues.

use crate::gazetteer;

/// Word sets for the recogniser.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon(Option<gazetteer::Lexicon>);

impl Lexicon {
    /// The word lists inside the program.
    pub(crate) fn embedded() -> Self {
        Self(gazetteer::Lexicon::embedded().ok())
    }

    /// Whether the folded word is an ordinary English word.
    pub(crate) fn common_word(&self, folded: &str) -> bool {
        self.0.as_ref().is_some_and(|lexicon| lexicon.is_common_word(folded))
    }

    /// Whether the folded word is a given name.
    pub(crate) fn given_name(&self, folded: &str) -> bool {
        self.0.as_ref().is_some_and(|lexicon| lexicon.is_given_name(folded))
    }

    /// Whether the folded word is a surname.
    pub(crate) fn surname(&self, folded: &str) -> bool {
        self.0.as_ref().is_some_and(|lexicon| lexicon.is_surname(folded))
    }
}
