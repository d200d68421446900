//! The terms of one school year as somebody enters them, and the days on which children are taught that
//! follow. School days are counted in these and in nothing else, so a year is taken whole or not at all:
//! a term left out would count as a holiday.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::fact::Term;

/// The terms of a school year, in their order.
pub const SCHOOL_TERMS: [&str; 3] = ["autumn", "spring", "summer"];
/// The longest holiday inside a school year, in days. A longer one is a slip of the month.
const HOLIDAY_DAYS_MAX: i32 = 42;
/// The longest holiday between two school years. Where more lies between, a year is not known.
const SUMMER_DAYS_MAX: i32 = 70;
/// The most training days that a year holds.
const TRAINING_DAYS_MAX: usize = 30;

/// One term, its days both inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermDays {
    /// The first school day.
    pub first: Date,
    /// The last school day.
    pub last: Date,
    /// The first and the last day of half term.
    pub half_term: Option<(Date, Date)>,
}

/// A school year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolYear {
    /// The terms, as [`SCHOOL_TERMS`] names them.
    pub terms: [TermDays; 3],
    /// Days in a term on which no child is taught.
    pub training: Vec<Date>,
}

/// What is wrong with a school year, at which of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearFault {
    /// `autumn-first`, `autumn-last`, `autumn-half-first` and so on, or `training`.
    pub field: String,
    /// What is wrong, as a word.
    pub fault: &'static str,
    /// The day that the sentence names, where it names one.
    pub day: Option<Date>,
}

/// The school year that a day lies in, by the year in which it begins: from 1 August on.
#[must_use]
pub fn school_year_of(day: Date) -> i16 {
    if day.month() >= 8 { day.year() } else { day.year() - 1 }
}

impl SchoolYear {
    /// Everything that is wrong with it as the school year that begins in `year`.
    #[must_use]
    pub fn faults(&self, year: i16) -> Vec<YearFault> {
        let mut faults = Vec::new();
        let mut before: Option<Date> = None;
        for (name, term) in SCHOOL_TERMS.into_iter().zip(&self.terms) {
            let mut wrong = |part: &str, fault: &'static str| {
                faults.push(YearFault { field: format!("{name}-{part}"), fault, day: None });
            };
            match before {
                _ if school_year_of(term.first) != year => wrong("first", "term-year"),
                Some(before) if term.first <= before => wrong("first", "term-overlap"),
                Some(before) if days(before, term.first) > HOLIDAY_DAYS_MAX => {
                    wrong("first", "term-far");
                }
                _ => {}
            }
            if school_year_of(term.last) != year {
                wrong("last", "term-year");
            } else if term.last <= term.first {
                wrong("last", "term-order");
            }
            if let Some((first, last)) = term.half_term {
                if last < first {
                    wrong("half-last", "half-order");
                } else if first <= term.first || term.last <= last {
                    wrong("half-first", "half-outside");
                }
            }
            before = Some(term.last);
        }
        let mut training = |fault, day| {
            faults.push(YearFault { field: "training".to_owned(), fault, day });
        };
        if self.training.len() > TRAINING_DAYS_MAX {
            training("training-many", None);
        }
        let term = |day: Date| self.terms.iter().any(|term| term.first <= day && day <= term.last);
        if let Some(day) = self.training.iter().find(|day| !term(**day)) {
            training("training-outside", Some(*day));
        }
        faults
    }

    /// The spans in which every day that is a working day is a school day.
    #[must_use]
    pub fn spans(&self) -> Vec<Term> {
        let mut spans = Vec::new();
        for term in &self.terms {
            let mut shut: BTreeSet<(Date, Date)> =
                self.training.iter().map(|day| (*day, *day)).collect();
            shut.extend(term.half_term);
            let mut from = term.first;
            let end = next(term.last);
            for (first, last) in shut {
                if first < from && last < from || first >= end {
                    continue;
                }
                spans.push(Term { from, to: first.max(from) });
                from = next(last).max(from);
            }
            spans.push(Term { from, to: end });
        }
        spans.retain(|span| span.from < span.to);
        spans
    }
}

