//! The window, driven by the names that a screen reader hears: no display, no clock, no threads
//! for the map.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod explore;
mod files;
mod finder;
mod gazetteers;
mod outlets;
mod stories;
mod view;
