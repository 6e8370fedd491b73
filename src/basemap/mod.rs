//! The offline vector basemap: decoding, rasterising a tile, placing labels.
