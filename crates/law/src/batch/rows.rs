//! From the facts of one case to rows: which duties it starts, and for each what its columns ask. It
//! follows the single evaluator step by step; what has no columns is left to that evaluator.

use super::columns::OneCase;
use super::program::{ABSENT, NEVER};
use super::shape::{Input, code};
use super::tables::{
    AGREES, ANCHORS, BREAKS, DECIDES, ENDS, FOR_GOOD, IMPLIES, LIKE_START, NO_HOW, Role, STARTS,
    TELLS, Tabled, Tables, VOIDS,
};
use crate::answer::Standing;
use crate::day::{Day, birthday};
use crate::limit::school_year_after;
use crate::rule::{Form, Instance, Scope};

/// One fact that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) on: Day,
    known_on: Day,
    pub(super) kind: u16,
    /// Whether a round is open after it.
    open: bool,
    local: u32,
    pub(super) class: u32,
    /// Its place in the case.
    pub(super) index: u32,
    round: u32,
}

/// The facts of a case that count, in the order of procedure.
#[derive(Debug, Default)]
pub(super) struct Spots {
    pub(super) all: Vec<Spot>,
    /// Where each round starts; the first is round 0.
    starts: Vec<u32>,
    /// Facts that a correction has taken away.
    gone: Vec<usize>,
    /// The duties whose limits the case says are lifted.
    claimed: Vec<u16>,
    /// Whether there is a fact that some duty foresees, even one that does not count yet.
    pub(super) foreseen: bool,
    born: Option<Day>,
}

/// A duty that a fact may have started, which the single evaluator is to work out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    pub(super) duty: u16,
    pub(super) place: usize,
}

impl Spots {
    /// Reads a case.
    pub(super) fn read(&mut self, tables: &Tables<'_>, one: &OneCase<'_>) {
        let question = tables.question;
        let (as_at, known_at) = (Day::from(question.as_at), Day::from(question.known_at));
        self.all.clear();
        self.claimed.clear();
        self.foreseen = false;
        self.born = one.born;
        self.find_gone(one, known_at);
        for place in 0..one.len() {
            let class = one.class(place);
            let Some(of) = tables.classes.get(class) else { continue };
            let Some(kind) = of.kind else { continue };
            if !self.gone.is_empty() && self.gone.contains(&place) {
                continue;
            }
            self.foreseen |= of.foreseen;
            let (on, known_on) = (one.on(place), one.known_on(place));
            if on > as_at || known_on > known_at {
                continue;
            }
            self.claimed.extend(of.claims);
            let index = u32::try_from(place).unwrap_or(u32::MAX);
            let class = u32::try_from(class).unwrap_or(u32::MAX);
            let (open, round, local) = (false, 0, of.local);
            self.all.push(Spot { on, known_on, kind, open, local, class, index, round });
        }
        let order = |spot: &Spot| (spot.on, spot.kind, spot.index);
        if !self.all.is_sorted_by_key(order) {
            self.all.sort_unstable_by_key(order);
        }
        self.cut_into_rounds(tables);
    }

    fn find_gone(&mut self, one: &OneCase<'_>, known_at: Day) {
        self.gone.clear();
        if one.has_asides() {
            let known = one.corrections().filter(|(by, _)| one.known_on(*by) <= known_at);
            self.gone.extend(known.map(|(_, target)| target));
        }
    }

    fn cut_into_rounds(&mut self, tables: &Tables<'_>) {
        let round = &tables.book.round;
        self.starts.clear();
        self.starts.push(0);
        let (mut open, mut closed_by) = (false, None);
        for (at, spot) in (0..).zip(&mut self.all) {
            if !open && round.opens.has(spot.kind) {
                self.starts.push(at);
                (open, closed_by) = (true, None);
            } else if open && round.closes.has(spot.kind) {
                (open, closed_by) = (false, Some(spot.kind));
            } else if let Some(after) = closed_by
                && round.reopens.contains(&(spot.kind, after))
            {
                (open, closed_by) = (true, None);
            }
            spot.round = u32::try_from(self.starts.len()).unwrap_or(u32::MAX) - 1;
            spot.open = open;
        }
    }

    /// Where a round starts, and where the next one does.
    fn round_span(&self, round: u32) -> (usize, usize) {
        let at = |round: usize| self.starts.get(round).map(|at| *at as usize);
        let round = round as usize;
        (at(round).unwrap_or(0), at(round + 1).unwrap_or(self.all.len()))
    }

    fn between(&self, from: usize, to: usize) -> &[Spot] {
        self.all.get(from.min(to)..to).unwrap_or_default()
    }
}

/// Whether a fact is what a duty asks for, in one of the ways of [`Role::is`].
fn is(tabled: &Tabled<'_>, spot: &Spot, what: u16) -> bool {
    tabled.role(spot.kind, spot.local).is_some_and(|role| role.is & what != 0)
}

fn can_start(tabled: &Tabled<'_>, spot: &Spot) -> bool {
    is(tabled, spot, STARTS) && tabled.shape.rule.binds_on(spot.on)
}

