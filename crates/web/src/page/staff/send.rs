//! `/case/{reference}/plan/draft`, `/plan/final` and `/notice/{which}`: each notice seen as it will
//! be read before anything leaves. What is missing withholds it, here and in the record.

mod goes;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::law::Standing;
use sendero_app::house::record::{Channel, Event, PlanText, Record, Refusal, Section, Stage};
use sendero_app::{CaseFile, FieldFault, Problem};

pub(super) use self::goes::Goes;
use self::goes::Reasons;
use super::desk::{doubted, due_of, full_name, letter, must, parts_of};
use super::{Open, frame, open};
use crate::draw::{date_words, duty};
use crate::page::{Answer, Shown, carried, page, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::Filled;
use crate::view::officer::{NoticeRow, Notices, Preview, SendNotice, Withheld};
use crate::view::{Link, Tab};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/plan/draft", get(draft).post(post_draft))
        .route("/case/{reference}/plan/final", get(last).post(post_last))
        .route("/case/{reference}/notice", get(notices))
        .route("/case/{reference}/notice/{which}", get(notice).post(post_notice))
}

async fn draft(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    form(&web, &visitor, &reference, Goes::Draft).await
}

async fn last(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    form(&web, &visitor, &reference, Goes::Final).await
}

async fn notice(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, which)): Path<(String, String)>,
) -> Answer {
    let goes = Goes::from_word(&which).ok_or(Problem::NotFound)?;
    form(&web, &visitor, &reference, goes).await
}

/// The notices about a plan in force: which may go now, and what each of the others waits for.
async fn notices(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let row = |goes: Goes| {
        let link = Link {
            href: format!("{}/{}", open.base, goes.path()),
            text: words::word("notice-title", goes.word()),
        };
        let waits = step_refused(&web, &open, goes, &Filled::default());
        NoticeRow { link, waits: waits.map(|refusal| words::refusal(&refusal)) }
    };
    page(&Notices {
        frame: frame(&web, &visitor, Tab::MyChildren),
        child: open.head(),
        list: Goes::IN_FORCE.into_iter().map(row).collect(),
    })
}

async fn form(web: &Web, visitor: &Visitor, reference: &str, goes: Goes) -> Answer {
    let open = open(web, visitor, reference, goes.part()).await?;
    let record = &open.file.record;
    let event = goes.event(record, Some(Channel::Portal));
    let appeal_by = web.app.appeal_by(&open.file, &event).map(date_words).unwrap_or_default();
    let changed = changed(record);
    let known = [("appeal_by", appeal_by.as_str()), ("changed", changed.as_str())];
    let fields = event.fact_fields().unwrap_or_default();
    let parts = web.app.notice_parts(&visitor.area, (event.kind(), &fields), &known);
    let filled = parts.iter().fold(Filled::about(&full_name(record)), |filled, (part, words)| {
        filled.with(&format!("part-{part}"), words)
    });
    let shown = Shown::fresh(visitor.hidden(web, Some(record.version())), filled);
    notice_page(web, visitor, &open, goes, shown)
}

/// The sections in which the working text differs from the plan in force, in words.
fn changed(record: &Record) -> String {
    let none = PlanText::default();
    let (now, before) = (record.plan_text(), record.plan_in_force().unwrap_or(&none));
    let differs = |section: &Section| now.section(*section) != before.section(*section);
    let letters: Vec<&str> =
        Section::ALL.iter().filter(|one| differs(one)).map(|one| one.letter()).collect();
    if letters.is_empty() {
        return String::new();
    }
    format!("{} {}", words::word("notice-part", "sections"), letters.join(", "))
}

