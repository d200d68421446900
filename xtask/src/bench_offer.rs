//! `cargo xtask bench-offer`: the Local Offer's search beside the full text of the two databases, and
//! the import of a large feed, on this machine; docs/results/offer-search.md has what came of it.

use std::process::Command;

use crate::load::machine::{Machine, busy_now};
use crate::machine::Tool;
use crate::shell;

const RESULT: &str = "docs/results/offer-search.md";
/// The import that is measured is a test of every run.
const IMPORT: &str =
    "import::five_thousand_services_come_in_within_seconds_and_twice_changes_nothing";
/// What that test says of its time.
const SAID: &str = "5,000 services from 50 pages in ";
/// The longest that the import may take here, in seconds.
const IMPORT_MOST: f64 = 10.0;

/// Measures, and writes the page; true when every limit was kept.
#[must_use]
pub fn run() -> bool {
    match measure() {
        Ok(kept) => kept,
        Err(why) => {
            println!("{why}");
            false
        }
    }
}

fn measure() -> Result<bool, String> {
    let busy = busy_now();
    if Tool::PostgreSql.ensure().is_none() {
        let tally = Tool::PostgreSql.missing("the search of PostgreSQL");
        return Ok(tally.is_good());
    }
    // Built as beside the program, so that what they share is built once.
    let mut build = shell::cargo(&["build", "--release", "--locked", "--package", "sendero"]);
    build.args(["--package", "sendero-store", "--example", "offer_search"]);
    if !shell::succeeds(&mut build) {
        return Err("The measurement could not be built".to_owned());
    }
    let (import, kept_import) = import()?;
    let folder = shell::target().join("bench-offer");
    let cannot = |error: std::io::Error| format!("Cannot write: {error}");
    std::fs::create_dir_all(&folder).map_err(cannot)?;
    let machine = Machine::look(&folder, busy);
    println!("{machine}");
    let tables = folder.join("tables.md");
    let program = shell::target().join("release/examples/offer_search");
    let kept = shell::succeeds(Command::new(program).arg(&tables));
    let tables = std::fs::read_to_string(&tables).map_err(cannot)?;
    let page = document(&machine, &tables, &import);
    std::fs::write(shell::root().join(RESULT), page).map_err(cannot)?;
    println!("{RESULT} is written");
    Ok(kept && kept_import)
}

/// What the import of a paged feed took, and whether that was within its limit.
fn import() -> Result<(String, bool), String> {
    // As `cargo xtask test` builds it: what is within the limit unoptimised is so in earnest.
    let words = ["test", "--locked", "--workspace", "--test", "it"];
    let mut command = shell::cargo(&words);
    let mut took = String::new();
    let well = shell::streams(command.args(["--", "--nocapture", "--exact", IMPORT]), |line| {
        if let Some((_, time)) = line.split_once(SAID) {
            time.trim().clone_into(&mut took);
        }
    });
    let seconds = took.strip_suffix('s').and_then(|time| match time.strip_suffix('m') {
        Some(milli) => milli.parse::<f64>().ok().map(|milli| milli / 1000.0),
        None => time.parse().ok(),
    });
    let seconds = seconds.filter(|_| well).ok_or("The import failed, or did not say its time")?;
    Ok((format!("{seconds:.1} s"), seconds <= IMPORT_MOST))
}

fn document(machine: &Machine, tables: &str, import: &str) -> String {
    format!(
        "# Searching the Local Offer\n\n\
         Written by `cargo xtask bench-offer`, which anyone can run, at commit {}, on {machine}.\n\n\
         Every search is given the same services and the same texts of each: its name, and all that \
         it says of itself. The two databases are set up as their manuals have it (English stems, a \
         name weighs twice) and are asked once for services with any of the words and once for those \
         with all of them; a word of ours is understood first, and then looked up. SQLite and Sendero \
         answer within the process, PostgreSQL over a socket on the same machine, which is a part of \
         its time. Ids are all that is asked for.\n\n\
         Of the lists of queries (`crates/offer/tests/data/queries.toml`), *known* was there while \
         the words were collected; all others were written before they were first run. What those \
         found then, first and among three: *unseen* 35 and 37 of 40, *fresh* 44 and 51 of 60, \
         *tired* 34 and 44 of 60, *elsewhere* (of another area whose 30 services have other names \
         and wordings) 24 and 28 of 32, *blind* 27 and 32 of 40, *untried* 22 and 28 of 30, \
         *plain* 25 and 28 of 30. What each missed has since widened the words, by concepts and \
         never by a query's own sentence. The first figures of the last two are the ones to expect \
         of words that nobody has tried. All are of the same hand as the words, and the \
         services are made up; they say little about real families. Larger directories hold the \
         same services again for other places, so that every concept is as frequent as in the area \
         itself.\n\n{tables}\
         ## Taking in a feed\n\n\
         5,000 services from a server on loopback with 50 pages, into an empty area on SQLite at \
         synchronous=FULL, by an unoptimised build of `sendero offer import`: {import} (promised of the \
         released one: within {IMPORT_MOST} s). The same again changes nothing.\n",
        shell::commit(),
    )
}
