//! CSV (RFC 4180, UTF-8): a line per row.
//! A cell of text that a spreadsheet would run as a formula gets an apostrophe in front; numbers
//! keep their minus.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Rows;
use super::form::Form;
use super::table::{Line, Value};

/// What spreadsheets take for the beginning of a formula, the forms of East Asian width included.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Tells spreadsheets that the file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table while it is written.
#[derive(Debug)]
pub(crate) struct Table<W>(W);

impl<W: Write> Table<W> {
    /// Writes the names of the columns.
    pub(crate) fn start(mut out: W, rows: Rows, byte_order_mark: bool) -> io::Result<Self> {
        if byte_order_mark {
            out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        }
        record(&mut out, rows.columns().iter().map(|column| Cow::Borrowed(column.name)))?;
        Ok(Self(out))
    }
}

impl<W: Write> Form<W> for Table<W> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        record(&mut self.0, line.values.iter().map(|&value| cell(value)))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        Ok(self.0)
    }
}

/// Through a buffer, because the writer's own errors hide that a pipe was closed.
fn record<'a>(out: &mut impl Write, cells: impl Iterator<Item = Cow<'a, str>>) -> io::Result<()> {
    let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    line.write_record(cells.map(Bytes))?;
    out.write_all(&line.into_inner().map_err(|error| error.into_error())?)
}

/// A cell as the writer takes it.
struct Bytes<'a>(Cow<'a, str>);

impl AsRef<[u8]> for Bytes<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn cell(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        // One that has an apostrophe of its own gets another, so that whoever takes one off has what was there.
        Value::Text(text) if text.trim_start_matches('\'').starts_with(FORMULA) => {
            Cow::Owned(format!("'{text}"))
        }
        Value::Text(text) => Cow::Borrowed(text),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        // As in JSON: 0.0 and never 0.
        Value::Real(number) => Cow::Owned(format!("{number:?}")),
        Value::Boolean(yes) => Cow::Borrowed(if yes { "true" } else { "false" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        let check = |value: Value<'_>, expected: &str| assert_eq!(cell(value), expected);
        check(Value::Text("=1+1"), "'=1+1");
        check(Value::Text("@SUM(A1)"), "'@SUM(A1)");
        check(Value::Text("-"), "'-");
        check(Value::Text("'=1"), "''=1");
        check(Value::Text("'Ajman"), "'Ajman");
        check(Value::Text("al-Bab"), "al-Bab");
        check(Value::Real(-3.5), "-3.5");
        check(Value::Real(0.0), "0.0");
        check(Value::Null, "");
    }
}
