//! A duty as a short list of column operations, each over a chunk of rows at a time. Everything in a
//! column is a whole number: a day, a standing by its place, or a truth (all bits set, or none). There
//! is no operation for a particular duty.

use crate::calendar::Calendar;
use crate::day::Day;
use crate::limit::End;

/// Opens values into columns and constants, one loop for each way that they can be.
macro_rules! open {
    ([$($value:expr),*] => |$($name:ident),*| $body:expr) => {
        open!(@ [$(($value, $name)),*] $body)
    };
    (@ [] $body:expr) => { $body };
    (@ [($value:expr, $name:ident) $(, $rest:tt)*] $body:expr) => {
        match $value {
            Values::Each($name) => open!(@ [$($rest),*] $body),
            Values::Always($name) => open!(@ [$($rest),*] $body),
        }
    };
}

/// Fills a column from others.
macro_rules! fill {
    ($out:expr, [$a:expr], $with:expr) => { open!([$a] => |a| fill1($out, a, $with)) };
    ($out:expr, [$a:expr, $b:expr], $with:expr) => {
        open!([$a, $b] => |a, b| fill2($out, a, b, $with))
    };
    ($out:expr, [$a:expr, $b:expr, $c:expr], $with:expr) => {
        open!([$a, $b, $c] => |a, b, c| fill3($out, (a, b, c), $with))
    };
    ($out:expr, [$a:expr, $b:expr, $c:expr, $d:expr], $with:expr) => {
        open!([$a, $b, $c, $d] => |a, b, c, d| fill4($out, (a, b), (c, d), $with))
    };
}

/// Rows that are worked out together: few enough that the columns of a duty stay near the processor.
pub(super) const CHUNK: usize = 1024;

/// A day that is not there, where the latest of several is taken. Far below any day, and far enough
/// from the end of the numbers that adding a period to it stays below.
pub(super) const ABSENT: i32 = -(1 << 30);
/// What is below it is no day.
const FLOOR: i32 = -(1 << 29);
/// "Never" as a number.
pub(super) const NEVER: i32 = Day::NEVER.number();

/// Where an operation takes a value from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A column that is given.
    Given(usize),
    /// A column that an earlier operation made.
    Made(usize),
    /// The same in every row.
    Always(i32),
}

/// One operation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    /// So many days later, and no later than never.
    Plus(From, i32),
    Earlier(From, From),
    Later(From, From),
    /// Whether the first, so many days later, is less than the second.
    Less(Less),
    Both(From, From),
    Either(From, From),
    /// Where the first is true the second, elsewhere the third.
    Select(From, From, From),
    /// The last three with a comparison in place of a truth that was worked out before.
    BothLess(From, Less),
    EitherLess(From, Less),
    SelectLess(Less, From, From),
    /// Where a period ends that only the calendar can count.
    End(From, End),
    /// The first working day on or after, and out of the Tribunal's holidays where so told.
    Roll(From, bool),
}

/// Whether one day, so many days later, lies before another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Less {
    one: From,
    later: i32,
    other: From,
}

impl Op {
    fn each(&mut self, mut with: impl FnMut(&mut From)) {
        match self {
            Self::Plus(a, _) | Self::End(a, _) | Self::Roll(a, _) => with(a),
            Self::Earlier(a, b) | Self::Later(a, b) | Self::Both(a, b) | Self::Either(a, b) => {
                with(a);
                with(b);
            }
            Self::Select(a, b, c) => {
                with(a);
                with(b);
                with(c);
            }
            Self::Less(less) => less.each(with),
            Self::BothLess(a, less) | Self::EitherLess(a, less) => {
                with(a);
                less.each(with);
            }
            Self::SelectLess(less, a, b) => {
                with(a);
                with(b);
                less.each(with);
            }
        }
    }

    /// The operations whose columns it takes.
    fn made(mut self) -> Vec<usize> {
        let mut made = Vec::new();
        self.each(|from| {
            if let From::Made(at) = *from {
                made.push(at);
            }
        });
        made
    }
}

impl Less {
    fn each(&mut self, mut with: impl FnMut(&mut From)) {
        with(&mut self.one);
        with(&mut self.other);
    }
}

