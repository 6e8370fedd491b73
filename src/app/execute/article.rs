//! Moving about in the article, and what is taken from it.
//! Next and previous walk what is shown, never what a filter hides.

use egui::Context;

use crate::app::command::Command;
use crate::app::dock::Area;
use crate::app::session::Session;
use crate::app::window::DatelineApp;
use crate::explore::{Explorer, Pane, Selection};

impl DatelineApp {
    pub(super) fn article_command(&mut self, ctx: &Context, command: Command) {
        let session = &mut self.session;
        match command {
            Command::NextMention => self.explorer.step(1),
            Command::PreviousMention => self.explorer.step(-1),
            Command::NextArticle => self.step_article(1),
            Command::PreviousArticle => self.step_article(-1),
            Command::FindInArticle => {
                self.show(Area::Article);
                self.reader.find();
            }
            Command::CopyQuote => {
                if let Some(quotation) = self.reader.quotation(&self.explorer) {
                    ctx.copy_text(quotation);
                    self.toasts.tell("Copied the quotation with its source");
                }
            }
            Command::PageDown => self.reader.turn(1.0),
            Command::PageUp => self.reader.turn(-1.0),
            Command::ClearSelection => {
                if self.dialogs.close()
                    || self.review.back()
                    || self.atlas.put_away()
                    || self.reader.let_go()
                    || self.correcting.let_go()
                {
                } else if self.atlas.unpin() {
                    self.finder.clear();
                } else {
                    self.explorer.select(Selection::None, Pane::None);
                }
            }
            Command::LargerText => {
                session.type_size = (session.type_size + 1.0).min(*Session::TYPE_SIZES.end())
            }
            Command::SmallerText => {
                session.type_size = (session.type_size - 1.0).max(*Session::TYPE_SIZES.start())
            }
            _ => {}
        }
    }

    /// What somebody means by a command of the keyboard: who reads and asks to find something means the article
    /// that is open. A slash still means all of them.
    pub(in crate::app) fn meant(&self, ctx: &Context, command: Command) -> Command {
        let held = ctx.input(|input| input.modifiers.command);
        if command == Command::Find && held && self.reader.is_meant() {
            Command::FindInArticle
        } else {
            command
        }
    }

    /// Selects the article of the list that is `by` further on; the first where none of it is shown.
    fn step_article(&mut self, by: isize) {
        let Explorer { view, collection, selected, .. } = &self.explorer;
        let articles = &view.articles;
        let at = selected.what.article().and_then(|article| view.row_of(collection, article));
        let next = at.map_or(Some(0), |at| at.checked_add_signed(by));
        if let Some(row) = next.and_then(|next| articles.get(next)) {
            let article = row.article;
            self.explorer.select(Selection::Article(article), Pane::None);
            self.show(Area::Article);
        }
    }
}
