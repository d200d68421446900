//! What can go wrong below a use case, typed so that the caller can say what to do.
//! No error holds a value from a row or the database's own words, so any of them may be logged.

use thiserror::Error;

/// Why the database could not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The address is not one that this program can open.
    #[error("database address not understood: use sqlite:PATH or postgres://USER@HOST/NAME")]
    BadUrl,
    /// The file or server cannot be reached.
    #[error("database cannot be reached (code {code}): check its address and that it is running")]
    Unreachable {
        /// The database's code, or the kind of input/output error.
        code: String,
    },
    /// The store has been closed, or its writer has stopped.
    #[error("database is closed")]
    Closed,
    /// Others hold it; the same act may succeed in a moment.
    #[error("database is busy: try again")]
    Busy,
    /// No room is left on the disk.
    #[error("disk is full: nothing was written; free some space")]
    DiskFull,
    /// The disk or the file failed, or is read-only or damaged.
    #[error("database file failed (code {code}): nothing was written; check the disk")]
    Failed {
        /// The database's code.
        code: String,
    },
    /// The schema was made by a later release.
    #[error(
        "database has schema {found} but this program knows only up to {known}: use a newer release"
    )]
    NewerSchema {
        /// The version found.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// Something that must be unique was there already.
    #[error("database holds this already")]
    Duplicate,
    /// A text holds a byte that both databases cannot keep (NUL, or not UTF-8), or a salt is not hex.
    #[error("{what} cannot be stored: it must be text without NUL")]
    NotText {
        /// What it was.
        what: &'static str,
    },
    /// The caller broke a rule of this interface; a fault of ours.
    #[error("store was used wrongly: {what}")]
    Misuse {
        /// The rule.
        what: &'static str,
    },
    /// A stored value does not have the shape that its column promises.
    #[error("database holds a value of another shape in {what}")]
    Shape {
        /// Where.
        what: &'static str,
    },
    /// Anything else the database said, by its code alone.
    #[error("database refused (code {code})")]
    Database {
        /// The database's code.
        code: String,
    },
}

/// Why a commit wrote nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CommitError {
    /// Another commit was first: load, decide and try again.
    #[error("stream {stream} is now at {found}")]
    Stale {
        /// The stream.
        stream: String,
        /// The version that it has now.
        found: i64,
    },
    /// This form was run before.
    #[error("this form was run before")]
    CommandSeen {
        /// What it answered then.
        answer: String,
    },
    /// The event that was to be superseded has been superseded already.
    #[error("event {event} was superseded already")]
    Superseded {
        /// The event that both supersede.
        event: String,
    },
    /// Another child or draft has this reference.
    #[error("reference is taken")]
    ReferenceTaken,
    /// Another person signs in with this address.
    #[error("address is taken")]
    EmailTaken,
    /// The one-use link was used, or never was.
    #[error("link was used already")]
    LinkUsed,
    /// Somebody else took the draft first.
    #[error("the draft is gone")]
    DraftGone,
    /// The database could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}
