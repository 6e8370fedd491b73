//! Files of many articles, as other programs write them: tables, mailboxes, archives (`fixtures/make.sh`).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::ingest::{self, Column, Ingested, Options, Unopened, table};
use proptest::prelude::*;

use crate::support::{folder, run};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/fixtures")
}

/// What reading gave: articles by id, date, outlet and text, problems as `!place: reason`, without the path.
fn read(path: &Path, options: &Options) -> Vec<String> {
    let shown = |step: Result<Ingested, dateline::model::Problem>| match step {
        Ok(Ingested::Article(article)) => {
            let date = article.date.map(|date| date.to_string()).unwrap_or_default();
            format!(
                "{}|{date}|{}|{}",
                article.id,
                article.source.unwrap_or_default(),
                article.text.trim_end()
            )
        }
        Ok(Ingested::Geoparsed(geoparsed)) => format!("={}", geoparsed.article.id),
        Err(problem) => {
            let parent = format!("{}/", path.parent().unwrap().display());
            format!("!{}: {}", problem.place.replace(&parent, ""), problem.reason)
        }
    };
    let unopened = ingest::read_unopened(&[path.to_owned()], options, &Arc::default());
    unopened.flat_map(Unopened::open).map(shown).collect()
}

fn fixture(path: &str) -> Vec<String> {
    read(&fixtures().join(path), &Options::default())
}

const STORM: &str = "2016-10-17|The Fjord Daily|Storm over Ålesund\n\nA storm came in from the sea on Monday and closed the \
                     harbour of Ålesund. Ferries to Molde stayed where they were.";
const FLOOD: &str = "2016-10-18|Mur Post|Flood in Graz\n\nThe Mur rose above its banks in Graz on Tuesday, and the bridge \
                     to Leoben was closed.";
const SNOW: &str = "2016-10-20|Alentejo Hoje|Snow in Évora\n\nSnow fell in Évora for the first time in ten years; schools in \
                    Beja closed early.";

#[test]
fn columns_of_every_sort_of_table_are_shown_and_chosen() {
    let check = |name: &str| {
        let path = fixtures().join("table").join(name);
        let look =
            |options: &Options| table::preview(&path, options).map_err(|problem| problem.reason).unwrap();
        let preview = look(&Options::default());
        // Columns that nobody reads are shown all the same.
        let at = preview.columns.iter().position(|(name, _)| name == "Outlet").unwrap();
        let outlets: Vec<&str> = preview.rows.iter().map(|row| row[at].as_str()).collect();
        assert_eq!(outlets, ["The Fjord Daily", "Mur Post", "Mur Post", "Alentejo Hoje"], "{name}");
        let names: Vec<String> = preview.columns.iter().map(|(name, _)| name.clone()).collect();
        let options = Options { tables: [(names, [(Column::Text, at)].into())].into(), ..Options::default() };
        let chosen = look(&options);
        assert_eq!(chosen.rows, preview.rows, "{name}");
        assert!(chosen.columns.iter().all(|(name, column)| column.is_some() == (name == "Outlet")), "{name}");
        let texts: Vec<String> =
            read(&path, &options).iter().map(|line| line.rsplit('|').next().unwrap().to_owned()).collect();
        assert_eq!(texts, outlets, "{name}");
    };
    for name in ["csv", "tsv", "xls", "xlsx", "ods", "snappy.parquet", "zstd.parquet", "gzip.parquet"] {
        check(&format!("news.{name}"));
    }
}

#[test]
fn tables_of_other_programs_give_the_same_articles() {
    let check = |name: &str| {
        let expected = [
            format!("{name}#7|{STORM}"),
            format!("{name}#8|{FLOOD}"),
            format!("{name}#10|{SNOW}"),
            format!("!{name}: 1 of 4 rows has no text"),
        ];
        assert_eq!(fixture(&format!("table/{name}")), expected);
    };
    check("news.tsv");
    check("news.csv");
    check("news.snappy.parquet");
    check("news.zstd.parquet");
    check("news.gzip.parquet");
    // The same, by what it is and not by what it is called.
    let folder = folder(&[]);
    for (file, name) in [
        ("news.xlsx", "b.txt"),
        ("news.ods", "c.zip"),
        ("news.snappy.parquet", "d.csv"),
        ("news.tsv", "e.xls"),
    ] {
        fs::copy(fixtures().join("table").join(file), folder.path().join(name)).unwrap();
        let read = read(&folder.path().join(name), &Options::default());
        assert_eq!(read.len(), 4, "{name}: {read:?}");
        assert!(read[0].ends_with(STORM), "{name}: {read:?}");
    }
}

#[test]
fn workbooks_of_other_programs_give_the_same_articles() {
    for name in ["news.xlsx", "news.xls", "news.ods"] {
        let expected = [
            format!("{name}#news!7|{STORM}"),
            format!("{name}#news!8|{FLOOD}"),
            format!("{name}#news!10|{SNOW}"),
            format!("!{name}#news: 1 of 4 rows has no text"),
        ];
        assert_eq!(fixture(&format!("table/{name}")), expected);
    }
}

