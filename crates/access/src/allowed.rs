//! The answers. Their fields are private and their makers are inside this crate, so that a function which
//! asks for an `Allowed` cannot be reached by code that did not ask first.

use crate::act::Act;
use crate::asker::{Asker, Role, Subject};
use crate::words::closed_list;

/// Leave for one person to do one act to one child's record, with the rule that gave it.
///
/// It cannot be made by hand:
///
/// ```compile_fail,E0451
/// use sendero_access::{Act, Allowed, Role};
/// let forged = Allowed {
///     person: String::new(),
///     role: Role::Officer,
///     authority: String::new(),
///     child: String::new(),
///     act: Act::Decide,
///     because: "I say so",
/// };
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    person: String,
    role: Role,
    authority: String,
    child: String,
    act: Act,
    because: &'static str,
}

impl Allowed {
    pub(crate) fn new(asker: &Asker, act: Act, about: &Subject, because: &'static str) -> Self {
        Self {
            person: asker.person.clone(),
            role: asker.role,
            authority: about.authority.clone(),
            child: about.child.clone(),
            act,
            because,
        }
    }

    /// The id of the person who asked.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.person
    }

    /// The role that they asked in.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The code of the authority that keeps the record.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The id of the child.
    #[must_use]
    pub fn child(&self) -> &str {
        &self.child
    }

    /// The act that was asked for.
    #[must_use]
    pub const fn act(&self) -> Act {
        self.act
    }

    /// The words of the rule that allowed it, for the trace.
    #[must_use]
    pub const fn because(&self) -> &'static str {
        self.because
    }
}

closed_list! {
    /// Which children a list may hold: one clause of a query each.
    Scope {
        /// The children that the asker is tied to.
        OwnTies = "own-ties",
        /// Every child of the asker's authority.
        Office = "office",
        /// No child. A rule that permits a list and names no scope yields this.
        None = "none",
    }
}

/// Leave for one person to ask something of their whole office, and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedList {
    person: String,
    role: Role,
    authority: String,
    act: Act,
    scope: Scope,
    because: &'static str,
}

impl AllowedList {
    pub(crate) fn new(asker: &Asker, act: Act, scope: Scope, because: &'static str) -> Self {
        Self {
            person: asker.person.clone(),
            role: asker.role,
            authority: asker.authority.clone(),
            act,
            scope,
            because,
        }
    }

    /// The id of the person who asked.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.person
    }

    /// The role that they asked in.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The code of the authority whose children the list may hold.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The act that was asked for.
    #[must_use]
    pub const fn act(&self) -> Act {
        self.act
    }

    /// Which children the list may hold.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// The words of the rule that allowed it, for the trace.
    #[must_use]
    pub const fn because(&self) -> &'static str {
        self.because
    }
}

/// No. The person is shown what they would be shown if the child did not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{because}")]
pub struct Denied {
    /// The words of the rule that refused it: for the log, never shown.
    pub because: &'static str,
}

closed_list! {
    /// A reason to read records without a person asking. Each such reading is traced under its name.
    Purpose {
        /// Counting: published figures and returns.
        Count = "count",
        /// Checking that the record is whole.
        Verify = "verify",
        /// Work in the background: messages to send, lists to bring up to date.
        Job = "job",
        /// Building a pretend area.
        Demo = "demo",
    }
}

impl Purpose {
    const fn because(self) -> &'static str {
        match self {
            Self::Count => "counting for published figures and returns",
            Self::Verify => "checking that the record is whole",
            Self::Job => "work in the background, asked for by no one person",
            Self::Demo => "building a pretend area",
        }
    }
}

/// Leave to read an authority's records for a purpose, without a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedPurpose {
    purpose: Purpose,
    authority: String,
}

/// Leave to read the records of `authority` for `purpose`.
#[must_use]
pub fn for_purpose(purpose: Purpose, authority: &str) -> AllowedPurpose {
    AllowedPurpose { purpose, authority: authority.to_owned() }
}

impl AllowedPurpose {
    /// What the records are read for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The code of the authority whose records may be read.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The purpose in words, for the trace.
    #[must_use]
    pub const fn because(&self) -> &'static str {
        self.purpose.because()
    }
}
