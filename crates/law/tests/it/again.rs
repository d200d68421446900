//! What starts a duty a second time takes nothing from the first: a second review meeting does not undo the
//! decision that is owed after the first, nor a second request the answer to the first.

use std::collections::BTreeSet;

use sendero_law::{Case, Date, Obligation, Question, Rulebook, Standing, evaluate};

/// Duties in whose place a new one comes, and why that is right.
const REPLACED: [(&str, &str); 13] = [
    ("ap-bundle", "the hearing was moved"),
    ("ar-12m", "a new plan has its own first year"),
    ("ar-invite", "the meeting was moved"),
    ("ar-lists", "each term has its own list"),
    ("ar-papers", "the meeting was moved"),
    ("ar-y9", "the meeting was moved"),
    ("dp-release", "released again"),
    ("pb-review", "payments began anew"),
    ("sch-admit", "the new plan names where the child goes"),
    ("sch-apdr", "support began anew"),
    ("sch-senco-qual", "somebody else is the SENCO"),
    ("trf-6w", "the plan has gone to yet another authority"),
    ("trf-review", "the plan has gone to yet another authority"),
];

fn ask(case: &Case, as_at: Date) -> Vec<Obligation> {
    evaluate(Rulebook::embedded(), case, Question::today(as_at)).obligations
}

#[test]
fn what_starts_a_duty_again_takes_nothing_from_the_first() {
    let law = Rulebook::embedded();
    let mut replaced = BTreeSet::new();
    let mut tried = 0;
    for duty in law.duties().iter().filter(|duty| duty.form == "deadline") {
        for worked in law.worked(&duty.id) {
            let open = |found: &Obligation| *found.duty == *duty.id && found.standing.is_live();
            let Some(first) = ask(&worked.case, worked.as_at).into_iter().rev().find(open) else {
                continue;
            };
            let mut case = worked.case;
            let mut again =
                case.facts.iter().find(|fact| fact.id == *first.trigger.event).unwrap().clone();
            "again".clone_into(&mut again.id);
            (again.on, again.known_on) = (worked.as_at, worked.as_at);
            case.facts.push(again);
            let after = ask(&case, worked.as_at);
            let same = after.iter().find(|found| {
                found.duty == first.duty && found.trigger.event == first.trigger.event
            });
            if same.is_none_or(|same| same.standing == Standing::Void) {
                replaced.insert(duty.id.as_str());
            }
            tried += 1;
        }
    }
    assert!(tried > 250, "only {tried} were tried");
    let known: BTreeSet<&str> = REPLACED.iter().map(|(duty, _)| *duty).collect();
    assert_eq!(replaced, known, "replaced | known to be");
}
