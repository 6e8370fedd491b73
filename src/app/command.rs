//! Everything a person can tell the window to do, once: menus, tooltips, shortcuts and their help
//! are made from this list and cannot disagree.
//! Panes never act: they hand back [`Act`]s, and `execute` carries them out after the frame.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};
use egui_phosphor::regular as icon;

use crate::explore::{Filter, Pane, Selection};
use crate::jobs::Wanted;
use crate::model::Place;

use super::gazetteers::Change;
use super::outlets::Wish;

/// A thing to do that needs nothing further to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Open files through the system's dialog.
    OpenFiles,
    /// Open a folder through the system's dialog.
    OpenFolder,
    /// Open by typing a path.
    OpenPath,
    /// Open the sample collection.
    OpenSample,
    /// Write what is shown to a file.
    Export,
    /// List the gazetteers.
    Gazetteers,
    /// Choose a gazetteer file to add.
    AddGazetteer,
    /// Choose lists to make a gazetteer of.
    ImportPlaces,
    /// List the outlets and their homes.
    Outlets,
    /// Close every article.
    CloseAll,
    /// Stop reading.
    Cancel,
    /// End the program.
    Quit,
    /// Go to the search box.
    Find,
    /// Go to the place search.
    GoToPlace,
    /// Show everything again.
    ClearFilter,
    /// Show names and coordinates only, or every kind.
    DefaultKinds,
    /// Go to the next mention.
    NextMention,
    /// Go to the previous mention.
    PreviousMention,
    /// Select nothing.
    ClearSelection,
    /// Show only articles that mention the selected place.
    OnlyThisPlace,
    /// Select the next row of the list in front.
    NextRow,
    /// Select the row before.
    PreviousRow,
    /// Scroll the article down.
    PageDown,
    /// Scroll the article up.
    PageUp,
    /// Copy the selected place's coordinates.
    CopyCoordinates,
    /// Show the whole of what is found.
    FitMap,
    /// Nearer.
    ZoomIn,
    /// Farther.
    ZoomOut,
    /// Show or hide the lists.
    ToggleLists,
    /// Show or hide the article.
    ToggleReader,
    /// Show or hide the candidates.
    ToggleInspector,
    /// Larger type for the article.
    LargerText,
    /// Smaller type for the article.
    SmallerText,
    /// Light or dark as the system says.
    ThemeSystem,
    /// Dark on light.
    ThemeLight,
    /// Light on dark.
    ThemeDark,
    /// Jump where the map would fly.
    ReduceMotion,
    /// List what could not be read.
    Problems,
    /// List the keys.
    Shortcuts,
    /// Say what this program is.
    About,
}

/// A menu and what is in it; `None` is a line.
pub type Menu = (&'static str, &'static [Option<Command>]);

/// The menus, in order.
pub const MENUS: &[Menu] = {
    use Command as C;
    &[
        (
            "File",
            &[
                Some(C::OpenFiles),
                Some(C::OpenFolder),
                Some(C::OpenPath),
                Some(C::OpenSample),
                None,
                Some(C::Export),
                None,
                Some(C::Gazetteers),
                Some(C::ImportPlaces),
                Some(C::Outlets),
                None,
                Some(C::CloseAll),
                Some(C::Quit),
            ],
        ),
        (
            "Go",
            &[
                Some(C::Find),
                Some(C::GoToPlace),
                Some(C::ClearFilter),
                Some(C::DefaultKinds),
                None,
                Some(C::NextMention),
                Some(C::PreviousMention),
                Some(C::ClearSelection),
                None,
                Some(C::NextRow),
                Some(C::PreviousRow),
                Some(C::PageDown),
                Some(C::PageUp),
                None,
                Some(C::OnlyThisPlace),
                Some(C::CopyCoordinates),
            ],
        ),
        (
            "View",
            &[
                Some(C::FitMap),
                Some(C::ZoomIn),
                Some(C::ZoomOut),
                None,
                Some(C::ToggleLists),
                Some(C::ToggleReader),
                Some(C::ToggleInspector),
                None,
                Some(C::LargerText),
                Some(C::SmallerText),
                None,
                Some(C::ThemeSystem),
                Some(C::ThemeLight),
                Some(C::ThemeDark),
                None,
                Some(C::ReduceMotion),
            ],
        ),
        ("Help", &[Some(C::Problems), Some(C::Shortcuts), Some(C::About)]),
    ]
};

impl Command {
    /// Every command, in the order of the menus; those in no menu last.
    pub fn all() -> impl Iterator<Item = Command> {
        let listed = MENUS.iter().flat_map(|(_, commands)| commands.iter().copied().flatten());
        listed.chain([Command::Cancel, Command::AddGazetteer])
    }

