//! Who is a person in an article: names with a title, a given name, an initial, an age.
//! The evidence holds for the whole article: after "Secretary of State John Kerry" a bare "Kerry" is a
//! person too. Headlines in title case are not believed, since there every word is capitalised.

use std::collections::{HashMap, HashSet};

use super::super::lexicon::Lexicon;
use super::super::tokens::{Case, Form, Text, Token};
use super::super::words::{
    DIRECTIONS, FIRM_TITLES, FUNCTION_WORDS, ORG_HEADS, PARTICLES, SAYINGS, STREET_HEADS, TITLES, TYPE_WORDS,
};
use super::scan::Match;

/// Persons of one article.
#[derive(Debug, Default)]
pub(crate) struct Persons {
    /// For each token, whether it is part of a person's full name.
    inside: Vec<bool>,
    /// Folded last names with the number of full names seen.
    surnames: HashMap<String, u32>,
    /// Folded first names.
    givens: HashSet<String>,
}

impl Persons {
    /// Whether any of the tokens is part of a person's full name.
    pub(crate) fn covers(&self, first: usize, end: usize) -> bool {
        self.inside.get(first..end).is_some_and(|tokens| tokens.contains(&true))
    }

    /// How many times somebody of this last name is named in full.
    pub(crate) fn surname(&self, folded: &str) -> u32 {
        self.surnames.get(folded).copied().unwrap_or(0)
    }

    /// Whether somebody has this first name.
    pub(crate) fn given(&self, folded: &str) -> bool {
        self.givens.contains(folded)
    }

    /// Reads the whole article. `matches` are the gazetteer's names: "Virginia Beach" is nobody.
    pub(crate) fn read(text: &Text<'_>, lexicon: &Lexicon, matches: &[Match]) -> Self {
        let mut this = Self { inside: vec![false; text.tokens.len()], ..Self::default() };
        let mut place_until = vec![0usize; text.tokens.len()];
        let known = |m: &&Match| m.end - m.first > 1 && m.typed.is_none() && !m.hits.is_empty();
        for m in matches.iter().filter(known) {
            place_until[m.first] = place_until[m.first].max(m.end);
        }
        let reader = Reader { text, lexicon, place_until: &place_until };
        let mut i = 0;
        while i < text.tokens.len() {
            let person =
                (text.case(i) == Case::Sentence || reader.credited(i)).then(|| reader.person_at(i)).flatten();
            match person {
                Some((from, to)) => {
                    this.add(text, from, to);
                    i = to;
                }
                None => i += 1,
            }
        }
        this
    }

    fn add(&mut self, text: &Text<'_>, from: usize, to: usize) {
        self.inside[from..to].fill(true);
        let names: Vec<usize> =
            (from..to).filter(|&i| text.tokens[i].is_capital() && text.tokens[i].folded.len() > 1).collect();
        let Some(&last) = names.last() else { return };
        *self.surnames.entry(text.folded(last).to_owned()).or_default() += 1;
        // "Mauro Arellano-Tellez"
        if last >= 2 && text.str(last - 1) == "-" && text.tokens[last - 2].is_capital() && last - 2 > from {
            *self.surnames.entry(text.folded(last - 2).to_owned()).or_default() += 1;
        }
        if let Some(&first) = names.first().filter(|&&first| first != last) {
            self.givens.insert(text.folded(first).to_owned());
        }
    }
}

struct Reader<'a> {
    text: &'a Text<'a>,
    lexicon: &'a Lexicon,
    place_until: &'a [usize],
}

