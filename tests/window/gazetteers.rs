//! The gazetteers of a person: listed, switched, moved, removed, added, verified, imported.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline::gazetteer::{About, NewPlace, Shelf, Writer};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::files::{type_path, wait};
use crate::stories::{Window, settle, shelved, stories};

/// A place of the stories that the gazetteer inside the program does not know.
const LOST: &str = "Puerto Perdido";

/// A gazetteer file of places called so, all at 10° N, 20° E.
fn made(folder: &Path, title: &str, names: &[&str]) -> PathBuf {
    let path = folder.join(format!("{title}.gazetteer"));
    let about = About { title: title.into(), attribution: "Field office, CC0".into(), ..About::default() };
    let mut writer = Writer::new(&path, about).unwrap();
    for (number, name) in names.iter().enumerate() {
        let (id, name) = (format!("{title}:{number}"), (*name).to_owned());
        let (class, code) = ('P', "PPL".to_owned());
        let place = NewPlace {
            id,
            name,
            lat: 10.0,
            lon: 20.0,
            feature_class: class,
            feature_code: code,
            ..NewPlace::default()
        };
        writer.place(place).unwrap();
    }
    writer.finish(&mut |_| ControlFlow::Continue(())).unwrap();
    path
}

/// A window over the shelf in a folder, with the list of gazetteers open.
fn listed(folder: &Path) -> Window {
    let mut window = shelved((1280.0, 800.0), stories(), Shelf::open(folder.join("shelf")));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::G);
    settle(&mut window);
    wait(&mut window);
    window
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(3);
    wait(window);
}

/// Types a path into a field of the window.
fn fill(window: &mut Window, label: &str, path: &Path) {
    window.get_by_label(label).focus();
    window.run_steps(2);
    type_path(window, label, path);
}

/// Offers of the place search for these words.
fn offers(window: &mut Window, words: &str) -> usize {
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    window.run_steps(3);
    window.get_by_label("Go to a place").type_text(words);
    window.run_steps(30);
    let found = window.query_all_by_label_contains(&format!("{words}: ")).count();
    window.key_press(Key::Escape);
    settle(window);
    found
}

fn kept(folder: &Path) -> Vec<(String, bool)> {
    let shelf = Shelf::open(folder.join("shelf")).unwrap();
    shelf.kept().iter().map(|kept| (kept.file.file_stem().unwrap().display().to_string(), kept.on)).collect()
}

#[test]
fn without_any_of_ones_own_there_is_the_one_inside_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let window = listed(folder.path());
    window.get_by_label_contains("Inside the program");
    assert!(window.query_by_label_contains("Remove ").is_none());
}

#[test]
fn a_file_is_added_by_its_path_and_found_in() {
    let folder = tempfile::tempdir().unwrap();
    let sites = made(folder.path(), "sites", &["Camp Quorra"]);
    let mut window = listed(folder.path());
    assert_eq!(offers(&mut window, "Camp Quorra"), 0);
    window = listed(folder.path());
    fill(&mut window, "Path of a gazetteer file to add", &sites);
    click(&mut window, "Add");
    window.get_by_label_contains(&sites.display().to_string());
    window.get_by_label("Use sites");
    assert_eq!(kept(folder.path()), [("sites".to_owned(), true)]);
}

#[test]
fn what_is_no_gazetteer_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "Dear Sir").unwrap();
    let mut window = listed(folder.path());
    fill(&mut window, "Path of a gazetteer file to add", &letter);
    click(&mut window, "Add");
    window.get_by_label_contains("not a gazetteer");
    let field = window.get_by_label("Path of a gazetteer file to add");
    assert_eq!(field.value(), Some(letter.display().to_string()));
    assert!(kept(folder.path()).is_empty());
}

#[test]
fn gazetteers_are_moved_switched_off_verified_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut shelf = Shelf::open(folder.path().join("shelf")).unwrap();
    for title in ["sites", "wells"] {
        shelf.add(&made(folder.path(), title, &["Camp Quorra"])).unwrap();
    }
    let mut window = listed(folder.path());
    let check = |expected: &[(&str, bool)]| {
        let expected: Vec<_> = expected.iter().map(|(name, on)| ((*name).to_owned(), *on)).collect();
        assert_eq!(kept(folder.path()), expected);
    };
    check(&[("wells", true), ("sites", true)]);
    click(&mut window, "Move up sites");
    check(&[("sites", true), ("wells", true)]);
    click(&mut window, "Move down sites");
    check(&[("wells", true), ("sites", true)]);
    click(&mut window, "Use wells");
    check(&[("wells", false), ("sites", true)]);
    click(&mut window, "Verify sites");
    window.get_by_label_contains("whole and undamaged");
    click(&mut window, "Remove sites");
    check(&[("wells", false)]);
    assert!(folder.path().join("sites.gazetteer").exists());
}

#[test]
fn a_file_that_has_gone_is_listed_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let sites = made(folder.path(), "sites", &["Camp Quorra"]);
    Shelf::open(folder.path().join("shelf")).unwrap().add(&sites).unwrap();
    std::fs::remove_file(&sites).unwrap();
    let mut window = listed(folder.path());
    assert!(window.state().notice().is_some_and(|notice| notice.contains("Cannot open")));
    window.get_by_label_contains(&format!(
        "not there any more; put it back, or remove it here, {}",
        sites.display()
    ));
    click(&mut window, "Remove sites");
    assert!(kept(folder.path()).is_empty());
}

