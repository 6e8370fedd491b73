//! Tables that nobody would make: what they claim is not believed.

use std::io::{Cursor, Write};
use std::sync::Arc;

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::ingest::format::Format;
use crate::ingest::open::open;
use crate::ingest::source::Source;
use crate::ingest::{Ingested, Step, Unopened};

fn read(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let source = Source::new(name.to_owned(), name.to_owned(), Box::new(Cursor::new(bytes)), &Arc::default());
    let shown = |step: Step| match step {
        Ok(Ingested::Article(article)) => format!("{}: {}", article.id, article.text),
        Ok(Ingested::Geoparsed(geoparsed)) => format!("={}", geoparsed.article.id),
        Err(problem) => format!("!{}: {}", problem.place, problem.reason),
    };
    open(source, Format::of(name.as_ref())).flat_map(Unopened::open).map(shown).collect()
}

fn package(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn xlsx(cells: &str) -> Vec<u8> {
    let sheet = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"
    );
    let relationship = |kind: &str, target: &str| {
        let names = "http://schemas.openxmlformats.org";
        format!(
            "<Relationships xmlns=\"{names}/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{names}/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    package(&[
        ("_rels/.rels", &relationship("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <sheets><sheet name=\"News\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        ("xl/_rels/workbook.xml.rels", &relationship("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

fn words(place: &str, words: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
}

#[test]
fn a_sheet_is_no_rectangle() {
    let cells = format!(
        "<row r=\"1\">{}</row><row r=\"2\">{}</row><row r=\"1048576\">{}{}</row>",
        words("A1", "text"),
        words("A2", "It rained in Oslo."),
        words("A1048576", "It rained in Rome."),
        words("XFD1048576", "far away")
    );
    assert_eq!(
        read("a.xlsx", xlsx(&cells)),
        ["a.xlsx#News!row=2: It rained in Oslo.", "a.xlsx#News!row=1048576: It rained in Rome."]
    );
}

#[test]
fn repeated_cells_and_rows_are_not_unrolled() {
    let content = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><table:table table:name=\"News\">\
        <table:table-row><table:table-cell><text:p>text</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>It rained in Oslo.</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><text:p>It rained in Rome.</text:p></table:table-cell></table:table-row>\
        </table:table></office:document-content>";
    let ods =
        package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]);
    assert_eq!(
        read("a.ods", ods),
        ["a.ods#News!row=2: It rained in Oslo.", "a.ods#News!row=4000000002: It rained in Rome."]
    );
}

#[test]
fn a_workbook_that_is_a_bomb_is_named() {
    let cells = format!("<row r=\"1\">{}</row>", words("A1", &" ".repeat(120 << 20)));
    assert_eq!(
        read("a.xlsx", xlsx(&cells)),
        ["!a.xlsx: it unpacks to more than 100 times its size, as bombs do"]
    );
}

/// A file in Parquet's form of so many columns, each with so many in it.
fn parquet(columns: usize, within: &[u8]) -> Vec<u8> {
    let mut footer = vec![0x15, 0x02, 0x19, 0xFC];
    let mut count = columns;
    while count >= 0x80 {
        footer.push(count as u8 | 0x80);
        count >>= 7;
    }
    footer.push(count as u8);
    for _ in 0..columns {
        footer.extend_from_slice(&[0x48, 1, b'a', 0x15]);
        footer.extend_from_slice(within);
        footer.push(0);
    }
    footer.push(0);
    let length = (footer.len() as u32).to_le_bytes();
    [b"PAR1".as_slice(), &footer, &length, b"PAR1"].concat()
}

#[test]
fn what_parquet_claims_is_not_believed() {
    let broken = ["!a.parquet: it is damaged: no table can be read in it"];
    assert_eq!(read("a.parquet", parquet(9_000, &[0x02])), broken);
    assert_eq!(read("a.parquet", parquet(200_000, &[0x02])), broken);
    assert_eq!(read("a.parquet", parquet(1, &[0xFE, 0xFF, 0xFF, 0xFF, 0x0F])), broken);
    assert_eq!(read("a.parquet", b"PAR1".to_vec()), broken);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_a_problem() {
    let table = format!("id,text\n1,\"It rained in Oslo.\"\n2,\"It {}", "rained, and ".repeat(2 << 20));
    let read = read("a.csv", table.into_bytes());
    assert_eq!(read[0], "a.csv#1: It rained in Oslo.");
    assert_eq!(
        read[1],
        "!a.csv: row 3 is longer than 16 MiB; a quotation mark may never be closed; the rest is not read"
    );
    assert_eq!(read.len(), 2);
}

const PAGE: &str = "<html><head><meta charset=utf-8></head><body><table><tr><td>Results</td></tr></table>\
    <table border=1><tr><th>Title</th><th>pubtitle</th><th>pubdate</th><th>Abstract</th></tr>\
    <tr><td>Rain</td><td>The Fjord</td><td>Oct 17, 2016</td><td><p>It fell in Oslo.</p><p>And in Bergen.</p></td></tr>\
    <tr><td colspan=2>Snow</td><td>Oct 18, 2016</td><td>It fell in Rome.</td></tr></table></body></html>";

#[test]
fn a_workbook_that_is_a_web_page_is_read_row_by_row() {
    let expected =
        ["a.xls#row=2: Rain\n\nIt fell in Oslo.\n\nAnd in Bergen.", "a.xls#row=3: Snow\n\nIt fell in Rome."];
    assert_eq!(read("a.xls", PAGE.as_bytes().to_vec()), expected);
    let page = "<html><body><p>It rained in Oslo all day, and the river rose.</p></body></html>";
    let expected = ["a.xls: It rained in Oslo all day, and the river rose."];
    assert_eq!(read("a.xls", page.as_bytes().to_vec()), expected);
    let xml = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet/></Workbook>";
    let expected = ["!a.xls: a workbook in the XML of Excel 2003, which cannot be read: save it as .xlsx"];
    assert_eq!(read("a.xls", xml.as_bytes().to_vec()), expected);
    assert_eq!(read("a.xml", xml.as_bytes().to_vec()), expected.map(|line| line.replace(".xls:", ".xml:")));
}

#[test]
fn damaged_pages_of_tables_are_rows_or_problems() {
    for cut in 0..PAGE.len() {
        read("a.xls", PAGE.as_bytes()[..cut].to_vec());
    }
}

#[test]
fn dates_that_are_not_understood_are_told_once() {
    let table = "title,date,text\nRain,1/17/24,It rained in Oslo.\nSnow,3/4/24,It snowed in Oslo.\n\
        Hail,17 Smarch,It hailed in Oslo.\nSun,n/a,It shone in Oslo.\nFog,18 Smarch,It lay over Oslo.\n";
    let read = read("a.csv", table.as_bytes().to_vec());
    assert_eq!(read.len(), 6);
    assert_eq!(read[5], "!a.csv: 2 of 4 dates were not understood: “17 Smarch”");
}
