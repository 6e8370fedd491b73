//! Every command on a line of its own: name, what menus call it, what it does, icon, key.
//! An enum and its tables are made of the list, so that they cannot disagree.

use egui::{Key, KeyboardShortcut, Modifiers};
use egui_phosphor::regular as icon;

/// The modifiers of the list.
mod held {
    use super::Modifiers;

    pub(super) const PLAIN: Modifiers = Modifiers::NONE;
    pub(super) const SHIFT: Modifiers = Modifiers::SHIFT;
    pub(super) const ALT: Modifiers = Modifiers::ALT;
    pub(super) const CTRL: Modifiers = Modifiers::COMMAND;
    pub(super) const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
}

macro_rules! commands {
    ($($name:ident: $text:literal, $tooltip:literal, $icon:ident $(, $held:ident $key:ident)?;)*) => {
        /// A thing to do that needs nothing further to be said.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $(#[doc = $tooltip] $name,)*
        }

        impl Command {
            /// Every command, in the order of the list.
            pub const ALL: &[Command] = &[$(Command::$name),*];

            /// What menus and buttons call it.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it does, in a sentence without its full stop.
            pub const fn tooltip(self) -> &'static str {
                match self { $(Self::$name => $tooltip,)* }
            }

            /// Its icon.
            pub const fn icon(self) -> &'static str {
                match self { $(Self::$name => icon::$icon,)* }
            }

            /// Its key.
            pub const fn shortcut(self) -> Option<KeyboardShortcut> {
                match self { $(Self::$name => key!($($held $key)?),)* }
            }
        }
    };
}

macro_rules! key {
    () => {
        None
    };
    ($held:ident $key:ident) => {
        Some(KeyboardShortcut::new(held::$held, Key::$key))
    };
}

