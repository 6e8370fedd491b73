//! Where outlets are at home: learnt from what is open, shown, and put right.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::files::{type_path, wait};
use crate::stories::{Window, settle, sized};

/// Articles of one outlet that no list knows; only the last does not say which Alexandria it means.
const ARTICLES: [&str; 6] = [
    "The school board of Alexandria, Louisiana, met on Monday.",
    "Rain closed a bridge in Alexandria, Louisiana.",
    "The mayor of Pineville, Louisiana, spoke in Alexandria, Louisiana.",
    "A market opened in Pineville, Louisiana.",
    "Two firms moved from Dallas, Texas, to Alexandria, Louisiana.",
    "A fire broke out in Alexandria overnight.",
];

/// A window that has read the articles.
fn read() -> Window {
    reading("The Echo of Nowhere")
}

/// A window that has read the articles as this outlet's.
fn reading(outlet: &str) -> Window {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("echo.jsonl");
    let line = |(number, text): (usize, &&str)| {
        format!("{}\n", serde_json::json!({"id": number.to_string(), "text": text, "source": outlet}))
    };
    std::fs::write(&file, ARTICLES.iter().enumerate().map(line).collect::<String>()).unwrap();
    let mut window = sized(1280.0, 800.0, Vec::new());
    window.key_press_modifiers(Modifiers::COMMAND, Key::L);
    settle(&mut window);
    type_path(&mut window, "Path or address to open", &file);
    window.get_by_label("Open").click();
    window.run_steps(2);
    wait(&mut window);
    window
}

fn open(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    settle(window);
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(3);
    wait(window);
}

/// Country code and reasons of the place of the article that does not say which.
fn placed(window: &Window) -> (String, Vec<String>) {
    let collection = &window.state().explorer().collection;
    let article = collection.archive().iter().find(|article| article.article.id == "5").unwrap();
    let chosen = article.mentions[0].chosen().unwrap();
    (chosen.place.country_code.clone(), chosen.reasons.clone())
}

#[test]
fn a_home_is_learnt_shown_and_switched_off() {
    let mut window = read();
    let (code, reasons) = placed(&window);
    assert_eq!(code, "US");
    assert!(
        reasons.iter().any(|reason| reason.starts_with("the outlet’s home is Alexandria, Louisiana")),
        "{reasons:?}"
    );
    open(&mut window);
    let learnt = "Alexandria, Louisiana, United States · learnt from 5 of 6 articles that name a town";
    window.get_by_label(learnt);
    click(&mut window, "Learn homes");
    assert_eq!(placed(&window).0, "EG");
    window.get_by_label(&format!("{learnt} · not used"));
    click(&mut window, "Learn homes");
    assert_eq!(placed(&window).0, "US");
    assert!(window.state().session().outlets.learn);
}

#[test]
fn a_home_is_chosen_and_the_choice_forgotten() {
    let mut window = read();
    open(&mut window);
    click(&mut window, "Change the home of The Echo of Nowhere");
    window.get_by_label("Home of The Echo of Nowhere").focus();
    window.run_steps(2);
    window.get_by_label("Home of The Echo of Nowhere").type_text("Alexandria");
    window.run_steps(3);
    click(&mut window, "Alexandria, Egypt");
    window.get_by_label("Alexandria, Egypt · chosen by you");
    assert_eq!(placed(&window).0, "EG");
    click(&mut window, "Change the home of The Echo of Nowhere");
    click(&mut window, "It writes of the world");
    window.get_by_label("Writes of the world · chosen by you");
    assert!(!placed(&window).1.iter().any(|reason| reason.contains("outlet")));
    click(&mut window, "Change the home of The Echo of Nowhere");
    click(&mut window, "Forget my choice");
    assert_eq!(placed(&window).0, "US");
    assert!(window.state().session().outlets.homes.is_empty());
}

#[test]
fn a_home_is_told_by_the_keyboard_alone() {
    let mut window = read();
    open(&mut window);
    // The first outlet's button has the keyboard, then the field below it, then the button again.
    let press = |window: &mut Window, key| {
        window.key_press(key);
        window.run_steps(4);
        wait(window);
    };
    press(&mut window, Key::Enter);
    window.get_by_label("Home of The Echo of Nowhere").type_text("Alexandria");
    window.run_steps(3);
    press(&mut window, Key::Enter);
    window.get_by_label("Alexandria, Louisiana, United States · chosen by you");
    press(&mut window, Key::Enter);
    assert!(window.get_by_label("Home of The Echo of Nowhere").is_focused());
}

#[test]
fn a_long_name_leaves_the_window_within_the_screen() {
    let name = "The Weekly Gazette and Advertiser of the United Counties of Stormont, Dundas and Glengarry";
    let mut window = reading(name);
    window.set_size(egui::vec2(640.0, 480.0));
    window.run_steps(2);
    open(&mut window);
    let button = window.get_by_label(&format!("Change the home of {name}")).rect();
    assert!(button.right() < 640.0 && button.left() > 320.0, "{button}");
}
