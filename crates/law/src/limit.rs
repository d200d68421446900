//! The limit of a duty: one period, or several of which the earliest, the latest or the first that
//! can be counted decides. What is counted, from which day, and how is data; nothing is a default.

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::day::{self, Day, words};
use crate::evaluate::Asked;
use crate::forms::rolled;
use crate::line::{Counted, put};
use crate::matters;
use crate::rule::Match;
use crate::view::Seen;

/// The limit of a duty.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) take: Take,
    /// How many of the periods must be there; with fewer it is unclear, for want of what was left out.
    pub(crate) needs: usize,
    pub(crate) of: Vec<Period>,
}

/// Which of several periods decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    Earliest,
    Latest,
    /// The first that can be counted at all.
    First,
}

/// One period: from which day, and where it ends.
#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) end: End,
    pub(crate) from: Anchor,
    /// It counts only where such a fact is there.
    pub(crate) when: Option<Match>,
    /// It counts only for such a trigger.
    pub(crate) when_trigger: Option<Match>,
    /// The fact of `when` must be there by the end of the first period.
    pub(crate) in_time: bool,
    /// It is left out where its day is not given, in place of making the answer unclear.
    pub(crate) optional: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Days,
    Weeks,
    Months,
    Years,
    WorkingDays,
    /// Working days without August and 25 December to 1 January.
    TribunalDays,
    /// Calendar days without August and 25 December to 1 January.
    TribunalCalendarDays,
    SchoolDays,
}

/// How the day that a period is counted from is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counting {
    /// "Within n of": that day does not count.
    Excluded,
    /// "Beginning with": that day is day one.
    Included,
    /// "At least n before": counted back, that day not counted.
    AtLeastBefore,
}

/// Where a period ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Count {
        n: i32,
        unit: Unit,
        counting: Counting,
    },
    /// The day itself.
    ThatDay,
    /// The day before it.
    DayBefore,
    /// A day of the year: of the calendar year of the day, or the first that comes after it.
    /// `before` means strictly earlier, so that the last day is the one before.
    Fixed {
        month: i8,
        day: i8,
        before: bool,
        next: bool,
    },
}

/// The day that a period is counted from.
#[derive(Clone, Debug)]
pub(crate) enum Anchor {
    /// The day of the trigger: for a notice that takes effect when served, the day of service.
    Trigger,
    /// The day on which the trigger was known.
    Known,
    /// The day in a field of the trigger.
    Field(String),
    /// The day of another fact, or the day in a field of it.
    Event {
        what: Match,
        before: bool,
        field: Option<String>,
    },
    RoundOpening,
    Birthday(i32),
    /// 1 September after a birthday: the start of a school year.
    SchoolYearAfter(i32),
    /// The first day of the next school term.
    NextTerm,
    /// The last day of the school term in which the trigger falls.
    TermEnd,
}

/// A period worked out.
#[derive(Clone, Debug)]
pub(crate) struct Ended {
    /// The day that it was counted from.
    pub(crate) from: Day,
    pub(crate) last: Day,
    /// Whether the last month has the corresponding day.
    pub(crate) corresponding: bool,
    /// Which of the periods it is.
    pub(crate) which: usize,
}

/// What came of a limit.
pub(crate) enum Worked {
    Day(Ended),
    /// None of its periods applies.
    NoNumber,
    /// A fact is missing; its words.
    Unclear(Vec<String>),
}

enum Anchored {
    On(Day),
    Absent,
    Missing(String),
}

