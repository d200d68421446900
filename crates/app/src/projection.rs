//! From one child's record to the rows that lists read. A pure function of the events: a commit
//! puts the rows in place of the old ones whole, so that a correction needs no code of its own.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sendero_access::Tie as AccessTie;
use sendero_law::{NEVER, Outline, Outlined, Question, Standing};
use sendero_record::{Body, Entry, Event, Notice, Record, Relation, Stage, marks};
use sendero_store::{
    AdviceRow, ChildRow, ChildRows, HeadRow, ObligationRow, RefusalRow, Tie, WordingRow,
};

use crate::AreaLaw;
use crate::followed::{case_of, outlined};
use crate::papers::authority_answers;
use crate::people::{stored_asker, stored_name};
use crate::register::cause_of as held_by;

/// Rows say when an answer will change, never what it is today: they are asked for as at a day by
/// which all that is known has happened, and are the same whichever day they are made.
const WHEN_ALL_IS_KNOWN: Date = jiff::civil::date(2100, 12, 31);

/// The rows of a child: a function of its events and the law of its area, and of nothing else.
pub(crate) fn rows_of(law: &AreaLaw, record: &Record) -> ChildRows {
    let day = WHEN_ALL_IS_KNOWN;
    let question = Question { as_at: day, known_at: day, explain: false };
    let case = case_of(law, record, day);
    let outlined = outlined(law.rulebook, record, &case, question);
    ChildRows {
        child_row: child_row(record),
        head: HeadRow { rulebook: law.stamp(), holds_until: outlined.holds_until.to_string() },
        obligations: obligation_rows(record, &outlined),
        refusals: refusal_rows(record),
        wordings: wording_rows(record),
        ties: tie_rows(record),
        advice: advice_rows(record, &outlined),
    }
}

fn child_row(record: &Record) -> ChildRow {
    let registered = record.registered();
    let setting = record.setting();
    let needs: Vec<&str> = record.needs().iter().map(|(_, need)| need.area.word()).collect();
    let stage = record.stage();
    ChildRow {
        child: record.child().as_str().to_owned(),
        reference: registered.map(|child| child.reference.as_str().to_owned()).unwrap_or_default(),
        name: registered.map(|child| stored_name(&child.name)).unwrap_or_default(),
        name_key: registered.map(|child| child.name.key()).unwrap_or_default(),
        born: registered
            .and_then(|child| child.born)
            .map(|born| born.to_string())
            .unwrap_or_default(),
        setting_kind: setting.as_ref().map(|at| at.kind.word().to_owned()).unwrap_or_default(),
        setting_name: setting.and_then(|at| at.name).unwrap_or_default(),
        stage: stage.word().to_owned(),
        officer: officer_of(record),
        offered_to: record
            .offered()
            .map(|(_, offer)| offer.to.as_str().to_owned())
            .unwrap_or_default(),
        not_in_education_since: record
            .out_of_education()
            .map(|(header, _)| header.on.to_string())
            .unwrap_or_default(),
        requested_on: record
            .last_of(&["assessment-requested", "brought-to-attention"])
            .or_else(|| record.last_of(&["plan-transferred"]))
            .map(|entry| entry.header.on.to_string())
            .unwrap_or_default(),
        needs: needs.join(" "),
        open: stage.is_under_way() || stage == Stage::Plan,
        asker: record.unmatched_asker().map(stored_asker).unwrap_or_default(),
    }
}

/// Whose turn it is, in the word that rows hold.
fn turn_of(found: &Outline<'_>) -> String {
    let whose = match (found.duty.form.as_str(), found.duty.owner.as_str()) {
        ("floor", _) | (_, "parent-or-young-person" | "parent" | "young-person") => "family",
        (_, "local-authority" | "old-authority" | "new-authority") => "authority",
        (_, "advice-body") => found.body().unwrap_or_default(),
        (_, other) => other,
    };
    whose.to_owned()
}

/// Whether a line belongs on a work list while it is not closed. Rights and standing duties do not;
/// the family's days to comment do while the draft is with them, though the day on which they end
/// is known beforehand.
fn is_live(record: &Record, found: &Outline<'_>) -> bool {
    match found.duty.form.as_str() {
        "deadline" => found.closed_on() == NEVER || found.outgrown,
        "floor" => record.stage() == Stage::DraftSent,
        _ => false,
    }
}

