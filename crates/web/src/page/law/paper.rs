//! `/happening/{situation}/paper/{paper}`: the same letters for anybody, without an account. What
//! follows from the days in the address is filled in; the rest stays a blank.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use sendero_app::Problem;
use sendero_app::house::law::{Obligation, Rulebook, Situation};
use sendero_app::papers::{Breach, Paper, PaperFacts, Way, paper, papers_for};

use super::frame;
use super::happening::{TypedDays, address, answers, obligations, query, situation, title_of};
use super::whose::here;
use crate::page::Answer;
use crate::page::papers::{Place, begin, go_on, row};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Link;
use crate::view::paper::WayRow;

/// The papers for what is happening; `query` are the answers, if there are any.
pub(super) fn rows(law: &Rulebook, found: &Situation, query: &str, today: Date) -> Vec<WayRow> {
    let asked = if query.is_empty() { String::new() } else { format!("?{query}") };
    papers_of(law, found)
        .into_iter()
        .map(|paper| {
            let href = format!("{}/paper/{}{asked}", address(found), paper.id);
            row(&Way { paper, by: None }, href, today)
        })
        .collect()
}

fn papers_of(law: &Rulebook, found: &Situation) -> Vec<&'static Paper> {
    let duties = found.duties.iter().filter_map(|duty| law.duty(duty));
    let remedies: BTreeSet<&str> =
        duties.flat_map(|duty| duty.remedies.iter().map(String::as_str)).collect();
    papers_for(&remedies.into_iter().collect::<Vec<_>>())
}

pub(super) async fn write(
    State(web): State<Web>,
    visitor: Visitor,
    Path((id, paper_id)): Path<(String, String)>,
    Query(typed): TypedDays,
) -> Answer {
    let here = here(&web, &visitor, &typed).await?;
    let law = here.law.rulebook;
    let found = situation(law, &id)?;
    let paper = known(law, found, &paper_id)?;
    let today = web.app.now().today;
    let told = answers(found, &typed).unwrap_or_default();
    // A letter speaks of the law.
    let mut list = obligations(&here, found, &told, today);
    list.retain(|one| law.duty(&one.duty).is_some_and(|duty| duty.beside.is_none()));
    let facts = PaperFacts {
        area: here.area.name.clone(),
        mediation: here.area.mediation.clone(),
        about: about(law, found, &list, today),
        breaches: list
            .iter()
            .filter(|one| is_late(law, one, today))
            .filter_map(|one| Breach::as_told(law, one))
            .collect(),
        story: told.iter().map(|fact| (fact.on, title_of(law, &fact.kind))).collect(),
        ..PaperFacts::default()
    };
    begin(&web, &visitor, place(&web, &visitor, found, &paper_id, &query(&typed)), paper, &facts)
}

pub(super) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path((id, paper_id)): Path<(String, String)>,
    typed: Typed,
) -> Answer {
    let law = web.app.rulebook_of(&visitor.area.code);
    let found = situation(law, &id)?;
    let paper = known(law, found, &paper_id)?;
    go_on(&web, &visitor, place(&web, &visitor, found, &paper_id, ""), paper, &typed)
}

/// A paper that this situation has.
fn known(law: &Rulebook, found: &Situation, id: &str) -> Result<&'static Paper, Problem> {
    let paper = paper(id).ok_or(Problem::NotFound)?;
    papers_of(law, found).contains(&paper).then_some(paper).ok_or(Problem::NotFound)
}

fn place(web: &Web, visitor: &Visitor, found: &Situation, paper: &str, query: &str) -> Place {
    let back =
        if query.is_empty() { address(found) } else { format!("{}/dates?{query}", address(found)) };
    Place {
        frame: frame(web, visitor),
        back: Link { href: back, text: found.title.clone() },
        action: format!("{}/paper/{paper}", address(found)),
    }
}

/// Whether its day has passed, and the answers do not say that it was done.
fn is_late(law: &Rulebook, one: &Obligation, today: Date) -> bool {
    let theirs = law
        .duty(&one.duty)
        .is_some_and(|duty| duty.form == "right" || duty.owner == "parent-or-young-person");
    let late = match (one.due, one.done_on) {
        _ if one.done_by.is_some() => one.days_late.is_some(),
        (Some(due), Some(done)) => due < done,
        (Some(due), None) => due < today,
        (None, _) => false,
    };
    late && !theirs
}

/// What a paper is about: the first duty whose day has passed, or the first of the situation's.
fn about(law: &Rulebook, found: &Situation, list: &[Obligation], today: Date) -> Option<Breach> {
    if let Some(late) = list.iter().find(|one| is_late(law, one, today)) {
        return Breach::as_told(law, late);
    }
    let first = found.duties.first()?;
    if let Some(one) = list.iter().find(|one| one.duty == first.as_str()) {
        return Breach::as_told(law, one);
    }
    let duty = law.duty(first)?;
    Some(Breach {
        duty: duty.title.clone(),
        cite: duty.cite.clone(),
        due: None,
        done: None,
        done_by: None,
        broken: false,
        started: String::new(),
        started_on: today,
    })
}
