//! `/child/{reference}/plan`: the draft to read and answer, and the plan in force.

use axum::extract::{Path, Query, State};
use sendero_app::house::access::Part;
use sendero_app::house::record::{Event, PlanText, Refusal, RepresentationsMade, Section};
use sendero_app::{CaseFile, Problem};
use serde::Deserialize;

use super::{Open, frame, open, record};
use crate::draw::{base_of, clock_of, date_words, given, own_words, pill_of};
use crate::page::{Answer, Shown, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::family::{Plan, SectionText, Stage};
use crate::view::parts::{Pill, Said, State as Mark};

/// As what a plan was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Draft,
    /// The plan in force with the amendments that are proposed.
    Changes,
    Final,
    /// By another council, from which it came.
    Elsewhere,
}

/// The text that was last sent, when, and as what. Proposed changes stand until they are decided
/// about; with `in_force` they are passed over.
fn sent_plan(file: &CaseFile, mut in_force: bool) -> Option<(&PlanText, jiff::civil::Date, Sent)> {
    file.record.history().into_iter().rev().find_map(|entry| {
        let (text, sent) = match &entry.event {
            Event::FinalPlanSent(sent) | Event::AmendedPlanSent(sent) => (&sent.plan, Sent::Final),
            Event::PlanTransferred(passed) => (passed.plan.as_ref()?, Sent::Elsewhere),
            Event::NotAmendingSent(_) => {
                in_force = true;
                return None;
            }
            _ if in_force => return None,
            Event::DraftPlanSent(sent) => (&sent.plan, Sent::Draft),
            Event::AmendmentNoticeSent(sent) if sent.amendments_included != Some(false) => {
                (&sent.plan, Sent::Changes)
            }
            Event::ReviewDecisionSent(decision) => (decision.plan.as_ref()?, Sent::Changes),
            _ => return None,
        };
        Some((text, entry.header.on, sent))
    })
}

/// Which text: what was last sent, or the plan in force.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    text: String,
}

pub(super) async fn plan(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(which): Query<Which>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Plan).await?;
    let in_force = which.text == "in-force";
    plan_page(&visitor, &open, open.fresh(&web, &visitor), in_force)
}

fn plan_page(visitor: &Visitor, open: &Open, shown: Shown, in_force: bool) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let file = &open.file;
    let (text, sent, kind) = sent_plan(file, in_force).ok_or(Problem::NotFound)?;
    let law = file.law;
    let find = |duty: &str| crate::draw::duty(file, duty);
    let stage = if matches!(kind, Sent::Final | Sent::Elsewhere) {
        let came = kind == Sent::Elsewhere;
        let due = |duty: &str| find(duty).and_then(|law| law.due);
        Stage::Final {
            sent,
            came,
            pill: ["ar-final-12w", "ar-final-8w", "am-anytime", "plan-20w"]
                .iter()
                .filter_map(|duty| find(duty))
                .find(|law| law.done_on == Some(sent))
                .map_or_else(|| Pill::of(Mark::Done, "Sent"), |law| pill_of(law, file.now.today)),
            // An appeal is against a decision of this council's own, and this one.
            appeal_by: file
                .timeline
                .obligations
                .iter()
                .find(|law| law.duty == "ap-start" && law.trigger.on == sent && !came)
                .and_then(|law| law.due),
            mediation: visitor.area.mediation.clone(),
            review_by: if came { due("trf-review") } else { due("ar-12m") },
            letter: None,
        }
    } else {
        let changes = kind == Sent::Changes;
        let days = if changes { "ar-reps-15d" } else { "plan-reps-15d" };
        let clock = find(days).ok_or(Problem::NotFound)?;
        Stage::Draft {
            changes,
            clock: clock_of(law, &file.record, clock, file.now.today, &visitor.area.name, false),
            hidden,
            filled: Box::new(filled),
            sent: comments(file, changes.then_some(sent)),
        }
    };
    page_as(
        status,
        &Plan {
            frame: frame(visitor, file, Tab::Case),
            base: base_of(&file.record),
            name: given(&file.record),
            words: own_words(&file.record, None),
            stage,
            sections: sections(text, file.record.plan_in_force()),
        },
    )
}

/// The sections, and which of them say something else than the plan in force.
fn sections(text: &PlanText, in_force: Option<&PlanText>) -> Vec<SectionText> {
    Section::ALL
        .into_iter()
        .map(|section| {
            let body = text.section(section);
            let before = in_force.map(|plan| plan.section(section));
            SectionText {
                section,
                changed: before.is_some_and(|before| before != body),
                lines: body
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .map(str::to_owned)
                    .collect(),
                behind: Vec::new(),
            }
        })
        .collect()
}

/// What the family has said of it: of changes, since they were sent.
fn comments(file: &CaseFile, since: Option<jiff::civil::Date>) -> Vec<Said> {
    file.record
        .history()
        .into_iter()
        .filter(|entry| since.is_none_or(|since| entry.header.on >= since))
        .filter_map(|entry| match &entry.event {
            Event::RepresentationsMade(said) if !said.words.is_empty() => {
                Some(Said::of(&said.words, &date_words(entry.header.on)))
            }
            _ => None,
        })
        .collect()
}

pub(super) async fn comment(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Plan).await?;
    let school = typed.get("school").trim();
    let wants = match typed.get("meeting") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let event = Event::RepresentationsMade(RepresentationsMade {
        words: typed.get("comments").trim().to_owned(),
        agrees: None,
        meeting_wanted: wants,
        school: (!school.is_empty()).then(|| school.to_owned()),
    });
    let done = if typed.get("comments").trim().is_empty() && school.is_empty() && wants.is_none() {
        Err(Refusal::Empty { field: "words" }.into())
    } else {
        record(&web, &open, event, &typed).await
    };
    let to = format!("{}/plan", base_of(&open.file.record));
    let kept = Shown::typed(&visitor, &typed, &given(&open.file.record));
    kept.after(done, &to, "comments", |shown| plan_page(&visitor, &open, shown, false))
}
