//! Panes tell of one another: what is pointed at or selected in one is so in all.

use egui_kittest::kittest::Queryable;

use crate::stories::{Window, click, selected_words, settle, shown_article, window};

/// The place that every pane shows as pointed at.
fn hovered(window: &Window) -> Option<String> {
    let explorer = window.state().explorer();
    Some(explorer.collection.place(explorer.hovered?)?.place.name.clone())
}

/// The place that every pane shows as selected.
fn selected(window: &Window) -> Option<String> {
    let explorer = window.state().explorer();
    let key = explorer.selected.what.place(&explorer.collection)?;
    Some(explorer.collection.place(key)?.place.name.clone())
}

#[test]
fn a_place_is_pointed_at_in_every_pane_at_once() {
    let mut window = window();
    click(&mut window, "Derna, Libya, 1 article");
    for label in ["Derna, Libya, 1 article", "Derna, Libya: 1 article", "Derna, Libya: mention"] {
        window.get_by_label(label).hover();
        settle(&mut window);
        assert_eq!(hovered(&window).as_deref(), Some("Derna"), "{label}");
        window.get_by_label("Search articles and places").hover();
        settle(&mut window);
        assert_eq!(hovered(&window), None, "after {label}");
    }
}

#[test]
fn a_selection_is_the_same_wherever_it_is_made() {
    for label in ["Lima, Peru, 1 article", "Lima, Peru: 1 article"] {
        let mut window = window();
        click(&mut window, label);
        assert_eq!(selected(&window).as_deref(), Some("Lima"), "{label}");
        assert_eq!(shown_article(&window).as_deref(), Some("letter"), "{label}");
        assert_eq!(selected_words(&window).as_deref(), Some("Lima"), "{label}");
        // The list, the map, the text and the candidates all have it.
        window.get_by_label("Lima, Peru, 1 article");
        window.get_by_label("Lima, Peru: 1 article");
        window.get_by_label("Lima, Peru: mention");
        window.get_by_label("Candidate Lima, Peru, score 0.92");
    }
}

#[test]
fn a_filter_leaves_the_same_in_every_pane() {
    let mut window = window();
    let field = window.get_by_label("Search articles and places");
    field.focus();
    window.run();
    window.get_by_label("Search articles and places").type_text("dams");
    settle(&mut window);
    window.get_by_label("Articles (1)");
    window.get_by_label("Derna, Libya: 1 article");
    assert!(window.query_by_label("Lima, Peru: 1 article").is_none(), "the map follows the search");
    let dated = &window.state().explorer().view.dated;
    assert_eq!(dated.len(), 1, "the timeline follows the search");
}
