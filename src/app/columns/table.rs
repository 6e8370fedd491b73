//! A table as it is looked at: its first rows, what its columns are taken for, and what a person says they are.
//! Made on a thread, for which a workbook may take seconds; the window only reads it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::ingest::table::{Preview, preview};
use crate::ingest::{Column, Options};
use crate::model::Problem;

/// Most columns that are shown; who has more of them tells them on the command line.
const MOST: usize = 300;

/// Longest name of a column that is shown, in characters.
const LONGEST: usize = 80;

/// Which column is what, by its number from 0.
pub type Choice = BTreeMap<Column, usize>;

/// A table whose columns are being chosen.
pub struct Table {
    /// The names of all its columns, by which it is known when it is read.
    pub names: Vec<String>,
    /// The same, as far as a person would read them.
    pub titles: Vec<String>,
    /// What each is called where one hears it: of two with one name it must be known which is meant.
    pub spoken: Vec<String>,
    /// The first rows, on one line each.
    pub rows: Vec<Vec<String>>,
    /// What the program would guess.
    guess: Choice,
    /// As it is read where nobody chooses anything here.
    usual: Option<Choice>,
    /// As it is read now.
    now: Option<Choice>,
    /// Why it cannot be read as it was told.
    pub why: Option<String>,
    chosen: Choice,
}

impl Table {
    /// Looks at a file that is read with these options.
    pub fn look(path: &Path, options: &Options) -> Result<Table, Problem> {
        let guessed = preview(path, &Options::default())?;
        let usual = Options { tables: BTreeMap::new(), ..options.clone() };
        let as_read = |options: &Options| match options.columns.is_empty() && options.tables.is_empty() {
            true => Ok(guessed.clone()),
            false => preview(path, options),
        };
        let (now, usual) = (as_read(options), as_read(&usual));
        let why = now.as_ref().err().map(|problem| problem.reason.clone());
        let choice = |read: &Result<Preview, Problem>| read.as_ref().ok().map(of);
        let (guess, usual, read) = (of(&guessed), choice(&usual), choice(&now));
        Ok(Self::new(now.unwrap_or(guessed), guess, usual, read, why))
    }

    fn new(
        preview: Preview,
        guess: Choice,
        usual: Option<Choice>,
        now: Option<Choice>,
        why: Option<String>,
    ) -> Table {
        let names: Vec<String> = preview.columns.into_iter().map(|(name, _)| name).collect();
        let titles: Vec<String> = names.iter().take(MOST).map(|name| flat(name, LONGEST)).collect();
        let spoken = titles.iter().enumerate().map(|(at, title)| {
            let alone = titles.iter().filter(|other| *other == title).count() == 1;
            if alone { title.clone() } else { format!("{title}, number {}", at + 1) }
        });
        let spoken = spoken.collect();
        let mut rows = preview.rows;
        rows.iter_mut().for_each(|row| row.truncate(MOST));
        let chosen = now.clone().unwrap_or_else(|| guess.clone());
        Table { names, titles, spoken, rows, guess, usual, now, why, chosen }
    }

    /// What a column is.
    pub fn what(&self, at: usize) -> Option<Column> {
        self.chosen.iter().find(|(_, chosen)| **chosen == at).map(|(column, _)| *column)
    }

    /// Says what a column is, or that it is nothing. What was that before is free, and what it was before is nobody.
    pub fn set(&mut self, at: usize, what: Option<Column>) {
        self.chosen.retain(|_, chosen| *chosen != at);
        if let Some(what) = what {
            self.chosen.insert(what, at);
        }
    }

    /// Goes back to what the program would guess.
    pub fn guess(&mut self) {
        self.chosen.clone_from(&self.guess);
    }

    /// Whether it is as the program would guess.
    pub fn is_guessed(&self) -> bool {
        self.chosen == self.guess
    }

    /// Whether it is read otherwise than is shown.
    pub fn is_changed(&self) -> bool {
        self.now.as_ref() != Some(&self.chosen)
    }

    /// Whether there is anything to read.
    pub fn has_words(&self) -> bool {
        self.chosen.contains_key(&Column::Text) || self.chosen.contains_key(&Column::Title)
    }

    /// What is to be remembered of it: nothing, where it is read so anyhow.
    pub fn choice(&self) -> Option<Choice> {
        (self.usual.as_ref() != Some(&self.chosen)).then(|| self.chosen.clone())
    }
}

/// What the columns of a preview are taken for.
fn of(preview: &Preview) -> Choice {
    let columns = preview.columns.iter().enumerate();
    columns.filter_map(|(at, (_, column))| Some(((*column)?, at))).collect()
}

/// A text on one line, cut at `most` characters.
pub fn flat(words: &str, most: usize) -> String {
    let mut flat: String = words.chars().take(most).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if words.chars().nth(most).is_some() {
        flat.push('…');
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The river rose in the night and took the bridge between the two villages with it.";

    fn table(lines: &str, options: &Options) -> Table {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.csv");
        std::fs::write(&path, lines).unwrap();
        Table::look(&path, options).map_err(|problem| problem.reason).unwrap()
    }

    fn check(table: &Table, expected: &[Option<Column>]) {
        let whats: Vec<_> = (0..table.names.len()).map(|at| table.what(at)).collect();
        assert_eq!(whats, expected);
    }

    #[test]
    fn one_column_is_one_thing_and_one_thing_is_one_column() {
        use Column::{Text, Title};
        let mut table = table(&format!("headline,body,notes\nRain,{STORY},{STORY}\n"), &Options::default());
        check(&table, &[Some(Title), Some(Text), None]);
        assert!(!table.is_changed() && table.is_guessed() && table.choice().is_none());
        table.set(2, Some(Text));
        check(&table, &[Some(Title), None, Some(Text)]);
        assert!(table.is_changed() && !table.is_guessed());
        assert_eq!(table.choice(), Some([(Title, 0), (Text, 2)].into()));
        table.set(0, Some(Text));
        check(&table, &[Some(Text), None, None]);
        table.set(0, None);
        assert!(!table.has_words());
        table.guess();
        assert!(table.is_guessed() && table.has_words() && table.choice().is_none());
    }

    #[test]
    fn what_was_chosen_before_is_what_is_read_and_can_be_let_go_of() {
        let names = ["headline", "body", "notes"].map(str::to_owned).to_vec();
        let options = Options { tables: [(names, [(Column::Text, 2)].into())].into(), ..Options::default() };
        let mut table = table(&format!("headline,body,notes\nRain,{STORY},{STORY}\n"), &options);
        check(&table, &[None, None, Some(Column::Text)]);
        assert!(!table.is_changed() && !table.is_guessed() && table.choice().is_some());
        table.guess();
        assert!(table.is_changed() && table.choice().is_none());
    }

    #[test]
    fn a_column_that_was_told_and_is_not_there_leaves_the_guess_to_be_chosen() {
        let options = Options { columns: [(Column::Text, "plot".to_owned())].into(), ..Options::default() };
        let table = table(&format!("headline,body\nRain,{STORY}\n"), &options);
        assert!(table.why.as_ref().is_some_and(|why| why.contains("no column “plot”")));
        // It is not read so now, and would not be without a word.
        assert!(table.is_changed() && table.choice().is_some());
    }

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let table = table(&format!("text,text\n{STORY},{STORY}\n"), &Options::default());
        assert_eq!(table.spoken, ["text, number 1", "text, number 2"]);
        assert_eq!(flat("two\nlines", 5), "two l…");
    }
}
