//! A long text in any encoding, read piece by piece as UTF-8.
//! As long as all bytes are ASCII nothing is decided; the first that is not, with what follows it, tells the encoding.

use std::io::{self, BufRead, BufReader, Read};

use chardetng::Iso2022JpDetection;
use encoding_rs::{Decoder, UTF_8};

use super::encoding;

/// Bytes by which an encoding is known.
const JUDGED: usize = 256 << 10;

/// Bytes that are decoded at once.
const PIECE: usize = 32 << 10;

/// What is read, as UTF-8 without a mark.
pub(super) struct Transcoded<R> {
    input: BufReader<R>,
    begun: bool,
    /// Bytes that were looked at and not decoded yet.
    waiting: Vec<u8>,
    from: usize,
    decoder: Option<Decoder>,
    out: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read> Transcoded<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input: BufReader::with_capacity(PIECE, input),
            begun: false,
            waiting: Vec::new(),
            from: 0,
            decoder: None,
            out: Vec::new(),
            taken: 0,
            ended: false,
        }
    }

    /// Looks at the very first bytes: a mark, or the zeros of UTF-16.
    fn begin(&mut self) -> io::Result<()> {
        self.begun = true;
        (&mut self.input).take(4096).read_to_end(&mut self.waiting)?;
        if let Some(encoding) = encoding::unmistakable(&self.waiting) {
            self.decoder = Some(encoding.new_decoder_with_bom_removal());
        }
        Ok(())
    }

    /// The next bytes; none at the end.
    fn piece(&mut self) -> io::Result<Vec<u8>> {
        if self.from < self.waiting.len() {
            let to = self.waiting.len().min(self.from + PIECE);
            let piece = self.waiting.get(self.from..to).unwrap_or_default().to_vec();
            self.from = to;
            return Ok(piece);
        }
        let piece = self.input.fill_buf()?.to_vec();
        self.input.consume(piece.len());
        Ok(piece)
    }

    /// Decides on an encoding by the first bytes that are not ASCII and what follows.
    fn decide(&mut self, piece: Vec<u8>) -> io::Result<()> {
        let rest = self.waiting.split_off(self.from.min(self.waiting.len()));
        self.waiting = [piece, rest].concat();
        self.from = 0;
        let more = JUDGED.saturating_sub(self.waiting.len());
        let read = (&mut self.input).take(more as u64).read_to_end(&mut self.waiting)?;
        let cut = match std::str::from_utf8(&self.waiting) {
            Ok(_) => true,
            // A character that is cut by the end of what was read is none that is damaged.
            Err(error) => error.error_len().is_none() && read > 0,
        };
        let encoding = if cut { UTF_8 } else { encoding::guess(&self.waiting, Iso2022JpDetection::Deny) };
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
        Ok(())
    }

    /// Fills what goes out, unless there is nothing more.
    fn fill(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begin()?;
        }
        while self.taken == self.out.len() && !self.ended {
            let piece = self.piece()?;
            self.taken = 0;
            self.out.clear();
            if self.decoder.is_none() && !piece.is_ascii() {
                self.decide(piece)?;
                continue;
            }
            self.ended = piece.is_empty();
            match &mut self.decoder {
                None => self.out = piece,
                Some(decoder) => decode(decoder, &piece, self.ended, &mut self.out),
            }
        }
        Ok(())
    }
}

fn decode(decoder: &mut Decoder, piece: &[u8], last: bool, out: &mut Vec<u8>) {
    let most = decoder.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len() * 4 + 16);
    out.resize(most, 0);
    let (_, _, written, _) = decoder.decode_to_utf8(piece, out, last);
    out.truncate(written);
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let waiting = self.out.get(self.taken..).unwrap_or_default();
        let given = waiting.len().min(buffer.len());
        let (Some(to), Some(from)) = (buffer.get_mut(..given), waiting.get(..given)) else { return Ok(0) };
        to.copy_from_slice(from);
        self.taken += given;
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{Encoding, GB18030, WINDOWS_1251, WINDOWS_1252};
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        Transcoded::new(bytes).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn any_encoding_comes_out_as_utf8() {
        let ascii = "id;text\n".repeat(9000);
        let check = |encoding: &'static Encoding, text: &str| {
            let text = format!("{ascii}{text}");
            assert!(read(&encoding.encode(&text).0) == text, "{}", encoding.name());
        };
        check(WINDOWS_1252, "1;La préfète de l’Hérault était à Sète, où un incendie a détruit l’entrepôt.\n");
        check(WINDOWS_1251, "1;Президент посетил Казань, где открылась новая станция метро.\n");
        check(GB18030, "1;总统星期一访问上海，参观港口设施，并与市长会谈。\n");
        check(UTF_8, "1;La préfète de l’Hérault\n");
        // One row that came from elsewhere.
        let rows = [b"1;M\xC3\xBCnchen, Z\xC3\xBCrich\n".as_slice(), b"2;K\xF6ln\n", b"3;T\xC3\xBCbingen\n"]
            .concat();
        assert_eq!(read(&rows), "1;München, Zürich\n2;K\u{FFFD}ln\n3;Tübingen\n");
        let wide: Vec<u8> = "\u{FEFF}id,text\n1,Łódź\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), "id,text\n1,Łódź\n");
        assert_eq!(read(b"\xEF\xBB\xBFid"), "id");
        assert_eq!(read(b""), "");
    }

    proptest! {
        #[test]
        fn what_is_utf8_stays_as_it_is(text in "[a-z,\n]{0,200}[a-zéл中🌊,\n]{0,200}") {
            let text = text.repeat(200);
            prop_assert_eq!(read(text.as_bytes()), text);
        }

        #[test]
        fn any_bytes_are_text_of_a_kind(bytes in prop::collection::vec(any::<u8>(), 0..5000)) {
            read(&bytes);
        }
    }
}
