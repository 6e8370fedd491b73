//! Numbers the places and lays out their columns, then what refers to rows: parents, identifiers, where they lie.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::join::{Ready, id_key};
use super::sorter::{Sorted, Sorter};
use super::{Step, Stopped, tell};
use crate::gazetteer::columns::{Id, NONE, TEXT_ID};
use crate::gazetteer::fold_loose;
use crate::gazetteer::names::{CODE_BITS, name_weight, offer_weight};
use crate::gazetteer::space::{Spot, plant};

/// A named section in a file of its own.
pub(super) type NamedSection = ([u8; 4], File);

/// The numbered places.
pub(super) struct Rows {
    pub(super) places: u64,
    pub(super) sections: Vec<NamedSection>,
    pub(super) names: [Sorter; 2],
}

/// Writes a section.
pub(super) fn section(
    folder: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> io::Result<File> {
    let file = tempfile::tempfile_in(folder)?;
    let mut out = BufWriter::with_capacity(1 << 16, &file);
    write(&mut out)?;
    out.flush()?;
    drop(out);
    Ok(file)
}

/// The columns that are written as the rows come.
struct Columns {
    names: Vec<[u8; 4]>,
    files: Vec<BufWriter<File>>,
}

impl Columns {
    fn new(folder: &Path, names: &[&[u8; 4]]) -> io::Result<Self> {
        let file = |_: &_| Ok(BufWriter::with_capacity(1 << 16, tempfile::tempfile_in(folder)?));
        let files: io::Result<Vec<_>> = names.iter().map(file).collect();
        Ok(Self { names: names.iter().map(|name| **name).collect(), files: files? })
    }

    fn put(&mut self, name: &[u8; 4], bytes: &[u8]) -> io::Result<()> {
        match self.names.iter().position(|column| column == name) {
            Some(at) => self.files[at].write_all(bytes),
            None => Err(io::Error::other("no such column")),
        }
    }

    fn finish(self) -> io::Result<Vec<NamedSection>> {
        let file = |out: BufWriter<File>| out.into_inner().map_err(io::IntoInnerError::into_error);
        self.names.into_iter().zip(self.files).map(|(name, out)| Ok((name, file(out)?))).collect()
    }
}

/// What is kept in memory of the rows while they are numbered.
#[derive(Default)]
struct Kept {
    spots: Vec<Spot>,
    /// For each row the number of its parent among `parents`.
    parent: Vec<u32>,
    parents: HashMap<Vec<u8>, u32>,
    features: BTreeMap<(char, String), u16>,
    countries: BTreeMap<[u8; 2], u32>,
    text_ids: u32,
    shown: u32,
}

/// Reads the places in the order of their rows.
pub(super) fn number(
    mut ready: Sorted,
    folder: &Path,
    step: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> Result<Rows, Stopped> {
    let mut columns = Columns::new(
        folder,
        &[
            b"id  ", b"tid ", b"lat ", b"lon ", b"pop ", b"cc  ", b"feat", b"prom", b"rad ", b"shwn",
            b"nend", b"boxr", b"box ",
        ],
    )?;
    let mut names = [Sorter::new(folder), Sorter::new(folder)];
    let mut ids = Sorter::new(folder);
    let mut kept = Kept::default();
    let (mut row, all) = (0, ready.count);
    while let Some((key, value)) = ready.next()? {
        let known = key.first_chunk().map_or(0, |rank| u16::MAX - u16::from_be_bytes(*rank));
        let place: Ready<'_> = postcard::from_bytes(value).map_err(io::Error::other)?;
        kept.put(&place, row, known, &mut columns)?;
        ids.insert(&key[2..], &row.to_be_bytes())?;
        put_names(&place, row, known, &mut names)?;
        row += 1;
        if row >> (32 - CODE_BITS) != 0 {
            return Err(io::Error::other("more than 268 million places").into());
        }
        tell(step, "numbering places", u64::from(row), all)?;
    }
    drop(ready);
    let mut sections = columns.finish()?;
    sections.push((*b"fnam", section(folder, |out| kept.write_features(out))?));
    sections.push((*b"cnty", section(folder, |out| kept.write_countries(out))?));
    kept.write_ids(ids.sorted()?, folder, &mut sections)?;
    let spots = std::mem::take(&mut kept.spots);
    sections.push((
        *b"tree",
        section(folder, |out| {
            plant(spots).try_for_each(|(row, split)| {
                out.write_all(&row.to_le_bytes())?;
                out.write_all(&split.to_le_bytes())
            })
        })?,
    ));
    Ok(Rows { places: u64::from(row), sections, names })
}

impl Kept {
    fn put(&mut self, place: &Ready<'_>, row: u32, known: u16, columns: &mut Columns) -> io::Result<()> {
        let id = match Id::of(place.id) {
            Id::GeoNames(number) => number,
            Id::Text(text) => {
                let offset = self.text_ids;
                let len =
                    u16::try_from(text.len()).map_err(|_| io::Error::other("an identifier is too long"))?;
                columns.put(b"tid ", &len.to_le_bytes())?;
                columns.put(b"tid ", text.as_bytes())?;
                self.text_ids = offset
                    .checked_add(2 + u32::from(len))
                    .filter(|end| end & TEXT_ID == 0)
                    .ok_or_else(|| io::Error::other("the identifiers are too long"))?;
                offset | TEXT_ID
            }
        };
        columns.put(b"id  ", &id.to_le_bytes())?;
        let (lon, lat) = place.point;
        columns.put(b"lat ", &lat.to_le_bytes())?;
        columns.put(b"lon ", &lon.to_le_bytes())?;
        columns.put(b"pop ", &place.population.to_le_bytes())?;
        columns.put(b"cc  ", &place.country)?;
        let next = self.features.len() as u16;
        let feature = *self.features.entry((place.class, place.code.to_owned())).or_insert(next);
        columns.put(b"feat", &feature.to_le_bytes())?;
        columns.put(b"prom", &known.to_le_bytes())?;
        columns.put(b"rad ", &place.radius.to_le_bytes())?;
        columns.put(b"shwn", place.name.as_bytes())?;
        self.shown = self
            .shown
            .checked_add(place.name.len() as u32)
            .ok_or_else(|| io::Error::other("the names to show are too long"))?;
        columns.put(b"nend", &self.shown.to_le_bytes())?;
        if let Some(edges) = place.bbox {
            columns.put(b"boxr", &row.to_le_bytes())?;
            edges.iter().try_for_each(|edge| columns.put(b"box ", &edge.to_le_bytes()))?;
        }
        if place.class == 'A' && place.code.starts_with("PCL") && place.country != [0, 0] {
            self.countries.entry(place.country).or_insert(row);
        }
        self.spots.push((lon, lat, row));
        let parent = self.parent_number(place.parent);
        self.parent.push(parent);
        Ok(())
    }

    fn parent_number(&mut self, parent: &str) -> u32 {
        if parent.is_empty() {
            return NONE;
        }
        let mut key = Vec::new();
        id_key(parent, &mut key);
        let next = self.parents.len() as u32;
        *self.parents.entry(key).or_insert(next)
    }

    /// Each entry of the table: the class, then the code padded to seven bytes with spaces.
    fn write_features(&self, out: &mut impl Write) -> io::Result<()> {
        if self.features.len() > usize::from(u16::MAX) {
            return Err(io::Error::other("more than 65,535 kinds of feature"));
        }
        let mut table: Vec<(&u16, &(char, String))> =
            self.features.iter().map(|(feature, number)| (number, feature)).collect();
        table.sort_unstable();
        for (_, (class, code)) in table {
            let class = if class.is_ascii() { class.to_ascii_uppercase() } else { '?' };
            let code: String = code.chars().filter(char::is_ascii_graphic).take(7).collect();
            write!(out, "{class}{code:<7}")?;
        }
        Ok(())
    }

    fn write_countries(&self, out: &mut impl Write) -> io::Result<()> {
        self.countries.iter().try_for_each(|(code, row)| {
            out.write_all(&[code[0], code[1], 0, 0])?;
            out.write_all(&row.to_le_bytes())
        })
    }

    /// The rows in the order of their identifiers, and with these the rows of parents.
    fn write_ids(
        &mut self,
        mut ids: Sorted,
        folder: &Path,
        sections: &mut Vec<NamedSection>,
    ) -> io::Result<()> {
        let mut columns = Columns::new(folder, &[b"idn ", b"idt "])?;
        let mut rows = vec![NONE; self.parents.len()];
        while let Some((id, row)) = ids.next()? {
            let row = row.first_chunk().map_or(NONE, |row| u32::from_be_bytes(*row));
            columns.put(if id.first() == Some(&0) { b"idn " } else { b"idt " }, &row.to_le_bytes())?;
            if let Some(&number) = self.parents.get(id) {
                rows[number as usize] = row;
            }
        }
        sections.extend(columns.finish()?);
        let parents: Vec<u32> = std::mem::take(&mut self.parent)
            .into_iter()
            .map(|number| rows.get(number as usize).copied().unwrap_or(NONE))
            .collect();
        sections.push((*b"par ", section(folder, |out| put_all(out, parents.iter().copied()))?));
        let mut children: Vec<u64> = (0..)
            .zip(&parents)
            .filter(|(_, parent)| **parent != NONE)
            .map(|(row, &parent): (u64, _)| u64::from(parent) << 32 | row)
            .collect();
        drop(parents);
        children.sort_unstable();
        sections
            .push((*b"chld", section(folder, |out| put_all(out, children.iter().map(|pair| *pair as u32)))?));
        Ok(())
    }
}

fn put_all(out: &mut impl Write, mut values: impl Iterator<Item = u32>) -> io::Result<()> {
    values.try_for_each(|value| out.write_all(&value.to_le_bytes()))
}

/// Puts a place's names among all, so that they come out by name, then best place first.
fn put_names(place: &Ready<'_>, row: u32, known: u16, names: &mut [Sorter; 2]) -> io::Result<()> {
    let [folded, loose] = names;
    let known = f32::from(known) / f32::from(u16::MAX);
    let rank = |weight: f32| u16::MAX - (known * weight * f32::from(u16::MAX)) as u16;
    let mut key = Vec::with_capacity(64);
    let mut put = |sorter: &mut Sorter, name: &str, code: u8| {
        key.clear();
        key.extend(name.as_bytes());
        key.push(0);
        key.extend(rank(name_weight(u32::from(code))).to_be_bytes());
        key.extend(row.to_be_bytes());
        let offer = rank(offer_weight(u32::from(code))).to_be_bytes();
        sorter.insert(&key, &[code, offer[0], offer[1]])
    };
    let mut sounds: Vec<(String, u8)> = Vec::new();
    for &(name, code) in &place.names {
        put(folded, name, code)?;
        if place.loose && (code & 1 == 0 || code & 6 == 0) {
            sounds.push((fold_loose(name), code));
        }
    }
    sounds.sort_unstable();
    sounds.dedup_by(|next, kept| next.0 == kept.0);
    for (sound, code) in sounds.iter().filter(|(sound, _)| !sound.is_empty()) {
        put(loose, sound, *code)?;
    }
    Ok(())
}
