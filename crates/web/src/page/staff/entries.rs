//! `/entries`: the desk of those who answer for the entries of the Local Offer: what waits for leave,
//! which addresses lead nowhere, what nobody has checked, and who keeps what.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use sendero_app::house::offer::keep::{Fields, fields_of};
use sendero_app::{EntryLine, KeptEntry, Settle};

use super::{frame, staff};
use crate::page::entry::{
    Around, changes, entry_form, filled_with, is_still, some_of_form, typed_fields,
};
use crate::page::offer::checked;
use crate::page::{Answer, Shown, page, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::keep::{EntriesPage, EntryPage, EntryRow};
use crate::words::word;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/entries", get(list))
        .route("/entries/{id}", get(show).post(settle))
        .route("/entries/{id}/edit", get(edit).post(write))
}

/// Entries found by their name at once.
const FOUND_MOST: usize = 40;
/// The longest part of a name that is looked for.
const FIND_MOST: usize = 200;

async fn list(
    State(web): State<Web>,
    visitor: Visitor,
    Query(pairs): Query<BTreeMap<String, String>>,
) -> Answer {
    let me = staff(&visitor)?;
    let desk = web.app.entries_desk(me).await?;
    let find: String =
        pairs.get("entry").map_or("", |find| find.trim()).chars().take(FIND_MOST).collect();
    let offer = web.app.local_offer(&me.authority).await?;
    let wanted = find.to_lowercase();
    let named = offer
        .directory
        .services
        .values()
        .filter(|service| !wanted.is_empty() && service.name.to_lowercase().contains(&wanted));
    let mut found: Vec<EntryRow> = Vec::new();
    for service in named.take(FOUND_MOST) {
        let (keeper, _) = web.app.keeping_of(&me.authority, &service.id).await?;
        found.push(EntryRow {
            href: format!("/entries/{}", service.id),
            name: service.name.clone(),
            who: keeper.map(|keeper| keeper.who).unwrap_or_default(),
            since: service.checked,
            address: None,
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    page(&EntriesPage {
        frame: frame(&web, &visitor, Tab::Offer),
        waiting: desk.waiting.into_iter().map(row).collect(),
        nowhere: desk.nowhere.into_iter().map(row).collect(),
        old: desk.old.into_iter().map(row).collect(),
        old_count: desk.old_count,
        counts: desk.counts,
        find,
        found,
    })
}

fn row(line: EntryLine) -> EntryRow {
    EntryRow {
        href: format!("/entries/{}", line.id),
        name: line.name,
        who: line.who,
        since: line.since,
        address: line.address.map(|(address, came)| (address, word("entry-came", &came))),
    }
}

async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(pairs): Query<BTreeMap<String, String>>,
) -> Answer {
    let entry = web.app.entry_at_desk(staff(&visitor)?, &id).await?;
    let proposed = entry.keep.waiting.as_ref().map(|waits| waits.fields.clone());
    let who = entry.keep.keeper.as_ref().map(|keeper| keeper.who.clone()).unwrap_or_default();
    let filled = filled_with(&proposed.unwrap_or_default())
        .with("keeper", &who)
        .with("keeper-email", &entry.email);
    let shown = Shown::fresh(visitor.hidden(&web, None), filled);
    entry_page(&web, &visitor, &entry, shown, pairs.contains_key("asked"))
}

fn entry_page(
    web: &Web,
    visitor: &Visitor,
    entry: &KeptEntry,
    shown: Shown,
    asked: bool,
) -> Answer {
    let service = &entry.stands.service;
    let waiting = entry.keep.waiting.as_ref();
    let none = Fields::new();
    let wanted = waiting.map_or(&none, |waits| &waits.fields);
    let public = service.is_shown().then(|| format!("/offer/service/{}", service.id));
    let tried = entry.tried.iter().filter(|one| is_still(entry, one));
    let keeper = entry.keep.keeper.as_ref();
    page_as(
        shown.status,
        &EntryPage {
            frame: frame(web, visitor, Tab::Offer),
            base: format!("/entries/{}", service.id),
            name: service.name.clone(),
            public,
            checked: checked(service, web.app.now().today),
            keeper: keeper.map(|keeper| (keeper.who.clone(), entry.email.clone())),
            asked,
            tried: tried
                .map(|one| (one.address.clone(), word("entry-came", &one.came), one.on))
                .collect(),
            waiting: waiting.map(|waits| (waits.on, changes(entry))),
            fields: some_of_form(&shown.filled, wanted),
            hidden: [shown.hidden, visitor.hidden(web, None), visitor.hidden(web, None)],
            filled: shown.filled,
        },
    )
}

async fn settle(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let me = staff(&visitor)?;
    let entry = web.app.entry_at_desk(me, &id).await?;
    let form = typed.form();
    let (done, to, field) = match typed.get("act") {
        "ask" => {
            let (who, email) = (typed.get("keeper"), typed.get("keeper-email"));
            let done = web.app.ask_keeper(me, &id, who, email, &form).await;
            (done, format!("/entries/{id}?asked=1"), "keeper")
        }
        "turn-down" => {
            let settle = Settle::TurnDown(typed.get("reason").to_owned());
            let done = web.app.settle_entry(me, &id, &settle, &form).await;
            (done, "/entries".to_owned(), "reason")
        }
        _ => {
            // A box that is not ticked sends nothing: only what was proposed is on this form.
            let mut fields = typed_fields(&typed);
            let waits = entry.keep.waiting.as_ref();
            fields.retain(|name, _| waits.is_some_and(|waits| waits.fields.contains_key(name)));
            let done = web.app.settle_entry(me, &id, &Settle::Agree(fields), &form).await;
            (done, "/entries".to_owned(), "keeper")
        }
    };
    let shown = Shown::typed(&visitor, &typed, "");
    shown.after(done, &to, field, |shown| entry_page(&web, &visitor, &entry, shown, false))
}

async fn edit(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let entry = web.app.entry_at_desk(staff(&visitor)?, &id).await?;
    let filled = filled_with(&fields_of(&entry.stands));
    let shown = Shown::fresh(visitor.hidden(&web, None), filled);
    entry_form(&web, &visitor, &entry, around(&web, &visitor), shown)
}

/// What stands around the form.
fn around(web: &Web, visitor: &Visitor) -> Around {
    Around { frame: frame(web, visitor, Tab::Offer), office: true, done: None }
}

async fn write(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let me = staff(&visitor)?;
    let entry = web.app.entry_at_desk(me, &id).await?;
    let settle = Settle::Write(typed_fields(&typed));
    let done = web.app.settle_entry(me, &id, &settle, &typed.form()).await;
    let shown = Shown::typed(&visitor, &typed, "");
    shown.after(done, &format!("/entries/{id}"), "name", |shown| {
        entry_form(&web, &visitor, &entry, around(&web, &visitor), shown)
    })
}
