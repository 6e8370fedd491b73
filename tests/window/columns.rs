//! Choosing which column of a table is what.

use std::path::{Path, PathBuf};

use dateline::app::{Act, Command};
use dateline::model::Problem;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::files::wait;
use crate::stories::{Window, click, keeping, press, run, settle, sized};

const LIMA: &str = "The minister arrived in Lima, Peru, on Tuesday and met the mayor of the city at noon.";
const OSLO: &str = "The desk in Oslo, Norway, asked for a longer piece about the harbour and its cranes.";

fn empty() -> Window {
    sized(1280.0, 800.0, Vec::new())
}

fn open(window: &mut Window, paths: Vec<PathBuf>) {
    let ctx = window.ctx.clone();
    window.state_mut().carry_out(&ctx, Act::Open(paths));
    window.run_steps(2);
    wait(window);
}

/// Opens the dialog, and waits until it shows something.
fn ask(window: &mut Window) {
    run(window, Command::Columns);
    wait(window);
}

fn pick(window: &mut Window, column: &str, what: &str) {
    click(window, column);
    click(window, what);
}

fn again(window: &mut Window, verb: &str) {
    window.get_by_label(verb).click();
    window.run_steps(2);
    wait(window);
}

fn texts(window: &Window) -> Vec<String> {
    let collection = &window.state().explorer().collection;
    (0..collection.len()).map(|at| collection.article(at).unwrap().article.text.clone()).collect()
}

/// A table whose text is told by its name, which is wrong here.
fn news(folder: &Path) -> PathBuf {
    let path = folder.join("news.csv");
    std::fs::write(&path, format!("headline,body,story of the day\nVisit,\"{OSLO}\",\"{LIMA}\"\n")).unwrap();
    path
}

#[test]
fn another_column_is_chosen_as_the_text_and_the_table_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = empty();
    open(&mut window, vec![news(folder.path())]);
    assert!(texts(&window)[0].contains("Oslo"));
    ask(&mut window);
    window.get_by_label("news.csv");
    window.get_by_label("Column headline: Title");
    window.get_by_label("Column body: Text");
    assert!(window.get_by_label("Read again").accesskit_node().is_disabled());
    pick(&mut window, "Column story of the day: Not used", "Text");
    // The text is one column: the other is none now.
    window.get_by_label("Column body: Not used");
    again(&mut window, "Read again");
    let read = texts(&window);
    assert!(read.len() == 1 && read[0].contains("Lima") && !read[0].contains("Oslo"), "{read:?}");
    assert!(window.query_by_label("Read again").is_none());

    // It stays so until it is said otherwise.
    ask(&mut window);
    window.get_by_label("Column story of the day: Text");
    pick(&mut window, "Column headline: Title", "Not used");
    again(&mut window, "Read again");
    assert!(!texts(&window)[0].contains("Visit"));
    ask(&mut window);
    click(&mut window, "As guessed");
    window.get_by_label("Column headline: Title");
    again(&mut window, "Read again");
    assert!(texts(&window)[0].contains("Oslo"));
}

#[test]
fn the_keyboard_alone_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = empty();
    open(&mut window, vec![news(folder.path())]);
    ask(&mut window);
    let focused = |window: &Window, name: &str| window.get_by_label(name).accesskit_node().is_focused();
    for _ in 0..20 {
        if focused(&window, "Column story of the day: Not used") {
            break;
        }
        press(&mut window, Key::Tab);
    }
    assert!(focused(&window, "Column story of the day: Not used"));
    press(&mut window, Key::Enter);
    for _ in 0..10 {
        if focused(&window, "Text") {
            break;
        }
        press(&mut window, Key::ArrowDown);
    }
    assert!(focused(&window, "Text"));
    press(&mut window, Key::Enter);
    window.get_by_label("Column story of the day: Text");
    for _ in 0..20 {
        if focused(&window, "Read again") {
            break;
        }
        press(&mut window, Key::Tab);
    }
    press(&mut window, Key::Enter);
    window.run_steps(2);
    wait(&mut window);
    assert!(texts(&window)[0].contains("Lima"));
    ask(&mut window);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Read again").is_none());
}

#[test]
fn a_choice_holds_for_all_tables_with_the_same_columns_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for month in ["april.csv", "may.csv"] {
        std::fs::copy(news(folder.path()), at(month)).unwrap();
    }
    std::fs::remove_file(at("news.csv")).unwrap();
    std::fs::write(at("other.csv"), format!("title,text\nA visit,\"{LIMA}\"\n")).unwrap();
    let mut window = empty();
    open(&mut window, vec![folder.path().to_owned()]);
    ask(&mut window);
    window.get_by_label("Table: april.csv");
    pick(&mut window, "Column story of the day: Not used", "Text");
    again(&mut window, "Read again");
    let read = texts(&window);
    assert!(read.len() == 3 && read.iter().all(|text| text.contains("Lima")), "{read:?}");
    ask(&mut window);
    click(&mut window, "Table: april.csv");
    click(&mut window, "other.csv");
    wait(&mut window);
    window.get_by_label("Column text: Text");
}

