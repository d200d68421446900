//! What has happened to an entry: each change keeps the whole of it and where it came from, so that
//! anybody can see what was said when, and by whom.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::Service;

/// The kind of event that puts a service in place of what stood there.
pub const SERVICE_PUT: &str = "service-put";

/// A service as it was put in place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServicePut {
    /// The feed or the file it was taken from, or '' for what was written here.
    pub source: String,
    /// The whole entry.
    pub service: Service,
}

/// Fields that people read as one thing.
const TOPICS: [(&str, &[&str]); 9] = [
    ("name", &["name"]),
    ("about", &["description", "steps", "accreditations", "easy_read"]),
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
