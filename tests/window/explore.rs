//! Reading and looking: marks, mentions, lists, search, filters.

use egui_kittest::kittest::Queryable;

use crate::stories::{click, near, selected_words, settle, shown_article, sized, stories, story, window};

#[test]
fn a_mark_opens_the_article_at_the_mention() {
    let mut window = window();
    window.get_by_label("Lima, Peru: 1 article").click();
    settle(&mut window);
    assert_eq!(shown_article(&window).as_deref(), Some("letter"));
    assert_eq!(selected_words(&window).as_deref(), Some("Lima"));
    window.get_by_label("Lima, Peru: mention");
    window.get_by_label("1 of 1 mention of Lima");
    window.get_by_label("Candidate Lima, Peru, score 0.92");
}

#[test]
fn a_mention_moves_the_map() {
    let mut window = window();
    click(&mut window, "Articles (4)");
    click(&mut window, "Ministers meet by the lake, The Courier · 15 Oct 2016 · 2 places");
    let before = window.state().map_centre();
    click(&mut window, "Lausanne, Switzerland: mention");
    let after = window.state().map_centre();
    assert!(!near(before, after) && near(after, (46.52, 6.63)), "{before:?} to {after:?}");
    assert!(window.state().map_zoom() > 7.0);
}

#[test]
fn an_article_of_the_list_brings_its_places_into_view() {
    let mut window = window();
    click(&mut window, "Articles (4)");
    click(&mut window, "Two dams give way, The Courier · 12 Sep 2023 · 2 places");
    let (lat, lon) = window.state().map_centre();
    assert!((28.0..33.0).contains(&lat) && (17.0..23.0).contains(&lon), "{lat}, {lon}");
    window.get_by_label("Derna, Libya: 1 article");
}

#[test]
fn a_slash_goes_to_the_search_and_escape_only_leaves_it() {
    let mut window = window();
    click(&mut window, "Aleppo, Syria, 2 articles");
    window.key_press(egui::Key::Slash);
    settle(&mut window);
    assert!(window.get_by_label("Search articles and places").is_focused());
    window.key_press(egui::Key::Escape);
    settle(&mut window);
    assert!(!window.get_by_label("Search articles and places").is_focused());
    assert_eq!(selected_words(&window).as_deref(), Some("Aleppo"));
}

#[test]
fn next_walks_a_places_mentions_through_articles_and_scrolls_to_them() {
    let mut window = window();
    click(&mut window, "Aleppo, Syria, 2 articles");
    assert_eq!(shown_article(&window).as_deref(), Some("talks"));
    window.get_by_label("1 of 2 mentions of Aleppo");
    click(&mut window, "Next mention");
    assert_eq!(shown_article(&window).as_deref(), Some("siege"));
    // It stands at the end of a long text: it was scrolled to.
    let mention = window.get_by_label("Aleppo, Syria: mention").rect();
    assert!(mention.top() > 80.0 && mention.bottom() < 560.0, "{mention:?}");
    window.key_press(egui::Key::P);
    settle(&mut window);
    window.get_by_label("1 of 2 mentions of Aleppo");
}

#[test]
fn a_click_in_the_text_does_not_scroll_it() {
    let mut window = window();
    click(&mut window, "Aleppo, Syria, 2 articles");
    let before = window.get_by_label("Lausanne, Switzerland: mention").rect();
    click(&mut window, "Lausanne, Switzerland: mention");
    assert_eq!(window.get_by_label("Lausanne, Switzerland: mention").rect(), before);
    assert_eq!(selected_words(&window).as_deref(), Some("Lausanne"));
}

#[test]
fn what_has_no_place_is_said_and_shown() {
    let mut window = window();
    click(&mut window, "Articles (4)");
    window.get_by_label("No date · 1 article");
    click(&mut window, "A letter from the coast, The Courier · 1 place");
    click(&mut window, "Puerto Perdido: mention without a place");
    window.get_by_label("The gazetteer knows no place of this name.");
}

