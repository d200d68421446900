//! Whether a program may be run in 16 bits: whether each number that it can come to, from days and
//! numbers that fit, fits too, and lies to every other that it is compared with as it does in 32 bits.

use super::lanes::{Lane, NARROW, NUMBERS};
use super::ops::{Arm, Less, Op, Term, When};
use super::{From, Kind, NEVER};

/// What a column can hold, counted as 16 bits count it: the least and the greatest, and the least of
/// those that come of "never", which may have been moved back.
#[derive(Clone, Copy)]
struct Span {
    least: i32,
    most: i32,
    never: i32,
}

const MIN: i32 = i16::MIN as i32;
const MAX: i32 = i16::MAX as i32;
const TRUTH: Span = Span { least: -1, most: 0, never: i32::MAX };

/// Whether it may.
pub(super) fn fits(given: &[Kind], ops: &[Op<From, i32>], answers: &[From]) -> bool {
    let mut made: Vec<Span> = Vec::with_capacity(ops.len());
    for op in ops {
        let Some(span) = come_to(*op, &|from| span(from, given, &made)) else { return false };
        made.push(span);
    }
    // Of what comes of never, an answer can say never alone.
    let answers = answers.iter().map(|from| span(*from, given, &made));
    answers.into_iter().all(|span| span.is_some_and(|span| span.never >= MAX))
}

fn span(from: From, given: &[Kind], made: &[Span]) -> Option<Span> {
    let exactly = |number: i32| {
        let inside = (MIN..MAX).contains(&number);
        inside.then_some(Span { least: number, most: number, never: i32::MAX })
    };
    match from {
        From::Given(at) => given.get(at).map(|kind| match kind {
            Kind::Day => Span { least: NARROW.0, most: NARROW.1, never: MAX },
            Kind::Number => Span { least: -NUMBERS - 1, most: NUMBERS, never: i32::MAX },
        }),
        From::Made(at) => made.get(at).copied(),
        From::On(NEVER) => Some(Span { least: MAX, most: MIN, never: MAX }),
        From::On(day) => {
            let lane = i16::day(day);
            exactly(lane.into()).filter(|_| lane.to_day() == day)
        }
        From::Number(number) => exactly(number),
    }
}

/// What an operation can come to; none where it cannot be told, or would not fit.
fn come_to(op: Op<From, i32>, of: &dyn Fn(From) -> Option<Span>) -> Option<Span> {
    match op {
        Op::Plus(a, days) => of(a)?.later(days),
        Op::Earlier(a, b) | Op::Later(a, b) => moved(a, of)?.and(moved(b, of)?),
        Op::Both(..) | Op::Either(..) | Op::Without(..) => Some(TRUTH),
        Op::Test(_, one, two) => {
            compares(one, of)?;
            if let Some(two) = two {
                compares(two, of)?;
            }
            Some(TRUTH)
        }
        Op::Select(when, a, b) => {
            if let When::Less(less) = when {
                compares(less, of)?;
            }
            arm(a, of)?.and(arm(b, of)?)
        }
        // Only the calendar knows where that ends.
        Op::End(..) | Op::Roll(..) => None,
    }
}

fn compares(less: Less<From, i32>, of: &dyn Fn(From) -> Option<Span>) -> Option<Span> {
    let ((a, b), (c, d)) = (less.one.days(), less.other.days());
    moved(a, of)?.and(moved(b, of)?)?.and(moved(c, of)?)?.and(moved(d, of)?)
}

fn arm(arm: Arm<From, i32>, of: &dyn Fn(From) -> Option<Span>) -> Option<Span> {
    match arm {
        Arm::Of(from) => of(from),
        Arm::Numbers(_, one, other) => of(From::Number(one))?.and(of(From::Number(other))?),
    }
}

fn moved(term: Term<From, i32>, of: &dyn Fn(From) -> Option<Span>) -> Option<Span> {
    of(term.day)?.later(term.later)
}

impl Span {
    fn later(self, days: i32) -> Option<Self> {
        let moved = |number: i32| number.saturating_add(days);
        let (least, most) = (moved(self.least).min(MAX), moved(self.most).max(MIN));
        let never = if self.never == i32::MAX { self.never } else { moved(self.never).min(MAX) };
        Self { least, most, never }.apart()
    }

    fn and(self, other: Self) -> Option<Self> {
        let (least, most) = (self.least.min(other.least), self.most.max(other.most));
        Self { least, most, never: self.never.min(other.never) }.apart()
    }

    /// Where all days lie inside 16 bits, and before whatever comes of never.
    fn apart(self) -> Option<Self> {
        (self.least >= MIN && self.most < MAX && self.most < self.never).then_some(self)
    }
}
