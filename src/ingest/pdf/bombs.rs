//! Whether a PDF file holds streams that grow beyond all measure when they are unpacked.
//! The library unpacks a stream whole, and a stream in a stream as well, so that this is found out before it looks.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// Most bytes of a stream; a page of a map may have many.
const LARGEST: u64 = 48 << 20;

/// The same of a picture, which is never unpacked here unless somebody means it to be.
const LARGEST_PICTURE: u64 = 192 << 20;

/// Bytes that all streams may have, beside so many times the file's size.
const FREE: u64 = 64 << 20;
const RATIO: u64 = 100;

/// Streams within streams that are looked into.
const DEEPEST: usize = 3;

/// How far before a stream its own description is looked for.
const DESCRIPTION: usize = 2048;

/// Fails with the reason where some stream is a bomb.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let mut left = FREE + RATIO * bytes.len() as u64;
    for at in memmem::find_iter(bytes, b"stream") {
        let before = bytes.get(at.saturating_sub(DESCRIPTION)..at).unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        let rest = bytes.get(at + 6..).unwrap_or_default();
        let start = rest.iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let data = rest.get(start..).unwrap_or_default();
        let described = before.get(memmem::rfind(before, b" obj").unwrap_or(0)..).unwrap_or_default();
        let picture = memmem::find(described, b"/Image").is_some();
        let largest = if picture { LARGEST_PICTURE } else { LARGEST };
        let unpacked = unpacked(data, largest);
        left = left.saturating_sub(if picture { 0 } else { unpacked });
        if unpacked > largest || left == 0 {
            return Err("it unpacks to more than any document needs, as bombs do".to_owned());
        }
    }
    Ok(())
}

/// How many bytes a stream has when it is unpacked, as often as it is packed; no more than needed to tell.
fn unpacked(data: &[u8], most: u64) -> u64 {
    let mut largest = 0;
    for depth in 1..=DEEPEST {
        let mut reader: Box<dyn Read + '_> = Box::new(data);
        for _ in 0..depth {
            reader = Box::new(ZlibDecoder::new(reader));
        }
        let mut buffer = vec![0; 64 << 10];
        let mut count = 0;
        let mut packed_again = false;
        while let Ok(read) = reader.read(&mut buffer) {
            if count == 0 {
                packed_again = is_zlib(buffer.get(..read).unwrap_or_default());
            }
            count += read as u64;
            if read == 0 || count > most {
                break;
            }
        }
        largest = largest.max(count);
        if !packed_again || count > most {
            break;
        }
    }
    largest
}

fn is_zlib(start: &[u8]) -> bool {
    matches!(start, [method, flags, ..] if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn file(stream: &[u8]) -> Vec<u8> {
        [b"1 0 obj << /Filter /FlateDecode >> stream\r\n", stream, b"\nendstream"].concat()
    }

    #[test]
    fn bombs_are_told_from_pages() {
        assert_eq!(check(&file(&packed(b"BT (Oslo) Tj ET"))), Ok(()));
        assert_eq!(check(&file(b"no stream at all")), Ok(()));
        let bomb = packed(&vec![b' '; 60 << 20]);
        assert!(check(&file(&bomb)).is_err());
        assert!(check(&file(&packed(&bomb))).is_err());
        assert_eq!(check(&file(&packed(&vec![b' '; 10 << 20]))), Ok(()));
    }
}
