//! The words of families and of the field, as data: which phrases mean which concept, which words
//! mean an age or a danger. An area lays its own file over the built-in ones.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::danger::{Danger, dangers_in};
use super::words::{Stems, Word};

/// What a concept is to a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConceptKind {
    /// What is wanted: it leads.
    Thing,
    /// What somebody has or finds hard: it narrows, and leads where no thing is named.
    Need,
    /// What somebody does: it helps along.
    Act,
}

/// Why a file of words cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// It is not a file of words.
    #[error("{file}: {why}")]
    Form {
        /// The file.
        file: String,
        /// What is wrong, and where.
        why: String,
    },
    /// A concept names one that is not there.
    #[error("{concept} names {missing}, which is no concept")]
    Missing {
        /// The concept.
        concept: String,
        /// What it names.
        missing: String,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    version: String,
    concept: Vec<Entry>,
    more: Vec<MoreEntry>,
    danger: Vec<DangerEntry>,
    together: Vec<TogetherEntry>,
    empty: Vec<String>,
    faint: Vec<String>,
    same: BTreeMap<String, String>,
    ages: BTreeMap<String, (u8, u8)>,
    right: Right,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Right {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    kind: ConceptKind,
    name: String,
    says: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default = "whole")]
    weight: f32,
    #[serde(default)]
    or_need: bool,
    #[serde(default)]
    label: bool,
}

/// More words for a concept of another file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoreEntry {
    id: String,
    says: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DangerEntry {
    id: String,
    says: Vec<String>,
    #[serde(default)]
    loose: Vec<String>,
    #[serde(default)]
    but: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TogetherEntry {
    of: (String, String),
    means: String,
    /// Whether the first of the two is then not meant.
    #[serde(default)]
    instead: bool,
}

const fn whole() -> f32 {
    1.0
}

/// Something that words can mean.
#[derive(Clone, Debug)]
pub struct Concept {
    /// Its id ("speech-therapy").
    pub id: String,
    /// What it is to a search.
    pub kind: ConceptKind,
    /// What families are shown ("speech and language therapy").
    pub name: String,
    /// Places of the wider concepts of which it is one, with theirs.
    pub(crate) also: Vec<usize>,
    /// Places of concepts that are looked for beside it.
    pub(crate) near: Vec<usize>,
    /// How much it counts beside others of its kind.
    pub(crate) weight: f32,
    /// Whether it is but a need where another thing is named ("holiday club wheelchair").
    pub(crate) or_need: bool,
    /// Whether it names what somebody has, so that "not" before it sets it aside: "not autism" is so,
    /// and "not toilet trained" is a need.
    pub(crate) label: bool,
}

/// All that is known of words.
#[derive(Clone)]
pub struct Lexicon {
    /// Which files it was made of, by their versions.
    pub version: String,
    pub(crate) concepts: Vec<Concept>,
    phrases: Phrases,
    dangers: Vec<Danger>,
    /// Concepts that mean a third together.
    pub(crate) together: Vec<Together>,
    ages: Vec<(Vec<String>, (u8, u8))>,
    pub(crate) stems: Stems,
    /// Words that stand in its phrases, as they are written, and others that are right.
    pub(crate) written: Vec<String>,
    pub(crate) right: Vec<String>,
    /// Words of its phrases that are of another language.
    pub(crate) foreign: Vec<String>,
    /// Stems that say something within a phrase alone.
    pub(crate) faint: BTreeSet<String>,
}

/// Places of two concepts, of the one that they mean together, and whether it stands for the first.
#[derive(Clone, Debug)]
pub(crate) struct Together {
    pub(crate) of: (usize, usize),
    pub(crate) means: usize,
    pub(crate) instead: bool,
}

/// Phrases by their first stem, longest first, each with the concepts that it means.
#[derive(Clone, Default)]
struct Phrases(BTreeMap<String, Vec<Phrase>>);

/// The stems of a phrase, and the places of the concepts that it means.
type Phrase = (Vec<String>, Vec<usize>);

/// A phrase found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// Places of its words.
    pub(crate) at: Vec<usize>,
    /// Places of the concepts that it means.
    pub(crate) concepts: Vec<usize>,
}

