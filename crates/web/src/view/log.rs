//! What the area does about its Local Offer: what is missing, what was cut, who was asked; open to
//! anybody, and the desk where staff write it down.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::form::{Filled, Hidden};
use super::{Frame, Kind, filters};

/// A decision on a gap.
#[derive(Clone, Debug)]
pub struct DecidedOn {
    /// When.
    pub on: Date,
    /// What, in words.
    pub what: String,
    /// Why.
    pub why: String,
    /// Who decided.
    pub by: String,
    /// When it is looked at again.
    pub again_on: Option<Date>,
}

/// Something that is missing.
#[derive(Clone, Debug)]
pub struct GapRow {
    /// Its page at the desk.
    pub href: String,
    /// What.
    pub what: String,
    /// How that is known, in words.
    pub how: String,
    /// Whether it still shows.
    pub shows: bool,
    /// What was decided, the latest first.
    pub decided: Vec<DecidedOn>,
}

/// `/offer/gaps`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/gaps.html")]
pub struct GapsPage {
    /// What stands around the page.
    pub frame: Frame,
    /// What nobody has decided on.
    pub open: Vec<GapRow>,
    /// The rest.
    pub decided: Vec<GapRow>,
}

/// A service that was cut.
#[derive(Clone, Debug, Template)]
#[template(path = "offer/reduction.html")]
pub struct ReductionRow {
    /// Its page at the desk.
    pub href: String,
    /// What.
    pub what: String,
    /// From when.
    pub from: Date,
    /// When that was decided.
    pub on: Date,
    /// Who decided.
    pub by: String,
    /// Why.
    pub why: String,
    /// Who was consulted.
    pub consultation: String,
    /// What there is in its place, or ''.
    pub instead: String,
    /// When this was taken back, and why.
    pub taken_back: Option<(Date, String)>,
}
impl HtmlSafe for ReductionRow {}

/// `/offer/reductions`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/reductions.html")]
pub struct ReductionsPage {
    /// What stands around the page.
    pub frame: Frame,
    /// What was cut, the latest first.
    pub list: Vec<ReductionRow>,
}

/// People who were asked.
#[derive(Clone, Debug, Template)]
#[template(path = "offer/asking.html")]
pub struct AskingRow {
    /// Its page at the desk.
    pub href: String,
    /// When.
    pub on: Date,
    /// About what.
    pub about: String,
    /// Who.
    pub groups: Vec<String>,
    /// How.
    pub how: String,
    /// What they said.
    pub said: String,
    /// What changed, and when.
    pub changes: Vec<(Date, String)>,
    /// When this was taken back, and why.
    pub taken_back: Option<(Date, String)>,
}
impl HtmlSafe for AskingRow {}

/// `/offer/making`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/making.html")]
pub struct MakingPage {
    /// What stands around the page.
    pub frame: Frame,
    /// Who was asked, the latest first.
    pub list: Vec<AskingRow>,
    /// Groups that the law names and that nobody has asked within a year.
    pub not_asked: Vec<String>,
}

/// `/local-offer/gaps`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_gaps.html")]
pub struct GapsDesk {
    /// What stands around the page.
    pub frame: Frame,
    /// What nobody has decided on.
    pub open: Vec<GapRow>,
    /// The rest.
    pub decided: Vec<GapRow>,
}

/// `/local-offer/gaps/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_gap.html")]
pub struct GapDesk {
    /// What stands around the page.
    pub frame: Frame,
    /// The gap.
    pub gap: GapRow,
    /// The decisions that can be taken: word and words.
    pub decisions: Vec<(String, String)>,
    /// The form's marks.
    pub hidden: Hidden,
    /// `decision`, `why`, `body`, `on-day` and so on, `again-day` and so on.
    pub filled: Filled,
}

/// `/local-offer/reductions`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_reductions.html")]
pub struct ReductionsDesk {
    /// What stands around the page.
    pub frame: Frame,
    /// What was cut.
    pub list: Vec<ReductionRow>,
    /// The form's marks.
    pub hidden: Hidden,
    /// `what`, `from-day` and so on, `body`, `on-day` and so on, `why`, `consultation`, `instead`.
    pub filled: Filled,
}

/// `/local-offer/making`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_making.html")]
pub struct MakingDesk {
    /// What stands around the page.
    pub frame: Frame,
    /// Who was asked.
    pub list: Vec<AskingRow>,
    /// The groups that the law names: word and words.
    pub groups: Vec<(String, String)>,
    /// The form's marks.
    pub hidden: Hidden,
    /// `about`, `groups`, `how`, `said`, `on-day` and so on.
    pub filled: Filled,
}

/// `/local-offer/entry/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_log_entry.html")]
pub struct EntryDesk {
    /// What stands around the page.
    pub frame: Frame,
    /// The list that it belongs to, and its heading.
    pub back: (String, String),
    /// Where its forms go.
    pub base: String,
    /// The service that was cut.
    pub reduction: Option<ReductionRow>,
    /// Or the people who were asked.
    pub asking: Option<AskingRow>,
    /// The marks of the forms: what changed, a mistake.
    pub hidden: [Hidden; 2],
    /// `changed`; `wrong`.
    pub filled: Filled,
}

impl EntryDesk {
    fn is_gone(&self) -> bool {
        let cut = self.reduction.as_ref().is_some_and(|one| one.taken_back.is_some());
        cut || self.asking.as_ref().is_some_and(|one| one.taken_back.is_some())
    }
}

/// `/offer/not-found`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/not_found.html")]
pub struct NotFoundSaid {
    /// What stands around the page.
    pub frame: Frame,
}
