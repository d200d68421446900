//! `/ask` and `/carry-on`: a request for an assessment, one question a page, without an account.
//! Every step is saved under a reference and a code; sending starts the clock.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use sendero_app::house::law::{Obligation, Timeline};
use sendero_app::house::record::Requester;
use sendero_app::{Draft, DraftAnswers, DraftHandle, FieldFault, Form, Problem, Submitted};

use super::{Answer, filled, go, page, page_as, with_faults};
use crate::draw::{date_words, frame_of, moment, short_why_of, time_of};
use crate::server::Web;
use crate::session::{DRAFT, Typed, Visitor, cookie, set_cookie};
use crate::stop::Stop;
use crate::view::form::Filled;
use crate::view::parts::Saved;
use crate::view::request::{Answer as Answered, Ask, CarryOn, Check, Later, Question, Sent};
use crate::view::{Frame, Kind, Tab};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/ask", get(begin))
        .route("/ask/{question}", get(question).post(answer))
        .route("/carry-on", get(carry_on).post(find))
}

/// How long a draft is kept, in days.
const KEEP_DAYS: u32 = 90;
/// The same as a cookie counts it.
const KEEP_SECONDS: i64 = 90 * 24 * 60 * 60;

fn frame(web: &Web, visitor: &Visitor) -> Frame {
    Frame { kind: Kind::Question, tab: Tab::None, ..frame_of(&web.app, visitor) }
}

/// The draft that this browser is filling in.
fn handle_of(headers: &HeaderMap) -> Option<DraftHandle> {
    let value = cookie(headers, DRAFT)?;
    let (reference, code) = value.split_once('.')?;
    Some(DraftHandle { reference: reference.parse().ok()?, code: code.to_owned() })
}

