//! Opening and exporting through the window.

use std::path::Path;
use std::time::Duration;

use egui_kittest::kittest::Queryable;

#[path = "../headless/hostile/files.rs"]
mod hostile;
#[path = "../headless/server.rs"]
mod server;

use server::{said, server};

use crate::reader::{copied, press_quote};
use crate::stories::{Window, click, settle, shown_article, sized, window};

/// Runs frames until the jobs behind the window have ended.
pub fn wait(window: &mut Window) {
    for _ in 0..2000 {
        window.step();
        if !window.state().is_busy() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(!window.state().is_busy(), "the job has ended");
    settle(window);
}

pub fn type_path(window: &mut Window, label: &str, path: &Path) {
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.run();
    window.get_by_label(label).type_text(&path.display().to_string());
    settle(window);
}

#[test]
fn the_sample_is_read_and_placed() {
    let mut window = sized(1280.0, 800.0, Vec::new());
    window.get_by_label("Open the sample").click();
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label("Articles (5)");
    // The newest article is open, and the map shows what all of them mention.
    assert_eq!(shown_article(&window).as_deref(), Some("russia-egypt-extremism-accord.txt"));
    assert!(window.state().map_zoom() < 4.0);
    window.get_by_label_contains("Cairo, Egypt, ").click();
    settle(&mut window);
    assert!(window.query_all_by_label("Cairo, Egypt: mention").count() > 0);
}

#[test]
fn what_is_shown_is_exported_through_the_path_field() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let mut window = window();
    window.get_by_label("Search articles and places").focus();
    window.run();
    window.get_by_label("Search articles and places").type_text("dams");
    settle(&mut window);
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::E);
    settle(&mut window);
    type_path(&mut window, "Path to write to", &path);
    window.get_by_label("Export").click();
    window.run_steps(2);
    wait(&mut window);
    assert!(window.state().notice().is_some_and(|notice| notice.contains("Wrote 2 mentions")));

    let written: geojson::FeatureCollection = std::fs::read_to_string(&path).unwrap().parse().unwrap();
    let names: Vec<&str> =
        written.features.iter().map(|f| f.property("place_name").unwrap().as_str().unwrap()).collect();
    assert_eq!(names, ["Derna", "Libya"]);
}

#[test]
fn a_folder_that_is_not_there_is_said_where_the_path_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::E);
    settle(&mut window);
    type_path(&mut window, "Path to write to", &folder.path().join("none").join("out.csv"));
    window.get_by_label("Export").click();
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label_contains("its folder does not exist");
    window.get_by_label("Path to write to");
}

#[test]
fn an_ending_that_no_format_has_is_refused_where_it_was_typed() {
    let mut window = window();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::E);
    settle(&mut window);
    type_path(&mut window, "Path to write to", Path::new("places.xyz"));
    window.get_by_label("Export").click();
    settle(&mut window);
    window.get_by_label("Path to write to");
    assert!(!window.state().is_busy());
}

#[test]
fn a_path_is_opened_and_a_wrong_one_is_said_to_be_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("visit.txt");
    std::fs::write(
        &file,
        "Minister visits Lima\n\nLIMA, 3 May 2019 - The minister arrived in Lima, Peru, today.\n",
    )
    .unwrap();
    let mut window = window();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    settle(&mut window);
    type_path(&mut window, "Path or address to open", &folder.path().join("nowhere"));
    window.get_by_label("Open").click();
    settle(&mut window);
    window.get_by_label("There is no file or folder at this path");
    type_path(&mut window, "Path or address to open", &file);
    window.get_by_label("Open").click();
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label("Articles (1)");
    window.get_by_label("Lima, Peru, 1 article");
}

#[test]
fn the_sheet_of_an_export_chooses_format_rows_and_how_much() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    let mut window = window();
    window.get_by_label("Search articles and places").focus();
    window.run();
    window.get_by_label("Search articles and places").type_text("dams");
    settle(&mut window);
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::E);
    settle(&mut window);
    type_path(&mut window, "Path to write to", &path);
    click(&mut window, "Format: GeoJSON");
    click(&mut window, "CSV table");
    click(&mut window, "A row for each article");
    click(&mut window, "Everything");
    window.get_by_label("Export").click();
    window.run_steps(2);
    wait(&mut window);
    let written = std::fs::read_to_string(folder.path().join("out.csv")).unwrap();
    let count = window.state().explorer().collection.len();
    assert_eq!(written.lines().count(), 1 + count, "{written}");
    assert!(written.starts_with("id,"), "{written}");
}

