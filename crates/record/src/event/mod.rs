//! What can happen to one child's record. The content of an event is JSON, written once and kept
//! byte for byte; its kind, days and actor stand in the header beside it.

mod payload;

pub use self::payload::*;
use crate::plan::PlanText;
use crate::words::{Channel, Disputed};

/// Content that cannot be read as the event its header names.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// This version does not know the kind.
    #[error("unknown kind of event `{0}`")]
    Kind(String),
    /// This version does not know the format of that kind.
    #[error("unknown format {1} of event kind `{0}`")]
    Format(String, i64),
    /// The content does not fit the kind.
    #[error("event of kind `{kind}` does not fit its kind")]
    Content {
        /// The kind.
        kind: String,
        /// What the reader said.
        source: serde_json::Error,
    },
}

/// Makes [`Event`] with its kinds, its writer and its reader from one list.
macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident($payload:ty) = $kind:literal,)+) => {
        /// One thing that happened to a child's record.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event { $($(#[$doc])* $variant($payload),)+ }

        impl Event {
            /// Every kind that a record can hold.
            pub const KINDS: &'static [&'static str] = &[$($kind,)+];

            /// The format in which this version writes content. A change to a payload raises it,
            /// and the old one is read by an upcaster, never rewritten.
            pub const FORMAT: i64 = 1;

            /// The word of its kind; for a fact of law, the kind of `law/events.toml`.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind,)+ }
            }

            /// The content as it is stored.
            #[must_use]
            pub fn content(&self) -> Vec<u8> {
                // Maps with text keys and plain values: writing them cannot fail.
                match self { $(Self::$variant(payload) => serde_json::to_vec(payload),)+ }
                    .unwrap_or_default()
            }

            /// Reads stored content.
            ///
            /// # Errors
            /// [`Unreadable`] where kind, format or content is not one that this version knows.
            pub fn read(kind: &str, format: i64, content: &[u8]) -> Result<Self, Unreadable> {
                if format != Self::FORMAT {
                    return Err(Unreadable::Format(kind.to_owned(), format));
                }
                match kind {
                    $($kind => serde_json::from_slice(content).map(Self::$variant),)+
                    _ => return Err(Unreadable::Kind(kind.to_owned())),
                }
                .map_err(|source| Unreadable::Content { kind: kind.to_owned(), source })
            }
        }
    };
}

