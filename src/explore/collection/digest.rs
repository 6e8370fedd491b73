//! A collection written down, to be open again in a moment: everything but its articles, which are kept elsewhere.
//! It is a cache. Each part is known by its checksum to the head, which is written last: whatever is odd makes it no
//! digest, and the collection is built of the articles again.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::thread;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::intake::places_of;
use super::register::Register;
use super::sheaf::{Rows, SHEAF, Sheaf};
use super::{Collection, Country, PlaceEntry};
use crate::events::stories::{Report, Sketch};
use crate::explore::happening::Taking;
use crate::explore::happenings::Stand;
use crate::explore::{Card, Glance, Happening, Who};
use crate::model::{Archive, Chunks, Problem};

/// What else is laid out is another program's.
const LAYOUT: (u32, &str) = (2, env!("CARGO_PKG_VERSION"));
/// The name of the part that tells of the others.
const HEAD: &str = "collection";
/// How hard parts are packed: they are read more often than written, and soon written.
const LEVEL: i32 = 1;
/// The most that a part may take, bytes.
const LARGEST: usize = 1 << 30;

/// What parts hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Places(usize),
    Names(usize),
    Actors(usize),
    Sheaf(usize),
}

impl Part {
    fn name(self) -> String {
        match self {
            Part::Places(number) => format!("{HEAD}/places/{number}"),
            Part::Names(number) => format!("{HEAD}/names/{number}"),
            Part::Actors(number) => format!("{HEAD}/actors/{number}"),
            Part::Sheaf(number) => format!("{HEAD}/articles/{number}"),
        }
    }
}

/// What tells of the parts, and what is too little for a part of its own.
#[derive(Serialize, Deserialize)]
struct Head {
    mark: Vec<u8>,
    articles: usize,
    /// Numbers of places, names and actors.
    counts: [usize; 3],
    /// Checksums of the parts.
    places: Vec<u64>,
    names: Vec<u64>,
    actors: Vec<u64>,
    sheaves: Vec<u64>,
    sources: Vec<String>,
    countries: Vec<Country>,
    subtypes: Vec<String>,
    nations: Vec<String>,
    faults: Vec<(Problem, Option<u32>)>,
    changed: Vec<usize>,
}

/// Part of a collection by what it is, and what it was when it was written down.
#[derive(Debug)]
struct Seal<T> {
    of: Weak<T>,
    checksum: u64,
}

/// Which parts of a collection are written down, so that only others are written again.
#[derive(Debug, Default)]
pub struct Written {
    places: Vec<Seal<Vec<PlaceEntry>>>,
    names: Vec<Seal<Vec<Arc<str>>>>,
    actors: Vec<Seal<Vec<Who>>>,
    sheaves: Vec<Seal<Sheaf>>,
}

/// A collection that was read from what was written down.
#[derive(Debug)]
pub struct Digested {
    /// The collection.
    pub collection: Collection,
    /// What it was said to be of.
    pub mark: Vec<u8>,
    /// The articles that something else had been put in the place of ([`Archive::change`]): they are as they came.
    pub changed: Vec<usize>,
    /// What need not be written again.
    pub written: Written,
}

