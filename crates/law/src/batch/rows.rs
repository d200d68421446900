//! From the facts of one case to rows: which duties it starts, and for each what its columns ask. It
//! follows the single evaluator step by step; what has no columns is left to that evaluator.

use super::program::{ABSENT, NEVER};
use super::shape::{Input, code};
use super::spots::{Spot, Spots};
use super::tables::{
    AGREES, BREAKS, DECIDES, DOUBTS, ENDS, EXPLAINS, FOR_GOOD, HOLDS, IMPLIES, LIKE_START, NO_HOW,
    PROVES, STARTS, TELLS, Tabled, Tables, VOIDS,
};
use crate::answer::Standing;
use crate::day::{Day, birthday};
use crate::fact::About;
use crate::limit::school_year_after;
use crate::rule::{Form, Instance, Scope};
use crate::school_age::school_ages;

/// A duty that a fact may have started, which the single evaluator is to work out: the place of the
/// fact among those that count, and among all of the case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    pub(super) duty: u16,
    pub(super) place: usize,
    pub(super) index: usize,
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
    tables: &'a Tables<'a>,
    number: u16,
    tabled: &'a Tabled<'a>,
    spots: &'a Spots,
    spot: Spot,
    place: usize,
    /// The place of the first fact that can count for it, and the day from which facts can.
    after: usize,
    since: Day,
}

impl<'a> Asking<'a> {
    /// Asks of the fact at `place`, which is beyond those that count where its day is still to come.
    pub(super) fn new(
        tables: &'a Tables<'a>,
        (number, tabled): (u16, &'a Tabled<'a>),
        spots: &'a Spots,
        (place, spot): (usize, Spot),
    ) -> Self {
        let (after, since) = match tabled.shape.rule.foreseen {
            Some(_) => (spots.first_on_or_after(spot.since), spot.since),
            None => (place + 1, spot.on),
        };
        Self { tables, number, tabled, spots, spot, place, after, since }
    }

    /// Fills the columns of one row. `fill` is given each in turn.
    pub(super) fn row(&self, values: &mut Vec<i32>) -> Row {
        let spot = &self.spot;
        if !self.starts(spot) {
            return Row::NotStarted;
        }
        let shape = &self.tabled.shape;
        if self.spots.claimed.contains(&self.number) || shape.stood_otherwise(spot.on, self.since) {
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
            Form::Deadline => match self.search(spot, end, next) {
                Some(found) => self.leave_school(found),
                None => return Row::Left,
            },
            Form::Right => match self.used(spot, end) {
                Some(found) => found,
                None => return Row::Left,
            },
            Form::Floor => self.closed(end),
            Form::Ban => self.lifted(end),
            Form::Continuing => self.ended(end),
        };
        values.clear();
        for input in &shape.inputs {
            let Some(value) = self.value(input, end, &found) else { return Row::Left };
            values.push(value);
        }
        // Each period that may be absent has a column of its own.
        if let Some(limit) = shape.rule.limit.as_ref().filter(|limit| limit.needs > 0)
            && values.iter().filter(|value| **value == ABSENT).count() + limit.needs
                > limit.of.len()
        {
            return Row::Left;
        }
        Row::Filled
    }

