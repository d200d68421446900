//! `/case/{reference}/why/{duty}`: one date explained three ways, as the family reads it, for the
//! officer and for a lawyer.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use sendero_app::Problem;
use sendero_app::house::access::Part;
use sendero_app::house::law::{Voice, say};
use sendero_app::register::waits_for;

use super::claim::liftable;
use super::{frame, open};
use crate::draw::{heading_of, key_of, lawyer_of, named, officer_of};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::account::Explained;
use crate::view::{Link, Tab};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/case/{reference}/why/{duty}", get(why))
}

async fn why(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let (law, today) = (open.file.law, open.file.now.today);
    let one = named(&open.file, &id).ok_or(Problem::NotFound)?;
    let can_claim = liftable(law, &open.file).iter().any(|open| open.duty == one.duty);
    let claim = can_claim.then(|| format!("{}/exception?duty={}", open.base, key_of(one)));
    let cause = waits_for(law, &open.file, one);
    let waits = if cause.is_empty() { String::new() } else { words::word("cause", &cause) };
    page(&Explained {
        frame: frame(&web, &visitor, Tab::MyChildren),
        child: open.head(),
        title: heading_of(law, one),
        family: say(law, one, Voice::Parent),
        family_now: law
            .duty(&one.duty)
            .and_then(|duty| duty.say.get("now"))
            .cloned()
            .unwrap_or_default(),
        officer: officer_of(law, one, today, (claim, waits)),
        lawyer: lawyer_of(law, one, today, true),
        duty: Link {
            href: format!("/law/{}", one.duty),
            text: words::word("head", "duty-in-plain-words"),
        },
    })
}
