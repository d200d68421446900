//! `/case/{reference}/late` and `/apology`: the register of what was late in a case, by the system
//! that held it up, and a draft apology with the Ombudsman's own figures beside it. Nothing is sent
//! from here: the apology is somebody's to finish and sign.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::law::ExcuseState;
use sendero_app::register::{ApologyFacts, Registered, apology, figures, register, unexcused};

use super::decide::family_names;
use super::{Open, frame, open};
use crate::draw::given;
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::Filled;
use crate::view::officer::{Apology, FigureRow, Late, LateRow};
use crate::view::paper::PaperSheet;
use crate::view::{Link, Tab};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/late", get(late))
        .route("/case/{reference}/apology", get(write).post(show))
}

fn registered(open: &Open<'_>) -> Vec<Registered> {
    register(open.file.law, &open.file.record, &open.file.timeline)
}

async fn late(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    page(&Late {
        frame: frame(&web, &visitor, Tab::MyChildren),
        child: open.head(),
        list: registered(&open).iter().map(|one| row(&open, one)).collect(),
    })
}

fn row(open: &Open<'_>, one: &Registered) -> LateRow {
    LateRow {
        duty: Link {
            href: format!("{}/why/{}~{}", open.base, one.duty, one.trigger),
            text: one.breach.duty.clone(),
        },
        cite: one.breach.cite.clone(),
        due: one.breach.due,
        done: one.breach.done,
        done_by: one.breach.done_by.map(|(by, _)| by),
        days: one.days,
        cause: cause(&one.cause),
        excuse: one.excuse.as_ref().map(|(state, ground)| {
            let state = match state {
                ExcuseState::Claimed => "claimed",
                ExcuseState::ConditionsNotMet => "conditions-not-met",
                ExcuseState::NeverClaimed => "never-claimed",
            };
            format!("{} {ground}", words::word("excuse", state))
        }),
    }
}

/// Those to whom a letter is written, by name alone: "mother" stands on the desk, not in a letter.
fn names(open: &Open<'_>) -> String {
    let list = family_names(open);
    let names: Vec<&str> = list
        .iter()
        .map(|one| one.rsplit_once(", ").map_or(one.as_str(), |(name, _)| name))
        .collect();
    names.join(" and ")
}

/// A cause in words; it names a system, a step or a kind of service.
fn cause(cause: &str) -> String {
    words::word("cause", if cause.is_empty() { "not-told" } else { cause })
}

async fn write(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let list = unexcused(registered(&open));
    let mut causes: Vec<String> = Vec::new();
    for one in list.iter().filter(|one| !one.cause.is_empty()) {
        let words = cause(&one.cause);
        if !causes.contains(&words) {
            causes.push(words);
        }
    }
    let child = open.file.record.registered();
    let facts = ApologyFacts {
        to: names(&open),
        child: given(&open.file.record),
        reference: child.map(|child| child.reference.to_string()).unwrap_or_default(),
        causes,
    };
    let text = apology(&facts, &list, open.file.now.today);
    form(&web, &visitor, &open, Filled::default().with("text", &text))
}

async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    if typed.get("act") == "change" {
        return form(&web, &visitor, &open, Filled::default().with("text", typed.get("text")));
    }
    page(&PaperSheet {
        frame: frame(&web, &visitor, Tab::MyChildren),
        back: Link { href: open.base.clone(), text: words::word("back", "case") },
        title: words::word("head", "apology"),
        text: typed.get("text").to_owned(),
        hidden: visitor.hidden(&web, None),
        action: format!("{}/apology", open.base),
    })
}

fn form(web: &Web, visitor: &Visitor, open: &Open<'_>, filled: Filled) -> Answer {
    page(&Apology {
        frame: frame(web, visitor, Tab::MyChildren),
        child: open.head(),
        hidden: visitor.hidden(web, None),
        filled,
        figures: figures()
            .figure
            .iter()
            .map(|figure| FigureRow {
                what: figure.what.clone(),
                range: format!(
                    "{} {} {}",
                    pounds(figure.from),
                    words::word("head", "to"),
                    pounds(figure.to)
                ),
                per: figure.per.clone(),
                note: figure.note.clone(),
                read: figure.read.clone(),
            })
            .collect(),
        source: figures().source.clone(),
    })
}

/// "£2,400".
fn pounds(whole: u32) -> String {
    match (whole / 1000, whole % 1000) {
        (0, rest) => format!("£{rest}"),
        (thousands, rest) => format!("£{thousands},{rest:03}"),
    }
}
