//! May this person do this to this part of this record, and why: decided by Cedar policies kept as data in
//! `policies/`. The answer is an `Allowed` value that nothing else can make, and whoever reads a record asks
//! for one; there is no input or output here, no clock, and nothing is looked up.
//!
//! ```
//! use sendero_access::{Act, Asker, Part, Policies, Role, Subject, Tie};
//!
//! let asker = Asker { person: "p1".into(), authority: "E10".into(), role: Role::Parent };
//! let about = Subject { authority: "E10".into(), child: "c1".into(), ties: vec![Tie::ParentOf] };
//! let policies = Policies::embedded();
//! assert!(policies.may(&asker, Act::Read(Part::Plan), &about).is_ok());
//! assert!(policies.may(&asker, Act::Read(Part::DraftWork), &about).is_err());
//! ```

mod act;
mod allowed;
mod asker;
mod engine;
mod matrix;
mod policies;
mod words;

pub use act::{Act, Part};
pub use allowed::{Allowed, AllowedList, AllowedPurpose, Denied, Purpose, Scope, for_purpose};
pub use asker::{Asker, Role, Subject, Tie};
pub use engine::PolicyFault;
pub use matrix::{matrix_for, scopes};
pub use policies::Policies;
