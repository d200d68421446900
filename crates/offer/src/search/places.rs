//! Places that words name, from what the directory itself knows: the postcodes and towns of its own
//! locations. No other service is asked where somebody lives.

use std::collections::BTreeMap;

use super::words::plain;
use crate::model::{Directory, Location};

/// Degrees north and east.
pub type Point = (f64, f64);

/// A place that was named.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// As a family is shown it ("AL4 2QT").
    pub name: String,
    /// Where that is, where anything near it is known.
    pub point: Option<Point>,
}

/// What is known of where things are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// Middles of whole postcodes, of sectors ("AL4 2") and of districts ("AL4"), without spaces.
    by_code: BTreeMap<String, Middle>,
    /// Middles of towns, by their plain names.
    by_town: BTreeMap<String, (String, Middle)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Middle {
    north: f64,
    east: f64,
    count: f64,
}

impl Middle {
    fn add(&mut self, (north, east): Point) {
        self.north += north;
        self.east += east;
        self.count += 1.0;
    }

    fn point(self) -> Point {
        (self.north / self.count, self.east / self.count)
    }
}

/// Shorter names of towns would be found in ordinary words.
const TOWN_LETTERS_LEAST: usize = 4;

impl Places {
    pub(crate) fn of(directory: &Directory) -> Self {
        let mut places = Self::default();
        // Where nobody may be told of a place, no postcode or town leads to it either.
        for location in directory.locations.values().filter(|location| !location.secret) {
            let Some(point) = location.point else { continue };
            if let Some((outward, inward)) = split(&location.postcode) {
                let sector: String = inward.chars().take(1).collect();
                for code in [outward.clone(), format!("{outward}{sector}"), outward + &inward] {
                    places.by_code.entry(code).or_default().add(point);
                }
            }
            let town = plain(&location.town);
            if town.len() >= TOWN_LETTERS_LEAST {
                let entry = places.by_town.entry(town);
                entry.or_insert_with(|| (location.town.clone(), Middle::default())).1.add(point);
            }
        }
        places
    }

    /// Where a postcode is, or the nearest that is known of it: its sector, else its district.
    pub(crate) fn postcode(&self, code: &str) -> Option<Point> {
        let (outward, inward) = split(code).unwrap_or((plain(code).to_uppercase(), String::new()));
        let sector: String = inward.chars().take(1).collect();
        [format!("{outward}{inward}"), format!("{outward}{sector}"), outward]
            .iter()
            .find_map(|code| self.by_code.get(code))
            .map(|middle| middle.point())
    }

    /// Where a place is: as it says itself, or as far as its postcode says it.
    pub(crate) fn point_of(&self, location: &Location) -> Option<Point> {
        location.point.or_else(|| self.postcode(&location.postcode))
    }

    /// The postcode or town that a text names, and the text without it.
    pub(crate) fn take_from(&self, text: &str) -> (Option<Place>, String) {
        if let Some((code, rest)) = take_postcode(text) {
            let point = self.postcode(&code);
            return (Some(Place { name: code, point }), rest);
        }
        let padded = format!(" {} ", plain(text));
        for (town, (name, middle)) in &self.by_town {
            let before = [" in ", " near ", " around ", " at ", " from ", " live in ", " "];
            let named = before.iter().find_map(|word| padded.find(&format!("{word}{town} ")));
            if let Some(at) = named {
                let rest = padded.get(at..).unwrap_or_default();
                let after = rest.find(town.as_str()).map_or(0, |start| start + town.len());
                let kept = format!(
                    "{} {}",
                    padded.get(..at).unwrap_or_default(),
                    rest.get(after..).unwrap_or_default()
                );
                let place = Place { name: name.clone(), point: Some(middle.point()) };
                return (Some(place), kept.trim().to_owned());
            }
        }
        (None, text.to_owned())
    }
}

/// A whole postcode as it is written ("AL4 2QT"), or nothing where it is none.
pub(crate) fn whole_postcode(code: &str) -> Option<String> {
    split(code).map(|(outward, inward)| format!("{outward} {inward}"))
}

