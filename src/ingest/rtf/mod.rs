//! Rich text (`.rtf`): the text that a reader of the document sees, its notes after it.
//! A byte means what the code page of the font in use says; the same letter may stand twice, as Unicode and as a
//! byte for programs that know none.

mod token;

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::office::{Draft, Metadata, Role};
use crate::model::{Article, PartialDate};
use token::{Token, Tokens};

/// An article from a rich text document.
pub(super) fn article(id: &str, bytes: Vec<u8>) -> Result<Article, String> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    let body = bytes.get(start..).unwrap_or_default();
    if !body.starts_with(b"{\\rtf") {
        return Err("it is not a rich text document".to_owned());
    }
    let mut reader = Reader::new();
    reader.read(body);
    reader.article(id)
}

/// What becomes of the text in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Story,
    Note,
    /// The document's title, among what it says of itself.
    Title,
    /// The time when it was made.
    Created,
    /// A font of the table of fonts.
    Font,
    /// A style of the table of styles, whose name is the text.
    Style,
    /// What is not to be read: pictures, colours, headers, what was deleted.
    Nothing,
}

/// What holds within a group, and ends with it.
#[derive(Clone, Copy, Debug)]
struct Group {
    destination: Destination,
    /// Characters after one in Unicode that stand for the same.
    fallback: usize,
    font: i32,
    hidden: bool,
    deleted: bool,
    in_table: bool,
    role: Role,
}

/// Most groups within each other; what lies deeper is of the last.
const MOST_GROUPS: usize = 1000;

/// Reads a document.
struct Reader {
    draft: Draft,
    metadata: Metadata,
    created: PartialDate,
    groups: Vec<Group>,
    /// How many groups are open beyond those that count.
    deeper: usize,
    now: Group,
    /// `\*` was read: whatever follows may be passed over.
    optional: bool,
    /// How many characters are still to be passed over, which stand for one that was read already.
    passing: usize,
    encoding: &'static Encoding,
    default_font: i32,
    fonts: BTreeMap<i32, &'static Encoding>,
    styles: BTreeMap<i32, Role>,
    style: i32,
    /// Bytes that are not decoded yet, and units of UTF-16: a letter may take several.
    bytes: Vec<u8>,
    units: Vec<u16>,
    paragraph: String,
    note: String,
    notes: Vec<String>,
    title: String,
    name: String,
    row: bool,
    cell: bool,
}

impl Reader {
    fn new() -> Self {
        Reader {
            draft: Draft::default(),
            metadata: Metadata::default(),
            created: PartialDate::default(),
            groups: Vec::new(),
            deeper: 0,
            now: Group {
                destination: Destination::Story,
                fallback: 1,
                font: -1,
                hidden: false,
                deleted: false,
                in_table: false,
                role: Role::Body,
            },
            optional: false,
            passing: 0,
            encoding: WINDOWS_1252,
            default_font: -1,
            fonts: BTreeMap::new(),
            styles: BTreeMap::new(),
            style: 0,
            bytes: Vec::new(),
            units: Vec::new(),
            paragraph: String::new(),
            note: String::new(),
            notes: Vec::new(),
            title: String::new(),
            name: String::new(),
            row: false,
            cell: false,
        }
    }

    fn read(&mut self, bytes: &[u8]) {
        for token in Tokens::new(bytes) {
            match token {
                Token::Open => {
                    self.flush();
                    self.passing = 0;
                    match self.groups.len() < MOST_GROUPS {
                        true => self.groups.push(self.now),
                        false => self.deeper += 1,
                    }
                }
                Token::Close if self.deeper > 0 => {
                    self.flush();
                    self.deeper -= 1;
                }
                Token::Close => {
                    self.close();
                    // What follows the document is not the document's.
                    if self.groups.is_empty() {
                        return;
                    }
                }
                Token::Word(..) | Token::Symbol(_) | Token::Byte(_) if self.passing > 0 => self.passing -= 1,
                Token::Word(word, number) => self.word(word, number),
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.text(&[byte]),
                Token::Text(text) => {
                    let passed = self.passing.min(text.len());
                    self.passing -= passed;
                    self.text(text.get(passed..).unwrap_or_default());
                }
            }
        }
    }

