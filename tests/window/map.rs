//! The map's commands: going back, drawing a box, measuring, asking what is here, coordinates.

use egui::{Key, Modifiers, PointerButton, pos2};
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, selected_words, settle, shown_article, window};

/// Frames until the map counts as at rest.
const REST: usize = 45;

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    rest(window);
}

fn rest(window: &mut Window) {
    settle(window);
    window.run_steps(REST);
    settle(window);
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    rest(window);
}

fn near((lat, lon): (f64, f64), (lat2, lon2): (f64, f64)) -> bool {
    (lat - lat2).abs() < 0.5 && (lon - lon2).abs() < 0.5
}

fn right_click(window: &mut Window, at: egui::Pos2) {
    window.hover_at(at);
    window.step();
    for pressed in [true, false] {
        window.event(egui::Event::PointerButton {
            pos: at,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.step();
    }
    settle(window);
}

#[test]
fn back_and_forward_bring_view_selection_and_filter() {
    let mut window = window();
    rest(&mut window);
    let world = window.state().map_centre();
    click(&mut window, "Aleppo, Syria, 2 articles");
    let aleppo = window.state().map_centre();
    assert!(near(aleppo, (36.2, 37.16)));
    click(&mut window, "Derna, Libya, 1 article");
    assert_eq!(shown_article(&window).as_deref(), Some("flood"));
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(shown_article(&window).as_deref(), Some("talks"));
    assert!(near(window.state().map_centre(), aleppo));
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(selected_words(&window), None);
    assert!(near(window.state().map_centre(), world));
    key(&mut window, Modifiers::ALT, Key::ArrowRight);
    key(&mut window, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(selected_words(&window).as_deref(), Some("Derna"));
}

#[test]
fn a_box_around_the_view_is_a_filter_that_back_undoes() {
    let mut window = window();
    click(&mut window, "Derna, Libya, 1 article");
    key(&mut window, Modifiers::SHIFT, Key::B);
    let places = |window: &Window| window.state().explorer().view.places.len();
    assert_eq!(places(&window), 1);
    window.get_by_label_contains("In the box");
    window.get_by_label("Remove the box");
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(places(&window), 5);
    key(&mut window, Modifiers::ALT, Key::ArrowRight);
    click(&mut window, "Remove the box");
    assert_eq!(places(&window), 5);
}

#[test]
fn the_menu_tells_what_is_here_and_goes_there() {
    let mut window = window();
    click(&mut window, "Lausanne, Switzerland, 1 article");
    key(&mut window, Modifiers::SHIFT, Key::F10);
    let first = window.get_by_label_contains("Copy 46.5");
    assert!(first.is_focused());
    window.get_by_label_contains("Go to Lausanne, ");
    window.get_by_label_contains("What is reported within").click();
    rest(&mut window);
    assert_eq!(window.state().explorer().view.places.len(), 1);
    window.get_by_label("Ministers meet by the lake, The Courier · 15 Oct 2016 · 1 place");
    // A right click asks about where it is.
    let mark = window.get_by_label("Lausanne, Switzerland: 1 article").rect().center();
    right_click(&mut window, mark + egui::vec2(-90.0, 40.0));
    window.get_by_label("Measure from here").click();
    settle(&mut window);
    window.get_by_label("Click the next point. Backspace takes one back, Esc ends");
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label_contains("Click the next point").is_none());
    assert_eq!(selected_words(&window).as_deref(), Some("Lausanne"), "Escape only put the tool away");
}

#[test]
fn coordinates_are_written_three_ways_and_copied() {
    let mut window = window();
    click(&mut window, "Aleppo, Syria, 2 articles");
    let copied = |window: &mut Window| {
        key(window, Modifiers::COMMAND | Modifiers::SHIFT, Key::X);
        window.state().notice().map(str::to_owned).unwrap_or_default()
    };
    for expected in ["Copied 36.2", "Copied 36°1", "Copied 37S CA 34"] {
        let found = copied(&mut window);
        assert!(found.starts_with(expected), "{found} is not {expected}");
        key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
        let notice = window.state().notice().unwrap_or_default();
        assert!(notice.starts_with(expected), "{notice} of the selected place is not {expected}");
        key(&mut window, Modifiers::NONE, Key::G);
    }
}

#[test]
fn the_map_is_moved_and_measured_by_keys() {
    let mut window = window();
    click(&mut window, "Aleppo, Syria, 2 articles");
    let before = window.state().map_centre();
    key(&mut window, Modifiers::SHIFT, Key::ArrowUp);
    key(&mut window, Modifiers::SHIFT, Key::ArrowLeft);
    let after = window.state().map_centre();
    assert!(after.0 > before.0 && after.1 < before.1, "{before:?} to {after:?}");
    window.hover_at(pos2(2.0, 2.0));
    key(&mut window, Modifiers::NONE, Key::M);
    window.get_by_label("Click points to measure the way between them. Esc ends");
    key(&mut window, Modifiers::NONE, Key::M);
    assert!(window.query_by_label("Click points to measure the way between them. Esc ends").is_none());
}

#[test]
fn the_heat_map_is_switched_on_and_off() {
    let mut window = window();
    key(&mut window, Modifiers::SHIFT, Key::H);
    window.get_by_label_contains("Articles within about");
    assert!(window.query_by_label("Lima, Peru: 1 article").is_none());
    key(&mut window, Modifiers::SHIFT, Key::H);
    window.get_by_label("Lima, Peru: 1 article");
}
