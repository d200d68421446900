//! How good the Local Offer is, counted and open to anybody.

use askama::Template;

use super::{Frame, Kind, filters};

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
    /// Checked within 90 days, within a year, and not.
    pub checked: [usize; 3],
    /// What a family needs to know, each with how many services say it.
    pub parts: Vec<(String, usize)>,
    /// Services that say all of it.
    pub whole: usize,
}

impl Check {
    /// A count as a part of all services: "41 of 56 (73%)".
    fn share(&self, count: &usize) -> String {
        if self.services == 0 {
            return "0".to_owned();
        }
        // Rounded down: nothing is whole that is not.
        format!("{count} of {} ({}%)", self.services, count * 100 / self.services)
    }
}
