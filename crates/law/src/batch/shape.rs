//! What a duty asks of each row, and the program that answers. A duty whose mechanics have no place
//! here has no shape: the single evaluator works it out, in the batch too.

use super::flat::Numbers;
use super::program::{ABSENT, Builder, From, Kind, NEVER, Program};
use crate::answer::Standing;
use crate::day::Day;
use crate::limit::{Anchor, Counting, End, Limit, Period, Take, Unit};
use crate::rule::{Decides, Form, Match, Roll, Rule, Version};

/// A column that is gathered from the facts of each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// The day that the clock is counted from.
    Start,
    /// The day on which the trigger was known.
    Known,
    /// The day on which its round was opened.
    Opening,
    /// The day in a field of the trigger; absent where it may be left out.
    Field {
        name: String,
        optional: bool,
    },
    /// The last fact of a sort, before the trigger or after it: its day, or the day in a field of it.
    Last {
        sort: usize,
        before: bool,
        field: Option<String>,
        optional: bool,
    },
    /// The first fact of a sort: the trigger itself, or one after it.
    First {
        sort: usize,
    },
    /// True where the trigger is of a sort.
    Is {
        sort: usize,
    },
    Birthday {
        age: i32,
        optional: bool,
    },
    SchoolYearAfter {
        age: i32,
        optional: bool,
    },
    /// The first day of the next term of the case, or the last of this one.
    NextTerm {
        optional: bool,
    },
    TermEnd {
        optional: bool,
    },
    /// The end of a period of school days of the case, counted from another column.
    SchoolDays {
        from: Box<Self>,
        n: i32,
        counting: Counting,
    },
    /// The day it was done, fell away, or ended; never where it was not.
    Done,
    Void,
    /// True where a later step speaks for its having been done.
    Implied,
    /// The day of a step that proves that it was done by then, or never; and the day of the last step
    /// without which it was not, or absent.
    Proved,
    ProofNeeds,
    /// The first day of a step that it should come before.
    Decided,
    /// How what came before the end of a floor or a ban closes it.
    ClosedAs,
    /// The day of what holds a ban past its last day.
    Held,
}

impl Input {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Implied | Self::ClosedAs | Self::Is { .. } => Kind::Number,
            _ => Kind::Day,
        }
    }

    /// The field whose day it is, and whether it may be left out.
    pub(super) fn field(&self) -> Option<(&str, bool)> {
        match self {
            Self::Field { name, optional } | Self::Last { field: Some(name), optional, .. } => {
                Some((name, *optional))
            }
            _ => None,
        }
    }
}

/// A duty as columns.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    pub(super) rule: &'a Rule,
    pub(super) inputs: Vec<Input>,
    /// The standing of each row by its place, and its last day or never.
    pub(super) program: Program,
    /// Sorts of fact that periods are counted from, or counted only with.
    pub(super) sorts: Vec<&'a Match>,
    /// Times at which another rule stood: rows of theirs are worked out one by one.
    pub(super) versions: Vec<&'a Version>,
}

impl<'a> Shape<'a> {
    /// The shape of a duty, if it has one.
    pub(super) fn of(rule: &'a Rule, as_at: Day) -> Option<Self> {
        let (inputs, sorts) = (Vec::new(), Vec::new());
        let mut shape = Shaping { rule, inputs, ops: Builder::default(), sorts };
        let (standing, due) = match rule.form {
            Form::Deadline => shape.deadline(as_at)?,
            Form::Right => shape.right(as_at)?,
            Form::Continuing => (shape.continuing(as_at), From::On(NEVER)),
            Form::Floor => shape.floor(as_at)?,
            Form::Ban => shape.ban(as_at)?,
        };
        let Shaping { inputs, ops, sorts, .. } = shape;
        let changes = |version: &&Version| {
            version.limit.is_some() || version.no_number || version.roll.is_some()
        };
        let versions = rule.versions.iter().filter(changes).collect();
        // A role has a bit for each sort.
        let few = sorts.len() <= 32;
        few.then(|| Self { rule, inputs, program: ops.done(&[standing, due]), sorts, versions })
    }

