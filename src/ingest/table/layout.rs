//! Which column of a table is what: as told, else by their names, else by what stands in them.
//! Whether the first row is names or an article, it is asked first.

use std::collections::BTreeMap;

use super::columns::{self, folded};
use super::row::{Cell, Row, WIDEST};
use crate::ingest::dates::Order;
use crate::ingest::{Column, Options};

/// What a table is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// The names of its columns; "column 3" where they have none.
    pub names: Vec<String>,
    /// Whether the first row is names.
    pub header: bool,
    pub columns: BTreeMap<Column, usize>,
    pub order: Order,
}

/// Longest share of a column's name that a problem shows, and of how many of them.
const SHOWN: (usize, usize) = (40, 30);

/// How problems begin that another choice of columns solves.
pub(super) const NO_WORDS: &str = "none of its columns holds text";
pub(super) const NO_COLUMN: &str = "it has no column";

impl Layout {
    /// By the first rows of a table; `names` where they do not stand among the rows.
    pub(super) fn guess(
        rows: &[Row],
        names: Option<Vec<String>>,
        options: &Options,
    ) -> Result<Layout, String> {
        let width = rows
            .iter()
            .map(|row| row.cells.len())
            .chain(names.as_ref().map(Vec::len))
            .max()
            .unwrap_or(0)
            .min(WIDEST);
        let told = &options.columns;
        let header = names.is_none()
            && rows.first().is_some_and(|first| {
                is_named(first, told) || is_header(first, rows.get(1..).unwrap_or_default())
            });
        let mut own = match (&names, rows.first().filter(|_| header)) {
            (Some(names), _) => names.clone(),
            (None, Some(first)) => {
                first.cells.iter().take(WIDEST).map(|cell| cell.words().trim().to_owned()).collect()
            }
            (None, None) => Vec::new(),
        };
        own.resize(width, String::new());
        let shown = own
            .iter()
            .enumerate()
            .map(|(at, name)| if name.is_empty() { format!("column {}", at + 1) } else { name.clone() });
        let body = rows.get(usize::from(header)..).unwrap_or_default();
        let mut layout = Layout { names: shown.collect(), header, ..Layout::default() };
        match options.tables.get(&layout.names) {
            Some(chosen) => layout.columns.extend(chosen.iter().filter(|&(_, &at)| at < width)),
            None => {
                layout.take_told(&own, told)?;
                let columns: Vec<Content> =
                    (0..width).map(|at| Content::of(body.iter().map(|row| row.cell(at)))).collect();
                layout.take_named(&own, &columns);
                layout.take_content(&columns, names.is_some() || header);
            }
        }
        if let Some(&at) = layout.columns.get(&Column::Date) {
            let words: Vec<_> = body.iter().map(|row| row.cell(at).words()).collect();
            layout.order = Order::of(words.iter().map(AsRef::as_ref));
        }
        Ok(layout)
    }

    /// Whether it has words to read: a text, or at least headlines.
    pub(super) fn has_words(&self) -> bool {
        self.columns.contains_key(&Column::Text) || self.columns.contains_key(&Column::Title)
    }

    /// Why nothing can be read of it.
    pub(super) fn no_words(&self) -> String {
        format!("{NO_WORDS}: {}; --column text=NAME tells which does", self.listed())
    }

    /// The names of the columns, as many as a person would read.
    fn listed(&self) -> String {
        let cut = |name: &String| match name.char_indices().nth(SHOWN.0) {
            Some((at, _)) => format!("“{}…”", name.get(..at).unwrap_or_default()),
            None => format!("“{name}”"),
        };
        let mut listed = self.names.iter().take(SHOWN.1).map(cut).collect::<Vec<_>>().join(", ");
        if self.names.len() > SHOWN.1 {
            listed.push_str(", …");
        }
        if listed.is_empty() { "it has none".to_owned() } else { listed }
    }

    fn is_taken(&self, at: usize) -> bool {
        self.columns.values().any(|&taken| taken == at)
    }

    /// Columns that were told, by name or by number from 1.
    fn take_told(&mut self, own: &[String], told: &BTreeMap<Column, String>) -> Result<(), String> {
        for (&column, name) in told {
            let wanted = folded(name);
            let exact = own.iter().position(|own| own == name);
            let named =
                exact.or_else(|| own.iter().position(|own| !wanted.is_empty() && folded(own) == wanted));
            let numbered = || name.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let at = named.or_else(numbered).filter(|&at| at < own.len());
            let Some(at) = at else {
                return Err(format!("{NO_COLUMN} “{name}”; its columns are {}", self.listed()));
            };
            self.columns.insert(column, at);
        }
        Ok(())
    }

