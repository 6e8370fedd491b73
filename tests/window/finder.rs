//! The place search: words to offers to a flight with a pin.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, press, settle, sized, stories, window};

const FIELD: &str = "Go to a place";

/// Goes to the search by its key and types.
fn search(window: &mut Window, words: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    window.run_steps(3);
    window.get_by_label(FIELD).type_text(words);
    window.run_steps(3);
}

/// Searches and waits for looser matches.
fn search_on(window: &mut Window, words: &str) {
    search(window, words);
    window.run_steps(30);
}

fn assert_at(window: &Window, expected: (f64, f64)) {
    let (lat, lon) = window.state().map_centre();
    assert!((lat - expected.0).abs() < 0.2 && (lon - expected.1).abs() < 0.2, "{lat}, {lon}");
}

#[test]
fn a_name_is_typed_and_the_map_flies_there() {
    let mut window = window();
    search(&mut window, "nairo");
    window.get_by_label_contains("Nairobi, Kenya: Capital city · ");
    press(&mut window, Key::Enter);
    assert_at(&window, (-1.28, 36.82));
    assert!(window.state().map_zoom() > 8.0);
    assert_eq!(window.state().pinned(), Some("Nairobi, Kenya"));
    window.get_by_label("Pin: Nairobi, Kenya");
    assert!(!window.get_by_label(FIELD).is_focused());
    assert_eq!(window.get_by_label(FIELD).value().as_deref(), Some("Nairobi"));
    press(&mut window, Key::Escape);
    assert_eq!(window.state().pinned(), None);
    assert!(window.query_by_label("Pin: Nairobi, Kenya").is_none());
}

#[test]
fn arrows_choose_among_the_offers() {
    let mut window = window();
    search(&mut window, "nairo");
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    assert!(window.get_by_label(FIELD).is_focused());
    window.key_press(Key::ArrowUp);
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    press(&mut window, Key::Enter);
    let pinned = window.state().pinned().expect("a second place begins so");
    assert!(pinned != "Nairobi, Kenya" && pinned.starts_with("Nairo"), "{pinned}");
}

#[test]
fn an_offer_is_clicked() {
    let mut window = window();
    search(&mut window, "nairo");
    window.get_by_label_contains("Nairobi, Kenya: ").click();
    settle(&mut window);
    assert_eq!(window.state().pinned(), Some("Nairobi, Kenya"));
    assert!(window.query_by_label_contains("Nairobi, Kenya: ").is_none());
    // The search begins anew in place of the last words.
    search(&mut window, "suva");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().pinned(), Some("Suva, Fiji"));
}

#[test]
fn escape_leaves_the_search_and_keeps_what_is_selected() {
    let mut window = window();
    window.get_by_label("Derna, Libya, 1 article").click();
    settle(&mut window);
    search(&mut window, "nairo");
    press(&mut window, Key::Escape);
    assert_eq!(window.get_by_label(FIELD).value().as_deref().unwrap_or_default(), "");
    assert!(window.query_by_label_contains("Nairobi, Kenya: ").is_none());
    assert!(window.state().explorer().selected.what.mention().is_some());
}

#[test]
fn what_the_articles_mention_comes_first_and_says_so() {
    let mut window = window();
    search(&mut window, "ale");
    window.get_by_label_contains(" · 2 articles");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().pinned(), Some("Aleppo, Syria"));
}

#[test]
fn coordinates_are_flown_to() {
    let mut window = window();
    search(&mut window, "36.2021, 37.1343");
    press(&mut window, Key::Enter);
    assert_at(&window, (36.2021, 37.1343));
    assert!(window.state().map_zoom() > 12.0);
    assert_eq!(window.state().pinned(), Some("36.2021, 37.1343, Syria"));
}

#[test]
fn the_map_goes_as_near_as_coordinates_are_fine() {
    let mut window = window();
    search(&mut window, "36.2, 37.16");
    press(&mut window, Key::Enter);
    assert_at(&window, (36.2, 37.16));
    assert!((8.0..12.0).contains(&window.state().map_zoom()), "{}", window.state().map_zoom());
    assert_eq!(window.state().pinned(), Some("36.2000, 37.1600, Syria"));
}

#[test]
fn a_name_that_nothing_bears_is_said_to_be_none() {
    let mut window = window();
    let before = window.state().map_centre();
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    window.run_steps(3);
    window.get_by_label_contains("or coordinates");
    search_on(&mut window, "qqxzvw");
    window.get_by_label("No place of this name");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().map_centre(), before);
    assert_eq!(window.state().pinned(), None);
}

#[test]
fn other_spellings_are_found_after_a_pause() {
    let mut window = window();
    search(&mut window, "sevastopoll");
    assert!(window.query_by_label_contains("Sevastopol, Ukraine").is_none());
    window.run_steps(30);
    assert!(window.query_all_by_label_contains("Sevastopol, Ukraine").count() > 0);
}

#[test]
fn the_pin_is_taken_out_by_its_cross() {
    let mut window = window();
    search(&mut window, "suva");
    press(&mut window, Key::Enter);
    window.get_by_label("Clear the place").click();
    settle(&mut window);
    assert_eq!(window.state().pinned(), None);
    assert!(window.query_by_label("Clear the place").is_none());
}

#[test]
fn a_window_without_room_for_the_map_makes_some() {
    let mut window = sized(480.0, 600.0, stories());
    window.get_by_label("Derna, Libya, 1 article").click();
    settle(&mut window);
    assert!(window.query_by_label(FIELD).is_none());
    search(&mut window, "suva");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().pinned(), Some("Suva, Fiji"));
}
