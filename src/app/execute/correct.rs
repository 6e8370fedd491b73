//! What is said about mentions, by keys and by clicks.
//! It is first about to be said, with how far it goes, and said when somebody agrees.

use egui::Context;

use crate::app::command::Command;
use crate::app::correct::{
    AcceptForm, AliasForm, Form, NoteForm, PinForm, SameForm, SplitForm, WhenForm, Wish, words_of,
};
use crate::app::dock::Area;
use crate::app::events;
use crate::app::project::{Correction, Ruling, target};
use crate::app::window::DatelineApp;
use crate::explore::{EventRef, Pane, Selection};
use crate::model::{How, one_line};
use crate::project::change;

impl DatelineApp {
    pub(super) fn correct_command(&mut self, ctx: &Context, command: Command) {
        let says =
            matches!(command, Command::ConfirmMention | Command::RejectMention | Command::RestoreMention);
        if let Some(at) = self.explorer.selected.what.event().filter(|_| says) {
            return self.correct_event(ctx, at, command);
        }
        let at = self.explorer.selected.what.mention();
        match command {
            Command::AnotherPlace => {
                (self.session.inspector, self.lists_in_front) = (true, false);
                self.show(Area::Article);
                self.correcting.look_for(self.selected_words());
            }
            Command::PutOnMap => {
                self.dialogs.form = Some(Form::Pin(PinForm::new(self.selected_words(), None)))
            }
            Command::AddMention => self.add_mention(ctx),
            Command::TakeWords => self.take_words(ctx),
            Command::NoteTags => {
                let words = self.selected_words();
                let collection = &self.explorer.collection;
                let about = at.and_then(|at| Some((target(collection, at)?, collection.place_of(at))));
                if let Some((mention, place)) = about {
                    let place = place.and_then(|key| collection.place(key)).map(|entry| &entry.place);
                    let form = NoteForm::new(words, mention, place, self.keeping.state());
                    self.dialogs.form = Some(Form::Note(form));
                }
            }
            Command::NameMeans => {
                let words = self.reader.chosen_words().unwrap_or_else(|| self.selected_words());
                self.dialogs.form = Some(Form::Alias(AliasForm::new(words)));
            }
            Command::SameAs | Command::SplitPlace => self.ask_of_place(ctx, command),
            Command::AcceptAll => {
                self.dialogs.form = Some(Form::Accept(Box::new(AcceptForm::new(ctx, &self.explorer))));
            }
            Command::ConfirmMention => self.propose(Ruling::Confirmed, String::new()),
            Command::RejectMention => self.propose(Ruling::Rejected, String::new()),
            Command::RestoreMention => self.propose(Ruling::Nothing, String::new()),
            command => self.choose(command.candidate().unwrap_or(0)),
        }
    }

    /// What was asked for in correcting.
    pub(super) fn mend(&mut self, ctx: &Context, wish: Wish) {
        match wish {
            Wish::Propose(ruling) => self.propose(ruling, String::new()),
            Wish::ProposeNoted(ruling, note) => self.propose(ruling, note),
            Wish::AskWhen(at) => self.dialogs.form = Some(Form::When(WhenForm::new(at))),
            Wish::Place(at) => {
                self.correcting.place(at);
                self.toasts.tell("Click the place in the text. Esc lets go");
            }
            Wish::Pick(form) => {
                self.correcting.pick(*form);
                self.show(Area::Map);
                self.atlas.pick();
            }
            Wish::Reach(scope) => self.correcting.reach(scope),
            Wish::LetGo => {
                self.correcting.let_go();
            }
            Wish::Apply => {
                if let Some(pending) = self.correcting.take() {
                    self.correct(ctx, pending.correction(&self.explorer.collection));
                }
            }
        }
    }

    /// Says at once what a key says about an event.
    fn correct_event(&mut self, ctx: &Context, at: EventRef, command: Command) {
        let Some(article) = self.explorer.collection.article(at.article) else { return };
        let Some(event) = article.events.get(at.event) else { return };
        let name = events::title(event);
        let (number, shown) = (at.article as u32, (at.article as u32, event.trigger, event.kind));
        let added = event.how() == How::Added;
        let said = Correction::new(move |state| match command {
            Command::ConfirmMention => change::confirm_event(state, &name, shown),
            Command::RejectMention => change::reject_event(state, &name, number, shown.1, added),
            _ => change::restore_event(state, &name, number, shown.1),
        });
        self.correct(ctx, said);
    }

