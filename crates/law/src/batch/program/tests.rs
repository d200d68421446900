//! Programs against what they say, row by row: folding, joining, loops and both widths change nothing.

use proptest::prelude::*;

use super::{Builder, CHUNK, Column, From, Kind, NEVER, Room};
use crate::calendar::Calendar;

/// One more value of a program, made of those before it.
#[derive(Clone, Debug)]
enum Step {
    Plus(usize, i32),
    Earlier(usize, usize),
    Later(usize, usize),
    Less(usize, i32, usize),
    Both(usize, usize),
    Either(usize, usize),
    Without(usize, usize),
    Day(usize, usize, usize),
    Number(usize, usize, usize),
}

/// A value on its way into a program, and what it is in each row.
#[derive(Clone)]
struct Made {
    from: From,
    rows: Vec<i32>,
}

const ROWS: usize = CHUNK + 77;
const DAYS: usize = 4;

fn step() -> impl Strategy<Value = Step> {
    // Latest first: so values are used by those that come soon after them.
    let at = || prop_oneof![3 => 0..3_usize, 1 => 0..40_usize];
    let days = prop_oneof![Just(-8), Just(1), -40..150];
    prop_oneof![
        2 => (at(), days.clone()).prop_map(|(a, n)| Step::Plus(a, n)),
        2 => (at(), at()).prop_map(|(a, b)| Step::Earlier(a, b)),
        2 => (at(), at()).prop_map(|(a, b)| Step::Later(a, b)),
        5 => (at(), days, at()).prop_map(|(a, n, b)| Step::Less(a, n, b)),
        2 => (at(), at()).prop_map(|(a, b)| Step::Both(a, b)),
        2 => (at(), at()).prop_map(|(a, b)| Step::Either(a, b)),
        1 => (at(), at()).prop_map(|(a, b)| Step::Without(a, b)),
        2 => (at(), at(), at()).prop_map(|(a, b, c)| Step::Day(a, b, c)),
        4 => (at(), at(), at()).prop_map(|(a, b, c)| Step::Number(a, b, c)),
    ]
}

/// Days that lie close to one another, or never.
fn day() -> impl Strategy<Value = i32> {
    prop_oneof![4 => 20_000..20_060_i32, 1 => Just(NEVER)]
}

fn nth(all: &[Made], back: usize) -> Made {
    all[all.len() - 1 - back % all.len()].clone()
}

fn each(a: &Made, b: &Made, with: impl Fn(i32, i32) -> i32) -> Vec<i32> {
    a.rows.iter().zip(&b.rows).map(|(a, b)| with(*a, *b)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn a_program_answers_what_it_says(
        given in prop::collection::vec(prop::collection::vec(day(), 1..90), DAYS),
        truth in prop::collection::vec(any::<bool>(), 1..90),
        constant in day(),
        steps in prop::collection::vec(step(), 1..30),
        wide in prop::bool::weighted(0.3),
    ) {
        let spread = |some: &Vec<i32>| -> Vec<i32> { some.iter().copied().cycle().take(ROWS).collect() };
        let mut given: Vec<Vec<i32>> = given.iter().map(spread).collect();
        if wide {
            // In 2061: too late for 16 bits.
            given[0][ROWS - 1] = 33_300;
        }
        let truth: Vec<u8> = truth.iter().map(|is| u8::from(*is)).cycle().take(ROWS).collect();
        let mut ops = Builder::default();
        let made = |from, number| Made { from, rows: vec![number; ROWS] };
        let mut days: Vec<Made> = given
            .iter()
            .map(|rows| Made { from: ops.given(Kind::Day), rows: rows.clone() })
            .collect();
        days.push(made(From::On(constant), constant));
        let is = truth.iter().map(|is| -i32::from(*is)).collect();
        let mut truths = vec![Made { from: ops.given(Kind::Number), rows: is }];
        let mut numbers: Vec<Made> = (1..4).map(|n| made(From::Number(n), n)).collect();
        for step in &steps {
            match *step {
                Step::Plus(a, n) => {
                    let a = nth(&days, a);
                    let rows = a.rows.iter().map(|day| day.saturating_add(n)).collect();
                    days.push(Made { from: ops.plus(a.from, n), rows });
                }
                Step::Earlier(a, b) => {
                    let (a, b) = (nth(&days, a), nth(&days, b));
                    let rows = each(&a, &b, i32::min);
                    days.push(Made { from: ops.earlier(a.from, b.from), rows });
                }
                Step::Later(a, b) => {
                    let (a, b) = (nth(&days, a), nth(&days, b));
                    let rows = each(&a, &b, i32::max);
                    days.push(Made { from: ops.later(a.from, b.from), rows });
                }
                Step::Less(a, n, b) => {
                    let (a, b) = (nth(&days, a), nth(&days, b));
                    let rows = each(&a, &b, |a, b| -i32::from(a.saturating_add(n) < b));
                    truths.push(Made { from: ops.less_by(a.from, n, b.from), rows });
                }
                Step::Both(a, b) => {
                    let (a, b) = (nth(&truths, a), nth(&truths, b));
                    let rows = each(&a, &b, |a, b| a & b);
                    truths.push(Made { from: ops.both(a.from, b.from), rows });
                }
                Step::Either(a, b) => {
                    let (a, b) = (nth(&truths, a), nth(&truths, b));
                    let rows = each(&a, &b, |a, b| a | b);
                    truths.push(Made { from: ops.either(a.from, b.from), rows });
                }
                Step::Without(a, b) => {
                    let (a, b) = (nth(&truths, a), nth(&truths, b));
                    let rows = each(&a, &b, |a, b| a & !b);
                    truths.push(Made { from: ops.without(a.from, b.from), rows });
                }
                Step::Day(which, a, b) | Step::Number(which, a, b) => {
                    let which = nth(&truths, which);
                    let into = if matches!(step, Step::Day(..)) { &mut days } else { &mut numbers };
                    let (a, b) = (nth(into, a), nth(into, b));
                    let picked = a.rows.iter().zip(&b.rows).zip(&which.rows);
                    let rows = picked.map(|((a, b), which)| if *which == 0 { *b } else { *a }).collect();
                    into.push(Made { from: ops.select(which.from, a.from, b.from), rows });
                }
            }
        }
        let asked = [days.last(), truths.last(), numbers.last()].map(|made| made.cloned().unwrap());
        let program = ops.done(&asked.clone().map(|made| made.from));
        let mut columns: Vec<Column<'_>> = given.iter().map(|days| Column::Days(days)).collect();
        columns.push(Column::Truths(&truth));
        let mut room = Room::default();
        let mut loaded = program.load((0, ROWS), &columns, &mut room);
        for chunk in 0..2 {
            let rows = chunk * CHUNK..ROWS.min((chunk + 1) * CHUNK);
            for (at, made) in asked.iter().enumerate() {
                let answers = loaded.run(&Calendar::default(), chunk);
                let mut found = vec![0; rows.len()];
                if at == 0 {
                    answers.days(at, &mut found);
                } else {
                    answers.numbers(at, &mut found);
                }
                for (row, found) in rows.clone().zip(found) {
                    prop_assert_eq!(found, made.rows[row], "answer {}, row {}", at, row);
                }
            }
        }
    }
}
