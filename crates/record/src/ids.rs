//! Typed ids, names that print as initials, and the reference that families quote.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as it is stored.
            #[must_use]
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The text of it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// One child or young person.
    ChildId
}
id! {
    /// One event.
    EventId
}
id! {
    /// One person who signs in, or who is tied to a child.
    PersonId
}

/// A person's name. `Debug` gives initials, so that a log line never holds a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// First or given names.
    pub given: String,
    /// Last or family name; empty for people who have one name.
    pub family: String,
}

impl Name {
    /// A name from its two parts, trimmed.
    #[must_use]
    pub fn new(given: &str, family: &str) -> Self {
        Self { given: given.trim().to_owned(), family: family.trim().to_owned() }
    }

    /// As it is said: given name, then family name.
    #[must_use]
    pub fn full(&self) -> String {
        if self.family.is_empty() {
            self.given.clone()
        } else {
            format!("{} {}", self.given, self.family)
        }
    }

    /// The key by which lists are sorted and names are found: family name, then given name, in
    /// lower case, letters and digits only. Made here, so that no database's collation matters.
    #[must_use]
    pub fn key(&self) -> String {
        name_key(&format!("{} {}", self.family, self.given))
    }
}

/// The sort and search key of any name.
fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for part in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    }
    key
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [&self.given, &self.family] {
            if let Some(initial) = part.chars().next() {
                write!(f, "{initial}.")?;
            }
        }
        Ok(())
    }
}

/// The reference that families quote: the area's three letters, year and month, four figures and a
/// check letter, such as `ALD 2609 0417 K`. The check letter finds any one wrong character and any
/// two neighbours swapped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// Why something typed is not a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceFault {
    /// Not three letters, eight figures and a letter.
    #[error("a reference is three letters, eight figures and one letter, such as ALD 2609 0417 K")]
    Shape,
    /// The last letter does not fit the rest: something was mistyped.
    #[error("the last letter does not fit the rest: check each letter and figure")]
    Check,
}

/// Letters that are not mistaken for a figure or for each other; 23 is prime, as the check needs.
const CHECK_LETTERS: &[u8; 23] = b"ABCDEFGHJKMNPQRSTUVWXYZ";

impl Reference {
    /// The reference with these parts. `area` is three letters, `number` below 10,000.
    ///
    /// # Errors
    /// [`ReferenceFault::Shape`] where a part does not fit.
    pub fn make(area: &str, year: i16, month: i8, number: u16) -> Result<Self, ReferenceFault> {
        let body = format!(
            "{}{:02}{month:02}{number:04}",
            area.to_ascii_uppercase(),
            year.rem_euclid(100)
        );
        let check = check_letter(&body).ok_or(ReferenceFault::Shape)?;
        format!("{body}{check}").parse()
    }

    /// The letters of its area, with which it begins.
    #[must_use]
    pub fn letters(&self) -> &str {
        self.0.get(..3).unwrap_or_default()
    }

    /// The reference without spaces, as it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The check letter of the first eleven characters, if they have the right shape.
fn check_letter(body: &str) -> Option<char> {
    let bytes = body.as_bytes();
    if bytes.len() != 11 {
        return None;
    }
    let (letters, figures) = bytes.split_at(3);
    if !letters.iter().all(u8::is_ascii_uppercase) || !figures.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Weights 2 to 12 differ and are below 23: a swap or a slip always changes the sum. Letters
    // above W share a value with A to C, which a slip between letters of the area may hide; the
    // area's own letters are checked against the area elsewhere.
    let sum: u32 = bytes
        .iter()
        .zip(2_u32..)
        .map(|(byte, weight)| {
            let value = if byte.is_ascii_digit() { byte - b'0' } else { (byte - b'A') % 23 };
            u32::from(value) * weight
        })
        .sum();
    CHECK_LETTERS.get(usize::try_from(sum % 23).ok()?).map(|letter| char::from(*letter))
}

impl std::str::FromStr for Reference {
    type Err = ReferenceFault;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let text: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '·'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if text.chars().count() != 12 || !text.is_ascii() {
            return Err(ReferenceFault::Shape);
        }
        let (body, check) = text.split_at(11);
        match check_letter(body) {
            None => Err(ReferenceFault::Shape),
            Some(letter) if check.starts_with(letter) => Ok(Self(text)),
            Some(_) => Err(ReferenceFault::Check),
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceFault;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |from, to| self.0.get(from..to).unwrap_or_default();
        write!(f, "{} {} {} {}", part(0, 3), part(3, 7), part(7, 11), part(11, 12))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_it_is_said() {
        let reference = Reference::make("ALD", 2026, 9, 417).unwrap();
        assert_eq!(reference.to_string().len(), "ALD 2609 0417 K".len());
        for typed in [
            reference.to_string(),
            reference.to_string().to_lowercase(),
            reference.as_str().to_owned(),
            reference.to_string().replace(' ', "-"),
        ] {
            assert_eq!(typed.parse::<Reference>().unwrap(), reference, "{typed}");
        }
    }

    #[test]
    fn one_wrong_figure_or_two_swapped_are_found() {
        let reference = Reference::make("ALD", 2026, 9, 417).unwrap();
        let text = reference.as_str().as_bytes().to_vec();
        for at in 3..11 {
            for figure in b'0'..=b'9' {
                let mut slipped = text.clone();
                if slipped[at] == figure {
                    continue;
                }
                slipped[at] = figure;
                let slipped = String::from_utf8(slipped).unwrap();
                assert_eq!(slipped.parse::<Reference>(), Err(ReferenceFault::Check), "{slipped}");
            }
        }
        for at in 3..10 {
            let mut swapped = text.clone();
            swapped.swap(at, at + 1);
            if swapped != text {
                let swapped = String::from_utf8(swapped).unwrap();
                assert_eq!(swapped.parse::<Reference>(), Err(ReferenceFault::Check), "{swapped}");
            }
        }
    }

    #[test]
    fn nonsense_is_not_a_reference() {
        for typed in ["", "ALD", "1234 5678 9012", "ALD 2609 041 KK", "ÅLD 2609 0417 K"] {
            assert_eq!(typed.parse::<Reference>(), Err(ReferenceFault::Shape), "{typed}");
        }
    }

    #[test]
    fn a_name_prints_as_initials() {
        let name = Name::new("Idris", "Featherby");
        assert_eq!(format!("{name:?}"), "I.F.");
        assert_eq!(name.key(), "featherby idris");
    }
}