impl Limit {
    /// The last day, for the duty that `seen` started on `start`. Every period that was worked out
    /// goes to `tell`.
    pub(crate) fn end(
        &self,
        asked: &Asked<'_>,
        start: Day,
        mut tell: impl FnMut(&Period, &Ended),
    ) -> Worked {
        if let [period] = self.of.as_slice()
            && period.is_plain()
        {
            return match period.end.count(asked, start) {
                Ok((last, corresponding)) => {
                    let ended = Ended { from: start, last, corresponding, which: 0 };
                    tell(period, &ended);
                    Worked::Day(ended)
                }
                Err(from) => Worked::Unclear(vec![term_dates(from)]),
            };
        }
        let (mut best, mut first): (Option<Ended>, Option<Day>) = (None, None);
        let (mut missing, mut left_out, mut there) = (Vec::new(), Vec::new(), 0);
        for (which, period) in self.of.iter().enumerate() {
            if !period.applies(asked, first) {
                continue;
            }
            let from = match period.from {
                Anchor::Trigger => Anchored::On(start),
                ref other => other.day(asked, start, first),
            };
            let from = match from {
                Anchored::On(day) => day,
                Anchored::Missing(words) if !period.optional => {
                    missing.push(words);
                    continue;
                }
                Anchored::Missing(words) => {
                    left_out.push(words);
                    continue;
                }
                _ => continue,
            };
            let ended = match period.end.count(asked, from) {
                Ok((last, corresponding)) => Ended { from, last, corresponding, which },
                Err(from) => {
                    missing.push(term_dates(from));
                    continue;
                }
            };
            tell(period, &ended);
            there += 1;
            first.get_or_insert(ended.last);
            let better = match (&best, self.take) {
                (None, _) => true,
                (Some(held), Take::Earliest) => ended.last < held.last,
                (Some(held), Take::Latest) => ended.last > held.last,
                (Some(_), Take::First) => false,
            };
            if better {
                best = Some(ended);
            }
        }
        if there < self.needs {
            missing.append(&mut left_out);
        }
        match (best, missing.is_empty()) {
            (Some(ended), true) => Worked::Day(ended),
            (Some(ended), false) if self.take == Take::First && ended.which == 0 => {
                Worked::Day(ended)
            }
            (None, true) => Worked::NoNumber,
            _ => Worked::Unclear(missing),
        }
    }

    /// The period in words: "6 weeks", "3 months or 12 months".
    pub(crate) fn words(&self) -> String {
        let each: Vec<String> = self.of.iter().map(|period| period.end.words()).collect();
        each.join(match self.take {
            Take::Earliest => " or, if earlier, ",
            Take::Latest => " or, if later, ",
            Take::First => ", otherwise ",
        })
    }
}

impl Period {
    /// Whether it is counted from the trigger, whatever else there is.
    #[inline]
    pub(crate) const fn is_plain(&self) -> bool {
        matches!(self.from, Anchor::Trigger) && self.when.is_none() && self.when_trigger.is_none()
    }

    /// Its last day, where it applies and nothing is missing.
    pub(crate) fn last_day(&self, asked: &Asked<'_>, start: Day) -> Option<Day> {
        if !self.applies(asked, None) {
            return None;
        }
        match self.from.day(asked, start, None) {
            Anchored::On(day) => self.end.count(asked, day).ok().map(|(last, _)| last),
            Anchored::Absent | Anchored::Missing(_) => None,
        }
    }

    fn applies<'a>(&'a self, asked: &Asked<'a>, first: Option<Day>) -> bool {
        if self.when_trigger.as_ref().is_some_and(|when| !asked.seen.matches(when)) {
            return false;
        }
        let Some(when) = &self.when else { return true };
        // A month that ends on a Sunday has not run out on the Monday to which it moves.
        let last = first.map(|last| rolled(&asked.book.calendar, asked.roll(), last));
        let in_time = |later: &Seen<'_>| !self.in_time || last.is_none_or(|last| later.on <= last);
        let is = |later: &Seen<'_>| later.matches(when) && in_time(later);
        is(asked.seen) || asked.steps(&when.list).any(|(_, later)| is(later))
    }
}

