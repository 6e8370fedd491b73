//! The window, driven by the names that a screen reader hears: no display, no clock, no threads
//! for the map.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod basemaps;
mod columns;
mod commands;
mod correct;
mod events;
mod explore;
mod files;
mod find;
mod finder;
mod gazetteers;
mod keyboard;
mod layout;
mod links;
mod map;
mod notices;
mod outlets;
mod palette;
mod projects;
mod reader;
mod review;
mod stories;
mod timeline;
mod view;
