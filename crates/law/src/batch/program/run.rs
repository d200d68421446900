//! Programs as they are run: operations in order over columns that are used again once nobody needs
//! them, in 32 bits and, where that is allowed, in 16.

use super::lanes::{
    Always, BLOCK, Before, Each, Joined, Lane, Lanes, Machine, Moved, ODD, Own, Picked, Value, fill,
};
use super::{CHUNK, FLOOR, From, Join, Kind, Less, NEVER, Op, fit};
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

/// Opens a comparison likewise.
macro_rules! compare {
    ($less:expr, $of:expr, $name:ident => $body:expr) => {{
        let Less { one, other } = $less;
        match ($of(one.day), $of(other.day)) {
            (Value::Each(one_day), Value::Each(other_day)) => {
                let $name = Before(Moved(one_day, one.later), Moved(other_day, other.later));
                $body
            }
            (Value::Each(one_day), Value::Always(other_day)) => {
                let $name = Before(Moved(one_day, one.later), Always(other_day.later(other.later)));
                $body
            }
            (Value::Always(one_day), Value::Each(other_day)) => {
                let $name = Before(Always(one_day.later(one.later)), Moved(other_day, other.later));
                $body
            }
            (Value::Always(one_day), Value::Always(other_day)) => {
                let $name =
                    Always(L::truth(one_day.later(one.later) < other_day.later(other.later)));
                $body
            }
        }
    }};
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
    /// How many columns it makes.
    columns: usize,
    answers: Vec<Place<L>>,
}

/// A column by its place, or the same number in every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place<L> {
    Given(usize),
    Made(usize),
    Always(L),
}

/// Room for the columns of programs.
#[derive(Debug, Default)]
pub(in super::super) struct Room {
    machine: Machine,
    wide: Columns<i32>,
    narrow: Columns<i16>,
}

/// Columns in one width.
#[derive(Debug, Default)]
struct Columns<L> {
    /// Those that are given, chunk by chunk.
    given: Vec<Vec<Lanes<L>>>,
    /// Those that a program makes of one chunk.
    made: Vec<Own<L>>,
}

/// A program with the rows that it was given.
pub(in super::super) struct Loaded<'a> {
    rows: usize,
    machine: Machine,
    width: Width<'a>,
}

/// The width that the rows fit into.
enum Width<'a> {
    Wide(&'a Code<i32>, &'a mut Columns<i32>),
    Narrow(&'a Code<i16>, &'a mut Columns<i16>),
}

/// What a program answered of one chunk.
pub(in super::super) struct Answers<'a> {
    loaded: &'a Loaded<'a>,
    chunk: usize,
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
            wide: Code::settle(ops, uses, answers),
            narrow: narrow.then(|| Code::settle(ops, uses, answers)),
        }
    }

    /// Takes as many rows from `first` on. Several chunks at a time come out of memory faster than each
    /// by itself.
    pub(in super::super) fn load<'a>(
        &'a self,
        (first, rows): (usize, usize),
        given: &[Column<'_>],
        room: &'a mut Room,
    ) -> Loaded<'a> {
        let machine = room.machine;
        let width = match &self.narrow {
            Some(narrow) if load(machine, (first, rows), given, &mut room.narrow.given) => {
                Width::Narrow(narrow, &mut room.narrow)
            }
            _ => {
                load(machine, (first, rows), given, &mut room.wide.given);
                Width::Wide(&self.wide, &mut room.wide)
            }
        };
        Loaded { rows, machine, width }
    }
}

impl Loaded<'_> {
    /// Runs over a chunk of the rows.
    pub(in super::super) fn run(&mut self, calendar: &Calendar, chunk: usize) -> Answers<'_> {
        let rows = self.rows.saturating_sub(chunk * CHUNK).min(CHUNK);
        let with = With { calendar, machine: self.machine, chunk, rows };
        match &mut self.width {
            Width::Wide(code, columns) => code.run(with, columns),
            Width::Narrow(code, columns) => code.run(with, columns),
        }
        Answers { loaded: self, chunk }
    }
}

