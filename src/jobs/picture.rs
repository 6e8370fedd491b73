//! Drawing a picture of the map and writing it, in the background.
//! The file appears only when it is whole; a cancelled picture leaves what was there before.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{Event, Teller};
use crate::explore::Scene;
use crate::export::{TargetFile, WriteError};
use crate::gazetteer::Gazetteer;
use crate::model::Problem;
use crate::picture::{self, Atlas, Marks, PictureError, Plan, Size, Theme, View};

/// A picture that a window wants.
#[derive(Clone, Debug)]
pub struct Sight {
    /// What is marked.
    pub scene: Arc<Scene>,
    /// What names the ground.
    pub gazetteer: Option<Gazetteer>,
    /// How large.
    pub size: Size,
    /// Which part of the world.
    pub view: View,
    /// In which colours.
    pub theme: Theme,
    /// Above the map; may be empty.
    pub title: String,
    /// Below the title; may be empty.
    pub subtitle: String,
    /// Whether the ground is named.
    pub labels: bool,
    /// Whether there is a legend.
    pub legend: bool,
    /// Whom the map is owed to beside GeoNames and Natural Earth.
    pub owed: Vec<String>,
}

/// Whether a file's name asks for SVG, or for PNG.
///
/// # Errors
///
/// A sentence where it asks for neither.
pub fn is_svg(path: &Path) -> Result<bool, String> {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match extension.as_str() {
        "svg" => Ok(true),
        "png" => Ok(false),
        _ => Err(format!("the name does not tell the format: end it in .png or .svg: {}", path.display())),
    }
}

/// Writes a picture to a file, in the format that its name asks for; what is there stays until it is whole.
///
/// # Errors
///
/// What went wrong, with the file's name; nothing where it was stopped.
pub fn write_picture(
    picture: &picture::Picture,
    path: &Path,
    stop: &dyn Fn() -> bool,
) -> Result<(), Option<WriteError>> {
    let told = |reason: String| Some(WriteError { reason, path: path.display().to_string() });
    let failed = |error: PictureError| match error {
        PictureError::Stopped => None,
        PictureError::Io(error) => Some(WriteError::new(path, &error)),
        other => told(other.to_string()),
    };
    let svg = is_svg(path).map_err(told)?;
    let mut file = TargetFile::create(path).map_err(Some)?;
    if svg {
        picture.write_svg(&mut file).map_err(|error| Some(WriteError::new(path, &error)))?;
    } else {
        picture.write_png(&mut file, stop).map_err(failed)?;
    }
    file.commit().map_err(Some)
}

/// Draws a sight and tells how it went.
pub(super) fn draw(sight: &Sight, path: PathBuf, teller: &Teller) {
    let stop = || teller.cancel.load(Ordering::Relaxed);
    let problem = |reason: String| Event::Problem(Problem { place: path.display().to_string(), reason });
    let event = match drawn(sight, &stop) {
        Ok(picture) => match write_picture(&picture, &path, &stop) {
            Ok(()) => Event::Pictured { path },
            Err(Some(error)) => problem(error.reason),
            Err(None) => return,
        },
        Err(PictureError::Stopped) => return,
        Err(error) => problem(error.to_string()),
    };
    // Nobody listens any more: the file is written all the same.
    let _ = teller.tell(event);
}

fn drawn(sight: &Sight, stop: &dyn Fn() -> bool) -> Result<picture::Picture, PictureError> {
    let atlas =
        Atlas::new(sight.gazetteer.clone()).map_err(|error| PictureError::Failed(error.to_string()))?;
    let marks = Marks::of(&sight.scene);
    let Sight { size, view, theme, labels, legend, .. } = *sight;
    let (title, subtitle, owed) = (sight.title.as_str(), sight.subtitle.as_str(), sight.owed.as_slice());
    let plan = Plan { size, view, theme, title, subtitle, marks: &marks, labels, legend, owed };
    picture::draw(&atlas, &plan, stop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::Job;

    fn sight() -> Sight {
        Sight {
            scene: Arc::new(Scene::default()),
            gazetteer: None,
            size: Size::new(300, 200, 1.0).unwrap(),
            view: View::Fit,
            theme: Theme::Light,
            title: "Nothing yet".to_owned(),
            subtitle: String::new(),
            labels: true,
            legend: true,
            owed: Vec::new(),
        }
    }

    #[test]
    fn a_picture_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let check = |name: &str, expected: bool| {
            let path = folder.path().join(name);
            let events: Vec<Event> = Job::picture(sight(), path.clone(), || {}).wait().collect();
            let written = events.contains(&Event::Pictured { path: path.clone() });
            assert_eq!((written, path.exists()), (expected, expected), "{name}: {events:?}");
            assert_eq!(events.last(), Some(&Event::Finished { cancelled: false }));
        };
        check("map.png", true);
        check("map.SVG", true);
        check("map.jpeg", false);
        check("no such folder/map.png", false);
    }

    #[test]
    fn a_cancelled_picture_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.png");
        let job = Job::picture(Sight { size: Size::new(3000, 2000, 4.0).unwrap(), ..sight() }, path, || {});
        job.cancel();
        assert_eq!(job.wait().last(), Some(Event::Finished { cancelled: true }));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
