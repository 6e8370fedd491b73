//! The colours, by what they are for, in a light and a dark value.
//! A test holds every text and mark to its contrast on every ground it stands on.

use egui::Color32;

use crate::basemap::{Ink, Rgb, Style};
use crate::model::EventClass;

/// The colours of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Whether light stands on dark.
    pub dark: bool,
    /// Behind everything: bars and gaps.
    pub ground: Color32,
    /// Behind a pane.
    pub panel: Color32,
    /// Behind menus, cards and dialogs.
    pub raised: Color32,
    /// Behind text fields.
    pub field: Color32,
    /// Lines between panes and groups.
    pub hairline: Color32,
    /// Edges of controls that nothing else shows.
    pub edge: Color32,
    /// Text.
    pub text: Color32,
    /// Text of second rank: meta lines, counts, hints.
    pub quiet: Color32,
    /// Text that is not part of the article.
    pub dimmed: Color32,
    /// Selection, links, places that were found.
    pub accent: Color32,
    /// Text and rings on the accent.
    pub on_accent: Color32,
    /// The selected place's ring, and the selected mention's line.
    pub selected: Color32,
    /// Something went wrong.
    pub warning: Color32,
    /// Behind what the pointer is over.
    pub hover: Color32,
    /// Behind the chosen row.
    pub chosen: Color32,
    /// Behind the mention that the pointer is over.
    pub mention_hover: Color32,
    /// Behind the selected mention.
    pub mention_selected: Color32,
    /// Behind words that a search found.
    pub found: Color32,
    /// Timeline: the layers of its bars, from the axis up, the last for the rest. Okabe and Ito's colours, which
    /// the colour-blind tell apart, as dark or light as the panel needs.
    pub stacks: [Color32; 6],
    /// Events, by class in the order of [`EventClass::ALL`]. Apart by lightness as much as by hue, so that the
    /// colour-blind tell them apart, whichever colours they see.
    pub events: [Color32; 6],
    /// Signs on the colours of events.
    pub on_event: Color32,
    /// Under menus and dialogs.
    pub shadow: Color32,
    /// Map: sea.
    pub sea: Color32,
    /// Map: land.
    pub land: Color32,
    /// Map: lakes and rivers.
    pub water: Color32,
    /// Map: borders of countries.
    pub border: Color32,
    /// Map: borders of first-level divisions.
    pub division: Color32,
    /// Map: labels.
    pub map_label: Color32,
    /// Map: names of seas and lakes.
    pub sea_label: Color32,
    /// Map: around the marks.
    pub ring: Color32,
    /// Map: a person's own layers, one after another.
    pub overlays: [Color32; 6],
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// A colour that the map has as well.
const fn own([red, green, blue]: Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

const fn all([a, b, c, d, e, f]: [Rgb; 6]) -> [Color32; 6] {
    [own(a), own(b), own(c), own(d), own(e), own(f)]
}

const fn six([a, b, c, d, e, f]: [u32; 6]) -> [Color32; 6] {
    [rgb(a), rgb(b), rgb(c), rgb(d), rgb(e), rgb(f)]
}

impl Tokens {
    /// Dark on light.
    pub const fn light() -> Self {
        Self {
            dark: false,
            ground: rgb(0xF7F6F3),
            panel: own(Ink::LIGHT.paper),
            raised: rgb(0xFFFFFF),
            field: rgb(0xF7F6F3),
            hairline: own(Ink::LIGHT.hairline),
            edge: rgb(0x8A8F95),
            text: own(Ink::LIGHT.text),
            quiet: own(Ink::LIGHT.quiet),
            dimmed: rgb(0x6F767E),
            accent: own(Ink::LIGHT.accent),
            on_accent: own(Ink::LIGHT.on_accent),
            selected: rgb(0xC2410C),
            warning: rgb(0xA14008),
            hover: rgb(0xF1EFEA),
            chosen: rgb(0xE2EDF5),
            mention_hover: rgb(0xE2EDF5),
            mention_selected: rgb(0xFBE3D3),
            found: rgb(0xFFF1B8),
            stacks: six([0x0072B2, 0xC07A00, 0x00926B, 0xD55E00, 0xBB6191, 0x868C93]),
            events: all(Ink::LIGHT.events),
            on_event: own(Ink::LIGHT.on_event),
            shadow: Color32::from_black_alpha(38),
            sea: own(Style::LIGHT.sea),
            land: own(Style::LIGHT.land),
            water: own(Style::LIGHT.water),
            border: own(Style::LIGHT.border),
            division: own(Style::LIGHT.division),
            map_label: own(Ink::LIGHT.label),
            sea_label: own(Ink::LIGHT.sea_label),
            ring: own(Ink::LIGHT.ring),
            overlays: all(Style::LIGHT.layers),
        }
    }

    /// Light on dark.
    pub const fn dark() -> Self {
        Self {
            dark: true,
            ground: rgb(0x14171A),
            panel: own(Ink::DARK.paper),
            raised: rgb(0x20252A),
            field: rgb(0x14171A),
            hairline: own(Ink::DARK.hairline),
            edge: rgb(0x6E7882),
            text: own(Ink::DARK.text),
            quiet: own(Ink::DARK.quiet),
            dimmed: rgb(0x868F98),
            accent: own(Ink::DARK.accent),
            on_accent: own(Ink::DARK.on_accent),
            selected: rgb(0xFB923C),
            warning: rgb(0xFDBA74),
            hover: rgb(0x23292E),
            chosen: rgb(0x1F3A4D),
            mention_hover: rgb(0x1F3A4D),
            mention_selected: rgb(0x4A2C15),
            found: rgb(0x4A4112),
            stacks: six([0x56B4E9, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x868F98]),
            events: all(Ink::DARK.events),
            on_event: own(Ink::DARK.on_event),
            shadow: Color32::from_black_alpha(110),
            sea: own(Style::DARK.sea),
            land: own(Style::DARK.land),
            water: own(Style::DARK.water),
            border: own(Style::DARK.border),
            division: own(Style::DARK.division),
            map_label: own(Ink::DARK.label),
            sea_label: own(Ink::DARK.sea_label),
            ring: own(Ink::DARK.ring),
            overlays: all(Style::DARK.layers),
        }
    }

    /// Heat map: from little to much. Lightness alone tells them apart, whatever an eye sees of the hue.
    pub const fn heat(dark: bool) -> [Color32; 6] {
        if dark {
            [rgb(0x1D3C78), rgb(0x3F5FA0), rgb(0x7C6FA8), rgb(0xC27E86), rgb(0xEFA95C), rgb(0xFDE68A)]
        } else {
            [rgb(0xF6D973), rgb(0xEFA95C), rgb(0xC9736F), rgb(0x8D4F86), rgb(0x4F3A7E), rgb(0x1E2A5A)]
        }
    }

    /// The colour of a class of events.
    pub const fn event(&self, class: EventClass) -> Color32 {
        self.events[class as usize]
    }

    /// The tokens of the theme in force.
    pub fn of(ctx: &egui::Context) -> Self {
        match ctx.theme() {
            egui::Theme::Light => Self::light(),
            egui::Theme::Dark => Self::dark(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: Color32) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_can_be_read_on_every_ground_it_stands_on() {
        for t in [Tokens::light(), Tokens::dark()] {
            let grounds = [t.ground, t.panel, t.raised, t.field, t.hover, t.chosen];
            let text = |name: &str, colour: Color32, grounds: &[Color32]| {
                for &ground in grounds {
                    let found = contrast(colour, ground);
                    assert!(found >= 4.5, "{name} on {ground:?}, dark {}: {found:.2}", t.dark);
                }
            };
            text("text", t.text, &grounds);
            text("quiet", t.quiet, &grounds);
            text("accent", t.accent, &[t.ground, t.panel, t.raised, t.field]);
            text("warning", t.warning, &[t.ground, t.panel, t.raised]);
            text("dimmed", t.dimmed, &[t.panel]);
            text("on accent", t.on_accent, &[t.accent]);
            text("mention", t.text, &[t.mention_hover, t.mention_selected, t.found]);
            text("map label", t.map_label, &[t.land, t.sea]);
            text("sea label", t.sea_label, &[t.land, t.sea, t.water]);
        }
    }

    #[test]
    fn every_mark_can_be_seen_on_every_ground_it_stands_on() {
        for t in [Tokens::light(), Tokens::dark()] {
            let mark = |name: &str, colour: Color32, grounds: &[Color32]| {
                for &ground in grounds {
                    let found = contrast(colour, ground);
                    assert!(found >= 3.0, "{name} on {ground:?}, dark {}: {found:.2}", t.dark);
                }
            };
            mark("accent", t.accent, &[t.land, t.sea, t.water, t.panel, t.mention_hover]);
            mark("selected", t.selected, &[t.land, t.sea, t.water, t.panel, t.mention_selected]);
            for overlay in t.overlays {
                mark("overlay", overlay, &[t.land, t.sea, t.panel]);
            }
            mark("edge", t.edge, &[t.panel, t.ground, t.raised]);
            t.stacks.iter().for_each(|&stack| mark("stack", stack, &[t.panel, t.raised]));
            for event in t.events {
                mark("event", event, &[t.land, t.sea, t.panel, t.raised, t.hover, t.chosen]);
                mark("sign on an event", t.on_event, &[event]);
            }
            // The ring round what has the keyboard.
            let grounds = [t.ground, t.panel, t.raised, t.field, t.hover, t.chosen, t.sea, t.land];
            mark("ring of the keyboard", t.accent, &grounds);
        }
    }

    /// A colour as an eye without one sort of cones sees it (Machado, Oliveira and Fernandes 2009), in Oklab
    /// (Ottosson 2020), where the distance is the difference that is seen.
    fn seen(colour: Color32, eye: [[f64; 3]; 3]) -> [f64; 3] {
        let times = |m: [[f64; 3]; 3], v: [f64; 3]| m.map(|row| (0..3).map(|i| row[i] * v[i]).sum::<f64>());
        let linear = [colour.r(), colour.g(), colour.b()].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        let cones = times(
            [
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            times(eye, linear).map(|c| c.clamp(0.0, 1.0)),
        );
        times(
            [
                [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
            ],
            cones.map(f64::cbrt),
        )
    }

    #[test]
    fn the_colour_blind_tell_the_classes_of_events_apart() {
        let eyes = [
            ("all", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
            (
                "no red",
                [
                    [0.152286, 1.052583, -0.204868],
                    [0.114503, 0.786281, 0.099216],
                    [-0.003882, -0.048116, 1.051998],
                ],
            ),
            (
                "no green",
                [
                    [0.367322, 0.860646, -0.227968],
                    [0.280085, 0.672501, 0.047413],
                    [-0.011820, 0.042940, 0.968881],
                ],
            ),
            (
                "no blue",
                [
                    [1.255528, -0.076749, -0.178779],
                    [-0.078411, 0.930809, 0.147602],
                    [0.004733, 0.691367, 0.303900],
                ],
            ),
        ];
        for t in [Tokens::light(), Tokens::dark()] {
            for (name, eye) in eyes {
                let colours = t.events.map(|colour| seen(colour, eye));
                for (a, b) in (0..6).flat_map(|a| (0..a).map(move |b| (a, b))) {
                    let apart = (0..3).map(|i| (colours[a][i] - colours[b][i]).powi(2)).sum::<f64>().sqrt();
                    assert!(apart >= 0.09, "{a} and {b} with {name} cones, dark {}: {apart:.3}", t.dark);
                }
            }
        }
    }
}
