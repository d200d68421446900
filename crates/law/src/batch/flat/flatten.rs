//! A duty of a rulebook on its way into a program over flat columns: what it asks of the facts is worked
//! out of whole columns, each of which holds the one fact of its kind.

use std::collections::BTreeMap;

use super::{Days, Flat, FlatFact, FlatField, NotFlat, Numbers, On};
use crate::batch::program::{Builder, Column, From, Kind, NEVER, Program};
use crate::batch::shape::Found;
use crate::day::Day;
use crate::evaluate::could_start;
use crate::excuse::{WINDOW_LEAD, absence_days, closed_days};
use crate::fact::Value;
use crate::limit::{Anchor, Take};
use crate::rule::{Decides, Form, Instance, Roll, Rule, Scope};
use crate::rulebook::{Duty, Ground, GroundTest, Outcome, Rulebook};
use crate::view::Seen;

/// The columns that are asked for, in order, and the program that answers.
pub(super) fn flatten<'a>(
    book: &'a Rulebook,
    duty: &'a Duty,
    flat: &'a Flat<'a>,
    as_at: Day,
    numbers: Numbers,
) -> Result<(Vec<Column<'a>>, Program), NotFlat> {
    let rule = duty.rule.as_ref().ok_or(NotFlat("a standing duty"))?;
    let (ops, columns) = (Builder::default(), Vec::new());
    let mut work = Flattening { book, duty, rule, flat, as_at, numbers, ops, columns };
    let answer = work.answer()?;
    Ok((work.columns, work.ops.done(&[answer])))
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
    columns: Vec<Column<'a>>,
}

/// What a fact is in every case: its place, its kind's number, and the fields that are always the same.
struct Like {
    at: usize,
    kind: u16,
    fields: BTreeMap<String, Value>,
}

/// The fact that starts the duty: its place, its kind's number, and its day.
#[derive(Clone, Copy)]
struct Trigger {
    at: usize,
    kind: u16,
    on: From,
}

impl<'a> Flattening<'a> {
    fn answer(&mut self) -> Result<From, NotFlat> {
        self.plain()?;
        let like = self.like()?;
        let book = self.book;
        let are = |with: &dyn Fn(&Seen<'_>) -> bool| -> Vec<&Like> {
            like.iter().filter(|one| with(&Seen::like(book, one.kind, &one.fields))).collect()
        };
        let rule = self.rule;
        let starts = are(&|seen| could_start(rule, seen));
        let [start] = *starts.as_slice() else { return Err(NotFlat("more than one trigger")) };
        let acts = are(&|seen| rule.acts.iter().any(|act| act.is(seen)));
        let [act] = *acts.as_slice() else { return Err(NotFlat("more than one act")) };
        let good = are(&|seen| rule.for_good.iter().any(|(what, _)| seen.matches(what)));
        let void = are(&|seen| seen.is_any(&rule.void_by));
        let shows = |seen: &Seen<'_>| {
            let any = seen.is_any(&rule.implied_by) || seen.is_any(&rule.proved_by);
            any || seen.is_in(&rule.before)
        };
        if !are(&shows).is_empty() {
            return Err(NotFlat("a step that shows that another was taken"));
        }
        let trigger = Trigger { at: start.at, kind: start.kind, on: self.day_of(start.at) };
        let done = self.day_of(act.at);
        let mut is_done = self.after(trigger, act);
        let mut is_void: Option<From> = None;
        for one in good {
            let (on, there) = (self.day_of(one.at), self.after(trigger, one));
            let first = self.ops.less_by(on, -i32::from(one.kind < act.kind), done);
            let before = self.ops.both(there, first);
            is_done = self.ops.without(is_done, before);
            is_void = self.or(is_void, Some(there));
        }
        for one in void {
            let there = self.after(trigger, one);
            is_void = self.or(is_void, Some(there));
        }
        let due = self.limit(trigger.on)?;
        let excused = match due {
            Some(due) => self.excused(&like, trigger, due)?,
            None => None,
        };
        let (numbers, implied, proved, decided) = (self.numbers, None, None, None);
        let found = Found { done, is_done, is_void, implied, proved, decided, excused, numbers };
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
            (rule.of_school_age, "an age"),
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

