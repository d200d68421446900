//! From a command to new events, or a refusal. What happened can always be recorded, however
//! unlawful; only sending is refused, and only where the law calls what is sent incomplete.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_law::{Question, Rulebook, Standing, evaluate};

use crate::command::{AdviceAsk, Answers, Command, NewRequest, Sending};
use crate::event::{
    AdviceItem, AdviceReceived, AdviceRequested, AssessmentDecision, AssessmentRequested,
    ChildRegistered, DraftPlanSent, EntryWithdrawn, Event, ExceptionReliedOn, FinalPlanSent,
    HandoverAnswered, HandoverOffered, Notice, OfficerAssigned, OutOfEducation, OwnWordsGiven,
    PersonTied, PlanDecision, PlanDrafted, SettingChanged, Told,
};
use crate::ids::{EventId, PersonId};
use crate::limits::{
    ADVICE_ITEMS_MAX, EVENTS_PER_CHILD_MAX, NAME_LETTERS_MAX, SECTION_LETTERS_MAX,
    WORDS_LETTERS_MAX,
};
use crate::plan::{PlanText, Section};
use crate::record::Record;
use crate::refusal::Refusal;
use crate::words::{Body, Channel, Relation};

/// What a decision is made with.
#[derive(Clone, Copy)]
pub struct Deciding<'a> {
    /// The record as it stands.
    pub record: &'a Record,
    /// The law.
    pub rulebook: &'a Rulebook,
    /// Today in London.
    pub today: Date,
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
        Command::Request(request) => request_made(with, request),
        Command::Record { event, on, known_on } => recorded(with, event, *on, *known_on),
        Command::Correct { entry, event, on } => corrected(with, entry, event, *on),
        Command::Withdraw { entry, why } => withdrawn(with, entry, why),
        Command::AgreeToAssess { answers, sending } => decided(with, *answers, sending, true),
        Command::RefuseToAssess { answers, sending } => decided(with, *answers, sending, false),
        Command::AskForAdvice(asks) => advice_asked(with, asks),
        Command::GiveAdvice { request, person, items, how_known, words } => {
            advice_given(with, request, person, items, how_known, words)
        }
        Command::AgreePlan { reasons } => plan_agreed(with, reasons),
        Command::RefusePlan(sending) => plan_refused(with, sending),
        Command::SavePlan(plan) => plan_saved(with, plan),
        Command::SendDraft { how, parts } => draft_sent(with, *how, parts),
        Command::SendFinal { names_institution, sending } => {
            final_sent(with, *names_institution, sending)
        }
        Command::ClaimException { ground, duty, reason, from } => {
            let claim = ExceptionReliedOn {
                ground: *ground,
                duty: duty.clone(),
                reason: words("reason", reason)?,
                from: *from,
            };
            exception_claimed(with, claim)
        }
        Command::MatchAsker { asker, person } => asker_matched(with, asker, person),
        Command::Assign { officer, name } => {
            if with.record.officer().is_some_and(|(with_whom, _)| with_whom == *officer) {
                return Err(Refusal::AlreadyTheirs);
            }
            let assigned = OfficerAssigned { officer: officer.clone(), name: name.clone() };
            Ok(vec![now(with, Event::OfficerAssigned(assigned))])
        }
        Command::OfferHandover { to, name, note } => {
            if with.record.officer().is_some_and(|(with_whom, _)| with_whom == *to) {
                return Err(Refusal::AlreadyTheirs);
            }
            let note = optional("note", note)?;
            let offer = HandoverOffered { to: to.clone(), name: name.clone(), note };
            Ok(vec![now(with, Event::HandoverOffered(offer))])
        }
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

/// The words of a field that must be filled.
fn words(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = optional(field, text)?;
    if text.is_empty() { Err(Refusal::Empty { field }) } else { Ok(text) }
}

/// The words of a field that may be empty.
fn optional(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > WORDS_LETTERS_MAX {
        return Err(Refusal::TooLong { field, max: WORDS_LETTERS_MAX });
    }
    Ok(text.to_owned())
}

/// The earliest day that any fact of a living record can bear, and the latest for a planned one.
const EARLIEST: Date = jiff::civil::date(1990, 1, 1);
const LATEST: Date = jiff::civil::date(2100, 12, 31);

