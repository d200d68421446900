//! What the facts of a case file say together and none of them alone: an answer dated before its
//! question, and a changed plan that is called a final plan, as people and published decisions do.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::day::{add_days, add_months};
use crate::fact::{Case, Fact, Value};
use crate::fault::CaseFault;
use crate::rulebook::Rulebook;

/// How long before the first request an answer to it is taken for a slip of the year.
const SLIP_DAYS: i32 = 366;
/// The answers that cannot come before the request they answer, stage by stage.
const ANSWERS: [&[&str]; 2] = [
    &["request-withdrawn", "assessment-agreed", "assessment-refused"],
    &["plan-agreed", "plan-refused", "draft-plan-sent", "final-plan-sent"],
];
/// What a plan that is made anew comes from.
const MAKES: [&str; 6] = [
    "assessment-requested",
    "brought-to-attention",
    "assessment-agreed",
    "reassessment-agreed",
    "plan-agreed",
    "plan-ceased",
];
/// Steps that a plan already there is changed after.
const CHANGES: [&str; 3] = ["review-meeting-held", "review-decision-sent", "amendment-notice-sent"];
/// Decisions of others, after which the plan that follows is made anew, or changed: by what they say.
const ORDERS: [&str; 3] = ["tribunal-ordered", "appeal-not-opposed", "mediation-agreed"];
const MADE_ANEW: [&str; 6] = [
    "assess",
    "make-plan",
    "reconsider",
    "refusal-to-assess",
    "refusal-to-issue",
    "refusal-to-reassess",
];

/// Answers that are dated in the year before the first request they could answer. In a live record
/// the request may simply be missing; in a file it is a slip, unless that request has its own
/// answer: then the earlier one answered a request that the file leaves out.
pub(crate) fn answers_before_requests(book: &Rulebook, case: &Case) -> Vec<CaseFault> {
    let facts = counting(book, case);
    let opens =
        |fact: &&Fact| book.kind_number(&fact.kind).is_some_and(|kind| book.round.opens.has(kind));
    let Some(first) = facts.iter().copied().find(opens).map(|fact| fact.on) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for stage in ANSWERS {
        let answers = || facts.iter().filter(|fact| stage.contains(&fact.kind.as_str()));
        if answers().any(|fact| fact.on >= first) {
            continue;
        }
        faults.extend(answers().filter(|fact| fact.on >= add_days(first, -SLIP_DAYS)).map(|fact| {
            CaseFault::of(
                &fact.id,
                format!(
                    "`{}` on {} comes before the request it answers: check the year",
                    fact.kind, fact.on
                ),
                format!(
                    "The first request is dated {first}. If it answers an earlier one, write that one too"
                ),
            )
        }));
    }
    faults
}

/// Calls a plan that was changed `amended-plan-sent`, and the draft of its changes
/// `amendment-notice-sent`, where the file says `final-plan-sent` and `draft-plan-sent` of a plan
/// that was there already. A notice of changes holds them, unless it says otherwise.
pub(crate) fn call_changes_by_name(book: &Rulebook, case: &mut Case) {
    if book.kind("amended-plan-sent").is_none() || book.kind("amendment-notice-sent").is_none() {
        return;
    }
    let corrected: Vec<String> =
        case.facts.iter().filter_map(|fact| fact.supersedes.clone()).collect();
    let moves = moves(case, &corrected);
    let mut order: Vec<usize> = (0..case.facts.len()).collect();
    order.sort_by_key(|index| place(book, case.facts.get(*index)));
    let mut plan = Plan::default();
    for index in order {
        let Some(fact) = case.facts.get_mut(index) else { continue };
        let name = plan.name_of(fact, &moves);
        if !corrected.contains(&fact.id) {
            plan.after(fact, name);
        }
        if let Some(name) = name {
            name.clone_into(&mut fact.kind);
        }
        if fact.kind == "amendment-notice-sent" {
            fact.fields.entry("amendments-included".to_owned()).or_insert(Value::Flag(true));
        }
    }
}

