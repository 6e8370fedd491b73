//! What the fuzzer has come upon is read again: its corpora lie in `tests/fuzz/corpus`, a folder for each reader.

use std::fs;
use std::path::Path;

#[path = "../fuzz/read.rs"]
mod read;

#[test]
fn whatever_the_fuzzer_came_upon_is_read_or_refused() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut files = 0;
    for folder in fs::read_dir(&corpora).unwrap().map(Result::unwrap) {
        let name = format!("a.{}", folder.file_name().to_string_lossy());
        // The geoparser's corpus is text.
        let name = if name == "a.geoparse" { "a.txt".to_owned() } else { name };
        for file in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            read::check(&name, &fs::read(file.path()).unwrap());
            files += 1;
        }
    }
    assert!(files > 100, "{files} files");
}
