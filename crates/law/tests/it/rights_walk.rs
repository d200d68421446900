//! The slow walk over the rights to mediate and to appeal: each decision in turn, and each act given to
//! the decision that it can be about. It shares no code with the engine.

use sendero_law::{Date, Fact};

use crate::oracle::{Oracle, field, months, works};

/// A decision, and what became of the right that it gave.
struct Right {
    at: usize,
    /// None where the day cannot be told.
    due: Option<Date>,
    ended: bool,
    /// The kinds of act that were about it.
    had: Vec<String>,
    standing: &'static str,
}

/// What an appeal against a decision says that it is about; empty where there is no appeal.
fn abouts(fact: &Fact) -> &'static [&'static str] {
    match (fact.kind.as_str(), field(fact, "outcome")) {
        ("assessment-refused", _) => &["refusal-to-assess"],
        ("plan-refused", _) => &["refusal-to-issue"],
        ("final-plan-sent" | "amended-plan-sent", _) => {
            &["plan", "contents", "placement", "contents-and-placement"]
        }
        ("review-decision-sent", "maintain") => {
            &["refusal-to-amend", "contents", "placement", "contents-and-placement"]
        }
        ("review-decision-sent", "cease") | ("cease-decided", _) => &["cease"],
        _ => &[],
    }
}

fn can_be_about(decision: &Fact, act: &Fact) -> bool {
    let said = field(act, "about");
    said.is_empty() || abouts(decision).contains(&said)
}

/// Where in the rounds a fact lies.
fn round(oracle: &Oracle<'_>, at: usize) -> usize {
    oracle.rounds().iter().filter(|(start, _)| *start <= at).count()
}

fn is_ended(oracle: &Oracle<'_>, decision: usize, by: usize) -> bool {
    let (first, later) = (oracle.facts[decision], oracle.facts[by]);
    let same_round = round(oracle, decision) == round(oracle, by);
    match (abouts(first)[0], later.kind.as_str()) {
        ("refusal-to-assess", "assessment-refused" | "assessment-agreed")
        | ("refusal-to-issue", "plan-refused" | "plan-agreed") => same_round,
        ("plan" | "refusal-to-amend", "final-plan-sent" | "amended-plan-sent")
        | ("cease", "cease-decided") => true,
        _ => false,
    }
}

/// The first day from one on which proceedings can start.
fn rolled(mut day: Date) -> Date {
    while day.month() == 8
        || (day.month() == 12 && day.day() >= 25)
        || (day.month() == 1 && day.day() == 1)
    {
        day = day.tomorrow().unwrap();
    }
    while !works(day) {
        day = day.tomorrow().unwrap();
    }
    day
}

/// The last day for an appeal: two months, or one from the certificate if that is later.
fn appeal_by(oracle: &Oracle<'_>, decision: usize) -> Option<Date> {
    let sent = oracle.facts[decision];
    let two = months(sent.on, 2);
    let mut by = two;
    let (mut alone, mut unsure) = (true, false);
    for fact in &oracle.facts[decision + 1..] {
        if fact.kind == "mediation-certificate-issued" && can_be_about(sent, fact) {
            if alone || !field(fact, "about").is_empty() {
                by = months(fact.on, 1).max(two);
            } else if fact.on <= two {
                unsure = true;
            }
        }
        alone = alone && abouts(fact).is_empty();
    }
    if unsure { None } else { Some(rolled(by)) }
}

/// The rights that an act can be about.
fn candidates(oracle: &Oracle<'_>, rights: &[Right], act: &Fact) -> Vec<usize> {
    let could: Vec<usize> = (0..rights.len())
        .filter(|n| {
            !rights[*n].ended
                && !rights[*n].had.contains(&act.kind)
                && can_be_about(oracle.facts[rights[*n].at], act)
        })
        .collect();
    let open = |n: &usize| rights[*n].due.is_none_or(|due| act.on <= due);
    let Some(newest) = could.iter().rfind(|n| open(n)).copied() else {
        return could.last().copied().into_iter().collect();
    };
    let since = oracle.facts[rights[newest].at].on;
    let going_on =
        |n: &usize| !rights[*n].had.is_empty() && rights[*n].due.is_some_and(|due| since <= due);
    could.into_iter().filter(|n| open(n) || going_on(n)).collect()
}

/// Goes through the case once for each of the two rights.
pub(crate) fn walk(oracle: &mut Oracle<'_>) {
    for (duty, acts) in [
        ("md-contact", &["mediation-contacted", "mediation-certificate-issued"][..]),
        ("ap-start", &["appeal-made"]),
    ] {
        let mut rights: Vec<Right> = Vec::new();
        for at in 0..oracle.facts.len() {
            let fact = oracle.facts[at];
            for right in rights.iter_mut().filter(|right| !right.ended) {
                right.ended = is_ended(oracle, right.at, at);
                if right.ended && right.standing.is_empty() {
                    right.standing = "void";
                }
            }
            if acts.contains(&fact.kind.as_str()) {
                match candidates(oracle, &rights, fact).as_slice() {
                    [one] => {
                        let right = &mut rights[*one];
                        right.had.push(fact.kind.clone());
                        if right.standing.is_empty() || right.standing == "unsaid" {
                            right.standing = match right.due {
                                None => "unclear",
                                Some(due) if fact.on <= due => "met",
                                Some(_) => "met-late",
                            };
                        }
                    }
                    several => {
                        for one in several {
                            if rights[*one].standing.is_empty() {
                                rights[*one].standing = "unsaid";
                            }
                        }
                    }
                }
            }
            if !abouts(fact).is_empty() {
                let due = match duty {
                    "md-contact" => Some(months(fact.on, 2)),
                    _ => appeal_by(oracle, at),
                };
                rights.push(Right { at, due, ended: false, had: Vec::new(), standing: "" });
            }
        }
        for right in rights {
            let standing = match (right.standing, right.due) {
                ("unsaid", _) | ("", None) => "unclear",
                ("", Some(due)) if oracle.as_at > due => "void",
                ("", Some(_)) => "pending",
                (standing, _) => standing,
            };
            oracle.add(duty, &oracle.facts[right.at].id.clone(), right.due, standing);
        }
    }
}
