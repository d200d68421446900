//! `/case/{reference}/entry/{id}`: say anew what an entry says, or take it back. The first entry
//! stays and both can be read.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use sendero_app::Problem;
use sendero_app::house::access::Part;
use sendero_app::house::record::{
    Advice, Channel, Command, Disputed, Entry, Event, EventId, Name, PlanText, Record,
};

use super::plan::{paper_text, plan_fields, with_plan};
use super::{Open, frame, open};
use crate::draw::{before, moment, title};
use crate::page::{Answer, Shown, disagree, page_as, today_filled, typed_day};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::Tab;
use crate::view::form::Filled;
use crate::view::officer::{Correct, Field, TakeBack};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/entry/{entry}", get(form).post(correct))
        .route("/case/{reference}/entry/{entry}/take-back", get(take_back_form).post(take_back))
}

/// The entry in the address.
fn entry_of<'a>(open: &'a Open<'_>, id: &str) -> Result<&'a Entry, Stop> {
    Ok(open.file.record.entry(&EventId::new(id)).ok_or(Problem::NotFound)?)
}

/// The words of an entry, where it has some that can be said anew.
fn words_of(event: &mut Event) -> Option<&mut String> {
    if event.said().is_some() {
        return event.said_mut().map(|said| &mut said.words);
    }
    if event.disagreed().is_some() {
        return event.disagreed_mut().map(|(words, _)| words);
    }
    Some(match event {
        Event::AssessmentRequested(one)
        | Event::BroughtToAttention(one)
        | Event::ReassessmentRequested(one) => &mut one.words,
        Event::OwnWordsGiven(one) => &mut one.words,
        Event::Told(one) => &mut one.words,
        Event::NeedNoted(one) => &mut one.words,
        Event::OutOfEducation(one) => &mut one.words,
        Event::BackInEducation(one) => &mut one.words,
        Event::CallNoted(one) => &mut one.words,
        Event::InformationRequested(one) => &mut one.words,
        Event::AdviceReceived(one) => &mut one.words,
        Event::EarlierAdviceAccepted(one) => &mut one.words,
        Event::RepresentationsMade(one) => &mut one.words,
        Event::AppointmentMissed(one) => &mut one.words,
        Event::ReviewDecisionSent(one) => &mut one.words,
        Event::Suspended(one) => &mut one.words,
        Event::PlanTransferred(one) => &mut one.words,
        Event::AdviceRequested(one) => &mut one.question,
        Event::ExceptionReliedOn(one) => &mut one.reason,
        _ => &mut event.notice_mut()?.reasons,
    })
}

/// The same, where they may be said anew here: what an adviser gave themselves stays as they gave it.
fn own_words_of<'a>(
    entry: &Entry,
    record: &Record,
    event: &'a mut Event,
) -> Option<&'a mut String> {
    if matches!(event, Event::AdviceReceived(_)) {
        let actor = entry.header.actor.as_str();
        let given = |one: &Advice<'_>| {
            one.answer.is_some_and(|(header, _)| header.id == entry.header.id)
                && one.request.person.as_ref().is_some_and(|person| person.as_str() == actor)
        };
        if record.advice().iter().any(given) {
            return None;
        }
    }
    words_of(event)
}

/// The text of a plan that was put in from paper. What was sent from here stays as it was sent.
fn paper_plan_of(event: &mut Event) -> Option<&mut PlanText> {
    let sent_here = match event {
        Event::PlanDrafted(_) => true,
        Event::DraftPlanSent(sent) => !sent.parts.is_empty(),
        _ => event.notice().is_some_and(|notice| !notice.parts.is_empty()),
    };
    if sent_here { None } else { event.plan_mut() }
}

/// How something came or went, where an entry says it.
fn how_of(event: &mut Event) -> Option<&mut Option<Channel>> {
    Some(match event {
        Event::AssessmentRequested(one)
        | Event::BroughtToAttention(one)
        | Event::ReassessmentRequested(one) => &mut one.how,
        Event::DraftPlanSent(one) => &mut one.how,
        // Agreeing that a plan is necessary sends no notice of its own.
        Event::PlanAgreed(_) => return None,
        _ => &mut event.notice_mut()?.how,
    })
}

async fn form(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let entry = entry_of(&open, &id)?;
    let about = Filled::about(&open.head().name);
    let mut filled = today_filled(about, "on", entry.header.on);
    let mut event = entry.event.clone();
    if let Some(said) = own_words_of(entry, &open.file.record, &mut event) {
        filled = filled.with("words", said);
    }
    if let Some(Some(how)) = how_of(&mut event) {
        filled = filled.with("how", how.word());
    }
    if let Some((_, Some(about))) = event.disagreed() {
        filled = filled.with(disagree::FIELD, about.word());
    }
    if let Some(text) = paper_plan_of(&mut event) {
        filled = with_plan(filled, text);
    }
    if let Event::ChildRegistered(child) = &event {
        filled = filled.with("given", &child.name.given).with("family", &child.name.family);
        if let Some(born) = child.born {
            filled = today_filled(filled, "born", born);
        }
    }
    let shown = Shown::fresh(open.hidden(&web, &visitor), filled);
    correct_page(&web, &visitor, &open, entry, shown)
}