/// The id of the officer whose case it is, or ''.
fn officer_of(record: &Record) -> String {
    record.officer().map(|(id, _)| id.as_str().to_owned()).unwrap_or_default()
}

fn obligation_rows(record: &Record, outlined: &Outlined<'_>) -> Vec<ObligationRow> {
    let day = |day: Option<Date>| day.unwrap_or(NEVER).to_string();
    let officer = officer_of(record);
    outlined
        .duties
        .iter()
        .map(|found| ObligationRow {
            duty: found.duty.id.clone(),
            trigger_event: found.event().to_owned(),
            trigger_on: found.on().to_string(),
            body: found.body().unwrap_or_default().to_owned(),
            adviser: found.adviser().unwrap_or_default().to_owned(),
            turn: turn_of(found),
            due: day(found.due()),
            due_safe: day(found.due_safe()),
            opens_as: found.opens_as.word().to_owned(),
            turns_on: found.turns_on().to_string(),
            turns_into: found.turns_into.word().to_owned(),
            closed_on: found.closed_on().to_string(),
            closed_as: found.closed_as.word().to_owned(),
            done_on: found.done_on().map(|done| done.to_string()).unwrap_or_default(),
            act_by: found.act_by().to_string(),
            live: is_live(record, found),
            class: found.duty.weight,
            cause: cause_of(record, found),
            officer: officer.clone(),
            late_on: late_on(found).to_string(),
            held_by: held_by(
                record,
                (found.duty, found.body()),
                found.due().unwrap_or(found.closed_on()),
            ),
        })
        .collect()
}

/// The first day on which a duty was late or not kept: never for what is kept in time or fell away,
/// for what the authority does not answer for, and where an exception is claimed that nothing disproves.
fn late_on(found: &Outline<'_>) -> Date {
    let elsewhere = !authority_answers(found.duty);
    // The refusal that was due in week 16 falls away when a plan is sent in its place.
    let closed = found.closed_on() < NEVER && !found.outgrown;
    let fell_away = closed && found.closed_as == Standing::Void;
    let turned =
        found.turns_into == Standing::Overdue && found.turns_on() < found.closed_on() && !fell_away;
    let closed = match found.closed_as {
        Standing::Broken => found.closed_on(),
        Standing::MetLate if found.due().is_none() => found.closed_on(),
        _ => NEVER,
    };
    match (elsewhere, turned) {
        (true, _) => NEVER,
        (false, true) => found.turns_on(),
        (false, false) => closed,
    }
}

/// The decisions that refuse something, each with the doubts that it went with.
fn refusals(record: &Record) -> impl Iterator<Item = (&Entry, &Notice)> {
    record.standing().filter_map(|entry| match &entry.event {
        Event::AssessmentRefused(decision) => Some((entry, &decision.notice)),
        Event::PlanRefused(decision) | Event::ReassessmentRefused(decision) => {
            Some((entry, &decision.notice))
        }
        _ => None,
    })
}

fn refusal_rows(record: &Record) -> Vec<RefusalRow> {
    refusals(record)
        .map(|(entry, notice)| RefusalRow {
            kind: entry.event.kind().to_owned(),
            decided_on: entry.header.on.to_string(),
            went_on: notice.went_on.join(" "),
        })
        .collect()
}

/// Marks of the wording of this child's refusals, each once.
fn wording_rows(record: &Record) -> Vec<WordingRow> {
    let marks: BTreeSet<String> = refusals(record)
        .flat_map(|(_, notice)| marks(&notice.reasons, record))
        .map(|one| one.mark)
        .collect();
    marks.into_iter().map(|mark| WordingRow { mark }).collect()
}

/// What an open duty still needs, in a word: `advice:BODY`, `decision`, `draft`, `comments`,
/// `final`, `review`, `certificate`, `asking`, or a step of a plan in force. The words for people
/// are in the templates.
fn cause_of(record: &Record, found: &Outline<'_>) -> String {
    match found.duty.waits_for.as_deref() {
        Some("advice") => format!("advice:{}", found.body().unwrap_or("other")),
        Some("plan") => plan_cause(record),
        waits_for => waits_for.unwrap_or_default().to_owned(),
    }
}

/// Advice that holds up a plan, the one most often last first.
pub(crate) const ADVICE_ORDER: [Body; 6] = [
    Body::Psychologist,
    Body::Health,
    Body::SocialCare,
    Body::SensoryTeacher,
    Body::School,
    Body::EarlyYears,
];

