//! A server of tiles, as it is described by whoever adds it.
//! Whom the tiles are owed to is asked for and not left out: servers lend them on that condition.

use egui::{RichText, Ui};

use super::kept::OnlineTiles;
use super::{Kept, Origin};
use crate::app::theme::{Tokens, space};
use crate::app::widgets;
use crate::basemap::source::online::Template;

/// Name of the field that typing begins in.
const ADDRESS: &str = "Address";

/// A description as far as it is typed.
#[derive(Default)]
pub(super) struct Form {
    /// Which of the kept it changes; none for a new one.
    pub at: Option<usize>,
    title: String,
    address: String,
    owed: String,
    nearest: String,
    wide: bool,
    error: Option<String>,
    /// Whether the cursor was put where typing begins.
    asked: bool,
}

/// What became of the form in a frame.
pub(super) enum Filled {
    /// Nothing yet.
    Typing,
    /// Given up.
    Back,
    /// Described.
    Done(Kept),
}

impl Form {
    /// An empty one.
    pub(super) fn new() -> Form {
        Form { nearest: "19".to_owned(), ..Form::default() }
    }

    /// One that changes what is kept.
    pub(super) fn of(at: usize, kept: &Kept) -> Form {
        let Origin::Online(tiles) = &kept.from else {
            return Form::new();
        };
        Form {
            at: Some(at),
            title: kept.title.clone(),
            address: tiles.address.clone(),
            owed: tiles.owed.clone(),
            nearest: tiles.nearest.to_string(),
            wide: tiles.wide,
            ..Form::default()
        }
    }

    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui) -> Filled {
        let tokens = Tokens::of(ui.ctx());
        let quiet = |text: &str| egui::Label::new(RichText::new(text).color(tokens.quiet)).wrap();
        ui.add(quiet(
            "A server that gives tiles as pictures. {z}, {x} and {y} stand for a tile's numbers in the address, {-y} \
             for rows counted from the south, {s} for the servers a, b and c, {r} for @2x.",
        ));
        ui.add_space(space::S);
        widgets::named_field(ui, ADDRESS, "https://tiles.example.org/{z}/{x}/{y}.png", &mut self.address);
        widgets::named_field(ui, "Name", "After the server, if you give none", &mut self.title);
        widgets::named_field(ui, "Owed to", "© OpenStreetMap contributors", &mut self.owed);
        widgets::named_field(ui, "Levels to", "19", &mut self.nearest);
        ui.horizontal(|ui| {
            let name = "Tiles are meant to be 512 points wide, not 256";
            if widgets::switch(ui, self.wide, name).clicked() {
                self.wide = !self.wide;
            }
            ui.label(RichText::new(name).color(tokens.quiet));
        });
        widgets::focus_once(ui, ADDRESS, &mut self.asked);
        if let Some(error) = &self.error {
            ui.add_space(space::S);
            ui.add(egui::Label::new(RichText::new(error).color(tokens.warning)).wrap());
        }
        let mut filled = Filled::Typing;
        widgets::foot(ui, |ui| {
            let ready = !self.address.trim().is_empty();
            if widgets::primary_button(ui, if self.at.is_some() { "Save" } else { "Add" }, ready).clicked() {
                match self.described() {
                    Ok(kept) => filled = Filled::Done(kept),
                    Err(reason) => self.error = Some(reason),
                }
            }
            if widgets::plain_button(ui, "Back").clicked() {
                filled = Filled::Back;
            }
        });
        filled
    }

    fn described(&self) -> Result<Kept, String> {
        let template = Template::parse(&self.address)?;
        let owed = self.owed.trim();
        if owed.is_empty() {
            return Err("Say whom the tiles are owed to: it is shown on the map".to_owned());
        }
        let nearest: u8 =
            self.nearest.trim().parse().ok().filter(|level| *level <= 24).ok_or("Levels are 0 to 24")?;
        let title = self.title.trim();
        let title = if title.is_empty() { template.host() } else { title };
        Ok(Kept {
            title: title.to_owned(),
            facts: format!("Pictures of {}, levels 0 – {nearest} · {owed}", template.host()),
            names: false,
            from: Origin::Online(OnlineTiles {
                address: self.address.trim().to_owned(),
                owed: owed.to_owned(),
                nearest,
                wide: self.wide,
                allowed: false,
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_says_what_it_lacks() {
        let check = |address: &str, owed: &str, nearest: &str, expected: &str| {
            let form =
                Form { address: address.into(), owed: owed.into(), nearest: nearest.into(), ..Form::new() };
            match form.described() {
                Ok(kept) => assert_eq!(kept.facts, expected),
                Err(reason) => assert!(reason.contains(expected), "{reason}"),
            }
        };
        let address = "https://{s}.tiles.org/{z}/{x}/{y}.png";
        check(address, "© Somebody", "17", "Pictures of tiles.org, levels 0 – 17 · © Somebody");
        check(address, " ", "17", "whom the tiles are owed to");
        check(address, "© Somebody", "30", "Levels are 0 to 24");
        check("tiles.org", "© Somebody", "17", "https://");
    }
}
