//! A duty's mechanics after names are resolved: what starts it, its period, what ends it.

use crate::day::Day;
use crate::kinds::KindSet;
use crate::limit::{Anchor, Limit, Period};
use crate::role::Roles;
use crate::rulebook::Effect;
use crate::traits::{Met, Sameness};
use crate::view::Seen;
use crate::word::Word;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Deadline,
    Floor,
    Right,
    Continuing,
    Ban,
}

/// Which of the facts that could start a duty do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instance {
    /// The fact that opens a round.
    RoundOpening,
    /// The first in each round.
    FirstInRound,
    /// Each of them.
    Each,
    /// The first, and after an end the next.
    UntilEnded,
}

/// How far after its trigger a duty looks for what ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// To the opening of the next round.
    Round,
    /// To the next fact that starts the same duty, which is looked at too.
    NextTrigger,
    /// To the end of the case.
    Case,
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The number of its duty, once the rulebook has numbered them.
    pub(crate) number: u16,
    pub(crate) form: Form,
    /// The spans in which it is in force, half open.
    pub(crate) in_force: Vec<(Day, Day)>,
    pub(crate) starts: Vec<Match>,
    pub(crate) start_kinds: KindSet,
    /// Every kind that can end the duty or change where it stands.
    pub(crate) interest: KindSet,
    /// A step that starts it because it shows an act which nobody recorded.
    pub(crate) shown: Option<Shown>,
    pub(crate) instance: Instance,
    pub(crate) except: Vec<Filter>,
    pub(crate) reaching: Option<String>,
    pub(crate) from_service: bool,
    /// It does not start while a round is open.
    pub(crate) outside_round: bool,
    pub(crate) scope: Scope,
    pub(crate) acts_from_round: bool,
    pub(crate) practicable: bool,
    /// Seen from the day it is known, though its own day may lie ahead; and how many months ahead
    /// it is known to everybody.
    pub(crate) foreseen: Option<Option<i32>>,
    pub(crate) limit: Option<Limit>,
    pub(crate) roll: Option<Roll>,
    pub(crate) versions: Vec<Version>,
    /// Readings that count another period.
    pub(crate) other_limits: Vec<(Word, Period)>,
    pub(crate) conceded: Option<Conceded>,
    /// Index of the duty whose date is kept, and the days to leave before it.
    pub(crate) keeps: Option<(usize, i32)>,
    pub(crate) acts: Vec<Act>,
    pub(crate) to_all: bool,
    pub(crate) before: KindSet,
    pub(crate) void_by: Any,
    pub(crate) for_good: Vec<(Match, String)>,
    /// Of a right: what it is about, by what gives it.
    pub(crate) matters: Vec<Matter>,
    /// Later steps after which it may have been done, and those before which it must have been.
    pub(crate) implied_by: Any,
    pub(crate) proved_by: Any,
    /// Steps since the trigger that may be the reason for one that else would prove it.
    pub(crate) proved_unless: Any,
    /// Steps since the trigger that explain one that else would speak for it.
    pub(crate) implied_unless: Any,
    /// What must have come since the trigger, if such a step is to show anything.
    pub(crate) implied_after: Option<u16>,
    pub(crate) ended_by: Any,
    pub(crate) ends_at_age: Option<i32>,
    /// It is owed to children of compulsory school age alone.
    pub(crate) of_school_age: bool,
    pub(crate) broken_by: Any,
    pub(crate) unless: Option<Match>,
    /// What keeps a ban in place past the day that would lift it.
    pub(crate) held_by: Option<Held>,
    /// How long an absence must last to lift the number.
    pub(crate) absence_days: i32,
    pub(crate) guidance_for: Option<(String, Vec<String>, String)>,
    /// Remedies that a fact of a kind opens.
    pub(crate) opens: Vec<(u16, Vec<Word>)>,
    /// Readings that can give another day.
    pub(crate) effects: Vec<(Word, Effect)>,
    pub(crate) late_note: Option<String>,
    pub(crate) passed_note: Option<String>,
    /// What facts are for it, once the rulebook has numbered it.
    pub(crate) roles: Roles,
}

