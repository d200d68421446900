//! What people say of the Local Offer: the form, what was said and answered, the desk of those who
//! answer, and what has changed in an entry.

use askama::Template;
use jiff::civil::Date;

use super::form::{Filled, Hidden};
use super::offer::Danger;
use super::{Frame, Kind, filters};

/// `/offer/comment`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/comment.html")]
pub struct CommentForm {
    /// What stands around the page.
    pub frame: Frame,
    /// The service, in its id and its name; none for a comment on anything else.
    pub service: Option<(String, String)>,
    /// The form's marks.
    pub hidden: Hidden,
    /// `about`, `words`.
    pub filled: Filled,
}

/// `/offer/comment/thanks`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/thanks.html")]
pub struct Thanks {
    /// What stands around the page.
    pub frame: Frame,
    /// Help that comes first.
    pub dangers: Vec<Danger>,
    /// The last day for an answer.
    pub by: Date,
}

/// Something that was said, and what came of it.
#[derive(Clone, Debug, Template)]
#[template(path = "offer/said_one.html")]
pub struct SaidOne {
    /// What it is about: a service's name with its address, or the words for the rest.
    pub about: String,
    /// The service's page, where it is shown.
    pub href: Option<String>,
    /// When it was said.
    pub made_on: Date,
    /// The words.
    pub words: String,
    /// When it was answered.
    pub on: Date,
    /// The answer.
    pub response: String,
    /// What is promised: what, who, by when.
    pub action: Option<(String, String, Date)>,
    /// Whether that day has passed and it is not done.
    pub late: bool,
    /// When it was done, and what.
    pub done: Option<(Date, String)>,
}
impl askama::filters::HtmlSafe for SaidOne {}

/// `/offer/said`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/said.html")]
pub struct SaidPage {
    /// What stands around the page.
    pub frame: Frame,
    /// What was said and answered.
    pub list: Vec<SaidOne>,
    /// How many wait.
    pub waiting: usize,
    /// The last day for the one that waits longest, and whether it has passed.
    pub by: Option<(Date, bool)>,
    /// What is not published: why, in words, and how many.
    pub withheld: Vec<(String, usize)>,
}

/// A comment in the list of those who answer.
#[derive(Clone, Debug)]
pub struct DeskLine {
    /// Its page.
    pub href: String,
    /// What it is about.
    pub about: String,
    /// How it begins, or what was promised.
    pub words: String,
    /// The last day.
    pub by: Date,
    /// Whether that has passed.
    pub late: bool,
}

/// `/comments`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_comments.html")]
pub struct CommentsPage {
    /// What stands around the page.
    pub frame: Frame,
    /// What waits.
    pub waiting: Vec<DeskLine>,
    /// What was promised.
    pub promised: Vec<DeskLine>,
}

/// `/comments/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_comment.html")]
pub struct AnswerPage {
    /// What stands around the page.
    pub frame: Frame,
    /// Where its forms go.
    pub base: String,
    /// What it is about.
    pub about: String,
    /// When it was made.
    pub made_on: Date,
    /// The last day for an answer.
    pub by: Date,
    /// The words as they came.
    pub typed: String,
    /// What may show who is meant: what it may be, and the words.
    pub marks: Vec<(String, String)>,
    /// The answer, if it has one.
    pub said: Option<SaidOne>,
    /// Why it is not published, if it is not.
    pub withheld: Option<String>,
    /// The marks of the forms: publish, withhold, done.
    pub hidden: [Hidden; 3],
    /// `words`, `response`, `action`, `owner`, `by-day` and so on, `nobody`; `reason`; `done`.
    pub filled: Filled,
    /// The reasons.
    pub reasons: Vec<(String, String)>,
}

/// `/offer/service/{id}/changes`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/changes.html")]
pub struct Changes {
    /// What stands around the page.
    pub frame: Frame,
    /// The service's name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Each change: when, from where in words, and what in words (or '' for the first).
    pub list: Vec<(Date, String, String)>,
}
