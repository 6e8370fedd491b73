//! The articles of a project as people see them, one at a time, for whoever writes, counts or measures them.
//! They are worked out on the threads that ask, from the file: memory does not grow with the project.

use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::pipeline::{Finds, Pipeline};
use super::under::{Names, Under, under};
use crate::geoparse::Geoparser;
use crate::ingest::{self, Ingested, Meter, Unopened};
use crate::model::{Geoparsed, How, Problem};
use crate::project::{EXTENSION, Field, Project, ProjectError, Shelf, State, Target, Value, aliases};

/// What every project's file begins with.
const HEAD: &[u8] = b"SQLite format 3\0";

/// Whether a file is a project: by its name, or by what it begins with.
pub fn is_project(path: &Path) -> bool {
    let named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION));
    let begins = || {
        let mut head = [0; HEAD.len()];
        File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok_and(|()| head == *HEAD)
    };
    // A pipe is no project, and what is read of it to find out would be gone.
    named && !path.is_dir() || path.is_file() && begins()
}

/// A project that is read while it stays what it is.
#[derive(Clone)]
pub struct Reading {
    shelf: Shelf,
    state: State,
    names: Names,
    geoparser: Geoparser,
    articles: u32,
    anew: bool,
    /// The program that found what is in it, where that is another version than this.
    found_by: Option<String>,
}

impl Reading {
    /// The articles of a project under what holds now.
    pub fn new(project: &Project, geoparser: Geoparser) -> Reading {
        let (shelf, state) = (project.shelf(), project.state().clone());
        let names = aliases(&state).into();
        let results = match state.get(&Target::Collection, Field::Results).map(|held| &held.value) {
            Some(Value::Number(number)) => *number,
            _ => 0,
        };
        let program = project.made(results).map(|made| made.program).unwrap_or_default();
        let other = !program.is_empty() && program != env!("CARGO_PKG_VERSION");
        let found_by = other.then(|| format!("dateline {program}"));
        Reading { shelf, state, names, geoparser, articles: project.len() as u32, anew: false, found_by }
    }

    /// The same as this geoparser makes them now; what was decided holds.
    #[must_use]
    pub fn anew(self) -> Reading {
        Reading { anew: true, ..self }
    }

    /// An article; `None` where there is none of this number, or people left it out.
    ///
    /// # Errors
    ///
    /// Where it is damaged, or the file cannot be read.
    pub fn get(&self, number: u32) -> Result<Option<Geoparsed>, Problem> {
        if self.state.get(&Target::Article(number), Field::Removed).is_some() {
            return Ok(None);
        }
        let Some(found) = self.shelf.read(number)? else { return Ok(None) };
        let fresh = self.anew && !found.as_read;
        let found = if fresh { self.found_now(found) } else { found };
        let Under { ranked, mut seen } = under(&self.geoparser, &found, number, &self.state, &self.names);
        if ranked.is_none() && !fresh && !found.as_read {
            self.sign(&mut seen);
        }
        // Taken into another project it stays what people made of it.
        seen.as_read |= self.state.article(number).is_some();
        Ok(Some(seen))
    }

    /// What this geoparser finds in an article without any decision.
    fn found_now(&self, found: Geoparsed) -> Geoparsed {
        let (geoparser, threads) = (&self.geoparser, NonZeroUsize::MIN);
        let pipeline = Pipeline { geoparser, threads, given_spans: false, finds: Finds::ALL };
        Geoparsed { problems: found.problems, ..pipeline.read(found.article) }
    }

    /// Says of what nobody decided which version found it, where that is not this one.
    fn sign(&self, seen: &mut Geoparsed) {
        let Some(by) = &self.found_by else { return };
        let mentions = seen.mentions.iter_mut().map(|mention| &mut mention.decided);
        for decided in mentions.chain(seen.events.iter_mut().map(|event| &mut event.decided)) {
            let decided = decided.get_or_insert_default();
            if decided.how == How::Auto {
                decided.by.clone_from(by);
            }
        }
    }

