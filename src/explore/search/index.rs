//! The index of the words of a collection, made on a thread of its own while articles arrive.
//! It is a cache: without it, and for what it has not come to yet, a search looks at the texts.
//!
//! **Architecture invariant:** the index holds the first articles of the collection, without a gap, and whatever it
//! answers a look at the texts answers, too.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tantivy::directory::RamDirectory;
use tantivy::schema::{
    FAST, Field as Column, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Directory, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument};

use super::hits::Hits;
use super::lookup;
use super::page::texts;
use super::query::{Field, Query};
use super::words::Words;
use crate::model::{Archive, Geoparsed};

/// Fewest articles for which an index is made: as many are looked through in no time.
const FEWEST: usize = 256;
/// Articles that arrive before the index is told of them.
const STRIDE: usize = 64;
/// Articles and time after which what was taken in can be searched.
const COMMIT: usize = 5_000;
const REST: Duration = Duration::from_millis(400);
/// What the index may hold in memory before it writes to its folder, bytes.
const BUDGET: usize = 32_000_000;

/// The column with the article's number, and how the tokenizer is called.
pub(super) const NUMBER: &str = "number";
const WORDS: &str = "words";

/// Where an index is kept; none for memory.
pub type Room = Arc<dyn Fn() -> Option<Box<dyn Directory>> + Send + Sync>;

/// The index of a collection. A copy is the same index.
#[derive(Clone, Default)]
pub struct Index {
    room: Option<Room>,
    worker: Option<Arc<Worker>>,
    /// Articles it was told of.
    told: usize,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("told", &self.told).finish_non_exhaustive()
    }
}

impl Index {
    /// An index of nothing yet that will be kept in a folder of its own.
    pub fn kept_in(room: Room) -> Index {
        Index { room: Some(room), ..Index::default() }
    }

    /// Becomes an index of nothing yet, for another collection; hands back what it was.
    pub fn begin_anew(&mut self) -> Index {
        let anew = Index { room: self.room.clone(), ..Index::default() };
        std::mem::replace(self, anew)
    }

    /// Tells it what there is to index: the articles that it knows and more. Does not wait for it.
    pub fn follow(&mut self, archive: &Archive) {
        if archive.len() < (self.told + STRIDE).max(FEWEST) {
            return;
        }
        self.told = archive.len();
        let room = self.room.clone();
        self.worker.get_or_insert_with(|| Arc::new(Worker::start(room))).shared.tell(archive.clone());
    }

    /// How many articles it answers for.
    pub fn reach(&self) -> usize {
        self.searcher().map_or(0, |searcher| searcher.num_docs() as usize)
    }

    /// The articles that meet a query. Takes some milliseconds: not for a thread that draws.
    pub fn hits(&self, query: &str) -> Hits {
        let query = Query::new(query);
        let searcher = self.searcher().filter(|_| !query.is_empty());
        let scores = searcher.map(|searcher| lookup::scores(&searcher, &query));
        let scores = scores.transpose().unwrap_or_else(|error| {
            log::warn!("the index of words cannot be read: {error}");
            None
        });
        Hits::new(query, scores.unwrap_or_default())
    }

    fn searcher(&self) -> Option<Searcher> {
        lock(&self.worker.as_ref()?.shared.searcher).clone()
    }
}

/// The thread that takes articles in. Dropping it ends the thread.
struct Worker {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    wanted: Mutex<Archive>,
    more: Condvar,
    ends: AtomicBool,
    searcher: Mutex<Option<Searcher>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn tell(&self, archive: Archive) {
        *lock(&self.wanted) = archive;
        self.more.notify_all();
    }

    /// What there is to index once it is more than `known`, or when the time is up; `None` at the end.
    fn wait(&self, known: usize, time: Option<Duration>) -> Option<Archive> {
        let idle = |archive: &mut Archive| archive.len() <= known && !self.ends.load(Ordering::Acquire);
        let wanted = lock(&self.wanted);
        let wanted = match time {
            None => self.more.wait_while(wanted, idle).unwrap_or_else(PoisonError::into_inner),
            Some(time) => {
                let waited = self.more.wait_timeout_while(wanted, time, idle);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        };
        (!self.ends.load(Ordering::Acquire)).then(|| wanted.clone())
    }
}

impl Worker {
    fn start(room: Option<Room>) -> Worker {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let work = move || {
            if let Err(error) = work(&theirs, room) {
                log::warn!("texts are searched without an index: {error}");
                *lock(&theirs.searcher) = None;
            }
        };
        // Without a thread there is no index, and nothing is lost but time.
        Worker { thread: thread::Builder::new().name("index".to_owned()).spawn(work).ok(), shared }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        {
            let _wanted = lock(&self.shared.wanted);
            self.shared.ends.store(true, Ordering::Release);
        }
        self.shared.more.notify_all();
        if let Some(thread) = self.thread.take() {
            // Its folder is to be gone before the program is.
            let _ = thread.join();
        }
    }
}

fn work(shared: &Shared, room: Option<Room>) -> tantivy::Result<()> {
    let directory = room.and_then(|room| room()).unwrap_or_else(|| Box::new(RamDirectory::create()));
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let columns = Columns::new();
    let index = tantivy::Index::create(directory, columns.schema.clone(), settings)?;
    index.tokenizers().register(WORDS, Folding);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET)?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let (mut next, mut searchable, mut since) = (0, 0, Instant::now());
    // Where nothing more comes for a while, what came is to be found.
    while let Some(archive) = shared.wait(next, (next > searchable).then_some(REST)) {
        let end = archive.len().min(searchable + COMMIT).max(next);
        for number in next..end {
            if shared.ends.load(Ordering::Acquire) {
                return Ok(());
            }
            writer.add_document(columns.document(number, archive.get(number).as_deref()))?;
        }
        let idle = end == next;
        next = end;
        if idle || next - searchable >= COMMIT || since.elapsed() > REST {
            writer.commit()?;
            reader.reload()?;
            *lock(&shared.searcher) = Some(reader.searcher());
            (searchable, since) = (next, Instant::now());
        }
    }
    Ok(())
}

