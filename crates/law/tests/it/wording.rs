//! How the law is worded for families: its reading age by a published formula, every placeholder
//! bound, and the slips that other people's pages make ("and" for "or", "longer than" for "not less
//! than") made nowhere here.

use std::collections::BTreeSet;

use sendero_law::{Obligation, Question, Rulebook, Voice, evaluate, reading_age, say};

/// What a parent reads of each duty: the sentences of its worked examples, and what it says in
/// general.
fn read_by_parents(law: &Rulebook) -> Vec<(String, BTreeSet<String>)> {
    let of = |id: &str| {
        let mut said: BTreeSet<String> =
            answers(law, id).iter().map(|one| say(law, one, Voice::Parent)).collect();
        let duty = law.duty(id).unwrap();
        said.extend(["rule", "now"].iter().filter_map(|key| duty.say.get(*key)).cloned());
        (id.to_owned(), said)
    };
    law.duties().iter().map(|duty| of(&duty.id)).collect()
}

fn answers(law: &Rulebook, id: &str) -> Vec<Obligation> {
    let examples = law.worked(id).into_iter();
    examples
        .flat_map(|worked| {
            let question = Question { known_at: worked.known_at, ..Question::today(worked.as_at) };
            evaluate(law, &worked.case, question).obligations
        })
        .filter(|one| one.duty == id)
        .collect()
}

/// The grade of a text, of which five more is an age.
fn grade(text: &str) -> f64 {
    reading_age(text) - 5.0
}

/// A single duty has few words, and one long name among them: twelve is where it becomes too hard.
const HARD_GRADE: f64 = 7.0;

#[test]
fn parents_read_at_about_nine() {
    let law = Rulebook::embedded();
    let all = read_by_parents(law);
    let text: Vec<&str> =
        all.iter().flat_map(|(_, said)| said.iter().map(String::as_str)).collect();
    let whole = grade(&text.join(" "));
    assert!(whole <= 4.5, "the whole is read at {:.1}", whole + 5.0);
    let now: Vec<String> = law
        .situations()
        .iter()
        .flat_map(|one| one.now.iter().chain([&one.lead]).cloned())
        .collect();
    let now = grade(&now.join(" "));
    assert!(now <= 4.5, "what is happening is read at {:.1}", now + 5.0);
    // One by one, so that none hides behind the others.
    let hard: Vec<String> = all
        .iter()
        .filter(|(_, said)| !said.is_empty())
        .map(|(id, said)| (id, grade(&said.iter().cloned().collect::<Vec<_>>().join(" "))))
        .filter(|(_, grade)| *grade >= HARD_GRADE)
        .map(|(id, grade)| format!("{id} is read at {:.0}", grade + 5.0))
        .collect();
    assert!(hard.is_empty(), "{hard:#?}");
}

