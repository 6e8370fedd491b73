//! What a person types into the search box, made into terms. Nothing that is typed is wrong: what cannot be an
//! operator is words.
//!
//! All words are wanted. `"Two words"` stand in a row, `bomb*` is a beginning, as is the word that is being typed;
//! `title:`, `source:`, `place:` and `text:` look there alone; `-word` must not be there; `OR` takes either side.

use super::words::{Words, stands_alone};

/// Where a word can stand in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Field {
    /// Its headline.
    Title,
    /// Its outlet.
    Source,
    /// The names of its places, with what they lie in.
    Place,
    /// The whole of it.
    Text,
}

impl Field {
    pub const ALL: [Field; 4] = [Field::Title, Field::Source, Field::Place, Field::Text];

    /// How queries call it.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Source => "source",
            Field::Place => "place",
            Field::Text => "text",
        }
    }

    /// How much words in it say of what an article is about.
    pub const fn weight(self) -> f32 {
        match self {
            Field::Title => 4.0,
            Field::Place => 2.0,
            Field::Source | Field::Text => 1.0,
        }
    }
}

/// Words in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// The one place to look, where one is named.
    pub field: Option<Field>,
    /// The words, folded; never none.
    pub words: Vec<String>,
    /// Whether the last word is only a beginning.
    pub prefix: bool,
    /// Whether it must not be there.
    pub not: bool,
}

impl Term {
    /// The fields to look in.
    pub fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        Field::ALL.into_iter().filter(|&field| self.field.is_none_or(|only| only == field))
    }
}

/// A query: of every clause, one term has to be met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub clauses: Vec<Vec<Term>>,
}

impl Query {
    /// ```text
    /// dam "cease fire" source:courier -title:talks bomb* OR blast
    /// ```
    pub fn new(query: &str) -> Query {
        let mut clauses: Vec<Vec<Term>> = Vec::new();
        let mut reader = Reader { text: query, at: 0 };
        let mut either = false;
        while let Some(part) = reader.part() {
            let term = match part {
                Part::Or => {
                    either = !clauses.is_empty();
                    continue;
                }
                Part::Term(term) => term,
            };
            match clauses.last_mut().filter(|_| std::mem::take(&mut either)) {
                Some(clause) => clause.push(term),
                None => clauses.push(vec![term]),
            }
        }
        Query { clauses }
    }

    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The terms that are wanted.
    pub fn wanted(&self) -> impl Iterator<Item = &Term> {
        self.clauses.iter().flatten().filter(|term| !term.not)
    }
}

enum Part {
    Or,
    Term(Term),
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

const OPENING: [char; 6] = ['"', '“', '”', '„', '«', '»'];

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip(&mut self, taken: &str) {
        self.at += taken.len();
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// The next term or `OR`; what has no words in it is passed over.
    fn part(&mut self) -> Option<Part> {
        loop {
            self.skip_space();
            if self.rest().is_empty() {
                return None;
            }
            let not = self.rest().strip_prefix('-').is_some_and(|rest| rest.starts_with(is_operand));
            if not {
                self.skip("-");
            }
            let field = self.field();
            let (words, run_on, starred) = self.operand();
            if !not && field.is_none() && matches!(words, "OR" | "|") {
                return Some(Part::Or);
            }
            if let Some(term) = term(field, words, run_on, starred, not) {
                return Some(Part::Term(term));
            }
        }
    }

    /// A name of a field and its colon, if they come next; words may follow after a space.
    fn field(&mut self) -> Option<Field> {
        let (name, _) = self.rest().split_once(':')?;
        let field = Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))?;
        self.skip(name);
        self.skip(":");
        self.skip_space();
        Some(field)
    }

    /// What stands up to the next space, or between quotation marks; whether the query ends with it, so that it may
    /// go on; whether it ends with a star.
    fn operand(&mut self) -> (&'a str, bool, bool) {
        let rest = self.rest();
        let Some(quote) = rest.chars().next().filter(|c| OPENING.contains(c)) else {
            let end = rest.find(|c: char| c.is_whitespace() || OPENING.contains(&c)).unwrap_or(rest.len());
            let words = &rest[..end];
            self.skip(words);
            return (words, self.rest().is_empty(), words.ends_with('*'));
        };
        let inside = &rest[quote.len_utf8()..];
        let end = inside.find(OPENING);
        let words = &inside[..end.unwrap_or(inside.len())];
        let closing = end.and_then(|end| inside[end..].chars().next());
        self.at += quote.len_utf8() + words.len() + closing.map_or(0, char::len_utf8);
        (words, closing.is_none(), words.trim_end().ends_with('*'))
    }
}

fn is_operand(c: char) -> bool {
    c.is_alphanumeric() || OPENING.contains(&c)
}

fn term(field: Option<Field>, text: &str, run_on: bool, starred: bool, not: bool) -> Option<Term> {
    let mut found = Words::of(text);
    let (mut words, mut end) = (Vec::new(), 0);
    while let Some(span) = found.advance() {
        words.push(found.word.clone());
        end = span.end;
    }
    // A character that is a word by itself begins no other.
    let whole = text.get(..end)?.chars().next_back().is_none_or(stands_alone);
    let prefix = !whole && (starred || (run_on && end == text.len()));
    (!words.is_empty()).then_some(Term { field, words, prefix, not })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Terms as `-field:two words*`, those of a clause joined by `|`.
    fn check(query: &str, expected: &[&str]) {
        let told = |term: &Term| {
            let field = term.field.map_or(String::new(), |field| format!("{}:", field.name()));
            let (not, star) = (if term.not { "-" } else { "" }, if term.prefix { "*" } else { "" });
            format!("{not}{field}{}{star}", term.words.join(" "))
        };
        let clauses = Query::new(query).clauses;
        let told: Vec<String> =
            clauses.iter().map(|clause| clause.iter().map(told).collect::<Vec<_>>().join("|")).collect();
        assert_eq!(told, expected, "{query:?}");
    }

    #[test]
    fn what_is_typed_becomes_terms() {
        check("", &[]);
        check("  ", &[]);
        check("Aleppo", &["aleppo*"]);
        check("Aleppo ", &["aleppo"]);
        check("Aleppo.", &["aleppo"]);
        check("talks aleppo", &["talks", "aleppo*"]);
        check("bomb* talks ", &["bomb*", "talks"]);
        check("\"The Dam\"", &["the dam"]);
        check("“The Dam” „so“ «la presa»", &["the dam", "so", "la presa"]);
        check("\"the da", &["the da*"]);
        check("\"the da*\" x ", &["the da*", "x"]);
        check("cease-fire in ", &["cease fire", "in"]);
        check("开罗", &["开 罗"]);
        check(
            "title:dam TEXT:\"river broke\" place: derna ",
            &["title:dam", "text:river broke", "place:derna"],
        );
        check("source:", &[]);
        check("-snow -\"the lake\" -title:talks ", &["-snow", "-the lake", "-title:talks"]);
        check("bomb OR blast talks ", &["bomb|blast", "talks"]);
        check("a | -b ", &["a|-b"]);
    }

    #[test]
    fn what_is_no_operator_is_words() {
        check("OR", &[]);
        check("OR dam OR ", &["dam"]);
        check("or ", &["or"]);
        check("- – -- \" \"\" * ", &[]);
        check("10:30 http://x.org ", &["10 30", "http x org"]);
        check("nowhere:dam ", &["nowhere dam"]);
        check("(dam) [x] ", &["dam", "x"]);
        check("title:title: ", &["title:title"]);
        check("a\"b c\"d ", &["a", "b c", "d"]);
    }
}
