//! One piece of advice, and a letter that went: read only, the same for staff, family and whoever
//! gave or got it.

use askama::Template;
use jiff::civil::Date;

use super::adviser::Item;
use super::officer::Letter;
use super::parts::Pill;
use super::{Frame, Kind, Link, filters};

/// `/case/{reference}/advice/{request}`, the same under `/child/{reference}`, and
/// `/advice/{request}` once it is given.
#[derive(Clone, Debug, Template)]
#[template(path = "advice.html")]
pub struct AdvicePage {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the reader comes from.
    pub back: Link,
    /// The child's name.
    pub name: String,
    /// Whose advice it is ("Speech and language therapist").
    pub whose: String,
    /// In, late, or how many days are left.
    pub pill: Pill,
    /// Who was asked: the person, where one was named, and the body with its place in the law.
    pub asked_of: String,
    /// The day it was asked.
    pub on: Date,
    /// The last day; none where the law gives no number.
    pub due: Option<Date>,
    /// The question.
    pub question: String,
    /// The letter that asked.
    pub letter: Option<Link>,
    /// What came; none while it has not.
    pub answer: Option<Answer>,
    /// Where the reader can write it, if it is theirs to give.
    pub write: Option<Link>,
}

/// Advice as it was given.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The day it came.
    pub on: Date,
    /// How many days late, if it was.
    pub late: Option<i32>,
    /// Needs, outcomes and provision.
    pub items: Vec<Item>,
    /// How the adviser came to know the child.
    pub how_known: String,
    /// Anything else.
    pub words: String,
}

/// `/case/{reference}/letter/{entry}`, and the same under `/child/{reference}`.
#[derive(Clone, Debug, Template)]
#[template(path = "letter.html")]
pub struct LetterPage {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the reader comes from.
    pub back: Link,
    /// What it was ("The bodies that must know were told").
    pub title: String,
    /// The day it went.
    pub on: Date,
    /// The letter, as it went.
    pub letter: Letter,
}
