//! What the law answers: obligations, where each stands, when that changes, and why.

use std::fmt;
use std::iter::Chain;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::day::Day;
use crate::fact::Fact;
use crate::line::Written;
use crate::shapes::{Duty, EventKind};
use crate::word::Word;

/// Where an obligation stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Open, and its day has not passed.
    Pending,
    /// Done in time, or a right used, or a floor kept.
    Met,
    /// Done after its day.
    MetLate,
    /// Open after its day.
    Overdue,
    /// Open after its day under a claimed exception: the number is lifted, the duty is not.
    Excused,
    /// It fell away: another path was chosen, or the time for a right has passed.
    Void,
    /// A fact is missing; `why` names it.
    Unclear,
    /// Owed without end until an event ends it.
    Continuing,
    /// A floor or a ban that was not kept.
    Broken,
}

impl Standing {
    /// The word that scripts, rows and the API use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Met => "met",
            Self::MetLate => "met-late",
            Self::Overdue => "overdue",
            Self::Excused => "excused",
            Self::Void => "void",
            Self::Unclear => "unclear",
            Self::Continuing => "continuing",
            Self::Broken => "broken",
        }
    }

    /// The standing that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Pending,
            Self::Met,
            Self::MetLate,
            Self::Overdue,
            Self::Excused,
            Self::Void,
            Self::Unclear,
            Self::Continuing,
            Self::Broken,
        ]
        .into_iter()
        .find(|standing| standing.word() == word)
    }

    /// Whether somebody still has to act (or may, for a right).
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Self::Pending | Self::Overdue | Self::Excused | Self::Unclear | Self::Continuing
        )
    }
}

/// The fact that started an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggeredBy {
    /// Id of the fact.
    pub event: String,
    /// Its kind.
    pub kind: Word,
    /// The day the clock is counted from (for a draft plan, the day it was served).
    pub on: Date,
    /// The body it names in `from`, `to` or `with`, if any: of a request for advice, who was asked.
    pub body: Option<String>,
    /// The adviser it names, if any ("speech and language therapist").
    pub adviser: Option<String>,
}

/// A due date under another reading of the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherReading {
    /// Its number in `law/readings.toml`, such as `A1`.
    pub reading: Word,
    /// The last day under that reading; none where it gives no number.
    pub due: Option<Date>,
}

/// What is known of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExcuseState {
    /// Claimed, and nothing on the record disproves its conditions.
    Claimed,
    /// Claimed, and a condition fails.
    ConditionsNotMet,
    /// The circumstance is there; nobody claimed it.
    NeverClaimed,
}

impl ExcuseState {
    /// The word that scripts use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::ConditionsNotMet => "conditions-not-met",
            Self::NeverClaimed => "never-claimed",
        }
    }
}

/// An exception relied on, or one that could have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excuse {
    /// A ground of the closed list, such as `school-closed`.
    pub ground: String,
    /// The fact that claims it, or that shows the circumstance.
    pub event: String,
    /// Whether it helps.
    pub state: ExcuseState,
}

/// Our own working day that keeps a later legal date. Never itself the law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeps {
    /// The last day that keeps it.
    pub day: Date,
    /// The last working day on or before `day`.
    pub safe: Date,
    /// The duty whose date it keeps.
    pub duty: Word,
    /// That duty's due date.
    pub due: Date,
}

/// One line of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// The day that the line arrives at, if it arrives at one.
    pub on: Option<Date>,
    /// The line, for an officer or a lawyer; a whole sentence with its figures.
    pub text: &'a str,
}

/// The calculation of one obligation, a step a line. All of a case share one text.
#[derive(Clone, Default)]
pub struct Steps {
    written: Option<Arc<Written>>,
    /// The lines of its own, and those that were added when all was known.
    own: Range<usize>,
    added: Range<usize>,
}

impl Steps {
    pub(crate) const fn new(
        written: Option<Arc<Written>>,
        own: Range<usize>,
        added: Range<usize>,
    ) -> Self {
        Self { written, own, added }
    }

    /// The steps in order.
    #[must_use]
    pub fn iter(&self) -> StepsIter<'_> {
        let left = self.own.clone().chain(self.added.clone());
        StepsIter { written: self.written.as_deref(), left }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.written.is_none() || (self.own.is_empty() && self.added.is_empty())
    }
}

/// The steps of one calculation.
pub struct StepsIter<'a> {
    written: Option<&'a Written>,
    left: Chain<Range<usize>, Range<usize>>,
}

impl<'a> Iterator for StepsIter<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        let (on, text) = self.written?.line(self.left.next()?)?;
        Some(Step { on, text })
    }
}

impl<'a> IntoIterator for &'a Steps {
    type Item = Step<'a>;
    type IntoIter = StepsIter<'a>;

    fn into_iter(self) -> StepsIter<'a> {
        self.iter()
    }
}