/// Operations in order, and where the answers are in the end.
#[derive(Debug)]
pub(super) struct Program {
    /// Each operation, and the column that it makes. Columns are used again once nobody needs them.
    steps: Vec<(Op, usize)>,
    columns: usize,
    answers: Vec<From>,
}

/// A program as it grows.
#[derive(Debug, Default)]
pub(super) struct Builder {
    ops: Vec<Op>,
}

impl Builder {
    fn op(&mut self, op: Op) -> From {
        self.ops.push(op);
        From::Made(self.ops.len() - 1)
    }

    pub(super) fn plus(&mut self, day: From, days: i32) -> From {
        if days == 0 { day } else { self.op(Op::Plus(day, days)) }
    }

    pub(super) fn earlier(&mut self, one: From, other: From) -> From {
        self.op(Op::Earlier(one, other))
    }

    pub(super) fn later(&mut self, one: From, other: From) -> From {
        self.op(Op::Later(one, other))
    }

    pub(super) fn less(&mut self, one: From, other: From) -> From {
        self.less_by(one, 0, other)
    }

    /// Whether the first, so many days later, is less than the second.
    pub(super) fn less_by(&mut self, one: From, later: i32, other: From) -> From {
        self.op(Op::Less(Less { one, later, other }))
    }

    pub(super) fn both(&mut self, one: From, other: From) -> From {
        self.op(Op::Both(one, other))
    }

    pub(super) fn either(&mut self, one: From, other: From) -> From {
        self.op(Op::Either(one, other))
    }

    pub(super) fn select(&mut self, which: From, one: From, other: From) -> From {
        self.op(Op::Select(which, one, other))
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

    /// A day that may be absent as one that may be never.
    pub(super) fn or_never(&mut self, day: From) -> From {
        let absent = self.less(day, From::Always(FLOOR));
        self.select(absent, From::Always(NEVER), day)
    }

    /// The program that gives these answers.
    pub(super) fn done(mut self, answers: &[From]) -> Program {
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
        for at in 0..self.ops.len() {
            self.join(at, &mut uses);
        }
        settle(&self.ops, &uses, answers)
    }

    /// Puts a comparison that one operation alone needs into that operation.
    fn join(&mut self, at: usize, uses: &mut [usize]) {
        let mut take = |from: From| match from {
            From::Made(made) => match (self.ops.get(made), uses.get_mut(made)) {
                (Some(Op::Less(less)), Some(uses)) if *uses == 1 => {
                    *uses = 0;
                    Some(*less)
                }
                _ => None,
            },
            _ => None,
        };
        let joined = match self.ops.get(at) {
            Some(Op::Select(which, a, b)) => {
                let (a, b) = (*a, *b);
                take(*which).map(|less| Op::SelectLess(less, a, b))
            }
            Some(Op::Both(a, b)) => {
                let (a, b) = (*a, *b);
                take(b)
                    .map(|less| Op::BothLess(a, less))
                    .or_else(|| take(a).map(|less| Op::BothLess(b, less)))
            }
            Some(Op::Either(a, b)) => {
                let (a, b) = (*a, *b);
                take(b)
                    .map(|less| Op::EitherLess(a, less))
                    .or_else(|| take(a).map(|less| Op::EitherLess(b, less)))
            }
            _ => None,
        };
        if let (Some(op), Some(joined)) = (self.ops.get_mut(at), joined) {
            *op = joined;
        }
    }
}

/// Gives each operation that is needed a column, which is free again after the last that needs it.
fn settle(ops: &[Op], uses: &[usize], answers: &[From]) -> Program {
    let (mut free, mut columns) = (Vec::new(), 0);
    let mut homes: Vec<usize> = vec![0; ops.len()];
    let mut left = uses.to_vec();
    let mut steps = Vec::with_capacity(ops.len());
    for (at, op) in ops.iter().enumerate().filter(|(at, _)| uses.get(*at) != Some(&0)) {
        let to = free.pop().unwrap_or_else(|| {
            columns += 1;
            columns - 1
        });
        let mut op = *op;
        // Only after its own column was chosen: no operation may write where it reads.
        for made in op.made() {
            if let (Some(left), Some(home)) = (left.get_mut(made), homes.get(made)) {
                *left -= 1;
                if *left == 0 {
                    free.push(*home);
                }
            }
        }
        op.each(|from| *from = at_home(&homes, *from));
        if let Some(home) = homes.get_mut(at) {
            *home = to;
        }
        steps.push((op, to));
    }
    let answers = answers.iter().map(|from| at_home(&homes, *from)).collect();
    Program { steps, columns, answers }
}

fn at_home(homes: &[usize], from: From) -> From {
    match from {
        From::Made(made) => homes.get(made).map_or(from, |home| From::Made(*home)),
        _ => from,
    }
}

/// Room for the columns that programs make.
#[derive(Debug, Default)]
pub(super) struct Room {
    columns: Vec<Vec<i32>>,
}

/// A value of every row.
#[derive(Clone, Copy)]
enum Values<'a> {
    Each(&'a [i32]),
    Always(i32),
}

impl Program {
    /// Runs over the rows, of which there are at most [`CHUNK`], and gives the answers one by one.
    pub(super) fn run(
        &self,
        calendar: &Calendar,
        rows: usize,
        given: &[&[i32]],
        room: &mut Room,
        mut answer: impl FnMut(usize, &[i32]),
    ) {
        if room.columns.len() <= self.columns {
            room.columns.resize_with(self.columns + 1, || vec![0; CHUNK]);
        }
        for (op, to) in &self.steps {
            let Some(column) = room.columns.get_mut(*to) else { continue };
            let mut out = std::mem::take(column);
            step(op, calendar, out.get_mut(..rows).unwrap_or_default(), |from| {
                values(from, rows, given, room)
            });
            if let Some(column) = room.columns.get_mut(*to) {
                *column = out;
            }
        }
        for (which, from) in self.answers.iter().enumerate() {
            match values(*from, rows, given, room) {
                Values::Each(values) => answer(which, values),
                Values::Always(value) => answer(which, &vec![value; rows]),
            }
        }
    }
}

fn values<'a>(from: From, rows: usize, given: &[&'a [i32]], room: &'a Room) -> Values<'a> {
    match from {
        From::Always(value) => Values::Always(value),
        From::Given(at) => {
            Values::Each(given.get(at).and_then(|column| column.get(..rows)).unwrap_or_default())
        }
        From::Made(at) => Values::Each(
            room.columns.get(at).and_then(|column| column.get(..rows)).unwrap_or_default(),
        ),
    }
}