#[test]
fn a_table_without_text_is_offered_among_the_problems() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    std::fs::write(&good, format!("title,text\nA visit,\"{LIMA}\"\n")).unwrap();
    std::fs::write(&bad, "Lima,3\nOslo,4\n").unwrap();
    let mut window = empty();
    open(&mut window, vec![good, bad.clone()]);
    assert_eq!(texts(&window).len(), 1);
    run(&mut window, Command::Problems);
    click(&mut window, &format!("Choose columns of {}…", bad.display()));
    wait(&mut window);
    // It is that table which is shown, though it is not the first; nothing of it holds words yet.
    window.get_by_label("Table: b.csv");
    window.get_by_label("Choose the column that holds the text.");
    pick(&mut window, "Column column 1: Not used", "Text");
    again(&mut window, "Read again");
    assert_eq!(texts(&window).len(), 3);
    assert!(window.state().explorer().collection.problems().is_empty());
}

#[test]
fn one_table_without_text_is_told_with_the_way_to_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("numbers.csv");
    std::fs::write(&path, "Lima,3\nOslo,4\n").unwrap();
    let mut window = empty();
    open(&mut window, vec![path]);
    click(&mut window, "Choose columns…");
    wait(&mut window);
    assert!(window.query_by_label("Dismiss").is_none());
    pick(&mut window, "Column column 1: Not used", "Text");
    again(&mut window, "Read again");
    assert_eq!(texts(&window), ["Lima", "Oslo"]);
}

#[test]
fn a_table_in_an_archive_is_not_offered() {
    let mut window = empty();
    let reason = "none of its columns holds text: “a”".to_owned();
    window.state_mut().add_problem(Problem { place: "/press/may.zip/a.csv".to_owned(), reason });
    run(&mut window, Command::Problems);
    assert!(window.query_by_label_contains("Choose columns").is_none());
}

#[test]
fn a_table_that_is_added_to_a_project_is_read_with_what_was_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _kept) = keeping(crate::stories::window());
    let ctx = window.ctx.clone();
    let path = folder.path().join("my.dateline");
    window.state_mut().carry_out(&ctx, Act::SaveAs(path.clone()));
    wait(&mut window);
    open(&mut window, vec![path]);
    ask(&mut window);
    window.get_by_label_contains("The articles of a project stay as they were read.");
    press(&mut window, Key::Escape);
    let table = folder.path().join("numbers.csv");
    std::fs::write(&table, "Lima,3\nOslo,4\n").unwrap();
    let before = texts(&window).len();
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    settle(&mut window);
    crate::files::type_path(&mut window, "Path or address to add", &table);
    again(&mut window, "Add");
    assert_eq!(texts(&window).len(), before);
    press(&mut window, Key::Escape);
    ask(&mut window);
    window.get_by_label("numbers.csv");
    pick(&mut window, "Column column 1: Not used", "Text");
    again(&mut window, "Add again");
    assert_eq!(texts(&window)[before..], ["Lima", "Oslo"]);
}

#[test]
fn without_a_table_the_dialog_says_what_it_is_for() {
    let mut window = empty();
    ask(&mut window);
    window.get_by_label_contains("No table is open.");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label_contains("No table is open.").is_none());
}

#[test]
fn what_has_gone_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = news(folder.path());
    let mut window = empty();
    open(&mut window, vec![path.clone()]);
    std::fs::write(&path, "PAR1 and no more").unwrap();
    let ctx = window.ctx.clone();
    window.state_mut().carry_out(&ctx, Act::ChooseColumns(path));
    wait(&mut window);
    assert!(window.query_by_label("Read again").is_none());
    window.get_by_label_contains("damaged");
}

#[test]
fn many_columns_are_reached_in_a_small_window() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.csv");
    let names: Vec<String> = (1..=60).map(|number| format!("field {number}")).collect();
    let cells: Vec<String> = (1..=60).map(|number| format!("{LIMA} {number}")).collect();
    std::fs::write(&path, format!("{}\n{}\n", names.join(";"), cells.join(";"))).unwrap();
    let mut window = sized(800.0, 600.0, Vec::new());
    open(&mut window, vec![path]);
    ask(&mut window);
    window.get_by_label("Column field 60: Not used").focus();
    settle(&mut window);
    let shown = |window: &Window, name: &str| {
        let rect = window.get_by_label(name).rect();
        rect.left() >= 0.0 && rect.right() <= 800.0 && rect.bottom() <= 600.0
    };
    assert!(shown(&window, "Column field 60: Not used"));
    assert!(shown(&window, "Read again") && shown(&window, "As guessed"));
    press(&mut window, Key::Enter);
    let items = window.query_all_by_role(Role::MenuItem).filter(|item| item.rect().bottom() <= 600.0).count();
    assert_eq!(items, 8);
}
