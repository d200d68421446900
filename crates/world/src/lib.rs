//! A pretend local area from a seed: its people, and the acts that they do, day by day.
//!
//! What comes out are the same command values that a web form parses into, so that a replay goes
//! through every check that a person's click goes through. Pure: no clock, no input or output, and
//! no randomness but the seed. One seed gives one history, and the first children do not change
//! when more are asked for. Where each proportion comes from is told in `docs/demo-area.md`.
#![forbid(unsafe_code)]

mod cast;
mod course;
mod days;
mod deed;
mod dice;
mod names;
mod nation;
mod plan;
mod profile;
mod replay;
mod text;
mod world;

pub use deed::Deed;
pub use nation::{AreaColumns, columns, one_of};
pub use replay::record;
pub use world::{
    Act, Area, Contacts, DEMO_DRAFT, DEMO_LATE, Setup, World, WorldChild, WorldPerson, WorldRole,
    children, make, person_id, staff,
};
