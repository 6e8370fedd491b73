//! What speaks for and against a run of words being a place: one number per clue, kept apart from how
//! the numbers are weighed, so that a learnt model can take the place of the weights.

use std::collections::HashMap;

use super::super::dateline;
use super::super::lexicon::Lexicon;
use super::super::tokens::{Case, Form, Text};
use super::super::words::{
    DIRECTIONS, FIRM_TITLES, FUNCTION_WORDS, LOCATIVES, ORG_HEADS, ORG_OPENERS, PLACE_FOLLOWERS, PLACE_NOUNS,
    SAYINGS, STREET_HEADS, TITLES, TYPE_WORDS,
};
use super::persons::Persons;
use super::scan::Match;
use crate::gazetteer::{Gazetteer, NameKind, Row};

macro_rules! clues {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Something that speaks for or against.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Clue { $($(#[$doc])* $name,)* }

        impl Clue {
            /// Every clue.
            pub(crate) const ALL: &'static [Clue] = &[$(Clue::$name,)*];
            /// Number of clues.
            pub(crate) const COUNT: usize = Self::ALL.len();
        }
    };
}

clues! {
    /// Always 1.
    Bias,
    /// How well known the best place is by this name.
    Fame, Famous, Known, Obscure,
    /// No gazetteer has it.
    Unknown, UnknownLong, UnknownStreet, UnknownSite,
    /// The name is several words.
    Long,
    /// The best place is a country or a first-level division; another division; water or land.
    Country, Division, Nature, Spot,
    /// The best name is of this sort.
    Demonym, Abbreviation, Alternate,
    /// A capitalised type word was added that the gazetteer does not have.
    Typed,
    /// The single word is an ordinary one; a given name; a surname.
    Common, Given, Surname, GivenAndSurname,
    /// At most four letters.
    Short,
    /// How it is written where.
    Opens, OpensCommon, OpensTitleCase, TitleCase, TitleCaseCommon, UpperCase, Acronym, AcronymFamous,
    /// The word stands in lower case elsewhere in the article.
    LowerElsewhere,
    /// The name stands in running text, capitalised, elsewhere in the article.
    CapitalElsewhere,
    /// What stands before.
    Locative, LocativeObscure, OfBefore, PlaceNounOf, TheBefore, DirectionBefore, TitleBefore, FirmTitleBefore,
    GivenBefore, InitialBefore, CapitalBefore, CapitalBeforeKnown, CapitalBeforeCommon, CommaPlaceBefore, HyphenBefore, OpenerBefore, AndBefore,
    NumberBefore, ParenBefore,
    /// What stands after.
    CapitalAfter, CapitalAfterKnown, CapitalAfterCommon, SurnameAfter, SurnameAfterKnown, OrgAfter, OrgAfterFamous, OrgInRun, ContainerAfter, Contained, ContainedLocative, AlternateLocative, ContainsAfter, PossessiveAfter, PossessiveKnown, FollowerAfter,
    SayingAfter, StreetAfter, HyphenAfter, AgeAfter, NumberAfter, CommaAfter, EndAfter,
    /// It heads a line and a dash, an agency or a date follows.
    Dateline,
    /// It is part of somebody's full name; it is somebody's last name, first name.
    InPerson, IsSurname, IsSurnameLocative, IsGiven,
    /// Elsewhere in the article the same name follows a locative word, has a container, is a person's.
    LocativeElsewhere, ContainerElsewhere,
    /// How often the name occurs, logarithm.
    Often,
    /// The article names the country or the first-level division of one of its places.
    Supported, SupportedCommon, SupportedObscure,
    /// A longer name contains it; how well known that one is.
    InsideLonger, InsideLongerFame,
    /// It is a language: "in English", "English edition"; it stands in a row of capitals: "ASHARQ AL-AWSAT".
    Language, CapitalsRow,
}

/// The numbers of one match.
#[derive(Clone, Debug)]
pub(crate) struct Clues(pub(crate) [f32; Clue::COUNT]);

impl Clues {
    /// The clue's number.
    pub(crate) fn get(&self, clue: Clue) -> f32 {
        self.0[clue as usize]
    }

    fn set(&mut self, clue: Clue, value: f32) {
        self.0[clue as usize] = value;
    }

    fn mark(&mut self, clue: Clue, holds: bool) {
        self.set(clue, if holds { 1.0 } else { 0.0 });
    }
}

/// The chance that a run of words with these clues mentions a place, as a logistic regression has it.
pub(crate) fn chance(weights: &[f32], clues: &Clues) -> f32 {
    let sum: f32 = clues.0.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// What the whole article tells of a name.
#[derive(Clone, Debug, Default)]
struct NameEvidence {
    count: u32,
    locative: u32,
    container: u32,
}

/// Reads the clues of an article's matches.
pub(crate) struct ClueReader<'a> {
    text: &'a Text<'a>,
    gazetteer: &'a Gazetteer,
    lexicon: &'a Lexicon,
    persons: &'a Persons,
    /// Folded word → (times in lower case, times capitalised inside a sentence).
    written: HashMap<&'a str, (u32, u32)>,
    names: HashMap<&'a str, NameEvidence>,
    /// For each token, the most famous match that begins there: its hit score.
    begins: Vec<f32>,
    /// For each token, the country or division that the match which begins there most likely means.
    divisions: Vec<Option<Row>>,
}

impl<'a> ClueReader<'a> {
    /// Gathers what the whole article tells.
    pub(crate) fn new(
        text: &'a Text<'a>,
        gazetteer: &'a Gazetteer,
        lexicon: &'a Lexicon,
        persons: &'a Persons,
        matches: &'a [Match],
    ) -> Self {
        let mut written: HashMap<&str, (u32, u32)> = HashMap::new();
        for (i, token) in text.tokens.iter().enumerate() {
            let entry = written.entry(token.folded.as_str()).or_default();
            match token.form {
                Form::Lower => entry.0 += 1,
                Form::Capital if !token.opens && text.case(i) == Case::Sentence => entry.1 += 1,
                _ => {}
            }
        }
        let mut begins = vec![0.0f32; text.tokens.len()];
        let mut divisions = vec![None; text.tokens.len()];
        for m in matches {
            let best = m.hits.first().map_or(0.0, |hit| hit.score);
            if best > begins[m.first] {
                begins[m.first] = best;
                divisions[m.first] =
                    m.hits.first().map(|hit| hit.row).filter(|&row| is_division(gazetteer, row));
            }
        }
        let mut this =
            Self { text, gazetteer, lexicon, persons, written, names: HashMap::new(), begins, divisions };
        let mut names: HashMap<&str, NameEvidence> = HashMap::new();
        for m in matches {
            let entry = names.entry(m.name.as_str()).or_default();
            entry.count += 1;
            entry.locative += u32::from(this.locative_before(m));
            entry.container += u32::from(this.container_after(m));
        }
        this.names = names;
        this
    }

    /// The clues of one match.
    pub(crate) fn read(&self, m: &Match, supported: bool, longer: f32) -> Clues {
        let mut clues = Clues([0.0; Clue::COUNT]);
        clues.set(Clue::Bias, 1.0);
        self.name_clues(m, &mut clues);
        self.case_clues(m, &mut clues);
        self.left_clues(m, &mut clues);
        self.right_clues(m, &mut clues);
        self.article_clues(m, &mut clues);
        clues.mark(Clue::InsideLonger, longer > 0.0);
        clues.set(Clue::InsideLongerFame, longer);
        clues.mark(Clue::Language, clues.get(Clue::Demonym) > 0.0 && self.is_language(m));
        clues.mark(Clue::CapitalsRow, clues.get(Clue::Dateline) == 0.0 && self.in_capitals_row(m));
        clues.mark(Clue::Supported, supported);
        clues.mark(Clue::SupportedCommon, supported && clues.get(Clue::Common) > 0.0);
        clues.mark(Clue::SupportedObscure, supported && clues.get(Clue::Obscure) > 0.0);
        clues
    }

    fn single(&self, m: &Match) -> bool {
        m.end - m.first == 1
    }

    fn name_clues(&self, m: &Match, clues: &mut Clues) {
        let Some(best) = m.hits.first() else {
            let head = self.text.folded(m.end - 1);
            clues.set(Clue::Unknown, 1.0);
            clues.mark(Clue::UnknownLong, !self.single(m));
            clues.mark(Clue::UnknownStreet, STREET_HEADS.has(head));
            clues.mark(Clue::UnknownSite, !self.single(m) && (TYPE_WORDS.has(head) || PLACE_NOUNS.has(head)));
            self.word_clues(m, clues);
            return;
        };
        clues.set(Clue::Fame, best.score);
        clues.mark(Clue::Famous, best.score > 0.6);
        clues.mark(Clue::Known, best.score > 0.4);
        clues.mark(Clue::Obscure, best.score < 0.2);
        let content = (m.first..m.end).filter(|&i| self.text.tokens[i].is_capital()).count();
        clues.mark(Clue::Long, content > 1);
        let (class, code) = self.gazetteer.feature(best.row);
        let top = code == "ADM1" || code.starts_with("PCL");
        clues.mark(Clue::Country, class == 'A' && top);
        clues.mark(Clue::Division, class == 'A' && !top);
        clues.mark(Clue::Nature, matches!(class, 'H' | 'T' | 'L' | 'V'));
        clues.mark(Clue::Spot, matches!(class, 'S' | 'R'));
        clues.mark(Clue::Demonym, best.name == NameKind::Demonym);
        clues.mark(Clue::Abbreviation, best.name == NameKind::Abbreviation);
        // "Dara'a" is what news calls Dar‘ā; other alternate names are seldom meant.
        let seldom = best.score < 0.8 * self.gazetteer.prominence(best.row);
        clues.mark(Clue::Alternate, best.name == NameKind::Alternate && seldom);
        clues.mark(Clue::Typed, m.typed.is_some());
        self.word_clues(m, clues);
    }

    fn word_clues(&self, m: &Match, clues: &mut Clues) {
        if self.single(m) {
            let common = self.lexicon.common_word(&m.name) || FUNCTION_WORDS.has(&m.name);
            let given = self.lexicon.given_name(&m.name);
            let surname = self.lexicon.surname(&m.name);
            clues.mark(Clue::Common, common);
            clues.mark(Clue::Given, given);
            clues.mark(Clue::Surname, surname);
            clues.mark(Clue::GivenAndSurname, given && surname);
            clues.mark(Clue::Short, m.name.chars().count() <= 4);
        }
    }

    fn case_clues(&self, m: &Match, clues: &mut Clues) {
        let token = &self.text.tokens[m.first];
        let case = self.text.case(m.first);
        let common = clues.get(Clue::Common) > 0.0;
        let opens = token.opens || self.after_opening_mark(m.first);
        clues.mark(Clue::Opens, opens);
        clues.mark(Clue::OpensCommon, opens && common);
        clues.mark(Clue::OpensTitleCase, opens && case != Case::Sentence);
        clues.mark(Clue::TitleCase, case == Case::Title);
        clues.mark(Clue::TitleCaseCommon, case != Case::Sentence && common);
        clues.mark(Clue::UpperCase, case == Case::Upper);
        let acronym = token.form == Form::Upper
            && case != Case::Upper
            && self.single(m)
            && clues.get(Clue::Abbreviation) == 0.0;
        clues.mark(Clue::Acronym, acronym);
        clues.mark(Clue::AcronymFamous, acronym && (clues.get(Clue::Known) > 0.0 || m.name.len() > 5));
        if self.single(m) {
            let (lower, capital) = self.written.get(m.name.as_str()).copied().unwrap_or_default();
            clues.mark(Clue::LowerElsewhere, lower > 0);
            let here = u32::from(!token.opens && case == Case::Sentence && token.form == Form::Capital);
            clues.mark(Clue::CapitalElsewhere, capital > here);
        }
    }

    fn left_clues(&self, m: &Match, clues: &mut Clues) {
        let text = self.text;
        let Some(before) = text.before(m.first) else { return };
        let token = &text.tokens[before];
        let folded = token.folded.as_str();
        let locative = self.locative_before(m);
        clues.mark(Clue::Locative, locative);
        clues.mark(Clue::LocativeObscure, locative && clues.get(Clue::Obscure) > 0.0);
        clues.mark(Clue::TheBefore, folded == "the");
        clues.mark(Clue::DirectionBefore, DIRECTIONS.has(folded));
        clues.mark(Clue::AndBefore, matches!(folded, "and" | "or"));
        clues.mark(Clue::NumberBefore, token.form == Form::Number);
        clues.mark(Clue::ParenBefore, text.str(before) == "(");
        if folded == "of" {
            let noun = text.before(before).map(|i| text.folded(i)).unwrap_or("");
            // "the city of Lausanne", "the mayor of Bangor"
            let place = PLACE_NOUNS.has(noun) || TITLES.has(noun);
            clues.mark(Clue::PlaceNounOf, place);
            clues.mark(Clue::OfBefore, !place);
        }
        let opener = self.opener_before(before);
        clues.mark(Clue::OpenerBefore, opener);
        if text.str(before) == "-" && !token.space && !text.tokens[m.first].space {
            clues.set(Clue::HyphenBefore, 1.0);
        }
        if text.str(before) == "," {
            let place = before > 0 && self.place_ends_at(before);
            clues.mark(Clue::CommaPlaceBefore, place);
        }
        if token.is_capital() && text.case(m.first) == Case::Sentence {
            let function = FUNCTION_WORDS.has(folded) || LOCATIVES.has(folded);
            let name = !function && !TITLES.has(folded) && !DIRECTIONS.has(folded);
            clues.mark(Clue::CapitalBefore, name);
            clues.mark(Clue::CapitalBeforeKnown, name && clues.get(Clue::Known) > 0.0);
            clues.mark(Clue::CapitalBeforeCommon, name && self.lexicon.common_word(folded));
            clues.mark(Clue::GivenBefore, self.lexicon.given_name(folded) && !function);
            clues.mark(Clue::InitialBefore, folded.chars().count() == 1 && folded != "a" && folded != "i");
        }
        clues.mark(Clue::TitleBefore, TITLES.has(folded));
        clues.mark(Clue::FirmTitleBefore, FIRM_TITLES.has(folded) && token.is_capital());
    }

    fn right_clues(&self, m: &Match, clues: &mut Clues) {
        let text = self.text;
        clues.mark(Clue::Dateline, dateline::end(self.text, m.first, m.end).is_some());
        let Some(next) = text.after(m.end - 1) else {
            clues.set(Clue::EndAfter, 1.0);
            return;
        };
        let token = &text.tokens[next];
        let folded = token.folded.as_str();
        let possessive = token.form == Form::Possessive;
        clues.mark(Clue::PossessiveAfter, possessive);
        clues.mark(Clue::PossessiveKnown, possessive && clues.get(Clue::Known) > 0.0);
        clues.mark(Clue::NumberAfter, token.form == Form::Number);
        clues.mark(Clue::CommaAfter, text.str(next) == ",");
        clues.mark(Clue::ContainerAfter, self.container_after(m));
        clues.mark(Clue::AgeAfter, self.age_after(next));
        if token.form == Form::Lower {
            clues.mark(Clue::FollowerAfter, PLACE_FOLLOWERS.has(folded));
            clues.mark(Clue::SayingAfter, SAYINGS.has(folded));
        }
        let dash = matches!(text.str(next), "-" | "‐" | "‑") && !token.space;
        if dash && text.tokens.get(next + 1).is_some_and(|t| t.is_word() && !t.space) {
            clues.set(Clue::HyphenAfter, 1.0);
        }
        if !token.is_capital() {
            return;
        }
        let street = STREET_HEADS.has(folded);
        clues.mark(Clue::StreetAfter, street);
        clues.mark(Clue::OrgAfter, ORG_HEADS.has(folded));
        clues.mark(Clue::OrgAfterFamous, ORG_HEADS.has(folded) && clues.get(Clue::Known) > 0.0);
        clues.mark(Clue::OrgInRun, !ORG_HEADS.has(folded) && self.org_in_run(next));
        if text.case(next) == Case::Sentence {
            let known = clues.get(Clue::Known) > 0.0;
            let common = self.lexicon.common_word(folded);
            let surname = self.lexicon.surname(folded) && !common;
            clues.mark(Clue::SurnameAfter, surname);
            clues.mark(Clue::SurnameAfterKnown, surname && known);
            let name = !street && !ORG_HEADS.has(folded) && !TITLES.has(folded);
            clues.mark(Clue::CapitalAfter, name);
            clues.mark(Clue::CapitalAfterKnown, name && known);
            clues.mark(Clue::CapitalAfterCommon, name && common);
        }
        clues.mark(Clue::ContainsAfter, self.begins[next] > 0.5);
    }

    fn article_clues(&self, m: &Match, clues: &mut Clues) {
        let contained = self.contained(m);
        let placed =
            clues.get(Clue::Locative) + clues.get(Clue::PlaceNounOf) + clues.get(Clue::CommaAfter) > 0.0;
        clues.mark(Clue::Contained, contained);
        clues.mark(Clue::ContainedLocative, contained && placed);
        clues.mark(
            Clue::AlternateLocative,
            clues.get(Clue::Alternate) > 0.0 && clues.get(Clue::Locative) > 0.0,
        );
        clues.mark(Clue::InPerson, self.persons.covers(m.first, m.end));
        if self.single(m) || m.end - m.first == 3 && self.text.folded(m.first) == "al" {
            let last = self.text.folded(m.end - 1);
            let surname = self.persons.surname(last) > 0;
            clues.mark(Clue::IsSurname, surname);
            clues.mark(Clue::IsSurnameLocative, surname && self.locative_before(m));
            clues.mark(Clue::IsGiven, self.persons.given(last));
        }
        let Some(evidence) = self.names.get(m.name.as_str()) else { return };
        let here = u32::from(self.locative_before(m));
        clues.mark(Clue::LocativeElsewhere, evidence.locative > here);
        clues.mark(Clue::ContainerElsewhere, evidence.container > u32::from(self.container_after(m)));
        clues.set(Clue::Often, (evidence.count as f32).ln());
    }

    /// "in Derna", "in the Sinai", "in eastern Libya".
    pub(crate) fn locative_before(&self, m: &Match) -> bool {
        let Some(mut before) = self.text.before(m.first) else { return false };
        for _ in 0..2 {
            let folded = self.text.folded(before);
            if LOCATIVES.has(folded) {
                return true;
            }
            if folded != "the" && !DIRECTIONS.has(folded) {
                return false;
            }
            match self.text.before(before) {
                Some(earlier) => before = earlier,
                None => return false,
            }
        }
        LOCATIVES.has(self.text.folded(before))
    }

    /// "Bangor, Maine", "Long Beach (Calif.)": a well-known place follows the comma.
    fn container_after(&self, m: &Match) -> bool {
        let Some(comma) = self.text.after(m.end - 1) else { return false };
        if !matches!(self.text.str(comma), "," | "(") {
            return false;
        }
        let Some(next) = self.text.after(comma) else { return false };
        self.begins[next] > 0.45
    }

    /// "Derna in Libya", "the Libyan city of Derna", "Bangor, Maine": the country or division named
    /// beside it holds a place of this name.
    fn contained(&self, m: &Match) -> bool {
        let near = (m.end..m.end + 4).chain(m.first.saturating_sub(5)..m.first);
        let sentence = self.text.tokens[m.first].sentence;
        let mut rows = near
            .filter(|&i| self.text.tokens.get(i).is_some_and(|token| token.sentence == sentence))
            .filter_map(|i| self.divisions[i]);
        rows.any(|row| {
            m.hits.iter().take(24).any(|hit| {
                hit.row != row
                    && (self.gazetteer.country(hit.row) == Some(row)
                        || self.gazetteer.admin1(hit.row) == Some(row))
            })
        })
    }

    fn is_language(&self, m: &Match) -> bool {
        let next = self.text.after(m.end - 1).map_or("", |i| self.text.folded(i));
        let before = self.text.before(m.first).map_or("", |i| self.text.folded(i));
        matches!(
            next,
            "language"
                | "languages"
                | "archive"
                | "edition"
                | "version"
                | "translation"
                | "speaker"
                | "speakers"
                | "lessons"
                | "classes"
                | "teacher"
                | "teachers"
                | "literature"
                | "subtitles"
                | "dictionary"
        ) || matches!(
            before,
            "in" | "into" | "speak" | "speaks" | "spoke" | "speaking" | "learn" | "learning" | "taught"
        ) && next != "and"
            && !self.text.after(m.end - 1).is_some_and(|i| self.text.tokens[i].is_word())
    }

    fn in_capitals_row(&self, m: &Match) -> bool {
        let text = self.text;
        let upper = |i: Option<usize>| {
            i.is_some_and(|i| {
                text.tokens[i].form == Form::Upper && text.tokens[i].folded.len() > 3 && self.begins[i] == 0.0
            })
        };
        text.tokens[m.end - 1].form == Form::Upper
            && text.case(m.first) != Case::Upper
            && (upper(text.before(m.first)) || upper(text.after(m.end - 1)))
    }

    fn place_ends_at(&self, comma: usize) -> bool {
        (comma.saturating_sub(3)..comma).any(|i| self.begins[i] > 0.2)
    }

    fn after_opening_mark(&self, i: usize) -> bool {
        self.text.before(i).is_some_and(|b| {
            matches!(self.text.str(b), "\"" | "“" | "‘" | "•" | ":" | "—" | "–")
                && !self.text.tokens[b].folded.is_empty()
                || self.text.tokens[b].opens && self.text.tokens[b].form == Form::Punct
        })
    }

    /// "University of Maine", "Bank of England": a capitalised opener, "of", and perhaps "the".
    fn opener_before(&self, before: usize) -> bool {
        let text = self.text;
        let mut at = before;
        if text.folded(at) == "the" {
            match text.before(at) {
                Some(earlier) => at = earlier,
                None => return false,
            }
        }
        if !matches!(text.folded(at), "of" | "for") {
            return false;
        }
        text.before(at).is_some_and(|i| text.tokens[i].is_capital() && ORG_OPENERS.has(text.folded(i)))
    }

    /// Whether the capitalised words from `next` on end in the head of an organisation: "County Medical
    /// Center".
    fn org_in_run(&self, next: usize) -> bool {
        let text = self.text;
        if text.case(next) != Case::Sentence {
            return false;
        }
        let mut last = None;
        let mut at = Some(next);
        while let Some(i) = at {
            let token = &text.tokens[i];
            let connector =
                token.form == Form::Lower && matches!(token.folded.as_str(), "of" | "and" | "for");
            let ampersand = text.str(i) == "&";
            if token.is_capital() {
                last = Some(i);
            } else if !connector && !ampersand {
                break;
            }
            at = text.after(i).filter(|&n| n < next + 7);
        }
        last.is_some_and(|i| ORG_HEADS.has(text.folded(i)))
    }

    fn age_after(&self, next: usize) -> bool {
        self.text.str(next) == ","
            && self.text.tokens.get(next + 1).is_some_and(|t| t.form == Form::Number && t.span.len() == 2)
            && matches!(self.text.str(next + 2), "," | ".")
    }
}

fn is_division(gazetteer: &Gazetteer, row: Row) -> bool {
    let (class, code) = gazetteer.feature(row);
    class == 'A' && (code == "ADM1" || code.starts_with("PCL"))
}
