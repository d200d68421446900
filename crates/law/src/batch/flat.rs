//! Cases of which each fact can come only once, as one column a fact. What the columns of a duty ask is
//! then not gathered row by row: it is worked out of whole columns, by the same operations.

use std::collections::BTreeMap;
use std::fmt;

use super::program::{Builder, CHUNK, From, NEVER, Program, Room};
use super::shape::Found;
use crate::answer::Standing;
use crate::day::Day;
use crate::evaluate::could_start;
use crate::excuse::{WINDOW_LEAD, absence_days, closed_days};
use crate::fact::{Case, Closure, Fact, Value};
use crate::limit::{Anchor, Take};
use crate::rule::{Decides, Form, Instance, Roll, Rule, Scope};
use crate::rulebook::{Duty, Ground, GroundTest, Outcome, Rulebook};
use crate::view::Seen;

/// What stands in a column of days where there is no day.
pub const NO_DAY: i32 = i32::MAX;

/// A column of days: whole days from 1 January 1970, or [`NO_DAY`].
#[derive(Clone, Copy, Debug)]
pub struct Days<'a> {
    /// A day a case.
    pub days: &'a [i32],
    /// How many days later than the column says, for columns that count to another day than the law.
    pub later: i32,
}

/// The day of a fact.
#[derive(Clone, Copy, Debug)]
pub enum On<'a> {
    /// A column of its own.
    Day(Days<'a>),
    /// The day of the first fact, where this is not 0.
    WithFirst(&'a [u8]),
}

/// A field of a fact.
#[derive(Clone, Copy, Debug)]
pub enum FlatField<'a> {
    /// The same words in every case.
    Text(&'a str),
    /// A day.
    Day(Days<'a>),
}

/// One fact, in every case that has it.
#[derive(Clone, Debug)]
pub struct FlatFact<'a> {
    /// Its kind, of which there is no other.
    pub kind: &'a str,
    /// Its day, on which it was also known.
    pub on: On<'a>,
    /// Its fields.
    pub fields: Vec<(&'a str, FlatField<'a>)>,
}

/// Cases as one column a fact.
#[derive(Clone, Debug)]
pub struct Flat<'a> {
    /// How many cases.
    pub rows: usize,
    /// The facts.
    pub facts: Vec<FlatFact<'a>>,
    /// The first closed day of the school, and the day it opened again.
    pub closure: Option<(Days<'a>, Days<'a>)>,
}

impl Days<'_> {
    fn at(&self, row: usize) -> Option<Day> {
        let day = self.days.get(row).copied().filter(|day| *day != NO_DAY)?;
        Some(Day::of_number(day).plus(self.later))
    }
}

impl Flat<'_> {
    /// A case as the evaluator of one case takes it.
    #[must_use]
    pub fn case(&self, row: usize) -> Case {
        let mut facts: Vec<Fact> = Vec::new();
        for fact in &self.facts {
            let on = match fact.on {
                On::Day(days) => days.at(row).map(Day::date),
                On::WithFirst(truths) => truths
                    .get(row)
                    .filter(|truth| **truth != 0)
                    .and_then(|_| facts.first())
                    .map(|first| first.on),
            };
            let Some(on) = on else { continue };
            let field = |(name, field): &(&str, FlatField<'_>)| {
                let value = match field {
                    FlatField::Text(text) => Value::Text((*text).to_owned()),
                    FlatField::Day(days) => Value::Date(days.at(row)?.date()),
                };
                Some(((*name).to_owned(), value))
            };
            facts.push(Fact {
                id: fact.kind.to_owned(),
                kind: fact.kind.to_owned(),
                on,
                known_on: on,
                supersedes: None,
                fields: fact.fields.iter().filter_map(field).collect(),
            });
        }
        let closure = self.closure.and_then(|(from, to)| {
            Some(Closure { from: from.at(row)?.date(), to: to.at(row)?.date() })
        });
        Case { closures: closure.into_iter().collect(), facts, ..Case::default() }
    }
}

/// What of a duty has no place in flat columns. Its cases go as facts into [`super::Columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFlat(&'static str);

impl fmt::Display for NotFlat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "flat columns cannot carry {}", self.0)
    }
}

impl std::error::Error for NotFlat {}

