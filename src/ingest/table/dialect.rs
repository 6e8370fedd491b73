//! How a table of text is written: what parts its columns, and whether quotation marks hold them together.
//! The first rows are read every way there is; the way in which they are most alike is the right one.

use csv::ByteRecord;

/// What parts the columns, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: u8,
    /// Whether a quotation mark at the beginning of a cell goes on to the next one.
    pub quoted: bool,
    /// Whether a backslash takes a quotation mark for a letter, as databases write them: "He said \\"no\\"."
    pub escaped: bool,
    /// Whether the first line only says what the delimiter is: "sep=;", as Excel wants it.
    pub told: bool,
}

/// Rows that are looked at.
const LOOKED_AT: usize = 60;

impl Dialect {
    /// By the first part of a table, which may end within a row.
    pub(super) fn of(head: &str, whole: bool) -> Dialect {
        let first = head.lines().next().unwrap_or("").trim();
        if let Some(&[delimiter]) = first.strip_prefix("sep=").map(str::as_bytes) {
            return Dialect { delimiter, quoted: true, escaped: is_escaped(head), told: true };
        }
        // Of equals the first: commas before the others, with quotation marks before without.
        let mut ways = vec![(true, false), (false, false)];
        if is_escaped(head) {
            ways.insert(0, (true, true));
        }
        let ways = [b',', b'\t', b';', b'|'].into_iter().flat_map(|delimiter| {
            let way = move |&(quoted, escaped)| Dialect { delimiter, quoted, escaped, told: false };
            ways.iter().map(way).collect::<Vec<_>>()
        });
        let scored = ways.map(|way| (way.score(head, whole), way));
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map_or(PLAIN, |(_, way)| way)
    }

    pub(super) fn reader(self) -> csv::ReaderBuilder {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(self.delimiter).quoting(self.quoted).has_headers(false).flexible(true);
        builder.escape(self.escaped.then_some(b'\\'));
        builder
    }

    /// How alike the rows are when they are read so: the share of them that have as many columns as most do, where
    /// there are several, in thousandths; then whether quotation marks hold cells together, which in `1,"Rain, and snow"`
    /// they do though every row should have such a comma; then how many columns.
    fn score(self, head: &str, whole: bool) -> Score {
        let (opening, closing) = if self.quoted { self.marks(head, whole) } else { (0, 0) };
        // About as many quotation marks have to close a cell as open one: "He said, "no" is none that does.
        if closing * 10 < opening * 9 {
            return NOTHING;
        }
        let mut reader = self.reader().from_reader(head.as_bytes());
        let mut record = ByteRecord::new();
        let mut widths = Vec::new();
        while widths.len() < LOOKED_AT && matches!(reader.read_byte_record(&mut record), Ok(true)) {
            widths.push(record.len());
        }
        // The last row may be cut.
        if !whole && widths.len() > 1 && widths.len() < LOOKED_AT {
            widths.pop();
        }
        let count = |width: usize| widths.iter().filter(|&&other| other == width).count();
        let Some(&common) = widths.iter().max_by_key(|&&width| (count(width), width)) else { return NOTHING };
        match common {
            0 | 1 => NOTHING,
            width => (count(width) * 1000 / widths.len().max(1), opening > 0, width.min(100)),
        }
    }

    /// How many quotation marks open a cell, and how many close one.
    fn marks(self, head: &str, whole: bool) -> (usize, usize) {
        let bytes = head.as_bytes();
        let edge = |at: Option<usize>| {
            let byte = at.and_then(|at| bytes.get(at));
            byte.is_none_or(|&byte| byte == self.delimiter || matches!(byte, b'\n' | b'\r'))
        };
        let (mut opening, mut closing) = (0usize, usize::from(!whole));
        for at in memchr::memchr_iter(b'"', bytes).filter(|&at| !(self.escaped && is_behind(bytes, at))) {
            opening += usize::from(edge(at.checked_sub(1)));
            closing += usize::from(edge(Some(at + 1)));
        }
        (opening, closing)
    }
}

