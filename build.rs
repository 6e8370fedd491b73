//! Unpacks the compressed assets, so that the program embeds them and borrows from them in place.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What the library embeds. One that is not there yet unpacks to an empty file, or the program that
/// builds it could not be built.
const EMBEDDED: [&str; 5] = ["gazetteer.bin", "lexicon.bin", "english.bin", "linker.bin", "basemap.bin"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    for name in EMBEDDED {
        let packed = Path::new("assets").join(format!("{name}.zst"));
        println!("cargo::rerun-if-changed={}", packed.display());
        let unpacked = match fs::File::open(&packed) {
            Ok(file) => zstd::decode_all(file)
                .map_err(|error| format!("cannot unpack {}: {error}", packed.display()))?,
            Err(_) => {
                println!("cargo::warning={} is missing: run `dateline assets build`", packed.display());
                Vec::new()
            }
        };
        fs::write(out.join(name), unpacked)?;
    }
    Ok(())
}
