//! The use cases over a real database: a pretend area, and requests that come without an account.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it breaks")]

mod advice;
mod area;
mod request;
mod rig;
