//! The program as it is run: started, used over real connections, and killed.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a story stops where it goes wrong and says what it did, and helpers are not tests by name"
)]

mod import;
mod kills;
mod local;
mod simulate;
