//! What is recorded, put right or taken back as it was: the first request, and single entries.
//! What happened is always taken, however late or unlawful it was.

use jiff::civil::Date;

use super::checks::{day_fits, duty_is_known, letters_fit, optional, served, words};
use super::{Decided, Deciding, Fresh, now};
use crate::command::{NewPlan, NewRequest};
use crate::event::{
    AssessmentRequested, ChildRegistered, EntryCorrected, EntryWithdrawn, Event, OutOfEducation,
    OwnWordsGiven, PersonTied, PlanTransferred, SettingChanged, Told,
};
use crate::ids::{EventId, Name, PersonId, Reference};
use crate::record::Entry;
use crate::refusal::Refusal;

pub(super) fn request_made(with: Deciding<'_>, request: &NewRequest) -> Decided {
    if with.record.registered().is_some() {
        return Err(Refusal::AlreadyOpen);
    }
    let mut fresh = vec![registered(with, &request.reference, &request.name, request.born)];
    if let Some(asker) = &request.asker {
        fresh.push(now(with, Event::AskerNamed(asker.clone())));
    }
    if let Some((said, said_by, told_to)) = &request.own_words {
        fresh.push(now(
            with,
            Event::OwnWordsGiven(OwnWordsGiven {
                words: words("own-words", said)?,
                said_by: said_by.clone(),
                told_to: told_to.clone(),
            }),
        ));
    }
    for (topic, text) in &request.told {
        let text = optional(topic.word(), text)?;
        if !text.is_empty() {
            let said_by = request.said_by.clone();
            fresh.push(now(with, Event::Told(Told { topic: *topic, words: text, said_by })));
        }
    }
    if let Some((kind, name)) = &request.setting {
        let setting = SettingChanged { kind: *kind, name: name.clone() };
        fresh.push(now(with, Event::SettingChanged(setting)));
    }
    if let Some((since, why, text)) = &request.out_of_education {
        let said_by = request.said_by.clone();
        let out = OutOfEducation { why: *why, words: optional("words", text)?, said_by };
        fresh.push(Fresh { on: *since, ..now(with, Event::OutOfEducation(out)) });
    }
    let said = request.told.values().next().cloned().unwrap_or_default();
    fresh.push(now(
        with,
        Event::AssessmentRequested(AssessmentRequested {
            by: request.by,
            how: Some(request.how),
            words: optional("words", &said)?,
        }),
    ));
    if let Some(received) = request.received {
        for one in &mut fresh {
            // What has a day of its own, such as being out of school, keeps it.
            one.on = if one.on == with.today { received } else { one.on };
            one.known_on = received;
        }
    }
    for one in &fresh {
        letters_fit(&one.event)?;
        day_fits(with, &one.event, one.on, one.known_on)?;
    }
    Ok(fresh)
}

fn registered(with: Deciding<'_>, reference: &Reference, name: &Name, born: Option<Date>) -> Fresh {
    let (reference, name) = (reference.clone(), name.clone());
    now(with, Event::ChildRegistered(ChildRegistered { reference, name, born }))
}

/// A plan that came from another authority opens a record: it is in force from the day it came, and
/// what follows for this authority follows from that day.
pub(super) fn plan_came(with: Deciding<'_>, reference: &Reference, came: &NewPlan) -> Decided {
    if with.record.registered().is_some() {
        return Err(Refusal::AlreadyOpen);
    }
    let from = words("from", &came.from)?;
    let mut fresh = vec![registered(with, reference, &came.name, came.born)];
    if let Some(family) = &came.family {
        fresh.push(now(with, Event::AskerNamed(family.clone())));
    }
    if let Some((kind, name)) = &came.setting {
        let setting = SettingChanged { kind: *kind, name: name.clone() };
        fresh.push(now(with, Event::SettingChanged(setting)));
    }
    fresh.push(now(
        with,
        Event::PlanTransferred(PlanTransferred {
            words: from,
            last_reviewed: came.last_reviewed,
            made_on: came.made_on,
            plan: (!came.plan.is_blank()).then(|| came.plan.clone()),
        }),
    ));
    for one in &mut fresh {
        one.on = came.on;
        one.known_on = came.on;
        letters_fit(&one.event)?;
        day_fits(with, &one.event, one.on, one.known_on)?;
    }
    Ok(fresh)
}

pub(super) fn asker_matched(with: Deciding<'_>, asker: &PersonId, person: &PersonId) -> Decided {
    let asker = with
        .record
        .unmatched_asker()
        .filter(|named| named.person == *asker)
        .ok_or(Refusal::NoSuchEntry)?;
    let tied = PersonTied {
        person: person.clone(),
        name: asker.name.clone(),
        relation: asker.relation,
        parental_responsibility: asker.parental_responsibility,
        body: None,
        adviser: None,
        contact: Some(asker.contact.clone()),
    };
    Ok(vec![now(with, Event::PersonTied(tied))])
}

pub(super) fn recorded(with: Deciding<'_>, event: &Event, on: Date, known_on: Date) -> Decided {
    if event.is_about_an_entry() {
        return Err(Refusal::NoSuchEntry);
    }
    if matches!(event, Event::ChildRegistered(_)) && with.record.registered().is_some() {
        return Err(Refusal::AlreadyOpen);
    }
    duty_is_known(with, event)?;
    letters_fit(event)?;
    day_fits(with, event, on, known_on)?;
    served(event)?;
    Ok(vec![Fresh { event: event.clone(), on, known_on, supersedes: None }])
}

/// The entry that may still be corrected or taken back.
fn open_entry<'a>(with: Deciding<'a>, id: &EventId) -> Result<&'a Entry, Refusal> {
    let entry = with.record.entry(id).ok_or(Refusal::NoSuchEntry)?;
    if with.record.superseded_by(id).is_some() || entry.event.is_about_an_entry() {
        return Err(Refusal::AlreadyCorrected);
    }
    Ok(entry)
}

pub(super) fn corrected(
    with: Deciding<'_>,
    id: &EventId,
    event: &Event,
    on: Date,
    why: &str,
) -> Decided {
    let entry = open_entry(with, id)?;
    if entry.event.kind() != event.kind() {
        return Err(Refusal::OtherKind);
    }
    duty_is_known(with, event)?;
    letters_fit(event)?;
    day_fits(with, event, on, with.today)?;
    served(event)?;
    let why = EntryCorrected { entry: id.clone(), why: words("why", why)? };
    let supersedes = Some(id.clone());
    let anew = Fresh { event: event.clone(), on, known_on: with.today, supersedes };
    Ok(vec![anew, now(with, Event::EntryCorrected(why))])
}

pub(super) fn withdrawn(with: Deciding<'_>, id: &EventId, why: &str) -> Decided {
    let entry = open_entry(with, id)?;
    if matches!(entry.event, Event::ChildRegistered(_)) {
        return Err(Refusal::NoSuchEntry);
    }
    let event = Event::EntryWithdrawn(EntryWithdrawn { why: words("why", why)? });
    Ok(vec![Fresh { supersedes: Some(id.clone()), ..now(with, event) }])
}