    /// Says that an event happened at the mention that was clicked, where that was asked for.
    pub(super) fn place_event(&mut self, ctx: &Context, what: Selection) -> bool {
        let Selection::Mention(mention) = what else { return false };
        let Some(at) = self.correcting.placed(mention) else { return false };
        let collection = &self.explorer.collection;
        let Some(article) = collection.article(at.article) else { return false };
        let both = article.events.get(at.event).zip(article.mentions.get(mention.mention));
        let Some((event, there)) = both else { return false };
        let place =
            there.place().map_or_else(|| one_line(there.span.of(&article.article.text)), |p| p.label());
        let (name, shown) = (events::title(event), (at.article as u32, event.trigger, event.kind));
        let key = there.key();
        let said = Correction::new(move |state| change::set_scene(state, &name, shown, &place, vec![key]));
        self.correct(ctx, said);
        true
    }

    /// Is about to say that the selected mention means one of its candidates.
    fn choose(&mut self, number: usize) {
        let at = self.explorer.selected.what.mention();
        let article = at.and_then(|at| Some((at, self.explorer.collection.article(at.article)?)));
        let candidate = article.and_then(|(at, article)| {
            let candidates = &article.mentions.get(at.mention)?.candidates;
            Some(candidates.get(number)?.place.clone())
        });
        match candidate {
            Some(place) => self.propose(Ruling::Place(place), String::new()),
            None => self.toasts.tell("There is no such candidate"),
        }
    }

    /// Is about to say something of the selected mention, where that says anything.
    fn propose(&mut self, ruling: Ruling, note: String) {
        if let Some(reason) = &self.keeping.standing().read_only {
            return self.toasts.fail(reason.clone(), None);
        }
        let glance = self.explorer.selected.what.mention();
        let Some(glance) = glance.and_then(|at| self.explorer.collection.glance(at)) else { return };
        let nothing = match ruling {
            Ruling::Confirmed if glance.place.is_none() => Some("There is no place to agree with"),
            Ruling::Nothing if glance.how == How::Auto => Some("Nothing was said about this mention"),
            _ => None,
        };
        match nothing {
            Some(reason) => self.toasts.tell(reason),
            None => {
                self.correcting.propose(&self.explorer, ruling, note);
                self.session.inspector = true;
                self.show(Area::Article);
            }
        }
    }

    /// The words of the selected mention.
    fn selected_words(&self) -> String {
        let at = self.explorer.selected.what.mention();
        at.and_then(|at| words_of(&self.explorer.collection, at)).unwrap_or_default()
    }

    /// Makes a mention of the words that are chosen in the article.
    fn add_mention(&mut self, ctx: &Context) {
        let Some((article, span)) = self.reader.chosen_span() else { return };
        let name = self.reader.chosen_words().unwrap_or_default();
        let add = Correction::new(move |state| change::add(state, &name, article as u32, span, None));
        self.reader.choose_nothing();
        self.correcting.expect(article, span);
        self.correct(ctx, add);
    }

    /// Gives the selected mention the words that are chosen in the article.
    fn take_words(&mut self, ctx: &Context) {
        let Some((article, span)) = self.reader.chosen_span() else { return };
        let at = self.explorer.selected.what.mention().filter(|at| at.article == article);
        let Some(key) = at.and_then(|at| Some(self.explorer.collection.glance(at)?.key())) else { return };
        let name = self.reader.chosen_words().unwrap_or_default();
        let take = Correction::new(move |state| change::set_words(state, &name, article as u32, key, span));
        self.reader.choose_nothing();
        self.correct(ctx, take);
    }

    /// Asks what is to become of the selected place.
    fn ask_of_place(&mut self, ctx: &Context, command: Command) {
        let collection = &self.explorer.collection;
        let key = self.explorer.selected.what.place(collection);
        let form = key.and_then(|key| match command {
            Command::SameAs => {
                let place = collection.place(key)?.place.clone();
                Some(Form::Same(SameForm::new(place)))
            }
            _ => SplitForm::new(ctx, collection, key).map(Form::Split),
        });
        self.dialogs.form = form;
    }

    /// Asks what lies at a point that was shown on the map, `(latitude, longitude)`.
    pub(super) fn put_here(&mut self, at: (f64, f64)) {
        let words = self.selected_words();
        self.dialogs.form = Some(Form::Pin(self.correcting.picked(at, || words)));
    }

    /// Selects a mention that was added, once it is there.
    pub(super) fn select_added(&mut self) {
        if let Some(at) = self.correcting.arrived(&self.explorer.collection) {
            self.explorer.select(Selection::Mention(at), Pane::Reader);
            self.session.inspector = true;
        }
    }
}
