//! What a child's record holds once everything of their course was done: each act is decided by the
//! record itself, as a person's click is, but nothing is stored, authorised or sent.

use std::collections::BTreeMap;

use sendero_law::Rulebook;
use sendero_record::{ChildId, Command, Deciding, Entry, EventId, Header, Record, Refusal, decide};

use crate::world::{WorldChild, person_id};

/// The record of a child of the area with this seed, and what it refused: an act that is refused is
/// not done. A test sees that nothing is refused in an area of a few years.
#[must_use]
pub fn record(seed: u64, child: &WorldChild, rulebook: &Rulebook) -> (Record, Vec<Refusal>) {
    let mut refused = Vec::new();
    let mut record = Record::new(ChildId::new(child.key.clone()), Vec::new());
    for act in &child.acts {
        let Some(command) = act.what.command(&record, |key| person_id(seed, key)) else {
            continue;
        };
        let command = with_parts(rulebook, command);
        let with = Deciding { record: &record, rulebook, today: act.day, in_others: 0 };
        let fresh = match decide(with, &command) {
            Ok(fresh) => fresh,
            Err(refusal) => {
                refused.push(refusal);
                continue;
            }
        };
        for fresh in fresh {
            let seq = record.version() + 1;
            let header = Header {
                id: EventId::new(format!("event-{seq:05}")),
                seq,
                on: fresh.on,
                known_on: fresh.known_on,
                recorded_at: String::new(),
                actor: act.who.clone(),
                supersedes: fresh.supersedes,
            };
            record.add(Entry { header, event: fresh.event });
        }
    }
    (record, refused)
}

/// Fills the parts that the rulebook asks of a notice, which a made-up command leaves open.
fn with_parts(rulebook: &Rulebook, mut command: Command) -> Command {
    let parts = |kind: &str| -> BTreeMap<String, String> {
        let parts = rulebook.notice_parts(kind);
        parts.map(|part| (part.to_owned(), "As the law asks.".to_owned())).collect()
    };
    match &mut command {
        Command::AgreeToAssess { sending, .. } => sending.parts = parts("assessment-agreed"),
        Command::RefuseToAssess { sending, .. } => sending.parts = parts("assessment-refused"),
        Command::RefusePlan(sending) => sending.parts = parts("plan-refused"),
        Command::SendDraft { parts: filled, .. } => *filled = parts("draft-plan-sent"),
        Command::SendFinal { sending, .. } => sending.parts = parts("final-plan-sent"),
        _ => {}
    }
    command
}
