//! Reading a project's articles from any thread, one at a time.
//! A copy reads from the same connections. After “Save as…” all copies go on in the new file.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};

use super::articles::words as sum_of_words;
use super::beside::FileId;
use super::pack::{Dictionary, Of, Packer, sum, sum_named};
use super::{found, schema};
use crate::model::{Article, Geoparsed, Problem};
use crate::project::error::ProjectError;

/// The articles of a project as the program found them, without what people said of them.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use dateline::model::{Article, Geoparsed};
/// use dateline::project::{About, Project};
/// let folder = tempfile::tempdir()?;
/// let mut project = Project::create(&folder.path().join("sinai.dateline"), About::new("news/", "Ann"))?;
/// let article = Article::from_text("a.txt", "A bomb went off in Arish.");
/// project.add(&[(0, &Geoparsed { article, ..Geoparsed::default() })])?;
/// let shelf = project.shelf();
/// let read = std::thread::spawn(move || shelf.get(0)).join().ok().flatten();
/// assert_eq!(read.map(|found| found.article.text).as_deref(), Some("A bomb went off in Arish."));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Shelf(Arc<Inner>);

struct Inner {
    place: Mutex<Place>,
    /// Which results hold.
    results: AtomicU32,
}

/// The file, and what reads it.
struct Place {
    path: PathBuf,
    file: Option<FileId>,
    /// How often the file has become another.
    moves: u32,
    idle: Vec<Connection>,
    packers: Packers,
}

/// How texts are packed, and what was found in them.
#[derive(Clone, Default)]
pub(super) struct Packers {
    pub(super) text: Packer,
    pub(super) found: Packer,
}

impl Packers {
    pub(super) fn new(text: Option<Dictionary>, found: Option<Dictionary>) -> Packers {
        Packers { text: Packer(text.map(Arc::new)), found: Packer(found.map(Arc::new)) }
    }
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_tuple("Shelf").field(&self.0.lock().path).finish()
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, Place> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Number of the row of what was found in an article.
pub(super) fn row(results: u32, article: u32) -> i64 {
    (i64::from(results) << 32) | i64::from(article)
}

impl Shelf {
    pub(super) fn new(path: &Path, packers: Packers, results: u32) -> Shelf {
        let file = FileId::of(path);
        let place = Place { path: path.to_owned(), file, moves: 0, idle: Vec::new(), packers };
        Shelf(Arc::new(Inner { place: Mutex::new(place), results: AtomicU32::new(results) }))
    }

    /// What the program found in an article, by the results that hold; `None` where there is no such article, or
    /// it cannot be read.
    pub fn get(&self, number: u32) -> Option<Geoparsed> {
        self.read(number).ok().flatten()
    }

    /// The same, and why it cannot be read; `None` where there is no such article.
    ///
    /// # Errors
    ///
    /// Where the article is damaged, or the file cannot be read.
    pub fn read(&self, number: u32) -> Result<Option<Geoparsed>, Problem> {
        self.read_results(number, self.0.results.load(Ordering::Acquire))
    }

    /// The same by other results than those that hold.
    ///
    /// # Errors
    ///
    /// As [`Shelf::read`].
    pub fn read_results(&self, number: u32, results: u32) -> Result<Option<Geoparsed>, Problem> {
        self.with(|connection, packers| {
            let Some(text) = text(connection, packers, number)? else { return Ok(None) };
            for results in if results == 0 { vec![0] } else { vec![results, 0] } {
                if let Some(bytes) = one(connection, FOUND, row(results, number))? {
                    let read = packers.found.unpack(&bytes).and_then(|plain| found::read(&plain, text));
                    return read.map(Some).ok_or(Wrong::Damaged);
                }
            }
            // Its text is there, and what was found in it is not.
            Err(Wrong::Damaged)
        })
        .map_err(|wrong| self.problem(number, wrong))
    }

    /// The text of an article.
    ///
    /// # Errors
    ///
    /// As [`Shelf::read`].
    pub fn text(&self, number: u32) -> Result<Option<String>, Problem> {
        let read = self.with(|connection, packers| text(connection, packers, number));
        read.map_err(|wrong| self.problem(number, wrong))
    }

