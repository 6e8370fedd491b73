//! Projects as a whole: saved, opened, gone on with, read only, and their history.

use std::path::{Path, PathBuf};

use dateline::app::{Act, Command, Correction, Ruling};
use dateline::explore::MentionRef;
use dateline::project::Project;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::files::{type_path, wait};
use crate::stories::{Window, chord, click, keeping, run, settle, sized, unsaved, window};

/// Says that a mention is none.
fn reject(window: &mut Window, article: usize, mention: usize) {
    let at = MentionRef { article, mention };
    let collection = &window.state().explorer().collection;
    let correction = Correction::rule_all("Derna".to_owned(), collection, vec![at], Ruling::Rejected);
    let ctx = window.ctx.clone();
    window.state_mut().carry_out(&ctx, Act::Correct(Box::new(correction)));
    wait(window);
}

fn save(window: &mut Window, path: &Path) {
    chord(window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    type_path(window, "Path to save to", path);
    window.get_by_label("Save").click();
    window.run_steps(2);
    wait(window);
}

fn open(window: &mut Window, path: &Path) {
    chord(window, Modifiers::COMMAND, Key::L);
    type_path(window, "Path or address to open", path);
    window.get_by_label("Open").click();
    window.run_steps(2);
    wait(window);
}

/// A project of the stories with one correction.
fn saved(folder: &Path) -> PathBuf {
    let (mut window, _kept) = keeping(window());
    reject(&mut window, 2, 0);
    let path = folder.join("derna.dateline");
    save(&mut window, &path);
    path
}

#[test]
fn a_project_is_saved_under_its_ending_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _kept) = keeping(window());
    reject(&mut window, 2, 0);
    window.get_by_label_contains("autosaved");
    save(&mut window, &folder.path().join("my.derna"));
    let path = folder.path().join("my.derna.dateline");
    assert!(path.is_file());
    window.get_by_label("my.derna  ·  saved");

    let (mut other, _other_kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    drop(window);
    open(&mut other, &path);
    let collection = &other.state().explorer().collection;
    assert_eq!((collection.len(), collection.mention_count()), (4, 7));
    other.get_by_label("my.derna  ·  saved");
    chord(&mut other, Modifiers::COMMAND, Key::Z);
    wait(&mut other);
    assert_eq!(other.state().explorer().collection.mention_count(), 8);
    assert_eq!(other.state().session().opened.all().len(), 1);
}

#[test]
fn what_stands_there_already_is_replaced_only_after_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("derna.dateline");
    std::fs::write(&path, "something else").unwrap();
    let (mut window, _kept) = keeping(window());
    save(&mut window, &folder.path().join("derna"));
    assert_eq!(std::fs::read(&path).unwrap(), b"something else");
    window.get_by_label_contains("There is a file derna.dateline already");
    window.get_by_label("Replace").click();
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label("derna  ·  saved");
}

#[test]
fn a_project_that_cannot_be_saved_says_so_where_its_path_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _kept) = keeping(window());
    save(&mut window, &folder.path().join("none/derna.dateline"));
    window.get_by_label_contains("annot write the project");
    window.get_by_label("Path to save to");
}

#[test]
fn a_project_among_other_files_is_told_and_nothing_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let mut window = window();
    let ctx = window.ctx.clone();
    window.state_mut().carry_out(&ctx, Act::Open(vec![folder.path().join("a.txt"), path]));
    settle(&mut window);
    assert!(
        window
            .state()
            .notice()
            .is_some_and(|told| told.contains("derna.dateline is a project, which opens alone"))
    );
    assert_eq!(window.state().explorer().collection.len(), 4);
    window.get_by_label("Open the project").click();
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label("derna  ·  saved");
}

#[test]
fn what_is_no_project_is_told_and_what_is_open_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("torn.dateline");
    std::fs::write(&path, "no project at all, and long enough to be read as one".repeat(100)).unwrap();
    let mut window = window();
    open(&mut window, &path);
    assert!(window.state().notice().is_some_and(|told| told.contains("This is no project of Dateline")));
    assert_eq!(window.state().explorer().collection.len(), 4);
}

