//! Recording: what came in, a call, an exception, and putting an entry right.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;
use sendero_app::house::record::Section;

use super::super::form::{Choices, DateField, Filled, Hidden, Text};
use super::super::parts::{Days, Version};
use super::super::{Frame, Kind, Link, filters};
use super::{By, Child};

/// `/case/{reference}/record`: what came in?
#[derive(Clone, Debug, Template)]
#[template(path = "staff_kinds.html")]
pub struct Kinds {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The kinds that can be recorded, under the stage they belong to; each leads to its form.
    pub groups: Vec<(String, Vec<Link>)>,
}

/// A field that belongs to one kind of entry.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_field.html")]
pub enum Field {
    /// Words.
    Text(Text),
    /// A date.
    Date(DateField),
    /// A choice.
    Choices(Choices),
    /// The text of a plan.
    Plan(PlanFields),
}
impl HtmlSafe for Field {}

/// The text of a plan as it stands on paper, a field for each section: `section-a` and so on.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_plan_fields.html")]
pub struct PlanFields {
    /// Whether they stand open.
    pub open: bool,
    /// What stands in each section.
    pub sections: Vec<(Section, String)>,
}
impl HtmlSafe for PlanFields {}

/// `/case/{reference}/record/{kind}`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_record.html")]
pub struct Record {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks.
    pub hidden: Hidden,
    /// The kind in its address.
    pub kind: String,
    /// What it is ("The school's answer came").
    pub title: String,
    /// `on-day` and so on, `known-day` and so on, `how`, `words`, `for` (on whose behalf).
    pub filled: Filled,
    /// On whose behalf it may be recorded: the people tied to the child. Empty where it is nobody's.
    pub for_whom: Vec<(String, String)>,
    /// The fields of this kind alone.
    pub fields: Vec<Field>,
}

impl Record {
    fn whom(&self) -> Vec<(&str, &str)> {
        let nobody = [("", "Nobody: it came to us by itself")];
        let people = self.for_whom.iter().map(|(id, name)| (id.as_str(), name.as_str()));
        nobody.into_iter().chain(people).collect()
    }
}

/// `/case/{reference}/call`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_call.html")]
pub struct NoteCall {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks.
    pub hidden: Hidden,
    /// `with`, `words`, `answer-owed`, and the day as `on-day` and so on.
    pub filled: Filled,
    /// The people tied to the child.
    pub people: Vec<(String, String)>,
}

impl NoteCall {
    fn with(&self) -> Vec<(&str, &str)> {
        let people = self.people.iter().map(|(id, name)| (id.as_str(), name.as_str()));
        people.chain([("other", "Somebody else")]).collect()
    }
}

/// `/case/{reference}/exception`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_claim.html")]
pub struct Claim {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks.
    pub hidden: Hidden,
    /// The duty that is chosen: its address, its title, its last day.
    pub duty: (String, String, By),
    /// How many days are left.
    pub days: Days,
    /// The other duties that know exceptions, to choose instead.
    pub others: Vec<Link>,
    /// The grounds of this duty, and no others.
    pub grounds: Vec<Ground>,
    /// `ground`, `reason`.
    pub filled: Filled,
}

/// A ground on which a limit may be lifted.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Its id in the rulebook.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What the law says, in plain words.
    pub law: String,
    /// Where it stands.
    pub cite: String,
    /// What the record's dates make of it ("The record holds no closure of four weeks").
    pub record: Option<String>,
}

impl Claim {
    fn answers(&self) -> Vec<(&str, &str)> {
        self.grounds.iter().map(|one| (one.id.as_str(), one.title.as_str())).collect()
    }
}

/// `/case/{reference}/entry/{id}`: say anew what an entry says.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_correct.html")]
pub struct Correct {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks, with the version that was seen.
    pub hidden: Hidden,
    /// The entry in its address.
    pub entry: String,
    /// What the entry says now.
    pub now: String,
    /// The day it gives.
    pub on: Date,
    /// Who recorded it, when.
    pub recorded: String,
    /// Earlier versions.
    pub before: Vec<Version>,
    /// `why`, `on-day` and so on, and the fields below.
    pub filled: Filled,
    /// The fields of this kind alone.
    pub fields: Vec<Field>,
}

/// `/case/{reference}/entry/{id}/take-back`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_take_back.html")]
pub struct TakeBack {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks, with the version that was seen.
    pub hidden: Hidden,
    /// The entry in its address.
    pub entry: String,
    /// What the entry says.
    pub now: String,
    /// The day it gives.
    pub on: Date,
    /// What changes when it counts no more ("The decision whether to assess is open again").
    pub changes: Vec<String>,
    /// `why`.
    pub filled: Filled,
}
