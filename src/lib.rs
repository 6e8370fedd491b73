//! Dateline: find the places that news articles mention, decide which places they are and why, and
//! explore them on a map beside the text.
//!
//! Data goes one way through the rooms: [`ingest`] turns files into [`model::Article`]s, [`geoparse`]
//! finds and places the mentions with the help of a [`gazetteer`], [`dates`] finds when, [`events`] what happened, [`explore`] works out what the panes
//! show, `app` draws it, [`export`] hands it on, and [`eval`] says how good it was. See `ARCHITECTURE.md`.

pub mod basemap;
pub mod cli;
pub mod dates;
pub mod eval;
pub mod events;
pub mod explore;
pub mod export;
pub mod gazetteer;
pub mod geoparse;
pub mod ingest;
pub mod jobs;
pub mod model;
pub(crate) mod online;
pub mod picture;
pub mod project;
pub mod settings;

#[cfg(feature = "gui")]
pub mod app;
