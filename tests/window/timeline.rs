//! The timeline: choosing days with pointer, keys and play; what every other pane makes of them.

use dateline::model::Days;
use dateline::model::{Geoparsed, PartialDate};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::stories::{Window, click, settle, shown_article, sized, story, window};

fn days(from: (i16, u8, u8), to: (i16, u8, u8)) -> Option<Days> {
    let number = |(y, m, d)| Some(Days::of(PartialDate::ymd(y, m, d))?.first);
    Some(Days { first: number(from)?, last: number(to)? })
}

fn chosen(window: &Window) -> Option<Days> {
    window.state().explorer().filter.days
}

/// Three articles of October 2016, one of November, one of the month alone, one of no date.
fn dated() -> Vec<Geoparsed> {
    let on = |text: &str| Some(text.parse::<PartialDate>().unwrap());
    let rain = "Rain fell on [Derna|Derna].";
    vec![
        story("a", on("2016-10-03"), "First rain", rain),
        story("b", on("2016-10-03"), "More rain", rain),
        story("c", on("2016-10-17"), "Floods", "The flood reached [Lima|Lima]."),
        story("d", on("2016-11-02"), "After the floods", "In [Aleppo|Aleppo] it was dry."),
        story("e", on("2016-10"), "A month of rain", rain),
        story("g", None, "A letter", "From [Lima|Lima]."),
    ]
}

#[test]
fn a_bin_is_named_and_a_click_on_it_narrows_every_pane() {
    let mut window = sized(1280.0, 800.0, dated());
    window.get_by_label("Places (3)");
    click(&mut window, "3 Oct 2016: 2 articles");
    assert_eq!(chosen(&window), days((2016, 10, 3), (2016, 10, 3)));
    // Two of that day, and one that may be of it.
    window.get_by_label("Articles (3)");
    window.get_by_label("Derna, Libya: 3 articles");
    assert!(window.query_by_label("Lima, Peru: 1 article").is_none());
    window.get_by_label("Chosen days: 3 Oct 2016, 3 articles");
    window.get_by_label("Map of 3 Oct 2016");
    click(&mut window, "3 Oct 2016: remove filter");
    assert_eq!(chosen(&window), None);
    assert!(window.query_by_label("Map of 3 Oct 2016").is_none());
}

#[test]
fn dates_without_a_day_are_told_beside_the_bins() {
    let window = sized(1280.0, 800.0, dated());
    window.get_by_label("Oct 2016, day unknown: 1 article");
    let mut articles = dated();
    articles[0].article.date = Some(PartialDate { year: Some(2016), month: None, day: None });
    let window = sized(1280.0, 800.0, articles);
    window.get_by_label("2016, month unknown: 1 article");
    // Among weeks a month is no bin either.
    window.get_by_label("Oct 2016, day unknown: 1 article");
    window.get_by_label("17 – 23 Oct 2016: 1 article");
}

#[test]
fn days_are_drawn_moved_widened_and_let_go_of_with_the_pointer() {
    let mut window = sized(1280.0, 800.0, dated());
    let middle = |window: &Window, label: &str| window.get_by_label(label).rect().center();
    let (third, seventeenth) =
        (middle(&window, "3 Oct 2016: 2 articles"), middle(&window, "17 Oct 2016: 1 article"));
    let drag = |window: &mut Window, from: egui::Pos2, to: egui::Pos2| {
        window.drag_at(from);
        window.step();
        window.hover_at(from.lerp(to, 0.5));
        window.step();
        window.hover_at(to);
        window.step();
        window.drop_at(to);
        settle(window);
    };
    drag(&mut window, third, seventeenth);
    assert_eq!(chosen(&window), days((2016, 10, 3), (2016, 10, 17)));
    let day = (seventeenth.x - third.x) / 14.0;
    let at = |days: f32| egui::pos2(third.x + days * day, third.y);
    // The middle moves it, the edges widen it.
    drag(&mut window, at(7.0), at(9.0));
    assert_eq!(chosen(&window), days((2016, 10, 5), (2016, 10, 19)));
    drag(&mut window, at(16.5), at(20.0));
    assert_eq!(chosen(&window), days((2016, 10, 5), (2016, 10, 23)));
    drag(&mut window, at(1.5), at(0.0));
    assert_eq!(chosen(&window), days((2016, 10, 3), (2016, 10, 23)));
    click(&mut window, "All days");
    assert_eq!(chosen(&window), None);
}

#[test]
fn keys_choose_move_and_widen_days_and_escape_lets_go_of_them() {
    let mut window = sized(1280.0, 800.0, dated());
    click(&mut window, "Lima, Peru, 2 articles");
    let open = shown_article(&window);
    window.get_by_label("Days").focus();
    settle(&mut window);
    let mut press = |held: egui::Modifiers, key: egui::Key, expected: Option<Days>| {
        window.key_press_modifiers(held, key);
        settle(&mut window);
        assert_eq!(chosen(&window), expected, "{held:?} {key:?}");
    };
    let (plain, shift) = (egui::Modifiers::NONE, egui::Modifiers::SHIFT);
    use egui::Key::{ArrowLeft, ArrowRight, End, Escape, Home};
    press(plain, End, days((2016, 11, 2), (2016, 11, 2)));
    press(plain, Home, days((2016, 10, 1), (2016, 10, 1)));
    press(plain, ArrowLeft, days((2016, 10, 1), (2016, 10, 1)));
    press(plain, ArrowRight, days((2016, 10, 2), (2016, 10, 2)));
    press(shift, ArrowRight, days((2016, 10, 2), (2016, 10, 3)));
    press(shift, ArrowLeft, days((2016, 10, 1), (2016, 10, 3)));
    press(shift | egui::Modifiers::COMMAND, ArrowRight, days((2016, 10, 2), (2016, 10, 3)));
    press(plain, Escape, None);
    // The selection was left alone.
    assert_eq!(shown_article(&window), open);
}

