//! A duty as a short list of column operations, each over a chunk of rows at a time. Everything in a
//! column is a whole number: a day, a standing by its place, or a truth (all bits set, or none). There
//! is no operation for a particular duty.
//!
//! One list is run in either of two widths: numbers of 32 bits, or, where it can be shown that every
//! number of the program and every day of the chunk fits, of 16 bits, of which a processor takes twice
//! as many at a time.

mod fit;
mod join;
mod lanes;
mod loops;
mod ops;
mod run;
#[cfg(test)]
mod tests;

use crate::limit::End;
use ops::{Arm, Join, Less, Op, Side, Term, When};
pub(super) use run::{Column, Program, Room};

/// Rows that are worked out together: few enough that the columns of a duty stay near the processor.
pub(super) const CHUNK: usize = 1024;

/// A day that is not there, where the latest of several is taken. Far below any day, and far enough
/// from the end of the numbers that adding a period to it stays below.
pub(super) const ABSENT: i32 = -(1 << 30);
/// What is below it is no day.
const FLOOR: i32 = -(1 << 29);
/// "Never" as a number: later than every day, and so many days later it is never still.
pub(super) const NEVER: i32 = i32::MAX;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Day,
    /// A standing, or a truth.
    Number,
}

/// Where an operation takes a value from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A column that is given.
    Given(usize),
    /// A column that an earlier operation made.
    Made(usize),
    /// The same day in every row.
    On(i32),
    /// The same number in every row.
    Number(i32),
}

/// A program as it grows. What was asked for before is not worked out again.
#[derive(Debug, Default)]
pub(super) struct Builder {
    given: Vec<Kind>,
    ops: Vec<Op<From, i32>>,
}

impl Builder {
    /// A column that is given, of which the first is 0.
    pub(super) fn given(&mut self, kind: Kind) -> From {
        self.given.push(kind);
        From::Given(self.given.len() - 1)
    }

    fn op(&mut self, op: Op<From, i32>) -> From {
        let known = self.ops.iter().position(|known| *known == op);
        From::Made(known.unwrap_or_else(|| {
            self.ops.push(op);
            self.ops.len() - 1
        }))
    }

    pub(super) fn plus(&mut self, day: From, days: i32) -> From {
        if days == 0 { day } else { self.op(Op::Plus(day, days)) }
    }

    pub(super) fn earlier(&mut self, one: From, other: From) -> From {
        self.of_two(one, other, Op::Earlier)
    }

    pub(super) fn later(&mut self, one: From, other: From) -> From {
        self.of_two(one, other, Op::Later)
    }

    /// One of two days. Where both are as many days later than others, it is as many later than one of
    /// those.
    fn of_two(
        &mut self,
        one: From,
        other: From,
        op: impl Fn(Term<From, i32>, Term<From, i32>) -> Op<From, i32>,
    ) -> From {
        let moved = |from: From| match from {
            From::Made(at) => match self.ops.get(at) {
                Some(Op::Plus(day, days)) => Some((*day, *days)),
                _ => None,
            },
            _ => None,
        };
        if one == other {
            return one;
        }
        let (one, other, days) = match (moved(one), moved(other)) {
            (Some((one, days)), Some((other, same))) if days == same => (one, other, days),
            _ => (one, other, 0),
        };
        let plain = |day| Term { day, later: 0 };
        let found = self.op(op(plain(one), plain(other)));
        self.plus(found, days)
    }

    pub(super) fn less(&mut self, one: From, other: From) -> From {
        self.less_by(one, 0, other)
    }

    /// Whether the first, so many days later, is less than the second.
    pub(super) fn less_by(&mut self, one: From, later: i32, other: From) -> From {
        let (later, other) = match other {
            // A day that is counted back stays what it is, or before never; so the days can be moved.
            From::Made(at) => match self.ops.get(at) {
                Some(Op::Plus(day, days)) if *days <= 0 => (later - days, *day),
                _ => (later, other),
            },
            // Of what is later than a day, and sooner than never, likewise.
            From::On(day) if day != NEVER => (0, From::On(day - later)),
            _ => (later, other),
        };
        let (one, other) = (Term { day: one, later }, Term { day: other, later: 0 });
        let less = Less { one: Side::One(one), other: Side::One(other) };
        self.op(Op::Test(Join::Alone, less, None))
    }

