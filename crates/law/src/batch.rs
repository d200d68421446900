//! The law over many cases at once: the same rulebook, asked of columns in place of one case. Most
//! duties become programs of column operations; the rows of the others, and those that a program
//! cannot carry, go to the evaluator of one case, so that no row is skipped. A test holds the two
//! evaluators equal in every standing and every last day.

mod columns;
mod count;
mod flat;
mod program;
mod rows;
mod shape;
mod spots;
mod tables;
mod write;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

pub use columns::{Columns, ColumnsFault};
pub use count::Counts;
pub use flat::{Days, Flat, FlatBatch, FlatFact, FlatField, NO_DAY, NotFlat, Numbers, On};
pub use write::ColumnsWriter;

use crate::answer::Standing;
use crate::day::Day;
use crate::evaluate;
use crate::fact::{About, Question, Value};
use crate::line::OnlyDays;
use crate::rulebook::{Duty, Rulebook};
use crate::view::View;
use columns::OneCase;
use program::{CHUNK, Column, Kind, NEVER, Room};
use rows::{Asking, Left, Row};
use spots::{Spot, Spots};
use tables::Tables;

/// A rulebook made ready to be asked about a file of columns.
#[derive(Debug)]
pub struct Batch<'a> {
    columns: &'a Columns<'a>,
    tables: Tables<'a>,
}

/// Where one duty of one case stands.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The case, by its place.
    pub case: usize,
    /// The duty.
    pub duty: &'a Duty,
    /// The place in the case of the fact that started it.
    pub event: usize,
    /// Where it stands on the as-at day.
    pub standing: Standing,
    /// Whether the evaluator of one case worked it out, and no column program.
    pub alone: bool,
    due: Option<Day>,
}

impl Answer<'_> {
    /// The last day, inclusive.
    #[must_use]
    pub fn due(&self) -> Option<Date> {
        self.due.map(Day::date)
    }
}

/// Every standing, in the order in which columns number them.
const STANDINGS: [Standing; 9] = [
    Standing::Pending,
    Standing::Met,
    Standing::MetLate,
    Standing::Overdue,
    Standing::Excused,
    Standing::Void,
    Standing::Unclear,
    Standing::Continuing,
    Standing::Broken,
];

/// Rows of one duty that were answered together.
struct Answered<'a> {
    duty: u16,
    case: &'a [u32],
    event: &'a [u32],
    standing: &'a [i32],
    /// A day, or never.
    due: &'a [i32],
    /// Whether the evaluator of one case gave it.
    alone: bool,
}

impl<'a> Batch<'a> {
    /// Makes the rulebook ready. What the question says of explaining is not heeded.
    #[must_use]
    pub fn new(book: &'a Rulebook, columns: &'a Columns<'a>, question: Question) -> Self {
        Self { columns, tables: Tables::new(book, columns, question) }
    }

