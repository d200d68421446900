//! `/keep`: the pages of whoever keeps entries of the Local Offer. What they change waits for the
//! area; that an entry is still right counts at once.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use sendero_app::house::offer::keep::fields_of;

use super::entry::{Around, entry_form, filled_with, typed_fields};
use super::{Answer, Shown, go, page};
use crate::draw::{date_words, frame_of};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::keep::{KeepLine, KeepList};
use crate::words::word;

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/keep", get(list)).route("/keep/{id}", get(show).post(send))
}

async fn list(State(web): State<Web>, visitor: Visitor) -> Answer {
    let entries = web.app.my_entries(visitor.me()?).await?;
    let list = entries.into_iter().map(|(service, keep)| KeepLine {
        href: format!("/keep/{}", service.id),
        checked: match service.checked {
            Some(on) => format!("{} {}", word("keep", "checked"), date_words(on)),
            None => word("keep", "never"),
        },
        stands: match (&keep.waiting, &keep.turned_down) {
            (Some(_), _) => word("keep", "waits"),
            (None, Some(_)) => word("keep", "turned-down"),
            (None, None) => String::new(),
        },
        name: service.name,
    });
    page(&KeepList { frame: frame_of(&web.app, &visitor), list: list.collect() })
}

async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(pairs): Query<BTreeMap<String, String>>,
) -> Answer {
    let entry = web.app.my_entry(visitor.me()?, &id).await?;
    // What waits is in the boxes: whoever sent it goes on from there.
    let mut fields = fields_of(&entry.stands);
    if let Some(waiting) = &entry.keep.waiting {
        fields.extend(waiting.fields.clone());
    }
    let shown = Shown::fresh(visitor.hidden(&web, None), filled_with(&fields));
    let around = around(&web, &visitor, pairs.get("done").cloned());
    entry_form(&web, &visitor, &entry, around, shown)
}

/// What stands around the form.
fn around(web: &Web, visitor: &Visitor, done: Option<String>) -> Around {
    Around { frame: frame_of(&web.app, visitor), office: false, done }
}

async fn send(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let me = visitor.me()?;
    let entry = web.app.my_entry(me, &id).await?;
    if typed.get("act") == "right" {
        web.app.confirm_entry(me, &id, &typed.form()).await?;
        return go(&format!("/keep/{id}?done=right"));
    }
    let fields = typed_fields(&typed);
    let done = web.app.propose_entry(me, &id, &fields, &typed.form()).await;
    let shown = Shown::typed(&visitor, &typed, "");
    shown.after(done, &format!("/keep/{id}?done=sent"), "name", |shown| {
        entry_form(&web, &visitor, &entry, around(&web, &visitor, None), shown)
    })
}