    fn starts(&self, spot: &Spot) -> bool {
        let rule = self.tabled.shape.rule;
        if !rule.binds_on(spot.on) || !self.is_shown(self.place, spot) {
            return false;
        }
        if self.school_ages().is_some_and(|(first, after)| spot.on < first || spot.on >= after) {
            return false;
        }
        if rule.outside_round {
            let at = if rule.foreseen.is_some() { self.after } else { self.place };
            let before = at.checked_sub(1).and_then(|at| self.spots.all.get(at));
            if before.is_some_and(|before| before.open) {
                return false;
            }
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
        if rule.scope != Scope::NextTrigger {
            return None;
        }
        let from = self.place + 1;
        let later = self.spots.between(from, self.spots.all.len());
        let mut later = (from..).zip(later);
        let next = |(at, later): &(usize, &Spot)| {
            can_start(self.tabled, later) && self.is_shown(*at, later)
        };
        later.find(next).map(|(at, _)| at)
    }

    /// Whether a step that only shows what starts the duty does show it.
    fn is_shown(&self, place: usize, spot: &Spot) -> bool {
        let shown = self.tabled.shape.rule.shown.as_ref();
        let Some(shown) = shown.filter(|shown| shown.by.has(spot.kind)) else { return true };
        let tells =
            |earlier: &&Spot| !shown.by.has(earlier.kind) || is(self.tabled, earlier, STARTS);
        let before = self.spots.between(0, place).iter().rev().filter(tells);
        shown.there(before.map(|earlier| earlier.kind))
    }

    /// The first of the kinds that must come before a step at `place`, if it is to show anything.
    fn shown_after(&self, place: usize, is: impl Fn(u16) -> bool) -> Option<&Spot> {
        self.spots.between(self.after, place).iter().find(|earlier| is(earlier.kind))
    }

    /// Whether a step at `place` cannot be about another fact that started the same duty, nor come of
    /// something else.
    fn is_about_this(&self, place: usize) -> bool {
        let mut between = self.spots.between(self.after, place).iter();
        if between.any(|earlier| is(self.tabled, earlier, DOUBTS)) {
            return false;
        }
        let mut earlier = (0..).zip(self.spots.between(0, place));
        let other = |(at, spot): (usize, &Spot)| at != self.place && can_start(self.tabled, spot);
        self.tabled.shape.rule.scope != Scope::Case || !earlier.any(other)
    }

    /// Notes what a step at `place` says of a duty that nobody recorded as done.
    fn implies(&self, (place, step): (usize, &Spot), is: u16, found: &mut Found) {
        let required = self.tabled.shape.rule.implied_after;
        let after = required.and_then(|kind| self.shown_after(place, |known| known == kind));
        let mut before = self.spots.between(self.after, place).iter();
        let explained = before.any(|earlier| self::is(self.tabled, earlier, EXPLAINS));
        let speaks = is & IMPLIES != 0 && !explained && (required.is_none() || after.is_some());
        if speaks || is & DECIDES != 0 {
            found.implied = -1;
        }
        if speaks && is & PROVES != 0 {
            self.prove((place, step), after, found);
        }
    }

    /// Notes the first proof: a step at a place, and what must have come before it since the trigger.
    fn prove(&self, (place, step): (usize, &Spot), after: Option<&Spot>, found: &mut Found) {
        if found.proved == NEVER && self.is_about_this(place) {
            found.proved = step.on.max(self.since).number();
            found.proof_needs = after.map_or(ABSENT, |after| after.on.number()).max(found.part);
        }
    }

    /// The acts that the fact at a place among the roles is, seen from the trigger.
    fn acts(&self, own: Option<usize>, later: usize) -> u32 {
        let Some(role) = self.tabled.roles.get(later) else { return 0 };
        self.tabled.shared.iter().fold(role.acts, |acts, shared| {
            if shared.agree(own, later) { acts } else { acts & !shared.act }
        })
    }

    /// What discharged a deadline, or made it fall away. None where an act may have come of another fact
    /// that started it: only a whole evaluation tells.
    fn search(&self, spot: &Spot, end: usize, next: Option<usize>) -> Option<Found> {
        let (tabled, rule, round) = (self.tabled, self.tabled.shape.rule, &self.tables.book.round);
        let own = tabled.place(spot.kind, spot.local);
        let from =
            if rule.acts_from_round { self.spots.round_span(spot.round).0 } else { self.after };
        let mut found = Found::default();
        let needed = own.and_then(|own| tabled.roles.get(own)).map_or(0, |role| role.needed);
        let (mut acts, mut owed) = (needed, tabled.all_owed);
        let left = |acts: u32, owed: u32| if rule.to_all { owed } else { acts };
        let (mut void, mut spoken): (Option<&Spot>, Option<usize>) = (None, None);
        for (at, later) in (from..).zip(self.spots.between(from, end)) {
            let Some(known) = tabled.place(later.kind, later.local) else { continue };
            let Some(role) = tabled.roles.get(known).filter(|role| role.is & TELLS != 0) else {
                continue;
            };
            let after = at >= self.after && at != self.place;
            if after && role.is & FOR_GOOD != 0 {
                found.void = later.on.max(self.since).number();
                return Some(found);
            }
            let done = self.acts(own, known);
            if done != 0 {
                if spoken.is_some_and(|spoken| self.has_start_between(spoken, at)) {
                    return None;
                }
                let before = left(acts, owed);
                acts &= !done;
                owed &= !role.reached;
                if left(acts, owed) != before {
                    found.part = later.on.number();
                }
                if acts == 0 && owed == 0 {
                    let on = later.on.max(self.since);
                    found.done = on.number();
                    self.decided(on, end, &mut found);
                    return Some(found);
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
            if role.is & (DECIDES | IMPLIES) != 0 {
                if rule.roles.can_be_of_another {
                    spoken.get_or_insert(at);
                }
                self.implies((at, later), role.is, &mut found);
            }
        }
        let step = next.and_then(|next| self.spots.all.get(next));
        let itself = rule.shown.as_ref().zip(step);
        if let Some((_, step)) = itself.filter(|(shown, step)| shown.itself.has(step.kind)) {
            let on = step.on.max(self.since);
            found.done = on.number();
            self.decided(on, end, &mut found);
            return Some(found);
        }
        if rule.scope == Scope::NextTrigger && void.is_none() {
            let shown = rule.shown.as_ref().zip(next).zip(step);
            match shown.filter(|((shown, _), step)| shown.by.has(step.kind)) {
                Some(((shown, next), step)) => {
                    let after = self.shown_after(next, |kind| shown.after.has(kind));
                    found.implied = -1;
                    self.prove((next, step), after, &mut found);
                }
                None => void = step,
            }
        }
        if let Some(by) = void {
            found.void = by.on.max(self.since).number();
        }
        Some(found)
    }

    /// What is owed to children of compulsory school age alone falls away after it.
    fn leave_school(&self, mut found: Found) -> Found {
        let after = self.school_ages().map(|(_, after)| after.number());
        let as_at = self.tables.question.on().number();
        if let Some(after) = after.filter(|after| *after <= as_at.min(found.done).min(found.void)) {
            (found.done, found.void) = (NEVER, after);
        }
        found
    }

    fn school_ages(&self) -> Option<(Day, Day)> {
        let born = self.spots.born.filter(|_| self.tabled.shape.rule.of_school_age);
        born.and_then(|born| school_ages(born.date()))
    }

    /// Whether another fact between two places can have started the duty.
    fn has_start_between(&self, from: usize, to: usize) -> bool {
        let mut between = (from + 1..).zip(self.spots.between(from + 1, to));
        between.any(|(at, spot)| at != self.place && can_start(self.tabled, spot))
    }

    /// The first step that the duty should come before, if it was taken before `done`.
    fn decided(&self, done: Day, end: usize, found: &mut Found) {
        if !self.tabled.shape.inputs.contains(&Input::Decided) {
            return;
        }
        let steps = self.spots.between(self.after, end).iter();
        let decided = steps
            .filter(|later| later.on < done && is(self.tabled, later, DECIDES))
            .map(|later| later.on.number());
        found.decided = decided.min().unwrap_or(NEVER);
    }

    /// When a right was used, or what ended it. None where it stands among others of its kind, and
    /// something may be about any of them: only a whole evaluation tells.
    fn used(&self, spot: &Spot, end: usize) -> Option<Found> {
        let (tabled, rule) = (self.tabled, self.tabled.shape.rule);
        let own = tabled.place(spot.kind, spot.local);
        let gives = tabled.role(spot.kind, spot.local).map_or(0, |role| role.gives);
        let mut found = Found::default();
        for later in self.spots.between(self.after, end) {
            let Some(known) = tabled.place(later.kind, later.local) else { continue };
            let Some(role) = tabled.roles.get(known) else { continue };
            // What a period is counted from must be about this right, as an act must.
            let other = role.sorts != 0 && role.unfit & gives != 0;
            let may = (role.acts | role.sorts) != 0 && rule.tells_apart();
            if other || (may && self.has_others()) {
                return None;
            }
            let open = found.done == NEVER && found.void == NEVER;
            if !open || role.is & TELLS == 0 {
                continue;
            }
            if role.ends & gives != 0 && (!self.ends_in_round(gives) || later.round == spot.round) {
                found.void = later.on.number();
            } else if role.unfit & gives == 0 && self.acts(own, known) != 0 {
                found.done = later.on.number();
            }
        }
        Some(found)
    }

    /// Whether only what lies in its round ends the right that a matter gave.
    fn ends_in_round(&self, gives: u32) -> bool {
        let matters = &self.tabled.shape.rule.matters;
        matters.get(gives.trailing_zeros() as usize).is_some_and(|matter| matter.in_round)
    }

    /// Whether another fact starts the same duty.
    fn has_others(&self) -> bool {
        let mut all = (0..).zip(&self.spots.all);
        all.any(|(at, other)| at != self.place && can_start(self.tabled, other))
    }

    /// What came first of what a floor holds back, or of what takes it away.
    fn closed(&self, end: usize) -> Found {
        let mut agreed = false;
        for later in self.spots.between(self.after, end) {
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

    /// What lifted a ban, or broke it, and what held it before.
    fn lifted(&self, end: usize) -> Found {
        let mut found = Found::default();
        for later in self.spots.between(self.after, end) {
            let Some(role) = self.tabled.role(later.kind, later.local) else { continue };
            let closed_as = if role.is & ENDS != 0 {
                Standing::Met
            } else if role.is & BREAKS != 0 {
                Standing::Broken
            } else {
                if role.is & HOLDS != 0 {
                    found.held = found.held.min(later.on.number());
                }
                continue;
            };
            return Found { done: later.on.number(), closed_as: code(closed_as), ..found };
        }
        found
    }

    fn ended(&self, end: usize) -> Found {
        let mut later = self.spots.between(self.after, end).iter();
        let ended = later.find(|later| is(self.tabled, later, ENDS));
        Found { done: ended.map_or(NEVER, |later| later.on.number()), ..Found::default() }
    }

    /// The value of one column; none where the case does not say it.
    fn value(&self, input: &Input, end: usize, found: &Found) -> Option<i32> {
        let (tabled, spot) = (self.tabled, &self.spot);
        let or_absent = |day: Option<Day>, optional: bool| match day {
            Some(day) => Some(day.number()),
            None => optional.then_some(ABSENT),
        };
        let born = |of: &dyn Fn(jiff::civil::Date) -> jiff::civil::Date| {
            self.spots.born.map(|born| Day::from(of(born.date())))
        };
        Some(match input {
            Input::Start => self.start().number(),
            Input::Known => spot.known_on.number(),
            Input::Opening => {
                let opening = self.spots.round_span(spot.round).0;
                self.spots.all.get(opening).filter(|_| spot.round > 0)?.on.number()
            }
            Input::Field { .. } => tabled.day(input, spot)?,
            Input::Last { sort, before, field, .. } => {
                let facts = if *before {
                    self.spots.between(0, self.place)
                } else {
                    self.spots.between(self.after, end)
                };
                let last = facts.iter().rev().find(|fact| tabled.is_of(fact, *sort));
                match (last, field) {
                    (None, _) => ABSENT,
                    (Some(fact), None) => fact.on.number(),
                    (Some(fact), Some(_)) => tabled.day(input, fact)?,
                }
            }
            Input::First { sort } => {
                let own = tabled.is_of(spot, *sort).then_some(spot.on);
                let mut later = self.spots.between(self.after, end).iter();
                let first = later.find(|later| tabled.is_of(later, *sort)).map(|later| later.on);
                own.into_iter().chain(first).min().map_or(NEVER, Day::number)
            }
            Input::Is { sort } => -i32::from(tabled.is_of(spot, *sort)),
            Input::Birthday { age, optional } => {
                or_absent(born(&|born| birthday(born, *age)), *optional)?
            }
            Input::SchoolYearAfter { age, optional } => {
                or_absent(born(&|born| school_year_after(birthday(born, *age))), *optional)?
            }
            Input::NextTerm { optional } => or_absent(self.next_term(), *optional)?,
            Input::TermEnd { optional } => or_absent(self.term_end(), *optional)?,
            Input::SchoolDays { from, n, counting } => {
                let from = self.value(from, end, found)?;
                if from == ABSENT {
                    return Some(ABSENT);
                }
                let (born, spots) = (None, self.spots);
                let about = About { born, closures: &spots.closures, terms: &spots.terms };
                let calendar = &self.tables.book.calendar;
                about.school_days(calendar, Day::of_number(from), *n, *counting).ok()?.number()
            }
            Input::Done => found.done,
            Input::Void => found.void,
            Input::Implied => found.implied,
            Input::Proved => found.proved,
            Input::ProofNeeds => found.proof_needs,
            Input::Decided => found.decided,
            Input::ClosedAs => found.closed_as,
            Input::Held => found.held,
        })
    }

    /// The day of the trigger as the law counts it.
    fn start(&self) -> Day {
        let role = self.tabled.role(self.spot.kind, self.spot.local);
        let posted = self.tabled.shape.rule.from_service && role.is_some_and(|role| role.posted);
        if posted { self.tables.book.calendar.posted(self.spot.on) } else { self.spot.on }
    }

    fn next_term(&self) -> Option<Day> {
        let starts = self.spots.terms.iter().map(|term| Day::from(term.from));
        starts.filter(|from| *from > self.start()).min()
    }

    fn term_end(&self) -> Option<Day> {
        let start = self.start();
        let mut terms = self.spots.terms.iter().map(|term| (Day::from(term.from), term.to));
        let (_, to) = terms.find(|(from, to)| *from <= start && start < Day::from(*to))?;
        Some(Day::from(to).plus(-1))
    }
}

/// What a search among the facts of a row found: days, or never; and a truth.
struct Found {
    done: i32,
    void: i32,
    implied: i32,
    proved: i32,
    part: i32,
    proof_needs: i32,
    decided: i32,
    closed_as: i32,
    held: i32,
}

impl Default for Found {
    fn default() -> Self {
        let closed_as = code(Standing::Met);
        Self {
            done: NEVER,
            void: NEVER,
            implied: 0,
            proved: NEVER,
            part: ABSENT,
            proof_needs: ABSENT,
            decided: NEVER,
            closed_as,
            held: NEVER,
        }
    }
}
