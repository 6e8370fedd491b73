//! What keeps a command from being carried out, in words: menus grey it, and the palette says why.
//! Where a key asks for one all the same, it is not carried out, and the reason is told in passing.

use super::command::Command;
use super::window::DatelineApp;
use crate::explore::{Selection, Subject};

impl DatelineApp {
    /// Why a command would do nothing now; none where it would.
    pub(super) fn hindrance(&self, command: Command) -> Option<&'static str> {
        use Command::*;
        let explorer = &self.explorer;
        let what = explorer.selected.what;
        let place = || what.place(&explorer.collection).is_some();
        let unless = |ready: bool, reason: &'static str| (!ready).then_some(reason);
        match command {
            Back => unless(self.history.ways().0, "Nothing was seen before"),
            Forward => unless(self.history.ways().1, "Nothing was seen after"),
            Undo | Redo if self.keeping.standing().read_only.is_some() => {
                Some("The project can only be read")
            }
            Undo => unless(self.keeping.standing().undo.is_some(), "Nothing was corrected"),
            Redo => unless(self.keeping.standing().redo.is_some(), "Nothing was undone"),
            Choose1 | Choose2 | Choose3 | Choose4 | Choose5 | Choose6 | Choose7 | Choose8 | Choose9 => {
                unless(what.mention().is_some(), "No mention is selected")
            }
            AnotherPlace | PutOnMap | NoteTags => unless(what.mention().is_some(), "No mention is selected"),
            SameAs | SplitPlace => unless(place(), "No place is selected"),
            AddMention => unless(self.reader.chosen_span().is_some(), "No words of a paragraph are chosen"),
            TakeWords => {
                let ready = what.mention().is_some() && self.reader.chosen_span().is_some();
                unless(ready, "No mention and no words of a paragraph are chosen")
            }
            NameMeans | AcceptAll => unless(!explorer.collection.is_empty(), "Nothing is open"),
            ConfirmMention | RejectMention | RestoreMention => unless(
                what.mention().is_some() || what.event().is_some(),
                "Neither a mention nor an event is selected",
            ),
            EditArticle | RemoveArticle => unless(what.article().is_some(), "No article is open"),
            ImportCorrections | ExportCorrections | FindAnew | AddArticles => {
                unless(!explorer.collection.is_empty(), "Nothing is open")
            }
            Review | MeasureAccuracy | SaveAs | Export | ExportPicture | CloseAll | FitMap | OnlyInView
            | NextRow | PreviousRow => unless(!explorer.collection.is_empty(), "Nothing is open"),
            NextArticle | PreviousArticle => {
                unless(!explorer.view.articles.is_empty(), "No article is shown")
            }
            NextMention | PreviousMention => unless(explorer.stops() > 0, "No mention or event is shown"),
            PageDown | PageUp | FindInArticle => unless(what.article().is_some(), "No article is open"),
            CopyQuote => {
                let ready = what.mention().is_some() || what.event().is_some() || self.reader.has_choice();
                unless(ready, "Neither a mention nor an event nor words of the article are selected")
            }
            CopyCoordinates | OnlyThisPlace => unless(place(), "No place is selected"),
            ClearSelection => {
                unless(what != Selection::None || self.atlas.pinned().is_some(), "Nothing is selected")
            }
            ClearFilter | SaveFilter => unless(!explorer.filter.is_default(), "Nothing is filtered"),
            PlayTimeline => unless(!explorer.view.dated.is_empty(), "Nothing shown has a date"),
            EventLegend | DefaultPolarities | CountOnce => {
                unless(explorer.filter.subject == Subject::Events, "Events are not what is explored")
            }
            DefaultKinds => {
                unless(explorer.filter.subject == Subject::Mentions, "Mentions are not what is explored")
            }
            ClearDays => unless(explorer.filter.days.is_some(), "No days are chosen"),
            Cancel => {
                let cancelled = self.loading.progress().is_some() || self.gazetteers.progress().is_some();
                let cancelled =
                    cancelled || self.projects.opening.is_some() || self.projects.adding.is_busy();
                unless(cancelled, "Nothing is under way that can be cancelled")
            }
            _ => None,
        }
    }

    /// What a command would do now, where that is more than its name tells.
    pub(super) fn told_of(&self, command: Command) -> Option<String> {
        let standing = self.keeping.standing();
        match command {
            Command::Undo => standing.undo.as_ref().map(|title| format!("Undo “{title}”")),
            Command::Redo => standing.redo.as_ref().map(|title| format!("Redo “{title}”")),
            _ => None,
        }
    }
}
