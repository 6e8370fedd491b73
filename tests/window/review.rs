//! Going through what nobody has decided, by keys, and judging a few to learn how often the places are right.

use dateline::app::{Act, Command};
use dateline::explore::{Filter, MentionRef, Selection};
use dateline::model::{Geoparsed, How};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use tempfile::TempDir;

use crate::files::wait;
use crate::stories::{
    Window, chord, click, doubting_derna, keeping, press, settle, shown_article, sized, story,
};

/// Three articles: one that says Derna three times and is not sure, one about Lima, and one whose place is in no
/// gazetteer.
fn articles() -> Vec<Geoparsed> {
    let articles = vec![
        story("lima", None, "A letter from the coast", "Ships left [Lima|Lima] at dawn."),
        story(
            "flood",
            None,
            "Dams give way",
            "Rain fell. It fell in [Derna|Derna], then in [Lima|Lima]. [Derna|Derna] slept. All of [Derna|Derna] did.",
        ),
        story("lost", None, "Nobody knows where", "They sailed to [Puerto Perdido]."),
    ];
    doubting_derna(articles, 0.4)
}

/// A window on articles, with a review begun.
fn reviewing(articles: Vec<Geoparsed>) -> (Window, TempDir) {
    let (mut window, folder) = keeping(sized(1280.0, 800.0, articles));
    chord(&mut window, Modifiers::COMMAND, Key::R);
    wait(&mut window);
    (window, folder)
}

fn has(window: &Window, label: &str) -> bool {
    window.query_all_by_label_contains(label).next().is_some()
}

fn key(window: &mut Window, key: Key) {
    press(window, key);
    wait(window);
}

/// Places of all mentions in order, with who settled them.
fn places(window: &Window) -> Vec<String> {
    let collection = &window.state().explorer().collection;
    let glances = (0..collection.len()).flat_map(|article| collection.glances(article));
    let told = glances.map(|glance| {
        let place = glance.place.and_then(|key| collection.place(key));
        let label = place.map_or("-".to_owned(), |entry| entry.place.country.clone());
        match glance.how {
            How::Auto => label,
            how => format!("{label} ({})", how.as_str()),
        }
    });
    told.collect()
}

#[test]
fn a_review_is_gone_through_by_keys_the_least_certain_first() {
    let (mut window, _folder) = reviewing(articles());
    window.get_by_label("0 of 4 · 0 %");
    assert!(has(&window, "It fell in Derna, then in Lima."), "the least certain first");
    window.get_by_label("Dams give way");
    window.get_by_label_contains("The Courier");
    assert!(
        has(&window, "Candidate Derna, Libya, score 0.40")
            && has(&window, "2 on the small map: Derna, Italy")
    );
    assert!(has(&window, "1 other place of the article"));
    window.get_by_label("Also the 2 others of this name in the article");
    key(&mut window, Key::Num2);
    let italy = "Italy (corrected)";
    assert_eq!(places(&window), ["Peru", italy, "Peru", italy, italy, "-"]);
    window.get_by_label("1 answer   ·   1 of 4 · 25 %");
    window.get_by_label("Derna → Derna, Italy in 3 mentions");
    assert!(has(&window, "Ships left Lima at dawn."), "and then by score");
    key(&mut window, Key::Enter);
    assert_eq!(places(&window)[0], "Peru (confirmed)");
    // What has no place comes last, and cannot be agreed with.
    key(&mut window, Key::S);
    assert!(has(&window, "They sailed to Puerto Perdido."));
    key(&mut window, Key::Enter);
    assert_eq!(
        window.state().notice().map(|told| told.starts_with("There is no place to agree with")),
        Some(true)
    );
    key(&mut window, Key::X);
    assert_eq!(places(&window)[5], "- (rejected)");
    assert!(has(&window, "It fell in Derna, then in Lima."), "what was skipped comes again");
    key(&mut window, Key::Enter);
    window.get_by_label("All reviewed");
    window.get_by_label("Nothing is left that nobody has decided: you gave 4 answers.");
    press(&mut window, Key::Escape);
    assert!(!has(&window, "All reviewed") && has(&window, "Map"));
}

#[test]
fn what_was_answered_is_taken_back_and_looked_at_again() {
    let (mut window, _folder) = reviewing(articles());
    key(&mut window, Key::A);
    key(&mut window, Key::X);
    assert_eq!(places(&window)[1..5], ["- (rejected)", "Peru", "Libya", "Libya"], "the one mention alone");
    assert!(has(&window, "Ships left Lima at dawn."));
    key(&mut window, Key::ArrowLeft);
    assert!(has(&window, "It fell in Derna") && has(&window, "Not a place by"));
    key(&mut window, Key::ArrowRight);
    assert!(has(&window, "Ships left Lima at dawn."));
    key(&mut window, Key::U);
    assert!(has(&window, "It fell in Derna"), "back at what was taken back");
    assert_eq!(places(&window)[1], "Libya");
    window.get_by_label("Undone: Derna is no place");
    window.get_by_label("0 of 4 · 0 %");
}

#[test]
fn another_place_is_looked_for_in_the_gazetteer() {
    let (mut window, _folder) = reviewing(articles());
    press(&mut window, Key::Slash);
    let field = window.get_by_label("Another place");
    field.focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label("Another place").type_text("Lausanne");
    settle(&mut window);
    key(&mut window, Key::Enter);
    assert_eq!(places(&window)[1], "Switzerland (corrected)");
    assert!(has(&window, "Ships left Lima at dawn."), "and on");
    press(&mut window, Key::Slash);
    window.get_by_label("Another place");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Another place").is_none() && has(&window, "Ships left Lima"));
}

