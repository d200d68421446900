//! `/case/{reference}/exception`: a duty whose number the law may lift, the grounds it knows for that
//! duty and no others, and why it was impractical here.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::law::{Obligation, Rulebook};
use sendero_app::house::record::{Body, Command, Ground as GroundName};
use sendero_app::{CaseFile, Problem};
use serde::Deserialize;

use super::desk::{due_of, full_name};
use super::{Open, frame, open};
use crate::draw::day_words;
use crate::page::{Answer, filled, go, mend, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::{Filled, Hidden};
use crate::view::officer::{Claim, Ground};
use crate::view::{Link, Tab};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/case/{reference}/exception", get(form).post(claim))
}

/// Which duty; nothing for the first that knows exceptions.
#[derive(Debug, Default, Deserialize)]
struct Chosen {
    #[serde(default)]
    duty: String,
}

async fn form(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let filled = Filled::about(&full_name(&open.file.record));
    let hidden = visitor.hidden(&web, None);
    claim_page(&web, &visitor, &open, &chosen.duty, hidden, filled, StatusCode::OK)
}

/// The open duties whose number an exception can lift.
pub(super) fn liftable<'a>(law: &Rulebook, file: &'a CaseFile) -> Vec<&'a Obligation> {
    let knows = |one: &&Obligation| {
        one.standing.is_live() && law.duty(&one.duty).is_some_and(|duty| !duty.lifted_by.is_empty())
    };
    file.timeline.obligations.iter().filter(knows).collect()
}

/// A duty in an address: several requests for advice run under one duty, so its start is named too.
fn key(law: &Obligation) -> String {
    format!("{}~{}", law.duty, law.trigger.event)
}

/// "Give advice: educational psychologist".
fn title(law: &Rulebook, one: &Obligation) -> String {
    let title = law.duty(&one.duty).map(|duty| duty.title.as_str()).unwrap_or_default();
    match (&one.trigger.adviser, &one.trigger.body) {
        (Some(adviser), _) => format!("{title}: {adviser}"),
        (None, Some(body)) => format!("{title}: {}", words::word("body", body)),
        (None, None) => title.to_owned(),
    }
}

fn claim_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    chosen: &str,
    hidden: Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let law = open.file.law;
    let list = liftable(law, &open.file);
    let is_chosen = |one: &&&Obligation| key(one) == chosen || one.duty == chosen;
    let one = list.iter().find(is_chosen).or_else(|| list.first()).copied();
    let one = one.ok_or(Problem::NotFound)?;
    let (by, days) = due_of(one, open.file.now.today);
    let others = list.iter().filter(|other| key(other) != key(one)).map(|other| {
        let due = other.due.map(|due| format!(", {}", day_words(due))).unwrap_or_default();
        Link {
            href: format!("{}/exception?duty={}", open.base, key(other)),
            text: format!("{}{due}", title(law, other)),
        }
    });
    page_as(
        status,
        &Claim {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            duty: (key(one), title(law, one), by),
            days,
            others: others.collect(),
            grounds: grounds(law, one),
            filled,
        },
    )
}

fn grounds(law: &Rulebook, one: &Obligation) -> Vec<Ground> {
    let lifted_by = law.duty(&one.duty).map(|duty| duty.lifted_by.as_slice()).unwrap_or_default();
    let known = lifted_by.iter().filter_map(|id| law.ground(id));
    let grounds = known.map(|ground| Ground {
        id: ground.id.clone(),
        title: ground.title.clone(),
        law: ground.words.clone(),
        cite: ground.cite.clone(),
        record: one
            .excuse
            .as_ref()
            .filter(|excuse| excuse.ground == ground.id)
            .map(|excuse| words::word("excuse", excuse.state.word())),
    });
    grounds.collect()
}

async fn claim(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let kept = filled(&full_name(&open.file.record), &typed, &[]);
    let hidden = visitor.again(&typed);
    let chosen = typed.get("duty").to_owned();
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(ground) = GroundName::from_word(typed.get("ground")) else {
        let fault = sendero_app::FieldFault::of("ground", "choose");
        let kept = kept.wrong("ground", &words::fault(&fault));
        return claim_page(&web, &visitor, &open, &chosen, hidden, kept, wrong);
    };
    let (duty, start) = chosen.split_once('~').unwrap_or((&chosen, ""));
    let of = open.file.timeline.obligations.iter().find(|law| law.trigger.event == start);
    let command = Command::ClaimException {
        ground,
        duty: duty.to_owned(),
        reason: typed.get("reason").to_owned(),
        from: of.and_then(|law| law.trigger.body.as_deref()).and_then(Body::from_word),
    };
    match web.app.act(open.me, &open.child, &command, &typed.form()).await {
        Ok(_) => go(&open.saved("claimed")),
        Err(problem) => {
            let kept = mend(problem, kept, "reason")?;
            claim_page(&web, &visitor, &open, &chosen, hidden, kept, wrong)
        }
    }
}