impl Anchor {
    /// The day that is counted from; `first` is the last day of the first period, where it has one.
    fn day(&self, asked: &Asked<'_>, start: Day, first: Option<Day>) -> Anchored {
        let seen = asked.seen;
        let born = |of: &dyn Fn(Date) -> Date| match asked.view.case.born {
            Some(born) => Anchored::On(of(born).into()),
            None => Anchored::Missing("the date of birth".to_owned()),
        };
        match self {
            Self::Trigger => Anchored::On(start),
            Self::Known => Anchored::On(seen.known_on),
            Self::Field(field) => field_of(asked, seen, field),
            Self::Event { what, before, field } => {
                if !before && let Some(unsaid) = matters::unsaid(asked, what, first) {
                    return Anchored::Missing(unsaid);
                }
                let is = |(_, fact): &(usize, &Seen<'_>)| fact.matches(what);
                let found = if *before {
                    asked.view.of(&what.list, 0, asked.place).rfind(is)
                } else {
                    let mut steps = asked.steps(&what.list);
                    steps.rfind(|one| is(one) && matters::is_for(asked, one.0, one.1))
                };
                match (found.map(|(_, fact)| fact), field) {
                    (None, _) => Anchored::Absent,
                    (Some(fact), None) => Anchored::On(fact.on),
                    (Some(fact), Some(field)) => field_of(asked, fact, field),
                }
            }
            Self::RoundOpening => {
                let (opening, _) = asked.view.round_span(seen.round);
                asked.view.facts.get(opening).filter(|_| seen.round > 0).map_or_else(
                    || Anchored::Missing("the day of the request".to_owned()),
                    |fact| Anchored::On(fact.on),
                )
            }
            Self::Birthday(age) => born(&|born| day::birthday(born, *age)),
            Self::SchoolYearAfter(age) => {
                born(&|born| school_year_after(day::birthday(born, *age)))
            }
            Self::NextTerm => asked
                .view
                .case
                .terms
                .iter()
                .map(|term| Day::from(term.from))
                .filter(|from| *from > start)
                .min()
                .map_or_else(|| Anchored::Missing(term_dates(start)), Anchored::On),
            Self::TermEnd => asked
                .view
                .case
                .terms
                .iter()
                .map(|term| (Day::from(term.from), Day::from(term.to)))
                .find(|(from, to)| *from <= start && start < *to)
                .map_or_else(
                    || Anchored::Missing(term_dates(start)),
                    |(_, to)| Anchored::On(to.plus(-1)),
                ),
        }
    }
}

fn field_of(asked: &Asked<'_>, seen: &Seen<'_>, field: &str) -> Anchored {
    match seen.date(field) {
        Some(day) => Anchored::On(day),
        None => Anchored::Missing(asked.words_of(seen, field)),
    }
}

/// 1 September strictly after a day.
pub(crate) fn school_year_after(day: Date) -> Date {
    let this = jiff::civil::date(day.year(), 9, 1);
    if day < this { this } else { day::add_months(this, 12).0 }
}

fn term_dates(from: Day) -> String {
    format!("the school's term dates from {}", day::short(from))
}

impl End {
    /// The last day counted from `from`, and whether the last month has the corresponding day; or
    /// the first day for which term dates are missing.
    #[inline]
    pub(crate) fn count(self, asked: &Asked<'_>, from: Day) -> Result<(Day, bool), Day> {
        if let Some(days) = self.days() {
            return Ok((from.plus(days), true));
        }
        let calendar = &asked.book.calendar;
        match self {
            Self::Count { n, unit: Unit::SchoolDays, counting } => {
                asked.view.case.school_days(calendar, from, n, counting).map(|day| (day, true))
            }
            end => end.not_in_days(calendar, from).ok_or(from),
        }
    }

    /// The days that it adds, where it adds as many to every day.
    #[inline]
    pub(crate) fn days(self) -> Option<i32> {
        match self {
            Self::ThatDay => Some(0),
            Self::DayBefore => Some(-1),
            Self::Count { n, unit: unit @ (Unit::Days | Unit::Weeks), counting } => {
                let signed = if counting == Counting::AtLeastBefore { -n } else { n };
                let days = if unit == Unit::Weeks { signed * 7 } else { signed };
                Some(days - i32::from(counting == Counting::Included))
            }
            Self::Count { .. } | Self::Fixed { .. } => None,
        }
    }

