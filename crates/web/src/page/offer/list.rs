//! The saved list: ids of services in a cookie of the family's own, and nothing with us.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use sendero_app::house::offer::is_id;

use super::{cards, find};
use crate::page::{Answer, Shown, go, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor, cookie, set_cookie};
use crate::view::form::Filled;
use crate::view::offer::Saved;

/// The cookie that holds the list.
const LIST: &str = "sendero-list";
/// How long it is kept: a year.
const KEPT_SECONDS: i64 = 365 * 24 * 60 * 60;
/// The most that are kept; a cookie has room for no more.
const SAVED_MOST: usize = 60;

/// The ids on the list, in the order in which they were saved.
pub(crate) fn saved(headers: &HeaderMap) -> Vec<String> {
    let list = cookie(headers, LIST).unwrap_or_default();
    list.split('.').filter(|id| is_id(id)).map(str::to_owned).take(SAVED_MOST).collect()
}

pub(super) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Query(pairs): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let shown = Shown::fresh(visitor.hidden(&web, None), Filled::default());
    list_page(&web, &visitor, &headers, shown, pairs.contains_key("sent")).await
}

async fn list_page(
    web: &Web,
    visitor: &Visitor,
    headers: &HeaderMap,
    shown: Shown,
    sent: bool,
) -> Answer {
    let offer = web.app.shown_offer(&visitor.area.code).await?;
    let today = web.app.now().today;
    let cards = saved(headers)
        .into_iter()
        .filter_map(|id| {
            let service = offer.directory.services.get(&id).filter(|one| one.is_shown())?;
            let card = cards::card(service, None, today, "");
            Some((id, card))
        })
        .collect();
    let frame = find::frame(web, visitor);
    let Shown { hidden, filled, status } = shown;
    page_as(status, &Saved { frame, cards, hidden, sent, filled })
}

pub(super) async fn change(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    typed: Typed,
) -> Answer {
    let mut list = saved(&headers);
    if typed.get("act") == "send" {
        let (area, email) = (&visitor.area.code, typed.get("email"));
        let done = web.app.send_list(area, &list, email, &visitor.place).await;
        return match done {
            Ok(()) => go("/offer/list?sent=1"),
            Err(problem) => {
                let shown = Shown::typed(&visitor, &typed, "").mend(problem, "email")?;
                list_page(&web, &visitor, &headers, shown, false).await
            }
        };
    }
    let id = typed.get("service").to_owned();
    list.retain(|known| *known != id);
    if typed.get("act") == "on" && is_id(&id) && list.len() < SAVED_MOST {
        list.push(id);
    }
    let mut answer = go("/offer/list")?;
    set_cookie(&web, &mut answer, LIST, &list.join("."), Some(KEPT_SECONDS));
    Ok(answer)
}
