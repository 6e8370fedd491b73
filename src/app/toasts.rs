//! What the window has to say in passing: over the foot of the map, a few seconds, never in the way.
//! What went wrong stays until somebody has dismissed it; screen readers are told of everything.

use std::time::Duration;

use egui::accesskit::Live;
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Rect, RichText, Role, Stroke, Ui, WidgetInfo};
use egui_phosphor::regular as icon;

use super::command::{Act, Command};
use super::theme::{Tokens, size, space};
use super::widgets;

/// Seconds that a short sentence stays; a long one stays for longer.
const STAYS: f64 = 4.0;
/// Seconds for each further letter.
const LETTER: f64 = 0.03;
/// Most that stand there at once; of what only told something, the oldest give way.
const MOST: usize = 4;

/// A sentence with what can be done about it.
#[derive(Clone, Debug)]
struct Toast {
    /// Of all that were ever shown; its identity.
    number: u64,
    text: String,
    failed: bool,
    offer: Option<(&'static str, Act)>,
    /// When it was first seen, or last under the pointer, seconds.
    since: Option<f64>,
}

/// The sentences that are shown.
#[derive(Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    told: u64,
    last: String,
}

impl Toasts {
    /// Tells something that was done.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.push(text.into(), false, None);
    }

    /// Tells something that was done, with a way to act on it.
    pub fn offer(&mut self, text: impl Into<String>, verb: &'static str, act: Act) {
        self.push(text.into(), false, Some((verb, act)));
    }

    /// Tells what went wrong; it stays until it is dismissed.
    pub fn fail(&mut self, text: impl Into<String>, offer: Option<(&'static str, Act)>) {
        self.push(text.into(), true, offer);
    }

    fn push(&mut self, text: String, failed: bool, offer: Option<(&'static str, Act)>) {
        // Said again, even with another number, it is said anew and not twice.
        let again = |toast: &Toast| {
            !toast.failed && !failed && !stem(&text).is_empty() && stem(&toast.text) == stem(&text)
        };
        self.shown.retain(|toast| toast.text != text && !again(toast));
        self.told += 1;
        self.last.clone_from(&text);
        self.shown.push(Toast { number: self.told, text, failed, offer, since: None });
        while self.shown.len() > MOST {
            let oldest = self.shown.iter().position(|toast| !toast.failed).unwrap_or(0);
            self.shown.remove(oldest);
        }
    }

    /// What was told last, whether or not it still stands there.
    pub fn last(&self) -> Option<&str> {
        Some(self.last.as_str()).filter(|text| !text.is_empty())
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Takes away what offers a command that has been given.
    pub fn answer(&mut self, command: Command) {
        let offers = |toast: &Toast| match &toast.offer {
            Some((_, Act::Do(offered))) => *offered == command,
            // Of one problem, the way out of it.
            Some((_, Act::ChooseColumns(_))) => command == Command::Problems,
            _ => false,
        };
        self.shown.retain(|toast| !offers(toast));
    }

    /// Takes away what is about articles that are no longer open.
    pub fn clear(&mut self) {
        self.shown.clear();
        self.last.clear();
    }

    /// Puts what was told before in front of what was told since.
    pub fn follow(&mut self, before: Toasts) {
        let now = std::mem::replace(self, before);
        for toast in now.shown {
            self.push(toast.text, toast.failed, toast.offer);
        }
    }

    /// Draws them at the foot of a room, the newest lowest, `above` points from its end.
    pub fn ui(&mut self, ctx: &Context, room: Rect, above: f32, acts: &mut Vec<Act>) {
        if self.shown.is_empty() {
            return;
        }
        let now = ctx.input(|input| input.time);
        let mut gone = Vec::new();
        let foot = room.center_bottom() - egui::vec2(0.0, above);
        let area = Area::new(Id::unique("toasts")).order(Order::Foreground).pivot(Align2::CENTER_BOTTOM);
        area.fixed_pos(foot).constrain(true).fade_in(false).show(ctx, |ui| {
            ui.set_max_width((room.width() - 2.0 * space::M).clamp(200.0, 420.0));
            ui.spacing_mut().item_spacing.y = space::XS;
            for toast in &mut self.shown {
                if card(ui, toast, acts) {
                    gone.push(toast.number);
                }
            }
            if ui.rect_contains_pointer(ui.min_rect()) {
                // It is being read.
                self.shown.iter_mut().for_each(|toast| toast.since = Some(now));
            }
        });
        let mut wake = f64::INFINITY;
        self.shown.retain_mut(|toast| {
            let since = *toast.since.get_or_insert(now);
            let stays = STAYS + LETTER * toast.text.chars().count() as f64;
            let left = if toast.failed { f64::INFINITY } else { since + stays - now };
            wake = wake.min(left);
            left > 0.0 && !gone.contains(&toast.number)
        });
        if wake.is_finite() {
            ctx.request_repaint_after(Duration::from_secs_f64(wake.max(0.0)));
        }
    }
}

/// What is said before the first number in it.
fn stem(text: &str) -> &str {
    text.split(|letter: char| letter.is_ascii_digit()).next().unwrap_or_default()
}

/// One of them; answers whether it is done with.
fn card(ui: &mut Ui, toast: &Toast, acts: &mut Vec<Act>) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let mut done = false;
    let frame = Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(1.0, if toast.failed { tokens.warning } else { tokens.hairline }))
        .corner_radius(f32::from(space::CORNER))
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin { left: 12, right: 4, top: 4, bottom: 4 });
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let (sign, colour) =
                if toast.failed { (icon::WARNING, tokens.warning) } else { (icon::INFO, tokens.accent) };
            ui.label(RichText::new(sign).size(size::ICON).color(colour));
            let offer = toast.offer.as_ref().map_or(0.0, |(verb, _)| {
                let verb = (*verb).to_owned();
                let words = ui.painter().layout_no_wrap(verb, widgets::body(), tokens.accent).size().x;
                (words + 2.0 * ui.spacing().button_padding.x + space::S).max(84.0)
            });
            let buttons = space::ROW + offer;
            let room = (ui.available_width() - buttons - 2.0 * space::S).max(80.0);
            let text = ui.painter().layout(toast.text.clone(), widgets::body(), tokens.text, room);
            let label = ui.add(egui::Label::new(text));
            label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &toast.text));
            ui.ctx().accesskit_node_builder(label.id, |node| {
                node.set_live(if toast.failed { Live::Assertive } else { Live::Polite });
            });
            if let Some((verb, act)) = &toast.offer {
                let words = RichText::new(*verb).color(tokens.accent);
                let button = widgets::ringed(ui, |ui| ui.add(egui::Button::new(words)));
                if button.clicked() {
                    acts.push(act.clone());
                    done = true;
                }
            }
            let close = widgets::icon_button(ui, icon::X, "Dismiss");
            done |= close.on_hover_text("Dismiss").clicked();
        });
    });
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_again_with_another_number_is_not_said_twice() {
        let mut toasts = Toasts::default();
        let mut check = |text: &str, expected: &[&str]| {
            toasts.tell(text);
            let shown: Vec<&str> = toasts.shown.iter().map(|toast| toast.text.as_str()).collect();
            assert_eq!(shown, expected);
        };
        check("Interface at 110 %", &["Interface at 110 %"]);
        check("Copied", &["Interface at 110 %", "Copied"]);
        check("Interface at 125 %", &["Copied", "Interface at 125 %"]);
        check("2 layers added", &["Copied", "Interface at 125 %", "2 layers added"]);
        check("3 files read", &["Copied", "Interface at 125 %", "2 layers added", "3 files read"]);
    }
}
