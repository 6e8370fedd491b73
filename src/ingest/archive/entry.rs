//! A zip archive's directory, and one entry of it, read without trusting what either says of itself.
//! An entry may be a gigabyte though it says a kilobyte: what is counted is what comes out.

use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

/// How far an entry may grow when it is unpacked.
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest) struct Limits {
    /// Most bytes that come out.
    pub largest: u64,
    /// Most bytes that come out for each that went in, once more than `free` came out.
    pub ratio: u64,
    /// Bytes that may come out whatever went in: a small file of nothing but spaces is no attack.
    pub free: u64,
}

/// Most entries that an archive may have.
pub(in crate::ingest) const MOST_ENTRIES: usize = 200_000;

/// The directory of a zip archive. Fails with the reason, as the end of a sentence that begins with its name.
pub(in crate::ingest) fn directory<R: Read + Seek>(input: R) -> Result<ZipArchive<R>, String> {
    let archive = ZipArchive::new(input).map_err(|error| reason(&error))?;
    match archive.len() > MOST_ENTRIES {
        true => Err(format!("it holds more than {MOST_ENTRIES} files: too many to be read")),
        false => Ok(archive),
    }
}

/// All bytes of the entry with this number. Fails with the reason, as the end of a sentence that begins with the
/// entry's name.
pub(in crate::ingest) fn read<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    number: usize,
    limits: Limits,
) -> Result<Vec<u8>, String> {
    let entry = archive.by_index(number).map_err(|error| reason(&error))?;
    let by_ratio = entry.compressed_size().saturating_mul(limits.ratio).max(limits.free);
    let most = by_ratio.min(limits.largest);
    let mut bytes = Vec::new();
    let read = entry.take(most.saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() as u64 > most {
        return Err(match most == limits.largest {
            true => format!("larger than {} MiB: too large for one article", most >> 20),
            false => format!("it unpacks to more than {} times its size, as bombs do", limits.ratio),
        });
    }
    match read {
        Ok(_) => Ok(bytes),
        Err(_) => Err(DAMAGED.to_owned()),
    }
}

/// Whether all that is packed keeps within limits, for readers that unpack by themselves: what comes out is counted, and
/// forgotten. `packed` is how many bytes the archive has.
pub(in crate::ingest) fn check<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    packed: u64,
    limits: Limits,
) -> Result<(), String> {
    let most = packed.saturating_mul(limits.ratio).max(limits.free).min(limits.largest);
    let mut left = most;
    for number in 0..archive.len() {
        let entry = archive.by_index(number).map_err(|error| reason(&error))?;
        let out = io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(|_| DAMAGED.to_owned())?;
        left = left.checked_sub(out).ok_or_else(|| match most == limits.largest {
            true => format!("it unpacks to more than {} MiB: too large", most >> 20),
            false => format!("it unpacks to more than {} times its size, as bombs do", limits.ratio),
        })?;
    }
    Ok(())
}

const DAMAGED: &str = "it is damaged or cut short";

pub(super) fn reason(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "it is locked with a password".to_owned()
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            "it is packed in a way that cannot be unpacked".to_owned()
        }
        _ => DAMAGED.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use proptest::prelude::*;
    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    const LIMITS: Limits = Limits { largest: 1 << 20, ratio: 100, free: 1 << 16 };

    fn packed(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn first(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
        read(&mut directory(Cursor::new(bytes))?, 0, LIMITS)
    }

    #[test]
    fn an_entry_is_read_within_limits() {
        let check = |bytes: Vec<u8>, expected: Result<usize, &str>| {
            let read = first(packed(&[("a.txt", bytes)]));
            assert_eq!(read.as_ref().map(Vec::len).map_err(String::as_str), expected);
        };
        check(b"In Oslo.".to_vec(), Ok(8));
        // A small file may be nothing but spaces.
        check(vec![b' '; 60_000], Ok(60_000));
        check(vec![b' '; 900_000], Err("it unpacks to more than 100 times its size, as bombs do"));
        let noise = (0u64..300_000).flat_map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes());
        check(noise.collect(), Err("larger than 1 MiB: too large for one article"));
    }

    #[test]
    fn what_is_no_archive_is_named() {
        assert_eq!(first(b"In Oslo.".to_vec()), Err(DAMAGED.to_owned()));
        assert_eq!(first(Vec::new()), Err(DAMAGED.to_owned()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn damage_is_a_reason(cut in 0usize..400, at in 0usize..400, byte: u8) {
            let mut bytes = packed(&[("a.txt", b"In Oslo. ".repeat(20)), ("b.txt", b"In Rome. ".repeat(20))]);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len().saturating_sub(cut));
            if let Ok(read) = first(bytes) {
                prop_assert!(read.len() as u64 <= LIMITS.largest);
            }
        }
    }
}
