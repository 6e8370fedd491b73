//! The window itself: themes, sizes, keys, menus, empty states.

use dateline::app::ThemeChoice;
use dateline::model::{Article, Geoparsed};
use egui_kittest::kittest::Queryable;

use crate::stories::{settle, sized, stories, window};

#[test]
fn the_theme_is_switched_and_kept() {
    let mut window = window();
    for (button, theme) in
        [("Light", ThemeChoice::Light), ("Dark", ThemeChoice::Dark), ("Light", ThemeChoice::Light)]
    {
        // The button offers the other theme; where it is in force already there is nothing to press.
        if let Some(node) = window.query_by_label(button) {
            node.click();
            settle(&mut window);
            assert_eq!(window.state().session().theme, theme);
            assert_eq!(
                window.ctx.theme(),
                if button == "Dark" { egui::Theme::Dark } else { egui::Theme::Light }
            );
        }
    }
}

#[test]
fn an_empty_window_says_what_to_do() {
    let window = sized(1280.0, 800.0, Vec::new());
    window.get_by_label("Nothing open yet");
    window.get_by_label("Open the sample");
    window.get_by_label("No article chosen");
}

#[test]
fn a_search_without_results_offers_the_way_back() {
    let mut window = window();
    window.get_by_label("Search articles and places").focus();
    window.run();
    window.get_by_label("Search articles and places").type_text("zanzibar");
    settle(&mut window);
    window.get_by_label("Nothing found");
    window.get_by_label("Clear search and filters").click();
    settle(&mut window);
    window.get_by_label("Places (5)");
}

#[test]
fn problems_are_a_list_with_file_and_reason() {
    let mut window = window();
    window.get_by_label_contains("1 problem").click();
    settle(&mut window);
    window.get_by_label("torn.jsonl:3: the line ends too soon");
}

#[test]
fn a_narrow_window_shows_the_lists_first_and_then_the_article() {
    let mut window = sized(800.0, 600.0, stories());
    assert!(window.query_by_label("No article chosen").is_none());
    window.get_by_label("Derna, Libya, 1 article").click();
    settle(&mut window);
    window.get_by_label("Derna, Libya: mention");
    assert!(window.query_by_label("Derna, Libya, 1 article").is_none());
    window.get_by_label("Places and articles").click();
    settle(&mut window);
    window.get_by_label("Derna, Libya, 1 article");
}

#[test]
fn panes_hide_and_come_back() {
    let mut window = window();
    for (key, label) in [(egui::Key::Num1, "Derna, Libya, 1 article"), (egui::Key::Num2, "No article chosen")]
    {
        window.key_press_modifiers(egui::Modifiers::COMMAND, key);
        settle(&mut window);
        assert!(window.query_by_label(label).is_none(), "{label}");
        window.key_press_modifiers(egui::Modifiers::COMMAND, key);
        settle(&mut window);
        window.get_by_label(label);
    }
}

#[test]
fn menus_and_help_name_the_same_commands() {
    let mut window = window();
    window.get_by_label("Help").click();
    settle(&mut window);
    window.get_by_label("Keyboard shortcuts").click();
    settle(&mut window);
    window.get_by_label("Next mention: N");
    window.key_press(egui::Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label("Next mention: N").is_none());
}

#[test]
fn scripts_of_the_world_and_long_texts_are_laid_out() {
    let text = "Москва, Αθήνα, İstanbul, Đà Nẵng.\n".repeat(30_000);
    let article = Geoparsed { article: Article::from_text("long", text), ..Geoparsed::default() };
    let mut window = sized(1280.0, 800.0, vec![article]);
    window.get_by_label("Articles (1)").click();
    settle(&mut window);
    window.get_by_label_contains("Москва, Αθήνα").click();
    settle(&mut window);
    window.get_by_label("No mentions shown");
}
