//! Every act is taken by the record itself, under the law that is in force: nothing is refused.

use std::collections::BTreeMap;

use sendero_law::Rulebook;
use sendero_record::{ChildId, Command, Deciding, Entry, EventId, Header, Record, decide};
use sendero_world::{children, person_id};

use crate::area;

/// Fills the parts that the rulebook asks of a notice, as whoever replays an act does.
fn with_parts(mut command: Command) -> Command {
    let parts = |kind: &str| -> BTreeMap<String, String> {
        let parts = Rulebook::embedded().notice_parts(kind);
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

#[test]
fn no_act_is_refused() {
    let setup = area(250);
    let rulebook = Rulebook::embedded();
    for child in children(&setup) {
        let id = ChildId::new(child.key.clone());
        let mut record = Record::new(id.clone(), Vec::new());
        for act in &child.acts {
            let command = act.what.command(&record, |key| person_id(setup.seed, key));
            let command = with_parts(command.expect("what a deed names is on the record"));
            let with = Deciding { record: &record, rulebook, today: act.day };
            let fresh = match decide(with, &command) {
                Ok(fresh) => fresh,
                Err(refusal) => panic!("{} on {}: {refusal}", child.key, act.day),
            };
            let mut entries = record.entries().to_vec();
            for one in fresh {
                let seq = i64::try_from(entries.len()).unwrap() + 1;
                let header = Header {
                    id: EventId::new(format!("event-{seq}")),
                    seq,
                    on: one.on,
                    known_on: one.known_on,
                    recorded_at: String::new(),
                    actor: act.who.clone(),
                    supersedes: one.supersedes,
                };
                entries.push(Entry { header, event: one.event });
            }
            record = Record::new(id.clone(), entries);
        }
    }
}
