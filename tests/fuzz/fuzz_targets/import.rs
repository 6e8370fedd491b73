//! Any bytes as any source: an import makes a gazetteer that verifies and opens, or says why not.

#![no_main]

use std::ops::ControlFlow;

use dateline::gazetteer::Gazetteer;
use dateline::gazetteer::import::{Options, import};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, target) = (folder.path().join("places.txt"), folder.path().join("places.gazetteer"));
    std::fs::write(&source, data).expect("a file");
    if import(&[source], &target, &Options::default(), &mut |_| ControlFlow::Continue(())).is_ok() {
        Gazetteer::verify(&target).expect("a whole file");
        let gazetteer = Gazetteer::open(&target).expect("a gazetteer");
        for (row, _) in gazetteer.nearest(10.0, 20.0, 50) {
            let place = gazetteer.place(row).expect("a place");
            assert_eq!(gazetteer.by_id(&place.id), Some(row), "{}", place.id);
        }
    }
});
