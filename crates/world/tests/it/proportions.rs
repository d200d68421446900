//! Whether a large area looks like England, within a few per cent.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_record::{Command, Event, Requester};
use sendero_world::{Deed, WorldChild, children};

use crate::{TODAY, area};

/// What is counted of one child.
#[derive(Default)]
struct Counted {
    asked: Option<Date>,
    by: Option<Requester>,
    he: Option<bool>,
    age: i64,
    decided: Option<Date>,
    refused: bool,
    no_plan: bool,
    ended: Option<Date>,
    out: bool,
    asked_advice: Option<Date>,
    late: Vec<String>,
    open: Vec<String>,
    correct: bool,
    later: bool,
    exception: bool,
}

fn weeks(from: Date, to: Date) -> i64 {
    (to.duration_since(from).as_hours() / 24 - 1).div_euclid(7)
}

fn counted(child: &WorldChild) -> Counted {
    let mut of = Counted::default();
    for act in &child.acts {
        match &act.what {
            Deed::Command(Command::Request(request)) => {
                of.asked = Some(act.day);
                of.by = Some(request.by);
                of.age = weeks(request.born.unwrap_or(act.day), act.day) / 52;
                of.out = request.out_of_education.is_some();
                of.he = spoken_of_as_he(request.told.values());
            }
            Deed::Command(Command::RefuseToAssess { .. }) => {
                of.refused = true;
                of.decided = of.decided.or(Some(act.day));
            }
            Deed::Command(Command::AgreeToAssess { .. }) => {
                of.decided = of.decided.or(Some(act.day));
            }
            Deed::Command(Command::RefusePlan(_)) => of.no_plan = true,
            Deed::Command(Command::SendFinal { .. }) => of.ended = Some(act.day),
            Deed::Command(Command::AskForAdvice(asks)) => {
                of.asked_advice = Some(act.day);
                of.open = asks.iter().map(|ask| ask.adviser.clone()).collect();
            }
            Deed::Command(Command::ClaimException { .. }) => of.exception = true,
            Deed::Command(Command::Record { event, .. }) => match event {
                Event::OutOfEducation(_) => of.out = true,
                Event::BackInEducation(_) => of.out = false,
                _ => of.later |= act.known_on.is_some(),
            },
            Deed::GiveAdvice { nth_request, .. } => {
                let late = of.asked_advice.is_some_and(|asked| weeks(asked, act.day) >= 6);
                if let (true, Some(adviser)) = (late, of.open.get(*nth_request)) {
                    of.late.push(adviser.clone());
                }
            }
            Deed::CorrectDay { .. } | Deed::Withdraw { .. } => of.correct = true,
            _ => {}
        }
    }
    of
}

/// Boys are not marked as such in a record; the way in which a child is spoken of tells.
fn spoken_of_as_he<'a>(told: impl Iterator<Item = &'a String>) -> Option<bool> {
    let said = told.fold(String::new(), |all, words| all + " " + &words.to_lowercase());
    let any = |words: [&str; 3]| {
        said.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word))
    };
    match (any(["he", "him", "his"]), any(["she", "her", "herself"])) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Checks that `part` of `whole` is near `expected` per cent.
fn check(what: &str, part: usize, whole: usize, expected: f64, within: f64) {
    let part = u32::try_from(part).map(f64::from).unwrap();
    let whole = u32::try_from(whole).map(f64::from).unwrap();
    let found = 100.0 * part / whole;
    assert!((found - expected).abs() <= within, "{what}: {found:.1} per cent, not {expected}");
}

#[test]
fn four_thousand_children_look_like_england() {
    let all: Vec<Counted> = children(&area(4_000)).map(|child| counted(&child)).collect();
    let count = |wanted: fn(&Counted) -> bool| all.iter().filter(|of| wanted(of)).count();
    let decided = count(|of| of.decided.is_some());
    check("refused", count(|of| of.refused), decided, 26.6, 4.0);
    check(
        "asked by a parent or young person",
        count(|of| matches!(of.by, Some(Requester::Parent | Requester::YoungPerson))),
        all.len(),
        31.0,
        4.0,
    );
    check(
        "decided in six weeks",
        count(|of| matches!((of.asked, of.decided), (Some(a), Some(d)) if weeks(a, d) < 6)),
        decided,
        87.4,
        3.0,
    );
    let finals = count(|of| of.ended.is_some());
    check(
        "final in twenty weeks",
        count(|of| matches!((of.asked, of.ended), (Some(a), Some(e)) if weeks(a, e) < 20)),
        finals,
        48.0,
        5.0,
    );
    check(
        "final after a year",
        count(|of| matches!((of.asked, of.ended), (Some(a), Some(e)) if weeks(a, e) >= 52)),
        finals,
        9.0,
        3.0,
    );
    check(
        "no plan after assessment",
        count(|of| of.no_plan),
        finals + count(|of| of.no_plan),
        6.1,
        2.0,
    );
    check("no full-time education now", count(|of| of.out), all.len(), 4.2, 1.3);
    check(
        "aged 3 to 12 at the request",
        count(|of| (3..=12).contains(&of.age)),
        all.len(),
        78.0,
        4.0,
    );
    check("boys", count(|of| of.he == Some(true)), count(|of| of.he.is_some()), 64.3, 3.0);
}

#[test]
fn psychology_is_late_most_often_then_health() {
    let mut late: BTreeMap<String, usize> = BTreeMap::new();
    for child in children(&area(1_000)) {
        for adviser in counted(&child).late {
            *late.entry(adviser).or_default() += 1;
        }
    }
    let of = |adviser: &str| late.get(adviser).copied().unwrap_or_default();
    let health = of("speech and language therapist") + of("paediatrician");
    assert!(of("educational psychologist") > health, "{late:?}");
    assert!(health > of("SENCO") && of("SENCO") > 0, "{late:?}");
}

#[test]
fn today_finds_cases_at_every_stage() {
    let all: Vec<Counted> = children(&area(400)).map(|child| counted(&child)).collect();
    let count = |wanted: &dyn Fn(&Counted) -> bool| all.iter().filter(|of| wanted(of)).count();
    let waiting = |of: &Counted| of.decided.is_none();
    let beyond = |of: &Counted| {
        of.ended.is_none()
            && of.asked_advice.is_some()
            && !of.no_plan
            && of.asked.is_some_and(|asked| weeks(asked, TODAY) >= 20)
    };
    assert!(count(&|of| of.asked.is_some_and(|asked| weeks(asked, TODAY) < 1)) > 0, "last week");
    assert!(count(&waiting) >= 10, "awaiting a decision");
    assert!(count(&|of| of.asked_advice.is_some() && of.ended.is_none()) >= 20, "gathering");
    assert!(count(&beyond) >= 5, "beyond twenty weeks without a plan");
    assert!(count(&|of| of.ended.is_some()) >= 100, "final");
    assert!(count(&|of| of.refused) >= 50, "refused");
    assert!(count(&|of| of.correct) >= 3, "put right");
    assert!(count(&|of| of.later) >= 10, "recorded later");
    assert!(count(&|of| of.exception) >= 2, "claims of exceptions");
}

#[test]
fn siblings_share_their_parents() {
    let all: Vec<WorldChild> = children(&area(600)).collect();
    let shared = all.windows(2).filter(|pair| {
        let key =
            |child: &WorldChild| child.family.iter().map(|p| p.key.clone()).collect::<Vec<_>>();
        key(&pair[0]).iter().any(|parent| key(&pair[1]).contains(parent))
    });
    let shared = shared.count();
    assert!((8..=50).contains(&shared), "{shared} pairs of siblings");
}