/// What is known of the plan, fact by fact.
#[derive(Default)]
struct Plan {
    /// A plan was sent, and nothing since asks for another.
    made: bool,
    /// Something changes it, so that the next plan is the changed one.
    changing: bool,
    /// A review is what changes it, so that the next draft is of the changes.
    reviewed: bool,
    /// The last plan sent was a changed one; a copy sent on to others is too.
    last_changed: bool,
}

impl Plan {
    /// What this fact should be called, if not what it is.
    fn name_of(&self, fact: &Fact, moves: &[Date]) -> Option<&'static str> {
        let to_family = match fact.fields.get("to") {
            Some(Value::List(to)) => to.iter().any(|party| party == "parent-or-young-person"),
            _ => true,
        };
        let year_before = |day: &Date| fact.on < *day && fact.on >= add_months(*day, -12).0;
        let changed = match fact.kind.as_str() {
            "draft-plan-sent" => {
                return self.reviewed.then_some("amendment-notice-sent");
            }
            "final-plan-sent" if to_family => {
                self.changing || (self.made && moves.iter().any(year_before))
            }
            "final-plan-sent" => self.last_changed,
            _ => false,
        };
        changed.then_some("amended-plan-sent")
    }

    /// What is known once this fact, under this name, is there.
    fn after(&mut self, fact: &Fact, name: Option<&str>) {
        let kind = name.unwrap_or(&fact.kind);
        let ordered = ORDERS.contains(&kind).then(|| said(fact));
        if MAKES.contains(&kind)
            || ordered.flatten().is_some_and(|order| MADE_ANEW.contains(&order))
        {
            *self = Self::default();
        } else if CHANGES.contains(&kind) {
            self.changing = true;
            self.reviewed = true;
        } else if ordered.flatten().is_some() {
            self.changing = true;
            self.reviewed = false;
        } else if matches!(kind, "final-plan-sent" | "amended-plan-sent" | "plan-transferred") {
            self.made = true;
            self.last_changed = kind == "amended-plan-sent";
        }
    }
}

/// The field in which a step says which decision it is about.
const ABOUT: &str = "about";

/// Says of an agreement in mediation that does not say it itself what it was about: what the steps of the
/// mediation before it say, or the decision that came last.
pub(crate) fn say_what_was_agreed(book: &Rulebook, case: &mut Case) {
    let (mut last, mut agreed) = (None, Vec::new());
    for fact in counting(book, case) {
        if fact.kind == "mediation-agreed" {
            if let (false, Some(about)) = (fact.fields.contains_key(ABOUT), &last) {
                agreed.push((fact.id.clone(), String::clone(about)));
            }
        } else if let Some(about) = decided(fact) {
            last = Some(about.to_owned());
        } else if let (true, Some(Value::Text(about))) =
            (fact.kind.starts_with("mediation-"), fact.fields.get(ABOUT))
        {
            last = Some(about.clone());
        }
    }
    for (id, about) in agreed {
        for fact in case.facts.iter_mut().filter(|fact| fact.id == id) {
            fact.fields.insert(ABOUT.to_owned(), Value::Text(about.clone()));
        }
    }
}

/// What a step about a decision is about; none where it is no decision that can be appealed.
fn decided(fact: &Fact) -> Option<&'static str> {
    let outcome = match fact.fields.get("outcome") {
        Some(Value::Text(outcome)) => outcome.as_str(),
        _ => "",
    };
    match fact.kind.as_str() {
        "assessment-refused" => Some("refusal-to-assess"),
        "plan-refused" => Some("refusal-to-issue"),
        "reassessment-refused" => Some("refusal-to-reassess"),
        "not-amending-sent" => Some("refusal-to-amend"),
        "cease-decided" => Some("cease"),
        "review-decision-sent" if outcome == "maintain" => Some("refusal-to-amend"),
        "review-decision-sent" if outcome == "cease" => Some("cease"),
        "final-plan-sent" | "amended-plan-sent" => Some("contents"),
        _ => None,
    }
}