impl Answers<'_> {
    /// The numbers of one answer, in place of what is there.
    pub(in super::super) fn numbers(&self, which: usize, out: &mut [i32]) {
        self.write(which, out, Lane::to_number, Lane::to_number);
    }

    /// The days of one answer, likewise.
    pub(in super::super) fn days(&self, which: usize, out: &mut [i32]) {
        self.write(which, out, Lane::to_day, Lane::to_day);
    }

    /// The numbers of one answer, none of which is more than a byte holds.
    pub(in super::super) fn bytes(&self, which: usize, out: &mut [u8]) {
        self.write(which, out, |lane| lane as u8, |lane| lane as u8);
    }

    fn write<T>(
        &self,
        which: usize,
        out: &mut [T],
        wide: impl Fn(i32) -> T,
        narrow: impl Fn(i16) -> T,
    ) {
        let Loaded { machine, width, .. } = self.loaded;
        match width {
            Width::Wide(code, columns) => {
                code.write(*machine, (columns, self.chunk, which), out, wide);
            }
            Width::Narrow(code, columns) => {
                code.write(*machine, (columns, self.chunk, which), out, narrow);
            }
        }
    }
}

/// With what a chunk is worked out.
#[derive(Clone, Copy)]
struct With<'a> {
    calendar: &'a Calendar,
    machine: Machine,
    chunk: usize,
    /// How many rows of it there are.
    rows: usize,
}

