//! What a screen reader is told: nothing that can be pressed or typed into is without a name.

use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::stories::{Window, chord, settle, sized, stories, window};

/// Fails for every control that has no name.
fn assert_named(window: &Window, state: &str) {
    let mut unnamed = Vec::new();
    for node in window.query_all(By::new().predicate(|_| true)) {
        let node = node.accesskit_node();
        let rect = node.bounding_box();
        let control = matches!(
            node.role(),
            Role::Button
                | Role::CheckBox
                | Role::RadioButton
                | Role::ComboBox
                | Role::Slider
                | Role::SpinButton
                | Role::Splitter
                | Role::Tab
                | Role::MenuItem
                | Role::Link
                | Role::ListItem
                | Role::ListBoxOption
                | Role::TextInput
                | Role::MultilineTextInput
                | Role::SearchInput
        );
        let reached =
            node.data().supports_action(Action::Focus) || node.data().supports_action(Action::Click);
        // A scrolled area takes the keyboard for nothing but scrolling.
        let scrolled = matches!(node.role(), Role::ScrollView | Role::ScrollBar | Role::Window);
        // The text within a field is a node of its own there.
        let part = matches!(node.role(), Role::TextRun);
        let typed = matches!(node.role(), Role::TextInput | Role::MultilineTextInput | Role::SearchInput);
        let name = node.label().or_else(|| if typed { None } else { node.value() });
        if (control || reached) && !scrolled && !part && name.is_none_or(|name| name.trim().is_empty()) {
            unnamed.push(format!("{:?} at {rect:?}", node.role()));
        }
    }
    assert!(unnamed.is_empty(), "{state}: {unnamed:#?}");
}

#[test]
fn everything_in_the_areas_has_a_name() {
    let mut window = window();
    assert_named(&window, "places");
    for label in ["Articles (4)", "Filters"] {
        window.get_by_label(label).click();
        settle(&mut window);
        assert_named(&window, label);
    }
    window.get_by_label("Places (5)").click();
    settle(&mut window);
    window.get_by_label("Aleppo, Syria, 2 articles").click();
    settle(&mut window);
    assert_named(&window, "a place");
    chord(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    assert_named(&window, "find in article");
    chord(&mut window, Modifiers::COMMAND, Key::G);
    window.get_by_label("Go to a place").type_text("nairo");
    settle(&mut window);
    assert_named(&window, "place search");
}

#[test]
fn everything_about_events_has_a_name() {
    let mut window = sized(1280.0, 1200.0, crate::events::told());
    window.get_by_label("Events").click();
    settle(&mut window);
    assert_named(&window, "events");
    window.get_by_label("Talks, Lausanne, Switzerland, 15 Oct 2016, The Courier").click();
    settle(&mut window);
    assert_named(&window, "an event");
    for label in ["Filters", "Types of violence: show", "What the underlines mean"] {
        window.get_by_label(label).click();
        settle(&mut window);
        assert_named(&window, label);
    }
}

#[test]
fn everything_in_menus_and_dialogs_has_a_name() {
    let mut window = window();
    for menu in ["File", "Find", "Go", "View", "Help"] {
        window.get_by_role_and_label(Role::Button, menu).click();
        settle(&mut window);
        assert_named(&window, menu);
        chord(&mut window, Modifiers::NONE, Key::Escape);
    }
    let shift = Modifiers::COMMAND | Modifiers::SHIFT;
    for (held, key) in [
        (Modifiers::COMMAND, Key::P),
        (Modifiers::NONE, Key::F1),
        (Modifiers::COMMAND, Key::L),
        (Modifiers::COMMAND, Key::E),
        (shift, Key::G),
        (shift, Key::H),
        (shift, Key::M),
        (shift, Key::B),
    ] {
        chord(&mut window, held, key);
        assert_named(&window, &format!("{held:?} {key:?}"));
        chord(&mut window, Modifiers::NONE, Key::Escape);
        chord(&mut window, Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn everything_in_small_and_empty_windows_has_a_name() {
    for (wide, high) in [(640.0, 480.0), (480.0, 360.0)] {
        let mut window = sized(wide, high, stories());
        assert_named(&window, &format!("{wide}"));
        window.get_by_label("Menu").click();
        settle(&mut window);
        assert_named(&window, "folded menu");
    }
    assert_named(&sized(1280.0, 800.0, Vec::new()), "empty");
}
