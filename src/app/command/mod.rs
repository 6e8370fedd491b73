//! Everything a person can tell the window to do, once: menus, tooltips, shortcuts and their help
//! are made from this list and cannot disagree.
//! Panes never act: they hand back [`Act`]s, and `execute` carries them out after the frame.

mod list;

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::explore::{Among, EventRef, Filter, Pane, Selection};
use crate::jobs::Wanted;
use crate::model::{Days, Place};

use super::basemaps::GroundWish;
use super::correct;
use super::dock::{Area, Side};
use super::gazetteers::Change;
use super::lists::Saving;
use super::map::{self, MapWish};
use super::outlets::Wish;
use super::project::{self, Correction};
use super::review;
use super::timeline;
pub use list::Command;

/// A menu and what is in it; `None` is a line.
pub type Menu = (&'static str, &'static [Option<Command>]);

/// The menus, in order.
pub const MENUS: &[Menu] = {
    use Command::*;
    &[
        (
            "File",
            &[
                Some(OpenFiles),
                Some(OpenFolder),
                Some(OpenPath),
                Some(OpenSample),
                Some(OpenRecent),
                Some(Columns),
                None,
                Some(SaveAs),
                Some(AddArticles),
                Some(Paste),
                Some(FindAnew),
                None,
                Some(Export),
                Some(ExportPicture),
                Some(ExportCorrections),
                Some(ImportCorrections),
                None,
                Some(Gazetteers),
                Some(ImportPlaces),
                Some(Outlets),
                None,
                Some(CloseAll),
                Some(Quit),
            ],
        ),
        (
            "Edit",
            &[
                Some(Undo),
                Some(Redo),
                Some(History),
                None,
                Some(EditArticle),
                Some(RemoveArticle),
                Some(RemovedArticles),
                None,
                Some(ConfirmMention),
                Some(RejectMention),
                Some(RestoreMention),
                Some(AnotherPlace),
                Some(PutOnMap),
                Some(NoteTags),
                None,
                Some(AddMention),
                Some(TakeWords),
                None,
                Some(NameMeans),
                Some(SameAs),
                Some(SplitPlace),
                Some(AcceptAll),
                None,
                Some(Review),
                Some(MeasureAccuracy),
            ],
        ),
        (
            "Find",
            &[
                Some(Find),
                Some(FindInArticle),
                Some(GoToPlace),
                None,
                Some(ShowFilters),
                Some(ClearFilter),
                Some(SaveFilter),
                Some(DefaultKinds),
                Some(DefaultPolarities),
                Some(CountOnce),
                Some(EachCopy),
                Some(OnlyThisPlace),
                Some(ClearDays),
            ],
        ),
        (
            "Go",
            &[
                Some(Back),
                Some(Forward),
                None,
                Some(NextMention),
                Some(PreviousMention),
                Some(NextArticle),
                Some(PreviousArticle),
                Some(NextRow),
                Some(PreviousRow),
                Some(FirstRow),
                Some(LastRow),
                Some(PageDown),
                Some(PageUp),
                None,
                Some(ClearSelection),
                Some(CopyQuote),
                Some(CopyCoordinates),
            ],
        ),
        (
            "Map",
            &[
                Some(FitMap),
                Some(ZoomIn),
                Some(ZoomOut),
                None,
                Some(SelectBox),
                Some(OnlyInView),
                Some(Measure),
                Some(MapMenu),
                Some(Notation),
                Some(CopyPointer),
                None,
                Some(Heat),
                Some(EventLegend),
                Some(LocalNames),
                Some(MapPlain),
                Some(Basemaps),
                Some(AddOverlay),
            ],
        ),
        (
            "View",
            &[
                Some(ShowMentions),
                Some(ShowEvents),
                None,
                Some(ToggleLists),
                Some(ToggleReader),
                Some(ToggleInspector),
                Some(ToggleMap),
                Some(ToggleTimeline),
                Some(PlayTimeline),
                Some(NextPane),
                Some(PreviousPane),
                Some(ResetLayout),
                None,
                Some(LargerText),
                Some(SmallerText),
                Some(LargerScale),
                Some(SmallerScale),
                Some(ResetScale),
                None,
                Some(ThemeSystem),
                Some(ThemeLight),
                Some(ThemeDark),
                Some(ReduceMotion),
            ],
        ),
        ("Help", &[Some(Palette), Some(Shortcuts), Some(Problems), Some(About)]),
    ]
};

