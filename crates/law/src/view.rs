//! The facts that count for one question, in the order of procedure, cut into rounds. What is
//! hidden by the as-at day, by the day it was known, or by a correction is not there at all.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::NEVER;
use crate::day::add_months;
use crate::fact::{Case, Fact, Question, Value};
use crate::kinds::KindSet;
use crate::rule::{Any, Filter, Match};
use crate::rulebook::Rulebook;

/// One fact that counts.
pub(crate) struct Seen<'a> {
    pub(crate) fact: &'a Fact,
    pub(crate) kind: u16,
    /// The round it belongs to; 0 before any was opened.
    pub(crate) round: usize,
    /// The day from which it is there for the duties that foresee it; else its own day.
    pub(crate) since: Date,
    /// Whether its own day is still to come.
    pub(crate) ahead: bool,
}

impl Seen<'_> {
    pub(crate) fn is_in(&self, kinds: &KindSet) -> bool {
        kinds.has(self.kind)
    }

    pub(crate) fn matches(&self, what: &Match) -> bool {
        self.is_in(&what.kinds) && what.filters.iter().all(|filter| self.passes(filter))
    }

    pub(crate) fn is_any(&self, of: &Any) -> bool {
        self.is_in(&of.plain)
            || (self.is_in(&of.kinds) && of.with.iter().any(|what| self.matches(what)))
    }

    pub(crate) fn passes(&self, filter: &Filter) -> bool {
        let has = |word: &str| filter.values.iter().any(|value| value == word);
        match self.fact.fields.get(&filter.field) {
            Some(Value::Text(text)) => has(text),
            Some(Value::Flag(flag)) => has(if *flag { "true" } else { "false" }),
            Some(Value::List(list)) => list.iter().any(|word| has(word)),
            _ => false,
        }
    }

    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        match self.fact.fields.get(field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn date(&self, field: &str) -> Option<Date> {
        match self.fact.fields.get(field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    pub(crate) fn flag(&self, field: &str) -> Option<bool> {
        match self.fact.fields.get(field) {
            Some(Value::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// Whether it went to `party`. Left out, it went to all who must have it.
    pub(crate) fn reached(&self, party: &str) -> bool {
        match self.fact.fields.get("to") {
            Some(Value::List(list)) => list.iter().any(|to| to == party),
            _ => true,
        }
    }
}

/// The facts that count, with the day on which others will.
pub(crate) struct View<'a> {
    pub(crate) facts: Vec<Seen<'a>>,
    /// Facts known already whose own day is still to come. They start the duties that foresee them.
    pub(crate) ahead: Vec<Seen<'a>>,
    /// Where each round starts; the first is round 0.
    starts: Vec<usize>,
    /// The first day on which a fact that is hidden now comes to count.
    pub(crate) next_fact: Date,
}

impl<'a> View<'a> {
    pub(crate) fn new(book: &Rulebook, case: &'a Case, question: Question) -> Self {
        let known = |fact: &Fact| fact.known_on <= question.known_at;
        let corrected: BTreeSet<&str> = case
            .facts
            .iter()
            .filter(|fact| known(fact))
            .filter_map(|fact| fact.supersedes.as_deref())
            .collect();
        let mut facts = Vec::with_capacity(case.facts.len());
        let mut ahead = Vec::new();
        let mut next_fact = NEVER;
        for fact in &case.facts {
            let Some(kind) = book.kind_number(&fact.kind) else {
                continue;
            };
            if corrected.contains(fact.id.as_str()) {
                continue;
            }
            let since = since(book, kind, fact);
            if since <= question.known_at.min(question.as_at)
                && (fact.on > question.as_at || !known(fact))
                && since < fact.on
            {
                ahead.push(Seen { fact, kind, round: 0, since, ahead: true });
            } else if since > question.as_at && since < fact.on {
                next_fact = next_fact.min(since);
            }
            if !known(fact) {
                // A correction takes its target away on the day it is known, whenever it happened.
                let counts = if fact.supersedes.is_some() {
                    fact.known_on
                } else {
                    fact.known_on.max(fact.on)
                };
                next_fact = next_fact.min(counts);
            } else if fact.on > question.as_at {
                next_fact = next_fact.min(fact.on);
            } else {
                facts.push(Seen { fact, kind, round: 0, since, ahead: false });
            }
        }
        facts.sort_unstable_by(|a, b| {
            (a.fact.on, a.kind, &a.fact.id).cmp(&(b.fact.on, b.kind, &b.fact.id))
        });
        let starts = cut_into_rounds(book, &mut facts);
        let mut view = Self { facts, ahead: Vec::new(), starts, next_fact };
        for seen in &mut ahead {
            let before = view.first_on_or_after(seen.since).checked_sub(1);
            seen.round = before.and_then(|at| view.facts.get(at)).map_or(0, |fact| fact.round);
        }
        view.ahead = ahead;
        view
    }

    /// The place of the first fact of a day or later.
    pub(crate) fn first_on_or_after(&self, day: Date) -> usize {
        self.facts.partition_point(|seen| seen.fact.on < day)
    }

    /// The facts from `from` up to `to`.
    pub(crate) fn between(&self, from: usize, to: usize) -> impl Iterator<Item = &Seen<'a>> {
        self.facts.get(from.min(to)..to).unwrap_or(&[]).iter()
    }

    /// Where `round` starts in the facts, and where the next one does.
    pub(crate) fn round_span(&self, round: usize) -> (usize, usize) {
        (
            self.starts.get(round).copied().unwrap_or(0),
            self.starts.get(round + 1).copied().unwrap_or(self.facts.len()),
        )
    }

    /// The facts from `from` up to `to`, with their places.
    pub(crate) fn span(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &Seen<'a>)> {
        self.facts.iter().enumerate().take(to).skip(from)
    }
}

/// The day from which a fact is there for the duties that foresee it: the day it was known, or some
/// months before its own day where that is known to everybody. Its own day where none foresees it.
fn since(book: &Rulebook, kind: u16, fact: &Fact) -> Date {
    match book.foreseen(kind) {
        None => fact.on,
        Some(None) => fact.known_on.min(fact.on),
        Some(Some(months)) => {
            let early = add_months(fact.on, -months).0;
            if fact.known_on < fact.on { fact.known_on.max(early) } else { early }
        }
    }
}

/// Marks each fact with its round. A request inside an open round opens no other; a refusal taken
/// back without a direction opens the same round again.
fn cut_into_rounds(book: &Rulebook, facts: &mut [Seen<'_>]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut open = false;
    let mut closed_by = None;
    for (index, seen) in facts.iter_mut().enumerate() {
        if !open && seen.is_in(&book.round.opens) {
            starts.push(index);
            (open, closed_by) = (true, None);
        } else if open && seen.is_in(&book.round.closes) {
            (open, closed_by) = (false, Some(seen.kind));
        } else if let Some(after) = closed_by
            && book.round.reopens.contains(&(seen.kind, after))
        {
            (open, closed_by) = (true, None);
        }
        seen.round = starts.len() - 1;
    }
    starts
}
