//! `cargo xtask oracle`: the engine against the slow walks on a million random cases, and a page
//! that says which rulebook was compared.

use std::fmt::Write;

use crate::shell;

const CASES: u32 = 1_000_000;
const PAGE: &str = "docs/results/oracle.md";
const WALKS: [&str; 2] = [
    "oracle::the_engine_agrees_with_a_naive_walk",
    "counting::every_convention_agrees_with_a_walk",
];

/// Of so many cases that the walks are given, the properties are given one.
const EACH: u32 = 20;

/// Runs both walks over `cases` random cases, and writes the page; true when they agree.
#[must_use]
pub fn run(cases: Option<u32>) -> bool {
    let cases = cases.unwrap_or(CASES);
    let mut hash = String::new();
    let mut words = vec!["test", "--release", "--package", "sendero-law", "--test", "it", "--"];
    words.extend(["--nocapture", "--exact", "oracle::the_rulebook_that_is_compared"]);
    words.extend(WALKS);
    let mut command = shell::cargo(&words);
    let went_well =
        shell::streams(command.env("SENDERO_ORACLE_CASES", cases.to_string()), |line| {
            if let Some((_, found)) = line.split_once("rulebook ") {
                hash = found.chars().take(64).collect();
            }
        });
    if !went_well || hash.len() != 64 {
        println!("The walks do not agree, or did not run.");
        return false;
    }
    let words = ["test", "--release", "--package", "sendero-law", "--test", "it", "properties::"];
    let mut command = shell::cargo(&words);
    let more = (cases / EACH).max(1);
    command.env("PROPTEST_CASES", more.to_string());
    command.env("PROPTEST_MAX_GLOBAL_REJECTS", u32::MAX.to_string());
    if !shell::streams(&mut command, |_| ()) {
        println!("Something does not hold of every case, or could not be tried.");
        return false;
    }
    let mut page = format!(
        "# The engine against a slow walk\n\nWritten by `cargo xtask oracle`. Rulebook `{hash}`.\n\n\
         Each walk steps from day to day, shares no code with the engine, and agreed with it on \
         {cases} random cases, in due date and in standing:\n\n"
    );
    for walk in WALKS {
        let _ = writeln!(page, "- `{walk}`");
    }
    let _ = writeln!(
        page,
        "\nWhat must hold of every case (`properties`: the order of recording, a claim, a later plan, \
         the days on which standing moves …) held of {more} more for each."
    );
    let path = shell::root().join(PAGE);
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    match folder.and_then(|()| std::fs::write(&path, page)) {
        Ok(()) => {
            println!("{PAGE}");
            true
        }
        Err(error) => {
            println!("Cannot write {PAGE}: {error}");
            false
        }
    }
}