    fn column(&mut self, column: Column<'a>) -> From {
        let same = |known: &Column<'a>| match (known, column) {
            (Column::Days(one), Column::Days(other)) => std::ptr::eq(*one, other),
            (Column::Truths(one), Column::Truths(other)) => std::ptr::eq(*one, other),
            _ => false,
        };
        if let Some(at) = self.columns.iter().position(same) {
            return From::Given(at);
        }
        self.columns.push(column);
        self.ops.given(if matches!(column, Column::Days(_)) { Kind::Day } else { Kind::Number })
    }

    fn days(&mut self, days: Days<'a>) -> From {
        let column = self.column(Column::Days(days.days));
        self.ops.plus(column, days.later)
    }

    /// The day of a fact, where it is there.
    fn day_of(&mut self, at: usize) -> From {
        match self.flat.facts.get(at).map(|fact| fact.on) {
            Some(On::Day(days)) => self.days(days),
            Some(On::WithFirst(_)) if at > 0 => self.day_of(0),
            _ => From::On(NEVER),
        }
    }

    /// Whether a fact is there on the day that is asked of. Where the trigger is not, nothing is asked.
    fn counts(&mut self, trigger: Trigger, at: usize) -> From {
        let on = self.day_of(at);
        let tomorrow = From::On(self.as_at.plus(1).number());
        match self.flat.facts.get(at).map(|fact| fact.on) {
            Some(On::WithFirst(truths)) => {
                let truth = self.column(Column::Truths(truths));
                if trigger.at == 0 {
                    return truth;
                }
                let come = self.ops.less(on, tomorrow);
                self.ops.both(truth, come)
            }
            _ => self.ops.less(on, tomorrow),
        }
    }

    /// Whether a fact is there, and comes after the trigger.
    fn after(&mut self, trigger: Trigger, one: &Like) -> From {
        let counts = self.counts(trigger, one.at);
        let on = self.day_of(one.at);
        let later = -i32::from(one.kind > trigger.kind);
        let after = self.ops.less_by(trigger.on, later, on);
        self.ops.both(counts, after)
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
    fn in_force(&mut self, trigger: Trigger, standing: From) -> From {
        let nothing = From::Number(self.numbers.nothing.into());
        let mut answer = nothing;
        for (from, to) in &self.rule.in_force {
            let before = self.ops.less(trigger.on, From::On(from.number()));
            let mut held = self.ops.select(before, answer, standing);
            if *to < Day::NEVER {
                let within = self.ops.less(trigger.on, From::On(to.number()));
                held = self.ops.select(within, held, answer);
            }
            answer = held;
        }
        let ahead = self.ops.less(From::On(self.as_at.number()), trigger.on);
        self.ops.select(ahead, nothing, answer)
    }

    /// Whether a circumstance lifts the number by itself; none where no ground can.
    fn excused(
        &mut self,
        like: &[Like],
        trigger: Trigger,
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
            let begun = self.ops.less_by(From::On(version.from.number()), -1, due);
            let mut caught = self.ops.both(also, begun);
            if let Some(to) = version.to {
                let early = self.ops.less(trigger.on, From::On(to.number()));
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
        trigger: Trigger,
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
        trigger: Trigger,
        ground: &Ground,
    ) -> Result<Option<From>, NotFlat> {
        let Some((shut, opened)) = self.flat.closure else { return Ok(None) };
        let kinds = [self.book.told.advice_requested, self.book.told.information_requested];
        let mut any = None;
        for one in like {
            let seen = Seen::like(self.book, one.kind, &one.fields);
            let of = |body: &str| ground.asked_of.iter().any(|of| of == body);
            if !kinds.contains(&Some(one.kind)) || !seen.text("from").is_some_and(of) {
                continue;
            }
            if one.kind <= trigger.kind {
                return Err(NotFlat("asking that may come before its trigger"));
            }
            let (ask, there) = (self.day_of(one.at), self.after(trigger, one));
            let (shut, opened) = (self.days(shut), self.days(opened));
            let tests = [
                self.ops.less_by(shut, closed_days(ground) - 1, opened),
                self.ops.less_by(shut, -WINDOW_LEAD - 1, ask),
                self.ops.less_by(ask, WINDOW_LEAD - 1, opened),
            ];
            let asked = tests.into_iter().fold(there, |all, test| self.ops.both(all, test));
            any = self.or(any, Some(asked));
        }
        Ok(any)
    }

    /// A span that has days enough between the trigger and the last day.
    fn away(
        &mut self,
        like: &[Like],
        trigger: Trigger,
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
                let there = self.ops.less(day, From::On(NEVER));
                self.ops.select(there, day, on)
            }
            None => on,
        };
        let from = self.ops.later(from, trigger.on);
        let mut end = self.ops.plus(due, 1);
        if let Some(to) = to {
            let to = self.days(to);
            end = self.ops.earlier(to, end);
        }
        let there = self.counts(trigger, *at);
        // Where the trigger is not, nothing is asked.
        if from == trigger.on && self.ops.is_less_by(from, least - 1, end) {
            return Ok(Some(there));
        }
        let enough = self.ops.less_by(from, least - 1, end);
        Ok(Some(self.ops.both(there, enough)))
    }
}
