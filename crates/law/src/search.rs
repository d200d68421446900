//! The search for what discharges a duty, or makes it fall away, among the facts of its scope. The
//! facts are looked at once, in the order of procedure.

use crate::day::Day;
use crate::evaluate::{Asked, Depth};
use crate::rule::{Act, Scope};
use crate::view::Seen;

/// How a search ended.
pub(crate) enum Found<'a> {
    /// Nothing ended it; what is still to be done, in words.
    Open { missing: Vec<String> },
    /// The day of the latest act that was needed.
    Done(Day),
    /// What made it fall away, and why.
    Void { by: &'a Seen<'a>, because: &'a str },
    /// A later step shows that it must have been done, on a day nobody recorded.
    Implied { by: &'a Seen<'a>, missing: Vec<String> },
}

/// A search under way.
pub(crate) struct Search<'a> {
    asked: &'a Asked<'a>,
    /// Acts still needed, and parties still to be reached, as bits.
    acts: u32,
    owed: u32,
    void: Option<(&'a Seen<'a>, &'a str)>,
    implied: Option<&'a Seen<'a>>,
    conceded: Option<Day>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(asked: &'a Asked<'a>) -> Self {
        let rule = asked.rule;
        let acts = all(rule.acts.len());
        let owed = if rule.to_all { all(asked.duty.owed_to.len()) } else { 0 };
        Self { asked, acts, owed, void: None, implied: None, conceded: None }
    }

    /// Looks through the scope. Also the day of a concession, if there was one.
    pub(crate) fn run(mut self) -> (Found<'a>, Option<Day>) {
        let asked = self.asked;
        let rule = asked.rule;
        let from = if rule.acts_from_round {
            asked.view.round_span(asked.seen.round).0
        } else {
            asked.after
        };
        for (index, later) in asked.view.touching(rule, from, asked.end) {
            let after = index >= asked.after && index != asked.place;
            if let Some((_, because)) =
                rule.for_good.iter().find(|(what, _)| after && later.matches(what))
            {
                return (Found::Void { by: later, because }, self.conceded);
            }
            if self.discharges(later) && self.acts == 0 && self.owed == 0 {
                return (Found::Done(later.on.max(asked.since)), self.conceded);
            }
            if after {
                self.note(index, later);
            }
        }
        self.replaced();
        let found = match (self.void, self.implied) {
            (Some((by, because)), _) => Found::Void { by, because },
            (None, Some(by)) if asked.depth == Depth::Days => {
                Found::Implied { by, missing: Vec::new() }
            }
            (None, Some(by)) => Found::Implied { by, missing: self.missing() },
            // Only an explanation says what an open duty still waits for.
            (None, None) if asked.depth == Depth::Explained => {
                Found::Open { missing: self.missing() }
            }
            (None, None) => Found::Open { missing: Vec::new() },
        };
        (found, self.conceded)
    }

    /// Notes what a step that does not discharge the duty means for it.
    fn note(&mut self, index: usize, later: &'a Seen<'a>) {
        let rule = self.asked.rule;
        let reopens = &self.asked.book.round.reopens;
        if later.is_any(&rule.void_by) {
            self.void.get_or_insert((later, "it is no longer due"));
        } else if self.void.is_some_and(|(by, _)| reopens.contains(&(later.kind, by.kind))) {
            self.void = None;
        }
        if let Some(practice) = &rule.conceded
            && practice.by == later.kind
            && self
                .asked
                .view
                .of_one(Some(practice.after), self.asked.place, index)
                .next()
                .is_some()
        {
            self.conceded = Some(later.on);
        }
        if later.is_any(&rule.implied_by) || later.is_in(&rule.before) {
            self.implied.get_or_insert(later);
        }
    }

    /// A new period takes the place of one that nothing else ended.
    fn replaced(&mut self) {
        if self.asked.rule.scope == Scope::NextTrigger
            && let Some(next) = self.asked.next
            && let Some(later) = self.asked.view.facts.get(next)
        {
            self.void.get_or_insert((later, "a new period runs from it"));
        }
    }

    /// Whether `later` is one of the acts; strikes out what it does.
    fn discharges(&mut self, later: &Seen<'_>) -> bool {
        let duty = self.asked.duty;
        let mut any = false;
        for (index, act) in self.asked.rule.acts.iter().enumerate() {
            if act_matches(act, self.asked.seen, later) {
                self.acts &= !(1 << index);
                any = true;
            }
        }
        if any && self.asked.rule.to_all {
            for (index, party) in duty.owed_to.iter().enumerate() {
                let nobody =
                    party == "institution" && later.flag("names-institution") == Some(false);
                if nobody || later.reached(party) {
                    self.owed &= !(1 << index);
                }
            }
        }
        any
    }

    /// What is still to be done, in words.
    fn missing(&self) -> Vec<String> {
        let (asked, mut missing) = (self.asked, Vec::new());
        for (index, act) in asked.rule.acts.iter().enumerate() {
            if self.acts >> index & 1 == 1 {
                missing.push(act.words.clone());
            }
        }
        if self.acts == 0 {
            for (index, party) in asked.duty.owed_to.iter().enumerate() {
                if self.owed >> index & 1 == 1 {
                    let words =
                        asked.book.party(party).map_or(party.as_str(), |known| &known.words);
                    missing.push(format!("that it went to {words}"));
                }
            }
        }
        missing
    }
}

const fn all(n: usize) -> u32 {
    if n >= 32 { u32::MAX } else { (1 << n) - 1 }
}

/// Whether `later` is `act` of the duty that `seen` started.
pub(crate) fn act_matches(act: &Act, seen: &Seen<'_>, later: &Seen<'_>) -> bool {
    later.matches(&act.what)
        && act.same.iter().all(|field| seen.text(field) == later.text(field))
        && act.same_if_both.iter().all(|field| match (seen.text(field), later.text(field)) {
            (Some(one), Some(two)) => one.eq_ignore_ascii_case(two),
            _ => true,
        })
}
