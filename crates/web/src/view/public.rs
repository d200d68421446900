//! The pages that anybody may read: the start, what the law says, signing in, and the pages that
//! say that something did not work.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::clock::{Week, weeks};
use super::form::{Filled, Hidden};
use super::guide::GuideRow;
use super::parts::{Conflict, Pill, SumRow};
use super::span::Span;
use super::{Frame, Kind, Link, filters};

/// `/`
#[derive(Clone, Debug, Template)]
#[template(path = "start.html")]
pub struct Start {
    /// What stands around the page.
    pub frame: Frame,
    /// What may be happening, each with its guide.
    pub guides: Vec<GuideRow>,
}

/// How strongly the law speaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Force {
    /// An Act or regulations.
    Must,
    /// Statutory guidance, to be followed unless there is good reason.
    Should,
    /// A person may, and nobody can stop them.
    May,
    /// The area's own stricter standard.
    Local,
    /// Proposed, or enacted without a day: nobody owes it.
    NotLaw,
}

impl Force {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Must => "Must",
            Self::Should => "Should",
            Self::May => "May",
            Self::Local => "Own standard",
            Self::NotLaw => "Not law",
        }
    }
}

/// Whose own standards and terms stand with the law, where a server serves several areas; nothing where
/// it serves one.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/areas.html")]
pub struct Areas {
    /// The area that is shown.
    pub name: String,
    /// The others, each with the same page.
    pub others: Vec<Link>,
}
impl HtmlSafe for Areas {}

/// One duty in the index.
#[derive(Clone, Debug)]
pub struct DutyRow {
    /// Its id in lower case, by which it stands on a page.
    pub id: String,
    /// Its own page.
    pub href: String,
    /// What must be done ("The council must answer your request within 6 weeks").
    pub title: String,
    /// Its force.
    pub force: Force,
    /// Who must do it.
    pub owner: String,
}

/// One stage of the law, with its duties.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its place on the page, for links.
    pub id: String,
    /// Its name ("Asking for an assessment").
    pub title: String,
    /// Its duties.
    pub duties: Vec<DutyRow>,
}

/// `/law`
#[derive(Clone, Debug, Template)]
#[template(path = "law_index.html")]
pub struct LawIndex {
    /// What stands around the page.
    pub frame: Frame,
    /// What may be happening to a family, each with its page.
    pub happening: Vec<Link>,
    /// Whose own standards stand among them.
    pub areas: Areas,
    /// Where it is shown otherwise: by stage or by who owes; where all of it stands on one page;
    /// and the school terms.
    pub links: [String; 3],
    /// Whether the duties stand by who owes them.
    pub by_owner: bool,
    /// The stages in the order that a family meets them, or the parties who owe.
    pub stages: Vec<Stage>,
}

/// `/law/all`
#[derive(Clone, Debug, Template)]
#[template(path = "law_all.html")]
pub struct LawAll {
    /// What stands around the page.
    pub frame: Frame,
    /// Whose own standards stand among them.
    pub areas: Areas,
    /// The same as data: the law, and the law with what the area has promised, where it has.
    pub data: (String, Option<String>),
    /// How many duties and rights there are.
    pub duties: usize,
    /// The rulebook's hash.
    pub hash: String,
    /// The stages in the order that a family meets them.
    pub stages: Vec<WholeStage>,
    /// Every notice with what it must hold.
    pub notices: Vec<NoticeRow>,
}

/// A notice with what it must hold.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// Its code in the rulebook (`NA`).
    pub code: String,
    /// Its name.
    pub title: String,
    /// Where it is written.
    pub cite: String,
    /// Each part: its code, its words, and where the law asks for it if that is elsewhere.
    pub parts: Vec<(String, String, String)>,
}

/// A stage of the whole rulebook.
#[derive(Clone, Debug)]
pub struct WholeStage {
    /// Its place on the page; apart from the ids of duties.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its duties.
    pub duties: Vec<WholeDuty>,
}

/// A duty in a few lines.
#[derive(Clone, Debug)]
pub struct WholeDuty {
    /// Its title, force and owner.
    pub row: DutyRow,
    /// Who it is owed to beside its owner; may be empty.
    pub claimant: String,
    /// Its period; empty where there is none.
    pub period: String,
    /// Whether it is law that gives no number.
    pub no_number: bool,
    /// What it means, in short sentences.
    pub say: String,
    /// Where it is written.
    pub cite: String,
    /// How it was checked.
    pub checked: String,
    /// What can be done if it is not kept.
    pub remedies: String,
}

/// An act on a day, and what the clock would say of it.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The act with its day ("Sent Sunday 25 October").
    pub act: String,
    /// In time, or late by so much.
    pub pill: Pill,
}

