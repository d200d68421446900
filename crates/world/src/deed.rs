//! What is done: a command, or a command that names an earlier event. The id of an event is not
//! known while a world is made, so such a deed names it by order and is resolved against the record.

use jiff::civil::Date;
use sendero_record::{AdviceItem, Command, Entry, Event, PersonId, Record};

/// What a person of the pretend area does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A command as it stands.
    Command(Command),
    /// Gives advice that was asked for.
    GiveAdvice {
        /// Which of the child's requests for advice, in the order of asking, from 0.
        nth_request: usize,
        /// The key of who gives it.
        by: String,
        /// Needs, outcomes and provision.
        items: Vec<AdviceItem>,
        /// How they came to know the child.
        how_known: String,
        /// Anything else.
        words: String,
    },
    /// Answers the offer of a case that is open.
    AnswerHandover {
        /// The key of the officer who answers.
        officer: String,
        /// Whether they take it.
        accepted: bool,
        /// Anything to add.
        note: String,
    },
    /// Puts right the day of the last standing entry of a kind.
    CorrectDay {
        /// The kind of event.
        kind: &'static str,
        /// The day on which it did happen.
        on: Date,
        /// Why it is put right.
        why: String,
    },
    /// Takes back the last standing entry of a kind.
    Withdraw {
        /// The kind of event.
        kind: &'static str,
        /// Why.
        why: String,
    },
}

impl Deed {
    /// The command that this deed is on `record`, or `None` where what it names is not there.
    #[must_use]
    pub fn command(
        &self,
        record: &Record,
        person_id_of: impl Fn(&str) -> PersonId,
    ) -> Option<Command> {
        Some(match self {
            Self::Command(command) => command.clone(),
            Self::GiveAdvice { nth_request, by, items, how_known, words } => Command::GiveAdvice {
                request: record.advice().get(*nth_request)?.asked.id.clone(),
                person: person_id_of(by),
                items: items.clone(),
                how_known: how_known.clone(),
                words: words.clone(),
            },
            Self::AnswerHandover { officer, accepted, note } => Command::AnswerHandover {
                officer: person_id_of(officer),
                accepted: *accepted,
                note: note.clone(),
            },
            Self::CorrectDay { kind, on, why } => {
                let entry = last_of(record, kind)?;
                Command::Correct {
                    entry: entry.header.id.clone(),
                    event: entry.event.clone(),
                    on: *on,
                    why: why.clone(),
                }
            }
            Self::Withdraw { kind, why } => Command::Withdraw {
                entry: last_of(record, kind)?.header.id.clone(),
                why: why.clone(),
            },
        })
    }

    /// The event that this deed records as it stands, if it does.
    #[must_use]
    pub fn event(&self) -> Option<&Event> {
        match self {
            Self::Command(Command::Record { event, .. }) => Some(event),
            _ => None,
        }
    }
}

/// The entry of a kind that was recorded last and still stands.
fn last_of<'a>(record: &'a Record, kind: &str) -> Option<&'a Entry> {
    record.standing().rev().find(|entry| entry.event.kind() == kind)
}
