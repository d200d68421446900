//! `/child/{reference}/advice/{request}` and `/letter/{entry}`: advice as it was given, and what was
//! written to the bodies, for the family to read.

use axum::extract::{Path, State};
use sendero_app::house::access::Part;
use sendero_app::house::record::EventId;

use super::{frame, open};
use crate::draw::{advice_of, advice_page, base_of, letter_page};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::{Link, Tab};
use crate::words;

pub(super) async fn advice(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Advice).await?;
    let (base, id) = (base_of(&open.file.record), EventId::new(id));
    let back = Link { href: base.clone(), text: words::word("back", "case") };
    let frame = frame(&visitor, &open.file, Tab::Case);
    let mut page_of = advice_page(&open.file, &id, frame, &base, back)?;
    // Families are asked for advice as well, and write theirs where every adviser does.
    let one = advice_of(&open.file, &id)?;
    if one.answer.is_none() && one.request.person.as_ref() == Some(&open.me.id) {
        let href = format!("/advice/{id}");
        page_of.write = Some(Link { href, text: words::word("do", "give-advice") });
    }
    page(&page_of)
}

pub(super) async fn letter(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, entry)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Messages).await?;
    let base = base_of(&open.file.record);
    let back = Link { href: format!("{base}/decisions"), text: words::word("back", "happened") };
    let frame = frame(&visitor, &open.file, Tab::Case);
    page(&letter_page(&web.app, &open.file, &EventId::new(entry), frame, back)?)
}
