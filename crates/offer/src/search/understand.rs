//! What a family's words mean: misspellings put right, an age, a place, dangers, and the concepts
//! that are wanted, needed or done. Nothing is searched here.

use super::lexicon::{ConceptKind, Lexicon, Match};
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
    /// Whether they speak of a child, and not of somebody grown up.
    pub(crate) small: bool,
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
    let typed = joined(spelling, &typed);
    let (read, put_right) = put_right(lexicon, spelling, &typed);
    let read: Vec<&str> = read.iter().map(String::as_str).collect();
    let mut dangers = lexicon.dangers_in(&text);
    dangers.extend(lexicon.dangers_in(&read.join(" ")));
    dangers.sort();
    dangers.dedup();
    let mut stems = lexicon.stems.clone();
    let words = wanted_of(lexicon, stems.of(&read.join(" ")));
    let concepts = concepts_of(lexicon, &words);
    let (all, left) = literal(lexicon, &words);
    let ages = ages_of(lexicon, &read);
    let small = read.iter().any(|word| SMALL.contains(word));
    let blank = read.is_empty() || (ages.is_some() && concepts.is_empty() && all.is_empty());
    Understood { blank, small, concepts, ages, place, put_right, dangers, stems: all, left }
}

/// Words for a child that nobody uses of an adult.
const SMALL: [&str; 8] = ["boy", "girl", "kid", "kids", "toddler", "baby", "tot", "child"];

/// The words, with two that are one written together ("wheel chair").
fn joined(spelling: &Spelling, typed: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::with_capacity(typed.len());
    for word in typed {
        match words.last_mut().and_then(|last| Some((spelling.joined(last, word)?, last))) {
            Some((one, last)) => *last = one,
            None => words.push((*word).to_owned()),
        }
    }
    words
}

/// The words as they were meant, and those that were changed: as typed, and as read.
fn put_right(
    lexicon: &Lexicon,
    spelling: &Spelling,
    typed: &[String],
) -> (Vec<String>, Vec<(String, String)>) {
    let mut stems = lexicon.stems.clone();
    let mut changed = Vec::new();
    let mut read = Vec::with_capacity(typed.len());
    for word in typed {
        // A form of a word that is known is known too.
        let stem = stems.stem(word);
        let known = stem != *word && spelling.knows_stem(&stem);
        let meant = if known { None } else { spelling.meant(word) };
        if let Some(meant) = meant {
            changed.push((word.clone(), meant.clone()));
            read.push(meant);
        } else if let Some((a, b)) = spelling.parted(word).filter(|_| !known) {
            changed.push((word.clone(), format!("{a} {b}")));
            read.extend([a, b]);
        } else {
            read.push(word.clone());
        }
    }
    (read, changed)
}

/// Words that say that what follows is not what is meant: "not autism". "Cannot" and "no" are not
/// among them: whoever cannot swim may want to.
const ASIDE: [&str; 3] = ["not", "isnt", "arent"];

/// The words without what somebody sets aside, as long as something else is asked for.
fn wanted_of(lexicon: &Lexicon, words: Vec<Word>) -> Vec<Word> {
    let found = lexicon.longest_in(&words);
    let is_free = |at: usize| !found.iter().any(|one| one.at.contains(&at));
    let label = |at: &usize| lexicon.concepts.get(*at).is_some_and(|one| one.label);
    let is_aside = |one: &&Match| {
        let before = one.at.first().and_then(|at| at.checked_sub(1));
        one.concepts.iter().all(label)
            && before.is_some_and(|at| is_free(at) && ASIDE.contains(&words[at].written.as_str()))
    };
    let aside: Vec<&Match> = found.iter().filter(is_aside).collect();
    if aside.is_empty() || aside.len() == found.len() {
        return words;
    }
    let gone: Vec<usize> = aside.iter().flat_map(|one| one.at.iter().copied()).collect();
    let kept = words.iter().enumerate().filter(|(at, _)| !gone.contains(at));
    kept.map(|(_, word)| word.clone()).collect()
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
    let (mut places, mut gone) = (Vec::new(), Vec::new());
    for found in lexicon.longest_in(words) {
        let said: Vec<&str> =
            found.at.iter().filter_map(|at| words.get(*at)).map(|w| w.written.as_str()).collect();
        let needs = needs_within(lexicon, words, &found);
        for place in found.concepts.into_iter().chain(needs) {
            add(place, said.join(" "));
            places.push(place);
        }
    }
    for pair in &lexicon.together {
        if places.contains(&pair.of.0) && places.contains(&pair.of.1) {
            add(pair.means, String::new());
            gone.extend(pair.instead.then_some(pair.of.0));
        }
    }
    meant.retain(|one| !gone.contains(&one.place));
    let order = |kind| match kind {
        ConceptKind::Thing => 0,
        ConceptKind::Need => 1,
        ConceptKind::Act => 2,
    };
    meant.sort_by_key(|one| order(one.kind));
    meant
}

/// The needs that a longer phrase for a thing names: an epilepsy nurse is a nurse, for epilepsy.
fn needs_within(lexicon: &Lexicon, words: &[Word], found: &Match) -> Vec<usize> {
    let is = |place: usize, kind| lexicon.concepts.get(place).is_some_and(|one| one.kind == kind);
    if found.at.len() < 2 || !found.concepts.iter().any(|at| is(*at, ConceptKind::Thing)) {
        return Vec::new();
    }
    let own: Vec<Word> = found.at.iter().filter_map(|at| words.get(*at)).cloned().collect();
    let within = lexicon.all_in(&own).into_iter().filter(|one| one.at.len() < own.len());
    within.flat_map(|one| one.concepts).filter(|at| is(*at, ConceptKind::Need)).collect()
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

/// Words before a number of years that lasted, and after it.
const LASTS: [&str; 11] = [
    "for", "waiting", "waited", "wait", "been", "over", "last", "past", "another", "within", "took",
];
const LASTED: [&str; 6] = ["ago", "wait", "waiting", "later", "now", "running"];

/// The age that the words name: "3 year old", "aged 14", "18 months", "year 9", "toddler".
fn ages_of(lexicon: &Lexicon, words: &[&str]) -> Option<(u8, u8)> {
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let after = words.get(at + 1).copied().unwrap_or_default();
        let Some(number) = number(word) else { continue };
        let next = words.get(at + 2).copied().unwrap_or_default();
        let is_age = matches!(next, "old" | "olds");
        if !is_age && (LASTS.contains(&before) || LASTED.contains(&next)) {
            continue;
        }
        match (before, after) {
            (_, "month" | "months" | "mth" | "mths" | "mo") if number <= 60 => {
                return Some((number / 12, number / 12));
            }
            (_, "year" | "years" | "yr" | "yrs" | "yo" | "yearold" | "yr old")
                if number <= AGE_MOST =>
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
