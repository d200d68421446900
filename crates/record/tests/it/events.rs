//! Events as they are stored, and as facts of law. What was written once must always be read.

use std::collections::BTreeSet;
use std::path::Path;

use sendero_law::{Case, Rulebook, Value};
use sendero_record::{Disputed, Entry, Event, Header, Recipient, Unreadable};

use crate::samples::samples;
use crate::story::{day, id};

fn entry(event: Event, seq: i64) -> Entry {
    let header = Header {
        id: id(&format!("e{seq}")),
        seq,
        on: day("2026-10-20"),
        known_on: day("2026-10-20"),
        recorded_at: "2026-10-20T09:00:00.000Z".to_owned(),
        actor: "officer-1".to_owned(),
        supersedes: None,
    };
    Entry { header, event }
}

#[test]
fn there_is_a_sample_of_every_kind() {
    let kinds: Vec<&str> = samples().iter().map(Event::kind).collect();
    assert_eq!(kinds, Event::KINDS);
}

#[test]
fn what_is_written_is_read() {
    for event in samples() {
        let read = Event::read(event.kind(), Event::FORMAT, &event.content());
        assert_eq!(read.unwrap(), event, "{}", event.kind());
    }
}

/// The files are what format 1 was when it was released; none of them is ever changed.
#[test]
fn the_first_format_is_still_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format-1");
    for event in samples() {
        let path = folder.join(format!("{}.json", event.kind()));
        let content = std::fs::read(&path).unwrap_or_else(|_| panic!("{} lacks", path.display()));
        assert_eq!(Event::read(event.kind(), 1, &content).unwrap(), event, "{}", event.kind());
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), Event::KINDS.len());
}

#[test]
fn what_this_version_does_not_know_is_said() {
    let read = |kind: &str, format, content: &str| Event::read(kind, format, content.as_bytes());
    assert!(matches!(read("complaint-made", 2, "{}"), Err(Unreadable::Format(_, 2))));
    assert!(matches!(read("crowned", 1, "{}"), Err(Unreadable::Kind(kind)) if kind == "crowned"));
    for content in ["{}", "[]", "", r#"{"words":"a","by":"b"}"#, r#"{"words":3}"#] {
        let read = read("complaint-made", 1, content);
        assert!(matches!(read, Err(Unreadable::Content { .. })), "{content}");
    }
}

/// Both ways: no recordable kind of the law without an event, and no fact that the law does not know.
#[test]
fn facts_are_the_recordable_kinds_of_the_law() {
    let law: BTreeSet<&str> = Rulebook::embedded()
        .kinds()
        .iter()
        .filter(|kind| kind.recordable)
        .map(|kind| kind.name.as_str())
        .collect();
    let samples = samples();
    let facts: BTreeSet<&str> =
        samples.iter().filter(|event| event.fact_fields().is_some()).map(Event::kind).collect();
    assert_eq!(facts, law);
}

#[test]
fn every_fact_passes_the_laws_own_check() {
    for event in samples() {
        let kind = event.kind();
        let Some(fact) = entry(event, 1).fact() else { continue };
        let case = Case { facts: vec![fact], ..Case::default() };
        let faults = Rulebook::embedded().check_case(&case);
        assert!(faults.is_empty(), "{kind}: {faults:?}");
    }
}

#[test]
fn a_step_of_a_disagreement_tells_the_law_which_decision_it_is_about() {
    let steps: Vec<Event> =
        samples().into_iter().filter(|event| event.disagreed().is_some()).collect();
    assert_eq!(steps.len(), 5);
    for (mut step, about) in
        steps.iter().flat_map(|step| Disputed::ALL.iter().map(|about| (step.clone(), *about)))
    {
        let (words, held) = step.disagreed_mut().unwrap();
        "Rang at noon.".clone_into(words);
        *held = Some(about);
        assert_eq!(
            Event::disagreeing(step.kind(), "Rang at noon.", Some(about)),
            Some(step.clone())
        );
        assert_eq!(Event::read(step.kind(), Event::FORMAT, &step.content()).unwrap(), step);
        let fact = entry(step, 1).fact().unwrap();
        assert_eq!(fact.fields.get("about"), Some(&Value::Text(about.word().to_owned())));
        let case = Case { facts: vec![fact], ..Case::default() };
        assert!(Rulebook::embedded().check_case(&case).is_empty(), "{about:?}");
    }
}

/// A body that the law does not ask of a notice is no fact of it, and does not turn the list into
/// "all who must have it".
#[test]
fn a_list_names_only_those_whom_the_law_asks_for() {
    let told = |event: &Event| event.fact_fields().unwrap().get("to").cloned();
    for mut event in samples() {
        let before = told_list(&event);
        match &mut event {
            Event::BodiesNotified(told) => told.to = vec![Recipient::ParentOrYoungPerson],
            Event::FinalPlanSent(sent) => sent.notice.to = vec![Recipient::SocialCare],
            Event::PlanRefused(sent) => sent.notice.to = vec![Recipient::SocialCare],
            _ => continue,
        }
        assert!(before.is_some_and(|list| list > 1), "{}", event.kind());
        assert_eq!(told(&event), Some(sendero_law::Value::List(Vec::new())), "{}", event.kind());
    }
}

fn told_list(event: &Event) -> Option<usize> {
    match event.fact_fields()?.get("to")? {
        sendero_law::Value::List(list) => Some(list.len()),
        _ => None,
    }
}