#[test]
fn search_narrows_lists_and_map() {
    let mut window = window();
    let field = window.get_by_label("Search articles and places");
    field.focus();
    window.run();
    window.get_by_label("Search articles and places").type_text("SNOW");
    settle(&mut window);
    window.get_by_label("Articles (1)");
    window.get_by_label("Aleppo, Syria, 1 article");
    assert!(window.query_by_label("Derna, Libya, 1 article").is_none());
    click(&mut window, "Clear search");
    window.get_by_label("Articles (4)");
}

#[test]
fn letters_typed_into_the_search_box_are_not_commands() {
    let mut window = window();
    click(&mut window, "Aleppo, Syria, 2 articles");
    window.get_by_label("Search articles and places").focus();
    window.run();
    window.key_press(egui::Key::N);
    settle(&mut window);
    window.get_by_label("1 of 2 mentions of Aleppo");
}

#[test]
fn filters_narrow_by_country_and_come_off_again() {
    let mut window = window();
    click(&mut window, "Filters");
    click(&mut window, "Country: Libya, 1");
    window.get_by_label("Places (2)");
    window.key_press(egui::Key::Escape);
    settle(&mut window);
    click(&mut window, "Libya: remove filter");
    window.get_by_label("Places (5)");
}

#[test]
fn the_chip_lets_peoples_in() {
    let mut window = window();
    assert!(window.state().explorer().view.mentions == 6);
    let unresolved = window.state().explorer().view.unresolved;
    click(&mut window, "Names and coordinates only");
    assert_eq!(window.state().explorer().view.unresolved, unresolved + 1);
}

#[test]
fn arrows_walk_the_list_in_front() {
    let mut window = window();
    for (key, words) in [
        (egui::Key::ArrowDown, "Aleppo"),
        (egui::Key::ArrowDown, "Derna"),
        (egui::Key::ArrowUp, "Aleppo"),
        (egui::Key::ArrowUp, "Aleppo"),
    ] {
        window.key_press(key);
        settle(&mut window);
        assert_eq!(selected_words(&window).as_deref(), Some(words));
    }
}

#[test]
fn one_places_articles_can_be_shown_alone() {
    let mut window = window();
    click(&mut window, "Derna, Libya, 1 article");
    click(&mut window, "More about this mention");
    click(&mut window, "Only this place's articles");
    window.get_by_label("Articles (1)");
    window.get_by_label("Libya, 1 article");
    click(&mut window, "Mentions Derna: remove filter");
    window.get_by_label("Articles (4)");
}

#[test]
fn the_article_is_turned_by_the_page() {
    let mut window = window();
    click(&mut window, "Articles (4)");
    click(&mut window, "Winter comes to a divided city, The Courier · 2 Nov 2016 · 1 place");
    window.get_by_label("Winter comes to a divided city");
    window.key_press(egui::Key::PageDown);
    settle(&mut window);
    assert!(window.query_by_label("Winter comes to a divided city").is_none());
    window.key_press(egui::Key::PageUp);
    settle(&mut window);
    window.get_by_label("Winter comes to a divided city");
}

/// Heights far down are estimates at first, and the inspector opens a frame later.
#[test]
fn a_mark_brings_words_deep_in_a_long_article_into_sight() {
    let paragraph = "A cease-fire had been announced, and it was broken before the evening of the same day, \
                     as all the others had been since the spring of that year.\n\n";
    let marked =
        format!("{0}Then they met in [Lima|Lima].\n\n{1}", paragraph.repeat(14), paragraph.repeat(3));
    let mut articles = stories();
    articles.retain(|story| story.article.id == "flood");
    articles.push(story("deep", None, "Deep in the text", &marked));
    let mut window = sized(1280.0, 800.0, articles);
    click(&mut window, "Lima, Peru: 1 article");
    window.run_steps(60);
    let mention = window.get_by_label("Lima, Peru: mention").rect();
    let inspector = window.get_by_label("Candidate Lima, Peru, score 0.92").rect();
    assert!(mention.top() > 80.0 && mention.bottom() < inspector.top() - 100.0, "{mention:?} {inspector:?}");
}