impl Lexicon {
    /// The words that come with the program.
    ///
    /// # Errors
    /// None that a test would not have found.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::of(&[])
    }

    /// The same with an area's own files over it: name and text of each.
    ///
    /// # Errors
    /// Where a file cannot be read, or a concept names one that is not there.
    pub fn of(own: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let ours = [
            ("plain.toml", include_str!("../../data/words/plain.toml")),
            ("needs.toml", include_str!("../../data/words/needs.toml")),
            ("things.toml", include_str!("../../data/words/things.toml")),
            ("acts.toml", include_str!("../../data/words/acts.toml")),
            ("languages.toml", include_str!("../../data/words/languages.toml")),
            ("danger.toml", include_str!("../../data/words/danger.toml")),
        ];
        let mut whole = File::default();
        for (name, text) in ours.iter().chain(own) {
            let file: File = toml::from_str(text).map_err(|error| LexiconError::Form {
                file: (*name).to_owned(),
                why: error.to_string(),
            })?;
            lay_over(&mut whole, file);
        }
        build(whole)
    }

    /// A concept by its id.
    #[must_use]
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts.iter().find(|concept| concept.id == id)
    }

    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        self.concepts.iter().position(|concept| concept.id == id)
    }

    /// Every phrase that stands in a text, one within another included. A faint word may stand
    /// between two of its words: "assessment of children for autism".
    pub(crate) fn all_in(&self, words: &[Word]) -> Vec<Match> {
        let mut found: Vec<Match> =
            (0..words.len()).flat_map(|at| self.phrases.starting(words, at, 1)).collect();
        found.retain(|one| self.only_faint_between(words, one));
        found
    }

    /// Whether no word that says something stands between those of a phrase.
    fn only_faint_between(&self, words: &[Word], found: &Match) -> bool {
        let mut gaps = found.at.windows(2).flat_map(|pair| pair[0] + 1..pair[1]);
        gaps.all(|at| self.faint.contains(&words[at].stem))
    }

    /// The phrases of a short text, the longest first, no word used twice. Words may stand between
    /// those of a phrase: "sends my son home early".
    pub(crate) fn longest_in(&self, words: &[Word]) -> Vec<Match> {
        let mut found: Vec<Match> =
            (0..words.len()).flat_map(|at| self.phrases.starting(words, at, GAP_MOST)).collect();
        // "Never turns up for school" is not "no school".
        let begins_faint =
            |one: &Match| one.at.first().is_some_and(|at| self.faint.contains(&words[*at].stem));
        found.retain(|one| !begins_faint(one) || self.only_faint_between(words, one));
        let span = |found: &Match| match (found.at.first(), found.at.last()) {
            (Some(first), Some(last)) => last - first,
            _ => 0,
        };
        // Of two that are alike, the one whose words say more: "school meeting", not "help in school".
        let faint =
            |one: &Match| one.at.iter().filter(|at| self.faint.contains(&words[**at].stem)).count();
        found.sort_by_key(|one| {
            (std::cmp::Reverse(one.at.len()), span(one), faint(one), one.at.clone())
        });
        let mut used = vec![false; words.len()];
        found.retain(|one| {
            let is_free = one.at.iter().all(|at| !used[*at]);
            if is_free {
                one.at.iter().for_each(|at| used[*at] = true);
            }
            is_free
        });
        found.sort_by_key(|one| one.at.clone());
        found
    }

    /// The dangers that a text speaks of.
    pub(crate) fn dangers_in(&self, text: &str) -> Vec<String> {
        dangers_in(&self.dangers, text)
    }

    /// Ages that words alone mean ("toddler").
    pub(crate) fn age_of(&self, words: &[&str]) -> Option<((u8, u8), usize)> {
        self.ages
            .iter()
            .filter(|(phrase, _)| {
                words.len() >= phrase.len() && phrase.iter().zip(words).all(|(a, b)| a == b)
            })
            .max_by_key(|(phrase, _)| phrase.len())
            .map(|(phrase, ages)| (*ages, phrase.len()))
    }
}

/// Words that may stand between two of one phrase.
const GAP_MOST: usize = 2;

impl Phrases {
    /// Phrases whose first word is the one at `start`, with at most `gap` words between two.
    fn starting(&self, words: &[Word], start: usize, gap: usize) -> Vec<Match> {
        let Some(first) = words.get(start) else { return Vec::new() };
        let Some(phrases) = self.0.get(&first.stem) else { return Vec::new() };
        let fits = |(stems, concepts): &Phrase| {
            let mut at = vec![start];
            for stem in stems.iter().skip(1) {
                let last = at.last().copied().unwrap_or(start);
                let ahead = words.iter().enumerate().skip(last + 1).take(gap + 1);
                let (place, _) = ahead.into_iter().find(|(_, word)| word.stem == *stem)?;
                at.push(place);
            }
            Some(Match { at, concepts: concepts.clone() })
        };
        phrases.iter().filter_map(fits).collect()
    }
}

