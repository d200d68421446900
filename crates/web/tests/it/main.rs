//! What every page keeps, read from its HTML.

mod examples;
