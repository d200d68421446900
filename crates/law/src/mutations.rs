//! Mutation of the rulebook as data: each duty is made wrong in one way after another, and some
//! worked example of that duty must fail each time.

mod search;

use crate::kinds::KindSet;
use crate::limit::{Counting, End, Limit, Take};
use crate::rule::{Any, Form, Match, Matter, Roll, Rule, Shown};
use crate::rulebook::{Duty, Effect, Rulebook, Status};

/// A duty made wrong: what was done to it, its rule and its recipients after.
type Wrong = (String, Rule, Vec<String>, Vec<String>);

fn limit_changes(limit: &Limit) -> Vec<(String, Limit)> {
    let mut changes = Vec::new();
    for (place, period) in limit.of.iter().enumerate() {
        let mut change = |what: &str, end: End| {
            let mut other = limit.clone();
            if let Some(period) = other.of.get_mut(place) {
                period.end = end;
            }
            changes.push((format!("period {} {what}", place + 1), other));
        };
        match period.end {
            End::Count { n, unit, counting } => {
                change("one more", End::Count { n: n + 1, unit, counting });
                if n > 1 {
                    change("one less", End::Count { n: n - 1, unit, counting });
                }
                let swapped = match counting {
                    Counting::Excluded => Counting::Included,
                    _ => Counting::Excluded,
                };
                change("counted otherwise", End::Count { n, unit, counting: swapped });
            }
            End::Fixed { month, day, before, next } => {
                change("by and before swapped", End::Fixed { month, day, before: !before, next });
            }
            End::ThatDay => change("the day before", End::DayBefore),
            End::DayBefore => change("that day", End::ThatDay),
        }
        if limit.of.len() > 1 {
            let mut other = limit.clone();
            other.of.remove(place);
            changes.push((format!("period {} dropped", place + 1), other));
        }
    }
    if limit.needs > 0 {
        changes.push(("needs no period".to_owned(), Limit { needs: 0, ..limit.clone() }));
    }
    changes
}

/// The reading that is shown beside made the one that decides.
fn as_default(rule: &Rule, effect: Effect) -> Option<Rule> {
    let mut rule = rule.clone();
    let [one] = rule.limit.as_mut()?.of.as_mut_slice() else { return None };
    match (effect, &mut one.end) {
        (Effect::NextWorkingDay, _) => rule.roll = Some(Roll::NextWorkingDay),
        (Effect::ByTheDay, End::Fixed { before, .. }) => *before = false,
        (Effect::ServedWhenSent, _) => rule.from_service = false,
        _ => return None,
    }
    Some(rule)
}

/// What tells one right from another of its kind, each dropped in turn.
fn right_changes(book: &Rulebook, rule: &Rule) -> Vec<(String, Rule)> {
    let mut changes = Vec::new();
    for place in 0..rule.matters.len() {
        let mut change = |what: String, with: &dyn Fn(&mut Matter)| {
            let mut other = rule.clone();
            other.matters.get_mut(place).into_iter().for_each(with);
            changes.push((format!("matter {}: {what}", place + 1), other));
        };
        change("says nothing".to_owned(), &|matter| matter.says.clear());
        let Some(matter) = rule.matters.get(place) else { continue };
        if matter.in_round {
            change("in any round".to_owned(), &|matter| matter.in_round = false);
        }
        for kind in matter.ended_by.plain.iter() {
            let name = book.kinds.get(usize::from(kind)).map_or("", |kind| &kind.name);
            change(format!("not ended by {name}"), &|matter| {
                let left = matter.ended_by.plain.iter().filter(|known| *known != kind);
                matter.ended_by.plain = left.collect();
            });
        }
    }
    if rule.form == Form::Right {
        for place in 0..rule.acts.len() {
            let mut other = rule.clone();
            other.acts.get_mut(place).into_iter().for_each(|act| act.same_if_both.clear());
            if rule.acts.get(place).is_some_and(|act| !act.same_if_both.is_empty()) {
                changes.push((format!("act {} of any matter", place + 1), other));
            }
        }
    }
    let name = |kind: u16| book.kinds.get(usize::from(kind)).map_or("", |kind| &kind.name);
    for kind in rule.proved_by.kinds.iter() {
        let mut other = Rule { proved_by: without(&rule.proved_by, kind), ..rule.clone() };
        other.implied_by.plain = other.implied_by.plain.and_also([kind].into_iter().collect());
        other.implied_by.kinds = other.implied_by.kinds.and_also(other.implied_by.plain);
        changes.push((format!("{} proves nothing", name(kind)), other));
    }
    for kind in rule.proved_unless.kinds.iter() {
        let other = Rule { proved_unless: without(&rule.proved_unless, kind), ..rule.clone() };
        changes.push((format!("proved whatever came of {}", name(kind)), other));
    }
    for kind in rule.implied_unless.kinds.iter() {
        let other = Rule { implied_unless: without(&rule.implied_unless, kind), ..rule.clone() };
        changes.push((format!("implied whatever came of {}", name(kind)), other));
    }
    if rule.of_school_age {
        let other = Rule { of_school_age: false, ..rule.clone() };
        changes.push(("owed at any age".to_owned(), other));
    }
    if rule.implied_after.is_some() {
        let other = Rule { implied_after: None, ..rule.clone() };
        changes.push(("implied whatever came before".to_owned(), other));
    }
    if let Some(shown) = &rule.shown {
        changes.push(("nothing is shown".to_owned(), Rule { shown: None, ..rule.clone() }));
        let mut other = |what: &str, shown: Shown| {
            changes.push((what.to_owned(), Rule { shown: Some(shown), ..rule.clone() }));
        };
        if !shown.itself.is_empty() {
            let itself = KindSet::default();
            other("no step tells it itself", Shown { itself, ..shown.clone() });
        }
        if shown.except.is_some() {
            other("every step of the kind shows it", Shown { except: None, ..shown.clone() });
        }
    }
    changes
}

