//! Bytes to text: UTF-8, UTF-16 and the old single- and multi-byte encodings.
//! A byte order mark is dropped, so offsets count from the first character after it; bytes that no
//! text would hold are refused with what they seem to be.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use super::signature::Known;

/// How many bytes are looked at to tell text from something else.
const PROBE: usize = 64 * 1024;

/// The text of a file. Fails with the reason, as the end of a sentence that begins with its name.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    decode_declared(bytes, None)
}

/// The same for a file that says itself, or whose sender says, how it is encoded. A mark at its beginning and text
/// that can only be UTF-8 tell better: pages change their encoding and keep their heads.
pub(super) fn decode_declared(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<String, String> {
    if let Some(known) = Known::by_head(&bytes) {
        return Err(format!("not text but {}", known.what));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    // ISO-2022-JP is made of ASCII, and so is UTF-8.
    if let Some(encoding) = declared.filter(|&encoding| encoding == ISO_2022_JP && bytes.contains(&0x1B)) {
        return decode_as(encoding, &bytes);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !looks_binary(text.as_bytes()) => return Ok(text),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let probe = bytes.get(..PROBE).unwrap_or(&bytes);
    if let Some(encoding) = utf16_without_mark(probe) {
        return decode_as(encoding, &bytes);
    }
    if looks_binary(probe) {
        return Err("not text: it holds bytes that no text has".to_owned());
    }
    if is_damaged_utf8(&bytes, declared == Some(UTF_8)) {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8)
        && let Ok(text) = decode_as(encoding, &bytes)
    {
        return Ok(text);
    }
    decode_as(guess(&bytes, Iso2022JpDetection::Allow), &bytes)
}

/// The encoding that bytes which no mark explains are most likely in.
pub(super) fn guess(bytes: &[u8], japanese: Iso2022JpDetection) -> &'static Encoding {
    if is_damaged_utf8(bytes, false) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(japanese);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Whether it is UTF-8 but for a few bytes: one row of a table that came from elsewhere, a blank that a template left.
/// Words of another encoding hardly ever make a letter of several bytes, and make it between many that are none.
fn is_damaged_utf8(bytes: &[u8], told: bool) -> bool {
    let (mut letters, mut errors) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        errors += usize::from(!chunk.invalid().is_empty());
    }
    letters > 0 && letters >= errors * if told { 1 } else { 2 }
}

/// How far a page or an XML document may go before it says how it is encoded.
const HEAD: usize = 4096;

/// The encoding that HTML or XML names in its first bytes: `<meta charset="…">`, `<?xml encoding="…"?>`.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let named = |mark: &[u8]| {
        let mut from = 0;
        while let Some(at) = memmem::find(head.get(from..)?, mark) {
            from += at + mark.len();
            let rest = head.get(from..)?.trim_ascii_start();
            let Some(value) = rest.strip_prefix(b"=") else { continue };
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let end = value.iter().position(|byte| b"\"' \t\r\n;>/?".contains(byte)).unwrap_or(value.len());
            if let Some(encoding) = Encoding::for_label(value.get(..end)?) {
                return Some(encoding);
            }
        }
        None
    };
    let xml = head.starts_with(b"<?xml").then(|| named(b"encoding")).flatten();
    // What is read as bytes cannot be UTF-16, whatever it says.
    xml.or_else(|| named(b"charset")).filter(|&encoding| encoding != UTF_16BE && encoding != UTF_16LE)
}

/// Decodes as `encoding`. A legacy encoding maps nearly every byte to something, so a text with
/// many characters that could not be decoded was never text in it; a few are damage worth reading
/// around.
fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, String> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let lost = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
        if lost * 20 > text.chars().count() {
            return Err(format!("not text that can be read as {}", encoding.name()));
        }
    }
    if looks_binary(text.as_bytes().get(..PROBE).unwrap_or(text.as_bytes())) {
        return Err("not text: it holds bytes that no text has".to_owned());
    }
    Ok(text.into_owned())
}

/// Whether control characters give it away: any NUL, or more than one in a hundred of the others.
/// Tabs, line ends, form feeds, and the escape of ISO-2022-JP are text.
fn looks_binary(bytes: &[u8]) -> bool {
    let odd = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B | 0x1A);
    bytes.contains(&0) || bytes.iter().filter(|&&b| odd(b)).count() * 100 > bytes.len()
}

/// UTF-16 that lost its mark: in ordinary text spaces and line ends alone make one byte of many
/// pairs zero, always on the same side.
fn utf16_without_mark(probe: &[u8]) -> Option<&'static Encoding> {
    if probe.len() < 4 {
        return None;
    }
    let pairs = probe.len() / 2;
    let zeros = |side: usize| probe.chunks_exact(2).filter(|pair| pair[side] == 0).count();
    match (zeros(0), zeros(1)) {
        (0, low) if low * 10 > pairs => Some(UTF_16LE),
        (high, 0) if high * 10 > pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a mark, or the zeros of UTF-16, tell by the first bytes.
pub(super) fn unmistakable(head: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(head).map(|(encoding, _)| encoding).or_else(|| utf16_without_mark(head))
}

/// The first bytes of a text as far as they tell what it is.
pub(super) fn beginning(head: &[u8]) -> Cow<'_, str> {
    match unmistakable(head) {
        Some(encoding) => encoding.decode_with_bom_removal(head).0,
        None => String::from_utf8_lossy(head),
    }
}