#[test]
fn undated_articles_are_counted_and_shown_by_a_button() {
    let mut window = sized(1280.0, 800.0, dated());
    click(&mut window, "No date: 1 article");
    window.get_by_label("Articles (1)");
    window.get_by_label("None of the articles shown has a date");
    click(&mut window, "No date: 1 article");
    window.get_by_label("Articles (6)");
}

#[test]
fn the_legend_tells_sources_and_filters_by_them() {
    let mut articles = dated();
    articles[2].article.source = Some("Harbour Post".to_owned());
    let mut window = sized(1280.0, 800.0, articles);
    window.get_by_label("The Courier: 4");
    click(&mut window, "Harbour Post: 1");
    window.get_by_label("Articles (1)");
    click(&mut window, "Harbour Post: remove filter");
    click(&mut window, "Bars: by source");
    window.get_by_label("3 Oct 2016: 2 articles, 2 mentions");
    window.get_by_label("Names: 5");
}

#[test]
fn it_plays_to_the_end_and_begins_again() {
    let mut window = sized(1280.0, 800.0, dated());
    window.get_by_label("3 Oct 2016: 2 articles").click();
    settle(&mut window);
    window.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::Space);
    window.run_steps(3);
    window.get_by_label("Stop playing");
    let mut seen = vec![chosen(&window)];
    for _ in 0..400 {
        window.step();
        if seen.last() != Some(&chosen(&window)) {
            seen.push(chosen(&window));
        }
    }
    let day = |m, d| days((2016, m, d), (2016, m, d));
    assert_eq!(seen, [day(10, 3), day(10, 17), day(11, 2)]);
    window.get_by_label("Play the timeline").click();
    window.run_steps(3);
    assert_eq!(chosen(&window), day(10, 1));
    window.get_by_label("Stop playing").click();
    settle(&mut window);
    window.get_by_label("Play the timeline");
}

#[test]
fn the_wheel_looks_closer() {
    let mut articles = dated();
    articles[0].article.date = Some(PartialDate::ymd(2008, 5, 9));
    let mut window = sized(1280.0, 800.0, articles);
    let bin = window.get_by_label("Oct 2016: 3 articles").rect();
    window.hover_at(bin.center());
    window.step();
    for _ in 0..5 {
        window.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            source: egui::MouseWheelSource::Unknown,
            delta: egui::vec2(0.0, 200.0),
            modifiers: egui::Modifiers::NONE,
            phase: egui::TouchPhase::Move,
        });
        window.run_steps(8);
    }
    settle(&mut window);
    window.get_by_label("17 Oct 2016: 1 article");
    assert!(window.query_by_label("9 May 2008: 1 article").is_none());
}

#[test]
fn one_day_and_none_look_right() {
    let one = vec![story("a", Some(PartialDate::ymd(2016, 10, 3)), "Rain", "On [Derna|Derna].")];
    let window = sized(1280.0, 800.0, one);
    let bin = window.get_by_label("3 Oct 2016: 1 article").rect();
    assert!(bin.width() > 8.0 && bin.width() < 80.0, "{bin:?}");
    let window = sized(1280.0, 800.0, Vec::new());
    window.get_by_label_contains("When articles are open");
}

#[test]
fn it_hides_and_comes_back() {
    let mut window = window();
    for shown in [false, true] {
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num3);
        settle(&mut window);
        assert_eq!(window.query_by_label("Days").is_some(), shown);
    }
    let days = window.get_by_label("Days");
    assert_eq!(days.accesskit_node().value().as_deref(), Some("All days"));
}

#[test]
fn escape_lets_go_of_days_that_are_being_drawn() {
    let mut window = sized(1280.0, 800.0, dated());
    click(&mut window, "Lima, Peru, 2 articles");
    let open = shown_article(&window);
    let third = window.get_by_label("3 Oct 2016: 2 articles").rect().center();
    let to = window.get_by_label("17 Oct 2016: 1 article").rect().center();
    let from = third.lerp(to, 0.5);
    click(&mut window, "3 Oct 2016: 2 articles");
    let before = chosen(&window);
    window.drag_at(from);
    window.step();
    window.hover_at(from.lerp(to, 0.5));
    window.step();
    window.hover_at(to);
    window.run_steps(2);
    assert!(before.is_some() && chosen(&window) != before);
    window.key_press(egui::Key::Escape);
    window.run_steps(2);
    assert_eq!(chosen(&window), before);
    window.hover_at(from);
    window.step();
    window.drop_at(from);
    settle(&mut window);
    assert_eq!((chosen(&window), shown_article(&window)), (before, open));
}