/// What comes of asking for a row.
pub(super) enum Row {
    /// Its columns are filled.
    Filled,
    /// The duty was not started.
    NotStarted,
    /// It needs more than columns can say.
    Left,
}

/// One duty and the fact that may have started it.
pub(super) struct Asking<'a> {
    pub(super) tables: &'a Tables<'a>,
    pub(super) number: u16,
    pub(super) tabled: &'a Tabled<'a>,
    pub(super) spots: &'a Spots,
    pub(super) place: usize,
}

impl Asking<'_> {
    /// Fills the columns of one row. `fill` is given each in turn.
    pub(super) fn row(&self, values: &mut Vec<i32>) -> Row {
        let Some(spot) = self.spots.all.get(self.place) else { return Row::NotStarted };
        if !self.starts(spot) {
            return Row::NotStarted;
        }
        let shape = &self.tabled.shape;
        if self.spots.claimed.contains(&self.number) || shape.stood_otherwise(spot.on, spot.on) {
            return Row::Left;
        }
        if shape.rule.form == Form::Floor
            && shape.rule.from_service
            && is(self.tabled, spot, NO_HOW)
        {
            // Two days are possible, and where they differ it is unclear.
            return Row::Left;
        }
        let next = self.next();
        let end = match shape.rule.scope {
            Scope::Case => self.spots.all.len(),
            Scope::Round => self.spots.round_span(spot.round).1,
            Scope::NextTrigger => next.map_or(self.spots.all.len(), |next| next + 1),
        };
        let found = match shape.rule.form {
            Form::Deadline => self.search(spot, end, next),
            Form::Right => self.used(spot, end, next),
            Form::Floor => self.closed(end),
            Form::Continuing | Form::Ban => self.ended(end),
        };
        values.clear();
        for input in 0..shape.inputs.len() {
            let Some(value) = self.value(input, spot, end, &found) else { return Row::Left };
            values.push(value);
        }
        Row::Filled
    }

    fn starts(&self, spot: &Spot) -> bool {
        let rule = self.tabled.shape.rule;
        if !rule.binds_on(spot.on) {
            return false;
        }
        let before = self.place.checked_sub(1).and_then(|at| self.spots.all.get(at));
        if rule.outside_round && before.is_some_and(|before| before.open) {
            return false;
        }
        match rule.instance {
            Instance::Each => true,
            Instance::RoundOpening => {
                spot.round > 0 && self.spots.round_span(spot.round).0 == self.place
            }
            Instance::FirstInRound => {
                let first = self.spots.round_span(spot.round).0;
                let earlier = self.spots.between(first, self.place);
                !earlier.iter().any(|earlier| can_start(self.tabled, earlier))
            }
            Instance::UntilEnded => {
                if is(self.tabled, spot, ENDS) {
                    return true;
                }
                for earlier in self.spots.between(0, self.place).iter().rev() {
                    if can_start(self.tabled, earlier) {
                        return false;
                    }
                    if is(self.tabled, earlier, ENDS) {
                        return true;
                    }
                }
                true
            }
        }
    }

    /// The place of the next fact that starts the same duty, where that matters.
    fn next(&self) -> Option<usize> {
        let rule = self.tabled.shape.rule;
        if rule.scope != Scope::NextTrigger && rule.form != Form::Right {
            return None;
        }
        let from = self.place + 1;
        let later = self.spots.between(from, self.spots.all.len());
        later.iter().position(|later| can_start(self.tabled, later)).map(|at| from + at)
    }

    /// The acts that `later` is, seen from the trigger.
    fn acts(&self, own: &Role, later: &Role) -> u32 {
        let both = own.same_if_both == later.same_if_both
            || own.same_if_both == 0
            || later.same_if_both == 0;
        if both && own.same == later.same { later.acts } else { 0 }
    }

    /// What discharged a deadline, or made it fall away.
    fn search(&self, spot: &Spot, end: usize, next: Option<usize>) -> Found {
        let (tabled, rule, round) = (self.tabled, self.tabled.shape.rule, &self.tables.book.round);
        let own = tabled.role(spot.kind, spot.local).copied().unwrap_or_default();
        let from =
            if rule.acts_from_round { self.spots.round_span(spot.round).0 } else { self.place + 1 };
        let mut found = Found::default();
        let (mut acts, mut owed) = (tabled.all_acts, tabled.all_owed);
        let mut void: Option<&Spot> = None;
        for (at, later) in (from..).zip(self.spots.between(from, end)) {
            let Some(role) = tabled.role(later.kind, later.local) else { continue };
            if role.is & TELLS == 0 {
                continue;
            }
            let after = at > self.place;
            if after && role.is & FOR_GOOD != 0 {
                found.void = later.on.max(spot.on).number();
                return found;
            }
            let done = self.acts(&own, role);
            if done != 0 {
                acts &= !done;
                owed &= !role.reached;
                if acts == 0 && owed == 0 {
                    found.done = later.on.max(spot.on).number();
                    self.decided(later.on.max(spot.on), end, &mut found);
                    return found;
                }
            }
            if !after {
                continue;
            }
            if role.is & VOIDS != 0 {
                void.get_or_insert(later);
            } else if void.is_some_and(|by| round.reopens.contains(&(later.kind, by.kind))) {
                void = None;
            }
            if role.is & (IMPLIES | DECIDES) != 0 {
                found.implied = -1;
            }
        }
        if rule.scope == Scope::NextTrigger && void.is_none() {
            void = next.and_then(|next| self.spots.all.get(next));
        }
        if let Some(by) = void {
            found.void = by.on.max(spot.on).number();
        }
        found
    }

    /// The first step that the duty should come before, if it was taken before `done`.
    fn decided(&self, done: Day, end: usize, found: &mut Found) {
        if !self.tabled.shape.inputs.contains(&Input::Decided) {
            return;
        }
        let steps = self.spots.between(self.place + 1, end).iter();
        let decided = steps
            .filter(|later| later.on < done && is(self.tabled, later, DECIDES))
            .map(|later| later.on.number());
        found.decided = decided.min().unwrap_or(NEVER);
    }

    /// When a right was used, and when a later notice gave it anew.
    fn used(&self, spot: &Spot, end: usize, next: Option<usize>) -> Found {
        let own = self.tabled.role(spot.kind, spot.local).copied().unwrap_or_default();
        let used = self.spots.between(self.place + 1, end).iter().find(|later| {
            let role = self.tabled.role(later.kind, later.local);
            role.is_some_and(|role| role.is & TELLS != 0 && self.acts(&own, role) != 0)
        });
        let next = next.and_then(|next| self.spots.all.get(next));
        let day = |spot: Option<&Spot>| spot.map_or(NEVER, |spot| spot.on.number());
        Found { done: day(used), void: day(next), ..Found::default() }
    }

    /// What came first of what a floor holds back, or of what takes it away.
    fn closed(&self, end: usize) -> Found {
        let mut agreed = false;
        for later in self.spots.between(self.place + 1, end) {
            let Some(role) = self.tabled.role(later.kind, later.local) else { continue };
            if role.is & TELLS == 0 {
                continue;
            }
            let closed_as = if role.is & AGREES != 0 {
                agreed = true;
                continue;
            } else if role.is & BREAKS != 0 {
                if agreed { Standing::Met } else { Standing::Broken }
            } else if role.is & (VOIDS | LIKE_START) != 0 {
                Standing::Void
            } else {
                continue;
            };
            let closed_as = code(closed_as);
            return Found { done: later.on.number(), closed_as, ..Found::default() };
        }
        Found::default()
    }

    fn ended(&self, end: usize) -> Found {
        let mut later = self.spots.between(self.place + 1, end).iter();
        let ended = later.find(|later| is(self.tabled, later, ENDS));
        Found { done: ended.map_or(NEVER, |later| later.on.number()), ..Found::default() }
    }

    /// The value of one column; none where the case does not say it.
    fn value(&self, input: usize, spot: &Spot, end: usize, found: &Found) -> Option<i32> {
        let (tabled, shape) = (self.tabled, &self.tabled.shape);
        let born = || self.spots.born.map(Day::date);
        Some(match shape.inputs.get(input)? {
            Input::Start => {
                let posted = shape.rule.from_service
                    && tabled.role(spot.kind, spot.local).is_some_and(|role| role.posted);
                if posted {
                    self.tables.book.calendar.posted(spot.on).number()
                } else {
                    spot.on.number()
                }
            }
            Input::Known => spot.known_on.number(),
            Input::Opening => {
                let opening = self.spots.round_span(spot.round).0;
                self.spots.all.get(opening).filter(|_| spot.round > 0)?.on.number()
            }
            Input::Field { .. } => {
                let (_, days) = tabled.days.iter().find(|(at, _)| *at == input)?;
                (*days.get(tabled.place(spot.kind, spot.local)?)?)?
            }
            Input::Last { before } => {
                let facts = if *before {
                    self.spots.between(0, self.place)
                } else {
                    self.spots.between(self.place + 1, end)
                };
                let last = facts.iter().rev().find(|fact| is(tabled, fact, ANCHORS));
                last.map_or(ABSENT, |fact| fact.on.number())
            }
            Input::Birthday(age) => Day::from(birthday(born()?, *age)).number(),
            Input::SchoolYearAfter(age) => {
                Day::from(school_year_after(birthday(born()?, *age))).number()
            }
            Input::Done => found.done,
            Input::Void => found.void,
            Input::Implied => found.implied,
            Input::Decided => found.decided,
            Input::ClosedAs => found.closed_as,
        })
    }
}

/// What a search among the facts of a row found: days, or never; and a truth.
struct Found {
    done: i32,
    void: i32,
    implied: i32,
    decided: i32,
    closed_as: i32,
}

impl Default for Found {
    fn default() -> Self {
        let closed_as = code(Standing::Met);
        Self { done: NEVER, void: NEVER, implied: 0, decided: NEVER, closed_as }
    }
}
