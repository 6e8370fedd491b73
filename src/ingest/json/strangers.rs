//! What comes before the first article of a file, and may be all there is: then the file is something else.
//! An object without a text is nothing strange, posts that were deleted are such; a thousand of them are told at once.

use crate::ingest::Step;

/// After so much that is no object the file is something else: an indented document, read line by line. Of so many
/// objects without a text each is told.
const ENOUGH: usize = 20;

/// After so many objects without a text there will be none with one.
const MOST: usize = 10_000;

/// Why an object is no article, if it is sound.
pub(in crate::ingest) const NO_TEXT: &str = "there is no “text”";

/// Counts what is no article, until one comes.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Strangers {
    strange: usize,
    textless: usize,
    /// Whether an article came, or it was found that none will.
    over: bool,
}

/// Whether to read on, and what is to be told of the file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Verdict {
    On(Option<String>),
    Enough(String),
}

impl Strangers {
    /// Whether an article came: from then on nothing is strange.
    pub(in crate::ingest) fn is_over(&self) -> bool {
        self.over
    }

    /// Looks at what the next line or object gave; what is told of all of them is taken out. `kind` is what they are
    /// called: "lines".
    pub(in crate::ingest) fn judge(&mut self, steps: &mut Vec<Step>, kind: &str) -> Verdict {
        if steps.iter().any(Result::is_ok) {
            self.over = true;
            let more = self.textless.saturating_sub(ENOUGH);
            return Verdict::On((more > 0).then(|| format!("{more} more {kind} have no text")));
        }
        let Some(Err(problem)) = steps.first() else { return Verdict::On(None) };
        let textless = problem.reason == NO_TEXT;
        *(if textless { &mut self.textless } else { &mut self.strange }) += 1;
        if textless && self.textless > ENOUGH {
            steps.clear();
        }
        let reason = if self.strange == ENOUGH {
            format!(
                "none of its first {} {kind} is an article; the rest is not read",
                self.strange + self.textless
            )
        } else if self.textless == MOST {
            format!("none of its first {MOST} {kind} has a text; the rest is not read")
        } else {
            return Verdict::On(None);
        };
        self.over = true;
        Verdict::Enough(reason)
    }

    /// What is to be told where the file ends.
    pub(in crate::ingest) fn end(&mut self, kind: &str) -> Option<String> {
        let all = self.textless + self.strange;
        let told = !std::mem::replace(&mut self.over, true) && self.textless > ENOUGH;
        told.then(|| format!("none of its {all} {kind} has a text"))
    }
}
