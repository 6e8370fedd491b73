//! Projects on the command line: the real program over files in a temporary folder, edited by the library in between.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use dateline::gazetteer::Gazetteer;
use dateline::model::{Place, Span};
use dateline::project::{Field, Project, Target, Value};
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::export::check_rfc7946;
use crate::schema::validate;
use crate::support::{Ran, folder, records, run};

const SNOW: &str = "Snow fell in Portland on Monday, and schools in Bangor were closed.";
const BOMB: &str = "A bomb killed nine people in Derna on Monday. Police in Cairo said so.";
const RAIN: &str = "Heavy rain fell in Arish, and the river rose above its banks.";

/// A folder with a project of three articles, and another article beside it.
fn given() -> TempDir {
    let folder = folder(&[
        ("news/1-snow.txt", SNOW.as_bytes()),
        ("news/2-bomb.txt", BOMB.as_bytes()),
        ("news/3-rain.txt", RAIN.as_bytes()),
        ("more.txt", b"Police in Nairobi closed a road."),
    ]);
    let ran = run(folder.path(), &["project", "new", "p.dateline", "news", "--who", "Ann"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "added 3 articles\n", ""));
    folder
}

fn open(folder: &TempDir) -> Project {
    let (project, problems) = Project::open(&folder.path().join("p.dateline")).unwrap();
    assert_eq!((problems, project.read_only()), (vec![], None));
    project
}

fn mention(number: u32, text: &str, words: &str) -> Target {
    let at = text.find(words).unwrap();
    Target::Mention(number, Span::new(at, at + words.len()))
}

fn place(name: &str, within: &str) -> Arc<Place> {
    let gazetteer = Gazetteer::embedded().unwrap();
    let mut places = gazetteer.named(name).into_iter().filter_map(|hit| gazetteer.place(hit.row));
    Arc::new(places.find(|place| place.admin1 == within).unwrap())
}

fn put(project: &mut Project, who: &str, title: &str, values: &[(Target, Field, Value)]) {
    let values = values.iter().map(|(target, field, value)| (target.clone(), *field, Some(value.clone())));
    project.apply(project.state().edit(title, values), who, None).unwrap();
}

/// Bangor is the one in Maine, Derna is right, Cairo is none, and the rain is left out.
fn corrected(folder: &TempDir) {
    let mut project = open(folder);
    let bangor = mention(0, SNOW, "Bangor");
    put(
        &mut project,
        "Ann",
        "Bangor is Bangor, Maine",
        &[
            (bangor.clone(), Field::Place, Value::Place(place("Bangor", "Maine"))),
            (bangor.clone(), Field::Note, Value::Text("=the one in Maine".to_owned())),
            (bangor, Field::Tags, Value::Tags(vec!["schools".to_owned(), "weather".to_owned()])),
        ],
    );
    let derna = mention(1, BOMB, "Derna");
    let found = project.shelf().get(1).unwrap();
    let seen = found.mentions.iter().find(|mention| mention.span.of(BOMB) == "Derna").unwrap();
    put(
        &mut project,
        "Ben",
        "Two mentions",
        &[
            (derna, Field::Place, Value::Confirmed(Arc::clone(seen.place().unwrap()))),
            (mention(1, BOMB, "Cairo"), Field::Place, Value::Rejected),
        ],
    );
    put(&mut project, "Ben", "Left out", &[(Target::Article(2), Field::Removed, Value::Yes)]);
}

/// What every format must say of the mentions: words, division, status, who.
const EXPECTED: [[&str; 4]; 3] = [
    ["Portland", "Maine", "auto", concat!("dateline ", env!("CARGO_PKG_VERSION"))],
    ["Bangor", "Maine", "corrected", "Ann"],
    ["Derna", "Darnah", "confirmed", "Ben"],
];

fn geoparse(folder: &TempDir, args: &[&str]) -> Ran {
    let ran = run(folder.path(), &[&["geoparse", "p.dateline", "--no-shelf"], args].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    ran
}

fn told<'a>(row: &'a Json, keys: [&str; 4]) -> [&'a str; 4] {
    keys.map(|key| row[key].as_str().unwrap_or_default())
}

