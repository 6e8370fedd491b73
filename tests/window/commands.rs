//! Every command, chosen by its name in the palette, has an effect that can be seen or heard.

use dateline::app::Command;
use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand, ViewportCommand};
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::stories::{Window, settle, window};

/// Commands whose effect cannot be had here: the desktop's own dialogs, what is under way, and days, which no
/// command chooses.
const ELSEWHERE: &[Command] = &[
    Command::OpenFiles,
    Command::OpenFolder,
    Command::AddGazetteer,
    Command::AddOverlay,
    Command::Cancel,
    Command::ClearDays,
    // Words of an article, which the mouse chooses.
    Command::AddMention,
    Command::TakeWords,
];

/// Commands without an effect yet, in the order of the list.
const WITHOUT_EFFECT: &[Command] = &[];

/// What has to be done before a command can do anything.
fn before(command: Command) -> &'static [Command] {
    use Command::*;
    match command {
        ShowMentions | DefaultPolarities | CountOnce | EventLegend => &[ShowEvents],
        EditArticle | RemoveArticle => &[NextMention],
        PageUp => &[NextMention],
        PageDown => &[NextMention, PageUp],
        PreviousRow | FirstRow => &[NextRow],
        FitMap | PanNorth | PanSouth | PanWest | PanEast | OnlyInView => &[ZoomIn, ZoomIn],
        ZoomOut => &[ZoomIn],
        Back => &[NextMention],
        Forward => &[NextMention, Back],
        ClearFilter | SaveFilter => &[OnlyThisPlace],
        ThemeSystem | ThemeLight => &[ThemeDark],
        ResetScale => &[LargerScale],
        ResetLayout => &[ToggleLists],
        PlayTimeline => &[ToggleTimeline],
        _ => &[],
    }
}

/// Runs a command through the palette; answers what was copied or closed, and none where it could not be chosen.
fn run(window: &mut Window, command: Command) -> Option<Vec<String>> {
    window.key_press_modifiers(Modifiers::COMMAND, Key::P);
    window.run_steps(3);
    window.get_by_label("Command, place or article").type_text(command.text());
    window.run_steps(3);
    let (name, begins) = (command.text(), format!("{}, ", command.text()));
    let row = By::new().predicate(|node| {
        let is = |label: String| label == name || label.starts_with(&begins);
        node.role() == Role::ListBoxOption && !node.is_disabled() && node.label().is_some_and(is)
    });
    window.query_all(row).next()?.click();
    let mut told = Vec::new();
    for _ in 0..4 {
        window.step();
        told.extend(said(window));
    }
    Some(told)
}

/// What was copied, closed or asked of the desktop in the last frame.
fn said(window: &Window) -> Vec<String> {
    let output = window.output();
    let copied = output.platform_output.commands.iter().filter_map(|command| match command {
        OutputCommand::CopyText(text) => Some(format!("copied {text}")),
        _ => None,
    });
    let commands = output.viewport_output.values().flat_map(|viewport| &viewport.commands);
    let asked = commands.filter_map(|command| match command {
        ViewportCommand::Close => Some("closed".to_owned()),
        ViewportCommand::RequestPaste => Some("asked for what was copied".to_owned()),
        _ => None,
    });
    copied.chain(asked).collect()
}

/// All that can be seen and heard of a window.
fn seen(window: &Window) -> Vec<String> {
    let app = window.state();
    let mut session = app.session().clone();
    session.recent.clear();
    let explorer = app.explorer();
    let mut seen = vec![
        session.save(),
        format!("{:?} {:?}", explorer.selected.what, explorer.filter),
        format!("{:?} {:.3} {:?}", app.map_centre(), app.map_zoom(), app.notice()),
    ];
    for node in window.query_all(By::new().predicate(|_| true)) {
        let node = node.accesskit_node();
        let rect = node.bounding_box();
        // The button for the other theme: which one the system has may be told late.
        let theme = node.label().is_some_and(|label| label == "Light" || label == "Dark");
        if !theme && (node.label().is_some() || node.value().is_some()) {
            seen.push(format!(
                "{:?} {:?} {:?} {} {rect:?}",
                node.role(),
                node.label(),
                node.value(),
                node.is_focused()
            ));
        }
    }
    seen
}

/// Whether anything at all comes of a command.
fn has_effect(command: Command) -> bool {
    let mut window = window();
    window.get_by_label("Aleppo, Syria, 2 articles").click();
    settle(&mut window);
    let map = window.get_by_label("Map pane").rect();
    for &first in before(command) {
        assert!(run(&mut window, first).is_some(), "{first:?} before {command:?}");
        settle(&mut window);
    }
    let pointer = map.center() + egui::vec2(0.0, 60.0);
    window.hover_at(pointer);
    settle(&mut window);
    window.run_steps(4);
    let first = seen(&window);
    let Some(told) = run(&mut window, command) else {
        return false;
    };
    window.hover_at(pointer);
    settle(&mut window);
    window.run_steps(4);
    !told.is_empty() || seen(&window) != first
}

fn check(menu: &str) {
    let listed = Command::ALL.iter().copied().filter(|command| command.menu().unwrap_or("") == menu);
    let known = listed.filter(|command| !ELSEWHERE.contains(command) && *command != Command::Palette);
    let without: Vec<Command> = known.filter(|&command| !has_effect(command)).collect();
    let expected: Vec<Command> =
        WITHOUT_EFFECT.iter().copied().filter(|command| command.menu() == Some(menu)).collect();
    assert_eq!(without, expected, "{menu}");
}

#[test]
fn commands_of_the_file_menu() {
    check("File");
}

#[test]
fn commands_of_the_find_menu() {
    check("Find");
}

#[test]
fn commands_of_the_go_menu() {
    check("Go");
}

#[test]
fn commands_of_the_map_menu() {
    check("Map");
}

#[test]
fn commands_of_the_view_menu() {
    check("View");
}

#[test]
fn commands_of_the_help_menu() {
    check("Help");
}
