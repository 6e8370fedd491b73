//! What reports of one event say: in what they differ, side by side, and the sentence of each.
//! A text that several outlets have counts once.

use egui::text::{LayoutJob, TextFormat};
use egui::{Margin, RichText, Role, Sense, Stroke, Ui, WidgetInfo};

use super::card::{fact, known};
use super::names;
use super::reports::{MOST, Report, outlet};
use crate::app::bidi;
use crate::app::command::Act;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{widgets, words};
use crate::explore::{Among, Explorer, Pane, Said, StoryCard};
use crate::model::EventType;

/// Names of those who say the same that are shown.
const NAMED: usize = 3;

/// Draws what reports say, each a button that opens its article there.
pub(super) fn ui(ui: &mut Ui, explorer: &Explorer, reports: &[Report], kind: EventType, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    if let Some(story) = explorer.story() {
        differences(ui, story);
    }
    ui.add_space(space::XS);
    widgets::hairline(ui);
    ui.add_space(2.0);
    let text = match explorer.story() {
        None => "Looking for others who report it…".to_owned(),
        Some(story) if story.articles == 1 => "Reported in one article".to_owned(),
        Some(StoryCard { articles, independent, .. }) if independent < articles => {
            format!("Reported in {articles} articles, {}", words::count(*independent, "text", "texts"))
        }
        Some(story) => format!("Reported in {} articles", story.articles),
    };
    ui.label(RichText::new(text).font(theme::semibold(size::BODY)).color(tokens.text));
    for report in reports.iter().take(MOST) {
        if quote(ui, report, kind) {
            acts.push(Act::SelectEvent(report.at, Among::Article, Pane::Inspector));
        }
    }
    if reports.len() > MOST {
        let text = format!("and {} more", words::number((reports.len() - MOST) as u64));
        ui.label(RichText::new(text).size(size::SMALL).color(tokens.quiet));
    }
}

/// How many died and were hurt, and whatever reports say differently.
fn differences(ui: &mut Ui, story: &StoryCard) {
    let number = |number: &u32| words::number(u64::from(*number));
    values(ui, story, "Died", &story.dead, 1, number);
    values(ui, story, "Hurt", &story.wounded, 1, number);
    values(ui, story, "Where?", &story.places, 2, String::clone);
    values(ui, story, "When?", &story.dates, 2, |days| words::days(*days));
    values(ui, story, "Who?", &story.doers, 2, String::clone);
    values(ui, story, "What?", &story.kinds, 2, |kind| names::kind(*kind).to_owned());
    values(ui, story, "Status?", &story.polarities, 2, |polarity| names::polarity(*polarity).to_owned());
}

/// What reports say of one thing, from so many different values on, each with who says so.
fn values<T>(
    ui: &mut Ui,
    story: &StoryCard,
    name: &str,
    values: &[Said<T>],
    least: usize,
    told: impl Fn(&T) -> String,
) {
    if values.len() < least || least > 1 && !story.differ(values) {
        return;
    }
    fact(ui, name, |ui| {
        for said in values {
            let all = values.len() == 1 && said.by.len() == story.reports.len();
            let who = if all { String::new() } else { sayers(story, &said.by) };
            known(ui, name, &told(&said.value), &who);
        }
    });
}

/// "The Courier, Harbour Post and 2 more".
fn sayers(story: &StoryCard, by: &[usize]) -> String {
    let mut names: Vec<String> =
        by.iter().filter_map(|&number| story.reports.get(number)).map(outlet).collect();
    names.dedup();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let text = names.join(", ");
    if more > 0 { format!("{text} and {more} more") } else { text }
}

/// One report: who says it when, its sentence, and who has the same text. Whether it was pressed.
fn quote(ui: &mut Ui, report: &Report, kind: EventType) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let shade = ui.painter().add(egui::Shape::Noop);
    let margin = Margin { left: 10, right: 4, top: 4, bottom: 4 };
    let inner = egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        let plain = TextFormat::simple(theme::serif(14.5), tokens.text);
        let told = TextFormat { font_id: theme::serif_semibold(14.5), ..plain.clone() };
        let mut job = LayoutJob::default();
        job.append(&format!("“{}", report.quote.before), 0.0, plain.clone());
        job.append(&report.quote.words, 0.0, told);
        job.append(&format!("{}”", report.quote.after.trim_end()), 0.0, plain);
        job.wrap.max_width = ui.available_width();
        ui.label(bidi::in_order(ui.ctx(), job));
        ui.label(RichText::new(&report.source).size(size::SMALL).color(tokens.quiet));
        if !report.copies.is_empty() {
            let text = format!("The same text in {}", report.copies.join(", "));
            ui.label(RichText::new(text).size(size::SMALL).color(tokens.quiet));
        }
    });
    let rect = inner.response.rect;
    let id = ui.scope_id().with(("report", report.at.article, report.at.event));
    let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
    let crate::explore::Quote { before, words, after } = &report.quote;
    let said = format!("Read: {}, {before}{words}{after}", report.source);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, report.here, &said));
    if response.hovered() {
        ui.painter().set(shade, egui::Shape::rect_filled(rect, space::CORNER, tokens.hover));
    }
    let bar = rect.with_max_x(rect.left() + if report.here { 3.0 } else { 1.5 });
    let colour = if report.here { tokens.event(kind.class()) } else { tokens.edge };
    ui.painter().rect_filled(bar, 1.0, colour);
    if response.has_focus() {
        let ring = Stroke::new(1.5, tokens.accent);
        ui.painter().rect_stroke(rect, space::CORNER, ring, egui::StrokeKind::Inside);
    }
    response.on_hover_text("Read it in its article").clicked()
}
