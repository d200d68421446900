//! The contract of the store, kept by both databases.
//! Every story is one function over an address; `both!` runs it on SQLite and on PostgreSQL.

mod commits;
mod crash;
mod failures;
mod lists;
mod people;
mod place;
mod sums;
