//! Any bytes as a file of any format: articles whose every span is in their text, or problems, and nothing else.
//! `DATELINE_READ=page.html` names the file, and by its ending the reader; without it the first byte chooses.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

#[path = "../read.rs"]
mod read;

fn name() -> Option<&'static str> {
    static NAME: OnceLock<Option<String>> = OnceLock::new();
    NAME.get_or_init(|| std::env::var("DATELINE_READ").ok()).as_deref()
}

fuzz_target!(|data: &[u8]| {
    static QUIET: std::sync::Once = std::sync::Once::new();
    // What is contained is no crash: without this the fuzzer would end at the panic.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))));
    match (name(), data.split_first()) {
        (Some(name), _) => read::check(name, data),
        (None, Some((first, rest))) => read::check(read::NAMES[usize::from(*first) % read::NAMES.len()], rest),
        (None, None) => {}
    }
});