/// The draft of this browser that has not been sent.
async fn open_draft(web: &Web, headers: &HeaderMap) -> Result<Option<(DraftHandle, Draft)>, Stop> {
    let Some(handle) = handle_of(headers) else { return Ok(None) };
    match web.app.draft(&handle).await {
        Ok(draft) if draft.sent.is_none() => Ok(Some((handle, draft))),
        Ok(_) | Err(Problem::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

async fn begin(State(web): State<Web>, headers: HeaderMap) -> Answer {
    match open_draft(&web, &headers).await? {
        Some((_, draft)) => go(&format!("/ask/{}", next_of(&draft.answers).slug())),
        None => go("/ask/who"),
    }
}

/// The first question that has no answer yet, or the last.
fn next_of(answers: &DraftAnswers) -> Ask {
    Ask::ALL.into_iter().find(|ask| value_of(*ask, answers).is_none()).unwrap_or(Ask::You)
}

fn own_of(answers: &DraftAnswers) -> bool {
    answers.get("asker") == Requester::YoungPerson.word()
}

/// The child's first name as typed so far, or "your child".
fn name_of(answers: &DraftAnswers) -> String {
    let typed = answers.get("child-name").trim();
    match typed.rsplit_once(' ') {
        Some((given, _)) => given.to_owned(),
        None if typed.is_empty() => words::word("child", "unnamed"),
        None => typed.to_owned(),
    }
}

/// The form with what has been typed so far.
fn held(answers: &DraftAnswers) -> Filled {
    DraftAnswers::FIELDS.iter().fold(
        Filled::about(&name_of(answers)),
        |filled, field| match answers.get(field) {
            "" => filled,
            typed => filled.with(field, typed),
        },
    )
}

fn saved_of(web: &Web, draft: &Draft) -> Saved {
    Saved { at: moment(&draft.saved, web.app.now().today), keep_days: KEEP_DAYS }
}

fn back_of(ask: Ask) -> String {
    let place = Ask::ALL.iter().position(|one| *one == ask).unwrap_or(0);
    match place.checked_sub(1).and_then(|before| Ask::ALL.get(before)) {
        Some(before) => format!("/ask/{}", before.slug()),
        None => "/".to_owned(),
    }
}

async fn question(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(slug): Path<String>,
) -> Answer {
    match slug.as_str() {
        "check" => return check(&web, &visitor, &headers, &[]).await,
        "later" => return later(&web, &visitor, &headers).await,
        "sent" => return sent(&web, &visitor, &headers).await,
        _ => {}
    }
    let ask = Ask::from_slug(&slug).ok_or(Problem::NotFound)?;
    let draft = open_draft(&web, &headers).await?.map(|(_, draft)| draft);
    if draft.is_none() && ask != Ask::Who {
        return go("/ask/who");
    }
    let answers = draft.as_ref().map(|draft| draft.answers.clone()).unwrap_or_default();
    page(&Question {
        frame: frame(&web, &visitor),
        hidden: visitor.hidden(&web, None),
        ask,
        own: own_of(&answers),
        filled: held(&answers),
        back: back_of(ask),
        told: Vec::new(),
        saved: draft.as_ref().map(|draft| saved_of(&web, draft)),
    })
}

async fn answer(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(slug): Path<String>,
    typed: Typed,
) -> Answer {
    if slug == "check" {
        return send(&web, &visitor, &headers, &typed).await;
    }
    let ask = Ask::from_slug(&slug).ok_or(Problem::NotFound)?;
    let (handle, mut draft, fresh) = match open_draft(&web, &headers).await? {
        Some((handle, draft)) => (handle, draft, false),
        None => {
            let handle = web.app.begin_draft(&visitor.area.code).await?;
            let draft = web.app.draft(&handle).await?;
            (handle, draft, true)
        }
    };
    for field in fields_of(ask) {
        draft.answers.set(field, typed.get(field));
    }
    let problems = match web.app.save_draft(&handle, &draft.answers).await {
        // What is wrong stays saved; the person may come back to it.
        Ok(_) => web
            .app
            .draft_faults(&draft.answers)
            .into_iter()
            .filter(|fault| is_of(ask, fault))
            .collect(),
        Err(Problem::Invalid(faults)) => faults,
        Err(other) => return Err(other.into()),
    };
    let go_later = typed.get("go") == "later";
    let mut answer = if problems.is_empty() || go_later {
        go(&next_address(ask, go_later))?
    } else {
        let filled = with_faults(held(&draft.answers), &problems);
        page_as(
            StatusCode::UNPROCESSABLE_ENTITY,
            &Question {
                frame: frame(&web, &visitor),
                hidden: visitor.again(&typed),
                ask,
                own: own_of(&draft.answers),
                filled,
                back: back_of(ask),
                told: Vec::new(),
                saved: Some(saved_of(&web, &draft)),
            },
        )?
    };
    if fresh {
        let value = format!("{}.{}", handle.reference.as_str(), handle.code);
        set_cookie(&web, &mut answer, DRAFT, &value, Some(KEEP_SECONDS));
    }
    Ok(answer)
}

fn next_address(ask: Ask, later: bool) -> String {
    if later {
        return "/ask/later".to_owned();
    }
    let place = Ask::ALL.iter().position(|one| *one == ask).unwrap_or(0);
    match Ask::ALL.get(place + 1) {
        Some(next) => format!("/ask/{}", next.slug()),
        None => "/ask/check".to_owned(),
    }
}

/// The fields of a question.
fn fields_of(ask: Ask) -> &'static [&'static str] {
    match ask {
        Ask::Who => &["asker"],
        Ask::Name => &["child-name"],
        Ask::Born => &["born-day", "born-month", "born-year"],
        Ask::OwnWords => &["own-words", "own-words-how"],
        Ask::Hard => &["hard"],
        Ask::Helps => &["helps"],
        Ask::Hope => &["hope"],
        Ask::Setting => &["setting", "setting-kind"],
        Ask::Education => &["education", "since-day", "since-month", "since-year", "education-why"],
        Ask::Others => &["others"],
        Ask::Reach => &["reach", "interpreter", "language", "needs"],
        Ask::You => &["your-name", "relation", "email", "phone", "address"],
    }
}

/// Whether a problem belongs to a question.
fn is_of(ask: Ask, fault: &FieldFault) -> bool {
    fields_of(ask)
        .iter()
        .any(|field| *field == fault.field || field.starts_with(&format!("{}-day", fault.field)))
}

/// What was answered to a question, in words.
fn value_of(ask: Ask, answers: &DraftAnswers) -> Option<String> {
    let typed = |field: &str| {
        let typed = answers.get(field).trim();
        (!typed.is_empty()).then(|| typed.to_owned())
    };
    let chosen = |list: &str, field: &str| typed(field).map(|word| words::word(list, &word));
    let join = |parts: Vec<Option<String>>| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("\n"))
    };
    let dated = |field: &str| match answers.date(field) {
        Ok(day) => day.map(date_words),
        Err(_) => {
            let part = |part: &str| typed(&format!("{field}-{part}"));
            join(vec![part("day"), part("month"), part("year")])
        }
    };
    match ask {
        Ask::Who => chosen("asker", "asker"),
        Ask::Name => typed("child-name"),
        Ask::Born => dated("born"),
        Ask::OwnWords => join(vec![typed("own-words"), typed("own-words-how")]),
        Ask::Hard => typed("hard"),
        Ask::Helps => typed("helps"),
        Ask::Hope => typed("hope"),
        Ask::Setting => join(vec![typed("setting"), chosen("setting", "setting-kind")]),
        Ask::Education => join(vec![
            chosen("education", "education"),
            dated("since"),
            chosen("why-out", "education-why"),
        ]),
        Ask::Others => typed("others"),
        Ask::Reach => join(vec![chosen("reach", "reach"), typed("language"), typed("needs")]),
        Ask::You => join(vec![
            typed("your-name"),
            chosen("relation", "relation"),
            typed("email"),
            typed("phone"),
            typed("address"),
        ]),
    }
}

