//! Agreeing with the program wherever it is sure enough: from which score on is set on a histogram of them all.
//! It is about what is shown. The mentions are sorted by score behind the window, so that to move the score is to look
//! one up.

use egui::{Context, RichText, Sense, Ui, pos2, vec2};

use super::form::Around;
use crate::app::command::Act;
use crate::app::project::{Correction, Ruling};
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{dialog, widgets, words};
use crate::explore::{Collection, Explorer, MentionRef, sentence};
use crate::jobs::{Answer, Task};
use crate::model::How;

/// Bars of the histogram.
const BARS: usize = 20;
/// Mentions that are shown of those that would just be agreed with.
const SHOWN: usize = 5;

/// Letters of the sentence that are shown on either side of one.
const AROUND: usize = 40;

/// A mention and its score, the surest first.
type Scored = Vec<(f32, MentionRef)>;

/// From which score on the program is right.
pub struct AcceptForm {
    awaited: Option<Task<Scored>>,
    scored: Scored,
    bars: [usize; BARS],
    score: f32,
    /// The least sure that would be agreed with, as they read, and from how many.
    examples: (usize, Vec<Example>),
}

/// A mention in its sentence.
struct Example {
    before: String,
    words: String,
    after: String,
    place: String,
    score: f32,
}

impl AcceptForm {
    /// One about what is shown.
    pub fn new(ctx: &Context, explorer: &Explorer) -> AcceptForm {
        let (left, copy, ctx) = (explorer.left(false), explorer.collection.snapshot(), ctx.clone());
        let work = move || {
            let mut scored = Scored::new();
            for (article, mentions) in left() {
                let glances = copy.glances(article);
                let undecided = mentions.into_iter().filter_map(|mention| {
                    let glance = glances.get(mention)?;
                    let counts = glance.how == How::Auto && glance.place.is_some();
                    counts.then(|| (glance.score(), MentionRef { article, mention }))
                });
                scored.extend(undecided);
            }
            scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
            scored
        };
        let awaited = Some(Task::start(move || ctx.request_repaint(), work));
        AcceptForm { awaited, scored: Scored::new(), bars: [0; BARS], score: 0.8, examples: (0, Vec::new()) }
    }