    /// The last day counted from `from`, and whether the last month has the corresponding day; none
    /// where the calendar alone cannot tell, which is so of school days.
    pub(crate) fn on_calendar(self, calendar: &Calendar, from: Day) -> Option<(Day, bool)> {
        match self.days() {
            Some(days) => Some((from.plus(days), true)),
            None => self.not_in_days(calendar, from),
        }
    }

    fn not_in_days(self, calendar: &Calendar, from: Day) -> Option<(Day, bool)> {
        let day = match self {
            Self::ThatDay | Self::DayBefore => return None,
            Self::Fixed { month, day, before, next } => {
                let last = |year: i16| {
                    let fixed = Date::new(year, month, day).unwrap_or(crate::NEVER);
                    Day::from(fixed).plus(-i32::from(before))
                };
                let year = from.date().year();
                let this = last(year);
                if next && this < from { last(year.saturating_add(1)) } else { this }
            }
            Self::Count { n, unit, counting } => {
                let less = i32::from(counting == Counting::Included);
                let back = counting == Counting::AtLeastBefore;
                let signed = if back { -n } else { n };
                match unit {
                    Unit::Months | Unit::Years => {
                        let months = if unit == Unit::Years { signed * 12 } else { signed };
                        let (day, corresponding) = from.plus_months(months);
                        let less = if corresponding { less } else { 0 };
                        return Some((day.plus(-less), corresponding));
                    }
                    Unit::WorkingDays => calendar.working_days(from, n, counting),
                    Unit::TribunalDays => {
                        calendar.count(from, n, counting, crate::calendar::tribunal_sits)
                    }
                    Unit::TribunalCalendarDays => {
                        crate::calendar::tribunal_calendar_days(from, n, counting)
                    }
                    Unit::Days | Unit::Weeks | Unit::SchoolDays => return None,
                }
            }
        };
        Some((day, true))
    }

    /// "6 weeks", "before 15 February".
    pub(crate) fn words(self) -> String {
        let mut words = String::new();
        self.put_words(&mut words);
        words
    }

    fn put_words(self, to: &mut String) {
        match self {
            Self::ThatDay => to.push_str("that day"),
            Self::DayBefore => to.push_str("before that day"),
            Self::Fixed { month, day, before, .. } => {
                let word = if before { "before " } else { "by " };
                put!(to, word, i32::from(day), " ", day::month(month));
            }
            Self::Count { n, unit, counting } => {
                let one = match unit {
                    Unit::Days | Unit::TribunalCalendarDays => "day",
                    Unit::Weeks => "week",
                    Unit::Months => "month",
                    Unit::Years => "year",
                    Unit::WorkingDays | Unit::TribunalDays => "working day",
                    Unit::SchoolDays => "school day",
                };
                if counting == Counting::AtLeastBefore {
                    put!(to, "at least ", Counted(n, one), " before");
                } else {
                    put!(to, Counted(n, one));
                }
            }
        }
    }

    /// One line of a calculation: from which day, how counted, to which day.
    pub(crate) fn line(self, from: Day, last: Day, to: &mut String) {
        let Self::Count { n, unit, counting } = self else {
            put!(to, crate::say::capital(&self.words()), ": ", words(last), ".");
            return;
        };
        if counting == Counting::AtLeastBefore {
            put!(to, crate::say::capital(&self.words()));
        } else {
            self.put_words(to);
        }
        match unit {
            Unit::Weeks => put!(to, " (", n * 7, " days)"),
            Unit::TribunalDays | Unit::TribunalCalendarDays => {
                put!(to, " (August and 25 December to 1 January left out)");
            }
            _ => {}
        }
        let counted = match counting {
            Counting::AtLeastBefore => {
                put!(to, " ", words(from), ", that day not counted: ", words(last));
                put!(to, " at the latest.");
                return;
            }
            Counting::Included => ", that day counted as the first",
            Counting::Excluded => ", that day not counted",
        };
        put!(to, counted, ": from ", words(from), " to ", words(last), ".");
    }
}
