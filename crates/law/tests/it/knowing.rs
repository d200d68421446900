//! What counts when: the day it happened, the day it was known, and corrections.

use sendero_law::{Date, NEVER, Question, Rulebook, Standing, casefile, evaluate};
use serde_json::json;

/// Standing of the six-week decision, its due day, and until when the answer holds.
fn decision(
    events: &serde_json::Value,
    as_at: &str,
    known_at: &str,
) -> (Option<Standing>, Option<String>, Date) {
    let text = json!({"case": 1, "events": events}).to_string();
    let case = casefile::read(&text).unwrap().case;
    let question = Question {
        as_at: as_at.parse().unwrap(),
        known_at: known_at.parse().unwrap(),
        explain: false,
    };
    let timeline = evaluate(Rulebook::embedded(), &case, question);
    let found = timeline.obligations.iter().find(|found| found.duty == "rq-6w");
    assert!(timeline.obligations.iter().all(|found| found.why.is_empty()));
    (
        found.map(|found| found.standing),
        found.and_then(|found| found.due).map(|due| due.to_string()),
        timeline.holds_until,
    )
}

#[test]
fn what_is_hidden_is_not_there_and_the_answer_says_until_when_it_holds() {
    let events = json!([
        {"id": "a", "kind": "assessment-requested", "on": "2026-09-14", "known_on": "2026-09-18"},
        {"id": "b", "kind": "assessment-agreed", "on": "2026-10-12"},
        {"id": "c", "kind": "assessment-requested", "on": "2026-09-11", "known_on": "2026-11-02", "supersedes": "a"},
    ]);
    let check = |as_at: &str,
                 known_at: &str,
                 standing: Option<Standing>,
                 due: Option<&str>,
                 holds: &str| {
        let (got, got_due, got_holds) = decision(&events, as_at, known_at);
        assert_eq!(
            (got, got_due.as_deref()),
            (standing, due),
            "as at {as_at}, known at {known_at}"
        );
        let holds: Date = if holds == "never" { NEVER } else { holds.parse().unwrap() };
        assert_eq!(got_holds, holds, "as at {as_at}, known at {known_at}");
    };
    check("2026-09-16", "2026-09-16", None, None, "2026-09-18");
    check("2026-09-20", "2026-09-20", Some(Standing::Pending), Some("2026-10-26"), "2026-10-12");
    check("2026-09-20", "2026-12-01", Some(Standing::Pending), Some("2026-10-23"), "2026-10-12");
    check("2026-10-27", "2026-10-27", Some(Standing::Met), Some("2026-10-26"), "2026-11-02");
    check("2026-12-01", "2026-12-01", Some(Standing::Met), Some("2026-10-23"), "never");
    check("2026-12-01", "2026-10-01", Some(Standing::Overdue), Some("2026-10-26"), "2026-10-12");
}

/// A correction that is corrected before it is known takes its target away on the day it is known.
#[test]
fn a_corrected_correction_still_changes_the_answer_on_its_day() {
    let events = json!([
        {"id": "a", "kind": "assessment-requested", "on": "2026-09-14"},
        {"id": "b", "kind": "assessment-requested", "on": "2026-09-21", "known_on": "2026-10-05", "supersedes": "a"},
        {"id": "c", "kind": "assessment-requested", "on": "2026-09-28", "supersedes": "b"},
    ]);
    let due = |as_at: &str| {
        let (_, due, holds) = decision(&events, as_at, as_at);
        (due, holds.to_string())
    };
    let (first, last) = ("2026-10-26".to_owned(), "2026-11-09".to_owned());
    assert_eq!(due("2026-10-01"), (Some(first), "2026-10-05".to_owned()));
    assert_eq!(due("2026-10-05"), (Some(last), NEVER.to_string()));
}

#[test]
fn the_record_takes_these_kinds_and_no_others() {
    let recordable: Vec<&str> = Rulebook::embedded()
        .kinds()
        .iter()
        .filter(|kind| kind.recordable)
        .map(|kind| kind.name.as_str())
        .collect();
    assert_eq!(
        recordable,
        [
            "moved-area",
            "assessment-requested",
            "brought-to-attention",
            "family-consulted",
            "bodies-notified",
            "information-requested",
            "assessment-agreed",
            "assessment-refused",
            "request-withdrawn",
            "child-absent",
            "exception-relied-on",
            "advice-requested",
            "earlier-advice-accepted",
            "appointment-missed",
            "advice-received",
            "plan-agreed",
            "plan-refused",
            "draft-plan-sent",
            "representations-made",
            "meeting-required",
            "officer-meeting-held",
            "final-plan-sent",
            "review-meeting-held",
            "review-report-sent",
            "review-decision-sent",
            "amendment-notice-sent",
            "amended-plan-sent",
            "not-amending-sent",
            "reassessment-requested",
            "reassessment-agreed",
            "reassessment-refused",
            "cease-considered",
            "cease-consulted",
            "cease-resolved",
            "cease-decided",
            "plan-transferred",
            "transfer-letter-sent",
            "mediation-contacted",
            "mediation-declined",
            "mediation-wanted",
            "mediation-held",
            "mediation-certificate-issued",
            "appeal-made",
            "appeal-registered",
            "plan-ceased",
            "permanently-excluded",
            "suspended",
            "suitable-education-arranged",
            "reinstatement-considered",
            "complaint-made",
            "complaint-acknowledged",
            "complaint-extended",
            "complaint-answered",
            "complaint-second-stage",
            "complaint-second-acknowledged",
            "complaint-closed",
        ]
    );
}