impl Command {
    /// Every command, in the order of the menus; those in no menu last.
    pub fn all() -> impl Iterator<Item = Command> {
        let listed = MENUS.iter().flat_map(|(_, commands)| commands.iter().copied().flatten());
        let unlisted = [
            Command::Cancel,
            Command::AddGazetteer,
            Command::AddTiles,
            Command::PanNorth,
            Command::PanSouth,
            Command::PanWest,
            Command::PanEast,
            Command::Choose1,
            Command::Choose2,
            Command::Choose3,
            Command::Choose4,
            Command::Choose5,
            Command::Choose6,
            Command::Choose7,
            Command::Choose8,
            Command::Choose9,
        ];
        listed.chain(unlisted)
    }

    /// Which candidate it chooses, from 0.
    pub fn candidate(self) -> Option<usize> {
        use Command::*;
        [Choose1, Choose2, Choose3, Choose4, Choose5, Choose6, Choose7, Choose8, Choose9]
            .iter()
            .position(|command| *command == self)
    }

    /// The menu it stands in.
    pub fn menu(self) -> Option<&'static str> {
        let menu = MENUS.iter().find(|(_, commands)| commands.contains(&Some(self)));
        menu.map(|(name, _)| *name)
    }
}

/// What a pane asks for.
#[derive(Clone, Debug)]
pub enum Act {
    /// A command.
    Do(Command),
    /// Select something, from a pane.
    Select(Selection, Pane),
    /// Select a place at its best mention, or the event that speaks best for it, from a pane.
    SelectPlace(u32, Pane),
    /// Select an event, from a pane; next and previous go on among those.
    SelectEvent(EventRef, Among, Pane),
    /// Fly to a place, whatever is selected.
    ShowPlace(u32),
    /// Show something else.
    Filter(Filter),
    /// Show these days, whatever else is filtered; all of them where none are given.
    Days(Option<Days>),
    /// Keep, rename or delete a saved filter.
    Saving(Saving),
    /// Read these files, folders and addresses.
    Open(Vec<PathBuf>),
    /// Choose what the columns of this table are.
    ChooseColumns(PathBuf),
    /// Read tables with what was chosen of their columns.
    ReadColumns(Box<super::columns::Wish>),
    /// Let addresses on the web be asked from now on.
    GoOnline,
    /// Write what is shown to this path.
    Export(Box<super::export::Wish>),
    /// Choose where an export goes.
    ExportTo(PathBuf),
    /// Draw a picture of the map.
    Picture(Box<super::picture::Wish>),
    /// Choose where a picture goes.
    PictureTo(PathBuf),
    /// Read words as an article, and add it.
    Pasted(String),
    /// Correct something.
    Correct(Box<Correction>),
    /// Something that is asked for in correcting.
    Mend(correct::Wish),
    /// Go on in a project file at this path.
    SaveAs(PathBuf),
    /// Something that was asked for on the map.
    Map(MapWish),
    /// Fly to a place of the gazetteer and pin it.
    GoTo(Box<Place>),
    /// Take the pin out.
    Unpin,
    /// Change which gazetteers are in use.
    Gazetteers(Change),
    /// Lists of places to make a gazetteer of.
    Sources(Vec<PathBuf>),
    /// Make a gazetteer of lists of places.
    Import(Wanted),
    /// Change what lies under the marks.
    Ground(GroundWish),
    /// Lay an area along a side of the window.
    Dock(Area, Side),
    /// Change what is known of where outlets are at home.
    Home(Wish),
    /// Something that was asked for of projects.
    Project(project::Wish),
    /// Something that was asked for in a review.
    Review(review::Wish),
}

