//! The thread that takes articles into an index: first those that changed, then those that came.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Term};

use super::columns::Columns;
use super::desk::{Desk, Searchable, Taken, Work};
use super::kept::{Kept, Opened, Room, Stamp};
use crate::explore::Collection;
use crate::explore::search::page::sum_of;
use crate::model::Archive;

/// Articles and time after which what was taken in can be searched.
const COMMIT: usize = 5_000;
const REST: Duration = Duration::from_millis(400);

/// The thread. Dropping it ends it.
pub(super) struct Worker {
    pub desk: Arc<Desk>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// What is kept is taken up where it is that of this collection.
    pub fn start(room: Option<Room>, kept: Option<(Kept, Collection)>) -> Worker {
        let desk = Arc::new(Desk::default());
        let theirs = Arc::clone(&desk);
        let work = move || {
            if let Err(error) = work(&theirs, room, kept) {
                log::warn!("texts are searched without an index: {error}");
                theirs.show(None);
            }
        };
        // Without a thread there is no index, and nothing is lost but time.
        Worker { thread: thread::Builder::new().name("index".to_owned()).spawn(work).ok(), desk }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.desk.end();
        if let Some(thread) = self.thread.take() {
            // Its folder is to be gone, or whole, before the program is.
            let _ = thread.join();
        }
    }
}

fn work(desk: &Desk, room: Option<Room>, kept: Option<(Kept, Collection)>) -> tantivy::Result<()> {
    let Some(Work { archive, .. }) = desk.wait(Taken::default(), None) else { return Ok(()) };
    let mut book = Book::open(desk, room, kept, archive)?;
    // Where nothing more comes for a while, what came is to be found.
    while let Some(work) = desk.wait(book.taken, (book.fresh > 0).then_some(REST)) {
        let before = book.fresh;
        if !book.take_in(desk, work)? {
            return Ok(());
        }
        let idle = book.fresh == before;
        if book.fresh > 0 && (idle || book.fresh >= COMMIT || book.since.elapsed() > REST) {
            book.save(desk)?;
        }
    }
    Ok(())
}

/// The index while it is written.
struct Book {
    columns: Columns,
    writer: IndexWriter,
    reader: IndexReader,
    /// By which its collection is known again, where it outlives the program.
    of: Option<String>,
    archive: Archive,
    taken: Taken,
    /// What the words of each article in it are known by.
    sums: Vec<u64>,
    /// Articles taken in since it was saved, and when that was.
    fresh: usize,
    since: Instant,
}

impl Book {
    fn open(
        desk: &Desk,
        room: Option<Room>,
        kept: Option<(Kept, Collection)>,
        archive: Archive,
    ) -> tantivy::Result<Book> {
        let columns = Columns::new();
        let opened = Opened::new(room, kept.as_ref(), &columns)?;
        let reader = opened.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let taken = Taken { version: desk.put_before(&opened.changed), ..opened.taken };
        let of = kept.filter(|_| opened.kept).map(|(kept, _)| kept.of);
        let (writer, sums, since) = (opened.writer, opened.sums, Instant::now());
        let book = Book { columns, writer, reader, of, archive, taken, sums, fresh: 0, since };
        if taken.articles > 0 {
            book.show(desk);
        }
        Ok(book)
    }

    /// Takes in some of what there is to be taken in; answers whether anybody still wants it.
    fn take_in(&mut self, desk: &Desk, work: Work) -> tantivy::Result<bool> {
        let known = self.taken.articles;
        // What is not in it yet comes as it is by then.
        let changed: Vec<_> = work.changed.into_iter().filter(|&(_, article)| article < known).collect();
        self.archive = work.archive;
        for &(version, article) in &changed {
            if desk.ends() {
                return Ok(false);
            }
            if self.fresh >= COMMIT {
                return Ok(true);
            }
            self.take_anew(article)?;
            self.taken.version = version;
        }
        self.taken.version = work.version;
        let end = self.archive.len().min(known + COMMIT.saturating_sub(self.fresh)).max(known);
        for article in known..end {
            if desk.ends() {
                return Ok(false);
            }
            let geoparsed = self.archive.unpacked(article);
            let sum = geoparsed.as_ref().map_or(0, sum_of);
            self.writer.add_document(self.columns.document(article, geoparsed.as_ref(), sum))?;
            self.sums.push(sum);
            self.fresh += 1;
            self.taken.articles = article + 1;
        }
        if self.fresh == 0 {
            self.show(desk);
        }
        Ok(true)
    }

    /// Takes an article in once more, where it has other words: most that is decided changes none.
    fn take_anew(&mut self, article: usize) -> tantivy::Result<()> {
        let geoparsed = self.archive.unpacked(article);
        let sum = geoparsed.as_ref().map_or(0, sum_of);
        if let Some(known) = self.sums.get_mut(article).filter(|known| **known != sum) {
            *known = sum;
            self.writer.delete_term(Term::from_field_u64(self.columns.number, article as u64));
            self.writer.add_document(self.columns.document(article, geoparsed.as_ref(), sum))?;
            self.fresh += 1;
        }
        Ok(())
    }

    /// Writes what was taken in, which can be searched from now on.
    fn save(&mut self, desk: &Desk) -> tantivy::Result<()> {
        let mut commit = self.writer.prepare_commit()?;
        if let Some(of) = &self.of {
            commit.set_payload(&Stamp::new(of, self.taken.articles, &self.archive).text());
        }
        commit.commit()?;
        self.reader.reload()?;
        (self.fresh, self.since) = (0, Instant::now());
        self.show(desk);
        Ok(())
    }

    fn show(&self, desk: &Desk) {
        desk.show(Some(Searchable { searcher: self.reader.searcher(), version: self.taken.version }));
    }
}
