//! Writes the finite-state maps from names to places, and the lists of places that share a name.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::rows::NamedSection;
use super::sorter::{Sorted, Sorter};
use super::{Step, Stopped, tell};
use crate::gazetteer::automaton::Builder;
use crate::gazetteer::names::{Bearers, CODE_BITS, FOLDED, LOOSE, value};

/// Writes both maps; answers the number of different folded names.
pub(super) fn write(
    [folded, loose]: [Sorter; 2],
    folder: &Path,
    sections: &mut Vec<NamedSection>,
    step: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> Result<u64, Stopped> {
    let (folded, loose) = std::thread::scope(|scope| {
        let loose = scope.spawn(|| Map::write(loose.sorted()?, folder, &mut |_| ControlFlow::Continue(())));
        let folded = folded.sorted().map_err(Stopped::from).and_then(|names| Map::write(names, folder, step));
        let lost = |_| Err(Stopped::Io(io::Error::other("the names could not be written")));
        (folded, loose.join().unwrap_or_else(lost))
    });
    let (folded, loose) = (folded?, loose?);
    let names = folded.count;
    sections.extend([(FOLDED.0, folded.names), (FOLDED.1, folded.lists)]);
    sections.extend([(LOOSE.0, loose.names), (LOOSE.1, loose.lists)]);
    Ok(names)
}

struct Map {
    names: File,
    lists: File,
    count: u64,
}

/// The places of a name, while they are read.
#[derive(Default)]
struct Places {
    name: Vec<u8>,
    postings: Vec<u32>,
    /// The least rank among them: the best offer.
    rank: u16,
}

impl Map {
    fn write(
        mut sorted: Sorted,
        folder: &Path,
        step: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Self, Stopped> {
        let (names, lists) = (tempfile::tempfile_in(folder)?, tempfile::tempfile_in(folder)?);
        let mut builder = Builder::new(BufWriter::with_capacity(1 << 18, &names));
        let mut list = BufWriter::with_capacity(1 << 18, &lists);
        let mut listed = 0;
        let mut places = Places::default();
        let (mut done, all) = (0, sorted.count);
        while let Some((key, posting)) = sorted.next()? {
            let Some((name, row)) = key.len().checked_sub(7).map(|end| (&key[..end], &key[end + 3..])) else {
                continue;
            };
            if name != places.name {
                places.put(&mut builder, &mut list, &mut listed)?;
                places = Places { name: name.to_vec(), postings: Vec::new(), rank: u16::MAX };
            }
            let row = row.first_chunk().map_or(0, |row| u32::from_be_bytes(*row));
            let &[code, high, low] = posting else { continue };
            places.postings.push(row << CODE_BITS | u32::from(code));
            places.rank = places.rank.min(u16::from_be_bytes([high, low]));
            done += 1;
            tell(step, "sorting names", done, all)?;
        }
        places.put(&mut builder, &mut list, &mut listed)?;
        list.flush()?;
        drop(list);
        let count = builder.finish()?;
        Ok(Self { names, lists, count })
    }
}

impl Places {
    fn put(
        &self,
        names: &mut Builder<impl Write>,
        lists: &mut impl Write,
        listed: &mut u64,
    ) -> io::Result<()> {
        let bearers = match self.postings.as_slice() {
            [] => return Ok(()),
            [one] => Bearers::One(*one),
            several => {
                let start =
                    u32::try_from(*listed).map_err(|_| io::Error::other("too many names are shared"))?;
                lists.write_all(&(several.len() as u32).to_le_bytes())?;
                several.iter().try_for_each(|posting| lists.write_all(&posting.to_le_bytes()))?;
                *listed += several.len() as u64 + 1;
                Bearers::List(start)
            }
        };
        let offer = f32::from(u16::MAX - self.rank) / f32::from(u16::MAX);
        names.insert(&self.name, value(offer, bearers))
    }
}
