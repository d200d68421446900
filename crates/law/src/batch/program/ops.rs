//! What a program is made of: operations over places of columns, with numbers of one width.

use super::From;
use crate::limit::End;

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op<P, N> {
    /// So many days later.
    Plus(P, N),
    Earlier(Term<P, N>, Term<P, N>),
    Later(Term<P, N>, Term<P, N>),
    Both(P, P),
    Either(P, P),
    /// The first and not the second.
    Without(P, P),
    /// Whether one or two comparisons hold, joined to what was worked out before.
    Test(Join<P>, Less<P, N>, Option<Less<P, N>>),
    /// Where something holds the one, elsewhere the other.
    Select(When<P, N>, Arm<P, N>, Arm<P, N>),
    /// Where a period ends that only the calendar can count.
    End(P, End),
    /// The first working day on or after, and out of the Tribunal's holidays where so told.
    Roll(P, bool),
}

/// What comparisons are joined to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join<P> {
    Alone,
    Both(P),
    Either(P),
}

/// Whether one day lies before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Less<P, N> {
    /// A day, or the later of two.
    pub(super) one: Side<P, N>,
    /// A day, or the earlier of two.
    pub(super) other: Side<P, N>,
}

/// The days on one side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side<P, N> {
    One(Term<P, N>),
    Two(Term<P, N>, Term<P, N>),
}

/// A day, so many days later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term<P, N> {
    pub(super) day: P,
    pub(super) later: N,
}

/// What a selection goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When<P, N> {
    True(P),
    Less(Less<P, N>),
}

/// What a selection takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arm<P, N> {
    Of(P),
    /// Where the truth holds the one number, elsewhere the other.
    Numbers(P, N, N),
}

impl<P: Copy, N: Copy> Op<P, N> {
    /// The same operation over other places, with numbers of another width.
    pub(super) fn map<Q, M>(self, mut p: impl FnMut(P) -> Q, n: impl Fn(N) -> M) -> Op<Q, M> {
        match self {
            Self::Plus(a, days) => Op::Plus(p(a), n(days)),
            Self::Earlier(a, b) => Op::Earlier(a.map(&mut p, &n), b.map(&mut p, &n)),
            Self::Later(a, b) => Op::Later(a.map(&mut p, &n), b.map(&mut p, &n)),
            Self::Both(a, b) => Op::Both(p(a), p(b)),
            Self::Either(a, b) => Op::Either(p(a), p(b)),
            Self::Without(a, b) => Op::Without(p(a), p(b)),
            Self::Test(join, one, two) => {
                let join = match join {
                    Join::Alone => Join::Alone,
                    Join::Both(a) => Join::Both(p(a)),
                    Join::Either(a) => Join::Either(p(a)),
                };
                let one = one.map(&mut p, &n);
                Op::Test(join, one, two.map(|two| two.map(&mut p, &n)))
            }
            Self::Select(when, a, b) => {
                let when = match when {
                    When::True(which) => When::True(p(which)),
                    When::Less(less) => When::Less(less.map(&mut p, &n)),
                };
                Op::Select(when, a.map(&mut p, &n), b.map(&mut p, &n))
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

impl<P, N> Side<P, N> {
    fn map<Q, M>(self, p: &mut impl FnMut(P) -> Q, n: &impl Fn(N) -> M) -> Side<Q, M> {
        match self {
            Self::One(a) => Side::One(a.map(p, n)),
            Self::Two(a, b) => Side::Two(a.map(&mut *p, n), b.map(p, n)),
        }
    }
}

impl<P: Copy, N: Copy> Side<P, N> {
    /// One day is the later of itself and itself, and the earlier.
    pub(super) fn days(self) -> (Term<P, N>, Term<P, N>) {
        match self {
            Self::One(day) => (day, day),
            Self::Two(day, other) => (day, other),
        }
    }
}

impl<P, N> Term<P, N> {
    fn map<Q, M>(self, p: impl FnOnce(P) -> Q, n: impl FnOnce(N) -> M) -> Term<Q, M> {
        Term { day: p(self.day), later: n(self.later) }
    }
}

impl<P, N> Arm<P, N> {
    fn map<Q, M>(self, p: &mut impl FnMut(P) -> Q, n: &impl Fn(N) -> M) -> Arm<Q, M> {
        match self {
            Self::Of(a) => Arm::Of(p(a)),
            Self::Numbers(which, one, other) => Arm::Numbers(p(which), n(one), n(other)),
        }
    }
}

impl Op<From, i32> {
    /// The operations whose columns it takes.
    pub(super) fn made(self) -> Vec<usize> {
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

impl Less<From, i32> {
    pub(super) fn fold(&mut self, ops: &[Op<From, i32>]) {
        for side in [&mut self.one, &mut self.other] {
            if let Side::One(term) = side {
                term.fold(ops);
            }
        }
    }
}

impl Term<From, i32> {
    /// Takes in the days by which an operation moves what it counts from.
    pub(super) fn fold(&mut self, ops: &[Op<From, i32>]) {
        while let From::Made(at) = self.day
            && let Some(Op::Plus(day, days)) = ops.get(at)
            && self.may_move(*days)
        {
            *self = Self { day: *day, later: self.later + days };
        }
    }

    /// Days ahead and days back stay apart: what cannot go beyond never comes back to another day.
    pub(super) fn may_move(self, days: i32) -> bool {
        self.later == 0 || days == 0 || (days > 0) == (self.later > 0)
    }

    pub(super) fn moved(self, days: i32) -> Self {
        Self { later: self.later + days, ..self }
    }
}