    fn take_named(&mut self, own: &[String], contents: &[Content]) {
        let known: Vec<_> = own
            .iter()
            .enumerate()
            .filter_map(|(at, name)| columns::told(name).map(|(column, rank)| (at, column, rank)))
            .collect();
        for column in [
            Column::Text,
            Column::Title,
            Column::Date,
            Column::Url,
            Column::Source,
            Column::Language,
            Column::Id,
        ] {
            if self.columns.contains_key(&column) {
                continue;
            }
            let open = known.iter().filter(|(at, of, _)| *of == column && !self.is_taken(*at));
            let filled = |at: usize| contents.get(at).is_some_and(|content| content.filled > 0);
            let best = open.min_by_key(|(at, _, rank)| {
                let instead = column == Column::Text && columns::is_instead(*rank);
                // Of several texts the longest is the article, and the others its beginning.
                let length = contents.get(*at).map_or(0, |content| content.length);
                let by_length = if column == Column::Text { usize::MAX - length } else { 0 };
                (!filled(*at), instead, by_length, *rank, *at)
            });
            if let Some(&(at, _, _)) = best {
                self.columns.insert(column, at);
            }
        }
    }

    /// What names do not tell.
    fn take_content(&mut self, contents: &[Content], named: bool) {
        let open = |layout: &Layout, column: Column, fits: &dyn Fn(&Content) -> bool| {
            let found =
                contents.iter().enumerate().filter(|(at, content)| !layout.is_taken(*at) && fits(content));
            let best = found.max_by_key(|(at, content)| {
                (if column == Column::Text { content.length } else { 0 }, usize::MAX - at)
            });
            best.map(|(at, _)| at).filter(|_| !layout.columns.contains_key(&column))
        };
        if let Some(at) = open(self, Column::Text, &|content| content.is_text()) {
            self.columns.insert(Column::Text, at);
        }
        if let Some(at) = open(self, Column::Url, &|content| content.all(content.urls)) {
            self.columns.insert(Column::Url, at);
        }
        if let Some(at) = open(self, Column::Date, &|content| content.all(content.dates)) {
            self.columns.insert(Column::Date, at);
        }
        if !named && let Some(at) = open(self, Column::Title, &|content| content.is_title()) {
            self.columns.insert(Column::Title, at);
        }
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, Default)]
struct Content {
    /// Cells that are not empty.
    filled: usize,
    /// Characters in one of them, on average.
    length: usize,
    /// Words in one of them, on average.
    words: usize,
    dates: usize,
    urls: usize,
}

impl Content {
    fn of<'a>(cells: impl Iterator<Item = &'a Cell>) -> Content {
        let mut content = Content::default();
        for cell in cells.filter(|cell| !cell.is_empty()) {
            let words = cell.words();
            let trimmed = words.trim();
            content.filled += 1;
            content.length += trimmed.len();
            content.words += trimmed.split_whitespace().take(1000).count();
            content.urls += usize::from(is_url(trimmed));
            content.dates += usize::from(is_date(cell));
        }
        content.length /= content.filled.max(1);
        content.words /= content.filled.max(1);
        content
    }

    /// Whether nearly all of them are so.
    fn all(&self, so: usize) -> bool {
        self.filled > 0 && so * 10 >= self.filled * 9
    }

    /// Running text: "The river rose in the night and took the bridge." Of scripts without blanks the length tells.
    fn is_text(&self) -> bool {
        self.urls == 0 && self.length >= 40 && (self.words >= 6 || self.length >= 90)
    }

    fn is_title(&self) -> bool {
        self.urls == 0 && self.dates == 0 && (12..=200).contains(&self.length) && self.words >= 3
    }
}

fn is_url(words: &str) -> bool {
    (words.starts_with("http://") || words.starts_with("https://")) && !words.contains(char::is_whitespace)
}

fn is_date(cell: &Cell) -> bool {
    match cell {
        Cell::Date(_) => true,
        Cell::Text(words) => {
            words.len() <= 40 && cell.date(Order::DayFirst).is_some_and(|date| date.is_whole())
        }
        Cell::Empty | Cell::Number(_) => false,
    }
}

/// Whether a row has one of the names that somebody told of columns.
fn is_named(first: &Row, told: &BTreeMap<Column, String>) -> bool {
    let names: Vec<String> =
        told.values().filter(|name| name.parse::<u64>().is_err()).map(|name| folded(name)).collect();
    let named = |cell: &Cell| matches!(cell, Cell::Text(words) if names.contains(&folded(words)));
    first.cells.iter().take(WIDEST).any(named)
}

/// Whether a row is the names of columns: one of them is known, or all are short words above others of another kind.
fn is_header(first: &Row, rest: &[Row]) -> bool {
    let filled: Vec<&Cell> = first.cells.iter().take(WIDEST).filter(|cell| !cell.is_empty()).collect();
    let name = |cell: &&Cell| {
        let words = cell.words();
        matches!(cell, Cell::Text(_))
            && words.chars().count() <= 60
            && !words.contains('\n')
            && !is_url(words.trim())
            && !is_date(cell)
            && words.trim().parse::<f64>().is_err()
    };
    if filled.is_empty() || !filled.iter().all(name) {
        return false;
    }
    if filled.iter().any(|cell| columns::told(&cell.words()).is_some()) {
        return true;
    }
    let longest = |row: &Row| row.cells.iter().map(|cell| cell.words().len()).max().unwrap_or(0);
    let below = rest.iter().take(20).map(longest).max().unwrap_or(0);
    longest(first) <= 40 && below >= 80
}

