//! What tests share. Today: a throwaway PostgreSQL cluster, one a test process, gone when it ends.

mod postgres;

pub use postgres::{Cluster, postgres};
