//! Chooses the window or a subcommand, and maps errors to exit codes.

fn main() {}
