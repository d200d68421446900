//! Reasons of a refusal, read for tests that the law does not know ("two cycles", "needs a
//! diagnosis"). The phrases are data. A doubt shows the passage and the law's own test; whoever
//! decides may go on, and the record keeps with which doubts.

use std::sync::LazyLock;

use serde::Deserialize;

/// A test that the law does not know, with the one that it does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// Its id, such as `cycles`.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// What the law asks instead.
    pub law: String,
    /// Where that is written.
    pub cite: String,
    phrases: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// A passage of the reasons that raises a doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubted {
    /// The doubt.
    pub doubt: &'static Doubt,
    /// The sentence in which it stands, as it was written.
    pub passage: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubts {
    doubt: Vec<Doubt>,
}

/// Compiled in; a test reads it, so it cannot be empty.
static DOUBTS: LazyLock<Doubts> =
    LazyLock::new(|| toml::from_str(include_str!("../data/doubts.toml")).unwrap_or_default());

/// The doubt of that id.
#[must_use]
pub fn doubt(id: &str) -> Option<&'static Doubt> {
    DOUBTS.doubt.iter().find(|doubt| doubt.id == id)
}

/// The doubts that these reasons raise, each once, at the first sentence that does.
#[must_use]
pub fn doubts(reasons: &str) -> Vec<Doubted> {
    let sentences: Vec<(&str, Vec<String>)> =
        sentences(reasons).map(|sentence| (sentence, words(sentence))).collect();
    DOUBTS
        .doubt
        .iter()
        .filter_map(|doubt| {
            let (passage, _) = sentences.iter().find(|(_, words)| {
                doubt.phrases.iter().any(|phrase| holds(words, phrase))
                    && !doubt.unless.iter().any(|phrase| holds(words, phrase))
            })?;
            Some(Doubted { doubt, passage: (*passage).to_owned() })
        })
        .collect()
}

/// The sentences, as far as full stops, questions and line ends tell. A stop inside a number ends
/// none.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |at: usize, letter: char| {
        let rest = text.get(at + letter.len_utf8()..).unwrap_or_default();
        letter == '\n'
            || (matches!(letter, '.' | '!' | '?')
                && rest.chars().next().is_none_or(char::is_whitespace))
    };
    let mut from = 0;
    let mut list = Vec::new();
    for (at, letter) in text.char_indices() {
        if ends(at, letter) {
            let to = at + letter.len_utf8();
            list.push(text.get(from..to).unwrap_or_default());
            from = to;
        }
    }
    list.push(text.get(from..).unwrap_or_default());
    list.into_iter().map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// The words of a text in lower case. A hyphen parts words, an apostrophe of either kind is left
/// out, and so is a comma inside a number.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '–' | '/' | '‑'))
        .map(|word| {
            word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
        })
        .map(String::from_iter)
        .filter(|word: &String| !word.is_empty())
        .collect()
}

/// The words that `..` may stand for, at most.
const GAP_MAX: usize = 6;

/// A part of a phrase.
enum Wanted {
    /// Any one word.
    Any,
    /// A few words or none.
    Gap,
    /// One of these words; of one that is marked, also a word that begins so.
    OneOf(Vec<(String, bool)>),
}

/// Whether the words of a phrase stand there one after the other.
fn holds(text: &[String], phrase: &str) -> bool {
    let wanted: Vec<Wanted> = phrase.split_whitespace().flat_map(wanted).collect();
    !wanted.is_empty()
        && (0..text.len()).any(|from| stands(text.get(from..).unwrap_or_default(), &wanted))
}

fn wanted(part: &str) -> Vec<Wanted> {
    match part {
        "*" => vec![Wanted::Any],
        ".." => vec![Wanted::Gap],
        _ if part.contains('|') => vec![Wanted::OneOf(
            part.split('|').map(|one| (words(one).concat(), one.ends_with('~'))).collect(),
        )],
        // A hyphen inside a phrase parts words as it does in the text.
        _ => words(part)
            .into_iter()
            .map(|word| Wanted::OneOf(vec![(word, part.ends_with('~'))]))
            .collect(),
    }
}

