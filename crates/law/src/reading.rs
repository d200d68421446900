//! How old somebody must be to read a text with ease, by a published formula. What is written for
//! families is held to it, and an area's Local Offer is counted by it.

/// Years of age that go before the first school year of the United States.
const AGE_AT_START: f64 = 5.0;

/// The age at which a text is read, by the Flesch-Kincaid grade (Kincaid and others, 1975) in school
/// years of the United States, and five. A text without words is read by anybody.
#[must_use]
pub fn reading_age(text: &str) -> f64 {
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    if words.is_empty() {
        return 0.0;
    }
    let ends = text.split_whitespace().filter(|word| word.ends_with(['.', '!', '?'])).count();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let count = |many: usize| f64::from(u32::try_from(many).unwrap_or(u32::MAX));
    let grade = 0.39 * count(words.len()) / count(ends.max(1))
        + 11.8 * count(syllables) / count(words.len())
        - 15.59;
    grade + AGE_AT_START
}

/// Groups of vowels, without an "e" that is not heard. A number is read as one.
fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let mut groups = 0;
    let mut before = false;
    for letter in word.chars() {
        let now = is_vowel(letter);
        groups += usize::from(now && !before);
        before = now;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    if silent && groups > 1 { groups - 1 } else { groups.max(1) }
}

#[cfg(test)]
mod tests {
    use super::syllables;

    #[test]
    fn syllables_are_counted_as_they_are_heard() {
        for (word, many) in [
            ("the", 1),
            ("council", 2),
            ("late", 1),
            ("needed", 2),
            ("asked", 1),
            ("little", 2),
            ("three", 1),
            ("psychologist", 4),
            ("26", 1),
        ] {
            assert_eq!(syllables(word), many, "{word}");
        }
    }
}