    /// A group ends, and with it what it was for.
    fn close(&mut self) {
        self.flush();
        self.passing = 0;
        let Some(outer) = self.groups.pop() else { return };
        let ended = std::mem::replace(&mut self.now, outer);
        if ended.destination == outer.destination {
            if ended.destination == Destination::Style {
                self.name_style();
            }
            // A paragraph is what it was said to be inside a group, too.
            return;
        }
        match ended.destination {
            Destination::Note => {
                let note = std::mem::take(&mut self.note);
                self.notes.extend(note.split('\n').map(str::to_owned));
            }
            Destination::Title => self.metadata.title = Some(std::mem::take(&mut self.title)),
            Destination::Style => self.name_style(),
            _ => {}
        }
    }

    fn name_style(&mut self) {
        let name = std::mem::take(&mut self.name).trim_end_matches(';').trim().to_lowercase();
        let role = match name.as_str() {
            "title" => Role::Title,
            name if name.starts_with("heading ") => Role::Heading,
            name if name.starts_with("toc ") || name.starts_with("contents ") => Role::Contents,
            name if name.starts_with("list ") => Role::Item,
            _ => return,
        };
        self.styles.insert(self.style, role);
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let optional = std::mem::take(&mut self.optional);
        if let Some(destination) = destination(word, optional) {
            self.flush();
            if self.now.destination != Destination::Nothing {
                self.now.destination = destination;
            }
            return;
        }
        let number_or = |default: i32| number.unwrap_or(default);
        match word {
            "u" => {
                self.decode();
                if self.is_read() {
                    self.units.push(number_or(0) as u16);
                }
                self.passing = self.now.fallback;
                return;
            }
            "uc" => self.now.fallback = number_or(1).clamp(0, 100) as usize,
            _ => {}
        }
        self.flush();
        match word {
            "ansicpg" => self.encoding = code_page(number_or(1252)).unwrap_or(self.encoding),
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "deff" => self.default_font = number_or(0),
            "f" => self.now.font = number_or(0),
            "fcharset" => {
                if let Some(encoding) =
                    charset(number_or(0)).filter(|_| self.now.destination == Destination::Font)
                {
                    self.fonts.insert(self.now.font, encoding);
                }
            }
            "plain" => {
                self.now.font = self.default_font;
                (self.now.hidden, self.now.deleted) = (false, false);
            }
            "v" => self.now.hidden = number_or(1) != 0,
            "deleted" => self.now.deleted = number_or(1) != 0,
            "pard" => (self.now.in_table, self.now.role) = (false, Role::Body),
            "intbl" => self.now.in_table = true,
            "s" => {
                self.style = number_or(0);
                self.now.role = self.styles.get(&self.style).copied().unwrap_or(self.now.role);
            }
            "outlinelevel" if number_or(9) < 9 && self.now.role == Role::Body => {
                self.now.role = Role::Heading
            }
            "ls" | "pnlvlblt" | "pnlvlbody" if self.now.role == Role::Body => self.now.role = Role::Item,
            "yr" | "mo" | "dy" if self.now.destination == Destination::Created => {
                self.date(word, number_or(0))
            }
            _ => self.mark(word),
        }
    }

    /// Words that stand for text, or for its ends.
    fn mark(&mut self, word: &str) {
        match word {
            "par" | "sect" | "page" | "nestcell" => self.end_paragraph(),
            "line" | "softline" => self.push("\n"),
            "tab" => self.push("\t"),
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            _ => {
                if let Some((_, text)) = MARKS.iter().find(|(name, _)| *name == word) {
                    self.push(text);
                }
            }
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.optional = true,
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'\n' | b'\r' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.text(&[symbol]),
            _ => {}
        }
    }

    fn date(&mut self, part: &str, number: i32) {
        match part {
            "yr" => self.created.year = i16::try_from(number).ok().filter(|year| *year > 1900),
            "mo" => self.created.month = u8::try_from(number).ok().filter(|month| (1..=12).contains(month)),
            _ => self.created.day = u8::try_from(number).ok().filter(|day| (1..=31).contains(day)),
        }
    }