    /// What menus and buttons call it.
    pub const fn text(self) -> &'static str {
        self.facts().0
    }

    /// What it does, in a sentence without its full stop.
    pub const fn tooltip(self) -> &'static str {
        self.facts().1
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        self.facts().2
    }

    const fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::OpenFiles => ("Open files…", "Read articles from files", icon::FILE_TEXT),
            Self::OpenFolder => ("Open folder…", "Read every article in a folder", icon::FOLDER_OPEN),
            Self::OpenPath => ("Open by path…", "Type the path of a file or folder", icon::TEXTBOX),
            Self::OpenSample => ("Open the sample", "Five articles to try the program on", icon::NEWSPAPER),
            Self::Export => ("Export…", "Write what is shown to GeoJSON, CSV or JSON Lines", icon::EXPORT),
            Self::Gazetteers => {
                ("Gazetteers…", "Choose where the names of places are looked up", icon::BOOKS)
            }
            Self::AddGazetteer => {
                ("Add a gazetteer…", "Look names up in another gazetteer file, too", icon::BOOK_OPEN)
            }
            Self::ImportPlaces => {
                ("Import places…", "Make a gazetteer of a list of places", icon::DOWNLOAD_SIMPLE)
            }
            Self::Outlets => (
                "Outlets…",
                "Where each outlet is at home, which tells places of one name apart",
                icon::HOUSE,
            ),
            Self::CloseAll => ("Close all articles", "Start again with nothing open", icon::X_SQUARE),
            Self::Cancel => ("Cancel", "Stop what is under way; what has been read stays", icon::X),
            Self::Quit => ("Quit", "End the program", icon::SIGN_OUT),
            Self::Find => ("Search", "Search articles and places", icon::MAGNIFYING_GLASS),
            Self::GoToPlace => {
                ("Go to place…", "Find a place of the gazetteer, or coordinates, on the map", icon::MAP_PIN)
            }
            Self::ClearFilter => ("Clear search and filters", "Show everything again", icon::FUNNEL_X),
            Self::DefaultKinds => (
                "Names and coordinates only",
                "Leave out peoples and adjectives, and names inside other names",
                icon::TEXT_AA,
            ),
            Self::NextMention => ("Next mention", "Go to the next mention", icon::CARET_DOWN),
            Self::PreviousMention => ("Previous mention", "Go to the previous mention", icon::CARET_UP),
            Self::ClearSelection => ("Clear selection", "Select nothing", icon::SELECTION_SLASH),
            Self::OnlyThisPlace => (
                "Only this place's articles",
                "Show only articles that mention the selected place, or all again",
                icon::FUNNEL_SIMPLE,
            ),
            Self::NextRow => ("Next in list", "Select the next place or article", icon::ARROW_DOWN),
            Self::PreviousRow => ("Previous in list", "Select the place or article before", icon::ARROW_UP),
            Self::PageDown => ("Article: next page", "Scroll the article down", icon::ARROW_LINE_DOWN),
            Self::PageUp => ("Article: previous page", "Scroll the article up", icon::ARROW_LINE_UP),
            Self::CopyCoordinates => {
                ("Copy coordinates", "Copy the selected place's latitude and longitude", icon::COPY)
            }
            Self::FitMap => ("Fit map to results", "Show every place that is found", icon::FRAME_CORNERS),
            Self::ZoomIn => ("Zoom in", "Bring the map nearer", icon::PLUS),
            Self::ZoomOut => ("Zoom out", "Take the map farther", icon::MINUS),
            Self::ToggleLists => ("Places and articles", "Show or hide the lists", icon::SIDEBAR_SIMPLE),
            Self::ToggleReader => ("Article", "Show or hide the article", icon::ARTICLE),
            Self::ToggleInspector => {
                ("Why this place", "Show or hide the candidates of a mention", icon::INFO)
            }
            Self::LargerText => ("Larger text", "Larger type for the article", icon::MAGNIFYING_GLASS_PLUS),
            Self::SmallerText => {
                ("Smaller text", "Smaller type for the article", icon::MAGNIFYING_GLASS_MINUS)
            }
            Self::ThemeSystem => ("System colours", "Light or dark as the system says", icon::CIRCLE_HALF),
            Self::ThemeLight => ("Light", "Dark on light", icon::SUN),
            Self::ThemeDark => ("Dark", "Light on dark", icon::MOON),
            Self::ReduceMotion => ("Reduce motion", "Jump where the map would fly", icon::PAUSE),
            Self::Problems => ("Problems", "What could not be read or placed", icon::WARNING),
            Self::Shortcuts => ("Keyboard shortcuts", "Every key and what it does", icon::KEYBOARD),
            Self::About => ("About Dateline", "Version, licences, sources", icon::QUESTION),
        }
    }

    /// Its key.
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        const SHIFT_COMMAND: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        let (modifiers, key) = match self {
            Self::OpenFiles => (Modifiers::COMMAND, Key::O),
            Self::OpenFolder => (SHIFT_COMMAND, Key::O),
            Self::OpenPath => (Modifiers::COMMAND, Key::L),
            Self::Export => (Modifiers::COMMAND, Key::E),
            Self::Gazetteers => (SHIFT_COMMAND, Key::G),
            Self::Outlets => (SHIFT_COMMAND, Key::H),
            Self::CloseAll => (SHIFT_COMMAND, Key::W),
            Self::Quit => (Modifiers::COMMAND, Key::Q),
            Self::Find => (Modifiers::COMMAND, Key::F),
            Self::GoToPlace => (Modifiers::COMMAND, Key::G),
            Self::ClearFilter => (SHIFT_COMMAND, Key::F),
            Self::DefaultKinds => (Modifiers::COMMAND, Key::K),
            Self::NextMention => (Modifiers::NONE, Key::N),
            Self::PreviousMention => (Modifiers::NONE, Key::P),
            Self::ClearSelection => (Modifiers::NONE, Key::Escape),
            Self::CopyCoordinates => (SHIFT_COMMAND, Key::C),
            Self::NextRow => (Modifiers::NONE, Key::ArrowDown),
            Self::PreviousRow => (Modifiers::NONE, Key::ArrowUp),
            Self::PageDown => (Modifiers::NONE, Key::PageDown),
            Self::PageUp => (Modifiers::NONE, Key::PageUp),
            Self::FitMap => (Modifiers::NONE, Key::Num0),
            Self::ZoomIn => (Modifiers::NONE, Key::Plus),
            Self::ZoomOut => (Modifiers::NONE, Key::Minus),
            Self::ToggleLists => (Modifiers::COMMAND, Key::Num1),
            Self::ToggleReader => (Modifiers::COMMAND, Key::Num2),
            Self::ToggleInspector => (Modifiers::COMMAND, Key::I),
            Self::LargerText => (SHIFT_COMMAND, Key::Period),
            Self::SmallerText => (SHIFT_COMMAND, Key::Comma),
            Self::Problems => (SHIFT_COMMAND, Key::M),
            Self::Shortcuts => (Modifiers::NONE, Key::F1),
            Self::OpenSample
            | Self::Cancel
            | Self::AddGazetteer
            | Self::ImportPlaces
            | Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::ReduceMotion
            | Self::OnlyThisPlace
            | Self::About => {
                return None;
            }
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// Whether its key is a plain letter or sign, which belongs to a text field that has the focus.
    const fn yields_to_typing(self) -> bool {
        match self.shortcut() {
            Some(shortcut) => !shortcut.modifiers.command && !matches!(shortcut.logical_key, Key::F1),
            None => false,
        }
    }
}

