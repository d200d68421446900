//! What every page keeps, read from its HTML.

#![expect(clippy::unwrap_used, reason = "a test stops where it breaks")]

mod advice;
mod assets;
mod comments;
mod doors;
mod examples;
mod happening;
mod html;
mod offer;
mod offer_log;
mod office;
mod pages;
mod papers;
mod rights;
mod routes;
mod service;
mod staff;
mod work;
