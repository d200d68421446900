//! A request that came on paper or a plan that came from another council, about a child who has no
//! record here yet; and a plan that leaves for one.

use askama::Template;

use super::super::form::{Filled, Hidden};
use super::super::parts::Days;
use super::super::{Frame, Kind, Link, filters};
use super::{By, Child, PlanFields};

/// `/children/new`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_new_child.html")]
pub struct NewChild {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Who can have asked.
    pub askers: Vec<(String, String)>,
    /// What whoever asked can be to the child.
    pub relations: Vec<(String, String)>,
    /// `child-name`, `born-day` and so on, `by`, `how`, `on-day` and so on, `words`, `your-name`,
    /// `relation`, `email`, `phone`.
    pub filled: Filled,
    /// Plans that other councils have passed on and nobody has taken: whose, and what is known of it.
    pub passed: Vec<(Link, String)>,
}

/// `/children/new/plan`: a plan that came from another authority opens a record.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_came_plan.html")]
pub struct CamePlan {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// The plan that was passed on here, by its id; empty for one on paper.
    pub passed: String,
    /// Kinds of places.
    pub settings: Vec<(String, String)>,
    /// What somebody of the family can be to the child.
    pub relations: Vec<(String, String)>,
    /// Its text.
    pub plan: PlanFields,
    /// `from`, `on-day` and so on, `child-name`, `born-day`, `setting-kind`, `setting`, `made-on-day`,
    /// `last-reviewed-day`, `your-name`, `relation`, `email`, `phone`.
    pub filled: Filled,
}

/// `/case/{reference}/pass-on`: the plan goes to the council to whose area the child moved.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_pass_on.html")]
pub struct PassOn {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks.
    pub hidden: Hidden,
    /// By when it must be passed on.
    pub due: Option<(By, Days)>,
    /// What keeps it here, if anything does.
    pub withheld: Option<String>,
    /// The councils that keep their records here too.
    pub areas: Vec<(String, String)>,
    /// What goes with it to one of them.
    pub goes: Vec<String>,
    /// `to`, `to-other`.
    pub filled: Filled,
}

impl CamePlan {
    fn answers<'a>(list: &'a [(String, String)], none: &'a str) -> Vec<(&'a str, &'a str)> {
        NewChild::answers(list, none)
    }
}

impl PassOn {
    fn councils(&self) -> Vec<(&str, &str)> {
        let areas = self.areas.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        areas.chain([("other", "Another council: I send it the papers myself")]).collect()
    }
}

impl NewChild {
    fn answers<'a>(list: &'a [(String, String)], none: &'a str) -> Vec<(&'a str, &'a str)> {
        let nothing = [("", none)];
        let answers = list.iter().map(|(value, text)| (value.as_str(), text.as_str()));
        nothing.into_iter().chain(answers).collect()
    }
}