/// Whether the first line of a text names columns, among them one of words: "id,title,text".
pub(super) fn is_header_line(line: &str) -> bool {
    [',', '\t', ';', '|'].into_iter().any(|delimiter| {
        let names: Vec<_> = line.split(delimiter).map(|name| name.trim().trim_matches('"')).collect();
        let known: Vec<_> =
            names.iter().filter_map(|name| columns::told(name)).map(|(column, _)| column).collect();
        names.len() >= 2
            && known.len() * 2 >= names.len()
            && known.len() >= 2
            && known.iter().any(|column| matches!(column, Column::Text | Column::Title))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The river rose in the night and took the bridge between the two villages with it.";

    fn rows(lines: &[&str]) -> Vec<Row> {
        let row = |(at, line): (usize, &&str)| Row {
            number: at as u64 + 1,
            cells: line.split('|').map(Cell::of).collect(),
        };
        lines.iter().enumerate().map(row).collect()
    }

    fn check(lines: &[&str], told: &[(Column, &str)], expected: &str) {
        let columns = told.iter().map(|(column, name)| (*column, (*name).to_owned())).collect();
        check_with(lines, &Options { columns, ..Options::default() }, expected);
    }

    fn check_with(lines: &[&str], options: &Options, expected: &str) {
        let said = match Layout::guess(&rows(lines), None, options) {
            Ok(layout) => {
                let columns = layout.columns.iter().map(|(column, at)| format!("{}={at}", column.as_str()));
                let head = layout.header.then(|| "header".to_owned());
                head.into_iter().chain(columns).collect::<Vec<_>>().join(" ")
            }
            Err(reason) => reason,
        };
        assert_eq!(said, expected, "{lines:?}");
    }

    #[test]
    fn columns_are_known_by_their_names() {
        check(&["id|headline|body", &format!("1|Rain|{STORY}")], &[], "header id=0 text=2 title=1");
        check(
            &["Titre|Date|Texte", &format!("Pluie|2016-10-17|{STORY}")],
            &[],
            "header text=2 title=0 date=1",
        );
        // A table of events: when it was put together is not when they were.
        check(
            &[
                "event_id_cnty|event_date|source|notes|timestamp",
                &format!("NOR1|17 October 2016|Fjord|{STORY}|1480000000"),
            ],
            &[],
            "header id=0 text=3 date=1 source=2",
        );
        check(&["description|content", &format!("Rain.|{STORY}")], &[], "header text=1");
        // Where the text is empty throughout, what stands for it counts.
        check(&["description|content", &format!("{STORY}|")], &[], "header text=0");
    }

    #[test]
    fn columns_without_names_are_known_by_what_is_in_them() {
        let first = format!("17|2016-10-17|https://example.org/1|Rain over the whole of Oslo|{STORY}");
        check(&[&first, &first], &[], "text=4 title=3 date=1 url=2");
        check(&["colour|what was said", &format!("red|{STORY}")], &[], "header text=1");
        check(&["1|2", "3|4"], &[], "");
    }

    #[test]
    fn what_was_told_counts_most() {
        let lines = ["id|headline|body|notes", &format!("1|Rain|{STORY}|{STORY}")];
        check(&lines, &[(Column::Text, "notes")], "header id=0 text=3 title=1");
        check(&lines, &[(Column::Text, "4"), (Column::Title, "ID")], "header text=3 title=0");
        check(
            &lines,
            &[(Column::Text, "plot")],
            "it has no column “plot”; its columns are “id”, “headline”, “body”, “notes”",
        );
        check(
            &lines,
            &[(Column::Text, "5")],
            "it has no column “5”; its columns are “id”, “headline”, “body”, “notes”",
        );
    }

    #[test]
    fn what_was_chosen_of_all_columns_holds_for_tables_with_the_same() {
        let chosen = |names: &[&str], columns: &[(Column, usize)], told: &[(Column, &str)]| Options {
            tables: [(
                names.iter().map(|&name| name.to_owned()).collect(),
                columns.iter().copied().collect(),
            )]
            .into(),
            columns: told.iter().map(|(column, name)| (*column, (*name).to_owned())).collect(),
            ..Options::default()
        };
        let lines = ["id|headline|body|notes", &format!("1|Rain|{STORY}|{STORY}")];
        let names = ["id", "headline", "body", "notes"];
        // What is not chosen is nothing, whatever its name.
        check_with(&lines, &chosen(&names, &[(Column::Text, 3)], &[]), "header text=3");
        check_with(&lines, &chosen(&names, &[(Column::Text, 3)], &[(Column::Text, "plot")]), "header text=3");
        check_with(&lines, &chosen(&names[..3], &[(Column::Text, 1)], &[]), "header id=0 text=2 title=1");
        // A table without names, in which a column is known by where it stands.
        let plain = [format!("1|Rain over Oslo|{STORY}"), format!("2|Snow over Oslo|{STORY}")];
        let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
        let numbered = ["column 1", "column 2", "column 3"];
        check_with(&plain, &chosen(&numbered, &[(Column::Text, 1), (Column::Url, 9)], &[]), "text=1");
    }
}