impl<L: Lane> Code<L> {
    /// Gives each operation that is needed a column, which is free again after the last that needs it.
    fn settle(ops: &[Op<From, i32>], uses: &[usize], answers: &[From]) -> Self {
        let (mut free, mut columns) = (Vec::new(), 0);
        let mut homes: Vec<usize> = vec![0; ops.len()];
        let place = |homes: &[usize], from: From| match from {
            From::Given(column) => Place::Given(column),
            From::Made(at) => Place::Made(homes.get(at).copied().unwrap_or_default()),
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

    fn run(&self, with: With<'_>, columns: &mut Columns<L>) {
        // One more, with which the column that is written changes places.
        if columns.made.len() <= self.columns {
            columns.made.resize_with(self.columns + 1, || Box::new(L::NOTHING));
        }
        let Some(mut out) = columns.made.pop() else { return };
        for (op, to) in &self.steps {
            step(*op, with, &mut out, columns);
            if let Some(column) = columns.made.get_mut(*to) {
                std::mem::swap(column, &mut out);
            }
        }
        columns.made.push(out);
    }

    fn write<T>(
        &self,
        machine: Machine,
        (columns, chunk, which): (&Columns<L>, usize, usize),
        out: &mut [T],
        with: impl Fn(L) -> T,
    ) {
        let Some(place) = self.answers.get(which) else { return };
        match columns.value(chunk, *place) {
            Value::Each(lanes) => machine.run(
                #[inline(always)]
                || {
                    for (out, lane) in out.iter_mut().zip(lanes.as_flattened()) {
                        *out = with(*lane);
                    }
                },
            ),
            Value::Always(lane) => out.fill_with(|| with(lane)),
        }
    }
}

impl<L: Lane> Columns<L> {
    fn value(&self, chunk: usize, place: Place<L>) -> Value<'_, L> {
        let column = match place {
            Place::Given(at) => self.given.get(at).and_then(|chunks| chunks.get(chunk)),
            Place::Made(at) => self.made.get(at).map(|column| &**column),
            Place::Always(value) => return Value::Always(value),
        };
        column.map_or(Value::Always(L::number(0)), Value::Each)
    }
}

/// Fills the columns that are given. False where some number does not fit.
fn load<L: Lane>(
    machine: Machine,
    (first, rows): (usize, usize),
    given: &[Column<'_>],
    columns: &mut Vec<Vec<Lanes<L>>>,
) -> bool {
    if columns.len() < given.len() {
        columns.resize_with(given.len(), Vec::new);
    }
    given.iter().zip(columns).all(|(given, column)| {
        if column.len() * CHUNK < rows {
            column.resize(rows.div_ceil(CHUNK), L::NOTHING);
        }
        let into = column.as_flattened_mut().as_flattened_mut();
        let into = into.get_mut(..rows).unwrap_or_default();
        machine.run(
            #[inline(always)]
            || match given {
                Column::Days(days) => {
                    let (days, into) = rows_of(days, first, into, L::day(NEVER));
                    L::days(days, into)
                }
                Column::Numbers(numbers) => {
                    let (numbers, into) = rows_of(numbers, first, into, L::number(0));
                    L::numbers(numbers, into)
                }
                Column::Truths(bytes) => {
                    let (bytes, into) = rows_of(bytes, first, into, L::number(0));
                    L::truths(bytes, into);
                    0
                }
            },
        ) & ODD
            == 0
    })
}

/// The rows from `first` on and where they go. Of a column that ends before, the others have nothing.
#[inline(always)]
fn rows_of<'a, T, L: Lane>(
    column: &'a [T],
    first: usize,
    into: &'a mut [L],
    nothing: L,
) -> (&'a [T], &'a mut [L]) {
    let rest = column.get(first..).unwrap_or_default();
    let (there, beyond) = into.split_at_mut(rest.len().min(into.len()));
    beyond.fill(nothing);
    (rest.get(..there.len()).unwrap_or(rest), there)
}

/// One operation over all rows.
fn step<L: Lane>(op: Op<Place<L>, L>, with: With<'_>, out: &mut Lanes<L>, columns: &Columns<L>) {
    let of = |place| columns.value(with.chunk, place);
    let how = (with.machine, with.rows);
    let calendar = with.calendar;
    match op {
        Op::Plus(a, days) => open!([of(a) => a] fill(how, out, Moved(a, days))),
        Op::Earlier(one, other) => open!([of(one.day) => a, of(other.day) => b] {
            fill(how, out, Joined(Moved(a, one.later), Moved(b, other.later), L::min));
        }),
        Op::Later(one, other) => open!([of(one.day) => a, of(other.day) => b] {
            fill(how, out, Joined(Moved(a, one.later), Moved(b, other.later), L::max));
        }),
        Op::Both(a, b) => open!([of(a) => a, of(b) => b] fill(how, out, Joined(a, b, both))),
        Op::Either(a, b) => {
            open!([of(a) => a, of(b) => b] fill(how, out, Joined(a, b, either)));
        }
        Op::Without(a, b) => {
            open!([of(a) => a, of(b) => b] fill(how, out, Joined(a, b, without)));
        }
        Op::Select(which, a, b) => {
            open!([of(which) => which, of(a) => a, of(b) => b] fill(how, out, Picked(which, a, b)));
        }
        Op::SelectLess(less, a, b) => compare!(less, of, test => {
            open!([of(a) => a, of(b) => b] fill(how, out, Picked(test, a, b)));
        }),
        Op::Test(join, one, None) => {
            compare!(one, of, test => joined(how, out, join, test, of));
        }
        Op::Test(join, one, Some(two)) => compare!(one, of, one => {
            compare!(two, of, two => joined(how, out, join, Joined(one, two, both), of));
        }),
        Op::End(from, end) => open!([of(from) => from] for_each(with.rows, out, from, |from| {
            end.on_calendar(calendar, from).map_or(super::ABSENT, |(day, _)| day.number())
        })),
        Op::Roll(day, true) => open!([of(day) => day] for_each(with.rows, out, day, |day| {
            calendar.start_of_proceedings(day).number()
        })),
        Op::Roll(day, false) => open!([of(day) => day] for_each(with.rows, out, day, |day| {
            calendar.working_day_after(day).number()
        })),
    }
}

fn joined<'a, L: Lane>(
    how: (Machine, usize),
    out: &mut Lanes<L>,
    join: Join<Place<L>>,
    test: impl Each<L>,
    of: impl Fn(Place<L>) -> Value<'a, L>,
) {
    let nothing = L::number(0);
    match join {
        Join::Alone => fill(how, out, test),
        Join::Both(all) => match of(all) {
            Value::Each(all) => fill(how, out, Joined(all, test, both)),
            Value::Always(all) if all == nothing => fill(how, out, Always(nothing)),
            Value::Always(_) => fill(how, out, test),
        },
        Join::Either(any) => match of(any) {
            Value::Each(any) => fill(how, out, Joined(any, test, either)),
            Value::Always(any) if any == nothing => fill(how, out, test),
            Value::Always(any) => fill(how, out, Always(any)),
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
fn for_each<L: Lane>(
    rows: usize,
    out: &mut Lanes<L>,
    from: impl Each<L>,
    with: impl Fn(Day) -> i32,
) {
    for (row, out) in out.as_flattened_mut().iter_mut().enumerate().take(rows) {
        let lane = from.at((row / BLOCK, row % BLOCK));
        let day = lane.to_day();
        let is_day = (FLOOR..Day::NEVER.number()).contains(&day);
        *out = if is_day { L::day(with(Day::of_number(day))) } else { lane };
    }
}
