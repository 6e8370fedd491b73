//! What the first bytes of a file say that it is, whatever it is called.
//! Only what no words begin with counts: "RIFFA, Bahrain" is a text.

use super::format::Format;

/// Who reads a file that begins in a known way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Is(Format),
    /// A zip archive, or a document that is packed as one.
    Package,
    /// An office document from before 2007.
    OldOffice,
    Nobody,
}

/// What begins in a known way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Its first bytes; a dot stands for any byte.
    start: &'static [u8],
    pub reader: Reader,
    /// What it is called, and what a person can do about it, as the end of a sentence.
    pub what: &'static str,
}

const fn known(start: &'static [u8], reader: Reader, what: &'static str) -> Known {
    Known { start, reader, what }
}

const ARCHIVE: &str = "a zip archive or an office document";
const MEDIA: &str = "a sound, a video or an image";

const KNOWN: [Known; 24] = [
    known(b"%PDF-", Reader::Is(Format::Pdf), "a PDF document"),
    known(b"\xEF\xBB\xBF%PDF-", Reader::Is(Format::Pdf), "a PDF document"),
    known(b"{\\rtf", Reader::Is(Format::Rtf), "a rich text document"),
    known(b"\x1F\x8B", Reader::Is(Format::Gzip), "a gzip archive"),
    known(b"PAR1", Reader::Is(Format::Parquet), "a Parquet table"),
    known(b"PK\x03\x04", Reader::Package, ARCHIVE),
    known(b"PK\x05\x06", Reader::Package, ARCHIVE),
    known(b"PK\x07\x08", Reader::Package, ARCHIVE),
    known(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Reader::OldOffice, "an old office document"),
    known(
        b"7z\xBC\xAF\x27\x1C",
        Reader::Nobody,
        "a 7-Zip archive, which cannot be unpacked here: unpack it first",
    ),
    known(b"Rar!\x1A\x07", Reader::Nobody, "a RAR archive, which cannot be unpacked here: unpack it first"),
    known(
        b"\xFD7zXZ\0",
        Reader::Nobody,
        "a file packed with xz, which cannot be unpacked here: unpack it first",
    ),
    known(
        b"BZh.1AY&SY",
        Reader::Nobody,
        "a file packed with bzip2, which cannot be unpacked here: unpack it first",
    ),
    known(
        b"\x28\xB5\x2F\xFD",
        Reader::Nobody,
        "a file packed with zstd, which cannot be unpacked here: unpack it first",
    ),
    known(b"SQLite format 3\0", Reader::Nobody, "a database"),
    known(b"\x89PNG\r\n", Reader::Nobody, "an image"),
    known(b"\xFF\xD8\xFF", Reader::Nobody, "an image"),
    known(b"GIF87a", Reader::Nobody, "an image"),
    known(b"GIF89a", Reader::Nobody, "an image"),
    known(b"RIFF....WAVE", Reader::Nobody, MEDIA),
    known(b"RIFF....AVI ", Reader::Nobody, MEDIA),
    known(b"RIFF....WEBP", Reader::Nobody, MEDIA),
    known(b"\x7FELF", Reader::Nobody, "a program"),
    known(b"OggS\0", Reader::Nobody, MEDIA),
];

impl Known {
    /// What begins with `head`, if that is known.
    pub(super) fn by_head(head: &[u8]) -> Option<&'static Known> {
        KNOWN.iter().find(|known| {
            let long_enough = head.len() >= known.start.len();
            long_enough
                && known.start.iter().zip(head).all(|(&wanted, &byte)| wanted == b'.' || wanted == byte)
        })
    }
}
