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

impl<W: Write> Form<W> for Lines<W> {
    fn article(&mut self, wanted: &Wanted<'_>) -> io::Result<Written> {
        let mut record = ArticleRecord::new(wanted.article, self.with_text);
        let mentions = &wanted.article.mentions;
        let mut kept = vec![false; mentions.len()];
        for &number in wanted.numbers {
            if let (Some(kept), Some(mention)) = (kept.get_mut(number), mentions.get(number)) {
                *kept = self.with_text || !mention.is_rejected();
            }
        }
        let mut kept = kept.into_iter();
        record.toponyms.retain(|_| kept.next() == Some(true));
        record.events.retain(|event| self.with_text || event.status != How::Rejected);
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
