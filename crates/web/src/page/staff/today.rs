//! `/today`: what is due and why, in groups; and the cases that a press of a button takes on. The
//! lines and their order are the use case's; here they are put into words.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use sendero_app::house::access::{Part, Role};
use sendero_app::house::law::{Rulebook, SchoolAge, Standing, school_age};
use sendero_app::house::record::{Command, PersonId, Stage};
use sendero_app::{Group as AppGroup, ListFilters, Me, PAGE_LINES, TodayLine};

use super::super::{Answer, go, page};
use super::acts::act_href;
use super::{Open, by_of, cite_of, days_of, open, staff};
use crate::draw::{act_of, area_of, date_words, day_words, staff_kind};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::form::Filled;
use crate::view::officer::{
    By, Filter, Group, GroupKind, Line, NewRequest, Offered, Today, View, Whose,
};
use crate::view::parts::{Days, Pages};
use crate::view::{Frame, Link, Tab};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/today", get(today))
        .route("/case/{reference}/take", post(take))
        .route("/case/{reference}/offer", post(answer))
}

/// The stages that the list can be narrowed to, with the record's word for each.
const STAGES: [(&str, &str); 4] =
    [("request", "asked"), ("advice", "assessing"), ("draft", "drafting"), ("final", "draft-sent")];

/// What the address asks of the list.
struct Wanted {
    view: View,
    stage: Option<(&'static str, &'static str)>,
    order: &'static str,
    office: bool,
    page: usize,
}

impl Wanted {
    fn of(query: &BTreeMap<String, String>, me: &Me) -> Self {
        let get = |key: &str| query.get(key).map_or("", String::as_str);
        Self {
            view: match get("view") {
                "mine" => View::Mine,
                "waiting" => View::Waiting,
                _ => View::All,
            },
            stage: STAGES.into_iter().find(|(key, _)| *key == get("stage")),
            order: ["date", "name"].into_iter().find(|one| *one == get("order")).unwrap_or("risk"),
            office: get("whose") == "office" || me.role == Role::Manager,
            page: get("page").parse().unwrap_or(1).clamp(1, 1_000),
        }
    }

    fn filters(&self) -> ListFilters {
        ListFilters {
            turn: match self.view {
                View::All => String::new(),
                View::Mine => "mine".to_owned(),
                View::Waiting => "others".to_owned(),
            },
            stage: self.stage.map(|(_, word)| word.to_owned()).unwrap_or_default(),
            office: self.office,
            by_date: self.order == "date",
            by_name: self.order == "name",
            from: (self.page - 1) * PAGE_LINES,
        }
    }

