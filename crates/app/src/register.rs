//! The register of a case's breaches for the authority: what was late, by how much, and which system
//! held it up, never which person; a draft apology from it; and what the Ombudsman usually asks for.

use std::sync::LazyLock;

use jiff::civil::Date;
use sendero_law::{Duty, ExcuseState, Obligation, Rulebook, Timeline};
use sendero_record::{Body, Record};
use serde::Deserialize;

use crate::CaseFile;
use crate::papers::{Breach, breach_line, fill};
use crate::projection::ADVICE_ORDER;

/// A breach as the register holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// What was late.
    pub breach: Breach,
    /// Its duty.
    pub duty: String,
    /// The fact that started it.
    pub trigger: String,
    /// Days past the last one: to the day it was done, or to today; the least that they can be where the
    /// breach has only a day by which it was done.
    pub days: Option<i32>,
    /// What it waited for on the last day, as `projection` names causes: `advice:BODY`, `decision`,
    /// `draft`, `final`, `review`; empty where nothing on the record tells.
    pub cause: String,
    /// An exception that is in play, and the ground.
    pub excuse: Option<(ExcuseState, String)>,
}

/// Every breach of a case, earliest first.
#[must_use]
pub fn register(law: &Rulebook, record: &Record, timeline: &Timeline) -> Vec<Registered> {
    let mut list: Vec<Registered> = timeline
        .obligations
        .iter()
        .filter_map(|one| {
            let breach = Breach::of(law, one)?;
            Some(Registered {
                duty: one.duty.to_string(),
                trigger: one.trigger.event.clone(),
                days: one.days_late,
                cause: cause_of(
                    record,
                    (law.duty(&one.duty)?, one.trigger.body.as_deref()),
                    one.due.unwrap_or(timeline.as_at),
                ),
                excuse: one.excuse.as_ref().and_then(|excuse| {
                    Some((excuse.state, law.ground(&excuse.ground)?.title.clone()))
                }),
                breach,
            })
        })
        .collect();
    list.sort_by_key(|one| (one.breach.due.unwrap_or(one.breach.started_on), one.duty.clone()));
    list
}

/// What a duty, with the body that its trigger names, waited for when its last day ended. A floor
/// waits for nobody: it was ended too soon.
pub(crate) fn cause_of(
    record: &Record,
    (duty, body): (&Duty, Option<&str>),
    last_day: Date,
) -> String {
    match duty.waits_for.as_deref().filter(|_| duty.form != "floor") {
        Some("advice") => format!("advice:{}", body.unwrap_or("other")),
        Some("plan") => plan_cause(record, last_day),
        waits_for => waits_for.unwrap_or_default().to_owned(),
    }
}

/// What a duty that stands open waits for today, in the words of [`Registered::cause`].
#[must_use]
pub fn waits_for(law: &Rulebook, file: &CaseFile, one: &Obligation) -> String {
    let Some(duty) = law.duty(&one.duty) else { return String::new() };
    cause_of(&file.record, (duty, one.trigger.body.as_deref()), file.now.today)
}

/// Advice that was not in by then, the one most often last first; else the step that was missing.
fn plan_cause(record: &Record, by: Date) -> String {
    let before = |kind: &str| record.last_of(&[kind]).is_some_and(|entry| entry.header.on <= by);
    if !before("assessment-agreed") {
        // What had been refused by then was decided: the refusal held it up until it was given up.
        let cause = if before("assessment-refused") { "refused" } else { "decision" };
        return cause.to_owned();
    }
    if before("draft-plan-sent") {
        return "final".to_owned();
    }
    let advice = record.advice();
    let out: Vec<Body> = advice
        .iter()
        .filter(|one| one.asked.on <= by)
        .filter(|one| one.answer.is_none_or(|(header, _)| header.on > by))
        .map(|one| one.request.from)
        .collect();
    let first = ADVICE_ORDER.into_iter().find(|body| out.contains(body)).or(out.first().copied());
    first.map_or_else(|| "draft".to_owned(), |body| format!("advice:{}", body.word()))
}

/// What an apology is filled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApologyFacts {
    /// Who it is to.
    pub to: String,
    /// The child.
    pub child: String,
    /// The reference.
    pub reference: String,
    /// The causes in words, each a line.
    pub causes: Vec<String>,
}

