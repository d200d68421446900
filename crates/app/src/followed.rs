//! What the law makes of a child's live record. The rulebook knows more duties than the record can
//! follow yet: one whose end nobody could record would stand open for ever, so it is left out here.
//! A case file shows every duty.

use sendero_law::{Question, Rulebook, Timeline, evaluate};
use sendero_record::Record;

/// The obligations that the record can follow to their end.
pub(crate) fn timeline_of(rulebook: &Rulebook, record: &Record, question: Question) -> Timeline {
    let mut timeline = evaluate(rulebook, &record.case(question.known_at), question);
    timeline.obligations.retain(|found| {
        let Some(duty) = rulebook.duty(&found.duty) else { return false };
        // Once a child has moved away, what the new authority owes is followed there and not here.
        let elsewhere = duty.owner == "new-authority" && record.moved_by(found.trigger.on);
        duty.followed && !elsewhere
    });
    timeline
}