#[test]
fn what_is_open_is_placed_anew_with_other_gazetteers() {
    let folder = tempfile::tempdir().unwrap();
    let sites = made(folder.path(), "sites", &[LOST]);
    let mut window = listed(folder.path());
    fill(&mut window, "Path of a gazetteer file to add", &sites);
    click(&mut window, "Add");
    window.run_steps(5);
    wait(&mut window);
    window.key_press(Key::Escape);
    settle(&mut window);
    let collection = &window.state().explorer().collection;
    assert_eq!(collection.len(), 4);
    // Nobody knew where that is; now it is one of the sites.
    let sailed = collection.article(3).unwrap();
    let mention =
        sailed.mentions.iter().find(|mention| mention.span.of(&sailed.article.text) == LOST).unwrap();
    assert_eq!(mention.place().map(|place| (place.id.as_str(), place.lat)), Some(("sites:0", 10.0)));
    window.get_by_label_contains("1 problem");
    window.get_by_label("Puerto Perdido, 1 article");
    window.get_by_label_contains(" · Field office, CC0");
}

#[test]
fn a_table_is_imported_and_its_places_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("sites.csv");
    std::fs::write(&table, "name,lat,lon\nCamp Quorra,35.0,38.0\nCamp Nowhere,95.0,38.0\n").unwrap();
    let mut window = listed(folder.path());
    click(&mut window, "Import places…");
    fill(&mut window, "Path of a file to import", &table);
    click(&mut window, "Import");
    window.run_steps(5);
    wait(&mut window);
    window.get_by_label("Imported 1 place; 1 row was refused.");
    window.get_by_label_contains("sites.csv:3: latitude 95");
    assert_eq!(kept(folder.path()), [("sites".to_owned(), true)]);
    click(&mut window, "Done");
    window.get_by_label("Use sites");
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(offers(&mut window, "Camp Quorra") > 0);
}

#[test]
fn a_source_that_is_not_there_is_said_where_it_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = listed(folder.path());
    click(&mut window, "Import places…");
    fill(&mut window, "Path of a file to import", &folder.path().join("none.csv"));
    click(&mut window, "Import");
    window.get_by_label_contains("There is no file at this path");
    click(&mut window, "Back");
    window.get_by_label_contains("Inside the program");
}

#[test]
fn a_cancelled_import_leaves_nothing_but_what_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("many.csv");
    let rows: String = (0..400_000).map(|number| format!("Camp {number},35.5,38.5\n")).collect();
    std::fs::write(&table, format!("name,lat,lon\n{rows}")).unwrap();
    let mut window = listed(folder.path());
    click(&mut window, "Import places…");
    fill(&mut window, "Path of a file to import", &table);
    window.get_by_label("Import").click();
    window.run_steps(3);
    assert!(window.query_all_by_label_contains("Importing: ").count() > 0);
    window.get_all_by_label("Cancel").last().unwrap().click();
    window.run_steps(3);
    wait(&mut window);
    assert_eq!(window.state().notice(), Some("Cancelled: nothing was imported"));
    assert!(kept(folder.path()).is_empty());
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().flatten().map(|file| file.file_name()).collect();
    assert_eq!(left, ["many.csv"]);
    // Ready to be begun again.
    window.get_by_label(&format!("Leave out {}", table.display()));
}

#[test]
fn a_table_with_columns_of_its_own_is_read_as_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("camps.csv");
    std::fs::write(&table, "what,n,e\nCamp Quorra,35,38\n").unwrap();
    let mut window = listed(folder.path());
    click(&mut window, "Import places…");
    fill(&mut window, "Path of a file to import", &table);
    click(&mut window, "Import");
    window.get_by_label_contains("no column is clearly the latitude");
    for (label, column) in [("Name", "what"), ("Latitude", "n"), ("Longitude", "3")] {
        fill(&mut window, label, Path::new(column));
    }
    click(&mut window, "Import");
    window.run_steps(5);
    wait(&mut window);
    assert_eq!(kept(folder.path()), [("camps".to_owned(), true)]);
}

#[test]
fn what_was_said_of_an_import_outlives_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = listed(folder.path());
    click(&mut window, "Import places…");
    fill(&mut window, "Title", Path::new("Camps"));
    window.key_press(Key::Escape);
    settle(&mut window);
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label("Title").is_none());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::G);
    settle(&mut window);
    click(&mut window, "Import places…");
    assert_eq!(window.get_by_label("Title").value().as_deref(), Some("Camps"));
}

#[test]
fn keys_stay_with_the_window_in_front() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = listed(folder.path());
    assert!(window.get_by_label("Path of a gazetteer file to add").is_focused());
    // In the order in which the eye goes; nothing can be added yet.
    for label in ["Choose…", "Import places…"] {
        window.key_press(Key::Tab);
        window.run_steps(2);
        assert!(window.get_by_label(label).is_focused(), "{label}");
    }
    window.key_press(Key::N);
    settle(&mut window);
    assert!(window.state().explorer().selected.what.mention().is_none());
    // The place search is on the map, which must be seen.
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    settle(&mut window);
    assert!(window.query_by_label("Import places…").is_none());
}
