//! What if: the same case with facts put over it, or with another period for one duty. The answer
//! is of a type of its own, so that it cannot be taken for what happened; nothing here gives a fact
//! that could be recorded.

use crate::answer::Timeline;
use crate::evaluate::evaluate_with;
use crate::fact::{Case, Fact, Question};
use crate::limit::{End, Limit};
use crate::rulebook::Rulebook;

/// What is put over a case.
#[derive(Clone, Debug, Default)]
pub struct WhatIf {
    /// Facts that did not happen, or not yet.
    pub facts: Vec<Fact>,
    /// Ids of facts to leave out.
    pub without: Vec<String>,
    /// Another number for the period of a duty, in its own unit: `plan-20w` with 15.
    pub periods: Vec<(String, i32)>,
}

/// An answer about what did not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hypothetical(Timeline);

impl Hypothetical {
    /// The timeline, to be shown as what it is.
    #[must_use]
    pub const fn timeline(&self) -> &Timeline {
        &self.0
    }
}

/// Another number for the periods of one duty.
pub(crate) struct Other {
    pub(crate) duty: String,
    pub(crate) limit: Limit,
}

/// Everything the rulebook would say of a case if something were otherwise.
///
/// # Errors
/// A duty that is not there or has no number to change, in words.
pub fn evaluate_if(
    book: &Rulebook,
    case: &Case,
    what_if: &WhatIf,
    question: Question,
) -> Result<Hypothetical, String> {
    let mut over = case.clone();
    over.facts.retain(|fact| !what_if.without.contains(&fact.id));
    over.facts.extend(what_if.facts.iter().cloned());
    let others = what_if
        .periods
        .iter()
        .map(|(duty, n)| other(book, duty, *n))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Hypothetical(evaluate_with(book, &over, question, &others)))
}

fn other(book: &Rulebook, duty: &str, number: i32) -> Result<Other, String> {
    let found = book
        .duty(duty)
        .ok_or_else(|| format!("there is no duty `{duty}`: `sendero law list` names them all"))?;
    let limit = found.rule.as_ref().and_then(|rule| rule.limit.as_ref());
    let mut limit = limit.cloned().ok_or_else(|| format!("`{duty}` has no number to change"))?;
    let mut changed = 0;
    for period in &mut limit.of {
        if let End::Count { n, .. } = &mut period.end {
            *n = number;
            changed += 1;
        }
    }
    if changed == 1 && number > 0 {
        Ok(Other { duty: found.id.clone(), limit })
    } else {
        Err(format!("`{duty}` has not one number that could be {number}"))
    }
}
