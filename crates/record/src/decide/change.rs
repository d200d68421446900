//! The plan in force: kept after a review, amended, assessed again, ended, or come from elsewhere.
//! Only what is sent is ever refused; what went on paper is recorded as it was.

use jiff::civil::Date;

use super::checks::words;
use super::sending::{complete, covering, days_to_comment_are_over, notice, refusal, written};
use super::{Decided, Deciding, now};
use crate::command::Sending;
use crate::event::{
    AmendmentNoticeSent, Event, FinalPlanSent, Notice, PlanDecision, PlanTransferred,
    ReviewDecisionSent, Said,
};
use crate::plan::PlanText;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::words::Outcome;

pub(super) fn plan_kept(with: Deciding<'_>, sending: &Sending) -> Decided {
    plan_stands(with)?;
    review_waits(with)?;
    let notice = notice(sending)?;
    let event = decided_after_review(Outcome::Maintain, None, notice, None);
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

/// After a review it is the decision that goes with the amendments, within the same four weeks: a
/// decision that promises them for later is no notice (R (L, M and P) v Devon [2022] EWHC 493).
pub(super) fn amendments_proposed(with: Deciding<'_>, sending: &Sending) -> Decided {
    plan_stands(with)?;
    if let Some((on, _)) = proposed(with.record) {
        return Err(Refusal::AlreadyDone { on });
    }
    let plan = with.record.plan_text();
    written(&plan, false)?;
    amended(with, &plan)?;
    let notice = covering(sending)?;
    let event = if review_waits(with).is_ok() {
        decided_after_review(Outcome::Amend, Some(true), notice, Some(plan))
    } else {
        Event::AmendmentNoticeSent(AmendmentNoticeSent {
            plan,
            amendments_included: Some(true),
            outside_review: Some(!amendments_owed(with.record)),
            notice,
        })
    };
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

pub(super) fn amended_sent(
    with: Deciding<'_>,
    names_institution: bool,
    sending: &Sending,
) -> Decided {
    plan_stands(with)?;
    let Some((sent, days)) = proposed(with.record) else {
        return Err(Refusal::StepBefore { step: "amendment-notice-sent" });
    };
    days_to_comment_are_over(with, sent, days)?;
    let plan = with.record.plan_text();
    written(&plan, names_institution)?;
    amended(with, &plan)?;
    let event = Event::AmendedPlanSent(FinalPlanSent {
        plan,
        names_institution: Some(names_institution),
        notice: notice(sending)?,
    });
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

pub(super) fn not_amended(with: Deciding<'_>, sending: &Sending) -> Decided {
    plan_stands(with)?;
    if proposed(with.record).is_none() && !reassessing(with.record) {
        return Err(Refusal::StepBefore { step: "amendment-notice-sent" });
    }
    send(with, Event::NotAmendingSent, notice(sending)?, sending)
}

pub(super) fn reassessment_agreed(with: Deciding<'_>, sending: &Sending) -> Decided {
    reassessment_waits(with)?;
    send(with, Event::ReassessmentAgreed, notice(sending)?, sending)
}

pub(super) fn reassessment_refused(with: Deciding<'_>, sending: &Sending) -> Decided {
    reassessment_waits(with)?;
    send(with, Event::ReassessmentRefused, refusal(with, sending)?, sending)
}

/// The proposal to end a plan: the family and the institution are told of it, and asked.
pub(super) fn ending_asked(with: Deciding<'_>, sending: &Sending) -> Decided {
    plan_stands(with)?;
    let notice = notice(sending)?;
    let considered = Event::CeaseConsidered(Said { words: notice.reasons.clone() });
    let asked = Event::CeaseConsulted(PlanDecision { notice });
    complete(with, &asked, &sending.parts)?;
    Ok(vec![now(with, considered), now(with, asked)])
}

/// A decision without asking first does not stand: Hampshire CC v GC [2024] UKUT 128 (AAC).
pub(super) fn plan_ended(with: Deciding<'_>, sending: &Sending) -> Decided {
    plan_stands(with)?;
    match with.record.last_of(&["cease-consulted", "cease-decided"]) {
        None => return Err(Refusal::StepBefore { step: "cease-consulted" }),
        Some(entry) if matches!(entry.event, Event::CeaseDecided(_)) => {
            return Err(Refusal::AlreadyDone { on: entry.header.on });
        }
        Some(_) => {}
    }
    send(with, Event::CeaseDecided, notice(sending)?, sending)
}

/// The plan goes with the child: only one in force, and only once the move is on the record.
pub(super) fn plan_passed(with: Deciding<'_>, to: &str) -> Decided {
    let record = with.record;
    if let Some(passed) = record.last_of(&["plan-transferred"])
        && record.moved_by(passed.header.on)
    {
        return Err(Refusal::AlreadyDone { on: passed.header.on });
    }
    plan_stands(with)?;
    if !record.moved_by(with.today) {
        return Err(Refusal::StepBefore { step: "moved-area" });
    }
    let on_its_way = PlanTransferred {
        words: words("to", to)?,
        last_reviewed: record.last_reviewed(),
        made_on: record.plan_made_on(),
        plan: None,
    };
    Ok(vec![now(with, Event::PlanTransferred(on_its_way))])
}

pub(super) fn transfer_written(with: Deciding<'_>, sending: &Sending) -> Decided {
    let last = with.record.last_of(&["plan-transferred", "transfer-letter-sent"]);
    match last {
        Some(entry) if matches!(entry.event, Event::TransferLetterSent(_)) => {
            return Err(Refusal::AlreadyDone { on: entry.header.on });
        }
        Some(entry) if !with.record.moved_by(entry.header.on) => {}
        _ => return Err(Refusal::StepBefore { step: "plan-transferred" }),
    }
    send(with, Event::TransferLetterSent, covering(sending)?, sending)
}

/// Sends a notice that holds nothing but itself.
fn send(
    with: Deciding<'_>,
    kind: fn(PlanDecision) -> Event,
    notice: Notice,
    sending: &Sending,
) -> Decided {
    let event = kind(PlanDecision { notice });
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

fn decided_after_review(
    outcome: Outcome,
    amendments_included: Option<bool>,
    notice: Notice,
    plan: Option<PlanText>,
) -> Event {
    let words = notice.reasons.clone();
    let notice = Some(notice);
    Event::ReviewDecisionSent(ReviewDecisionSent {
        outcome,
        amendments_included,
        words,
        notice,
        plan,
    })
}

/// Refuses where no plan is in force here.
fn plan_stands(with: Deciding<'_>) -> Result<(), Refusal> {
    let steps = ["final-plan-sent", "amended-plan-sent", "plan-transferred", "plan-ceased"];
    let stands = with.record.last_of(&steps).is_some_and(|last| match last.event {
        Event::PlanCeased(_) => false,
        Event::PlanTransferred(_) => !with.record.moved_by(last.header.on),
        _ => true,
    });
    if stands { Ok(()) } else { Err(Refusal::StepBefore { step: "final-plan-sent" }) }
}

/// Refuses a plan that says what the plan in force says. Of one that came on paper from elsewhere
/// nobody here can tell.
fn amended(with: Deciding<'_>, plan: &PlanText) -> Result<(), Refusal> {
    if with.record.plan_in_force() == Some(plan) { Err(Refusal::NoAmendments) } else { Ok(()) }
}

/// Refuses where no review meeting waits for its decision.
fn review_waits(with: Deciding<'_>) -> Result<(), Refusal> {
    let last = with.record.last_of(&["review-meeting-held", "review-decision-sent"]);
    match last.map(|entry| &entry.event) {
        Some(Event::ReviewMeetingHeld(_)) => Ok(()),
        _ => Err(Refusal::StepBefore { step: "review-meeting-held" }),
    }
}

fn reassessment_waits(with: Deciding<'_>) -> Result<(), Refusal> {
    plan_stands(with)?;
    let steps = ["reassessment-requested", "reassessment-agreed", "reassessment-refused"];
    match with.record.last_of(&steps).map(|entry| &entry.event) {
        Some(Event::ReassessmentRequested(_)) => Ok(()),
        _ => Err(Refusal::StepBefore { step: "reassessment-requested" }),
    }
}

/// Whether the child is being assessed again and no plan has come of it yet.
pub(super) fn reassessing(record: &Record) -> bool {
    let steps =
        ["reassessment-agreed", "final-plan-sent", "amended-plan-sent", "not-amending-sent"];
    matches!(record.last_of(&steps).map(|entry| &entry.event), Some(Event::ReassessmentAgreed(_)))
}

/// Whether a review decided to amend and the amendments did not go with it.
fn amendments_owed(record: &Record) -> bool {
    let last = record.last_of(&["review-decision-sent", "amended-plan-sent", "not-amending-sent"]);
    matches!(
        last.map(|entry| &entry.event),
        Some(Event::ReviewDecisionSent(decision))
            if decision.outcome == Outcome::Amend && decision.amendments_included != Some(true)
    )
}

/// The day on which amendments were proposed that nobody has decided about yet, and the duty that
/// gives the family their days to answer. After an assessment anew the proposal is a draft plan.
fn proposed(record: &Record) -> Option<(Date, &'static str)> {
    let mut again = false;
    let mut open = None;
    for entry in record.history() {
        let on = entry.header.on;
        match &entry.event {
            Event::AmendmentNoticeSent(sent) if sent.amendments_included != Some(false) => {
                open = Some((on, "ar-reps-15d"));
            }
            Event::ReviewDecisionSent(decision)
                if decision.outcome == Outcome::Amend
                    && decision.amendments_included == Some(true) =>
            {
                open = Some((on, "ar-reps-15d"));
            }
            Event::DraftPlanSent(_) if again => open = Some((on, "plan-reps-15d")),
            Event::ReassessmentAgreed(_) => again = true,
            Event::FinalPlanSent(_) | Event::AmendedPlanSent(_) | Event::NotAmendingSent(_) => {
                (again, open) = (false, None);
            }
            _ => {}
        }
    }
    open
}