    /// Every answer about some of the cases, in no order.
    pub fn each(&self, cases: Range<usize>, mut give: impl FnMut(Answer<'a>)) {
        let duties = self.tables.book.duties();
        let mut part = Some(cases);
        self.answered(
            || part.take(),
            |rows| {
                let Some(duty) = duties.get(usize::from(rows.duty)) else { return };
                let days = rows.standing.iter().zip(rows.due);
                for ((case, event), (standing, due)) in rows.case.iter().zip(rows.event).zip(days) {
                    give(Answer {
                        case: *case as usize,
                        duty,
                        event: *event as usize,
                        standing: standing_of(*standing),
                        alone: rows.alone,
                        due: (*due != NEVER).then(|| Day::of_number(*due)),
                    });
                }
            },
        );
    }

    /// How many obligations of some of the cases stand how, by authority and duty.
    #[must_use]
    pub fn counts(&self, cases: Range<usize>) -> Counts {
        let duties = self.tables.book.duties().len();
        let mut counts = Counts::new(self.columns.authorities().len(), duties);
        let mut part = Some(cases);
        self.count_parts(&mut counts, || part.take());
        counts
    }

    /// Counts parts of the cases until `next` gives no more, as each of several threads does.
    pub fn count_parts(&self, counts: &mut Counts, next: impl FnMut() -> Option<Range<usize>>) {
        self.answered(next, |rows| {
            if rows.alone {
                counts.alone += rows.case.len() as u64;
            }
            for (case, standing) in rows.case.iter().zip(rows.standing) {
                counts.one(self.columns.authority(*case as usize), rows.duty, *standing);
            }
        });
    }

    fn answered(
        &self,
        mut next: impl FnMut() -> Option<Range<usize>>,
        mut give: impl FnMut(&Answered<'_>),
    ) {
        let mut at_work = Work::new(self);
        while let Some(cases) = next() {
            for case in cases {
                at_work.case(case, &mut give);
            }
        }
        at_work.rest(&mut give);
    }
}

fn standing_of(code: i32) -> Standing {
    let at = usize::try_from(code).unwrap_or(usize::MAX);
    STANDINGS.get(at).copied().unwrap_or(Standing::Unclear)
}

/// Rows of one duty that wait until there are enough of them.
#[derive(Debug, Default)]
struct Waiting {
    case: Vec<u32>,
    event: Vec<u32>,
    columns: Vec<Vec<i32>>,
}

/// What one thread works with.
struct Work<'w> {
    batch: &'w Batch<'w>,
    spots: Spots,
    waiting: Vec<Waiting>,
    left: Vec<Left>,
    values: Vec<i32>,
    room: Room,
}

impl<'w> Work<'w> {
    fn new(batch: &'w Batch<'w>) -> Self {
        let waiting = batch.tables.duties.iter().map(|tabled| {
            let inputs = tabled.as_ref().map_or(0, |tabled| tabled.shape.inputs.len());
            Waiting { columns: vec![Vec::new(); inputs], ..Waiting::default() }
        });
        Self {
            batch,
            waiting: waiting.collect(),
            spots: Spots::default(),
            left: Vec::new(),
            values: Vec::new(),
            room: Room::default(),
        }
    }