fn notice_page(web: &Web, visitor: &Visitor, open: &Open<'_>, goes: Goes, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let (file, today, word) = (&open.file, open.file.now.today, goes.word());
    let parts = parts_of(web, &goes.event(&file.record, None), &filled);
    let due = goes.duties().iter().filter_map(|id| duty(file, id));
    let due = due.filter(|law| law.standing.is_live()).min_by_key(|law| law.due);
    let letter = letter(file, word, &parts, &filled);
    page_as(
        status,
        &SendNotice {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            title: words::word("notice-title", word),
            lead: words::word("notice-lead", word),
            action: format!("{}/{}", open.base, goes.path()),
            due: due.map(|law| due_of(law, today)),
            comments_until: comments_until(file, goes).ok().flatten(),
            comments: goes.is_final().then(|| super::plan::comments(&file.record)),
            names: goes.is_final(),
            reasons: (goes.reasons() != Reasons::None).then(|| {
                (words::word("notice-reasons", word), words::word("notice-reasons-hint", word))
            }),
            doubted: if goes == Goes::NotReassess { doubted(open, &filled) } else { Vec::new() },
            must: blocked(web, open, goes, &filled),
            plan: goes.is_plan(),
            filled,
            parts,
            letter,
        },
    )
}

/// The last of the family's days, while it is not over; refused where nobody can say.
fn comments_until(file: &CaseFile, goes: Goes) -> Result<Option<jiff::civil::Date>, Refusal> {
    let days = match goes {
        Goes::Final => duty(file, "plan-reps-15d"),
        Goes::Amended => duty(file, "ar-reps-15d").or_else(|| duty(file, "plan-reps-15d")),
        _ => None,
    };
    let agreed = file.record.standing().any(|entry| {
        matches!(&entry.event, Event::RepresentationsMade(said) if said.agrees == Some(true))
            && days.is_none_or(|law| entry.header.on >= law.trigger.on)
    });
    match days {
        _ if agreed => Ok(None),
        Some(law) if law.standing == Standing::Unclear => Err(Refusal::ServiceUnknown),
        Some(law) => Ok(law.due.filter(|due| file.now.today <= *due)),
        None => Ok(None),
    }
}

/// What the record would refuse for, said before anybody tries.
fn blocked(web: &Web, open: &Open<'_>, goes: Goes, filled: &Filled) -> Vec<Withheld> {
    if !matches!(goes, Goes::Draft | Goes::Final) {
        let refused = step_refused(web, open, goes, filled);
        return refused.map(|refusal| mended(open, refusal)).into_iter().collect();
    }
    let record = &open.file.record;
    let mut list: Vec<Withheld> = Vec::new();
    list.extend(step_before(record, goes).map(|step| must(&Refusal::StepBefore { step })));
    let plan = record.plan_text();
    let mut needed = vec![Section::A, Section::B, Section::E, Section::F];
    if goes == Goes::Final && filled.value("names") == "yes" {
        needed.push(Section::I);
    }
    let sections = plan.blank_of(&needed);
    if !sections.is_empty() {
        list.push(mended(open, Refusal::SectionsBlank { sections }));
    }
    if goes == Goes::Draft && !plan.section(Section::I).is_empty() {
        list.push(must(&Refusal::PlaceInDraft));
    }
    match comments_until(&open.file, goes) {
        Ok(Some(last_day)) => list.push(must(&Refusal::StillTheirs { last_day })),
        Err(refusal) => list.push(must(&refusal)),
        Ok(None) => {}
    }
    list
}

/// Why a notice is not to go at all now, whatever its form says.
fn step_refused(web: &Web, open: &Open<'_>, goes: Goes, filled: &Filled) -> Option<Refusal> {
    let refused = open.refusal_of(web, &goes.begun(filled).ok()?);
    refused.filter(|refusal| !is_of_the_form(refusal))
}

/// Whether a refusal is mended in the form itself.
fn is_of_the_form(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Empty { .. }
            | Refusal::TooLong { .. }
            | Refusal::NotServed
            | Refusal::ReasonsDoubted { .. }
            | Refusal::NoticeIncomplete { .. }
    )
}

/// A refusal with the way to the text of the plan, where that is what mends it.
fn mended(open: &Open<'_>, refusal: Refusal) -> Withheld {
    let section = match &refusal {
        Refusal::SectionsBlank { sections } => sections.first().copied(),
        Refusal::NoAmendments => Some(Section::F),
        _ => None,
    };
    let mend = section.map(|section| Link {
        href: format!("{}/plan#section-{}", open.base, section.letter().to_lowercase()),
        text: words::word("letter", "write-it"),
    });
    Withheld { text: words::refusal(&refusal), mend }
}

