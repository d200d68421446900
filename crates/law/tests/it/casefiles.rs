//! Case files: read strictly, every fault named; and the JSON that a timeline becomes.

use sendero_law::{Question, Rulebook, casefile, evaluate};
use serde_json::{Value, json};

/// What `read` says of a case whose `events` are given.
fn faults(events: &Value) -> String {
    let text = json!({"case": 1, "born": "2016-03-02", "events": events}).to_string();
    match casefile::read(&text) {
        Ok(_) => "accepted".to_owned(),
        Err(faults) => faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "),
    }
}

#[test]
fn what_cannot_be_true_is_named_with_its_event() {
    let check = |events: Value, expected: &str| {
        let got = faults(&events);
        assert!(got.contains(expected), "{events}\n  gave {got}\n  not  {expected}");
    };
    let request = json!({"id": "a", "kind": "assessment-requested", "on": "2026-09-14"});
    check(json!([request]), "accepted");
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2026-09-31"}]),
        "event `a`: `on`: `2026-09-31` is no day: September has 30 days",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2027-02-29"}]),
        "February 2027 has 28 days",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2026-13-01"}]),
        "has no month 13",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "14/09/2026"}]),
        "is not a day written like",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2026-09-14", "who": "x"}]),
        "event `a`: `assessment-requested` has no field `who`",
    );
    check(
        json!([{"id": "a", "kind": "assesment-requested", "on": "2026-09-14"}]),
        "Did you mean `assessment-requested`?",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2026-09-14", "by": "uncle"}]),
        "`by` cannot be `uncle`",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2026-09-14", "by": 3}]),
        "`by` has the wrong type",
    );
    check(
        json!([{"id": "a", "kind": "advice-requested", "on": "2026-09-14"}]),
        "`advice-requested` needs `from`",
    );
    check(json!([request, request]), "event `a`: two events have this id");
    check(
        json!([{"id": "a", "kind": "complaint-made", "on": "2026-09-14", "supersedes": "z"}]),
        "corrects `z`, which is no other event",
    );
    check(
        json!([request, {"id": "b", "kind": "assessment-requested", "on": "2026-09-15", "supersedes": "a"}, {"id": "c", "kind": "assessment-requested", "on": "2026-09-16", "supersedes": "a"}]),
        "event `c`: `b` corrects `a` already",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2015-09-14"}]),
        "before the birth",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2206-09-14"}]),
        "outside the years 1990 to 2100",
    );
    check(
        json!([{"id": "a", "kind": "child-absent", "on": "2026-09-14", "from": "2026-09-14", "to": "2026-09-01"}]),
        "event `a`: it ends on 2026-09-01, before it begins",
    );
    check(
        json!([request, {"id": "b", "kind": "assessment-refused", "on": "2026-02-01"}]),
        "event `b`: `assessment-refused` on 2026-02-01 comes before the request it answers: check the year",
    );
    check(json!([request, {"id": "b", "kind": "final-plan-sent", "on": "2024-02-01"}]), "accepted");
    check(json!([{"id": "a", "on": "2026-09-14"}]), "event `a`: `kind` must be there");
    check(
        json!([{"kind": "complaint-made", "on": "2026-09-14"}]),
        "event `number 1`: `id` must be there",
    );
    check(json!([{"id": "a", "kind": "complaint-made"}]), "event `a`: `on` must be there");
    check(
        json!([{"id": "a", "kind": "exception-relied-on", "on": "2026-09-14", "ground": "staff-shortage", "duty": "rq-6w"}]),
        "`ground` cannot be `staff-shortage`",
    );
    check(
        json!([{"id": "a", "kind": "exception-relied-on", "on": "2026-09-14", "ground": "school-closed", "duty": "rq6w"}]),
        "Did you mean `rq-6w`?",
    );
    check(
        json!([{"id": "a", "kind": "exception-relied-on", "on": "2026-09-14", "ground": "school-closed", "duty": "or-assess"}]),
        "accepted",
    );
}

#[test]
fn the_whole_file_is_strict() {
    let check = |text: &str, expected: &str| match casefile::read(text) {
        Ok(_) => panic!("accepted: {text}"),
        Err(faults) => {
            let got = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ");
            assert!(got.contains(expected), "{text}\n  gave {got}");
        }
    };
    check("{", "this is not JSON");
    check("[]", "one JSON object");
    check(r#"{"case": 1}"#, "`events` must be there");
    check(r#"{"events": []}"#, "`case` must be there");
    check(r#"{"case": 1, "events": [], "evnts": []}"#, "unknown member `evnts`");
    check(r#"{"case": 1, "events": [], "setting": "boarding"}"#, "unknown setting `boarding`");
    check(r#"{"case": 1, "events": [], "born": "1910-01-01"}"#, "outside the years");
    check(
        r#"{"case": 1, "events": [], "closures": [{"from": "2026-09-02", "to": "2026-07-23"}]}"#,
        "before it begins",
    );
    let many: Vec<Value> = (0..=casefile::EVENTS_MAX)
        .map(|n| json!({"id": n.to_string(), "kind": "complaint-made", "on": "2026-09-14"}))
        .collect();
    check(&json!({"case": 1, "events": many}).to_string(), "2001 events, more than 2000");
    check(&" ".repeat(casefile::BYTES_MAX + 1), "more than 5000000");
}

#[test]
fn a_timeline_has_the_promised_shape() {
    let text = r#"{"case": "x", "born": "2016-03-02",
        "closures": [{"from": "2026-07-23", "to": "2026-09-02"}],
        "events": [
          {"id": "a", "kind": "assessment-requested", "on": "2026-09-14", "by": "parent"},
          {"id": "b", "kind": "exception-relied-on", "on": "2026-10-20", "ground": "school-closed", "duty": "rq-6w", "reason": "closed"}]}"#;
    let file = casefile::read(text).unwrap();
    assert_eq!(file.name, "x");
    let book = Rulebook::embedded();
    let timeline = evaluate(book, &file.case, Question::today("2026-11-21".parse().unwrap()));
    let json = casefile::timeline_json(book, &timeline);
    let plan = json["obligations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["duty"] == "plan-20w")
        .unwrap();
    let expected = json!({
        "title": "Send the final EHC plan", "owner": "local-authority", "force": "statute", "form": "deadline",
        "cite": "SEND Regulations 2014 reg 13(2)-(3)",
        "trigger": {"event": "a", "kind": "assessment-requested", "on": "2026-09-14"},
        "due": "2027-02-01", "due_safe": "2027-02-01", "other_readings": [{"reading": "A1", "due": "2027-01-31"}],
        "standing": "pending", "done_on": null, "days_late": null, "excuse": null,
        "remedies": ["complaint", "ombudsman", "judicial-review"],
        "say": "Your council must send you the final plan by 1 February 2027.",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&plan[name], value, "{name}");
    }
    let why = plan["why"].as_array().unwrap();
    assert!(why.iter().any(|line| line == "20 weeks (140 days), that day not counted: from Monday 14 September 2026 to Monday 1 February 2027."), "{why:?}");
    let decision = json["obligations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["duty"] == "rq-6w")
        .unwrap();
    assert_eq!(
        decision["excuse"],
        json!({"ground": "school-closed", "event": "b", "state": "conditions-not-met"})
    );
    assert_eq!(decision["standing"], "overdue");
    let dues: Vec<&str> = json["obligations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["due"].as_str().unwrap_or("9999"))
        .collect();
    assert!(dues.is_sorted(), "{dues:?}");
}
