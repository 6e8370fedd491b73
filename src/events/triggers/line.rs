//! One sentence as the finders of triggers read it.
//! Hyphens are passed over: "cease-fire" and "cease fire" are one.

use super::inflect::{BASE, ING, NOUN, PARTICIPLE, PAST, THIRD};
use super::table::TABLE;
use super::words::{
    ADVERB, ARTICLE, BE, CLAUSE, DETERMINER, DO, DOING, HAVE, JOINT, LY, MANY, MAY, MONTH, PREPOSITION,
    PRONOUN, TO, WILL,
};
use crate::geoparse::tokens::{Case, Form, Text};
use crate::model::Span;

/// A sentence, by the numbers of its tokens.
pub(super) struct Line<'a> {
    pub(super) text: &'a Text<'a>,
    /// Its first token.
    pub(super) from: usize,
    /// The token after its last.
    pub(super) to: usize,
    /// Names of places in it, in order.
    pub(super) places: &'a [Span],
    /// Those of them that name a people.
    pub(super) peoples: &'a [Span],
}

/// How a word that may be a verb or a noun is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Verb,
    Noun,
    Either,
}

impl<'a> Line<'a> {
    /// The folded word; empty for marks and outside the sentence.
    pub(super) fn word(&self, i: usize) -> &'a str {
        if (self.from..self.to).contains(&i) { self.text.folded(i) } else { "" }
    }

    /// The token as written.
    pub(super) fn str(&self, i: usize) -> &'a str {
        if (self.from..self.to).contains(&i) { self.text.str(i) } else { "" }
    }

    pub(super) fn form(&self, i: usize) -> Option<Form> {
        let inside = (self.from..self.to).contains(&i);
        inside.then(|| self.text.tokens[i].form)
    }

    /// The token after, hyphens passed over.
    pub(super) fn after(&self, i: usize) -> Option<usize> {
        let next = (i + 1..self.to).find(|&j| self.str(j) != "-")?;
        Some(next)
    }

    /// The token before, hyphens passed over.
    pub(super) fn before(&self, i: usize) -> Option<usize> {
        (self.from..i).rev().find(|&j| self.str(j) != "-")
    }

    /// Whether a new clause begins with the token, or a mark parts it from what is before.
    pub(super) fn parts(&self, i: usize) -> bool {
        match self.form(i) {
            Some(Form::Punct) => {
                !matches!(self.str(i), "-" | "\"" | "“" | "”" | "'" | "‘" | "’" | "$" | "€" | "£" | "%")
            }
            Some(_) => CLAUSE.has(self.word(i)) && !JOINT.has(self.word(i)),
            None => true,
        }
    }

    /// Whether a mark that ends a clause stands here.
    pub(super) fn is_mark(&self, i: usize) -> bool {
        matches!(self.str(i), "," | ";" | ":" | "." | "(" | ")" | "—" | "–" | "!" | "?")
    }

    /// Whether the token is part of a place's name.
    pub(super) fn in_place(&self, i: usize) -> bool {
        let span = self.text.tokens[i].span;
        self.place_over(span)
    }

    /// Whether the token names a people: "Israeli".
    pub(super) fn is_people(&self, i: usize) -> bool {
        let span = self.text.tokens[i].span;
        // "A U.S. raid" is theirs as well.
        (self.form(i) == Some(Form::Upper) && !self.is_headline())
            || self.peoples.iter().any(|people| people.start < span.end && span.start < people.end)
    }

    /// Whether a possessive stands behind the token.
    pub(super) fn is_owner(&self, i: usize) -> bool {
        self.form(i + 1) == Some(Form::Possessive)
    }

    fn place_over(&self, span: Span) -> bool {
        let at = self.places.partition_point(|place| place.end <= span.start);
        self.places.get(at).is_some_and(|place| place.start < span.end)
    }

    /// Whether a mark that ends more than a phrase stands here.
    pub(super) fn is_stop(&self, i: usize) -> bool {
        matches!(self.str(i), ";" | ":" | ".")
    }

    /// Whether capitals tell nothing here.
    pub(super) fn is_headline(&self) -> bool {
        self.text.case(self.from) != Case::Sentence
    }

    /// Whether the token is a capitalised word that no sentence's start explains.
    pub(super) fn is_name(&self, i: usize) -> bool {
        let capital = matches!(self.form(i), Some(Form::Capital | Form::Upper));
        let first = self
            .before(i)
            .is_none_or(|before| matches!(self.str(before), "\"" | "“" | ":" | "‘" | "•" | "—"));
        capital && !first && !self.is_headline()
    }

    /// "March", "May": no deed and no "may".
    pub(super) fn is_month(&self, i: usize) -> bool {
        MONTH.has(self.word(i)) && self.form(i) == Some(Form::Capital)
    }

    /// The words before a token, nearest first, without adverbs, to the start of the sentence.
    pub(super) fn back(&self, i: usize) -> impl Iterator<Item = usize> {
        (self.from..i).rev().filter(|&j| self.str(j) != "-" && !self.is_adverb(j))
    }

    pub(super) fn is_adverb(&self, i: usize) -> bool {
        let word = self.word(i);
        ADVERB.has(word) || (word.len() > 4 && word.ends_with("ly") && !LY.has(word))
    }

    /// How the word is meant, as far as its neighbours tell.
    pub(super) fn reading(&self, i: usize) -> Reading {
        let forms = TABLE.forms(self.word(i));
        if forms & (BASE | THIRD | ING) == 0 {
            return if forms & (PAST | PARTICIPLE) != 0 { Reading::Verb } else { Reading::Noun };
        }
        let next = self.after(i);
        let object = next.is_some_and(|next| {
            ARTICLE.has(self.word(next)) || (self.form(next) == Some(Form::Number) && forms & ING == 0)
        });
        let Some(before) = self.back(i).next() else {
            let noun = forms & NOUN != 0 && forms & ING == 0;
            return if noun { Reading::Noun } else { Reading::Either };
        };
        let word = self.word(before);
        if forms & ING != 0 {
            return self.ing_reading(before, word, object);
        }
        if TO.has(word) {
            return if forms & THIRD != 0 { Reading::Noun } else { Reading::Verb };
        }
        if WILL.has(word) || MAY.has(word) || DO.has(word) || (PRONOUN.has(word) && !BE.has(word)) {
            return Reading::Verb;
        }
        // "Has shut two papers"
        if forms & PARTICIPLE != 0 && (HAVE.has(word) || BE.has(word)) {
            return Reading::Verb;
        }
        let marked = self.form(before) == Some(Form::Possessive) || self.form(before) == Some(Form::Number);
        if marked || ARTICLE.has(word) || PREPOSITION.has(word) || BE.has(word) || HAVE.has(word) {
            return Reading::Noun;
        }
        if forms & (PAST | PARTICIPLE) != 0 {
            return Reading::Either;
        }
        let many = word.ends_with('s') || word.ends_with("men") || MANY.has(word);
        let agrees = (forms & THIRD != 0 && forms & BASE == 0 && !many)
            || (forms & BASE != 0 && (many || JOINT.has(word)));
        // "Rebels attack Cairo", in a headline "Egypt bombs camps".
        let headline = self.is_headline() || self.str(self.to - 1) != ".";
        if agrees
            && (object || forms & NOUN == 0 || next.is_some_and(|next| self.is_name(next)))
            && !self.is_headline()
        {
            Reading::Verb
        } else if forms & NOUN == 0 || (agrees && headline) {
            Reading::Either
        } else {
            Reading::Noun
        }
    }

    /// Whether a participle only describes the noun behind it: "the occupied town", "NATO-backed".
    pub(super) fn describes(&self, i: usize) -> bool {
        let forms = TABLE.forms(self.word(i));
        if forms & (PAST | PARTICIPLE) == 0 || forms & (BASE | ING) != 0 {
            return false;
        }
        if i > self.from && self.str(i - 1) == "-" && i - 1 > self.from && !self.text.tokens[i].space {
            return true;
        }
        let Some(next) = self.after(i) else { return false };
        let noun = !self.word(next).is_empty()
            && !PREPOSITION.has(self.word(next))
            && !ARTICLE.has(self.word(next))
            && !self.parts(next);
        let noun = noun && !self.is_adverb(next) && !TO.has(self.word(next)) && !JOINT.has(self.word(next));
        match self.back(i).next() {
            None => noun && !self.is_headline(),
            Some(before) => {
                let word = self.word(before);
                let inside = DETERMINER.has(word) || self.form(before) == Some(Form::Possessive);
                noun && (inside
                    || (PREPOSITION.has(word) && !self.is_name(next) && self.form(next) == Some(Form::Lower)))
            }
        }
    }

    /// "Support the museum!": nobody does it.
    pub(super) fn commands(&self, i: usize) -> bool {
        let forms = TABLE.forms(self.word(i));
        forms & BASE != 0 && forms & PAST == 0 && self.back(i).next().is_none()
    }

    fn ing_reading(&self, before: usize, word: &str, object: bool) -> Reading {
        if object || BE.has(word) || DOING.has(word) {
            Reading::Verb
        } else if ARTICLE.has(word) || self.form(before) == Some(Form::Possessive) {
            Reading::Noun
        } else {
            Reading::Either
        }
    }
}

/// Every sentence of a text.
pub(super) fn lines<'a>(
    text: &'a Text<'a>,
    places: &'a [Span],
    peoples: &'a [Span],
) -> impl Iterator<Item = Line<'a>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let number = text.tokens.get(from)?.sentence;
        let to = from + text.tokens[from..].partition_point(|token| token.sentence == number);
        let line = Line { text, from, to, places, peoples };
        from = to;
        Some(line)
    })
}
