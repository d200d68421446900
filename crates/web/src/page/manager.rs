//! `/forecast` and `/gaps`: what will be late if nothing changes, and children for whom something is
//! missing today. Both are the whole office's; lateness is counted by cause, never by person.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::house::access::Role;
use sendero_app::house::law::Rulebook;
use sendero_app::house::record::PersonId;
use sendero_app::{CauseCount, NamedChild, OfficeGaps, TodayLine};

use super::staff::frame;
use super::staff::today::{about, child_link};
use super::{Answer, page};
use crate::draw::act_of;
use crate::server::Web;
use crate::session::Visitor;
use crate::view::clock::days;
use crate::view::manager::{FirstToGo, Forecast, Gap, Gaps, Load, Span};
use crate::view::officer::By;
use crate::view::parts::Days;
use crate::view::{Link, Tab};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/forecast", get(forecast)).route("/gaps", get(gaps))
}

/// Causes that the bars tell apart; what is left is drawn together.
const CAUSES_MAX: usize = 4;
/// The spans of the forecast, in weeks.
const WEEKS: [u32; 3] = [2, 4, 6];

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

async fn forecast(State(web): State<Web>, visitor: Visitor) -> Answer {
    let me = visitor.me()?;
    let found = web.app.forecast(me).await?;
    let gaps = web.app.gaps(me).await?;
    let law = web.app.rulebook_of(&me.authority);
    let today = found.now.today;
    let (causes, counts) = causes_of(&found.causes);
    let spans = WEEKS.into_iter().enumerate().map(|(at, weeks)| Span {
        weeks,
        by: today.saturating_add(jiff::Span::new().weeks(i64::from(weeks))),
        counts: counts.iter().map(|within| within.get(at).copied().map_or(0, count)).collect(),
    });
    let children: i64 = found.load.iter().map(|one| one.children).sum();
    page(&Forecast {
        frame: frame(&web, &visitor, Tab::Forecast),
        today,
        children: u32::try_from(children).unwrap_or_default(),
        officers: count(found.load.len()),
        late: (count(found.late_already), "/today".to_owned()),
        causes,
        spans: spans.collect(),
        first: found.first.iter().map(|line| first_to_go(law, line, today)).collect(),
        all_first: None,
        load: found
            .load
            .iter()
            .map(|one| Load {
                name: one.name.full(),
                children: u32::try_from(one.children).unwrap_or_default(),
                due: count(one.due),
                share: None,
            })
            .collect(),
        gaps: count(children_of(&gaps).count()),
    })
}

/// The names of the causes and their counts: the largest apart, all others together.
fn causes_of(found: &[CauseCount]) -> (Vec<String>, Vec<[usize; 3]>) {
    let mut names: Vec<String> = Vec::new();
    let mut counts: Vec<[usize; 3]> = Vec::new();
    for one in found.iter().take(CAUSES_MAX) {
        names.push(words::word("cause", &one.cause));
        counts.push(one.within);
    }
    let rest = found.get(CAUSES_MAX..).unwrap_or_default();
    if !rest.is_empty() {
        names.push(words::word("cause", "others"));
        counts.push(rest.iter().fold([0; 3], |[a, b, c], one| {
            let [x, y, z] = one.within;
            [a + x, b + y, c + z]
        }));
    }
    (names, counts)
}

fn first_to_go(law: &Rulebook, line: &TodayLine, today: Date) -> FirstToGo {
    let by = match (line.due, line.due_safe) {
        (Some(due), safe) => By::day(due, safe.unwrap_or(due), today),
        (None, _) => By::AtOnce,
    };
    FirstToGo {
        child: child_link(&line.child),
        what: act_of(law, line.duty.as_deref().unwrap_or("education")),
        by,
        held_up: words::word("cause", &line.cause),
    }
}

async fn gaps(State(web): State<Web>, visitor: Visitor) -> Answer {
    let me = visitor.me()?;
    let found = web.app.gaps(me).await?;
    let officers = web.app.people_with(&me.authority, Role::Officer).await?;
    let names: BTreeMap<PersonId, String> =
        officers.into_iter().map(|officer| (officer.id, officer.name.full())).collect();
    let today = found.now.today;
    let list = |children: &[NamedChild], act: &str, page: &str, since: Since| {
        children.iter().map(|child| gap(child, &names, today, (act, page), since)).collect()
    };
    page(&Gaps {
        frame: frame(&web, &visitor, Tab::Gaps),
        without_education: list(&found.without_education, "see", "", |child| child.out_since),
        without_setting: list(
            &found.without_setting,
            "setting",
            "/record/setting-changed",
            // Nobody has said since when: the day of the request is not it.
            |_| None,
        ),
        without_officer: list(&found.without_officer, "give", "/people", |child| {
            child.requested_on
        }),
        offered: list(&found.offered, "see", "/people", |_| None),
    })
}

/// Since when something has been missing.
type Since = fn(&NamedChild) -> Option<Date>;

fn gap(
    child: &NamedChild,
    officers: &BTreeMap<PersonId, String>,
    today: Date,
    (act, page): (&str, &str),
    since: Since,
) -> Gap {
    let since = since(child);
    let setting = child.setting.as_ref().map(|(kind, name)| {
        if name.is_empty() { words::word("setting", kind.word()) } else { name.clone() }
    });
    let known: Vec<String> =
        [words::word("stage", child.stage.word())].into_iter().chain(setting).collect();
    Gap {
        child: child_link(child),
        about: about(child, today),
        since,
        days: since.map(|since| Days::Open(days(since, today).max(0))),
        line: known.join(". "),
        officer: child.officer.as_ref().and_then(|id| officers.get(id)).cloned(),
        act: Some(Link {
            href: format!("/case/{}{page}", child.reference),
            text: words::word("gap", act),
        }),
    }
}

/// Each child for whom something is missing, once.
fn children_of(gaps: &OfficeGaps) -> impl Iterator<Item = &str> {
    let lists =
        [&gaps.without_education, &gaps.without_setting, &gaps.without_officer, &gaps.offered];
    let ids: std::collections::BTreeSet<&str> =
        lists.into_iter().flatten().map(|child| child.id.as_str()).collect();
    ids.into_iter()
}
