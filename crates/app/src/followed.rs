//! What the law makes of a child's live record. The rulebook knows more duties than the record can
//! follow yet: one whose end nobody could record would stand open for ever, so it is left out here.
//! A case file shows every duty.

use jiff::civil::Date;
use sendero_law::{Case, Duty, Outlined, Question, Rulebook, Timeline, evaluate, outline};
use sendero_record::Record;

/// The obligations that the record can follow to their end.
pub(crate) fn timeline_of(rulebook: &Rulebook, record: &Record, question: Question) -> Timeline {
    let mut timeline = evaluate(rulebook, &record.case(question.known_at), question);
    timeline.obligations.retain(|found| {
        rulebook.duty(&found.duty).is_some_and(|duty| is_followed(record, duty, found.trigger.on))
    });
    timeline
}

/// The same without explanations, as rows hold it: in the same order.
pub(crate) fn outlined<'a>(
    rulebook: &'a Rulebook,
    record: &Record,
    case: &'a Case,
    question: Question,
) -> Outlined<'a> {
    let mut outlined = outline(rulebook, case, question);
    outlined.duties.retain(|found| is_followed(record, found.duty, found.on()));
    outlined.duties.sort_by_key(|found| {
        let due = found.due().unwrap_or(sendero_law::NEVER);
        (due, found.duty.id.as_str(), found.on(), found.event())
    });
    outlined
}

fn is_followed(record: &Record, duty: &Duty, started: Date) -> bool {
    // Once a child has moved away, what the new authority owes is followed there and not here.
    duty.followed && !(duty.owner == "new-authority" && record.moved_by(started))
}
