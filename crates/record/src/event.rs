//! What can happen to one child's record. The content of an event is JSON, written once and kept
//! byte for byte; its kind, days and actor stand in the header beside it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{EventId, Name, PersonId, Reference};
use crate::plan::PlanText;
use crate::words::{
    AppealAbout, Body, Channel, Every, Ground, NeedArea, Outcome, Recipient, Relation, Requester,
    SettingKind, Topic, WhyNotInEducation,
};

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
    MediationContacted(Said) = "mediation-contacted",
    /// The family does not wish to mediate.
    MediationDeclined(Said) = "mediation-declined",
    /// The family wishes to mediate.
    MediationWanted(Said) = "mediation-wanted",
    /// A mediation certificate was issued.
    MediationCertificateIssued(Said) = "mediation-certificate-issued",
    /// An appeal was made.
    AppealMade(AppealMade) = "appeal-made",
    /// A complaint was made.
    ComplaintMade(Said) = "complaint-made",
    /// A review meeting was held.
    ReviewMeetingHeld(Said) = "review-meeting-held",
    /// The decision after a review was sent.
    ReviewDecisionSent(ReviewDecisionSent) = "review-decision-sent",
    /// The child was permanently excluded.
    PermanentlyExcluded(Said) = "permanently-excluded",
    /// The child was suspended.
    Suspended(Suspended) = "suspended",
    /// The family moved to another area.
    MovedArea(MovedArea) = "moved-area",
}

