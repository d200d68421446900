//! `/advice`: what is asked of an adviser, the form for it, what they are about to send, and that it
//! came. A request is named by the entry that asked; only whoever was asked finds it.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use sendero_app::house::access::Part;
use sendero_app::house::law::Obligation;
use sendero_app::house::record::{
    Advice, AdviceItem, Amount, ChildId, Command, EventId, Every, Refusal,
};
use sendero_app::{CaseFile, FieldFault, InboxLine, Me, NamedChild, Problem};
use serde::Deserialize;

use super::{Answer, filled, go, mend, page, page_as, with_faults};
use crate::draw::{date_words, duty, frame_of, own_words, shows, time_of};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::adviser::{AdviceCheck, AdviceForm, AdviceSent, Asked, Inbox, Item, ReadBack};
use crate::view::clock::days;
use crate::view::form::{Filled, Hidden};
use crate::view::parts::Days;
use crate::view::{Frame, Link};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/advice", get(inbox))
        .route("/advice/{request}", get(form).post(fill))
        .route("/advice/{request}/send", post(send))
        .route("/advice/{request}/sent", get(sent))
}

/// Needs that the form has fields for at most.
const ROWS_MAX: u32 = 20;

async fn inbox(State(web): State<Web>, visitor: Visitor) -> Answer {
    let me = visitor.me()?;
    let today = web.app.now().today;
    let lines = web.app.inbox(me).await?;
    page(&Inbox {
        frame: frame(&web, &visitor),
        open: lines.iter().map(|line| asked_row(line, today)).collect(),
        given: Vec::new(),
    })
}

/// The frame of somebody who is asked: families may be asked for advice as well.
fn frame(web: &Web, visitor: &Visitor) -> Frame {
    frame_of(&web.app, visitor)
}

fn asked_row(line: &InboxLine, today: jiff::civil::Date) -> Asked {
    Asked {
        child: Link { href: format!("/advice/{}", line.request), text: line.child.name.full() },
        about: about(&line.child, today),
        what: line.adviser.clone(),
        on: line.asked_on,
        due: line.due,
        days: days_to(line.due, line.asked_on, today),
        begun: None,
    }
}

/// "6, Hollin Moor Primary", as far as it is known.
fn about(child: &NamedChild, today: jiff::civil::Date) -> String {
    let age = child.age(today).map(|age| age.to_string());
    let setting = child.setting.as_ref().map(|(kind, name)| {
        if name.is_empty() { words::word("setting", kind.word()) } else { name.clone() }
    });
    age.into_iter().chain(setting).collect::<Vec<_>>().join(", ")
}

fn days_to(
    due: Option<jiff::civil::Date>,
    since: jiff::civil::Date,
    today: jiff::civil::Date,
) -> Days {
    match due {
        Some(due) if due < today => Days::Late(days(due, today)),
        Some(due) => Days::Left(days(today, due)),
        None => Days::Open(days(since, today)),
    }
}

/// A request with the record that it stands on.
struct Request<'a> {
    me: &'a Me,
    child: ChildId,
    id: EventId,
    file: CaseFile,
}

impl Request<'_> {
    fn advice(&self) -> Result<Advice<'_>, Problem> {
        let found = self.file.record.advice().into_iter().find(|one| one.asked.id == self.id);
        found.ok_or(Problem::NotFound)
    }

    /// The clock of this very request.
    fn law(&self) -> Option<&Obligation> {
        let of_this =
            |law: &&Obligation| law.duty == "as-advice-6w" && law.trigger.event == self.id.as_str();
        self.file.timeline.obligations.iter().find(of_this)
    }

    fn name(&self) -> String {
        self.file.record.registered().map(|child| child.name.full()).unwrap_or_default()
    }

    fn reference(&self) -> String {
        let child = self.file.record.registered();
        child.map(|child| child.reference.as_str().to_owned()).unwrap_or_default()
    }

    fn action(&self) -> String {
        format!("/advice/{}", self.id)
    }
}

/// Opens the record of a request that stands in this person's inbox.
async fn asked<'a>(web: &Web, visitor: &'a Visitor, id: &str) -> Result<Request<'a>, Stop> {
    let me = visitor.me()?;
    let line = web.app.inbox(me).await?.into_iter().find(|line| line.request.as_str() == id);
    let line = line.ok_or(Problem::NotFound)?;
    opened(web, me, line.child.id, line.request).await
}

/// Opens the record of a request whose child the form names: it may be answered by now.
async fn asked_of<'a>(
    web: &Web,
    visitor: &'a Visitor,
    id: &str,
    reference: &str,
) -> Result<Request<'a>, Stop> {
    let me = visitor.me()?;
    let child = web.app.child_by_reference(me, reference).await?;
    let request = opened(web, me, child, EventId::new(id)).await?;
    if request.advice()?.request.person.as_ref() == Some(&me.id) {
        Ok(request)
    } else {
        Err(Problem::NotFound.into())
    }
}