/// Where the keyboard is, which decides whose the plain keys are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Keyboard {
    /// Whether a dialog covers the panes: plain keys are not for them.
    pub covered: bool,
    /// Whether something has the focus.
    pub somewhere: bool,
    /// The area where that is.
    pub area: Option<Area>,
}

/// Other keys for commands, as other programs have them.
const ALSO: &[(Command, Modifiers, Key)] = &[
    (Command::Find, Modifiers::NONE, Key::Slash),
    (Command::Undo, Modifiers::NONE, Key::U),
    // The same key as plus, on many keyboards.
    (Command::ZoomIn, Modifiers::NONE, Key::Equals),
    (Command::LargerScale, Modifiers::COMMAND, Key::Equals),
];

/// The commands whose keys were pressed since the last frame. The ones with most modifiers are
/// asked first, because egui lets `Ctrl+O` match while Shift is held.
pub(super) fn pressed(ctx: &egui::Context, keyboard: Keyboard) -> Vec<Command> {
    // A menu that is open has Escape to itself.
    let typing = ctx.text_edit_focused() || egui::Popup::is_any_open(ctx);
    let Keyboard { covered, somewhere, area } = keyboard;
    // Whatever has the focus may have its own use for the arrows; what stands in the lists has none.
    let rows_taken = somewhere && area != Some(Area::Lists) || ctx.data(map::has_keyboard);
    let on_timeline = timeline::has_keyboard(ctx);
    let also = ALSO.iter().map(|&(command, held, key)| (command, KeyboardShortcut::new(held, key)));
    let own = Command::all().filter_map(|command| Some((command, command.shortcut()?)));
    let mut commands: Vec<(Command, KeyboardShortcut)> = own.chain(also).collect();
    commands.retain(|&(command, shortcut)| {
        let plain = !shortcut.modifiers.command;
        let letter = plain && !is_function_key(shortcut.logical_key);
        // Help, and the way from pane to pane.
        let everywhere = matches!(shortcut.logical_key, Key::F1 | Key::F6);
        let by_row =
            matches!(command, Command::NextRow | Command::PreviousRow | Command::FirstRow | Command::LastRow);
        let taken = rows_taken && by_row;
        let taken = taken || on_timeline && timeline::has_its_own(command);
        let beneath = plain && covered && !everywhere && command != Command::ClearSelection;
        !(letter && typing || beneath || taken)
    });
    commands.sort_by_key(|(_, shortcut)| !shortcut.modifiers.shift);
    ctx.input_mut(|input| {
        let hit = commands.into_iter().filter(|(_, shortcut)| input.consume_shortcut(shortcut));
        hit.map(|(command, _)| command).collect()
    })
}

/// Whether a key writes and moves nothing in a text field.
fn is_function_key(key: Key) -> bool {
    (Key::F1..=Key::F35).contains(&key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_commands_share_a_key_or_a_name() {
        let mut keys = BTreeSet::new();
        let mut names = BTreeSet::new();
        for command in Command::all() {
            assert!(names.insert(command.text()), "{command:?}: its name is taken");
            if let Some(shortcut) = command.shortcut() {
                assert!(keys.insert(format!("{shortcut:?}")), "{command:?}: its key is taken");
            }
        }
    }

    #[test]
    fn every_command_is_listed_once() {
        let listed: Vec<Command> = Command::all().collect();
        let sorted: BTreeSet<Command> = listed.iter().copied().collect();
        assert_eq!(listed.len(), sorted.len());
        assert_eq!(sorted, Command::ALL.iter().copied().collect());
    }

    #[test]
    fn every_command_says_what_it_does_in_sentence_case() {
        for command in Command::all() {
            for text in [command.text(), command.tooltip()] {
                assert!(text.starts_with(char::is_uppercase) && !text.ends_with('.'), "{command:?}: {text}");
            }
        }
    }
}
