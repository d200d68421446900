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
    let corrects = |id: &str, other: &str| json!({"id": id, "kind": "complaint-made", "on": "2026-09-14", "supersedes": other});
    check(
        json!([corrects("a", "b"), corrects("b", "a")]),
        "event `a`: it corrects `b`, which corrects it in its turn",
    );
    check(
        json!([corrects("a", "c"), corrects("b", "a"), corrects("c", "b")]),
        "Leave `supersedes` out of the one that was recorded first",
    );
    check(
        json!([{"id": "a", "kind": "suspended", "on": "2026-09-14", "school-days": -6}]),
        "event `a`: `school-days` cannot be -6. Write a whole number, 0 or more",
    );
    check(
        json!([{"id": "a", "kind": "exception-relied-on", "on": "2026-09-14", "ground": "absent-from-area", "duty": "20-weeks"}]),
        "`duty` cannot be `20-weeks`. `sendero law list` lists every duty",
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
    check(
        json!([{"id": "b", "kind": "assessment-refused", "on": "2026-02-01"}, request, {"id": "c", "kind": "assessment-agreed", "on": "2026-10-20"}]),
        "accepted",
    );
    check(
        json!([{"id": "b", "kind": "assessment-refused", "on": "2026-02-01"}, request, {"id": "c", "kind": "final-plan-sent", "on": "2027-02-01"}]),
        "If it answers an earlier one, write that one too",
    );
    check(
        json!([{"id": "a", "kind": "final-plan-issued", "on": "2026-09-14"}]),
        "The likeliest: `final-plan-sent`. `sendero law kinds` lists every kind",
    );
    check(
        json!([{"id": "a", "kind": "refusal-to-assess", "on": "2026-09-14"}]),
        "The likeliest: `assessment-refused` or",
    );
    check(
        json!([{"id": "a", "kind": "request", "on": "2026-09-14"}]),
        "The likeliest: `assessment-requested`",
    );
    check(
        json!([{"id": "a", "kind": "xyzzy", "on": "2026-09-14"}]),
        "unknown kind `xyzzy`. `sendero law kinds`",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2026-09"}]),
        "one file with its first day and one with its last",
    );
    check(
        json!([{"id": "a", "kind": "assessment-requested", "on": "2026-09-14", "known-on": "2026-09-20"}]),
        "Did you mean `known_on`?",
    );
    check(
        json!([{"id": "a", "kind": "final-plan-sent", "on": "2026-09-14", "to": "parent"}]),
        "such as [\"parent-or-young-person\"]",
    );
    check(
        json!([{"id": "a", "kind": "appeal-not-opposed", "on": "2026-09-14"}]),
        "`appeal-not-opposed` needs `about`",
    );
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

/// What people call a final plan and a draft is read by what it is: `expected` has one letter for
/// each event, F and D for a plan that is made, A and N for one that is changed and its notice.
#[test]
fn a_plan_that_was_there_is_changed_and_not_made() {
    let check = |days: &[(&str, &str, Value)], expected: &str| {
        let events: Vec<Value> = days
            .iter()
            .enumerate()
            .map(|(id, (on, kind, fields))| {
                let mut event = json!({"id": id, "kind": kind, "on": on});
                for (name, value) in fields.as_object().into_iter().flatten() {
                    event[name] = value.clone();
                }
                event
            })
            .collect();
        let file = casefile::read(&json!({"case": 1, "events": events}).to_string()).unwrap();
        let letters: String = file
            .case
            .facts
            .iter()
            .filter_map(|fact| match fact.kind.as_str() {
                "final-plan-sent" => Some('F'),
                "draft-plan-sent" => Some('D'),
                "amended-plan-sent" => Some('A'),
                "amendment-notice-sent" => Some('N'),
                _ => None,
            })
            .collect();
        assert_eq!(letters, expected, "{days:?}");
    };
    let plain = || json!({});
    let first = ("2023-01-20", "final-plan-sent", plain());
    let draft = ("2024-03-11", "draft-plan-sent", plain());
    let last = ("2024-05-20", "final-plan-sent", plain());
    let on = |kind: &'static str, fields: Value| ("2024-01-15", kind, fields);
    let after = |cause: (&'static str, &'static str, Value), expected: &str| {
        check(&[first.clone(), cause, draft.clone(), last.clone()], expected);
    };
    after(on("review-meeting-held", plain()), "FNA");
    after(on("review-decision-sent", json!({"outcome": "amend"})), "FNA");
    after(on("assessment-requested", plain()), "FDF");
    after(on("reassessment-agreed", plain()), "FDF");
    after(on("tribunal-ordered", json!({"order": "amend-contents"})), "FDA");
    after(on("tribunal-ordered", json!({"order": "make-plan"})), "FDF");
    after(on("appeal-not-opposed", json!({"about": "placement"})), "FDA");
    after(on("mediation-agreed", json!({"about": "refusal-to-issue"})), "FDF");
    after(("2024-09-02", "phase-transfer-planned", json!({"move": "post-16"})), "FDA");
    after(("2025-09-02", "phase-transfer-planned", json!({"move": "post-16"})), "FDF");
    after(on("complaint-made", plain()), "FDF");
    let others = ("2024-06-03", "final-plan-sent", json!({"to": ["institution"]}));
    let review = on("review-meeting-held", plain());
    check(&[first.clone(), others.clone()], "FF");
    check(&[first.clone(), review.clone(), last.clone(), others.clone()], "FAA");
    check(&[last.clone(), others, review.clone(), first.clone()], "AAF");
    let again = on("assessment-requested", plain());
    check(&[review, ("2024-02-01", again.1, again.2), last], "F");
    let right = ("2024-01-10", "final-plan-sent", json!({"supersedes": "0"}));
    check(&[first, right], "FF");
}

/// An agreement in mediation that does not say what it was about is about the decision before it.
#[test]
fn an_agreement_in_mediation_is_about_the_decision_before_it() {
    let about = |events: Value| {
        let case = casefile::read(&json!({"case": 1, "events": events}).to_string()).unwrap().case;
        let agreed = case.facts.iter().find(|fact| fact.kind == "mediation-agreed").unwrap();
        agreed.fields.get("about").map(|about| match about {
            sendero_law::Value::Text(about) => about.clone(),
            other => panic!("{other:?}"),
        })
    };
    let agreed = json!({"id": "z", "kind": "mediation-agreed", "on": "2026-09-14"});
    assert_eq!(about(json!([agreed])), None);
    for (kind, expected) in [
        ("assessment-refused", "refusal-to-assess"),
        ("plan-refused", "refusal-to-issue"),
        ("reassessment-refused", "refusal-to-reassess"),
        ("cease-decided", "cease"),
        ("final-plan-sent", "contents"),
    ] {
        let before = json!({"id": "a", "kind": kind, "on": "2026-07-14"});
        let after = json!({"id": "b", "kind": "assessment-refused", "on": "2026-10-01"});
        assert_eq!(about(json!([after, agreed, before])).as_deref(), Some(expected), "{kind}");
        let wanted = json!({"id": "c", "kind": "mediation-wanted", "on": "2026-08-03", "about": "placement"});
        let said = about(json!([wanted, agreed, before]));
        assert_eq!(said.as_deref(), Some("placement"), "what the mediation says comes first");
    }
}

/// Whether a plan of the year before a move names the next place is read from its day where it does not say.
#[test]
fn a_plan_before_a_move_names_the_next_place_or_leaves_it_open() {
    let standing = |plans: &[(&str, &str, Option<bool>)]| {
        let mut events = vec![
            json!({"id": "move", "kind": "phase-transfer-planned", "on": "2025-09-01",
                   "move": "primary-secondary"}),
            json!({"id": "first", "kind": "final-plan-sent", "on": "2022-05-09"}),
        ];
        for (id, (kind, on, names)) in plans.iter().enumerate() {
            let mut event = json!({"id": id, "kind": kind, "on": on});
            if let Some(names) = names {
                event["names-next-place"] = json!(names);
            }
            events.push(event);
        }
        let file = casefile::read(&json!({"case": 1, "events": events}).to_string()).unwrap();
        let as_at = Question::today("2025-08-31".parse().unwrap());
        let timeline = evaluate(Rulebook::embedded(), &file.case, as_at);
        let found = timeline.obligations.iter().find(|found| found.duty == "pt-15feb").unwrap();
        (found.standing.word().to_owned(), found.days_late)
    };
    let changed = "amended-plan-sent";
    let is = |word: &str, late: Option<i32>| (word.to_owned(), late);
    assert_eq!(standing(&[]), is("overdue", Some(198)));
    assert_eq!(standing(&[(changed, "2025-01-01", None)]), is("met", None));
    assert_eq!(standing(&[("final-plan-sent", "2025-02-14", None)]), is("met", None));
    assert_eq!(standing(&[(changed, "2025-02-15", None)]), is("met-late", Some(1)));
    assert_eq!(standing(&[(changed, "2024-12-31", None)]), is("unclear", None));
    assert_eq!(standing(&[(changed, "2024-12-31", Some(true))]), is("met", None));
    assert_eq!(standing(&[(changed, "2024-12-31", Some(false))]), is("overdue", Some(198)));
    assert_eq!(standing(&[(changed, "2025-01-20", Some(false))]), is("overdue", Some(198)));
    let late = (changed, "2025-04-15", None);
    assert_eq!(standing(&[(changed, "2024-10-07", None), late]), is("met-late", Some(60)));
    assert_eq!(standing(&[(changed, "2024-08-31", Some(true))]), is("overdue", Some(198)));
}

#[test]
fn what_is_put_over_a_file_is_read_as_its_own_events_are() {
    let book = Rulebook::embedded();
    let text = r#"{"case": 1, "events": [
        {"id": "plan", "kind": "final-plan-sent", "on": "2025-04-28"},
        {"id": "meeting", "kind": "review-meeting-held", "on": "2026-03-16"}]}"#;
    let over = |line: &str| casefile::read_over(book, text, vec![book.fact("if", line).unwrap()]);
    let as_at = "2026-06-08".parse().unwrap();
    let case = over("2026-06-08 final-plan-sent").unwrap().case;
    let found = evaluate(book, &case, Question::today(as_at));
    let last = found.obligations.iter().find(|found| found.duty == "ar-final-12w").unwrap();
    assert_eq!(last.standing.word(), "met");
    let twice =
        casefile::read_over(book, text, vec![book.fact("plan", "2026-02-02 detained").unwrap()]);
    assert!(twice.is_err_and(|faults| faults[0].to_string().contains("two events have this id")));
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
        "one of `closures` ends on 2026-07-23, before it begins on 2026-09-02",
    );
    check(
        r#"{"case": 1, "events": [], "terms": [{"from": "2026-11-02", "to": "2026-12-19"}, {"from": "2026-09-02", "to": "2026-11-03"}]}"#,
        "one of `terms` begins on 2026-11-02, before another ends on 2026-11-03",
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
        "standing": "pending", "done_on": null, "done_by": null, "days_late": null, "excuse": null,
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