/// The number that each answer is to have: the program writes it and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// Of what is open, and its day has not passed.
    pub pending: u8,
    /// Of what was done in time.
    pub met: u8,
    /// Of what was done after its day.
    pub met_late: u8,
    /// Of what was done after its day, where an exception lifts the number.
    pub met_late_excused: u8,
    /// Of what is open after its day.
    pub overdue: u8,
    /// Of what is open after its day, where an exception lifts the number.
    pub excused: u8,
    /// Of what fell away.
    pub void: u8,
    /// Of a duty that was not started.
    pub nothing: u8,
}

impl Numbers {
    /// The places of the standings, and the two beyond them.
    pub const PLAIN: Self = Self {
        pending: Standing::Pending as u8,
        met: Standing::Met as u8,
        met_late: Standing::MetLate as u8,
        met_late_excused: Standing::Broken as u8 + 1,
        overdue: Standing::Overdue as u8,
        excused: Standing::Excused as u8,
        void: Standing::Void as u8,
        nothing: u8::MAX,
    };
}

/// One duty made ready for flat columns.
#[derive(Debug)]
pub struct FlatBatch<'a> {
    book: &'a Rulebook,
    sources: Vec<Source<'a>>,
    program: Program,
}

#[derive(Clone, Copy, Debug)]
enum Source<'a> {
    Days(&'a [i32]),
    Truths(&'a [u8]),
}

impl<'a> FlatBatch<'a> {
    /// Makes a duty ready, with what is known on the day it is asked of.
    ///
    /// # Errors
    /// Something in the duty that needs the facts one by one.
    pub fn new(
        book: &'a Rulebook,
        duty: &'a Duty,
        flat: &'a Flat<'a>,
        as_at: jiff::civil::Date,
        numbers: Numbers,
    ) -> Result<Self, NotFlat> {
        let rule = duty.rule.as_ref().ok_or(NotFlat("a standing duty"))?;
        let (ops, sources) = (Builder::default(), Vec::new());
        let as_at = as_at.into();
        let mut work = Flattening { book, duty, rule, flat, as_at, numbers, ops, sources };
        let answer = work.answer()?;
        Ok(Self { book, sources: work.sources, program: work.ops.done(&[answer]) })
    }

    /// Writes the number of where the duty stands in the cases from `first` on, as many as there is room for.
    pub fn run(&self, first: usize, out: &mut [u8]) {
        let mut room = Room::default();
        let mut truths: Vec<Vec<i32>> = self.sources.iter().map(|_| Vec::new()).collect();
        let mut from = first;
        for out in out.chunks_mut(CHUNK) {
            let to = from + out.len();
            for (source, truth) in self.sources.iter().zip(&mut truths) {
                if let Source::Truths(bytes) = source {
                    truth.clear();
                    let bytes = bytes.get(from..to).unwrap_or_default();
                    truth.extend(bytes.iter().map(|byte| -i32::from(*byte != 0)));
                }
            }
            let given: Vec<&[i32]> = self
                .sources
                .iter()
                .zip(&truths)
                .map(|(source, truth)| match source {
                    Source::Days(days) => days.get(from..to).unwrap_or_default(),
                    Source::Truths(_) => truth.as_slice(),
                })
                .collect();
            self.program.run(&self.book.calendar, out.len(), &given, &mut room, |_, answer| {
                for (out, answer) in out.iter_mut().zip(answer) {
                    *out = answer.to_le_bytes()[0];
                }
            });
            from = to;
        }
    }
}

/// One duty on its way into a program.
struct Flattening<'a> {
    book: &'a Rulebook,
    duty: &'a Duty,
    rule: &'a Rule,
    flat: &'a Flat<'a>,
    as_at: Day,
    numbers: Numbers,
    ops: Builder,
    sources: Vec<Source<'a>>,
}

/// What a fact is in every case: its place, its kind's number, and the fields that are always the same.
struct Like {
    at: usize,
    kind: u16,
    fields: BTreeMap<String, Value>,
}

/// A fact that the duty asks about: its kind's number, and its day where it counts.
#[derive(Clone, Copy)]
struct Told {
    kind: u16,
    on: From,
}

