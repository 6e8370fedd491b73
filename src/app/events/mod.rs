//! What events look like and what they are called, wherever the window shows them.
//! The form of a symbol says the class, the sign in it the type, and its colour the class once more.

mod card;
mod edit;
mod legend;
mod names;
mod reports;
mod said;
mod symbol;
mod when;

pub(super) use card::EventCard;
pub(super) use legend::{
    beside as beside_legend, is_open as legend_is_open, room as legend_room, ui as legend,
};
pub(super) use names::{class, facts, kind, nowhere, polarity, polarity_icon, title, titled, types_of};
pub(super) use symbol::{faded, form, icon, sign, symbol};
pub(super) use when::{date, when};
