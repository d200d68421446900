//! What is happening to a family: what the law asks now, and the dates that follow from a few days
//! they tell. Nothing that they type is kept: the answers stand in the address.

use askama::Template;
use jiff::civil::Date;

use super::account::{Lawyer, Officer};
use super::form::{Choices, DateField, Filled};
use super::paper::WayRow;
use super::parts::{Reached, SumRow};
use super::public::{Areas, DutyRow};
use super::{Frame, Kind, Link, filters};

/// `/happening/{situation}`
#[derive(Clone, Debug, Template)]
#[template(path = "happening.html")]
pub struct Happening {
    /// What stands around the page.
    pub frame: Frame,
    /// What happened.
    pub title: String,
    /// What the law says of it.
    pub lead: String,
    /// What the family can do today.
    pub now: Vec<String>,
    /// The duties and rights that matter, in order.
    pub duties: Vec<DutyRow>,
    /// The letters, in the order in which to use them.
    pub ways: Vec<WayRow>,
    /// Where the dates are worked out; none where no date follows from a day.
    pub dates: Option<String>,
    /// Whose own standards stand among the duties.
    pub areas: Areas,
}

/// One question of the calculator.
#[derive(Clone, Debug)]
pub struct AskedDay {
    /// The day.
    pub day: DateField,
    /// What must be chosen besides.
    pub choice: Option<Choices>,
}

/// `/happening/{situation}/dates` before it is answered.
#[derive(Clone, Debug, Template)]
#[template(path = "dates_form.html")]
pub struct DatesForm {
    /// What stands around the page.
    pub frame: Frame,
    /// What happened, and its page.
    pub situation: Link,
    /// Where the form goes.
    pub action: String,
    /// The questions.
    pub asks: Vec<AskedDay>,
    /// Where the child lives, where several areas are served here.
    pub area: Option<Choices>,
    /// What was typed, and what is wrong with it.
    pub filled: Filled,
}

/// One date that follows.
#[derive(Clone, Debug)]
pub struct FoundDate {
    /// The period in words ("6 weeks"); empty for the start and where the law gives no number.
    pub period: String,
    /// The form of the duty (deadline, floor, ban, right and so on); empty for the start.
    pub form: String,
    /// The last day.
    pub by: Option<Date>,
    /// What must be done, or may be.
    pub title: String,
    /// Where it stands today, in a sentence.
    pub say: String,
    /// Whether the day has passed, and the answers do not say that it was done.
    pub passed: bool,
    /// Of what an area has promised beyond the law, the area.
    pub own: Option<String>,
    /// The sum.
    pub why: Vec<SumRow>,
    /// The citation.
    pub cite: String,
    /// The duty's page; none for the start.
    pub duty: Option<String>,
    /// The same for a lawyer; none for the start.
    pub lawyer: Option<Lawyer>,
    /// For staff who are signed in, what is missing and what would change it, in place of the
    /// sentence for families.
    pub officer: Option<Officer>,
    /// Its waymark.
    pub reached: Reached,
}

impl FoundDate {
    /// Whether the period is so many days, weeks or months, and not a day of the year.
    fn in_figures(&self) -> bool {
        self.period.starts_with(|first: char| first.is_ascii_digit())
    }

    fn period_alone(&self) -> String {
        crate::draw::capital(&self.period)
    }
}

/// `/happening/{situation}/dates` once it is answered.
#[derive(Clone, Debug, Template)]
#[template(path = "dates_found.html")]
pub struct DatesFound {
    /// What stands around the page.
    pub frame: Frame,
    /// What happened, and its page.
    pub situation: Link,
    /// What was answered.
    pub answers: Vec<(String, String)>,
    /// Where the answers are changed.
    pub change: String,
    /// The dates, in order.
    pub dates: Vec<FoundDate>,
    /// The calendar file.
    pub calendar: String,
    /// The letters, in the order in which to use them.
    pub ways: Vec<WayRow>,
    /// The cases in which a number is lifted, where one of these dates can be.
    pub lifted: Vec<String>,
}
