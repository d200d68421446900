//! The shell of the chores: reads the words after `cargo xtask` and calls the chore they name.
//! Exits 0 when it went well, 1 when a check failed or the machine would not, 2 on wrong use.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a chore talks to a terminal")]

use std::process::ExitCode;

use xtask::{bench_law, bench_offer, browser, kills, load, oracle, release, test, tidy};

const USAGE: &str = "\
usage: cargo xtask CHORE

  test                    everything that must pass before a change is merged
  tidy                    the house rules alone: floors, purity, words, links, forgotten files
  browser [--only NAME]   the page checks of ui/check alone, in a real browser
  oracle [CASES]          the law engine against slow walks on a million random cases
  load [--children N]     many people at once on a large area: docs/results/load.md
  bench-law [--only s1]   the law over a nation of columns: docs/results/law-batch.md
  bench-offer             the search of the Local Offer beside others': docs/results/offer-search.md
  kills [--times N]       processes killed amid their writes: docs/results/kills.md
  release                 an optimised build with its list of dependencies";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let went_well = match words.as_slice() {
        ["test"] => test::run(),
        ["tidy"] => tidy::run(),
        ["browser"] => browser::run(None),
        ["browser", "--only", name] => browser::run(Some(name)),
        ["oracle"] => oracle::run(None),
        ["oracle", cases] if cases.parse::<u32>().is_ok() => oracle::run(cases.parse().ok()),
        ["load"] => load::run(load::CHILDREN),
        ["load", "--children", number] => with(number, load::run),
        ["bench-law"] => bench_law::run(),
        ["bench-law", "--only", "s1"] => bench_law::run_s1(),
        ["bench-offer"] => bench_offer::run(),
        ["kills"] => kills::run(kills::TIMES),
        ["kills", "--times", number] => with(number, kills::run),
        ["release"] => release::run(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if went_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a chore that takes a number.
fn with(number: &str, chore: fn(u32) -> bool) -> bool {
    match number.parse() {
        Ok(number) => chore(number),
        Err(_) => {
            eprintln!("{number} is no number");
            false
        }
    }
}
