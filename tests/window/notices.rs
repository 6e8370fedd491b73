//! What the window says: in passing, of problems, of a drop, to newcomers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::app::Session;
use dateline::gazetteer::ShelfError;
use dateline::model::Problem;
use egui_kittest::kittest::Queryable;

use crate::files::wait;
use crate::stories::{Window, click, left, settle, sized, stories, window};

#[test]
fn what_is_told_in_passing_goes_away_by_itself_and_offers_the_way_back() {
    let mut window = window();
    click(&mut window, "No date: 1 article");
    window.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::F);
    settle(&mut window);
    window.get_by_label("Articles (4)");
    window.get_by_label("Search and filters are cleared");
    click(&mut window, "Undo");
    window.get_by_label("Articles (1)");
    assert!(window.query_by_label("Search and filters are cleared").is_none());
    window.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::F);
    settle(&mut window);
    window.get_by_label("Search and filters are cleared");
    // The pointer still lies where it pressed the button, and holds it.
    window.run_steps(400);
    window.get_by_label("Search and filters are cleared");
    window.hover_at(egui::pos2(20.0, 20.0));
    window.run_steps(400);
    assert!(window.query_by_label("Search and filters are cleared").is_none());
}

#[test]
fn what_went_wrong_stays_until_it_is_dismissed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.txt"), "Rain in Lima\n\nIt rained in Lima, Peru.\n").unwrap();
    std::fs::write(folder.path().join("bad.jsonl"), "{\"text\": 3}\n{\"text\":\n").unwrap();
    let mut window = sized(1280.0, 800.0, Vec::new());
    window.input_mut().dropped_files.push(Arc::new(Dropped(folder.path().to_owned())));
    window.run_steps(3);
    wait(&mut window);
    window.get_by_label("Articles (1)");
    window.get_by_label_contains("could not be read or placed");
    window.run_steps(900);
    click(&mut window, "Show");
    window.get_by_label_contains("bad.jsonl:1: ");
}

/// Something that was dropped on the window, of which only the path counts.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_drop_says_what_it_will_do() {
    let mut window = window();
    let hovered = |name: &str| egui::HoveredFile { path: Some(PathBuf::from(name)), mime: String::new() };
    window.input_mut().hovered_files = vec![hovered("/press/one.txt"), hovered("/press/two.txt")];
    window.run_steps(2);
    window.get_by_label("Drop to read 2 files and folders in place of what is open");
    window.input_mut().hovered_files.clear();
    window.run_steps(2);
    assert!(window.query_by_label_contains("Drop to read").is_none());
}

#[test]
fn problems_with_one_reason_are_folded_chosen_and_copied() {
    let mut window = window();
    for number in 0..3000 {
        let place = format!("scan-{number}.txt");
        window.state_mut().add_problem(Problem { place, reason: "the file is empty".to_owned() });
    }
    settle(&mut window);
    window.get_by_label_contains("3001 problems").click();
    settle(&mut window);
    window.get_by_label("torn.jsonl:3: the line ends too soon");
    assert!(window.query_by_label("scan-0.txt: the file is empty").is_none());
    click(&mut window, "The file is empty: 3000 files");
    click(&mut window, "scan-0.txt: the file is empty");
    click(&mut window, "Copy selected");
    assert_eq!(window.state().notice(), Some("Copied 1 problem"));
    click(&mut window, "Copy all");
    assert_eq!(window.state().notice(), Some("Copied 3001 problems"));
}

#[test]
fn a_newcomer_is_told_four_things_once() {
    let new = || Session { reduced_motion: true, ..Session::default() };
    let mut window = left((1280.0, 800.0), stories(), Err(ShelfError::NoFolder), new());
    window.get_by_label("Click a mark to read what is reported there");
    click(&mut window, "Lima, Peru: 1 article");
    window.get_by_label("Click an underlined name to see why it is placed there");
    click(&mut window, "Lima, Peru: mention");
    window.get_by_label_contains("to see what happened where and when");
    window.key_press_modifiers(egui::Modifiers::ALT, egui::Key::Num2);
    settle(&mut window);
    window.key_press_modifiers(egui::Modifiers::ALT, egui::Key::Num1);
    settle(&mut window);
    window.get_by_label_contains("to find any command by its name");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::P);
    settle(&mut window);
    assert!(window.query_by_label_contains("to find any command by its name").is_none());
    let kept = Session::restore(&window.state().session().save());
    assert!(kept.hints.dismissed);

    let mut window = left((1280.0, 800.0), stories(), Err(ShelfError::NoFolder), new());
    click(&mut window, "No more hints");
    assert!(window.query_by_label_contains("Click a mark to read").is_none());
}

#[test]
fn a_map_without_marks_says_why() {
    let mut window = sized(1280.0, 800.0, Vec::new());
    window.get_by_label("Open articles, and their places appear here");
    drop(window);
    window = crate::stories::window();
    window.get_by_label("Search articles and places").focus();
    window.run();
    window.get_by_label("Search articles and places").type_text("zanzibar");
    settle(&mut window);
    window.get_by_label("The search and the filters leave no place");
}

#[test]
fn a_thing_is_told_once_and_in_one_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = sized(1280.0, 800.0, Vec::new());
    window.input_mut().dropped_files.push(Arc::new(Dropped(folder.path().to_owned())));
    window.run_steps(3);
    wait(&mut window);
    let told = |window: &Window, text: &str| window.query_by_label_contains(text).is_some();
    assert!(told(&window, "no file in this folder can be read"));
    assert!(!told(&window, "There was no article to read") && !told(&window, "their places appear here"));
    window.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::M);
    settle(&mut window);
    assert!(window.query_by_label("Dismiss").is_none() && told(&window, "their places appear here"));
}
