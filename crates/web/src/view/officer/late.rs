//! What was late in a case, and a draft apology for it.

use askama::Template;
use jiff::civil::Date;

use super::super::form::{Filled, Hidden};
use super::super::{Frame, Kind, Link, filters};
use super::Child;

/// A breach in the register.
#[derive(Clone, Debug)]
pub struct LateRow {
    /// The duty, and where it is explained.
    pub duty: Link,
    /// The provision.
    pub cite: String,
    /// The last day.
    pub due: Option<Date>,
    /// The day it was done.
    pub done: Option<Date>,
    /// The day by which it was, where nobody recorded that one. Then `days` are the least.
    pub done_by: Option<Date>,
    /// Days past the last one.
    pub days: Option<i32>,
    /// The system that held it up.
    pub cause: String,
    /// An exception in play.
    pub excuse: Option<String>,
}

/// `/case/{reference}/late`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_late.html")]
pub struct Late {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// What was late, earliest first.
    pub list: Vec<LateRow>,
}

/// What the Ombudsman usually asks for.
#[derive(Clone, Debug)]
pub struct FigureRow {
    /// For what.
    pub what: String,
    /// From how much to how much.
    pub range: String,
    /// For what time; may be empty.
    pub per: String,
    /// What moves it.
    pub note: String,
    /// How it was checked.
    pub read: String,
}

/// `/case/{reference}/apology`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_apology.html")]
pub struct Apology {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks.
    pub hidden: Hidden,
    /// `text`.
    pub filled: Filled,
    /// The Ombudsman's figures.
    pub figures: Vec<FigureRow>,
    /// Where they come from.
    pub source: String,
}
