//! Dresses egui in the tokens: no frames in frames, hairlines, one accent.
//! Both themes are set once; a switch between them then costs nothing.

use egui::style::{ScrollAnimation, ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, vec2,
};

use super::{Tokens, fonts, size, space};

/// Gives the context fonts and both themes.
pub fn apply(ctx: &Context) {
    fonts::install(ctx);
    // A desktop that does not tell gets the newspaper's side.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    ctx.set_style_of(Theme::Light, style(&Tokens::light()));
    ctx.set_style_of(Theme::Dark, style(&Tokens::dark()));
}

/// Seconds that a control takes to change.
const CHANGE: f32 = 0.12;

/// Lets nothing move by itself, or all of it again.
pub fn still(ctx: &Context, still: bool) {
    ctx.all_styles_mut(|style| {
        style.animation_time = if still { 0.0 } else { CHANGE };
        style.scroll_animation = if still { ScrollAnimation::none() } else { ScrollAnimation::default() };
    });
}

fn style(tokens: &Tokens) -> Style {
    let theme = if tokens.dark { Theme::Dark } else { Theme::Light };
    let mut style = theme.default_style();
    let inter = |points| FontId::new(points, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, inter(size::SMALL)),
        (TextStyle::Body, inter(size::BODY)),
        (TextStyle::Button, inter(size::BODY)),
        (TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
        (TextStyle::Heading, fonts::semibold(size::HEADING)),
    ]
    .into();
    style.animation_time = CHANGE;
    spacing(&mut style);
    colours(&mut style, tokens);
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style.url_in_tooltip = true;
    style.compact_menu_style = true;
    style
}

fn spacing(style: &mut Style) {
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::S, space::XS);
    spacing.button_padding = vec2(space::S, space::XS);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.interact_size = vec2(space::ROW, space::ROW);
    spacing.menu_width = 260.0;
    spacing.tooltip_width = 360.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 8.0;
    spacing.text_edit_width = 240.0;
    // Without the spring: a jump into text that was only estimated yet would be pulled back.
    let kinetic = egui::style::KineticScrollStyle { rubber_band: false, ..Default::default() };
    spacing.scroll = ScrollStyle { bar_width: 8.0, floating_width: 4.0, kinetic, ..ScrollStyle::floating() };
}

fn colours(style: &mut Style, tokens: &Tokens) {
    let corner = CornerRadius::same(space::CORNER);
    let widget = |fill: Color32, edge: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        corner_radius: corner,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let clear = Color32::TRANSPARENT;
    let visuals = &mut style.visuals;
    visuals.widgets = Widgets {
        noninteractive: widget(tokens.panel, tokens.hairline, tokens.text),
        inactive: widget(clear, clear, tokens.text),
        hovered: widget(tokens.hover, clear, tokens.text),
        // Also what has the keyboard: its edge is the ring that shows it.
        active: widget(tokens.chosen, tokens.accent, tokens.text),
        open: widget(tokens.hover, clear, tokens.text),
    };
    visuals.selection = Selection { bg_fill: tokens.chosen, stroke: Stroke::new(1.5, tokens.accent) };
    visuals.weak_text_color = Some(tokens.quiet);
    visuals.hyperlink_color = tokens.accent;
    visuals.faint_bg_color = tokens.hover;
    visuals.extreme_bg_color = tokens.field;
    visuals.text_edit_bg_color = Some(tokens.field);
    visuals.code_bg_color = tokens.field;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.warning;
    visuals.panel_fill = tokens.panel;
    visuals.window_fill = tokens.raised;
    visuals.window_stroke = Stroke::new(1.0, tokens.hairline);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    let shadow = |offset, blur| Shadow { offset: [0, offset], blur, spread: 0, color: tokens.shadow };
    visuals.window_shadow = shadow(8, 32);
    visuals.popup_shadow = shadow(4, 16);
    visuals.text_cursor.stroke = Stroke::new(1.5, tokens.accent);
    visuals.indent_has_left_vline = false;
    visuals.striped = false;
    visuals.window_highlight_topmost = false;
}
