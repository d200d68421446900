//! Cases of which each fact can come only once, as one column a fact. What the columns of a duty ask is
//! then not gathered row by row: it is worked out of whole columns, by the same operations.

mod flatten;

use std::fmt;

use super::program::{self, CHUNK, Column, Program, Room};
use crate::answer::Standing;
use crate::day::Day;
use crate::fact::{Case, Closure, Fact, Value};
use crate::rulebook::{Duty, Rulebook};

/// What stands in a column of days where there is no day.
pub const NO_DAY: i32 = program::NEVER;

/// Rows that are taken out of memory together: few enough that, in 16 bits, a dozen columns of them
/// stay in the cache of one core.
const STRETCH: usize = 16 * CHUNK;

/// A column of days: whole days from 1 January 1970, or [`NO_DAY`].
#[derive(Clone, Copy, Debug)]
pub struct Days<'a> {
    /// A day a case; cases beyond the last have none.
    pub days: &'a [i32],
    /// How many days later than the column says, for columns that count to another day than the law.
    pub later: i32,
}

/// The day of a fact.
#[derive(Clone, Copy, Debug)]
pub enum On<'a> {
    /// A column of its own.
    Day(Days<'a>),
    /// The day of the first fact, where this is not 0.
    WithFirst(&'a [u8]),
}

/// A field of a fact.
#[derive(Clone, Copy, Debug)]
pub enum FlatField<'a> {
    /// The same words in every case.
    Text(&'a str),
    /// A day.
    Day(Days<'a>),
}

/// One fact, in every case that has it.
#[derive(Clone, Debug)]
pub struct FlatFact<'a> {
    /// Its kind, of which there is no other.
    pub kind: &'a str,
    /// Its day, on which it was also known.
    pub on: On<'a>,
    /// Its fields.
    pub fields: Vec<(&'a str, FlatField<'a>)>,
}

/// Cases as one column a fact.
#[derive(Clone, Debug)]
pub struct Flat<'a> {
    /// How many cases.
    pub rows: usize,
    /// The facts.
    pub facts: Vec<FlatFact<'a>>,
    /// The first closed day of the school, and the day it opened again.
    pub closure: Option<(Days<'a>, Days<'a>)>,
}

impl Days<'_> {
    fn at(&self, row: usize) -> Option<Day> {
        let day = self.days.get(row).copied().filter(|day| *day != NO_DAY)?;
        Some(Day::of_number(day).plus(self.later))
    }
}

impl Flat<'_> {
    /// A case as the evaluator of one case takes it.
    #[must_use]
    pub fn case(&self, row: usize) -> Case {
        let mut facts: Vec<Fact> = Vec::new();
        for fact in &self.facts {
            let on = match fact.on {
                On::Day(days) => days.at(row).map(Day::date),
                On::WithFirst(truths) => truths
                    .get(row)
                    .filter(|truth| **truth != 0)
                    .and_then(|_| facts.first())
                    .map(|first| first.on),
            };
            let Some(on) = on else { continue };
            let field = |(name, field): &(&str, FlatField<'_>)| {
                let value = match field {
                    FlatField::Text(text) => Value::Text((*text).to_owned()),
                    FlatField::Day(days) => Value::Date(days.at(row)?.date()),
                };
                Some(((*name).to_owned(), value))
            };
            facts.push(Fact {
                id: fact.kind.to_owned(),
                kind: fact.kind.to_owned(),
                on,
                known_on: on,
                supersedes: None,
                fields: fact.fields.iter().filter_map(field).collect(),
            });
        }
        let closure = self.closure.and_then(|(from, to)| {
            Some(Closure { from: from.at(row)?.date(), to: to.at(row)?.date() })
        });
        Case { closures: closure.into_iter().collect(), facts, ..Case::default() }
    }
}

/// What of a duty has no place in flat columns. Its cases go as facts into [`super::Columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFlat(&'static str);

impl fmt::Display for NotFlat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "flat columns cannot carry {}", self.0)
    }
}

impl std::error::Error for NotFlat {}

/// The number that each answer is to have: the program writes it and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// Of what is open, and its day has not passed.
    pub pending: u8,
    /// Of what was done in time.
    pub met: u8,
    /// Of what was done after its day.
    pub met_late: u8,
    /// Of what was done after its day, where an exception lifts the number.
    pub met_late_excused: u8,
    /// Of what is open after its day.
    pub overdue: u8,
    /// Of what is open after its day, where an exception lifts the number.
    pub excused: u8,
    /// Of what fell away.
    pub void: u8,
    /// Of a duty that was not started.
    pub nothing: u8,
}

impl Numbers {
    /// The places of the standings, and the two beyond them.
    pub const PLAIN: Self = Self {
        pending: Standing::Pending as u8,
        met: Standing::Met as u8,
        met_late: Standing::MetLate as u8,
        met_late_excused: Standing::Broken as u8 + 1,
        overdue: Standing::Overdue as u8,
        excused: Standing::Excused as u8,
        void: Standing::Void as u8,
        nothing: u8::MAX,
    };
}

/// One duty made ready for flat columns.
#[derive(Debug)]
pub struct FlatBatch<'a> {
    book: &'a Rulebook,
    columns: Vec<Column<'a>>,
    program: Program,
}

impl<'a> FlatBatch<'a> {
    /// Makes a duty ready, with what is known on the day it is asked of.
    ///
    /// # Errors
    /// Something in the duty that needs the facts one by one.
    pub fn new(
        book: &'a Rulebook,
        duty: &'a Duty,
        flat: &'a Flat<'a>,
        as_at: jiff::civil::Date,
        numbers: Numbers,
    ) -> Result<Self, NotFlat> {
        let (columns, program) = flatten::flatten(book, duty, flat, as_at.into(), numbers)?;
        Ok(Self { book, columns, program })
    }

    /// Writes the number of where the duty stands in the cases from `first` on, as many as there is room for.
    pub fn run(&self, first: usize, out: &mut [u8]) {
        let mut room = Room::default();
        let mut from = first;
        for out in out.chunks_mut(STRETCH) {
            let mut loaded = self.program.load((from, out.len()), &self.columns, &mut room);
            for (chunk, out) in out.chunks_mut(CHUNK).enumerate() {
                loaded.run(&self.book.calendar, chunk).bytes(0, out);
            }
            from += out.len();
        }
    }
}
