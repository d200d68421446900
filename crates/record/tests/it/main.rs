//! Integration tests of the record crate, in one binary.
//! A story is told by commands; each file asks one kind of question about it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod change;
mod corrections;
mod events;
mod fold;
mod past;
mod properties;
mod refusals;
mod samples;
mod story;
mod wording;
