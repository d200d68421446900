//! What is wrong with a rulebook or a case, where, and what to do about it. Everything found is
//! reported at once, so that a writer mends a file in one go.

use std::fmt;

/// One fault in a file of the rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named when given to [`crate::Rulebook::parse`].
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub cure: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}: {}. {}", self.file, self.line, self.what, self.cure)
    }
}

impl std::error::Error for Fault {}

/// One fault in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFault {
    /// The event concerned; none where the fault is of the case as a whole.
    pub event: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub cure: String,
}

impl CaseFault {
    pub(crate) fn of(event: &str, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { event: Some(event.to_owned()), what: what.into(), cure: cure.into() }
    }

    pub(crate) fn whole(what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { event: None, what: what.into(), cure: cure.into() }
    }
}

impl fmt::Display for CaseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.event {
            Some(event) => write!(f, "event `{event}`: {}. {}", self.what, self.cure),
            None => write!(f, "{}. {}", self.what, self.cure),
        }
    }
}

impl std::error::Error for CaseFault {}

/// "`a`, `b` or `c`", for a cure that names what may be written.
pub(crate) fn choices<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => "nothing: the list is empty".to_owned(),
    }
}