events! {
    /// The record was opened.
    ChildRegistered(ChildRegistered) = "child-registered",
    /// Who says that they asked. It is no tie until somebody has checked who they are.
    AskerNamed(AskerNamed) = "asker-named",
    /// A person was tied to the child.
    PersonTied(PersonTied) = "person-tied",
    /// A tie ended.
    PersonUntied(PersonUntied) = "person-untied",
    /// The child's or young person's own words (section A).
    OwnWordsGiven(OwnWordsGiven) = "own-words-given",
    /// A contribution, told once.
    Told(Told) = "told",
    /// A need was noted.
    NeedNoted(NeedNoted) = "need-noted",
    /// A service of the Local Offer was put on the child's list.
    ServiceKept(ServiceKept) = "service-kept",
    /// It was taken off again.
    ServiceLetGo(ServiceKept) = "service-let-go",
    /// Where the child learns.
    SettingChanged(SettingChanged) = "setting-changed",
    /// The child's school is closed to pupils for a span.
    ClosureNoted(ClosureNoted) = "closure-noted",
    /// Not receiving full-time education, since `on`.
    OutOfEducation(OutOfEducation) = "out-of-education",
    /// Receiving full-time education again, from `on`.
    BackInEducation(BackInEducation) = "back-in-education",
    /// An officer has the case.
    OfficerAssigned(OfficerAssigned) = "officer-assigned",
    /// The case was offered to another officer; it stays the sender's until accepted.
    HandoverOffered(HandoverOffered) = "handover-offered",
    /// The offer was answered.
    HandoverAnswered(HandoverAnswered) = "handover-answered",
    /// A message in the family's thread.
    MessageWritten(MessageWritten) = "message-written",
    /// A call was noted.
    CallNoted(CallNoted) = "call-noted",
    /// The working text of a plan was saved.
    PlanDrafted(PlanDrafted) = "plan-drafted",
    /// An earlier entry was taken back; it is kept and shown as taken back.
    EntryWithdrawn(EntryWithdrawn) = "entry-withdrawn",
    /// Why an earlier entry was put right; the entry that puts it right goes before this one.
    EntryCorrected(EntryCorrected) = "entry-corrected",

    /// A request for an EHC needs assessment was received.
    AssessmentRequested(AssessmentRequested) = "assessment-requested",
    /// Somebody else brought the child to the authority's attention.
    BroughtToAttention(AssessmentRequested) = "brought-to-attention",
    /// The request was withdrawn.
    RequestWithdrawn(Said) = "request-withdrawn",
    /// The family was consulted before the decision.
    FamilyConsulted(Said) = "family-consulted",
    /// The bodies of regulation 4(2) were told.
    BodiesNotified(BodiesNotified) = "bodies-notified",
    /// Information was asked for before the decision.
    InformationRequested(InformationRequested) = "information-requested",
    /// The authority will assess.
    AssessmentAgreed(AssessmentDecision) = "assessment-agreed",
    /// The authority will not assess.
    AssessmentRefused(AssessmentDecision) = "assessment-refused",
    /// Advice was asked for.
    AdviceRequested(AdviceRequested) = "advice-requested",
    /// Advice came.
    AdviceReceived(AdviceReceived) = "advice-received",
    /// Earlier advice stands: adviser, family and authority all agree (reg 6(4)).
    EarlierAdviceAccepted(EarlierAdviceAccepted) = "earlier-advice-accepted",
    /// The authority decided that a plan is necessary.
    PlanAgreed(PlanDecision) = "plan-agreed",
    /// The authority decided not to issue a plan.
    PlanRefused(PlanDecision) = "plan-refused",
    /// The draft plan was sent.
    DraftPlanSent(DraftPlanSent) = "draft-plan-sent",
    /// The family's comments on the draft.
    RepresentationsMade(RepresentationsMade) = "representations-made",
    /// The family requires a meeting with an officer.
    MeetingRequired(Said) = "meeting-required",
    /// That meeting was held.
    OfficerMeetingHeld(Said) = "officer-meeting-held",
    /// The final plan was sent.
    FinalPlanSent(FinalPlanSent) = "final-plan-sent",
    /// The authority or an adviser relies on an exception.
    ExceptionReliedOn(ExceptionReliedOn) = "exception-relied-on",
    /// The child was away from the area for a span.
    ChildAbsent(ChildAbsent) = "child-absent",
    /// An appointment was missed.
    AppointmentMissed(AppointmentMissed) = "appointment-missed",
    /// A mediation adviser was contacted.
    MediationContacted(Disagreed) = "mediation-contacted",
    /// The family does not wish to mediate.
    MediationDeclined(Disagreed) = "mediation-declined",
    /// The family wishes to mediate.
    MediationWanted(Disagreed) = "mediation-wanted",
    /// A mediation certificate was issued.
    MediationCertificateIssued(Disagreed) = "mediation-certificate-issued",
    /// An appeal was made.
    AppealMade(AppealMade) = "appeal-made",
    /// A complaint was made.
    ComplaintMade(Said) = "complaint-made",
    /// The Tribunal registered the appeal.
    AppealRegistered(Said) = "appeal-registered",
    /// The mediation was held.
    MediationHeld(Said) = "mediation-held",
    /// The complaint was acknowledged.
    ComplaintAcknowledged(Said) = "complaint-acknowledged",
    /// The complaint was answered at the first stage.
    ComplaintAnswered(Said) = "complaint-answered",
    /// The family was told that the answer needs longer.
    ComplaintExtended(Said) = "complaint-extended",
    /// The complaint was taken to the second stage.
    ComplaintSecondStage(Said) = "complaint-second-stage",
    /// The second-stage complaint was acknowledged.
    ComplaintSecondAcknowledged(Said) = "complaint-second-acknowledged",
    /// The complaint was answered for the last time.
    ComplaintClosed(Said) = "complaint-closed",
    /// The report of the review was sent.
    ReviewReportSent(Said) = "review-report-sent",
    /// Suitable education was arranged after an exclusion.
    SuitableEducationArranged(Said) = "suitable-education-arranged",
    /// The governors considered reinstatement.
    ReinstatementConsidered(Said) = "reinstatement-considered",
    /// A review meeting was held.
    ReviewMeetingHeld(Said) = "review-meeting-held",
    /// The decision after a review was sent.
    ReviewDecisionSent(ReviewDecisionSent) = "review-decision-sent",
    /// The proposed amendments were sent, not as the decision after a review.
    AmendmentNoticeSent(AmendmentNoticeSent) = "amendment-notice-sent",
    /// The amended final plan was sent.
    AmendedPlanSent(FinalPlanSent) = "amended-plan-sent",
    /// Notice that the plan will not be amended after all.
    NotAmendingSent(PlanDecision) = "not-amending-sent",
    /// Somebody asked that the child be assessed again.
    ReassessmentRequested(AssessmentRequested) = "reassessment-requested",
    /// The authority will assess again.
    ReassessmentAgreed(PlanDecision) = "reassessment-agreed",
    /// The authority will not assess again.
    ReassessmentRefused(PlanDecision) = "reassessment-refused",
    /// The authority thinks of ending the plan.
    CeaseConsidered(Said) = "cease-considered",
    /// The family and the institution were asked about that.
    CeaseConsulted(PlanDecision) = "cease-consulted",
    /// The authority made up its mind to end the plan.
    CeaseResolved(Said) = "cease-resolved",
    /// The decision to end the plan was sent.
    CeaseDecided(PlanDecision) = "cease-decided",
    /// The plan came to an end.
    PlanCeased(Said) = "plan-ceased",
    /// The child was permanently excluded.
    PermanentlyExcluded(Said) = "permanently-excluded",
    /// The child was suspended.
    Suspended(Suspended) = "suspended",
    /// The family moved to another area.
    MovedArea(MovedArea) = "moved-area",
    /// A plan was passed on: to the new authority by the old, or to us by another.
    PlanTransferred(PlanTransferred) = "plan-transferred",
    /// The letter of regulation 15(4) about a plan that came.
    TransferLetterSent(PlanDecision) = "transfer-letter-sent",
}

