//! The whole rulebook as JSON, for programs of others: the files as they were read, member for
//! member, under the hash that every answer is stamped with. Nothing is added and nothing left out.

use serde_json::{Map, Value, json};

use crate::rulebook::{Rulebook, SourceFile};

impl Rulebook {
    /// `{"format", "rulebook", "files"}`. A member of `files` is a file's name under the repository
    /// with its tables as objects and its days as ISO 8601 text.
    #[must_use]
    pub fn published(&self) -> Value {
        let files: Map<String, Value> = self.files.iter().filter_map(file).collect();
        json!({ "format": 1, "rulebook": self.hash(), "files": files })
    }
}

/// A file was read before, so it is TOML.
fn file(source: &SourceFile) -> Option<(String, Value)> {
    let read: toml::Table = source.text.parse().ok()?;
    Some((source.name.clone(), table(read)))
}

fn table(read: toml::Table) -> Value {
    Value::Object(read.into_iter().map(|(name, value)| (name, plain(value))).collect())
}

fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(plain).collect()),
        toml::Value::Table(read) => table(read),
    }
}
