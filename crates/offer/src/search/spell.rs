//! Misspelt words put right: the nearest word that is known here, when it is near enough.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::Lexicon;
use super::sound::{long_o, sound};

/// Words that are known here, by their first letter, with how much each is to be preferred.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spelling {
    known: BTreeMap<String, u32>,
    by_first: BTreeMap<char, Vec<(Vec<char>, u32)>>,
    by_sound: BTreeMap<String, Vec<(Vec<char>, u32)>>,
    by_long_o: BTreeMap<String, Vec<(Vec<char>, u32)>>,
    stems: BTreeSet<String>,
    /// Words of other languages, which are right and are nothing that others are put right to.
    foreign: BTreeSet<String>,
    /// Long words of the phrases, which people may write as two.
    long: BTreeSet<String>,
}

/// Shorter words are left as they are: most are acronyms.
const LETTERS_LEAST: usize = 4;
/// From this length on two mistakes are put right.
const LETTERS_TWO: usize = 7;
/// From this length on a word may be two that were written as one, or have been written as two.
const LETTERS_PAIR: usize = 8;
/// The shortest half of such a word.
const LETTERS_HALF: usize = 3;

impl Spelling {
    /// Adds a word; of two that are equally near, the one with more weight is taken.
    pub(crate) fn add(&mut self, word: &str, weight: u32) {
        if word.len() >= LETTERS_LEAST && word.chars().all(char::is_alphabetic) {
            *self.known.entry(word.to_owned()).or_default() += weight;
        }
    }

    /// Call once, when every word is added.
    pub(crate) fn finish(&mut self, lexicon: &Lexicon) {
        let mut stems = lexicon.stems.clone();
        // A form of a short word is right too, though none is put right to one.
        let known = self.known.keys().chain(&lexicon.written);
        self.stems = known.map(|word| stems.stem(word)).collect();
        let long = lexicon.written.iter().filter(|word| word.len() >= LETTERS_PAIR);
        self.long = long.cloned().collect();
        self.foreign = lexicon.foreign.iter().cloned().collect();
        self.sort();
    }

    fn sort(&mut self) {
        for (word, weight) in &self.known {
            if let Some(first) = word.chars().next() {
                let letters: Vec<char> = word.chars().collect();
                let said = self.by_sound.entry(sound(word)).or_default();
                said.push((letters.clone(), *weight));
                let long = self.by_long_o.entry(long_o(word)).or_default();
                long.push((letters.clone(), *weight));
                self.by_first.entry(first).or_default().push((letters, *weight));
            }
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.known.contains_key(word) || self.foreign.contains(word)
    }

    /// Whether some form of a word is known.
    pub(crate) fn knows_stem(&self, stem: &str) -> bool {
        self.stems.contains(stem)
    }

    /// The one long word that two may be ("wheel chair").
    pub(crate) fn joined(&self, a: &str, b: &str) -> Option<String> {
        if a.len() < LETTERS_HALF || b.len() < LETTERS_HALF {
            return None;
        }
        let joined = format!("{a}{b}");
        self.long.contains(&joined).then_some(joined)
    }

    /// The two known words that an unknown one may be ("schoolbus").
    pub(crate) fn parted(&self, word: &str) -> Option<(String, String)> {
        if word.len() < LETTERS_PAIR || !word.is_ascii() || self.knows(word) {
            return None;
        }
        let known = |part: &str| self.knows(part) || self.stems.contains(part);
        (LETTERS_HALF + 1..=word.len() - LETTERS_HALF).rev().find_map(|at| {
            let (a, b) = word.split_at(at);
            (known(a) && known(b)).then(|| (a.to_owned(), b.to_owned()))
        })
    }

    /// The known word that was probably meant, if there is one near enough, by its letters or by
    /// its sound.
    pub(crate) fn meant(&self, word: &str) -> Option<String> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < LETTERS_LEAST
            || self.knows(word)
            || letters.iter().any(|letter| !letter.is_alphabetic())
        {
            return None;
        }
        let most = if letters.len() >= LETTERS_TWO { 2 } else { 1 };
        let mut best = Best::default();
        let by_sound = sounds_like(&letters);
        let second = letters.get(1).copied();
        let firsts: BTreeSet<char> =
            letters.first().copied().into_iter().chain(second).chain(by_sound.clone()).collect();
        for first in firsts {
            for (known, weight) in self.by_first.get(&first).into_iter().flatten() {
                if known.len().abs_diff(letters.len()) > most {
                    continue;
                }
                // With another first letter it is two letters in each other's place, or a sound.
                let swapped = known.get(1) == letters.first() && known.first() == letters.get(1);
                if Some(&first) != letters.first() && !swapped && !by_sound.contains(&first) {
                    continue;
                }
                let steps = steps_between(&letters, known, most);
                if steps <= most {
                    best.or(known, 2 * steps, *weight);
                }
            }
        }
        for (known, weight) in self.by_long_o.get(&long_o(word)).into_iter().flatten() {
            best.or(known, SAME_VOWEL, *weight);
        }
        if letters.len() >= LETTERS_SOUND {
            let far = letters.len() / 2;
            for (known, weight) in self.by_sound.get(&sound(word)).into_iter().flatten() {
                let steps = steps_between(&letters, known, far);
                if steps <= far {
                    best.or(known, (2 * steps).saturating_sub(SOUND_WORTH), *weight);
                }
            }
        }
        best.0.map(|(_, _, known)| known.iter().collect())
    }
}

