//! Reading: from article to article, menus out of the way, words from right to left, finding, quoting.

use dateline::model::{Geoparsed, Span};
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, boxed, chord, click, settle, shown_article, sized, stories, story, window};

/// What goes to the clipboard in the next frames.
pub fn copied(window: &mut Window) -> Option<String> {
    (0..6).find_map(|_| {
        window.step();
        let commands = &window.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    })
}

/// Asks for a quotation: what is copied shows in the frame of the key alone.
pub fn press_quote(window: &mut Window) {
    window.event(egui::Event::Key {
        key: egui::Key::Q,
        pressed: true,
        modifiers: egui::Modifiers::COMMAND | egui::Modifiers::SHIFT,
        repeat: false,
        physical_key: None,
    });
}

fn reading(title: &str) -> Window {
    let mut window = window();
    click(&mut window, "Articles (4)");
    click(&mut window, title);
    window
}

const TALKS: &str = "Ministers meet by the lake, The Courier · 15 Oct 2016 · 2 places";

#[test]
fn articles_of_the_list_are_walked() {
    let mut window = reading("Two dams give way, The Courier · 12 Sep 2023 · 2 places");
    window.get_by_label("1 of 4");
    for (key, id, place) in [
        (egui::Key::J, "siege", "2 of 4"),
        (egui::Key::J, "talks", "3 of 4"),
        (egui::Key::K, "siege", "2 of 4"),
    ] {
        chord(&mut window, egui::Modifiers::NONE, key);
        assert_eq!(shown_article(&window).as_deref(), Some(id));
        window.get_by_label(place);
    }
    click(&mut window, "Previous article");
    assert_eq!(shown_article(&window).as_deref(), Some("flood"));
    click(&mut window, "Next article");
    assert_eq!(shown_article(&window).as_deref(), Some("siege"));
}

/// Five lines of menus, then the story.
fn under_menus() -> Geoparsed {
    let mut story = story("menus", None, "Rain", "Rain fell on [Lima|Lima].");
    let menus = "Home\nNews\nSport\nWeather\nSubscribe\n";
    let text = &mut story.article.text;
    text.insert_str(0, menus);
    let moved = |span: Span| Span::new(span.start + menus.len(), span.end + menus.len());
    story.article.title_span = story.article.title_span.map(moved);
    story.mentions.iter_mut().for_each(|mention| mention.span = moved(mention.span));
    let mut at = 0;
    for line in menus.lines() {
        story.article.boilerplate.push(Span::new(at, at + line.len()));
        at += line.len() + 1;
    }
    story
}

#[test]
fn long_menus_fold_away() {
    let mut window = sized(1280.0, 800.0, vec![under_menus()]);
    click(&mut window, "Lima, Peru: 1 article");
    assert!(window.query_by_label("Subscribe").is_none());
    let before = window.get_by_label("Rain fell on Lima.").rect();
    click(&mut window, "Show 5 lines of menus");
    window.get_by_label("Subscribe");
    assert!(window.get_by_label("Rain fell on Lima.").rect().top() > before.top() + 60.0);
    click(&mut window, "Hide 5 lines of menus");
    assert!(window.query_by_label("Subscribe").is_none());
}

#[test]
fn words_from_right_to_left_stand_in_order() {
    let marked = "عقدت محادثات في [حلب|Aleppo] وفي [ليما|Lima] و Geneva أمس";
    let mut window = boxed(vec![story("arabic", None, "محادثات جديدة", marked)]);
    click(&mut window, "Lima, Peru: 1 article");
    let first = window.get_by_label("Aleppo, Syria: mention").rect();
    let second = window.get_by_label("Lima, Peru: mention").rect();
    assert!(first.center().y == second.center().y, "one line: {first:?} {second:?}");
    assert!(second.right() < first.left(), "the later stands further left: {first:?} {second:?}");
    // The headline ends at the right edge of the column, as the paragraph does.
    let headline = window.get_by_label("محادثات جديدة").rect();
    assert!(first.left() > headline.center().x, "{first:?} {headline:?}");
    window.get_by_label_contains("The boxes are Arabic letters");
}

