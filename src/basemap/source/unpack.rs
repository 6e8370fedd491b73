//! Tiles that are packed with gzip or zlib.
//! Unpacking stops at a limit: a few bytes can be told to grow to gigabytes.

use std::io::Read;

use flate2::bufread::{GzDecoder, ZlibDecoder};

use super::LARGEST;

/// The bytes unpacked, or as they are where they are not packed.
pub(super) fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    match bytes.as_slice() {
        [0x1F, 0x8B, ..] => limited(GzDecoder::new(bytes.as_slice())),
        // No vector tile begins with 0x78: its first field would have the number 15.
        [0x78, 0x01 | 0x5E | 0x9C | 0xDA, ..] => limited(ZlibDecoder::new(bytes.as_slice())),
        _ => Ok(bytes),
    }
}

fn limited(packed: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let most = LARGEST as u64;
    packed.take(most + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be unpacked: {error}"))?;
    if bytes.len() > LARGEST {
        return Err(format!("a tile is larger than {} MB", LARGEST >> 20));
    }
    Ok(bytes)
}
