//! The desktop window; the only room that names egui, eframe and walkers.
