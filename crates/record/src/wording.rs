//! The wording of reasons as it may be compared with that of other refusals: not a word of it is
//! kept, only marks of long runs of words. Names, figures and "he" or "she" count for nothing, so
//! that the same letter about two children leaves the same marks.

use std::collections::BTreeSet;

use crate::doubts::{sentences, words};
use crate::record::Record;
use crate::words::MONTHS;

/// So many words in a row are a run. A run of eleven that two texts share always leaves a mark that
/// they share.
const RUN: usize = 8;
/// Of so many runs in a row the least is kept as a mark.
const WINDOW: usize = 4;

/// In how many other refusals a wording must stand before it is shown as one used before.
pub const USED_BEFORE_MIN: usize = 3;
/// The doubt that such a wording raises.
pub const USED_BEFORE: &str = "used-before";

/// A mark of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The mark: a hash in hexadecimal.
    pub mark: String,
    /// The sentences of this text in which its run stands, as they were written.
    pub passage: String,
}

/// The marks of reasons given on a record, each once.
#[must_use]
pub fn marks(reasons: &str, record: &Record) -> Vec<Mark> {
    let names = names_on(record);
    let sentences: Vec<&str> = sentences(reasons).collect();
    // Each word with the sentence it stands in.
    let plain: Vec<(String, usize)> = sentences
        .iter()
        .enumerate()
        .flat_map(|(at, sentence)| words(sentence).into_iter().map(move |word| (word, at)))
        .map(|(word, at)| (plain(word, &names), at))
        .collect();
    let runs: Vec<u64> =
        plain.windows(RUN).map(|run| hash(run.iter().map(|(word, _)| word.as_str()))).collect();
    let mut kept: BTreeSet<(usize, u64)> = BTreeSet::new();
    for (from, window) in runs.windows(WINDOW.min(runs.len()).max(1)).enumerate() {
        // The last of the least ones, so that a text without variety leaves few.
        let least = window.iter().enumerate().rev().min_by_key(|(_, run)| **run);
        kept.extend(least.map(|(at, run)| (from + at, *run)));
    }
    let mut seen = BTreeSet::new();
    kept.into_iter()
        .filter(|(_, run)| seen.insert(*run))
        .map(|(at, run)| {
            let sentence = |at: usize| plain.get(at).map_or(0, |(_, sentence)| *sentence);
            let passage = sentences.get(sentence(at)..=sentence(at + RUN - 1));
            Mark { mark: format!("{run:016x}"), passage: passage.unwrap_or_default().join(" ") }
        })
        .collect()
}

/// The names on the record, a word each.
fn names_on(record: &Record) -> BTreeSet<String> {
    let child = record.registered().map(|child| child.name.full());
    let people = record.people().into_iter().map(|tied| tied.name.full());
    child.into_iter().chain(people).flat_map(|name| words(&name)).collect()
}

/// A word without what differs from child to child.
fn plain(word: String, names: &BTreeSet<String>) -> String {
    match word.as_str() {
        _ if names.contains(&word) => "*".to_owned(),
        // "Idris's", without its apostrophe.
        _ if word.strip_suffix('s').is_some_and(|name| names.contains(name)) => "*".to_owned(),
        _ if word.chars().any(|letter| letter.is_ascii_digit()) => "#".to_owned(),
        _ if MONTHS.contains(&word.as_str()) => "#".to_owned(),
        "he" | "she" | "they" => "they".to_owned(),
        "his" | "her" | "hers" | "him" | "their" | "them" => "their".to_owned(),
        _ => word,
    }
}

/// FNV-1a of 64 bits: the same in every version and on every machine.
fn hash<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = words.flat_map(|word| word.bytes().chain(std::iter::once(b' ')));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
