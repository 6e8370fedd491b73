//! A disk that is full, a folder that cannot be written, a file that goes away: a sentence, and nothing is lost.

use std::fs;
use std::path::Path;

use dateline::project::{About, Project};

use super::{article, edit, made};

/// An edit that must not be made, and what is told.
fn refused(project: &mut Project, reason: &str) {
    let (state, count) = (project.state().clone(), project.journal().len());
    let told = project.apply(edit(project.state(), 500), "Ann", None).unwrap_err().to_string();
    assert!(told.contains(reason), "{told}");
    assert_eq!((project.state(), project.journal().len()), (&state, count));
}

#[test]
fn a_file_that_is_gone_is_told_of_and_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dateline");
    let mut project = made(&path, 40);
    fs::remove_file(&path).unwrap();
    refused(&mut project, "has gone");
    project.save_as(&path).unwrap();
    project.apply(edit(project.state(), 77), "Ann", None).unwrap();
    drop(project);
    let (project, problems) = Project::open(&path).unwrap();
    assert!(problems.is_empty() && project.shelf().get(39) == Some(article(39)));
    assert_eq!(project.journal().undoable().unwrap().title, "edit 77");
}

#[test]
fn a_file_in_the_place_of_another_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("a.dateline"), folder.path().join("b.dateline"));
    let mut project = made(&path, 40);
    drop(made(&other, 10));
    let bytes = fs::read(&other).unwrap();
    fs::rename(&other, &path).unwrap();
    refused(&mut project, "was replaced");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    project.save_as(&folder.path().join("c.dateline")).unwrap();
    project.apply(edit(project.state(), 77), "Ann", None).unwrap();
    assert_eq!(project.shelf().get(39), Some(article(39)));
    // Over it, as if by an impatient backup.
    let path = project.path().to_owned();
    fs::write(&path, &bytes).unwrap();
    refused(&mut project, "was replaced");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn other_files_are_no_projects() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dateline");
    let check = |bytes: &[u8], reason: &str| {
        fs::write(&path, bytes).unwrap();
        let told = Project::open(&path).err().unwrap().to_string();
        assert!(told.contains(reason) && told.ends_with("a.dateline"), "{told}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{reason}");
    };
    check(b"", "no project");
    check(b"Dear Sir", "no project");
    check(&[0; 5000], "no project");
    let whole = folder.path().join("whole.dateline");
    drop(Project::create(&whole, About::new("news", "Ann")).unwrap());
    let mut bytes = fs::read(&whole).unwrap();
    bytes[63] = 200;
    check(&bytes, "newer version of Dateline (form 200");
    bytes[68] = 0;
    check(&bytes, "no project");
    assert!(Project::open(&folder.path().join("none.dateline")).is_err());
    assert!(Project::open(folder.path()).is_err());
    assert!(Project::create(&whole, About::new("news", "Ann")).is_err());
}

#[test]
#[cfg(unix)]
fn what_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dateline");
    drop(made(&path, 40));
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&path, 0o444);
    mode(folder.path(), 0o555);
    // Nothing is forbidden to an administrator.
    let forbidden = fs::File::create(folder.path().join("probe")).is_err();
    let (mut project, problems) = Project::open(&path).unwrap();
    assert!(problems.is_empty() && project.shelf().get(39) == Some(article(39)));
    if forbidden {
        assert!(project.read_only().unwrap().contains("cannot be written"), "{:?}", project.read_only());
        refused(&mut project, "can only be read");
        let elsewhere = tempfile::tempdir().unwrap();
        project.save_as(&elsewhere.path().join("b.dateline")).unwrap();
        project.apply(edit(project.state(), 77), "Ann", None).unwrap();
    }
    mode(folder.path(), 0o755);
}

/// A process that may write files of a certain size and no larger meets what a full disk is.
#[test]
#[cfg(unix)]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dateline");
    drop(made(&path, 40));
    let blocks = fs::metadata(&path).unwrap().len() / 512 + 64;
    let child = format!(
        "trap '' XFSZ; ulimit -f {blocks}; exec {} --exact project::disk::writes_until_full --ignored --nocapture",
        std::env::current_exe().unwrap().display()
    );
    let run = std::process::Command::new("sh").args(["-c", &child]).env(FULL, &path).output().unwrap();
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{told} {}", String::from_utf8_lossy(&run.stderr));
    let count = |what: &str| -> usize {
        told.lines().find_map(|line| line.split_once(what)?.1.trim().parse().ok()).unwrap()
    };
    let file = told.lines().find_map(|line| Some(line.split_once("#file ")?.1)).unwrap();
    let (project, problems) = Project::open(&folder.path().join(file)).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!((project.len(), project.journal().len()), (count("#articles"), count("#edits")));
    let shelf = project.shelf();
    assert!((0..project.len() as u32).all(|number| shelf.get(number) == Some(article(number))));
}

const FULL: &str = "DATELINE_FULL_PROJECT";

#[test]
#[ignore = "started by another"]
fn writes_until_full() {
    let Ok(path) = std::env::var(FULL) else { return };
    let (mut project, _) = Project::open(Path::new(&path)).unwrap();
    let full = loop {
        let start = project.len() as u32;
        let articles: Vec<_> = (start..start + 20).map(|number| (number, article(number))).collect();
        let articles: Vec<_> = articles.iter().map(|(number, article)| (*number, article)).collect();
        if let Err(error) = project.add(&articles) {
            break error.to_string();
        }
        assert!(start < 10_000, "it never fills up");
    };
    assert!(full.starts_with("cannot write the project: the disk"), "{full}");
    let saved = project.save_as(Path::new(&path).with_file_name("b.dateline").as_path());
    // The copy has no room to spare, and may fit or not.
    if let Err(error) = saved {
        assert!(error.to_string().contains("cannot write"), "{error}");
    }
    let (mut edits, mut refused) = (0, 0);
    for number in 2000..2400 {
        match project.apply(edit(project.state(), number), "Ann", None) {
            Ok(_) => edits += 1,
            Err(error) => {
                assert!(error.to_string().contains("the disk"), "{error}");
                refused += 1;
            }
        }
    }
    assert!(edits + refused == 400);
    let file = project.path().file_name().unwrap().to_string_lossy();
    println!("\n#articles {}\n#edits {}\n#file {file}", project.len(), project.journal().len());
}