    /// The address of the same list in this view, at this page.
    fn href(&self, view: View, page: usize, stage: bool) -> String {
        let mut parts = Vec::new();
        match view {
            View::All => {}
            View::Mine => parts.push("view=mine".to_owned()),
            View::Waiting => parts.push("view=waiting".to_owned()),
        }
        if let Some((key, _)) = self.stage.filter(|_| stage) {
            parts.push(format!("stage={key}"));
        }
        if self.order != "risk" {
            parts.push(format!("order={}", self.order));
        }
        if self.office {
            parts.push("whose=office".to_owned());
        }
        if page > 1 {
            parts.push(format!("page={page}"));
        }
        if parts.is_empty() { "/today".to_owned() } else { format!("/today?{}", parts.join("&")) }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

async fn today(
    State(web): State<Web>,
    visitor: Visitor,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let me = staff(&visitor)?;
    let wanted = Wanted::of(&query, me);
    let list = web.app.today(me, &wanted.filters()).await?;
    let officers = officers(&web, me).await?;
    let lines = |group: AppGroup| -> Vec<Line> {
        list.lines
            .iter()
            .filter(|line| line.group == group)
            .map(|line| line_of(&web, me, &officers, line, list.now.today))
            .collect()
    };
    let groups = [
        (AppGroup::LateOrLastDay, GroupKind::Late),
        (AppGroup::ThisWeek, GroupKind::Week),
        (AppGroup::Waiting, GroupKind::Waiting),
        (AppGroup::NextWeek, GroupKind::Next),
    ]
    .into_iter()
    .map(|(group, kind)| Group {
        kind,
        count: count(list.counts.get(&group).copied().unwrap_or_default()),
        lines: lines(group),
    })
    .filter(|group| !group.lines.is_empty())
    .collect();
    let [mine, others] = list.by_turn;
    // The menu counts the reader's own children; the office's stand in the page alone.
    let children = (!wanted.office).then(|| count(list.children));
    let kind = staff_kind(&web.app, &visitor, Some(count(mine + others)), children);
    page(&Today {
        frame: Frame { area: area_of(&visitor), kind, tab: Tab::Today },
        day: list.now.today,
        children: count(list.children),
        due: count(mine + others),
        quiet: if wanted.stage.is_some() { 0 } else { count(list.quiet) },
        quiet_until: list.next_due,
        offered: offered(&web, &visitor, me, list.now.today).await?,
        new: new(&web, &visitor, me, list.now.today).await?,
        passed: web.app.passed_plans(me).await?.len(),
        views: [(View::All, mine + others), (View::Mine, mine), (View::Waiting, others)]
            .into_iter()
            .map(|(view, lines)| (view, count(lines), wanted.href(view, 1, true)))
            .collect(),
        view: wanted.view,
        filled: Filled::default()
            .with("stage", wanted.stage.map_or("any", |(key, _)| key))
            .with("order", wanted.order)
            .with("whose", if wanted.office { "office" } else { "mine" }),
        filter: wanted.stage.map(|(key, _)| Filter {
            words: words::word("only", key),
            clear: wanted.href(wanted.view, 1, false),
        }),
        groups,
        pages: pages(&wanted, list.total, list.first, list.lines.len()),
    })
}

fn pages(wanted: &Wanted, total: usize, first: usize, shown: usize) -> Option<Pages> {
    let page = first / PAGE_LINES + 1;
    (total > PAGE_LINES).then(|| Pages {
        what: words::word("counted", "lines"),
        from: count(first + usize::from(shown > 0)),
        to: count(first + shown),
        of: count(total),
        before: (page > 1).then(|| wanted.href(wanted.view, page - 1, true)),
        after: (first + shown < total).then(|| wanted.href(wanted.view, page + 1, true)),
    })
}

/// The officers' names, by id.
pub(super) async fn officers(web: &Web, me: &Me) -> Result<BTreeMap<PersonId, String>, Stop> {
    let officers = web.app.people_with(&me.authority, Role::Officer).await?;
    Ok(officers.into_iter().map(|officer| (officer.id, officer.name.full())).collect())
}

/// "8 · ALD 2609 0417 K".
pub(crate) fn about(child: &sendero_app::NamedChild, today: jiff::civil::Date) -> String {
    let reference: Option<sendero_app::house::record::Reference> = child.reference.parse().ok();
    let reference = reference.map_or_else(|| child.reference.clone(), |one| one.to_string());
    match child.age(today) {
        Some(age) => format!("{age} · {reference}"),
        None => reference,
    }
}

/// The child's name, leading to the case.
pub(crate) fn child_link(child: &sendero_app::NamedChild) -> Link {
    Link { href: format!("/case/{}", child.reference), text: child.name.full() }
}

/// The act of a line, verb first.
pub(super) fn act_words(law: &Rulebook, line: &TodayLine) -> String {
    let act = act_of(law, line.duty.as_deref().unwrap_or("education"));
    if line.adviser.is_empty() { act } else { format!("{act}: {}", line.adviser) }
}

/// The last day of a line. A draft has no number of its own: its day is the one that leaves the
/// family theirs.
pub(super) fn line_by(line: &TodayLine, today: jiff::civil::Date) -> By {
    if line.due.is_none() && line.duty.as_deref() == Some("plan-draft") {
        return By::day(line.act_by, line.act_by, today);
    }
    by_of(line.due, line.due_safe, line.standing, today)
}

/// Whether the child is past school age, for whom the duty to arrange education is another.
fn is_past_school(line: &TodayLine, today: jiff::civil::Date) -> bool {
    line.child.born.is_some_and(|born| school_age(born, today) == SchoolAge::Over)
}

fn line_of(
    web: &Web,
    me: &Me,
    officers: &BTreeMap<PersonId, String>,
    line: &TodayLine,
    today: jiff::civil::Date,
) -> Line {
    let duty = line.duty.as_deref().unwrap_or("education");
    let book = web.app.rulebook_of(&me.authority);
    let law = book.duty(duty);
    let due = match duty {
        "plan-draft" => line.due.or(Some(line.act_by)),
        _ => line.due,
    };
    Line {
        child: child_link(&line.child),
        about: about(&line.child, today),
        act: Link {
            href: act_href(
                book,
                &format!("/case/{}", line.child.reference),
                duty,
                line.child.stage,
            ),
            text: act_words(book, line),
        },
        cite: match law {
            Some(law) => cite_of(law),
            None if is_past_school(line, today) => String::new(),
            None => words::word("cite", duty),
        },
        by: line_by(line, today),
        days: days_of(due, line.since, line.standing, today),
        turn: match line.turn.as_str() {
            "authority" => match &line.child.officer {
                Some(officer) if *officer == me.id => Whose::You,
                Some(officer) => Whose::Other(
                    officers.get(officer).cloned().unwrap_or_else(|| words::role("officer")),
                ),
                None => Whose::Other(words::word("turn", "nobody")),
            },
            "family" => Whose::Other(words::word("turn", "family")),
            body => Whose::Other(words::word("body-turn", body)),
        },
        why: why_now(line),
    }
}

/// Why the line stands here: what it waits for, and since when.
fn why_now(line: &TodayLine) -> String {
    let since = day_words(line.since);
    match (line.duty.as_deref(), line.standing) {
        (None, _) => format!("{} {since}.", words::word("why-now", "education")),
        (Some("as-advice-6w"), Standing::Overdue) => {
            format!(
                "{} {since}. {}",
                words::word("why-now", "asked"),
                words::word("why-now", "late")
            )
        }
        (Some("as-advice-6w"), _) => format!("{} {since}.", words::word("why-now", "asked")),
        (Some("plan-draft"), _) => {
            format!(
                "{}. {}",
                words::word("cause", &line.cause),
                words::word("why-now", "plan-draft")
            )
        }
        (_, Standing::Excused) => {
            format!("{}. {}", words::word("cause", &line.cause), words::word("why-now", "excused"))
        }
        _ => format!("{}.", words::word("cause", &line.cause)),
    }
}

async fn offered(
    web: &Web,
    visitor: &Visitor,
    me: &Me,
    today: jiff::civil::Date,
) -> Result<Vec<Offered>, Stop> {
    let law = web.app.rulebook_of(&me.authority);
    let list = web.app.offered_to_me(me).await?;
    Ok(list
        .into_iter()
        .map(|one| Offered {
            hidden: visitor.hidden(web, None),
            child: child_link(&one.child),
            about: about(&one.child, today),
            by: one.by.map_or_else(|| words::role("officer"), |name| name.full()),
            on: one.on,
            note: one.note,
            next: one
                .next
                .map(|(duty, due)| format!("{}, by {}", act_of(law, &duty), date_words(due))),
            action: format!("/case/{}/offer", one.child.reference),
        })
        .collect())
}

async fn new(
    web: &Web,
    visitor: &Visitor,
    me: &Me,
    today: jiff::civil::Date,
) -> Result<Vec<NewRequest>, Stop> {
    let list = web.app.new_requests(me).await?;
    Ok(list
        .into_iter()
        .map(|one| NewRequest {
            hidden: visitor.hidden(web, None),
            child: child_link(&one.child),
            about: about(&one.child, today),
            came: one.child.stage == Stage::Plan,
            received: one.received,
            asked_by: one.asker.map_or_else(
                || words::word("asked-by", "somebody"),
                |(name, relation)| {
                    format!("{}, {},", name.full(), words::word("relation", relation.word()))
                },
            ),
            by: by_of(one.due, one.due_safe, Standing::Pending, today),
            days: one.due.map_or_else(
                || Days::Words(words::word("standing", "unclear")),
                |due| days_of(Some(due), one.received, Standing::Pending, today),
            ),
            take: (me.role == Role::Officer).then(|| format!("/case/{}/take", one.child.reference)),
        })
        .collect())
}

async fn take(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open: Open<'_> = open(&web, &visitor, &reference, Part::Case).await?;
    let command = Command::Assign { officer: open.me.id.clone(), name: open.me.name.clone() };
    open.act(&web, &command, &typed).await?;
    go(&open.saved("taken"))
}

async fn answer(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let accepted = match typed.get("answer") {
        "take" => true,
        "leave" => false,
        _ => return Err(sendero_app::Problem::NotFound.into()),
    };
    let command =
        Command::AnswerHandover { officer: open.me.id.clone(), accepted, note: String::new() };
    open.act(&web, &command, &typed).await?;
    if accepted { go(&open.saved("taken")) } else { go("/today") }
}
