//! Without a pointer: through the areas, through dialogs, and the whole main job.

use dateline::explore::Selection;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::files::{type_path, wait};
use crate::stories::{Window, chord, press, selected_words, settle, shown_article, sized, window};

/// What a screen reader calls the thing with the keyboard.
fn focused(window: &Window) -> Option<String> {
    let node =
        window.query_all(egui_kittest::kittest::By::new().predicate(|node| node.is_focused())).next()?;
    let node = node.accesskit_node();
    node.label().or_else(|| node.value())
}

/// Tabs until a control of this name has the keyboard.
fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..400 {
        if focused(window).as_deref() == Some(name) {
            return;
        }
        press(window, Key::Tab);
    }
    panic!("{name} is not reached by Tab");
}

#[test]
fn f6_walks_the_areas_and_tab_goes_into_them() {
    let mut window = window();
    for expected in
        ["In: Places and articles", "In: Map", "In: Timeline", "In: Article", "In: Places and articles"]
    {
        press(&mut window, Key::F6);
        assert_eq!(focused(&window).as_deref(), Some(expected));
    }
    for expected in ["Mentions", "Events", "Search articles and places"] {
        press(&mut window, Key::Tab);
        assert_eq!(focused(&window).as_deref(), Some(expected));
    }
    // From within an area it goes on to the next one; the search box does not keep the key.
    press(&mut window, Key::F6);
    assert_eq!(focused(&window).as_deref(), Some("In: Map"));
    chord(&mut window, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&window).as_deref(), Some("In: Places and articles"));
}

#[test]
fn arrows_scroll_the_article_that_was_walked_to() {
    let mut window = window();
    window.get_by_label("Articles (4)").click();
    settle(&mut window);
    window.get_by_label_contains("Winter comes to a divided city").click();
    settle(&mut window);
    chord(&mut window, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&window).as_deref(), Some("In: Article"));
    let before = shown_article(&window);
    for _ in 0..8 {
        press(&mut window, Key::ArrowDown);
    }
    assert_eq!(shown_article(&window), before);
    assert!(window.query_by_label("Winter comes to a divided city").is_none());
}

#[test]
fn a_dialog_takes_the_keyboard_holds_it_and_gives_it_back() {
    let mut window = window();
    window.get_by_label("Filters").focus();
    settle(&mut window);
    chord(&mut window, Modifiers::COMMAND, Key::L);
    assert_eq!(focused(&window).as_deref(), Some("Path or address to open"));
    let mut met = Vec::new();
    for _ in 0..8 {
        press(&mut window, Key::Tab);
        met.extend(focused(&window));
    }
    met.sort();
    met.dedup();
    assert!(
        met.iter().all(|name| ["Path or address to open", "Open", "Close", "Close window"].contains(&name.as_str())),
        "{met:?}"
    );
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Path or address to open").is_none());
    assert_eq!(focused(&window).as_deref(), Some("Filters"));
}

#[test]
fn a_dialog_that_asks_for_nothing_has_the_keyboard_all_the_same() {
    let mut window = window();
    window.get_by_label("Filters").focus();
    settle(&mut window);
    press(&mut window, Key::F1);
    assert_eq!(focused(&window).as_deref(), Some("Find a key"));
    press(&mut window, Key::Escape);
    assert_eq!(focused(&window).as_deref(), Some("Filters"));
}

#[test]
fn plain_keys_are_letters_while_somebody_types() {
    let mut window = window();
    window.get_by_label("Aleppo, Syria, 2 articles").click();
    settle(&mut window);
    for field in ["Search articles and places", "Go to a place"] {
        window.get_by_label(field).focus();
        window.run_steps(2);
        let before = (window.state().explorer().selected, window.state().map_zoom());
        for key in [
            Key::N,
            Key::P,
            Key::J,
            Key::K,
            Key::B,
            Key::M,
            Key::G,
            Key::H,
            Key::Num0,
            Key::Plus,
            Key::Minus,
            Key::Slash,
        ] {
            window.key_press(key);
            window.run_steps(1);
        }
        settle(&mut window);
        let after = (window.state().explorer().selected, window.state().map_zoom());
        assert_eq!(after, before, "{field}");
        press(&mut window, Key::Escape);
    }
}

#[test]
fn the_whole_main_job_without_a_pointer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let mut window = sized(1280.0, 800.0, Vec::new());
    // Open the sample.
    tab_to(&mut window, "Open the sample");
    window.key_press(Key::Enter);
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label("Articles (5)");
    // Search.
    press(&mut window, Key::Slash);
    window.get_by_label("Search articles and places").type_text("cairo");
    settle(&mut window);
    // Pick an article.
    tab_to(&mut window, "Articles (5)");
    press(&mut window, Key::Enter);
    let mut rows = window.query_all_by_role(egui::accesskit::Role::ListItem);
    let row = rows.next().unwrap().accesskit_node().label().unwrap();
    drop(rows);
    tab_to(&mut window, &row);
    press(&mut window, Key::Enter);
    assert!(matches!(window.state().explorer().selected.what, Selection::Article(_)));
    let article = shown_article(&window);
    // Walk its mentions, and see the candidates.
    press(&mut window, Key::N);
    let first = selected_words(&window).unwrap();
    press(&mut window, Key::N);
    assert!(selected_words(&window).is_some_and(|second| second != first));
    assert_eq!(shown_article(&window), article);
    assert!(window.query_all_by_label_contains("Candidate ").count() > 0);
    // Filter by country.
    tab_to(&mut window, "Filters");
    press(&mut window, Key::Enter);
    let name =
        window.query_all_by_label_contains("Syria, ").next().unwrap().accesskit_node().label().unwrap();
    tab_to(&mut window, &name);
    press(&mut window, Key::Enter);
    press(&mut window, Key::Escape);
    assert_eq!(window.state().explorer().filter.countries.len(), 1);
    // Clear.
    chord(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    assert!(window.state().explorer().filter.is_default());
    // Export.
    chord(&mut window, Modifiers::COMMAND, Key::E);
    type_path(&mut window, "Path to write to", &path);
    window.key_press(Key::Enter);
    window.run_steps(2);
    wait(&mut window);
    assert!(path.is_file());
}

#[test]
fn a_key_whose_command_is_hindered_does_nothing_but_say_why() {
    let mut window = sized(1280.0, 800.0, Vec::new());
    chord(&mut window, Modifiers::SHIFT, Key::B);
    assert_eq!(window.state().explorer().filter.area, None);
    assert_eq!(window.state().notice(), Some("Nothing is open"));
    // Escape is never hindered: there may be a dialog to close.
    press(&mut window, Key::F1);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Find a key").is_none());
}

#[test]
fn keys_that_write_nothing_are_commands_even_in_a_text_field() {
    let mut window = window();
    window.get_by_label("Derna, Libya, 1 article").click();
    settle(&mut window);
    let field = "Search articles and places";
    window.get_by_label(field).focus();
    window.run_steps(2);
    press(&mut window, Key::F3);
    window.get_by_label("Close find");
    // Beneath a dialog they are not.
    window.get_by_label("Close find").click();
    settle(&mut window);
    press(&mut window, Key::F1);
    press(&mut window, Key::F3);
    assert!(window.query_by_label("Close find").is_none());
}