/// How well a way of reading fits: the higher the better, the first number before the others.
type Score = (usize, bool, usize);

const NOTHING: Score = (0, false, 0);

/// Whether backslashes before quotation marks take them for letters. Where they stand in cells of JSON, or end the path
/// of a folder, the marks after them are doubled, or end the cell.
fn is_escaped(head: &str) -> bool {
    let bytes = head.as_bytes();
    let (mut letters, mut others) = (0usize, 0usize);
    for at in memchr::memchr_iter(b'"', bytes).filter(|&at| is_behind(bytes, at)) {
        match bytes.get(at + 1) {
            Some(b'"') => others += 1,
            Some(b',' | b';' | b'\t' | b'|' | b'\r' | b'\n') | None => {}
            Some(_) => letters += 1,
        }
    }
    letters > others
}

/// Whether a backslash stands before it that no other one takes for a letter.
fn is_behind(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    before.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// As most tables are written.
const PLAIN: Dialect = Dialect { delimiter: b',', quoted: true, escaped: false, told: false };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backslashes_before_quotation_marks_are_told_from_those_in_words() {
        let check = |head: &str, expected: &[&str]| {
            let mut reader = Dialect::of(head, true).reader().from_reader(head.as_bytes());
            let texts: Vec<String> = reader
                .records()
                .skip(1)
                .map(|row| row.unwrap().get(1).unwrap_or_default().to_owned())
                .collect();
            assert_eq!(texts, expected, "{head}");
        };
        check(
            "id,text\n1,\"He said \\\"no\\\", and left.\"\n2,\"It \\\"fell\\\" in Oslo.\"\n",
            &["He said \"no\", and left.", "It \"fell\" in Oslo."],
        );
        check("id,text\n1,\"It \\\"fell\\\" in Oslo.\"\n", &["It \"fell\" in Oslo."]);
        check("id,text\n1,\"It \"\"fell\"\" in Oslo.\"\n", &["It \"fell\" in Oslo."]);
        check(
            "path,text\n\"C:\\a\\\",\"It fell.\"\n\"C:\\b\\\",\"It \"\"rose\"\".\"\n",
            &["It fell.", "It \"rose\"."],
        );
        check("id,text\n1,\"{\"\"a\"\": \"\"b \\\"\"c\\\"\" d\"\"}\"\n", &["{\"a\": \"b \\\"c\\\" d\"}"]);
    }

    #[test]
    fn the_way_a_table_is_written_is_found() {
        let check = |head: &str, delimiter: char, quoted: bool| {
            let dialect = Dialect::of(head, true);
            assert_eq!((char::from(dialect.delimiter), dialect.quoted), (delimiter, quoted), "{head}");
        };
        check("id,title,text\n1,Rain,\"It fell, and fell.\"\n2,Snow,\"It fell; too.\"\n", ',', true);
        check("id;text\n1;It fell, and fell, and fell.\n2;It fell, too.\n", ';', true);
        check("id\ttext\n1\tIt fell, and fell.\n2\tIt fell.\n", '\t', true);
        check("id|text\n1|It fell.\n", '|', true);
        check("id,text\n1,\"It fell.\n\nAnd fell.\n\"\n2,\"Snow,\nsleet\"\n", ',', true);
        // A tab-separated table knows no quotation marks, and one is never closed.
        check("id\ttext\n1\t\"It fell, he said.\n2\tIt fell.\n3\tIt fell.\n4\tIt \"fell\".\n", '\t', false);
        // As many commas in every text make no columns of it.
        check("1,\"It fell, and fell.\",Oslo\n2,\"It rose, and rose.\",Rome\n", ',', true);
        check("1;\"It fell; and fell.\"\n", ';', true);
        check("sep=;\nid;text\n", ';', true);
        check("text\nIt fell.\n", ',', true);
    }
}
