//! Today's list: every line a sentence, in groups, what has been broken first.

use askama::Template;
use jiff::civil::Date;

use super::super::form::{Filled, Hidden};
use super::super::parts::{Days, Pages};
use super::super::{Frame, Kind, Link, filters};
use super::{By, Whose};

/// `/today`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_today.html")]
pub struct Today {
    /// What stands around the page.
    pub frame: Frame,
    /// Today.
    pub day: Date,
    /// How many children are with the reader, or with the office.
    pub children: u32,
    /// How many lines fall due in the next fourteen days, or are late.
    pub due: u32,
    /// How many of the children have nothing due before `quiet_until`.
    pub quiet: u32,
    /// The first day on which anything else falls due.
    pub quiet_until: Option<Date>,
    /// Cases that another officer offers the reader.
    pub offered: Vec<Offered>,
    /// Requests that nobody has taken on yet.
    pub new: Vec<NewRequest>,
    /// How many plans other councils have passed on here, and nobody has opened a record with.
    pub passed: usize,
    /// The ways to look at the list; all of them keep the filter.
    pub views: Vec<(View, u32, String)>,
    /// The view that is shown.
    pub view: View,
    /// `stage`, `order` and `whose`, as they are set.
    pub filled: Filled,
    /// The filter that is set, if any.
    pub filter: Option<Filter>,
    /// The groups that have lines.
    pub groups: Vec<Group>,
    /// Which lines are shown, where there is more than one page.
    pub pages: Option<Pages>,
}

/// The ways to look at the list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum View {
    /// Everything that is due.
    All,
    /// What the reader can do.
    Mine,
    /// What others must do first.
    Waiting,
}

impl View {
    fn slug(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Waiting => "waiting",
        }
    }
}

/// A filter that is set, in words.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What it leaves ("stage: draft plan; office").
    pub words: String,
    /// Where the list is without it.
    pub clear: String,
}

/// A case that another officer offers.
#[derive(Clone, Debug)]
pub struct Offered {
    /// The form's marks.
    pub hidden: Hidden,
    /// The child, and the case.
    pub child: Link,
    /// Age and reference.
    pub about: String,
    /// Who offers it.
    pub by: String,
    /// When.
    pub on: Date,
    /// What they say the reader should know.
    pub note: String,
    /// What is due next there ("Send draft plan, by Sun 29 Nov").
    pub next: Option<String>,
    /// Where the answer goes.
    pub action: String,
}

/// A request that nobody has taken on yet.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// The form's marks.
    pub hidden: Hidden,
    /// The child, and the case.
    pub child: Link,
    /// Age and reference.
    pub about: String,
    /// Whether it is a plan that came from another council, and no request.
    pub came: bool,
    /// The day it was received.
    pub received: Date,
    /// Who asked ("Su-Lin Harrowgate, mother").
    pub asked_by: String,
    /// By when the family must be told.
    pub by: By,
    /// How many days are left until then.
    pub days: Days,
    /// Where the form goes with which the reader takes it on; none where they may not.
    pub take: Option<String>,
}

/// The groups, in the order of the page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GroupKind {
    /// The law's day has passed, or is today.
    Late,
    /// The reader's, within seven days.
    Week,
    /// Somebody else's, with a date behind it.
    Waiting,
    /// After that.
    Next,
}

impl GroupKind {
    fn look(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Week => "soon",
            Self::Waiting => "wait",
            Self::Next => "next",
        }
    }
}

/// A group of lines.
#[derive(Clone, Debug)]
pub struct Group {
    /// Which.
    pub kind: GroupKind,
    /// How many lines it has, also on other pages.
    pub count: u32,
    /// Those on this page.
    pub lines: Vec<Line>,
}

impl Group {
    fn shown(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }
}

/// A line: who, what, by when, how many days, whose turn, why now.
#[derive(Clone, Debug)]
pub struct Line {
    /// The child, and the case.
    pub child: Link,
    /// Age and reference ("8 · ALD 2609 0417 K").
    pub about: String,
    /// The act, verb first, and where it is done.
    pub act: Link,
    /// The law, or "our own standard".
    pub cite: String,
    /// The last day.
    pub by: By,
    /// Days left or late.
    pub days: Days,
    /// Whose turn.
    pub turn: Whose,
    /// At most two short sentences: what came, what is missing, what it endangers.
    pub why: String,
}

impl Today {
    fn is_office(&self) -> bool {
        self.filled.value("whose") == "office"
    }
}
