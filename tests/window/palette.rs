//! The command palette: letters to commands, places and articles.

use dateline::app::ThemeChoice;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, press, settle, shown_article, window};

const FIELD: &str = "Command, place or article";

fn palette(window: &mut Window, words: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    window.run_steps(3);
    window.get_by_label(FIELD).type_text(words);
    window.run_steps(4);
}

#[test]
fn a_command_is_found_run_and_remembered() {
    let mut window = window();
    palette(&mut window, "dark");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().session().theme, ThemeChoice::Dark);
    assert!(window.query_by_label(FIELD).is_none());
    palette(&mut window, "");
    // What was chosen last is the first to be offered.
    press(&mut window, Key::Enter);
    assert_eq!(window.state().session().recent, ["Dark"]);
    assert!(window.query_by_label(FIELD).is_none());
}

#[test]
fn arrows_go_through_the_offers_and_letters_are_no_commands() {
    let mut window = window();
    window.get_by_label("Aleppo, Syria, 2 articles").click();
    settle(&mut window);
    palette(&mut window, "n");
    assert!(window.get_by_label(FIELD).is_focused());
    window.get_by_label("1 of 2 mentions of Aleppo");
    press(&mut window, Key::Escape);
    palette(&mut window, "next");
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    window.key_press(Key::ArrowUp);
    window.run_steps(2);
    press(&mut window, Key::Enter);
    window.get_by_label("2 of 2 mentions of Aleppo");
}

#[test]
fn a_command_that_cannot_be_done_says_why_and_does_nothing() {
    let mut window = window();
    palette(&mut window, "copy coordinates");
    window.get_by_label("Copy coordinates, Go menu, No place is selected");
    press(&mut window, Key::Enter);
    window.get_by_label(FIELD);
    assert!(window.state().notice().is_none());
}

#[test]
fn a_place_is_flown_to() {
    let mut window = window();
    palette(&mut window, "nairobi");
    window.get_by_label("Go to Nairobi, Kenya").click();
    settle(&mut window);
    assert_eq!(window.state().pinned(), Some("Nairobi, Kenya"));
}

#[test]
fn an_article_is_opened_by_its_title() {
    let mut window = window();
    palette(&mut window, "winter city");
    window.get_by_label("Winter comes to a divided city, The Courier, 2 Nov 2016");
    press(&mut window, Key::Enter);
    assert_eq!(shown_article(&window).as_deref(), Some("siege"));
}

#[test]
fn what_is_nowhere_is_said_to_be_nowhere() {
    let mut window = window();
    palette(&mut window, "qqqqq");
    window.get_by_label("No command, place or article begins so");
    press(&mut window, Key::Enter);
    window.get_by_label(FIELD);
}
