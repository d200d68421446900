//! `/advice`: what is asked of an adviser and what they gave, the form for it, what they are about to
//! send, and that it came. A request is named by the entry that asked; only whoever was asked finds
//! it. What they type is saved with each step, for them alone, until they send it.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use sendero_app::house::access::Part;
use sendero_app::house::law::Obligation;
use sendero_app::house::record::{
    Advice, AdviceItem, Amount, ChildId, Command, EventId, Every, Refusal, says_only_not_known,
};
use sendero_app::{
    AdviceDraft, CaseFile, FieldFault, GivenLine, InboxLine, Me, NamedChild, Now, Problem,
};
use serde::Deserialize;

use super::{Answer, Shown, go, page, page_as};
use crate::draw::{
    advice_clock, advice_of, advice_page, date_words, duty, frame_of, moment, own_words, read_back,
    shows, time_of,
};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::adviser::{AdviceCheck, AdviceForm, AdviceSent, Asked, Given, Inbox, Item};
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
    let given = web.app.advice_given(me).await?;
    page(&Inbox {
        frame: frame(&web, &visitor),
        open: lines.iter().map(|line| asked_row(line, today)).collect(),
        given: given.iter().map(given_row).collect(),
    })
}

/// The frame of somebody who is asked: families may be asked for advice as well.
pub(super) fn frame(web: &Web, visitor: &Visitor) -> Frame {
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
        begun: line.begun.as_ref().map(|begun| {
            let needs = counted_needs(begun.answers.needs());
            words::word("begun", "line")
                .replace("{needs}", &needs)
                .replace("{at}", &moment(&begun.saved, today))
        }),
    }
}

fn given_row(line: &GivenLine) -> Given {
    Given {
        child: Link { href: format!("/advice/{}", line.request), text: line.child.name.full() },
        what: line.adviser.clone(),
        on: line.on,
    }
}

/// "2 needs".
fn counted_needs(needs: usize) -> String {
    let word = if needs == 1 { "need" } else { "needs" };
    format!("{needs}\u{a0}{}", words::word("counted", word))
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
        advice_of(&self.file, &self.id)
    }

    /// The clock of this very request.
    fn law(&self) -> Option<&Obligation> {
        advice_clock(&self.file, &self.id)
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

/// The case behind a request of this person's, open or answered.
pub(super) async fn case_of<'a>(
    web: &Web,
    visitor: &'a Visitor,
    id: &str,
) -> Result<(&'a Me, ChildId, CaseFile), Stop> {
    let me = visitor.me()?;
    let open = web.app.inbox(me).await?.into_iter().map(|line| (line.request, line.child.id));
    let given = web.app.advice_given(me).await?.into_iter();
    let mut all = open.chain(given.map(|line| (line.request, line.child.id)));
    let (_, child) = all.find(|(request, _)| request.as_str() == id).ok_or(Problem::NotFound)?;
    let file = web.app.open(me, &child, Part::Case, "").await?;
    Ok((me, child, file))
}

/// The form while the advice is open, with what was saved; once it is given, what was given.
async fn form(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let me = visitor.me()?;
    let given =
        web.app.advice_given(me).await?.into_iter().find(|line| line.request.as_str() == id);
    if let Some(line) = given {
        let request = opened(&web, me, line.child.id, line.request).await?;
        let back = Link { href: "/advice".to_owned(), text: words::word("back", "advice") };
        let frame = frame(&web, &visitor);
        return page(&advice_page(&request.file, &request.id, frame, "", back)?);
    }
    let request = asked(&web, &visitor, &id).await?;
    let mut kept = Filled::about(&request.name());
    let begun = web.app.begun_advice(me, &request.id).await?;
    if let Some(begun) = &begun {
        for (field, typed) in begun.answers.fields() {
            kept = kept.with(field, typed);
        }
    }
    let shown = Shown::fresh(visitor.hidden(&web, None), kept);
    form_page(&web, &visitor, &request, shown, begun.map(|begun| begun.saved))
}

fn form_page(
    web: &Web,
    visitor: &Visitor,
    request: &Request<'_>,
    shown: Shown,
    saved: Option<Now>,
) -> Answer {
    let Shown { hidden, filled, status } = shown;
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
            saved: saved.map(|saved| moment(&saved, today)),
            told: told_of(file),
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

/// Keeps what was typed for its writer, whichever button was pressed.
async fn save(web: &Web, request: &Request<'_>, typed: &Typed) -> Result<Option<Now>, Problem> {
    let mut draft = AdviceDraft::default();
    for (field, values) in typed.fields() {
        draft.set(field, values.first().map_or("", String::as_str));
    }
    web.app.save_advice(request.me, &request.child, &request.id, &draft).await
}

async fn fill(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    mut typed: Typed,
) -> Answer {
    let request = asked(&web, &visitor, &id).await?;
    if typed.get("act") == "add" {
        let rows = (rows_of(typed.get("rows")) + 1).min(ROWS_MAX);
        typed.put("rows", &rows.to_string());
    }
    let kept = Shown::typed(&visitor, &typed, &request.name());
    let saved = match save(&web, &request, &typed).await {
        Ok(saved) => saved,
        Err(problem) => {
            return form_page(&web, &visitor, &request, kept.mend(problem, "need-1")?, None);
        }
    };
    match typed.get("act") {
        "later" => return go("/advice"),
        "add" | "back" => return form_page(&web, &visitor, &request, kept.well(), saved),
        _ => {}
    }
    let wrong = match items_of(&kept.filled) {
        Ok(items) if !items.is_empty() || !typed.get("words").trim().is_empty() => {
            return page(&check_page(&web, &visitor, &request, kept.hidden, &typed, &items));
        }
        Ok(_) => kept.mend(Refusal::AdviceEmpty.into(), "need-1")?,
        Err(faults) => kept.mend(Problem::Invalid(faults), "need-1")?,
    };
    form_page(&web, &visitor, &request, wrong, saved)
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
    let kept = Shown::typed(&visitor, &typed, &request.name());
    let done = match items_of(&kept.filled) {
        Ok(items) => {
            let command = Command::GiveAdvice {
                request: request.id.clone(),
                person: request.me.id.clone(),
                items,
                how_known: typed.get("how-known").to_owned(),
                words: typed.get("words").to_owned(),
            };
            web.app.act(request.me, &request.child, &command, &typed.form()).await.map(drop)
        }
        Err(faults) => Err(Problem::Invalid(faults)),
    };
    let to = format!("{}/sent?child={}", request.action(), request.reference());
    let field = if says_only_not_known(typed.get("words")) { "words" } else { "need-1" };
    kept.after(done, &to, field, |shown| form_page(&web, &visitor, &request, shown, None))
}

/// Which child the advice was about.
#[derive(Debug, Deserialize)]
struct About {
    #[serde(default)]
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
        copy: Link { href: request.action(), text: words::word("sent", "read") },
        open: u32::try_from(open).unwrap_or(u32::MAX),
    })
}
