//! What a duty asks of each row, and the program that answers. A duty whose mechanics have no place
//! here has no shape: the single evaluator works it out, in the batch too.

use super::flat::Numbers;
use super::program::{Builder, From, Kind, NEVER, Program};
use crate::answer::Standing;
use crate::day::Day;
use crate::limit::{Anchor, End, Limit, Period, Take, Unit};
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
    /// The last fact of a sort, before the trigger or after it.
    Last {
        before: bool,
    },
    Birthday(i32),
    SchoolYearAfter(i32),
    /// The day it was done, fell away, or ended; never where it was not.
    Done,
    Void,
    /// True where a later step shows that it must have been done.
    Implied,
    /// The first day of a step that it should come before.
    Decided,
    /// How what came before the end of a floor closes it.
    ClosedAs,
}

impl Input {
    pub(super) fn kind(&self) -> Kind {
        if matches!(self, Self::Implied | Self::ClosedAs) { Kind::Number } else { Kind::Day }
    }
}

/// A duty as columns.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    pub(super) rule: &'a Rule,
    pub(super) inputs: Vec<Input>,
    /// The standing of each row by its place, and its last day or never.
    pub(super) program: Program,
    /// What the last fact that a period is counted from must be.
    pub(super) last: Option<&'a Match>,
    /// Times at which another rule stood: rows of theirs are worked out one by one.
    pub(super) versions: Vec<&'a Version>,
}

impl<'a> Shape<'a> {
    /// The shape of a duty, if it has one.
    pub(super) fn of(rule: &'a Rule, as_at: Day) -> Option<Self> {
        if rule.foreseen.is_some() || (rule.acts.len() > 1 && rule.acts.iter().any(compares)) {
            return None;
        }
        let mut shape = Shaping { rule, inputs: Vec::new(), ops: Builder::default(), last: None };
        let (standing, due) = match rule.form {
            Form::Deadline => shape.deadline(as_at)?,
            Form::Right => shape.right(as_at)?,
            Form::Continuing => (shape.continuing(as_at), From::On(NEVER)),
            Form::Floor => shape.floor(as_at)?,
            Form::Ban => return None,
        };
        let Shaping { inputs, ops, last, .. } = shape;
        let changes = |version: &&Version| {
            version.limit.is_some() || version.no_number || version.roll.is_some()
        };
        let versions = rule.versions.iter().filter(changes).collect();
        Some(Self { rule, inputs, program: ops.done(&[standing, due]), last, versions })
    }

    /// Whether another rule stood for a row: for sure, or so that only its last day could tell.
    pub(super) fn stood_otherwise(&self, on: Day, since: Day) -> bool {
        self.versions.iter().any(|version| match version.decides {
            Decides::Trigger => version.touches(on, on),
            Decides::Running => version.to.is_none_or(|to| since < to),
        })
    }
}

/// Whether an act must share fields with the trigger.
fn compares(act: &crate::rule::Act) -> bool {
    !act.same.is_empty() || !act.same_if_both.is_empty()
}

struct Shaping<'a> {
    rule: &'a Rule,
    inputs: Vec<Input>,
    ops: Builder,
    last: Option<&'a Match>,
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
        let implies = !self.rule.implied_by.kinds.is_empty() || !self.rule.before.is_empty();
        let implied = implies.then(|| self.input(Input::Implied));
        let decided = match (due, self.rule.before.is_empty()) {
            (None, false) => Some(self.input(Input::Decided)),
            (Some(_), false) => return None,
            (_, true) => None,
        };
        let numbers = Numbers::PLAIN;
        let (is_done, is_void) = (self.there(done), Some(self.there(void)));
        let found = Found { done, is_done, is_void, implied, decided, excused: None, numbers };
        Some((found.standing(&mut self.ops, due, as_at), due.unwrap_or(From::On(NEVER))))
    }

    /// A right is used, or given anew by a later notice, or open until its day.
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
        let due = self.limit()?.unwrap_or_else(|| self.input(Input::Start));
        if self.rule.limit.iter().flat_map(|limit| &limit.of).any(may_be_absent) {
            return None;
        }
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
            let birthday = self.input(Input::Birthday(age));
            ends = self.ops.earlier(ends, birthday);
        }
        let open = self.ops.less(From::On(as_at.number()), ends);
        self.ops.select(open, always(Standing::Continuing), always(Standing::Void))
    }

    /// The last day: inside none where the law has no number, outside where it has no shape.
    fn limit(&mut self) -> Option<Option<From>> {
        let Some(Limit { take, of }) = &self.rule.limit else { return Some(None) };
        let sure = of.iter().any(|period| !may_be_absent(period));
        if *take == Take::Earliest && of.iter().any(may_be_absent) {
            return None;
        }
        let mut best: Option<From> = None;
        for period in of {
            let from = self.anchor(period)?;
            let ended = self.ops.end(from, period.end);
            best = Some(match (best, take) {
                (None, _) => ended,
                (Some(held), Take::Earliest) => self.ops.earlier(held, ended),
                (Some(held), Take::Latest) => self.ops.later(held, ended),
                (Some(held), Take::First) => {
                    let absent = self.ops.absent(held);
                    self.ops.select(absent, ended, held)
                }
            });
        }
        let mut due = best?;
        if !sure {
            let absent = self.ops.absent(due);
            due = self.ops.select(absent, From::On(NEVER), due);
        }
        if let Some(roll) = self.rule.roll {
            due = self.ops.roll(due, roll == Roll::TribunalStart);
        }
        Some(Some(due))
    }

    fn anchor(&mut self, period: &'a Period) -> Option<From> {
        let school = matches!(period.end, End::Count { unit: Unit::SchoolDays, .. });
        if school || period.when.is_some() || period.when_trigger.is_some() {
            return None;
        }
        let input = match &period.from {
            Anchor::Trigger => Input::Start,
            Anchor::Known => Input::Known,
            Anchor::RoundOpening => Input::Opening,
            Anchor::Field(name) => Input::Field { name: name.clone(), optional: period.optional },
            Anchor::Event { what, before, field: None } if self.last.is_none() => {
                self.last = Some(what);
                Input::Last { before: *before }
            }
            Anchor::Birthday(age) if !period.optional => Input::Birthday(*age),
            Anchor::SchoolYearAfter(age) if !period.optional => Input::SchoolYearAfter(*age),
            _ => return None,
        };
        Some(self.input(input))
    }
}

/// Whether the day that a period is counted from can be missing without anything being unclear.
fn may_be_absent(period: &Period) -> bool {
    match &period.from {
        Anchor::Event { .. } => true,
        Anchor::Field(_) => period.optional,
        _ => false,
    }
}

/// What was found of a duty that must be done by a day.
pub(super) struct Found {
    /// The day on which it was done, and whether it was.
    pub(super) done: From,
    pub(super) is_done: From,
    /// Whether it fell away, if it was not done.
    pub(super) is_void: Option<From>,
    pub(super) implied: Option<From>,
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
        if let Some(void) = self.is_void {
            open = ops.select(void, number(numbers.void), open);
        }
        let mut met_late = number(numbers.met_late);
        if let Some(excused) = self.excused {
            met_late = ops.select(excused, number(numbers.met_late_excused), met_late);
        }
        let met = match due.or(self.decided) {
            Some(day) => {
                let late = ops.less(day, self.done);
                ops.select(late, met_late, number(numbers.met))
            }
            None => number(numbers.met),
        };
        ops.select(self.is_done, met, open)
    }
}
