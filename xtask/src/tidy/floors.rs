//! Crates stand on floors, and each leans only on crates of lower floors.
//! The table that says which floor is in docs/architecture.md, where people read it too.

use std::collections::BTreeMap;

use super::Finding;
use super::tree::Tree;

const TABLE: &str = "docs/architecture.md";
/// Stands beside the house: tests lean on it, and it may lean on anything.
const TESTKIT: &str = "sendero-testkit";
const CHORES: &str = "xtask";

/// Every crate has a floor in the table, and leans only downwards.
pub(super) fn floors(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(TABLE) else {
        return vec![Finding::new(TABLE, 0, "is missing: it holds the table of crates and floors")];
    };
    let floors = table(text);
    let mut found = Vec::new();
    for name in tree.crates.keys().filter(|name| ![TESTKIT, CHORES].contains(&name.as_str())) {
        if !floors.contains_key(name) {
            found.push(Finding::new(TABLE, 0, format!("gives {name} no floor")));
        }
    }
    for name in floors.keys().filter(|name| !tree.crates.contains_key(*name)) {
        found.push(Finding::new(TABLE, 0, format!("names {name}, which is no crate here")));
    }
    for (name, entry) in &tree.crates {
        for needed in entry.needs.iter().filter(|needed| tree.crates.contains_key(*needed)) {
            if let Some(why) = wrong(name, needed, &floors) {
                found.push(Finding::new(&manifest(name), 0, why));
            }
        }
    }
    found
}

/// The pages know the use cases and never the database. Their tests open one, to drive the pages
/// over a record that is really kept.
pub(super) fn web_without_store(tree: &Tree) -> Vec<Finding> {
    let web = "sendero-web";
    let Some(entry) = tree.crates.get(web) else { return Vec::new() };
    if entry.needs.iter().any(|needed| needed == "sendero-store") {
        return vec![Finding::new(
            &manifest(web),
            0,
            "pages go through sendero-app, not the store",
        )];
    }
    Vec::new()
}

fn wrong(name: &str, needed: &str, floors: &BTreeMap<String, u32>) -> Option<String> {
    if name == CHORES || name == TESTKIT {
        return None;
    }
    if needed == TESTKIT {
        return Some(format!("{TESTKIT} is for tests: make it a dev-dependency"));
    }
    let (Some(from), Some(to)) = (floors.get(name), floors.get(needed)) else {
        return Some(format!("leans on {needed}, and one of the two has no floor"));
    };
    (to >= from).then(|| {
        format!("{name} (floor {from}) leans on {needed} (floor {to}): only lower floors will do")
    })
}

/// Rows such as ``| `sendero-law` | 1 | ...``; other rows give no number and are passed over.
fn table(text: &str) -> BTreeMap<String, u32> {
    text.lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
            let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
            Some((name.to_owned(), cells.next()?.parse().ok()?))
        })
        .collect()
}

fn manifest(name: &str) -> String {
    format!("crates/{}/Cargo.toml", name.strip_prefix("sendero-").unwrap_or(name))
}
