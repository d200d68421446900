//! `/law`: the rulebook for anybody. Every word comes from it; every example is worked out by the
//! engine as the page is asked for.

mod all;
mod happening;
mod paper;
pub(crate) mod terms;
mod whose;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::Problem;
use sendero_app::house::law::{
    Duty as LawDuty, Notice, NoticePart, Obligation, Party, Question, Rulebook, STAGES, Status,
    evaluate,
};

use self::whose::{Here, here};
use super::{Answer, page};
use crate::draw::{capital, date_words, frame_of};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::parts::{Pill, State as Mark, SumRow};
use crate::view::public::{Duty, DutyRow, Example, Force, LawIndex, NoticeRow, Stage, Tried};
use crate::view::span::{Runs, Span};
use crate::view::{Frame, Link, Tab};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/law", get(index))
        .route("/law/all", get(all::all))
        .route("/law/rulebook.json", get(all::json))
        .route("/law/terms", get(terms::terms))
        .route("/law/{duty}", get(duty))
        .merge(happening::routes())
}

fn frame(web: &Web, visitor: &Visitor) -> Frame {
    Frame { tab: Tab::Rights, ..frame_of(&web.app, visitor) }
}

async fn index(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let here = here(&web, &visitor, &asked).await?;
    let law = here.law.rulebook;
    let by_owner = asked.get("by").is_some_and(|by| by == "who");
    let (by, other) = if by_owner { ("&by=who", "") } else { ("", "by=who") };
    let happening = law.situations().iter().map(|one| Link {
        href: here.at(&format!("/happening/{}", one.id)),
        text: one.title.clone(),
    });
    page(&LawIndex {
        frame: frame(&web, &visitor),
        happening: happening.collect(),
        areas: here.areas("/law", by),
        links: [format!("/law?{other}"), "/law/all".into(), "/law/terms".into()]
            .map(|address: String| here.at(&address)),
        by_owner,
        stages: if by_owner { owners(&here) } else { stages(&here) },
    })
}

/// The duties by the stage at which a family meets them.
fn stages(here: &Here) -> Vec<Stage> {
    let stage = |stage: &str| Stage {
        id: stage.to_owned(),
        title: words::word("law-stage", stage),
        duties: rows_where(here, |duty| duty.stage == stage),
    };
    STAGES.into_iter().map(stage).collect()
}

/// The duties by who owes them, in the order in which the rulebook names the parties.
fn owners(here: &Here) -> Vec<Stage> {
    let owner = |party: &Party| Stage {
        id: party.id.clone(),
        title: capital(&party.words),
        duties: rows_where(here, |duty| duty.owner == party.id),
    };
    here.law.rulebook.parties().iter().map(owner).filter(|owner| !owner.duties.is_empty()).collect()
}

fn rows_where(here: &Here, is_here: impl Fn(&LawDuty) -> bool) -> Vec<DutyRow> {
    let duties = here.law.rulebook.duties().iter();
    duties.filter(|duty| is_here(duty)).map(|duty| here.row(duty)).collect()
}

/// A duty as a line of a list.
pub(crate) fn row_of(law: &Rulebook, duty: &LawDuty) -> DutyRow {
    DutyRow {
        id: duty.id.clone(),
        href: format!("/law/{}", duty.id),
        title: duty.title.clone(),
        force: force_of(duty),
        owner: party(law, &duty.owner),
    }
}

fn force_of(duty: &LawDuty) -> Force {
    if duty.status != Status::InForce {
        return Force::NotLaw;
    }
    match (duty.form.as_str(), duty.force.as_str()) {
        ("right", _) => Force::May,
        _ if duty.power => Force::May,
        (_, "guidance" | "policy") => Force::Should,
        (_, "local") => Force::Local,
        _ => Force::Must,
    }
}

fn party(law: &Rulebook, id: &str) -> String {
    capital(law.party(id).map_or("", |party| party.words.as_str()))
}

async fn duty(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let here = here(&web, &visitor, &asked).await?;
    let law = here.law.rulebook;
    let duty = law.duty(&id).ok_or(Problem::NotFound)?;
    let worked = worked_out(law, duty);
    let remedies = duty
        .remedies
        .iter()
        .filter_map(|remedy| law.remedy(remedy))
        .map(|remedy| (remedy.title.clone(), remedy.words.clone()))
        .collect();
    let claimants: Vec<String> = duty
        .owed_to
        .iter()
        .filter_map(|party_id| law.party(party_id))
        .map(|party| party.words.clone())
        .collect();
    page(&Duty {
        frame: frame(&web, &visitor),
        stage: Link {
            href: format!("{}#{}", here.at("/law"), duty.stage),
            text: words::word("law-stage", &duty.stage),
        },
        title: duty.title.clone(),
        force: force_of(duty),
        say: said(duty, "rule"),
        now: said(duty, "now"),
        owner: party(law, &duty.owner),
        claimant: if claimants.is_empty() {
            party(law, &duty.owner)
        } else {
            capital(&claimants.join(", "))
        },
        finish: said(duty, "ends"),
        span: span_of(law, duty, worked.as_ref()),
        example: worked.as_ref().and_then(|worked| example_of(duty, worked)),
        exceptions: duty
            .lifted_by
            .iter()
            .filter_map(|ground| law.ground(ground))
            .map(|ground| ground.words.clone())
            .collect(),
        remedies,
        notice: duty.notice.as_deref().and_then(|code| law.notice(code)).map(notice_row),
        readings: duty
            .readings
            .iter()
            .filter_map(|reading| law.reading(reading))
            .map(|reading| (reading.point.clone(), reading.default.clone(), reading.other.clone()))
            .collect(),
        cite: match &duty.code {
            Some(code) => format!("{}; SEND Code of Practice, {code}", duty.cite),
            None => duty.cite.clone(),
        },
        since: duty.in_force.first().map(|in_force| in_force.from),
        note: duty.note.clone().unwrap_or_default(),
        checked: checked_words(duty),
        own: here.area.name.clone(),
        beside: beside(&here, duty),
        // The period is the rulebook's own text of the unit in which it is counted.
        school_days: duty
            .period
            .as_deref()
            .filter(|period| period.contains("school day"))
            .map(|_| here.at("/law/terms")),
        no_number: duty.period.is_none() && duty.status == Status::InForce,
    })
}

