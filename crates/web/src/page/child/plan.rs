//! `/child/{reference}/plan`: the draft to read and answer, and the plan in force.

use axum::extract::{Path, State};
use sendero_app::house::access::Part;
use sendero_app::house::record::{
    Event, PlanText, Refusal, RepresentationsMade, Section as PlanSection,
};
use sendero_app::{CaseFile, Problem};

use super::{Open, frame, open, record};
use crate::draw::{base_of, clock_of, date_words, given, own_words, pill_of};
use crate::page::{Answer, Shown, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::family::{Plan, Section, SectionText, Stage};
use crate::view::parts::{Pill, Said, State as Mark};

/// The plan that was last sent, and when.
fn sent_plan(file: &CaseFile) -> Option<(&PlanText, jiff::civil::Date, bool)> {
    let entry = file.record.last_of(&["draft-plan-sent", "final-plan-sent"])?;
    match &entry.event {
        Event::DraftPlanSent(sent) => Some((&sent.plan, entry.header.on, false)),
        Event::FinalPlanSent(sent) => Some((&sent.plan, entry.header.on, true)),
        _ => None,
    }
}

pub(super) async fn plan(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Plan).await?;
    plan_page(&web, &visitor, &open, open.fresh(&web, &visitor))
}

fn plan_page(web: &Web, visitor: &Visitor, open: &Open, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let file = &open.file;
    let (text, sent, is_final) = sent_plan(file).ok_or(Problem::NotFound)?;
    let law = web.app.rulebook();
    let find = |duty: &str| crate::draw::duty(file, duty);
    let stage = if is_final {
        let due = |duty: &str| find(duty).and_then(|law| law.due).unwrap_or(sent);
        Stage::Final {
            sent,
            pill: find("plan-20w")
                .map_or_else(|| Pill::of(Mark::Done, "Sent"), |law| pill_of(law, file.now.today)),
            appeal_by: due("ap-start"),
            mediation: visitor.area.mediation.clone(),
            review_by: due("ar-12m"),
            letter: None,
        }
    } else {
        let clock = find("plan-reps-15d").ok_or(Problem::NotFound)?;
        Stage::Draft {
            clock: clock_of(law, &file.record, clock, file.now.today, &visitor.area.name, false),
            hidden,
            filled: Box::new(filled),
            sent: comments(file),
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
            sections: sections(text),
        },
    )
}

fn sections(text: &PlanText) -> Vec<SectionText> {
    Section::ALL
        .into_iter()
        .map(|section| {
            let body = PlanSection::from_letter(section.letter())
                .map(|letter| text.section(letter))
                .unwrap_or_default();
            SectionText {
                section,
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

fn comments(file: &CaseFile) -> Vec<Said> {
    file.record
        .history()
        .into_iter()
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
    kept.after(done, &to, "comments", |shown| plan_page(&web, &visitor, &open, shown))
}
