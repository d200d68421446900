//! What an officer sees: what is due and why, one child's case on one page, the decisions with
//! their tests beside them, and the forms with which things are recorded, asked and sent.

mod ask;
mod case;
mod children;
mod decide;
mod late;
mod new_child;
mod people;
mod plan;
mod record;
mod send;
mod today;

pub use ask::{AskAdvice, BodyRow};
pub use case::{
    Asker, CasePage, DocRow, DutyRow, Entry, Keep, MetRow, NextAct, NotInEducation, PersonRow,
    Tools,
};
pub use children::{ChildRow, Children};
pub use decide::{Amounts, Before, Decide, DoubtRow, NoticePart, Test};
pub use late::{Apology, FigureRow, Late, LateRow};
pub use new_child::{CamePlan, NewChild, PassOn};
pub use people::{Messages, People, TiedPerson};
pub use plan::{Clash, Editor, PlanConflict, PlanSection, WorkingDraft};
pub use record::{Claim, Correct, Field, Ground, Kinds, NoteCall, PlanFields, Record, TakeBack};
pub use send::{Letter, NoticeRow, Notices, Preview, SendNotice, Sends, SheetPart, Withheld};
pub use today::{Filter, Group, GroupKind, Line, NewRequest, Offered, Today, View};

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::filters;

/// The child that a page is about, as its head names them.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_child.html")]
pub struct Child {
    /// Where the child's staff pages start ("/case/ALD26090417K").
    pub base: String,
    /// Full name.
    pub name: String,
    /// Age and setting ("8, Year 4, Thornbeck Primary").
    pub line: String,
    /// The reference as families write it ("ALD 2609 0417 K").
    pub reference: String,
}
impl HtmlSafe for Child {}

/// Whose turn a line is: one's own stands out, everybody else is plain text.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_whose.html")]
pub enum Whose {
    /// The reader's.
    You,
    /// A body's, a role's, or the young person's by name.
    Other(String),
}
impl HtmlSafe for Whose {}

/// The last day of a line.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_by.html")]
pub enum By {
    /// The law's last day.
    Day {
        /// The day.
        day: Date,
        /// The last working day before it, where it is not one itself.
        safe: Option<Date>,
        /// Whether the year is said, because it is not this one.
        year: bool,
    },
    /// The law gives no number of days.
    AtOnce,
    /// The date hangs on something that nobody has told us.
    Unclear,
}
impl HtmlSafe for By {}

impl By {
    /// A last day as it is written on a page of this day.
    #[must_use]
    pub fn day(day: Date, safe: Date, today: Date) -> Self {
        Self::Day { day, safe: (safe != day).then_some(safe), year: day.year() != today.year() }
    }
}
