//! The program as it is run: started, used over real connections, and killed.

#![expect(clippy::unwrap_used, reason = "a story stops where it goes wrong")]

mod kills;