    fn is_read(&self) -> bool {
        self.now.destination != Destination::Nothing && !self.now.hidden && !self.now.deleted
    }

    fn text(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.end_units();
        self.optional = false;
        if self.is_read() && self.now.destination != Destination::Font {
            self.bytes.extend_from_slice(bytes);
        }
    }

    fn push(&mut self, text: &str) {
        self.flush();
        if self.is_read() {
            match self.now.destination {
                Destination::Story => self.paragraph.push_str(text),
                Destination::Note => self.note.push_str(text),
                Destination::Title => self.title.push_str(text),
                Destination::Style => self.name.push_str(text),
                _ => {}
            }
        }
    }

    fn flush(&mut self) {
        self.decode();
        self.end_units();
    }

    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let encoding = self.fonts.get(&self.now.font).or_else(|| self.fonts.get(&self.default_font));
            let text = encoding.copied().unwrap_or(self.encoding).decode_without_bom_handling(&bytes).0;
            self.push(&text);
        }
    }

    fn end_units(&mut self) {
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.push(&text);
        }
    }

    fn end_paragraph(&mut self) {
        match self.now.destination {
            Destination::Note => self.note.push('\n'),
            Destination::Story => {
                if self.now.in_table {
                    self.open_cell();
                } else {
                    self.end_row();
                }
                let words = std::mem::take(&mut self.paragraph);
                self.draft.paragraph(&words, self.now.role);
            }
            _ => {}
        }
    }

    fn open_cell(&mut self) {
        if !self.row {
            self.draft.open_row();
            self.row = true;
        }
        if !self.cell {
            self.draft.open_cell();
            self.cell = true;
        }
    }

    fn end_cell(&mut self) {
        if self.now.destination == Destination::Story {
            self.open_cell();
            let words = std::mem::take(&mut self.paragraph);
            self.draft.paragraph(&words, Role::Body);
            self.cell = false;
        }
    }

    fn end_row(&mut self) {
        if self.row {
            self.draft.close_row();
            (self.row, self.cell) = (false, false);
        }
        if !self.now.in_table {
            self.draft.table();
        }
    }

    fn article(mut self, id: &str) -> Result<Article, String> {
        self.flush();
        self.now.destination = Destination::Story;
        self.end_paragraph();
        self.end_row();
        self.notes.push(self.note);
        for note in self.notes {
            self.draft.paragraph(&note, Role::Body);
        }
        self.metadata.date = Some(self.created).filter(|date| date.year.is_some());
        self.draft.article(id, self.metadata)
    }
}

