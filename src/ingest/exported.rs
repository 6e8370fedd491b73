//! What Dateline itself wrote, by the marks that its files carry: beside the articles it was made of, in their folder, it
//! is no article.
//! Only a folder is looked at so. What a person names is read, whoever wrote it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use memchr::memmem;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::format::Format;
use super::mentions;

/// The mark of every file of ours stands in so many of its first bytes, or of its last where it has a footer.
const LOOKED_AT: u64 = 16 << 10;

/// Longest first line of an export in which the article's text is looked for.
const LONGEST_LINE: u64 = 64 << 20;

/// What tables of places and of articles begin with; those of mentions and of events are known by their columns.
const TABLES: [&str; 2] =
    ["id,place_name,place_id,gazetteer,country_code,", "id,doc_id,doc_title,doc_source,doc_url,"];

/// Whether Dateline exported a file. One that cannot be read is whatever its reader says, and articles with their texts are
/// articles.
pub(super) fn is_ours(path: &Path, format: Format) -> bool {
    let marked: fn(&[u8]) -> bool = match format {
        Format::Csv => table,
        Format::Html => |head| has(head, r#"<meta name="generator" content="Dateline "#),
        Format::Json => json,
        Format::Parquet => |foot| has(foot, "Places: GeoNames (https://www.geonames.org)"),
        Format::Xml => |head| has(head, "<teiCorpus ") && has(head, r#"<respStmt xml:id="dateline">"#),
        _ => return false,
    };
    let part = if format == Format::Parquet { foot(path) } else { head(path) };
    match part {
        Ok(part) if format == Format::Json && lines(&part) => !has_text(path),
        Ok(part) => marked(&part),
        Err(_) => false,
    }
}

/// The first bytes of a file.
fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut part = Vec::new();
    File::open(path)?.take(LOOKED_AT).read_to_end(&mut part)?;
    Ok(part)
}

/// Its last bytes.
fn foot(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LOOKED_AT)))?;
    let mut part = Vec::new();
    file.take(LOOKED_AT).read_to_end(&mut part)?;
    Ok(part)
}

fn has(part: &[u8], mark: &str) -> bool {
    memmem::find(part, mark.as_bytes()).is_some()
}

fn table(head: &[u8]) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let line = line.trim_start_matches('\u{feff}').trim_end();
    let header: Vec<String> = line.split(',').map(str::to_owned).collect();
    mentions::is_ours(&header) || TABLES.iter().any(|start| line.starts_with(start))
}

/// Maps and annotations by who made them, corrections by what they are.
fn json(head: &[u8]) -> bool {
    let maps = [r#""generator":"Dateline "#, r#""generator":{"id":"urn:dateline:program""#];
    let corrections = r#""format": "dateline corrections""#;
    maps.into_iter().chain([corrections]).any(|mark| has(head, mark))
}

/// Whether a line is an article as only our lines have it.
fn lines(head: &[u8]) -> bool {
    [r#""date_evidence":"#, r#""focus":{"countries":["#].into_iter().all(|mark| has(head, mark))
}

/// Whether the first line has its article's text, which makes it as good as the article. One that cannot be read is its
/// reader's to explain.
fn has_text(path: &Path) -> bool {
    #[derive(Deserialize)]
    struct Line {
        text: Option<IgnoredAny>,
    }
    let Ok(file) = File::open(path) else { return true };
    let reader = BufReader::new(file.take(LONGEST_LINE));
    let first = serde_json::Deserializer::from_reader(reader).into_iter::<Line>().next();
    !matches!(first, Some(Ok(Line { text: None })))
}
