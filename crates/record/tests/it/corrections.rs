//! Corrections and takings back: what the law is told, then and now.

use jiff::civil::Date;
use sendero_law::{Question, Rulebook, evaluate};
use sendero_record::{AssessmentRequested, Command, Event, Refusal, Requester, Said};

use crate::story::{Story, day, id, recorded};

/// The day of the request by which the law counts, with what was known on `known_at`.
fn counted_from(story: &Story, known_at: &str) -> Option<Date> {
    let known_at = day(known_at);
    let case = story.record().case(known_at);
    let faults = Rulebook::embedded().check_case(&case);
    assert!(faults.is_empty(), "{faults:?}");
    let question = Question { as_at: known_at, known_at, explain: false };
    evaluate(Rulebook::embedded(), &case, question)
        .obligations
        .into_iter()
        .find(|found| found.duty == "rq-6w")
        .map(|found| found.trigger.on)
}

fn asked() -> Event {
    Event::AssessmentRequested(AssessmentRequested {
        by: Requester::Parent,
        how: None,
        words: "Please assess him.".to_owned(),
    })
}

fn correct(story: &Story, on: &str) -> Command {
    Command::Correct {
        entry: story.last("assessment-requested"),
        event: asked(),
        on: day(on),
        why: format!("The stamp says {on}"),
    }
}

fn withdraw(story: &Story) -> Command {
    let entry = story.last("assessment-requested");
    Command::Withdraw { entry, why: "Another child's".to_owned() }
}

/// Asked on the 14th; put right on the 21st to the 10th, on the 28th to the 11th.
fn chain() -> Story {
    let story = Story::requested().at("2026-09-21");
    let command = correct(&story, "2026-09-10");
    let story = story.does(&command).at("2026-09-28");
    let command = correct(&story, "2026-09-11");
    story.does(&command)
}

#[test]
fn the_law_counts_from_what_was_known_then() {
    let story = chain();
    let check = |known_at: &str, expected: Option<&str>| {
        assert_eq!(counted_from(&story, known_at), expected.map(day), "{known_at}");
    };
    check("2026-09-13", None);
    check("2026-09-14", Some("2026-09-14"));
    check("2026-09-20", Some("2026-09-14"));
    check("2026-09-21", Some("2026-09-10"));
    check("2026-09-27", Some("2026-09-10"));
    check("2026-09-28", Some("2026-09-11"));
    check("2027-01-01", Some("2026-09-11"));
}

/// Taking back the last of a chain takes back what it had put right; before that day all stands.
#[test]
fn a_chain_is_taken_back_whole() {
    let story = chain().at("2026-10-05");
    let command = withdraw(&story);
    let story = story.does(&command);
    assert_eq!(counted_from(&story, "2026-10-05"), None);
    assert_eq!(counted_from(&story, "2026-10-04"), Some(day("2026-09-11")));
    assert_eq!(counted_from(&story, "2026-09-25"), Some(day("2026-09-10")));
    let record = story.record();
    assert!(record.case(day("2026-10-05")).facts.is_empty());
    assert!(record.standing().all(|entry| entry.event.kind() != "assessment-requested"));
    assert!(record.last_of(&["entry-withdrawn"]).is_none());
    let back = record.superseded_by(&id("e7")).unwrap();
    assert_eq!(back.event.kind(), "entry-withdrawn");
    assert_eq!(record.superseded_by(&id("e4")).unwrap().header.id, id("e5"));
}

#[test]
fn what_was_taken_back_can_be_said_again() {
    let story = Story::requested();
    let command = withdraw(&story);
    let story = story.does(&command).at("2026-09-16").does(&recorded(asked(), "2026-09-15"));
    assert_eq!(counted_from(&story, "2026-09-16"), Some(day("2026-09-15")));
}

/// Nothing is ever gone: the record keeps each version in the order of recording.
#[test]
fn every_version_is_kept() {
    let record = chain().record();
    let kinds: Vec<(&str, String)> = record
        .entries()
        .iter()
        .map(|entry| (entry.event.kind(), entry.header.on.to_string()))
        .collect();
    let requests: Vec<&str> = kinds
        .iter()
        .filter(|(kind, _)| *kind == "assessment-requested")
        .map(|(_, on)| on.as_str())
        .collect();
    assert_eq!(requests, ["2026-09-14", "2026-09-10", "2026-09-11"]);
    assert_eq!(record.version(), i64::try_from(record.entries().len()).unwrap());
    assert_eq!(record.standing().filter(|entry| entry.event.fact_fields().is_some()).count(), 1);
    // Each version says why it gave way; the reasons are no happenings of their own.
    let reasons = |at: &str| record.why_superseded(&id(at));
    assert_eq!(reasons("e4"), Some("The stamp says 2026-09-10"));
    assert_eq!(reasons("e5"), Some("The stamp says 2026-09-11"));
    assert_eq!(reasons("e7"), None);
    let before = record.before(&id("e7"));
    assert_eq!(before.iter().map(|one| one.header.id.as_str()).collect::<Vec<_>>(), ["e5", "e4"]);
    assert!(record.standing().all(|entry| entry.event.kind() != "entry-corrected"));
    let said = Event::ComplaintMade(Said { words: String::new() });
    assert!(said.fact_fields().is_some());
}

#[test]
fn a_reason_stands_as_it_was_given() {
    let story = chain();
    let reason = story.last("entry-corrected");
    let corrected = Command::Correct {
        entry: reason.clone(),
        event: story.record().entry(&reason).unwrap().event.clone(),
        on: day("2026-09-28"),
        why: "Said better".to_owned(),
    };
    assert_eq!(story.decide(&corrected), Err(Refusal::AlreadyCorrected));
    let by_itself = story.record().entry(&reason).unwrap().event.clone();
    let recorded = recorded(by_itself, "2026-09-28");
    assert_eq!(story.decide(&recorded), Err(Refusal::NoSuchEntry));
}