    /// Works out one case: its rows wait, or are answered at once where they have no columns.
    fn case(&mut self, case: usize, give: &mut impl FnMut(&Answered<'_>)) {
        let tables = &self.batch.tables;
        let Some(one) = self.batch.columns.one(case) else { return };
        let number = u32::try_from(case).unwrap_or(u32::MAX);
        self.spots.read(tables, &one);
        self.left.clear();
        for place in 0..self.spots.all.len() {
            if let Some(spot) = self.spots.all.get(place).copied() {
                self.started_by(number, (place, spot), give);
            }
        }
        for at in 0..self.spots.ahead.len() {
            if let Some(spot) = self.spots.ahead.get(at).copied() {
                self.started_by(number, (self.spots.all.len(), spot), give);
            }
        }
        if !self.left.is_empty() {
            one_by_one(self.batch, number, &one, &self.left, give);
        }
    }

    /// The rows of every duty that one fact starts. One at the place after the last is still to come.
    fn started_by(
        &mut self,
        case: u32,
        (place, spot): (usize, Spot),
        give: &mut impl FnMut(&Answered<'_>),
    ) {
        let tables = &self.batch.tables;
        let Some(class) = tables.classes.get(spot.class as usize) else { return };
        let ahead = place == self.spots.all.len();
        let duties = if ahead { &class.foreseen_by } else { &class.starts };
        for duty in duties {
            let at = usize::from(*duty);
            let left = Left { duty: *duty, place, index: spot.index as usize };
            let Some(Some(tabled)) = tables.duties.get(at) else {
                self.left.push(left);
                continue;
            };
            let asking = Asking::new(tables, (*duty, tabled), &self.spots, (place, spot));
            match asking.row(&mut self.values) {
                Row::NotStarted => {}
                Row::Left => self.left.push(left),
                Row::Filled => {
                    let Some(waiting) = self.waiting.get_mut(at) else { continue };
                    waiting.case.push(case);
                    waiting.event.push(spot.index);
                    for (column, value) in waiting.columns.iter_mut().zip(&self.values) {
                        column.push(*value);
                    }
                    if waiting.case.len() == CHUNK {
                        run(tables, *duty, waiting, &mut self.room, give);
                    }
                }
            }
        }
    }

    /// Answers what still waits.
    fn rest(&mut self, give: &mut impl FnMut(&Answered<'_>)) {
        for (duty, waiting) in (0..).zip(&mut self.waiting) {
            run(&self.batch.tables, duty, waiting, &mut self.room, give);
        }
    }
}

/// Runs the program of a duty over the rows that wait for it.
fn run(
    tables: &Tables<'_>,
    duty: u16,
    waiting: &mut Waiting,
    room: &mut Room,
    give: &mut impl FnMut(&Answered<'_>),
) {
    let Some(Some(tabled)) = tables.duties.get(usize::from(duty)) else { return };
    let rows = waiting.case.len();
    if rows == 0 {
        return;
    }
    let inputs = tabled.shape.inputs.iter().zip(&waiting.columns);
    let given: Vec<Column<'_>> = inputs
        .map(|(input, column)| match input.kind() {
            Kind::Day => Column::Days(column),
            Kind::Number => Column::Numbers(column),
        })
        .collect();
    let mut loaded = tabled.shape.program.load((0, rows), &given, room);
    let answers = loaded.run(&tables.book.calendar, 0);
    let (mut standings, mut days) = ([0; CHUNK], [0; CHUNK]);
    answers.numbers(0, standings.get_mut(..rows).unwrap_or_default());
    answers.days(1, days.get_mut(..rows).unwrap_or_default());
    give(&Answered {
        duty,
        case: &waiting.case,
        event: &waiting.event,
        standing: standings.get(..rows).unwrap_or_default(),
        due: days.get(..rows).unwrap_or_default(),
        alone: false,
    });
    waiting.case.clear();
    waiting.event.clear();
    for column in &mut waiting.columns {
        column.clear();
    }
}

/// Answers what has no columns by the evaluator of one case: the same answer, slower.
fn one_by_one<'w>(
    batch: &'w Batch<'w>,
    case: u32,
    one: &OneCase<'_>,
    left: &[Left],
    give: &mut impl FnMut(&Answered<'_>),
) {
    let tables = &batch.tables;
    let known_at = Day::from(tables.question.known_at);
    let gone: Vec<usize> = one
        .corrections()
        .filter(|(by, _)| one.known_on(*by) <= known_at)
        .map(|(_, target)| target)
        .collect();
    let fields = |class: usize| -> Option<&'w BTreeMap<String, Value>> {
        batch.columns.head.classes.get(class).map(|class| &class.fields)
    };
    let given = (0..one.len()).filter(|place| !gone.contains(place)).filter_map(|place| {
        let fact = (place, one.class(place), one.on(place), one.known_on(place));
        tables::given(&tables.classes, fields, fact)
    });
    let (closures, terms) = one.spans();
    let about = About { born: one.born.map(Day::date), closures: &closures, terms: &terms };
    let view = View::of_given((tables.book, about), one.len(), given, tables.question);
    let asking = evaluate::Asking { view: &view, others: &[] };
    let mut answer = |outcome: &crate::outcome::Outcome<'_>| {
        give(&Answered {
            duty: outcome.duty,
            case: &[case],
            event: &[u32::try_from(outcome.seen.index).unwrap_or(u32::MAX)],
            standing: &[shape::code(outcome.standing)],
            due: &[outcome.due.map_or(NEVER, Day::number)],
            alone: true,
        });
    };
    for Left { duty, place, index } in left {
        let Some((known, rule)) = tables.book.with_rule(*duty) else { continue };
        let ahead = || view.ahead.iter().find(|seen| seen.index == *index);
        let Some(seen) = view.facts.get(*place).or_else(ahead) else { continue };
        if evaluate::starts(&view, rule, *place, seen) {
            answer(&asking.one((known, rule), (*place, seen), &mut OnlyDays));
        }
    }
}
