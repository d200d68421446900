//! A plan as sectioned text, A to K. Lines, amounts and their checks come with the plan's own room.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A section of an EHC plan (SEND Regulations 2014 reg 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Section {
    /// Views, interests and aspirations.
    A,
    /// Special educational needs.
    B,
    /// Health needs related to them.
    C,
    /// Social care needs related to them.
    D,
    /// Outcomes.
    E,
    /// Special educational provision.
    F,
    /// Health provision.
    G,
    /// Social care provision under the 1970 Act.
    H1,
    /// Other social care provision.
    H2,
    /// The school or other institution, and its type.
    I,
    /// Personal budget.
    J,
    /// Advice and information, appended.
    K,
}

impl Section {
    /// Every section in order.
    pub const ALL: [Self; 12] = [
        Self::A,
        Self::B,
        Self::C,
        Self::D,
        Self::E,
        Self::F,
        Self::G,
        Self::H1,
        Self::H2,
        Self::I,
        Self::J,
        Self::K,
    ];

    /// Its letter, as plans print it.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
            Self::G => "G",
            Self::H1 => "H1",
            Self::H2 => "H2",
            Self::I => "I",
            Self::J => "J",
            Self::K => "K",
        }
    }

    /// Its letter as part of the name of a field or of a place on a page.
    #[must_use]
    pub fn id(self) -> String {
        self.letter().to_lowercase()
    }

    /// The section with this letter.
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.letter() == letter)
    }
}

/// The text of a plan, by section. A section that is not there is blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlanText {
    sections: BTreeMap<Section, String>,
}

impl PlanText {
    /// The text of one section; empty if blank.
    #[must_use]
    pub fn section(&self, section: Section) -> &str {
        self.sections.get(&section).map_or("", String::as_str)
    }

    /// The same plan with this text in that section.
    #[must_use]
    pub fn with(mut self, section: Section, text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            self.sections.remove(&section);
        } else {
            self.sections.insert(section, text.to_owned());
        }
        self
    }

    /// Whether nothing at all is written.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.sections.is_empty()
    }

    /// Those of `sections` that are blank.
    #[must_use]
    pub fn blank_of(&self, sections: &[Section]) -> Vec<Section> {
        sections.iter().copied().filter(|section| self.section(*section).is_empty()).collect()
    }
}