#[test]
fn every_placeholder_is_bound() {
    let law = Rulebook::embedded();
    let mut faults = Vec::new();
    for duty in law.duties() {
        for one in answers(law, &duty.id) {
            for voice in [Voice::Parent, Voice::Officer] {
                let said = say(law, &one, voice);
                let unbound = said.contains(['{', '}'])
                    || said.contains("no fixed day")
                    || said.contains("  ")
                    || said.ends_with("say .");
                if unbound || said.is_empty() {
                    faults.push(format!("{} {}: {said}", duty.id, one.standing.word()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Each slip was seen on a page about this law. `says` must stand in what we say, `not` must not.
struct Drift {
    about: &'static str,
    says: &'static [&'static str],
    not: &'static [&'static str],
}

fn check(where_: &str, text: &str, drift: &Drift) {
    let text = text.to_lowercase();
    for said in drift.says {
        assert!(text.contains(said), "{where_}, {}: does not say “{said}”: {text}", drift.about);
    }
    for said in drift.not {
        assert!(!text.contains(said), "{where_}, {}: says “{said}”: {text}", drift.about);
    }
}

#[test]
fn exceptions_do_not_drift() {
    let law = Rulebook::embedded();
    let words = |ground: &str| {
        let ground = law.ground(ground).unwrap();
        format!("{} {}", ground.title, ground.words)
    };
    for (ground, drift) in [
        (
            "school-closed",
            Drift {
                about: "not less than four weeks",
                says: &["four weeks or more"],
                not: &["longer than", "more than", "over four"],
            },
        ),
        (
            "early-years-closed",
            Drift {
                about: "not less than four weeks",
                says: &["four weeks or more"],
                not: &["longer than", "more than", "over four"],
            },
        ),
        (
            "absent-from-area",
            Drift {
                about: "or, and not less than",
                says: &["the child, their parent or the young person", "four weeks or more"],
                not: &["child and", "longer than", "more than"],
            },
        ),
        (
            "exceptional-circumstances",
            Drift {
                about: "one of the family is enough",
                says: &["exceptional", "impractical"],
                not: &["and parent", "and his", "and her", "and their parent", "staff"],
            },
        ),
    ] {
        check(ground, &words(ground), &drift);
    }
    // "Or you agree an extension" is no ground, and neither is a shortage: the list is closed.
    let lifts = &law.duty("plan-20w").unwrap().lifted_by;
    let known =
        ["school-closed", "early-years-closed", "exceptional-circumstances", "absent-from-area"];
    assert_eq!(lifts, &known);
}

#[test]
fn limits_do_not_drift() {
    let law = Rulebook::embedded();
    let all = read_by_parents(law);
    let said = |id: &str| {
        let (_, said) = all.iter().find(|(duty, _)| duty == id).unwrap();
        said.iter().cloned().collect::<Vec<_>>().join(" ")
    };
    for (duty, drift) in [
        (
            "plan-20w",
            Drift {
                about: "from the request, not from the decision to assess",
                says: &["20 weeks of your request"],
                not: &["20 weeks of the decision", "20 weeks of agreeing", "working"],
            },
        ),
        (
            "plan-reps-15d",
            Drift {
                about: "at least 15 days, the day of service with them",
                says: &["at least 15 days", "is day 1"],
                not: &["working days", "within 15 days"],
            },
        ),
        (
            "pt-15feb",
            Drift {
                about: "before, not by",
                says: &["before 15 february"],
                not: &["by 15 february"],
            },
        ),
        (
            "pt-31mar",
            Drift { about: "before, not by", says: &["before 31 march"], not: &["by 31 march"] },
        ),
    ] {
        check(duty, &said(duty), &drift);
    }
    // Nothing that a parent reads says "and/or".
    for (id, said) in &all {
        assert!(said.iter().all(|text| !text.contains("and/or")), "{id}");
    }
}

/// What is said of the example of a duty that has this name: to a parent, to an officer, and last in the
/// explanation.
fn said_of(duty: &str, name: &str) -> [String; 3] {
    let law = Rulebook::embedded();
    let worked = law.worked(duty).into_iter().find(|worked| worked.name == name).unwrap();
    let question = Question { explain: true, ..Question::today(worked.as_at) };
    let timeline = evaluate(law, &worked.case, question);
    let found = timeline.obligations.iter().find(|one| one.duty == duty).unwrap();
    let proof = found.why.iter().find(|step| step.text.starts_with("The record does not say on"));
    let why = proof.map(|step| step.text.to_owned()).unwrap_or_default();
    [say(law, found, Voice::Parent), say(law, found, Voice::Officer), why]
}

#[test]
fn a_day_that_nobody_recorded_is_never_given_as_one() {
    assert_eq!(
        said_of("rq-6w", "the family was asked for its advice on the last day: it knew by then"),
        [
            "Your council told you its decision on or before 26 October 2026. That was in time.",
            "Decide whether to assess, and tell the family: done on or before 26 October 2026.",
            "The record does not say on which day this was done. A body received a request for \
             advice on Monday 26 October 2026, which comes after it. So it was done by then, in time.",
        ]
    );
    assert_eq!(
        said_of("ar-12m", "the meeting was the day after: the decision came later still"),
        [
            "The review of the plan was finished on or before 10 May 2027. That was at least 1 day \
             late.",
            "Complete the review of the plan within 12 months: done late, on or before 10 May 2027.",
            "The record does not say on which day this was done. The amended final plan was sent on \
             Monday 10 May 2027, which comes after it. Without this it was not done: A review \
             meeting was held on Tuesday 2 March 2027, past the last day. So it was at least 1 day \
             late.",
        ]
    );
}
