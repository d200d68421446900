//! `/happening`: what is happening to a family, what the law asks now, and the dates that follow. The
//! answers stand in the address alone, so that a page of dates can be kept and sent, and nothing is
//! stored.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::house::access::Role;
use sendero_app::house::law::{
    Ask, Case, Fact, Obligation, Question, Rulebook, Situation, Standing, Voice, evaluate, say,
};
use sendero_app::{FieldFault, Problem};

use super::whose::{Here, here};
use super::{frame, paper};
use crate::draw::{date_words, lawyer_of, officer_of, plain};
use crate::page::calendar::{self, Entry};
use crate::page::{Answer, page, page_as, with_faults};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::Link;
use crate::view::form::{Choices, Filled, Pick};
use crate::view::happening::{AskedDay, DatesForm, DatesFound, FoundDate, Happening};
use crate::view::parts::{Reached, SumRow};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/happening/{situation}", get(happening))
        .route("/happening/{situation}/dates", get(dates))
        .route("/happening/{situation}/calendar.ics", get(to_calendar))
        .route("/happening/{situation}/paper/{paper}", get(paper::write).post(paper::show))
}

/// What the address holds after its question mark.
pub(super) type TypedDays = Query<BTreeMap<String, String>>;

pub(super) fn situation<'a>(law: &'a Rulebook, id: &str) -> Result<&'a Situation, Problem> {
    law.situations().iter().find(|one| one.id == id).ok_or(Problem::NotFound)
}

pub(super) fn address(situation: &Situation) -> String {
    format!("/happening/{}", situation.id)
}

async fn happening(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(typed): TypedDays,
) -> Answer {
    let here = here(&web, &visitor, &typed).await?;
    let law = here.law.rulebook;
    let found = situation(law, &id)?;
    let area: BTreeMap<String, String> =
        typed.into_iter().filter(|(field, _)| field == "area").collect();
    page(&Happening {
        frame: frame(&web, &visitor),
        title: found.title.clone(),
        lead: found.lead.clone(),
        now: found.now.clone(),
        duties: found
            .duties
            .iter()
            .flat_map(|of| law.duties().iter().filter(move |duty| duty.of_law() == of.as_str()))
            .map(|duty| here.row(duty))
            .collect(),
        ways: paper::rows(law, found, &query(&area), &[], web.app.now().today),
        dates: (!found.asks.is_empty()).then(|| here.at(&format!("{}/dates", address(found)))),
        areas: here.areas(&address(found), ""),
    })
}