impl Rule {
    /// Whether it is in force on `day`.
    pub(crate) fn binds_on(&self, day: Day) -> bool {
        self.in_force.iter().any(|(from, to)| *from <= day && day < *to)
    }

    /// Whether acts can say which of several rights of this kind they use.
    pub(crate) fn tells_apart(&self) -> bool {
        !self.matters.is_empty() || self.acts.iter().any(|act| !act.same_if_both.is_empty())
    }

    /// Gives every condition on facts that it makes.
    pub(crate) fn each_match(&mut self, mut give: impl FnMut(&mut Match)) {
        let any = [
            &mut self.void_by,
            &mut self.implied_by,
            &mut self.proved_by,
            &mut self.proved_unless,
            &mut self.implied_unless,
            &mut self.ended_by,
            &mut self.broken_by,
        ];
        any.into_iter().flat_map(|any| &mut any.with).for_each(&mut give);
        let matters =
            self.matters.iter_mut().flat_map(|one| [&mut one.given_by, &mut one.ended_by]);
        matters.flat_map(|any| &mut any.with).for_each(&mut give);
        self.starts.iter_mut().for_each(&mut give);
        self.shown.iter_mut().filter_map(|shown| shown.except.as_mut()).for_each(&mut give);
        for act in &mut self.acts {
            give(&mut act.what);
            act.when_trigger.iter_mut().chain(&mut act.except).for_each(&mut give);
        }
        self.for_good.iter_mut().map(|(what, _)| what).for_each(&mut give);
        self.unless.iter_mut().for_each(&mut give);
        self.held_by.iter_mut().map(|held| &mut held.what).for_each(&mut give);
        let versions = self.versions.iter_mut().filter_map(|version| version.limit.as_mut());
        let limits = self.limit.iter_mut().chain(versions).flat_map(|limit| &mut limit.of);
        let others = self.other_limits.iter_mut().map(|(_, period)| period);
        for period in limits.chain(others) {
            if let Anchor::Event { what, .. } = &mut period.from {
                give(what);
            }
            period.when.iter_mut().chain(&mut period.when_trigger).for_each(&mut give);
        }
    }
}

/// Facts of some kinds whose fields have some values.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) kinds: KindSet,
    pub(crate) filters: Vec<Filter>,
    /// Fields that hold a number, and the least it must be. Not given is not enough.
    pub(crate) at_least: Vec<(String, i64)>,
    /// Its kinds one by one, and its conditions as bits (see [`crate::traits`]), once the rulebook
    /// has numbered them.
    pub(crate) list: Vec<u16>,
    pub(crate) needs: Option<Met>,
}

impl Match {
    pub(crate) fn new(kinds: KindSet, filters: Vec<Filter>, at_least: Vec<(String, i64)>) -> Self {
        Self { kinds, filters, at_least, list: Vec::new(), needs: None }
    }
}

/// What keeps a ban in place, but for facts that say something else.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) what: Match,
    pub(crate) except: Vec<Filter>,
}

impl Held {
    /// Whether a fact keeps it in place.
    pub(crate) fn is(&self, seen: &Seen<'_>) -> bool {
        seen.matches(&self.what) && !self.except.iter().any(|filter| seen.passes(filter))
    }
}

/// Facts of any of some kinds, or that match any of some conditions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Any {
    /// Every kind that is named, with or without a condition.
    pub(crate) kinds: KindSet,
    /// Those that are named without one.
    pub(crate) plain: KindSet,
    pub(crate) with: Vec<Match>,
}

#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) field: String,
    pub(crate) values: Vec<String>,
}

/// One of the acts that discharge a duty.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) what: Match,
    pub(crate) same: Vec<String>,
    pub(crate) same_if_both: Vec<String>,
    /// It is needed only for such a trigger.
    pub(crate) when_trigger: Option<Match>,
    /// Facts of its kinds that are no such act.
    pub(crate) except: Option<Match>,
    /// What it is, for "still to come".
    pub(crate) words: String,
    /// Which of its fields must be the same, once the rulebook has numbered them.
    pub(crate) marks: Vec<Sameness>,
}