/// What the area has promised beyond a duty of law; of such a promise, the duty.
fn beside(here: &Here, duty: &LawDuty) -> Vec<Link> {
    let stands = |other: &&LawDuty| match &duty.beside {
        Some(law) => other.id == *law,
        None => other.beside.as_ref() == Some(&duty.id),
    };
    let link = |other: &LawDuty| Link {
        href: here.at(&format!("/law/{}", other.id)),
        text: other.title.clone(),
    };
    here.law.rulebook.duties().iter().filter(stands).map(link).collect()
}

/// A notice with what it must hold, each part with its code.
fn notice_row(notice: &Notice) -> NoticeRow {
    let part = |part: &NoticePart| {
        let elsewhere = Some(part.cite.clone()).filter(|cite| *cite != notice.cite);
        (part.code.clone(), part.words.clone(), elsewhere.unwrap_or_default())
    };
    NoticeRow {
        code: notice.code.clone(),
        title: notice.title.clone(),
        cite: notice.cite.clone(),
        parts: notice.parts.iter().map(part).collect(),
    }
}

/// What a duty says in general, by key; empty where it says nothing.
fn said(duty: &LawDuty, key: &str) -> String {
    duty.say.get(key).cloned().unwrap_or_default()
}

/// How a duty was checked, and in what.
fn checked_words(duty: &LawDuty) -> String {
    format!("{} ({})", words::word("checked-by", &duty.checked.by), duty.checked.at)
}

/// What the engine makes of the first of its worked examples that has a last day.
fn worked_out(law: &Rulebook, duty: &LawDuty) -> Option<Obligation> {
    // An area’s own standard is worked out in the examples of the duty beside which it stands.
    let of = duty.beside.as_deref().unwrap_or(&duty.id);
    law.worked(of).into_iter().find_map(|worked| {
        let question = Question { known_at: worked.known_at, ..Question::today(worked.as_at) };
        let timeline = evaluate(law, &worked.case, question);
        let found = timeline.obligations.into_iter().rev().find(|found| found.duty == *duty.id)?;
        found.due.is_some().then_some(found)
    })
}

/// The duty's time as a line; none for what is not law.
fn span_of(law: &Rulebook, duty: &LawDuty, worked: Option<&Obligation>) -> Option<Span> {
    // Nor for a standard that no example shows.
    if duty.status != Status::InForce || (duty.beside.is_some() && worked.is_none()) {
        return None;
    }
    let starts = worked
        .and_then(|worked| law.kind(&worked.trigger.kind))
        .map(|kind| kind.title.clone())
        .unwrap_or_default();
    let runs = match (worked.map(|worked| (worked.trigger.on, worked.due)), duty.form.as_str()) {
        (Some((from, Some(last))), _) if from <= last => Runs::On { from, last },
        (Some((from, Some(last))), _) => Runs::Back { last, from },
        (_, "standing") => Runs::Always,
        (_, "continuing" | "ban") => Runs::Lasts,
        _ => Runs::Open,
    };
    Some(Span {
        runs,
        starts,
        period: duty.period.clone().unwrap_or_default(),
        ends: said(duty, "ends"),
    })
}

/// A worked example with the sum that the engine does for it.
fn example_of(duty: &LawDuty, obligation: &Obligation) -> Option<Example> {
    let last = obligation.due?;
    let first = obligation.trigger.on;
    let mut rows: Vec<SumRow> = obligation
        .why
        .iter()
        .map(|step| SumRow {
            head: step.on.map(date_words).unwrap_or_default(),
            text: crate::draw::plain(step.text),
        })
        .collect();
    rows.push(SumRow { head: date_words(last), text: words::word("last-day", &duty.id) });
    Some(Example {
        first,
        last,
        days: crate::view::clock::days(first, last),
        last_words: words::word("last-day", &duty.id),
        rows,
        tried: tried(duty, first, last),
    })
}

/// The day before, the day itself and the day after: in time, in time, late. Where the duty is due on
/// the day on which it starts, there was nothing to do the day before.
fn tried(duty: &LawDuty, first: Date, last: Date) -> Vec<Tried> {
    if duty.form != "deadline" {
        return Vec::new();
    }
    let steps = if first == last { 0..=1 } else { -1..=1 };
    steps
        .filter_map(|step| {
            let day = last.checked_add(jiff::Span::new().days(step)).ok()?;
            let pill = if step > 0 {
                Pill::of(Mark::Late, "1\u{a0}day late")
            } else {
                Pill::of(Mark::Done, "In time")
            };
            Some(Tried { act: format!("Done on {}", crate::view::filters::in_full(day)), pill })
        })
        .collect()
}
