//! What somebody who leads the team works with: what will be late and why, who has nobody, and
//! cases that change hands.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::officer::ChildRow;
use super::parts::Pages;
use super::{Frame, Kind, Link, filters};

/// One period of the forecast.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// How many weeks from now.
    pub weeks: u32,
    /// How many children for each cause, in the order of the causes.
    pub counts: Vec<u32>,
}

impl Ahead {
    fn count(&self, cause: &usize) -> u32 {
        self.counts.get(*cause).copied().unwrap_or(0)
    }

    /// All causes together.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }
}

/// A drawing of the forecast; the same stands beneath as a table.
#[derive(Clone, Debug, Template)]
#[template(path = "manager/bars.html")]
pub struct Bars {
    /// The causes, five at most.
    pub causes: Vec<String>,
    /// The periods.
    pub ahead: Vec<Ahead>,
}
impl HtmlSafe for Bars {}

/// A part of a bar: where it starts, how long it is, its number and its look.
struct Part {
    x: u32,
    width: u32,
    count: u32,
    look: usize,
}

struct BarLayout {
    class: &'static str,
    width: u32,
    left: u32,
}

impl Bars {
    fn layouts(&self) -> [BarLayout; 2] {
        [
            BarLayout { class: "s-drawn--slim", width: 300, left: 0 },
            BarLayout { class: "s-drawn--wide", width: 760, left: 0 },
        ]
    }

    fn parts(&self, one: &Ahead, layout: &BarLayout) -> Vec<Part> {
        let most = self.ahead.iter().map(Ahead::total).max().unwrap_or(0).max(1);
        let room = layout.width.saturating_sub(layout.left + 40);
        let mut x = layout.left;
        one.counts
            .iter()
            .enumerate()
            .map(|(look, count)| {
                let part = Part { x, width: count * room / most, count: *count, look };
                x += part.width;
                part
            })
            .collect()
    }
}

/// `/forecast`
#[derive(Clone, Debug, Template)]
#[template(path = "manager/forecast.html")]
pub struct Forecast {
    /// What stands around the page.
    pub frame: Frame,
    /// Today.
    pub today: Date,
    /// The drawing and its numbers.
    pub bars: Bars,
    /// How many are late already, which the forecast does not count.
    pub late_now: u32,
    /// The first to go.
    pub first: Vec<ChildRow>,
    /// How many children have no setting, no officer, no full-time education.
    pub without: [(Without, u32); 3],
}

/// What a child can be without.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Without {
    /// A school or other setting.
    Setting,
    /// An officer.
    Officer,
    /// Full-time education.
    Education,
}

impl Without {
    fn slug(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::Officer => "officer",
            Self::Education => "education",
        }
    }
}

/// `/all-children`, or those without something.
#[derive(Clone, Debug, Template)]
#[template(path = "manager/children.html")]
pub struct AllChildren {
    /// What stands around the page.
    pub frame: Frame,
    /// What they are without; none for all.
    pub without: Option<Without>,
    /// The children.
    pub list: Vec<ChildRow>,
    /// Which are shown.
    pub pages: Pages,
}

/// One case that changed hands, or waits to.
#[derive(Clone, Debug)]
pub struct Handover {
    /// The child and the case.
    pub child: Link,
    /// From whom.
    pub from: String,
    /// To whom; none while nobody has it.
    pub to: Option<String>,
    /// The day.
    pub on: Date,
    /// What the next officer must know.
    pub note: String,
}

/// `/handovers`
#[derive(Clone, Debug, Template)]
#[template(path = "manager/handovers.html")]
pub struct Handovers {
    /// What stands around the page.
    pub frame: Frame,
    /// The cases, newest first.
    pub list: Vec<Handover>,
}
