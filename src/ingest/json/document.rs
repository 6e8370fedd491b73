//! A JSON document value by value: the objects of its list are articles, or it is one itself.
//! Of what stands around a list only as much is kept as one article may have.

use std::collections::VecDeque;
use std::io::BufRead;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::scan::{Fault, Scanner};
use super::{LISTS, MOST_VALUES, Strangers, Verdict, WRAPPERS, decoded};
use crate::ingest::jsonl::{self, Naming};
use crate::ingest::source::guarded;
use crate::ingest::walk::because;
use crate::ingest::{Options, Step, Unopened};
use crate::model::Problem;

/// What the articles of a document are called where they are counted.
const KIND: &str = "objects";

/// Longest article.
const LONGEST: usize = 64 << 20;

/// Longest name of a field.
const LONGEST_KEY: usize = 64 << 10;

/// Objects and lists that lie in each other before articles come.
const DEEPEST: usize = 8;

enum Level {
    List,
    /// What was kept of an object, how many bytes, how many more values may be, and whether a list in it gave articles.
    Object {
        kept: Map<String, Value>,
        weight: usize,
        room: usize,
        listed: bool,
    },
}

impl Level {
    fn object() -> Level {
        Level::Object { kept: Map::new(), weight: 0, room: MOST_VALUES, listed: false }
    }
}

/// Reads articles from a document.
pub(super) struct Document<R> {
    id: String,
    name: String,
    scanner: Scanner<R>,
    options: Arc<Options>,
    levels: Vec<Level>,
    /// Number of the object read last, from 1.
    number: u64,
    /// Objects that were no article, until one was.
    strangers: Strangers,
    waiting: VecDeque<Unopened>,
    ended: bool,
}

impl<R: BufRead> Document<R> {
    pub(super) fn new(id: String, name: String, input: R, options: &Arc<Options>) -> Self {
        Self {
            id,
            name,
            scanner: Scanner::new(input),
            options: Arc::clone(options),
            levels: Vec::new(),
            number: 0,
            strangers: Strangers::default(),
            waiting: VecDeque::new(),
            ended: false,
        }
    }

    /// Reads on by one value.
    fn advance(&mut self) -> Result<(), Fault> {
        let Some(next) = self.scanner.peek()? else {
            self.ended = true;
            if let Some(reason) = self.strangers.end(KIND) {
                self.tell_of_file(reason);
            }
            return if self.levels.is_empty() { Ok(()) } else { Err(Fault::Cut) };
        };
        match (self.levels.last(), next) {
            (_, b',' | b':') => self.scanner.skip(),
            (None, b'[') => self.enter(Level::List),
            (None | Some(Level::List), b'{') if self.levels.is_empty() => self.enter(Level::object()),
            (Some(Level::List), b'{') => self.element()?,
            (Some(Level::List), b']') => {
                self.scanner.skip();
                self.levels.pop();
            }
            (Some(Level::Object { .. }), b'}') => {
                self.scanner.skip();
                self.close();
            }
            (Some(Level::Object { .. }), b'"') => self.field()?,
            (Some(Level::List), _) => drop(self.scanner.value(LONGEST)?),
            _ => {
                self.ended = true;
                self.tell("it is damaged: not JSON from here on".to_owned());
            }
        }
        Ok(())
    }

    fn enter(&mut self, level: Level) {
        self.scanner.skip();
        self.levels.push(level);
    }

    /// An object of a list is an article.
    fn element(&mut self) -> Result<(), Fault> {
        self.number += 1;
        let bytes = match self.scanner.value(LONGEST) {
            Err(Fault::TooLong) => {
                self.tell(format!("it is longer than {} MiB", LONGEST >> 20));
                return Ok(());
            }
            bytes => bytes?,
        };
        for level in &mut self.levels {
            if let Level::Object { listed, .. } = level {
                *listed = true;
            }
        }
        let (place, id, options) = (self.place(), self.naming(), Arc::clone(&self.options));
        let named = place.clone();
        let open = guarded(place.clone(), move || jsonl::open_object(&bytes, &id, &named, &options));
        self.take(place, open);
        Ok(())
    }

