//! What has happened to an entry: each change keeps the whole of it and where it came from, so that
//! anybody can see what was said when, and by whom.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::keep::Event;
use crate::model::{Location, Service};

/// The kind of event that puts a service in place of what stood there.
pub const SERVICE_PUT: &str = "service-put";

/// A service as it was put in place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServicePut {
    /// The feed or the file it was taken from, or '' for what was written here.
    pub source: String,
    /// How it came to stand there.
    #[serde(skip_serializing_if = "How::is_taken")]
    pub how: How,
    /// Whoever keeps it and said so, by role, or ''.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The whole entry.
    pub service: Service,
    /// The places that were written with it and are no other service's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Location>,
}

/// How an entry came to stand as it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Taken from a feed or a file.
    #[default]
    Taken,
    /// Proposed by whoever keeps it, and agreed to by the area.
    Agreed,
    /// Looked through by whoever keeps it, and right as it stood.
    Confirmed,
    /// Written by the area itself.
    Office,
}

impl How {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Agreed => "agreed",
            Self::Confirmed => "confirmed",
            Self::Office => "office",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks it")]
    fn is_taken(&self) -> bool {
        *self == Self::Taken
    }
}

/// Something in the stream of a service.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// It was put in place.
    Put(Box<ServicePut>),
    /// Something about its keeping.
    Kept(Event),
    /// What a later release wrote.
    Other,
}

impl Happened {
    /// Reads an event of a service's stream by its kind.
    ///
    /// # Errors
    /// Where its content is not what its kind says.
    pub fn read(kind: &str, content: &[u8]) -> Result<Self, serde_json::Error> {
        Ok(match kind {
            SERVICE_PUT => Self::Put(serde_json::from_slice(content)?),
            "keeper-named" | "change-proposed" | "change-turned-down" => {
                Self::Kept(serde_json::from_slice(content)?)
            }
            _ => Self::Other,
        })
    }
}

/// Fields that people read as one thing.
const TOPICS: [(&str, &[&str]); 9] = [
    ("name", &["name"]),
    ("about", &["description", "steps", "accreditations", "easy_read", "bsl"]),
    ("reach", &["phones", "email", "url", "ask_for", "next_step", "complaints"]),
    ("who", &["who_for", "youngest", "oldest", "facets", "tags", "areas", "decided_by"]),
    ("when", &["schedules"]),
    ("where", &["at", "organisation"]),
    ("cost", &["costs", "fees", "funding"]),
    ("wait", &["wait"]),
    ("runs", &["status", "alert"]),
];

/// What is different between two states of an entry, in the topics of [`changed_topics`]. Nothing
/// where it was only looked through again.
#[must_use]
pub fn changed_topics(before: &Service, after: &Service) -> Vec<&'static str> {
    let (before, after) = (fields(before), fields(after));
    let differs = |name: &&str| before.get(*name) != after.get(*name);
    TOPICS.iter().filter(|(_, names)| names.iter().any(differs)).map(|(topic, _)| *topic).collect()
}

fn fields(service: &Service) -> Value {
    serde_json::to_value(service).unwrap_or_default()
}
