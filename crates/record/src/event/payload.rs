//! What each kind of event holds. A change here raises the format of events, and the old one is
//! read by an upcaster.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{EventId, Name, PersonId, Reference};
use crate::plan::PlanText;
use crate::words::{
    Body, Channel, Disputed, Every, Ground, NeedArea, Outcome, Recipient, Relation, Requester,
    SettingKind, Topic, WhyNotInEducation,
};

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

    /// A service on the child's list, or off it again.
    ServiceKept {
        /// Its id in the Local Offer.
        service: String,
        /// Its name on that day: the service may be gone when this is read.
        name: String,
        /// The name of whoever put it there or took it off, where that was not the family.
        @default by: Option<String>,
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

    /// Why an entry was put right. It stands in the commit of the correction, as an event of its
    /// own: words about people belong in content, which no header holds.
    EntryCorrected {
        /// The entry that was put right.
        entry: EventId,
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
        /// What was written to them, as it went; empty where it went otherwise than from here.
        @default words: String,
    }

    /// Information asked for before the decision.
    InformationRequested {
        /// Of whom.
        from: Body,
        /// The person or service there, where one was named.
        @default who: String,
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
        /// Doubts about the reasons that were seen before it went, and with which it went all the
        /// same. Left out where there were none, so that older notices read and hash as they did.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        went_on: Vec<String>,
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

    /// A piece of a letter.
    LetterPart {
        /// What stands above the words; empty where nothing does.
        heading: String,
        /// The words.
        words: String,
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
        /// The letter that asked, as it went; empty where it went otherwise than from here.
        @default letter: Vec<LetterPart>,
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

    /// A step before an appeal: mediation asked about, wanted or not wanted, or its certificate.
    Disagreed {
        /// In words; may be empty.
        words: String,
        /// About which decision, where it is said. Left out otherwise, so that older steps read and
        /// hash as they did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Disputed>,
    }

    /// An appeal.
    AppealMade {
        /// About what.
        about: Option<Disputed>,
        /// In words; left out where there are none, as in older appeals.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    }

    /// The decision after a review.
    ReviewDecisionSent {
        /// Which.
        outcome: Outcome,
        /// Whether the proposed amendments went with it.
        amendments_included: Option<bool>,
        /// The reasons.
        words: String,
        /// The notice with it; none where it is recorded from paper without one. Left out then, so
        /// that older decisions read and hash as they did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice: Option<Notice>,
        /// Of a decision to amend, the plan with the proposed amendments.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plan: Option<PlanText>,
    }

    /// Proposed amendments.
    AmendmentNoticeSent {
        /// The plan with them in it.
        plan: PlanText,
        /// Whether they were there: a notice without them is none in law.
        amendments_included: Option<bool>,
        /// Whether it was sent outside a review (regulation 28).
        outside_review: Option<bool>,
        /// The notice.
        notice: Notice,
    }

    /// A plan passed on.
    PlanTransferred {
        /// From whom or to whom, in words.
        words: String,
        /// The day of its last review, where it is told.
        last_reviewed: Option<Date>,
        /// The day it was made, or last amended, where it is told. Left out otherwise, so that older
        /// transfers read and hash as they did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made_on: Option<Date>,
        /// Of a plan that came, its text; none of one that was passed on, which stands here already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plan: Option<PlanText>,
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

impl Notice {
    /// A notice of which only is known how it went.
    #[must_use]
    pub const fn bare(how: Option<Channel>) -> Self {
        Self {
            reasons: String::new(),
            parts: BTreeMap::new(),
            how,
            to: Vec::new(),
            went_on: Vec::new(),
        }
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
