//! The worked examples inside duties, run as tests. Each is a tiny case and what must come out.

use jiff::civil::Date;

use crate::casefile;
use crate::fact::{Case, Closure, Fact, Question, Term};
use crate::rulebook::{Duty, Rulebook};
use crate::{Obligation, evaluate};

/// An example that does not come out as its duty says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The duty.
    pub duty: String,
    /// The example.
    pub name: String,
    /// The file it stands in.
    pub file: String,
    /// The line.
    pub line: usize,
    /// What came out, and what was expected.
    pub what: String,
}

impl std::fmt::Display for ExampleFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} line {}: example \"{}\" of `{}`: {}",
            self.file, self.line, self.name, self.duty, self.what
        )
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) born: Option<Date>,
    pub(crate) setting: Option<String>,
    pub(crate) closures: Vec<String>,
    pub(crate) terms: Vec<String>,
    pub(crate) known_at: Option<Date>,
    pub(crate) given: Vec<String>,
    pub(crate) as_at: Date,
    pub(crate) expect: Expect,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Expect {
    pub(crate) absent: bool,
    pub(crate) missing: Option<Vec<String>>,
    pub(crate) due: Option<Date>,
    pub(crate) no_due: bool,
    pub(crate) due_safe: Option<Date>,
    pub(crate) standing: Option<String>,
    pub(crate) done_on: Option<Date>,
    pub(crate) done_by: Option<Date>,
    pub(crate) days_late: Option<i32>,
    pub(crate) excuse: Option<String>,
    pub(crate) force: Option<String>,
    pub(crate) trigger: Option<Date>,
    pub(crate) keeps: Option<Date>,
    pub(crate) keeps_safe: Option<Date>,
    pub(crate) other: Option<Vec<String>>,
}

/// A worked example as a case, for whoever draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// What it shows.
    pub name: String,
    /// The case.
    pub case: Case,
    /// The day it speaks of.
    pub as_at: Date,
    /// What was known by this day counts.
    pub known_at: Date,
}

impl Rulebook {
    /// A fact from one line: "2026-09-14 assessment-requested by=parent".
    ///
    /// # Errors
    /// What is wrong with the line, in words.
    pub fn fact(&self, id: &str, line: &str) -> Result<Fact, String> {
        let fact = Fact { id: id.to_owned(), ..fact(self, 0, line)? };
        let alone = Case { facts: vec![fact.clone()], ..Case::default() };
        match self.check_case(&alone).first() {
            Some(fault) => Err(fault.to_string()),
            None => Ok(fact),
        }
    }

    /// The worked examples of a duty, as cases.
    #[must_use]
    pub fn worked(&self, duty: &str) -> Vec<Worked> {
        let examples = self.duty(duty).map_or(&[][..], |duty| &duty.worked);
        examples
            .iter()
            .filter_map(|example| {
                Some(Worked {
                    name: example.name.clone(),
                    case: case(self, example).ok()?,
                    as_at: example.as_at,
                    known_at: example.known_at.unwrap_or(example.as_at),
                })
            })
            .collect()
    }

    /// Runs every worked example; empty when all come out.
    #[must_use]
    pub fn run_examples(&self) -> Vec<ExampleFailure> {
        self.duties.iter().flat_map(|duty| self.run_examples_of(duty)).collect()
    }

    /// Runs the worked examples of one duty.
    pub(crate) fn run_examples_of(&self, duty: &Duty) -> Vec<ExampleFailure> {
        let failure = |example: &Example, what: String| ExampleFailure {
            duty: duty.id.clone(),
            name: example.name.clone(),
            file: example.file.clone(),
            line: example.line,
            what,
        };
        duty.worked
            .iter()
            .filter_map(|example| run(self, duty, example).err().map(|what| failure(example, what)))
            .collect()
    }
}

pub(crate) fn run(book: &Rulebook, duty: &Duty, example: &Example) -> Result<(), String> {
    let case = case(book, example)?;
    if let Some(fault) = book.check_case(&case).first() {
        return Err(fault.to_string());
    }
    let known_at = example.known_at.unwrap_or(example.as_at);
    let question = Question { as_at: example.as_at, known_at, explain: true };
    let timeline = evaluate(book, &case, question);
    // The last trigger is the one that a longer story is about, unless it names another.
    let last = |on: Option<Date>| {
        let mut found = timeline.obligations.iter().rev().filter(|found| found.duty == duty.id);
        found.find(|found| on.is_none_or(|on| found.trigger.on == on))
    };
    let found = last(example.expect.trigger).or_else(|| last(None));
    if example.expect.absent {
        return match found {
            None => Ok(()),
            Some(found) => Err(format!("it was triggered, and is {}", found.standing.word())),
        };
    }
    let Some(found) = found else {
        return Err("the duty was not triggered".to_owned());
    };
    compare(found, &example.expect)
}

