//! The house rules that a compiler does not know: floors, purity, words, links, forgotten files.
//! Each rule is a function from the tree to findings; it reads files and changes none.

mod files;
mod floors;
mod links;
mod purity;
pub mod tree;
mod words;

use std::fmt;
use std::path::Path;

use crate::shell;
use crate::tally::Tally;
use tree::Tree;

/// One place where a rule is broken, and which.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the project's root.
    pub path: String,
    /// The line, counted from 1, or 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// A rule's name and the rule.
type Rule = (&'static str, fn(&Tree) -> Vec<Finding>);

const RULES: [Rule; 16] = [
    ("crates stand on lower floors", floors::floors),
    ("web goes through app", floors::web_without_store),
    ("pure crates stay pure", purity::pure),
    ("one place reads the clock", purity::clock),
    ("one crate names SQL", purity::sql),
    ("one file tells databases apart", purity::databases),
    ("one file vouches for built SQL", purity::built_sql),
    ("the rulebook is all embedded", files::embedded_law),
    ("no file is forgotten", files::forgotten),
    ("one test binary a crate", files::one_test_binary),
    ("files are of a size to read", files::long_files),
    ("lines are of a width to read", files::wide_lines),
    ("files say what they are for", files::headed),
    ("nothing is left for later", words::unfinished),
    ("words are respectful and ours", words::forbidden),
    ("links and lock files hold", links::links_and_locks),
];

/// Runs the rules over this project and prints the findings; true when there is none.
#[must_use]
pub fn run() -> bool {
    let tally = check();
    println!("{tally}");
    tally.is_good()
}

/// As [`run`], giving the count: one check a rule.
#[must_use]
pub fn check() -> Tally {
    let mut sum = Tally::default();
    match Tree::read(&shell::root()) {
        Ok(tree) => {
            for (name, findings) in findings(&tree) {
                for finding in &findings {
                    println!("{finding} [{name}]");
                }
                sum += Tally::one(findings.is_empty());
            }
        }
        Err(why) => {
            println!("{why}");
            sum += Tally::one(false);
        }
    }
    sum
}

/// Every rule's findings in a tree, in the order of the rules and, in a rule, of the files.
#[must_use]
pub fn findings(tree: &Tree) -> Vec<(&'static str, Vec<Finding>)> {
    RULES
        .iter()
        .map(|(name, rule)| {
            let mut found = rule(tree);
            found.sort();
            (*name, found)
        })
        .collect()
}

/// The findings in the project at `root`, as lines.
///
/// # Errors
/// A sentence, when the tree or its cargo metadata cannot be read.
pub fn lines(root: &Path) -> Result<Vec<String>, String> {
    let tree = Tree::read(root)?;
    let all = findings(&tree);
    Ok(all
        .iter()
        .flat_map(|(name, found)| found.iter().map(move |finding| format!("{finding} [{name}]")))
        .collect())
}