fn step_before(record: &Record, goes: Goes) -> Option<&'static str> {
    match (goes, record.stage()) {
        (Goes::Draft, Stage::NotAsked | Stage::Asked | Stage::Withdrawn | Stage::Refused) => {
            Some("assessment-agreed")
        }
        (Goes::Final, stage) if stage < Stage::DraftSent => Some("draft-plan-sent"),
        _ => None,
    }
}

async fn post_draft(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    posted(&web, &visitor, &reference, &typed, Goes::Draft).await
}

async fn post_last(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    posted(&web, &visitor, &reference, &typed, Goes::Final).await
}

async fn post_notice(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, which)): Path<(String, String)>,
    typed: Typed,
) -> Answer {
    let goes = Goes::from_word(&which).ok_or(Problem::NotFound)?;
    posted(&web, &visitor, &reference, &typed, goes).await
}

async fn posted(
    web: &Web,
    visitor: &Visitor,
    reference: &str,
    typed: &Typed,
    goes: Goes,
) -> Answer {
    let mut open = open(web, visitor, reference, goes.part()).await?;
    if goes == Goes::NotReassess {
        open = open.compared(web, typed.get("reasons")).await?;
    }
    let kept = Shown::typed(visitor, typed, &full_name(&open.file.record));
    match typed.get("act") {
        "see" => match unanswered(web, &open, goes, &kept.filled) {
            Some((field, said)) => notice_page(web, visitor, &open, goes, kept.wrong(field, &said)),
            None => page(&preview(web, visitor, &open, goes, kept, typed)),
        },
        "send" => {
            let done = match goes.command(&kept.filled) {
                Ok(command) => open.act(web, &command, typed).await,
                Err(problem) => Err(problem),
            };
            kept.after(done, &open.saved("sent"), "how", |shown| {
                notice_page(web, visitor, &open, goes, shown)
            })
        }
        // Nothing leaves unless "send" was pressed.
        _ => notice_page(web, visitor, &open, goes, kept.well()),
    }
}

/// The first question of the form without an answer that will do, with what to do.
fn unanswered(
    web: &Web,
    open: &Open<'_>,
    goes: Goes,
    filled: &Filled,
) -> Option<(&'static str, String)> {
    let empty = |field: &'static str| words::refusal(&Refusal::Empty { field });
    if goes.is_final() && filled.value("names").is_empty() {
        let fault = FieldFault::of("names", "choose");
        return Some(("names", words::fault(&fault)));
    }
    if filled.value("how").is_empty() {
        return Some(("how", empty("how")));
    }
    if goes.reasons() == Reasons::Must && filled.value("reasons").trim().is_empty() {
        return Some(("reasons", empty("reasons")));
    }
    let refusal = open.refusal_of(web, &goes.command(filled).ok()?)?;
    matches!(refusal, Refusal::ReasonsDoubted { .. } | Refusal::TooLong { .. })
        .then(|| ("reasons", words::refusal(&refusal)))
}

fn preview(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    goes: Goes,
    kept: Shown,
    typed: &Typed,
) -> Preview {
    let parts = parts_of(web, &goes.event(&open.file.record, None), &kept.filled);
    let mut withheld = blocked(web, open, goes, &kept.filled);
    let missing = parts.iter().filter(|part| !part.there);
    withheld.extend(missing.map(|part| Withheld { text: part.title.clone(), mend: None }));
    Preview {
        frame: frame(web, visitor, Tab::MyChildren),
        child: open.head(),
        sends: goes.sends(),
        hidden: kept.hidden,
        carried: carried(typed),
        action: format!("{}/{}", open.base, goes.path()),
        letters: vec![letter(&open.file, goes.word(), &parts, &kept.filled)],
        withheld,
    }
}