impl<'a> Flattening<'a> {
    fn answer(&mut self) -> Result<From, NotFlat> {
        self.plain()?;
        let like = self.like()?;
        let are = |with: &dyn Fn(&Seen<'_>) -> bool| -> Vec<usize> {
            let alike = like.iter().filter(|one| with(&Seen::like(one.kind, &one.fields)));
            alike.map(|one| one.at).collect()
        };
        let rule = self.rule;
        let starts = are(&|seen| could_start(rule, seen));
        let [start] = *starts.as_slice() else { return Err(NotFlat("more than one trigger")) };
        let acts = are(&|seen| rule.acts.iter().any(|act| seen.matches(&act.what)));
        let [act] = *acts.as_slice() else { return Err(NotFlat("more than one act")) };
        let good = are(&|seen| rule.for_good.iter().any(|(what, _)| seen.matches(what)));
        let void = are(&|seen| seen.is_any(&rule.void_by));
        if !are(&|seen| seen.is_any(&rule.implied_by) || seen.is_in(&rule.before)).is_empty() {
            return Err(NotFlat("a step that shows that another was taken"));
        }
        let kind = |at: usize| like.iter().find(|one| one.at == at).map_or(0, |one| one.kind);
        let trigger = Told { kind: kind(start), on: self.day_of(start) };
        let mut done = self.after(trigger, act, kind(act));
        let mut gone = From::Always(NEVER);
        for at in good {
            let told = self.after(trigger, at, kind(at));
            let later = -i32::from(told.kind < done.kind);
            let before = self.ops.less_by(told.on, later, done.on);
            done.on = self.ops.select(before, From::Always(NEVER), done.on);
            gone = self.earliest(gone, told.on);
        }
        for at in void {
            let told = self.after(trigger, at, kind(at));
            gone = self.earliest(gone, told.on);
        }
        let due = self.limit(trigger.on)?;
        let excused = match due {
            Some(due) => self.excused(&like, trigger, due)?,
            None => None,
        };
        let numbers = self.numbers;
        let (done, void) = (done.on, gone);
        let found = Found { done, void, implied: None, decided: None, excused, numbers };
        let standing = found.standing(&mut self.ops, due, self.as_at);
        Ok(self.in_force(trigger, standing))
    }

    /// Whether the duty has nothing that only single facts can tell.
    fn plain(&self) -> Result<(), NotFlat> {
        let rule = self.rule;
        let faults = [
            (rule.form != Form::Deadline, "any form but a deadline"),
            (rule.instance != Instance::Each, "a trigger that counts once"),
            (rule.scope != Scope::Case, "a scope that ends"),
            (rule.acts.len() != 1 || rule.to_all, "more than one act"),
            (rule.foreseen.is_some() || rule.outside_round, "a trigger that is foreseen"),
            (rule.from_service, "a day of service"),
            (rule.acts_from_round, "acts before the trigger"),
            (
                rule.acts.iter().any(|act| !act.same.is_empty() || !act.same_if_both.is_empty()),
                "an act that shares a field with its trigger",
            ),
            (
                rule.versions.iter().any(|version| {
                    version.decides != Decides::Running
                        || version.limit.is_some()
                        || version.no_number
                        || version.roll.is_some()
                        || version.lifted_by.is_some()
                }),
                "another limit at another time",
            ),
        ];
        match faults.into_iter().find(|(fault, _)| *fault) {
            Some((_, what)) => Err(NotFlat(what)),
            None => Ok(()),
        }
    }

    /// Each fact with the number of its kind and the fields that are the same in every case.
    fn like(&self) -> Result<Vec<Like>, NotFlat> {
        let one = |(at, fact): (usize, &FlatFact<'_>)| {
            let kind = self.book.kind_number(fact.kind).ok_or(NotFlat("an unknown kind"))?;
            let same = fact.fields.iter().filter_map(|(name, field)| match field {
                FlatField::Text(text) => {
                    Some(((*name).to_owned(), Value::Text((*text).to_owned())))
                }
                FlatField::Day(_) => None,
            });
            if self.book.told.relied_on == Some(kind) {
                return Err(NotFlat("a claim of an exception"));
            }
            Ok(Like { at, kind, fields: same.collect() })
        };
        self.flat.facts.iter().enumerate().map(one).collect()
    }

