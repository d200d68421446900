//! Integration tests of the law crate, in one binary.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod accounts;
mod again;
mod batch;
mod casefiles;
mod conventions;
mod counting;
mod faults;
mod journeys;
mod knowing;
mod local;
mod made_up;
mod ombudsman;
mod oracle;
mod otherwise;
mod properties;
mod replay;
mod rights_walk;
mod rulebook;
mod stories;
mod wording;
