//! What may be named where: no clock and no input or output in the pure crates, the wall clock in
//! the binary alone, SQL in one crate and the difference between databases in one file.

use super::Finding;
use super::tree::{Tree, names};

const PURE: [&str; 5] = ["law", "offer", "record", "access", "world"];

/// Names through which a crate would reach the world outside its arguments.
const OUTSIDE: [&str; 27] = [
    "std::fs",
    "fs::",
    "std::net",
    "std::env",
    "env::var",
    "std::process",
    "process::",
    "std::io",
    "std::thread",
    "thread::",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "tokio",
    "sqlx",
    "axum",
    "tracing",
    "async fn",
    ".await",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "dbg!",
    "rand::rng",
    "SysRng",
];

/// Crates that a pure crate must not even depend on.
const OUTSIDE_CRATES: [&str; 6] = ["tokio", "sqlx", "axum", "tracing", "tower", "tower-http"];

/// The pure crates compute from what they are given and nothing else.
pub(super) fn pure(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for part in PURE {
        for file in tree.under(&format!("crates/{part}/src/"), ".rs") {
            for (at, line) in file.code() {
                if let Some(word) = OUTSIDE.iter().find(|word| names(line, word)) {
                    let what = format!("sendero-{part} is pure: `{word}` reaches outside");
                    found.push(Finding::new(&file.path, at, what));
                }
            }
        }
        let needs = tree.crates.get(&format!("sendero-{part}")).map(|entry| &entry.needs);
        for needed in needs.into_iter().flatten() {
            if OUTSIDE_CRATES.contains(&needed.as_str()) {
                let manifest = format!("crates/{part}/Cargo.toml");
                found.push(Finding::new(&manifest, 0, format!("a pure crate needs no {needed}")));
            }
        }
    }
    found
}

/// Today is a parameter below the top floor; monotonic time (`Instant`) is free.
pub(super) fn clock(tree: &Tree) -> Vec<Finding> {
    let clocks = ["SystemTime::now", "Timestamp::now", "Zoned::now", "disallowed_methods"];
    let mut found = Vec::new();
    for file in tree.under("crates/", ".rs").filter(|file| {
        !file.path.starts_with("crates/sendero/") && !file.path.starts_with("crates/testkit/")
    }) {
        for (at, line) in file.code() {
            if let Some(word) = clocks.iter().find(|word| names(line, word)) {
                let what = format!("`{word}`: only the binary reads the wall clock");
                found.push(Finding::new(&file.path, at, what));
            }
        }
    }
    found
}

/// Only the store speaks to a database.
pub(super) fn sql(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let others = |path: &str| !path.starts_with("crates/store/") && path.contains("/src/");
    for file in tree.under("crates/", ".rs").filter(|file| others(&file.path)) {
        for (at, line) in file.code().filter(|(_, line)| names(line, "sqlx")) {
            let what = format!("only crates/store names sqlx: {}", line.trim());
            found.push(Finding::new(&file.path, at, what));
        }
    }
    for (name, entry) in tree.crates.iter().filter(|(name, _)| *name != "sendero-store") {
        if entry.needs.iter().any(|needed| needed == "sqlx") {
            found.push(Finding::new("Cargo.toml", 0, format!("{name} must not depend on sqlx")));
        }
    }
    found
}

/// Only `sql.rs` asks which database it is on.
pub(super) fn databases(tree: &Tree) -> Vec<Finding> {
    let asks = |line: &str| {
        let variant = ["::Sqlite", "::Postgres"].iter().any(|word| names(line, word));
        let choice = ["=>", "if let", "let ", "matches!"].iter().any(|word| line.contains(word));
        variant && choice && !line.contains("use ")
    };
    let mut found = Vec::new();
    let others = |path: &str| path != "crates/store/src/sql.rs";
    for file in tree.under("crates/store/src/", ".rs").filter(|file| others(&file.path)) {
        for (at, _) in file.code().filter(|(_, line)| asks(line)) {
            let what = "only crates/store/src/sql.rs tells the databases apart";
            found.push(Finding::new(&file.path, at, what));
        }
    }
    found
}

/// A statement put together at run time is let through in one file, where it can be reviewed.
pub(super) fn built_sql(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let others = |path: &str| path != "crates/store/src/sql.rs";
    for file in tree.under("crates/", ".rs").filter(|file| others(&file.path)) {
        for (at, _) in file.code().filter(|(_, line)| names(line, "AssertSqlSafe")) {
            let what = "only crates/store/src/sql.rs vouches for a statement made at run time";
            found.push(Finding::new(&file.path, at, what));
        }
    }
    found
}