#[test]
fn a_project_that_another_window_has_is_read_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let (mut first, _kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut first, &path);
    let (mut second, _kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut second, &path);
    second.get_by_label_contains("Read-only: it is open in another window");
    second.get_by_label("derna  ·  read-only");
    reject(&mut second, 0, 0);
    assert!(
        second
            .state()
            .notice()
            .is_some_and(|told| told.contains("Not corrected: the project can only be read"))
    );
    assert_eq!(second.state().explorer().collection.mention_count(), 7);
    drop(first);
    click(&mut second, "Try again");
    wait(&mut second);
    second.get_by_label("derna  ·  saved");
    assert!(second.query_by_label_contains("Read-only: ").is_none());
}

#[test]
fn the_history_leads_back_and_on() {
    let (mut window, _kept) = keeping(window());
    reject(&mut window, 2, 0);
    reject(&mut window, 0, 0);
    chord(&mut window, Modifiers::COMMAND, Key::H);
    wait(&mut window);
    assert_eq!(window.state().explorer().collection.mention_count(), 6);
    window.get_by_label_contains("As it was found").click();
    window.run_steps(2);
    wait(&mut window);
    assert_eq!(window.state().explorer().collection.mention_count(), 8);
    assert_eq!(window.query_all_by_label_contains("taken back").count(), 2);
    window.query_all_by_label_contains("taken back").next().unwrap().click();
    window.run_steps(2);
    wait(&mut window);
    assert_eq!(window.state().explorer().collection.mention_count(), 6);
    window.get_by_label("Search the history").focus();
    window.run();
    window.get_by_label("Search the history").type_text("nobody");
    settle(&mut window);
    window.get_by_label("No edit says so.");
}

#[test]
fn the_menu_names_what_is_undone() {
    let (mut window, _kept) = keeping(window());
    reject(&mut window, 2, 0);
    click(&mut window, "Edit");
    window.get_by_label("Undo “Derna is no place”").click();
    window.run_steps(2);
    wait(&mut window);
    click(&mut window, "Edit");
    window.get_by_label("Redo “Derna is no place”");
}

#[test]
fn corrections_that_were_not_saved_are_offered_with_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("visit.txt");
    std::fs::write(&file, "Visit\n\nLIMA, 3 May 2019 - The minister arrived in Lima, Peru, today.\n")
        .unwrap();
    let (mut first, kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut first, &file);
    let before = first.state().explorer().collection.mention_count();
    reject(&mut first, 0, 0);
    drop(first);
    let mut second = sized(1280.0, 800.0, Vec::new());
    second.state_mut().keep_in(unsaved(&kept));
    open(&mut second, &file);
    second.get_by_label_contains("You corrected these articles before: 1 edit");
    second.get_by_label("Go on").click();
    second.run_steps(2);
    wait(&mut second);
    second.get_by_label("visit.txt  ·  autosaved");
    assert_eq!(second.state().explorer().collection.mention_count(), before - 1);
}

