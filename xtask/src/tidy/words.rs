//! Words that must not stand in the project: work left for later, words that hurt or blame the
//! people Sendero is for, and places that exist on one machine only.

use super::Finding;
use super::tree::Tree;

/// These spell the words out, so they are not read by their own rules.
const SELF: [&str; 2] = ["xtask/src/tidy/words.rs", "xtask/tests/it/rules.rs"];
const GLOSSARY: &str = "docs/glossary.md";

/// A test may be left for another to start, with its reason: `#[ignore = "..."]`.
const UNFINISHED: [&str; 3] = ["todo!", "unimplemented!", "#[ignore]"];
/// These may be data elsewhere, and are promises in a comment.
const UNFINISHED_IN_COMMENTS: [&str; 2] = ["TODO", "FIXME"];
const COMMENTS: [&str; 4] = ["//", "--", "/*", "{#"];

/// Each with the word to use in its place, or the reason it goes.
const HURTFUL: [(&str, &str); 10] = [
    ("golden ticket", "an EHC plan is a right, not a prize"),
    ("service user", "say child, young person, parent or person"),
    ("won't engage", "say what was offered and what was answered"),
    ("will not engage", "say what was offered and what was answered"),
    ("pushy parent", "say what the parent asked for"),
    ("hard to reach", "say seldom heard"),
    ("high functioning", "say what the child needs"),
    ("low functioning", "say what the child needs"),
    ("behaviour child", "say what the child needs"),
    ("suffers from", "say has"),
];

const ELSEWHERE: [&str; 3] = ["/home/", "/Users/", "/root/"];

/// Work is finished or written down in the tracker, not in the source.
pub(super) fn unfinished(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| {
        [".rs", ".mjs", ".html", ".sql"].iter().any(|end| file.path.ends_with(end))
            && !SELF.contains(&file.path.as_str())
    }) {
        for (at, line) in file.lines() {
            let comment = COMMENTS.iter().find_map(|mark| line.split_once(mark));
            let comment = comment.map_or("", |(_, comment)| comment);
            let in_code = UNFINISHED.iter().find(|word| line.contains(**word));
            let in_comment = UNFINISHED_IN_COMMENTS.iter().find(|word| comment.contains(**word));
            if let Some(word) = in_code.or(in_comment) {
                let what = format!("`{word}`: finish it, or put it in the tracker");
                found.push(Finding::new(&file.path, at, what));
            }
        }
    }
    found
}

/// What people read is respectful, and nothing names a place on one machine.
pub(super) fn forbidden(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| !SELF.contains(&file.path.as_str())) {
        let respectful = is_read_by_people(&file.path);
        for (at, line) in file.lines() {
            if let Some(place) = ELSEWHERE.iter().find(|place| line.contains(**place)) {
                let what = format!("`{place}` is a place on one machine");
                found.push(Finding::new(&file.path, at, what));
            }
            if !respectful {
                continue;
            }
            let lower = line.to_lowercase().replace('\u{2019}', "'");
            if let Some((word, instead)) = HURTFUL.iter().find(|(word, _)| lower.contains(word)) {
                found.push(Finding::new(&file.path, at, format!("\"{word}\": {instead}")));
            }
        }
    }
    found
}

/// Pages, the rulebook and the documents; the glossary must be able to name what it advises against.
fn is_read_by_people(path: &str) -> bool {
    let page = path.ends_with(".html") || path.ends_with(".md");
    (page || path.starts_with("law/")) && path != GLOSSARY
}
