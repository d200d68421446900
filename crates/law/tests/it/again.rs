//! What starts a duty a second time takes nothing from the first: a second review meeting does not undo the
//! decision that is owed after the first, nor a second request the answer to the first.

use std::collections::BTreeSet;

use sendero_law::{Case, Date, Obligation, Question, Rulebook, Standing, Worked, evaluate};

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

/// Rights that a later notice about the same decision gives anew, or takes away, by the notice that
/// gave them. All others run to their own last day.
const GIVEN_ANEW: [(&str, &str); 5] = [
    ("amended-plan-sent", "the plan was changed, and can be appealed about as it stands now"),
    ("assessment-refused", "the same request, refused in another letter"),
    ("cease-decided", "the same plan, and one decision to end it"),
    ("final-plan-sent", "another plan took the place of the first"),
    ("plan-refused", "the same request, refused in another letter"),
];

fn ask(case: &Case, as_at: Date) -> Vec<Obligation> {
    evaluate(Rulebook::embedded(), case, Question::today(as_at)).obligations
}

/// Whether what came of the first is gone once the same fact comes again; none where the example has
/// nothing open.
fn goes_when_repeated(duty: &str, worked: Worked) -> Option<(String, bool)> {
    let open = |found: &Obligation| *found.duty == *duty && found.standing.is_live();
    let first = ask(&worked.case, worked.as_at).into_iter().rev().find(open)?;
    let mut case = worked.case;
    let mut again = case.facts.iter().find(|fact| fact.id == *first.trigger.event)?.clone();
    let kind = again.kind.clone();
    "again".clone_into(&mut again.id);
    (again.on, again.known_on) = (worked.as_at, worked.as_at);
    case.facts.push(again);
    let after = ask(&case, worked.as_at);
    let same = after
        .iter()
        .find(|found| found.duty == first.duty && found.trigger.event == first.trigger.event);
    Some((kind, same.is_none_or(|same| same.standing == Standing::Void)))
}

#[test]
fn what_starts_a_duty_again_takes_nothing_from_the_first() {
    let law = Rulebook::embedded();
    let mut replaced = BTreeSet::new();
    let mut tried = 0;
    for duty in law.duties().iter().filter(|duty| duty.form == "deadline") {
        for worked in law.worked(&duty.id) {
            let Some((_, gone)) = goes_when_repeated(&duty.id, worked) else { continue };
            if gone {
                replaced.insert(duty.id.as_str());
            }
            tried += 1;
        }
    }
    assert!(tried > 250, "only {tried} were tried");
    let known: BTreeSet<&str> = REPLACED.iter().map(|(duty, _)| *duty).collect();
    assert_eq!(replaced, known, "replaced | known to be");
}

#[test]
fn what_gives_a_right_again_leaves_the_first_to_run_out() {
    let law = Rulebook::embedded();
    let (mut anew, mut rights) = (BTreeSet::new(), BTreeSet::new());
    for duty in law.duties().iter().filter(|duty| duty.form == "right") {
        for worked in law.worked(&duty.id) {
            let Some((kind, gone)) = goes_when_repeated(&duty.id, worked) else { continue };
            if gone {
                assert!(["ap-start", "md-contact"].contains(&duty.id.as_str()), "{}", duty.id);
                anew.insert((duty.id.clone(), kind));
            }
            rights.insert(duty.id.clone());
        }
    }
    assert_eq!(rights.len(), 11, "{rights:?}");
    let known: BTreeSet<(String, String)> = ["ap-start", "md-contact"]
        .into_iter()
        .flat_map(|duty| GIVEN_ANEW.map(|(kind, _)| (duty.to_owned(), kind.to_owned())))
        .collect();
    assert_eq!(anew, known, "given anew | known to be");
}