/// Refuses a day on which the event cannot have happened. Only a move may lie ahead.
fn day_fits(with: Deciding<'_>, event: &Event, on: Date, known_on: Date) -> Result<(), Refusal> {
    for day in [on, known_on] {
        if !(EARLIEST..=LATEST).contains(&day) {
            return Err(Refusal::CannotBeMeant { on: day });
        }
    }
    if known_on > with.today {
        return Err(Refusal::NotYet { on: known_on });
    }
    let may_lie_ahead = matches!(event, Event::MovedArea(_));
    if on > with.today && !may_lie_ahead {
        return Err(Refusal::NotYet { on });
    }
    let registered = match event {
        Event::ChildRegistered(registered) => Some(registered),
        _ => with.record.registered(),
    };
    if let Some(born) = registered.and_then(|registered| registered.born) {
        if born > with.today {
            return Err(Refusal::NotYet { on: born });
        }
        if on < born && event.fact_fields().is_some() {
            return Err(Refusal::BeforeBirth { on });
        }
    }
    let span = match event {
        Event::ChildAbsent(away) => Some((away.from, away.to)),
        Event::ClosureNoted(closed) => Some((closed.from, closed.to)),
        _ => None,
    };
    match span {
        Some((from, to)) if to <= from => Err(Refusal::Reversed { from, to }),
        Some((from, to)) if from < EARLIEST || to > LATEST => {
            Err(Refusal::CannotBeMeant { on: if from < EARLIEST { from } else { to } })
        }
        _ => Ok(()),
    }
}

/// Refuses words and names that are longer than they can be.
fn letters_fit(event: &Event) -> Result<(), Refusal> {
    let name_fits = |name: &crate::ids::Name| {
        if name.full().chars().count() > NAME_LETTERS_MAX {
            Err(Refusal::TooLong { field: "name", max: NAME_LETTERS_MAX })
        } else if name.given.is_empty() && name.family.is_empty() {
            Err(Refusal::Empty { field: "name" })
        } else {
            Ok(())
        }
    };
    match event {
        Event::ChildRegistered(registered) => name_fits(&registered.name),
        Event::PersonTied(tied) => name_fits(&tied.name),
        Event::AskerNamed(asker) => name_fits(&asker.name),
        Event::OwnWordsGiven(given) => words("words", &given.words).map(drop),
        Event::Told(told) => words("words", &told.words).map(drop),
        Event::NeedNoted(need) => words("words", &need.words).map(drop),
        Event::MessageWritten(message) => words("words", &message.words).map(drop),
        Event::CallNoted(call) => {
            words("with", &call.with)?;
            words("words", &call.words).map(drop)
        }
        Event::OutOfEducation(out) => optional("words", &out.words).map(drop),
        Event::RepresentationsMade(said) => optional("words", &said.words).map(drop),
        Event::PlanDrafted(drafted) => sections_fit(&drafted.plan),
        Event::DraftPlanSent(sent) => sections_fit(&sent.plan),
        Event::FinalPlanSent(sent) => sections_fit(&sent.plan),
        _ if event.content().len() > 16 * WORDS_LETTERS_MAX => {
            Err(Refusal::TooLong { field: "words", max: WORDS_LETTERS_MAX })
        }
        _ => Ok(()),
    }
}

fn sections_fit(plan: &PlanText) -> Result<(), Refusal> {
    let too_long = |section: &Section| plan.section(*section).chars().count() > SECTION_LETTERS_MAX;
    if Section::ALL.iter().any(too_long) {
        return Err(Refusal::TooLong { field: "section", max: SECTION_LETTERS_MAX });
    }
    Ok(())
}

fn request_made(with: Deciding<'_>, request: &NewRequest) -> Decided {
    if with.record.registered().is_some() {
        return Err(Refusal::AlreadyOpen);
    }
    let mut fresh = vec![now(
        with,
        Event::ChildRegistered(ChildRegistered {
            reference: request.reference.clone(),
            name: request.name.clone(),
            born: request.born,
        }),
    )];
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
    for one in &fresh {
        letters_fit(&one.event)?;
        day_fits(with, &one.event, one.on, one.known_on)?;
    }
    Ok(fresh)
}

