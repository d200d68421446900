//! Tests of the chores: what they read is read rightly, and the house itself is tidy.
//! Each file holds the cases of one chore.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why and stops")]

mod demo;
mod rules;
mod tally;
mod tidy;