    /// Whether the scores are still being looked at.
    pub fn is_busy(&self) -> bool {
        self.awaited.is_some()
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        self.poll();
        let collection = &around.explorer.collection;
        let count = self.scored.partition_point(|(score, _)| *score >= self.score);
        if self.examples.0 != count {
            self.examples = (count, self.examples(collection, count));
        }
        let (mut open, mut done) = (true, false);
        dialog::window("Accept what is sure", &mut open).show(ctx, |ui| {
            ui.set_width(440.0);
            ui.spacing_mut().item_spacing.y = space::S;
            let quiet = Tokens::of(ctx).quiet;
            let what = "Confirms the places of what is shown that nobody has decided, from a score on. One step \
                        to undo.";
            ui.add(egui::Label::new(RichText::new(what).color(quiet)).wrap());
            if self.awaited.is_some() {
                ui.label("Looking at the scores…");
                return;
            }
            if self.scored.is_empty() {
                ui.label("Nothing that is shown is left to be decided");
                return;
            }
            self.histogram(ui);
            ui.spacing_mut().slider_width = ui.available_width() - 60.0;
            ui.visuals_mut().widgets.inactive.bg_fill = Tokens::of(ctx).hairline;
            let slider = egui::Slider::new(&mut self.score, 0.0..=1.0).fixed_decimals(2).step_by(0.01);
            let slider = ui.add(slider);
            slider.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, "Least score"));
            let all = words::count(self.scored.len(), "mention", "mentions");
            let said = format!("{} of {all} at {:.2} or more", words::number(count as u64), self.score);
            let label = ui.label(RichText::new(&said).font(theme::semibold(size::BODY)));
            label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, said.as_str()));
            self.show_examples(ui);
            let verb = format!("Accept {}", words::number(count as u64));
            let pressed = widgets::foot(ui, |ui| widgets::primary_button(ui, &verb, count > 0).clicked());
            if pressed {
                let mentions = self.scored[..count].iter().map(|(_, at)| *at).collect();
                let name = format!("Places of score {:.2} and more", self.score);
                let accepted = Correction::rule_all(name, collection, mentions, Ruling::Confirmed);
                acts.push(Act::Correct(Box::new(accepted)));
                done = true;
            }
        });
        open && !done
    }

    fn poll(&mut self) {
        let answer = self.awaited.as_ref().map(Task::poll);
        match answer {
            Some(Answer::Here(scored)) => {
                for (score, _) in &scored {
                    self.bars[((score * BARS as f32) as usize).min(BARS - 1)] += 1;
                }
                (self.scored, self.awaited) = (scored, None);
            }
            Some(Answer::Lost) => self.awaited = None,
            Some(Answer::Awaited) | None => {}
        }
    }

    /// How many mentions there are of each score; those that would be agreed with stand out.
    fn histogram(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui.ctx());
        let wide = ui.available_width() - 60.0;
        let (rect, response) = ui.allocate_exact_size(vec2(wide, 72.0), Sense::hover());
        let most = self.bars.iter().copied().max().unwrap_or(1).max(1) as f32;
        let step = rect.width() / BARS as f32;
        for (number, &count) in self.bars.iter().enumerate() {
            let left = rect.left() + number as f32 * step;
            let high = if count == 0 { 0.0 } else { (rect.height() * count as f32 / most).max(2.0) };
            let bar = egui::Rect::from_min_max(
                pos2(left + 1.0, rect.bottom() - high),
                pos2(left + step - 1.0, rect.bottom()),
            );
            let within = (number as f32 + 0.5) / BARS as f32 >= self.score;
            ui.painter().rect_filled(bar, 1.0, if within { tokens.accent } else { tokens.edge });
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.hairline));
        let said = "How many mentions there are of each score";
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, said));
        response.on_hover_text(said);
    }

    /// The least sure of those that would be agreed with.
    fn examples(&self, collection: &Collection, count: usize) -> Vec<Example> {
        let least = &self.scored[count.saturating_sub(SHOWN)..count];
        let example = |&(score, at): &(f32, MentionRef)| {
            let article = collection.article(at.article)?;
            let mention = article.mentions.get(at.mention)?;
            let quote = sentence(&article, mention);
            let place = mention.place()?.label();
            let skipped = quote.before.chars().count().saturating_sub(AROUND);
            let start = if skipped > 0 { "…" } else { "" };
            let before = format!("{start}{}", quote.before.chars().skip(skipped).collect::<String>());
            let end = if quote.after.chars().count() > AROUND { "…" } else { "" };
            let after = format!("{}{end}", quote.after.chars().take(AROUND).collect::<String>());
            Some(Example { before, words: quote.words.to_string(), after, place, score })
        };
        least.iter().rev().filter_map(example).collect()
    }

    fn show_examples(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui.ctx());
        if self.examples.1.is_empty() {
            return;
        }
        ui.label(RichText::new("The least sure of them").size(size::SMALL).color(tokens.quiet));
        ui.spacing_mut().item_spacing.y = space::XS;
        for example in &self.examples.1 {
            let said = format!("{}{}{}", example.before, example.words, example.after);
            let wide = vec2(ui.available_width(), 34.0);
            let (rect, response) = ui.allocate_exact_size(wide, Sense::hover());
            let place = format!("{:.2}  {}", example.score, example.place);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{place}: {said}"))
            });
            let (upper, lower) = (rect.top() + 8.0, rect.top() + 25.0);
            let at = pos2(rect.left(), upper);
            widgets::line(ui, at, rect.width(), &place, widgets::body(), tokens.text);
            let at = pos2(rect.left(), lower);
            widgets::line(ui, at, rect.width(), &said, widgets::small(), tokens.quiet);
            response.on_hover_text(said);
        }
    }
}
