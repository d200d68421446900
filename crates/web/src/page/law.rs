//! `/law`: the rulebook for anybody. Every word comes from it; every example is worked out by the
//! engine as the page is asked for.

mod happening;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::Problem;
use sendero_app::house::law::{Duty as LawDuty, Question, Rulebook, STAGES, Status, evaluate};

use super::{Answer, page};
use crate::draw::{date_words, frame_of};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::parts::{Pill, State as Mark, SumRow};
use crate::view::public::{Duty, DutyRow, Example, Force, LawIndex, Stage, Tried};
use crate::view::{Frame, Link, Tab};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/law", get(index))
        .route("/law/{duty}", get(duty))
        .merge(happening::routes())
}

fn frame(web: &Web, visitor: &Visitor) -> Frame {
    Frame { tab: Tab::Rights, ..frame_of(&web.app, visitor) }
}

async fn index(State(web): State<Web>, visitor: Visitor) -> Answer {
    let law = web.app.rulebook();
    let stages = STAGES
        .into_iter()
        .map(|stage| Stage {
            id: stage.to_owned(),
            title: words::word("law-stage", stage),
            duties: law
                .duties()
                .iter()
                .filter(|duty| duty.stage == stage)
                .map(|duty| row_of(law, duty))
                .collect(),
        })
        .collect();
    let happening = law
        .situations()
        .iter()
        .map(|one| Link { href: format!("/happening/{}", one.id), text: one.title.clone() });
    page(&LawIndex { frame: frame(&web, &visitor), happening: happening.collect(), stages })
}

/// A duty as a line of a list.
fn row_of(law: &Rulebook, duty: &LawDuty) -> DutyRow {
    DutyRow {
        id: duty.id.clone(),
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

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

async fn duty(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let law = web.app.rulebook();
    let duty = law.duty(&id).ok_or(Problem::NotFound)?;
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
            href: format!("/law#{}", duty.stage),
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
        example: example_of(law, duty),
        exceptions: duty
            .lifted_by
            .iter()
            .filter_map(|ground| law.ground(ground))
            .map(|ground| ground.words.clone())
            .collect(),
        remedies,
        readings: duty
            .readings
            .iter()
            .filter_map(|reading| law.reading(reading))
            .map(|reading| format!("{}: {} {}", reading.point, reading.default, reading.other))
            .collect(),
        cite: match &duty.code {
            Some(code) => format!("{}; SEND Code of Practice, {code}", duty.cite),
            None => duty.cite.clone(),
        },
        since: duty.in_force.first().map(|in_force| in_force.from),
        note: duty.note.clone().unwrap_or_default(),
        checked: format!("{} ({})", words::word("checked-by", &duty.checked.by), duty.checked.at),
        no_number: duty.period.is_none() && duty.status == Status::InForce,
    })
}

/// What a duty says in general, by key; empty where it says nothing.
fn said(duty: &LawDuty, key: &str) -> String {
    duty.say.get(key).cloned().unwrap_or_default()
}

/// The first of its worked examples that has a last day, with the sum that the engine does for it.
fn example_of(law: &Rulebook, duty: &LawDuty) -> Option<Example> {
    let obligation = law.worked(&duty.id).into_iter().find_map(|worked| {
        let question = Question { known_at: worked.known_at, ..Question::today(worked.as_at) };
        let timeline = evaluate(law, &worked.case, question);
        let found = timeline.obligations.into_iter().rev().find(|found| found.duty == *duty.id)?;
        found.due.is_some().then_some(found)
    })?;
    let last = obligation.due?;
    let first = obligation.trigger.on;
    let mut rows: Vec<SumRow> = obligation
        .why
        .iter()
        .map(|step| SumRow {
            head: step.on.map(date_words).unwrap_or_default(),
            text: crate::draw::plain(&step.text),
        })
        .collect();
    rows.push(SumRow { head: date_words(last), text: words::word("last-day", &duty.id) });
    Some(Example {
        first,
        last,
        days: crate::view::clock::days(first, last),
        last_words: words::word("last-day", &duty.id),
        rows,
        tried: tried(duty, last),
    })
}

/// The day before, the day itself and the day after: in time, in time, late.
fn tried(duty: &LawDuty, last: Date) -> Vec<Tried> {
    if duty.form != "deadline" {
        return Vec::new();
    }
    [-1, 0, 1]
        .into_iter()
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
