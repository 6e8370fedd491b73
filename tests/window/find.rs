//! Searching, ordering and filtering: the query language in the window, every facet, every chip, saved filters.

use dateline::app::{ListTab, Session};
use dateline::explore::{ArticleOrder, Filter};
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, click, settle, sized, stories, story, window};

fn search(window: &mut Window, query: &str) {
    window.get_by_label("Search articles and places").focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.get_by_label("Search articles and places").type_text(query);
    settle(window);
}

fn there(window: &Window, label: &str) -> bool {
    window.query_by_label(label).is_some()
}

/// The ids of the articles in the list, in order.
fn listed(window: &Window) -> Vec<String> {
    let explorer = window.state().explorer();
    let id = |row: &dateline::explore::ArticleRow| {
        explorer.collection.article(row.article).unwrap().article.id.clone()
    };
    explorer.view.articles.iter().map(id).collect()
}

#[test]
fn queries_find() {
    let mut window = window();
    let mut check = |query: &str, expected: &[&str]| {
        search(&mut window, query);
        assert_eq!(listed(&window), expected, "{query:?}");
    };
    check("snow", &["siege"]);
    check("SNÓW fell", &["siege"]);
    check("sno", &["siege"]);
    check("sno ", &[]);
    check("\"talks on aleppo\"", &["talks"]);
    check("\"aleppo talks\"", &[]);
    check("title:dams", &["flood"]);
    check("text:courier", &[]);
    check("source:courier aleppo", &["siege", "talks"]);
    check("place:switzerland", &["talks"]);
    check("aleppo -snow", &["talks"]);
    check("snow OR dams ", &["flood", "siege"]);
    check("\"aleppo (", &["siege", "talks"]);
}

#[test]
fn what_was_found_is_shown_in_the_row() {
    let mut window = window();
    click(&mut window, "Articles (4)");
    let before = window.get_by_label("Two dams give way, The Courier · 12 Sep 2023 · 2 places").rect();
    search(&mut window, "river");
    let after = window.get_by_label("Two dams give way, The Courier · 12 Sep 2023 · 2 places").rect();
    assert!(after.height() > before.height());
}

#[test]
fn places_that_the_search_names_come_first_and_stand_out() {
    let mut window = window();
    search(&mut window, "lausanne ");
    let explorer = window.state().explorer();
    let first = explorer.view.places[0];
    assert!(first.matched && explorer.collection.place(first.key).unwrap().place.name == "Lausanne");
    assert!(!explorer.view.places[1].matched);
    assert!(explorer.view.scene.point(first.key).unwrap().matched);
}

#[test]
fn enter_and_the_arrow_go_from_the_search_box_to_the_first_row() {
    for key in [egui::Key::Enter, egui::Key::ArrowDown] {
        let mut window = window();
        search(&mut window, "derna");
        window.key_press(key);
        settle(&mut window);
        assert_eq!(crate::stories::selected_words(&window).as_deref(), Some("Derna"), "{key:?}");
        assert!(!window.get_by_label("Search articles and places").is_focused());
    }
}

#[test]
fn home_and_end_go_to_the_ends_of_the_list() {
    let mut window = window();
    click(&mut window, "Articles (4)");
    for (key, id) in [(egui::Key::End, "letter"), (egui::Key::Home, "flood")] {
        window.key_press(key);
        settle(&mut window);
        assert_eq!(crate::stories::shown_article(&window).as_deref(), Some(id));
    }
}

#[test]
fn articles_stand_in_the_order_that_is_chosen() {
    let mut window = window();
    click(&mut window, "Articles (4)");
    let mut current = "Newest first";
    for (order, expected) in [
        ("Oldest first", ["talks", "siege", "flood", "letter"]),
        ("Headline", ["letter", "talks", "flood", "siege"]),
        ("Source", ["flood", "siege", "talks", "letter"]),
        ("Newest first", ["flood", "siege", "talks", "letter"]),
    ] {
        click(&mut window, &format!("Order of articles: {current}"));
        assert!(!there(&window, "Order: Best match"));
        click(&mut window, &format!("Order: {order}"));
        assert_eq!(listed(&window), expected, "{order}");
        current = order;
    }
    search(&mut window, "aleppo OR lausanne ");
    click(&mut window, "Order of articles: Newest first");
    click(&mut window, "Order: Best match");
    assert_eq!(listed(&window), ["talks", "siege"]);
    assert_eq!(window.state().session().finding.order.articles, ArticleOrder::Relevance);
}