/// Makes the three ways to the words of an event that is nothing but words, from one list.
macro_rules! said {
    ($($variant:ident,)+) => {
        impl Event {
            /// Its words, of an event whose words say all.
            #[must_use]
            pub const fn said(&self) -> Option<&Said> {
                match self { $(Self::$variant(said) => Some(said),)+ _ => None }
            }

            /// The same, to be said anew in a correction.
            pub const fn said_mut(&mut self) -> Option<&mut Said> {
                match self { $(Self::$variant(said) => Some(said),)+ _ => None }
            }

            /// The event of that kind with these words, where words say all of it.
            #[must_use]
            pub fn saying(kind: &str, said: &Said) -> Option<Self> {
                [$(Self::$variant(said.clone()),)+].into_iter().find(|event| event.kind() == kind)
            }
        }
    };
}

said! {
    RequestWithdrawn,
    FamilyConsulted,
    MeetingRequired,
    OfficerMeetingHeld,
    MediationHeld,
    AppealRegistered,
    ComplaintMade,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintExtended,
    ComplaintSecondStage,
    ComplaintSecondAcknowledged,
    ComplaintClosed,
    ReviewMeetingHeld,
    ReviewReportSent,
    CeaseConsidered,
    CeaseResolved,
    PlanCeased,
    PermanentlyExcluded,
    SuitableEducationArranged,
    ReinstatementConsidered,
}

impl Event {
    /// The notice that it is, or that went with it.
    #[must_use]
    pub const fn notice(&self) -> Option<&Notice> {
        match self {
            Self::AssessmentAgreed(decision) | Self::AssessmentRefused(decision) => {
                Some(&decision.notice)
            }
            Self::PlanAgreed(decision)
            | Self::PlanRefused(decision)
            | Self::NotAmendingSent(decision)
            | Self::ReassessmentAgreed(decision)
            | Self::ReassessmentRefused(decision)
            | Self::CeaseConsulted(decision)
            | Self::CeaseDecided(decision)
            | Self::TransferLetterSent(decision) => Some(&decision.notice),
            Self::FinalPlanSent(sent) | Self::AmendedPlanSent(sent) => Some(&sent.notice),
            Self::AmendmentNoticeSent(sent) => Some(&sent.notice),
            Self::ReviewDecisionSent(decision) => decision.notice.as_ref(),
            _ => None,
        }
    }

