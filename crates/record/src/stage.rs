//! Where a case is on its path, as the family's strip and the officer's list name it.

use jiff::civil::Date;

use crate::event::Event;
use crate::record::Record;

/// The stage of the assessment now under way, or of the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Nobody has asked yet.
    NotAsked,
    /// Asked; the authority has to decide.
    Asked,
    /// The request was withdrawn.
    Withdrawn,
    /// Refused.
    Refused,
    /// Agreed; advice is being gathered.
    Assessing,
    /// Decided that there will be no plan.
    NoPlan,
    /// A plan is necessary; the draft is being written.
    Drafting,
    /// The draft is with the family.
    DraftSent,
    /// The final plan was sent.
    Plan,
    /// The plan came to an end, or was passed on with the child.
    Ended,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Self; 10] = [
        Self::NotAsked,
        Self::Asked,
        Self::Withdrawn,
        Self::Refused,
        Self::Assessing,
        Self::NoPlan,
        Self::Drafting,
        Self::DraftSent,
        Self::Plan,
        Self::Ended,
    ];

    /// The word that rows and filters use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "not-asked",
            Self::Asked => "asked",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
            Self::Assessing => "assessing",
            Self::NoPlan => "no-plan",
            Self::Drafting => "drafting",
            Self::DraftSent => "draft-sent",
            Self::Plan => "plan",
            Self::Ended => "ended",
        }
    }

    /// Whether an assessment is under way.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Asked | Self::Assessing | Self::Drafting | Self::DraftSent)
    }

    /// The stage that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

impl Record {
    /// The stage: what the last step on the path was.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.path().0
    }

    /// The day on which the assessment now under way, or the last one, was asked for.
    #[must_use]
    pub(crate) fn opened(&self) -> Option<Date> {
        self.path().1
    }

    /// The stage, and the day of the request that began this walk along the path.
    fn path(&self) -> (Stage, Option<Date>) {
        let steps = [
            ("assessment-requested", Stage::Asked),
            ("brought-to-attention", Stage::Asked),
            ("request-withdrawn", Stage::Withdrawn),
            ("assessment-refused", Stage::Refused),
            ("assessment-agreed", Stage::Assessing),
            ("plan-refused", Stage::NoPlan),
            ("plan-agreed", Stage::Drafting),
            ("draft-plan-sent", Stage::DraftSent),
            ("final-plan-sent", Stage::Plan),
            ("amended-plan-sent", Stage::Plan),
            ("plan-ceased", Stage::Ended),
        ];
        self.history().into_iter().fold((Stage::NotAsked, None), |(stage, opened), entry| {
            if let Event::PlanTransferred(_) = entry.event {
                let gone = self.moved_by(entry.header.on);
                return (if gone { Stage::Ended } else { Stage::Plan }, opened);
            }
            match steps.iter().find(|(kind, _)| *kind == entry.event.kind()) {
                // A second request while the first is under way joins it.
                Some((_, Stage::Asked)) if stage.is_under_way() => (stage, opened),
                Some((_, Stage::Asked)) => (Stage::Asked, Some(entry.header.on)),
                Some((_, next)) => (*next, opened),
                None => (stage, opened),
            }
        })
    }
}
