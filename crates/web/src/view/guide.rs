//! Where a family begins: what is happening, and what to do and whom to ring.

use askama::Template;

use super::offer::{Card, Danger};
use super::public::DutyRow;
use super::{Frame, Kind, Link, filters};

/// A guide in a list.
#[derive(Clone, Debug)]
pub struct GuideRow {
    /// Its page.
    pub href: String,
    /// What is happening.
    pub title: String,
    /// What stands there.
    pub line: String,
}

/// Somebody to ring.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The service.
    pub service: Link,
    /// Its number.
    pub phone: String,
    /// Whom to ask for, or ''.
    pub ask_for: String,
    /// The next step in a few words, or ''.
    pub next: String,
}

/// One kind of help.
#[derive(Clone, Debug)]
pub struct HelpPart {
    /// Its heading.
    pub title: String,
    /// The services that fit best.
    pub cards: Vec<Card>,
    /// The search for more of them.
    pub more: String,
}

/// `/offer/guide/{guide}`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/guide.html")]
pub struct GuidePage {
    /// What stands around the page.
    pub frame: Frame,
    /// What is happening.
    pub title: String,
    /// What matters first.
    pub lead: String,
    /// Help that comes before everything else.
    pub dangers: Vec<Danger>,
    /// Somebody to ring today; the SEND team stands beside them always.
    pub contact: Option<Contact>,
    /// What they can do now.
    pub now: Vec<String>,
    /// Who can help here.
    pub help: Vec<HelpPart>,
    /// What the law says.
    pub duties: Vec<DutyRow>,
    /// The situation of the rulebook that goes on from here.
    pub situation: Option<Link>,
}
