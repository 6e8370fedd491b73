//! A document's text as it is put together: paragraphs, lists, tables, notes.
//! Paragraphs are separated by a blank line, items of a list and rows of a table by the end of a line.

use crate::ingest::dates::{self, Order};
use crate::ingest::{page, text};
use crate::model::{Article, DateEvidence, PartialDate, Span, one_line};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) enum Role {
    /// The document's title, by its style.
    Title,
    Heading,
    Item,
    /// An entry of a table of contents.
    Contents,
    #[default]
    Body,
}

/// What a document says of itself.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest) struct Metadata {
    pub title: Option<String>,
    pub date: Option<PartialDate>,
    pub language: Option<String>,
    pub source: Option<String>,
}

/// Tables within tables that are told apart; deeper ones are read as paragraphs.
const DEEPEST: usize = 6;

/// Longest cell of a table, in bytes, that shares its line with others: longer ones are columns of a layout.
const CELL: usize = 200;

/// The text so far.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Draft {
    text: String,
    title: Option<Span>,
    heading: Option<Span>,
    /// Where running text begins: no heading after it is the title.
    prose: bool,
    contents: Vec<Span>,
    last: Option<Role>,
    /// The rows that are open, the innermost last: each cell's paragraphs.
    rows: Vec<Vec<Vec<String>>>,
    /// Rows that are open and too deep to be kept apart.
    too_deep: usize,
    /// Whether the line before is a row of the same table.
    in_table: bool,
}

/// Whether it marks an item of a list; some fonts have their marks where Unicode has nothing.
fn is_bullet(mark: &str) -> bool {
    let mut chars = mark.chars();
    let bullet =
        |c: char| matches!(c, '•' | '·' | '◦' | '▪' | '‣' | '*' | '-' | '–' | '\u{f000}'..='\u{f0ff}');
    chars.next().is_some_and(bullet) && chars.next().is_none()
}

/// Shortest paragraph, in bytes, that is running text.
const PROSE: usize = 200;

impl Draft {
    /// A paragraph; nothing where it is blank.
    pub fn paragraph(&mut self, words: &str, role: Role) {
        let words = words.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        // A list may be made by hand, or by a program: the mark, a tab, the item.
        let (words, role) = match words.split_once('\t') {
            Some((mark, item)) if role == Role::Body && is_bullet(mark) => (item.trim_start(), Role::Item),
            _ => (words, role),
        };
        if words.is_empty() {
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.push(words.to_owned());
            return;
        }
        let close = role == Role::Item && self.last == Some(Role::Item);
        let span = self.append(words, if close { "\n" } else { "\n\n" });
        match role {
            Role::Title => _ = self.title.get_or_insert(span),
            Role::Heading if !self.prose => _ = self.heading.get_or_insert(span),
            Role::Contents => self.contents.push(span),
            _ => self.prose = self.prose || words.len() >= PROSE,
        }
        self.last = Some(role);
        self.in_table = false;
    }

    fn append(&mut self, words: &str, gap: &str) -> Span {
        if !self.text.is_empty() {
            self.text.push_str(gap);
        }
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    /// A table begins, or ends: rows of two do not follow one another.
    pub fn table(&mut self) {
        if self.rows.is_empty() {
            self.in_table = false;
        }
    }

    pub fn open_row(&mut self) {
        match self.rows.len() < DEEPEST {
            true => self.rows.push(Vec::new()),
            false => self.too_deep += 1,
        }
    }

    pub fn open_cell(&mut self) {
        if self.too_deep == 0
            && let Some(row) = self.rows.last_mut()
        {
            row.push(Vec::new());
        }
    }

    pub fn close_row(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(row) = self.rows.pop() else { return };
        // A table within a cell is more paragraphs of it.
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.extend(row.into_iter().flatten());
            return;
        }
        let short = |cell: &Vec<String>| {
            cell.len() <= 1 && cell.iter().all(|words| words.len() <= CELL && !words.contains('\n'))
        };
        if row.len() > 1 && row.iter().all(short) {
            let cells: Vec<String> = row.iter().map(|cell| cell.concat()).collect();
            let line = cells.join("\t");
            if !line.trim().is_empty() {
                self.append(line.trim_end(), if self.in_table { "\n" } else { "\n\n" });
                self.last = None;
                self.in_table = true;
            }
        } else {
            row.into_iter().flatten().for_each(|words| self.paragraph(&words, Role::Body));
        }
    }

    /// The article: what the document says of itself, what its text shows, and what the text tells besides.
    pub fn article(mut self, id: &str, metadata: Metadata) -> Result<Article, String> {
        while !self.rows.is_empty() {
            self.close_row();
        }
        if self.text.is_empty() {
            return Err("empty: there is no text in it".to_owned());
        }
        let shown = self.title.or(self.heading).filter(|span| span.len() <= LONGEST_TITLE);
        let mut article = Article::from_text(id, self.text);
        article.title = metadata.title.as_deref().and_then(meaningful);
        if article.title.is_none() {
            article.title = shown.map(|span| one_line(span.of(&article.text)));
        }
        article.title_span = shown.filter(|span| {
            article.title.as_ref().is_some_and(|title| *title == one_line(span.of(&article.text)))
        });
        if let Some(title) = article.title.as_deref().filter(|_| article.title_span.is_none()) {
            article.title_span = article.text.starts_with(title).then(|| Span::new(0, title.len()));
        }
        finish(&mut article, metadata);
        article.boilerplate.extend(self.contents);
        article.boilerplate = text::united(std::mem::take(&mut article.boilerplate));
        Ok(article)
    }
}

