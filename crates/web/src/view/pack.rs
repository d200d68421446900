//! The Local Offer on paper.

use askama::Template;
use jiff::civil::Date;

use super::{Frame, Kind, Link, filters};

/// A service on paper.
#[derive(Clone, Debug)]
pub struct PackLine {
    /// Its name.
    pub name: String,
    /// What it is, in short.
    pub about: String,
    /// Ages, cost and wait, in words.
    pub facts: String,
    /// The next step, or ''.
    pub next: String,
    /// The number to ring, or ''.
    pub phone: String,
    /// Whom to ask for, or ''.
    pub ask_for: String,
    /// Where it is, or ''.
    pub place: String,
    /// Whether nobody has checked it for a year.
    pub old: bool,
}

/// The services of one need.
#[derive(Clone, Debug)]
pub struct PackPart {
    /// The need.
    pub name: String,
    /// The services.
    pub lines: Vec<PackLine>,
    /// How many more there are.
    pub left: usize,
}

/// `/offer/pack`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/pack.html")]
pub struct Pack {
    /// What stands around the page.
    pub frame: Frame,
    /// The day of this copy.
    pub today: Date,
    /// The one need that it is for.
    pub need: Option<String>,
    /// What is in it.
    pub parts: Vec<PackPart>,
    /// The packs of single needs.
    pub packs: Vec<Link>,
}
