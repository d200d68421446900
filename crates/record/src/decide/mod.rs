//! From a command to new events, or a refusal. What happened can always be recorded, however
//! unlawful; only sending is refused, and only where the law calls what is sent incomplete.

mod assess;
mod change;
mod checks;
mod entries;
mod sending;

pub use assess::says_only_not_known;
use jiff::civil::Date;
use sendero_law::{Question, Rulebook, evaluate};

use self::checks::{optional, words};
use crate::command::Command;
use crate::event::{Event, ExceptionReliedOn, HandoverAnswered, HandoverOffered, OfficerAssigned};
use crate::ids::{EventId, Name, PersonId};
use crate::limits::EVENTS_PER_CHILD_MAX;
use crate::record::{Record, Tied};
use crate::refusal::Refusal;
use crate::words::Relation;

/// What a decision is made with.
#[derive(Clone, Copy)]
pub struct Deciding<'a> {
    /// The record as it stands.
    pub record: &'a Record,
    /// The law.
    pub rulebook: &'a Rulebook,
    /// Today in London.
    pub today: Date,
    /// In how many other refusals of the office the wording of these reasons stands; 0 where nobody
    /// has looked.
    pub in_others: usize,
}

/// An event that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// What happened.
    pub event: Event,
    /// When.
    pub on: Date,
    /// When the authority knew.
    pub known_on: Date,
    /// The entry it corrects or takes back.
    pub supersedes: Option<EventId>,
}

type Decided = Result<Vec<Fresh>, Refusal>;

/// The events that `command` adds to the record.
///
/// # Errors
/// The [`Refusal`] that says what would mend it.
pub fn decide(with: Deciding<'_>, command: &Command) -> Decided {
    let fresh = match command {
        Command::Request(request) => entries::request_made(with, request),
        Command::TakePlan(reference, came) => entries::plan_came(with, reference, came),
        Command::PassPlan { to } => change::plan_passed(with, to),
        Command::Record { event, on, known_on } => entries::recorded(with, event, *on, *known_on),
        Command::Correct { entry, event, on, why } => {
            entries::corrected(with, entry, event, *on, why)
        }
        Command::Withdraw { entry, why } => entries::withdrawn(with, entry, why),
        Command::AgreeToAssess { answers, sending } => {
            assess::decided(with, *answers, sending, true)
        }
        Command::RefuseToAssess { answers, sending } => {
            assess::decided(with, *answers, sending, false)
        }
        Command::AskForAdvice(asks) => assess::advice_asked(with, asks),
        Command::GiveAdvice { request, person, items, how_known, words } => {
            assess::advice_given(with, request, person, items, how_known, words)
        }
        Command::AgreePlan { reasons } => sending::plan_agreed(with, reasons),
        Command::RefusePlan(sending) => sending::plan_refused(with, sending),
        Command::SavePlan(plan) => sending::plan_saved(with, plan),
        Command::SendDraft { how, parts } => sending::draft_sent(with, *how, parts),
        Command::SendFinal { names_institution, sending } => {
            sending::final_sent(with, *names_institution, sending)
        }
        Command::KeepPlan(sending) => change::plan_kept(with, sending),
        Command::ProposeAmendments(sending) => change::amendments_proposed(with, sending),
        Command::SendAmended { names_institution, sending } => {
            change::amended_sent(with, *names_institution, sending)
        }
        Command::NotAmend(sending) => change::not_amended(with, sending),
        Command::AgreeToReassess(sending) => change::reassessment_agreed(with, sending),
        Command::RefuseToReassess(sending) => change::reassessment_refused(with, sending),
        Command::AskAboutEnding(sending) => change::ending_asked(with, sending),
        Command::EndPlan(sending) => change::plan_ended(with, sending),
        Command::WriteAboutTransfer(sending) => change::transfer_written(with, sending),
        Command::ClaimException { ground, duty, reason, from } => {
            let claim = ExceptionReliedOn {
                ground: *ground,
                duty: duty.clone(),
                reason: words("reason", reason)?,
                from: *from,
            };
            exception_claimed(with, claim)
        }
        Command::MatchAsker { asker, person } => entries::asker_matched(with, asker, person),
        Command::Assign { officer, name } => assigned(with, officer, name),
        Command::OfferHandover { to, name, note } => handover_offered(with, to, name, note),
        Command::AnswerHandover { officer, accepted, note } => {
            handover_answered(with, officer, *accepted, note)
        }
    }?;
    if with.record.entries().len() + fresh.len() > EVENTS_PER_CHILD_MAX {
        return Err(Refusal::Full);
    }
    Ok(fresh)
}

