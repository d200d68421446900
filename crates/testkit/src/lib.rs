//! What tests share: a throwaway PostgreSQL cluster, one a test process, gone when it ends; and a
//! browser that speaks to a running server.

pub mod browser;
mod postgres;

pub use postgres::{Cluster, postgres};
