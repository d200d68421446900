//! The Local Offer: what services there are for children and young people with special educational
//! needs or a disability, the open feed of them, and finding one with a family's own words.
//!
//! Pure: a [`Directory`] is a value, [`feed`] answers questions about it in the shapes of Open
//! Referral UK, [`read`] makes one of other people's feeds, and [`search::Finder`] finds in it.
#![forbid(unsafe_code)]

pub mod audit;
pub mod comment;
pub mod feed;
pub mod guide;
pub mod health;
pub mod history;
mod ids;
pub mod keep;
pub mod log;
mod made_up;
mod model;
pub mod read;
pub mod search;
mod terms;

pub use ids::{derived_id, is_id};
pub use made_up::{made_up, made_up_id, made_up_neighbour};
pub use model::{
    AtLocation, Cost, Delivery, Directory, Funding, Identifier, Location, LocationKind,
    Organisation, Phone, Route, Schedule, Service, ServiceArea, Status, Step, Tag, Taxonomy, Term,
    Wait,
};
pub use terms::{Facet, built_in, facet_of, term_of};
