//! Programs as they are run: operations in order over columns that are used again once nobody needs
//! them, in 32 bits and, where that is allowed, in 16.

use std::fmt;

use super::lanes::{Lane, Lanes, Machine, ODD, Own};
use super::loops::{self, Loop, With};
use super::ops::Op;
use super::{CHUNK, From, Kind, NEVER, fit};
use crate::calendar::Calendar;

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
struct Code<L> {
    /// The loop of each operation, and the column that it makes.
    steps: Vec<(Loop<L>, usize)>,
    /// How many columns it makes.
    columns: usize,
    answers: Vec<Place<L>>,
}

/// A column by its place, or the same number in every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<L> {
    Column(At),
    Always(L),
}

/// Where a column is: among those that are given, or those that the program made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Given(usize),
    Made(usize),
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
pub(super) struct Columns<L> {
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

impl<L> fmt::Debug for Code<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code").field("steps", &self.steps.len()).finish_non_exhaustive()
    }
}

impl<L: Lane> Code<L> {
    /// Gives each operation that is needed a column, which is free again after the last that needs it.
    fn settle(ops: &[Op<From, i32>], uses: &[usize], answers: &[From]) -> Self {
        let (mut free, mut columns) = (Vec::new(), 0);
        let mut homes: Vec<usize> = vec![0; ops.len()];
        let place = |homes: &[usize], from: From| match from {
            From::Given(column) => Place::Column(At::Given(column)),
            From::Made(at) => Place::Column(At::Made(homes.get(at).copied().unwrap_or_default())),
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
            steps.push((loops::of(op.map(|from| place(&homes, from), L::number)), to));
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
            columns.made.resize_with(self.columns + 1, || Box::new(*L::NOTHING));
        }
        let Some(mut out) = columns.made.pop() else { return };
        for (step, to) in &self.steps {
            step(with, columns, &mut out);
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
        let at = match place {
            Place::Column(at) => at,
            Place::Always(lane) => return out.fill_with(|| with(*lane)),
        };
        let lanes = columns.column(chunk, *at);
        machine.run(
            #[inline(always)]
            || {
                for (out, lane) in out.iter_mut().zip(lanes.as_flattened()) {
                    *out = with(*lane);
                }
            },
        );
    }
}

impl<L: Lane> Columns<L> {
    pub(super) fn column(&self, chunk: usize, at: At) -> &Lanes<L> {
        let column = match at {
            At::Given(at) => self.given.get(at).and_then(|chunks| chunks.get(chunk)),
            At::Made(at) => self.made.get(at).map(|column| &**column),
        };
        column.unwrap_or(L::NOTHING)
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
            column.resize(rows.div_ceil(CHUNK), *L::NOTHING);
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
