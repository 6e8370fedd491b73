//! What a drop will do, said while files hang over the window, and what it does.
//! Nothing that is dropped is passed over in silence: what cannot be read becomes a problem with its reason.

use std::path::{Path, PathBuf};

use egui::{Align2, Context, Id, LayerId, Order, Rect, Role, Sense, Stroke, StrokeKind, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use super::command::Act;
use super::theme::{self, Tokens, size, space};
use super::{widgets, words};

/// Most names that are shown.
const NAMES: usize = 5;

/// What becomes of what is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is read, in place of what is open.
    Read {
        /// Whether anything is.
        open: bool,
    },
    /// A gazetteer is made of it: its window is open.
    Import,
}

impl Use {
    fn told(self, count: usize) -> String {
        let files = words::count(count, "file or folder", "files and folders");
        match self {
            Use::Read { open: false } => format!("Drop to read {files}"),
            Use::Read { open: true } => format!("Drop to read {files} in place of what is open"),
            Use::Import => format!("Drop to import places from {files}"),
        }
    }

    /// What dropping these does.
    pub fn act(self, paths: Vec<PathBuf>) -> Act {
        match self {
            Use::Read { .. } => Act::Open(paths),
            Use::Import => Act::Sources(paths),
        }
    }
}

/// What was dropped with this frame.
pub fn dropped(ctx: &Context) -> Vec<PathBuf> {
    ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect())
}

/// Says what a drop will do, over the part of the window that it is about, while files hang over it.
pub fn hint(ctx: &Context, room: Rect, purpose: Use) {
    let names: Vec<String> =
        ctx.input(|input| input.raw.hovered_files.iter().map(|file| name(file.path.as_deref())).collect());
    if names.is_empty() {
        return;
    }
    let tokens = Tokens::of(ctx);
    let told = purpose.told(names.len());
    let id = Id::unique("drop hint");
    egui::Area::new(id).order(Order::Foreground).fixed_pos(room.min).show(ctx, |ui| {
        let response = ui.allocate_rect(room, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    });
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, id.with("ground")));
    painter.rect_filled(room, 0.0, tokens.ground.gamma_multiply(0.9));
    let frame = room.shrink(space::M);
    painter.rect_stroke(frame, 10.0, Stroke::new(2.0, tokens.accent), StrokeKind::Inside);
    let mut at = frame.center() - vec2(0.0, 24.0 + 10.0 * names.len().min(NAMES) as f32);
    painter.text(
        at,
        Align2::CENTER_CENTER,
        icon::DOWNLOAD_SIMPLE,
        egui::FontId::proportional(32.0),
        tokens.accent,
    );
    at.y += 40.0;
    painter.text(at, Align2::CENTER_CENTER, told, theme::semibold(size::HEADING), tokens.text);
    at.y += 26.0;
    let more = names.len().saturating_sub(NAMES);
    let more = (more > 0).then(|| format!("and {} more", words::number(more as u64)));
    for name in names.into_iter().take(NAMES).chain(more) {
        let body = egui::FontId::proportional(size::BODY);
        let room = frame.width() - space::XL;
        let galley = widgets::cut(&painter, &name, body, tokens.quiet, room);
        painter.galley(at - galley.size() / 2.0, galley, tokens.quiet);
        at.y += 20.0;
    }
}

fn name(path: Option<&Path>) -> String {
    let name = path.and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "something without a name".to_owned())
}