/// The same steps but those of one kind.
fn without(any: &Any, kind: u16) -> Any {
    let plain: KindSet = any.plain.iter().filter(|known| *known != kind).collect();
    let with: Vec<Match> = any.with.iter().filter(|what| !what.kinds.has(kind)).cloned().collect();
    let kinds = with.iter().fold(plain, |kinds, what| kinds.and_also(what.kinds));
    Any { kinds, plain, with }
}

fn wrongs(book: &Rulebook, number: usize) -> Vec<Wrong> {
    let Some(duty) = book.duties.get(number) else { return Vec::new() };
    let Some(rule) = &duty.rule else { return Vec::new() };
    let mut wrongs: Vec<Wrong> = Vec::new();
    let mut add = |what: String, rule: Rule| {
        wrongs.push((what, rule, duty.lifted_by.clone(), duty.owed_to.clone()));
    };
    if let Some(limit) = &rule.limit {
        for (what, limit) in limit_changes(limit) {
            add(what, Rule { limit: Some(limit), ..rule.clone() });
        }
    }
    for (reading, effect) in &rule.effects {
        if let Some(other) = as_default(rule, *effect) {
            add(format!("reading {reading} made the default"), other);
        }
    }
    for (reading, period) in &rule.other_limits {
        let limit = Limit { take: Take::First, needs: 0, of: vec![period.clone()] };
        add(
            format!("reading {reading} made the default"),
            Rule { limit: Some(limit), ..rule.clone() },
        );
    }
    for kind in rule.start_kinds.iter() {
        let mut other = rule.clone();
        let name = book.kinds.get(usize::from(kind)).map_or("", |kind| &kind.name);
        other.start_kinds = rule.start_kinds.iter().filter(|start| *start != kind).collect();
        add(format!("trigger {name} dropped"), other);
    }
    for (place, act) in rule.acts.iter().enumerate() {
        for kind in act.what.kinds.iter() {
            let mut other = rule.clone();
            let name = book.kinds.get(usize::from(kind)).map_or("", |kind| &kind.name);
            if let Some(act) = other.acts.get_mut(place) {
                let own_words = act.words != book.titles(act.what.kinds);
                act.what.kinds = act.what.kinds.iter().filter(|known| *known != kind).collect();
                if !own_words {
                    act.words = book.titles(act.what.kinds);
                }
            }
            add(format!("act {name} dropped"), other);
        }
        if act.except.is_some() {
            let mut other = rule.clone();
            other.acts.get_mut(place).into_iter().for_each(|act| act.except = None);
            add(format!("act {} without exception", place + 1), other);
        }
        if act.when_trigger.is_some() {
            let mut other = rule.clone();
            other.acts.get_mut(place).into_iter().for_each(|act| act.when_trigger = None);
            add(format!("act {} after any trigger", place + 1), other);
        }
    }
    for (what, other) in right_changes(book, rule) {
        add(what, other);
    }
    for ground in &duty.lifted_by {
        let left = duty.lifted_by.iter().filter(|other| *other != ground).cloned().collect();
        let what = format!("exception {ground} dropped");
        wrongs.push((what, rule.clone(), left, duty.owed_to.clone()));
    }
    if rule.to_all {
        for party in &duty.owed_to {
            let left = duty.owed_to.iter().filter(|other| *other != party).cloned().collect();
            let what = format!("recipient {party} dropped");
            wrongs.push((what, rule.clone(), duty.lifted_by.clone(), left));
        }
    }
    wrongs
}