impl PartialEq for Steps {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Steps {}

impl fmt::Debug for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// One duty as it binds in this case. What is the same in every case (title, owner, citation,
/// wording) is on the duty in the rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// The duty's id in the rulebook, such as `plan-20w`.
    pub duty: Word,
    /// What started it.
    pub trigger: TriggeredBy,
    /// `statute`, or `guidance` where only the Code binds the body that was asked.
    pub force: Word,
    /// The last day, inclusive. None where the law gives no number, or it is unclear.
    pub due: Option<Date>,
    /// The last working day on or before `due`.
    pub due_safe: Option<Date>,
    /// Readings that give another day.
    pub other_readings: Vec<OtherReading>,
    /// Where it stands on the as-at day.
    pub standing: Standing,
    /// Standing before anything turns: what `standing_on` gives until `turns_on` or `closed_on`.
    pub opens_as: Standing,
    /// First day on which it is past its number; `NEVER` if it cannot be.
    pub turns_on: Date,
    /// What it turns into: overdue, or excused.
    pub turns_into: Standing,
    /// First day on which it is closed; `NEVER` if still open on all that is known. It can lie ahead where
    /// time closes it: a right that passes, an age that is outgrown.
    pub closed_on: Date,
    /// How it closed. Meaningless while `closed_on` is `NEVER`.
    pub closed_as: Standing,
    /// The day it was done.
    pub done_on: Option<Date>,
    /// The day by which it was done, where nobody recorded the day itself and a later step proves it.
    pub done_by: Option<Date>,
    /// Done (or as-at) day less `due`, when positive. The least that it can be where only `done_by` is
    /// known.
    pub days_late: Option<i32>,
    /// The exception in play.
    pub excuse: Option<Excuse>,
    /// When it should stand on a list: `due_safe` less the duty's lead days; for a duty without a
    /// number, the day that keeps the next date, or at once.
    pub act_by: Date,
    /// The working day that keeps a later date.
    pub keeps: Option<Keeps>,
    /// Remedies beside the duty's own that a fact has opened, such as an appeal after a refusal.
    pub opened: Vec<Word>,
    /// The facts without which it is unclear, in words.
    pub missing: Vec<String>,
    /// The calculation, a step a line. Empty unless the question asked for it.
    pub why: Steps,
}

impl Obligation {
    /// Where it stands on `day`, on all that was known when it was computed.
    #[must_use]
    pub fn standing_on(&self, day: Date) -> Standing {
        let closed = (self.closed_on.into(), self.closed_as);
        let turns = (self.turns_on.into(), self.turns_into);
        stands(Day::from(day).min(Day::LAST), self.opens_as, turns, closed)
    }

    /// Whether `days_late` is only the least that it can be.
    #[must_use]
    pub const fn late_at_least(&self) -> bool {
        self.days_late.is_some() && self.done_by.is_some()
    }
}

/// Where something stands on a day: as it opens, until it turns, until it is closed.
pub(crate) fn stands(
    day: Day,
    opens_as: Standing,
    turns: (Day, Standing),
    closed: (Day, Standing),
) -> Standing {
    if day >= closed.0 {
        closed.1
    } else if day >= turns.0 {
        turns.1
    } else {
        opens_as
    }
}

/// A case without explanations: where every duty stands and when that changes, in days alone. This
/// is what a list keeps a row of.
#[derive(Clone, Debug)]
pub struct Outlined<'a> {
    /// In no order.
    pub duties: Vec<Outline<'a>>,
    /// First day on which anything changes that the duties' own dates do not say.
    pub holds_until: Date,
}

/// Where one duty stands in a case, in days alone. Everything that it says, the obligation with the
/// same duty and event says too.
#[derive(Clone, Copy, Debug)]
pub struct Outline<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// The fact that started it.
    pub fact: &'a Fact,
    /// Where it stands on the as-at day.
    pub standing: Standing,
    /// See [`Obligation::opens_as`].
    pub opens_as: Standing,
    /// See [`Obligation::turns_into`].
    pub turns_into: Standing,
    /// See [`Obligation::closed_as`].
    pub closed_as: Standing,
    /// Whether it closes with an age and by no fact, so that the day can lie ahead.
    pub outgrown: bool,
    pub(crate) kind: &'a EventKind,
    pub(crate) start: Day,
    pub(crate) due: Option<Day>,
    pub(crate) safe: Option<Day>,
    pub(crate) turns_on: Day,
    pub(crate) closed_on: Day,
    pub(crate) done_on: Option<Day>,
    pub(crate) act_by: Day,
}

impl<'a> Outline<'a> {
    /// Id of the fact that started it.
    #[must_use]
    pub const fn event(&self) -> &'a str {
        self.fact.id.as_str()
    }

    /// See [`TriggeredBy::body`].
    #[must_use]
    pub fn body(&self) -> Option<&'a str> {
        self.kind.body_of(&self.fact.fields)
    }

    /// See [`TriggeredBy::adviser`].
    #[must_use]
    pub fn adviser(&self) -> Option<&'a str> {
        self.kind.adviser_of(&self.fact.fields)
    }

    /// The day the clock is counted from.
    #[must_use]
    pub fn on(&self) -> Date {
        self.start.date()
    }

    /// The last day, inclusive.
    #[must_use]
    pub fn due(&self) -> Option<Date> {
        self.due.map(Day::date)
    }

    /// The last working day on or before `due`.
    #[must_use]
    pub fn due_safe(&self) -> Option<Date> {
        self.safe.map(Day::date)
    }

    /// First day on which it is past its number; `NEVER` if it cannot be.
    #[must_use]
    pub fn turns_on(&self) -> Date {
        self.turns_on.date()
    }

    /// First day on which it is closed; `NEVER` if still open on all that is known.
    #[must_use]
    pub fn closed_on(&self) -> Date {
        self.closed_on.date()
    }

    /// The day it was done.
    #[must_use]
    pub fn done_on(&self) -> Option<Date> {
        self.done_on.map(Day::date)
    }

    /// See [`Obligation::act_by`].
    #[must_use]
    pub fn act_by(&self) -> Date {
        self.act_by.date()
    }
}

/// The whole answer for one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The day it speaks of.
    pub as_at: Date,
    /// What was known by this day counts.
    pub known_at: Date,
    /// In order of due date (none last), then duty, then trigger.
    pub obligations: Vec<Obligation>,
    /// First day on which anything changes that the obligations' own dates do not say.
    pub holds_until: Date,
}
