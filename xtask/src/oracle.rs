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
    let mut page = format!(
        "# The engine against a slow walk\n\nWritten by `cargo xtask oracle`. Rulebook `{hash}`.\n\n\
         Each walk steps from day to day, shares no code with the engine, and agreed with it on \
         {cases} random cases, in due date and in standing:\n\n"
    );
    for walk in WALKS {
        let _ = writeln!(page, "- `{walk}`");
    }
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
