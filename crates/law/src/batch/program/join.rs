//! Operations that one alone needs become part of that one: each saves a column and a loop.

use super::From;
use super::ops::{Arm, Join, Less, Op, Side, Term, When};

type Made = Op<From, i32>;

/// The operation with what it can carry. `take` gives the operation that made a value, where no other
/// needs it and it is wanted; then it is not run by itself.
pub(super) fn joined(
    op: Made,
    mut take: impl FnMut(From, &dyn Fn(&Made) -> bool) -> Option<Made>,
) -> Made {
    match op {
        Op::Both(a, b) => match take(b, &is_single) {
            Some(Op::Test(_, less, _)) => match take(a, &has_room) {
                Some(Op::Test(join, first, _)) => Op::Test(join, first, Some(less)),
                _ => Op::Test(Join::Both(a), less, None),
            },
            _ => match take(a, &is_single) {
                Some(Op::Test(_, less, _)) => Op::Test(Join::Both(b), less, None),
                _ => op,
            },
        },
        Op::Either(a, b) => match take(b, &is_alone) {
            Some(Op::Test(_, one, two)) => Op::Test(Join::Either(a), one, two),
            _ => match take(a, &is_alone) {
                Some(Op::Test(_, one, two)) => Op::Test(Join::Either(b), one, two),
                _ => op,
            },
        },
        // No comparison has been joined to this one yet.
        Op::Test(join, Less { one, other }, two) => {
            let one = two_of(one, |day| {
                take(day.day, &|op| matches!(op, Op::Later(a, b) if may_move([*a, *b], day.later)))
            });
            let other = two_of(other, |day| {
                take(
                    day.day,
                    &|op| matches!(op, Op::Earlier(a, b) if may_move([*a, *b], day.later)),
                )
            });
            Op::Test(join, Less { one, other }, two)
        }
        Op::Select(when, one, other) => {
            let when = match when {
                When::True(which) => match take(which, &is_single) {
                    Some(Op::Test(_, less, _)) => When::Less(less),
                    _ => when,
                },
                When::Less(_) => when,
            };
            let mut arm = |arm| match arm {
                Arm::Of(from) => {
                    let made = take(from, &|op| numbers(*op).is_some());
                    made.and_then(numbers).unwrap_or(arm)
                }
                Arm::Numbers(..) => arm,
            };
            Op::Select(when, arm(one), arm(other))
        }
        _ => op,
    }
}

fn is_alone(op: &Made) -> bool {
    matches!(op, Op::Test(Join::Alone, ..))
}

fn is_single(op: &Made) -> bool {
    matches!(op, Op::Test(Join::Alone, _, None))
}

fn has_room(op: &Made) -> bool {
    matches!(op, Op::Test(Join::Alone | Join::Both(_), _, None))
}

/// A side of a comparison as the two days of which an operation chose one, if `take` gives it.
fn two_of(
    side: Side<From, i32>,
    take: impl FnOnce(Term<From, i32>) -> Option<Made>,
) -> Side<From, i32> {
    let Side::One(day) = side else { return side };
    let Some(Op::Earlier(a, b) | Op::Later(a, b)) = take(day) else { return side };
    Side::Two(a.moved(day.later), b.moved(day.later))
}

fn may_move(days: [Term<From, i32>; 2], later: i32) -> bool {
    days.iter().all(|day| day.may_move(later))
}

/// A selection between two numbers, as another takes it.
fn numbers(op: Made) -> Option<Arm<From, i32>> {
    match op {
        Op::Select(When::True(which), Arm::Of(From::Number(one)), Arm::Of(From::Number(other))) => {
            Some(Arm::Numbers(which, one, other))
        }
        _ => None,
    }
}