async fn check(web: &Web, visitor: &Visitor, headers: &HeaderMap, faults: &[FieldFault]) -> Answer {
    let Some((_, draft)) = open_draft(web, headers).await? else { return go("/ask/who") };
    // On this page a problem leads to the question where it is mended.
    let mut filled = Filled::about(&name_of(&draft.answers));
    for fault in faults {
        let ask = Ask::ALL.into_iter().find(|ask| is_of(*ask, fault)).unwrap_or(Ask::You);
        filled = filled.wrong(ask.slug(), &words::fault(fault));
    }
    let answers = Ask::ALL
        .into_iter()
        .map(|ask| Answered { ask, value: value_of(ask, &draft.answers) })
        .collect();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_as(
        status,
        &Check {
            frame: frame(web, visitor),
            hidden: visitor.hidden(web, None),
            filled,
            own: own_of(&draft.answers),
            answers,
            saved: Some(saved_of(web, &draft)),
        },
    )
}

async fn send(web: &Web, visitor: &Visitor, headers: &HeaderMap, typed: &Typed) -> Answer {
    if typed.get("go") == "later" {
        return go("/ask/later");
    }
    let Some(handle) = handle_of(headers) else { return go("/ask/who") };
    let form = Form { command: typed.get("command").to_owned(), seen: None };
    match web.app.submit_draft(&handle, &form).await {
        Ok(()) => go("/ask/sent"),
        Err(Problem::Invalid(faults)) => check(web, visitor, headers, &faults).await,
        Err(other) => Err(other.into()),
    }
}

async fn later(web: &Web, visitor: &Visitor, headers: &HeaderMap) -> Answer {
    let Some((handle, draft)) = open_draft(web, headers).await? else { return go("/ask/who") };
    let until = draft
        .saved
        .today
        .checked_add(jiff::Span::new().days(i64::from(KEEP_DAYS)))
        .unwrap_or(draft.saved.today);
    page(&Later {
        frame: frame(web, visitor),
        reference: handle.reference.to_string(),
        code: handle.code,
        until,
        next: next_of(&draft.answers),
    })
}

/// The obligation of a duty in the answer for a request.
fn dated<'a>(timeline: &'a Timeline, duty: &str) -> Option<&'a Obligation> {
    timeline.obligations.iter().find(|obligation| obligation.duty == duty)
}

async fn sent(web: &Web, visitor: &Visitor, headers: &HeaderMap) -> Answer {
    let Some(handle) = handle_of(headers) else { return go("/carry-on") };
    let sent: Submitted = match web.app.submitted(&handle).await {
        Ok(sent) => sent,
        Err(Problem::NotFound) => return go("/ask"),
        Err(other) => return Err(other.into()),
    };
    let due = |duty: &str| dated(&sent.timeline, duty).and_then(|obligation| obligation.due);
    let (Some(decide_by), Some(no_plan_by), Some(plan_by)) =
        (due("rq-6w"), due("no-plan-16w"), due("plan-20w"))
    else {
        return Err(Problem::Broken("a request without its dates".to_owned()).into());
    };
    let today = web.app.now().today;
    let why = dated(&sent.timeline, "plan-20w")
        .map(|law| short_why_of(sent.law, &sent.record, law, today, false))
        .ok_or_else(|| Problem::Broken("a request without its dates".to_owned()))?;
    let asker = sent.record.last_of(&["assessment-requested"]);
    let own = asker.is_some_and(|entry| {
        matches!(&entry.event,
            sendero_app::house::record::Event::AssessmentRequested(request)
                if request.by == Requester::YoungPerson)
    });
    tracing::debug!(received = %date_words(sent.received.today), "a sent request is shown");
    page(&Sent {
        frame: frame(web, visitor),
        name: sent.given,
        own,
        received: sent.received.today,
        at: time_of(&sent.received),
        reference: sent.reference.to_string(),
        sent_by: None,
        decide_by,
        no_plan_by,
        plan_by,
        why,
        base: None,
    })
}

async fn carry_on(State(web): State<Web>, visitor: Visitor) -> Answer {
    page(&CarryOn {
        frame: Frame { tab: Tab::Ask, ..frame_of(&web.app, &visitor) },
        hidden: visitor.hidden(&web, None),
        filled: Filled::default(),
    })
}

async fn find(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let found =
        web.app.resume_draft(typed.get("reference"), typed.get("code"), &visitor.place).await;
    match found {
        Ok(handle) => {
            let draft = web.app.draft(&handle).await?;
            let to = match draft.sent {
                Some(_) => "/ask/sent".to_owned(),
                None => format!("/ask/{}", next_of(&draft.answers).slug()),
            };
            let mut answer = go(&to)?;
            let value = format!("{}.{}", handle.reference.as_str(), handle.code);
            set_cookie(&web, &mut answer, DRAFT, &value, Some(KEEP_SECONDS));
            Ok(answer)
        }
        Err(Problem::NotFound) => {
            let fault = FieldFault::of("reference", "not-known");
            page_as(
                StatusCode::UNPROCESSABLE_ENTITY,
                &CarryOn {
                    frame: Frame { tab: Tab::Ask, ..frame_of(&web.app, &visitor) },
                    hidden: visitor.again(&typed),
                    filled: filled("", &typed, &[fault]),
                },
            )
        }
        Err(other) => Err(other.into()),
    }
}
