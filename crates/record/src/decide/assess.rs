//! From the request to the advice: the decision whether to assess, asking for advice, giving it.

use super::checks::optional;
use super::sending::{complete, notice, refusal};
use super::{Course, Decided, Deciding, now};
use crate::command::{AdviceAsk, Answers, Sending};
use crate::event::{
    AdviceItem, AdviceReceived, AdviceRequested, AssessmentDecision, Event, PersonTied,
};
use crate::ids::{EventId, PersonId};
use crate::limits::ADVICE_ITEMS_MAX;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::words::{Body, Relation};

pub(super) fn decided(
    with: Deciding<'_>,
    answers: Answers,
    sending: &Sending,
    assess: bool,
) -> Decided {
    let course = Course::of(with.record);
    if course.opened.is_none() || course.done(&["request-withdrawn"]).is_some() {
        return Err(Refusal::NoOpenRequest);
    }
    // A refusal may be taken back by agreeing later; nothing else is decided twice.
    if let Some(on) = course.done(&["assessment-agreed"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    if !assess && let Some(on) = course.done(&["assessment-refused"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    let (Some(has_sen), Some(may_need)) = (answers.has_or_may_have_sen, answers.may_need_plan)
    else {
        return Err(Refusal::TestUnanswered);
    };
    match (has_sen && may_need, assess) {
        (true, false) => return Err(Refusal::TestSaysAssess),
        (false, true) => return Err(Refusal::TestSaysRefuse),
        _ => {}
    }
    let decision = AssessmentDecision {
        has_or_may_have_sen: Some(has_sen),
        may_need_plan: Some(may_need),
        notice: if assess { notice(sending)? } else { refusal(with, sending)? },
    };
    let event =
        if assess { Event::AssessmentAgreed(decision) } else { Event::AssessmentRefused(decision) };
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

pub(super) fn advice_asked(with: Deciding<'_>, asks: &[AdviceAsk]) -> Decided {
    let course = Course::of(with.record);
    if course.done(&["assessment-agreed"]).is_none() {
        return Err(Refusal::StepBefore { step: "assessment-agreed" });
    }
    if asks.is_empty() {
        return Err(Refusal::Empty { field: "asks" });
    }
    let mut fresh = Vec::new();
    for ask in asks {
        if let Some((person, name)) = &ask.person {
            let tied = with.record.people().into_iter().any(|tied| {
                tied.person == *person
                    && tied.until.is_none()
                    && (tied.relation == Relation::Adviser || tied.relation.is_parent())
            });
            if !tied {
                fresh.push(now(
                    with,
                    Event::PersonTied(PersonTied {
                        person: person.clone(),
                        name: name.clone(),
                        relation: Relation::Adviser,
                        parental_responsibility: None,
                        body: Some(ask.from),
                        adviser: Some(ask.adviser.clone()),
                        contact: None,
                    }),
                ));
            }
        }
        fresh.push(now(
            with,
            Event::AdviceRequested(AdviceRequested {
                from: ask.from,
                adviser: ask.adviser.clone(),
                person: ask.person.as_ref().map(|(person, _)| person.clone()),
                question: optional("question", &ask.question)?,
                letter: ask.letter.clone(),
            }),
        ));
    }
    Ok(fresh)
}

/// Answers that say only that a service does not know the child. Not knowing a child is why advice
/// is asked for; it is not advice.
const NOT_KNOWN: [&str; 6] = [
    "not known",
    "not known to us",
    "not known to this service",
    "not known to service",
    "child not known",
    "no involvement",
];

/// Whether these words say no more than that somebody does not know the child.
#[must_use]
pub fn says_only_not_known(text: &str) -> bool {
    let text: String = text
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    NOT_KNOWN.contains(&text.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
}

/// Whether a request for advice is this person's to answer: they were asked by name, or the family
/// was asked and they are of it.
fn is_asked(record: &Record, request: &AdviceRequested, person: &PersonId) -> bool {
    match &request.person {
        Some(asked) => asked == person,
        None => {
            matches!(request.from, Body::Parent | Body::YoungPerson)
                && record
                    .people()
                    .iter()
                    .any(|tied| tied.person == *person && tied.relation != Relation::Adviser)
        }
    }
}

pub(super) fn advice_given(
    with: Deciding<'_>,
    request: &EventId,
    person: &PersonId,
    items: &[AdviceItem],
    how_known: &str,
    text: &str,
) -> Decided {
    let advice = with.record.advice();
    let open = advice
        .iter()
        .find(|advice| advice.asked.id == *request && advice.answer.is_none())
        .filter(|advice| is_asked(with.record, advice.request, person))
        .ok_or(Refusal::NotAsked)?;
    if items.len() > ADVICE_ITEMS_MAX {
        return Err(Refusal::TooLong { field: "items", max: ADVICE_ITEMS_MAX });
    }
    let text = optional("words", text)?;
    let mut kept = Vec::new();
    for item in items {
        let item = AdviceItem {
            need: optional("need", &item.need)?,
            outcome: optional("outcome", &item.outcome)?,
            provision: optional("provision", &item.provision)?,
            amount: item.amount.clone(),
        };
        if !(item.need.is_empty() && item.outcome.is_empty() && item.provision.is_empty()) {
            kept.push(item);
        }
    }
    if says_only_not_known(&text) || kept.iter().any(|item| says_only_not_known(&item.need)) {
        return Err(Refusal::NotKnownIsNoAnswer);
    }
    if kept.is_empty() && text.is_empty() {
        return Err(Refusal::AdviceEmpty);
    }
    let event = Event::AdviceReceived(AdviceReceived {
        from: open.request.from,
        adviser: open.request.adviser.clone(),
        request: Some(request.clone()),
        items: kept,
        how_known: optional("how-known", how_known)?,
        words: text,
    });
    Ok(vec![now(with, event)])
}
