//! What a user may meet, as one list. Lower errors are logged with the request and never shown.

use sendero_record::Refusal;
use sendero_store::{CommitError, StoreError};

/// One field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong, as the key of a sentence in a template.
    pub fault: &'static str,
    /// A value that the sentence names ("30" for the days of September).
    pub detail: String,
}

impl FieldFault {
    /// A fault without detail.
    #[must_use]
    pub fn of(field: &str, fault: &'static str) -> Self {
        Self { field: field.to_owned(), fault, detail: String::new() }
    }
}

/// What a user may meet instead of an answer.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Fields that have to be put right. What was typed is kept by the page.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldFault>),
    /// The record refuses, and says what would mend it.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// There is no such thing, or it is not theirs: the same answer.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("not signed in")]
    SignInFirst,
    /// The part that they edited was changed meanwhile.
    #[error("changed meanwhile by {by_role}")]
    Conflict {
        /// The role of whoever changed it.
        by_role: String,
        /// What stands now.
        theirs: String,
        /// What they wrote.
        yours: String,
    },
    /// Over a limit.
    #[error("more than {limit} {what}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// The most.
        limit: u64,
    },
    /// The same act may succeed in a moment.
    #[error("busy")]
    Busy,
    /// A fault of ours or the machine's.
    #[error("broken: {0}")]
    Broken(String),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Stale { .. } => Self::Busy,
            CommitError::Superseded { .. } => Self::Refused(Refusal::AlreadyCorrected),
            CommitError::Store(error) => error.into(),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<sendero_record::Unreadable> for Problem {
    fn from(error: sendero_record::Unreadable) -> Self {
        Self::Broken(error.to_string())
    }
}
