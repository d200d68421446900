//! Notices and letters on their way out: the form in which one is put together, and the words that
//! will leave, as the person who gets them will read them.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::super::form::{Filled, Hidden};
use super::super::parts::{Days, Said, State};
use super::super::{Frame, Kind, Link, filters};
use super::decide::missing;
use super::{By, Child, DoubtRow, NoticePart};

/// `/case/{reference}/notice`: the notices about a plan in force.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_notices.html")]
pub struct Notices {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// Each notice.
    pub list: Vec<NoticeRow>,
}

/// A notice, and whether it may go now.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// What it is, and where it is written.
    pub link: Link,
    /// What it waits for; nothing where it may be sent.
    pub waits: Option<String>,
}

/// `/case/{reference}/plan/draft`, `/plan/final` and `/notice/{which}`: one notice.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_send.html")]
pub struct SendNotice {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks, with what was seen.
    pub hidden: Hidden,
    /// What is sent ("Send final plan").
    pub title: String,
    /// To whom it goes and what follows, with the provision.
    pub lead: String,
    /// Where the form goes.
    pub action: String,
    /// By when it must be sent, where the law or a date of ours says so.
    pub due: Option<(By, Days)>,
    /// The last day of the family's comments, where it is not over.
    pub comments_until: Option<Date>,
    /// What the family said, where this answers it.
    pub comments: Option<Vec<Said>>,
    /// Whether it asks if section I names a place.
    pub names: bool,
    /// The officer's own words: the question, and what helps to answer it.
    pub reasons: Option<(String, String)>,
    /// What those words say that points to a test which the law does not know.
    pub doubted: Vec<DoubtRow>,
    /// `names` (yes, no), `reasons`, `how`, and each part as `part-ID`.
    pub filled: Filled,
    /// What keeps it from being sent.
    pub must: Vec<Withheld>,
    /// Whether the text of the plan goes with it.
    pub plan: bool,
    /// The parts that the law asks of the notice.
    pub parts: Vec<NoticePart>,
    /// The notice as it stands.
    pub letter: Letter,
}

impl SendNotice {
    fn missing(&self) -> usize {
        missing(&self.parts)
    }

    fn held(&self) -> bool {
        self.missing() > 0 || !self.must.is_empty()
    }
}

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
    /// A notice about a plan in force.
    Notice,
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
