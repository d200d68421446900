//! What happened, newest first, in the words of a page.

use sendero_app::CaseFile;
use sendero_app::house::record::{Disputed, Entry, Event, Record};

use super::{base_of, day_words, opens};
use crate::view::parts::{Happened, Kind, Timeline, Version};
use crate::words;

/// The story of a case as the family reads it; calls and working saves are for staff.
pub(crate) fn happened(app: &sendero_app::App, file: &CaseFile) -> Timeline {
    let base = base_of(&file.record);
    let list = file
        .record
        .kept()
        .into_iter()
        .rev()
        .filter(|(entry, _)| for_family(&entry.event))
        .map(|(entry, back)| match back {
            None => Happened {
                more: more_of(&entry.event),
                link: opens(file, entry, &base),
                before: before(&file.record, entry),
                ..bare(app, file, entry)
            },
            // Its words may be another child's: the family reads that it was there, and why it went.
            Some(back) => Happened { taken_back: Some(taken_back(back)), ..bare(app, file, entry) },
        })
        .collect();
    Timeline { list }
}

/// An entry's day and title alone.
fn bare(app: &sendero_app::App, file: &CaseFile, entry: &Entry) -> Happened {
    Happened {
        on: entry.header.on,
        what: title(app, entry),
        more: String::new(),
        kind: mark_of(file, entry),
        known_on: (entry.header.known_on > entry.header.on).then_some(entry.header.known_on),
        link: None,
        before: Vec::new(),
        taken_back: None,
    }
}

/// The words of a message or of something told, which stand as they were written.
pub(crate) fn said(event: &Event) -> Option<String> {
    match event {
        Event::MessageWritten(message) => Some(message.words.clone()),
        Event::Told(told) => Some(told.words.clone()),
        _ => None,
    }
}

/// What stood in an entry before it was corrected, newest first, each with why it gave way.
pub(crate) fn before(record: &Record, entry: &Entry) -> Vec<Version> {
    let mut after = entry;
    let mut versions = Vec::new();
    for earlier in record.before(&entry.header.id) {
        let mut line = format!("{}. {}", day_words(earlier.header.on), more_of(&earlier.event));
        if let Some(words) = said(&earlier.event) {
            line = format!("{line} “{words}”");
        }
        let on =
            format!("{} {}", words::word("head", "corrected"), day_words(after.header.known_on));
        versions.push(Version {
            said: line,
            corrected: match record.why_superseded(&earlier.header.id) {
                Some(why) => format!("{on}: {}.", why.trim_end_matches('.')),
                None => format!("{on}."),
            },
        });
        after = earlier;
    }
    versions
}

/// Why an entry counts no more, and since when.
pub(crate) fn taken_back(back: &Entry) -> String {
    let on = day_words(back.header.on);
    match &back.event {
        Event::EntryWithdrawn(withdrawn) => {
            format!("{}, {on}", withdrawn.why.trim_end_matches('.'))
        }
        _ => on,
    }
}

fn for_family(event: &Event) -> bool {
    !matches!(
        event,
        Event::CallNoted(_)
            | Event::PlanDrafted(_)
            | Event::HandoverOffered(_)
            | Event::HandoverAnswered(_)
            | Event::AskerNamed(_)
    )
}

/// The title of an entry: the rulebook's for a fact of law, ours for the rest.
pub(crate) fn title(app: &sendero_app::App, entry: &Entry) -> String {
    let kind = entry.event.kind();
    match app.rulebook().kind(kind) {
        Some(law) => law.title.clone(),
        None => words::word("kind", kind),
    }
}

/// Whether an entry is a fact, a decision or something late.
pub(crate) fn mark_of(file: &CaseFile, entry: &Entry) -> Kind {
    let late = file.timeline.obligations.iter().any(|law| {
        law.done_on == Some(entry.header.on)
            && law.days_late.is_some()
            && law.closed_on == entry.header.on
            && ends(file, law.duty.as_str(), entry.event.kind())
            && (law.trigger.body.is_none() || law.trigger.body.as_deref() == body_of(&entry.event))
    });
    match &entry.event {
        _ if late => Kind::Late,
        Event::ReviewDecisionSent(_) => Kind::Decision,
        Event::AmendmentNoticeSent(_) | Event::CeaseConsulted(_) | Event::TransferLetterSent(_) => {
            Kind::Fact
        }
        event if event.notice().is_some() => Kind::Decision,
        _ => Kind::Fact,
    }
}

/// Whether an event of this kind ended a duty, for the mark of lateness: no right can be late.
fn ends(file: &CaseFile, duty: &str, kind: &str) -> bool {
    let form = file.law.duty(duty).map(|duty| duty.form.as_str());
    form == Some("deadline") && file.law.is_done_by(duty, kind)
}