pub(crate) fn case(book: &Rulebook, example: &Example) -> Result<Case, String> {
    let mut case = Case { born: example.born, setting: example.setting.clone(), ..Case::default() };
    for text in &example.closures {
        let (from, to) = text.split_once(' ').ok_or("write a closure as two days")?;
        case.closures.push(Closure { from: casefile::date(from)?, to: casefile::date(to)? });
    }
    for text in &example.terms {
        let (from, to) = text.split_once(' ').ok_or("write a term as two days")?;
        case.terms.push(Term { from: casefile::date(from)?, to: casefile::date(to)? });
    }
    for (index, text) in example.given.iter().enumerate() {
        case.facts.push(fact(book, index, text)?);
    }
    Ok(case)
}

/// "2026-09-14 assessment-requested by=parent". A word without `=` goes on with the value before it.
fn fact(book: &Rulebook, index: usize, text: &str) -> Result<Fact, String> {
    let mut words = text.split_whitespace();
    let on = casefile::date(words.next().unwrap_or_default())?;
    let kind = words
        .next()
        .ok_or_else(|| "a kind of fact must come after the day: `sendero law kinds`".to_owned())?;
    let mut fact = Fact {
        id: format!("{}", index + 1),
        kind: kind.to_owned(),
        on,
        known_on: on,
        supersedes: None,
        fields: std::collections::BTreeMap::new(),
    };
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for word in words {
        match (word.split_once('='), pairs.last_mut()) {
            (Some((name, value)), _) => pairs.push((name, value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) => return Err(format!("`{word}` is no field: write name=value")),
        }
    }
    for (name, value) in pairs {
        if name == "known" {
            fact.known_on = casefile::date(&value)?;
            continue;
        }
        let known = book.kind(kind).ok_or_else(|| format!("unknown event `{kind}`"))?;
        let field = known.field(name).ok_or_else(|| format!("`{kind}` has no field `{name}`"))?;
        let value = casefile::field_from_text(field, &value)?;
        fact.fields.insert(name.to_owned(), value);
    }
    Ok(fact)
}

fn compare(found: &Obligation, expect: &Expect) -> Result<(), String> {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let keeps = found.keeps.as_ref();
    let due = if expect.no_due { Some(None) } else { expect.due.map(Some) };
    let checks = [
        ("due", day(found.due), due.map(day)),
        ("due-safe", day(found.due_safe), expect.due_safe.map(|date| day(Some(date)))),
        ("done-on", day(found.done_on), expect.done_on.map(|date| day(Some(date)))),
        ("done-by", day(found.done_by), expect.done_by.map(|date| day(Some(date)))),
        ("trigger", day(Some(found.trigger.on)), expect.trigger.map(|date| day(Some(date)))),
        ("keeps", day(keeps.map(|keeps| keeps.day)), expect.keeps.map(|date| day(Some(date)))),
        (
            "keeps-safe",
            day(keeps.map(|keeps| keeps.safe)),
            expect.keeps_safe.map(|date| day(Some(date))),
        ),
        ("standing", Some(found.standing.word().to_owned()), expect.standing.clone().map(Some)),
        ("force", Some(found.force.to_string()), expect.force.clone().map(Some)),
        (
            "days-late",
            found.days_late.map(|days| days.to_string()),
            expect.days_late.map(|days| Some(days.to_string())),
        ),
        (
            "excuse",
            found.excuse.as_ref().map(|excuse| excuse.state.word().to_owned()),
            expect.excuse.clone().map(Some),
        ),
        (
            "missing",
            Some(found.missing.join("; ")),
            expect.missing.as_ref().map(|missing| Some(missing.join("; "))),
        ),
        ("other", Some(others(found)), expect.other.as_ref().map(|other| Some(other.join(", ")))),
    ];
    for (what, got, wanted) in checks {
        if let Some(wanted) = wanted
            && got != wanted
        {
            let words = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
            return Err(format!("`{what}` came out as {}, expected {}", words(got), words(wanted)));
        }
    }
    Ok(())
}

fn others(found: &Obligation) -> String {
    found
        .other_readings
        .iter()
        .map(|other| {
            format!(
                "{} {}",
                other.reading,
                other.due.map_or_else(String::new, |due| due.to_string())
            )
        })
        .collect::<Vec<_>>()
        .join(", ")
}
