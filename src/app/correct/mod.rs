//! Correcting in the window: what is about to be said of a mention, and the forms that ask for more.
//! Nothing is changed here: what somebody decides on is handed on as a correction, which is on the disk before any pane
//! shows it.

mod accept;
mod alias;
mod form;
mod note;
mod pending;
mod pin;
mod same;
mod search;
mod split;
mod strip;
mod when;

use egui::{Context, Ui};

use super::command::Act;
use super::project::Ruling;
use super::theme::space;
use super::words;
use crate::explore::{Collection, EventRef, Explorer, Glance, MentionRef, Pane, Reach, Scope, Selection};
use crate::model::{How, Kind, Span, one_line};

pub use accept::AcceptForm;
pub use alias::AliasForm;
pub use form::{Around, Form};
pub use note::NoteForm;
pub use pending::Pending;
pub use pin::PinForm;
pub use same::SameForm;
pub use search::PlaceSearch;
pub use split::SplitForm;
pub use strip::HIGH as STRIP;
pub use when::WhenForm;

/// What is asked for in correcting.
#[derive(Clone, Debug)]
pub enum Wish {
    /// To say this of the selected mention, once it is agreed to.
    Propose(Ruling),
    /// The same, with a note on the place.
    ProposeNoted(Ruling, String),
    /// To say when an event happened.
    AskWhen(EventRef),
    /// To click in the text where an event happened.
    Place(EventRef),
    /// To show on the map where this is.
    Pick(Box<PinForm>),
    /// To let what is about to be said go so far.
    Reach(Scope),
    /// To say what is about to be said.
    Apply,
    /// Not to say it.
    LetGo,
}

/// What the window is being corrected with.
#[derive(Default)]
pub struct Correcting {
    pending: Option<Pending>,
    /// Whether a button of the strip had the keyboard in the last frame.
    own_button: bool,
    /// The search for a place that is not among the candidates.
    search: Option<PlaceSearch>,
    /// A point that is being shown on the map.
    picking: Option<PinForm>,
    /// Words that were added as a mention, which is to be selected when it is there.
    expected: Option<(usize, Span)>,
    /// The event whose place is to be clicked in the text.
    placing: Option<EventRef>,
}

impl Correcting {
    /// What is about to be said.
    pub fn pending(&self) -> Option<&Pending> {
        self.pending.as_ref()
    }

    /// Whether something is being counted.
    pub fn is_busy(&self) -> bool {
        self.pending.as_ref().is_some_and(Pending::is_counting)
    }

    /// Lets go of the search, or of what is about to be said; answers whether there was anything.
    pub fn let_go(&mut self) -> bool {
        self.picking = None;
        self.placing.take().is_some() || self.search.take().is_some() || self.pending.take().is_some()
    }

    /// Asks for a place that is not among the candidates.
    pub fn look_for(&mut self, words: String) {
        self.search = Some(PlaceSearch::new("Search for the right place", words));
    }

    /// Whether a place is being looked for.
    pub fn is_looking(&self) -> bool {
        self.search.is_some()
    }

    /// Draws the search over the room that is left.
    pub fn search(&mut self, ui: &mut Ui, around: &Around<'_>, acts: &mut Vec<Act>) {
        let Some(search) = &mut self.search else { return };
        let high = (ui.available_height() - space::XL).max(space::ROW);
        let taken = search.ui(ui, around.gazetteer, &around.explorer.collection, high);
        if let Some(place) = taken {
            self.search = None;
            acts.push(Act::Mend(Wish::Propose(Ruling::Place(place))));
        }
    }

    /// Waits for a point to be shown on the map.
    pub fn pick(&mut self, form: PinForm) {
        self.picking = Some(form);
    }

    /// The point that was waited for, for something of this name where none was.
    pub fn picked(&mut self, at: (f64, f64), words: impl FnOnce() -> String) -> PinForm {
        match self.picking.take() {
            Some(mut form) => {
                form.point(at);
                form
            }
            None => PinForm::new(words(), Some(at)),
        }
    }

    /// Waits for the place of an event to be clicked in the text.
    pub fn place(&mut self, at: EventRef) {
        self.placing = Some(at);
    }