struct Columns {
    schema: Schema,
    number: Column,
    fields: [Column; Field::ALL.len()],
}

impl Columns {
    fn new() -> Columns {
        let mut schema = SchemaBuilder::new();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = Field::ALL.map(|field| schema.add_text_field(field.name(), options.clone()));
        let number = schema.add_u64_field(NUMBER, FAST);
        Columns { schema: schema.build(), number, fields }
    }

    /// An article that is lost keeps its number.
    fn document(&self, number: usize, geoparsed: Option<&Geoparsed>) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.number, number as u64);
        for field in Field::ALL {
            if let Some(geoparsed) = geoparsed {
                texts(geoparsed, field, |text| document.add_text(self.fields[field as usize], text));
            }
        }
        document
    }
}

/// Folds texts as queries are.
#[derive(Clone)]
struct Folding;

struct Folded<'a> {
    words: Words<'a>,
    token: Token,
}

impl Tokenizer for Folding {
    type TokenStream<'a> = Folded<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Folded<'a> {
        Folded { words: Words::of(text), token: Token::default() }
    }
}

impl TokenStream for Folded<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.words.advance() else {
            return false;
        };
        std::mem::swap(&mut self.token.text, &mut self.words.word);
        (self.token.offset_from, self.token.offset_to) = (span.start, span.end);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::Collection;
    use super::super::super::fixture::{place, story};
    use super::*;

    /// Articles of a few words strewn by a fixed rule, and an index that has come to all but the last of them.
    fn indexed(count: usize) -> (Collection, Index) {
        let places = [
            place("geonames:1", "Derna", "Libya", 32.76, 22.64),
            place("geonames:2", "New York", "United States", 40.7, -74.0),
            place("geonames:3", "Las Palmas", "Spain", 28.1, -15.4),
        ];
        let words =
            ["dam", "damage", "river", "York", "new", "bomb", "bombing", "Straße", "开罗", "the", "snow"];
        let mut state = 7usize;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut collection = Collection::default();
        for number in 0..count {
            let text: Vec<&str> = (0..3 + next(9)).map(|_| words[next(words.len())]).collect();
            let (a, b) = (next(3), next(3));
            let mut story = story(
                &format!("n{number}"),
                &format!("{} [x] [y]", text.join(" ")),
                &[&places[a], &places[b]],
            );
            story.article.title = Some(format!("{} {}", words[next(words.len())], words[next(words.len())]));
            story.article.source = (next(3) > 0).then(|| format!("The {} Post", words[next(words.len())]));
            collection.add(Arc::new(story));
        }
        let mut index = Index::default();
        index.follow(collection.archive());
        let begun = Instant::now();
        while index.reach() < count && begun.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(index.reach(), count);
        for (late, place) in places.iter().enumerate() {
            collection.add(Arc::new(story(&format!("late{late}"), "A bomb in [York].", &[place])));
        }
        (collection, index)
    }

    fn answers(collection: &Collection, hits: &Hits) -> Vec<Option<f32>> {
        (0..collection.len()).map(|article| hits.score(collection, article)).collect()
    }

    #[test]
    fn the_index_answers_what_the_texts_answer() {
        let (collection, index) = indexed(700);
        for query in [
            "dam ", "dam", "d", "bomb*", "\"the dam\"", "\"new york\"", "\"the da", "new york ", "开罗",
            "罗开", "title:dam ", "source:post ", "source:\"dam post\"", "place:york ",
            "place:\"york united\"", "text:york ", "dam -river ", "-dam ", "-\"the dam\" york",
            "dam OR snow ", "dam OR -snow river ", "strasse ", "\"palmas spain\"", "\"libya new\"",
            "nowhere ", "\"the dam dam\"", "\"dam dam\"", "york derna the dam",
        ] {
            let (indexed, looked) = (index.hits(query), Index::default().hits(query));
            assert_eq!(answers(&collection, &indexed), answers(&collection, &looked), "{query:?}");
        }
    }

    #[test]
    fn few_articles_need_no_index() {
        let mut collection = Collection::default();
        let mut index = Index::default();
        for id in ["a", "b"] {
            collection.add(Arc::new(story(id, "The dam broke.", &[])));
        }
        index.follow(collection.archive());
        assert!(index.worker.is_none());
        assert_eq!(answers(&collection, &index.hits("dam ")).iter().flatten().count(), 2);
    }

    proptest! {
        #[test]
        fn every_word_of_a_text_finds_it(text in any::<String>()) {
            let mut collection = Collection::default();
            let mut article = story("a", "", &[]);
            article.article = crate::model::Article::from_text("a", text.clone());
            collection.add(Arc::new(article));
            let mut words = Words::of(&text);
            while let Some(span) = words.advance() {
                let word = span.of(&text);
                for query in [word.to_owned(), format!("{word} "), format!("\"{word}\"")] {
                    let hits = Index::default().hits(&query);
                    prop_assert!(hits.score(&collection, 0).is_some(), "{query:?}");
                    let found = super::super::found(&query, &text);
                    prop_assert!(query == "OR" || query == "OR " || found.contains(&span), "{query:?}: {found:?}");
                }
            }
        }

        #[test]
        fn nothing_that_is_typed_is_wrong(query in any::<String>(), text in any::<String>()) {
            super::super::found(&query, &text);
            let _ = Index::default().hits(&query);
        }
    }
}
