//! Files that are forgotten, too long, too wide, or do not say what they are for.
//! A long file may stay when xtask/long-files.txt gives the reason.

use super::Finding;
use super::tree::{File, Tree};

/// A file that is read top to bottom is no longer than this, in lines.
const LINES_MAX: usize = 600;
/// A line of Rust is no wider than this, in characters. rustfmt aims at 100 and leaves strings be.
const COLUMNS_MAX: usize = 110;
const LONG_FILES: &str = "xtask/long-files.txt";

/// Every file of the rulebook is inside the binary.
pub(super) fn embedded_law(tree: &Tree) -> Vec<Finding> {
    let sources: Vec<&File> = tree.under("crates/law/", ".rs").collect();
    // A build script that lists the folder embeds whatever is in it.
    let listed = sources
        .iter()
        .any(|file| file.path.ends_with("/build.rs") && file.text.contains("read_dir"));
    tree.under("law/", ".toml")
        .filter(|law| !listed && !sources.iter().any(|file| file.text.contains(&law.path)))
        .map(|law| Finding::new(&law.path, 0, "is in no source of crates/law, so it is no law"))
        .collect()
}

/// Every Rust file is a module of the file above it; cargo says nothing when one is not.
pub(super) fn forgotten(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.under("", ".rs") {
        let Some((folder, name)) = module(&file.path) else { continue };
        let parents = ["/mod.rs", "/lib.rs", "/main.rs", ".rs"];
        let declared = parents.iter().any(|end| {
            let text = tree.text(&format!("{folder}{end}")).unwrap_or_default();
            text.lines().any(|line| line.trim_end().ends_with(&format!("mod {name};")))
        });
        if !declared {
            found.push(Finding::new(&file.path, 0, format!("no file above it says `mod {name};`")));
        }
    }
    found
}

/// The folder in which a module's parent stands, and its name; nothing for a root file.
fn module(path: &str) -> Option<(&str, &str)> {
    if !path.contains("/src/") && !path.contains("/tests/it/") || path.contains("/src/bin/") {
        return None;
    }
    let (folder, file) = path.rsplit_once('/')?;
    match file.strip_suffix(".rs")? {
        "lib" | "main" | "build" => None,
        "mod" => folder.rsplit_once('/'),
        name => Some((folder, name)),
    }
}

/// One integration-test binary a crate saves a link a file.
pub(super) fn one_test_binary(tree: &Tree) -> Vec<Finding> {
    tree.under("", ".rs")
        .filter(|file| file.path.split_once("/tests/").is_some_and(|(_, rest)| !rest.contains('/')))
        .map(|file| Finding::new(&file.path, 0, "put it under tests/it/, one test binary a crate"))
        .collect()
}

/// A file longer than [`LINES_MAX`] is listed with its reason, and nothing is listed in vain.
pub(super) fn long_files(tree: &Tree) -> Vec<Finding> {
    let listed: Vec<(usize, &str, &str)> = tree
        .text(LONG_FILES)
        .unwrap_or_default()
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .map(|(at, line)| {
            let (path, reason) = line.split_once(": ").unwrap_or((line, ""));
            (at + 1, path.trim(), reason.trim())
        })
        .collect();
    let is_long =
        |file: &File| is_ours_to_read(&file.path) && file.text.lines().count() > LINES_MAX;
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| is_long(file)) {
        if !listed.iter().any(|(_, path, reason)| *path == file.path && !reason.is_empty()) {
            let count = file.text.lines().count();
            let what = format!(
                "has {count} lines (at most {LINES_MAX}): split it, or give a reason in {LONG_FILES}"
            );
            found.push(Finding::new(&file.path, 0, what));
        }
    }
    for (at, path, _) in listed {
        if !tree.files.iter().any(|file| file.path == path && is_long(file)) {
            let what = format!("{path} is not long, or not there: take the line out");
            found.push(Finding::new(LONG_FILES, at, what));
        }
    }
    found
}

/// What people write by hand; data, lock files and recorded answers may be as long as they are.
fn is_ours_to_read(path: &str) -> bool {
    [".rs", ".mjs", ".css", ".html", ".md"].iter().any(|ending| path.ends_with(ending))
}

/// No line of Rust is wider than [`COLUMNS_MAX`], save the strings of test cases.
pub(super) fn wide_lines(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.under("", ".rs") {
        for (at, line) in file.lines() {
            let width = line.chars().count();
            // A case of a test is read as one line, and rustfmt breaks no string.
            let is_case = file.path.contains("/tests/") && line.contains('"');
            if width > COLUMNS_MAX && !is_case {
                let what = format!("is {width} columns wide (at most {COLUMNS_MAX})");
                found.push(Finding::new(&file.path, at, what));
            }
        }
    }
    found
}

/// Every Rust file opens by saying what it is for.
pub(super) fn headed(tree: &Tree) -> Vec<Finding> {
    tree.under("", ".rs")
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| Finding::new(&file.path, 1, "begin with `//!` and what the file is for"))
        .collect()
}
