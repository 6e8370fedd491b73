//! How much may come out of an archive: every limit stands here.
//! What counts is what comes out, over all archives within each other: what one says of itself may be a lie.

use std::io::{self, Read, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::ingest::format::Format;
use crate::ingest::source::{Input, LARGEST};
use crate::ingest::walk::because;

/// Most archives, or messages, within each other.
pub(in crate::ingest) const DEEPEST: u8 = 3;

/// Most bytes that come out of one archive with all that lies in it.
const MOST: u64 = 4 << 30;

/// Most bytes that come out for each that went in, once more than `FREE` came out.
const RATIO: u64 = 200;

/// Bytes that may come out whatever went in.
const FREE: u64 = 64 << 20;

/// Bytes that are held in memory; more of a file that is read piece by piece lie in an unnamed file meanwhile.
const HELD: usize = 16 << 20;

/// What may still come out of an archive.
#[derive(Debug)]
pub(in crate::ingest) struct Allowance(AtomicU64);

impl Allowance {
    /// Of an archive of so many bytes.
    pub(in crate::ingest) fn of(packed: u64) -> Arc<Allowance> {
        Arc::new(Allowance(AtomicU64::new(packed.saturating_mul(RATIO).clamp(FREE, MOST))))
    }

    /// Whether so many bytes more may come out.
    fn take(&self, bytes: u64) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
    }
}

/// More came out than may.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("it unpacks to more than {RATIO} times its size, or to more than {} GiB, as bombs do; the rest is not read", MOST >> 30)]
pub(super) struct Exceeded;

/// What comes out of an archive, counted.
pub(super) struct Counted<R> {
    inner: R,
    allowance: Arc<Allowance>,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R, allowance: &Arc<Allowance>) -> Self {
        Self { inner, allowance: Arc::clone(allowance) }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.allowance.take(read as u64) {
            true => Ok(read),
            false => Err(io::Error::other(Exceeded)),
        }
    }
}

/// Why something could not be unpacked.
#[derive(Debug)]
pub(super) enum Broken {
    /// Nothing more may come out of the whole archive.
    Bomb,
    /// It alone.
    Alone(String),
}

impl Broken {
    pub(super) fn of(error: &io::Error) -> Broken {
        match error.get_ref().is_some_and(|inner| inner.is::<Exceeded>()) {
            true => Broken::Bomb,
            false
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidData
                        | io::ErrorKind::InvalidInput
                        | io::ErrorKind::UnexpectedEof
                        | io::ErrorKind::Other
                ) =>
            {
                Broken::Alone("it is damaged or cut short".to_owned())
            }
            false => Broken::Alone(because(error)),
        }
    }

    /// As the end of a sentence that begins with a name.
    pub(super) fn reason(&self) -> String {
        match self {
            Broken::Bomb => Exceeded.to_string(),
            Broken::Alone(reason) => reason.clone(),
        }
    }
}

/// All that comes out of `packed`, to be read in any order, with the reason where it is not all.
pub(super) fn unpacked(packed: impl Read, format: Format) -> (Box<dyn Input>, Option<Broken>) {
    let most = if piecemeal(format) { MOST } else { LARGEST };
    let mut out = tempfile::spooled_tempfile(if piecemeal(format) { HELD } else { usize::MAX });
    let mut packed = packed.take(most + 1);
    let broken = match io::copy(&mut packed, &mut out) {
        Ok(copied) if copied > most => {
            Some(Broken::Alone(format!("larger than {} MiB: too large for one article", most >> 20)))
        }
        Ok(_) => None,
        Err(error) => Some(Broken::of(&error)),
    };
    let broken = match io::Seek::seek(&mut out, SeekFrom::Start(0)) {
        Ok(_) => broken,
        Err(error) => Some(Broken::of(&error)),
    };
    (Box::new(out), broken)
}

/// Whether such files are read piece by piece, and may be larger than what is held.
pub(super) const fn piecemeal(format: Format) -> bool {
    matches!(
        format,
        Format::Json
            | Format::Csv
            | Format::Mbox
            | Format::Parquet
            | Format::Tar
            | Format::Gzip
            | Format::Zip
    )
}
