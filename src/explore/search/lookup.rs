//! A query put to the index: the same sums as over a page, for every article at once, on two threads.
//! Words with a beginning are all of them looked up, be they thousands; nothing is left out for being common.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption::{WithFreqs, WithFreqsAndPositions};
use tantivy::schema::Term as Key;
use tantivy::{DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, TantivyError};

use super::hits::ABSENT;
use super::page::worth;
use super::query::{Query, Term};

/// How well each article of the index meets a query, by number.
pub(super) fn scores(searcher: &Searcher, query: &Query) -> tantivy::Result<Vec<f32>> {
    let mut scores = vec![ABSENT; searcher.num_docs() as usize];
    let segments = searcher.segment_readers();
    let next = AtomicUsize::new(0);
    let some = || {
        let mut found = Vec::new();
        while let Some(segment) = segments.get(next.fetch_add(1, Ordering::Relaxed)) {
            let numbers = segment.fast_fields().u64(super::index::NUMBER)?.first_or_default_col(u64::MAX);
            found.push((segment, numbers, answer(segment, query)?));
        }
        tantivy::Result::Ok(found)
    };
    let (found, others) = thread::scope(|scope| {
        let other = (segments.len() > 1).then(|| scope.spawn(some));
        let own = some();
        // What a thread that failed had taken on is lost: better no answer than half of one.
        let lost = |_| Err(TantivyError::InternalError("a thread failed".to_owned()));
        (own, other.map_or(Ok(Vec::new()), |other| other.join().unwrap_or_else(lost)))
    });
    for (segment, numbers, answers) in found?.into_iter().chain(others?) {
        // What was deleted is there under the same number as what came instead.
        for (document, score) in (0..).zip(answers).filter(|&(document, _)| !segment.is_deleted(document)) {
            let number = usize::try_from(numbers.get_val(document)).unwrap_or(usize::MAX);
            if let Some(place) = scores.get_mut(number) {
                *place = score;
            }
        }
    }
    Ok(scores)
}

/// The scores of a part of the index, by document.
fn answer(segment: &SegmentReader, query: &Query) -> tantivy::Result<Vec<f32>> {
    let mut scores = vec![0.0; segment.max_doc() as usize];
    for clause in &query.clauses {
        let mut met = vec![ABSENT; scores.len()];
        for term in clause {
            for (met, score) in met.iter_mut().zip(term_scores(segment, term)?) {
                *met = match (*met == ABSENT, score == ABSENT) {
                    (_, true) => *met,
                    (true, false) => score,
                    (false, false) => *met + score,
                };
            }
        }
        for (score, met) in scores.iter_mut().zip(met) {
            *score = if *score == ABSENT || met == ABSENT { ABSENT } else { *score + met };
        }
    }
    Ok(scores)
}

fn term_scores(segment: &SegmentReader, term: &Term) -> tantivy::Result<Vec<f32>> {
    let mut scores = vec![ABSENT; segment.max_doc() as usize];
    for field in term.fields() {
        let column = segment.schema().get_field(field.name())?;
        let inverted = segment.inverted_index(column)?;
        let lists = Lists { inverted: &inverted, column };
        let mut counts = vec![0; scores.len()];
        lists.count(term, &mut counts)?;
        for (score, &count) in scores.iter_mut().zip(&counts).filter(|&(_, &count)| count > 0) {
            let worth = worth(field, count);
            *score = if *score == ABSENT { worth } else { *score + worth };
        }
    }
    if term.not {
        scores.iter_mut().for_each(|score| *score = if *score == ABSENT { 0.0 } else { ABSENT });
    }
    Ok(scores)
}

/// The lists of documents of a field, by word.
struct Lists<'a> {
    inverted: &'a InvertedIndexReader,
    column: tantivy::schema::Field,
}