    /// The event whose place that mention is, where one was waited for.
    pub fn placed(&mut self, at: MentionRef) -> Option<EventRef> {
        self.placing.take().filter(|event| event.article == at.article)
    }

    /// Waits for a mention to be there at these words.
    pub fn expect(&mut self, article: usize, words: Span) {
        self.expected = Some((article, words));
    }

    /// The mention that was waited for, once it is there.
    pub fn arrived(&mut self, collection: &Collection) -> Option<MentionRef> {
        let (article, words) = self.expected?;
        let there = |glance: &Glance| glance.key() == words && glance.how != How::Rejected;
        let mention = collection.glances(article).iter().position(there)?;
        self.expected = None;
        Some(MentionRef { article, mention })
    }

    /// Is about to say something of a mention.
    pub fn propose(&mut self, explorer: &Explorer, ruling: Ruling, note: String) {
        let Some(at) = explorer.selected.what.mention() else { return };
        if let Some(pending) = self.pending.as_mut().filter(|pending| pending.at == at) {
            pending.say(ruling, note);
            return;
        }
        let scope = scope_of(explorer, &ruling);
        let words = words_of(&explorer.collection, at);
        self.pending =
            words.and_then(|words| Pending::new(&explorer.collection, at, words, (ruling, note), scope));
    }

    /// Lets what is about to be said go so far.
    pub fn reach(&mut self, scope: Scope) {
        if let Some(pending) = &mut self.pending {
            pending.scope = scope;
        }
    }

    /// What is to be said now.
    pub fn take(&mut self) -> Option<Pending> {
        self.pending.take()
    }

    /// Keeps it true to what is selected, and hears its keys.
    pub fn follow(&mut self, ctx: &Context, explorer: &Explorer, covered: bool, acts: &mut Vec<Act>) {
        if explorer.selected.what.mention().is_none() {
            self.search = None;
        }
        let Some(pending) = &mut self.pending else { return };
        let same = explorer.selected.what.mention() == Some(pending.at);
        if !same || !pending.holds(&explorer.collection) {
            self.pending = None;
            return;
        }
        pending.count(ctx, &explorer.collection);
        if !covered {
            strip::keys(ctx, pending, self.own_button, acts);
        }
    }

    /// Draws what is about to be said.
    pub fn strip(&mut self, ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
        self.own_button =
            self.pending.as_ref().is_some_and(|pending| strip::ui(ui, pending, &explorer.collection, acts));
    }
}

/// How far a decision goes unless a person says otherwise: from a mark or a list, wherever the program chose the
/// same; from the text, as far as the article. What is agreed with or let go of is a matter of the one mention.
fn scope_of(explorer: &Explorer, ruling: &Ruling) -> Scope {
    match (ruling, explorer.selected.what, explorer.selected.from) {
        (Ruling::Confirmed | Ruling::Nothing, ..) => Scope::Mention,
        (_, Selection::Place { .. }, _) | (_, _, Pane::Map) => Scope::SameChoice,
        _ => Scope::Article,
    }
}

/// The words of a mention, on one line.
pub fn words_of(collection: &Collection, at: MentionRef) -> Option<String> {
    let article = collection.article(at.article)?;
    let mention = article.mentions.get(at.mention)?;
    Some(one_line(mention.span.of(&article.article.text)))
}

/// "214 mentions in 120 articles; 3 that were decided stay". Where decisions are let go of, there is nothing to stay.
fn said_of(reach: &Reach, letting_go: bool) -> String {
    let mentions = words::count(reach.mentions.len(), "mention", "mentions");
    let articles = words::count(reach.articles, "article", "articles");
    match reach.decided {
        _ if letting_go => format!("{mentions} in {articles}"),
        0 => format!("{mentions} in {articles}"),
        1 => format!("{mentions} in {articles}; 1 that was decided stays"),
        more => format!("{mentions} in {articles}; {} that were decided stay", words::number(more as u64)),
    }
}

/// What a kind of words is called after "is".
const fn words_of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Name => "a name",
        Kind::Demonym => "a people or adjective",
        Kind::Embedded => "inside another name",
        Kind::Coordinate => "coordinates",
    }
}
