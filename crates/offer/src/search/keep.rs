//! What may be kept of a search that found nothing. Names, addresses and numbers never are: a word is
//! kept only where it is a concept of ours, or one that texts of this directory write small.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{ConceptKind, Lexicon};
use super::understand::Understood;
use super::words::plain;
use crate::model::Directory;

/// Shorter words say too little to be counted.
const LETTERS_LEAST: usize = 3;
/// More words of one search are not kept: a whole sentence could tell of somebody.
const WORDS_MOST: usize = 4;

/// Common words, by their stems.
#[derive(Clone, Debug, Default)]
pub(crate) struct Common(BTreeMap<String, String>);

impl Common {
    pub(crate) fn of(directory: &Directory, lexicon: &Lexicon) -> Self {
        let mut common = BTreeMap::new();
        let mut stems = lexicon.stems.clone();
        let mut add = |word: &str| {
            if word.len() >= LETTERS_LEAST && word.chars().all(char::is_alphabetic) {
                let stem = stems.stem(word);
                let known: &mut String = common.entry(stem).or_default();
                // Of the forms of a word the shortest, so that one text more changes little.
                if known.is_empty() || word.len() < known.len() {
                    word.clone_into(known);
                }
            }
        };
        for word in lexicon.written.iter().chain(&lexicon.right) {
            add(word);
        }
        for service in directory.services.values() {
            for text in [&service.description, &service.who_for, &service.next_step] {
                let small = text.split_whitespace().filter(|word| is_small(word));
                small.for_each(|word| add(&plain(word)));
            }
        }
        Self(common)
    }

    pub(crate) fn of_search(&self, understood: &Understood) -> String {
        let concepts = understood.concepts.iter().filter(|one| one.kind != ConceptKind::Act);
        let names: BTreeSet<&str> = concepts.map(|one| one.name.as_str()).collect();
        let words: BTreeSet<&str> = understood
            .left
            .iter()
            .filter_map(|stem| self.0.get(stem))
            .map(String::as_str)
            .collect();
        let kept: Vec<&str> = names.into_iter().chain(words).take(WORDS_MOST).collect();
        kept.join(", ")
    }
}

/// Whether a word is written as common words are: a capital may be a name.
fn is_small(word: &str) -> bool {
    word.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_lowercase)
}
