//! What if, what is proposed, what was agreed in place of a limit, and what a decision opens.

use sendero_law::{
    Case, Date, Question, Rulebook, SourceFile, Standing, WhatIf, casefile, evaluate, evaluate_if,
};

fn case(lines: &[&str]) -> Case {
    let book = Rulebook::embedded();
    let facts =
        lines.iter().enumerate().map(|(at, line)| book.fact(&at.to_string(), line).unwrap());
    Case { facts: facts.collect(), ..Case::default() }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn plan(timeline: &sendero_law::Timeline) -> (Option<String>, Standing) {
    let found = timeline.obligations.iter().find(|found| found.duty == "plan-20w").unwrap();
    (found.due.map(|due| due.to_string()), found.standing)
}

#[test]
fn what_if_changes_the_answer_and_not_the_case() {
    let book = Rulebook::embedded();
    let case = case(&["2026-09-14 assessment-requested"]);
    let question = Question::today(day("2027-02-10"));
    let check = |what_if: WhatIf, due: &str, standing: Standing| {
        let answer = evaluate_if(book, &case, &what_if, question).unwrap();
        assert_eq!(plan(answer.timeline()), (Some(due.to_owned()), standing), "{what_if:?}");
        let json = casefile::hypothetical_json(book, &answer);
        assert_eq!(json["hypothetical"], true);
    };
    check(WhatIf::default(), "2027-02-01", Standing::Overdue);
    let sent = book.fact("if", "2027-02-05 final-plan-sent").unwrap();
    check(WhatIf { facts: vec![sent], ..WhatIf::default() }, "2027-02-01", Standing::MetLate);
    let shorter = vec![("plan-20w".to_owned(), 15)];
    check(WhatIf { periods: shorter, ..WhatIf::default() }, "2026-12-28", Standing::Overdue);
    let longer = vec![("plan-20w".to_owned(), 22)];
    check(WhatIf { periods: longer, ..WhatIf::default() }, "2027-02-15", Standing::Pending);
    let gone = WhatIf { without: vec!["0".to_owned()], ..WhatIf::default() };
    let none = evaluate_if(book, &case, &gone, question).unwrap();
    assert!(none.timeline().obligations.is_empty());
    let plain = casefile::timeline_json(book, &evaluate(book, &case, question));
    assert!(plain.get("hypothetical").is_none());
    for (duty, n) in [("nothing", 3), ("plan-draft", 3), ("plan-20w", 0)] {
        let wrong = WhatIf { periods: vec![(duty.to_owned(), n)], ..WhatIf::default() };
        assert!(evaluate_if(book, &case, &wrong, question).is_err(), "{duty}");
    }
}

#[test]
fn a_pack_of_proposed_law_is_tried_as_if_it_were_law() {
    let text = "[[duty]]\nid = \"isp-8w\"\ntitle = \"Make a support plan\"\nstage = \"plan\"\n\
        cite = \"a proposal\"\nforce = \"statute\"\nform = \"deadline\"\nstatus = \"proposed\"\n\
        owner = \"school\"\nowed-to = [\"parent\"]\nremedies = []\n\
        starts = { on = [\"assessment-requested\"], instance = \"each\" }\nscope = \"case\"\n\
        within = { weeks = 8, counting = \"trigger-day-excluded\" }\n\
        done = [{ any-of = [\"final-plan-sent\"] }]\nin-force = [{ from = 2029-09-01 }]\n\
        checked = { by = \"not yet\", where = \"a proposal\", lawyer = \"not yet\" }\n";
    let pack = [SourceFile { name: "duties/isp.toml".to_owned(), text: text.to_owned() }];
    let files = Rulebook::embedded_files();
    let mut law = files.clone();
    law.extend(pack.iter().cloned());
    let law = Rulebook::parse(&law).unwrap();
    let preview = Rulebook::preview(&files, &pack).unwrap();
    assert!(preview.is_preview() && !law.is_preview());
    assert_ne!(preview.hash(), Rulebook::embedded().hash());
    let has = |book: &Rulebook, on: &str| {
        let case = case(&[&format!("{on} assessment-requested")]);
        let timeline = evaluate(book, &case, Question::today(day("2030-01-01")));
        let json = casefile::timeline_json(book, &timeline);
        assert_eq!(json["as_if_law"], book.is_preview());
        timeline.obligations.iter().any(|found| found.duty == "isp-8w")
    };
    assert!(!has(&law, "2029-09-03"), "proposed is not law");
    assert!(has(&preview, "2029-09-03"), "as if it were law, from its day");
    assert!(!has(&preview, "2029-08-31"), "a case begun before keeps the old rules");
}

#[test]
fn a_refusal_opens_the_ways_to_challenge_it() {
    let book = Rulebook::embedded();
    let remedies = |lines: &[&str]| {
        let timeline = evaluate(book, &case(lines), Question::today(day("2026-11-21")));
        let json = casefile::timeline_json(book, &timeline);
        let list = json["obligations"].as_array().unwrap();
        let decision = list.iter().find(|found| found["duty"] == "rq-6w").unwrap();
        decision["remedies"].to_string()
    };
    let own = r#"["complaint","ombudsman","judicial-review"]"#;
    assert_eq!(remedies(&["2026-09-14 assessment-requested"]), own);
    assert_eq!(
        remedies(&["2026-09-14 assessment-requested", "2026-10-12 assessment-refused"]),
        r#"["complaint","ombudsman","judicial-review","disagreement-resolution","mediation","appeal"]"#
    );
}

#[test]
fn a_member_that_stands_twice_is_refused_by_its_name() {
    let text = r#"{"case": 1, "events": [
        {"id": "a", "kind": "assessment-requested", "on": "2026-09-14", "on": "2026-09-15"}]}"#;
    let faults = casefile::read(text).unwrap_err();
    let said = faults.iter().map(ToString::to_string).collect::<String>();
    assert!(said.contains("member `on` stands twice") && said.contains("line 2"), "{said}");
}