#[test]
fn a_mailbox_that_mutt_wrote_is_read() {
    assert_eq!(
        fixture("mail/sent.mbox"),
        [
            "sent.mbox#1|2016-10-17|The Fjord Daily|Storm over Ålesund\n\nA storm came in from the sea on Monday and closed the harbour of \
             Ålesund.\n\nFrom the lighthouse nothing was to be seen of Molde.\n-- \nThe Fjord Daily",
            "sent.mbox#2|2016-10-17|Bob|Re: Storm over Ålesund\n\nThe ferry to Kristiansund sails again.\n\nOn Monday, The Fjord Daily wrote:\n\
             > A storm came in from the sea.",
            "sent.mbox#2/note.txt|||Snow fell in Tromsø in the night.",
        ]
    );
}

#[test]
fn archives_of_other_programs_give_the_same_articles() {
    for name in ["news.zip", "news.7z.zip", "news.tar.gz"] {
        let mut read = fixture(&format!("archive/{name}"));
        read.sort();
        let snow = format!("{name}/news/july/snÖw.md|||# Snow in Évora\n\nSnow fell in Évora on Thursday.");
        let storm = format!("{name}/news/storm.txt|||A storm closed the harbour of Ålesund on Monday.");
        let flood = "graz|||The Mur rose in Graz on Tuesday.".to_owned();
        assert_eq!(read, [flood, snow, storm]);
    }
    let locked = fixture("archive/locked.zip");
    assert_eq!(locked.len(), 3);
    assert!(
        locked
            .iter()
            .all(|line| line.starts_with("!locked.zip/news/")
                && line.ends_with(": it is locked with a password")),
        "{locked:?}"
    );
}

#[test]
fn columns_can_be_told() {
    let folder = folder(&[("a.csv", b"a,b,c\n1,In Oslo.,x\n2,In Rome.,y\n"), ("b.csv", b"1,2\n3,4\n")]);
    let told =
        |column: &str| Options { columns: [(Column::Text, column.to_owned())].into(), ..Options::default() };
    let path = folder.path().join("a.csv");
    let expected = ["a.csv#row=2|||In Oslo.", "a.csv#row=3|||In Rome."];
    assert_eq!(read(&path, &told("B")), expected);
    assert_eq!(
        read(&path, &told("9")),
        ["!a.csv: it has no column “9”; its columns are “column 1”, “column 2”, “column 3”"]
    );
    assert_eq!(
        read(&folder.path().join("b.csv"), &Options::default()),
        [
            "!b.csv: none of its columns holds text: “column 1”, “column 2”; --column text=NAME tells which does"
        ]
    );
    let ran = run(folder.path(), &["geoparse", "a.csv", "--column", "text=2", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("a.csv#row=2"), "{}", ran.stdout);
    let ran = run(folder.path(), &["geoparse", "a.csv", "--column", "colour=2"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}

#[test]
fn a_table_is_shown_before_it_is_read() {
    let preview = table::preview(&fixtures().join("table/news.csv"), &Options::default()).unwrap();
    let guesses: Vec<_> = preview.columns.iter().map(|(name, guess)| (name.as_str(), *guess)).collect();
    assert_eq!(
        guesses,
        [
            ("id", Some(Column::Id)),
            ("Headline", Some(Column::Title)),
            ("Published", Some(Column::Date)),
            ("Outlet", Some(Column::Source)),
            ("Body", Some(Column::Text)),
        ]
    );
    assert!(preview.named);
    assert_eq!(preview.rows[1][1], "Flood in Graz");
    for name in ["news.xlsx", "news.xls", "news.ods", "news.zstd.parquet", "news.tsv"] {
        let other = table::preview(&fixtures().join("table").join(name), &Options::default()).unwrap();
        assert_eq!(other.columns, preview.columns, "{name}");
        assert_eq!(other.rows.len(), 4, "{name}");
    }
    let none = table::preview(&fixtures().join("mail/storm.txt"), &Options::default()).unwrap_err();
    assert_eq!(none.reason, "it is no table");
}

/// The fixtures, by their paths below the folder of them.
const ALL: [&str; 12] = [
    "table/news.xls", "table/news.tsv", "table/news.csv", "table/news.xlsx", "table/news.ods",
    "table/news.snappy.parquet", "table/news.zstd.parquet", "table/news.gzip.parquet", "mail/sent.mbox",
    "archive/news.zip", "archive/news.tar.gz", "archive/locked.zip",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn damaged_files_are_articles_or_problems(
        which in 0..ALL.len(),
        cut in prop::option::of(0.0f64..1.0),
        flips in prop::collection::vec((0.0f64..1.0, any::<u8>()), 0..6),
    ) {
        let path = fixtures().join(ALL[which]);
        let mut bytes = fs::read(&path).unwrap();
        for (at, byte) in flips {
            let at = (bytes.len() as f64 * at) as usize;
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate((bytes.len() as f64 * cut) as usize);
        }
        let folder = folder(&[(path.file_name().unwrap().to_str().unwrap(), &bytes)]);
        for step in ingest::read(&[folder.path().to_owned()]) {
            if let Err(problem) = step {
                prop_assert!(!problem.reason.is_empty() && !problem.place.is_empty());
            }
        }
    }
}
