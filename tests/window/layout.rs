//! The areas of the window: dragged, docked, hidden, put back.

use dateline::app::{Layout, Session};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect, pos2};
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, click, settle, sized, stories, window};

const LISTS: &str = "Places and articles pane";
const MAP: &str = "Map pane";
const ARTICLE: &str = "Article pane";

fn area(window: &Window, label: &str) -> Rect {
    window.get_by_label(label).rect()
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(2);
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(from.lerp(to, 0.5));
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    settle(window);
}

#[test]
fn the_lines_between_areas_are_dragged_and_stop_at_the_least_width() {
    let mut window = window();
    let line = window.get_by_label("Width of the lists").rect().center();
    drag(&mut window, line, line + egui::vec2(80.0, 0.0));
    let wide = area(&window, LISTS).width();
    assert!((wide - 344.0).abs() < 3.0, "{wide}");
    let line = window.get_by_label("Width of the lists").rect().center();
    drag(&mut window, line, pos2(20.0, line.y));
    assert_eq!(area(&window, LISTS).width(), 220.0);
    // The article is as wide as it was, and the map took the rest.
    assert_eq!(area(&window, ARTICLE).width(), 440.0);
    assert_eq!(area(&window, MAP).width(), 1280.0 - 220.0 - 440.0 - 2.0);
}

#[test]
fn lines_are_moved_with_the_arrow_keys() {
    let mut window = window();
    window.get_by_label("Width of the article").focus();
    window.run_steps(2);
    for _ in 0..3 {
        window.key_press(Key::ArrowLeft);
        window.run_steps(2);
    }
    assert_eq!(area(&window, ARTICLE).width(), 440.0 + 48.0);
    assert!(window.get_by_label("Width of the article").is_focused());
}

#[test]
fn an_area_is_dropped_on_another_and_they_share_a_place() {
    let mut window = window();
    assert!(window.query_by_role_and_label(Role::Tab, "Article").is_none());
    let grip = window.get_by_label("Move or hide: Places and articles").rect().center();
    let middle = area(&window, ARTICLE).center();
    drag(&mut window, grip, middle + egui::vec2(0.0, 20.0));
    // Each has a tab now, and the one that was dropped is in front.
    window.get_by_label("Derna, Libya, 1 article");
    assert!(window.query_by_label(ARTICLE).is_none());
    assert_eq!(area(&window, MAP).left(), 0.0);
    window.get_by_role_and_label(Role::Tab, "Article").click();
    settle(&mut window);
    assert!(window.query_by_label(LISTS).is_none());
    // What was hidden in a tab comes to the front when it is asked for.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    settle(&mut window);
    window.get_by_label(LISTS);
}

#[test]
fn an_area_that_is_dropped_beside_another_keeps_its_width() {
    let mut window = window();
    let grip = window.get_by_label("Move or hide: Places and articles").rect().center();
    let article = area(&window, ARTICLE);
    drag(&mut window, grip, article.left_center() + egui::vec2(60.0, 0.0));
    assert_eq!((area(&window, LISTS).width(), area(&window, ARTICLE).width()), (264.0, 440.0));
    assert!(area(&window, LISTS).right() < area(&window, ARTICLE).left());
}

#[test]
fn the_menu_of_a_grip_docks_and_hides_and_resets() {
    let mut window = window();
    click(&mut window, "Move or hide: Places and articles");
    click(&mut window, "Places and articles to the Right");
    assert!(area(&window, LISTS).left() > area(&window, ARTICLE).right());
    click(&mut window, "Move or hide: Article");
    click(&mut window, "Article to the Bottom");
    let article = area(&window, ARTICLE);
    assert!(article.width() == 1280.0 && article.top() > area(&window, MAP).bottom());
    click(&mut window, "Move or hide: Map");
    click(&mut window, "Hide: Map");
    assert!(window.query_by_label(MAP).is_none());
    click(&mut window, "Move or hide: Article");
    click(&mut window, "Reset the layout");
    assert_eq!(area(&window, MAP).left(), 265.0);
    assert_eq!(window.state().session().layout, Layout::default());
}

#[test]
fn what_is_typed_stays_where_the_lists_lie_elsewhere() {
    let mut window = window();
    window.get_by_label("Search articles and places").focus();
    window.run();
    click(&mut window, "Move or hide: Places and articles");
    click(&mut window, "Places and articles to the Right");
    window.get_by_label("Search articles and places").focus();
    window.run();
    window.get_by_label("Search articles and places").type_text("dams");
    settle(&mut window);
    window.get_by_label("Articles (1)");
}

#[test]
fn a_narrow_window_has_its_own_arrangement() {
    let mut window = window();
    click(&mut window, "Move or hide: Places and articles");
    click(&mut window, "Places and articles to the Bottom");
    window.set_size(egui::vec2(800.0, 600.0));
    settle(&mut window);
    assert_eq!(area(&window, LISTS).left(), 0.0);
    assert!(area(&window, MAP).left() > 200.0 && window.query_by_label(ARTICLE).is_none());
    click(&mut window, "Derna, Libya, 1 article");
    assert!(area(&window, ARTICLE).right() == 800.0 && window.query_by_label(LISTS).is_none());
    window.set_size(egui::vec2(1280.0, 800.0));
    settle(&mut window);
    assert!(area(&window, LISTS).top() > area(&window, MAP).bottom());
}

#[test]
fn a_window_without_areas_shows_the_map() {
    let mut window = sized(1280.0, 800.0, stories());
    for key in [Key::Num1, Key::Num2, Key::Num3, Key::Num4] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        settle(&mut window);
    }
    assert_eq!(area(&window, MAP).width(), 1280.0);
    let Session { map, lists, reader, .. } = window.state().session();
    assert!(!map && !lists && !reader);
}

#[test]
fn what_a_command_is_about_is_brought_to_the_front() {
    let mut window = window();
    let grip = window.get_by_label("Move or hide: Places and articles").rect().center();
    let middle = area(&window, ARTICLE).center();
    drag(&mut window, grip, middle + egui::vec2(0.0, 20.0));
    // The article has no tab in front until something in it is chosen.
    click(&mut window, "Derna, Libya, 1 article");
    assert!(window.query_by_label(LISTS).is_none());
    window.get_by_label(ARTICLE);
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut window);
    assert!(window.get_by_label("Search articles and places").is_focused());
    window.key_press(Key::F3);
    settle(&mut window);
    window.get_by_label(ARTICLE);
}

#[test]
fn a_map_that_is_hidden_is_shown_for_a_place_and_nothing_else_goes() {
    let mut window = window();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    settle(&mut window);
    assert!(window.query_by_label(MAP).is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    settle(&mut window);
    assert!(window.get_by_label("Go to a place").is_focused());
    assert!(area(&window, LISTS).width() > 0.0 && area(&window, ARTICLE).width() > 0.0);
}

#[test]
fn in_a_narrow_window_either_key_turns_from_lists_to_article_and_back() {
    let mut window = sized(800.0, 600.0, stories());
    click(&mut window, "Derna, Libya, 1 article");
    for key in [Key::Num1, Key::Num2, Key::Num1, Key::Num2] {
        let reading = window.query_by_label(ARTICLE).is_some();
        window.key_press_modifiers(Modifiers::COMMAND, key);
        settle(&mut window);
        assert_eq!(window.query_by_label(ARTICLE).is_some(), !reading, "{key:?}");
        assert_eq!(window.query_by_label(LISTS).is_some(), reading, "{key:?}");
    }
}
