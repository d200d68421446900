//! What a word sounds like, roughly: two that are spelt far apart may be the same when they are said.

/// Runs of letters and one sign for each, in the order in which they are tried.
const RUNS: [(&str, &str); 27] = [
    ("sch", "sk"),
    ("tch", "$"),
    ("tion", "$n"),
    ("sion", "$n"),
    ("shun", "$n"),
    ("cian", "$n"),
    ("cial", "$l"),
    ("tial", "$l"),
    ("dge", "j"),
    ("sh", "$"),
    ("ch", "$"),
    ("ph", "f"),
    ("th", "0"),
    ("gh", ""),
    ("ck", "k"),
    ("qu", "kw"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "sy"),
    ("x", "ks"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("v", "f"),
    ("kn", "n"),
    ("wr", "r"),
    ("ps", "s"),
];
/// Of these the last three count at the beginning of a word alone.
const AT_THE_START: usize = 3;

/// The consonants that are heard, with the vowel that a word may begin with as "a".
pub(crate) fn sound(word: &str) -> String {
    let (anywhere, starts) = RUNS.split_at(RUNS.len() - AT_THE_START);
    let start = starts.iter().find_map(|(run, sign)| Some((word.strip_prefix(run)?, sign)));
    let word = start.map_or_else(|| word.to_owned(), |(rest, sign)| format!("{sign}{rest}"));
    let heard = anywhere.iter().fold(word, |word, (run, sign)| word.replace(run, sign));
    let mut key = String::new();
    for letter in heard.chars() {
        let is_vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w');
        match letter {
            _ if is_vowel && key.is_empty() => key.push('a'),
            _ if is_vowel || key.ends_with(letter) => {}
            other => key.push(other),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn what_is_said_alike_is_alike() {
        for (one, other) in [
            ("fysiotherapy", "physiotherapy"),
            ("ocupashunal", "occupational"),
            ("nurserys", "nurseries"),
            ("rist", "wrist"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} {other}");
        }
        assert_ne!(sound("nurses"), sound("nurseries"));
    }
}
