//! CSV (RFC 4180, UTF-8): a line per mention, the columns of [`Row`].
//! A cell of text that a spreadsheet would run as a formula gets an apostrophe in front; numbers
//! keep their minus.

use std::io::{self, Write};

use serde_json::Value;

use super::row::Row;

/// What spreadsheets take for the beginning of a formula, the forms of East Asian width included.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Tells spreadsheets that the file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes the names of the columns.
pub(crate) fn start(out: &mut impl Write, byte_order_mark: bool) -> io::Result<()> {
    if byte_order_mark {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    record(out, columns(&Row::default())?.into_iter().map(|(name, _)| name))
}

/// Writes a line.
pub(crate) fn row(out: &mut impl Write, row: &Row) -> io::Result<()> {
    record(out, columns(row)?.into_iter().map(|(_, value)| cell(value)))
}

/// The row's fields by name, in order: one definition for every format.
fn columns(row: &Row) -> io::Result<serde_json::Map<String, Value>> {
    match serde_json::to_value(row)? {
        Value::Object(columns) => Ok(columns),
        _ => Err(io::Error::other("a row is an object")),
    }
}

/// Through a buffer, because the writer's own errors hide that a pipe was closed.
fn record(out: &mut impl Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    line.write_record(cells)?;
    out.write_all(&line.into_inner().map_err(|error| error.into_error())?)
}

fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(FORMULA) => format!("'{text}"),
        Value::String(text) => text,
        number => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        let check = |value: Value, expected: &str| assert_eq!(cell(value), expected);
        check(json!("=1+1"), "'=1+1");
        check(json!("@SUM(A1)"), "'@SUM(A1)");
        check(json!("-"), "'-");
        check(json!("al-Bab"), "al-Bab");
        check(json!(-3.5), "-3.5");
        check(json!(null), "");
    }
}