/// The word that is nearest so far: how far it is, its weight, and its letters.
#[derive(Default)]
struct Best<'a>(Option<(usize, u32, &'a [char])>);

impl<'a> Best<'a> {
    fn or(&mut self, known: &'a [char], far: usize, weight: u32) {
        let is_better = self
            .0
            .is_none_or(|(least, heaviest, _)| far < least || (far == least && weight > heaviest));
        if is_better {
            self.0 = Some((far, weight, known));
        }
    }
}

/// Shorter words sound like too many others.
const LETTERS_SOUND: usize = 5;
/// What the same sound is worth, in halves of a letter.
const SOUND_WORTH: usize = 3;

/// How far a word is that differs in how one vowel is written, in halves of a letter.
const SAME_VOWEL: usize = 1;

/// First letters that sound as this word's own. People seldom get the first letter wrong otherwise.
fn sounds_like(letters: &[char]) -> Vec<char> {
    match letters.first() {
        Some('f') => vec!['p'],
        Some('s') => vec!['c', 'p'],
        Some('c') => vec!['k', 's'],
        Some('k') => vec!['c'],
        Some('n') => vec!['k'],
        _ => Vec::new(),
    }
}

/// How many letters have to be added, left out, changed or swapped with their neighbour; anything
/// over `most` may come back as `most + 1`.
fn steps_between(a: &[char], b: &[char], most: usize) -> usize {
    let width = b.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for (i, from) in a.iter().enumerate() {
        row[0] = i + 1;
        let mut least = row[0];
        for (j, to) in b.iter().enumerate() {
            let changed = last[j] + usize::from(from != to);
            let mut steps = changed.min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swapped {
                steps = steps.min(before[j - 1] + 1);
            }
            row[j + 1] = steps;
            least = least.min(steps);
        }
        if least > most {
            return most + 1;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_left() {
        let mut spelling = Spelling::default();
        for word in [
            "autism",
            "assessment",
            "dyslexia",
            "physio",
            "sleep",
            "speech",
            "salt",
            "talk",
            "took",
        ] {
            spelling.add(word, 1);
        }
        spelling.sort();
        for (typed, meant) in [
            ("autsim", Some("autism")),
            ("uatism", Some("autism")),
            ("assesment", Some("assessment")),
            ("dislexya", Some("dyslexia")),
            ("fysio", Some("physio")),
            ("speach", Some("speech")),
            ("salt", None),
            ("slt", None),
            ("tork", Some("talk")),
            ("garden", None),
        ] {
            assert_eq!(spelling.meant(typed).as_deref(), meant, "{typed}");
        }
    }
}