commands! {
    // Files.
    OpenFiles: "Open files…", "Read articles from files", FILE_TEXT, CTRL O;
    OpenFolder: "Open folder…", "Read every article in a folder", FOLDER_OPEN, CTRL_SHIFT O;
    OpenPath: "Open by path or address…", "Type the path of a file or folder, or addresses on the web", TEXTBOX, CTRL L;
    OpenSample: "Open the sample", "Five articles to try the program on", NEWSPAPER;
    Columns: "Columns of tables…", "Say which column of a table is the text, the title, the date and more", TABLE;
    Export: "Export…", "Write what is shown to GeoJSON, CSV, KML, GeoPackage and more, or as a page to read", EXPORT, CTRL E;
    Gazetteers: "Gazetteers…", "Choose where the names of places are looked up", BOOKS, CTRL_SHIFT G;
    AddGazetteer: "Add a gazetteer…", "Look names up in another gazetteer file, too", BOOK_OPEN;
    ImportPlaces: "Import places…", "Make a gazetteer of a list of places", DOWNLOAD_SIMPLE;
    Outlets: "Outlets…", "Where each outlet is at home, which tells places of one name apart", HOUSE, CTRL_SHIFT H;
    OpenRecent: "Open recent…", "Open a project or articles that were open before, or corrections that were not saved", CLOCK_COUNTER_CLOCKWISE, CTRL_SHIFT R;
    AddArticles: "Add articles…", "Add files and folders to what is open, and watch folders for new articles", FILE_PLUS, CTRL_SHIFT A;
    FindAnew: "Find places anew…", "See what would be found differently now, and accept it or not", ARROWS_CLOCKWISE, CTRL_SHIFT N;
    ImportCorrections: "Import corrections…", "Take in what somebody else corrected in the same articles", ARROW_SQUARE_IN, CTRL_SHIFT I;
    ExportCorrections: "Export corrections…", "Hand out what was corrected as a small file", ARROW_SQUARE_OUT;
    SaveAs: "Save as…", "Keep articles and corrections in a project file of your own", FLOPPY_DISK, CTRL_SHIFT S;
    CloseAll: "Close all articles", "Start again with nothing open", X_SQUARE, CTRL_SHIFT W;
    Cancel: "Cancel", "Stop what is under way; what has been read stays", X;
    Quit: "Quit", "End the program", SIGN_OUT, CTRL Q;

    // Corrections.
    Undo: "Undo", "Take the last correction back", ARROW_COUNTER_CLOCKWISE, CTRL Z;
    Redo: "Redo", "Make the correction again that was taken back", ARROW_CLOCKWISE, CTRL_SHIFT Z;
    EditArticle: "Edit article…", "Title, date, outlet, home, tags and a comment of the article", PENCIL_SIMPLE_LINE, PLAIN F2;
    ExportPicture: "Picture of the map…", "Draw the map as a picture, PNG or SVG, with title, legend and scale", IMAGE, CTRL_SHIFT E;
    Paste: "Add from the clipboard", "Read the words that were copied last as an article, and add it", CLIPBOARD_TEXT;
    RemoveArticle: "Remove article", "Leave the article out of lists, map and exports; it can be put back", FILE_X, CTRL Delete;
    RemovedArticles: "Removed articles…", "The articles that were left out, to be put back", TRAY;
    History: "History…", "Every correction, and a way back to each", LIST_CHECKS, CTRL H;
    Review: "Review", "Go through what nobody has decided, the least certain first", EXAM, CTRL R;
    MeasureAccuracy: "Measure accuracy…", "Judge a few mentions at random to learn how often the places are right", TARGET, CTRL M;

    // What is explored.
    ShowMentions: "Show mentions", "Explore where articles mention places", MAP_PIN, ALT Num1;
    ShowEvents: "Show events", "Explore what happened where and when", PULSE, ALT Num2;
    DefaultPolarities: "Happened or planned", "Leave out what is threatened, denied or hypothetical", SEAL_CHECK;
    EachCopy: "Show each copy of a text", "Give wire reports that several outlets print a row each, in place of one for all", COPY_SIMPLE;
    CountOnce: "Count each event once", "Show an event once, however many articles report it", INTERSECT;
    EventLegend: "Legend of events", "Show or hide what the colours and signs of events mean", PALETTE, PLAIN L;

    // Search, filters, lists.
    Find: "Search", "Search articles and places", MAGNIFYING_GLASS, CTRL F;
    ShowFilters: "Show filters", "Choose what is shown by date, place, source and more", FUNNEL, CTRL_SHIFT L;
    ClearFilter: "Clear search and filters", "Show everything again", FUNNEL_X, CTRL_SHIFT F;
    SaveFilter: "Save this filter…", "Keep search and filters under a name", BOOKMARK_SIMPLE, CTRL D;
    DefaultKinds: "Names and coordinates only", "Leave out peoples and adjectives, and names inside other names", TEXT_AA, CTRL K;
    OnlyThisPlace: "Only this place's articles", "Show only articles that mention the selected place, or all again", FUNNEL_SIMPLE;
    NextRow: "Next in list", "Select the next place, article or event", ARROW_DOWN, PLAIN ArrowDown;
    PreviousRow: "Previous in list", "Select the place, article or event before", ARROW_UP, PLAIN ArrowUp;
    FirstRow: "First in list", "Select the first place or article", ARROW_LINE_UP_LEFT, PLAIN Home;
    LastRow: "Last in list", "Select the last place or article", ARROW_LINE_DOWN_RIGHT, PLAIN End;

    // The article.
    NextMention: "Next mention", "Go to the next mention or event", CARET_DOWN, PLAIN N;
    PreviousMention: "Previous mention", "Go to the previous mention or event", CARET_UP, PLAIN P;
    NextArticle: "Next article", "Go to the next article of the list", CARET_RIGHT, PLAIN J;
    PreviousArticle: "Previous article", "Go to the previous article of the list", CARET_LEFT, PLAIN K;
    PageDown: "Article: next page", "Scroll the article down", ARROW_LINE_DOWN, PLAIN PageDown;
    PageUp: "Article: previous page", "Scroll the article up", ARROW_LINE_UP, PLAIN PageUp;
    FindInArticle: "Find in article", "Find words in the article that is open", FILE_MAGNIFYING_GLASS, PLAIN F3;
    CopyQuote: "Copy quote", "Copy the sentence of the selected mention or event with its source", QUOTES, CTRL_SHIFT Q;
    Choose1: "First candidate", "Say that the selected mention means its first candidate", NUMBER_CIRCLE_ONE, PLAIN Num1;
    Choose2: "Second candidate", "Say that the selected mention means its second candidate", NUMBER_CIRCLE_TWO, PLAIN Num2;
    Choose3: "Third candidate", "Say that the selected mention means its third candidate", NUMBER_CIRCLE_THREE, PLAIN Num3;
    Choose4: "Fourth candidate", "Say that the selected mention means its fourth candidate", NUMBER_CIRCLE_FOUR, PLAIN Num4;
    Choose5: "Fifth candidate", "Say that the selected mention means its fifth candidate", NUMBER_CIRCLE_FIVE, PLAIN Num5;
    Choose6: "Sixth candidate", "Say that the selected mention means its sixth candidate", NUMBER_CIRCLE_SIX, PLAIN Num6;
    Choose7: "Seventh candidate", "Say that the selected mention means its seventh candidate", NUMBER_CIRCLE_SEVEN, PLAIN Num7;
    Choose8: "Eighth candidate", "Say that the selected mention means its eighth candidate", NUMBER_CIRCLE_EIGHT, PLAIN Num8;
    Choose9: "Ninth candidate", "Say that the selected mention means its ninth candidate", NUMBER_CIRCLE_NINE, PLAIN Num9;
    ConfirmMention: "Confirm", "Say that the selected mention means the place that is shown, or that there is such an event", CHECK_CIRCLE, PLAIN C;
    RejectMention: "Not a place", "Say that the selected mention is no mention of a place, or that no event is told", PROHIBIT, PLAIN X;
    RestoreMention: "As it was found", "Let go of what was said about the selected mention or event", ARROW_COUNTER_CLOCKWISE, PLAIN R;
    AnotherPlace: "Another place…", "Look for the right place of the selected mention in the gazetteer", MAGNIFYING_GLASS, PLAIN S;
    PutOnMap: "Put on the map…", "Set a point by hand for the selected mention", MAP_PIN_PLUS, PLAIN D;
    AddMention: "Add as a place", "Make a mention of the words that are chosen in the article", PLUS_CIRCLE, PLAIN A;
    TakeWords: "These are its words", "Give the selected mention the words that are chosen in the article", HIGHLIGHTER, PLAIN W;
    NoteTags: "Note and tags…", "Note something on the selected mention or its place, or tag it", NOTE_PENCIL, PLAIN T;
    NameMeans: "Names in this collection…", "Say what a name means in all articles", BOOK_BOOKMARK;
    SameAs: "The same as…", "Make the selected place one with another", ARROWS_MERGE;
    SplitPlace: "Some mean another place…", "Choose mentions of the selected place that mean another", ARROWS_SPLIT;
    AcceptAll: "Accept what is sure…", "Confirm the places of what is shown from a score on", CHECKS;
    ClearSelection: "Clear selection", "Select nothing", SELECTION_SLASH, PLAIN Escape;
    LargerText: "Larger text", "Larger type for the article", TEXT_T, CTRL_SHIFT Period;
    SmallerText: "Smaller text", "Smaller type for the article", TEXT_T_SLASH, CTRL_SHIFT Comma;

    // The map.
    GoToPlace: "Go to place…", "Find a place of the gazetteer, or coordinates, on the map", MAP_PIN, CTRL G;
    FitMap: "Fit map to results", "Show every place that is found", FRAME_CORNERS, PLAIN Num0;
    ZoomIn: "Zoom in", "Bring the map nearer", PLUS, PLAIN Plus;
    ZoomOut: "Zoom out", "Take the map farther", MINUS, PLAIN Minus;
    PanNorth: "Move the map north", "Move the map a little to the north", ARROW_UP, SHIFT ArrowUp;
    PanSouth: "Move the map south", "Move the map a little to the south", ARROW_DOWN, SHIFT ArrowDown;
    PanWest: "Move the map west", "Move the map a little to the west", ARROW_LEFT, SHIFT ArrowLeft;
    PanEast: "Move the map east", "Move the map a little to the east", ARROW_RIGHT, SHIFT ArrowRight;
    Back: "Go back", "Return to what was seen and selected before", ARROW_LEFT, ALT ArrowLeft;
    Forward: "Go forward", "Go on to what was seen and selected after", ARROW_RIGHT, ALT ArrowRight;
    Heat: "Heat map", "Show how thickly places lie in place of their marks", FIRE, SHIFT H;
    LocalNames: "Local names of countries", "Name countries on the map as they call themselves", TRANSLATE;
    SelectBox: "Select a box", "Draw a box on the map to see only what lies in it", SELECTION_PLUS, PLAIN B;
    OnlyInView: "Only what is in view", "Show only what lies in the part of the map that is seen", BOUNDING_BOX, SHIFT B;
    Measure: "Measure distance", "Click points on the map to measure the way between them", RULER, PLAIN M;
    Notation: "Next notation of coordinates", "Decimal degrees, degrees with minutes and seconds, or MGRS", GLOBE, PLAIN G;
    CopyCoordinates: "Copy coordinates", "Copy the selected place's coordinates", COPY, CTRL_SHIFT C;
    CopyPointer: "Copy coordinates here", "Copy the coordinates under the pointer", CROSSHAIR, CTRL_SHIFT X;
    MapMenu: "What is here", "What is reported and what lies around the middle of the map", LIST_MAGNIFYING_GLASS, SHIFT F10;
    MapPlain: "Plain map", "Land and sea alone, without borders and names of towns", SQUARE;
    Basemaps: "Basemaps…", "Choose what lies under the marks: built in, a tile file, or online tiles", STACK, CTRL_SHIFT B;
    AddTiles: "Add a tile file…", "Show the map of a .pmtiles or .mbtiles file", MAP_TRIFOLD;
    AddOverlay: "Add a layer…", "Lay a GeoJSON file over the map", POLYGON;

    // The timeline.
    ToggleTimeline: "Timeline", "Show or hide the timeline", CHART_BAR, CTRL Num3;
    PlayTimeline: "Play the timeline", "Let the chosen days pass by, or stop", PLAY, SHIFT Space;
    ClearDays: "All days", "Show articles of every date", CALENDAR_X;

    // The window.
    Palette: "Command palette…", "Find a command by its name", COMMAND, CTRL P;
    ToggleLists: "Places and articles", "Show or hide the lists", SIDEBAR_SIMPLE, CTRL Num1;
    ToggleReader: "Article", "Show or hide the article", ARTICLE, CTRL Num2;
    ToggleMap: "Map", "Show or hide the map", MAP_TRIFOLD, CTRL Num4;
    ToggleInspector: "Why this place", "Show or hide the candidates of a mention, or the card of an event", INFO, CTRL I;
    NextPane: "Next pane", "Take the keyboard to the next pane", ARROWS_CLOCKWISE, PLAIN F6;
    PreviousPane: "Previous pane", "Take the keyboard to the pane before", ARROWS_COUNTER_CLOCKWISE, SHIFT F6;
    ResetLayout: "Reset the layout", "Put every pane where it was at first", LAYOUT;
    LargerScale: "Larger interface", "Make everything in the window larger", MAGNIFYING_GLASS_PLUS, CTRL Plus;
    SmallerScale: "Smaller interface", "Make everything in the window smaller", MAGNIFYING_GLASS_MINUS, CTRL Minus;
    ResetScale: "Actual size", "Make everything in the window as large as the system says", NUMBER_CIRCLE_ONE, CTRL Num0;
    ThemeSystem: "System colours", "Light or dark as the system says", CIRCLE_HALF;
    ThemeLight: "Light", "Dark on light", SUN;
    ThemeDark: "Dark", "Light on dark", MOON;
    ReduceMotion: "Reduce motion", "Jump where the map would fly", PAUSE;
    Problems: "Problems", "What could not be read or placed", WARNING, CTRL_SHIFT M;
    Shortcuts: "Keyboard shortcuts", "Every key and what it does", KEYBOARD, PLAIN F1;
    About: "About Dateline", "Version, licences, sources", QUESTION;
}
