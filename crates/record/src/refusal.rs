//! Why a command is not carried out. Each variant has its words for people in a template of `web`.

use jiff::civil::Date;
use sendero_law::NoticePart;

use crate::plan::Section;

/// A command refused, with what would mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A field that must be filled is empty.
    #[error("{field} is empty")]
    Empty {
        /// The field's name in the form.
        field: &'static str,
    },
    /// More letters than a field holds.
    #[error("{field} has more than {max} letters")]
    TooLong {
        /// The field's name in the form.
        field: &'static str,
        /// The most it holds.
        max: usize,
    },
    /// A day in the future, for something that is said to have happened.
    #[error("{on} has not come yet")]
    NotYet {
        /// The day given.
        on: Date,
    },
    /// A day before the child was born.
    #[error("{on} is before the date of birth")]
    BeforeBirth {
        /// The day given.
        on: Date,
    },
    /// A span that ends before it starts.
    #[error("{to} is not after {from}")]
    Reversed {
        /// Its first day.
        from: Date,
        /// The day it ends.
        to: Date,
    },
    /// A day so long ago or so far ahead that it must be a slip.
    #[error("{on} cannot be meant")]
    CannotBeMeant {
        /// The day given.
        on: Date,
    },
    /// Nobody has asked for an assessment, so there is nothing to decide.
    #[error("there is no open request")]
    NoOpenRequest,
    /// The step was taken already.
    #[error("already done on {on}")]
    AlreadyDone {
        /// When.
        on: Date,
    },
    /// The step before this one has not been taken.
    #[error("{step} comes first")]
    StepBefore {
        /// The kind of event that must come first.
        step: &'static str,
    },
    /// The reasons of a refusal name a test that the law does not know, and nobody has said that it
    /// is to go all the same.
    #[error("the reasons raise doubts that were not seen: {doubts:?}")]
    ReasonsDoubted {
        /// The doubts, by id.
        doubts: Vec<String>,
    },
    /// The two questions of section 36(8) are not both answered.
    #[error("the test of section 36(8) is not answered")]
    TestUnanswered,
    /// Yes to both questions is a duty to assess.
    #[error("yes to both questions: the authority must assess")]
    TestSaysAssess,
    /// No to a question is not a decision to assess.
    #[error("a no to a question does not fit a decision to assess")]
    TestSaysRefuse,
    /// The notice lacks parts that the law asks for.
    #[error("the notice lacks {}", ids(missing))]
    NoticeIncomplete {
        /// The missing parts, as the rulebook has them: what each is, and where it is asked for.
        missing: Vec<NoticePart>,
    },
    /// Proposed amendments or an amended plan that say nothing new.
    #[error("the plan is as it was: there is no amendment in it")]
    NoAmendments,
    /// The notice cannot be served that way.
    #[error("a notice is not served by telephone or in talk")]
    NotServed,
    /// Sections that must be written are blank.
    #[error("sections are blank")]
    SectionsBlank {
        /// Which.
        sections: Vec<Section>,
    },
    /// A draft plan must not name a school or other place.
    #[error("section I of a draft is blank")]
    PlaceInDraft,
    /// The family still has days to comment on the draft.
    #[error("the family may comment until {last_day}")]
    StillTheirs {
        /// The last of the fifteen days.
        last_day: Date,
    },
    /// It is not known when the draft was served.
    #[error("it is not known when the draft was served")]
    ServiceUnknown,
    /// This person was not asked for this advice, or has answered.
    #[error("no open request for advice to this person")]
    NotAsked,
    /// The advice says nothing.
    #[error("the advice holds neither a need nor any words")]
    AdviceEmpty,
    /// "Not known to us" is no advice.
    #[error("not being known to a service is no answer")]
    NotKnownIsNoAnswer,
    /// The ground is not one on which this duty's number is lifted.
    #[error("the ground does not lift the duty {duty}")]
    GroundUnknownToDuty {
        /// The duty.
        duty: String,
    },
    /// The duty is not one that binds in this case.
    #[error("the duty {duty} does not bind here")]
    DutyNotHere {
        /// The duty.
        duty: String,
    },
    /// The entry to correct or take back is not on this record.
    #[error("no such entry")]
    NoSuchEntry,
    /// That entry was already corrected or taken back.
    #[error("that entry was already corrected")]
    AlreadyCorrected,
    /// A correction says something of the same kind.
    #[error("a correction is of the same kind as what it corrects")]
    OtherKind,
    /// The record opens once.
    #[error("the record is already open")]
    AlreadyOpen,
    /// The case was not offered to this officer.
    #[error("the case was not offered")]
    NotOffered,
    /// The case is with this officer already.
    #[error("the case is with that officer already")]
    AlreadyTheirs,
    /// The officer is of the child's own family.
    #[error("the officer is of the child's own family")]
    OwnFamily,
    /// The record holds as many events as it can.
    #[error("the record is full")]
    Full,
}

fn ids(parts: &[NoticePart]) -> String {
    parts.iter().map(|part| part.id.as_str()).collect::<Vec<_>>().join(", ")
}