    fn days(&mut self, days: Days<'a>) -> From {
        let known = self.sources.iter().position(
            |source| matches!(source, Source::Days(known) if std::ptr::eq(*known, days.days)),
        );
        let at = known.unwrap_or_else(|| {
            self.sources.push(Source::Days(days.days));
            self.sources.len() - 1
        });
        self.ops.plus(From::Given(at), days.later)
    }

    /// The day of a fact; beyond the as-at day where it is not there.
    fn day_of(&mut self, at: usize) -> From {
        match self.flat.facts.get(at).map(|fact| fact.on) {
            Some(On::Day(days)) => self.days(days),
            Some(On::WithFirst(truths)) if at > 0 => {
                self.sources.push(Source::Truths(truths));
                let truth = From::Given(self.sources.len() - 1);
                let first = self.day_of(0);
                self.ops.select(truth, first, From::Always(NEVER))
            }
            _ => From::Always(NEVER),
        }
    }

    /// A day, or never where the fact of that day does not count yet.
    fn counts(&mut self, on: From, day: From) -> From {
        let hidden = self.ops.less(From::Always(self.as_at.number()), on);
        self.ops.select(hidden, From::Always(NEVER), day)
    }

    /// The day of a fact after the trigger, or never.
    fn after(&mut self, trigger: Told, at: usize, kind: u16) -> Told {
        let day = self.day_of(at);
        let day = self.counts(day, day);
        let later = -i32::from(kind <= trigger.kind);
        let before = self.ops.less_by(day, later, trigger.on);
        Told { kind, on: self.ops.select(before, From::Always(NEVER), day) }
    }

    fn earliest(&mut self, one: From, other: From) -> From {
        if one == From::Always(NEVER) { other } else { self.ops.earlier(one, other) }
    }

    fn limit(&mut self, start: From) -> Result<Option<From>, NotFlat> {
        let Some(limit) = &self.rule.limit else { return Ok(None) };
        let mut best: Option<From> = None;
        for period in &limit.of {
            let plain = period.when.is_none() && period.when_trigger.is_none();
            if !plain || !matches!(period.from, Anchor::Trigger | Anchor::Known) {
                return Err(NotFlat("a period that is counted from another fact"));
            }
            let ended = self.ops.end(start, period.end);
            best = Some(match (best, limit.take) {
                (None, _) => ended,
                (Some(held), Take::Earliest) => self.ops.earlier(held, ended),
                (Some(held), Take::Latest) => self.ops.later(held, ended),
                (Some(held), Take::First) => held,
            });
        }
        let rolled = |due| match self.rule.roll {
            Some(roll) => self.ops.roll(due, roll == Roll::TribunalStart),
            None => due,
        };
        Ok(best.map(rolled))
    }

    /// Nothing where the trigger has not come, or the duty was not in force on its day.
    fn in_force(&mut self, trigger: Told, standing: From) -> From {
        let nothing = From::Always(i32::from(self.numbers.nothing));
        let mut answer = nothing;
        for (from, to) in &self.rule.in_force {
            let before = self.ops.less(trigger.on, From::Always(from.number()));
            let mut held = self.ops.select(before, answer, standing);
            if *to < Day::NEVER {
                let within = self.ops.less(trigger.on, From::Always(to.number()));
                held = self.ops.select(within, held, answer);
            }
            answer = held;
        }
        let ahead = self.ops.less(From::Always(self.as_at.number()), trigger.on);
        self.ops.select(ahead, nothing, answer)
    }

    /// Whether a circumstance lifts the number by itself; none where no ground can.
    fn excused(
        &mut self,
        like: &[Like],
        trigger: Told,
        due: From,
    ) -> Result<Option<From>, NotFlat> {
        let mut excused: Option<From> = None;
        let book = self.book;
        for ground in self.duty.lifted_by.iter().filter_map(|id| book.ground(id)) {
            let shown = self.shown(like, trigger, due, ground)?;
            excused = self.or(excused, shown);
        }
        for version in &self.rule.versions {
            let mut also = None;
            for ground in version.also_lifted_by.iter().filter_map(|id| book.ground(id)) {
                let shown = self.shown(like, trigger, due, ground)?;
                also = self.or(also, shown);
            }
            let Some(also) = also else { continue };
            let begun = self.ops.less_by(From::Always(version.from.number()), -1, due);
            let mut caught = self.ops.both(also, begun);
            if let Some(to) = version.to {
                let early = self.ops.less(trigger.on, From::Always(to.number()));
                caught = self.ops.both(caught, early);
            }
            excused = self.or(excused, Some(caught));
        }
        Ok(excused)
    }

