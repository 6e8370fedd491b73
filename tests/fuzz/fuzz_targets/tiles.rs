//! Any bytes as a file of tiles, a tile, and a layer: each is shown, or it is said why not.

#![no_main]

use std::sync::Arc;

use dateline::basemap::source::Source;
use dateline::basemap::{Basemap, Ground, Lain, Order, Overlay, Style, TileId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tiles");
    std::fs::write(&path, data).expect("a file");
    let basemap = Arc::new(Basemap::embedded().expect("the basemap inside the program"));
    let source = Source::open(&path).ok().map(Arc::new);
    let overlay = Overlay::read(data).ok().map(Arc::new);
    let layers: Vec<Lain> = overlay.into_iter().map(|overlay| Lain { overlay, colour: 0 }).collect();
    let ground = Ground::new(basemap, source).under(layers.into());
    for tile in [TileId { z: 0, x: 0, y: 0 }, TileId { z: 3, x: 4, y: 5 }, TileId { z: 14, x: 9000, y: 6000 }] {
        let drawn = ground.draw(&Order { tile, style: Style::LIGHT, pixels: 64, hundredths: 100 });
        assert_eq!(drawn.rgba.len(), (drawn.side * drawn.side * 4) as usize);
    }
});
