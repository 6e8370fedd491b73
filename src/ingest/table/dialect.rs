//! How a table of text is written: what parts its columns, and whether quotation marks hold them together.
//! The first rows are read every way there is; the way in which they are most alike is the right one.

use csv::ByteRecord;

/// What parts the columns, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: u8,
    /// Whether a quotation mark at the beginning of a cell goes on to the next one.
    pub quoted: bool,
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
            return Dialect { delimiter, quoted: true, told: true };
        }
        let ways = [b',', b'\t', b';', b'|']
            .into_iter()
            .flat_map(|delimiter| [true, false].map(|quoted| (delimiter, quoted)));
        let scored =
            ways.map(|(delimiter, quoted)| (score(head, whole, delimiter, quoted), delimiter, quoted));
        // Of equals the first: commas before the others, with quotation marks before without.
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let (_, delimiter, quoted) = best.unwrap_or(((0, 0), b',', true));
        Dialect { delimiter, quoted, told: false }
    }

    pub(super) fn reader(self) -> csv::ReaderBuilder {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(self.delimiter).quoting(self.quoted).has_headers(false).flexible(true);
        builder
    }
}

/// How alike the rows are: the share of them that have as many columns as most do, where there are several, in
/// thousandths; then how many columns.
fn score(head: &str, whole: bool, delimiter: u8, quoted: bool) -> (usize, usize) {
    if quoted && !is_closed(head, whole, delimiter) {
        return (0, 0);
    }
    let mut reader = Dialect { delimiter, quoted, told: false }.reader().from_reader(head.as_bytes());
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
    let Some(&common) = widths.iter().max_by_key(|&&width| (count(width), width)) else { return (0, 0) };
    match common {
        0 | 1 => (0, 0),
        width => (count(width) * 1000 / widths.len().max(1), width.min(100)),
    }
}

/// Whether about as many quotation marks close a cell as open one: "He said, "no" is none that does.
fn is_closed(head: &str, whole: bool, delimiter: u8) -> bool {
    let bytes = head.as_bytes();
    let edge = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_none_or(|&byte| byte == delimiter || matches!(byte, b'\n' | b'\r'))
    };
    let (mut opening, mut closing) = (0usize, usize::from(!whole));
    for at in memchr::memchr_iter(b'"', bytes) {
        opening += usize::from(edge(at.checked_sub(1)));
        closing += usize::from(edge(Some(at + 1)));
    }
    closing * 10 >= opening * 9
}

#[cfg(test)]
mod tests {
    use super::*;

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
        check("sep=;\nid;text\n", ';', true);
        check("text\nIt fell.\n", ',', true);
    }
}
