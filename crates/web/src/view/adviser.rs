//! What an adviser sees: what is asked of them and by when, the form for their advice, what they
//! are about to send, and that it has been received.

use askama::Template;
use jiff::civil::Date;

use super::form::{Filled, Hidden};
use super::parts::{Days, State, Words};
use super::{Frame, Kind, Link, filters};

/// `/advice`
#[derive(Clone, Debug, Template)]
#[template(path = "adviser_inbox.html")]
pub struct Inbox {
    /// What stands around the page.
    pub frame: Frame,
    /// What is asked and not yet given, by due date.
    pub open: Vec<Asked>,
    /// What was given, newest first.
    pub given: Vec<Given>,
}

/// A request for advice.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The child, and the form.
    pub child: Link,
    /// Age and setting.
    pub about: String,
    /// What is asked ("Psychological advice, reg 6(1)(d)").
    pub what: String,
    /// The day it was received.
    pub on: Date,
    /// The last day; none where the law gives no number.
    pub due: Option<Date>,
    /// Days left or late.
    pub days: Days,
    /// What is filled in already ("2 needs saved yesterday").
    pub begun: Option<String>,
}

/// Advice that was given.
#[derive(Clone, Debug)]
pub struct Given {
    /// The child, and the advice as sent.
    pub child: Link,
    /// What was asked ("educational psychologist").
    pub what: String,
    /// When it was sent.
    pub on: Date,
}

/// `/advice/{request}`
#[derive(Clone, Debug, Template)]
#[template(path = "adviser_form.html")]
pub struct AdviceForm {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Where the form goes ("/advice/a-17").
    pub action: String,
    /// The child's name.
    pub name: String,
    /// As what the adviser is asked, and where the law says so ("as educational psychologist under
    /// regulation 6(1)(d)").
    pub asked_as: String,
    /// The day the request was received.
    pub on: Date,
    /// The last day; none where the law gives no number.
    pub due: Option<Date>,
    /// Days left or late.
    pub days: Days,
    /// The last day for the final plan.
    pub plan_by: Option<Date>,
    /// The last day on which the advice keeps that date.
    pub keeps: Option<Date>,
    /// The child's own words.
    pub words: Option<Words>,
    /// The question.
    pub question: String,
    /// How many needs there are fields for.
    pub rows: u32,
    /// For each row, how its provision reads, and the hours a year where they can be counted.
    pub read_back: Vec<ReadBack>,
    /// `need-N`, `outcome-N`, `provision-N`, `minutes-N`, `times-N`, `every-N`, `weeks-N`,
    /// `adults-N`, `children-N`; `how-known`, `words`.
    pub filled: Filled,
    /// When it was saved ("today at 9.30am"), if it was.
    pub saved: Option<String>,
    /// What was told already, about what and in whose words.
    pub told: Vec<(String, String)>,
    /// The officer to ask, and their number.
    pub officer: (String, String),
}

/// A provision as it was understood.
#[derive(Clone, Debug, Default)]
pub struct ReadBack {
    /// The amounts that were understood ("20 minutes", "4 a week").
    pub chips: Vec<String>,
    /// What is not said ("how much?").
    pub missing: Vec<String>,
    /// The hours a year, where they can be counted ("50.7 hours a year").
    pub hours: Option<String>,
}

impl AdviceForm {
    fn id(field: &str, row: &u32) -> String {
        format!("{field}-{row}")
    }

    fn read(&self, row: &u32) -> Option<&ReadBack> {
        let place = usize::try_from(*row).ok()?.checked_sub(1)?;
        self.read_back.get(place).filter(|one| !one.chips.is_empty() || !one.missing.is_empty())
    }
}

/// A need with its outcome and provision, to be read before it is sent.
#[derive(Clone, Debug)]
pub struct Item {
    /// The need.
    pub need: String,
    /// The outcome.
    pub outcome: String,
    /// The provision.
    pub provision: String,
    /// How the provision is read.
    pub read: ReadBack,
}

/// `/advice/{request}/check`
#[derive(Clone, Debug, Template)]
#[template(path = "adviser_check.html")]
pub struct AdviceCheck {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// What was filled in on the form, to go with either button.
    pub carried: Vec<(String, String)>,
    /// Where the form is ("/advice/a-17").
    pub action: String,
    /// The child's name.
    pub name: String,
    /// Who gets it ("Aldermere, and through it Oisin's mother and his school").
    pub goes_to: String,
    /// The needs.
    pub items: Vec<Item>,
    /// How the adviser came to know the child.
    pub how_known: String,
    /// Anything else.
    pub words: String,
}

/// The advice has been received.
#[derive(Clone, Debug, Template)]
#[template(path = "adviser_sent.html")]
pub struct AdviceSent {
    /// What stands around the page.
    pub frame: Frame,
    /// The child's name.
    pub name: String,
    /// The day it came.
    pub on: Date,
    /// And the time ("8.14am").
    pub at: String,
    /// How many days late, if it was.
    pub late: Option<i32>,
    /// Where it can be read as sent.
    pub copy: Link,
    /// How many other requests are open.
    pub open: u32,
}
