//! `/children`: the children with an officer, or those found by name or reference. A manager has the
//! office's own list, under the office's address.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use sendero_app::house::record::Stage;

use super::super::{Answer, page};
use super::today::{about, act_words, child_link, line_by, officers};
use super::{frame, staff};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::Tab;
use crate::view::officer::{ChildRow, Children};
use crate::view::parts::Pages;
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/children", get(children))
}

/// Children on a page.
const PAGE: usize = 50;

async fn children(
    State(web): State<Web>,
    visitor: Visitor,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let me = staff(&visitor)?;
    let find = query.get("find").map(|find| find.trim().to_owned()).unwrap_or_default();
    let list = if find.is_empty() {
        web.app.my_children(me).await?
    } else {
        web.app.find(me, &find).await?
    };
    let today = web.app.now().today;
    let next = web.app.next_lines(me, !find.is_empty()).await?;
    let officers = officers(&web, me).await?;
    let total = list.len();
    let last = total.div_ceil(PAGE).max(1);
    let number = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, last);
    let first = (number - 1) * PAGE;
    let rows: Vec<ChildRow> = list
        .iter()
        .skip(first)
        .take(PAGE)
        .map(|child| ChildRow {
            child: child_link(child),
            about: about(child, today),
            stage: stage_words(child.stage),
            next: next.get(child.id.as_str()).map(|line| (act_words(line), line_by(line, today))),
            officer: child.officer.as_ref().and_then(|officer| officers.get(officer).cloned()),
        })
        .collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    page(&Children {
        frame: frame(&web, &visitor, Tab::MyChildren),
        action: "/children".to_owned(),
        office: false,
        total: count(total),
        pages: (total > PAGE).then(|| Pages {
            what: words::word("counted", "children"),
            from: count(first + 1),
            to: count(first + rows.len()),
            of: count(total),
            before: (number > 1).then(|| format!("/children?page={}", number - 1)),
            after: (number < last).then(|| format!("/children?page={}", number + 1)),
        }),
        list: rows,
        find,
    })
}

/// Where a case is, in words.
pub(super) fn stage_words(stage: Stage) -> String {
    words::word("stage", stage.word())
}
