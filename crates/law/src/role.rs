//! What facts of each kind are for a duty: what they start, and what they do to it afterwards. It is
//! worked out once, when a rulebook is numbered. A case is then asked with bits, kind by kind, and a
//! kind of which it has no fact costs next to nothing.

use crate::day::Day;
use crate::evaluate::could_start;
use crate::rule::{Any, Match, Rule, Scope};
use crate::rulebook::Rulebook;
use crate::traits::{Met, Traits};
use crate::view::Seen;

/// Facts of one kind as they start a duty in one span of its force.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    pub(crate) duty: u16,
    pub(crate) kind: u16,
    /// Whether it is seen before its own day.
    pub(crate) foreseen: bool,
    from: Day,
    to: Day,
    /// The conditions that decide, and those of them that the fact must meet: it may meet none of the
    /// others. None where only its words can tell.
    conditions: Option<(Met, Met)>,
}

impl Start {
    /// Whether a fact of this kind starts the duty. Its words are asked where bits cannot tell.
    #[inline]
    pub(crate) fn by(&self, seen: &Seen<'_>, book: &Rulebook) -> bool {
        self.from <= seen.on
            && seen.on < self.to
            && match self.conditions {
                Some((decide, needs)) => seen.traits & decide == needs,
                None => book.with_rule(self.duty).is_some_and(|(_, rule)| could_start(rule, seen)),
            }
    }
}

/// What a fact can do to a duty that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    /// It is one of the acts.
    Act,
    /// It makes the duty fall away, whatever comes after.
    EndsForGood,
    /// It makes it fall away.
    Voids,
    /// It takes back what made it fall away.
    Reopens,
    /// It speaks for the duty having been done.
    Implies,
    /// It ends what a right is about.
    EndsMatter,
}

impl Does {
    /// How many there are.
    pub(crate) const ALL: usize = Self::EndsMatter as usize + 1;
}

/// What facts of one kind do to a duty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    pub(crate) kind: u16,
    pub(crate) does: Does,
    /// The conditions that it must meet. Where there is none, only its words can tell, and whoever
    /// finds one asks them.
    pub(crate) needs: Met,
}

/// Everything that facts are for one duty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    pub(crate) starts: Vec<Start>,
    /// The kinds that can end it or change where it stands.
    pub(crate) telling: Vec<u16>,
    pub(crate) later: Vec<Role>,
    /// The kinds of the steps that it should come before.
    pub(crate) before: Vec<u16>,
    /// Whether any fact that is an act by its kind and conditions discharges it by itself.
    pub(crate) one_act: bool,
    /// Whether what looks like its act can have come of another fact that started it.
    pub(crate) can_be_of_another: bool,
    /// Whether its obligations can be plain (see [`crate::plain`]).
    pub(crate) plain: bool,
    /// Whether another duty keeps its day.
    pub(crate) kept: bool,
}

impl Roles {
    /// The roles of a rule whose conditions are numbered.
    pub(crate) fn of(rule: &Rule, reopens: &[(u16, u16)], traits: &mut Traits) -> Self {
        let mut later = Vec::new();
        let mut add = |does: Does, what: &Match| {
            later.extend(what.kinds.iter().map(|kind| {
                let needs = what.needs.unwrap_or_default();
                Role { kind, does, needs }
            }));
        };
        rule.acts.iter().for_each(|act| add(Does::Act, &act.what));
        rule.for_good.iter().for_each(|(what, _)| add(Does::EndsForGood, what));
        let mut any = |does: Does, any: &Any| {
            add(
                does,
                &Match {
                    needs: Some(Met::default()),
                    ..Match::new(any.plain, Vec::new(), Vec::new())
                },
            );
            any.with.iter().for_each(|what| add(does, what));
        };
        any(Does::Voids, &rule.void_by);
        any(Does::Implies, &rule.implied_by);
        any(Does::Implies, &rule.proved_by);
        any(Does::Implies, &Any { plain: rule.before, ..Any::default() });
        rule.matters.iter().for_each(|matter| any(Does::EndsMatter, &matter.ended_by));
        if !rule.void_by.kinds.is_empty() {
            let plain = reopens.iter().map(|(kind, _)| *kind).collect();
            any(Does::Reopens, &Any { plain, ..Any::default() });
        }
        let one_act = match rule.acts.as_slice() {
            [act] => {
                let alone = act.except.is_none() && act.shared().next().is_none();
                act.what.needs.is_some() && alone && !rule.to_all
            }
            _ => false,
        };
        let spoken = [&rule.implied_by.kinds, &rule.proved_by.kinds, &rule.before];
        let can_be_of_another =
            rule.scope == Scope::Case && spoken.iter().any(|kinds| !kinds.is_empty());
        let (telling, before) = (rule.interest.iter().collect(), rule.before.iter().collect());
        Self {
            starts: starts(rule, traits),
            telling,
            later,
            before,
            one_act,
            can_be_of_another,
            plain: rule.can_be_plain(),
            kept: false,
        }
    }
}

fn starts(rule: &Rule, traits: &mut Traits) -> Vec<Start> {
    let without = traits.not_these(rule);
    let mut starts = Vec::new();
    for kind in rule.start_kinds.iter() {
        for what in rule.starts.iter().filter(|what| what.kinds.has(kind)) {
            // Only its words tell whether a fact of this kind shows nothing.
            let excepts = rule.shown.as_ref().and_then(|shown| shown.except.as_ref());
            let by_words = excepts.is_some_and(|except| except.kinds.has(kind));
            let conditions = what.needs.zip(without).filter(|_| !by_words);
            if conditions.is_some_and(|(needs, without)| needs & without != Met::default()) {
                continue;
            }
            starts.extend(rule.in_force.iter().map(|(from, to)| Start {
                duty: rule.number,
                kind,
                foreseen: rule.foreseen.is_some(),
                from: *from,
                to: *to,
                conditions: conditions.map(|(needs, without)| (needs | without, needs)),
            }));
        }
    }
    starts
}
