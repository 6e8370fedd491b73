//! Files with bits flipped, pages swapped, ends cut off: nothing panics, what can be read is right, and a change that
//! is acknowledged is there afterwards and has destroyed nothing.

use std::collections::HashSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use dateline::project::{Project, State};

use super::{Dice, article, edit, made};

const PAGE: usize = 16 * 1024;

/// Does something to a file by a number.
fn damage(bytes: &mut Vec<u8>, seed: u64) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let pages = bytes.len() / PAGE;
    match dice.next(10) {
        0 | 1 => {
            let at = dice.next(bytes.len());
            bytes[at] ^= 1 << dice.next(8);
        }
        2 => (0..1 + dice.next(40)).for_each(|_| {
            let at = dice.next(bytes.len());
            bytes[at] = dice.next(256) as u8;
        }),
        3 => bytes.truncate(dice.next(bytes.len())),
        4 => bytes.truncate(dice.next(pages) * PAGE),
        5 => {
            let start = dice.next(pages) * PAGE;
            bytes[start..start + PAGE].fill(0);
        }
        6 => {
            let (one, other) = (dice.next(pages) * PAGE, dice.next(pages) * PAGE);
            let kept = bytes[one..one + PAGE].to_vec();
            bytes.copy_within(other..other + PAGE, one);
            if dice.next(2) == 0 {
                bytes[other..other + PAGE].copy_from_slice(&kept);
            }
        }
        7 => (0..1 + dice.next(3 * PAGE)).for_each(|_| bytes.push(dice.next(256) as u8)),
        // The heads of pages say where everything is.
        8 => (0..1 + dice.next(3)).for_each(|_| {
            let at = dice.next(pages) * PAGE + dice.next(40);
            bytes[at] = dice.next(256) as u8;
        }),
        _ => {
            let at = dice.next(100);
            bytes[at] = dice.next(256) as u8;
        }
    }
}

/// What a project was before it was damaged.
struct Whole {
    bytes: Vec<u8>,
    articles: u32,
    titles: HashSet<String>,
}

impl Whole {
    fn new(folder: &Path, articles: u32) -> Whole {
        let path = folder.join(format!("whole-{articles}.dateline"));
        let project = made(&path, articles);
        let titles = project.journal().history().map(|(head, _)| head.title.clone()).collect();
        drop(project);
        Whole { bytes: fs::read(path).unwrap(), articles, titles }
    }

    /// What can be read of a damaged copy, all of which must be right: articles, edits, values.
    fn readable(&self, project: &Project) -> (HashSet<u32>, HashSet<String>, State) {
        let shelf = project.shelf();
        assert!(project.len() <= self.articles as usize, "{} articles", project.len());
        let right = |number: &u32| match shelf.read(*number) {
            Ok(Some(read)) => {
                assert_eq!(read, article(*number));
                true
            }
            Ok(None) => false,
            Err(problem) => {
                assert!(!problem.reason.is_empty() && !problem.place.is_empty());
                false
            }
        };
        let articles = (0..project.len() as u32).filter(right).collect();
        let titles: HashSet<String> =
            project.journal().history().map(|(head, _)| head.title.clone()).collect();
        assert!(titles.is_subset(&self.titles), "{titles:?}");
        (articles, titles, project.state().clone())
    }

    /// What is left of a copy that does not open, in a new file: how many articles and edits.
    fn rescued(&self, folder: &Path, bytes: &[u8]) -> usize {
        let (from, to) = (folder.join("damaged.dateline"), folder.join("rescued.dateline"));
        assert_eq!(fs::read(&from).unwrap(), bytes, "a damaged file was changed");
        let Ok((mut project, _)) = Project::rescue(&from, &to) else { return 0 };
        let (articles, titles, _) = self.readable(&project);
        project.apply(edit(project.state(), 1000), "Ann", None).unwrap();
        drop(project);
        fs::remove_file(to).unwrap();
        articles.len() + titles.len()
    }

    fn check(&self, folder: &Path, seed: u64) -> Outcome {
        let path = folder.join("damaged.dateline");
        let mut bytes = self.bytes.clone();
        damage(&mut bytes, seed);
        fs::write(&path, &bytes).unwrap();
        let (mut project, problems) = match Project::open(&path) {
            Ok(opened) => opened,
            Err(error) => {
                let told = error.to_string();
                assert!(told.contains("damaged.dateline") && told.contains(": "), "{told}");
                return Outcome::Refused(self.rescued(folder, &bytes));
            }
        };
        let before = self.readable(&project);
        let whole = before.0.len() == self.articles as usize && before.1.len() == self.titles.len();
        // An undo that is lost is told by what came after it, but for the last.
        assert!(whole || !problems.is_empty() || before.0.len() < self.articles as usize);
        let new = edit(project.state(), 1000);
        if project.apply(new, "Ann", None).is_err() {
            return Outcome::Read(whole);
        }
        let state = project.state().clone();
        drop(project);
        let (project, _) = Project::open(&path).expect("it opened before the edit");
        assert!(project.journal().history().any(|(head, _)| head.title == "edit 1000"));
        assert_eq!(project.state(), &state);
        let shelf = project.shelf();
        let lost: Vec<_> = before.0.iter().filter(|number| shelf.get(**number).is_none()).collect();
        assert!(lost.is_empty(), "articles are lost by an edit: {lost:?}");
        Outcome::Edited(whole)
    }
}

#[derive(Clone, Copy)]
enum Outcome {
    /// How many of its rows were rescued.
    Refused(usize),
    Read(bool),
    Edited(bool),
}

fn all(seeds: std::ops::Range<u64>) {
    let folder = tempfile::tempdir().unwrap();
    let (small, large) = (Whole::new(folder.path(), 40), Whole::new(folder.path(), 510));
    let (mut counts, mut rescued) = ([0; 5], 0.0);
    let mut failed = Vec::new();
    for seed in seeds {
        let whole = if seed % 8 == 7 { &large } else { &small };
        let outcome = catch_unwind(AssertUnwindSafe(|| whole.check(folder.path(), seed)));
        match outcome {
            Ok(Outcome::Refused(rows)) => {
                counts[0] += 1;
                rescued += rows as f64 / (whole.articles as usize + whole.titles.len()) as f64;
            }
            Ok(Outcome::Read(whole)) => counts[1 + usize::from(whole)] += 1,
            Ok(Outcome::Edited(whole)) => counts[3 + usize::from(whole)] += 1,
            Err(_) => {
                println!("above: {seed}");
                failed.push(seed);
            }
        }
    }
    let [refused, read, read_whole, edited, edited_whole] = counts;
    println!(
        "of what is refused, {:.3} of articles and edits are rescued",
        rescued / f64::from(refused.max(1))
    );
    println!(
        "refused {refused}, read in part {read}, read whole {read_whole}, edited {edited}, edited whole {edited_whole}"
    );
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn damaged_projects_lose_nothing_else() {
    all(0..300);
}

#[test]
#[ignore = "takes minutes"]
fn ten_thousand_damaged_projects() {
    let range = std::env::var("DATELINE_SEEDS").unwrap_or_default();
    let (start, end) = range.split_once("..").unwrap_or(("0", "10000"));
    all(start.parse().unwrap()..end.parse().unwrap());
}