/// Makes the payload structs strict and comparable.
macro_rules! payload {
    ($($(#[$doc:meta])* $name:ident {
        $($(#[$fdoc:meta])* $(@$default:ident)? $field:ident: $type:ty,)*
    })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                $($(#[$fdoc])* $(#[serde($default)])? pub $field: $type,)*
            }
        )+
    };
}

payload! {
    /// Who the record is about.
    ChildRegistered {
        /// The reference that families quote.
        reference: Reference,
        /// The child's or young person's name.
        name: Name,
        /// Date of birth, if it was given.
        born: Option<Date>,
    }

    /// How to reach a person.
    Contact {
        /// E-mail address.
        @default email: Option<String>,
        /// Telephone number.
        @default phone: Option<String>,
        /// Language in which an interpreter is needed.
        @default interpreter: Option<String>,
        /// What helps when reaching them: "text before ringing".
        @default note: Option<String>,
        /// Where letters go.
        @default address: Option<String>,
    }

    /// A person who asked without an account.
    AskerNamed {
        /// The id that they will have once they are matched.
        person: PersonId,
        /// Their name, as they gave it.
        name: Name,
        /// What they say they are to the child.
        relation: Relation,
        /// Whether they say they have parental responsibility.
        parental_responsibility: Option<bool>,
        /// How to reach them.
        contact: Contact,
    }

    /// A person's tie to the child.
    PersonTied {
        /// The person.
        person: PersonId,
        /// Their name.
        name: Name,
        /// What they are to the child.
        relation: Relation,
        /// Whether they have parental responsibility, where known.
        parental_responsibility: Option<bool>,
        /// Of an adviser, the body they speak for.
        body: Option<Body>,
        /// Of an adviser, what they are: "educational psychologist".
        adviser: Option<String>,
        /// How to reach them.
        contact: Option<Contact>,
    }

    /// A tie that ended.
    PersonUntied {
        /// The person.
        person: PersonId,
        /// Why, in words.
        why: String,
    }

    /// Own words for section A.
    OwnWordsGiven {
        /// The words, as given.
        words: String,
        /// Who said them: the child, or a parent for the child.
        said_by: String,
        /// To whom, and how ("to her mum", "with picture cards, to Mrs Dunmore").
        told_to: String,
    }

    /// A contribution on one topic. A later one by the same person on the same topic is a new
    /// version.
    Told {
        /// What it is about.
        topic: Topic,
        /// The words, as given.
        words: String,
        /// Who said it.
        said_by: String,
    }

    /// A need, with or without a diagnosis.
    NeedNoted {
        /// Which of the four areas.
        area: NeedArea,
        /// In words.
        words: String,
        /// A diagnosis, if there is one. Never asked for as a condition.
        diagnosis: Option<String>,
        /// Who said it.
        said_by: String,
    }

    /// Where the child learns, from `on`.
    SettingChanged {
        /// The kind of place.
        kind: SettingKind,
        /// Its name.
        name: Option<String>,
    }

    /// A closure to pupils; half open.
    ClosureNoted {
        /// First closed day.
        from: Date,
        /// The day it opens again.
        to: Date,
    }

    /// Why there is no full-time education.
    OutOfEducation {
        /// The cause. Systems, not people.
        why: WhyNotInEducation,
        /// In words.
        words: String,
        /// Who said it.
        said_by: String,
    }

    /// What the child has now.
    BackInEducation {
        /// In words.
        words: String,
    }

    /// The officer who has the case from `on`.
    OfficerAssigned {
        /// The officer.
        officer: PersonId,
        /// Their name, as the family sees it.
        name: Name,
    }

    /// An offer to pass the case on.
    HandoverOffered {
        /// To whom.
        to: PersonId,
        /// Their name.
        name: Name,
        /// What they should know.
        note: String,
    }

    /// The answer to an offer.
    HandoverAnswered {
        /// The offer.
        offer: EventId,
        /// Whether the case was taken.
        accepted: bool,
        /// Anything to add.
        note: String,
    }

    /// A message in the thread.
    MessageWritten {
        /// Name of the writer, as the other side sees it.
        from: String,
        /// Whether the family wrote it.
        by_family: bool,
        /// The words.
        words: String,
    }

    /// A call, in or out.
    CallNoted {
        /// With whom.
        with: String,
        /// What was said, the family's words as said.
        words: String,
        /// Whether an answer was promised.
        answer_owed: bool,
    }

    /// Working text of a plan, not yet sent.
    PlanDrafted {
        /// All sections as they now stand.
        plan: PlanText,
    }

    /// An entry taken back. The header's `supersedes` says which.
    EntryWithdrawn {
        /// Why.
        why: String,
    }

    /// A request, or a notice from another person.
    AssessmentRequested {
        /// Who asked.
        by: Requester,
        /// How it came.
        how: Option<Channel>,
        /// Their words.
        words: String,
    }

    /// Something whose words say all.
    Said {
        /// In words; may be empty.
        words: String,
    }

    /// Who was told that an assessment is being considered.
    BodiesNotified {
        /// The bodies told.
        to: Vec<Recipient>,
    }

    /// Information asked for before the decision.
    InformationRequested {
        /// Of whom.
        from: Body,
        /// What was asked.
        words: String,
    }

    /// What a notice to the family holds.
    Notice {
        /// The reasons, as given.
        reasons: String,
        /// The parts that the law asks for, by their id in `law/notices.toml`, as sent.
        @default parts: BTreeMap<String, String>,
        /// How it was sent.
        how: Option<Channel>,
        /// To whom; empty for all who must have it.
        @default to: Vec<Recipient>,
    }

    /// The decision whether to assess, with the two limbs of section 36(8).
    AssessmentDecision {
        /// Has or may have special educational needs.
        has_or_may_have_sen: Option<bool>,
        /// It may be necessary for provision to be made under a plan.
        may_need_plan: Option<bool>,
        /// The notice.
        notice: Notice,
    }

    /// A request for advice; `on` is the day it was received.
    AdviceRequested {
        /// Which body.
        from: Body,
        /// Which adviser ("speech and language therapist").
        adviser: String,
        /// The person asked, where known.
        person: Option<PersonId>,
        /// The question.
        question: String,
    }

    /// How much provision.
    Amount {
        /// Minutes each time.
        minutes: Option<u32>,
        /// How many times in each `every`.
        times: Option<u32>,
        /// How often.
        every: Option<Every>,
        /// Weeks a year.
        weeks: Option<u32>,
        /// Adults.
        adults: Option<u32>,
        /// Children with them.
        children: Option<u32>,
    }

    /// One need with what should come of it and what would do it.
    AdviceItem {
        /// What is hard, how much, in what setting.
        need: String,
        /// What the child will do, and by when.
        outcome: String,
        /// Who does what.
        provision: String,
        /// How much.
        amount: Option<Amount>,
    }

    /// Advice as it was given.
    AdviceReceived {
        /// Which body.
        from: Body,
        /// Which adviser.
        adviser: String,
        /// The request it answers, where known.
        request: Option<EventId>,
        /// Needs, outcomes and provision.
        items: Vec<AdviceItem>,
        /// How the adviser came to know the child.
        how_known: String,
        /// Anything else, as given.
        words: String,
    }

    /// Earlier advice that all three agree is enough.
    EarlierAdviceAccepted {
        /// Whose.
        from: Body,
        /// Which adviser.
        adviser: String,
        /// What it is and its date, in words.
        words: String,
    }

    /// The decision whether to issue a plan.
    PlanDecision {
        /// The notice (of a refusal), or the reasons (of an agreement).
        notice: Notice,
    }

    /// The draft that went.
    DraftPlanSent {
        /// Its text.
        plan: PlanText,
        /// How it went: service follows from it.
        how: Option<Channel>,
        /// What the covering notice held, by part.
        @default parts: BTreeMap<String, String>,
    }

    /// Comments on the draft.
    RepresentationsMade {
        /// As given.
        words: String,
        /// Whether they agree to the plan as it is.
        agrees: Option<bool>,
        /// Whether they require a meeting with an officer.
        meeting_wanted: Option<bool>,
        /// The school they ask for.
        school: Option<String>,
    }

    /// The final plan that went.
    FinalPlanSent {
        /// Its text.
        plan: PlanText,
        /// Whether section I names an institution.
        names_institution: Option<bool>,
        /// The notice with it.
        notice: Notice,
    }

    /// Reliance on an exception.
    ExceptionReliedOn {
        /// The ground.
        ground: Ground,
        /// The duty whose number it is to lift.
        duty: String,
        /// Why it was impractical, in this child's case.
        reason: String,
        /// Whose advice, where the duty is about advice.
        from: Option<Body>,
    }

    /// Away from the area; half open.
    ChildAbsent {
        /// First day away.
        from: Date,
        /// The day of return.
        to: Date,
    }

    /// A missed appointment.
    AppointmentMissed {
        /// With which body.
        with: Body,
        /// In words.
        words: String,
    }

    /// An appeal.
    AppealMade {
        /// About what.
        about: Option<AppealAbout>,
    }

    /// The decision after a review.
    ReviewDecisionSent {
        /// Which.
        outcome: Outcome,
        /// Whether the proposed amendments went with it.
        amendments_included: Option<bool>,
        /// The reasons.
        words: String,
    }

    /// A suspension.
    Suspended {
        /// How many school days.
        school_days: u32,
        /// In words.
        words: String,
    }

    /// A move; `on` is the day of it.
    MovedArea {
        /// To which authority, in words.
        to: String,
    }
}

impl Amount {
    /// Minutes a year, if the text gives enough to say. Never guessed.
    #[must_use]
    pub fn minutes_a_year(&self) -> Option<u32> {
        let each = self.minutes?.checked_mul(self.times?)?;
        let periods = match self.every? {
            Every::Day => self.weeks?.checked_mul(5)?,
            Every::Week => self.weeks?,
            Every::Fortnight => self.weeks? / 2,
            Every::HalfTerm => 6,
            Every::Term => 3,
            Every::Year => 1,
        };
        each.checked_mul(periods)
    }
}