fn asker_matched(with: Deciding<'_>, asker: &PersonId, person: &PersonId) -> Decided {
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

fn recorded(with: Deciding<'_>, event: &Event, on: Date, known_on: Date) -> Decided {
    if matches!(event, Event::EntryWithdrawn(_)) {
        return Err(Refusal::NoSuchEntry);
    }
    if matches!(event, Event::ChildRegistered(_)) && with.record.registered().is_some() {
        return Err(Refusal::AlreadyOpen);
    }
    letters_fit(event)?;
    day_fits(with, event, on, known_on)?;
    served(event)?;
    Ok(vec![Fresh { event: event.clone(), on, known_on, supersedes: None }])
}

/// Refuses a notice that is said to have been served by talking.
fn served(event: &Event) -> Result<(), Refusal> {
    let how = match event {
        Event::AssessmentAgreed(decision) | Event::AssessmentRefused(decision) => {
            decision.notice.how
        }
        Event::PlanAgreed(decision) | Event::PlanRefused(decision) => decision.notice.how,
        Event::DraftPlanSent(sent) => sent.how,
        Event::FinalPlanSent(sent) => sent.notice.how,
        _ => None,
    };
    match how {
        Some(Channel::Phone | Channel::InPerson) => Err(Refusal::NotServed),
        _ => Ok(()),
    }
}

/// The entry that may still be corrected or taken back.
fn open_entry<'a>(with: Deciding<'a>, id: &EventId) -> Result<&'a crate::record::Entry, Refusal> {
    let entry = with.record.entry(id).ok_or(Refusal::NoSuchEntry)?;
    if with.record.superseded_by(id).is_some() || matches!(entry.event, Event::EntryWithdrawn(_)) {
        return Err(Refusal::AlreadyCorrected);
    }
    Ok(entry)
}

fn corrected(with: Deciding<'_>, id: &EventId, event: &Event, on: Date) -> Decided {
    let entry = open_entry(with, id)?;
    if entry.event.kind() != event.kind() {
        return Err(Refusal::OtherKind);
    }
    letters_fit(event)?;
    day_fits(with, event, on, with.today)?;
    served(event)?;
    let supersedes = Some(id.clone());
    Ok(vec![Fresh { event: event.clone(), on, known_on: with.today, supersedes }])
}

fn withdrawn(with: Deciding<'_>, id: &EventId, why: &str) -> Decided {
    let entry = open_entry(with, id)?;
    if matches!(entry.event, Event::ChildRegistered(_)) {
        return Err(Refusal::NoSuchEntry);
    }
    let event = Event::EntryWithdrawn(EntryWithdrawn { why: words("why", why)? });
    Ok(vec![Fresh { supersedes: Some(id.clone()), ..now(with, event) }])
}

/// Where the assessment stands, by the law's own round: the open opener, and each later step.
struct Course<'a> {
    record: &'a Record,
    opened: Option<(Date, i64)>,
}

impl<'a> Course<'a> {
    fn of(record: &'a Record) -> Self {
        let opened = record
            .last_of(&["assessment-requested", "brought-to-attention"])
            .map(|entry| (entry.header.on, entry.header.seq));
        Self { record, opened }
    }

    /// The day of the last event of one of `kinds` in this course.
    fn done(&self, kinds: &[&str]) -> Option<Date> {
        let (opened, _) = self.opened?;
        let entry = self.record.last_of(kinds)?;
        (entry.header.on >= opened).then_some(entry.header.on)
    }
}

fn decided(with: Deciding<'_>, answers: Answers, sending: &Sending, assess: bool) -> Decided {
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
        notice: notice(sending)?,
    };
    let event =
        if assess { Event::AssessmentAgreed(decision) } else { Event::AssessmentRefused(decision) };
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

/// The notice as it will be kept.
fn notice(sending: &Sending) -> Result<Notice, Refusal> {
    let notice = Notice {
        reasons: words("reasons", &sending.reasons)?,
        parts: sending.parts.clone(),
        how: sending.how,
        to: sending.to.clone(),
    };
    match notice.how {
        None => Err(Refusal::Empty { field: "how" }),
        Some(Channel::Phone | Channel::InPerson) => Err(Refusal::NotServed),
        Some(_) => Ok(notice),
    }
}

/// Refuses to send a notice that lacks a part which the rulebook asks of its kind.
fn complete(
    with: Deciding<'_>,
    event: &Event,
    parts: &BTreeMap<String, String>,
) -> Result<(), Refusal> {
    let missing: Vec<String> = with
        .rulebook
        .notice_parts(event.kind())
        // Reasons stand in a field of their own, and an empty one was refused before.
        .filter(|part| *part != "reasons")
        .filter(|part| parts.get(*part).is_none_or(|text| text.trim().is_empty()))
        .map(str::to_owned)
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::NoticeIncomplete { missing }) }
}

fn advice_asked(with: Deciding<'_>, asks: &[AdviceAsk]) -> Decided {
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

fn says_only_not_known(text: &str) -> bool {
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
                && record.people().iter().any(|tied| {
                    tied.person == *person && tied.relation != Relation::Adviser
                })
        }
    }
}