/// One operation over all rows.
fn step<'a>(op: &Op, calendar: &Calendar, out: &mut [i32], of: impl Fn(From) -> Values<'a>) {
    match *op {
        Op::Plus(day, days) => {
            fill!(out, [of(day)], |day: i32| { day.min(NEVER).wrapping_add(days).min(NEVER) });
        }
        Op::Earlier(a, b) => fill!(out, [of(a), of(b)], |a: i32, b: i32| a.min(b)),
        Op::Later(a, b) => fill!(out, [of(a), of(b)], |a: i32, b: i32| a.max(b)),
        Op::Both(a, b) => fill!(out, [of(a), of(b)], |a: i32, b: i32| a & b),
        Op::Either(a, b) => fill!(out, [of(a), of(b)], |a: i32, b: i32| a | b),
        Op::Select(which, a, b) => fill!(out, [of(which), of(a), of(b)], pick),
        Op::Less(less) => {
            let (up, down) = less.moves();
            fill!(out, [of(less.one), of(less.other)], |one: i32, other: i32| {
                is_less(one.wrapping_sub(down), other.wrapping_sub(up))
            });
        }
        Op::BothLess(a, less) => {
            let (up, down) = less.moves();
            fill!(out, [of(a), of(less.one), of(less.other)], |a: i32, one: i32, other: i32| {
                a & is_less(one.wrapping_sub(down), other.wrapping_sub(up))
            });
        }
        Op::EitherLess(a, less) => {
            let (up, down) = less.moves();
            fill!(out, [of(a), of(less.one), of(less.other)], |a: i32, one: i32, other: i32| {
                a | is_less(one.wrapping_sub(down), other.wrapping_sub(up))
            });
        }
        Op::SelectLess(less, a, b) => {
            let (up, down) = less.moves();
            fill!(
                out,
                [of(less.one), of(less.other), of(a), of(b)],
                |one: i32, other: i32, a, b| {
                    pick(is_less(one.wrapping_sub(down), other.wrapping_sub(up)), a, b)
                }
            );
        }
        Op::End(from, end) => fill!(out, [of(from)], |from: i32| {
            if from < FLOOR {
                return ABSENT;
            }
            end.on_calendar(calendar, Day::of_number(from)).map_or(ABSENT, |(day, _)| day.number())
        }),
        Op::Roll(day, tribunal) => {
            fill!(out, [of(day)], |day: i32| rolled(calendar, day, tribunal));
        }
    }
}

