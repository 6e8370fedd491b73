//! Tests that need neither a display nor the window.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cli;
mod export;
mod geoparse;
mod ingest;
mod jobs;
mod layering;
mod schema;
mod seeds;
mod support;
