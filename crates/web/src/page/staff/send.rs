//! `/case/{reference}/plan/draft` and `/plan/final`: the notice that goes with a plan, seen as it
//! will be read before anything leaves. What is missing withholds it, here and in the record.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::law::Standing;
use sendero_app::house::record::{
    Command, Event, FinalPlanSent, Notice, Record, Refusal, Section, Sending, Stage,
};
use sendero_app::{CaseFile, FieldFault, Problem};

use super::desk::{channel, due_of, full_name, letter, must, parts_of, typed_parts};
use super::{Open, frame, open};
use crate::draw::{date_words, duty};
use crate::page::{Answer, carried, filled, go, mend, page, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::{Filled, Hidden};
use crate::view::officer::{Blocked, By, Preview, SendDraft, SendFinal, Sends, Withheld};
use crate::view::parts::Days;
use crate::view::{Link, Tab};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/plan/draft", get(draft).post(post_draft))
        .route("/case/{reference}/plan/final", get(last).post(post_last))
}

/// Which of the two plans goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    Draft,
    Final,
}

impl Goes {
    fn kind(self) -> &'static str {
        match self {
            Self::Draft => "draft-plan-sent",
            Self::Final => "final-plan-sent",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Draft => "plan/draft",
            Self::Final => "plan/final",
        }
    }
}

async fn draft(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    form(&web, &visitor, &reference, Goes::Draft).await
}

async fn last(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    form(&web, &visitor, &reference, Goes::Final).await
}

async fn form(web: &Web, visitor: &Visitor, reference: &str, goes: Goes) -> Answer {
    let open = open(web, visitor, reference, Part::DraftWork).await?;
    let record = &open.file.record;
    let appeal_by = match goes {
        Goes::Draft => None,
        Goes::Final => web.app.appeal_by(&open.file, &final_plan(record)),
    };
    let appeal_by = appeal_by.map(date_words).unwrap_or_default();
    let parts = web.app.notice_parts(&visitor.area, goes.kind(), &appeal_by);
    let filled = parts.iter().fold(Filled::about(&full_name(record)), |filled, (part, words)| {
        filled.with(&format!("part-{part}"), words)
    });
    let hidden = visitor.hidden(web, Some(record.version()));
    notice_page(web, visitor, &open, goes, hidden, filled, StatusCode::OK)
}

/// The final plan as if it went today, for the dates that would follow.
fn final_plan(record: &Record) -> Event {
    let notice = Notice {
        reasons: String::new(),
        parts: BTreeMap::new(),
        how: None,
        to: Vec::new(),
        went_on: Vec::new(),
    };
    let plan = record.plan_text();
    Event::FinalPlanSent(FinalPlanSent { plan, names_institution: None, notice })
}

fn notice_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    goes: Goes,
    hidden: Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let (file, today) = (&open.file, open.file.now.today);
    let parts = parts_of(web, goes.kind(), &filled);
    let blocked = Blocked { must: blocked(open, goes, &filled), look: Vec::new() };
    let (frame, child) = (frame(web, visitor, Tab::MyChildren), open.head());
    if goes == Goes::Draft {
        let due = duty(file, "plan-draft").filter(|law| law.standing.is_live());
        let letter = letter(file, "draft", &parts, &filled);
        let due = due.map(|law| due_of(law, today));
        return page_as(
            status,
            &SendDraft { frame, child, hidden, due, filled, blocked, parts, letter },
        );
    }
    let due = duty(file, "plan-20w").map(|law| due_of(law, today));
    let letter = letter(file, "final", &parts, &filled);
    page_as(
        status,
        &SendFinal {
            frame,
            child,
            hidden,
            due: due.unwrap_or((By::AtOnce, Days::Left(0))),
            comments_until: comments_until(file).ok().flatten(),
            comments: super::plan::comments(&file.record),
            filled,
            blocked,
            parts,
            letter,
        },
    )
}

/// The last of the family's days, while it is not over; refused where nobody can say.
fn comments_until(file: &CaseFile) -> Result<Option<jiff::civil::Date>, Refusal> {
    let agreed = file.record.standing().any(|entry| {
        matches!(&entry.event, Event::RepresentationsMade(said) if said.agrees == Some(true))
    });
    match duty(file, "plan-reps-15d") {
        _ if agreed => Ok(None),
        Some(law) if law.standing == Standing::Unclear => Err(Refusal::ServiceUnknown),
        Some(law) => Ok(law.due.filter(|due| file.now.today <= *due)),
        None => Ok(None),
    }
}

