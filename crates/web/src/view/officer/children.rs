//! The children: found by name or reference, or all that are with the reader.

use askama::Template;

use super::super::parts::Pages;
use super::super::{Frame, Kind, Link, filters};
use super::By;

/// `/children`, and the office's list for a manager.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_children.html")]
pub struct Children {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the search form goes: this page's own address.
    pub action: String,
    /// Whether the list holds the whole office's children.
    pub office: bool,
    /// What was searched for; empty for the whole list.
    pub find: String,
    /// The children, in order of name.
    pub list: Vec<ChildRow>,
    /// How many there are.
    pub total: u32,
    /// Which are shown, where there is more than one page.
    pub pages: Option<Pages>,
}

/// A child in a list.
#[derive(Clone, Debug)]
pub struct ChildRow {
    /// The child, and the case.
    pub child: Link,
    /// Age and reference.
    pub about: String,
    /// Where the case is ("Gathering advice").
    pub stage: String,
    /// What is due next.
    pub next: Option<(String, By)>,
    /// The officer; none while nobody has the case.
    pub officer: Option<String>,
}