    /// Whether another rule stood for a row: for sure, or so that only its last day could tell.
    pub(super) fn stood_otherwise(&self, on: Day, since: Day) -> bool {
        self.versions.iter().any(|version| match version.decides {
            Decides::Trigger => version.touches(on, on),
            Decides::Running => version.to.is_none_or(|to| since < to),
        })
    }
}

struct Shaping<'a> {
    rule: &'a Rule,
    inputs: Vec<Input>,
    ops: Builder,
    sorts: Vec<&'a Match>,
}

/// A standing as columns hold it.
pub(super) const fn code(standing: Standing) -> i32 {
    standing as i32
}

const fn always(standing: Standing) -> From {
    From::Number(code(standing))
}

impl<'a> Shaping<'a> {
    fn input(&mut self, input: Input) -> From {
        let at = self.inputs.iter().position(|known| *known == input).unwrap_or_else(|| {
            self.ops.given(input.kind());
            self.inputs.push(input);
            self.inputs.len() - 1
        });
        From::Given(at)
    }

    /// Whether a day that may be never is not.
    fn there(&mut self, day: From) -> From {
        self.ops.less(day, From::On(NEVER))
    }

    fn deadline(&mut self, as_at: Day) -> Option<(From, From)> {
        let due = self.limit()?;
        let (done, void) = (self.input(Input::Done), self.input(Input::Void));
        let before = !self.rule.before.is_empty();
        let proves = !self.rule.proved_by.kinds.is_empty() || self.rule.shown.is_some();
        let implies = before || proves || !self.rule.implied_by.kinds.is_empty();
        let implied = implies.then(|| self.input(Input::Implied));
        let proved = (proves && due.is_some()).then(|| self.proof());
        let sure = due.is_some() && self.is_sure();
        let decided = (before && !sure).then(|| self.input(Input::Decided));
        let numbers = Numbers::PLAIN;
        let (is_done, is_void) = (self.there(done), Some(self.there(void)));
        let excused = None;
        let found = Found { done, is_done, is_void, implied, proved, decided, excused, numbers };
        Some((found.standing(&mut self.ops, due, as_at), due.unwrap_or(From::On(NEVER))))
    }

    /// The columns of what proves that it was done, and of what it came after, where there can be such.
    fn proof(&mut self) -> (From, Option<From>) {
        let rule = self.rule;
        let parts = rule.to_all || rule.acts.len() > 1;
        let needs = parts || rule.implied_after.is_some() || rule.shown.is_some();
        (self.input(Input::Proved), needs.then(|| self.input(Input::ProofNeeds)))
    }

    /// A right is used, or ended by what changes its matter, or open until its day.
    fn right(&mut self, as_at: Day) -> Option<(From, From)> {
        let due = self.limit()?.unwrap_or(From::On(NEVER));
        let (used, anew) = (self.input(Input::Done), self.input(Input::Void));
        let ops = &mut self.ops;
        let late = ops.less(due, used);
        let met = ops.select(late, always(Standing::MetLate), always(Standing::Met));
        let passed = ops.less(due, From::On(as_at.number()));
        let replaced = ops.less(anew, From::On(NEVER));
        let gone = ops.either(passed, replaced);
        let open = ops.select(gone, always(Standing::Void), always(Standing::Pending));
        let is_used = ops.less(used, From::On(NEVER));
        Some((ops.select(is_used, met, open), due))
    }

    /// Time that must be given: kept, unless what must wait comes before its end.
    fn floor(&mut self, as_at: Day) -> Option<(From, From)> {
        if self.rule.roll.is_some() {
            return None;
        }
        let start = self.input(Input::Start);
        let due = match self.limit()? {
            Some(due) if self.is_sure() => due,
            Some(due) => {
                let there = self.there(due);
                self.ops.select(there, due, start)
            }
            None => start,
        };
        let (came, came_as) = (self.input(Input::Done), self.input(Input::ClosedAs));
        let ops = &mut self.ops;
        let kept = ops.less(due, came);
        let after = ops.plus(due, 1);
        let closed_on = ops.select(kept, after, came);
        let closed_as = ops.select(kept, always(Standing::Met), came_as);
        let open = ops.less(From::On(as_at.number()), closed_on);
        Some((ops.select(open, always(Standing::Pending), closed_as), due))
    }