#[test]
fn places_stand_in_the_order_that_is_chosen() {
    let mut window = window();
    let mut current = "Most articles";
    for (order, first) in
        [("Name", "Aleppo"), ("Country", "Derna"), ("Most mentions", "Aleppo"), ("Most articles", "Aleppo")]
    {
        click(&mut window, &format!("Order of places: {current}"));
        click(&mut window, &format!("Order: {order}"));
        let explorer = window.state().explorer();
        let key = explorer.view.places[0].key;
        assert_eq!(explorer.collection.place(key).unwrap().place.name, first, "{order}");
        current = order;
    }
}

#[test]
fn every_facet_narrows_and_every_chip_takes_its_filter_off() {
    let mut window = sized(1280.0, 1600.0, stories());
    click(&mut window, "Filters");
    for (choice, chip, articles) in [
        ("Date: 2016, 2", "2016", 2),
        ("Date: No date, 1", "No date", 1),
        ("Country: Libya, 1", "Libya", 1),
        ("Place: Aleppo, Syria, 2", "Mentions Aleppo", 2),
        ("Source: The Courier, 4", "The Courier", 4),
        ("Sense: Literal: it happens there, 7", "Literal", 4),
        ("Status: Without a place, 1", "Without a place", 1),
        ("Kind of mention: Peoples and adjectives, 1", "Names, Peoples and adjectives, Coordinates", 4),
    ] {
        click(&mut window, choice);
        assert_eq!(listed(&window).len(), articles, "{choice}");
        click(&mut window, &format!("{chip}: remove filter"));
        assert!(window.state().explorer().filter.is_default(), "{choice}");
    }
}

#[test]
fn counts_of_a_facet_follow_the_other_choices_and_not_its_own() {
    let mut window = sized(1280.0, 1600.0, stories());
    click(&mut window, "Filters");
    click(&mut window, "Date: 2016, 2");
    assert!(there(&window, "Country: Syria, 2") && !there(&window, "Country: Libya, 1"));
    assert!(there(&window, "Date: 2023, 1"));
    click(&mut window, "Country: Syria, 2");
    assert!(there(&window, "Country: Switzerland, 1"));
    click(&mut window, "2016: remove filter");
    // What nothing meets any more can still be taken back.
    search(&mut window, "dams");
    click(&mut window, "Country: Syria, 0");
    assert_eq!(listed(&window), ["flood"]);
}

#[test]
fn several_choices_of_one_facet_are_met_by_any() {
    let mut window = sized(1280.0, 1600.0, stories());
    click(&mut window, "Filters");
    click(&mut window, "Country: Libya, 1");
    click(&mut window, "Country: Peru, 1");
    assert_eq!(listed(&window), ["flood", "letter"]);
    click(&mut window, "Clear all");
    click(&mut window, "Place: Derna, Libya, 1");
    click(&mut window, "Place: Lima, Peru, 1");
    assert_eq!(listed(&window), ["flood", "letter"]);
}

#[test]
fn facets_close_and_long_ones_are_shown_whole_and_searched() {
    let names = ["Aleppo", "Lausanne", "Derna", "Lima", "Libya"];
    let many = (0..30).map(|number| {
        let mut story = story(
            &format!("n{number}"),
            None,
            "Rain",
            &format!("Rain in [x|{}].", names[number % names.len()]),
        );
        story.article.source = Some(format!("Paper {number:02}"));
        story
    });
    let mut window = sized(1280.0, 2000.0, many.collect());
    click(&mut window, "Filters");
    assert!(there(&window, "Source: Paper 04, 1") && !there(&window, "Source: Paper 05, 1"));
    assert!(!there(&window, "Find in source"));
    click(&mut window, "Source: show 25 more");
    assert!(there(&window, "Source: Paper 29, 1"));
    window.get_by_label("Find in source").focus();
    window.run();
    window.get_by_label("Find in source").type_text("r 1");
    settle(&mut window);
    assert!(there(&window, "Source: Paper 17, 1") && !there(&window, "Source: Paper 27, 1"));
    click(&mut window, "Source: hide");
    assert!(!there(&window, "Source: Paper 17, 1"));
    click(&mut window, "Source: show");
    click(&mut window, "Source: show fewer");
    assert!(there(&window, "Source: Paper 00, 1") && !there(&window, "Source: Paper 17, 1"));
}

#[test]
fn many_chips_leave_room_for_the_lists() {
    let many = (0..14).map(|number| {
        let mut story = story(&format!("n{number}"), None, "Rain", "Rain in [Lima|Lima].");
        story.article.source = Some(format!("Paper {number:02}"));
        story
    });
    let mut window = sized(1280.0, 2000.0, many.collect());
    click(&mut window, "Filters");
    click(&mut window, "Source: show 9 more");
    for number in 0..12 {
        click(&mut window, &format!("Source: Paper {number:02}, 1"));
    }
    assert!(there(&window, "Paper 06: remove filter") && !there(&window, "Paper 07: remove filter"));
    click(&mut window, "Articles (12)");
    click(&mut window, "5 more: show filters");
    assert_eq!(window.state().session().tab, ListTab::Filters);
}

