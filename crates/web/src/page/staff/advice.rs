//! `/case/{reference}/advice/{request}` and `/letter/{entry}`: one piece of advice, here or still
//! awaited, and what was written to a body.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::record::EventId;

use super::{Open, frame, open};
use crate::draw::{advice_page, letter_page};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::{Link, Tab};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/advice/{request}", get(advice))
        .route("/case/{reference}/letter/{entry}", get(letter))
}

/// Back to the case, by the child's name.
fn back(open: &Open<'_>) -> Link {
    Link { href: open.base.clone(), text: open.head().name }
}

async fn advice(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Advice).await?;
    let frame = frame(&web, &visitor, Tab::MyChildren);
    page(&advice_page(&open.file, &EventId::new(id), frame, &open.base, back(&open))?)
}

async fn letter(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, entry)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Messages).await?;
    let frame = frame(&web, &visitor, Tab::MyChildren);
    page(&letter_page(&web.app, &open.file, &EventId::new(entry), frame, back(&open))?)
}