/// What a pane asks for.
#[derive(Clone, Debug)]
pub enum Act {
    /// A command.
    Do(Command),
    /// Select something, from a pane.
    Select(Selection, Pane),
    /// Select a place at its best mention, from a pane.
    SelectPlace(u32, Pane),
    /// Show something else.
    Filter(Filter),
    /// Read these files and folders.
    Open(Vec<PathBuf>),
    /// Write what is shown to this path.
    Export(PathBuf),
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
    /// Change what is known of where outlets are at home.
    Home(Wish),
}

/// The commands whose keys were pressed since the last frame. The ones with most modifiers are
/// asked first, because egui lets `Ctrl+O` match while Shift is held. While a dialog covers the panes, plain
/// keys are not for them.
pub(super) fn pressed(ctx: &egui::Context, covered: bool) -> Vec<Command> {
    // A menu that is open has Escape to itself.
    let typing = ctx.text_edit_focused() || egui::Popup::is_any_open(ctx);
    let mut commands: Vec<(Command, KeyboardShortcut)> = Command::all()
        .filter(|command| !(typing && command.yields_to_typing()))
        .filter(|&command| !covered || command == Command::ClearSelection || !command.yields_to_typing())
        .filter_map(|command| Some((command, command.shortcut()?)))
        .collect();
    if !typing && !covered {
        // As on the web.
        commands.push((Command::Find, KeyboardShortcut::new(Modifiers::NONE, Key::Slash)));
    }
    commands.sort_by_key(|(_, shortcut)| !shortcut.modifiers.shift);
    ctx.input_mut(|input| {
        let hit = commands.into_iter().filter(|(_, shortcut)| input.consume_shortcut(shortcut));
        hit.map(|(command, _)| command).collect()
    })
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
    fn every_command_says_what_it_does_in_sentence_case() {
        for command in Command::all() {
            for text in [command.text(), command.tooltip()] {
                assert!(text.starts_with(char::is_uppercase) && !text.ends_with('.'), "{command:?}: {text}");
            }
        }
    }
}
