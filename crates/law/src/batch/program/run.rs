//! Programs as they are run: operations in order over columns that are used again once nobody needs
//! them, in 32 bits and, where that is allowed, in 16.

use super::lanes::{
    Always, BLOCK, Before, Each, Joined, Lane, Lanes, Machine, Moved, ODD, Own, Picked, Value, fill,
};
use super::{FLOOR, From, Join, Kind, NEVER, Op, fit};
use crate::calendar::Calendar;
use crate::day::Day;

/// Opens values into columns and constants, one loop for each way that they can be.
macro_rules! open {
    ([$($value:expr => $name:ident),*] $body:expr) => {
        open!(@ [$(($value, $name)),*] $body)
    };
    (@ [] $body:expr) => { $body };
    (@ [($value:expr, $name:ident) $(, $rest:tt)*] $body:expr) => {
        match $value {
            Value::Each($name) => open!(@ [$($rest),*] $body),
            Value::Always($name) => {
                let $name = Always($name);
                open!(@ [$($rest),*] $body)
            }
        }
    };
}

/// Opens a comparison likewise. Where its second day is the same in every row, the days between were
/// taken from that.
macro_rules! compare {
    ($less:expr, $of:expr, $name:ident => $body:expr) => {
        match ($of($less.one), $of($less.other)) {
            (Value::Each(one), Value::Each(other)) => {
                let $name = Before(one, $less.later, other);
                $body
            }
            (Value::Each(one), Value::Always(other)) => {
                let $name = Before(one, $less.later, Always(other));
                $body
            }
            (Value::Always(one), Value::Each(other)) => {
                let $name = Before(Always(one.later($less.later)), L::number(0), other);
                $body
            }
            (Value::Always(one), Value::Always(other)) => {
                let $name = Always(L::truth(one.later($less.later) < other));
                $body
            }
        }
    };
}

/// Operations in order, and where the answers are in the end.
#[derive(Debug)]
pub(in super::super) struct Program {
    wide: Code<i32>,
    /// None where 16 bits may not do.
    narrow: Option<Code<i16>>,
}

/// A column that is given: as many numbers as there are rows.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Column<'a> {
    Days(&'a [i32]),
    Numbers(&'a [i32]),
    /// True where it is not 0.
    Truths(&'a [u8]),
}

/// A program in one width.
#[derive(Debug)]
struct Code<L> {
    /// Each operation, and the column that it makes.
    steps: Vec<(Op<Place<L>, L>, usize)>,
    /// How many columns there are, those that are given first.
    columns: usize,
    answers: Vec<Place<L>>,
}

/// A column by its place, or the same number in every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place<L> {
    Column(usize),
    Always(L),
}

/// Room for the columns of programs.
#[derive(Debug, Default)]
pub(in super::super) struct Room {
    machine: Machine,
    wide: Vec<Own<i32>>,
    narrow: Vec<Own<i16>>,
}

/// What a program answered.
pub(in super::super) struct Answers<'a>(Ran<'a>);

enum Ran<'a> {
    Wide(&'a Code<i32>, &'a [Own<i32>]),
    Narrow(&'a Code<i16>, &'a [Own<i16>]),
}

impl Program {
    pub(super) fn settle(
        given: &[Kind],
        ops: &[Op<From, i32>],
        uses: &[usize],
        answers: &[From],
    ) -> Self {
        let narrow = fit::fits(given, ops, answers);
        Self {
            wide: Code::settle(given.len(), ops, uses, answers),
            narrow: narrow.then(|| Code::settle(given.len(), ops, uses, answers)),
        }
    }

    /// Runs over the rows from `first` on, of which there are at most [`CHUNK`].
    pub(in super::super) fn run<'a>(
        &'a self,
        calendar: &Calendar,
        (first, rows): (usize, usize),
        given: &[Column<'_>],
        room: &'a mut Room,
    ) -> Answers<'a> {
        if let Some(narrow) = &self.narrow
            && narrow.run((calendar, room.machine), (first, rows), given, &mut room.narrow)
        {
            return Answers(Ran::Narrow(narrow, &room.narrow));
        }
        self.wide.run((calendar, room.machine), (first, rows), given, &mut room.wide);
        Answers(Ran::Wide(&self.wide, &room.wide))
    }
}