/// What was ordered, or what a concession is about.
fn said(fact: &Fact) -> Option<&str> {
    match fact.fields.get("order").or_else(|| fact.fields.get(ABOUT)) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// How long before a move a plan is looked for that names the next place; and for how long a changed plan
/// that says nothing of it is taken to.
const MONTHS_BEFORE: [i32; 2] = [12, 8];

/// Says of the plans of the year before a move between phases whether they name the next place. One that
/// does not say does so where it was changed in the last eight months, which for a move in September is
/// the calendar year that the law names. One of the months before does not where a later one does;
/// else it stays open.
pub(crate) fn say_what_names_the_next_place(book: &Rulebook, case: &mut Case) {
    if book.kind("next-place-named").is_none() || book.kind("next-place-left-open").is_none() {
        return;
    }
    let corrected: Vec<String> =
        case.facts.iter().filter_map(|fact| fact.supersedes.clone()).collect();
    let moves: Vec<Date> = moves(case, &corrected);
    let mut added = Vec::new();
    for day in moves {
        let [year, late] = MONTHS_BEFORE.map(|months| add_months(day, -months).0);
        let names = |fact: &Fact| match fact.fields.get(NAMES) {
            Some(Value::Flag(names)) => Some(*names),
            _ => (fact.kind == "amended-plan-sent" && fact.on >= late).then_some(true),
        };
        let plans = || {
            case.facts.iter().enumerate().filter(|(_, fact)| {
                let plan = matches!(fact.kind.as_str(), "amended-plan-sent" | "final-plan-sent");
                plan && (year..day).contains(&fact.on) && !corrected.contains(&fact.id)
            })
        };
        let is_named = plans().any(|(_, fact)| names(fact) == Some(true));
        for (index, fact) in plans() {
            let kind = match names(fact) {
                Some(true) if fact.kind == "final-plan-sent" => Some("next-place-named"),
                None if !is_named => Some("next-place-left-open"),
                _ => None,
            };
            added.push((index, names(fact).unwrap_or(false), kind));
        }
    }
    for (index, names, kind) in added {
        let Some(fact) = case.facts.get_mut(index) else { continue };
        fact.fields.entry(NAMES.to_owned()).or_insert(Value::Flag(names));
        let said = kind.map(|kind| said_by(fact, kind, fact.on, BTreeMap::new()));
        case.facts.extend(said);
    }
}

/// A fact that another one says beside its own.
fn said_by(fact: &Fact, kind: &str, on: Date, fields: BTreeMap<String, Value>) -> Fact {
    let (id, known_on) = (format!("{}: {kind}", fact.id), fact.known_on.max(on));
    Fact { id, kind: kind.to_owned(), on, known_on, supersedes: None, fields }
}

/// Adds the end of a gap that is told as a span, `to` the first day after it.
pub(crate) fn end_what_says_its_end(book: &Rulebook, case: &mut Case) {
    if book.kind("help-given").is_none() {
        return;
    }
    let gaps = counting(book, case).into_iter().filter(|fact| fact.kind == "help-not-given");
    let ends: Vec<Fact> = gaps
        .filter_map(|fact| {
            let mut fields = fact.fields.clone();
            let Some(Value::Date(to)) = fields.remove("to") else { return None };
            Some(said_by(fact, "help-given", to, fields))
        })
        .collect();
    case.facts.extend(ends);
}

/// The field in which a plan says whether it names the place after a move.
const NAMES: &str = "names-next-place";

/// The days of the moves between phases that nothing corrects.
fn moves(case: &Case, corrected: &[String]) -> Vec<Date> {
    let planned = case.facts.iter().filter(|fact| fact.kind == "phase-transfer-planned");
    planned.filter(|fact| !corrected.contains(&fact.id)).map(|fact| fact.on).collect()
}

/// The facts that nothing corrects, in the order in which they happened.
fn counting<'a>(book: &Rulebook, case: &'a Case) -> Vec<&'a Fact> {
    let corrected: Vec<&str> =
        case.facts.iter().filter_map(|fact| fact.supersedes.as_deref()).collect();
    let mut facts: Vec<&Fact> =
        case.facts.iter().filter(|fact| !corrected.contains(&fact.id.as_str())).collect();
    facts.sort_by_key(|fact| place(book, Some(fact)));
    facts
}

/// Where a fact stands: by its day, then as kinds are listed, then by its id.
fn place(book: &Rulebook, fact: Option<&Fact>) -> Option<(Date, Option<u16>, String)> {
    fact.map(|fact| (fact.on, book.kind_number(&fact.kind), fact.id.clone()))
}