    /// Whether a day, so many days later, is less than another for the reason alone that the other is
    /// counted from it; of a day that is there.
    pub(super) fn is_less_by(&self, one: From, later: i32, other: From) -> bool {
        let mut other = Term { day: other, later: 0 };
        other.fold(&self.ops);
        other.day == one && later < other.later
    }

    pub(super) fn both(&mut self, one: From, other: From) -> From {
        self.op(Op::Both(one, other))
    }

    pub(super) fn either(&mut self, one: From, other: From) -> From {
        self.op(Op::Either(one, other))
    }

    pub(super) fn without(&mut self, one: From, other: From) -> From {
        self.op(Op::Without(one, other))
    }

    pub(super) fn select(&mut self, which: From, one: From, other: From) -> From {
        if one == other {
            return one;
        }
        self.op(Op::Select(When::True(which), Arm::Of(one), Arm::Of(other)))
    }

    pub(super) fn roll(&mut self, day: From, tribunal: bool) -> From {
        self.op(Op::Roll(day, tribunal))
    }

    /// Where a period ends.
    pub(super) fn end(&mut self, from: From, end: End) -> From {
        match end.days() {
            Some(days) => self.plus(from, days),
            None => self.op(Op::End(from, end)),
        }
    }

    /// Whether a day is not there.
    pub(super) fn absent(&mut self, day: From) -> From {
        self.less(day, From::On(FLOOR))
    }

    /// The program that gives these answers.
    pub(super) fn done(mut self, answers: &[From]) -> Program {
        self.fold();
        let mut uses = vec![0_usize; self.ops.len()];
        let asked = answers.iter().filter_map(|from| match from {
            From::Made(at) => Some(*at),
            _ => None,
        });
        for at in self.ops.iter().flat_map(|op| op.made()).chain(asked) {
            if let Some(uses) = uses.get_mut(at) {
                *uses += 1;
            }
        }
        drop_unneeded(&self.ops, &mut uses);
        for at in 0..self.ops.len() {
            // What nobody needs takes nothing from the others.
            if uses.get(at) != Some(&0) {
                self.join(at, &mut uses);
            }
        }
        Program::settle(&self.given, &self.ops, &uses, answers)
    }

    /// Lets each operation move the days itself that another would move for it.
    fn fold(&mut self) {
        for at in 0..self.ops.len() {
            let (before, rest) = self.ops.split_at_mut(at);
            match rest.first_mut() {
                Some(Op::Earlier(one, other) | Op::Later(one, other)) => {
                    one.fold(before);
                    other.fold(before);
                }
                // No comparison has been joined to another yet.
                Some(Op::Test(_, less, _)) => less.fold(before),
                Some(Op::Plus(day, later)) => {
                    let mut term = Term { day: *day, later: *later };
                    term.fold(before);
                    (*day, *later) = (term.day, term.later);
                }
                _ => {}
            }
        }
    }

    /// Puts operations that one alone needs into that one, where it can carry them.
    fn join(&mut self, at: usize, uses: &mut [usize]) {
        let Some(op) = self.ops.get(at).copied() else { return };
        let joined = join::joined(op, |from, wanted| {
            let From::Made(made) = from else { return None };
            let (op, uses) = (self.ops.get(made)?, uses.get_mut(made)?);
            (*uses == 1 && wanted(op)).then(|| {
                *uses = 0;
                *op
            })
        });
        if let Some(op) = self.ops.get_mut(at) {
            *op = joined;
        }
    }
}

/// Takes away the uses of columns by operations that nobody needs.
fn drop_unneeded(ops: &[Op<From, i32>], uses: &mut [usize]) {
    for (at, op) in ops.iter().enumerate().rev() {
        if uses.get(at) == Some(&0) {
            for made in op.made() {
                if let Some(uses) = uses.get_mut(made) {
                    *uses -= 1;
                }
            }
        }
    }
}