async fn opened<'a>(
    web: &Web,
    me: &'a Me,
    child: ChildId,
    id: EventId,
) -> Result<Request<'a>, Stop> {
    let file = web.app.open(me, &child, Part::OwnAdvice, "").await?;
    Ok(Request { me, child, id, file })
}

async fn form(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let request = asked(&web, &visitor, &id).await?;
    let filled = Filled::about(&request.name());
    let hidden = visitor.hidden(&web, None);
    form_page(&web, &visitor, &request, hidden, filled, StatusCode::OK)
}

fn form_page(
    web: &Web,
    visitor: &Visitor,
    request: &Request<'_>,
    hidden: Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let file = &request.file;
    let advice = request.advice()?;
    let (law, today) = (request.law(), file.now.today);
    let due = law.and_then(|law| law.due);
    let rows = rows_of(filled.value("rows"));
    let officer = file.record.officer().map(|(_, name)| name.full());
    let body = advice.request.from.word();
    page_as(
        status,
        &AdviceForm {
            frame: frame(web, visitor),
            hidden,
            action: request.action(),
            name: request.name(),
            asked_as: format!(
                "{} {} {}",
                words::word("asked-as", "as"),
                advice.request.adviser,
                words::word("asked-as", body)
            ),
            on: advice.asked.on,
            due,
            days: days_to(due, advice.asked.on, today),
            plan_by: duty(file, "plan-20w").and_then(|law| law.due),
            keeps: law.and_then(|law| law.keeps.as_ref()).map(|keeps| keeps.day),
            words: own_words(&file.record, None),
            question: advice.request.question.clone(),
            rows,
            read_back: (1..=rows)
                .map(|row| {
                    let amount = amount_of(&filled, row).unwrap_or_default();
                    read_back(amount.as_ref())
                })
                .collect(),
            told: told_of(file),
            shared: Vec::new(),
            until: None,
            officer: (
                officer.unwrap_or_else(|| words::role("officer")),
                visitor.area.phone.clone(),
            ),
            filled,
        },
    )
}

fn rows_of(typed: &str) -> u32 {
    typed.parse::<u32>().unwrap_or(1).clamp(1, ROWS_MAX)
}

/// What was told already, newest on each subject, with who told it.
fn told_of(file: &CaseFile) -> Vec<(String, String)> {
    if !shows(file, Part::Told) {
        return Vec::new();
    }
    let newest = file.record.told().into_iter().filter_map(|(topic, versions)| {
        let (header, told) = versions.into_iter().next()?;
        let said = format!("{} ({}, {})", told.words, told.said_by, date_words(header.on));
        Some((words::word("topic", topic.word()), said))
    });
    newest.collect()
}

/// The boxes of an amount, each with its field.
const AMOUNTS: [&str; 5] = ["minutes", "times", "weeks", "adults", "children"];

/// How much a row says: nothing where all its boxes are empty.
fn amount_of(filled: &Filled, row: u32) -> Result<Option<Amount>, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut figure = |name: &str| {
        let field = format!("{name}-{row}");
        let typed = filled.value(&field).trim();
        if typed.is_empty() {
            return None;
        }
        let read = typed.parse::<u32>().ok().filter(|figure| (1..=100_000).contains(figure));
        if read.is_none() {
            faults.push(FieldFault::of(&field, "figure"));
        }
        read
    };
    let [minutes, times, weeks, adults, children] = AMOUNTS.map(&mut figure);
    let every = Every::from_word(filled.value(&format!("every-{row}")));
    if !faults.is_empty() {
        return Err(faults);
    }
    let all = [minutes, times, weeks, adults, children];
    let says = every.is_some() || all.iter().any(Option::is_some);
    Ok(says.then_some(Amount { minutes, times, every, weeks, adults, children }))
}

/// How an amount was understood. Hours are said only where nothing has to be guessed.
fn read_back(amount: Option<&Amount>) -> ReadBack {
    let Some(amount) = amount else { return ReadBack::default() };
    let unit = |word: &str, figure: Option<u32>| {
        figure.map(|figure| format!("{figure} {}", words::word("unit", word)))
    };
    let often = match (amount.times, amount.every) {
        (Some(times), Some(every)) => {
            Some(format!("{times} {}", words::word("every", every.word())))
        }
        _ => None,
    };
    let group = match (amount.adults, amount.children) {
        (Some(adults), Some(children)) => Some(format!("{adults} : {children}")),
        _ => None,
    };
    let minutes = unit("minutes", amount.minutes);
    let missing = [("how-long", minutes.is_none()), ("how-often", often.is_none())];
    let hours = amount.minutes_a_year().map(|minutes| {
        let tenths = (u64::from(minutes) * 10 + 30) / 60;
        format!("{}.{} {}", tenths / 10, tenths % 10, words::word("unit", "hours-a-year"))
    });
    ReadBack {
        chips: [group, minutes, often, unit("weeks", amount.weeks)].into_iter().flatten().collect(),
        missing: missing
            .into_iter()
            .filter(|(_, missing)| *missing)
            .map(|(word, _)| words::word("unit", word))
            .collect(),
        hours,
    }
}