    /// What binds without end, until an event or an age.
    fn continuing(&mut self, as_at: Day) -> From {
        let mut ends = self.input(Input::Done);
        if let Some(age) = self.rule.ends_at_age {
            let birthday = self.input(Input::Birthday { age, optional: true });
            let birthday = self.or_never(birthday);
            ends = self.ops.earlier(ends, birthday);
        }
        let open = self.ops.less(From::On(as_at.number()), ends);
        self.ops.select(open, always(Standing::Continuing), always(Standing::Void))
    }

    /// What is forbidden until an event lifts it, or the day after the last, unless something holds it.
    fn ban(&mut self, as_at: Day) -> Option<(From, From)> {
        let due = self.limit()?.unwrap_or(From::On(NEVER));
        let (came, came_as) = (self.input(Input::Done), self.input(Input::ClosedAs));
        let held = self.input(Input::Held);
        let ops = &mut self.ops;
        // Before the last day is over, or held before it was.
        let first = ops.earlier(held, came);
        let lifted = ops.less(due, first);
        let after = ops.plus(due, 1);
        let closed_on = ops.select(lifted, after, came);
        let closed_as = ops.select(lifted, always(Standing::Met), came_as);
        let open = ops.less(From::On(as_at.number()), closed_on);
        Some((ops.select(open, always(Standing::Continuing), closed_as), due))
    }

    /// Whether its limit always has a last day.
    fn is_sure(&self) -> bool {
        let limit = self.rule.limit.as_ref();
        limit.is_some_and(|limit| limit.of.iter().any(|period| !may_be_absent(period)))
    }

    /// The last day, or never: inside none where the law has no number, outside where it has no shape.
    fn limit(&mut self) -> Option<Option<From>> {
        let Some(Limit { take, of, .. }) = &self.rule.limit else { return Some(None) };
        let mut best: Option<From> = None;
        let mut first: Option<From> = None;
        for period in of {
            let ended = self.period(period, first)?;
            first = Some(match first {
                None => ended,
                Some(held) => self.first_there(held, ended),
            });
            best = Some(match (best, take) {
                (None, Take::Earliest) => self.or_never(ended),
                (None, _) => ended,
                (Some(held), Take::Earliest) => {
                    let ended = self.or_never(ended);
                    self.ops.earlier(held, ended)
                }
                (Some(held), Take::Latest) => self.ops.later(held, ended),
                (Some(held), Take::First) => self.first_there(held, ended),
            });
        }
        let mut due = best?;
        if *take != Take::Earliest && !self.is_sure() {
            due = self.or_never(due);
        }
        if let Some(roll) = self.rule.roll {
            due = self.ops.roll(due, roll == Roll::TribunalStart);
        }
        Some(Some(due))
    }

    /// The first of two days, unless it is absent.
    fn first_there(&mut self, one: From, other: From) -> From {
        let absent = self.ops.absent(one);
        self.ops.select(absent, other, one)
    }

    /// A day that may be absent as one that may be never.
    fn or_never(&mut self, day: From) -> From {
        self.first_there(day, From::On(NEVER))
    }

    /// Where a period ends; absent where it does not count. `first` is the last day of the first that does.
    fn period(&mut self, period: &'a Period, first: Option<From>) -> Option<From> {
        let from = self.anchor(period)?;
        let mut ended = match period.end {
            End::Count { n, unit: Unit::SchoolDays, counting } => {
                self.input(Input::SchoolDays { from: Box::new(from), n, counting })
            }
            end => {
                let from = self.input(from);
                self.ops.end(from, end)
            }
        };
        if let Some(when) = &period.when_trigger {
            let sort = self.sort(when);
            let is = self.input(Input::Is { sort });
            ended = self.ops.select(is, ended, From::On(ABSENT));
        }
        if let Some(when) = &period.when {
            let sort = self.sort(when);
            let day = self.input(Input::First { sort });
            let mut counts = self.there(day);
            if let Some(first) = first.filter(|_| period.in_time) {
                let mut last = self.or_never(first);
                if let Some(roll) = self.rule.roll {
                    last = self.ops.roll(last, roll == Roll::TribunalStart);
                }
                let late = self.ops.less(last, day);
                counts = self.ops.without(counts, late);
            }
            ended = self.ops.select(counts, ended, From::On(ABSENT));
        }
        Some(ended)
    }