/// Longest headline, in bytes.
const LONGEST_TITLE: usize = 300;

/// Finds what the text tells, and takes what the document says of itself where the text tells nothing better: a file
/// may be made years after the article in it was printed, by a program that is set to another language.
pub(in crate::ingest) fn finish(article: &mut Article, metadata: Metadata) {
    let findings = page::analyse(&article.text, page::Trust::Verbatim);
    article.source = metadata.source;
    let printed = |evidence| matches!(evidence, DateEvidence::Printed(_) | DateEvidence::Dateline(_));
    let stated = findings.date.is_some_and(|date| date.year.is_some());
    if !(stated && findings.date_evidence.is_some_and(printed)) {
        article.date = metadata.date;
        article.date_evidence = article.date.map(|_| DateEvidence::Metadata);
    }
    text::fill(article, findings);
    if article.language.is_none() {
        article.language = metadata.language.filter(|code| is_language(code));
    }
}

/// "en", "pt-BR": letters and digits in parts, of which the first is the language.
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphabetic()) && part != "und"
    }) && parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// Names that programs give to documents that nobody named.
const UNNAMED: [&str; 17] = [
    "untitled", "untitled document", "document", "documento", "dokument", "sans titre", "sin titulo",
    "sin título", "ohne titel", "unbenannt", "title", "titel", "microsoft word", "normal", "template",
    "powerpoint presentation", "no title",
];

/// What programs put before the name of a file.
const MAKERS: [&str; 4] = ["microsoft word - ", "microsoft powerpoint - ", "openoffice - ", "print - "];

/// A title that says what a document is about, and not what its file was called: "Microsoft Word - flood2.doc".
pub(in crate::ingest) fn meaningful(title: &str) -> Option<String> {
    let title = one_line(&title.replace(|c: char| c.is_control(), " "));
    let lower = title.to_lowercase();
    let bare = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let file = lower.rsplit_once('.').is_some_and(|(_, extension)| {
        let known = [
            "doc", "docx", "odt", "rtf", "pdf", "txt", "indd", "qxd", "qxp", "pub", "html", "htm", "tex",
            "dvi", "ps", "tif", "tiff", "jpg", "wpd", "pages",
        ];
        known.contains(&extension)
    });
    let made = MAKERS.iter().any(|maker| lower.starts_with(maker));
    let told = title.chars().filter(|c| c.is_alphabetic()).count() >= 3 && title.len() <= LONGEST_TITLE;
    (told && !file && !made && !UNNAMED.contains(&bare) && !lower.contains("://")).then_some(title)
}

/// The day of a time as documents write it: "2019-03-12T08:15:00Z".
pub(in crate::ingest) fn day(time: &str) -> Option<PartialDate> {
    dates::read(time, Order::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_it_is_about() {
        let check = |title: &str, expected: Option<&str>| assert_eq!(meaningful(title).as_deref(), expected);
        check(" Ferry sinks\noff Zanzibar ", Some("Ferry sinks off Zanzibar"));
        check("Microsoft Word - ferry.doc", None);
        check("ferry_final.docx", None);
        check("Untitled Document", None);
        check("Document1", None);
        check("Titel", None);
        check("12", None);
        check("Norway v. Iceland", Some("Norway v. Iceland"));
    }

    #[test]
    fn tables_are_lines_where_they_tell_and_paragraphs_where_they_lay_out() {
        let table = |cells: &[&[&str]]| {
            let mut draft = Draft::default();
            draft.paragraph("Before", Role::Body);
            draft.table();
            for row in cells {
                draft.open_row();
                for cell in *row {
                    draft.open_cell();
                    draft.paragraph(cell, Role::Body);
                }
                draft.close_row();
            }
            draft.table();
            draft.paragraph("After", Role::Body);
            draft.text
        };
        assert_eq!(table(&[&["Town", "Dead"], &["Derna", "12"]]), "Before\n\nTown\tDead\nDerna\t12\n\nAfter");
        let long = "a ".repeat(150);
        assert_eq!(table(&[&["Left", &long]]), format!("Before\n\nLeft\n\n{}\n\nAfter", long.trim()));
        assert_eq!(table(&[&["", ""], &["One"]]), "Before\n\nOne\n\nAfter");
    }

    #[test]
    fn lists_keep_together_and_a_heading_is_the_title() {
        let mut draft = Draft::default();
        draft.paragraph("Storm hits Leyte", Role::Heading);
        draft.paragraph("One", Role::Item);
        draft.paragraph("Two", Role::Item);
        draft.paragraph("Three", Role::Body);
        let article = draft.article("a", Metadata::default()).unwrap();
        assert_eq!(article.text, "Storm hits Leyte\n\nOne\nTwo\n\nThree");
        assert_eq!(article.title.as_deref(), Some("Storm hits Leyte"));
        assert_eq!(article.title_span, Some(Span::new(0, 16)));
    }
}
