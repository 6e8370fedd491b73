//! JSON Lines: an object per article, with everything that the geoparser found.
//! With the text, what people rejected is there for whoever opens the file again, and for nobody else.

use std::collections::HashSet;
use std::io::{self, Write};

use super::form::{Form, Wanted, Written};
use crate::model::How;
use crate::model::record::{ArticleRecord, ToponymRecord};

/// A file of such lines.
#[derive(Debug)]
pub(crate) struct Lines<W> {
    out: W,
    with_text: bool,
}

impl<W> Lines<W> {
    pub(crate) fn new(out: W, with_text: bool) -> Self {
        Self { out, with_text }
    }
}

/// Leaves of a list what has one of these numbers, ascending, and is wanted.
fn keep<T>(list: &mut Vec<T>, numbers: &[usize], wanted: impl Fn(&T) -> bool) {
    let mut number = 0..;
    list.retain(|one| {
        let chosen = number.next().is_some_and(|number| numbers.binary_search(&number).is_ok());
        chosen && wanted(one)
    });
}

impl<W: Write> Form<W> for Lines<W> {
    fn article(&mut self, wanted: &Wanted<'_>) -> io::Result<Written> {
        let mut record = ArticleRecord::new(wanted.article, self.with_text);
        // What people rejected is among what is chosen.
        let written = |how: How| self.with_text || how != How::Rejected;
        keep(&mut record.toponyms, &wanted.chosen.mentions, |toponym| written(toponym.status));
        keep(&mut record.events, &wanted.chosen.events, |event| written(event.status));
        // An event lies only at toponyms that the line has.
        let listed: HashSet<usize> = record.toponyms.iter().map(|toponym| toponym.start).collect();
        for event in &mut record.events {
            event.locations.retain(|location| listed.contains(&location.start));
        }
        let rejected = |toponym: &&ToponymRecord| toponym.status == How::Rejected;
        let rejected = record.toponyms.iter().filter(rejected).count();
        let placed = record.toponyms.iter().filter(|toponym| toponym.lat.is_some()).count();
        serde_json::to_writer(&mut self.out, &record)?;
        self.out.write_all(b"\n")?;
        Ok(Written { rows: record.toponyms.len() - rejected, placed })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        Ok(self.out)
    }
}
