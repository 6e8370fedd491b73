//! What is explored, mentions or events, and what of events is shown.
//! What is explored is part of the filter, so that going back goes back to it; lists and session follow it.

use crate::app::command::Command;
use crate::app::events;
use crate::app::session::ListTab;
use crate::app::window::DatelineApp;
use crate::explore::{PolaritySet, Subject};

impl DatelineApp {
    pub(super) fn event_command(&mut self, command: Command) {
        let filter = &mut self.explorer.filter;
        match command {
            Command::ShowMentions => filter.subject = Subject::Mentions,
            Command::ShowEvents => filter.subject = Subject::Events,
            Command::DefaultPolarities => {
                let polarities = &mut filter.events.polarities;
                let all = *polarities == PolaritySet::DEFAULT;
                *polarities = if all { PolaritySet::ALL } else { PolaritySet::DEFAULT };
            }
            Command::CountOnce => filter.events.once = !filter.events.once,
            Command::EventLegend => {
                let open = events::legend_is_open(self.map_room, self.session.legend);
                self.session.legend = Some(!open);
            }
            _ => {}
        }
        self.follow_subject();
    }

    /// Brings the list to the front that goes with what is explored, when that has changed.
    pub(super) fn follow_subject(&mut self) {
        let subject = self.explorer.filter.subject;
        self.session.once = self.explorer.filter.events.once;
        if std::mem::replace(&mut self.session.subject, subject) == subject {
            return;
        }
        let tab = &mut self.session.tab;
        *tab = match (subject, *tab) {
            (Subject::Events, ListTab::Places) => ListTab::Events,
            (Subject::Mentions, ListTab::Events) => ListTab::Places,
            (_, tab) => tab,
        };
    }
}