/// What the record would refuse for, said before anybody tries.
fn blocked(open: &Open<'_>, goes: Goes, filled: &Filled) -> Vec<Withheld> {
    let record = &open.file.record;
    let mut list: Vec<Withheld> = Vec::new();
    if let Some(step) = step_before(record, goes) {
        list.push(must(&Refusal::StepBefore { step }));
    }
    let plan = record.plan_text();
    let mut needed = vec![Section::A, Section::B, Section::E, Section::F];
    if goes == Goes::Final && filled.value("names") == "yes" {
        needed.push(Section::I);
    }
    let sections = plan.blank_of(&needed);
    if let Some(first) = sections.first() {
        let id = first.letter().to_lowercase();
        let mend = Link {
            href: format!("{}/plan#section-{id}", open.base),
            text: words::word("letter", "write-it"),
        };
        let text = words::refusal(&Refusal::SectionsBlank { sections });
        list.push(Withheld { text, mend: Some(mend) });
    }
    if goes == Goes::Draft && !plan.section(Section::I).is_empty() {
        list.push(must(&Refusal::PlaceInDraft));
    }
    if goes == Goes::Final {
        match comments_until(&open.file) {
            Ok(Some(last_day)) => list.push(must(&Refusal::StillTheirs { last_day })),
            Err(refusal) => list.push(must(&refusal)),
            Ok(None) => {}
        }
    }
    list
}

fn step_before(record: &Record, goes: Goes) -> Option<&'static str> {
    match (goes, record.stage()) {
        (Goes::Draft, Stage::NotAsked | Stage::Asked | Stage::Withdrawn | Stage::Refused) => {
            Some("assessment-agreed")
        }
        (Goes::Final, stage) if stage < Stage::DraftSent => Some("draft-plan-sent"),
        _ => None,
    }
}

async fn post_draft(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    posted(&web, &visitor, &reference, &typed, Goes::Draft).await
}

async fn post_last(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    posted(&web, &visitor, &reference, &typed, Goes::Final).await
}

async fn posted(
    web: &Web,
    visitor: &Visitor,
    reference: &str,
    typed: &Typed,
    goes: Goes,
) -> Answer {
    let open = open(web, visitor, reference, Part::DraftWork).await?;
    let kept = filled(&full_name(&open.file.record), typed, &[]);
    let hidden = visitor.again(typed);
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    match typed.get("act") {
        "see" => match unanswered(goes, &kept) {
            Some((field, said)) => {
                let kept = kept.wrong(field, &said);
                notice_page(web, visitor, &open, goes, hidden, kept, wrong)
            }
            None => page(&preview(web, visitor, &open, goes, hidden, typed, &kept)),
        },
        "send" => match send(web, &open, typed, goes).await {
            Ok(()) => go(&open.saved("sent")),
            Err(problem) => {
                let kept = mend(problem, kept, "how")?;
                notice_page(web, visitor, &open, goes, hidden, kept, wrong)
            }
        },
        // Nothing leaves unless "send" was pressed.
        _ => notice_page(web, visitor, &open, goes, hidden, kept, StatusCode::OK),
    }
}

/// The first question of the form without an answer, with what to do.
fn unanswered(goes: Goes, filled: &Filled) -> Option<(&'static str, String)> {
    let empty = |field: &'static str| words::refusal(&Refusal::Empty { field });
    if goes == Goes::Final && filled.value("names").is_empty() {
        let fault = FieldFault::of("names", "choose");
        return Some(("names", words::fault(&fault)));
    }
    if filled.value("how").is_empty() {
        return Some(("how", empty("how")));
    }
    if goes == Goes::Final && filled.value("reasons").trim().is_empty() {
        return Some(("reasons", empty("reasons")));
    }
    None
}

fn preview(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    goes: Goes,
    hidden: Hidden,
    typed: &Typed,
    kept: &Filled,
) -> Preview {
    let parts = parts_of(web, goes.kind(), kept);
    let (what, sends) = match goes {
        Goes::Draft => ("draft", Sends::Draft),
        Goes::Final => ("final", Sends::Final),
    };
    let mut withheld = blocked(open, goes, kept);
    withheld.extend(
        parts
            .iter()
            .filter(|part| !part.there)
            .map(|part| Withheld { text: part.title.clone(), mend: None }),
    );
    let action = format!("{}/{}", open.base, goes.path());
    Preview {
        frame: frame(web, visitor, Tab::MyChildren),
        child: open.head(),
        sends,
        hidden,
        carried: carried(typed),
        action,
        letters: vec![letter(&open.file, what, &parts, kept)],
        withheld,
    }
}

async fn send(web: &Web, open: &Open<'_>, typed: &Typed, goes: Goes) -> Result<(), Problem> {
    let command = command(typed, goes)?;
    web.app.act(open.me, &open.child, &command, &typed.form()).await?;
    Ok(())
}

/// What the form asks the record to do.
fn command(typed: &Typed, goes: Goes) -> Result<Command, Problem> {
    let how = channel(typed).ok_or(Refusal::Empty { field: "how" })?;
    let parts = typed_parts(typed);
    match goes {
        Goes::Draft => Ok(Command::SendDraft { how, parts }),
        Goes::Final => {
            let names = typed.get("names");
            if names.is_empty() {
                return Err(Problem::Invalid(vec![FieldFault::of("names", "choose")]));
            }
            let reasons = typed.get("reasons").to_owned();
            let sending =
                Sending { reasons, parts, how: Some(how), to: Vec::new(), went_on: Vec::new() };
            Ok(Command::SendFinal { names_institution: names == "yes", sending })
        }
    }
}
