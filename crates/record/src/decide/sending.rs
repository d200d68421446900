//! Notices and plans on their way out. Only sending is ever refused, and only where the law calls
//! what would go incomplete or too early.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_law::{NoticePart, Question, Standing, evaluate};

use super::change::reassessing;
use super::checks::{optional, sections_fit, words};
use super::{Course, Decided, Deciding, now};
use crate::command::Sending;
use crate::doubts::doubts;
use crate::event::{DraftPlanSent, Event, FinalPlanSent, Notice, PlanDecision, PlanDrafted};
use crate::plan::{PlanText, Section};
use crate::refusal::Refusal;
use crate::wording::{USED_BEFORE, USED_BEFORE_MIN};
use crate::words::Channel;

pub(super) fn plan_agreed(with: Deciding<'_>, reasons: &str) -> Decided {
    let course = Course::of(with.record);
    if course.done(&["assessment-agreed"]).is_none() {
        return Err(Refusal::StepBefore { step: "assessment-agreed" });
    }
    if let Some(on) = course.done(&["plan-agreed"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    let notice = Notice { reasons: words("reasons", reasons)?, ..Notice::bare(None) };
    Ok(vec![now(with, Event::PlanAgreed(PlanDecision { notice }))])
}

pub(super) fn plan_refused(with: Deciding<'_>, sending: &Sending) -> Decided {
    let course = Course::of(with.record);
    if course.done(&["assessment-agreed"]).is_none() {
        return Err(Refusal::StepBefore { step: "assessment-agreed" });
    }
    if let Some(on) = course.done(&["plan-refused", "final-plan-sent"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    let event = Event::PlanRefused(PlanDecision { notice: refusal(with, sending)? });
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

pub(super) fn plan_saved(with: Deciding<'_>, plan: &PlanText) -> Decided {
    sections_fit(plan)?;
    if *plan == with.record.plan_text() {
        return Ok(Vec::new());
    }
    Ok(vec![now(with, Event::PlanDrafted(PlanDrafted { plan: plan.clone() }))])
}

/// Sections without which a plan is not one: views, needs, outcomes and provision.
const WRITTEN_IN_EVERY_PLAN: [Section; 4] = [Section::A, Section::B, Section::E, Section::F];

/// Refuses a plan that goes with one of its sections blank.
pub(super) fn written(plan: &PlanText, names_institution: bool) -> Result<(), Refusal> {
    let mut wanted = WRITTEN_IN_EVERY_PLAN.to_vec();
    wanted.extend(names_institution.then_some(Section::I));
    let blank = plan.blank_of(&wanted);
    if blank.is_empty() { Ok(()) } else { Err(Refusal::SectionsBlank { sections: blank }) }
}

pub(super) fn draft_sent(
    with: Deciding<'_>,
    how: Channel,
    parts: &BTreeMap<String, String>,
) -> Decided {
    let course = Course::of(with.record);
    let again = reassessing(with.record);
    if course.done(&["assessment-agreed"]).is_none() && !again {
        return Err(Refusal::StepBefore { step: "assessment-agreed" });
    }
    if let Some(on) = course.done(&["final-plan-sent"]).filter(|_| !again) {
        return Err(Refusal::AlreadyDone { on });
    }
    if matches!(how, Channel::Phone | Channel::InPerson) {
        return Err(Refusal::NotServed);
    }
    let plan = with.record.plan_text();
    written(&plan, false)?;
    if !plan.section(Section::I).is_empty() {
        return Err(Refusal::PlaceInDraft);
    }
    let event = Event::DraftPlanSent(DraftPlanSent { plan, how: Some(how), parts: parts.clone() });
    complete(with, &event, parts)?;
    let mut fresh = Vec::new();
    // Sending a draft is a decision that a plan is necessary; the record says so.
    if course.done(&["plan-agreed"]).is_none() && !again {
        let notice = Notice::bare(None);
        fresh.push(now(with, Event::PlanAgreed(PlanDecision { notice })));
    }
    fresh.push(now(with, event));
    Ok(fresh)
}

pub(super) fn final_sent(
    with: Deciding<'_>,
    names_institution: bool,
    sending: &Sending,
) -> Decided {
    let course = Course::of(with.record);
    let Some(sent) = course.done(&["draft-plan-sent"]) else {
        return Err(Refusal::StepBefore { step: "draft-plan-sent" });
    };
    if let Some(on) = course.done(&["final-plan-sent"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    days_to_comment_are_over(with, sent, "plan-reps-15d")?;
    let plan = with.record.plan_text();
    written(&plan, names_institution)?;
    let event = Event::FinalPlanSent(FinalPlanSent {
        plan,
        names_institution: Some(names_institution),
        notice: notice(sending)?,
    });
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

/// Refuses a final or amended plan inside the family's fifteen days, unless they have answered and
/// agree. `duty` is the one that gives them these days.
pub(super) fn days_to_comment_are_over(
    with: Deciding<'_>,
    sent: Date,
    duty: &str,
) -> Result<(), Refusal> {
    // What they said of an earlier draft is no answer to this one.
    let agreed = with.record.standing().any(|entry| {
        matches!(&entry.event, Event::RepresentationsMade(said) if said.agrees == Some(true))
            && entry.header.on >= sent
    });
    if agreed {
        return Ok(());
    }
    let question = Question { as_at: with.today, known_at: with.today, explain: false };
    let timeline = evaluate(with.rulebook, &with.record.case(with.today), question);
    let Some(days) = timeline
        .obligations
        .iter()
        .filter(|obligation| obligation.duty == duty)
        .max_by_key(|obligation| obligation.trigger.on)
    else {
        return Ok(());
    };
    match (days.standing, days.due) {
        (Standing::Unclear, _) => Err(Refusal::ServiceUnknown),
        (_, Some(last_day)) if with.today <= last_day => Err(Refusal::StillTheirs { last_day }),
        _ => Ok(()),
    }
}

/// The notice as it will be kept, with the reasons that it must give.
pub(super) fn notice(sending: &Sending) -> Result<Notice, Refusal> {
    words("reasons", &sending.reasons)?;
    covering(sending)
}

/// A notice that need give no reasons, and may.
pub(super) fn covering(sending: &Sending) -> Result<Notice, Refusal> {
    let notice = Notice {
        reasons: optional("reasons", &sending.reasons)?,
        parts: sending.parts.clone(),
        how: sending.how,
        to: sending.to.clone(),
        went_on: Vec::new(),
    };
    match notice.how {
        None => Err(Refusal::Empty { field: "how" }),
        Some(Channel::Phone | Channel::InPerson) => Err(Refusal::NotServed),
        Some(_) => Ok(notice),
    }
}

/// The notice of a refusal. Its reasons are read for tests that the law does not know; it goes with
/// one only where whoever decides has seen it and goes on, and the notice keeps with which.
pub(super) fn refusal(with: Deciding<'_>, sending: &Sending) -> Result<Notice, Refusal> {
    let used_before = (with.in_others >= USED_BEFORE_MIN).then(|| USED_BEFORE.to_owned());
    let found = doubts(&sending.reasons).into_iter().map(|found| found.doubt.id.clone());
    let doubted: Vec<String> = found.chain(used_before).collect();
    let unseen: Vec<String> =
        doubted.iter().filter(|doubt| !sending.went_on.contains(doubt)).cloned().collect();
    let notice = notice(sending)?;
    if unseen.is_empty() {
        Ok(Notice { went_on: doubted, ..notice })
    } else {
        Err(Refusal::ReasonsDoubted { doubts: unseen })
    }
}

/// Refuses to send a notice that lacks a part which the rulebook asks of its kind.
pub(super) fn complete(
    with: Deciding<'_>,
    event: &Event,
    parts: &BTreeMap<String, String>,
) -> Result<(), Refusal> {
    let fields = event.fact_fields().unwrap_or_default();
    let asked = with.rulebook.notice_for(event.kind(), &fields);
    let missing: Vec<NoticePart> = asked
        .map(|notice| notice.parts.as_slice())
        .unwrap_or_default()
        .iter()
        // Reasons stand in a field of their own, and an empty one was refused before.
        .filter(|part| part.id != "reasons")
        .filter(|part| parts.get(&part.id).is_none_or(|text| text.trim().is_empty()))
        .cloned()
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::NoticeIncomplete { missing }) }
}