/// `/law/{duty}`
#[derive(Clone, Debug, Template)]
#[template(path = "law_duty.html")]
pub struct Duty {
    /// What stands around the page.
    pub frame: Frame,
    /// The stage it belongs to.
    pub stage: Link,
    /// The duty as a sentence with its force.
    pub title: String,
    /// Its force.
    pub force: Force,
    /// What it means, in short sentences.
    pub say: String,
    /// Who must do it.
    pub owner: String,
    /// Who can hold them to it.
    pub claimant: String,
    /// What finishes it; empty where it goes without saying.
    pub finish: String,
    /// What can be done now; empty where the remedies say it.
    pub now: String,
    /// A note on the law; empty where there is none.
    pub note: String,
    /// Of an area's own standard, the area.
    pub own: String,
    /// What stands beside it: what the area has promised beyond this duty, or the duty beyond which it
    /// has promised this.
    pub beside: Vec<Link>,
    /// Where the terms are in which its school days are counted; none where it counts none.
    pub school_days: Option<String>,
    /// Whether it is law that gives no number.
    pub no_number: bool,
    /// How its time runs, drawn; none for what is not law.
    pub span: Option<Span>,
    /// An example, day by day; none where the law gives no number of days.
    pub example: Option<Example>,
    /// When the number can be lifted, and what never counts.
    pub exceptions: Vec<String>,
    /// What you can do if it is late.
    pub remedies: Vec<(String, String)>,
    /// The notice that goes with it.
    pub notice: Option<NoticeRow>,
    /// Other ways to read it.
    pub readings: Vec<(String, String, String)>,
    /// Where it is written.
    pub cite: String,
    /// In force since.
    pub since: Option<Date>,
    /// How it was checked, and in what.
    pub checked: String,
}

/// A worked example of a duty's clock.
#[derive(Clone, Debug)]
pub struct Example {
    /// The day it starts, which is not counted.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// How many days that is.
    pub days: i32,
    /// What the last day is ("The last day to answer").
    pub last_words: String,
    /// The sum; the last row is the answer.
    pub rows: Vec<SumRow>,
    /// Acts before, on and after the last day.
    pub tried: Vec<Tried>,
}

impl Example {
    fn weeks(&self) -> Vec<Week> {
        weeks(self.first, self.last)
    }
}

/// `/sign-in`
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// `email`, and what is wrong with it.
    pub filled: Filled,
    /// Whether a link has been sent; said the same whether or not we know the address.
    pub sent: bool,
}

/// `/link/{token}`: the second step, so that no mail scanner uses the link up.
#[derive(Clone, Debug, Template)]
#[template(path = "one_use.html")]
pub struct OneUse {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Where the form goes.
    pub action: String,
    /// Who signs in; none when the link has been used or is too old.
    pub who: Option<String>,
}

/// What went wrong, as far as a person should know.
#[derive(Clone, Debug)]
pub enum Wrong {
    /// Not there, or not for this person: the same page, so that it tells nothing.
    NotFound,
    /// This person may not do this here; the reason in words.
    Refused(String),
    /// The record has changed since the form was opened.
    Conflict(Conflict),
    /// Too big, too many, too often; the limit in words.
    TooMuch(String),
    /// Try again in a moment.
    Busy,
    /// It broke; the reference finds it in our notes.
    Broken {
        /// The reference.
        reference: String,
    },
}

/// The page that says that something did not work.
#[derive(Clone, Debug, Template)]
#[template(path = "wrong.html")]
pub struct WrongPage {
    /// What stands around the page.
    pub frame: Frame,
    /// What went wrong.
    pub wrong: Wrong,
    /// Where to go on, if there is a better place than the start page.
    pub go_on: Option<Link>,
}

/// `/accessibility`
#[derive(Clone, Debug, Template)]
#[template(path = "accessibility.html")]
pub struct Accessibility {
    /// What stands around the page.
    pub frame: Frame,
}

/// `/privacy`
#[derive(Clone, Debug, Template)]
#[template(path = "privacy.html")]
pub struct Privacy {
    /// What stands around the page.
    pub frame: Frame,
}

/// `/dates`
#[derive(Clone, Debug, Template)]
#[template(path = "dates.html")]
pub struct Dates {
    /// What stands around the page.
    pub frame: Frame,
}

/// One place where somebody is signed in.
#[derive(Clone, Debug)]
pub struct Device {
    /// What the browser says it is.
    pub label: String,
    /// Since when, in words.
    pub since: String,
    /// Whether it is the one now used.
    pub this: bool,
}

/// `/account`
#[derive(Clone, Debug, Template)]
#[template(path = "account.html")]
pub struct Account {
    /// What stands around the page.
    pub frame: Frame,
    /// The marks of the password form.
    pub hidden: Hidden,
    /// The marks of "sign out everywhere".
    pub again: Hidden,
    /// The marks of "sign out here".
    pub out: Hidden,
    /// `password`, and what is wrong with it.
    pub filled: Filled,
    /// Whether a password is set.
    pub has_password: bool,
    /// Whether it has just been saved.
    pub saved: bool,
    /// Where they are signed in.
    pub devices: Vec<Device>,
}

/// `/demo`
#[derive(Clone, Debug, Template)]
#[template(path = "demo.html")]
pub struct DemoDay {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// `day`, and what is wrong with it.
    pub filled: Filled,
    /// The day it is here.
    pub today: Date,
}

/// `/home` of a family with more than one child, or none yet.
#[derive(Clone, Debug, Template)]
#[template(path = "children.html")]
pub struct Children {
    /// What stands around the page.
    pub frame: Frame,
    /// The children.
    pub list: Vec<super::parts::Action>,
}
