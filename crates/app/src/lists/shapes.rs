//! What lists hold: lines, groups, counts and gaps.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_law::Standing;
use sendero_record::{ChildId, EventId, Name, PersonId, Relation, SettingKind, Stage};

use crate::{Now, SavedAdvice};

/// A child as lists name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedChild {
    /// The record.
    pub id: ChildId,
    /// The reference.
    pub reference: String,
    /// The name.
    pub name: Name,
    /// Date of birth.
    pub born: Option<Date>,
    /// Where they learn.
    pub setting: Option<(SettingKind, String)>,
    /// Stage of the case.
    pub stage: Stage,
    /// The officer.
    pub officer: Option<PersonId>,
    /// To whom the case is offered.
    pub offered_to: Option<PersonId>,
    /// Not receiving full-time education since.
    pub out_since: Option<Date>,
    /// The day of the request.
    pub requested_on: Option<Date>,
}

/// The group of today's list that a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Late, or on its last day; and children without education.
    LateOrLastDay,
    /// The reader's turn within seven days.
    ThisWeek,
    /// Another's act, with the reader's date behind it.
    Waiting,
    /// The reader's turn within fourteen days.
    NextWeek,
}

/// One line of today's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayLine {
    /// The child.
    pub child: NamedChild,
    /// Where it stands in the list.
    pub group: Group,
    /// The duty; `None` for a child without education.
    pub duty: Option<String>,
    /// The body asked, of advice.
    pub body: String,
    /// The adviser asked.
    pub adviser: String,
    /// Whose turn: `authority`, `family` or a body.
    pub turn: String,
    /// The law's last day; `None` where it gives no number.
    pub due: Option<Date>,
    /// The last working day on or before it.
    pub due_safe: Option<Date>,
    /// When to act.
    pub act_by: Date,
    /// Since when the clock has run.
    pub since: Date,
    /// Where it stands.
    pub standing: Standing,
    /// What it still needs, as projection names it.
    pub cause: String,
    pub(super) class: i64,
}

/// Today's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// The moment.
    pub now: Now,
    /// Lines of this page.
    pub lines: Vec<TodayLine>,
    /// Lines in each group, over all pages.
    pub counts: BTreeMap<Group, usize>,
    /// Lines in all, after filters.
    pub total: usize,
    /// Lines that are the reader's turn, and another's, whichever of them is shown.
    pub by_turn: [usize; 2],
    /// Children with the reader.
    pub children: usize,
    /// How many of them have no line.
    pub quiet: usize,
    /// Place of the first line of this page, from 0.
    pub first: usize,
    /// The earliest act-by day beyond the list, if anything is open there.
    pub next_due: Option<Date>,
}

/// What a reader narrows today's list to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilters {
    /// `mine`, `others` or everything.
    pub turn: String,
    /// A stage word, or everything.
    pub stage: String,
    /// The whole office, not only one's own children.
    pub office: bool,
    /// By date rather than by legal risk.
    pub by_date: bool,
    /// By name within each group.
    pub by_name: bool,
    /// From which line on.
    pub from: usize,
}

/// Lines on a page of a list.
pub const PAGE_LINES: usize = 25;

/// One request for advice in an adviser's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxLine {
    /// The child.
    pub child: NamedChild,
    /// The request.
    pub request: EventId,
    /// What the adviser is asked as.
    pub adviser: String,
    /// When they were asked.
    pub asked_on: Date,
    /// The last day.
    pub due: Option<Date>,
    /// What they have begun, if they have.
    pub begun: Option<SavedAdvice>,
}

/// Advice that somebody gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenLine {
    /// The child.
    pub child: NamedChild,
    /// The request.
    pub request: EventId,
    /// What they were asked as.
    pub adviser: String,
    /// The day it came.
    pub on: Date,
}

/// A case that a colleague offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedCase {
    /// The child.
    pub child: NamedChild,
    /// Who has the case until the offer is answered.
    pub by: Option<Name>,
    /// When it was offered.
    pub on: Date,
    /// What they say the reader should know.
    pub note: String,
    /// The duty that is due first, and its day.
    pub next: Option<(String, Date)>,
}

/// A request that nobody has taken on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    /// The child.
    pub child: NamedChild,
    /// Who says that they asked, while nobody has matched them.
    pub asker: Option<(Name, Relation)>,
    /// The day it was received.
    pub received: Date,
    /// The last day to tell the family whether there will be an assessment.
    pub due: Option<Date>,
    /// The last working day on or before it.
    pub due_safe: Option<Date>,
}

/// How many lines will breach for one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseCount {
    /// The cause, as projection names it.
    pub cause: String,
    /// How many within two, four and six weeks; each holds the one before.
    pub within: [usize; 3],
}

/// What will breach if nothing changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// The moment.
    pub now: Now,
    /// By cause, most first.
    pub causes: Vec<CauseCount>,
    /// Totals within two, four and six weeks.
    pub totals: [usize; 3],
    /// The first to go.
    pub first: Vec<TodayLine>,
    /// How many are late already; they are not in the forecast.
    pub late_already: usize,
    /// Each officer's open children.
    pub load: Vec<OfficerLoad>,
}

/// An officer's open children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerLoad {
    /// The officer.
    pub id: PersonId,
    /// Their name.
    pub name: Name,
    /// How many.
    pub children: i64,
    /// Duties of theirs that fall due within two weeks, late ones with them.
    pub due: usize,
}

/// Children that lack what every child must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeGaps {
    /// The moment.
    pub now: Now,
    /// Not receiving full-time education, longest first.
    pub without_education: Vec<NamedChild>,
    /// Without a setting.
    pub without_setting: Vec<NamedChild>,
    /// Without a named person.
    pub without_officer: Vec<NamedChild>,
    /// Offered to somebody who has not answered.
    pub offered: Vec<NamedChild>,
}