    /// All of them in order, to be opened on many threads.
    pub fn inputs(self, name: &str) -> impl Iterator<Item = Unopened> + Send + use<> {
        let (reading, name) = (Arc::new(self), Arc::<str>::from(name));
        (0..reading.articles).map(move |number| {
            let reading = Arc::clone(&reading);
            Unopened::elsewhere(format!("{name}, article {}", number + 1), move || {
                let read = reading.get(number).map(|article| article.map(Box::new));
                read.transpose().map(|read| read.map(Ingested::Geoparsed)).into_iter().collect()
            })
        })
    }
}

/// What is read where files, folders and projects are named: of projects their articles as people see them, whole or
/// `anew` by the geoparser. A project that lies in a folder is passed over, and the meter told of it. What cannot be
/// opened is a problem in its place.
pub fn inputs(
    paths: &[PathBuf],
    options: &ingest::Options,
    meter: &Arc<Meter>,
    geoparser: &Geoparser,
    anew: bool,
) -> impl Iterator<Item = Unopened> + Send + use<> {
    let (paths, options, meter) = (paths.to_vec(), options.clone(), Arc::clone(meter));
    let geoparser = geoparser.clone();
    paths.into_iter().flat_map(move |path| -> Box<dyn Iterator<Item = Unopened> + Send> {
        if !is_project(&path) {
            return Box::new(ingest::read_unopened(&[path], &options, &meter));
        }
        let told = |problem: Problem| Unopened::from(Err(problem));
        match Project::read(&path) {
            Ok((project, problems)) => {
                let reading = Reading::new(&project, geoparser.clone());
                let reading = if anew { reading.anew() } else { reading };
                Box::new(problems.into_iter().map(told).chain(reading.inputs(&path.display().to_string())))
            }
            Err(error) => Box::new(std::iter::once(told(of_project(&error)))),
        }
    })
}

/// Why a project cannot be read, as a problem: the file is its place.
fn of_project(error: &ProjectError) -> Problem {
    let (text, place) = (error.to_string(), error.path().display().to_string());
    let reason = text.strip_suffix(&place).map_or(text.as_str(), |text| text.trim_end_matches(": "));
    Problem { place, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::model::Article;
    use crate::project::{About, Made};

    const SNOW: &str = "Snow fell in Portland on Monday.";

    fn project(folder: &Path, program: &str) -> Project {
        let made = Made { program: program.to_owned(), ..Made::default() };
        let about = About { made, ..About::new("news", "Ann") };
        let mut project = Project::create(&folder.join("p.dateline"), about).unwrap();
        let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
        let found = geoparser.geoparse(Article::from_text("snow", SNOW));
        let read = Geoparsed { as_read: true, ..found.clone() };
        project.add(&[(0, &found), (1, &read)]).unwrap();
        project
    }

    fn by(reading: &Reading, number: u32) -> String {
        let article = reading.get(number).unwrap().unwrap();
        article.mentions[0].decided.as_ref().map(|decided| decided.by.clone()).unwrap_or_default()
    }

    #[test]
    fn what_another_version_found_says_so() {
        let check = |program: &str, expected: [&str; 2]| {
            let folder = tempfile::tempdir().unwrap();
            let mut project = project(folder.path(), program);
            let reading =
                |project: &Project| Reading::new(project, Geoparser::new(Gazetteer::embedded().unwrap()));
            let found = by(&reading(&project), 0);
            let read = by(&reading(&project), 1);
            // What hangs on a decision is ranked by this version.
            let article = reading(&project).get(0).unwrap().unwrap();
            let place = Value::Place(Arc::clone(article.mentions[0].place().unwrap()));
            let snow = (Target::Name("snow".to_owned()), Field::Means, Some(place));
            project.apply(project.state().edit("Snow", [snow]), "Ann", None).unwrap();
            let ranked = reading(&project).get(0).unwrap().unwrap();
            let portland = ranked.mentions.iter().find(|mention| mention.span.of(SNOW) == "Portland");
            assert_eq!(portland.unwrap().decided, None);
            assert_eq!([found, read], expected, "{program}");
        };
        check(env!("CARGO_PKG_VERSION"), ["", ""]);
        check("0.0.1", ["dateline 0.0.1", ""]);
        check("", ["", ""]);
    }
}
