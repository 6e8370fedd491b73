//! The fonts inside the program: Inter for the interface, a text serif for reading, Phosphor icons.
//! What they lack comes from the system's fonts, which eframe looks up as letters turn up.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily, FontId};

use crate::picture;

/// Inter, semibold.
pub const SEMIBOLD: &str = "semibold";
/// The text serif, regular.
pub const SERIF: &str = "serif";
/// The text serif, semibold.
pub const SERIF_SEMIBOLD: &str = "serif-semibold";

/// Inter semibold, `size` points.
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
}

/// The text serif, `size` points.
pub fn serif(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF.into()))
}

/// The text serif in semibold, `size` points.
pub fn serif_semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF_SEMIBOLD.into()))
}

/// Gives the context its fonts. Each text face stands before Phosphor, whose font maps plain letters
/// to blanks, and before egui's own faces.
pub(super) fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 4] = [
        ("Inter", picture::REGULAR),
        ("Inter SemiBold", picture::SEMIBOLD),
        ("Dateline Serif", include_bytes!("../../../assets/fonts/DatelineSerif-Regular.ttf")),
        ("Dateline Serif SemiBold", include_bytes!("../../../assets/fonts/DatelineSerif-SemiBold.ttf")),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let rest = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    fonts.font_data.insert(
        "phosphor".to_owned(),
        Arc::new(FontData::from_static(egui_phosphor::Variant::Regular.font_bytes())),
    );
    let family = |faces: &[&str]| -> Vec<String> {
        let faces = faces.iter().map(|&face| face.to_owned());
        faces.chain(["phosphor".to_owned()]).chain(rest.iter().cloned()).collect()
    };
    fonts.families.insert(FontFamily::Proportional, family(&["Inter"]));
    fonts.families.insert(FontFamily::Name(SEMIBOLD.into()), family(&["Inter SemiBold", "Inter"]));
    fonts.families.insert(FontFamily::Name(SERIF.into()), family(&["Dateline Serif", "Inter"]));
    fonts.families.insert(
        FontFamily::Name(SERIF_SEMIBOLD.into()),
        family(&["Dateline Serif SemiBold", "Inter SemiBold"]),
    );
    ctx.set_fonts(fonts);
}