impl Collection {
    /// Writes down what changed since it was written last, in parts with their names; the last part makes the others
    /// good, and is to be kept together with them or after them. `mark` comes back with the collection. Where a part
    /// could not be kept, begin again with [`Written::default`].
    pub fn digest<'a>(
        &'a self,
        mark: &'a [u8],
        written: &'a mut Written,
    ) -> impl Iterator<Item = (String, Vec<u8>)> + 'a {
        let chunks = (0..self.places.parts().len()).map(Part::Places);
        let chunks = chunks.chain((0..self.names.parts().len()).map(Part::Names));
        let chunks = chunks.chain((0..self.actors.parts().len()).map(Part::Actors));
        let mut parts = chunks.chain((0..self.sheaves.len()).map(Part::Sheaf));
        let mut head = Some(());
        std::iter::from_fn(move || {
            let part = parts.by_ref().find_map(|part| Some((part.name(), self.write(part, written)?)));
            part.or_else(|| head.take().map(|()| (HEAD.to_owned(), self.head(mark, written))))
        })
    }

    /// A part, where it is another than was written.
    fn write(&self, part: Part, written: &mut Written) -> Option<Vec<u8>> {
        match part {
            Part::Places(at) => seal(&mut written.places, at, self.places.parts().get(at)?, pack),
            Part::Names(at) => seal(&mut written.names, at, self.names.parts().get(at)?, |names| {
                pack(&names.iter().map(AsRef::as_ref).collect::<Vec<&str>>())
            }),
            Part::Actors(at) => seal(&mut written.actors, at, self.actors.parts().get(at)?, pack),
            Part::Sheaf(at) => seal(&mut written.sheaves, at, self.sheaves.get(at)?, |sheaf| {
                let Sheaf { cards, glances, happenings, takings, stands, reports, sketches } = sheaf;
                pack(&(&**cards, &**glances, &**happenings, &**takings, &**stands, &**reports, &**sketches))
            }),
        }
    }

    fn head(&self, mark: &[u8], written: &mut Written) -> Vec<u8> {
        let faults = self.faults.with_articles().filter(|(_, article)| article.is_some());
        let bytes = pack(&Head {
            mark: mark.to_vec(),
            articles: self.len(),
            counts: [self.places.len(), self.names.len(), self.actors.len()],
            places: checksums(&mut written.places, self.places.parts().len()),
            names: checksums(&mut written.names, self.names.parts().len()),
            actors: checksums(&mut written.actors, self.actors.parts().len()),
            sheaves: checksums(&mut written.sheaves, self.sheaves.len()),
            sources: self.sources.entries.to_vec(),
            countries: self.countries.entries.to_vec(),
            subtypes: self.subtypes.entries.to_vec(),
            nations: self.nations.entries.to_vec(),
            faults: faults.map(|(problem, article)| (problem.clone(), article)).collect(),
            changed: self.archive.changed().collect(),
        });
        let layout = xxh3_64(format!("{LAYOUT:?}").as_bytes());
        [&layout.to_le_bytes()[..], &xxh3_64(&bytes).to_le_bytes(), &bytes].concat()
    }

    /// The collection that was written down, of which `part` answers the parts by their names, on several threads.
    /// `archive` holds its articles, and may hold more after them. `None` where anything is odd.
    pub fn of_digest(part: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync), archive: Archive) -> Option<Digested> {
        let head = Head::read(&part(HEAD)?)?;
        if head.articles > archive.len() || head.sheaves.len() != head.articles.div_ceil(SHEAF) {
            return None;
        }
        let countries = head.countries.len();
        let places =
            Chunks::of_parts(read_all(part, &head.places, Part::Places, |_, places: Vec<PlaceEntry>| {
                places.iter().all(|entry| (entry.country as usize) < countries).then_some(places)
            })?)?;
        let names = read_all(part, &head.names, Part::Names, |_, names: Vec<String>| {
            Some(names.into_iter().map(Arc::from).collect())
        })?;
        let actors = read_all(part, &head.actors, Part::Actors, |_, actors: Vec<Who>| Some(actors))?;
        let sheaf = |number, lists| head.sheaf(number, lists, &places).map(Arc::new);
        let sheaves = read_all(part, &head.sheaves, Part::Sheaf, sheaf)?;
        let mut collection = Collection {
            archive,
            sheaves,
            sources: Register::of(head.sources, |name| name)?,
            places,
            countries: Register::of(head.countries, |country| &country.code)?,
            subtypes: Register::of(head.subtypes, |name| name)?,
            nations: Register::of(head.nations, |name| name)?,
            actors: Chunks::of_parts(actors)?,
            names: Chunks::of_parts(names)?,
            revision: 1,
            ..Collection::default()
        };
        let faults = Arc::make_mut(&mut collection.faults);
        head.faults.into_iter().for_each(|(problem, article)| faults.add(problem, article));
        collection.know_again();
        let known = [collection.by_id.len(), collection.by_words.len(), collection.by_name.len()];
        if known != head.counts || collection.len() != head.articles {
            return None;
        }
        let written = Written {
            places: seals(collection.places.parts(), &head.places),
            names: seals(collection.names.parts(), &head.names),
            actors: seals(collection.actors.parts(), &head.actors),
            sheaves: seals(&collection.sheaves, &head.sheaves),
        };
        Some(Digested { collection, mark: head.mark, changed: head.changed, written })
    }

    /// Finds out what is known by looking through everything: what has which number, and who mentions what.
    fn know_again(&mut self) {
        self.mentioned = vec![Vec::new(); self.places.len()];
        let (places, names, actors) = (&self.places, &self.names, &self.actors);
        thread::scope(|scope| {
            let by_id = scope.spawn(|| numbered(places.iter().map(|entry| entry.place.id.clone())));
            let by_words = scope.spawn(|| numbered(names.iter().map(Arc::clone)));
            let by_name = scope.spawn(|| numbered(actors.iter().map(|who| who.folded.clone())));
            let mut article = 0;
            for sheaf in &self.sheaves {
                for at in 0..sheaf.cards.len() {
                    for key in places_of(sheaf.glances.of(at)) {
                        if let Some(articles) = self.mentioned.get_mut(key as usize) {
                            articles.push(article);
                        }
                    }
                    article += 1;
                }
                let mentions = sheaf.glances.all().iter().filter(|glance| !glance.is_rejected());
                self.mention_count += mentions.count();
                let events =
                    |at| sheaf.happenings.of(at).chunk_by(|one, next| one.event() == next.event()).count();
                self.event_count += (0..sheaf.cards.len()).map(events).sum::<usize>();
                self.found_here += sheaf.cards.iter().filter(|card| !card.as_read).count();
            }
            // What is missing of a thread that failed is found missing.
            self.by_id = by_id.join().unwrap_or_default();
            self.by_words = by_words.join().unwrap_or_default();
            self.by_name = by_name.join().unwrap_or_default();
        });
    }
}