#[test]
fn corrections_are_in_every_format() {
    let folder = given();
    corrected(&folder);
    let keys = ["mention", "admin1", "status", "decided_by"];

    let collection = geoparse(&folder, &[]).stdout;
    check_rfc7946(&collection);
    let collection: Json = serde_json::from_str(&collection).unwrap();
    let rows: Vec<&Json> =
        collection["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]).collect();
    assert_eq!(rows.iter().map(|row| told(row, keys)).collect::<Vec<_>>(), EXPECTED);
    assert_eq!(
        (&rows[1]["note"], &rows[1]["tags"]),
        (&"=the one in Maine".into(), &"schools; weather".into())
    );
    assert_eq!((&rows[1]["score"], &rows[0]["note"]), (&1.0.into(), &Json::Null));

    let lines = records(&geoparse(&folder, &["--format", "geojsonl"]).stdout);
    assert_eq!(lines.iter().map(|row| told(&row["properties"], keys)).collect::<Vec<_>>(), EXPECTED);

    let table = geoparse(&folder, &["--format", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: &csv::StringRecord, key: &str| {
        row[columns.iter().position(|column| column == key).unwrap()].to_owned()
    };
    assert_eq!(rows.iter().map(|row| keys.map(|key| cell(row, key))).collect::<Vec<_>>(), EXPECTED);
    assert_eq!(cell(&rows[1], "note"), "'=the one in Maine");

    let text = geoparse(&folder, &["--format", "jsonl"]).stdout;
    validate(&text);
    let articles = records(&text);
    let toponyms: Vec<&Json> =
        articles.iter().flat_map(|article| article["toponyms"].as_array().unwrap()).collect();
    let keys = ["text", "admin1", "status", "decided_by"];
    assert_eq!(toponyms.iter().map(|row| told(row, keys)).collect::<Vec<_>>(), EXPECTED);
    assert_eq!(toponyms[1]["tags"], serde_json::json!(["schools", "weather"]));
}

#[test]
fn what_was_rejected_comes_back_with_the_text() {
    let folder = given();
    corrected(&folder);
    geoparse(&folder, &["--with-text", "-o", "read.jsonl"]);
    let text = fs::read_to_string(folder.path().join("read.jsonl")).unwrap();
    validate(&text);
    let articles = records(&text);
    let cairo = &articles[1]["toponyms"][1];
    assert_eq!(told(cairo, ["text", "status", "decided_by", "name"]), ["Cairo", "rejected", "Ben", ""]);
    let again = run(folder.path(), &["geoparse", "read.jsonl", "--with-text", "--format", "jsonl"]);
    assert_eq!((again.code, again.stdout), (0, text));
    let map = run(folder.path(), &["geoparse", "read.jsonl"]).stdout;
    assert!(!map.contains("Cairo\",\"kind") && map.contains("\"status\":\"corrected\""), "{map}");
}

#[test]
fn events_tell_who_decided_about_them_or_their_place() {
    let folder = given();
    let bomb = || Target::Event(1, Span::new(2, 6));
    let check = |expected: &[[&str; 3]]| {
        let table = geoparse(&folder, &["--rows", "events", "--unresolved", "--format", "csv"]).stdout;
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let columns = reader.headers().unwrap().clone();
        let at = |key: &str| columns.iter().position(|column| column == key).unwrap();
        let keys = ["mention", "status", "decided_by"].map(at);
        let rows = reader.records().map(Result::unwrap);
        let rows: Vec<[String; 3]> = rows
            .filter(|row| &row[at("event_trigger")] == "bomb")
            .map(|row| keys.map(|key| row[key].to_owned()))
            .collect();
        assert_eq!(rows, expected, "{table}");
    };
    let program = concat!("dateline ", env!("CARGO_PKG_VERSION"));
    check(&[["Derna", "auto", program]]);
    corrected(&folder);
    check(&[["Derna", "confirmed", "Ben"]]);
    let mut project = open(&folder);
    put(&mut project, "Ann", "Indeed", &[(bomb(), Field::Told, Value::Yes)]);
    drop(project);
    check(&[["Derna", "confirmed", "Ann"]]);
    let mut project = open(&folder);
    put(&mut project, "Cem", "None", &[(bomb(), Field::Told, Value::Rejected)]);
    drop(project);
    check(&[]);
    let lines = |args: &[&str]| records(&geoparse(&folder, args).stdout);
    let of = |articles: Vec<Json>| articles[1]["events"].as_array().unwrap().len();
    assert_eq!(of(lines(&["--format", "jsonl"])) + 1, of(lines(&["--format", "jsonl", "--with-text"])));
}

#[test]
fn a_project_stays_what_it_is_and_is_read_while_it_is_open() {
    let folder = given();
    corrected(&folder);
    let path = folder.path().join("p.dateline");
    let (before, alone) = (fs::read(&path).unwrap(), geoparse(&folder, &[]).stdout);
    let commands: [&[&str]; 4] = [
        &["geoparse", "p.dateline", "more.txt", "--no-shelf"],
        &["project", "info", "p.dateline", "--no-shelf"],
        &["project", "check", "p.dateline"],
        &["project", "history", "p.dateline"],
    ];
    let held = open(&folder);
    for command in commands {
        let ran = run(folder.path(), command);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{command:?}");
    }
    assert_eq!(geoparse(&folder, &[]).stdout, alone);
    for command in [["undo", "p.dateline"], ["redo", "p.dateline"]] {
        let ran = run(folder.path(), &[&["project"], &command[..]].concat());
        assert_eq!(ran.code, 1);
        assert!(
            ran.stderr.starts_with("dateline: the project can only be read: it is open"),
            "{}",
            ran.stderr
        );
    }
    drop(held);
    assert_eq!(geoparse(&folder, &[]).stdout, alone);
    assert_eq!(fs::read(&path).unwrap(), before);
    let names = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
    let mut names: Vec<_> = names.filter(|name| name != ".home").collect();
    names.sort();
    assert_eq!(names, ["more.txt", "news", "p.dateline"]);
}

#[test]
fn a_project_in_a_folder_is_passed_over() {
    let folder = given();
    fs::rename(folder.path().join("p.dateline"), folder.path().join("news/p.dateline")).unwrap();
    let ran = run(folder.path(), &["geoparse", "news", "--format", "jsonl"]);
    assert_eq!((ran.code, records(&ran.stdout).len()), (0, 3));
    let told = "p.dateline: a project in a folder is passed over; name it to read it\n";
    assert!(ran.stderr.starts_with("dateline: news") && ran.stderr.ends_with(told), "{}", ran.stderr);
    let ran = run(folder.path(), &["geoparse", "news", "news/p.dateline", "more.txt", "--format", "jsonl"]);
    assert_eq!((ran.code, records(&ran.stdout).len()), (0, 7));
}

#[test]
fn a_project_by_another_name_is_known_by_its_content() {
    let folder = given();
    fs::rename(folder.path().join("p.dateline"), folder.path().join("p.db")).unwrap();
    let ran = run(folder.path(), &["geoparse", "p.db", "--format", "jsonl"]);
    assert_eq!((ran.code, records(&ran.stdout).len()), (0, 3));
}

#[test]
fn what_is_no_project_of_this_version_loses_nothing_else() {
    let folder = given();
    let path = folder.path().join("p.dateline");
    let check = |change: &dyn Fn(&Path), reason: &str| {
        let before = fs::read(&path).unwrap();
        change(&path);
        let ran = run(folder.path(), &["geoparse", "p.dateline", "more.txt", "--format", "jsonl"]);
        assert_eq!((ran.code, records(&ran.stdout).len()), (1, 1), "{}", ran.stderr);
        assert!(ran.stderr.contains(reason) && ran.stderr.contains("p.dateline"), "{}", ran.stderr);
        let alone = run(folder.path(), &["project", "info", "p.dateline"]);
        assert!(alone.code == 1 && alone.stderr.contains(reason), "{}", alone.stderr);
        fs::write(&path, before).unwrap();
    };
    // Where SQLite keeps the number of the form.
    let newer = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
        fs::write(path, bytes).unwrap();
    };
    check(&newer, "this project was made by a newer version of Dateline (form 99");
    check(&|path| fs::write(path, "Rain.").unwrap(), "this is no project of Dateline");
    check(&|path| fs::write(path, "").unwrap(), "this is no project of Dateline");
    check(&|path| fs::remove_file(path).unwrap(), "there is no such file or folder");
}

#[test]
fn a_damaged_article_is_named_and_the_others_are_written() {
    let folder = given();
    assert_eq!(
        run(folder.path(), &["project", "check", "p.dateline"]).stdout,
        "whole: 3 articles, 0 edits\n"
    );
    let connection = rusqlite::Connection::open(folder.path().join("p.dateline")).unwrap();
    connection.execute("UPDATE found SET sum = sum + 1 WHERE number = 1", []).unwrap();
    drop(connection);
    let ran = run(folder.path(), &["geoparse", "p.dateline", "--format", "jsonl"]);
    assert_eq!((ran.code, records(&ran.stdout).len()), (1, 2));
    let told = "p.dateline, article 2: it is damaged in the project, and is left out\n";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    let ran = run(folder.path(), &["project", "check", "p.dateline"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "damaged in 1 place: 3 articles, 0 edits\n"));
    assert!(ran.stderr.contains("article 2"), "{}", ran.stderr);
}

#[test]
fn articles_are_added_and_copies_counted() {
    let folder = given();
    let new = |args: &[&str]| run(folder.path(), &[&["project", "new", "p.dateline"], args].concat());
    let refused = new(&["more.txt"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.ends_with("--add puts articles into it\n"), "{}", refused.stderr);
    fs::write(folder.path().join("news/4-copy.txt"), SNOW.replace(' ', "\n")).unwrap();
    let ran = new(&["--add", "news", "more.txt", "missing.txt"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (1, "added 1 article, and left out 4 that were there already\n")
    );
    assert!(ran.stderr.contains("missing.txt: there is no such file or folder"), "{}", ran.stderr);
    assert_eq!(records(&geoparse(&folder, &["--format", "jsonl"]).stdout).len(), 4);

    let wrong = run(folder.path(), &["project", "new", "news", "more.txt"]);
    assert_eq!(wrong.code, 2, "{}", wrong.stderr);
    let none = run(folder.path(), &["project", "new", "none.dateline", "missing.txt"]);
    assert_eq!((none.code, none.stdout.as_str()), (1, "added 0 articles\n"));
    assert!(!folder.path().join("none.dateline").exists());
}

#[test]
fn a_project_goes_into_another_as_it_was_corrected() {
    let folder = given();
    corrected(&folder);
    let ran = run(folder.path(), &["project", "new", "q.dateline", "p.dateline", "--no-shelf"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "added 2 articles\n"));
    let other = run(folder.path(), &["geoparse", "q.dateline", "--no-shelf"]).stdout;
    assert_eq!(other, geoparse(&folder, &[]).stdout);
}

#[test]
fn everything_is_found_anew_where_that_is_wanted() {
    let folder = given();
    corrected(&folder);
    let as_it_is = geoparse(&folder, &[]).stdout;
    assert_eq!(geoparse(&folder, &["--anew"]).stdout, as_it_is);
    // With another gazetteer, too, what was decided holds.
    let sites = "name,lat,lon\nBangor,1.5,2.5\n";
    fs::write(folder.path().join("sites.csv"), sites).unwrap();
    let import = ["gazetteer", "import", "sites.csv", "-o", "sites.gazetteer", "--title", "Sites"];
    let ran = run(folder.path(), &import);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let anew = ["geoparse", "p.dateline", "--anew", "--gazetteer", "sites.gazetteer"];
    let anew = run(folder.path(), &anew).stdout;
    assert!(anew.contains("\"decided_by\":\"Ann\"") && anew.contains("Maine"), "{anew}");
}

#[test]
fn a_project_tells_what_it_is() {
    let folder = given();
    corrected(&folder);
    let ran = run(folder.path(), &["project", "info", "p.dateline", "--json", "--no-shelf"]);
    let info: Json = serde_json::from_str(&ran.stdout).unwrap();
    let check = |key: &str, expected: Json| assert_eq!(info[key], expected, "{key}");
    check("file", "p.dateline".into());
    check("author", "Ann".into());
    check("read", "news".into());
    check("articles", 2.into());
    check("left_out", 1.into());
    check("damaged", 0.into());
    check("status", serde_json::json!({"auto": 1, "confirmed": 1, "corrected": 1, "rejected": 1}));
    check("mentions", 3.into());
    check("edits", 3.into());
    check("undone", 0.into());
    let ann = serde_json::json!({"corrected": 1, "notes and tags": 2});
    let ben = serde_json::json!({"articles": 1, "confirmed": 1, "rejected": 1});
    check("people", serde_json::json!({"Ann": ann, "Ben": ben}));
    assert_eq!(info["made"]["program"], env!("CARGO_PKG_VERSION"));
    let text = run(folder.path(), &["project", "info", "p.dateline", "--no-shelf"]).stdout;
    assert!(text.contains("articles    2, 1 left out\n"), "{text}");
}

#[test]
fn the_history_is_gone_back_and_forth() {
    let folder = given();
    corrected(&folder);
    let project = |args: &[&str]| {
        let ran = run(folder.path(), &[&["project"], args].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args:?}");
        ran.stdout
    };
    let history = || {
        let lines = records(&project(&["history", "p.dateline", "--json"]));
        let line = |line: &Json| {
            format!("{} {} {} {}", line["number"], line["who"], line["title"], line["in_force"])
                .replace('"', "")
        };
        lines.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        history(),
        ["3 Ben Left out true", "2 Ben Two mentions true", "1 Ann Bangor is Bangor, Maine true"]
    );
    assert_eq!(project(&["undo", "p.dateline"]), "undone: Left out\n");
    assert_eq!(records(&geoparse(&folder, &["--format", "jsonl"]).stdout).len(), 3);
    assert_eq!(project(&["redo", "p.dateline"]), "done again: Left out\n");
    assert_eq!(project(&["redo", "p.dateline"]), "there is nothing to do again\n");
    assert_eq!(project(&["undo", "p.dateline", "--to", "1"]), "undone: Left out\nundone: Two mentions\n");
    assert_eq!(history()[1], "2 Ben Two mentions false");
    assert!(project(&["history", "p.dateline"]).lines().next().unwrap().ends_with("Ben  (Left out)"));
    let nowhere = run(folder.path(), &["project", "undo", "p.dateline", "--to", "9"]);
    assert_eq!(
        (nowhere.code, nowhere.stderr.as_str()),
        (2, "dateline: there is no edit 9: the history has 3 edits\n")
    );
}

#[test]
fn the_program_is_measured_by_what_was_corrected() {
    let folder = given();
    let eval = |args: &[&str]| run(folder.path(), &[&["eval", "p.dateline", "--no-shelf"], args].concat());
    let none = eval(&[]);
    assert_eq!(none.code, 1);
    assert!(none.stderr.contains("nobody has confirmed, corrected or added a mention"), "{}", none.stderr);
    corrected(&folder);
    let figures = |args: &[&str]| -> Json {
        let ran = eval(&[&["--figures", "--json"], args].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let mentions = |figures: &Json| {
        let exact = &figures["recognition"]["exact"];
        ["hits", "predicted", "gold"].map(|key| exact[key].as_u64().unwrap())
    };
    // Cairo, which somebody rejected, is found again; Portland, about which nobody decided, counts neither way.
    assert_eq!(mentions(&figures(&[])), [2, 3, 2]);
    let corrected = figures(&["--predicted", "p.dateline"]);
    assert_eq!(mentions(&corrected), [2, 2, 2]);
    // In a file everything counts that is not rejected.
    geoparse(&folder, &["--with-text", "-o", "gold.jsonl"]);
    let of_file = run(folder.path(), &["eval", "gold.jsonl", "--figures", "--json", "--no-shelf"]);
    assert_eq!(mentions(&serde_json::from_str(&of_file.stdout).unwrap()), [3, 4, 3]);
}

/// What a subcommand of `project` prints, and its exit code; nothing goes to standard error.
fn project(folder: &TempDir, args: &[&str]) -> (i32, String) {
    let ran = run(folder.path(), &[&["project"], args].concat());
    assert_eq!(ran.stderr, "", "{args:?}");
    (ran.code, ran.stdout)
}

fn written(folder: &TempDir, file: &str) -> String {
    let ran = run(folder.path(), &["geoparse", file, "--no-shelf", "--format", "csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    ran.stdout
}

/// Corrections of the one project and of a copy in which somebody says another place of Bangor.
fn two_projects() -> TempDir {
    let folder = given();
    fs::copy(folder.path().join("p.dateline"), folder.path().join("q.dateline")).unwrap();
    corrected(&folder);
    let (mut other, _) = Project::open(&folder.path().join("q.dateline")).unwrap();
    let bangor = (mention(0, SNOW, "Bangor"), Field::Place, Value::Place(place("Bangor", "Wales")));
    put(&mut other, "Cem", "Bangor is Bangor, Wales", &[bangor]);
    folder
}

#[test]
fn corrections_are_handed_on() {
    let folder = given();
    fs::copy(folder.path().join("p.dateline"), folder.path().join("q.dateline")).unwrap();
    corrected(&folder);
    assert_eq!(
        project(&folder, &["corrections", "export", "p.dateline", "-o", "c.json"]),
        (0, String::new())
    );
    let file = fs::read_to_string(folder.path().join("c.json")).unwrap();
    assert_eq!(project(&folder, &["corrections", "export", "p.dateline"]), (0, file.clone()));
    let import = |args: &[&str]| {
        project(&folder, &[&["corrections", "import", "q.dateline", "c.json"], args].concat())
    };
    let (before, new) = (written(&folder, "q.dateline"), "new: 6 values in 3 edits\nknown: 0 values\n");
    assert_eq!(import(&["--only-tell"]), (0, new.to_owned()));
    assert_eq!(written(&folder, "q.dateline"), before);
    assert_eq!(import(&[]), (0, new.to_owned()));
    assert_eq!(written(&folder, "q.dateline"), written(&folder, "p.dateline"));
    assert_eq!(import(&[]), (0, "new: 0 values in 0 edits\nknown: 6 values\n".to_owned()));
    let (_, history) = project(&folder, &["history", "q.dateline"]);
    assert!(history.contains("Ann  Bangor is Bangor, Maine"), "{history}");

    let check = |file: &str, reason: &str| {
        fs::write(folder.path().join("c.json"), file).unwrap();
        let ran = run(folder.path(), &["project", "corrections", "import", "q.dateline", "c.json"]);
        assert_eq!(ran.code, 1);
        assert!(
            ran.stderr.starts_with("dateline: c.json: ") && ran.stderr.contains(reason),
            "{}",
            ran.stderr
        );
    };
    check(&file.replace("\"version\": 1", "\"version\": 99"), "a newer version of Dateline made it");
    check("{}", "it holds no corrections of Dateline");
    check(&file[..file.len() / 2], "it is damaged");
}

#[test]
fn what_two_people_changed_is_listed_until_somebody_chooses() {
    let check = |choice: &str, admin1: &str| {
        let folder = two_projects();
        project(&folder, &["corrections", "export", "p.dateline", "-o", "c.json"]);
        let import = |args: &[&str]| {
            project(&folder, &[&["corrections", "import", "q.dateline", "c.json"], args].concat())
        };
        for _ in 0..2 {
            let (code, told) = import(&[]);
            assert_eq!(code, 1);
            let conflict = "  “Bangor” in 1-snow.txt, place: Bangor, Wales, United Kingdom (Cem) here, \
                            Bangor, Maine, United States (Ann) there\n";
            assert!(told.ends_with(conflict), "{told}");
        }
        assert_eq!(import(&[choice]).0, 0);
        let (code, told) = import(&[]);
        assert!(code == 0 && !told.contains("both"), "{told}");
        let table = written(&folder, "q.dateline");
        let bangor = table.lines().find(|line| line.contains(",Bangor,name")).unwrap();
        assert!(bangor.contains(admin1) && table.contains(",confirmed,Ben"), "{table}");
    };
    check("--theirs", ",Maine,");
    check("--mine", ",Wales,");
}

#[test]
fn projects_are_merged_and_stay_what_they_are() {
    let folder = two_projects();
    let ran = run(folder.path(), &["project", "new", "q.dateline", "--add", "more.txt"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let bytes = || ["p.dateline", "q.dateline"].map(|file| fs::read(folder.path().join(file)).unwrap());
    let before = bytes();
    let merge = ["merge", "p.dateline", "q.dateline", "-o", "both.dateline"];
    let (code, told) = project(&folder, &merge);
    assert!(code == 1 && told.contains("(Ann) here") && told.contains("(Cem) there"), "{told}");
    assert!(written(&folder, "both.dateline").contains("Nairobi"));
    let again = run(folder.path(), &[&["project"], &merge[..]].concat());
    assert!(
        again.code == 1 && again.stderr.contains("there is a file of this name already"),
        "{}",
        again.stderr
    );
    fs::remove_file(folder.path().join("both.dateline")).unwrap();
    assert_eq!(project(&folder, &[&merge[..], &["--theirs"]].concat()).0, 0);
    assert!(written(&folder, "both.dateline").contains(",Wales,"));
    let (_, info) = project(&folder, &["info", "both.dateline", "--json", "--no-shelf"]);
    let info: Json = serde_json::from_str(&info).unwrap();
    let people: Vec<&String> = info["people"].as_object().unwrap().keys().collect();
    assert_eq!((info["articles"].clone(), people.len()), (3.into(), 3), "{info}");
    assert!(bytes() == before);
}

#[test]
fn what_is_whole_is_rescued() {
    let folder = given();
    corrected(&folder);
    let connection = rusqlite::Connection::open(folder.path().join("p.dateline")).unwrap();
    connection.execute("UPDATE found SET sum = sum + 1 WHERE number = 1", []).unwrap();
    drop(connection);
    let before = fs::read(folder.path().join("p.dateline")).unwrap();
    let ran = run(folder.path(), &["project", "rescue", "p.dateline", "q.dateline"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "rescued 3 articles, 3 edits\n"));
    assert!(ran.stderr.contains("q.dateline, article 2: "), "{}", ran.stderr);
    let ran = run(folder.path(), &["geoparse", "q.dateline", "--no-shelf"]);
    assert!(ran.code == 1 && ran.stdout.contains("\"decided_by\":\"Ann\""), "{}", ran.stderr);
    assert_eq!(fs::read(folder.path().join("p.dateline")).unwrap(), before);
    let again = run(folder.path(), &["project", "rescue", "p.dateline", "q.dateline"]);
    assert!(
        again.code == 1 && again.stderr.contains("there is a file of this name already"),
        "{}",
        again.stderr
    );
    fs::write(folder.path().join("text.dateline"), RAIN).unwrap();
    assert_eq!(run(folder.path(), &["project", "rescue", "text.dateline", "r.dateline"]).code, 1);
    assert!(!folder.path().join("r.dateline").exists());
}
