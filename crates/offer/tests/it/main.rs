//! What the Local Offer promises: the feed's shapes, reading other people's feeds, and finding.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it breaks")]

mod audit;
mod comment;
mod conform;
mod feed;
mod keep;
mod log;
mod read;
mod relevance;
mod walk;
mod words;
