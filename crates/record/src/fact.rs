//! The one place where an event becomes a fact of law.

use std::collections::BTreeMap;

use sendero_law::{Fact, Value};

use crate::event::Event;
use crate::record::Entry;
use crate::words::Recipient;

/// The fields of the fact that an event is, or `None` where the law does not ask about it.
type Fields = Option<BTreeMap<String, Value>>;

/// A fact's fields from those that are there.
fn fields<const N: usize>(pairs: [(&str, Option<Value>); N]) -> Fields {
    Some(pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

fn word(word: &str) -> Option<Value> {
    (!word.is_empty()).then(|| Value::Text(word.to_owned()))
}

/// Those of `recipients` whom the law asks for at this place. None at all means all who must have
/// it, so a list of others stays a list.
fn list(recipients: &[Recipient], asked_for: &[Recipient]) -> Option<Value> {
    let words = recipients
        .iter()
        .filter(|recipient| asked_for.contains(recipient))
        .map(|recipient| recipient.word().to_owned());
    (!recipients.is_empty()).then(|| Value::List(words.collect()))
}

/// Who is told that an assessment is considered (regulation 4(2)).
const TOLD: [Recipient; 3] =
    [Recipient::CommissioningBody, Recipient::SocialCare, Recipient::Institution];
/// Who must have a plan or notice.
const SERVED: [Recipient; 3] =
    [Recipient::ParentOrYoungPerson, Recipient::Institution, Recipient::CommissioningBody];

impl Event {
    /// The fields of the fact of law that this event is; `None` if it is none.
    #[must_use]
    pub fn fact_fields(&self) -> Fields {
        match self {
            Self::ChildRegistered(_)
            | Self::AskerNamed(_)
            | Self::PersonTied(_)
            | Self::PersonUntied(_)
            | Self::OwnWordsGiven(_)
            | Self::Told(_)
            | Self::NeedNoted(_)
            | Self::ServiceKept(_)
            | Self::ServiceLetGo(_)
            | Self::SettingChanged(_)
            | Self::ClosureNoted(_)
            | Self::OutOfEducation(_)
            | Self::BackInEducation(_)
            | Self::OfficerAssigned(_)
            | Self::HandoverOffered(_)
            | Self::HandoverAnswered(_)
            | Self::MessageWritten(_)
            | Self::CallNoted(_)
            | Self::PlanDrafted(_)
            | Self::EntryWithdrawn(_)
            | Self::EntryCorrected(_) => None,
            Self::AssessmentRequested(request)
            | Self::BroughtToAttention(request)
            | Self::ReassessmentRequested(request) => fields([("by", word(request.by.word()))]),
            Self::CeaseConsulted(_) => fields([]),
            Self::BodiesNotified(told) => fields([("to", list(&told.to, &TOLD))]),
            Self::InformationRequested(asked) => fields([("from", word(asked.from.word()))]),
            Self::AssessmentAgreed(decision) | Self::AssessmentRefused(decision) => {
                notice_fields(&decision.notice)
            }
            Self::PlanAgreed(decision)
            | Self::PlanRefused(decision)
            | Self::NotAmendingSent(decision)
            | Self::ReassessmentAgreed(decision)
            | Self::ReassessmentRefused(decision)
            | Self::CeaseDecided(decision)
            | Self::TransferLetterSent(decision) => notice_fields(&decision.notice),
            Self::AdviceRequested(asked) => {
                fields([("from", word(asked.from.word())), ("adviser", word(&asked.adviser))])
            }
            Self::AdviceReceived(advice) => {
                fields([("from", word(advice.from.word())), ("adviser", word(&advice.adviser))])
            }
            Self::EarlierAdviceAccepted(advice) => {
                fields([("from", word(advice.from.word())), ("adviser", word(&advice.adviser))])
            }
            Self::DraftPlanSent(sent) => {
                fields([("how", sent.how.and_then(|how| word(how.word())))])
            }
            Self::RepresentationsMade(said) => fields([
                ("agrees", said.agrees.map(Value::Flag)),
                ("meeting-wanted", said.meeting_wanted.map(Value::Flag)),
            ]),
            Self::FinalPlanSent(sent) | Self::AmendedPlanSent(sent) => {
                let mut fields = notice_fields(&sent.notice);
                if let (Some(fields), Some(names)) = (&mut fields, sent.names_institution) {
                    fields.insert("names-institution".to_owned(), Value::Flag(names));
                }
                fields
            }
            Self::ExceptionReliedOn(claim) => fields([
                ("ground", word(claim.ground.word())),
                ("duty", word(&claim.duty)),
                ("reason", word(&claim.reason)),
                ("from", claim.from.and_then(|from| word(from.word()))),
            ]),
            Self::ChildAbsent(away) => {
                fields([("from", Some(Value::Date(away.from))), ("to", Some(Value::Date(away.to)))])
            }
            Self::AppointmentMissed(missed) => fields([("with", word(missed.with.word()))]),
            Self::ReviewDecisionSent(decision) => with_notice(
                decision.notice.as_ref(),
                [
                    ("outcome", word(decision.outcome.word())),
                    ("amendments-included", decision.amendments_included.map(Value::Flag)),
                ],
            ),
            Self::AmendmentNoticeSent(sent) => with_notice(
                Some(&sent.notice),
                [
                    ("amendments-included", sent.amendments_included.map(Value::Flag)),
                    ("outside-review", sent.outside_review.map(Value::Flag)),
                ],
            ),
            Self::PlanTransferred(passed) => fields([
                ("last-reviewed", passed.last_reviewed.map(Value::Date)),
                ("made-on", passed.made_on.map(Value::Date)),
            ]),
            Self::Suspended(suspended) => {
                fields([("school-days", Some(Value::Number(suspended.school_days.into())))])
            }
            Self::MovedArea(_) => fields([]),
            other => match (other.disagreed(), other.said()) {
                (Some((_, about)), _) => {
                    fields([("about", about.and_then(|about| word(about.word())))])
                }
                // What is nothing but words has no fields for the law.
                (None, said) => said.and_then(|_| fields([])),
            },
        }
    }
}

fn notice_fields(notice: &crate::event::Notice) -> Fields {
    fields([
        ("how", notice.how.and_then(|how| word(how.word()))),
        ("to", list(&notice.to, &SERVED)),
    ])
}

/// The fields of a notice, where there is one, and those of its own.
fn with_notice<const N: usize>(
    notice: Option<&crate::event::Notice>,
    own: [(&str, Option<Value>); N],
) -> Fields {
    let mut all = fields(own)?;
    all.extend(notice.and_then(notice_fields).unwrap_or_default());
    Some(all)
}

impl Entry {
    /// The fact of law that this entry is. An entry taken back is no fact: it is left out of the
    /// case together with what took it back.
    #[must_use]
    pub fn fact(&self) -> Option<Fact> {
        Some(Fact {
            id: self.header.id.as_str().to_owned(),
            kind: self.event.kind().to_owned(),
            on: self.header.on,
            known_on: self.header.known_on,
            supersedes: self.header.supersedes.as_ref().map(|id| id.as_str().to_owned()),
            fields: self.event.fact_fields()?,
        })
    }
}