fn numbered<T: Eq + std::hash::Hash>(names: impl Iterator<Item = T>) -> HashMap<T, u32> {
    names.zip(0..).collect()
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Head> {
        let (layout, rest) = bytes.split_first_chunk()?;
        let (checksum, bytes) = rest.split_first_chunk()?;
        let known = u64::from_le_bytes(*layout) == xxh3_64(format!("{LAYOUT:?}").as_bytes());
        known.then(|| unpack(bytes, u64::from_le_bytes(*checksum))).flatten()
    }
}

/// Reads every part of a sort, in order, on several threads; `None` where one is missing or odd.
fn read_all<T: DeserializeOwned, P: Send>(
    part: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    checksums: &[u64],
    what: fn(usize) -> Part,
    make: impl Fn(usize, T) -> Option<P> + Sync,
) -> Option<Vec<P>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut read = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(&checksum) = checksums.get(at) else { return Some(read) };
            let bytes = part(&what(at).name());
            match bytes.and_then(|bytes| make(at, unpack(&bytes, checksum)?)) {
                Some(piece) => read.push((at, piece)),
                None => {
                    // Nobody needs to go on.
                    next.store(checksums.len(), Ordering::Relaxed);
                    return None;
                }
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(8);
    let read = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let first = work();
        let others = others.into_iter().map(|other| other.join().ok().flatten());
        std::iter::once(first).chain(others).collect::<Option<Vec<_>>>()
    })?;
    let mut read: Vec<(usize, P)> = read.into_iter().flatten().collect();
    read.sort_unstable_by_key(|(at, _)| *at);
    Some(read.into_iter().map(|(_, piece)| piece).collect())
}

/// The lists of a sheaf, as they are written down.
type Lists =
    (Vec<Card>, Rows<Glance>, Rows<Happening>, Rows<Taking>, Rows<Stand>, Rows<Report>, Vec<Option<Sketch>>);

