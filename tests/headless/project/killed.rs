//! The program killed at any moment: what it said was done is there when the project is opened again.
//! The tests start their own executable as the program to be killed.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use dateline::project::{About, Project};

use super::{Dice, add, article, edit};

/// Where the child works.
const FOLDER: &str = "DATELINE_KILLED_FOLDER";

/// What is killed: edits, undoes, adds articles and saves under other names for ever, and tells what is done when it
/// is done.
#[test]
#[ignore = "started by the others"]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let current = fs::read_to_string(folder.join("current")).unwrap_or_default();
    let path = folder.join(if current.is_empty() { "a.dateline" } else { &current });
    let mut project = match Project::open(&path) {
        Ok((project, _)) => project,
        Err(_) => Project::create(&path, About::new("news", "Ann")).unwrap(),
    };
    let tell = |line: String| {
        let mut out = std::io::stdout().lock();
        out.write_all(format!("#{line}\n").as_bytes()).unwrap();
        out.flush().unwrap();
    };
    tell("ready".to_owned());
    let mut dice = Dice(u64::from(std::process::id()));
    loop {
        match dice.next(20) {
            0..12 => {
                let done = project.apply(edit(project.state(), dice.next(100_000)), "Ann", None).unwrap();
                tell(format!("edit {}", done.head.title));
            }
            12..15 => {
                if let Some(done) = project.undo("Ann").unwrap() {
                    tell(format!("undo {}", done.head.title));
                }
            }
            15 => {
                if let Some(done) = project.redo("Ann").unwrap() {
                    tell(format!("redo {}", done.head.title));
                }
            }
            16..18 => {
                let start = project.len() as u32;
                add(&mut project, start..start + 30);
                tell(format!("articles {}", project.len()));
            }
            18 => {
                project.keep("chunk", &[7; 30_000]);
                tell("kept".to_owned());
            }
            _ => {
                let name = format!("{}.dateline", ["a", "b", "c"][dice.next(3)]);
                project.save_as(&folder.join(&name)).unwrap();
                fs::write(folder.join("current.new"), &name).unwrap();
                fs::rename(folder.join("current.new"), folder.join("current")).unwrap();
                tell(format!("saved {name}"));
            }
        }
    }
}

fn started(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "project::killed::child", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What was acknowledged, in order.
#[derive(Default)]
struct Told {
    articles: usize,
    /// Titles of edits, and whether each is in force.
    edits: HashMap<String, bool>,
}

impl Told {
    fn heed(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("edit" | "redo", title)) => drop(self.edits.insert(title.to_owned(), true)),
            Some(("undo", title)) => drop(self.edits.insert(title.to_owned(), false)),
            Some(("articles", count)) => self.articles = count.parse().unwrap(),
            _ => {}
        }
    }
}

fn kill_and_look(times: usize, seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(seed);
    let mut told = Told::default();
    for round in 0..times {
        if round % 40 == 0 {
            // A new collection now and then, so that it stays small.
            for file in fs::read_dir(folder.path()).unwrap() {
                fs::remove_file(file.unwrap().path()).unwrap();
            }
            told = Told::default();
        }
        let mut child = started(folder.path());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let ready = lines.by_ref().any(|line| line.contains("#ready"));
        assert!(ready, "round {round}: the project does not open");
        std::thread::sleep(Duration::from_micros(dice.next(60_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines.filter_map(|line| line.split_once('#').map(|(_, line)| line.to_owned())) {
            told.heed(&line);
        }
        // What was done and not told is known from now on.
        told = look(folder.path(), &told, round);
    }
}

/// Holds what was told against what is there: which is what holds.
fn look(folder: &Path, told: &Told, round: usize) -> Told {
    let current = fs::read_to_string(folder.join("current")).unwrap_or("a.dateline".to_owned());
    let (project, problems) = Project::open(&folder.join(current)).unwrap();
    assert!(problems.is_empty() && project.read_only().is_none(), "{problems:?} {:?}", project.read_only());
    assert!(project.len() >= told.articles, "round {round}: {} of {} articles", project.len(), told.articles);
    let shelf = project.shelf();
    for number in (0..project.len() as u32).rev().take(40) {
        assert_eq!(shelf.get(number), Some(article(number)), "round {round}");
    }
    let held: HashMap<_, _> =
        project.journal().history().map(|(head, in_force)| (head.title.as_str(), in_force)).collect();
    let wrong = told.edits.iter().filter(|(title, in_force)| held.get(title.as_str()) != Some(in_force));
    // One step may have been done that was not told yet: it changes what is in force of one edit.
    assert!(wrong.clone().count() <= 1, "round {round}: {:?}", wrong.collect::<Vec<_>>());
    assert!(
        told.edits.keys().all(|title| held.contains_key(title.as_str())),
        "round {round}: an edit is lost"
    );
    let edits = held.into_iter().map(|(title, in_force)| (title.to_owned(), in_force)).collect();
    Told { articles: project.len(), edits }
}

#[test]
fn what_was_acknowledged_outlives_a_kill() {
    kill_and_look(24, 1);
}

#[test]
#[ignore = "takes minutes"]
fn a_thousand_kills() {
    kill_and_look(1000, 2);
}
