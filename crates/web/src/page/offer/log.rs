//! What the area does about its Local Offer, open to anybody: what is missing and what was decided,
//! what was cut, who was asked. And how somebody says that they did not find what they need.

use axum::extract::State;
use jiff::civil::Date;
use sendero_app::house::offer::log::{GROUPS, GapSource, LogEntry, LogKind, Told};
use sendero_app::{GapLine, LogLine};

use super::find;
use crate::page::{Answer, go, page};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::log::{
    AskingRow, DecidedOn, GapRow, GapsPage, MakingPage, NotFoundSaid, ReductionRow, ReductionsPage,
};
use crate::words::word;

pub(super) async fn gaps(State(web): State<Web>, visitor: Visitor) -> Answer {
    let lines = web.app.gap_register(&visitor.area.code).await?;
    let (open, decided) = gap_rows(&lines);
    page(&GapsPage { frame: find::frame(&web, &visitor), open, decided })
}

pub(super) async fn reductions(State(web): State<Web>, visitor: Visitor) -> Answer {
    let lines = web.app.offer_log(&visitor.area.code, LogKind::Reduction).await?;
    let list = lines.iter().filter_map(reduction_row).collect();
    page(&ReductionsPage { frame: find::frame(&web, &visitor), list })
}

pub(super) async fn making(State(web): State<Web>, visitor: Visitor) -> Answer {
    let lines = web.app.offer_log(&visitor.area.code, LogKind::Making).await?;
    let not_asked = not_asked(&lines, web.app.now().today);
    let list = lines.iter().filter_map(asking_row).collect();
    page(&MakingPage { frame: find::frame(&web, &visitor), list, not_asked })
}

/// The groups that the law names and that nobody has asked in the year before a day.
fn not_asked(lines: &[LogLine], today: Date) -> Vec<String> {
    let year_before = today.saturating_sub(jiff::Span::new().years(1));
    let asked: Vec<&str> = lines
        .iter()
        .filter(|line| line.entry.on > year_before && line.entry.taken_back.is_none())
        .filter_map(|line| match &line.entry.told {
            Told::Making(asked, _) => Some(asked),
            _ => None,
        })
        .flat_map(|asked| asked.groups.iter().map(String::as_str))
        .collect();
    let named = GROUPS.iter().filter(|group| **group != "others");
    named.filter(|group| !asked.contains(group)).map(|group| word("asked-group", group)).collect()
}

/// Those that nobody has decided on, and the rest.
pub(crate) fn gap_rows(lines: &[GapLine]) -> (Vec<GapRow>, Vec<GapRow>) {
    lines.iter().map(gap_row).partition(|row| row.decided.is_empty())
}

pub(crate) fn gap_row(line: &GapLine) -> GapRow {
    let decided = match line.entry.as_ref().map(|entry| &entry.told) {
        Some(Told::Gap(_, all)) => all.iter().rev().map(|(on, one)| DecidedOn {
            on: *on,
            what: word("gap-decision", one.decision.word()),
            why: one.why.clone(),
            by: one.by.clone(),
            again_on: one.again_on,
        }),
        _ => return bare_row(line, Vec::new()),
    };
    bare_row(line, decided.collect())
}

fn bare_row(line: &GapLine, decided: Vec<DecidedOn>) -> GapRow {
    GapRow {
        href: format!("/local-offer/gaps/{}", line.id),
        what: line.gap.what.clone(),
        how: how(line),
        shows: line.shows,
        decided,
    }
}

/// How it is known that something is missing.
fn how(line: &GapLine) -> String {
    match line.gap.source {
        GapSource::Search if line.shows => crate::words::searched(line.searches, line.pressed),
        GapSource::Search => word("gap-source", "searched"),
        other => word("gap-source", other.word()),
    }
}

fn back(entry: &LogEntry) -> Option<(Date, String)> {
    entry.taken_back.clone()
}

pub(crate) fn reduction_row(line: &LogLine) -> Option<ReductionRow> {
    let Told::Reduction(one) = &line.entry.told else { return None };
    Some(ReductionRow {
        href: format!("/local-offer/entry/{}", line.id),
        what: one.what.clone(),
        from: one.from,
        on: line.entry.on,
        by: one.by.clone(),
        why: one.why.clone(),
        consultation: one.consultation.clone(),
        instead: one.instead.clone(),
        taken_back: back(&line.entry),
    })
}

pub(crate) fn asking_row(line: &LogLine) -> Option<AskingRow> {
    let Told::Making(one, changes) = &line.entry.told else { return None };
    Some(AskingRow {
        href: format!("/local-offer/entry/{}", line.id),
        on: line.entry.on,
        about: one.about.clone(),
        groups: one.groups.iter().map(|group| word("asked-group", group)).collect(),
        how: one.how.clone(),
        said: one.said.clone(),
        changes: changes.clone(),
        taken_back: back(&line.entry),
    })
}

pub(super) async fn not_found(State(web): State<Web>, visitor: Visitor) -> Answer {
    page(&NotFoundSaid { frame: find::frame(&web, &visitor) })
}

pub(super) async fn say_not_found(
    State(web): State<Web>,
    visitor: Visitor,
    typed: Typed,
) -> Answer {
    web.app.count_not_found(&visitor.area.code, typed.get("words"), &visitor.csrf).await?;
    go("/offer/not-found")
}
