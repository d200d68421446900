//! Integration tests of the law crate, in one binary.
mod rulebook;
