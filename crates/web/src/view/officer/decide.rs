//! Deciding with the test beside: whether to assess, and later whether a plan is necessary; and
//! what the law asks before the first of them.

use askama::Template;
use jiff::civil::Date;

use super::super::form::{Filled, Hidden};
use super::super::parts::{Days, State, Words};
use super::super::{Frame, Kind, filters};
use super::{Child, DocRow, Letter};

/// `/case/{reference}/decide`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_decide.html")]
pub struct Decide {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks.
    pub hidden: Hidden,
    /// Which decision.
    pub test: Test,
    /// Who asked and when ("Asked by her mother on Wednesday 14 October 2026").
    pub asked: String,
    /// By when the family must be told, and how many days are left; none where nobody waits for it.
    pub by: Option<(Date, Days)>,
    /// The child's own words.
    pub words: Option<Words>,
    /// `needs`, `necessary`, `reasons`, `how`, and each part as `part-ID`.
    pub filled: Filled,
    /// What the answers amount to.
    pub amounts: Amounts,
    /// The evidence on the record.
    pub evidence: Vec<DocRow>,
    /// The parts that the law asks of the notice; empty where the decision sends none.
    pub parts: Vec<NoticePart>,
    /// What the reasons of a refusal say that points to a test which the law does not know.
    pub doubted: Vec<DoubtRow>,
    /// The notice as it stands.
    pub letter: Option<Letter>,
}

/// A passage of the reasons, with the law's test beside it.
#[derive(Clone, Debug)]
pub struct DoubtRow {
    /// The doubt's id.
    pub id: String,
    /// What it is ("A diagnosis first").
    pub title: String,
    /// The sentence as it was written.
    pub passage: String,
    /// In the refusals of how many other children it stands, where that is the doubt.
    pub others: usize,
    /// What the law asks instead.
    pub law: String,
    /// Where that is written.
    pub cite: String,
    /// Whether the officer goes on with it.
    pub went_on: bool,
}

/// The two decisions that have a test in the law.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Test {
    /// Whether an assessment is necessary: Children and Families Act 2014, section 36(8).
    Assess,
    /// Whether a plan is necessary: section 37(1).
    Plan,
}

impl Test {
    fn path(self) -> &'static str {
        match self {
            Self::Assess => "decide",
            Self::Plan => "decide-plan",
        }
    }
}

/// What the answers to the test amount to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Amounts {
    /// Not all of it is answered.
    Open,
    /// The law says: assess, or make a plan.
    Yes,
    /// A refusal.
    No,
}

/// A part that the law asks of a notice.
#[derive(Clone, Debug)]
pub struct NoticePart {
    /// Its code in the rulebook (`N4`).
    pub code: String,
    /// Its id in the rulebook.
    pub id: String,
    /// What it is ("Mediation and its adviser").
    pub title: String,
    /// Where the law asks for it, short.
    pub cite: String,
    /// Whether it is there.
    pub there: bool,
    /// Whether its words can be changed here; the reasons have a field of their own.
    pub own_field: bool,
}

impl NoticePart {
    /// The field that holds its words.
    #[must_use]
    pub fn field(&self) -> String {
        if self.own_field { "reasons".to_owned() } else { format!("part-{}", self.id) }
    }

    /// Whether its words are wanted among the other parts' words.
    pub(super) fn is_wanted(&self) -> bool {
        !self.there && !self.own_field
    }
}

/// How many parts are missing.
pub(super) fn missing(parts: &[NoticePart]) -> usize {
    parts.iter().filter(|part| !part.there).count()
}

impl Decide {
    fn missing(&self) -> usize {
        missing(&self.parts)
    }
}

/// `/case/{reference}/before`: consulting the family, telling the bodies, asking for information.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_before.html")]
pub struct Before {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// By when the decision is due; none where nobody waits for it.
    pub by: Option<Date>,
    /// When the family was consulted, and how; none while it was not.
    pub consulted: Option<String>,
    /// When the bodies were told, and which.
    pub told: Option<String>,
    /// What was asked of whom, with what came.
    pub asked: Vec<DocRow>,
    /// The form's marks: three acts in one form, so that none loses what was typed for another.
    pub hidden: Hidden,
    /// `family-how`, `family-words`; `bodies-to`, `bodies-words`; `info-from`, `info-who`,
    /// `info-question`.
    pub filled: Filled,
}
