//! The plan while it is written: its sections with the advice beside them.

use askama::Template;
use jiff::civil::Date;
use sendero_app::house::record::Section;

use super::super::form::{Filled, Hidden};
use super::super::parts::{Days, Said, Words};
use super::super::{Frame, Kind, filters};
use super::{By, Child};

/// `/case/{reference}/plan`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_plan.html")]
pub struct Editor {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks, with what was seen.
    pub hidden: Hidden,
    /// What is saved so far; none before the first time.
    pub saved: Option<WorkingDraft>,
    /// Whether the draft has gone, so that this is the way to the final plan.
    pub draft_sent: Option<Date>,
    /// The last day of the next sending, and the days left.
    pub due: Option<(By, Days)>,
    /// The child's own words.
    pub words: Option<Words>,
    /// The sections A to K.
    pub sections: Vec<PlanSection>,
    /// What the family said about the draft.
    pub comments: Vec<Said>,
    /// What is wrong.
    pub filled: Filled,
}

/// The text that is saved.
#[derive(Clone, Debug)]
pub struct WorkingDraft {
    /// Its number.
    pub number: u32,
    /// When ("today at 8.04am").
    pub at: String,
    /// By whom.
    pub by: String,
}

/// A section while it is written.
#[derive(Clone, Debug)]
pub struct PlanSection {
    /// Which.
    pub section: Section,
    /// Its text.
    pub text: String,
    /// The advice or the words it rests on, as given.
    pub behind: Vec<Said>,
}

impl PlanSection {
    fn field(&self) -> String {
        format!("section-{}", self.section.id())
    }

    fn rows(&self) -> usize {
        let typed = self.text.lines().map(|line| 1 + line.len() / 80).sum::<usize>() + 1;
        let least = match self.section {
            Section::B | Section::E | Section::F => 8,
            Section::I | Section::J => 2,
            _ => 4,
        };
        typed.clamp(least, 30)
    }
}

impl Editor {
    fn blank(&self) -> usize {
        self.sections.iter().filter(|one| one.text.trim().is_empty()).count()
    }
}

/// Somebody else saved the same section meanwhile.
#[derive(Clone, Debug, Template)]
#[template(path = "staff_plan_conflict.html")]
pub struct PlanConflict {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks, with what is seen now.
    pub hidden: Hidden,
    /// Who saved ("Bram Underhay, case officer").
    pub who: String,
    /// When ("at 8.09am").
    pub at: String,
    /// The sections that both changed; `keep-SECTION` and `section-SECTION`.
    pub clashes: Vec<Clash>,
    /// Sections that only the reader changed: they are kept and go with the form.
    pub carried: Vec<(String, String)>,
}

/// A section that two people changed.
#[derive(Clone, Debug)]
pub struct Clash {
    /// Which.
    pub section: Section,
    /// What stands there now.
    pub theirs: String,
    /// What the reader had written.
    pub yours: String,
}

impl Clash {
    fn both(&self) -> String {
        format!("{}\n\n{}", self.theirs, self.yours)
    }
}
