//! A project as gold, or as predictions, for `dateline eval`.
//! What people decided is gold; what nobody looked at is neither rewarded nor punished, and articles in which nobody
//! decided anything are no part of it.

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Value, json};

use super::CliError;
use super::error::tell;
use crate::eval::{EvalError, Gold, Predictions, UNDECIDED};
use crate::geoparse::Geoparser;
use crate::jobs::Reading;
use crate::model::record::ArticleRecord;
use crate::model::{Geoparsed, How};
use crate::project::Project;

/// The corrections of a project as gold.
pub(super) fn gold(path: &Path, geoparser: &Geoparser) -> Result<Gold, CliError> {
    let mut lines = String::new();
    each(path, geoparser, |article| {
        if article.mentions.iter().all(|mention| mention.how() == How::Auto) {
            return Ok(());
        }
        lines.push_str(&line(&article).to_string());
        lines.push('\n');
        Ok(())
    })?;
    if lines.is_empty() {
        let reason = "nobody has confirmed, corrected or added a mention in it to measure by";
        return Err(CliError::Failed(format!("{}: {reason}", path.display())));
    }
    Gold::read(&path.display().to_string(), &lines).map_err(failed)
}

/// The articles of a project as they were corrected, as predictions.
pub(super) fn predictions(path: &Path, geoparser: &Geoparser) -> Result<Predictions, CliError> {
    let mut predictions = Predictions::default();
    each(path, geoparser, |article| predictions.add(&article))?;
    Ok(predictions)
}

fn line(article: &Geoparsed) -> Value {
    let record = ArticleRecord::new(article, true);
    let marks = record.toponyms.iter().zip(&article.mentions);
    let marks: Vec<Value> = marks
        .map(|(toponym, mention)| {
            let mut mark = json!(toponym);
            if mention.how() == How::Auto {
                mark["kind"] = json!(UNDECIDED);
            }
            mark
        })
        .collect();
    let mut line = json!(record);
    line["toponyms"] = json!(marks);
    line
}

fn each(
    path: &Path,
    geoparser: &Geoparser,
    mut take: impl FnMut(Geoparsed) -> Result<(), EvalError>,
) -> Result<(), CliError> {
    let (project, problems) = Project::read(path).map_err(|error| CliError::Failed(error.to_string()))?;
    problems.iter().for_each(|problem| tell(&format!("dateline: {}: {}", problem.place, problem.reason)));
    let reading = Reading::new(&project, geoparser.clone());
    // Articles of two folders may be called the same, and are looked at one by one: gold and predictions number them
    // alike, whether anything was decided in them or not.
    let mut times: HashMap<String, usize> = HashMap::new();
    for number in 0..project.len() as u32 {
        // Figures over a part of a corpus would look like figures over the whole of it.
        let read = reading.get(number);
        let read =
            read.map_err(|problem| CliError::Failed(format!("{}: {}", problem.place, problem.reason)))?;
        if let Some(mut article) = read {
            let time = times.entry(article.article.id.clone()).or_default();
            *time += 1;
            if *time > 1 {
                article.article.id = format!("{}~{time}", article.article.id);
            }
            take(article).map_err(failed)?;
        }
    }
    Ok(())
}

fn failed(error: EvalError) -> CliError {
    CliError::Failed(error.to_string())
}
