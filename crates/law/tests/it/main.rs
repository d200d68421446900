//! Integration tests of the law crate, in one binary.
mod casefiles;
mod faults;
mod knowing;
mod ombudsman;
mod oracle;
mod properties;
mod rulebook;
mod stories;