/// The two halves of a postcode, in capitals.
fn split(code: &str) -> Option<(String, String)> {
    let code: String = code.to_uppercase().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if !(5..=7).contains(&code.len()) {
        return None;
    }
    let (outward, inward) = code.split_at(code.len() - 3);
    (is_outward(outward) && is_inward(inward)).then(|| (outward.to_owned(), inward.to_owned()))
}

fn is_inward(half: &str) -> bool {
    let mut letters = half.chars();
    letters.next().is_some_and(|c| c.is_ascii_digit())
        && half.len() == 3
        && letters.all(|c| c.is_ascii_alphabetic())
}

/// One or two letters, a digit, and perhaps one more letter or digit.
fn is_outward(half: &str) -> bool {
    let letters = half.chars().take_while(char::is_ascii_alphabetic).count();
    let mut rest = half.chars().skip(letters);
    let digit = rest.next().is_some_and(|c| c.is_ascii_digit());
    (1..=2).contains(&letters)
        && digit
        && half.len() - letters <= 2
        && rest.all(|c| c.is_ascii_alphanumeric())
}

/// Finds a postcode, whole or its first half with two letters, and takes it out.
fn take_postcode(text: &str) -> Option<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| -> String {
        word.to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect()
    };
    for (at, word) in words.iter().enumerate() {
        let one = bare(word);
        let two = words.get(at + 1).map(|next| bare(next)).unwrap_or_default();
        let (code, length) = if is_outward(&one) && is_inward(&two) {
            (format!("{one} {two}"), 2)
        } else if let Some((outward, inward)) = split(&one) {
            (format!("{outward} {inward}"), 1)
        } else if is_outward(&one)
            && one.starts_with(|c: char| c.is_ascii_alphabetic())
            && one.chars().take(2).all(|c| c.is_ascii_alphabetic())
        {
            (one, 1)
        } else {
            continue;
        };
        let end = at + length;
        let kept: Vec<&str> = words
            .iter()
            .enumerate()
            .filter(|(place, _)| !(at..end).contains(place))
            .map(|(_, word)| *word)
            .collect();
        let mut kept = kept.join(" ");
        for word in [" near", " in", " around", " from"] {
            if let Some(shorter) = kept.trim_end_matches([',', ' ']).strip_suffix(word) {
                kept = shorter.to_owned();
            }
        }
        return Some((code, kept));
    }
    None
}

/// Miles between two points, as the crow flies.
#[must_use]
pub fn miles_between(a: Point, b: Point) -> f64 {
    const EARTH_MILES: f64 = 3958.8;
    let (north_a, north_b) = (a.0.to_radians(), b.0.to_radians());
    let north = (north_b - north_a) / 2.0;
    let east = (b.1 - a.1).to_radians() / 2.0;
    let chord = north.sin().powi(2) + north_a.cos() * north_b.cos() * east.sin().powi(2);
    2.0 * EARTH_MILES * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::{miles_between, take_postcode};

    #[test]
    fn postcodes_are_found_and_taken_out() {
        for (text, code, rest) in [
            ("speech AL4 2QT", "AL4 2QT", "speech"),
            ("swimming near al42qt please", "AL4 2QT", "swimming near please"),
            ("my 3 year old isn't talking, AL4 2QT", "AL4 2QT", "my 3 year old isn't talking,"),
            ("clubs in SW1A 1AA", "SW1A 1AA", "clubs"),
            ("clubs AL4", "AL4", "clubs"),
        ] {
            let found = take_postcode(text).map(|(code, rest)| (code, rest.trim().to_owned()));
            assert_eq!(found, Some((code.to_owned(), rest.to_owned())), "{text}");
        }
        for text in ["y9 transition", "3 year old", "a1 help", "section 19 tuition"] {
            assert_eq!(take_postcode(text), None, "{text}");
        }
    }

    #[test]
    fn miles_are_miles() {
        // Greenwich to a point one degree north of it: sixty nautical miles.
        let miles = miles_between((51.48, 0.0), (52.48, 0.0));
        assert!((miles - 69.1).abs() < 0.2, "{miles}");
    }
}
