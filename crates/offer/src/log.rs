//! What an area does about its Local Offer, kept open: what is missing and what was decided of it,
//! what was cut and by whom, and who was asked when the offer was made or reviewed (SEND Regulations
//! 2014, regulations 54 and 55). Each entry is a stream of events; none can be taken out again.

mod gaps;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::comment::{LETTERS_MOST, Refused};
pub use gaps::{Candidate, Gap, GapSource, SearchCount, candidates, gap_id};

/// What an entry is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogKind {
    /// Help that is missing.
    Gap,
    /// A service that was cut or ended.
    Reduction,
    /// People who were asked.
    Making,
}

impl LogKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Gap, Self::Reduction, Self::Making];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Reduction => "reduction",
            Self::Making => "making",
        }
    }
}

/// What was decided of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It will be arranged.
    Arrange,
    /// More has to be known first.
    FindOut,
    /// It is there, and was not found: its page is mended.
    ThereAlready,
    /// It is to be had in another area.
    Elsewhere,
    /// It will not be arranged for now.
    NotNow,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 5] =
        [Self::Arrange, Self::FindOut, Self::ThereAlready, Self::Elsewhere, Self::NotNow];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Arrange => "arrange",
            Self::FindOut => "find-out",
            Self::ThereAlready => "there-already",
            Self::Elsewhere => "elsewhere",
            Self::NotNow => "not-now",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Those whom an area must ask when it makes or reviews its Local Offer: the groups of regulation 54,
/// in their order, and everybody else.
pub const GROUPS: [&str; 15] = [
    "families-sen",
    "families-disability",
    "schools",
    "academies",
    "post-16",
    "special-schools",
    "prus",
    "childrens-centres",
    "early-years",
    "youth-offending",
    "other-provision",
    "adulthood",
    "own-officers",
    "health",
    "others",
];

/// What was decided of a gap, by whom and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What.
    pub decision: Decision,
    /// Why, in words for families.
    pub why: String,
    /// Which team or body decided: never a person's name.
    pub by: String,
    /// The day on which it is looked at again.
    pub again_on: Option<Date>,
}

/// A service that was cut or ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reduction {
    /// What there is less of, or no longer.
    pub what: String,
    /// From which day.
    pub from: Date,
    /// Which body decided it.
    pub by: String,
    /// Why.
    pub why: String,
    /// Who was consulted, when, and what they said; or that nobody was.
    pub consultation: String,
    /// What there is in its place, or ''.
    pub instead: String,
}

/// People who were asked what the Local Offer should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// What they were asked about.
    pub about: String,
    /// Which groups of [`GROUPS`].
    pub groups: Vec<String>,
    /// How they were asked, and how many they were.
    pub how: String,
    /// What they said.
    pub said: String,
}

/// Something that happened to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LogEvent {
    /// Something was decided of a gap, for the first time or again.
    GapDecided {
        /// What is missing, and how that is known.
        gap: Gap,
        /// What was decided.
        decided: Decided,
    },
    /// A service was cut.
    ReductionRecorded(Reduction),
    /// People were asked.
    ConsultationRecorded(Consultation),
    /// Something was changed because of what they said.
    ChangeRecorded {
        /// What.
        what: String,
    },
    /// The entry was a mistake.
    TakenBack {
        /// What was wrong with it.
        why: String,
    },
}

impl LogEvent {
    /// The kind under which it is kept.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::GapDecided { .. } => "gap-decided",
            Self::ReductionRecorded(_) => "reduction-recorded",
            Self::ConsultationRecorded(_) => "consultation-recorded",
            Self::ChangeRecorded { .. } => "change-recorded",
            Self::TakenBack { .. } => "taken-back",
        }
    }
}

/// What an entry tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// Of a gap: what is missing, and what was decided, the first decision first.
    Gap(Gap, Vec<(Date, Decided)>),
    /// Of a service that was cut.
    Reduction(Reduction),
    /// Of people who were asked, and what changed, the first change first.
    Making(Consultation, Vec<(Date, String)>),
}

/// An entry as its events make it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// The day on which it happened, as it was first told.
    pub on: Date,
    /// What it tells.
    pub told: Told,
    /// When it was taken back, and why.
    pub taken_back: Option<(Date, String)>,
}

/// What somebody wants to write down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogCommand {
    /// What was decided of a gap.
    Decide(Gap, Decided),
    /// That a service was cut.
    Reduce(Reduction),
    /// That people were asked.
    Consult(Consultation),
    /// What was changed because of it.
    Change(String),
    /// That an entry was a mistake.
    TakeBack(String),
}