fn rolled(calendar: &Calendar, day: i32, tribunal: bool) -> i32 {
    if !(FLOOR..NEVER).contains(&day) {
        return day;
    }
    let day = Day::of_number(day);
    if tribunal { calendar.start_of_proceedings(day) } else { calendar.working_day_after(day) }
        .number()
}

impl Less {
    /// What is taken from the second, and from the first: the one or the other, so that a number near
    /// the largest is never added to.
    const fn moves(self) -> (i32, i32) {
        if self.later > 0 { (self.later, 0) } else { (0, -self.later) }
    }
}

const fn is_less(one: i32, other: i32) -> i32 {
    -((one < other) as i32)
}

const fn pick(which: i32, a: i32, b: i32) -> i32 {
    (which & a) | (!which & b)
}

/// A value of every row, known to be a column or a constant when it is compiled: then the loops below
/// have no branch in them, and the compiler takes several rows at a time.
trait Each: Copy {
    /// The first rows, where there are so many.
    fn first(self, rows: usize) -> Option<Self>;
    /// One of them.
    fn at(self, row: usize) -> i32;
}

impl Each for &[i32] {
    #[inline]
    fn first(self, rows: usize) -> Option<Self> {
        self.get(..rows)
    }

    #[inline]
    fn at(self, row: usize) -> i32 {
        // Below the length that `first` gave it; told otherwise, the compiler takes rows one by one.
        self[row]
    }
}

impl Each for i32 {
    #[inline]
    fn first(self, _: usize) -> Option<Self> {
        Some(self)
    }

    #[inline]
    fn at(self, _: usize) -> i32 {
        self
    }
}

#[inline]
fn fill1(out: &mut [i32], a: impl Each, with: impl Fn(i32) -> i32) {
    let Some(a) = a.first(out.len()) else { return };
    for (row, out) in out.iter_mut().enumerate() {
        *out = with(a.at(row));
    }
}

#[inline]
fn fill2(out: &mut [i32], a: impl Each, b: impl Each, with: impl Fn(i32, i32) -> i32) {
    let rows = out.len();
    let (Some(a), Some(b)) = (a.first(rows), b.first(rows)) else { return };
    for (row, out) in out.iter_mut().enumerate() {
        *out = with(a.at(row), b.at(row));
    }
}

#[inline]
fn fill3(
    out: &mut [i32],
    (a, b, c): (impl Each, impl Each, impl Each),
    with: impl Fn(i32, i32, i32) -> i32,
) {
    let rows = out.len();
    let (Some(a), Some(b), Some(c)) = (a.first(rows), b.first(rows), c.first(rows)) else {
        return;
    };
    for (row, out) in out.iter_mut().enumerate() {
        *out = with(a.at(row), b.at(row), c.at(row));
    }
}

#[inline]
fn fill4(
    out: &mut [i32],
    (a, b): (impl Each, impl Each),
    (c, d): (impl Each, impl Each),
    with: impl Fn(i32, i32, i32, i32) -> i32,
) {
    let rows = out.len();
    let (Some(a), Some(b)) = (a.first(rows), b.first(rows)) else { return };
    let (Some(c), Some(d)) = (c.first(rows), d.first(rows)) else { return };
    for (row, out) in out.iter_mut().enumerate() {
        *out = with(a.at(row), b.at(row), c.at(row), d.at(row));
    }
}
