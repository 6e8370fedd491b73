//! Workbooks of LibreOffice: the cells of each sheet as they stand in `content.xml`.
//! Rows and cells that are repeated a million times, as the empty rest of every sheet is, count once.

use std::io::{Read, Seek};

use super::row::{Cell, WIDEST};
use crate::ingest::archive::entry;
use crate::ingest::office::xml::{Element, Node, Xml};

/// How far `content.xml` may grow when it is unpacked.
const LIMITS: entry::Limits = entry::Limits { largest: 256 << 20, ratio: 100, free: 48 << 20 };

/// Most paragraphs of a cell.
const LONGEST_CELL: usize = 10_000;

/// The names of the sheets.
pub(super) fn sheets(input: &mut (impl Read + Seek)) -> Result<Vec<String>, String> {
    let content = content(input)?;
    let mut names = Vec::new();
    for node in Xml::new(&content) {
        if let Node::Open(element) = node
            && element.full_name() == "table:table"
        {
            names.push(element.attribute("name").unwrap_or_else(|| format!("Sheet{}", names.len() + 1)));
        }
    }
    Ok(names)
}

/// Hands over the cells of one sheet by row and column, both from 0.
pub(super) fn read(
    input: &mut (impl Read + Seek),
    number: usize,
    put: &mut dyn FnMut(u32, u32, Cell) -> Result<(), String>,
) -> Result<(), String> {
    let content = content(input)?;
    let mut xml = Xml::new(&content);
    let mut tables = 0;
    while let Some(node) = xml.next() {
        if let Node::Open(element) = node
            && element.full_name() == "table:table"
        {
            tables += 1;
            if tables == number + 1 {
                return sheet(&mut xml, put);
            }
        }
    }
    Ok(())
}

fn content(input: &mut (impl Read + Seek)) -> Result<String, String> {
    let mut archive = entry::directory(input)?;
    let number =
        archive.index_for_name("content.xml").ok_or("it is damaged: no workbook can be read in it")?;
    let bytes = entry::read(&mut archive, number, LIMITS)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn sheet(xml: &mut Xml<'_>, put: &mut dyn FnMut(u32, u32, Cell) -> Result<(), String>) -> Result<(), String> {
    let (mut row, mut next_row, mut column) = (0u32, 0u32, 0u32);
    while let Some(node) = xml.next() {
        match node {
            Node::Open(element) => match element.name() {
                "table-row" => {
                    row = next_row;
                    column = 0;
                    next_row = next_row.saturating_add(repeated(&element, "number-rows-repeated"));
                }
                "table-cell" | "covered-table-cell" => {
                    let times = repeated(&element, "number-columns-repeated");
                    let cell = cell(xml, &element);
                    if !cell.is_empty() {
                        for at in (column..column.saturating_add(times)).take(WIDEST) {
                            put(row, at, cell.clone())?;
                        }
                    }
                    column = column.saturating_add(times);
                }
                _ => {}
            },
            Node::Close(name) if name == "table" => return Ok(()),
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(())
}

fn repeated(element: &Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

/// What stands in a cell that has just opened, up to its end.
fn cell(xml: &mut Xml<'_>, element: &Element<'_>) -> Cell {
    let kind = element.attribute("value-type").unwrap_or_default();
    let value = match kind.as_str() {
        "date" => element.attribute("date-value").map(Cell::of),
        "float" | "percentage" | "currency" => {
            element.attribute("value").and_then(|value| value.parse().ok()).map(Cell::Number)
        }
        _ => None,
    };
    let shown = paragraphs(xml);
    value.unwrap_or_else(|| Cell::of(shown))
}

/// The paragraphs of a cell, without what somebody noted beside it.
fn paragraphs(xml: &mut Xml<'_>) -> String {
    let (mut text, mut depth, mut count) = (String::new(), 0usize, 0usize);
    while let Some(node) = xml.next() {
        match node {
            Node::Open(element) if element.name() == "annotation" => xml.pass_over(),
            Node::Open(element) => {
                depth += 1;
                match element.name() {
                    "p" => {
                        count += 1;
                        if !text.is_empty() && count < LONGEST_CELL {
                            text.push('\n');
                        }
                    }
                    "s" => {
                        let times = repeated(&element, "c").min(100) as usize;
                        text.extend(std::iter::repeat_n(' ', times));
                    }
                    "tab" => text.push('\t'),
                    "line-break" => text.push('\n'),
                    _ => {}
                }
            }
            Node::Close(_) if depth == 0 => break,
            Node::Close(_) => depth -= 1,
            Node::Text(piece) if depth > 0 => text.push_str(&piece),
            Node::Text(_) => {}
        }
    }
    text
}