fn body_of(event: &Event) -> Option<&'static str> {
    match event {
        Event::AdviceReceived(advice) => Some(advice.from.word()),
        _ => None,
    }
}

/// The line beneath: who, and the words as given.
pub(crate) fn more_of(event: &Event) -> String {
    match event {
        Event::AssessmentRequested(request)
        | Event::BroughtToAttention(request)
        | Event::ReassessmentRequested(request) => {
            let by = words::word("requester", request.by.word());
            match request.how {
                Some(how) => format!("{by}, {}.", words::word("channel", how.word())),
                None => format!("{by}."),
            }
        }
        Event::AssessmentAgreed(decision) | Event::AssessmentRefused(decision) => {
            decision.notice.reasons.clone()
        }
        Event::PlanAgreed(decision) | Event::PlanRefused(decision) => {
            decision.notice.reasons.clone()
        }
        Event::AdviceRequested(asked) => format!("{}.", asked.adviser),
        Event::AdviceReceived(advice) => {
            let needs = advice.items.len();
            format!("{}, {needs} {}.", advice.adviser, if needs == 1 { "need" } else { "needs" })
        }
        Event::EarlierAdviceAccepted(advice) => format!("{}. {}", advice.adviser, advice.words),
        Event::OwnWordsGiven(given) => format!("“{}”", given.words),
        Event::Told(told) => {
            format!("{}, told by {}.", words::word("topic", told.topic.word()), told.said_by)
        }
        Event::NeedNoted(need) => {
            format!("{}. {}", words::word("need", need.area.word()), need.words)
        }
        Event::ServiceKept(one) | Event::ServiceLetGo(one) => match &one.by {
            Some(by) => format!("{}. {by}.", one.name),
            None => one.name.clone(),
        },
        Event::SettingChanged(setting) => match &setting.name {
            Some(name) => format!("{name} ({}).", words::word("setting", setting.kind.word())),
            None => format!("{}.", words::word("setting", setting.kind.word())),
        },
        Event::OutOfEducation(out) => {
            format!("{}. {}", words::word("why-out", out.why.word()), out.words)
        }
        Event::OfficerAssigned(assigned) => format!("{}.", assigned.name.full()),
        Event::HandoverOffered(offer) => format!("{}. {}", offer.name.full(), offer.note),
        Event::PersonTied(tied) => {
            format!("{}, {}.", tied.name.full(), words::word("relation", tied.relation.word()))
        }
        Event::AskerNamed(asker) => {
            format!("{}, {}.", asker.name.full(), words::word("relation", asker.relation.word()))
        }
        Event::CallNoted(call) => format!("{}: “{}”", call.with, call.words),
        Event::MessageWritten(message) => format!("{} wrote.", message.from),
        Event::RepresentationsMade(said) => said.words.clone(),
        Event::ExceptionReliedOn(claim) => {
            format!("{}. {}", words::word("ground", claim.ground.word()), claim.reason)
        }
        Event::DraftPlanSent(sent) => match sent.how {
            Some(how) => format!("{}.", words::word("channel", how.word())),
            None => String::new(),
        },
        Event::FinalPlanSent(_) | Event::AmendedPlanSent(_) => match event.how() {
            Some(how) => format!("{}.", words::word("channel", how.word())),
            None => String::new(),
        },
        Event::ReviewDecisionSent(decision) => {
            format!("{}. {}", words::word("outcome", decision.outcome.word()), decision.words)
        }
        Event::PlanTransferred(passed) => passed.words.clone(),
        Event::InformationRequested(asked) if asked.who.is_empty() => {
            format!("{}. {}", words::word("body-turn", asked.from.word()), asked.words)
        }
        Event::InformationRequested(asked) => format!("{}. {}", asked.who, asked.words),
        Event::BodiesNotified(told) => {
            let to: Vec<String> =
                told.to.iter().map(|one| words::word("recipient", one.word())).collect();
            format!("{}.", to.join("; "))
        }
        Event::BackInEducation(back) => back.words.clone(),
        Event::AppointmentMissed(missed) => missed.words.clone(),
        Event::Suspended(suspended) => suspended.words.clone(),
        Event::MovedArea(moved) => moved.to.clone(),
        event => {
            let said = event.said().map(|said| said.words.clone());
            let said = said.or_else(|| Some(step_of(event.disagreed()?)));
            said.or_else(|| Some(event.notice()?.reasons.clone())).unwrap_or_default()
        }
    }
}

/// What a step of a disagreement says of itself: which decision it is about, and its words.
fn step_of((said, about): (&String, Option<Disputed>)) -> String {
    let about = about.map(|about| format!("{}.", words::word("appeal", about.word())));
    let said = Some(said.clone()).filter(|said| !said.is_empty());
    about.into_iter().chain(said).collect::<Vec<_>>().join(" ")
}
