//! The pages that anybody may read: the start, what the law says, signing in, and the pages that
//! say that something did not work.

use askama::Template;

use super::{Frame, Kind, filters};

/// What a family may find itself in; each leads to a page that exists.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the template says each in the family's words")]
pub enum Situation {
    Worried,
    Diagnosis,
    SchoolSaysNo,
    Refused,
    NotInSchool,
    TurningSixteen,
    Break,
    PlanNotHappening,
}

/// `/`
#[derive(Clone, Debug, Template)]
#[template(path = "start.html")]
pub struct Start {
    /// What stands around the page.
    pub frame: Frame,
    /// The situations that have a page, with its address.
    pub situations: Vec<(Situation, String)>,
}
