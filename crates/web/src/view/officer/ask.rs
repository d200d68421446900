//! Asking every body of regulation 6 for advice, at once.

use askama::Template;
use jiff::civil::Date;

use super::super::form::{Choices, Filled, Hidden, Text};
use super::super::parts::Words;
use super::super::{Frame, Kind, filters};
use super::Child;

/// `/case/{reference}/ask-advice`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_ask_advice.html")]
pub struct AskAdvice {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks.
    pub hidden: Hidden,
    /// The child's own words: they go with every request.
    pub words: Option<Words>,
    /// When the advice is due if it is asked for and received today.
    pub due: Date,
    /// The last day for the final plan, where there is one, and whether it has passed.
    pub plan_by: Option<(Date, bool)>,
    /// The bodies, in the order of the regulation.
    pub bodies: Vec<BodyRow>,
    /// What is wrong.
    pub filled: Filled,
}

/// A body to ask.
#[derive(Clone, Debug)]
pub struct BodyRow {
    /// Its name in the form ("psychologist").
    pub key: String,
    /// Its name to read ("Educational psychologist").
    pub title: String,
    /// Where the law asks for it ("reg 6(1)(d)").
    pub cite: String,
    /// Where it stands, if it was asked already.
    pub standing: Option<String>,
    /// Whether it is ticked.
    pub ticked: bool,
    /// `adviser-KEY`: the name of the person or service that is asked.
    pub adviser: Text,
    /// `person-KEY`: somebody with a sign-in, where there is one.
    pub person: Option<Choices>,
    /// `question-KEY`: prefilled.
    pub question: Text,
}