    fn or(&mut self, one: Option<From>, other: Option<From>) -> Option<From> {
        match (one, other) {
            (Some(one), Some(other)) => Some(self.ops.either(one, other)),
            (one, other) => one.or(other),
        }
    }

    /// Whether the circumstance of a ground is shown, where it needs no claim.
    fn shown(
        &mut self,
        like: &[Like],
        trigger: Told,
        due: From,
        ground: &Ground,
    ) -> Result<Option<From>, NotFlat> {
        if !ground.without_claim {
            return Ok(None);
        }
        match (ground.test, ground.outcome) {
            (GroundTest::Closure, Outcome::Lifts) => self.closed(like, trigger, ground),
            (GroundTest::Absence, Outcome::Lifts) => self.away(like, trigger, due, ground),
            (GroundTest::Judgement, Outcome::Lifts) => Ok(None),
            _ => Err(NotFlat("a ground that is tested by single facts")),
        }
    }

    /// Asked inside the window of a closure that lasted long enough.
    fn closed(
        &mut self,
        like: &[Like],
        trigger: Told,
        ground: &Ground,
    ) -> Result<Option<From>, NotFlat> {
        let Some((shut, opened)) = self.flat.closure else { return Ok(None) };
        let kinds = [self.book.told.advice_requested, self.book.told.information_requested];
        let mut any = None;
        for Like { at, kind, fields } in like {
            let seen = Seen::like(*kind, fields);
            let of = |body: &str| ground.asked_of.iter().any(|of| of == body);
            if !kinds.contains(&Some(*kind)) || !seen.text("from").is_some_and(of) {
                continue;
            }
            if *kind <= trigger.kind {
                return Err(NotFlat("asking that may come before its trigger"));
            }
            let ask = self.after(trigger, *at, *kind).on;
            let (shut, opened) = (self.days(shut), self.days(opened));
            let long = self.ops.less_by(shut, closed_days(ground) - 1, opened);
            let begun = self.ops.less_by(shut, -WINDOW_LEAD - 1, ask);
            let still = self.ops.less_by(ask, WINDOW_LEAD - 1, opened);
            let within = self.ops.both(long, begun);
            let asked = self.ops.both(within, still);
            any = self.or(any, Some(asked));
        }
        Ok(any)
    }

    /// A span that has days enough between the trigger and the last day.
    fn away(
        &mut self,
        like: &[Like],
        trigger: Told,
        due: From,
        ground: &Ground,
    ) -> Result<Option<From>, NotFlat> {
        let least = absence_days(self.rule, ground);
        let wanted = ground.shown_by.or(self.book.told.absent);
        let Some(Like { at, .. }) = like.iter().find(|one| Some(one.kind) == wanted) else {
            return Ok(None);
        };
        if least < 1 {
            return Err(NotFlat("an absence of no days"));
        }
        let field = |wanted: &str| {
            let fields = self.flat.facts.get(*at).map(|fact| fact.fields.as_slice());
            fields.unwrap_or_default().iter().find_map(|(name, field)| match field {
                FlatField::Day(days) if *name == wanted => Some(*days),
                _ => None,
            })
        };
        let (from, to) = (field("from"), field("to"));
        let on = self.day_of(*at);
        let from = match from {
            Some(from) => {
                let day = self.days(from);
                let there = self.ops.less(day, From::Always(NEVER));
                if day == on { on } else { self.ops.select(there, day, on) }
            }
            None => on,
        };
        let from = self.counts(on, from);
        let from = self.ops.later(from, trigger.on);
        let mut end = self.ops.plus(due, 1);
        if let Some(to) = to {
            let to = self.days(to);
            end = self.ops.earlier(to, end);
        }
        Ok(Some(self.ops.less_by(from, least - 1, end)))
    }
}
