//! `/children`: the children with an officer, or those found by name or reference; for a manager, all
//! of the office's.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use sendero_app::house::access::Role;
use sendero_app::house::record::Stage;
use sendero_app::{Me, NamedChild};

use super::super::{Answer, page};
use super::today::{about, act_words, child_link, line_by, officers};
use super::{frame, staff};
use crate::server::Web;
use crate::session::Visitor;
use crate::stop::Stop;
use crate::view::Tab;
use crate::view::officer::{ChildRow, Children};
use crate::view::parts::Pages;
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/children", get(children))
}

/// Children on a page.
const PAGE: usize = 50;

/// A page of a list: its children, how many there are, which page it is and which is the last.
struct Shelf {
    list: Vec<NamedChild>,
    total: usize,
    number: usize,
    last: usize,
}

/// The page that was asked for, or the nearest there is.
fn part_of(list: Vec<NamedChild>, asked: usize) -> Shelf {
    let total = list.len();
    let last = total.div_ceil(PAGE).max(1);
    let number = asked.clamp(1, last);
    let list = list.into_iter().skip((number - 1) * PAGE).take(PAGE).collect();
    Shelf { list, total, number, last }
}

/// The same of every child of the office, who are too many to be read for one page of them.
async fn of_the_office(web: &Web, me: &Me, asked: usize) -> Result<Shelf, Stop> {
    let size = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (_, total) = web.app.office_children(me, 0, 0).await?;
    let last = total.div_ceil(PAGE).max(1);
    let number = asked.clamp(1, last);
    let first = size((number - 1) * PAGE);
    let (list, total) = web.app.office_children(me, first, size(PAGE)).await?;
    Ok(Shelf { list, total, number, last })
}

async fn children(
    State(web): State<Web>,
    visitor: Visitor,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let me = staff(&visitor)?;
    let find = query.get("find").map(|find| find.trim().to_owned()).unwrap_or_default();
    let asked: usize = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let office = me.role == Role::Manager;
    let Shelf { list, total, number, last } = if office && find.is_empty() {
        of_the_office(&web, me, asked).await?
    } else if find.is_empty() {
        part_of(web.app.my_children(me).await?, asked)
    } else {
        part_of(web.app.find(me, &find).await?, asked)
    };
    let today = web.app.now().today;
    let next = web.app.next_lines(me, office || !find.is_empty()).await?;
    let officers = officers(&web, me).await?;
    let first = (number - 1) * PAGE;
    let law = web.app.rulebook_of(&me.authority);
    let rows: Vec<ChildRow> = list
        .iter()
        .map(|child| ChildRow {
            child: child_link(child),
            about: about(child, today),
            stage: stage_words(child.stage),
            next: next
                .get(child.id.as_str())
                .map(|line| (act_words(law, line), line_by(line, today))),
            officer: child.officer.as_ref().and_then(|officer| officers.get(officer).cloned()),
        })
        .collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    page(&Children {
        frame: frame(&web, &visitor, if office { Tab::Children } else { Tab::MyChildren }),
        action: "/children".to_owned(),
        office,
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