/// The terms to count by, from several sources, the strongest first: of each school year the strongest
/// source that knows it. What lies before a year that nobody knows is left out, since its days could not
/// be told from a holiday: a count that reaches back there stays unclear.
#[must_use]
pub fn terms_by_year<'a>(sources: impl IntoIterator<Item = &'a [Term]>) -> Vec<Term> {
    let mut known: BTreeSet<i16> = BTreeSet::new();
    let mut all: Vec<Term> = Vec::new();
    for source in sources {
        let new: Vec<&Term> =
            source.iter().filter(|term| !known.contains(&school_year_of(term.from))).collect();
        known.extend(new.iter().map(|term| school_year_of(term.from)));
        all.extend(new);
    }
    all.sort_by_key(|term| term.from);
    let gap = all.windows(2).rposition(|pair| match pair {
        [one, other] => days(one.to, other.from) > SUMMER_DAYS_MAX,
        _ => false,
    });
    all.split_off(gap.map_or(0, |at| at + 1))
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn next(day: Date) -> Date {
    day.saturating_add(Span::new().days(1))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn term(first: Date, last: Date, half_term: Option<(Date, Date)>) -> TermDays {
        TermDays { first, last, half_term }
    }

    fn year() -> SchoolYear {
        SchoolYear {
            terms: [
                term(
                    date(2026, 9, 2),
                    date(2026, 12, 18),
                    Some((date(2026, 10, 26), date(2026, 10, 30))),
                ),
                term(
                    date(2027, 1, 4),
                    date(2027, 3, 25),
                    Some((date(2027, 2, 15), date(2027, 2, 19))),
                ),
                term(
                    date(2027, 4, 12),
                    date(2027, 7, 21),
                    Some((date(2027, 5, 31), date(2027, 6, 4))),
                ),
            ],
            training: vec![date(2026, 9, 2), date(2026, 10, 23)],
        }
    }

    fn found(change: impl Fn(&mut SchoolYear)) -> Vec<(String, &'static str)> {
        let mut year = year();
        change(&mut year);
        year.faults(2026).into_iter().map(|one| (one.field, one.fault)).collect()
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        let one = |field: &str, fault| vec![(field.to_owned(), fault)];
        assert_eq!(found(|_| ()), []);
        for (expected, change) in [
            (
                one("autumn-last", "term-order"),
                (|year| year.terms[0].last = date(2026, 9, 2)) as fn(&mut SchoolYear),
            ),
            (one("autumn-first", "term-year"), |year| year.terms[0].first = date(2026, 7, 31)),
            (one("summer-last", "term-year"), |year| year.terms[2].last = date(2027, 8, 1)),
            (one("spring-first", "term-overlap"), |year| year.terms[1].first = date(2026, 12, 18)),
            (one("spring-first", "term-far"), |year| year.terms[1].first = date(2027, 1, 30)),
            (one("spring-half-last", "half-order"), |year| {
                year.terms[1].half_term = Some((date(2027, 2, 19), date(2027, 2, 15)));
            }),
            (one("summer-half-first", "half-outside"), |year| {
                year.terms[2].half_term = Some((date(2027, 4, 12), date(2027, 4, 16)));
            }),
            (one("training", "training-outside"), |year| year.training.push(date(2026, 12, 21))),
            (one("training", "training-many"), |year| {
                year.training = vec![date(2026, 9, 3); TRAINING_DAYS_MAX + 1];
            }),
        ] {
            let found = found(change);
            assert!(expected.iter().all(|one| found.contains(one)), "{expected:?} in {found:?}");
        }
        // A holiday of six weeks is as long as one may be: from the last day to the first.
        assert_eq!(found(|year| year.terms[1].first = date(2027, 1, 29)), []);
        assert_eq!(year().faults(2025).len(), 6, "no term of it lies in that year");
    }

    #[test]
    fn half_term_and_training_days_are_cut_out() {
        let spans: Vec<String> =
            year().spans().iter().map(|span| format!("{}/{}", span.from, span.to)).collect();
        assert_eq!(
            spans,
            [
                "2026-09-03/2026-10-23",
                "2026-10-24/2026-10-26",
                "2026-10-31/2026-12-19",
                "2027-01-04/2027-02-15",
                "2027-02-20/2027-03-26",
                "2027-04-12/2027-05-31",
                "2027-06-05/2027-07-22",
            ]
        );
        // A training day inside half term takes nothing twice.
        let mut doubled = year();
        doubled.training = vec![date(2026, 10, 28)];
        assert_eq!(doubled.spans()[1].from, date(2026, 10, 31));
    }

    #[test]
    fn the_strongest_source_has_its_years_and_no_hole_is_a_holiday() {
        let span = |from: Date, to: Date| Term { from, to };
        let strong = [span(date(2026, 9, 7), date(2027, 7, 10))];
        let weak = [
            span(date(2025, 9, 2), date(2026, 7, 22)),
            span(date(2026, 9, 2), date(2026, 12, 19)),
            span(date(2027, 1, 4), date(2027, 7, 22)),
        ];
        let both = terms_by_year([&strong[..], &weak[..]]);
        assert_eq!(both, [weak[0], strong[0]]);
        assert_eq!(terms_by_year([&weak[..]]), weak);
        let far = [span(date(2023, 9, 2), date(2024, 7, 20))];
        assert_eq!(terms_by_year([&weak[..], &far[..]]), weak, "2024 is not known");
        assert_eq!(terms_by_year([]), []);
    }
}