#[test]
fn what_was_open_before_is_listed_and_what_has_gone_is_shown_as_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let (mut window, kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut window, &path);
    reject(&mut window, 0, 0);
    chord(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    wait(&mut window);
    std::fs::remove_file(&path).unwrap();
    chord(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    wait(&mut window);
    window.get_by_label_contains(", Gone").click();
    settle(&mut window);
    window.get_by_label("Forget derna").click();
    settle(&mut window);
    window.get_by_label("Projects, files and folders that you open are listed here.");
    drop(kept);
}

#[test]
fn corrections_that_were_not_saved_are_deleted_only_after_a_question() {
    let (mut window, kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    window.get_by_label("Open the sample").click();
    window.run_steps(2);
    wait(&mut window);
    reject(&mut window, 0, 0);
    chord(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    wait(&mut window);
    assert!(window.state().notice().is_some_and(|told| told.contains("Your corrections are kept")));
    let files = || {
        let all = std::fs::read_dir(unsaved(&kept)).unwrap().flatten();
        all.filter(|file| file.path().extension().is_some_and(|ending| ending == "dateline")).count()
    };
    chord(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    wait(&mut window);
    click(&mut window, "Delete the corrections of Sample");
    assert_eq!(files(), 1);
    click(&mut window, "Delete");
    wait(&mut window);
    assert_eq!(files(), 0);
}

/// Runs frames until what follows behind the window has come.
fn until(window: &mut Window, come: impl Fn(&Window) -> bool) {
    for _ in 0..2000 {
        window.step();
        if come(window) {
            return settle(window);
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it never came");
}

fn type_into(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, label).focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.get_by_role_and_label(Role::TextInput, label).type_text(text);
    settle(window);
}

#[test]
fn an_article_is_edited_as_one_edit_and_as_read_again() {
    let (mut window, _kept) = keeping(window());
    click(&mut window, "Articles (4)");
    window.get_by_label_contains("Two dams give way").click();
    settle(&mut window);
    run(&mut window, Command::EditArticle);
    type_into(&mut window, "Title", "The dams of Derna");
    type_into(&mut window, "Date", "tomorrow");
    click(&mut window, "Save");
    window.get_by_label_contains("“tomorrow” is no date");
    type_into(&mut window, "Date", "2023-09-11");
    type_into(&mut window, "Tags", "flood, dam");
    window.get_by_label("Save").click();
    window.run_steps(2);
    wait(&mut window);
    let article = window.state().explorer().collection.article(2).unwrap();
    assert_eq!(article.article.title.as_deref(), Some("The dams of Derna"));
    assert_eq!(article.article.date, Some(dateline::model::PartialDate::ymd(2023, 9, 11)));
    assert_eq!(window.state().explorer().collection.card(2).unwrap().heading, "The dams of Derna");
    assert!(window.state().notice().is_some_and(|told| told == "“Two dams give way” edited"));
    run(&mut window, Command::EditArticle);
    window.get_by_label("As read").click();
    window.run_steps(2);
    wait(&mut window);
    assert_eq!(window.state().explorer().collection.card(2).unwrap().heading, "Two dams give way");
}

#[test]
fn an_article_is_removed_and_put_back() {
    let (mut window, _kept) = keeping(window());
    click(&mut window, "Articles (4)");
    window.get_by_label_contains("Two dams give way").click();
    settle(&mut window);
    run(&mut window, Command::RemoveArticle);
    wait(&mut window);
    window.get_by_label("Articles (3)");
    run(&mut window, Command::RemovedArticles);
    window.get_by_label("Put back").click();
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label_contains("No article is left out.");
    window.get_by_label("Articles (4)");
}

#[test]
fn articles_are_added_to_a_project_and_those_that_are_known_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let files = tempfile::tempdir().unwrap();
    let text = "Visit\n\nLIMA, 3 May 2019 - The minister arrived in Lima, Peru, today.\n";
    std::fs::write(files.path().join("a.txt"), text).unwrap();
    std::fs::write(files.path().join("b.txt"), text).unwrap();
    let (mut window, _kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut window, &path);
    open(&mut window, files.path());
    window.get_by_label_contains("to derna, or close derna");
    window.get_by_label("Add").click();
    window.run_steps(2);
    wait(&mut window);
    assert_eq!(window.state().notice(), Some("1 article added, 1 there already"));
    window.get_by_label("Articles (5)");
    drop(window);
    let (mut again, _kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut again, &path);
    again.get_by_label("Articles (5)");
    run(&mut again, Command::AddArticles);
    type_path(&mut again, "Path or address to add", files.path());
    again.get_by_label("Add").click();
    again.run_steps(2);
    wait(&mut again);
    assert_eq!(again.state().notice(), Some("2 there already"));
}

#[test]
fn a_folder_is_watched_for_a_project() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let files = tempfile::tempdir().unwrap();
    let (mut window, _kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut window, &path);
    run(&mut window, Command::AddArticles);
    type_path(&mut window, "Path or address to add", files.path());
    click(&mut window, "Watch the folder");
    window.get_by_label("Add").click();
    settle(&mut window);
    window.get_by_label(&files.path().display().to_string());
    let text = "Visit\n\nLIMA, 3 May 2019 - The minister arrived in Lima, Peru, today.\n";
    std::fs::write(files.path().join("a.txt"), text).unwrap();
    for _ in 0..1500 {
        window.step();
        if window.state().explorer().collection.len() == 5 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    wait(&mut window);
    assert_eq!(window.state().explorer().collection.len(), 5);
    window.get_by_label_contains("Stop watching").click();
    settle(&mut window);
    assert!(window.query_by_label_contains("Stop watching").is_none());
}

#[test]
fn places_are_found_anew_and_accepted_only_when_somebody_says_so() {
    let (mut window, _kept) = keeping(window());
    // The stories' mentions were written by hand: the geoparser finds others.
    run(&mut window, Command::FindAnew);
    window.get_by_label("Look").click();
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label_contains("would be found differently");
    let before = window.state().explorer().collection.mention_count();
    click(&mut window, "Let go");
    assert_eq!(window.state().explorer().collection.mention_count(), before);
    run(&mut window, Command::FindAnew);
    window.get_by_label("Look").click();
    window.run_steps(2);
    wait(&mut window);
    window.get_by_label("Accept all").click();
    window.run_steps(2);
    wait(&mut window);
    until(&mut window, |window| window.state().explorer().collection.mention_count() != before);
    chord(&mut window, Modifiers::COMMAND, Key::Z);
    until(&mut window, |window| window.state().explorer().collection.mention_count() == before);
}

#[test]
fn articles_that_arrive_before_what_is_found_anew_is_accepted_are_kept() {
    let (folder, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = saved(folder.path());
    std::fs::write(files.path().join("a.txt"), "Visit\n\nLIMA, 3 May 2019 - It rained in Lima.\n").unwrap();
    let (mut window, _kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut window, &path);
    run(&mut window, Command::FindAnew);
    window.get_by_label("Look").click();
    window.run_steps(2);
    wait(&mut window);
    run(&mut window, Command::AddArticles);
    type_path(&mut window, "Path or address to add", files.path());
    window.get_by_label("Add").click();
    window.run_steps(2);
    wait(&mut window);
    run(&mut window, Command::FindAnew);
    window.get_by_label("Accept all").click();
    window.run_steps(2);
    wait(&mut window);
    drop(window);
    let (project, problems) = Project::read(&path).unwrap();
    assert!(problems.is_empty());
    assert_eq!(project.len(), 5);
    let kept = (0..5).filter(|&number| project.shelf().read(number).unwrap().is_some());
    assert_eq!(kept.count(), 5);
}

#[test]
fn corrections_are_handed_out_and_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ann.json");
    let (mut ann, _kept) = keeping(window());
    reject(&mut ann, 2, 0);
    run(&mut ann, Command::ExportCorrections);
    type_path(&mut ann, "Path of the corrections", &file);
    ann.get_by_label("Export").click();
    ann.run_steps(2);
    wait(&mut ann);
    assert!(ann.state().notice().is_some_and(|told| told.starts_with("Wrote 1 correction to")));

    let (mut ben, _kept) = keeping(window());
    run(&mut ben, Command::ImportCorrections);
    type_path(&mut ben, "Path to read from", &file);
    ben.get_by_label("Look").click();
    ben.run_steps(2);
    wait(&mut ben);
    ben.get_by_label_contains("1 new value in 1 edit");
    ben.get_by_label("Take in").click();
    ben.run_steps(2);
    wait(&mut ben);
    assert_eq!(ben.state().explorer().collection.mention_count(), 7);
}

#[test]
fn what_both_changed_is_settled_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let (mut ben, _kept) = keeping(window());
    let title = |title: &'static str| {
        Correction::new(move |state| dateline::project::change::set_title(state, 2, Some(title)))
    };
    let (mut ann, _ann_kept) = keeping(sized(1280.0, 800.0, Vec::new()));
    open(&mut ann, &path);
    for (window, text) in [(&mut ann, "Ann's title"), (&mut ben, "Ben's title")] {
        let ctx = window.ctx.clone();
        window.state_mut().carry_out(&ctx, Act::Correct(Box::new(title(text))));
        wait(window);
    }
    drop(ann);
    run(&mut ben, Command::ImportCorrections);
    type_path(&mut ben, "Path to read from", &path);
    ben.get_by_label("Look").click();
    ben.run_steps(2);
    wait(&mut ben);
    ben.get_by_label("1 difference to settle");
    ben.get_by_label_contains("Theirs: “Ann's title”").click();
    settle(&mut ben);
    ben.get_by_label("Take in").click();
    ben.run_steps(2);
    wait(&mut ben);
    let collection = &ben.state().explorer().collection;
    assert_eq!(
        (collection.card(2).unwrap().heading.as_str(), collection.mention_count()),
        ("Ann's title", 7)
    );
}