impl Lists<'_> {
    /// Counts how often a term stands in each document.
    fn count(&self, term: &Term, counts: &mut [u32]) -> io::Result<()> {
        match &*term.words {
            [word] if term.prefix => self.each_beginning(word, WithFreqs, |list| add_all(list, counts)),
            [word] => {
                if let Some(mut list) = self.list(word, WithFreqs)? {
                    add_all(&mut list, counts);
                }
                Ok(())
            }
            [row @ .., last] if term.prefix => {
                let mut ends = self.ends_of_row(row, counts.len())?;
                self.each_beginning(last, WithFreqsAndPositions, |list| ends.count(list, counts))
            }
            row => {
                let ends = self.ends_of_row(row, counts.len())?;
                for (count, document) in counts.iter_mut().zip(0..) {
                    *count = ends.of(document).len() as u32;
                }
                Ok(())
            }
        }
    }

    fn list(
        &self,
        word: &str,
        option: tantivy::schema::IndexRecordOption,
    ) -> io::Result<Option<SegmentPostings>> {
        self.inverted.read_postings(&Key::from_field_text(self.column, word), option)
    }

    /// The lists of all words that begin so.
    fn each_beginning(
        &self,
        beginning: &str,
        option: tantivy::schema::IndexRecordOption,
        mut take: impl FnMut(&mut SegmentPostings),
    ) -> io::Result<()> {
        // No byte of UTF-8 is 255.
        let beyond = [beginning.as_bytes(), &[255]].concat();
        let mut words = self.inverted.terms().range().ge(beginning).lt(beyond).into_stream()?;
        while words.advance() {
            take(&mut self.inverted.read_postings_from_terminfo(words.value(), option)?);
        }
        Ok(())
    }

    /// Where words in a row end, in each document that has them.
    fn ends_of_row(&self, row: &[String], documents: usize) -> io::Result<Ends> {
        let mut ends = Ends { starts: vec![0; documents + 1], positions: Vec::new(), buffer: Vec::new() };
        let mut lists = Vec::new();
        for word in row {
            match self.list(word, WithFreqsAndPositions)? {
                Some(list) => lists.push(list),
                None => return Ok(ends),
            }
        }
        let Some(rarest) = (0..lists.len()).min_by_key(|&index| lists[index].doc_freq()) else {
            return Ok(ends);
        };
        let (mut kept, mut other) = (Vec::new(), Vec::new());
        let (mut document, mut told) = (lists[rarest].doc(), 0);
        while document != TERMINATED {
            if lists.iter_mut().all(|list| reach(list, document) == document) {
                kept.clear();
                for (index, list) in lists.iter_mut().enumerate() {
                    // Where the last word would stand.
                    list.positions_with_offset((row.len() - 1 - index) as u32, &mut other);
                    if index == 0 {
                        std::mem::swap(&mut kept, &mut other);
                    } else {
                        kept.retain(|position| other.binary_search(position).is_ok());
                    }
                }
                if !kept.is_empty() {
                    ends.fill(&mut told, document);
                    ends.positions.extend_from_slice(&kept);
                }
            }
            document = lists[rarest].advance();
        }
        ends.fill(&mut told, documents as u32);
        Ok(ends)
    }
}

/// Positions by document, those of each sorted.
struct Ends {
    /// Where each document's begin.
    starts: Vec<u32>,
    positions: Vec<u32>,
    buffer: Vec<u32>,
}

impl Ends {
    /// Notes where positions begin for the documents up to this one.
    fn fill(&mut self, told: &mut u32, document: u32) {
        let begin = self.positions.len() as u32;
        self.starts[*told as usize + 1..=document as usize].fill(begin);
        *told = document;
    }

    fn of(&self, document: u32) -> &[u32] {
        let at = document as usize;
        let range = self.starts[at] as usize..self.starts[at + 1] as usize;
        self.positions.get(range).unwrap_or(&[])
    }

    /// Counts where a word follows.
    fn count(&mut self, list: &mut SegmentPostings, counts: &mut [u32]) {
        let mut buffer = std::mem::take(&mut self.buffer);
        let mut document = list.doc();
        while document != TERMINATED {
            let ends = self.of(document);
            if !ends.is_empty() {
                list.positions(&mut buffer);
                let follows =
                    buffer.iter().filter(|&&at| at > 0 && ends.binary_search(&(at - 1)).is_ok()).count();
                counts[document as usize] += follows as u32;
            }
            document = list.advance();
        }
        self.buffer = buffer;
    }
}

fn add_all(list: &mut SegmentPostings, counts: &mut [u32]) {
    let mut document = list.doc();
    while document != TERMINATED {
        counts[document as usize] += list.term_freq();
        document = list.advance();
    }
}

/// Moves a list on to a document or past it.
fn reach(list: &mut SegmentPostings, document: u32) -> u32 {
    if list.doc() < document { list.seek(document) } else { list.doc() }
}
