//! How good the Local Offer is, counted and open to anybody.

use askama::Template;
use jiff::civil::Date;

use super::{Frame, Kind, Link, filters};

/// One criterion.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its name.
    pub name: String,
    /// Its figures, each in words and as it was on each of the days.
    pub figures: Vec<(String, Vec<String>)>,
}

/// One of our own pages, as it was drawn.
#[derive(Clone, Debug)]
pub struct OwnRow {
    /// The page.
    pub page: Link,
    /// The age at which it is read.
    pub age: u8,
    /// The clicks to it from the first page, where it names a contact.
    pub clicks: Option<usize>,
}

/// `/offer/check`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/check.html")]
pub struct Check {
    /// What stands around the page.
    pub frame: Frame,
    /// How many services there are.
    pub services: usize,
    /// The headings that the law names, each with how many services answer it.
    pub headings: Vec<(String, usize)>,
    /// Headings that none answers.
    pub empty: Vec<String>,
    /// What a family needs to know, each with how many services say it.
    pub parts: Vec<(String, usize)>,
    /// Services that say all of it.
    pub whole: usize,
    /// The days on which the criteria are counted, today first.
    pub days: Vec<Date>,
    /// The criteria.
    pub criteria: Vec<Judged>,
    /// Our own pages.
    pub own: Vec<OwnRow>,
    /// Those that an 11 year old can read.
    pub own_readable: usize,
    /// The guides.
    pub guides: usize,
    /// Those that name somebody to ring.
    pub guides_lead: usize,
    /// The most clicks from the first page to one of those.
    pub clicks_most: Option<usize>,
    /// The services that are hardest to read, each with the age at which it is read.
    pub hardest: Vec<(Link, u8)>,
}

impl Check {
    /// A count as a part of all services: "41 of 56 (73%)".
    fn share(&self, count: &usize) -> String {
        share(*count, self.services)
    }
}

/// "41 of 56 (73%)". Rounded down: nothing is whole that is not.
#[must_use]
pub fn share(count: usize, of: usize) -> String {
    match of {
        0 => "0 of 0".to_owned(),
        of => format!("{count} of {of} ({}%)", count * 100 / of),
    }
}
