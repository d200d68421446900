//! What somebody who is asked for advice works with: what waits for them, the form, and their words
//! read back before they send.

use askama::Template;
use jiff::civil::Date;

use super::form::{Filled, Hidden};
use super::parts::{Days, Said, Saved, Words};
use super::{Frame, Kind, Link, filters};

/// One request for advice.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The child, and where the form is.
    pub child: Link,
    /// Age and setting.
    pub about: String,
    /// Which authority asks.
    pub asks: String,
    /// The day it was asked.
    pub asked: Date,
    /// The last day.
    pub due: Date,
    /// How many days.
    pub days: Days,
    /// What has been saved ("2 needs written", "Not started").
    pub so_far: String,
}

/// `/advice`
#[derive(Clone, Debug, Template)]
#[template(path = "advice/inbox.html")]
pub struct Inbox {
    /// What stands around the page.
    pub frame: Frame,
    /// What waits, nearest date first.
    pub waiting: Vec<Waiting>,
    /// What was sent: the child and the day.
    pub sent: Vec<(String, Date)>,
}

/// The head of the form: who is asked, by when, and what hangs on it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The child's full name.
    pub name: String,
    /// The child's first name.
    pub first: String,
    /// As what you are asked ("educational psychologist").
    pub role: String,
    /// Under which regulation.
    pub cite: String,
    /// The address the link went to.
    pub link_to: Option<String>,
    /// The day it was asked.
    pub on: Date,
    /// The last day.
    pub due: Date,
    /// How many days.
    pub days: Days,
    /// When the plan is due.
    pub plan_due: Option<Date>,
    /// Where this piece of advice starts ("/advice/7c1").
    pub base: String,
    /// The child's own words.
    pub words: Option<Words>,
}

/// One provision of a need: the fields end in `-N-M`.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The number of the need, from 1.
    pub need: u32,
    /// The number of the provision, from 1.
    pub provision: u32,
}

impl Place {
    fn field(self, name: &str) -> String {
        format!("{name}-{}-{}", self.need, self.provision)
    }
}

/// What was understood of one provision.
#[derive(Clone, Debug)]
pub struct ReadAs {
    /// Where it is.
    pub place: Place,
    /// One chip for each thing understood.
    pub chips: Vec<String>,
    /// What is missing, as questions ("how much?").
    pub gaps: Vec<String>,
    /// Hours a year in words ("50.7 hours a year"); none when not known.
    pub hours: Option<String>,
}

/// One need with its outcome and provision: the fields end in `-N`.
#[derive(Clone, Debug)]
pub struct NeedRow {
    /// Its number, from 1.
    pub number: u32,
    /// Its provisions.
    pub provisions: Vec<ReadAs>,
}

/// `/advice/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "advice/form.html")]
pub struct AdviceForm {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Who is asked and for what.
    pub asked: Asked,
    /// The officer's question.
    pub question: String,
    /// `need-N`, `outcome-N`, `provision-N-M`, `minutes-N-M`, `times-N-M`, `every-N-M`,
    /// `weeks-N-M`, `ratio-N-M`, `stands`, `how`, and what is wrong.
    pub filled: Filled,
    /// The rows.
    pub needs: Vec<NeedRow>,
    /// Your own earlier advice that could stand.
    pub earlier: Option<Date>,
    /// What was told already: what about, and the words.
    pub told: Vec<(String, String)>,
    /// What is shared with you.
    pub shared: Vec<Link>,
    /// Until when you see it.
    pub until: Option<Date>,
    /// The officer and their number.
    pub officer: String,
    /// When it was last saved.
    pub saved: Option<Saved>,
}

/// One need read back.
#[derive(Clone, Debug)]
pub struct NeedRead {
    /// The need.
    pub need: String,
    /// The outcome.
    pub outcome: String,
    /// Each provision with how it is read.
    pub provisions: Vec<(String, ReadAs)>,
}

/// `/advice/{id}/check`
#[derive(Clone, Debug, Template)]
#[template(path = "advice/check.html")]
pub struct AdviceCheck {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Who is asked and for what.
    pub asked: Asked,
    /// The needs.
    pub needs: Vec<NeedRead>,
    /// How they came to know the child.
    pub how: String,
}

/// `/advice/{id}/sent`
#[derive(Clone, Debug, Template)]
#[template(path = "advice/sent.html")]
pub struct AdviceSent {
    /// What stands around the page.
    pub frame: Frame,
    /// Who was asked and for what.
    pub asked: Asked,
    /// The day it was sent.
    pub on: Date,
    /// A part of it as it was kept.
    pub kept: Vec<Said>,
}
