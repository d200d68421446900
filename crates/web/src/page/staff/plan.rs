//! `/case/{reference}/plan`: the text of the plan with the advice beside it. Two people may write at
//! once: what only one of them changed is put together, what both changed is shown to the second.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::Form;
use sendero_app::Problem;
use sendero_app::house::access::Part;
use sendero_app::house::record::{Command, Event, Header, PlanText, Record, Section, Stage};

use super::desk::{due_of, full_name};
use super::{Open, frame, open};
use crate::draw::{date_words, duty, moment, own_words};
use crate::page::{Answer, filled, go, mend, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::form::{Filled, Hidden};
use crate::view::officer::{Clash, Editor, PlanConflict, PlanFields, PlanSection, WorkingDraft};
use crate::view::parts::Said;
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/case/{reference}/plan", get(edit).post(save))
}

async fn edit(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::DraftWork).await?;
    let text = open.file.record.plan_text();
    let hidden = visitor.hidden(&web, Some(open.file.record.version()));
    let filled = Filled::about(&full_name(&open.file.record));
    editor(&web, &visitor, &open, hidden, &text, filled, StatusCode::OK)
}

fn editor(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    hidden: Hidden,
    text: &PlanText,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let (file, record) = (&open.file, &open.file.record);
    let sent = sent_draft(record);
    let clock = if sent.is_some() { "plan-20w" } else { "plan-draft" };
    page_as(
        status,
        &Editor {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            saved: working_draft(open),
            draft_sent: sent,
            due: duty(file, clock)
                .filter(|law| law.standing.is_live())
                .map(|law| due_of(law, file.now.today)),
            words: own_words(record, None),
            sections: Section::ALL
                .into_iter()
                .map(|section| PlanSection {
                    section,
                    text: text.section(section).to_owned(),
                    behind: behind(open, section),
                })
                .collect(),
            comments: comments(record),
            filled,
        },
    )
}

/// The day the draft went, while the final plan has not.
fn sent_draft(record: &Record) -> Option<jiff::civil::Date> {
    let sent = record.last_of(&["draft-plan-sent"])?;
    (record.stage() == Stage::DraftSent).then_some(sent.header.on)
}

/// What was saved last, and by whom.
fn working_draft(open: &Open<'_>) -> Option<WorkingDraft> {
    let record = &open.file.record;
    let saves: Vec<&Header> = record
        .standing()
        .filter(|entry| matches!(entry.event, Event::PlanDrafted(_)))
        .map(|entry| &entry.header)
        .collect();
    let last = saves.last()?;
    Some(WorkingDraft {
        number: u32::try_from(saves.len()).unwrap_or(u32::MAX),
        at: moment(&sendero_app::london(&last.recorded_at), open.file.now.today),
        by: writer(open, &last.actor),
    })
}

/// Who wrote something, as far as the record names them.
fn writer(open: &Open<'_>, actor: &str) -> String {
    if actor == open.me.id.as_str() {
        return words::word("role", "you-here");
    }
    let officer = open.file.record.officer().filter(|(id, _)| id.as_str() == actor);
    officer.map_or_else(|| words::role("officer"), |(_, name)| name.full())
}

/// What a section rests on: own words for the views, advice for needs, outcomes and provision.
fn behind(open: &Open<'_>, section: Section) -> Vec<Said> {
    let record = &open.file.record;
    let views = record.own_words().into_iter().take(3).map(|(header, given)| {
        Said::of(&given.words, &format!("{}, {}", given.said_by, date_words(header.on)))
    });
    let told = record.told().into_values().filter_map(|versions| {
        let (header, told) = versions.into_iter().next()?;
        let about = words::word("topic", told.topic.word());
        let source = format!("{about}. {}, {}", told.said_by, date_words(header.on));
        Some(Said::of(&told.words, &source))
    });
    match section {
        Section::A => views.chain(told).collect(),
        Section::B | Section::E | Section::F => advised(open, section),
        _ => Vec::new(),
    }
}

fn advised(open: &Open<'_>, section: Section) -> Vec<Said> {
    let mut list = Vec::new();
    for one in open.file.record.advice() {
        let Some((header, advice)) = one.answer else { continue };
        let href = format!("{}/advice/{}", open.base, one.asked.id);
        let href = open.file.shows(Part::Advice).then_some(href);
        let source = format!("{}, {}", advice.adviser, date_words(header.on));
        for item in &advice.items {
            let said = match section {
                Section::B => &item.need,
                Section::E => &item.outcome,
                _ => &item.provision,
            };
            if !said.is_empty() {
                list.push(Said { href: href.clone(), ..Said::of(said, &source) });
            }
        }
    }
    list
}

/// What the family said about the draft.
pub(super) fn comments(record: &Record) -> Vec<Said> {
    let said = record.history().into_iter().filter_map(|entry| match &entry.event {
        Event::RepresentationsMade(said) if !said.words.is_empty() || said.school.is_some() => {
            let school = said
                .school
                .as_ref()
                .map(|school| format!("{} {school}", words::word("letter", "asks-for")));
            let words = [Some(said.words.clone()).filter(|words| !words.is_empty()), school];
            let words: Vec<String> = words.into_iter().flatten().collect();
            Some(Said::of(&words.join("\n"), &date_words(entry.header.on)))
        }
        _ => None,
    });
    said.collect()
}

