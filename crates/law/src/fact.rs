//! What the law is asked about: the dated facts of one case, and the question.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::day::Day;
use crate::limit::Counting;

/// One dated fact, as `law/events.toml` describes its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Unique inside the case.
    pub id: String,
    /// A kind of `law/events.toml`, such as `assessment-requested`.
    pub kind: String,
    /// The day it happened: received (of a request), sent (of a decision, plan or notice).
    pub on: Date,
    /// The day the authority knew.
    pub known_on: Date,
    /// The fact that this one corrects.
    pub supersedes: Option<String>,
    /// The fields its kind has, by name.
    pub fields: BTreeMap<String, Value>,
}

/// The value of one field of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Words, or one of the values that the kind allows.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A civil date.
    Date(Date),
    /// Several of the values that the kind allows.
    List(Vec<String>),
}

/// A span in which the child's school is closed to pupils; half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closure {
    /// The first closed day.
    pub from: Date,
    /// The day it opens again.
    pub to: Date,
}

/// A school term: from its first school day to the first day after its last; half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The first school day.
    pub from: Date,
    /// The first day after the last.
    pub to: Date,
}

/// Everything the law is told about one child or young person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Date of birth, where known. What depends on age is `unclear` without it.
    pub born: Option<Date>,
    /// The kind of place the child is at, such as `mainstream-school`.
    pub setting: Option<String>,
    /// When the child's school is closed to pupils.
    pub closures: Vec<Closure>,
    /// The terms of the child's school, where known. Without them no school day can be counted.
    pub terms: Vec<Term>,
    /// The facts, in any order.
    pub facts: Vec<Fact>,
}

/// What is told of a case beside its facts.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) born: Option<Date>,
    pub(crate) closures: &'a [Closure],
    pub(crate) terms: &'a [Term],
}

impl<'a> From<&'a Case> for About<'a> {
    fn from(case: &'a Case) -> Self {
        Self { born: case.born, closures: &case.closures, terms: &case.terms }
    }
}

impl About<'_> {
    /// The day on which `n` school days have been counted: days inside a term, Monday to Friday, no
    /// bank holiday, and not inside a closure.
    ///
    /// # Errors
    /// The first day for which no term dates are given.
    pub(crate) fn school_days(
        &self,
        calendar: &Calendar,
        from: Day,
        n: i32,
        counting: Counting,
    ) -> Result<Day, Day> {
        let first = self.terms.iter().map(|term| term.from).min().unwrap_or(crate::NEVER);
        let after = self.terms.iter().map(|term| term.to).max().unwrap_or(first);
        let step = if counting == Counting::AtLeastBefore { -1 } else { 1 };
        let (mut at, mut left) = (from.plus(-i32::from(counting == Counting::Included)), n);
        while left > 0 {
            at = at.plus(step);
            let on = at.date();
            if on < first || on >= after {
                return Err(at);
            }
            let meets = self.terms.iter().any(|term| term.from <= on && on < term.to)
                && calendar.is_working_day(on)
                && !self.closures.iter().any(|shut| shut.from <= on && on < shut.to);
            left -= i32::from(meets);
        }
        Ok(at)
    }
}

/// As at which day, with what was known on which day, and how fully the answer is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The day the answer speaks of.
    pub as_at: Date,
    /// Only facts that the authority knew by this day count.
    pub known_at: Date,
    /// Whether `why` is filled. Lists leave it out: explanations are made on demand.
    pub explain: bool,
}

impl Question {
    /// Asked today with all that is known today, explained.
    #[must_use]
    pub fn today(today: Date) -> Self {
        Self { as_at: today, known_at: today, explain: true }
    }

    /// The day that the answer speaks of, as the engine counts it.
    pub(crate) fn on(self) -> Day {
        Day::from(self.as_at).min(Day::LAST)
    }
}