    /// Keeps a field, or goes into it where a list of articles is to be expected.
    fn field(&mut self) -> Result<(), Fault> {
        let key = self.scanner.value(LONGEST_KEY)?;
        let key: String = serde_json::from_slice(&key).unwrap_or_default();
        if self.scanner.peek()? == Some(b':') {
            self.scanner.skip();
        }
        let deep = self.levels.len() >= DEEPEST;
        let value = match self.scanner.peek()? {
            Some(b'{') if WRAPPERS.contains(&key.as_str()) && !deep => {
                self.enter(Level::object());
                return Ok(());
            }
            Some(b'[') if LISTS.contains(&key.as_str()) && !deep => {
                self.scanner.skip();
                if self.scanner.peek()? == Some(b'{') {
                    self.levels.push(Level::List);
                    return Ok(());
                }
                self.scanner.rest_of_list(LONGEST)?
            }
            Some(b'}') | None => return Ok(()),
            Some(_) => self.scanner.value(LONGEST)?,
        };
        if let Some(Level::Object { kept, weight, room, .. }) = self.levels.last_mut() {
            *weight += key.len() + value.len();
            if *weight > LONGEST {
                return Err(Fault::TooLong);
            }
            if *room > 0
                && let Ok(text) = decoded(&value)
                && let Ok(value) = super::value(&text, room)
            {
                *room = room.saturating_sub(1);
                kept.insert(key, value);
            }
        }
        Ok(())
    }

    /// An object without a list of articles may be one.
    fn close(&mut self) {
        let Some(Level::Object { kept, listed: false, .. }) = self.levels.pop() else { return };
        let inner = !self.levels.is_empty();
        if kept.is_empty()
            || inner && !super::foreign(&kept, &self.options).is_some_and(|told| told.has_text())
        {
            return;
        }
        for level in &mut self.levels {
            if let Level::Object { listed, .. } = level {
                *listed = true;
            }
        }
        self.number += 1;
        // A file that is one article is called what the file is.
        let mut id = self.naming();
        let (mut place, options) = (self.place(), Arc::clone(&self.options));
        if self.number == 1 {
            id.fallback.clone_from(&self.id);
            place.clone_from(&self.name);
        }
        let named = place.clone();
        let open = guarded(place.clone(), move || jsonl::open_fields(kept, &id, &named, &options));
        self.take(place, open);
    }

    /// Hands an article out, once it is known that there are any.
    fn take(&mut self, place: String, open: impl FnOnce() -> Vec<Step> + Send + 'static) {
        if self.strangers.is_over() {
            return self.waiting.push_back(Unopened::elsewhere(place, open));
        }
        let mut steps = open();
        let verdict = self.strangers.judge(&mut steps, KIND);
        if let Verdict::On(Some(reason)) = &verdict {
            self.tell_of_file(reason.clone());
        }
        self.waiting.extend(steps.into_iter().map(Unopened::from));
        if let Verdict::Enough(reason) = verdict {
            self.ended = true;
            self.tell_of_file(reason);
        }
    }
}

impl<R> Document<R> {
    /// How the next article gets its id.
    fn naming(&self) -> Naming {
        Naming { file: self.id.clone(), fallback: format!("{}#{}", self.id, self.number), line: false }
    }

    fn tell_of_file(&mut self, reason: String) {
        self.waiting.push_back(Err(Problem { place: self.name.clone(), reason }).into());
    }

    fn place(&self) -> String {
        format!("{}#{}", self.name, self.number)
    }

    fn tell(&mut self, reason: String) {
        let place = if self.number == 0 { self.name.clone() } else { self.place() };
        self.waiting.push_back(Err(Problem { place, reason }).into());
    }
}

impl<R: BufRead> Iterator for Document<R> {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        while self.waiting.is_empty() && !self.ended {
            if let Err(fault) = self.advance() {
                self.ended = true;
                self.tell(match fault {
                    Fault::Io(error) => because(&error),
                    Fault::Cut => "it is cut short: the JSON goes on".to_owned(),
                    Fault::TooLong => format!("something in it is longer than {} MiB", LONGEST >> 20),
                });
            }
        }
        self.waiting.pop_front()
    }
}
