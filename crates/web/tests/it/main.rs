//! What every page keeps, read from its HTML.

#![expect(clippy::unwrap_used, reason = "a test stops where it breaks")]

mod advice;
mod areas;
mod assets;
mod breaches;
mod comments;
mod complaints;
mod disagree;
mod doors;
mod examples;
mod guides;
mod happening;
mod help_here;
mod html;
mod keep;
mod moved;
mod notices;
mod offer;
mod offer_log;
mod office;
mod pages;
mod papers;
mod rights;
mod routes;
mod service;
mod staff;
mod terms;
mod work;