fn plan_cause(record: &Record) -> String {
    match record.stage() {
        Stage::Asked => "decision".to_owned(),
        Stage::DraftSent => "final".to_owned(),
        _ => {
            let open: Vec<Body> = record
                .advice()
                .iter()
                .filter(|advice| advice.answer.is_none())
                .map(|advice| advice.request.from)
                .collect();
            let first = ADVICE_ORDER.into_iter().find(|body| open.contains(body));
            match (first, open.first()) {
                (Some(body), _) | (None, Some(&body)) => format!("advice:{}", body.word()),
                (None, None) => "draft".to_owned(),
            }
        }
    }
}

fn tie_rows(record: &Record) -> Vec<Tie> {
    let child = record.child().as_str().to_owned();
    let row = |person: &str, relation: AccessTie, from: Date, until: Option<Date>| Tie {
        child: child.clone(),
        person: person.to_owned(),
        relation: relation.word().to_owned(),
        from_day: from.to_string(),
        until_day: until.unwrap_or(NEVER).to_string(),
        detail: String::new(),
    };
    let mut rows: Vec<Tie> = record
        .people()
        .iter()
        .map(|tied| {
            let relation = match tied.relation {
                Relation::Adviser => AccessTie::AdviserFor,
                Relation::Self_ => AccessTie::YoungPersonSelf,
                _ => AccessTie::ParentOf,
            };
            row(tied.person.as_str(), relation, tied.from, tied.until)
        })
        .collect();
    let since = Date::MIN.max(jiff::civil::date(1990, 1, 1));
    if let Some((officer, _)) = record.officer() {
        rows.push(row(officer.as_str(), AccessTie::OfficerFor, since, None));
    }
    if let Some((_, offer)) = record.offered() {
        rows.push(row(offer.to.as_str(), AccessTie::OfferedTo, since, None));
    }
    rows
}

fn advice_rows(record: &Record, outlined: &Outlined<'_>) -> Vec<AdviceRow> {
    record
        .advice()
        .iter()
        .map(|advice| {
            let due = outlined
                .duties
                .iter()
                .find(|found| {
                    found.duty.id == "as-advice-6w" && found.event() == advice.asked.id.as_str()
                })
                .and_then(Outline::due);
            let person = advice.request.person.as_ref();
            AdviceRow {
                request_event: advice.asked.id.as_str().to_owned(),
                body: advice.request.from.word().to_owned(),
                adviser: advice.request.adviser.clone(),
                person: person.map(|person| person.as_str().to_owned()).unwrap_or_default(),
                asked_on: advice.asked.on.to_string(),
                due: due.unwrap_or(NEVER).to_string(),
                received_on: advice
                    .answer
                    .map(|(header, _)| header.on.to_string())
                    .unwrap_or_default(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use sendero_record::{AssessmentRequested, Requester};

    use super::*;
    use crate::sample::{law_with, record_of};

    const PROMISES: &str = r#"
[[standard]]
id = "plan-10w"
title = "Send the final plan within ten weeks"
cite = "A promise"
beside = "plan-20w"
within = { weeks = 10, counting = "trigger-day-excluded" }
from = 2026-09-01
words = "Ten weeks here."

[[standard]]
id = "decide-4w"
title = "Decide within four weeks"
cite = "A promise"
beside = "rq-6w"
within = { weeks = 4, counting = "trigger-day-excluded" }
from = 2026-09-01
words = "Four weeks here."
"#;

    /// What an area has promised weighs in lists, and waits in the forecast, as the law beside it.
    #[test]
    fn a_promise_has_the_class_and_the_cause_of_its_law() {
        let asked = AssessmentRequested { by: Requester::Parent, how: None, words: String::new() };
        let record = record_of(None, date(2026, 10, 5), Event::AssessmentRequested(asked));
        let rows = rows_of(&law_with(PROMISES), &record).obligations;
        let of = |duty: &str| {
            let row = rows.iter().find(|row| row.duty == duty);
            row.map(|row| (row.class, row.cause.clone(), row.turn.clone()))
        };
        for (own, beside) in [("plan-10w", "plan-20w"), ("decide-4w", "rq-6w")] {
            assert!(of(own).is_some_and(|row| !row.1.is_empty()), "{own}");
            assert_eq!(of(own), of(beside), "{own}");
        }
    }
}
