//! The rulebook on the command line: its duties, the kinds of fact it reads, one duty explained, and
//! its worked examples run.

use jiff::civil::Date;
use sendero_law::{Field, FieldType, Rulebook, Status};
use serde_json::json;

use crate::outcome::{Failure, say};

/// Lists the duties.
pub(crate) fn list(law: &Rulebook, as_json: bool) {
    if as_json {
        let duties: Vec<_> = law
            .duties()
            .iter()
            .map(|duty| {
                json!({"duty": duty.id, "title": duty.title, "owner": duty.owner,
                       "cite": duty.cite, "force": duty.force, "form": duty.form,
                       "status": duty.status.word()})
            })
            .collect();
        say(&json!({"rulebook": law.hash(), "duties": duties}).to_string());
        return;
    }
    for duty in law.duties() {
        let not_law = match duty.status {
            Status::InForce => "",
            Status::NotCommenced => "NOT LAW, no day set: ",
            Status::Proposed => "NOT LAW, proposed: ",
        };
        say(&format!("{:<18} {not_law}{}  ({})", duty.id, duty.title, duty.cite));
    }
}

/// Lists the kinds of fact in the order of procedure, or those that have to do with a word.
pub(crate) fn kinds(law: &Rulebook, word: Option<&str>, as_json: bool) -> Result<(), Failure> {
    let word = word.unwrap_or_default().to_lowercase();
    let found: Vec<_> = law
        .kinds()
        .iter()
        .filter(|kind| {
            kind.name.contains(&word)
                || kind.title.to_lowercase().split_whitespace().any(|said| said.starts_with(&word))
        })
        .collect();
    if found.is_empty() {
        return Err(Failure::Given(format!(
            "no kind of fact has to do with `{word}`: `sendero law kinds` names them all"
        )));
    }
    if as_json {
        let kinds: Vec<_> = found
            .iter()
            .map(|kind| {
                let fields: Vec<_> = kind.fields.iter().map(field_json).collect();
                json!({"kind": kind.name, "title": kind.title, "fields": fields})
            })
            .collect();
        say(&json!({"rulebook": law.hash(), "kinds": kinds}).to_string());
        return Ok(());
    }
    for kind in found {
        say(&format!("{:<34} {}", kind.name, kind.title));
        for field in &kind.fields {
            let needed = if field.required { ", must be there" } else { "" };
            say(&format!("    {}: {}{needed}", field.name, holds(field)));
        }
    }
    Ok(())
}

fn field_json(field: &Field) -> serde_json::Value {
    json!({"field": field.name, "holds": type_word(field.holds), "values": field.values,
           "required": field.required})
}

/// What a field holds, in words: its values, where they are few.
fn holds(field: &Field) -> String {
    let values = || match field.values.len() {
        0..=20 => field.values.join(", "),
        _ => "an id that the rulebook knows".to_owned(),
    };
    match field.holds {
        FieldType::Text => "words".to_owned(),
        FieldType::Flag => "true or false".to_owned(),
        FieldType::Number => "a whole number".to_owned(),
        FieldType::Date => "a day such as 2026-09-14".to_owned(),
        FieldType::Choice => format!("one of {}", values()),
        FieldType::List => format!("a list of {}", values()),
    }
}

const fn type_word(holds: FieldType) -> &'static str {
    match holds {
        FieldType::Text => "text",
        FieldType::Flag => "flag",
        FieldType::Number => "number",
        FieldType::Date => "date",
        FieldType::Choice => "choice",
        FieldType::List => "list",
    }
}

/// Explains one duty.
pub(crate) fn show(law: &Rulebook, id: &str) -> Result<(), Failure> {
    let duty = law.duty(&id.to_lowercase()).ok_or_else(|| {
        Failure::Given(format!("there is no duty `{id}`: `sendero law list` names them all"))
    })?;
    say(&format!("{}  {}", duty.id, duty.title));
    say(&format!("  owed by      {}", duty.owner));
    say(&format!("  owed to      {}", duty.owed_to.join(", ")));
    say(&format!("  written in   {}", duty.cite));
    if let Some(code) = &duty.code {
        say(&format!("  Code         {code}"));
    }
    say(&format!("  force        {}, {}", duty.force, duty.form));
    let period = duty.period.as_deref().unwrap_or("no number in the law");
    say(&format!("  period       {period}"));
    if !duty.lifted_by.is_empty() {
        say(&format!("  lifted by    {}", duty.lifted_by.join(", ")));
    }
    say(&format!("  if not kept  {}", duty.remedies.join(", ")));
    for (state, words) in &duty.say {
        say(&format!("  says {state}: {words}"));
    }
    if duty.status != Status::InForce {
        say(&format!("  status       NOT LAW: {}", duty.status.word()));
    }
    for in_force in &duty.in_force {
        say(&format!("  in force     {}", days(in_force.from, in_force.to)));
    }
    for version in &duty.versions {
        let period = version.period.as_deref().unwrap_or("no number in the law");
        let cite = version.cite.as_deref().map(|cite| format!(" ({cite})")).unwrap_or_default();
        say(&format!("  but          {}: {period}{cite}", days(version.from, version.to)));
    }
    if let Some(note) = &duty.note {
        say(&format!("  note         {note}"));
    }
    let checked = &duty.checked;
    say(&format!("  checked      {}: {}; lawyer: {}", checked.by, checked.at, checked.lawyer));
    say(&format!("  examples     {}", duty.examples.len()));
    for example in &duty.examples {
        say(&format!("    - {example}"));
    }
    Ok(())
}

/// "from 2014-09-01 to 2015-03-22".
fn days(from: Date, to: Option<Date>) -> String {
    match to.and_then(|to| to.yesterday().ok()) {
        Some(last) => format!("from {from} to {last}"),
        None => format!("from {from}"),
    }
}

/// Runs every worked example.
pub(crate) fn check(law: &Rulebook) -> Result<(), Failure> {
    let failures = law.run_examples();
    if failures.is_empty() {
        let examples: usize = law.duties().iter().map(|duty| duty.examples.len()).sum();
        say(&format!(
            "{} duties, {examples} worked examples, all as they should be. Rulebook {}.",
            law.duties().len(),
            law.hash()
        ));
        return Ok(());
    }
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    Err(Failure::Given(lines.join("\n")))
}
