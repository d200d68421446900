//! How each form of duty works its days out, and the lines of explanation that they share.

pub(crate) mod ban;
pub(crate) mod continuing;
pub(crate) mod deadline;
pub(crate) mod floor;
pub(crate) mod right;

use jiff::civil::Date;

use crate::answer::Obligation;
use crate::day::words;
use crate::evaluate::{Asked, Why, other};
use crate::limit::{Counting, End, Ended, Limit, Take, Unit, Worked};
use crate::rule::Roll;
use crate::rulebook::Effect;

/// Counts a limit from `start`, with a line for each of its periods, and moves its last day on
/// where the rule says so.
fn count(asked: &Asked<'_>, limit: &Limit, start: Date, why: &mut Why) -> Worked {
    let worked = limit.end(asked, start, |period, ended| {
        why.day(ended.last, || period.end.line(ended.from, ended.last));
    });
    let Worked::Day(mut ended) = worked else { return worked };
    if limit.of.len() > 1 {
        why.day(ended.last, || {
            let which = match limit.take {
                Take::Earliest => "The earliest of these decides",
                Take::Latest => "The latest of these decides",
                Take::First => "The first of these that applies decides",
            };
            said!("{which}: {}.", words(ended.last))
        });
    }
    ended.last = rolled(asked, ended.last, why);
    Worked::Day(ended)
}

/// The last day after whatever moves it on.
fn rolled(asked: &Asked<'_>, last: Date, why: &mut Why) -> Date {
    let calendar = &asked.book.calendar;
    let (rolled, rule) = match asked.roll() {
        None => return last,
        Some(Roll::TribunalStart) => (
            calendar.roll_start_of_proceedings(last),
            "Time to start proceedings that ends on such a day is in time on the first working day \
             after",
        ),
        Some(Roll::NextWorkingDay) => (
            calendar.first_working_day_on_or_after(last),
            "A last day that is no working day moves to the next one",
        ),
    };
    if rolled != last {
        why.day(rolled, || {
            said!("{} is the last day so far. {rule}: {}.", words(last), words(rolled))
        });
    }
    rolled
}

/// How weekends and holidays are treated in a period.
fn holidays_line(asked: &Asked<'_>, ended: &Ended, why: &mut Why) {
    let Some(period) = asked.limit().and_then(|limit| limit.of.get(ended.which)) else { return };
    let End::Count { unit, .. } = period.end else { return };
    why.line(|| {
        match unit {
            Unit::WorkingDays | Unit::TribunalDays => {
                "Working days are Monday to Friday without bank holidays."
            }
            Unit::SchoolDays => "School days are those of the term dates given, less closures.",
            _ if asked.roll().is_some() => {
                "Weekends, bank holidays and school holidays fall inside the period and count."
            }
            _ => {
                "Weekends, bank holidays and school holidays fall inside the period and count; \
                 nothing rolls forward."
            }
        }
        .to_owned()
    });
}

/// The last working day on or before the last day.
fn safe_line(asked: &Asked<'_>, obligation: &Obligation, why: &mut Why) {
    let (Some(due), Some(safe)) = (obligation.due, obligation.due_safe) else { return };
    let computed = if asked.book.calendar.is_computed(due) {
        " Bank holidays of that year are computed, not published."
    } else {
        ""
    };
    why.day(safe, || {
        if due == safe {
            said!("The last day is {}, a working day.{computed}", words(due))
        } else {
            said!(
                "The last day is {}, not a working day; the last working day before it is {}.{computed}",
                words(due),
                words(safe)
            )
        }
    });
}

/// Adds the days that other readings give.
fn readings(asked: &Asked<'_>, start: Date, ended: &Ended, obligation: &mut Obligation) {
    let period = asked.limit().and_then(|limit| limit.of.get(ended.which));
    let Some(end) = period.map(|period| period.end) else { return };
    let counting = match end {
        End::Count { counting, .. } => Some(counting),
        _ => None,
    };
    for (reading, effect) in &asked.rule.effects {
        let due = match effect {
            Effect::TriggerDayCounted if counting == Some(Counting::Excluded) => {
                crate::day::add_days(ended.last, -1)
            }
            Effect::TriggerDayNotCounted if counting == Some(Counting::Included) => {
                crate::day::add_days(ended.last, 1)
            }
            Effect::NextWorkingDay => asked.book.calendar.first_working_day_on_or_after(ended.last),
            Effect::NoCorrespondingDay
                if counting == Some(Counting::Included) && !ended.corresponding =>
            {
                crate::day::add_days(ended.last, -1)
            }
            Effect::ClearPeriod if counting == Some(Counting::AtLeastBefore) => {
                crate::day::add_days(ended.last, -1)
            }
            Effect::ByTheDay if matches!(end, End::Fixed { before: true, .. }) => {
                crate::day::add_days(ended.last, 1)
            }
            Effect::ServedWhenSent if start != asked.seen.fact.on => {
                match end.count(asked, asked.seen.fact.on) {
                    Ok((day, _)) => day,
                    Err(_) => continue,
                }
            }
            _ => continue,
        };
        other(obligation, reading, due);
    }
}

/// Adds the days of readings that count another period.
fn other_limits(asked: &Asked<'_>, start: Date, obligation: &mut Obligation) {
    for (reading, period) in &asked.rule.other_limits {
        if let Some(due) = period.last_day(asked, start) {
            other(obligation, reading, due);
        }
    }
}

/// Note, other readings and source: how every explanation ends.
fn cite(asked: &Asked<'_>, obligation: &Obligation, why: &mut Why) {
    if !why.is_wanted() {
        return;
    }
    let version = asked.version;
    for note in
        [&asked.duty.note, &version.and_then(|version| version.note.clone())].into_iter().flatten()
    {
        why.line(|| note.clone());
    }
    for reading in &obligation.other_readings {
        if let (Some(due), Some(known)) = (reading.due, asked.book.reading(&reading.reading)) {
            why.day(due, || {
                said!("Another reading ({}) gives {}: {}", known.id, words(due), known.other)
            });
        }
    }
    let own = version.and_then(|version| version.cite.as_deref());
    why.line(|| said!("Source: {}.", own.unwrap_or(&asked.duty.cite)));
}