/// A concept that is there already is put in place whole; lists grow.
fn lay_over(whole: &mut File, file: File) {
    if !file.version.is_empty() {
        whole.version = format!("{} {}", whole.version, file.version).trim().to_owned();
    }
    for entry in file.concept {
        whole.concept.retain(|known| known.id != entry.id);
        whole.concept.push(entry);
    }
    whole.more.extend(file.more);
    whole.danger.extend(file.danger);
    whole.together.extend(file.together);
    whole.empty.extend(file.empty);
    whole.faint.extend(file.faint);
    whole.same.extend(file.same);
    whole.ages.extend(file.ages);
    whole.right.words.extend(file.right.words);
}

fn build(file: File) -> Result<Lexicon, LexiconError> {
    let mut stems = Stems::new(&file.empty, &file.same);
    let places: BTreeMap<&str, usize> =
        file.concept.iter().enumerate().map(|(at, entry)| (entry.id.as_str(), at)).collect();
    let one = |whose: &str, id: &str| {
        places.get(id).copied().ok_or_else(|| LexiconError::Missing {
            concept: whose.to_owned(),
            missing: id.to_owned(),
        })
    };
    let find = |entry: &Entry, ids: &[String]| -> Result<Vec<usize>, LexiconError> {
        ids.iter().map(|id| one(&entry.id, id)).collect()
    };
    let faint: BTreeSet<String> = file.faint.iter().map(|word| stems.stem(word)).collect();
    let mut concepts = Vec::new();
    let mut phrases = Phrases::default();
    let (mut written, mut foreign) = (Vec::new(), Vec::new());
    for more in &file.more {
        one("a list of more words", &more.id)?;
    }
    for (at, entry) in file.concept.iter().enumerate() {
        let more = file.more.iter().filter(|more| more.id == entry.id);
        let more = more.flat_map(|more| &more.says).map(|phrase| (phrase, true));
        for (phrase, is_foreign) in entry.says.iter().map(|phrase| (phrase, false)).chain(more) {
            let words = stems.of(phrase);
            let known = if is_foreign { &mut foreign } else { &mut written };
            known.extend(words.iter().map(|word| word.written.clone()));
            // What is left of "help me" would find every text that helps.
            if !matches!(words.as_slice(), [only] if faint.contains(&only.stem)) {
                phrases.add(words, at);
            }
        }
        concepts.push(Concept {
            id: entry.id.clone(),
            kind: entry.kind,
            name: entry.name.clone(),
            also: find(entry, &entry.also)?,
            near: find(entry, &entry.near)?,
            weight: entry.weight,
            or_need: entry.or_need,
            label: entry.label,
        });
    }
    close_wider(&mut concepts);
    let mut together = Vec::new();
    for TogetherEntry { of: (a, b), means, instead } in &file.together {
        let of = (one(means, a)?, one(means, b)?);
        together.push(Together { of, means: one(a, means)?, instead: *instead });
    }
    let dangers =
        file.danger.iter().map(|one| Danger::new(one.id.clone(), &one.says, &one.loose, &one.but));
    let split = |phrase: &String| phrase.split(' ').map(str::to_owned).collect();
    Ok(Lexicon {
        version: file.version.clone(),
        phrases,
        dangers: dangers.collect(),
        ages: file.ages.iter().map(|(phrase, ages)| (split(phrase), *ages)).collect(),
        concepts,
        together,
        stems,
        written,
        foreign,
        right: [file.right.words, file.empty, file.faint].concat(),
        faint,
    })
}

/// What is a kind of a kind of a thing is a kind of it.
fn close_wider(concepts: &mut [Concept]) {
    for _ in 0..3 {
        for at in 0..concepts.len() {
            let mut all = concepts[at].also.clone();
            for wider in &concepts[at].also {
                all.extend(concepts[*wider].also.iter().copied());
            }
            all.sort_unstable();
            all.dedup();
            concepts[at].also = all;
        }
    }
}

impl Phrases {
    fn add(&mut self, words: Vec<Word>, concept: usize) {
        let stems: Vec<String> = words.into_iter().map(|word| word.stem).collect();
        let Some(first) = stems.first().cloned() else { return };
        let list = self.0.entry(first).or_default();
        match list.iter_mut().find(|(known, _)| *known == stems) {
            Some((_, concepts)) if concepts.contains(&concept) => {}
            Some((_, concepts)) => concepts.push(concept),
            None => list.push((stems, vec![concept])),
        }
    }
}
