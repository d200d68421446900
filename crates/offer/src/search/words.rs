//! From a text to the stems by which it is compared: lower case, no accents or apostrophes, no
//! words that say nothing, irregular forms brought home, English endings taken off.

use std::collections::BTreeMap;

use tantivy::tokenizer::{Language, SimpleTokenizer, Stemmer, TextAnalyzer, TokenStream as _};

/// A word of a text that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it is compared.
    pub(crate) stem: String,
    /// As it was written, in lower case.
    pub(crate) written: String,
}

/// How words become stems. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Stems {
    analyzer: TextAnalyzer,
    /// Words that say nothing here, as they are written.
    empty: std::sync::Arc<std::collections::BTreeSet<String>>,
    /// Forms that endings do not explain ("sent" is "send").
    same: std::sync::Arc<BTreeMap<String, String>>,
}

impl Stems {
    pub(crate) fn new(empty: &[String], same: &BTreeMap<String, String>) -> Self {
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(Stemmer::new(Language::English))
            .build();
        let empty = empty.iter().cloned().collect();
        Self {
            analyzer,
            empty: std::sync::Arc::new(empty),
            same: std::sync::Arc::new(same.clone()),
        }
    }

    /// The stem of one word that is in lower case already.
    pub(crate) fn stem(&mut self, word: &str) -> String {
        let word = self.same.get(word).map_or(word, String::as_str);
        if word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return word.to_owned();
        }
        let mut stream = self.analyzer.token_stream(word);
        if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
    }

    /// Whether a word says nothing here.
    pub(crate) fn is_empty(&self, word: &str) -> bool {
        self.empty.contains(word)
    }

    /// The words of a text that say something, in order.
    pub(crate) fn of(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for written in plain(text).split(' ').filter(|word| !word.is_empty()) {
            if !self.is_empty(written) {
                let stem = self.stem(written);
                words.push(Word { stem, written: written.to_owned() });
            }
        }
        words
    }
}

/// Lower case with single spaces: letters and digits alone, apostrophes and the dots of
/// abbreviations gone ("E.H.C.P." is "ehcp"), accents taken off, other signs a space.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        match letter {
            '\'' | '\u{2018}' | '\u{2019}' | '`' => {}
            '.' if is_between_initials(&letters, at) => {}
            letter if letter.is_alphanumeric() => {
                for low in letter.to_lowercase() {
                    plain.push_str(bare(low).encode_utf8(&mut [0; 4]));
                }
            }
            _ if plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.trim().to_owned()
}

/// A dot after a single letter, as in "S.E.N.".
fn is_between_initials(letters: &[char], at: usize) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied();
    let before = letter(at.checked_sub(1)).is_some_and(char::is_alphabetic);
    let wide = letter(at.checked_sub(2)).is_none_or(|one| !one.is_alphanumeric());
    before && wide
}

/// A letter without its accent, for those of the languages that families here write.
fn bare(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ğ' => 'g',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ō' | 'ő' | 'ø' => 'o',
        'ś' | 'š' | 'ș' | 'ş' => 's',
        'ț' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn signs_and_capitals_do_not_matter() {
        for (written, expected) in [
            ("Isn’t  talking!", "isnt talking"),
            ("E.H.C.P. plan.", "ehcp plan"),
            ("Down's-syndrome/café", "downs syndrome cafe"),
            ("  ", ""),
        ] {
            assert_eq!(plain(written), expected);
        }
    }
}
