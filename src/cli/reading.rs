//! How files are to be read, for every command that reads articles.

use super::settled;
use crate::ingest::{Column, Options};

/// What a person says of the files that are read.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Reading {
    /// Which column of tables, or field of JSON, is what: text=body, date=4; may be given several times.
    /// WHAT is id, text, title, date, source, url or language; NAME a name or a number from 1.
    /// Columns that are not named are guessed
    #[arg(long, value_name = "WHAT=NAME", value_parser = column)]
    column: Vec<(Column, String)>,

    #[command(flatten)]
    web: Web,
}

/// Whether the web is read.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Web {
    /// Reads addresses on the web too: https://…, and lists of them (.urls). Each is asked once, and nothing else is
    #[arg(long, conflicts_with = "offline")]
    online: bool,

    /// Reads nothing from the web in this run, whatever is settled
    #[arg(long)]
    offline: bool,
}

impl Web {
    /// How files are to be read, as far as that is settled.
    pub(super) fn options(&self) -> Options {
        let online = !self.offline && (self.online || settled::settings().online);
        Options { online, ..Options::default() }
    }
}

impl Reading {
    /// What was said, and what is settled besides.
    pub(super) fn options(&self) -> Options {
        Options { columns: self.column.iter().cloned().collect(), ..self.web.options() }
    }
}

fn column(told: &str) -> Result<(Column, String), String> {
    let (what, name) = told.split_once('=').ok_or("say what it is and its name, as in text=body")?;
    let what = what.trim();
    let column = Column::ALL.into_iter().find(|column| column.as_str() == what).ok_or_else(|| {
        let known = Column::ALL.map(Column::as_str).join(", ");
        format!("“{what}” is nothing that a column holds: choose one of {known}")
    })?;
    match name.trim() {
        "" => Err("say the column's name, or its number from 1".to_owned()),
        name => Ok((column, name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_by_name() {
        let check = |told: &str, expected: Result<(Column, &str), &str>| {
            let expected = expected.map(|(column, name)| (column, name.to_owned())).map_err(str::to_owned);
            assert_eq!(column(told), expected);
        };
        check("text=body", Ok((Column::Text, "body")));
        check("date = a=b", Ok((Column::Date, "a=b")));
        check("text", Err("say what it is and its name, as in text=body"));
        check("text= ", Err("say the column's name, or its number from 1"));
        check(
            "colour=red",
            Err(
                "“colour” is nothing that a column holds: choose one of id, text, title, date, source, url, language",
            ),
        );
    }
}
