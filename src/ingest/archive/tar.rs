//! Tar archives: a header before each file, read from the first to the last without a look back.
//! The headers are walked here, because what is between them comes from a stream that may be packed.

use std::io::{self, Read};

use tar::{EntryType, Header, PaxExtensions};

use super::limits::{Broken, unpacked};
use super::{Files, Next, Packed};
use crate::ingest::content;
use crate::ingest::format::Format;
use crate::ingest::source::{Input, Source, Steps};

/// Longest name that a header of its own gives, with whatever stands beside it.
const LONGEST_HEADER: u64 = 64 << 10;

/// Most entries that are looked at, files or not.
const MOST_ENTRIES: u64 = 2_000_000;

pub(super) fn steps(source: Source) -> Steps {
    Files::steps(source, |input| Tar::new(io::BufReader::new(input)))
}

pub(super) struct Tar<R> {
    input: R,
    /// Bytes of the file it stands at that were not read yet, and those that fill up its last block.
    left: u64,
    padding: u64,
    /// Bytes of it that were looked at, and come out first.
    seen: Vec<u8>,
    entries: u64,
}

impl<R: Read> Tar<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, left: 0, padding: 0, seen: Vec::new(), entries: 0 }
    }

    /// Passes over what is left of the file before. Whether there was as much as its header said.
    fn skip(&mut self) -> io::Result<bool> {
        let rest = self.left + self.padding;
        (self.left, self.padding) = (0, 0);
        self.seen.clear();
        Ok(io::copy(&mut (&mut self.input).take(rest), &mut io::sink())? == rest)
    }

    /// The next header; `None` at the end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        if !self.skip()? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut block = Vec::with_capacity(512);
        (&mut self.input).take(512).read_to_end(&mut block)?;
        // Zeros end an archive; some end without.
        if block.iter().all(|&byte| byte == 0) {
            return Ok(None);
        }
        let block: [u8; 512] = block.try_into().map_err(|_| io::ErrorKind::UnexpectedEof)?;
        let mut header = Header::new_old();
        *header.as_mut_bytes() = block;
        // The checksum counts its own field as blanks.
        let sum: u32 = block
            .iter()
            .enumerate()
            .map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { u32::from(byte) })
            .sum();
        if header.cksum().ok() != Some(sum) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.left = header.entry_size().map_err(|_| io::ErrorKind::InvalidData)?;
        self.padding = self.left.wrapping_neg() % 512;
        if self.left > u64::MAX / 2 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(Some(header))
    }

    /// What a header of its own says of the next file.
    fn told(&mut self) -> io::Result<Vec<u8>> {
        let mut told = Vec::new();
        let wanted = self.left.min(LONGEST_HEADER);
        (&mut self.input).take(wanted).read_to_end(&mut told)?;
        self.left -= told.len() as u64;
        Ok(told)
    }

    fn find(&mut self) -> io::Result<Next> {
        let (mut long, mut size) = (None, None);
        while let Some(header) = self.header()? {
            self.entries += 1;
            if self.entries > MOST_ENTRIES {
                return Ok(Next::End(Some("it holds too many files; the rest is not read".to_owned())));
            }
            match header.entry_type() {
                EntryType::GNULongName => {
                    let mut name = self.told()?;
                    name.truncate(name.iter().position(|&byte| byte == 0).unwrap_or(name.len()));
                    long = Some(name);
                }
                EntryType::XHeader => {
                    let told = self.told()?;
                    for said in PaxExtensions::new(&told).filter_map(Result::ok) {
                        match said.key_bytes() {
                            b"path" => long = Some(said.value_bytes().to_vec()),
                            b"size" => size = said.value().ok().and_then(|size| size.parse::<u64>().ok()),
                            _ => {}
                        }
                    }
                }
                EntryType::GNULongLink | EntryType::XGlobalHeader => {}
                EntryType::Regular | EntryType::Continuous => {
                    if let Some(size) = size.filter(|&size| size < u64::MAX / 2) {
                        (self.left, self.padding) = (size, size.wrapping_neg() % 512);
                    }
                    let name = long.unwrap_or_else(|| header.path_bytes().into_owned());
                    let name = String::from_utf8_lossy(&name).into_owned();
                    return Ok(if name.ends_with('/') { Next::Other } else { Next::File(name) });
                }
                _ => return Ok(Next::Other),
            }
        }
        Ok(Next::End(None))
    }
}

impl<R: Read + Send> Packed for Tar<R> {
    fn advance(&mut self) -> Next {
        self.find().unwrap_or_else(|error| Next::End(Some(Broken::of(&error).reason())))
    }

    fn head(&mut self) -> Vec<u8> {
        let mut file = (&mut self.input).take(self.left);
        self.seen = content::head(&mut file);
        self.left = file.limit();
        self.seen.clone()
    }

    fn unpack(&mut self, format: Format) -> (Box<dyn Input>, Option<Broken>) {
        let mut file = (&mut self.input).take(self.left);
        let seen = io::Cursor::new(std::mem::take(&mut self.seen));
        let (input, broken) = unpacked(seen.chain(&mut file), format);
        self.left = file.limit();
        // Only the end of everything ends a file early.
        let cut = broken.is_none() && self.left > 0;
        let broken = broken.or_else(|| cut.then(|| Broken::Alone("it is damaged or cut short".to_owned())));
        if cut {
            (self.left, self.padding) = (0, 0);
        }
        (input, broken)
    }
}
