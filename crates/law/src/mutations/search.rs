//! Looks for an example in which a wrong duty answers otherwise than the right one.

use std::fmt::Write;

use jiff::civil::Date;

use super::{Wrong, with_wrong};
use crate::answer::Obligation;
use crate::day::add_days;
use crate::evaluate;
use crate::examples::{Example, Expect, run};
use crate::fact::Question;
use crate::rulebook::{EventKind, FieldType, GroundTest, Rulebook};

const FIRST: Date = jiff::civil::date(2026, 3, 2);

/// One line of a given story.
fn line(kind: &EventKind, on: Date, extra: &[(&str, String)]) -> String {
    let mut line = format!("{on} {}", kind.name);
    for (name, value) in extra {
        if kind.field(name).is_some() {
            let _ = write!(line, " {name}={value}");
        }
    }
    for field in &kind.fields {
        if extra.iter().any(|(name, _)| *name == field.name) {
            continue;
        }
        let value = match field.holds {
            FieldType::Date => add_days(on, 120).to_string(),
            FieldType::Number if field.required => "20".to_owned(),
            FieldType::Flag if field.required => "true".to_owned(),
            FieldType::Choice if field.required => {
                field.values.first().cloned().unwrap_or_default()
            }
            FieldType::Text if field.required => "x".to_owned(),
            _ => continue,
        };
        // `until`, `to` and the like would change what a claim or an absence says.
        if !field.required && ["until", "to", "from"].contains(&field.name.as_str()) {
            continue;
        }
        let _ = write!(line, " {}={value}", field.name);
    }
    line
}

