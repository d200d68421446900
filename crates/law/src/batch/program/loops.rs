//! The loop of an operation. It is chosen once, when a program is made, for what the operands are: a
//! loop over columns and constants that are known to be such has no branch in it.

use super::lanes::{
    Always, BLOCK, Before, Each, Joined, Lane, Lanes, Machine, Moved, Picked, Value, fill,
};
use super::ops::{Arm, Join, Less, Op, Side, Term, When};
use super::run::{At, Columns, Place};
use super::{ABSENT, FLOOR};
use crate::calendar::Calendar;
use crate::day::Day;

/// An operation over a chunk.
pub(super) type Loop<L> = Box<dyn Fn(With<'_>, &Columns<L>, &mut Lanes<L>) + Send + Sync>;

/// With what a chunk is worked out.
#[derive(Clone, Copy)]
pub(super) struct With<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) machine: Machine,
    pub(super) chunk: usize,
    /// How many rows of it there are.
    pub(super) rows: usize,
}

/// What a loop takes values from, once there are rows.
trait Source<L>: Copy + Send + Sync + 'static {
    type Over<'a>: Each<L>
    where
        L: 'a;

    fn over<'a>(self, columns: &'a Columns<L>, chunk: usize) -> Self::Over<'a>;
}

impl<L: Lane> Source<L> for At {
    type Over<'a> = &'a Lanes<L>;

    #[inline(always)]
    fn over<'a>(self, columns: &'a Columns<L>, chunk: usize) -> Self::Over<'a> {
        columns.column(chunk, self)
    }
}

impl<L: Lane> Source<L> for Place<L> {
    type Over<'a> = Value<'a, L>;

    #[inline(always)]
    fn over<'a>(self, columns: &'a Columns<L>, chunk: usize) -> Self::Over<'a> {
        match self {
            Self::Column(at) => Value::Each(columns.column(chunk, at)),
            Self::Always(lane) => Value::Always(lane),
        }
    }
}

impl<L: Lane> Source<L> for Always<L> {
    type Over<'a> = Self;

    #[inline(always)]
    fn over(self, _: &Columns<L>, _: usize) -> Self {
        self
    }
}

impl<L: Lane, A: Source<L>> Source<L> for Moved<A, L> {
    type Over<'a> = Moved<A::Over<'a>, L>;

    #[inline(always)]
    fn over<'a>(self, columns: &'a Columns<L>, chunk: usize) -> Self::Over<'a> {
        Moved(self.0.over(columns, chunk), self.1)
    }
}

impl<L: Lane, A: Source<L>, B: Source<L>> Source<L> for Before<A, B> {
    type Over<'a> = Before<A::Over<'a>, B::Over<'a>>;

    #[inline(always)]
    fn over<'a>(self, columns: &'a Columns<L>, chunk: usize) -> Self::Over<'a> {
        Before(self.0.over(columns, chunk), self.1.over(columns, chunk))
    }
}

impl<L, A, B, F> Source<L> for Joined<A, B, F>
where
    L: Lane,
    A: Source<L>,
    B: Source<L>,
    F: Fn(L, L) -> L + Copy + Send + Sync + 'static,
{
    type Over<'a> = Joined<A::Over<'a>, B::Over<'a>, F>;

    #[inline(always)]
    fn over<'a>(self, columns: &'a Columns<L>, chunk: usize) -> Self::Over<'a> {
        Joined(self.0.over(columns, chunk), self.1.over(columns, chunk), self.2)
    }
}

impl<L: Lane, W: Source<L>, A: Source<L>, B: Source<L>> Source<L> for Picked<W, A, B> {
    type Over<'a> = Picked<W::Over<'a>, A::Over<'a>, B::Over<'a>>;

    #[inline(always)]
    fn over<'a>(self, columns: &'a Columns<L>, chunk: usize) -> Self::Over<'a> {
        let (which, one) = (self.0.over(columns, chunk), self.1.over(columns, chunk));
        Picked(which, one, self.2.over(columns, chunk))
    }
}

/// Opens places into columns and constants, with a loop for each way that they can be.
macro_rules! open {
    ([] $body:expr) => { $body };
    ([$place:expr => $name:ident $(, $places:expr => $names:ident)*] $body:expr) => {
        match $place {
            Place::Column($name) => open!([$($places => $names),*] $body),
            Place::Always(value) => {
                let $name = Always(value);
                open!([$($places => $names),*] $body)
            }
        }
    };
}

/// Opens a day that is so many days later likewise.
macro_rules! day {
    ($term:expr, $name:ident => $body:expr) => {{
        let Term { day, later } = $term;
        match day {
            Place::Column(column) => {
                let $name = Moved(column, later);
                $body
            }
            Place::Always(day) => {
                let $name = Always(day.later(later));
                $body
            }
        }
    }};
}