async fn dates(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(typed): TypedDays,
) -> Answer {
    let here = here(&web, &visitor, &typed).await?;
    let found = situation(here.law.rulebook, &id)?;
    if found.asks.is_empty() {
        return Err(Problem::NotFound.into());
    }
    let told = typed.keys().any(|field| field != "area");
    if !told || typed.contains_key("change") {
        return form(&web, &visitor, (&here, found), filled(&typed), StatusCode::OK);
    }
    match answers(here.law.rulebook, found, &typed, web.app.now().today) {
        Ok(facts) => answered(&web, &visitor, (&here, found), &typed, &facts),
        Err(faults) => {
            let kept = with_faults(filled(&typed), &faults);
            form(&web, &visitor, (&here, found), kept, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn filled(typed: &BTreeMap<String, String>) -> Filled {
    typed.iter().fold(Filled::default(), |filled, (field, value)| filled.with(field, value))
}

/// The names of a question's fields: the day, and what is chosen besides.
fn fields(at: usize) -> (String, String) {
    (format!("day{}", at + 1), format!("which{}", at + 1))
}

fn form(
    web: &Web,
    visitor: &Visitor,
    (here, found): (&Here, &Situation),
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let asks = found.asks.iter().enumerate().map(|(at, ask)| {
        let (day, which) = fields(at);
        AskedDay {
            day: filled.date(&day, &ask.question, &ask.hint),
            choice: ask.choose.as_ref().map(|(field, values)| {
                let none = (String::new(), words::word("choose", "none"));
                let said = values.iter().map(|value| (value.clone(), words::word(field, value)));
                let list: Vec<(String, String)> = std::iter::once(none).chain(said).collect();
                let choices: Choices =
                    filled.one(&which, words::word("choose", field), "", &list).drawn(Pick::List);
                choices
            }),
        }
    });
    let asks = asks.collect();
    let areas = here.choices();
    let area = (!areas.is_empty()).then(|| {
        let filled = if filled.value("area").is_empty() {
            filled.clone().with("area", &here.area.code)
        } else {
            filled.clone()
        };
        filled.list(
            "area",
            words::word("dates-area", "label"),
            &words::word("dates-area", "hint"),
            &areas,
        )
    });
    page_as(
        status,
        &DatesForm {
            frame: frame(web, visitor),
            situation: Link { href: here.at(&address(found)), text: found.title.clone() },
            action: format!("{}/dates", address(found)),
            asks,
            area,
            filled,
        },
    )
}

/// The facts that were typed, or everything that is wrong with them.
pub(super) fn answers(
    law: &Rulebook,
    found: &Situation,
    typed: &BTreeMap<String, String>,
    today: Date,
) -> Result<Vec<Fact>, Vec<FieldFault>> {
    let get = |field: &str| typed.get(field).map_or("", |value| value.trim());
    let mut facts = Vec::new();
    let mut faults = Vec::new();
    for (at, ask) in found.asks.iter().enumerate() {
        let (day, which) = fields(at);
        let part = |part: &str| get(&format!("{day}-{part}")).to_owned();
        let read = sendero_app::read_date(&day, &part("day"), &part("month"), &part("year"));
        match read {
            Ok(Some(on)) => {
                let first = facts.first();
                if let Some(fault) = out_of_order(law, ask, (on, today), first) {
                    faults.push(FieldFault::of(&day, fault));
                }
                match chosen(ask, get(&which)) {
                    Ok(value) => facts.push(ask.fact(on, value)),
                    Err(fault) => faults.push(FieldFault::of(&which, fault)),
                }
            }
            Ok(None) if ask.optional => {}
            Ok(None) => faults.push(FieldFault::of(&day, "date-needed")),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(facts) } else { Err(faults) }
}

/// A day that cannot be right: only what the law foresees may lie ahead, a request comes before all
/// that follows it, and what else is asked for follows the first day.
fn out_of_order(
    law: &Rulebook,
    ask: &Ask,
    (on, today): (Date, Date),
    first: Option<&Fact>,
) -> Option<&'static str> {
    match first {
        _ if on > today && !law.is_foreseen(&ask.event) => Some("not-yet"),
        Some(first) if ask.event == "assessment-requested" => {
            (on > first.on).then_some("after-first")
        }
        Some(first) => (on < first.on).then_some("before-first"),
        None => None,
    }
}

/// What was chosen beside a day, if it is among what may be.
fn chosen<'a>(ask: &Ask, value: &'a str) -> Result<Option<&'a str>, &'static str> {
    match &ask.choose {
        None => Ok(None),
        Some((_, values)) if values.iter().any(|known| known == value) => Ok(Some(value)),
        Some(_) => Err("choose"),
    }
}

/// What follows from these facts, as far as the situation shows it, in order of date: what the law says,
/// and what the area has promised beyond it. School days are counted in the area's terms.
pub(super) fn obligations(
    here: &Here,
    found: &Situation,
    facts: &[Fact],
    today: Date,
) -> Vec<Obligation> {
    let law = here.law.rulebook;
    let terms = here.law.terms(None);
    let case = Case { facts: facts.to_vec(), terms, ..Case::default() };
    // Only the days that were told are known, so nothing is called late: what came after, the
    // family knows better than we do. What waits is told as it stands today, or stood on its last day.
    let day = facts.iter().map(|fact| fact.on).max().unwrap_or(today);
    let asked = |as_at: Date| {
        let question = Question { known_at: day.max(as_at), ..Question::today(as_at) };
        evaluate(law, &case, question).obligations
    };
    let in_time = |one: Obligation| {
        let as_at = match (one.standing, one.due) {
            (Standing::Overdue, Some(due)) => due,
            (Standing::Pending, due) => due.map_or(today, |due| due.min(today)),
            _ => return one,
        };
        let same =
            |other: &Obligation| other.duty == one.duty && other.trigger.event == one.trigger.event;
        asked(as_at).into_iter().find(same).unwrap_or(one)
    };
    let mut list: Vec<Obligation> = asked(day)
        .into_iter()
        .filter(|one| {
            let of = law.duty(&one.duty).map_or("", |duty| duty.of_law());
            found.duties.iter().any(|duty| duty == of) && one.standing != Standing::Void
        })
        .map(in_time)
        .collect();
    list.sort_by_key(|one| (one.due.is_none(), one.due));
    list
}

/// The answers as the end of an address.
pub(super) fn query(typed: &BTreeMap<String, String>) -> String {
    let pairs = typed
        .iter()
        .filter(|(field, value)| {
            !value.trim().is_empty()
                && field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        .filter(|(field, _)| field.as_str() != "change")
        .map(|(field, value)| {
            let value: String = value
                .trim()
                .chars()
                .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
                .collect();
            format!("{field}={value}")
        });
    pairs.collect::<Vec<_>>().join("&")
}

fn answered(
    web: &Web,
    visitor: &Visitor,
    (here, found): (&Here, &Situation),
    typed: &BTreeMap<String, String>,
    facts: &[Fact],
) -> Answer {
    let (law, today) = (here.law.rulebook, web.app.now().today);
    let list = obligations(here, found, facts, today);
    let query = query(typed);
    let title = |kind: &str| title_of(law, kind);
    let start = facts.iter().min_by_key(|fact| fact.on).map(|fact| FoundDate {
        period: String::new(),
        form: String::new(),
        by: Some(fact.on),
        title: title(&fact.kind),
        say: String::new(),
        passed: false,
        own: None,
        why: Vec::new(),
        cite: String::new(),
        duty: None,
        lawyer: None,
        officer: None,
        reached: Reached::Done,
    });
    let lifted = list
        .iter()
        .filter_map(|one| law.duty(&one.duty))
        .flat_map(|duty| &duty.lifted_by)
        .collect::<std::collections::BTreeSet<_>>();
    page(&DatesFound {
        frame: frame(web, visitor),
        situation: Link { href: here.at(&address(found)), text: found.title.clone() },
        answers: facts
            .iter()
            .map(|fact| (title(&fact.kind), crate::view::in_full(fact.on)))
            .collect(),
        change: format!("{}/dates?{query}&change=1", address(found)),
        dates: start
            .into_iter()
            .chain(list.iter().map(|one| found_date(here, one, today, is_staff(visitor))))
            .collect(),
        calendar: format!("{}/calendar.ics?{query}", address(found)),
        ways: paper::rows(law, found, &query, &list, today),
        lifted: lifted
            .into_iter()
            .filter_map(|ground| law.ground(ground))
            .map(|ground| ground.words.clone())
            .collect(),
    })
}

/// Whether staff of an office read it: they are told what an officer asks, where a family reads what
/// it can expect.
fn is_staff(visitor: &Visitor) -> bool {
    visitor.me().is_ok_and(|me| matches!(me.role, Role::Officer | Role::Manager))
}

fn found_date(here: &Here, one: &Obligation, today: Date, staff: bool) -> FoundDate {
    let law = here.law.rulebook;
    let duty = law.duty(&one.duty);
    FoundDate {
        period: duty.and_then(|duty| duty.period.clone()).unwrap_or_default(),
        form: duty.map(|duty| duty.form.clone()).unwrap_or_default(),
        by: one.due,
        title: duty.map(|duty| duty.title.clone()).unwrap_or_default(),
        say: say(law, one, Voice::Parent),
        passed: one.due.is_some_and(|due| due < today) && one.done_on.or(one.done_by).is_none(),
        why: one
            .why
            .iter()
            .map(|step| SumRow {
                head: step.on.map(date_words).unwrap_or_default(),
                text: plain(step.text),
            })
            .collect(),
        cite: duty.map(|duty| duty.cite.clone()).unwrap_or_default(),
        own: duty.and_then(|duty| duty.beside.as_ref()).map(|_| here.area.name.clone()),
        duty: Some(here.at(&format!("/law/{}", one.duty))),
        lawyer: Some(lawyer_of(law, one, today, false)),
        officer: staff.then(|| officer_of(law, one, today, (None, String::new()))),
        reached: match one.standing {
            Standing::Met => Reached::Done,
            Standing::MetLate => Reached::DoneLate,
            _ => Reached::Ahead,
        },
    }
}

/// The dates as a calendar takes them in: one whole day each.
async fn to_calendar(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(typed): TypedDays,
) -> Answer {
    let here = here(&web, &visitor, &typed).await?;
    let law = here.law.rulebook;
    let found = situation(law, &id)?;
    let today = web.app.now().today;
    let facts = answers(law, found, &typed, today).map_err(Problem::Invalid)?;
    let dated = obligations(&here, found, &facts, today).into_iter().filter_map(|one| {
        let day = one.due?;
        Some(Entry {
            id: format!("{}-{}-{day}", found.id, one.duty),
            day,
            title: law
                .duty(&one.duty)
                .map(|duty| format!("{}: {}", super::party(law, &duty.owner), duty.title))
                .unwrap_or_default(),
            words: format!("{} {}", say(law, &one, Voice::Parent), cite(law, &one.duty)),
        })
    });
    Ok(calendar::file(&found.title, dated, today))
}

/// What a kind of fact is, in words.
pub(super) fn title_of(law: &Rulebook, kind: &str) -> String {
    law.kind(kind).map(|kind| kind.title.clone()).unwrap_or_default()
}

fn cite(law: &Rulebook, duty: &str) -> String {
    law.duty(duty).map(|duty| duty.cite.clone()).unwrap_or_default()
}
