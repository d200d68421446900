//! What people ask of a record. The same values come from a web form and from a made-up area.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::event::{AdviceItem, AskerNamed, Event, LetterPart};
use crate::ids::{EventId, Name, PersonId, Reference};
use crate::plan::PlanText;
use crate::words::{
    Body, Channel, Ground, Recipient, Requester, SettingKind, Topic, WhyNotInEducation,
};

/// A first request: it opens the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// The reference it was given.
    pub reference: Reference,
    /// Who asked.
    pub by: Requester,
    /// How it came.
    pub how: Channel,
    /// The child's name.
    pub name: Name,
    /// Date of birth, if given.
    pub born: Option<Date>,
    /// The child's own words, with who said them and to whom.
    pub own_words: Option<(String, String, String)>,
    /// What was told, by topic.
    pub told: BTreeMap<Topic, String>,
    /// Where the child learns.
    pub setting: Option<(SettingKind, Option<String>)>,
    /// Not receiving full-time education: since when, why, in words.
    pub out_of_education: Option<(Date, WhyNotInEducation, String)>,
    /// Who says that they ask.
    pub asker: Option<AskerNamed>,
    /// How the asker is named beside their words ("Noor, mother").
    pub said_by: String,
    /// The day it was received, where it is written down later: the clock runs from then.
    pub received: Option<Date>,
}

/// A plan that came from another authority: it opens the record, and with it this authority's duties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPlan {
    /// The child's name.
    pub name: Name,
    /// Date of birth, if given.
    pub born: Option<Date>,
    /// Where the child learns.
    pub setting: Option<(SettingKind, Option<String>)>,
    /// Of the family, whom to write to.
    pub family: Option<AskerNamed>,
    /// From which authority, in words.
    pub from: String,
    /// The day it was transferred: the clocks run from then.
    pub on: Date,
    /// The day it was made or last amended, where it is told.
    pub made_on: Option<Date>,
    /// The day of its last review, where it is told.
    pub last_reviewed: Option<Date>,
    /// Its text.
    pub plan: PlanText,
}

/// The two answers of section 36(8), as far as they are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Has or may have special educational needs.
    pub has_or_may_have_sen: Option<bool>,
    /// It may be necessary for provision to be made under a plan.
    pub may_need_plan: Option<bool>,
}

/// A notice about to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// The reasons.
    pub reasons: String,
    /// The parts that the law asks for, by their id in the rulebook.
    pub parts: BTreeMap<String, String>,
    /// How it goes.
    pub how: Option<Channel>,
    /// To whom; empty for all who must have it.
    pub to: Vec<Recipient>,
    /// The doubts about the reasons, by id, that were seen and with which it goes all the same.
    pub went_on: Vec<String>,
}

/// One request for advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdviceAsk {
    /// The body.
    pub from: Body,
    /// The adviser.
    pub adviser: String,
    /// The person, and their name, where known.
    pub person: Option<(PersonId, Name)>,
    /// The question.
    pub question: String,
    /// The letter that asks, as it goes.
    pub letter: Vec<LetterPart>,
}

/// What a person asks of a child's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open a record with a request for an assessment.
    Request(Box<NewRequest>),
    /// Open a record with a plan that came from another authority.
    TakePlan(Reference, Box<NewPlan>),
    /// Pass the plan on to the authority to whose area the child moved.
    PassPlan {
        /// Which, in words.
        to: String,
    },
    /// Record what happened, when it happened and when it became known. Never refused for being
    /// unlawful: only for being impossible.
    Record {
        /// What.
        event: Event,
        /// When it happened.
        on: Date,
        /// When the authority knew.
        known_on: Date,
    },
    /// Put right an entry: the same kind of event, said anew.
    Correct {
        /// Which entry.
        entry: EventId,
        /// What is true.
        event: Event,
        /// When it happened.
        on: Date,
        /// Why it is put right.
        why: String,
    },
    /// Take back an entry that should not be there.
    Withdraw {
        /// Which entry.
        entry: EventId,
        /// Why.
        why: String,
    },
    /// Send the decision to assess.
    AgreeToAssess {
        /// The test.
        answers: Answers,
        /// The notice.
        sending: Sending,
    },
    /// Send the decision not to assess.
    RefuseToAssess {
        /// The test.
        answers: Answers,
        /// The notice.
        sending: Sending,
    },
    /// Ask several bodies for advice at once.
    AskForAdvice(Vec<AdviceAsk>),
    /// Give advice that was asked.
    GiveAdvice {
        /// The request.
        request: EventId,
        /// Who gives it.
        person: PersonId,
        /// Needs, outcomes, provision.
        items: Vec<AdviceItem>,
        /// How they came to know the child.
        how_known: String,
        /// Anything else.
        words: String,
    },
    /// Decide that a plan is necessary.
    AgreePlan {
        /// Why.
        reasons: String,
    },
    /// Send the decision not to issue a plan.
    RefusePlan(Sending),
    /// Save the working text of the plan.
    SavePlan(PlanText),
    /// Send the draft plan.
    SendDraft {
        /// How.
        how: Channel,
        /// The covering notice, by part.
        parts: BTreeMap<String, String>,
    },
    /// Send the final plan.
    SendFinal {
        /// Whether section I names an institution.
        names_institution: bool,
        /// The notice.
        sending: Sending,
    },
    /// Send the decision after a review that the plan stays as it is.
    KeepPlan(Sending),
    /// Send the proposed amendments: as the decision after the review that waits for one, or
    /// outside a review.
    ProposeAmendments(Sending),
    /// Send the amended final plan.
    SendAmended {
        /// Whether section I names an institution.
        names_institution: bool,
        /// The notice.
        sending: Sending,
    },
    /// Send notice that the plan will not be amended after all.
    NotAmend(Sending),
    /// Send the decision to assess again.
    AgreeToReassess(Sending),
    /// Send the decision not to assess again.
    RefuseToReassess(Sending),
    /// Ask the family and the institution before a decision to end the plan.
    AskAboutEnding(Sending),
    /// Send the decision to end the plan.
    EndPlan(Sending),
    /// Write to the family about a plan that came from another authority.
    WriteAboutTransfer(Sending),
    /// Rely on an exception.
    ClaimException {
        /// The ground.
        ground: Ground,
        /// The duty.
        duty: String,
        /// Why it is impractical.
        reason: String,
        /// Whose advice.
        from: Option<Body>,
    },
    /// Tie the person who asked to the child: somebody has checked who they are.
    MatchAsker {
        /// Who asked, as the request named them.
        asker: PersonId,
        /// Who they are: the same id, or that of a person already known here.
        person: PersonId,
    },
    /// Give the case to an officer who has none before, or by a manager.
    Assign {
        /// Who.
        officer: PersonId,
        /// Their name.
        name: Name,
    },
    /// Offer the case to another officer.
    OfferHandover {
        /// To whom.
        to: PersonId,
        /// Their name.
        name: Name,
        /// What they should know.
        note: String,
    },
    /// Answer an offer.
    AnswerHandover {
        /// Who answers.
        officer: PersonId,
        /// Whether they take it.
        accepted: bool,
        /// Anything to add.
        note: String,
    },
}