impl Answers<'_> {
    /// The numbers of one answer, in place of what is there.
    pub(in super::super) fn numbers(&self, which: usize, out: &mut [i32]) {
        match self.0 {
            Ran::Wide(code, columns) => code.write(columns, which, out, Lane::to_number),
            Ran::Narrow(code, columns) => code.write(columns, which, out, Lane::to_number),
        }
    }

    /// The days of one answer, likewise.
    pub(in super::super) fn days(&self, which: usize, out: &mut [i32]) {
        match self.0 {
            Ran::Wide(code, columns) => code.write(columns, which, out, Lane::to_day),
            Ran::Narrow(code, columns) => code.write(columns, which, out, Lane::to_day),
        }
    }

    /// The numbers of one answer, none of which is more than a byte holds.
    pub(in super::super) fn bytes(&self, which: usize, out: &mut [u8]) {
        match self.0 {
            Ran::Wide(code, columns) => code.write(columns, which, out, |lane| lane as u8),
            Ran::Narrow(code, columns) => code.write(columns, which, out, |lane| lane as u8),
        }
    }
}

impl<L: Lane> Code<L> {
    /// Gives each operation that is needed a column, which is free again after the last that needs it.
    fn settle(given: usize, ops: &[Op<From, i32>], uses: &[usize], answers: &[From]) -> Self {
        let (mut free, mut columns) = (Vec::new(), given);
        let mut homes: Vec<usize> = vec![0; ops.len()];
        let place = |homes: &[usize], from: From| match from {
            From::Given(column) => Place::Column(column),
            From::Made(at) => Place::Column(homes.get(at).copied().unwrap_or_default()),
            From::On(day) => Place::Always(L::day(day)),
            From::Number(number) => Place::Always(L::number(number)),
        };
        let mut left = uses.to_vec();
        let mut steps = Vec::with_capacity(ops.len());
        for (at, op) in ops.iter().enumerate().filter(|(at, _)| uses.get(*at) != Some(&0)) {
            let to = free.pop().unwrap_or_else(|| {
                columns += 1;
                columns - 1
            });
            // Only after its own column was chosen: no operation may write where it reads.
            for made in op.made() {
                if let (Some(left), Some(home)) = (left.get_mut(made), homes.get(made)) {
                    *left -= 1;
                    if *left == 0 {
                        free.push(*home);
                    }
                }
            }
            steps.push((op.map(|from| place(&homes, from), L::number), to));
            if let Some(home) = homes.get_mut(at) {
                *home = to;
            }
        }
        let answers = answers.iter().map(|from| place(&homes, *from)).collect();
        Self { steps, columns, answers }
    }