/// Opens a comparison likewise. With two days on a side there is one loop for columns alone; any other
/// looks in each row at what is a column.
macro_rules! compare {
    ($less:expr, $name:ident => $body:expr) => {{
        let Less { one, other } = $less;
        if let (Side::One(one), Side::One(other)) = (one, other) {
            day!(one, one => day!(other, other => {
                let $name = Before(one, other);
                $body
            }))
        } else {
            let ((a, b), (c, d)) = (one.days(), other.days());
            if let [Place::Column(i), Place::Column(j), Place::Column(k), Place::Column(l)] =
                [a.day, b.day, c.day, d.day]
            {
                let one = Joined(Moved(i, a.later), Moved(j, b.later), L::max);
                let $name = Before(one, Joined(Moved(k, c.later), Moved(l, d.later), L::min));
                $body
            } else {
                let one = Joined(Moved(a.day, a.later), Moved(b.day, b.later), L::max);
                let other = Joined(Moved(c.day, c.later), Moved(d.day, d.later), L::min);
                let $name = Before(one, other);
                $body
            }
        }
    }};
}

/// Opens what a selection takes likewise.
macro_rules! arm {
    ($arm:expr, $name:ident => $body:expr) => {
        match $arm {
            Arm::Of(Place::Column($name)) => $body,
            Arm::Of(Place::Always(value)) => {
                let $name = Always(value);
                $body
            }
            Arm::Numbers(which, one, other) => open!([which => which] {
                let $name = Picked(which, Always(one), Always(other));
                $body
            }),
        }
    };
}

/// The loop of an operation.
pub(super) fn of<L: Lane>(op: Op<Place<L>, L>) -> Loop<L> {
    match op {
        Op::Plus(a, days) => open!([a => a] over(Moved(a, days))),
        Op::Earlier(a, b) => day!(a, a => day!(b, b => over(Joined(a, b, L::min)))),
        Op::Later(a, b) => day!(a, a => day!(b, b => over(Joined(a, b, L::max)))),
        Op::Both(a, b) => open!([a => a, b => b] over(Joined(a, b, both))),
        Op::Either(a, b) => open!([a => a, b => b] over(Joined(a, b, either))),
        Op::Without(a, b) => open!([a => a, b => b] over(Joined(a, b, without))),
        Op::Select(When::True(which), a, b) => open!([which => which] {
            arm!(a, a => arm!(b, b => over(Picked(which, a, b))))
        }),
        Op::Select(When::Less(less), a, b) => compare!(less, test => {
            arm!(a, a => arm!(b, b => over(Picked(test, a, b))))
        }),
        Op::Test(join, one, None) => compare!(one, test => joined(join, test)),
        Op::Test(join, one, Some(two)) => compare!(one, one => {
            compare!(two, two => joined(join, Joined(one, two, both)))
        }),
        Op::End(from, end) => open!([from => from] by_calendar(from, move |calendar, from| {
            end.on_calendar(calendar, from).map_or(ABSENT, |(day, _)| day.number())
        })),
        Op::Roll(day, true) => open!([day => day] {
            by_calendar(day, |calendar, day| calendar.start_of_proceedings(day).number())
        }),
        Op::Roll(day, false) => open!([day => day] {
            by_calendar(day, |calendar, day| calendar.working_day_after(day).number())
        }),
    }
}

fn over<L: Lane>(source: impl Source<L>) -> Loop<L> {
    Box::new(move |with, columns, out| {
        fill((with.machine, with.rows), out, source.over(columns, with.chunk));
    })
}

fn joined<L: Lane>(join: Join<Place<L>>, test: impl Source<L>) -> Loop<L> {
    match join {
        Join::Alone => over(test),
        Join::Both(all) => open!([all => all] over(Joined(all, test, both))),
        Join::Either(any) => open!([any => any] over(Joined(any, test, either))),
    }
}

#[inline(always)]
fn both<L: Lane>(a: L, b: L) -> L {
    a & b
}

#[inline(always)]
fn either<L: Lane>(a: L, b: L) -> L {
    a | b
}

#[inline(always)]
fn without<L: Lane>(a: L, b: L) -> L {
    a & !b
}

/// What the calendar says of each day; what is none stays as it is.
fn by_calendar<L: Lane>(
    source: impl Source<L>,
    say: impl Fn(&Calendar, Day) -> i32 + Send + Sync + 'static,
) -> Loop<L> {
    Box::new(move |with, columns, out| {
        let from = source.over(columns, with.chunk);
        for (row, out) in out.as_flattened_mut().iter_mut().enumerate().take(with.rows) {
            let lane = from.at((row / BLOCK, row % BLOCK));
            let day = lane.to_day();
            let is_day = (FLOOR..Day::NEVER.number()).contains(&day);
            *out = if is_day { L::day(say(with.calendar, Day::of_number(day))) } else { lane };
        }
    })
}
