//! The windows that ask for more than a key can say: a point, a note, what a name means, which places are one.
//! Each hands on what it was told and is gone.

use egui::Context;

use super::accept::AcceptForm;
use super::alias::AliasForm;
use super::note::NoteForm;
use super::pin::PinForm;
use super::same::SameForm;
use super::split::SplitForm;
use super::when::WhenForm;
use crate::app::command::Act;
use crate::explore::Explorer;
use crate::gazetteer::Gazetteer;
use crate::project::State;

/// What a form may look at.
pub struct Around<'a> {
    /// What is open and selected.
    pub explorer: &'a Explorer,
    /// What people have said.
    pub state: &'a State,
    /// Where places are looked up.
    pub gazetteer: &'a Gazetteer,
}

/// A window that asks for something.
pub enum Form {
    /// A point set by hand.
    Pin(PinForm),
    /// When an event happened.
    When(WhenForm),
    /// A note and tags.
    Note(NoteForm),
    /// What names mean in all articles.
    Alias(AliasForm),
    /// Which place another is the same as.
    Same(SameForm),
    /// Which mentions of a place mean another.
    Split(SplitForm),
    /// From which score on the program is agreed with.
    Accept(Box<AcceptForm>),
}

impl Form {
    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        match self {
            Self::Pin(form) => form.ui(ctx, around, acts),
            Self::When(form) => form.ui(ctx, around, acts),
            Self::Note(form) => form.ui(ctx, around, acts),
            Self::Alias(form) => form.ui(ctx, around, acts),
            Self::Same(form) => form.ui(ctx, around, acts),
            Self::Split(form) => form.ui(ctx, around, acts),
            Self::Accept(form) => form.ui(ctx, around, acts),
        }
    }

    /// Whether something in it is being worked out.
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Accept(form) => form.is_busy(),
            Self::Split(form) => form.is_busy(),
            _ => false,
        }
    }
}