    fn sort(&mut self, what: &'a Match) -> usize {
        self.sorts.push(what);
        self.sorts.len() - 1
    }

    fn anchor(&mut self, period: &'a Period) -> Option<Input> {
        let optional = period.optional;
        Some(match &period.from {
            Anchor::Trigger => Input::Start,
            Anchor::Known => Input::Known,
            Anchor::RoundOpening if optional => return None,
            Anchor::RoundOpening => Input::Opening,
            Anchor::Field(name) => Input::Field { name: name.clone(), optional },
            Anchor::Event { what, before, field } => {
                let (sort, before, field) = (self.sort(what), *before, field.clone());
                Input::Last { sort, before, field, optional }
            }
            Anchor::Birthday(age) => Input::Birthday { age: *age, optional },
            Anchor::SchoolYearAfter(age) => Input::SchoolYearAfter { age: *age, optional },
            Anchor::NextTerm => Input::NextTerm { optional },
            Anchor::TermEnd => Input::TermEnd { optional },
        })
    }
}

/// Whether a period can be left out without anything being unclear.
fn may_be_absent(period: &Period) -> bool {
    let anchored = matches!(period.from, Anchor::Event { .. }) || period.optional;
    anchored || period.when.is_some() || period.when_trigger.is_some()
}

/// What was found of a duty that must be done by a day.
pub(super) struct Found {
    /// The day on which it was done, and whether it was.
    pub(super) done: From,
    pub(super) is_done: From,
    /// Whether it fell away, if it was not done.
    pub(super) is_void: Option<From>,
    pub(super) implied: Option<From>,
    /// The day by which it was done for sure, and the day before which it was not.
    pub(super) proved: Option<(From, Option<From>)>,
    pub(super) decided: Option<From>,
    /// True where an exception lifts the number.
    pub(super) excused: Option<From>,
    /// How answers are written.
    pub(super) numbers: Numbers,
}

impl Found {
    /// Where it stands. Nothing that was found lies after the day that is asked of.
    pub(super) fn standing(&self, ops: &mut Builder, due: Option<From>, as_at: Day) -> From {
        let number = |number: u8| From::Number(number.into());
        let numbers = self.numbers;
        let mut open = number(numbers.pending);
        if let Some(due) = due {
            let past = ops.less(due, From::On(as_at.number()));
            let turned = match self.excused {
                Some(excused) => {
                    ops.select(excused, number(numbers.excused), number(numbers.overdue))
                }
                None => number(numbers.overdue),
            };
            open = ops.select(past, turned, open);
        }
        if let Some(implied) = self.implied {
            open = ops.select(implied, always(Standing::Unclear), open);
        }
        if let Some(((by, needs), due)) = self.proved.zip(due) {
            let there = ops.less(due, From::On(NEVER));
            let too_late = ops.less(due, by);
            let in_time = ops.without(there, too_late);
            open = ops.select(in_time, number(numbers.met), open);
            if let Some(needs) = needs {
                let late = ops.less(due, needs);
                open = ops.select(late, number(numbers.met_late), open);
            }
        }
        if let Some(void) = self.is_void {
            open = ops.select(void, number(numbers.void), open);
        }
        let mut met_late = number(numbers.met_late);
        if let Some(excused) = self.excused {
            met_late = ops.select(excused, number(numbers.met_late_excused), met_late);
        }
        let by = match (due, self.decided) {
            (Some(due), Some(decided)) => {
                let there = ops.less(due, From::On(NEVER));
                Some(ops.select(there, due, decided))
            }
            (due, decided) => due.or(decided),
        };
        let met = match by {
            Some(by) => {
                let late = ops.less(by, self.done);
                ops.select(late, met_late, number(numbers.met))
            }
            None => number(numbers.met),
        };
        ops.select(self.is_done, met, open)
    }
}