/// A form with this text in the fields of its sections.
pub(super) fn with_plan(filled: Filled, text: &PlanText) -> Filled {
    Section::ALL.into_iter().fold(filled, |filled, section| {
        filled.with(&format!("section-{}", section.id()), text.section(section))
    })
}

/// Those fields, as they are filled.
pub(super) fn plan_fields(filled: &Filled, open: bool) -> PlanFields {
    let of =
        |section: Section| (section, filled.value(&format!("section-{}", section.id())).to_owned());
    PlanFields { open, sections: Section::ALL.into_iter().map(of).collect() }
}

/// The text that was typed from paper; `known` where the form had no fields for it.
pub(super) fn paper_text(typed: &Typed, known: &PlanText) -> PlanText {
    if typed.all("section-a").is_empty() {
        return known.clone();
    }
    Section::ALL.into_iter().fold(PlanText::default(), |text, section| {
        text.with(section, typed.get(&format!("section-{}", section.id())))
    })
}

/// The text that a form holds. A page that showed two texts says which one stands.
fn typed_text(typed: &Typed, now: &PlanText) -> PlanText {
    Section::ALL.into_iter().fold(PlanText::default(), |text, section| {
        let id = section.id();
        let field = match typed.get(&format!("keep-{id}")) {
            "theirs" => return text.with(section, now.section(section)),
            "yours" => format!("yours-{id}"),
            _ => format!("section-{id}"),
        };
        text.with(section, typed.get(&field))
    })
}

async fn save(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let opened = open(&web, &visitor, &reference, Part::DraftWork).await?;
    let yours = typed_text(&typed, &opened.file.record.plan_text());
    let back = format!("{}/plan", opened.base);
    match keep(&web, &opened, &yours, &typed.form()).await {
        Ok(()) => go(&back),
        Err(Problem::Conflict { .. }) => {
            // Opened anew: the other text may have come between the reading and the saving.
            let now = open(&web, &visitor, &reference, Part::DraftWork).await?;
            let merged = merge(&now.file.record, &yours, typed.form().seen.unwrap_or_default());
            if !merged.clashes.is_empty() {
                return conflict_page(&web, &visitor, &now, merged);
            }
            let form = Form { seen: Some(now.file.record.version()), ..typed.form() };
            keep(&web, &now, &merged.text, &form).await?;
            go(&back)
        }
        Err(problem) => {
            let kept = filled(&full_name(&opened.file.record), &typed, &[]);
            let filled = mend(problem, kept, "section-a")?;
            let hidden = visitor.again(&typed);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            editor(&web, &visitor, &opened, hidden, &yours, filled, status)
        }
    }
}

async fn keep(web: &Web, open: &Open<'_>, text: &PlanText, form: &Form) -> Result<(), Problem> {
    let command = Command::SavePlan(text.clone());
    web.app.act(open.me, &open.child, &command, form).await.map(drop)
}

/// Two texts put together.
struct Merged {
    text: PlanText,
    clashes: Vec<Clash>,
}

/// The plan as it stood when the person opened the page.
fn text_seen(record: &Record, seen: i64) -> PlanText {
    let texts = record.standing().filter(|entry| entry.header.seq <= seen);
    let mut text = texts.filter_map(|entry| entry.event.plan());
    text.next_back().cloned().unwrap_or_default()
}

/// Section by section: what only one side changed stands; what both changed, differently, clashes.
fn merge(record: &Record, yours: &PlanText, seen: i64) -> Merged {
    let (theirs, before) = (record.plan_text(), text_seen(record, seen));
    let mut merged = Merged { text: PlanText::default(), clashes: Vec::new() };
    for section in Section::ALL {
        let (mine, other, old) =
            (yours.section(section), theirs.section(section), before.section(section));
        if mine != other && mine != old && other != old {
            merged.clashes.push(Clash {
                section,
                theirs: other.to_owned(),
                yours: mine.to_owned(),
            });
        } else {
            let stands = if mine == old { other } else { mine };
            merged.text = merged.text.with(section, stands);
        }
    }
    merged
}

fn conflict_page(web: &Web, visitor: &Visitor, open: &Open<'_>, merged: Merged) -> Answer {
    let record = &open.file.record;
    let last = record.last_of(&["plan-drafted", "draft-plan-sent", "final-plan-sent"]);
    let carried = Section::ALL
        .into_iter()
        .filter(|section| merged.clashes.iter().all(|clash| clash.section != *section))
        .map(|section| {
            (format!("section-{}", section.id()), merged.text.section(section).to_owned())
        })
        .collect();
    page_as(
        StatusCode::CONFLICT,
        &PlanConflict {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden: visitor.hidden(web, Some(record.version())),
            who: last.map(|entry| writer(open, &entry.header.actor)).unwrap_or_default(),
            at: last
                .map(|entry| {
                    moment(&sendero_app::london(&entry.header.recorded_at), open.file.now.today)
                })
                .unwrap_or_default(),
            clashes: merged.clashes,
            carried,
        },
    )
}