fn advice_given(
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

fn plan_agreed(with: Deciding<'_>, reasons: &str) -> Decided {
    let course = Course::of(with.record);
    if course.done(&["assessment-agreed"]).is_none() {
        return Err(Refusal::StepBefore { step: "assessment-agreed" });
    }
    if let Some(on) = course.done(&["plan-agreed"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    let notice = Notice {
        reasons: words("reasons", reasons)?,
        parts: BTreeMap::new(),
        how: None,
        to: Vec::new(),
    };
    Ok(vec![now(with, Event::PlanAgreed(PlanDecision { notice }))])
}

fn plan_refused(with: Deciding<'_>, sending: &Sending) -> Decided {
    let course = Course::of(with.record);
    if course.done(&["assessment-agreed"]).is_none() {
        return Err(Refusal::StepBefore { step: "assessment-agreed" });
    }
    if let Some(on) = course.done(&["plan-refused", "final-plan-sent"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    let event = Event::PlanRefused(PlanDecision { notice: notice(sending)? });
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

fn plan_saved(with: Deciding<'_>, plan: &PlanText) -> Decided {
    sections_fit(plan)?;
    if *plan == with.record.plan_text() {
        return Ok(Vec::new());
    }
    Ok(vec![now(with, Event::PlanDrafted(PlanDrafted { plan: plan.clone() }))])
}

/// Sections without which a plan is not one: views, needs, outcomes and provision.
const WRITTEN_IN_EVERY_PLAN: [Section; 4] = [Section::A, Section::B, Section::E, Section::F];

fn draft_sent(with: Deciding<'_>, how: Channel, parts: &BTreeMap<String, String>) -> Decided {
    let course = Course::of(with.record);
    if course.done(&["assessment-agreed"]).is_none() {
        return Err(Refusal::StepBefore { step: "assessment-agreed" });
    }
    if let Some(on) = course.done(&["final-plan-sent"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    if matches!(how, Channel::Phone | Channel::InPerson) {
        return Err(Refusal::NotServed);
    }
    let plan = with.record.plan_text();
    let blank = plan.blank_of(&WRITTEN_IN_EVERY_PLAN);
    if !blank.is_empty() {
        return Err(Refusal::SectionsBlank { sections: blank });
    }
    if !plan.section(Section::I).is_empty() {
        return Err(Refusal::PlaceInDraft);
    }
    let event = Event::DraftPlanSent(DraftPlanSent { plan, how: Some(how), parts: parts.clone() });
    complete(with, &event, parts)?;
    let mut fresh = Vec::new();
    // Sending a draft is a decision that a plan is necessary; the record says so.
    if course.done(&["plan-agreed"]).is_none() {
        let notice =
            Notice { reasons: String::new(), parts: BTreeMap::new(), how: None, to: Vec::new() };
        fresh.push(now(with, Event::PlanAgreed(PlanDecision { notice })));
    }
    fresh.push(now(with, event));
    Ok(fresh)
}

fn final_sent(with: Deciding<'_>, names_institution: bool, sending: &Sending) -> Decided {
    let course = Course::of(with.record);
    if course.done(&["draft-plan-sent"]).is_none() {
        return Err(Refusal::StepBefore { step: "draft-plan-sent" });
    }
    if let Some(on) = course.done(&["final-plan-sent"]) {
        return Err(Refusal::AlreadyDone { on });
    }
    days_to_comment_are_over(with)?;
    let plan = with.record.plan_text();
    let mut written = WRITTEN_IN_EVERY_PLAN.to_vec();
    if names_institution {
        written.push(Section::I);
    }
    let blank = plan.blank_of(&written);
    if !blank.is_empty() {
        return Err(Refusal::SectionsBlank { sections: blank });
    }
    let event = Event::FinalPlanSent(FinalPlanSent {
        plan,
        names_institution: Some(names_institution),
        notice: notice(sending)?,
    });
    complete(with, &event, &sending.parts)?;
    Ok(vec![now(with, event)])
}

/// Refuses a final plan inside the family's fifteen days, unless they have answered and agree.
fn days_to_comment_are_over(with: Deciding<'_>) -> Result<(), Refusal> {
    let agreed = with.record.standing().any(|entry| {
        matches!(&entry.event, Event::RepresentationsMade(said) if said.agrees == Some(true))
    });
    if agreed {
        return Ok(());
    }
    let question = Question { as_at: with.today, known_at: with.today, explain: false };
    let timeline = evaluate(with.rulebook, &with.record.case(with.today), question);
    let Some(days) = timeline
        .obligations
        .iter()
        .filter(|obligation| obligation.duty == "plan-reps-15d")
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
