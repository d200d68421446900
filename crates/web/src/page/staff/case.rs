//! `/case/{reference}`: a child's case on one page. What the law asks now is the law's answer, and
//! every entry of the record stands below it with what it was before it was corrected.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::CaseFile;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::law::{Obligation, Rulebook, Standing};
use sendero_app::house::record::{Contact, Entry as Kept, Event, Stage, Tied, doubt};

use super::super::{Answer, Shown, page_as};
use super::acts::act_href;
use super::asker::asker;
use super::{Open, age, by_of, cite_of, days_of, family, frame, open, person_words, whose_of};
use crate::draw::{
    act_of, advice_clock, before, capital, day_words, key_of, mark_of, more_of, opens, own_words,
    path, said, taken_back, title, why_of,
};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::clock::days;
use crate::view::form::Filled;
use crate::view::officer::{
    Asker, CasePage, DocRow, DutyRow, Entry, Keep, MetRow, NextAct, NotInEducation, PersonRow,
    Tools,
};
use crate::view::parts::{Pill, State as Mark};
use crate::view::{Link, Tab, in_full};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/case/{reference}", get(case))
}

/// Entries that the page shows at first.
const ENTRIES: usize = 40;

async fn case(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let shown = Shown::fresh(visitor.hidden(&web, None), Filled::default());
    let asker = asker(&web, &open, shown).await?;
    case_page(&web, &visitor, &open, asker, &query, StatusCode::OK)
}

pub(super) fn case_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    asker: Option<Asker>,
    query: &BTreeMap<String, String>,
    status: StatusCode,
) -> Answer {
    let all = query.get("entries").is_some_and(|entries| entries == "all");
    let (file, today) = (&open.file, open.file.now.today);
    let record = &file.record;
    let registered = record.registered();
    let born = registered.and_then(|child| child.born);
    let happened = entries(web, open);
    let total = happened.len();
    let people = people(file);
    page_as(
        status,
        &CasePage {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            today,
            age: age(born, today),
            born,
            setting: record
                .setting()
                .map(|at| at.name.unwrap_or_else(|| words::word("setting", at.kind.word()))),
            parents: parents(file),
            officer: record.officer().map(|(_, name)| name.full()),
            keep: keep(file),
            saved: query
                .get("saved")
                .map(|saved| words::word("saved", saved))
                .filter(|saved| !saved.is_empty()),
            tools: tools(file),
            words: own_words(record, None),
            path: path(file, false),
            not_in_education: record.out_of_education().map(|(header, out)| NotInEducation {
                days: days(header.on, today),
                since: header.on,
                why: format!("{}. {}", capital(&words::word("why-out", out.why.word())), out.words),
                act: Some(Link {
                    href: format!("{}/record", open.base),
                    text: words::word("act", "education-record"),
                }),
            }),
            asker,
            next: next_act(open),
            duties: duties(open),
            met: met(file),
            happened: happened.into_iter().take(if all { usize::MAX } else { ENTRIES }).collect(),
            entries: u32::try_from(total).unwrap_or(u32::MAX),
            earlier: (!all && total > ENTRIES).then(|| format!("{}?entries=all", open.base)),
            people_total: u32::try_from(people.len()).unwrap_or(u32::MAX),
            people,
            documents: documents(open),
            if_late: if_late(file),
        },
    )
}

/// Who has parental responsibility, as far as it is known.
fn parents(file: &CaseFile) -> Option<String> {
    let names: Vec<String> = family(file)
        .iter()
        .filter(|tied| tied.parental_responsibility == Some(true))
        .map(person_words)
        .collect();
    (!names.is_empty()).then(|| {
        format!("{}: {}", words::word("head", "parental-responsibility"), names.join("; "))
    })
}

/// What to know before reaching anybody of the family.
fn keep(file: &CaseFile) -> Vec<Keep> {
    let mut keep = Vec::new();
    for tied in family(file) {
        let Some(contact) = &tied.contact else { continue };
        if let Some(language) = filled_in(contact.interpreter.as_deref()) {
            keep.push(format!(
                "{}: {} {language}",
                tied.name.full(),
                words::word("head", "interpreter")
            ));
        }
        if let Some(note) = filled_in(contact.note.as_deref()) {
            keep.push(format!("{}: {}", tied.name.full(), note_words(note)));
        }
    }
    keep.into_iter().map(|text| Keep { text, sealed: false }).collect()
}

/// A note on reaching somebody; what the request asks for is one of a few words.
pub(super) fn note_words(note: &str) -> String {
    match note {
        "text" | "email" | "phone" | "post" => {
            format!("{} {}", words::word("head", "reach"), words::word("reach", note))
        }
        other => other.to_owned(),
    }
}

