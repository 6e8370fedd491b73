//! The other articles with the same text, over the article: who printed it, and when.

use egui::{Popup, ScrollArea, Ui};
use egui_phosphor::regular as icon;

use super::super::command::Act;
use super::super::theme::space;
use super::super::{widgets, words};
use crate::explore::{Explorer, Pane, Selection};

/// Height of the list at most, points.
const HIGH: f32 = 320.0;

/// The button, where there are others, and what opens under it. `copies` are all articles with the text of `article`.
pub(super) fn button(
    ui: &mut Ui,
    explorer: &Explorer,
    article: usize,
    copies: &[usize],
    acts: &mut Vec<Act>,
) {
    if copies.len() < 2 {
        return;
    }
    let name = format!("The same text in {} articles", words::number(copies.len() as u64));
    let button = widgets::icon_button(ui, icon::COPY_SIMPLE, &name).on_hover_text(&name);
    Popup::menu(&button).show(|ui| {
        ui.set_width(300.0);
        let card = |copy: usize| explorer.collection.card(copy).filter(|card| !card.removed);
        let shown: Vec<usize> = copies.iter().copied().filter(|&copy| card(copy).is_some()).collect();
        ScrollArea::vertical().max_height(HIGH).show_rows(ui, space::ROW, shown.len(), |ui, range| {
            for &copy in shown.get(range).unwrap_or(&[]) {
                let Some(card) = card(copy) else { continue };
                let source = explorer.collection.source(copy).map(str::to_owned);
                let told: Vec<String> = [source, card.date.map(words::date)].into_iter().flatten().collect();
                let told = if told.is_empty() { file_name(explorer, copy) } else { told.join(" · ") };
                let sign = if copy == article { icon::CHECK } else { "" };
                if widgets::menu_item(ui, sign, &told, &format!("{}, {told}", card.heading)).clicked() {
                    acts.push(Act::Select(Selection::Article(copy), Pane::None));
                }
            }
        });
    });
}

/// What the file is called that an article is from, where nothing better tells it from others.
fn file_name(explorer: &Explorer, article: usize) -> String {
    let id = explorer.collection.article(article).map(|found| found.article.id.clone()).unwrap_or_default();
    id.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}