impl Head {
    /// A sheaf, all numbers of which are those of something.
    fn sheaf(&self, number: usize, lists: Lists, entries: &Chunks<PlaceEntry, 512>) -> Option<Sheaf> {
        let (cards, glances, happenings, takings, stands, mut reports, sketches) = lists;
        let articles = SHEAF.min(self.articles - number * SHEAF);
        let [places, names, actors] = self.counts;
        let places = places.min(entries.len());
        let within =
            |number: Option<u32>, count: usize| number.is_none_or(|number| (number as usize) < count);
        let whole = cards.len() == articles
            && sketches.len() == articles
            && glances.is_of(articles)
            && happenings.is_of(articles)
            && takings.is_of(articles)
            && stands.is_of(articles)
            && reports.is_of(articles);
        let known = cards.iter().all(|card| (card.source as usize) < self.sources.len())
            && glances.all().iter().all(|glance| {
                within(glance.place, places)
                    && within(glance.found(), places)
                    && within(Some(glance.name), names)
            })
            && happenings.all().iter().all(|happening| {
                within(happening.place(), places) && usize::from(happening.subtype) < self.subtypes.len()
            })
            && takings.all().iter().all(|taking| {
                (taking.who as usize) < actors && usize::from(taking.nation) < self.nations.len()
            });
        if !whole || !known {
            return None;
        }
        for at in 0..articles {
            let article = (number * SHEAF + at) as u32;
            let (glances, reports) = (glances.of(at), reports.of_mut(at));
            reports.iter_mut().for_each(|report| report.article = article);
            // Where it happened is where the first of its mentions is.
            for scene in stands.of(at).chunk_by(|one, next| one.event == next.event) {
                let key = glances.get(scene[0].mention as usize).and_then(|glance| glance.place);
                let entry = key.and_then(|key| entries.get(key as usize));
                if let Some(report) = reports.get_mut(scene[0].event as usize) {
                    report.happen_at(entry.map(|entry| entry.place.as_ref()));
                }
            }
        }
        Some(Sheaf {
            cards: Arc::new(cards),
            glances: Arc::new(glances),
            happenings: Arc::new(happenings),
            takings: Arc::new(takings),
            stands: Arc::new(stands),
            reports: Arc::new(reports),
            sketches: Arc::new(sketches),
        })
    }
}

/// Packs a part and remembers it, unless it is what was written last.
fn seal<T>(
    seals: &mut Vec<Seal<T>>,
    at: usize,
    own: &Arc<T>,
    pack: impl FnOnce(&T) -> Vec<u8>,
) -> Option<Vec<u8>> {
    // As long as it is remembered, nothing else is at its address.
    if seals.get(at).is_some_and(|known| known.of.ptr_eq(&Arc::downgrade(own))) {
        return None;
    }
    let bytes = pack(own);
    let seal = Seal { of: Arc::downgrade(own), checksum: xxh3_64(&bytes) };
    match seals.get_mut(at) {
        Some(known) => *known = seal,
        None => seals.push(seal),
    }
    Some(bytes)
}

fn seals<T>(parts: &[Arc<T>], checksums: &[u64]) -> Vec<Seal<T>> {
    let seal = |(of, &checksum): (&Arc<T>, &u64)| Seal { of: Arc::downgrade(of), checksum };
    parts.iter().zip(checksums).map(seal).collect()
}

/// The checksums of so many parts; others were of another collection.
fn checksums<T>(seals: &mut Vec<Seal<T>>, count: usize) -> Vec<u64> {
    seals.truncate(count);
    seals.iter().map(|seal| seal.checksum).collect()
}

/// How large it is when it is unpacked, and then it itself.
fn pack<T: Serialize + ?Sized>(part: &T) -> Vec<u8> {
    // Into memory, plain data: there is nothing that could be refused, and what is not whole is no digest.
    let plain = postcard::to_allocvec(part).unwrap_or_default();
    let packed = zstd::bulk::compress(&plain, LEVEL).unwrap_or_default();
    [&(plain.len() as u32).to_le_bytes()[..], &packed].concat()
}

fn unpack<T: DeserializeOwned>(bytes: &[u8], checksum: u64) -> Option<T> {
    let (size, packed) = bytes.split_first_chunk()?;
    let size = u32::from_le_bytes(*size) as usize;
    if size > LARGEST || xxh3_64(bytes) != checksum {
        return None;
    }
    postcard::from_bytes(&zstd::bulk::decompress(packed, size).ok()?).ok()
}