/// Asks something of the rulebook while one duty is wrong.
fn with_wrong<T>(
    book: &mut Rulebook,
    number: usize,
    (_, rule, lifted_by, owed_to): Wrong,
    ask: impl Fn(&Rulebook, &Duty) -> T,
) -> T {
    let mut swap = |rule: Option<Rule>, lifted_by: Vec<String>, owed_to: Vec<String>| {
        let Some(duty) = book.duties.get_mut(number) else { unreachable!("the duty is there") };
        let held = (
            std::mem::replace(&mut duty.rule, rule),
            std::mem::replace(&mut duty.lifted_by, lifted_by),
            std::mem::replace(&mut duty.owed_to, owed_to),
        );
        book.index();
        held
    };
    let (rule, lifted_by, owed_to) = swap(Some(rule), lifted_by, owed_to);
    let Some(duty) = book.duties.get(number) else { unreachable!("the duty is there") };
    let answer = ask(book, duty);
    let Some(duty) = book.duties.get_mut(number) else { unreachable!("the duty is there") };
    (duty.rule, duty.lifted_by, duty.owed_to) = (rule, lifted_by, owed_to);
    book.index();
    answer
}

/// Whether some example of the duty fails once it is wrong.
fn noticed(book: &mut Rulebook, number: usize, wrong: Wrong) -> bool {
    with_wrong(book, number, wrong, |book, duty| !book.run_examples_of(duty).is_empty())
}

fn whole_book() -> Rulebook {
    match Rulebook::parse(&Rulebook::embedded_files()) {
        Ok(book) => book,
        Err(faults) => unreachable!("a test reads every file: {faults:?}"),
    }
}

#[test]
fn a_wrong_duty_fails_one_of_its_examples() {
    let mut book = whole_book();
    let mut unnoticed = Vec::new();
    let mut made = 0;
    for number in 0..book.duties.len() {
        let id = book.duties.get(number).map_or(String::new(), |duty| duty.id.clone());
        if book.duties.get(number).is_some_and(|duty| duty.status != Status::InForce) {
            continue;
        }
        for wrong in wrongs(&book, number) {
            let line = format!("{id}: {}", wrong.0);
            made += 1;
            if !noticed(&mut book, number, wrong) {
                unnoticed.push(line);
            }
        }
    }
    assert!(made > 100, "only {made} mutations");
    assert!(unnoticed.is_empty(), "no example notices: {unnoticed:#?}");
}

/// Looks for examples that notice what none does yet, and fails with them if it finds any. What
/// comes out is what the rulebook says now, so it pins a row and proves nothing of it: read each
/// before it is kept.
#[test]
#[ignore = "a chore: run it with --ignored"]
fn find_examples() {
    let mut book = whole_book();
    let mut text = String::new();
    let mut left = 0;
    for number in 0..book.duties.len() {
        if book.duties.get(number).is_some_and(|duty| duty.status != Status::InForce) {
            continue;
        }
        for wrong in wrongs(&book, number) {
            if noticed(&mut book, number, wrong.clone()) {
                continue;
            }
            match search::find(&mut book, number, &wrong) {
                Some((example, told)) => {
                    text.push_str(&told);
                    if let Some(duty) = book.duties.get_mut(number) {
                        duty.worked.push(example);
                    }
                }
                None => left += 1,
            }
        }
    }
    assert!(text.is_empty(), "{left} stay unnoticed; these notice the others:\n{text}");
}
