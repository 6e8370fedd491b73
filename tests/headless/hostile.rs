//! What attacks its reader is named, and takes nothing with it.

pub mod files;

use crate::support::{records, run};
use files::{NAMED, READ, build};

#[test]
fn every_good_file_is_read_and_every_bad_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    build(&folder.path().join("pile"));
    let ran = run(folder.path(), &["geoparse", "pile", "--format", "jsonl"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let read: Vec<String> =
        records(&ran.stdout).iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect();
    for id in READ {
        assert!(read.iter().any(|other| other == id), "{id} is read: {read:?}\n{}", ran.stderr);
    }
    for name in NAMED {
        let named = ran.stderr.lines().any(|line| line.contains(&format!("pile/{name}")));
        assert!(named, "{name} is named:\n{}", ran.stderr);
    }
    assert!(!ran.stdout.contains("root:"), "no file is read that nobody offered");
    assert!(!ran.stderr.contains(['\u{1b}', '\u{7}', '\u{202e}']), "nothing steers the terminal");
    assert!(!ran.stderr.contains("a fault in Dateline"), "{}", ran.stderr);
    assert!(!std::path::Path::new("/tmp/dateline-escaped.txt").exists(), "no name in an archive is a path");
}