    /// The article with the same words as this one, whatever it is called.
    pub fn knows(&self, article: &Article) -> Option<u32> {
        let words = || article.text.split_whitespace();
        words().next()?;
        let same = self.with(|connection, _| {
            let mut statement =
                connection.prepare_cached("SELECT number FROM text WHERE words = ?1 ORDER BY number")?;
            Ok(statement
                .query_map([sum_of_words(article)], |row| row.get(0))?
                .collect::<Result<Vec<u32>, _>>()?)
        });
        let known = |number: &u32| self.text(*number).ok().flatten();
        same.ok()?
            .into_iter()
            .find(|number| known(number).is_some_and(|text| text.split_whitespace().eq(words())))
    }

    /// What was kept under a name to be worked out no more ([`Project::keep`](crate::project::Project::keep)).
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.with(|connection, _| Ok(kept(connection, name))).ok().flatten()
    }

    /// Goes on in another file.
    pub(super) fn move_to(&self, path: &Path) {
        let mut place = self.0.lock();
        place.path = path.to_owned();
        place.file = FileId::of(path);
        place.moves += 1;
        place.idle.clear();
    }

    pub(in crate::project) fn set_results(&self, results: u32) {
        self.0.results.store(results, Ordering::Release);
    }

    pub(super) fn set_packers(&self, packers: Packers) {
        self.0.lock().packers = packers;
    }

    pub(super) fn packers(&self) -> Packers {
        self.0.lock().packers.clone()
    }

    /// Reads with a connection of its own, which is kept for the next.
    fn with<T>(&self, read: impl FnOnce(&Connection, &Packers) -> Result<T, Wrong>) -> Result<T, Wrong> {
        let (path, file, moves, idle, packers) = {
            let mut place = self.0.lock();
            (place.path.clone(), place.file, place.moves, place.idle.pop(), place.packers.clone())
        };
        let connection = match idle {
            Some(connection) => connection,
            // Another file of the same name has other articles.
            None if FileId::of(&path) != file => return Err(Wrong::Gone),
            None => schema::connect(&path, false)?,
        };
        let read = read(&connection, &packers);
        let mut place = self.0.lock();
        if place.moves == moves {
            place.idle.push(connection);
        }
        read
    }

    fn problem(&self, number: u32, wrong: Wrong) -> Problem {
        let path = self.0.lock().path.clone();
        let reason = match wrong {
            Wrong::Damaged => "it is damaged in the project, and is left out".to_owned(),
            Wrong::Gone => ProjectError::Gone(path.clone()).to_string(),
            Wrong::Unread(error) => ProjectError::reading(&path, &error).to_string(),
        };
        Problem { place: format!("{}, article {}", path.display(), number + 1), reason }
    }
}

/// Why a row could not be read.
pub(super) enum Wrong {
    Damaged,
    Gone,
    Unread(rusqlite::Error),
}

impl From<rusqlite::Error> for Wrong {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unread(error)
    }
}

/// Where to look for a row.
pub(super) type Table = (Of, &'static str);
pub(super) const TEXT: Table = (Of::Text, "SELECT bytes, sum FROM text WHERE number = ?1");
pub(super) const FOUND: Table = (Of::Found, "SELECT bytes, sum FROM found WHERE number = ?1");

/// The bytes of a row, if they are what was written.
pub(super) fn one(connection: &Connection, (of, one): Table, number: i64) -> Result<Option<Vec<u8>>, Wrong> {
    let mut statement = connection.prepare_cached(one)?;
    let row = statement.query_row([number], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)));
    match row.optional()? {
        Some((bytes, written)) if sum(of, number, &bytes) == written => Ok(Some(bytes)),
        Some(_) => Err(Wrong::Damaged),
        None => Ok(None),
    }
}

/// The text of an article.
pub(super) fn text(connection: &Connection, packers: &Packers, number: u32) -> Result<Option<String>, Wrong> {
    let Some(bytes) = one(connection, TEXT, i64::from(number))? else { return Ok(None) };
    let plain = packers.text.unpack(&bytes).ok_or(Wrong::Damaged)?;
    String::from_utf8(plain).map(Some).map_err(|_| Wrong::Damaged)
}

/// What was kept under a name.
pub(super) fn kept(connection: &Connection, name: &str) -> Option<Vec<u8>> {
    let mut statement = connection.prepare_cached("SELECT bytes, sum FROM kept WHERE name = ?1").ok()?;
    let row =
        statement.query_row(params![name], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)));
    let (bytes, written) = row.optional().ok()??;
    (sum_named(Of::Kept, name, &bytes) == written).then_some(bytes)
}
