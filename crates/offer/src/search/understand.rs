//! What a family's words mean: misspellings put right, an age, a place, dangers, and the concepts
//! that are wanted, needed or done. Nothing is searched here.

use super::lexicon::{ConceptKind, Lexicon};
use super::places::{Place, Places};
use super::spell::Spelling;
use super::words::{Word, plain};

/// The longest text that is read, in characters: a few sentences.
pub const WORDS_MOST: usize = 400;

/// What was understood of somebody's words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understood {
    /// Concepts, things first: id, name and kind.
    pub concepts: Vec<Meant>,
    /// An age, from and to, in years.
    pub ages: Option<(u8, u8)>,
    /// A place.
    pub place: Option<Place>,
    /// Words that were put right: as typed, and as read.
    pub put_right: Vec<(String, String)>,
    /// Dangers that the words speak of; help now comes first.
    pub dangers: Vec<String>,
    /// Whether no word was left beside a place and an age.
    pub(crate) blank: bool,
    /// The stems that say something, for those texts that hold the very words.
    pub(crate) stems: Vec<String>,
    /// Those of them that no concept explains.
    pub(crate) left: Vec<String>,
}

/// A concept that the words mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Meant {
    /// Its id.
    pub id: String,
    /// As a family reads it.
    pub name: String,
    /// What it is to the search.
    pub kind: ConceptKind,
    /// The words that meant it, as they were read.
    pub words: String,
    pub(crate) place: usize,
}

impl Understood {
    /// Whether nothing was asked but perhaps a place or an age.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.blank
    }
}

/// Reads somebody's words.
pub(crate) fn understand(
    lexicon: &Lexicon,
    spelling: &Spelling,
    places: &Places,
    text: &str,
) -> Understood {
    let text: String = text.chars().take(WORDS_MOST).collect();
    let (place, rest) = places.take_from(&text);
    let plain_text = plain(&rest);
    let typed: Vec<&str> = plain_text.split(' ').filter(|word| !word.is_empty()).collect();
    let (read, put_right) = put_right(lexicon, spelling, &typed);
    let read: Vec<&str> = read.iter().map(String::as_str).collect();
    let mut dangers = lexicon.dangers_in(&text);
    dangers.extend(lexicon.dangers_in(&read.join(" ")));
    dangers.sort();
    dangers.dedup();
    let mut stems = lexicon.stems.clone();
    let words = stems.of(&read.join(" "));
    let concepts = concepts_of(lexicon, &words);
    let (all, left) = literal(lexicon, &words);
    let ages = ages_of(lexicon, &read);
    let blank = read.is_empty() || (ages.is_some() && concepts.is_empty() && all.is_empty());
    Understood { blank, concepts, ages, place, put_right, dangers, stems: all, left }
}

fn put_right(
    lexicon: &Lexicon,
    spelling: &Spelling,
    typed: &[&str],
) -> (Vec<String>, Vec<(String, String)>) {
    let mut stems = lexicon.stems.clone();
    let mut changed = Vec::new();
    let read = typed
        .iter()
        .map(|word| {
            // A form of a word that is known is known too.
            let known = stems.stem(word) != *word && spelling.knows_stem(&stems.stem(word));
            match spelling.meant(word).filter(|_| !known) {
                Some(meant) => {
                    changed.push(((*word).to_owned(), meant.clone()));
                    meant
                }
                None => (*word).to_owned(),
            }
        })
        .collect();
    (read, changed)
}

/// The concepts of the longest phrases, each once, things before needs before acts.
fn concepts_of(lexicon: &Lexicon, words: &[Word]) -> Vec<Meant> {
    let mut meant: Vec<Meant> = Vec::new();
    let mut add = |place: usize, words: String| {
        let Some(concept) = lexicon.concepts.get(place) else { return };
        if meant.iter().all(|known| known.place != place) {
            let (id, name, kind) = (concept.id.clone(), concept.name.clone(), concept.kind);
            meant.push(Meant { id, name, kind, words, place });
        }
    };
    let mut places = Vec::new();
    for found in lexicon.longest_in(words) {
        let said: Vec<&str> =
            found.at.iter().filter_map(|at| words.get(*at)).map(|w| w.written.as_str()).collect();
        for place in found.concepts {
            add(place, said.join(" "));
            places.push(place);
        }
    }
    for (a, b, means) in &lexicon.together {
        if places.contains(a) && places.contains(b) {
            add(*means, String::new());
        }
    }
    let order = |kind| match kind {
        ConceptKind::Thing => 0,
        ConceptKind::Need => 1,
        ConceptKind::Act => 2,
    };
    meant.sort_by_key(|one| order(one.kind));
    meant
}

/// Every stem that says something by itself, and those of them in no phrase.
fn literal(lexicon: &Lexicon, words: &[Word]) -> (Vec<String>, Vec<String>) {
    let mut explained = vec![false; words.len()];
    for found in lexicon.longest_in(words) {
        found.at.iter().for_each(|at| explained[*at] = true);
    }
    let says = |word: &Word| {
        !lexicon.faint.contains(&word.stem) && !word.stem.bytes().all(|byte| byte.is_ascii_digit())
    };
    let once = |list: Vec<&Word>| {
        let mut stems: Vec<String> = list.into_iter().map(|word| word.stem.clone()).collect();
        stems.sort();
        stems.dedup();
        stems
    };
    let all = words.iter().filter(|word| says(word)).collect();
    let left = words.iter().zip(&explained).filter(|(word, explained)| !**explained && says(word));
    (once(all), once(left.map(|(word, _)| word).collect()))
}

/// The oldest age in years that a number in somebody's words is taken for.
const AGE_MOST: u8 = 25;

/// The age that the words name: "3 year old", "aged 14", "18 months", "year 9", "toddler".
fn ages_of(lexicon: &Lexicon, words: &[&str]) -> Option<(u8, u8)> {
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let after = words.get(at + 1).copied().unwrap_or_default();
        let Some(number) = number(word) else { continue };
        match (before, after) {
            (_, "month" | "months" | "mth" | "mths" | "mo") if number <= 60 => {
                return Some((number / 12, number / 12));
            }
            (_, "year" | "years" | "yr" | "yrs" | "yo" | "yearold" | "yr old")
                if number <= AGE_MOST && before != "for" =>
            {
                return Some((number, number));
            }
            ("year" | "yr" | "y", _) if (1..=13).contains(&number) => {
                return Some((number + 4, number + 5));
            }
            ("age" | "aged" | "turning" | "turns" | "nearly" | "hes" | "shes" | "is" | "im", _)
                if number <= AGE_MOST && !matches!(after, "percent" | "weeks" | "days") =>
            {
                return Some((number, number));
            }
            _ => {}
        }
    }
    if let Some(age) = words.iter().find_map(|word| joined_age(word)) {
        return Some((age, age));
    }
    (0..words.len()).find_map(|at| lexicon.age_of(words.get(at..)?)).map(|(ages, _)| ages)
}

/// "3yo", "14yr".
fn joined_age(word: &str) -> Option<u8> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let rest = word.get(digits.len()..)?;
    let age: u8 = digits.parse().ok()?;
    (matches!(rest, "yo" | "yr" | "yrs" | "y" | "yearold") && age <= AGE_MOST).then_some(age)
}

fn number(word: &str) -> Option<u8> {
    const WORDS: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let named =
        WORDS.iter().position(|name| *name == word).and_then(|at| u8::try_from(at + 1).ok());
    named.or_else(|| word.parse().ok())
}