impl LogEntry {
    /// The entry of its events; nothing where they do not begin as one does.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = (Date, &'a LogEvent)>) -> Option<Self> {
        let mut entry: Option<Self> = None;
        for (on, event) in events {
            match &mut entry {
                Some(entry) => entry.take(on, event),
                None => {
                    let told = match event {
                        LogEvent::GapDecided { gap, decided } => {
                            Told::Gap(gap.clone(), vec![(on, decided.clone())])
                        }
                        LogEvent::ReductionRecorded(one) => Told::Reduction(one.clone()),
                        LogEvent::ConsultationRecorded(one) => {
                            Told::Making(one.clone(), Vec::new())
                        }
                        LogEvent::ChangeRecorded { .. } | LogEvent::TakenBack { .. } => {
                            return None;
                        }
                    };
                    entry = Some(Self { on, told, taken_back: None });
                }
            }
        }
        entry
    }

    fn take(&mut self, on: Date, event: &LogEvent) {
        match (&mut self.told, event) {
            (Told::Gap(_, all), LogEvent::GapDecided { decided, .. }) => {
                all.push((on, decided.clone()));
            }
            (Told::Making(_, changes), LogEvent::ChangeRecorded { what }) => {
                changes.push((on, what.clone()));
            }
            (_, LogEvent::TakenBack { why }) => self.taken_back = Some((on, why.clone())),
            _ => {}
        }
    }

    /// What it is of.
    #[must_use]
    pub const fn kind(&self) -> LogKind {
        match self.told {
            Told::Gap(..) => LogKind::Gap,
            Told::Reduction(_) => LogKind::Reduction,
            Told::Making(..) => LogKind::Making,
        }
    }

    /// The latest decision of a gap, and its day.
    #[must_use]
    pub fn decided(&self) -> Option<&(Date, Decided)> {
        match &self.told {
            Told::Gap(_, all) => all.last(),
            _ => None,
        }
    }
}

/// What follows from a command on an entry (or on none yet), for something that happened on the day
/// `on`, or why nothing does.
///
/// # Errors
/// Where a field is wrong, or the entry is none of which it could be said.
pub fn decide(
    entry: Option<&LogEntry>,
    command: &LogCommand,
    on: Date,
    today: Date,
) -> Result<LogEvent, Refused> {
    if on > today {
        return Err(Refused { field: "on", fault: "not-yet" });
    }
    let gone = Refused { field: "what", fault: "log-taken-back" };
    if entry.is_some_and(|entry| entry.taken_back.is_some()) {
        return Err(gone);
    }
    match (command, entry.map(LogEntry::kind)) {
        (LogCommand::Decide(gap, decided), None | Some(LogKind::Gap)) => {
            let decided = Decided {
                decision: decided.decision,
                why: text("why", &decided.why)?,
                by: text("body", &decided.by)?,
                again_on: decided.again_on,
            };
            if decided.again_on.is_some_and(|again| again <= on) {
                return Err(Refused { field: "again", fault: "log-again-past" });
            }
            Ok(LogEvent::GapDecided { gap: gap.clone(), decided })
        }
        (LogCommand::Reduce(one), None) => Ok(LogEvent::ReductionRecorded(Reduction {
            what: text("what", &one.what)?,
            from: one.from,
            by: text("body", &one.by)?,
            why: text("why", &one.why)?,
            consultation: text("consultation", &one.consultation)?,
            instead: short("instead", &one.instead)?,
        })),
        (LogCommand::Consult(one), None) => {
            let known = |group: &String| GROUPS.contains(&group.as_str());
            if one.groups.is_empty() || !one.groups.iter().all(known) {
                return Err(Refused { field: "groups", fault: "choose" });
            }
            Ok(LogEvent::ConsultationRecorded(Consultation {
                about: text("about", &one.about)?,
                groups: one.groups.clone(),
                how: text("how", &one.how)?,
                said: text("said", &one.said)?,
            }))
        }
        (LogCommand::Change(what), Some(LogKind::Making)) => {
            Ok(LogEvent::ChangeRecorded { what: text("what", what)? })
        }
        (LogCommand::TakeBack(why), Some(LogKind::Reduction | LogKind::Making)) => {
            Ok(LogEvent::TakenBack { why: text("wrong", why)? })
        }
        _ => Err(gone),
    }
}

/// A field's text, which must be there.
fn text(field: &'static str, text: &str) -> Result<String, Refused> {
    match short(field, text)? {
        text if text.is_empty() => Err(Refused { field, fault: "needed" }),
        text => Ok(text),
    }
}

/// A field's text, which may be left empty.
fn short(field: &'static str, text: &str) -> Result<String, Refused> {
    let text = text.trim();
    if text.chars().count() > LETTERS_MOST {
        return Err(Refused { field, fault: "too-long" });
    }
    Ok(text.to_owned())
}
