//! A duty's mechanics after names are resolved: what starts it, its period, what ends it. Sets of
//! kinds are bits of one number, so a rulebook holds at most 128 kinds.

use jiff::civil::Date;

use crate::day::{add_days, add_months};
use crate::rulebook::Effect;

/// The most kinds of fact that one rulebook can hold.
pub(crate) const KINDS_MAX: usize = 128;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Deadline,
    Floor,
    Right,
    Continuing,
}

/// Which of the facts that could start a duty do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instance {
    /// The fact that opens a round.
    RoundOpening,
    /// The first in each round.
    FirstInRound,
    /// Each of them.
    Each,
    /// The first, and after an end the next.
    UntilEnded,
}

/// How far after its trigger a duty looks for what ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// To the opening of the next round.
    Round,
    /// To the next fact that starts the same duty, which is looked at too.
    NextTrigger,
    /// To the end of the case.
    Case,
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) form: Form,
    pub(crate) starts: Vec<Match>,
    pub(crate) start_kinds: u128,
    pub(crate) instance: Instance,
    pub(crate) except: Vec<Filter>,
    pub(crate) reaching: Option<String>,
    pub(crate) from_service: bool,
    pub(crate) scope: Scope,
    pub(crate) acts_from_round: bool,
    pub(crate) practicable: bool,
    pub(crate) within: Option<Within>,
    pub(crate) or_later: Option<(u8, i32)>,
    pub(crate) tribunal_roll: bool,
    pub(crate) conceded: Option<Conceded>,
    /// Index of the duty whose date is kept, and the days to leave before it.
    pub(crate) keeps: Option<(usize, i32)>,
    pub(crate) acts: Vec<Act>,
    pub(crate) to_all: bool,
    pub(crate) before: u128,
    pub(crate) void_by: u128,
    pub(crate) for_good: Vec<(Match, String)>,
    pub(crate) implied_by: u128,
    pub(crate) ended_by: u128,
    pub(crate) ends_at_age: Option<i32>,
    pub(crate) broken_by: u128,
    pub(crate) unless: Option<Match>,
    pub(crate) guidance_for: Option<(String, Vec<String>, String)>,
    /// Readings that can give another day.
    pub(crate) effects: Vec<(String, Effect)>,
    pub(crate) note: Option<String>,
    pub(crate) late_note: Option<String>,
    pub(crate) passed_note: Option<String>,
}

/// Facts of some kinds whose fields have some values.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) kinds: u128,
    pub(crate) filters: Vec<Filter>,
}

#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) field: String,
    pub(crate) values: Vec<String>,
}

/// One of the acts that discharge a duty.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) what: Match,
    pub(crate) same: Vec<String>,
    pub(crate) same_if_both: Vec<String>,
    pub(crate) words: Option<String>,
}

/// Another limit by practice, where a decision was taken back without a direction.
#[derive(Clone, Debug)]
pub(crate) struct Conceded {
    pub(crate) after: u8,
    pub(crate) by: u8,
    pub(crate) weeks: i32,
    pub(crate) reading: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Days,
    Weeks,
    Months,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Within {
    pub(crate) n: i32,
    pub(crate) unit: Unit,
    pub(crate) trigger_day_counts: bool,
}

/// The end of a period.
pub(crate) struct Ended {
    pub(crate) last: Date,
    /// Whether the last month has the corresponding day.
    pub(crate) corresponding: bool,
}

impl Within {
    /// The last day of the period counted from `start`.
    pub(crate) fn end(self, start: Date) -> Ended {
        let less = i32::from(self.trigger_day_counts);
        match self.unit {
            Unit::Days => Ended { last: add_days(start, self.n - less), corresponding: true },
            Unit::Weeks => Ended { last: add_days(start, self.n * 7 - less), corresponding: true },
            Unit::Months => {
                let (day, corresponding) = add_months(start, self.n);
                let less = if corresponding { less } else { 0 };
                Ended { last: add_days(day, -less), corresponding }
            }
        }
    }

    /// "6 weeks".
    pub(crate) fn words(self) -> String {
        let one = match self.unit {
            Unit::Days => "day",
            Unit::Weeks => "week",
            Unit::Months => "month",
        };
        crate::day::count(self.n, one)
    }
}