/// Whether a text begins with these parts.
fn stands(text: &[String], wanted: &[Wanted]) -> bool {
    let Some((first, rest)) = wanted.split_first() else { return true };
    let after = |many: usize| text.get(many..).is_some_and(|text| stands(text, rest));
    match first {
        Wanted::Any => after(1),
        Wanted::Gap => (0..=GAP_MAX).any(after),
        Wanted::OneOf(words) => text.first().is_some_and(|word| {
            words
                .iter()
                .any(|(want, begins)| word == want || (*begins && word.starts_with(want.as_str())))
                && after(1)
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn ids(reasons: &str) -> Vec<&'static str> {
        doubts(reasons).iter().map(|found| found.doubt.id.as_str()).collect()
    }

    /// A sentence with this phrase in it, with the first or the last of the words that it leaves open.
    fn said(phrase: &str, last: bool) -> String {
        let part = |part: &str| match part {
            "*" => "full".to_owned(),
            ".." => "of it all".to_owned(),
            _ if last => part.rsplit('|').next().unwrap_or_default().replace('~', "s"),
            _ => part.split('|').next().unwrap_or_default().replace('~', "s"),
        };
        let words: Vec<String> = phrase.split_whitespace().map(part).collect();
        format!("We think that {} here.", words.join(" "))
    }

    #[test]
    fn every_doubt_finds_its_own_phrases_and_says_what_the_law_asks() {
        assert!(DOUBTS.doubt.len() >= 9, "the doubts cannot be read");
        for doubt in &DOUBTS.doubt {
            for phrase in &doubt.phrases {
                for last in [false, true] {
                    let said = said(phrase, last);
                    let found = doubt.phrases.iter().any(|phrase| holds(&words(&said), phrase));
                    assert!(found, "{}: {said}", doubt.id);
                }
            }
            assert!(doubt.law.ends_with('.') && !doubt.cite.is_empty(), "{}", doubt.id);
        }
    }

    #[test]
    fn tests_the_law_does_not_know_are_found_however_they_are_written() {
        for (reasons, found) in [
            ("School must show two cycles of assess, plan, do, review.", &["cycles"][..]),
            ("He is only 18 months, not Two Years  Behind.", &["years-behind"]),
            ("She has no formal diagnosis.", &["diagnosis"]),
            ("Ali is making good academic progress.", &["academic"]),
            ("Ali makes academic progress; his anxiety keeps him at home.", &[]),
            ("There is no funding for this.", &["money"]),
            ("The school has not spent the first £6,000.", &["school-spent"]),
            ("Age\u{2011}related expectations are met.", &["academic"]),
            ("This does not meet the panel's criteria.", &["threshold"]),
            ("Needs can be met from resources normally available to schools.", &["blanket"]),
            ("No diagnosis. No funding.", &["diagnosis", "money"]),
            // Words about the child, near to those above.
            ("We saw that she rides two bicycles and was behind the door for years.", &[]),
            ("The diagnosis of March is in the report. Funding is not our concern.", &[]),
            ("", &[]),
        ] {
            assert_eq!(ids(reasons), found, "{reasons}");
        }
    }

    /// Each test in a dozen wordings, and lawful reasons in words that come near to them.
    #[test]
    fn the_same_tests_are_found_in_other_words() {
        let written: BTreeMap<String, Vec<String>> =
            toml::from_str(include_str!("../tests/it/data/reasons.toml")).unwrap_or_default();
        assert!(written.len() >= 9, "the reasons cannot be read");
        for (id, reasons) in &written {
            for said in reasons {
                let found = ids(said);
                match id.as_str() {
                    "lawful" => assert!(found.is_empty(), "{found:?}: {said}"),
                    id => assert!(found.contains(&id), "{id} is not in {found:?}: {said}"),
                }
            }
        }
    }

    #[test]
    fn the_passage_is_the_sentence_as_it_was_written() {
        let reasons =
            "We read the report of 3.5 pages. Ali has NO diagnosis, so far.\nWe thank you.";
        let found = doubts(reasons);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].passage, "Ali has NO diagnosis, so far.");
    }
}