/// Whether the bytes begin with the mark of an encoding that cannot be cut into lines of bytes.
pub(super) fn begins_as_utf16(bytes: &[u8]) -> bool {
    matches!(Encoding::for_bom(bytes), Some((encoding, _)) if encoding != UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_KR, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn unicode_is_read_with_and_without_its_mark() {
        let text = "À Tunis, 19 mai — la « Kasbah »\r\nالقاهرة";
        let check = |bytes: Vec<u8>| assert_eq!(decode(bytes).as_deref(), Ok(text));
        check(text.as_bytes().to_vec());
        check([b"\xEF\xBB\xBF", text.as_bytes()].concat());
        check([b"\xFF\xFE".to_vec(), utf16(text, true)].concat());
        check([b"\xFE\xFF".to_vec(), utf16(text, false)].concat());
        check(utf16(text, true));
        check(utf16(text, false));
        assert_eq!(decode(Vec::new()).as_deref(), Ok(""));
    }

    #[test]
    fn words_that_begin_as_other_formats_are_text() {
        let check = |text: &str| assert_eq!(decode(text.as_bytes().to_vec()).as_deref(), Ok(text));
        check("RIFFA, Bahrain (AP) - The pearl market opened on Monday.");
        check("GIF8 was never a format.");
        check("BZhar is a village.");
    }

    #[test]
    fn old_encodings_are_recognised() {
        let check = |encoding: &'static Encoding, text: &str| {
            let bytes = encoding.encode(text).0.into_owned();
            assert_eq!(decode(bytes).as_deref(), Ok(text), "{}", encoding.name());
        };
        check(WINDOWS_1252, "La préfète de l’Hérault était à Sète, où un incendie a détruit l’entrepôt.");
        check(
            WINDOWS_1251,
            "Президент посетил Казань, где открылась новая станция метро. Он пробыл там день.",
        );
        check(WINDOWS_1250, "Prezydent odwiedził Łódź, gdzie wręczył odznaczenia żołnierzom i strażakom.");
        check(SHIFT_JIS, "首相は月曜日に大阪を訪れ、工場を視察した。地元の知事と会談した。");
        check(BIG5, "總統星期一訪問高雄，參觀港口設施，並與市長會談，討論交通建設。");
        check(EUC_KR, "대통령은 월요일 부산을 방문해 항만을 둘러보고 시장과 만났다.");
    }

    #[test]
    fn a_few_bad_bytes_are_all_that_is_lost() {
        let check = |bytes: &[u8], declared: Option<&'static Encoding>, expected: &str| {
            assert_eq!(decode_declared(bytes.to_vec(), declared).as_deref(), Ok(expected));
        };
        check("In München, in Köln.\u{FF}".as_bytes(), None, "In München, in Köln.\u{FF}");
        check(b"In M\xC3\xBCnchen, in K\xC3\xB6ln.\xFF", None, "In München, in Köln.\u{FFFD}");
        check(b"<p>M\xC3\xBCnchen\xA0</p>", Some(UTF_8), "<p>München\u{FFFD}</p>");
        check(b"M\xC3\xBCnchen, K\xC3\xB6ln\xA0", Some(WINDOWS_1252), "München, Köln\u{FFFD}");
        // What says that it is UTF-8 and is not.
        check(b"In M\xFCnchen, in K\xF6ln.", Some(UTF_8), "In München, in Köln.");
        // A word in capitals before a closing quotation mark looks like a letter of two bytes.
        check(b"La \xABSOCI\xC9T\xC9\xBB a \xE9t\xE9 vendue.", None, "La «SOCIÉTÉ» a été vendue.");
    }

    #[test]
    fn what_is_not_text_is_named() {
        let check = |bytes: &[u8], reason: &str| {
            assert_eq!(decode(bytes.to_vec()), Err(reason.to_owned()));
        };
        check(b"%PDF-1.7\n%\xE2\xE3", "not text but a PDF document");
        check(b"PK\x03\x04\x14\0\x06\0", "not text but a zip archive or an office document");
        check(b"\x89PNG\r\n\x1A\n\0\0\0", "not text but an image");
        check(b"RIFF\x24\0\0\0WAVEfmt ", "not text but a sound, a video or an image");
        check(b"GIF89a\x01\0", "not text but an image");
        check(b"\x01\x02\x03\0\0\x07\x08abc", "not text: it holds bytes that no text has");
    }
}