fn correct_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    entry: &Entry,
    shown: Shown,
) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let at = moment(&sendero_app::london(&entry.header.recorded_at), open.file.now.today);
    page_as(
        status,
        &Correct {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            entry: entry.header.id.as_str().to_owned(),
            now: now_says(web, entry),
            on: entry.header.on,
            recorded: format!("{} {at}", words::word("entry", "recorded")),
            before: before(&open.file.record, entry),
            fields: fields(entry, &open.file.record, &filled),
            filled,
        },
    )
}

/// What an entry says: what it is, and its words.
fn now_says(web: &Web, entry: &Entry) -> String {
    let what = title(&web.app, entry);
    match words_of(&mut entry.event.clone()) {
        Some(said) if !said.is_empty() => format!("{what}. {said}"),
        _ => format!("{what}."),
    }
}

fn fields(entry: &Entry, record: &Record, filled: &Filled) -> Vec<Field> {
    let label = |word: &str| words::word("entry", word);
    let mut event = entry.event.clone();
    let mut list = Vec::new();
    if matches!(event, Event::ChildRegistered(_)) {
        list.push(Field::Text(filled.line("given", label("given"), "")));
        list.push(Field::Text(filled.line("family", label("family"), "")));
        list.push(Field::Date(filled.date("born", &label("born"), "")));
    }
    if how_of(&mut event).is_some() {
        let mut answers = vec![("", label("not-known"))];
        let ways = Channel::ALL.iter();
        answers.extend(ways.map(|way| (way.word(), words::word("channel", way.word()))));
        list.push(Field::Choices(filled.list("how", label("how"), "", &answers)));
    }
    if event.disagreed().is_some() {
        let label = words::word("came-field", "which");
        let is_appeal = matches!(event, Event::AppealMade(_));
        let decisions = Disputed::ALL.iter().filter(|one| is_appeal || !one.is_part());
        let mut answers = vec![("", words::word("entry", "not-said"))];
        answers.extend(decisions.map(|one| (one.word(), words::word("appeal", one.word()))));
        list.push(Field::Choices(filled.list(disagree::FIELD, label, "", &answers)));
    }
    if own_words_of(entry, record, &mut event).is_some() {
        list.push(Field::Text(filled.lines("words", label("words"), "", 5)));
    }
    if paper_plan_of(&mut event).is_some() {
        list.push(Field::Plan(plan_fields(filled, false)));
    }
    list
}

async fn correct(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let entry = entry_of(&open, &id)?;
    let done = match amended(entry, &open.file.record, &typed) {
        Ok(command) => open.act(&web, &command, &typed).await,
        Err(problem) => Err(problem),
    };
    let field = if typed.get("why").trim().is_empty() { "why" } else { "on-day" };
    let kept = Shown::typed(&visitor, &typed, &open.head().name);
    kept.after(done, &open.saved("entry"), field, |shown| {
        correct_page(&web, &visitor, &open, entry, shown)
    })
}

/// The same entry with what was typed.
fn amended(entry: &Entry, record: &Record, typed: &Typed) -> Result<Command, Problem> {
    let day = |field: &str| typed_day(typed, field).map_err(|fault| Problem::Invalid(vec![fault]));
    let on = day("on")?.unwrap_or(entry.header.on);
    let mut event = entry.event.clone();
    if let Some(said) = own_words_of(entry, record, &mut event) {
        typed.get("words").trim().clone_into(said);
    }
    if let Some((_, about)) = event.disagreed_mut() {
        *about = Disputed::from_word(typed.get(disagree::FIELD));
    }
    if let Some(how) = how_of(&mut event) {
        *how = Channel::from_word(typed.get("how"));
    }
    if let Some(text) = paper_plan_of(&mut event) {
        *text = paper_text(typed, text);
    }
    if let Event::ChildRegistered(child) = &mut event {
        child.name = Name::new(typed.get("given"), typed.get("family"));
        child.born = day("born")?;
    }
    let why = typed.get("why").to_owned();
    Ok(Command::Correct { entry: entry.header.id.clone(), event, on, why })
}

async fn take_back_form(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let entry = entry_of(&open, &id)?;
    let filled = Filled::about(&open.head().name);
    let shown = Shown::fresh(open.hidden(&web, &visitor), filled);
    take_back_page(&web, &visitor, &open, entry, shown)
}

fn take_back_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    entry: &Entry,
    shown: Shown,
) -> Answer {
    let Shown { hidden, filled, status } = shown;
    page_as(
        status,
        &TakeBack {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            entry: entry.header.id.as_str().to_owned(),
            now: now_says(web, entry),
            on: entry.header.on,
            changes: Vec::new(),
            filled,
        },
    )
}

async fn take_back(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let entry = entry_of(&open, &id)?;
    let command =
        Command::Withdraw { entry: entry.header.id.clone(), why: typed.get("why").to_owned() };
    let done = open.act(&web, &command, &typed).await;
    let kept = Shown::typed(&visitor, &typed, &open.head().name);
    kept.after(done, &open.saved("taken-back"), "why", |shown| {
        take_back_page(&web, &visitor, &open, entry, shown)
    })
}