impl Reader<'_> {
    /// The tokens of the person's name that begins at `i`, without the title.
    fn person_at(&self, i: usize) -> Option<(usize, usize)> {
        let text = self.text;
        if !text.tokens[i].is_capital() || self.place_until[i] > i + 1 && !self.after_firm_title(i) {
            return None;
        }
        let end = self.name_end(i);
        if end == i || !self.is_name_word(i) {
            return None;
        }
        // "Mauro Arellano-Tellez" is two words, "Jean-Claude" and "India-Pakistan" are one.
        let apart = |k: &usize| text.tokens[*k].is_capital() && (*k == i || text.tokens[*k].space);
        let words = (i..end).filter(apart).count();
        let titled = self.after_title(i);
        if titled && (words > 1 || self.after_firm_title(i)) {
            return Some((i, end));
        }
        if words < 2 || self.belongs_to_organisation(i, end) {
            return None;
        }
        let last = text.folded(end - 1);
        let surname = self.lexicon.surname(last);
        // "John Kerry", though "john" is an ordinary word too.
        let ordinary = self.lexicon.common_word(last) && !surname;
        let given = self.lexicon.given_name(text.folded(i)) && (!self.opens_as_word(i) || !ordinary);
        let initial = (i + 1..end - 1).any(|k| text.tokens[k].folded.len() == 1);
        let particle = (i + 1..end - 1).any(|k| is_particle(&text.tokens[k]));
        let follows = self.followed_by_person_sign(end) && words <= 3;
        let by = text.before(i).is_some_and(|b| text.folded(b) == "by") && words <= 3;
        let byline = by && (surname || self.credited(i));
        let sure = given && !ordinary || initial || follows || (particle && given) || byline;
        sure.then_some((i, end))
    }

    /// "Reporting by", "Additional reporting by", "Editing by": only persons follow.
    fn credited(&self, i: usize) -> bool {
        let by = self.text.before(i).filter(|&by| self.text.folded(by) == "by");
        let word = by.and_then(|by| self.text.before(by)).map_or("", |i| self.text.folded(i));
        matches!(word, "reporting" | "writing" | "editing" | "edited" | "written" | "photo" | "photograph")
    }

    /// "the Washington Latin School", "Louisiana Purchase": an article before, or an organisation's noun
    /// after what else would be a name.
    fn belongs_to_organisation(&self, i: usize, end: usize) -> bool {
        let text = self.text;
        let article = text.before(i).is_some_and(|b| text.folded(b) == "the");
        let next = text.tokens.get(end).filter(|token| !token.opens && token.is_capital());
        let noun = next.is_some_and(|token| {
            let folded = token.folded.as_str();
            ORG_HEADS.has(folded) || TYPE_WORDS.has(folded) || STREET_HEADS.has(folded)
        });
        article || noun
    }

    /// Where the run of name words from `i` ends.
    fn name_end(&self, i: usize) -> usize {
        let text = self.text;
        let mut end = i;
        let mut k = i;
        while k < text.tokens.len() && k < i + 9 {
            let token = &text.tokens[k];
            if k > i && (token.sentence != text.tokens[i].sentence || token.opens) {
                break;
            }
            if token.is_capital() && self.is_name_word(k) {
                // The next full name is another person's.
                end = k + 1;
                k += 1;
            } else if k > i && (is_particle(token) || text.str(k) == "-" && !token.space) {
                k += 1;
            } else {
                break;
            }
        }
        end
    }

    fn is_name_word(&self, k: usize) -> bool {
        let folded = self.text.folded(k);
        let typed = TYPE_WORDS.has(folded) || STREET_HEADS.has(folded) || DIRECTIONS.has(folded);
        let named = self.lexicon.surname(folded) || self.lexicon.given_name(folded);
        let org = ORG_HEADS.has(folded) && (!named || self.lexicon.common_word(folded));
        let titled = TITLES.has(folded) && !self.lexicon.given_name(folded);
        let acronym = self.text.tokens[k].form == Form::Upper && folded.len() <= 4;
        let dotted_acronym = self.text.tokens[k].dot && folded.len() > 1 && !matches!(folded, "jr" | "sr");
        !(folded.is_empty()
            || typed
            || org
            || titled
            || acronym
            || dotted_acronym
            || (FUNCTION_WORDS.has(folded)))
    }

    fn opens_as_word(&self, i: usize) -> bool {
        self.text.tokens[i].opens && self.lexicon.common_word(self.text.folded(i))
    }

    fn after_title(&self, i: usize) -> bool {
        self.title_before(i).is_some_and(|folded| TITLES.has(folded))
    }

    fn after_firm_title(&self, i: usize) -> bool {
        self.title_before(i).is_some_and(|folded| FIRM_TITLES.has(folded))
    }

    fn title_before(&self, i: usize) -> Option<&str> {
        let before = self.text.before(i)?;
        // "Chief Davis", "president Vladimir Putin", but not "the chief, Paris"
        let token = &self.text.tokens[before];
        (token.is_word() && !token.folded.is_empty() && self.place_until[before] <= before + 1)
            .then_some(token.folded.as_str())
    }

    /// "…, 45, of", "… said", "…, who".
    fn followed_by_person_sign(&self, end: usize) -> bool {
        let text = self.text;
        let Some(token) = text.tokens.get(end) else { return false };
        if token.opens {
            return false;
        }
        if token.form == Form::Lower {
            return SAYINGS.has(&token.folded);
        }
        if !matches!(text.str(end), ",") {
            return false;
        }
        let age = text.tokens.get(end + 1).is_some_and(|t| t.form == Form::Number && t.span.len() == 2)
            && matches!(text.str(end + 2), "," | "." | ";");
        age || text.folded(end + 1) == "who" || text.folded(end + 1) == "whose"
    }
}

/// The "al" of "Bashar al Assad".
fn is_particle(token: &Token) -> bool {
    token.form == Form::Lower && PARTICLES.has(&token.folded)
}