/// The needs as typed, or what is wrong with their figures.
fn items_of(filled: &Filled) -> Result<Vec<AdviceItem>, Vec<FieldFault>> {
    let (mut items, mut faults) = (Vec::new(), Vec::new());
    for row in 1..=rows_of(filled.value("rows")) {
        let said = |name: &str| filled.value(&format!("{name}-{row}")).trim().to_owned();
        match amount_of(filled, row) {
            Ok(amount) => items.push(AdviceItem {
                need: said("need"),
                outcome: said("outcome"),
                provision: said("provision"),
                amount,
            }),
            Err(wrong) => faults.extend(wrong),
        }
    }
    items.retain(|item| {
        !(item.need.is_empty() && item.outcome.is_empty() && item.provision.is_empty())
    });
    if faults.is_empty() { Ok(items) } else { Err(faults) }
}

async fn fill(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let request = asked(&web, &visitor, &id).await?;
    let mut kept = filled(&request.name(), &typed, &[]);
    let hidden = visitor.again(&typed);
    match typed.get("act") {
        "add" => {
            let rows = (rows_of(typed.get("rows")) + 1).min(ROWS_MAX);
            kept.values.insert("rows".to_owned(), vec![rows.to_string()]);
            return form_page(&web, &visitor, &request, hidden, kept, StatusCode::OK);
        }
        "back" => return form_page(&web, &visitor, &request, hidden, kept, StatusCode::OK),
        _ => {}
    }
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let items = match items_of(&kept) {
        Ok(items) => items,
        Err(faults) => {
            let kept = with_faults(kept, &faults);
            return form_page(&web, &visitor, &request, hidden, kept, wrong);
        }
    };
    if items.is_empty() && typed.get("words").trim().is_empty() {
        let kept = kept.wrong("need-1", &words::refusal(&Refusal::AdviceEmpty));
        return form_page(&web, &visitor, &request, hidden, kept, wrong);
    }
    page(&check_page(&web, &visitor, &request, hidden, &typed, &items))
}

fn check_page(
    web: &Web,
    visitor: &Visitor,
    request: &Request<'_>,
    hidden: Hidden,
    typed: &Typed,
    items: &[AdviceItem],
) -> AdviceCheck {
    let items = items.iter().map(|item| Item {
        need: item.need.clone(),
        outcome: item.outcome.clone(),
        provision: item.provision.clone(),
        read: read_back(item.amount.as_ref()),
    });
    let mut carried = super::carried(typed);
    carried.retain(|(field, _)| field != "child");
    carried.push(("child".to_owned(), request.reference()));
    AdviceCheck {
        frame: frame(web, visitor),
        hidden,
        carried,
        action: request.action(),
        name: request.name(),
        goes_to: format!("{}, {}", visitor.area.name, words::word("asked-as", "and-family")),
        items: items.collect(),
        how_known: typed.get("how-known").to_owned(),
        words: typed.get("words").to_owned(),
    }
}

async fn send(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let request = asked_of(&web, &visitor, &id, typed.get("child")).await?;
    let kept = filled(&request.name(), &typed, &[]);
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let hidden = visitor.again(&typed);
    let items = match items_of(&kept) {
        Ok(items) => items,
        Err(faults) => {
            let kept = with_faults(kept, &faults);
            return form_page(&web, &visitor, &request, hidden, kept, wrong);
        }
    };
    let command = Command::GiveAdvice {
        request: request.id.clone(),
        person: request.me.id.clone(),
        items,
        how_known: typed.get("how-known").to_owned(),
        words: typed.get("words").to_owned(),
    };
    match web.app.act(request.me, &request.child, &command, &typed.form()).await {
        Ok(_) => go(&format!("{}/sent?child={}", request.action(), request.reference())),
        Err(problem) => {
            let kept = mend(problem, kept, "need-1")?;
            form_page(&web, &visitor, &request, hidden, kept, wrong)
        }
    }
}

/// Which child the advice was about.
#[derive(Debug, Deserialize)]
struct About {
    child: String,
}

async fn sent(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(about): Query<About>,
) -> Answer {
    let request = asked_of(&web, &visitor, &id, &about.child).await?;
    let advice = request.advice()?;
    let (given, _) = advice.answer.ok_or(Problem::NotFound)?;
    let open = web.app.inbox(request.me).await?.len();
    page(&AdviceSent {
        frame: frame(&web, &visitor),
        name: request.name(),
        on: given.on,
        at: time_of(&sendero_app::london(&given.recorded_at)),
        late: request.law().and_then(|law| law.days_late),
        copy: None,
        open: u32::try_from(open).unwrap_or(u32::MAX),
    })
}