#[test]
fn the_article_opens_at_the_mention() {
    let (mut window, _folder) = reviewing(articles());
    key(&mut window, Key::O);
    let selected = window.state().explorer().selected.what;
    assert_eq!(selected, Selection::Mention(MentionRef { article: 1, mention: 0 }));
    assert_eq!(shown_article(&window).as_deref(), Some("flood"));
    // The keys are the panes' own again; the review goes on where it was.
    key(&mut window, Key::X);
    assert!(has(&window, "About to say: “Derna” is not a place"));
    chord(&mut window, Modifiers::COMMAND, Key::R);
    wait(&mut window);
    assert!(has(&window, "It fell in Derna") && !has(&window, "About to say"));
}

#[test]
fn it_keeps_within_the_filter_and_takes_up_what_arrives() {
    let (mut window, _folder) = keeping(sized(1280.0, 800.0, articles()));
    let ctx = window.ctx.clone();
    let filter = Filter { query: "coast ".to_owned(), ..Filter::default() };
    window.state_mut().carry_out(&ctx, Act::Filter(filter));
    wait(&mut window);
    chord(&mut window, Modifiers::COMMAND, Key::R);
    wait(&mut window);
    window.get_by_label("the least certain first, within search and filters");
    window.get_by_label("0 of 1 · 0 %");
    key(&mut window, Key::Enter);
    window.get_by_label_contains("Nothing that search and filters leave is undecided");
    let late = story("late", None, "Late from the coast", "Storms reached [Aleppo|Aleppo].");
    window.state_mut().add([late]);
    wait(&mut window);
    assert!(has(&window, "Storms reached Aleppo."));
    window.get_by_label("1 answer   ·   1 of 2 · 50 %");
    // What leads elsewhere leads out of the review.
    chord(&mut window, Modifiers::COMMAND, Key::F);
    assert!(has(&window, "Map"));
}

#[test]
fn accuracy_is_measured_left_and_gone_on_with() {
    let (mut window, folder) = keeping(sized(1280.0, 800.0, articles()));
    chord(&mut window, Modifiers::COMMAND, Key::M);
    wait(&mut window);
    window.get_by_label("How often are the places right?");
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    window.get_by_label_contains("Where 9 in 10 are right, 50 tell that");
    key(&mut window, Key::Enter);
    window.get_by_label("0 of 5 · 0 %");
    window.get_by_label("An answer is about this one mention");
    key(&mut window, Key::Enter);
    key(&mut window, Key::X);
    press(&mut window, Key::Escape);
    chord(&mut window, Modifiers::COMMAND, Key::M);
    wait(&mut window);
    window.get_by_label("Go on: 2 of 5 judged");
    click(&mut window, "Result");
    window.get_by_label(
        "Of 2 judged so far, 1 was right: between 9 % and 91 % of this collection's places are.",
    );

    // With the project it is there another day.
    let path = folder.path().join("kept.dateline");
    let ctx = window.ctx.clone();
    window.state_mut().carry_out(&ctx, Act::SaveAs(path.clone()));
    wait(&mut window);
    drop(window);
    let (mut window, _folder) = keeping(sized(1280.0, 800.0, Vec::new()));
    let ctx = window.ctx.clone();
    window.state_mut().carry_out(&ctx, Act::Open(vec![path]));
    wait(&mut window);
    window.state_mut().carry_out(&ctx, Act::Do(Command::MeasureAccuracy));
    wait(&mut window);
    window.get_by_label("Go on: 2 of 5 judged");
    key(&mut window, Key::Enter);
    for _ in 0..3 {
        key(&mut window, Key::Enter);
    }
    window.get_by_label("Of 5, which is all there are, 4 were right.");
    window.get_by_label("80 %");
    click(&mut window, "Copy");
    assert_eq!(window.state().notice(), Some("Copied the result"));
    // To take the last answer back leads back to it.
    key(&mut window, Key::U);
    window.get_by_label_contains("4 of 5 · 80 %");
    window.get_by_label("Confirm");
}

#[test]
fn a_project_that_can_only_be_read_says_why() {
    let (mut window, folder) = keeping(sized(1280.0, 800.0, articles()));
    let path = folder.path().join("held.dateline");
    let ctx = window.ctx.clone();
    window.state_mut().carry_out(&ctx, Act::SaveAs(path.clone()));
    wait(&mut window);
    let (mut other, _folder) = keeping(sized(1280.0, 800.0, Vec::new()));
    let ctx = other.ctx.clone();
    other.state_mut().carry_out(&ctx, Act::Open(vec![path]));
    wait(&mut other);
    chord(&mut other, Modifiers::COMMAND, Key::R);
    wait(&mut other);
    other.get_by_label("This project can only be read");
    key(&mut other, Key::X);
    assert!(places(&other).iter().all(|place| !place.contains("rejected")));
    drop(window);
}

#[test]
fn it_fits_a_small_window() {
    for (width, height) in [(800.0, 600.0), (480.0, 360.0)] {
        let mut window = sized(width, height, articles());
        chord(&mut window, Modifiers::COMMAND, Key::R);
        wait(&mut window);
        for name in ["Confirm", "Not a place", "Skip", "Undo", "Another place…", "Open", "The one after"] {
            let rect = window.get_by_label(name).rect();
            let inside = rect.max.x <= width && rect.max.y <= height && rect.min.x >= 0.0;
            assert!(inside, "{name} at {width} × {height}: {rect:?}");
        }
    }
}