#[test]
fn words_are_found_in_the_article() {
    let mut window = reading(TALKS);
    chord(&mut window, egui::Modifiers::NONE, egui::Key::F3);
    assert!(window.get_by_label("Words to find in the article").is_focused());
    window.get_by_label("Words to find in the article").type_text("SA");
    settle(&mut window);
    window.get_by_label("1 of 2");
    chord(&mut window, egui::Modifiers::NONE, egui::Key::Enter);
    window.get_by_label("2 of 2");
    chord(&mut window, egui::Modifiers::SHIFT, egui::Key::Enter);
    window.get_by_label("1 of 2");
    chord(&mut window, egui::Modifiers::NONE, egui::Key::Escape);
    assert!(window.query_by_label("Close find").is_none());
    assert_eq!(shown_article(&window).as_deref(), Some("talks"));
}

#[test]
fn whoever_reads_and_asks_to_find_means_the_article() {
    let mut window = reading(TALKS);
    chord(&mut window, egui::Modifiers::COMMAND, egui::Key::F);
    assert!(window.get_by_label("Search articles and places").is_focused());
    click(&mut window, "Lausanne, Switzerland: mention");
    chord(&mut window, egui::Modifiers::COMMAND, egui::Key::F);
    window.get_by_label("Close find");
    click(&mut window, "Close find");
    assert!(window.query_by_label("Close find").is_none());
}

#[test]
fn a_quotation_is_copied_with_its_source() {
    let mut window = reading(TALKS);
    click(&mut window, "Lausanne, Switzerland: mention");
    press_quote(&mut window);
    assert_eq!(
        copied(&mut window).as_deref(),
        Some(
            "“Talks on Aleppo opened in Lausanne on Saturday.” — Ministers meet by the lake, The Courier, \
             15 Oct 2016, Lausanne, Switzerland (46.52000, 6.63000)"
        )
    );
}

#[test]
fn words_chosen_with_the_mouse_are_copied_plain() {
    let text = "Rain fell on [Lima|Lima] at night.\n\nNobody slept.";
    let mut window = sized(1280.0, 800.0, vec![story("rain", None, "Rain", text)]);
    click(&mut window, "Lima, Peru: 1 article");
    let first = window.get_by_label("Rain fell on Lima at night.").rect();
    let second = window.get_by_label("Nobody slept.").rect();
    let mention = window.get_by_label("Lima, Peru: mention").rect();
    window.drag_at(mention.left_center() + egui::vec2(0.5, 0.0));
    window.step();
    window.hover_at(first.center());
    window.step();
    window.drop_at(second.right_center());
    settle(&mut window);
    window.event(egui::Event::Copy);
    assert_eq!(copied(&mut window).as_deref(), Some("Lima at night.\n\nNobody slept."));
    // They are quoted in place of the sentence, and let go of with Escape.
    chord(&mut window, egui::Modifiers::NONE, egui::Key::Escape);
    window.event(egui::Event::Copy);
    assert_eq!(copied(&mut window), None);
    assert_eq!(shown_article(&window).as_deref(), Some("rain"));
}

#[test]
fn the_lines_under_places_are_explained() {
    let mut window = reading(TALKS);
    click(&mut window, "What the underlines mean");
    window.get_by_label("Its place is uncertain");
    window.get_by_label("No place was found");
}

#[test]
fn a_very_long_article_is_there_in_a_moment() {
    let mut articles = stories();
    let text = format!("{}[Lima|Lima] at last.", "Nothing happened, and nobody said why.\n\n".repeat(8000));
    articles.push(story("long", None, "A long story", &text));
    let mut window = sized(1280.0, 800.0, articles);
    click(&mut window, "Lima, Peru, 2 articles");
    click(&mut window, "Next mention");
    for _ in 0..200 {
        if window.query_by_label("Looking through the article…").is_none() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.step();
    }
    settle(&mut window);
    assert_eq!(shown_article(&window).as_deref(), Some("long"));
    window.get_by_label("Lima, Peru: mention");
}
