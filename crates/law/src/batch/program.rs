//! A duty as a short list of column operations, each over a chunk of rows at a time. Everything in a
//! column is a whole number: a day, a standing by its place, or a truth (all bits set, or none). There
//! is no operation for a particular duty.
//!
//! One list is run in either of two widths: numbers of 32 bits, or, where it can be shown that every
//! number of the program and every day of the chunk fits, of 16 bits, of which a processor takes twice
//! as many at a time.

mod fit;
mod lanes;
mod run;

use crate::limit::End;
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

/// One operation: over places of columns, with numbers of one width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op<P, N> {
    /// So many days later.
    Plus(P, N),
    Earlier(Term<P, N>, Term<P, N>),
    Later(Term<P, N>, Term<P, N>),
    Both(P, P),
    Either(P, P),
    /// The first and not the second.
    Without(P, P),
    /// Where the first is true the second, elsewhere the third.
    Select(P, P, P),
    /// Whether one or two comparisons hold, joined to what was worked out before.
    Test(Join<P>, Less<P, N>, Option<Less<P, N>>),
    /// A selection with a comparison in place of a truth that was worked out before.
    SelectLess(Less<P, N>, P, P),
    /// Where a period ends that only the calendar can count.
    End(P, End),
    /// The first working day on or after, and out of the Tribunal's holidays where so told.
    Roll(P, bool),
}

/// What comparisons are joined to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join<P> {
    Alone,
    Both(P),
    Either(P),
}

/// Whether one day lies before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Less<P, N> {
    one: Term<P, N>,
    other: Term<P, N>,
}

/// A day, so many days later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Term<P, N> {
    day: P,
    later: N,
}

impl<P: Copy, N: Copy> Op<P, N> {
    /// The same operation over other places, with numbers of another width.
    fn map<Q, M>(self, mut p: impl FnMut(P) -> Q, n: impl Fn(N) -> M) -> Op<Q, M> {
        match self {
            Self::Plus(a, days) => Op::Plus(p(a), n(days)),
            Self::Earlier(a, b) => Op::Earlier(a.map(&mut p, &n), b.map(&mut p, &n)),
            Self::Later(a, b) => Op::Later(a.map(&mut p, &n), b.map(&mut p, &n)),
            Self::Both(a, b) => Op::Both(p(a), p(b)),
            Self::Either(a, b) => Op::Either(p(a), p(b)),
            Self::Without(a, b) => Op::Without(p(a), p(b)),
            Self::Select(which, a, b) => Op::Select(p(which), p(a), p(b)),
            Self::Test(join, one, two) => {
                let join = match join {
                    Join::Alone => Join::Alone,
                    Join::Both(a) => Join::Both(p(a)),
                    Join::Either(a) => Join::Either(p(a)),
                };
                let one = one.map(&mut p, &n);
                Op::Test(join, one, two.map(|two| two.map(&mut p, &n)))
            }
            Self::SelectLess(less, a, b) => {
                let less = less.map(&mut p, &n);
                Op::SelectLess(less, p(a), p(b))
            }
            Self::End(a, end) => Op::End(p(a), end),
            Self::Roll(a, tribunal) => Op::Roll(p(a), tribunal),
        }
    }
}

impl<P, N> Less<P, N> {
    fn map<Q, M>(self, p: &mut impl FnMut(P) -> Q, n: &impl Fn(N) -> M) -> Less<Q, M> {
        Less { one: self.one.map(&mut *p, n), other: self.other.map(p, n) }
    }
}

impl Less<From, i32> {
    fn fold(&mut self, ops: &[Op<From, i32>]) {
        self.one.fold(ops);
        self.other.fold(ops);
    }
}

impl<P, N> Term<P, N> {
    fn map<Q, M>(self, p: impl FnOnce(P) -> Q, n: impl FnOnce(N) -> M) -> Term<Q, M> {
        Term { day: p(self.day), later: n(self.later) }
    }
}

impl Term<From, i32> {
    /// Takes in the days by which an operation moves what it counts from. Days ahead and days back stay
    /// apart: what cannot go beyond never comes back to another day.
    fn fold(&mut self, ops: &[Op<From, i32>]) {
        while let From::Made(at) = self.day
            && let Some(Op::Plus(day, days)) = ops.get(at)
            && (self.later == 0 || (*days >= 0) == (self.later > 0))
        {
            *self = Self { day: *day, later: self.later + days };
        }
    }
}

impl Op<From, i32> {
    /// The operations whose columns it takes.
    fn made(self) -> Vec<usize> {
        let mut made = Vec::new();
        let _ = self.map(
            |from| {
                if let From::Made(at) = from {
                    made.push(at);
                }
            },
            |_| (),
        );
        made
    }
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
        self.op(Op::Test(Join::Alone, Less { one, other }, None))
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
        if one == other { one } else { self.op(Op::Select(which, one, other)) }
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
            self.join(at, &mut uses);
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

    /// Puts comparisons that one operation alone needs into that operation.
    fn join(&mut self, at: usize, uses: &mut [usize]) {
        let Some(op) = self.ops.get(at).copied() else { return };
        let mut take = |from: From, wanted: &dyn Fn(&Op<From, i32>) -> bool| {
            let From::Made(made) = from else { return None };
            let (op, uses) = (self.ops.get(made)?, uses.get_mut(made)?);
            (*uses == 1 && wanted(op)).then(|| {
                *uses = 0;
                *op
            })
        };
        let one = |op: &Op<From, i32>| matches!(op, Op::Test(Join::Alone, _, None));
        let alone = |op: &Op<From, i32>| matches!(op, Op::Test(Join::Alone, ..));
        let short =
            |op: &Op<From, i32>| matches!(op, Op::Test(Join::Alone | Join::Both(_), _, None));
        let joined = match op {
            Op::Both(a, b) => match take(b, &one) {
                Some(Op::Test(_, less, _)) => Some(match take(a, &short) {
                    Some(Op::Test(join, first, _)) => Op::Test(join, first, Some(less)),
                    _ => Op::Test(Join::Both(a), less, None),
                }),
                _ => match take(a, &one) {
                    Some(Op::Test(_, less, _)) => Some(Op::Test(Join::Both(b), less, None)),
                    _ => None,
                },
            },
            Op::Either(a, b) => match take(b, &alone) {
                Some(Op::Test(_, one, two)) => Some(Op::Test(Join::Either(a), one, two)),
                _ => match take(a, &alone) {
                    Some(Op::Test(_, one, two)) => Some(Op::Test(Join::Either(b), one, two)),
                    _ => None,
                },
            },
            Op::Select(which, a, b) => match take(which, &one) {
                Some(Op::Test(_, less, _)) => Some(Op::SelectLess(less, a, b)),
                _ => None,
            },
            _ => None,
        };
        if let (Some(op), Some(joined)) = (self.ops.get_mut(at), joined) {
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
