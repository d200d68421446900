//! The pretend area, checked from outside: the same for the same seed, in proportion, and made of
//! acts that a record can take in their order.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking"
)]

mod acts;
mod order;
mod proportions;
mod replay;
mod same;

use jiff::civil::{Date, date};
use sendero_world::Setup;

const TODAY: Date = date(2026, 11, 23);

/// An area of so many children.
fn area(children: u32) -> Setup {
    Setup { seed: 7, children, today: TODAY, years: 3, talk: 0 }
}
