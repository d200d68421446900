//! `/child/{reference}/dates`: every clock of a case on one page, and as a calendar.

use std::cmp::Reverse;

use axum::extract::{Path, State};
use sendero_app::house::access::Part;
use sendero_app::house::law::{Obligation, Standing, Voice, say};

use super::{Open, frame, open};
use crate::draw::{base_of, given, heading_of, key_of, pill_of};
use crate::page::calendar::{self, Entry};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::family::{DateGroup, DateRow, Dates};
use crate::view::{Link, Tab};
use crate::words::word;

pub(super) async fn all(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let Open { file, .. } = open(&web, &visitor, &reference, Part::Case).await?;
    let law = file.law;
    let base = base_of(&file.record);
    let row = |one: &&Obligation| DateRow {
        link: Link { href: format!("{base}/why/{}", key_of(one)), text: heading_of(law, one) },
        line: say(law, one, Voice::Parent),
        pill: pill_of(one, file.now.today),
    };
    let [late, open, over] = sorted(&file.timeline.obligations);
    let ahead = late.iter().chain(&open).any(|one| is_ahead(one));
    let groups = [("late", late), ("open", open), ("over", over)]
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(id, list)| DateGroup {
            id,
            title: word("dates", id),
            list: list.iter().map(row).collect(),
        })
        .collect();
    page(&Dates {
        frame: frame(&visitor, &file, Tab::Case),
        name: given(&file.record),
        groups,
        calendar: ahead.then(|| format!("{base}/dates.ics")),
        base,
    })
}

/// What is late, the latest first; what is open, the next first and what has no day last; and what is over,
/// the newest first.
fn sorted(all: &[Obligation]) -> [Vec<&Obligation>; 3] {
    let mut groups = [const { Vec::new() }; 3];
    let [late, open, over] = &mut groups;
    for one in all {
        match one.standing {
            Standing::Overdue | Standing::Excused => late.push(one),
            standing if standing.is_live() => open.push(one),
            _ => over.push(one),
        }
    }
    late.sort_by_key(|one| one.due);
    open.sort_by_key(|one| (one.due.is_none(), one.due));
    over.sort_by_key(|one| Reverse(one.done_on.unwrap_or(one.closed_on)));
    groups
}

/// Whether somebody can still wait for its day, or keep to it.
fn is_ahead(one: &Obligation) -> bool {
    one.standing.is_live() && one.due.is_some()
}

pub(super) async fn to_calendar(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let Open { file, .. } = open(&web, &visitor, &reference, Part::Case).await?;
    let law = file.law;
    let name = given(&file.record);
    let dated = file.timeline.obligations.iter().filter(|one| is_ahead(one)).filter_map(|one| {
        Some(Entry {
            id: format!("{reference}-{}", key_of(one)),
            day: one.due?,
            title: format!("{} ({name})", heading_of(law, one)),
            words: say(law, one, Voice::Parent),
        })
    });
    Ok(calendar::file(&name, dated, file.now.today))
}