pub(super) fn filled_in(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn tools(file: &CaseFile) -> Tools {
    let stage = file.record.stage();
    let mut waiting = 0_u32;
    for entry in file.record.history() {
        if let Event::MessageWritten(message) = &entry.event {
            waiting = if message.by_family { waiting + 1 } else { 0 };
        }
    }
    Tools {
        record: true,
        claim: !super::claim::liftable(file.law, file).is_empty(),
        messages: Some(waiting),
        plan: matches!(stage, Stage::Assessing | Stage::Drafting | Stage::DraftSent | Stage::Plan),
        notices: stage == Stage::Plan,
    }
}

/// The duties that stand open and are somebody's to keep, what is due first before what has no day.
fn open_duties(file: &CaseFile) -> Vec<&Obligation> {
    let today = file.timeline.as_at;
    let stage = file.record.stage();
    let mut open: Vec<&Obligation> = file
        .timeline
        .obligations
        .iter()
        .filter(|law| law.standing_on(today).is_live())
        .filter(|law| match file.law.duty(&law.duty).map(|duty| duty.form.as_str()) {
            Some("deadline") => true,
            Some("floor") => stage == Stage::DraftSent,
            _ => false,
        })
        .collect();
    open.sort_by_key(|law| (law.due.or(law.keeps.as_ref().map(|keeps| keeps.day)), law.act_by));
    open.sort_by_key(|law| law.due.is_none() && law.keeps.is_none() && law.act_by > today);
    open
}

/// What is written where the law gives no number: the day that keeps the next date.
fn day_of(law: &Obligation) -> Option<jiff::civil::Date> {
    law.due.or(law.keeps.as_ref().map(|keeps| keeps.day))
}

fn duties(open: &Open<'_>) -> Vec<DutyRow> {
    let today = open.file.now.today;
    let record = &open.file.record;
    open_duties(&open.file)
        .into_iter()
        .map(|law| {
            let duty = open.file.law.duty(&law.duty);
            let title = title_of(open.file.law, law);
            let href = act_href(open.file.law, &open.base, &law.duty, record.stage());
            DutyRow {
                cite: duty.map(cite_of).unwrap_or_default(),
                act: (href != open.base).then(|| Link { href, text: title.clone() }),
                title,
                by: by_of(day_of(law), law.due_safe, law.standing, today),
                standing: days_of(day_of(law), law.trigger.on, law.standing, today),
                excuse: excuse(&open.file, law),
                turn: whose_of(open, law),
                why: Some(why_of(open.file.law, record, law, today, false))
                    .filter(|why| !why.rows.is_empty()),
                explained: format!("{}/why/{}", open.base, key_of(law)),
            }
        })
        .collect()
}

/// The duty, with the adviser who was asked.
fn title_of(book: &Rulebook, law: &Obligation) -> String {
    let title = book.duty(&law.duty).map(|duty| duty.title.clone()).unwrap_or_default();
    match &law.trigger.adviser {
        Some(adviser) if !adviser.is_empty() => format!("{title}: {adviser}"),
        _ => title,
    }
}

/// The exception that is relied on, in a sentence.
fn excuse(file: &CaseFile, law: &Obligation) -> Option<String> {
    let excuse = law.excuse.as_ref()?;
    file.record.standing().find_map(|entry| match &entry.event {
        Event::ExceptionReliedOn(claim) if entry.header.id.as_str() == excuse.event => {
            Some(format!(
                "{} {}: {}. {}",
                words::word("head", "claimed"),
                day_words(entry.header.on),
                words::word("ground", claim.ground.word()),
                words::word("head", "excuse")
            ))
        }
        _ => None,
    })
}

fn met(file: &CaseFile) -> Vec<MetRow> {
    let mut met: Vec<MetRow> = file
        .timeline
        .obligations
        .iter()
        .filter(|law| matches!(law.standing, Standing::Met | Standing::MetLate))
        .filter_map(|law| {
            let duty = file.law.duty(&law.duty)?;
            (duty.form == "deadline").then_some(())?;
            Some(MetRow {
                title: title_of(file.law, law),
                cite: cite_of(duty),
                on: law.done_on.or(law.done_by)?,
                by: law.done_by.is_some(),
                due: law.due,
                late: law.days_late.filter(|_| law.standing == Standing::MetLate),
            })
        })
        .collect();
    met.sort_by_key(|row| std::cmp::Reverse(row.on));
    met
}

/// The first of the reader's own acts.
fn next_act(open: &Open<'_>) -> Option<NextAct> {
    let file = &open.file;
    if file.record.officer().is_none_or(|(officer, _)| officer != open.me.id) {
        return None;
    }
    let law = open_duties(file).into_iter().find(|law| {
        let duty = file.law.duty(&law.duty);
        duty.is_some_and(|duty| duty.owner.ends_with("authority") && duty.form == "deadline")
            && act_href(file.law, &open.base, &law.duty, file.record.stage()) != open.base
    })?;
    let act = act_of(file.law, &law.duty);
    let by = law.due_safe.or(day_of(law));
    let duty = file.law.duty(&law.duty)?;
    Some(NextAct {
        heading: match by {
            Some(by) if by >= file.now.today => format!("{act} by {}", in_full(by)),
            Some(by) => format!("{act}: {} {}", words::word("head", "was-due"), in_full(by)),
            None => act.clone(),
        },
        why: format!("{}. {}", duty.title, cite_of(duty)),
        act: Link {
            href: act_href(file.law, &open.base, &law.duty, file.record.stage()),
            text: act,
        },
        beside: None,
    })
}

/// What a family can do about what is late now.
fn if_late(file: &CaseFile) -> Vec<String> {
    let book = file.law;
    let mut said: Vec<String> = Vec::new();
    let late = file.timeline.obligations.iter().filter(|law| law.standing == Standing::Overdue);
    for remedy in late
        .filter_map(|law| book.duty(&law.duty))
        .flat_map(|duty| duty.remedies.iter())
        .filter_map(|id| book.remedy(id))
    {
        if !said.contains(&remedy.words) {
            said.push(remedy.words.clone());
        }
    }
    said
}

/// Every entry, newest first: what stands with what it was before, and what was taken back.
fn entries(web: &Web, open: &Open<'_>) -> Vec<Entry> {
    let kept = open.file.record.kept();
    kept.into_iter().rev().map(|(entry, back)| entry_of(web, open, entry, back)).collect()
}

fn entry_of(web: &Web, open: &Open<'_>, entry: &Kept, back: Option<&Kept>) -> Entry {
    let id = entry.header.id.as_str();
    let may_change = back.is_none() && !matches!(entry.event, Event::ChildRegistered(_));
    Entry {
        id: format!("entry-{id}"),
        on: entry.header.on,
        what: title(&web.app, entry),
        more: format!("{}{}", more_of(&entry.event), went_on(&entry.event)),
        said: said(&entry.event),
        mark: mark_of(&open.file, entry),
        known_on: (entry.header.known_on > entry.header.on).then_some(entry.header.known_on),
        before: before(&open.file.record, entry),
        taken_back: back.map(taken_back),
        link: opens(&open.file, entry, &open.base),
        change: may_change.then(|| format!("{}/entry/{id}", open.base)),
    }
}

/// With which doubts about its reasons a refusal went all the same.
fn went_on(event: &Event) -> String {
    let Some(notice) = event.notice() else { return String::new() };
    let titles: Vec<&str> = notice
        .went_on
        .iter()
        .filter_map(|id| doubt(id))
        .map(|doubt| doubt.title.as_str())
        .collect();
    if titles.is_empty() {
        return String::new();
    }
    format!(" {} {}.", words::word("head", "went-on"), titles.join("; "))
}

/// How a person is reached, in a line.
pub(super) fn reach(contact: Option<&Contact>) -> String {
    let Some(contact) = contact else { return String::new() };
    let parts: Vec<&str> = [&contact.email, &contact.phone, &contact.address]
        .into_iter()
        .filter_map(|part| filled_in(part.as_deref()))
        .collect();
    parts.join("; ").replace('\n', ", ")
}

fn people(file: &CaseFile) -> Vec<PersonRow> {
    let row = |tied: Tied| {
        let line = reach(tied.contact.as_ref());
        PersonRow {
            who: tied.name.full(),
            role: tied
                .adviser
                .clone()
                .unwrap_or_else(|| words::word("relation", tied.relation.word())),
            line: (!line.is_empty()).then_some(line),
        }
    };
    let current = |tied: &Tied| tied.until.is_none_or(|until| until > file.now.today);
    let mut people: Vec<PersonRow> =
        file.record.people().into_iter().filter(current).map(row).collect();
    if let Some((_, name)) = file.record.officer() {
        people.push(PersonRow { who: name.full(), role: words::role("officer"), line: None });
    }
    people
}

/// The advice, as it was asked and as it came.
pub(super) fn documents(open: &Open<'_>) -> Vec<DocRow> {
    let file = &open.file;
    file.record
        .advice()
        .iter()
        .map(|advice| {
            let law = advice_clock(file, &advice.asked.id);
            let asked = format!("{} {}", words::word("head", "asked"), day_words(advice.asked.on));
            let body = words::word("body-turn", advice.request.from.word());
            let (pill, line) = match (&advice.answer, law) {
                (Some((header, answer)), _) => (
                    Pill::of(Mark::Done, &words::word("head", "in")),
                    format!(
                        "{asked}; {} {}. {}",
                        words::word("head", "came"),
                        day_words(header.on),
                        needs_words(answer.items.len())
                    ),
                ),
                (None, Some(law)) => (crate::draw::pill_of(law, file.now.today), asked),
                (None, None) => (Pill::of(Mark::NotStarted, &asked), String::new()),
            };
            let name = match advice.request.adviser.as_str() {
                "" => body,
                adviser => capital(adviser),
            };
            let href = format!("{}/advice/{}", open.base, advice.asked.id);
            let href = file.shows(Part::Advice).then_some(href);
            DocRow { name, href, pill: Some(pill), line }
        })
        .collect()
}

fn needs_words(needs: usize) -> String {
    format!("{needs}\u{a0}{}.", words::word("counted", if needs == 1 { "need" } else { "needs" }))
}

/// Whether the reader leads the team.
pub(super) fn is_manager(open: &Open<'_>) -> bool {
    open.me.role == Role::Manager
}
