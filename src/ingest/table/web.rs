//! Tables in web pages, which many sites and archives of news call workbooks so that they open in one.
//! The table with the most rows is read; pages lay out what is around it with tables, too.

use std::collections::HashMap;
use std::io::Read;

use dom_query::{NodeId, NodeRef};

use super::articles::Table;
use super::row::{Cell, Row, Rows, WIDEST};
use crate::ingest::source::{Input, Source, Steps, later, one};
use crate::ingest::walk::because;
use crate::ingest::{encoding, html};
use crate::model::Problem;

/// Largest page, in bytes.
const LARGEST: usize = 16 << 20;

/// Most cells of a table, with those that others are spread over: a few bytes of a page spread one over a whole row.
const MOST_CELLS: usize = 4_000_000;

/// Everything in the page.
pub(super) fn steps(mut source: Source) -> Steps {
    let bytes = match source.whole() {
        Ok(bytes) => bytes,
        Err(problem) => return one(Err(problem)),
    };
    match rows(&bytes) {
        Err(reason) => one(Err(source.problem(reason))),
        Ok(rows) if rows.len() > 1 => {
            let rows = Box::new(rows.into_iter());
            let table = Table { name: source.name, id: format!("{}#", source.id), names: None, rows };
            table.steps(&source.options)
        }
        Ok(_) => {
            let (id, name) = (source.id, source.name);
            later(name.clone(), move || {
                let article = html::article(&id, bytes).map(crate::ingest::source::as_step);
                vec![article.map_err(|reason| Problem { place: name, reason })]
            })
        }
    }
}

/// The rows of the largest table, for a look at them.
pub(super) fn first(input: Box<dyn Input>) -> Result<Rows, String> {
    let mut bytes = Vec::new();
    input.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| because(&error))?;
    match rows(&bytes)? {
        rows if rows.len() > 1 => Ok(Box::new(rows.into_iter())),
        _ => Err("it is no table".to_owned()),
    }
}

/// The rows of the largest table; a reason is the last of them where it has too many cells.
fn rows(bytes: &[u8]) -> Result<Vec<Result<Row, String>>, String> {
    if bytes.len() > LARGEST {
        return Err(format!("larger than {} MiB: too large for a table in a web page", LARGEST >> 20));
    }
    let text = encoding::decode_declared(bytes.to_vec(), encoding::declared(bytes))?;
    let document = html::tree::parse(&text);
    // The rows of a table within a cell are its own.
    let mut numbers: HashMap<NodeId, usize> = HashMap::new();
    let mut tables: Vec<Vec<NodeRef<'_>>> = Vec::new();
    for row in document.select("tr").nodes() {
        if let Some(table) = row.ancestors_it(None).find(|around| is(around, "table")) {
            let number = *numbers.entry(table.id).or_insert(tables.len());
            match tables.get_mut(number) {
                Some(rows) => rows.push(*row),
                None => tables.push(vec![*row]),
            }
        }
    }
    let rows = tables.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let (mut read, mut count) = (Vec::new(), 0);
    for (row, number) in rows.iter().zip(1..) {
        let cells = cells(row);
        count += cells.len();
        if count > MOST_CELLS {
            read.push(Err(format!("it has more than {MOST_CELLS} cells; the rest is not read")));
            break;
        }
        read.push(Ok(Row { number, cells }));
    }
    Ok(read)
}

fn is(node: &NodeRef<'_>, name: &str) -> bool {
    node.node_name().is_some_and(|own| own.eq_ignore_ascii_case(name))
}

/// A row's cells, up to the last that holds something.
fn cells(row: &NodeRef<'_>) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut column = 0;
    for cell in row.children_it(false).filter(|child| is(child, "td") || is(child, "th")) {
        if column >= WIDEST {
            break;
        }
        let content = Cell::of(html::fragment(&cell.inner_html()));
        if !content.is_empty() {
            cells.resize(column, Cell::Empty);
            cells.push(content);
        }
        let wide = cell.attr("colspan").and_then(|wide| wide.trim().parse::<usize>().ok()).unwrap_or(1);
        column += wide.clamp(1, WIDEST);
    }
    cells.shrink_to_fit();
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_is_spread_over_others_takes_no_room() {
        let check = |row: &str, expected: usize| {
            let page = format!("<table><tr>{row}</tr></table>");
            let rows = rows(page.as_bytes()).unwrap();
            assert_eq!(rows[0].as_ref().unwrap().cells.len(), expected, "{row}");
        };
        check("<td>a</td><td>b</td>", 2);
        check("<td colspan=2>a</td><td>b</td>", 3);
        check("<td>a</td><td colspan=900></td>", 1);
        check("<td colspan=999></td><td>b</td>", 1000);
        check("<td colspan=999></td><td colspan=999></td><td>b</td>", 0);
        check("<td colspan=4000000000></td><td>b</td>", 0);
    }

    #[test]
    fn a_table_of_too_many_cells_ends_with_a_reason() {
        let row = "<tr><td colspan=999><td colspan=999>x";
        let rows = rows(format!("<table>{}</table>", row.repeat(5000)).as_bytes()).unwrap();
        assert_eq!(rows.len(), MOST_CELLS / WIDEST + 1);
        assert!(rows.last().unwrap().as_ref().unwrap_err().starts_with("it has more than 4000000 cells"));
    }
}
