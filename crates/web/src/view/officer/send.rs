//! See before sending: the words that will leave, as the person who gets them will read them.

use askama::Template;
use askama::filters::HtmlSafe;

use super::super::form::Hidden;
use super::super::{Frame, Kind, Link, filters};
use super::Child;

/// The page before anything leaves. What is missing stands in its place, and nothing can be sent
/// while something is.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_preview.html")]
pub struct Preview {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// What leaves.
    pub sends: Sends,
    /// The form's marks.
    pub hidden: Hidden,
    /// What was filled in on the page before, to be sent with the form.
    pub carried: Vec<(String, String)>,
    /// Where the form goes: with `act` as `send`, or as `save` back to the page before with all
    /// that was filled in.
    pub action: String,
    /// The letters, one for each who gets one.
    pub letters: Vec<Letter>,
    /// Why it cannot be sent yet.
    pub withheld: Vec<Withheld>,
}

/// What leaves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sends {
    /// Questions to the family before the decision.
    Consultation,
    /// Word to the bodies of regulation 4(2).
    Word,
    /// Questions to a body before the decision.
    Questions,
    /// The decision to assess.
    WillAssess,
    /// The decision not to assess.
    WillNotAssess,
    /// Requests for advice.
    AdviceRequests,
    /// The decision not to issue a plan.
    NoPlan,
    /// The draft plan.
    Draft,
    /// The final plan.
    Final,
}

/// Something that keeps a notice from being sent.
#[derive(Clone, Debug)]
pub struct Withheld {
    /// What is missing ("Section B is blank").
    pub text: String,
    /// Where it can be mended.
    pub mend: Option<Link>,
}

/// A letter as it will be read.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_letter.html")]
pub struct Letter {
    /// Who gets it ("Su-Lin Harrowgate, mother").
    pub to: String,
    /// How it goes ("on her pages, and by e-mail").
    pub how: String,
    /// Its parts, in order.
    pub parts: Vec<SheetPart>,
}
impl HtmlSafe for Letter {}

/// A part of a letter.
#[derive(Clone, Debug)]
pub enum SheetPart {
    /// A heading in it.
    Heading(String),
    /// Words of the service.
    Text(String),
    /// The officer's own words, as typed.
    Said(String),
    /// A part that the law asks for and that is not there.
    Gap {
        /// What is missing.
        text: String,
        /// Where it can be mended.
        mend: Option<Link>,
    },
}