    /// Runs over some rows; false, with nothing done, where they do not fit.
    fn run(
        &self,
        (calendar, machine): (&Calendar, Machine),
        (first, rows): (usize, usize),
        given: &[Column<'_>],
        columns: &mut Vec<Own<L>>,
    ) -> bool {
        // One more, with which the column that is written changes places.
        if columns.len() <= self.columns {
            columns.resize_with(self.columns + 1, || Box::new(L::NOTHING));
        }
        let Some((out, columns)) = columns.split_last_mut() else { return false };
        let fits = machine.run(
            #[inline(always)]
            || load(first, rows, given, columns),
        );
        if !fits {
            return false;
        }
        for (op, to) in &self.steps {
            step(*op, (calendar, machine), out, columns);
            if let Some(column) = columns.get_mut(*to) {
                std::mem::swap(column, out);
            }
        }
        true
    }

    fn write<T>(&self, columns: &[Own<L>], which: usize, out: &mut [T], with: impl Fn(L) -> T) {
        let Some(place) = self.answers.get(which) else { return };
        match value(columns, *place) {
            Value::Each(lanes) => {
                for (out, lane) in out.iter_mut().zip(lanes) {
                    *out = with(*lane);
                }
            }
            Value::Always(lane) => out.fill_with(|| with(lane)),
        }
    }
}

/// Fills the columns that are given, block by block: so the memory that they lie in is asked for all
/// of them at once. False where some number does not fit.
#[inline(always)]
fn load<L: Lane>(first: usize, rows: usize, given: &[Column<'_>], columns: &mut [Own<L>]) -> bool {
    let mut odd = 0;
    for block in 0..rows.div_ceil(BLOCK) {
        let from = first + block * BLOCK;
        let to = (from + BLOCK).min(first + rows);
        for (given, column) in given.iter().zip(columns.iter_mut()) {
            let (blocks, _) = column.as_chunks_mut();
            let Some(into) = blocks.get_mut(block) else { continue };
            odd |= match given {
                Column::Days(days) => whole(days, from..to, NEVER, |days| L::days(days, into)),
                Column::Numbers(numbers) => {
                    whole(numbers, from..to, 0, |numbers| L::numbers(numbers, into))
                }
                Column::Truths(bytes) => whole(bytes, from..to, 0, |bytes| L::truths(bytes, into)),
            };
        }
    }
    odd & ODD == 0
}

/// Gives a block of a column, whose last one may be short.
#[inline(always)]
fn whole<T: Copy>(
    column: &[T],
    rows: std::ops::Range<usize>,
    nothing: T,
    give: impl FnOnce(&[T; BLOCK]) -> i32,
) -> i32 {
    let rows = column.get(rows).unwrap_or_default();
    if let Some(block) = rows.first_chunk() {
        return give(block);
    }
    let mut block = [nothing; BLOCK];
    for (to, from) in block.iter_mut().zip(rows) {
        *to = *from;
    }
    give(&block)
}

fn value<L: Lane>(columns: &[Own<L>], place: Place<L>) -> Value<'_, L> {
    match place {
        Place::Column(at) => {
            columns.get(at).map_or(Value::Always(L::number(0)), |column| Value::Each(column))
        }
        Place::Always(value) => Value::Always(value),
    }
}

/// One operation over all rows.
fn step<L: Lane>(
    op: Op<Place<L>, L>,
    (calendar, machine): (&Calendar, Machine),
    out: &mut Lanes<L>,
    columns: &[Own<L>],
) {
    let of = |place| value(columns, place);
    match op {
        Op::Plus(a, days) => open!([of(a) => a] fill(machine, out, Moved(a, days))),
        Op::Earlier(a, b) => {
            open!([of(a) => a, of(b) => b] fill(machine, out, Joined(a, b, L::min)));
        }
        Op::Later(a, b) => open!([of(a) => a, of(b) => b] fill(machine, out, Joined(a, b, L::max))),
        Op::Both(a, b) => open!([of(a) => a, of(b) => b] fill(machine, out, Joined(a, b, both))),
        Op::Either(a, b) => {
            open!([of(a) => a, of(b) => b] fill(machine, out, Joined(a, b, either)));
        }
        Op::Without(a, b) => {
            open!([of(a) => a, of(b) => b] fill(machine, out, Joined(a, b, without)));
        }
        Op::Select(which, a, b) => {
            open!([of(which) => which, of(a) => a, of(b) => b] fill(machine, out, Picked(which, a, b)));
        }
        Op::SelectLess(less, a, b) => compare!(less, of, test => {
            open!([of(a) => a, of(b) => b] fill(machine, out, Picked(test, a, b)));
        }),
        Op::Test(join, one, None) => {
            compare!(one, of, test => joined(machine, out, join, test, of));
        }
        Op::Test(join, one, Some(two)) => compare!(one, of, one => {
            compare!(two, of, two => joined(machine, out, join, Joined(one, two, both), of));
        }),
        Op::End(from, end) => open!([of(from) => from] for_each(out, from, |from| {
            end.on_calendar(calendar, from).map_or(super::ABSENT, |(day, _)| day.number())
        })),
        Op::Roll(day, true) => open!([of(day) => day] for_each(out, day, |day| {
            calendar.start_of_proceedings(day).number()
        })),
        Op::Roll(day, false) => open!([of(day) => day] for_each(out, day, |day| {
            calendar.working_day_after(day).number()
        })),
    }
}

fn joined<'a, L: Lane>(
    machine: Machine,
    out: &mut Lanes<L>,
    join: Join<Place<L>>,
    test: impl Each<L>,
    of: impl Fn(Place<L>) -> Value<'a, L>,
) {
    let nothing = L::number(0);
    match join {
        Join::Alone => fill(machine, out, test),
        Join::Both(all) => match of(all) {
            Value::Each(all) => fill(machine, out, Joined(all, test, both)),
            Value::Always(all) if all == nothing => fill(machine, out, Always(nothing)),
            Value::Always(_) => fill(machine, out, test),
        },
        Join::Either(any) => match of(any) {
            Value::Each(any) => fill(machine, out, Joined(any, test, either)),
            Value::Always(any) if any == nothing => fill(machine, out, test),
            Value::Always(any) => fill(machine, out, Always(any)),
        },
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
fn for_each<L: Lane>(out: &mut Lanes<L>, from: impl Each<L>, with: impl Fn(Day) -> i32) {
    for (row, out) in out.iter_mut().enumerate() {
        let lane = from.at(row);
        let day = lane.to_day();
        let is_day = (FLOOR..Day::NEVER.number()).contains(&day);
        *out = if is_day { L::day(with(Day::of_number(day))) } else { lane };
    }
}
