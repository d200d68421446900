//! The contract of the store, kept by both databases.
//! Every story is one function over an address; `both!` runs it on SQLite and on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a story stops where it goes wrong, some say what they did, and helpers are not tests by name"
)]

mod commits;
mod crash;
mod failures;
mod lists;
mod offer;
mod people;
mod place;
mod sums;
