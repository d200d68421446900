//! What may show who somebody is. It finds likely places and decides nothing: a person reads each
//! comment, and these are what they must have looked at.

use serde::Serialize;

/// Something in a comment that may show who is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// What it may be: `name`, `contact`, `postcode`, `birth`, `year-group`.
    pub kind: &'static str,
    /// The words.
    pub words: String,
}

/// Words before a name: a child, a person of the family or somebody at work.
const BEFORE_NAMES: [&str; 23] = [
    "son",
    "daughter",
    "child",
    "boy",
    "girl",
    "brother",
    "sister",
    "grandson",
    "granddaughter",
    "called",
    "named",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "doctor",
    "teacher",
    "headteacher",
    "senco",
    "therapist",
    "officer",
    "nurse",
];
/// Words with a capital that are nobody's name.
const NO_NAMES: [&str; 40] = [
    "i",
    "send",
    "sen",
    "senco",
    "ehc",
    "ehcp",
    "camhs",
    "nhs",
    "salt",
    "ot",
    "gp",
    "asd",
    "adhd",
    "autism",
    "sendiass",
    "the",
    "a",
    "we",
    "they",
    "he",
    "she",
    "it",
    "there",
    "this",
    "when",
    "my",
    "our",
    "your",
    "please",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "english",
    "council",
    "local",
    "offer",
];

/// Everything in a text that may show who is meant, in its order, each once.
#[must_use]
pub fn marks(text: &str) -> Vec<Mark> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found: Vec<Mark> = Vec::new();
    let mut n = 0;
    while n < words.len() {
        let mark = mark_at(&words, n);
        // Words that one mark has are not marked again.
        n += mark.as_ref().map_or(1, |mark| mark.words.split_whitespace().count().max(1));
        let Some(mark) = mark else { continue };
        if !found.contains(&mark) {
            found.push(mark);
        }
    }
    found
}

fn mark_at(words: &[&str], n: usize) -> Option<Mark> {
    let word = bare(words.get(n)?);
    let before = n.checked_sub(1).and_then(|before| words.get(before)).map(|word| bare(word));
    let next = words.get(n + 1).map(|word| bare(word)).unwrap_or_default();
    let mark = |kind, words: String| Some(Mark { kind, words });
    if word.contains('@') && word.contains('.') {
        return mark("contact", word.to_owned());
    }
    if word.chars().filter(char::is_ascii_digit).count() >= 6 {
        let dated = word.contains(['/', '-', '.']);
        return mark(if dated { "birth" } else { "contact" }, word.to_owned());
    }
    // A number that is written with a space ("01632 960140").
    if digits(word) >= 4 && digits(next) >= 5 {
        return mark("contact", format!("{word} {next}"));
    }
    if is_postcode(word, next) {
        return mark("postcode", format!("{word} {next}"));
    }
    let group = ["year", "reception", "nursery", "class", "form"];
    if group.contains(&word.to_lowercase().as_str()) && digits(next) > 0 && next.len() <= 3 {
        return mark("year-group", format!("{word} {next}"));
    }
    let told = before.is_some_and(|before| BEFORE_NAMES.contains(&before.to_lowercase().as_str()));
    let pair = is_name(word) && is_name(next) && !ends_sentence(words.get(n)?);
    let begins = n == 0 || words.get(n - 1).is_some_and(|before| ends_sentence(before));
    match (told && is_name(word), pair) {
        (_, true) => mark("name", format!("{word} {next}")),
        (true, false) => mark("name", word.to_owned()),
        // A capital in the middle of a sentence is a name of somebody or of some place.
        (false, false) if !begins && is_name(word) => mark("name", word.to_owned()),
        _ => None,
    }
}

fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

fn digits(word: &str) -> usize {
    if word.chars().all(|c| c.is_ascii_digit()) { word.len() } else { 0 }
}

fn ends_sentence(word: &str) -> bool {
    word.ends_with(['.', '!', '?', ':', '\n'])
}

fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    // One in capitals throughout is an abbreviation.
    let small = letters.clone().any(char::is_lowercase);
    let whole = letters.all(|c| c.is_alphabetic() || "'’-".contains(c));
    first && small && whole && !NO_NAMES.contains(&word.to_lowercase().as_str())
}

/// "AL4 2QT", in one word or two.
fn is_postcode(word: &str, next: &str) -> bool {
    let outward = |part: &str| {
        (2..=4).contains(&part.len())
            && part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().any(|c| c.is_ascii_digit())
            && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let inward = |part: &str| {
        part.len() == 3
            && part.starts_with(|c: char| c.is_ascii_digit())
            && part.chars().skip(1).all(|c| c.is_ascii_alphabetic())
    };
    outward(word) && inward(next)
}
