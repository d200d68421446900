//! One child's record: what happened, who said it, and what may be recorded or sent.
//!
//! Events are never edited or deleted; a correction is a new event that supersedes one. [`Record`]
//! is the fold of a child's events, [`decide`] turns a command into new events or a refusal in
//! words, and [`Event::fact`] is the one place where an event becomes a fact of law. Pure: no clock,
//! no input or output, no randomness.
#![forbid(unsafe_code)]

mod command;
mod decide;
mod doubts;
mod event;
mod fact;
mod ids;
mod limits;
mod plan;
mod record;
mod refusal;
mod stage;
mod wording;
mod words;

pub use command::{AdviceAsk, Answers, Command, NewPlan, NewRequest, Sending};
pub use decide::{Deciding, Fresh, decide, says_only_not_known};
pub use doubts::{Doubt, Doubted, doubt, doubts};
pub use event::{
    AdviceItem, AdviceReceived, AdviceRequested, AmendmentNoticeSent, Amount, AppealMade,
    AppointmentMissed, AskerNamed, AssessmentDecision, AssessmentRequested, BackInEducation,
    BodiesNotified, CallNoted, ChildAbsent, ChildRegistered, ClosureNoted, Contact, Disagreed,
    DraftPlanSent, EarlierAdviceAccepted, EntryCorrected, EntryWithdrawn, Event, ExceptionReliedOn,
    FinalPlanSent, HandoverAnswered, HandoverOffered, InformationRequested, LetterPart,
    MessageWritten, MovedArea, NeedNoted, Notice, OfficerAssigned, OutOfEducation, OwnWordsGiven,
    PersonTied, PersonUntied, PlanDecision, PlanDrafted, PlanTransferred, RepresentationsMade,
    ReviewDecisionSent, Said, ServiceKept, SettingChanged, Suspended, Told, Unreadable,
};
pub use ids::{ChildId, EventId, Name, PersonId, Reference, ReferenceFault};
pub use limits::{
    ADVICE_ITEMS_MAX, EVENTS_PER_CHILD_MAX, NAME_LETTERS_MAX, SECTION_LETTERS_MAX,
    WORDS_LETTERS_MAX,
};
pub use plan::{PlanText, Section};
pub use record::{Advice, Decision, Entry, Header, OpenAdvice, Record, Setting, Tied};
pub use refusal::Refusal;
pub use stage::Stage;
pub use wording::{Mark, USED_BEFORE, USED_BEFORE_MIN, marks};
pub use words::{
    Body, Channel, Disputed, Every, Ground, MONTHS, NeedArea, Outcome, Recipient, Relation,
    Requester, SettingKind, Topic, WhyNotInEducation,
};