/// Stories that start the duty, each with every value that its conditions ask for.
fn beginnings(
    book: &Rulebook,
    number: usize,
    on: Date,
) -> Vec<(String, Vec<(&'static str, String)>)> {
    let Some(rule) = book.duties.get(number).and_then(|duty| duty.rule.as_ref()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for start in &rule.starts {
        for kind in start.kinds.iter().filter_map(|kind| book.kinds.get(usize::from(kind))) {
            let mut asked: Vec<(String, String)> = start
                .filters
                .iter()
                .filter_map(|filter| Some((filter.field.clone(), filter.values.first()?.clone())))
                .collect();
            asked.extend(start.at_least.iter().map(|(field, n)| (field.clone(), n.to_string())));
            let same: Vec<(&'static str, String)> = ["from", "to", "school", "reference"]
                .into_iter()
                .filter_map(|name| {
                    let field =
                        kind.field(name).filter(|field| field.holds == FieldType::Choice)?;
                    let bad = |value: &&String| {
                        rule.except
                            .iter()
                            .any(|not| not.field == name && not.values.contains(value))
                    };
                    Some((name, field.values.iter().find(|value| !bad(value))?.clone()))
                })
                .filter(|(name, _)| !asked.iter().any(|(field, _)| field == name))
                .collect();
            let mut extra: Vec<(&str, String)> =
                asked.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            extra.extend(same.iter().cloned());
            for how in [None, Some("post")] {
                let mut extra = extra.clone();
                extra.extend(how.map(|how| ("how", how.to_owned())));
                found.push((line(kind, on, &extra), same.clone()));
            }
        }
    }
    found
}

/// What may follow: nothing, each act to all or to all but one, each claim.
fn endings(book: &Rulebook, number: usize, same: &[(&'static str, String)]) -> Vec<Vec<String>> {
    let Some(duty) = book.duties.get(number) else { return Vec::new() };
    let Some(rule) = &duty.rule else { return Vec::new() };
    let (later, mut found) = (add_days(FIRST, 21), vec![Vec::new()]);
    for ground in &duty.lifted_by {
        let Some(known) = book.ground(ground) else { continue };
        let mut story = Vec::new();
        if known.test == GroundTest::Closure {
            let of = known.asked_of.first().cloned().unwrap_or_default();
            story.push(format!("{} information-requested from={of}", add_days(FIRST, 16)));
        }
        let from = same
            .iter()
            .find(|(name, _)| *name == "from")
            .map_or_else(String::new, |(_, body)| format!(" from={body}"));
        story.push(format!("{later} exception-relied-on ground={ground} duty={}{from}", duty.id));
        found.push(story);
    }
    for act in &rule.acts {
        for kind in act.what.kinds.iter().filter_map(|kind| book.kinds.get(usize::from(kind))) {
            let mut extra: Vec<(&str, String)> = act
                .what
                .filters
                .iter()
                .filter_map(|filter| Some((filter.field.as_str(), filter.values.first()?.clone())))
                .collect();
            extra.extend(same.iter().cloned());
            found.push(vec![line(kind, later, &extra)]);
            let list = kind.field("to").filter(|field| field.holds == FieldType::List);
            for left_out in duty.owed_to.iter().filter(|_| rule.to_all && list.is_some()) {
                let to: Vec<&str> =
                    duty.owed_to.iter().filter(|to| *to != left_out).map(String::as_str).collect();
                if to.is_empty() {
                    continue;
                }
                let mut extra = extra.clone();
                extra.retain(|(name, _)| *name != "to");
                extra.push(("to", to.join(",")));
                found.push(vec![line(kind, later, &extra)]);
            }
        }
    }
    found
}

/// The first story that tells right from wrong, as an example and as it is written.
pub(super) fn find(book: &mut Rulebook, number: usize, wrong: &Wrong) -> Option<(Example, String)> {
    for shift in 0..12 {
        let on = add_days(FIRST, shift);
        for (begin, same) in beginnings(book, number, on) {
            for ending in endings(book, number, &same) {
                for as_at in [add_days(FIRST, 30), add_days(FIRST, 400)] {
                    let given: Vec<String> =
                        std::iter::once(begin.clone()).chain(ending.clone()).collect();
                    let found = attempt(book, number, wrong, given, as_at);
                    if found.is_some() {
                        return found;
                    }
                }
            }
        }
    }
    None
}

fn attempt(
    book: &mut Rulebook,
    number: usize,
    wrong: &Wrong,
    given: Vec<String>,
    as_at: Date,
) -> Option<(Example, String)> {
    let mut example = Example {
        name: format!("notices: {}", wrong.0),
        file: String::new(),
        line: 0,
        born: Some(jiff::civil::date(2016, 5, 4)),
        setting: None,
        closures: Vec::new(),
        terms: vec!["2026-01-05 2026-07-21".to_owned(), "2026-09-02 2027-07-21".to_owned()],
        given,
        as_at,
        known_at: None,
        expect: Expect::default(),
    };
    let right = answer(book, number, &example)?;
    example.expect.due = right.due;
    example.expect.no_due = right.due.is_none();
    example.expect.standing = Some(right.standing.word().to_owned());
    let duty = book.duties.get(number)?;
    run(book, duty, &example).ok()?;
    let fails =
        with_wrong(book, number, wrong.clone(), |book, duty| run(book, duty, &example).is_err());
    let told = told(&book.duties.get(number)?.id, &example);
    fails.then_some((example, told))
}

fn answer(book: &Rulebook, number: usize, example: &Example) -> Option<Obligation> {
    let case = crate::examples::case(book, example).ok()?;
    if !book.check_case(&case).is_empty() {
        return None;
    }
    let id = &book.duties.get(number)?.id;
    evaluate(book, &case, Question::today(example.as_at))
        .obligations
        .into_iter()
        .rfind(|found| found.duty == *id)
}

fn told(duty: &str, example: &Example) -> String {
    let due =
        example.expect.due.map_or_else(|| "no-due = true".to_owned(), |due| format!("due = {due}"));
    let given: Vec<String> = example.given.iter().map(|line| format!("\"{line}\"")).collect();
    format!(
        "\n[[example]]\nduty = \"{duty}\"\nname = \"{}\"\nborn = 2016-05-04\nterms = [\"{}\"]\n\
         given = [{}]\nas-at = {}\nexpect = {{ {due}, standing = \"{}\" }}\n",
        example.name,
        example.terms.join("\", \""),
        given.join(", "),
        example.as_at,
        example.expect.standing.as_deref().unwrap_or_default()
    )
}