/// What there is to be sorry for: not what was late under an exception whose conditions stand, which the
/// law allows.
#[must_use]
pub fn unexcused(register: Vec<Registered>) -> Vec<Registered> {
    let claimed = |one: &Registered| matches!(&one.excuse, Some((ExcuseState::Claimed, _)));
    register.into_iter().filter(|one| !claimed(one)).collect()
}

/// A draft apology for these breaches; what only people know stays a blank.
#[must_use]
pub fn apology(facts: &ApologyFacts, register: &[Registered], today: Date) -> String {
    let lines: Vec<String> = register.iter().map(|one| breach_line(&one.breach, today)).collect();
    let mut causes: Vec<String> = facts.causes.iter().map(|cause| format!("- {cause}.")).collect();
    if causes.is_empty() {
        causes.push(figures().cause_blank.clone());
    }
    fill(include_str!("../papers/apology.txt"), |hole| match hole {
        "today" => today.strftime("%-d %B %Y").to_string(),
        "to" => facts.to.clone(),
        "child" => facts.child.clone(),
        "reference" => facts.reference.clone(),
        "breaches" => lines.join("\n"),
        "causes" => causes.join("\n"),
        _ => String::new(),
    })
    .trim()
    .to_owned()
}

/// What the Ombudsman usually asks for.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its id.
    pub id: String,
    /// For what.
    pub what: String,
    /// Whole pounds, from.
    pub from: u32,
    /// Whole pounds, to.
    pub to: u32,
    /// For what time ("a term"); empty where it is for the whole.
    pub per: String,
    /// What moves it.
    pub note: String,
    /// How it was checked.
    pub read: String,
}

/// The figures with their source.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Where they come from.
    pub source: String,
    /// What stands in an apology where the record tells no cause.
    cause_blank: String,
    /// The figures.
    pub figure: Vec<Figure>,
}

/// Compiled in; a test reads it, so it cannot be empty.
static FIGURES: LazyLock<Figures> =
    LazyLock::new(|| toml::from_str(include_str!("../papers/figures.toml")).unwrap_or_default());

/// The Ombudsman's figures.
#[must_use]
pub fn figures() -> &'static Figures {
    &FIGURES
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn figures_are_ranges_with_a_source_and_say_how_they_were_checked() {
        assert!(figures().source.contains("Ombudsman") && figures().figure.len() >= 2);
        for figure in &figures().figure {
            assert!(figure.from < figure.to && !figure.read.is_empty(), "{}", figure.id);
        }
    }

    #[test]
    fn an_apology_says_what_was_late_and_names_systems() {
        let breach = Breach {
            duty: "Send the final EHC plan".to_owned(),
            cite: "SEND Regulations 2014 reg 13(2)-(3)".to_owned(),
            due: Some(date(2027, 2, 1)),
            done: None,
            done_by: None,
            broken: false,
            started: String::new(),
            started_on: date(2026, 9, 14),
        };
        let late = Registered {
            breach,
            duty: "plan-20w".to_owned(),
            trigger: "1".to_owned(),
            days: Some(9),
            cause: "advice:psychologist".to_owned(),
            excuse: None,
        };
        let relied = |state| Registered {
            excuse: Some((state, "Away from the area".to_owned())),
            ..late.clone()
        };
        for (state, left) in [(ExcuseState::Claimed, 1), (ExcuseState::ConditionsNotMet, 2)] {
            assert_eq!(unexcused(vec![late.clone(), relied(state)]).len(), left, "{state:?}");
        }
        let facts = ApologyFacts {
            to: "Aoife Fernleigh".to_owned(),
            child: "Oisin".to_owned(),
            reference: "ALD-1".to_owned(),
            causes: vec!["Psychology advice not in".to_owned()],
        };
        let text = apology(&facts, &[late], date(2027, 2, 10));
        for words in [
            "I am sorry.",
            "- Send the final EHC plan: last day 1 February 2027. It has not been done.",
            "Today it is 9 days late.",
            "- Psychology advice not in.",
            "[What is still to be done",
        ] {
            assert!(text.contains(words), "does not say “{words}”: {text}");
        }
        assert!(!text.contains(['{', '}']), "{text}");
    }
}
