//! A record as tests here make it up: a child, and what happened on one day.

use std::sync::Arc;

use jiff::civil::Date;
use sendero_law::{Rulebook, SourceFile};
use sendero_record::{
    ChildId, ChildRegistered, Entry, Event, EventId, Header, Name, Record, Reference,
};

use crate::AreaLaw;

/// A child born on a day, to whom `event` happened on the day on which the record was opened.
pub(crate) fn record_of(born: Option<Date>, on: Date, event: Event) -> Record {
    let child = ChildRegistered {
        reference: Reference::make("ALD", 2026, 9, 417).expect("a reference"),
        name: Name::new("Tomasz", "Okonjo"),
        born,
    };
    let events = [Event::ChildRegistered(child), event];
    let entry = |(seq, event)| Entry {
        header: Header {
            id: EventId::new(format!("e{seq}")),
            seq,
            on,
            known_on: on,
            recorded_at: String::new(),
            actor: String::new(),
            supersedes: None,
        },
        event,
    };
    Record::new(ChildId::new("child"), (1..).zip(events).map(entry).collect())
}

/// The law with what an area has promised, or with its terms.
pub(crate) fn law_with(local: &str) -> AreaLaw {
    let file = SourceFile { name: "local/a.toml".to_owned(), text: local.to_owned() };
    let rulebook = Rulebook::with_local(&[file]).expect("fits the law");
    AreaLaw { rulebook: Box::leak(Box::new(rulebook)), years: Arc::default() }
}