/// Words for characters.
const MARKS: [(&str, &str); 9] = [
    ("emdash", "—"),
    ("endash", "–"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("bullet", "•"),
    ("emspace", "\u{2003}"),
    ("enspace", "\u{2002}"),
];

/// What a group that begins with this word is for; `None` where the word begins none.
fn destination(word: &str, optional: bool) -> Option<Destination> {
    Some(match word {
        "footnote" => Destination::Note,
        "title" => Destination::Title,
        "creatim" => Destination::Created,
        "fonttbl" => Destination::Font,
        "stylesheet" => Destination::Style,
        "colortbl" | "pict" | "objdata" | "nonshppict" | "shprslt" | "fldinst" | "listtext" | "pntext"
        | "xe" | "tc" | "rxe" | "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl"
        | "footerr" | "footerf" | "ftnsep" | "ftnsepc" | "aftnsep" | "nonesttables" | "sp" | "bkmkstart"
        | "author" | "operator" | "company" | "subject" | "keywords" | "doccomm" | "comment" | "manager"
        | "category" | "revtim" | "printim" | "buptim" | "template" | "filetbl" | "private" => {
            Destination::Nothing
        }
        // Shapes may hold text, which stands deeper in them; the names of character styles count for nothing.
        "shpinst" => return None,
        "cs" | "ds" | "ts" | "tsrowd" if !optional => return None,
        _ if optional => Destination::Nothing,
        _ => return None,
    })
}

/// The encoding of a code page of Windows.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        874 => "windows-874".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        1250..=1258 => format!("windows-{number}"),
        10000 => "macintosh".to_owned(),
        10007 => "x-mac-cyrillic".to_owned(),
        65001 => "utf-8".to_owned(),
        866 => "ibm866".to_owned(),
        28591..=28606 => format!("iso-8859-{}", number - 28590),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set, as Windows numbers them.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(page)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(source: &str, expected: &str) {
        let text = article("a.rtf", source.as_bytes().to_vec()).map(|article| article.text);
        assert_eq!(text.as_deref(), Ok(expected), "{source}");
    }

    #[test]
    fn text_is_what_is_seen() {
        check(r"{\rtf1\ansi Oslo\par Rome}", "Oslo\n\nRome");
        check(r"{\rtf1\ansi{\b Os}lo \{x\}\~y\line z\tab t}", "Oslo {x}\u{a0}y\nz\tt");
        check(
            r"{\rtf1{\fonttbl{\f0 Times;}}{\colortbl;\red0;}{\*\generator X;}{\info{\author B}}Oslo}",
            "Oslo",
        );
        check(r"{\rtf1 Oslo{\pict\pngblip 8950\bin3 {}{4e47} fell{\v hidden}{\deleted gone}.}", "Oslo fell.");
        check(r#"{\rtf1{\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt Oslo}} is}"#, "Oslo is");
        check(r"{\rtf1 A{\footnote B of Rome} C\par D}", "A C\n\nD\n\nB of Rome");
        check(
            r"{\rtf1\trowd\intbl Town\cell Dead\cell\row\intbl Derna\cell 12\cell\row\pard After}",
            "Town\tDead\nDerna\t12\n\nAfter",
        );
        check(r"{\rtf1{\listtext\'b7\tab}One\par}trailing", "One");
    }

    #[test]
    fn bytes_mean_what_the_code_page_of_the_font_says() {
        check(r"{\rtf1\ansi\ansicpg1252 S\'e8te}", "Sète");
        check(r"{\rtf1\ansi\ansicpg1251 \'ca\'e0\'e7\'e0\'ed\'fc}", "Казань");
        check(
            r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f0 S\'e8te {\f1\'ca\'e0\'e7\'e0\'ed\'fc}\'e8}",
            "Sète Казаньè",
        );
        check(r"{\rtf1\ansi\ansicpg932 \'91\'e5\'8d\'e3}", "大阪");
        check(r"{\rtf1\ansi\uc1 Gen\u232?ve, \u-10179?\u-8704?.}", "Genève, 😀.");
        check(r"{\rtf1\ansi\uc2 Gen\u232\'a8\'a8ve \u8211{x}}", "Genève –x");
        check(r"{\rtf1\ansi{\uc0 Gen\u232 ve} Gen\u232 eve}", "Genève Genève");
    }

    #[test]
    fn the_title_is_the_documents_or_the_first_heading() {
        let source = r"{\rtf1{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}}
            {\info{\title Storm hits Leyte}{\creatim\yr2019\mo3\dy12\hr8}}\pard\s1 A storm\par\pard Words.}";
        let read = article("a.rtf", source.as_bytes().to_vec()).unwrap();
        assert_eq!(read.title.as_deref(), Some("Storm hits Leyte"));
        assert_eq!(read.date.map(|date| date.to_string()).as_deref(), Some("2019-03-12"));
        let read = article("a.rtf", source.replace("Storm hits Leyte", "x.doc").into_bytes()).unwrap();
        assert_eq!(read.title.as_deref(), Some("A storm"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn nothing_makes_it_fail(parts in proptest::collection::vec(
            prop_oneof![
                Just("{"), Just("}"), Just("\\"), Just("\\par "), Just("\\cell "), Just("\\row "), Just("\\u-1 "),
                Just("\\intbl "), Just("\\'"), Just("e9"), Just("\\*"), Just("\\footnote "), Just("\\bin9 "),
                Just("\\uc9 "), Just("{\\info{\\title "), Just("\\fonttbl"), Just("\\nestcell "), Just("x y"),
            ],
            0..60,
        )) {
            let _ = article("a.rtf", format!("{{\\rtf1{}", parts.concat()).into_bytes());
        }
    }
}
