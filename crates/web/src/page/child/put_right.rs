//! `/child/{reference}/do/{duty}` and `/paper/{paper}`: what a family can do when something was not
//! done, with letters drafted from the record.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use sendero_app::house::access::Part;
use sendero_app::house::law::{Obligation, Voice, say};
use sendero_app::house::record::Event;
use sendero_app::papers::{Breach, PaperFacts, breaches, paper, ways};
use sendero_app::{CaseFile, Problem};

use super::{Open, frame, open};
use crate::draw::{base_of, heading_of, key_of, named, title};
use crate::page::papers::{Place, begin, go_on, row};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::paper::Ways;
use crate::view::{Link, Tab};
use crate::words;

pub(super) async fn what(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
) -> Answer {
    let Open { file, .. } = open(&web, &visitor, &reference, Part::Case).await?;
    let law = file.law;
    let found = named(&file, &id).ok_or(Problem::NotFound)?;
    let (base, id) = (base_of(&file.record), key_of(found));
    let rows = ways(law, &file.timeline, found)
        .iter()
        .map(|way| row(way, format!("{base}/paper/{}?duty={id}", way.paper.id), file.now.today))
        .collect();
    page(&Ways {
        frame: frame(&visitor, &file, Tab::Case),
        help: format!("{base}/help?for={id}"),
        back: Link { href: base, text: words::word("back", "case") },
        duty: heading_of(law, found),
        say: say(law, found, Voice::Parent),
        ways: rows,
    })
}

pub(super) async fn write(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let paper = paper(&id).ok_or(Problem::NotFound)?;
    let about = asked.get("duty").map_or("", String::as_str);
    let facts = facts(&web, &visitor, &open, about);
    begin(&web, &visitor, place(&visitor, &open.file, &id, about), paper, &facts)
}

pub(super) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, id)): Path<(String, String)>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let paper = paper(&id).ok_or(Problem::NotFound)?;
    go_on(&web, &visitor, place(&visitor, &open.file, &id, ""), paper, &typed)
}

fn place(visitor: &Visitor, file: &CaseFile, id: &str, about: &str) -> Place {
    let base = base_of(&file.record);
    // Back to the ways only where the address names a duty of this case.
    let known = named(file, about).map(|one| format!("{base}/do/{}", key_of(one)));
    Place {
        frame: frame(visitor, file, Tab::Case),
        back: Link {
            href: known.unwrap_or_else(|| base.clone()),
            text: words::word("back", if about.is_empty() { "case" } else { "ways" }),
        },
        action: format!("{base}/paper/{id}"),
    }
}

/// What the record knows, as far as this reader may read it.
fn facts(web: &Web, visitor: &Visitor, open: &Open, about: &str) -> PaperFacts {
    let law = open.file.law;
    let record = &open.file.record;
    let child = record.registered();
    let late = breaches(law, &open.file.timeline);
    PaperFacts {
        area: visitor.area.name.clone(),
        child: child.map(|child| child.name.full()).unwrap_or_default(),
        reference: child.map(|child| child.reference.to_string()).unwrap_or_default(),
        writer: open.me.name.full(),
        mediation: visitor.area.mediation.clone(),
        decided: decided(&open.file),
        // A right of the family's own is nothing that anybody failed to do. Where no duty is named, what
        // was late first is meant.
        about: match named(&open.file, about) {
            Some(one) if law.duty(&one.duty).is_some_and(|duty| duty.form == "right") => None,
            Some(one) => Breach::as_told(law, one),
            None => late.first().cloned(),
        },
        breaches: late,
        story: story(web, &open.file),
    }
}

/// When the decision was sent that can be appealed now: the last one, if there are several.
fn decided(file: &CaseFile) -> Option<Date> {
    let live = |one: &&Obligation| *one.duty == *"ap-start" && one.standing.is_live();
    file.timeline.obligations.iter().filter(live).map(|one| one.trigger.on).max()
}

/// The facts of law in the order of their days.
fn story(web: &Web, file: &CaseFile) -> Vec<(Date, String)> {
    if !file.shows(Part::Decisions) {
        return Vec::new();
    }
    let law = file.law;
    let mut list: Vec<(Date, String)> = file
        .record
        .standing()
        .filter(|entry| law.kind(entry.event.kind()).is_some())
        .map(|entry| {
            let what = title(&web.app, entry);
            let what = match &entry.event {
                Event::AdviceRequested(asked) => format!("{what}: {}", asked.adviser),
                Event::AdviceReceived(given) => format!("{what}: {}", given.adviser),
                _ => what,
            };
            (entry.header.on, what)
        })
        .collect();
    list.sort_by_key(|(on, _)| *on);
    list
}
