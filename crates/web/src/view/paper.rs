//! What a family can take away when something is not done: the ways to put it right, and for each a
//! letter that is theirs to change, print and send.

use askama::Template;
use jiff::civil::Date;

use super::form::{Filled, Hidden};
use super::{Frame, Kind, Link, filters};

/// One way to put something right.
#[derive(Clone, Debug)]
pub struct WayRow {
    /// Its paper.
    pub paper: Link,
    /// To whom it goes, and when it is the right way.
    pub route: String,
    /// Its time in words.
    pub when: String,
    /// Its last day, where it can be worked out.
    pub by: Option<Date>,
    /// Whether that day has passed.
    pub passed: bool,
}

/// `/child/{reference}/do/{duty}`
#[derive(Clone, Debug, Template)]
#[template(path = "ways.html")]
pub struct Ways {
    /// What stands around the page.
    pub frame: Frame,
    /// The page before.
    pub back: Link,
    /// The duty ("Final plan").
    pub duty: String,
    /// Where it stands, in a sentence.
    pub say: String,
    /// The ways, in the order in which to use them.
    pub ways: Vec<WayRow>,
    /// Where the people are who can help with it.
    pub help: String,
}

/// A paper to change: `/child/{reference}/paper/{paper}` and `/happening/{situation}/paper/{paper}`
#[derive(Clone, Debug, Template)]
#[template(path = "paper.html")]
pub struct PaperForm {
    /// What stands around the page.
    pub frame: Frame,
    /// The page before.
    pub back: Link,
    /// What it is.
    pub title: String,
    /// To whom it goes, and when it is the right way.
    pub route: String,
    /// Its time in words.
    pub when: String,
    /// The form's marks.
    pub hidden: Hidden,
    /// Where the form goes.
    pub action: String,
    /// `text`.
    pub filled: Filled,
}

/// A paper as it is printed.
#[derive(Clone, Debug, Template)]
#[template(path = "paper_sheet.html")]
pub struct PaperSheet {
    /// What stands around the page.
    pub frame: Frame,
    /// The page before.
    pub back: Link,
    /// What it is.
    pub title: String,
    /// Its text as the family left it.
    pub text: String,
    /// The form's marks, to change it again.
    pub hidden: Hidden,
    /// Where the form goes.
    pub action: String,
}