    /// The same, to be said anew in a correction.
    pub const fn notice_mut(&mut self) -> Option<&mut Notice> {
        match self {
            Self::AssessmentAgreed(decision) | Self::AssessmentRefused(decision) => {
                Some(&mut decision.notice)
            }
            Self::PlanAgreed(decision)
            | Self::PlanRefused(decision)
            | Self::NotAmendingSent(decision)
            | Self::ReassessmentAgreed(decision)
            | Self::ReassessmentRefused(decision)
            | Self::CeaseConsulted(decision)
            | Self::CeaseDecided(decision)
            | Self::TransferLetterSent(decision) => Some(&mut decision.notice),
            Self::FinalPlanSent(sent) | Self::AmendedPlanSent(sent) => Some(&mut sent.notice),
            Self::AmendmentNoticeSent(sent) => Some(&mut sent.notice),
            Self::ReviewDecisionSent(decision) => decision.notice.as_mut(),
            _ => None,
        }
    }

    /// The step of a disagreement that has this kind, with these words, about this decision.
    #[must_use]
    pub fn disagreeing(kind: &str, words: &str, about: Option<Disputed>) -> Option<Self> {
        let words = words.to_owned();
        if kind == "appeal-made" {
            return Some(Self::AppealMade(AppealMade { about, words }));
        }
        let step = Disagreed { words, about };
        Some(match kind {
            "mediation-contacted" => Self::MediationContacted(step),
            "mediation-declined" => Self::MediationDeclined(step),
            "mediation-wanted" => Self::MediationWanted(step),
            "mediation-certificate-issued" => Self::MediationCertificateIssued(step),
            _ => return None,
        })
    }

    /// What a step of a disagreement says of itself: its words, and about which decision it is.
    #[must_use]
    pub const fn disagreed(&self) -> Option<(&String, Option<Disputed>)> {
        match self {
            Self::MediationContacted(step)
            | Self::MediationDeclined(step)
            | Self::MediationWanted(step)
            | Self::MediationCertificateIssued(step) => Some((&step.words, step.about)),
            Self::AppealMade(appeal) => Some((&appeal.words, appeal.about)),
            _ => None,
        }
    }

    /// The same, to be said anew in a correction.
    pub const fn disagreed_mut(&mut self) -> Option<(&mut String, &mut Option<Disputed>)> {
        match self {
            Self::MediationContacted(step)
            | Self::MediationDeclined(step)
            | Self::MediationWanted(step)
            | Self::MediationCertificateIssued(step) => Some((&mut step.words, &mut step.about)),
            Self::AppealMade(appeal) => Some((&mut appeal.words, &mut appeal.about)),
            _ => None,
        }
    }

    /// The text of the plan that it holds.
    #[must_use]
    pub const fn plan(&self) -> Option<&PlanText> {
        match self {
            Self::PlanDrafted(drafted) => Some(&drafted.plan),
            Self::DraftPlanSent(sent) => Some(&sent.plan),
            Self::FinalPlanSent(sent) | Self::AmendedPlanSent(sent) => Some(&sent.plan),
            Self::AmendmentNoticeSent(sent) => Some(&sent.plan),
            Self::ReviewDecisionSent(sent) => sent.plan.as_ref(),
            Self::PlanTransferred(passed) => passed.plan.as_ref(),
            _ => None,
        }
    }

    /// The same, to be said anew in a correction.
    pub const fn plan_mut(&mut self) -> Option<&mut PlanText> {
        match self {
            Self::PlanDrafted(drafted) => Some(&mut drafted.plan),
            Self::DraftPlanSent(sent) => Some(&mut sent.plan),
            Self::FinalPlanSent(sent) | Self::AmendedPlanSent(sent) => Some(&mut sent.plan),
            Self::AmendmentNoticeSent(sent) => Some(&mut sent.plan),
            Self::ReviewDecisionSent(sent) => sent.plan.as_mut(),
            Self::PlanTransferred(passed) => passed.plan.as_mut(),
            _ => None,
        }
    }

    /// How it was sent, of a notice or a plan that says so.
    #[must_use]
    pub fn how(&self) -> Option<Channel> {
        match self {
            Self::DraftPlanSent(sent) => sent.how,
            _ => self.notice()?.how,
        }
    }

    /// Whether it speaks of another entry and is nothing that happened to the child: a taking back,
    /// or why an entry was put right.
    #[must_use]
    pub const fn is_about_an_entry(&self) -> bool {
        matches!(self, Self::EntryWithdrawn(_) | Self::EntryCorrected(_))
    }
}
