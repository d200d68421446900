//! Tests of the chores: what they read is read rightly, and the house itself is tidy.
//! Each file holds the cases of one chore.

mod demo;
mod rules;
mod tally;
mod tidy;
