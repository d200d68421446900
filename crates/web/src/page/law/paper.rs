//! `/happening/{situation}/paper/{paper}`: the same letters for anybody, without an account. What
//! follows from the days in the address is filled in; the rest stays a blank.

use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use sendero_app::Problem;
use sendero_app::house::law::{Duty, Fact, Obligation, Rulebook, Situation};
use sendero_app::papers::{Breach, Paper, PaperFacts, Way, authority_answers, paper, papers_for};

use super::frame;
use super::happening::{TypedDays, address, answers, obligations, query, situation, title_of};
use super::whose::here;
use crate::page::Answer;
use crate::page::papers::{Place, begin, go_on, row};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Link;
use crate::view::paper::WayRow;

/// The papers for what is happening; `query` are the answers, if there are any, and `list` what
/// follows from them.
pub(super) fn rows(
    law: &Rulebook,
    found: &Situation,
    query: &str,
    list: &[Obligation],
    today: Date,
) -> Vec<WayRow> {
    let asked = if query.is_empty() { String::new() } else { format!("?{query}") };
    let mut rows: Vec<WayRow> = papers_of(law, found)
        .into_iter()
        .map(|paper| {
            let href = format!("{}/paper/{}{asked}", address(found), paper.id);
            let right = paper.limit.as_ref().map(|limit| limit.duty.as_str());
            let by = list.iter().find(|one| Some(&*one.duty) == right).and_then(|one| one.due);
            row(&Way { paper, by }, href, today)
        })
        .collect();
    // What has a last day is lost first.
    rows.sort_by_key(|row| row.by.is_none());
    rows
}

/// The papers of a situation, in the order of the duties and rights that they are for. Asking again
/// comes first, where somebody can be asked for something.
fn papers_of(law: &Rulebook, found: &Situation) -> Vec<&'static Paper> {
    let duties: Vec<&Duty> = found.duties.iter().filter_map(|duty| law.duty(duty)).collect();
    let remedies: Vec<&str> =
        duties.iter().flat_map(|duty| duty.remedies.iter().map(String::as_str)).collect();
    let place = |paper: &Paper| remedies.iter().position(|one| *one == paper.remedy);
    let mut papers = papers_for(&remedies);
    papers.retain(|paper| {
        place(paper).is_some() || duties.iter().any(|duty| paper.fits(duty) && can_be_late(duty))
    });
    papers.sort_by_key(|paper| place(paper).map_or(0, |at| at + 1));
    papers
}

/// Whether somebody can be asked when it will be done: not a time that must be given, a ban or what
/// holds at all times.
fn can_be_late(duty: &Duty) -> bool {
    matches!(duty.form.as_str(), "deadline" | "continuing")
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
    let told = answers(law, found, &typed, today).unwrap_or_default();
    // A letter speaks of the law.
    let mut list = obligations(&here, found, &told, today);
    let decided = list
        .iter()
        .find(|one| ["ap-start", "md-contact"].contains(&&*one.duty))
        .map(|one| one.trigger.on);
    // A letter speaks of the law, and to whoever reads it of what they owe.
    list.retain(|one| {
        law.duty(&one.duty).is_some_and(|duty| duty.beside.is_none() && paper.fits(duty))
    });
    let about = about(law, found, paper, &told, &list, today);
    let facts = PaperFacts {
        area: about
            .as_ref()
            .and_then(|(_, duty)| other_council(law, duty))
            .unwrap_or_else(|| here.area.name.clone()),
        mediation: here.area.mediation.clone(),
        decided,
        about: about.map(|(breach, _)| breach),
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

/// Whether its day has passed, and the answers do not say that it was done. A time that must be given
/// and a ban are broken by an act, which a day that has passed does not show.
fn is_late(law: &Rulebook, one: &Obligation, today: Date) -> bool {
    let late = match (one.due, one.done_on) {
        _ if one.done_by.is_some() => one.days_late.is_some(),
        (Some(due), Some(done)) => due < done,
        (Some(due), None) => due < today,
        (None, _) => false,
    };
    late && law.duty(&one.duty).is_some_and(|duty| duty.form == "deadline")
}

/// What a paper is about, with its duty: the first of the situation's duties whose day has passed, or
/// the first that runs. Where no day was told it is the first that may be meant, unless what is asked
/// besides the day decides that.
fn about<'a>(
    law: &'a Rulebook,
    found: &Situation,
    paper: &Paper,
    told: &[Fact],
    list: &[Obligation],
    today: Date,
) -> Option<(Breach, &'a Duty)> {
    let mut fit: Vec<&Duty> = found.duties.iter().filter_map(|id| law.duty(id)).collect();
    fit.retain(|duty| paper.fits(duty) && can_be_late(duty));
    // A council is first told of what it owes itself.
    fit.sort_by_key(|duty| !authority_answers(duty));
    let duties = || fit.iter().copied();
    let runs = |late: bool| {
        duties().find_map(|duty| {
            let one = list.iter().find(|one| {
                *one.duty == *duty.id
                    && (!late || is_late(law, one, today))
                    && one.done_on.is_none()
            })?;
            let said = one.due.is_some() || duty.form == "continuing";
            said.then(|| Breach::as_told(law, one)).flatten().map(|breach| (breach, duty))
        })
    };
    let done_late = || {
        duties().find_map(|duty| {
            let one = list.iter().find(|one| *one.duty == *duty.id && is_late(law, one, today))?;
            Some((Breach::as_told(law, one)?, duty))
        })
    };
    if let Some(about) = runs(true).or_else(done_late).or_else(|| runs(false)) {
        return Some(about);
    }
    if !told.is_empty() || found.asks.iter().any(|ask| ask.choose.is_some()) {
        return None;
    }
    let duty = duties().next()?;
    let breach = Breach {
        duty: duty.title.clone(),
        cite: duty.cite.clone(),
        due: None,
        done: None,
        done_by: None,
        broken: false,
        started: String::new(),
        started_on: today,
    };
    Some((breach, duty))
}

/// Of a duty of the council that a family moved from or to, which one that is: it need not be the one
/// whose pages these are.
fn other_council(law: &Rulebook, duty: &Duty) -> Option<String> {
    matches!(duty.owner.as_str(), "old-authority" | "new-authority")
        .then(|| law.party(&duty.owner).map(|party| format!("[{}]", party.words)))
        .flatten()
}