impl Act {
    /// Whether it may share its fields with what began the duty; if not, it does not.
    #[inline]
    pub(crate) fn may_be(&self, seen: &Seen<'_>, later: &Seen<'_>) -> bool {
        self.marks.iter().all(|same| same.may_be(&seen.marks, &later.marks))
    }

    /// Whether it need share nothing.
    #[inline]
    pub(crate) const fn alone(&self) -> bool {
        self.same.is_empty() && self.same_if_both.is_empty()
    }

    /// Whether a fact is such an act, whatever began the duty.
    pub(crate) fn is(&self, seen: &Seen<'_>) -> bool {
        seen.matches(&self.what) && !self.except.as_ref().is_some_and(|no| seen.matches(no))
    }

    /// Whether it is needed of a duty that `seen` began.
    pub(crate) fn is_needed(&self, seen: &Seen<'_>) -> bool {
        self.when_trigger.as_ref().is_none_or(|when| seen.matches(when))
    }

    /// The fields that it must share with the trigger, and whether only where both say.
    pub(crate) fn shared(&self) -> impl Iterator<Item = (&String, bool)> {
        let always = self.same.iter().map(|field| (field, false));
        always.chain(self.same_if_both.iter().map(|field| (field, true)))
    }
}

/// A step that shows that an act was done which starts the duty, on a day nobody recorded: the last
/// that it can have been is the day of the step.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) by: KindSet,
    /// Those of these steps that tell the act themselves, so that it was done on their day.
    pub(crate) itself: KindSet,
    /// Facts of their kinds that show nothing.
    pub(crate) except: Option<Match>,
    /// What must have come before it, with none of `unless` since.
    pub(crate) after: KindSet,
    pub(crate) unless: KindSet,
    pub(crate) why: String,
}

impl Shown {
    /// Whether a fact shows nothing, though others of its kind do.
    pub(crate) fn excepts(&self, seen: &Seen<'_>) -> bool {
        self.except.as_ref().is_some_and(|except| seen.matches(except))
    }

    /// Whether a step shows it, by the kinds of the facts before, latest first.
    pub(crate) fn there(&self, before: impl Iterator<Item = u16>) -> bool {
        let mut telling = before
            .filter(|kind| self.after.has(*kind) || self.unless.has(*kind) || self.by.has(*kind));
        telling.next().is_some_and(|kind| self.after.has(kind))
    }
}

/// What a right is about, by what gives it: what an act says that uses it, and what ends it.
#[derive(Clone, Debug)]
pub(crate) struct Matter {
    pub(crate) given_by: Any,
    /// Fields in which an act says what it is about, if it says so, and what they hold then.
    pub(crate) says: Vec<Filter>,
    pub(crate) ended_by: Any,
    /// What lies in another round than its trigger does not end it.
    pub(crate) in_round: bool,
    /// Why it ends, in words.
    pub(crate) why: String,
}

/// Another limit by practice, where a decision was taken back without a direction.
#[derive(Clone, Debug)]
pub(crate) struct Conceded {
    pub(crate) after: u16,
    pub(crate) by: u16,
    pub(crate) weeks: i32,
    pub(crate) reading: Word,
}

/// What moves a last day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Roll {
    /// Starting proceedings in the Tribunal: out of August and 25 December to 1 January, then to
    /// the next working day.
    TribunalStart,
    /// To the next working day.
    NextWorkingDay,
}

/// The rule as it stood between two days.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) decides: Decides,
    pub(crate) limit: Option<Limit>,
    pub(crate) no_number: bool,
    pub(crate) roll: Option<Roll>,
    pub(crate) lifted_by: Option<Vec<String>>,
    pub(crate) also_lifted_by: Vec<String>,
    pub(crate) cite: Option<String>,
    pub(crate) note: Option<String>,
}

/// What brings a version into play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decides {
    /// The day of the trigger lies in its span.
    Trigger,
    /// The period touches its span: limits already running are caught too.
    Running,
}

impl Version {
    /// Whether a period from `from` to `last` touches its span.
    pub(crate) fn touches(&self, from: Day, last: Day) -> bool {
        self.from <= last && self.to.is_none_or(|to| from < to)
    }
}
