//! A child's case on one page: who, where it stands, what the law asks now, and what happened.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::super::form::{Choices, Filled, Hidden};
use super::super::parts::{Days, Kind as Mark, Path, Pill, State, Version, Why, Words};
use super::super::{Frame, Kind, Link, filters};
use super::{By, Child, Whose};

/// `/case/{reference}`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_case.html")]
pub struct CasePage {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// Today.
    pub today: Date,
    /// Age; none where the date of birth is not known.
    pub age: Option<u32>,
    /// Date of birth.
    pub born: Option<Date>,
    /// Where the child learns ("Year 4, Thornbeck Primary").
    pub setting: Option<String>,
    /// Who has parental responsibility, as a sentence without its full stop.
    pub parents: Option<String>,
    /// The officer; none until somebody has taken the case on.
    pub officer: Option<String>,
    /// What to keep in mind, seals first.
    pub keep: Vec<Keep>,
    /// What was saved a moment ago ("Your note of the call is kept."), after a form.
    pub saved: Option<String>,
    /// What the page lets the reader do.
    pub tools: Tools,
    /// The child's own words.
    pub words: Option<Words>,
    /// The path of six.
    pub path: Path,
    /// The child is not receiving full-time education.
    pub not_in_education: Option<NotInEducation>,
    /// Who asked is not yet tied to a person.
    pub asker: Option<Asker>,
    /// The next act; none when it is not the reader's turn.
    pub next: Option<NextAct>,
    /// What stands open.
    pub duties: Vec<DutyRow>,
    /// What was done.
    pub met: Vec<MetRow>,
    /// What happened, newest first.
    pub happened: Vec<Entry>,
    /// How many entries there are.
    pub entries: u32,
    /// Where the earlier ones are.
    pub earlier: Option<String>,
    /// The people around the child.
    pub people: Vec<PersonRow>,
    /// How many there are.
    pub people_total: u32,
    /// The advice and documents.
    pub documents: Vec<DocRow>,
    /// What the family can do if it is late, a sentence each.
    pub if_late: Vec<String>,
}

/// What the page lets the reader do; what is not there is not drawn.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tools {
    /// Record, note a call, correct.
    pub record: bool,
    /// Claim an exception.
    pub claim: bool,
    /// Write to the family; how many messages wait for an answer.
    pub messages: Option<u32>,
    /// Work on the plan.
    pub plan: bool,
    /// Send a notice about the plan in force.
    pub notices: bool,
}

/// Something to keep in mind.
#[derive(Clone, Debug)]
pub struct Keep {
    /// Named by its effect ("Address sealed from one person").
    pub text: String,
    /// Whether it is a seal: solid ink.
    pub sealed: bool,
}

/// The child is not receiving full-time education.
#[derive(Clone, Debug)]
pub struct NotInEducation {
    /// For how many days.
    pub days: i32,
    /// Since when.
    pub since: Date,
    /// Why, as told, with who told it.
    pub why: String,
    /// What the authority must do about it, and where.
    pub act: Option<Link>,
}

/// Who asked, until they are tied to a person.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The form's marks.
    pub hidden: Hidden,
    /// What they said of themselves.
    pub said: Vec<(String, String)>,
    /// Who they are: somebody new, or one of those already known here.
    pub who: Choices,
    /// `how-checked`, and what is wrong.
    pub filled: Filled,
}

/// The next act.
#[derive(Clone, Debug)]
pub struct NextAct {
    /// The act and its date ("Send the draft by Friday 27 November").
    pub heading: String,
    /// Why then.
    pub why: String,
    /// Where it is done.
    pub act: Link,
    /// Something beside it.
    pub beside: Option<Link>,
}

/// A duty that stands open.
#[derive(Clone, Debug)]
pub struct DutyRow {
    /// The duty.
    pub title: String,
    /// The law, or "our own standard".
    pub cite: String,
    /// Where it is done.
    pub act: Option<Link>,
    /// The last day.
    pub by: By,
    /// Days left or late.
    pub standing: Days,
    /// An exception that was claimed, and how it stands.
    pub excuse: Option<String>,
    /// Whose turn.
    pub turn: Whose,
    /// The sum behind the date.
    pub why: Option<Why>,
    /// Where it is explained to the family, to the officer and to a lawyer.
    pub explained: String,
}

/// A duty that was met.
#[derive(Clone, Debug)]
pub struct MetRow {
    /// The duty.
    pub title: String,
    /// The law.
    pub cite: String,
    /// The day it was met.
    pub on: Date,
    /// Whether that is only the day by which it was, and what it was late by the least.
    pub by: bool,
    /// By when it was due.
    pub due: Option<Date>,
    /// How many days late, if it was.
    pub late: Option<i32>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place on the page, to come back to after a change.
    pub id: String,
    /// The day it happened.
    pub on: Date,
    /// What happened.
    pub what: String,
    /// Who, how it is known, why.
    pub more: String,
    /// Words as given, where somebody is quoted.
    pub said: Option<String>,
    /// Fact, decision or late.
    pub mark: Mark,
    /// When the authority came to know it, where that was later.
    pub known_on: Option<Date>,
    /// What stood here before a correction, newest first.
    pub before: Vec<Version>,
    /// Why it was taken back, if it was: it stays to be read, and counts no more.
    pub taken_back: Option<String>,
    /// Something to open.
    pub link: Option<Link>,
    /// Where it can be corrected or taken back; none where it cannot.
    pub change: Option<String>,
}

/// Somebody around the child.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Their name.
    pub who: String,
    /// Who they are ("mother", "educational psychologist").
    pub role: String,
    /// What to know about reaching them.
    pub line: Option<String>,
}

/// A piece of advice or a document.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_doc.html")]
pub struct DocRow {
    /// What it is; its link where it is in.
    pub name: String,
    /// Where it can be read.
    pub href: Option<String>,
    /// Its state.
    pub pill: Option<Pill>,
    /// Its day and what is in it.
    pub line: String,
}
impl HtmlSafe for DocRow {}

impl CasePage {
    fn met_late(&self) -> usize {
        self.met.iter().filter(|one| one.late.is_some()).count()
    }
}