#[test]
fn a_filter_is_saved_applied_renamed_and_deleted() {
    let mut window = window();
    search(&mut window, "aleppo");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::D);
    settle(&mut window);
    // The suggestion is typed over.
    window.get_by_label("Name of the filter").focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.get_by_label("Name of the filter").type_text("The siege");
    settle(&mut window);
    click(&mut window, "Save");
    click(&mut window, "Clear search");
    click(&mut window, "Filters");
    click(&mut window, "Saved filter: The siege");
    assert_eq!(listed(&window), ["siege", "talks"]);
    click(&mut window, "Rename The siege");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.get_by_label("Name of the filter").type_text("Aleppo");
    settle(&mut window);
    window.key_press(egui::Key::Enter);
    settle(&mut window);
    window.get_by_label("Saved filter: Aleppo");
    // It outlives the program, and knows its places in whatever is open then.
    let kept = Session::restore(&window.state().session().save());
    assert_eq!(kept.finding.saved[0].filter, Filter { query: "aleppo".to_owned(), ..Filter::default() });
    click(&mut window, "Delete Aleppo");
    assert!(window.state().session().finding.saved.is_empty());
    assert_eq!(window.state().notice(), Some("Deleted the filter “Aleppo”"));
}

#[test]
fn a_saved_filter_knows_places_by_identifier() {
    let mut window = window();
    click(&mut window, "Derna, Libya, 1 article");
    click(&mut window, "More about this mention");
    click(&mut window, "Only this place's articles");
    click(&mut window, "Save…");
    click(&mut window, "Save");
    let kept = window.state().session().save();
    assert!(kept.contains("geonames:87205"), "{kept}");
}

#[test]
fn nothing_to_save_is_said() {
    let mut window = window();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::D);
    settle(&mut window);
    assert!(!there(&window, "Name of the filter"));
    assert_eq!(window.state().notice(), Some("Nothing is filtered"));
}

#[test]
fn what_is_selected_stays_in_sight() {
    let many = (0..60).map(|number| {
        story(&format!("n{number}"), None, &format!("Rain {number:02}"), "Rain in [Lima|Lima].")
    });
    let mut window = sized(1280.0, 800.0, many.collect());
    click(&mut window, "Articles (60)");
    let row = |number: usize| format!("Rain {number:02}, The Courier · 1 place");
    for _ in 0..30 {
        window.key_press(egui::Key::ArrowDown);
        settle(&mut window);
    }
    let chosen = window.get_by_label(&row(29)).rect();
    assert!(chosen.top() > 150.0 && chosen.bottom() < 780.0, "{chosen:?}");
    click(&mut window, "Order of articles: Newest first");
    click(&mut window, "Order: Headline");
    search(&mut window, "rain");
    let chosen = window.get_by_label(&row(29)).rect();
    assert!(chosen.top() > 150.0 && chosen.bottom() < 780.0, "{chosen:?}");
}

#[test]
fn one_row_stands_for_all_copies_of_a_text() {
    let body: String = (0..80).map(|number| format!("word{number} ")).collect();
    let told = |id: &str, title: &str, date: &str| {
        story(id, Some(date.parse().unwrap()), title, &format!("Rain fell in [Aleppo]. {body}"))
    };
    let wire = [
        told("first", "Rain in Aleppo", "2016-11-02"),
        told("second", "Rain falls in Aleppo", "2016-11-03"),
        told("third", "Aleppo under water", "2016-11-01"),
    ];
    let mut window = sized(1280.0, 800.0, stories().into_iter().chain(wire).collect());
    click(&mut window, "Articles (7)");
    assert_eq!(
        listed(&window).iter().filter(|id| ["first", "second", "third"].contains(&id.as_str())).count(),
        1
    );
    // The newest stands for all, which count.
    window.get_by_label_contains("Rain falls in Aleppo, ").click();
    settle(&mut window);
    click(&mut window, "The same text in 3 articles");
    window.get_by_label_contains("Aleppo under water, ").click();
    settle(&mut window);
    let id = |window: &Window| {
        let explorer = window.state().explorer();
        let article = explorer.selected.what.article().unwrap();
        explorer.collection.article(article).unwrap().article.id.clone()
    };
    assert_eq!(id(&window), "third");
    crate::stories::run(&mut window, dateline::app::Command::EachCopy);
    assert_eq!(listed(&window).len(), 7);
    assert!(there(&window, "Articles (7)"));
}
