//! Tests that need neither a display nor the window.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cli;
mod corrections;
mod dates;
mod export;
mod gazetteer;
mod geoparse;
mod given_events;
mod ingest;
mod jobs;
mod known_places;
mod layering;
mod measure;
mod project;
mod project_cli;
mod scenes;
mod schema;
mod seeds;
mod support;
mod tables;
mod texts;
