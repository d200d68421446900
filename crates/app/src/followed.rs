//! What the law makes of a child's live record. The rulebook knows more duties than the record can
//! follow yet: one whose end nobody could record would stand open for ever, so it is left out here.
//! A case file shows every duty.

use sendero_law::{Question, Rulebook, Timeline, evaluate};
use sendero_record::Record;

/// The obligations that the record can follow to their end.
pub(crate) fn timeline_of(rulebook: &Rulebook, record: &Record, question: Question) -> Timeline {
    let mut timeline = evaluate(rulebook, &record.case(question.known_at), question);
    timeline
        .obligations
        .retain(|found| rulebook.duty(&found.duty).is_some_and(|duty| duty.followed));
    timeline
}
