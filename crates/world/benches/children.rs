//! How long the children of a made-up area take, without explanations: all of them, one after another.

#![expect(clippy::expect_used, reason = "a benchmark stops where it cannot begin")]
#![expect(clippy::print_stdout, reason = "what it says goes with its numbers")]

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::civil::date;
use sendero_law::batch::Columns;
use sendero_law::{Case, Question, Rulebook, outline};
use sendero_world::{Setup, columns};

/// What the program itself allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TODAY: jiff::civil::Date = date(2026, 11, 21);

fn main() {
    divan::main();
}

/// The cases of an area of two thousand children, made as those of a nation are.
fn area() -> Vec<Case> {
    let setup = Setup { seed: 7, children: 2_000, today: TODAY, years: 9, talk: 0 };
    let made = columns(&setup, 0, Rulebook::embedded()).expect("a made-up area fits");
    let bytes = made.columns.bytes().expect("it can be written");
    let read = Columns::read(&bytes).expect("what was written can be read");
    (0..read.cases()).filter_map(|case| read.case(case)).collect()
}

/// All children, and how many a second.
#[divan::bench(sample_count = 100)]
fn every_child(bencher: Bencher) {
    let (book, cases) = (Rulebook::embedded(), area());
    let question = Question { as_at: TODAY, known_at: TODAY, explain: false };
    let facts: usize = cases.iter().map(|case| case.facts.len()).sum();
    let found: usize = cases.iter().map(|case| outline(book, case, question).duties.len()).sum();
    println!("{} children, {facts} facts, {found} obligations", cases.len());
    bencher.counter(ItemsCount::new(cases.len())).bench(|| {
        cases.iter().map(|case| outline(book, case, question).duties.len()).sum::<usize>()
    });
}
