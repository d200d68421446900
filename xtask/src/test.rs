//! `cargo xtask test`: everything that must hold before a change is merged, in one command.
//! Each step runs whatever the others said; the last line sums them all.

use crate::machine::{self, Tool};
use crate::tally::Tally;
use crate::{browser, shell, tidy};

/// A step's name and the step.
type Step = (&'static str, fn() -> Tally);

/// Where proptest looks for the number that its random cases start from.
const SEED: &str = "PROPTEST_RNG_SEED";

/// Runs every step and prints the closing line; true when nothing failed.
#[must_use]
pub fn run() -> bool {
    let steps: [Step; 5] = [
        ("formatting", formatting),
        ("tidy", tidy::check),
        ("lints", lints),
        ("tests", tests),
        ("browser", || browser::check(None)),
    ];
    let mut sum = Tally::default();
    let mut failed = Vec::new();
    for (name, step) in steps {
        println!("\n== {name}");
        let tally = step();
        if !tally.is_good() {
            failed.push(name);
        }
        sum += tally;
    }
    close(&sum, &failed)
}

fn close(sum: &Tally, failed: &[&str]) -> bool {
    println!();
    if !failed.is_empty() {
        println!("Failed: {}. Each says why under its own heading above.", failed.join(", "));
    }
    println!("{sum}");
    sum.is_good()
}

fn formatting() -> Tally {
    Tally::one(shell::succeeds(&mut shell::cargo(&["fmt", "--all", "--check"])))
}

fn lints() -> Tally {
    // One crate's finding hides no other's: one run tells all.
    let mut command = shell::cargo(&["clippy", "--workspace", "--all-targets", "--locked"]);
    command.args(["--keep-going", "--", "-D", "warnings"]);
    Tally::one(shell::succeeds(required(&mut command)))
}

/// The workspace's own tests. Where PostgreSQL is not to be had, the store's tests say so and pass
/// over it themselves; here that counts as one skip.
fn tests() -> Tally {
    let mut sum = Tally::default();
    if Tool::PostgreSql.ensure().is_none() {
        sum += Tool::PostgreSql.missing("the store's tests on PostgreSQL");
    }
    // Every binary runs even when an early one fails: one run tells all.
    let mut command = shell::cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    // The same random cases each time, so that a change fails for what it changes. `cargo test` by
    // itself and `cargo xtask oracle` draw others each time.
    if std::env::var_os(SEED).is_none() {
        command.env(SEED, "20140901");
    }
    let went_well = shell::streams(required(&mut command), |line| {
        if let Some(tally) = Tally::from_cargo_line(line) {
            sum += tally;
        }
    });
    // A build that fails, or a test binary that dies, prints no count of its own.
    if !went_well && sum.is_good() {
        sum += Tally::one(false);
    }
    sum
}

/// In CI pages without GOV.UK Frontend are a failure; the store's tests see to PostgreSQL themselves.
pub(crate) fn required(command: &mut std::process::Command) -> &mut std::process::Command {
    if machine::is_ci() {
        command.env("SENDERO_REQUIRE_GOVUK", "1");
    }
    command
}
