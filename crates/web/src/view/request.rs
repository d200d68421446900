//! Asking for an EHC needs assessment: one question a page, coming back to it, reading it through,
//! and what happens after it is sent.

use askama::Template;
use jiff::civil::Date;

use super::form::{Filled, Hidden};
use super::parts::{Reached, Said, Saved, Why};
use super::{Frame, Kind, filters};

/// The questions, in the order of the form. A field's name in the form is given beside each.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Ask {
    /// `asker`: parent, young-person or school.
    Who,
    /// `child-name`, and `known-as`.
    Name,
    /// `born-day`, `born-month`, `born-year`.
    Born,
    /// `own-words`, and `own-words-how`.
    OwnWords,
    /// `hard`
    Hard,
    /// `helps`
    Helps,
    /// `hope`
    Hope,
    /// `setting`: a name, or `no-setting` ticked.
    Setting,
    /// `education`: full-time, part-time, none; `education-since` in words.
    Education,
    /// `others`
    Others,
    /// `interpreter`, `language`, `reach`.
    Reach,
    /// `your-name`, `relation`, `email`, `phone`, `address`.
    You,
}

impl Ask {
    /// All of them, in order.
    pub const ALL: [Self; 12] = [
        Self::Who,
        Self::Name,
        Self::Born,
        Self::OwnWords,
        Self::Hard,
        Self::Helps,
        Self::Hope,
        Self::Setting,
        Self::Education,
        Self::Others,
        Self::Reach,
        Self::You,
    ];

    /// How the question's address ends (`/ask/hard`).
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Name => "name",
            Self::Born => "born",
            Self::OwnWords => "own-words",
            Self::Hard => "hard",
            Self::Helps => "helps",
            Self::Hope => "hope",
            Self::Setting => "setting",
            Self::Education => "education",
            Self::Others => "others",
            Self::Reach => "reach",
            Self::You => "you",
        }
    }

    /// The question with this address.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.slug() == slug)
    }

    /// Which of the five parts it is in, from 1.
    #[must_use]
    pub fn part(self) -> u8 {
        match self {
            Self::Who | Self::Name | Self::Born => 1,
            Self::OwnWords | Self::Hard | Self::Helps | Self::Hope => 2,
            Self::Setting | Self::Education => 3,
            Self::Others => 4,
            Self::Reach | Self::You => 5,
        }
    }

    /// For each of the five parts, how much of it lies behind this question, in hundredths.
    fn progress(self) -> [usize; 5] {
        let place =
            Self::ALL.iter().filter(|one| one.part() == self.part() && **one < self).count();
        let size = Self::ALL.iter().filter(|one| one.part() == self.part()).count();
        [1, 2, 3, 4, 5].map(|part: u8| match part.cmp(&self.part()) {
            std::cmp::Ordering::Less => 100,
            std::cmp::Ordering::Equal => (place + 1) * 100 / (size + 1),
            std::cmp::Ordering::Greater => 0,
        })
    }
}

/// `/ask/{question}`
#[derive(Clone, Debug, Template)]
#[template(path = "question.html")]
pub struct Question {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Which question.
    pub ask: Ask,
    /// Whether the young person asks for themself: then the page says "you".
    pub own: bool,
    /// The answers so far and what is wrong with them.
    pub filled: Filled,
    /// Where "Back" goes.
    pub back: String,
    /// What is already on record about this, so that nobody says it twice.
    pub told: Vec<Said>,
    /// When the answers were last kept.
    pub saved: Option<Saved>,
}

impl Question {
    fn say<'a>(&self, of_child: &'a str, of_self: &'a str) -> &'a str {
        if self.own { of_self } else { of_child }
    }
}

/// `/carry-on`
#[derive(Clone, Debug, Template)]
#[template(path = "carry_on.html")]
pub struct CarryOn {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// `reference` and `code`, and what is wrong with them.
    pub filled: Filled,
}

/// `/ask/later`: what somebody needs to carry on another day.
#[derive(Clone, Debug, Template)]
#[template(path = "later.html")]
pub struct Later {
    /// What stands around the page.
    pub frame: Frame,
    /// The reference.
    pub reference: String,
    /// The code that goes with it.
    pub code: String,
    /// The last day on which it works.
    pub until: Date,
    /// The question to go on with.
    pub next: Ask,
}

/// One answer on the page that reads everything through.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its question.
    pub ask: Ask,
    /// What was answered; none when it was left empty.
    pub value: Option<String>,
}

/// `/ask/check`
#[derive(Clone, Debug, Template)]
#[template(path = "check.html")]
pub struct Check {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// The child's name, and what must be mended first.
    pub filled: Filled,
    /// Whether the young person asks for themself.
    pub own: bool,
    /// The answers in the order of the form.
    pub answers: Vec<Answer>,
    /// When the answers were last kept.
    pub saved: Option<Saved>,
}

impl Check {
    fn part(&self, part: u8) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(move |one| one.ask.part() == part)
    }
}

/// `/ask/sent`
#[derive(Clone, Debug, Template)]
#[template(path = "sent.html")]
pub struct Sent {
    /// What stands around the page.
    pub frame: Frame,
    /// The child's name as the family says it.
    pub name: String,
    /// Whether the young person asked for themself.
    pub own: bool,
    /// The day the request arrived.
    pub received: Date,
    /// The time of that day ("10.52am").
    pub at: String,
    /// The reference.
    pub reference: String,
    /// How this page was sent on to the person ("text and e-mail"), if it was.
    pub sent_by: Option<String>,
    /// The last day for the decision whether to assess.
    pub decide_by: Date,
    /// The last day to say that there will be no plan.
    pub no_plan_by: Date,
    /// The last day for the final plan.
    pub plan_by: Date,
    /// The sum behind the dates.
    pub why: Why,
    /// Where the child's pages start, when the person is signed in.
    pub base: Option<String>,
}
