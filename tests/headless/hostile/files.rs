//! A folder of files that attack whoever reads them, with good ones between them, built by code: none lies in the
//! repository.

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What every good file tells.
pub const GOOD: &str =
    "Rain in Oslo\n\nOSLO, 3 May 2019 - Rain fell in Oslo on Monday and did not end before night.\n";

/// The articles that have to be there, by their ids.
pub const READ: [&str; 8] = [
    "a-first.txt",
    "between/page.html",
    "good.zip/inner/story.txt",
    "huge-picture.html",
    "latin-1.txt",
    "traversal.zip/tmp/dateline-escaped.txt",
    "traversal.zip/good.txt",
    "z-last.txt",
];

/// The files of which nothing can be read: a problem has to name each.
pub const NAMED: [&str; 17] = [
    "bomb.zip", "broken.gz", "broken.parquet", "broken.xlsx", "deep.json", "empty.txt", "encrypted.pdf",
    "endless.jsonl", "entities.xml", "half.zip", "link", "nested.zip", "no-text.eml", "nothing.docx",
    "nuls.txt", "old.doc", "truncated.pdf",
];

/// Builds the folder.
pub fn build(folder: &Path) {
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    put("a-first.txt", GOOD.as_bytes());
    put("z-last.txt", GOOD.as_bytes());
    let page = |more: &str| {
        format!("<html><head><title>Rain in Oslo</title></head><body>{more}<p>{GOOD}</p></body></html>")
    };
    put("between/page.html", page("").as_bytes());
    put(
        "huge-picture.html",
        page(&format!("<img src=\"data:image/png;base64,{}\">", "A".repeat(8 << 20))).as_bytes(),
    );
    put("latin-1.txt", &[GOOD.as_bytes(), b"\xC5lesund and Troms\xF8 were dry.\n"].concat());
    put("good.zip", &zipped(&[("inner/story.txt", GOOD.as_bytes())]));
    let traversal =
        [("../../../../tmp/dateline-escaped.txt", GOOD.as_bytes()), ("good.txt", GOOD.as_bytes())];
    put("traversal.zip", &zipped(&traversal));

    put("bomb.zip", &zipped(&[("zeros.txt", &vec![0; 200 << 20])]));
    let mut nested = zipped(&[("story.txt", GOOD.as_bytes())]);
    for _ in 0..12 {
        nested = zipped(&[("again.zip", &nested)]);
    }
    put("nested.zip", &nested);
    let whole = zipped(&[("one.txt", GOOD.as_bytes())]);
    put("half.zip", &whole[..whole.len() / 2]);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(GOOD.repeat(100).as_bytes()).unwrap();
    put("broken.gz", &packed.finish().unwrap()[..40]);
    put("broken.parquet", b"PAR1 and nothing more PAR1");
    put("broken.xlsx", &zipped(&[("xl/workbook.xml", b"<workbook")]));
    put("nothing.docx", &zipped(&[("word/document.xml", b"<w:document>")]));
    put("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old office document");
    put("deep.json", "[".repeat(500_000).as_bytes());
    put("empty.txt", b" \n\t\n");
    put("nuls.txt", &vec![0; 100_000]);
    put("no-text.eml", b"From: a@example.org\nSubject: \nContent-Type: image/png\n\n");
    put("encrypted.pdf", &fs::read(fixture("pdf/locked.pdf")).unwrap());
    let pdf = fs::read(fixture("pdf/storm.pdf")).unwrap();
    put("truncated.pdf", &pdf[..200]);
    put("entities.xml", ENTITIES.as_bytes());
    // A gigabyte of one line, which takes no room on the disk.
    File::create(folder.join("endless.jsonl")).unwrap().set_len(1 << 30).unwrap();
    put("odd-bytes.txt", b"\xFF\xFE\x00\xD8\x00\xD8R\x00a\x00i\x00n\x00");
    put("deep.html", format!("{}Rain fell.{}", "<div>".repeat(100_000), "</div>".repeat(100_000)).as_bytes());
    put("deep.rtf", format!("{{\\rtf1 {}Rain fell in Oslo.", "{".repeat(100_000)).as_bytes());
    put("deep.xml", format!("<?xml version=\"1.0\"?>{}", "<a>".repeat(100_000)).as_bytes());
    put("escapes.txt", "\u{1b}]0;owned\u{7}\u{1b}[2J Rain fell in Oslo \u{202e}on Monday.\n".as_bytes());
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder, folder.join("link")).unwrap();
}

/// A billion laughs, and a look at a file that nobody offered.
const ENTITIES: &str = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\
    <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e SYSTEM \"file:///etc/passwd\">]>\
    <rss version=\"2.0\"><channel><title>&d;</title></channel></rss>";

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/fixtures").join(name)
}
