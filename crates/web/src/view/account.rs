//! The same date explained to a lawyer and to an officer, from the same account.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;
use sendero_app::house::law::{Account, ExcuseState, FirstDay};

use super::officer::Child;
use super::parts::SumRow;
use super::{Frame, Kind, Link, filters};

/// For a lawyer: each step of the arithmetic, what was counted, the citation and the readings.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/lawyer.html")]
pub struct Lawyer {
    /// What the date is of, for those who hear the summary without the card.
    pub about: String,
    /// Whether it stands open.
    pub open: bool,
    /// What started it.
    pub trigger: String,
    /// On which day.
    pub from: Date,
    /// The last day.
    pub due: Option<Date>,
    /// The period in words.
    pub period: String,
    /// The engine's steps.
    pub steps: Vec<SumRow>,
    /// What was counted, and how it reads.
    pub account: Account,
    /// The provision, with its paragraphs of the Code.
    pub cite: String,
    /// `statute`, `guidance` and so on.
    pub force: String,
    /// In force since.
    pub since: Option<Date>,
    /// How the row was checked.
    pub checked: String,
    /// The rulebook's hash.
    pub rulebook: String,
}
impl HtmlSafe for Lawyer {}

/// For an officer: where it stands, what is missing, what would change it.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/officer.html")]
pub struct Officer {
    /// Where it stands, in a sentence.
    pub say: String,
    /// What it waits for today; empty where nothing on the record tells, and outside a case.
    pub waits: String,
    /// What ends it; may be empty.
    pub ends: String,
    /// What was counted, and what would change it.
    pub account: Account,
    /// Where an exception is claimed.
    pub claim: Option<String>,
}
impl HtmlSafe for Officer {}

/// `/case/{reference}/why/{duty}`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_why.html")]
pub struct Explained {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The duty.
    pub title: String,
    /// What the family reads.
    pub family: String,
    /// What the family is told it can do now; may be empty.
    pub family_now: String,
    /// For the officer.
    pub officer: Officer,
    /// For a lawyer.
    pub lawyer: Lawyer,
    /// The duty in plain words.
    pub duty: Link,
}