#[test]
fn a_folder_of_hostile_files_opens_with_all_good_ones() {
    let folder = tempfile::tempdir().unwrap();
    hostile::build(&folder.path().join("pile"));
    let mut window = sized(1280.0, 800.0, Vec::new());
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    settle(&mut window);
    type_path(&mut window, "Path or address to open", &folder.path().join("pile"));
    window.get_by_label("Open").click();
    window.run_steps(2);
    wait(&mut window);
    let collection = &window.state().explorer().collection;
    let ids: Vec<String> =
        (0..collection.len()).map(|number| collection.article(number).unwrap().article.id.clone()).collect();
    for id in hostile::READ {
        assert!(ids.iter().any(|other| other == id), "{id}: {ids:?}");
    }
    let problems = collection.problems();
    for name in hostile::NAMED {
        assert!(problems.iter().any(|problem| problem.place.contains(name)), "{name}: {problems:?}");
    }
}

#[test]
fn words_from_the_clipboard_become_an_article() {
    let mut window = window();
    let before = window.state().explorer().collection.len();
    window.event(egui::Event::Paste(
        "Visit to Lima\n\nThe minister arrived in Lima, Peru, on 3 May 2019.".to_owned(),
    ));
    window.run_steps(2);
    wait(&mut window);
    let collection = &window.state().explorer().collection;
    assert_eq!(collection.len(), before + 1);
    assert!(collection.article(before).unwrap().article.id.starts_with("Clipboard "));
}

const PAGE: &str = "<html><head><title>Bridge reopens in Mostar</title></head><body><article>\
    <h1>Bridge reopens in Mostar</h1><p>The bridge of Mostar was opened again on Friday, and the river was full of boats \
    from Sarajevo and from towns along the coast.</p></article></body></html>";

#[test]
fn the_web_is_asked_only_once_somebody_switched_it_on() {
    let host = server(vec![("/bridge", said("text/html", PAGE)), ("/other", said("text/html", PAGE))]);
    let mut window = window();
    // What was copied is an address: nothing is asked yet.
    window.event(egui::Event::Paste(format!("{host}/bridge")));
    window.run_steps(2);
    settle(&mut window);
    window.get_by_label("Open").click();
    settle(&mut window);
    window.get_by_label("It is on the web: switch on that the web may be asked");
    window.get_by_role_and_label(egui::accesskit::Role::CheckBox, "Ask the web for it").click();
    settle(&mut window);
    window.get_by_label("Open").click();
    window.run_steps(2);
    wait(&mut window);
    let read = |window: &Window| {
        let collection = &window.state().explorer().collection;
        assert!(collection.problems().is_empty(), "{:?}", collection.problems());
        (0..collection.len()).map(|at| collection.article(at).unwrap().article.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(read(&window), [format!("{host}/bridge")]);
    // Now it stays on.
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    settle(&mut window);
    let both = format!("{host}/bridge {host}/other");
    type_path(&mut window, "Path or address to open", Path::new(&both));
    assert!(window.query_by_label("Ask the web for it").is_none());
    window.get_by_label("Open").click();
    window.run_steps(2);
    wait(&mut window);
    assert_eq!(read(&window).len(), 2);
    // But what a folder holds was typed by nobody.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.urls"), format!("{host}/other\n")).unwrap();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    settle(&mut window);
    type_path(&mut window, "Path or address to open", folder.path());
    window.get_by_label("Open").click();
    window.run_steps(2);
    wait(&mut window);
    let collection = &window.state().explorer().collection;
    assert_eq!((collection.len(), collection.problems().len()), (0, 1), "{:?}", collection.problems());
}

#[test]
fn pages_of_a_pdf_are_numbered_and_quoted() {
    let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/fixtures/pdf/report.pdf");
    let mut window = window();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::L);
    settle(&mut window);
    type_path(&mut window, "Path or address to open", &paper);
    window.get_by_label("Open").click();
    window.run_steps(2);
    wait(&mut window);
    assert_eq!(shown_article(&window).as_deref(), Some("report.pdf"));
    window.get_by_label("Page 1 of 2");
    window.get_by_label_contains("Manila, Philippines, ").click();
    settle(&mut window);
    window.get_by_label("Page 2 of 2");
    press_quote(&mut window);
    let copied = copied(&mut window);
    assert!(copied.as_ref().is_some_and(|copied| copied.contains(", p. 2, ")), "{copied:?}");
}

#[test]
fn the_map_is_drawn_as_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.svg");
    let mut window = window();
    window.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::E);
    settle(&mut window);
    type_path(&mut window, "Path of the picture, .png or .svg", Path::new("map.gif"));
    window.get_by_label("Draw").click();
    settle(&mut window);
    window.get_by_label_contains("end it in .png or .svg");
    type_path(&mut window, "Path of the picture, .png or .svg", &path);
    click(&mut window, "Picture: for print");
    window.get_by_label("Draw").click();
    window.run_steps(2);
    wait(&mut window);
    assert!(window.state().notice().is_some_and(|notice| notice.starts_with("Drew the map to")));
    assert!(std::fs::read_to_string(&path).unwrap().contains("Aleppo"));
}
