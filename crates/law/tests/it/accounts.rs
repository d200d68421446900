//! What a lawyer and an officer are told, from the same answer: figures that anybody can check
//! against a calendar.

use sendero_law::{
    Account, Case, Date, Fact, FirstDay, Obligation, Question, Rulebook, account, evaluate,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn found(given: &[(&str, &str)], duty: &str, as_at: &str) -> (Obligation, Account) {
    let facts = given.iter().map(|(on, kind)| Fact {
        id: (*kind).to_owned(),
        kind: (*kind).to_owned(),
        on: day(on),
        known_on: day(on),
        supersedes: None,
        fields: std::collections::BTreeMap::new(),
    });
    let case = Case { facts: facts.collect(), ..Case::default() };
    let law = Rulebook::embedded();
    let timeline = evaluate(law, &case, Question::today(day(as_at)));
    let one = timeline.obligations.into_iter().find(|one| one.duty == duty).unwrap();
    let account = account(law, &one, day(as_at));
    (one, account)
}

#[test]
fn a_plan_over_christmas_is_counted_day_by_day() {
    let given = [("2026-09-14", "assessment-requested"), ("2026-10-20", "assessment-agreed")];
    let (_, plan) = found(&given, "plan-20w", "2027-01-20");
    assert_eq!(plan.first_day, Some(FirstDay::NotCounted));
    assert_eq!(plan.length, Some(140));
    assert_eq!(plan.counted, Some((day("2026-09-15"), day("2027-02-01"))));
    assert_eq!(plan.every_day_counts, Some(true));
    // Christmas Day, Boxing Day in its place on the Monday, New Year's Day.
    let holidays = ["2026-12-25", "2026-12-28", "2027-01-01"].map(day);
    assert_eq!(plan.bank_holidays, holidays);
    assert!(!plan.ends_on_rest);
    assert_eq!(plan.changes.turns_on, Some(day("2027-02-02")));
    let grounds: Vec<&str> = plan.changes.grounds.iter().map(|(id, ..)| id.as_str()).collect();
    assert_eq!(grounds.len(), 4);
    assert!(grounds.contains(&"school-closed"), "{grounds:?}");
    let (id, other) = ("A1", day("2027-01-31"));
    assert!(plan.readings.iter().any(|read| read.id == id && read.due == Some(other)));
}

#[test]
fn a_period_that_begins_with_its_day_counts_it_and_working_days_leave_out_the_rest() {
    let mut draft = [("2026-12-18", "draft-plan-sent")].to_vec();
    draft.insert(0, ("2026-09-14", "assessment-requested"));
    let (one, reps) = found(&draft, "plan-reps-15d", "2026-12-20");
    match one.due {
        // The day of service decides; where it is not told, nothing is counted.
        Some(due) => assert_eq!(reps.counted, Some((one.trigger.on, due))),
        None => assert!(!reps.changes.missing.is_empty()),
    }
    let (_, ack) = found(&[("2026-12-21", "complaint-made")], "complaint-ack", "2026-12-22");
    assert_eq!(ack.every_day_counts, Some(false));
    assert_eq!(ack.counted, None);
    assert_eq!(ack.bank_holidays, ["2026-12-25", "2026-12-28"].map(day));
}

#[test]
fn what_is_over_can_no_longer_change() {
    let given = [("2026-09-14", "assessment-requested"), ("2026-10-27", "assessment-refused")];
    let (_, decided) = found(&given, "rq-6w", "2026-11-20");
    assert!(!decided.changes.open);
    assert!(decided.changes.grounds.is_empty());
    assert_eq!(decided.changes.turns_on, None);
}
