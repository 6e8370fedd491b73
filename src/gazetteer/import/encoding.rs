//! The encoding of a source, and its bytes as UTF-8, both as a stream.
//! The whole file is looked at before the first row is read: the first accent of a list of towns may
//! stand a megabyte from its beginning.

use std::io::{self, Read};
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

const BUFFER: usize = 1 << 16;

/// Whether the bytes begin as UTF-16, with its mark or with two Latin letters without it.
pub(super) fn is_utf16(head: &[u8]) -> bool {
    mark(head).is_some_and(|encoding| encoding != UTF_8)
}

fn mark(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Some(encoding);
    }
    match head {
        [a, 0, b, 0, ..] if a.is_ascii_graphic() && b.is_ascii_graphic() => Some(UTF_16LE),
        [0, a, 0, b, ..] if a.is_ascii_graphic() && b.is_ascii_graphic() => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding of all the bytes. A few that are no UTF-8 among many that are do not make it another
/// encoding, but damage a few rows.
pub(super) fn find(reader: &mut dyn Read) -> Result<&'static Encoding, String> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let mut buffer = vec![0; BUFFER];
    let (mut kept, mut sound, mut broken, mut first) = (0, 0u64, 0u64, true);
    loop {
        let count = read_some(reader, &mut buffer[kept..]).map_err(|error| error.to_string())?;
        let bytes = &buffer[..kept + count];
        if first && let Some(encoding) = mark(bytes) {
            return Ok(encoding);
        }
        first = false;
        // Plain ASCII tells nothing, and most of a table is that.
        if !bytes[kept..].is_ascii() {
            detector.feed(&bytes[kept..], false);
        }
        let rest = tally(bytes, &mut sound, &mut broken, count == 0);
        let from = bytes.len() - rest;
        buffer.copy_within(from..from + rest, 0);
        kept = rest;
        if count == 0 {
            break;
        }
    }
    if broken * 20 <= sound {
        return Ok(UTF_8);
    }
    detector.feed(b"", true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// Counts characters beyond ASCII, and sequences that are none; how many bytes at the end may go on in the
/// next piece.
fn tally(bytes: &[u8], sound: &mut u64, broken: &mut u64, last: bool) -> usize {
    let mut rest = bytes;
    while !rest.is_empty() {
        let (valid, error) = match std::str::from_utf8(rest) {
            Ok(text) => (text, None),
            Err(error) => {
                let (valid, _) = rest.split_at(error.valid_up_to());
                (std::str::from_utf8(valid).unwrap_or_default(), Some(error.error_len()))
            }
        };
        if !valid.is_ascii() {
            *sound += valid.chars().filter(|c| !c.is_ascii()).count() as u64;
        }
        rest = &rest[valid.len()..];
        match error {
            None => {}
            Some(Some(length)) => {
                *broken += 1;
                rest = &rest[length..];
            }
            Some(None) if last => {
                *broken += 1;
                rest = &[];
            }
            Some(None) => return rest.len(),
        }
    }
    0
}

fn read_some(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Bytes in some encoding, read as UTF-8 without a byte order mark. What cannot be decoded becomes U+FFFD.
pub(super) struct Decoded<R> {
    reader: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Where in `raw` what is not yet decoded begins and ends.
    pending: Range<usize>,
    text: Vec<u8>,
    /// Where in `text` what is not yet handed on begins and ends.
    decoded: Range<usize>,
    ended: bool,
    done: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(reader: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let (raw, text) = (vec![0; BUFFER], vec![0; BUFFER]);
        Self { reader, decoder, raw, pending: 0..0, text, decoded: 0..0, ended: false, done: false }
    }

    fn decode(&mut self) -> io::Result<()> {
        while self.decoded.is_empty() && !self.done {
            if self.pending.is_empty() && !self.ended {
                let count = read_some(&mut self.reader, &mut self.raw)?;
                self.ended = count == 0;
                self.pending = 0..count;
            }
            let source = &self.raw[self.pending.clone()];
            let (result, read, written, _) = self.decoder.decode_to_utf8(source, &mut self.text, self.ended);
            self.pending.start += read;
            self.decoded = 0..written;
            self.done = self.ended && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.decode()?;
        let count = out.len().min(self.decoded.len());
        let from = self.decoded.start;
        out[..count].copy_from_slice(&self.text[from..from + count]);
        self.decoded.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{WINDOWS_1251, WINDOWS_1252};

    fn decoded(bytes: &[u8]) -> String {
        let encoding = find(&mut &*bytes).unwrap();
        let mut text = Vec::new();
        let mut reader = io::BufReader::with_capacity(64, Decoded::new(bytes, encoding));
        reader.read_to_end(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn texts_come_out_as_utf8() {
        let check = |bytes: Vec<u8>, expected: &str| assert_eq!(decoded(&bytes), expected);
        let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        check(Vec::new(), "");
        check("Ort;Köln".into(), "Ort;Köln");
        check("\u{feff}Ort;Köln".into(), "Ort;Köln");
        check([b"\xFF\xFE".to_vec(), utf16("Ort;Köln")].concat(), "Ort;Köln");
        check(utf16("Ort;Köln"), "Ort;Köln");
        let french = "nom;lat;lon\nSète;43,4;3,7\nNîmes;43,8;4,4\nL’Haÿ-les-Roses;48,8;2,3\n";
        check(WINDOWS_1252.encode(french).0.into_owned(), french);
        let russian = "город;широта;долгота\nКазань;55,8;49,1\nНижний Новгород;56,3;44,0\n";
        check(WINDOWS_1251.encode(russian).0.into_owned(), russian);
        let late = format!("{}Sète;43,4;3,7\nNîmes;43,8;4,4\n", "a;1,0;2,0\n".repeat(20_000));
        check(WINDOWS_1252.encode(&late).0.into_owned(), &late);
    }

    #[test]
    fn a_damaged_row_does_not_change_the_encoding_of_the_rest() {
        let mut bytes = "Köln;50,9;6,9\n".repeat(30_000).into_bytes();
        bytes.extend(b"K\xF6ln;50,9;6,9\n");
        let text = decoded(&bytes);
        assert_eq!(text.matches("Köln").count(), 30_000);
        assert_eq!(text.matches("K\u{fffd}ln").count(), 1);
    }
}
