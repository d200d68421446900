//! Other people's feeds, as they come: Open Referral UK 3.0 and 1.0, whole files, pages of a list,
//! lines, a walk through a server's pages, and a table of commas. What cannot be kept is left out and
//! reported; nothing of it stops the rest.

mod clean;
mod table;
mod v1;
mod v3;
mod walk;

use std::collections::BTreeMap;

use serde_json::Value;

pub use table::TEMPLATE;
pub use walk::{Got, Walk, WalkError};

use crate::ids::{derived_id, is_id};
use crate::model::Directory;

/// Why a feed cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is not JSON, nor lines of it.
    #[error("line {line}: it is not JSON: {why}")]
    NotJson {
        /// The line.
        line: usize,
        /// What is wrong there.
        why: String,
    },
    /// It is a web page, which some servers send in place of an error.
    #[error("it is a web page, not a feed")]
    WebPage,
    /// A row of a table cannot be read.
    #[error("line {line}: {why}")]
    Row {
        /// The line.
        line: u64,
        /// What is wrong there.
        why: String,
    },
    /// It holds nothing that could be a service.
    #[error(
        "it holds no services: a feed is a list of services, a page of one, or a file with `services`"
    )]
    NotAFeed,
}

/// Which shape a feed has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Open Referral UK 1.0.
    One,
    /// Open Referral UK 3.0.
    Three,
}

/// What was left out or mended, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// How often.
    pub count: usize,
    /// The first few of them: the entry's name or id and what stood there.
    pub examples: Vec<String>,
}

/// Reads a feed piece by piece.
#[derive(Debug)]
pub struct Reader {
    /// What was read so far.
    pub directory: Directory,
    /// What was left out or mended, by a short word for what it was.
    pub findings: BTreeMap<&'static str, Finding>,
    /// Ids as they came, by those that stand in the directory in their place.
    given: BTreeMap<String, String>,
    /// Where it comes from: ids of our own making follow from it.
    source: String,
}

/// Examples that a finding keeps.
const EXAMPLES_MOST: usize = 5;
/// The longest example, in characters.
const EXAMPLE_LETTERS: usize = 80;

impl Reader {
    /// Begins to read what comes from `source`, an address or a file's name.
    #[must_use]
    pub fn of(source: &str) -> Self {
        Self {
            directory: Directory::default(),
            findings: BTreeMap::new(),
            given: BTreeMap::new(),
            source: source.trim_end_matches('/').to_owned(),
        }
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// Where it is no feed.
    pub fn file(source: &str, text: &str) -> Result<Self, ReadError> {
        let mut reader = Self::of(source);
        if table::is_one(text) {
            table::read(&mut reader, text)?;
        } else {
            for value in values(text)? {
                reader.value(&value);
            }
        }
        if reader.directory.services.is_empty() && reader.directory.organisations.is_empty() {
            return Err(ReadError::NotAFeed);
        }
        Ok(reader)
    }

    /// Reads one JSON value: a service, a list of them, a page of a list, or a file of everything.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Array(list) => list.iter().for_each(|one| self.value(one)),
            Value::Object(map) => {
                let known = ["contents", "content", "services"];
                if known.iter().any(|name| map.get(*name).is_some_and(Value::is_array)) {
                    self.parts(value);
                } else if map.contains_key("name") {
                    self.service(value);
                } else {
                    self.note("not-a-service", "", &value.to_string());
                }
            }
            other => self.note("not-a-service", "", &other.to_string()),
        }
    }

    /// The named lists of a file or a page.
    fn parts(&mut self, value: &Value) {
        for one in list(value, "taxonomies") {
            v3::taxonomy(self, one);
        }
        for one in list(value, "taxonomy_terms") {
            v3::term(self, one);
        }
        for one in list(value, "organizations") {
            v3::organisation(self, one);
        }
        for one in list(value, "locations") {
            v3::location(self, one);
        }
        for name in ["services", "contents", "content"] {
            for one in list(value, name) {
                self.service(one);
            }
        }
    }

    /// Reads one service of either version.
    pub fn service(&mut self, value: &Value) {
        match version_of(value) {
            Version::One => v1::service(self, value),
            Version::Three => v3::service(self, value),
        }
    }

    /// An id as it came, where it has the right shape; else one made from it and its source.
    fn id(&mut self, kind: &'static str, given: &Value) -> Option<String> {
        let given = match given {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        if given.is_empty() {
            return None;
        }
        let made = if is_id(&given) {
            given.to_lowercase()
        } else {
            self.note("id-made", kind, &given);
            derived_id(&[&self.source, kind, &given])
        };
        if made != given {
            self.given.insert(made.clone(), given);
        }
        Some(made)
    }

    /// The id under which the feed knows what stands under this one in the directory.
    #[must_use]
    pub fn given_id<'a>(&'a self, id: &'a str) -> &'a str {
        self.given.get(id).map_or(id, String::as_str)
    }

    /// The id of a part: as it came, else one made from its whole and its place.
    fn part_id(&mut self, kind: &'static str, given: &Value, whole: &str, place: usize) -> String {
        self.id(kind, given).unwrap_or_else(|| derived_id(&[whole, kind, &place.to_string()]))
    }

    fn note(&mut self, what: &'static str, whose: &str, stood: &str) {
        let finding = self.findings.entry(what).or_default();
        finding.count += 1;
        if finding.examples.len() < EXAMPLES_MOST {
            let example: String =
                format!("{whose}: {stood}").chars().take(EXAMPLE_LETTERS).collect();
            finding.examples.push(example.trim_start_matches(": ").to_owned());
        }
    }
}

/// The version of a feed by its front page, else by the names of a list.
#[must_use]
pub fn version_of(value: &Value) -> Version {
    let said = value.get("version").and_then(Value::as_str).unwrap_or_default();
    let digit = said.chars().find(char::is_ascii_digit);
    let old = ["eligibilitys", "regular_schedules", "service_taxonomys", "totalPages", "content"]
        .iter()
        .any(|name| value.get(*name).is_some());
    if digit == Some('1') || (digit.is_none() && old) { Version::One } else { Version::Three }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// One JSON document, or a document a line.
fn values(text: &str) -> Result<Vec<Value>, ReadError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('<') {
        return Err(ReadError::WebPage);
    }
    let whole = match serde_json::from_str(text) {
        Ok(value) => return Ok(vec![value]),
        Err(error) => error,
    };
    let mut values = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(value) => values.push(value),
            // What is wrong with the whole says more than what is wrong with its first line.
            Err(_) => {
                return Err(ReadError::NotJson { line: whole.line(), why: whole.to_string() });
            }
        }
    }
    Ok(values)
}