/// An event of today.
fn now(with: Deciding<'_>, event: Event) -> Fresh {
    Fresh { event, on: with.today, known_on: with.today, supersedes: None }
}

/// Where the assessment stands, by the law's own round: the open opener, and each later step.
struct Course<'a> {
    record: &'a Record,
    opened: Option<Date>,
}

impl<'a> Course<'a> {
    fn of(record: &'a Record) -> Self {
        Self { record, opened: record.opened() }
    }

    /// The day of the last event of one of `kinds` in this course.
    fn done(&self, kinds: &[&str]) -> Option<Date> {
        let opened = self.opened?;
        let entry = self.record.last_of(kinds)?;
        (entry.header.on >= opened).then_some(entry.header.on)
    }
}

fn exception_claimed(with: Deciding<'_>, claim: ExceptionReliedOn) -> Decided {
    let Some(duty) = with.rulebook.duty(&claim.duty) else {
        return Err(Refusal::DutyNotHere { duty: claim.duty });
    };
    if !duty.lifted_by.iter().any(|ground| ground == claim.ground.word()) {
        return Err(Refusal::GroundUnknownToDuty { duty: claim.duty });
    }
    let question = Question { as_at: with.today, known_at: with.today, explain: false };
    let timeline = evaluate(with.rulebook, &with.record.case(with.today), question);
    if !timeline.obligations.iter().any(|obligation| obligation.duty == claim.duty) {
        return Err(Refusal::DutyNotHere { duty: claim.duty });
    }
    Ok(vec![now(with, Event::ExceptionReliedOn(claim))])
}

fn assigned(with: Deciding<'_>, officer: &PersonId, name: &Name) -> Decided {
    refuse_their_own(with, officer)?;
    let assigned = OfficerAssigned { officer: officer.clone(), name: name.clone() };
    Ok(vec![now(with, Event::OfficerAssigned(assigned))])
}

fn handover_offered(with: Deciding<'_>, to: &PersonId, name: &Name, note: &str) -> Decided {
    refuse_their_own(with, to)?;
    let note = optional("note", note)?;
    let offer = HandoverOffered { to: to.clone(), name: name.clone(), note };
    Ok(vec![now(with, Event::HandoverOffered(offer))])
}

/// Refuses to give an officer the case that they have, or that of a child of their own family.
fn refuse_their_own(with: Deciding<'_>, officer: &PersonId) -> Result<(), Refusal> {
    let of_the_family = |tied: &Tied| {
        tied.person == *officer
            && tied.relation != Relation::Adviser
            && tied.until.is_none_or(|until| until > with.today)
    };
    if with.record.people().iter().any(of_the_family) {
        return Err(Refusal::OwnFamily);
    }
    match with.record.officer() {
        Some((theirs, _)) if theirs == *officer => Err(Refusal::AlreadyTheirs),
        _ => Ok(()),
    }
}

fn handover_answered(
    with: Deciding<'_>,
    officer: &PersonId,
    accepted: bool,
    note: &str,
) -> Decided {
    let (header, _) = with
        .record
        .offered()
        .filter(|(_, offer)| offer.to == *officer)
        .ok_or(Refusal::NotOffered)?;
    let answer =
        HandoverAnswered { offer: header.id.clone(), accepted, note: optional("note", note)? };
    Ok(vec![now(with, Event::HandoverAnswered(answer))])
}
