//! The pretend area, checked from outside: the same for the same seed, in proportion, and made of
//! acts that a record can take in their order.

mod acts;
mod order;
mod proportions;
mod same;

use jiff::civil::{Date, date};
use sendero_world::Setup;

const TODAY: Date = date(2026, 11, 23);

/// An area of so many children.
fn area(children: u32) -> Setup {
    Setup { seed: 7, children, today: TODAY, years: 3 }
}
