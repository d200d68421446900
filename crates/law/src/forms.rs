//! How each form of duty works its days out, and the lines of explanation that they share.

pub(crate) mod ban;
pub(crate) mod continuing;
pub(crate) mod deadline;
pub(crate) mod floor;
pub(crate) mod right;

use crate::calendar::Calendar;
use crate::day::{Day, words};
use crate::evaluate::{Asked, other};
use crate::limit::{Counting, End, Ended, Limit, Take, Unit, Worked};
use crate::line::{Depth, Tell, put};
use crate::outcome::Outcome;
use crate::rule::Roll;
use crate::rulebook::Effect;

/// What started it: the first line of every explanation.
fn begin_line<T: Tell>(asked: &Asked<'_>, why: &mut T) {
    if T::DEPTH < Depth::Explained {
        return;
    }
    let seen = asked.seen;
    why.day(seen.on, |to| {
        put!(to, asked.title(seen), " on ", words(seen.on), " (event ", seen.id, ").");
    });
}

/// Counts a limit from `start`, with a line for each of its periods, and moves its last day on
/// where the rule says so.
pub(crate) fn count<T: Tell>(asked: &Asked<'_>, limit: &Limit, start: Day, why: &mut T) -> Worked {
    let worked = limit.end(asked, start, |period, ended| {
        why.day(ended.last, |to| period.end.line(ended.from, ended.last, to));
    });
    let Worked::Day(mut ended) = worked else { return worked };
    if limit.of.len() > 1 {
        why.day(ended.last, |to| {
            let which = match limit.take {
                Take::Earliest => "The earliest of these decides",
                Take::Latest => "The latest of these decides",
                Take::First => "The first of these that applies decides",
            };
            put!(to, which, ": ", words(ended.last), ".");
        });
    }
    ended.last = moved_on(asked, ended.last, why);
    Worked::Day(ended)
}

/// The last day after whatever moves it on, with a line where anything does.
fn moved_on<T: Tell>(asked: &Asked<'_>, last: Day, why: &mut T) -> Day {
    let Some(roll) = asked.roll() else { return last };
    let on = rolled(&asked.book.calendar, Some(roll), last);
    if on != last {
        why.day(on, |to| {
            put!(to, words(last), " is the last day so far. ");
            to.push_str(match roll {
                Roll::TribunalStart => {
                    "Time to start proceedings that ends on such a day is in time on the first \
                     working day after"
                }
                Roll::NextWorkingDay => "A last day that is no working day moves to the next one",
            });
            put!(to, ": ", words(on), ".");
        });
    }
    on
}

/// The last day after what moves it on.
#[inline]
pub(crate) fn rolled(calendar: &Calendar, roll: Option<Roll>, last: Day) -> Day {
    match roll {
        None => last,
        Some(Roll::TribunalStart) => calendar.start_of_proceedings(last),
        Some(Roll::NextWorkingDay) => calendar.working_day_after(last),
    }
}

/// How weekends and holidays are treated in a period.
#[inline]
fn holidays_line<T: Tell>(asked: &Asked<'_>, ended: &Ended, why: &mut T) {
    let Some(period) = asked.limit().and_then(|limit| limit.of.get(ended.which)) else { return };
    let End::Count { unit, .. } = period.end else { return };
    why.line(|to| {
        to.push_str(match unit {
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
        });
    });
}

/// The last working day on or before the last day.
fn safe_line<T: Tell>(asked: &Asked<'_>, outcome: &Outcome<'_>, why: &mut T) {
    let (Depth::Explained, Some(due), Some(safe)) = (T::DEPTH, outcome.due, outcome.safe) else {
        return;
    };
    why.day(safe, |to| {
        put!(to, "The last day is ", words(due));
        if due == safe {
            put!(to, ", a working day.");
        } else {
            put!(to, ", not a working day; the last working day before it is ", words(safe), ".");
        }
        if asked.book.calendar.is_computed(due.date()) {
            put!(to, " Bank holidays of that year are computed, not published.");
        }
    });
}

/// Adds the days that other readings give.
fn readings<T: Tell>(asked: &Asked<'_>, start: Day, ended: &Ended, outcome: &mut Outcome<'_>) {
    if T::DEPTH == Depth::Days {
        return;
    }
    let period = asked.limit().and_then(|limit| limit.of.get(ended.which));
    let Some(end) = period.map(|period| period.end) else { return };
    let counting = match end {
        End::Count { counting, .. } => Some(counting),
        _ => None,
    };
    for (reading, effect) in &asked.rule.effects {
        let due = match effect {
            Effect::TriggerDayCounted if counting == Some(Counting::Excluded) => {
                ended.last.plus(-1)
            }
            // A month that lacks the day ends on its last day either way.
            Effect::TriggerDayNotCounted if counting == Some(Counting::Included) => {
                ended.last.plus(i32::from(ended.corresponding))
            }
            Effect::NextWorkingDay => asked.book.calendar.working_day_after(ended.last),
            Effect::NoCorrespondingDay
                if counting == Some(Counting::Included) && !ended.corresponding =>
            {
                ended.last.plus(-1)
            }
            Effect::ClearPeriod if counting == Some(Counting::AtLeastBefore) => ended.last.plus(-1),
            Effect::ByTheDay if matches!(end, End::Fixed { before: true, .. }) => {
                ended.last.plus(1)
            }
            Effect::ServedWhenSent if start != asked.seen.on => {
                match end.count(asked, asked.seen.on) {
                    Ok((day, _)) => day,
                    Err(_) => continue,
                }
            }
            Effect::TribunalTime => match tribunal_time(asked, end, ended) {
                Some(day) => day,
                None => continue,
            },
            _ => continue,
        };
        other(outcome, reading, due);
    }
}

/// The last day with August and Christmas left out, as the Tribunal's own rule of time has it; none
/// where that is no more than the next working day, which another reading tells.
fn tribunal_time(asked: &Asked<'_>, end: End, ended: &Ended) -> Option<Day> {
    let days = match end {
        End::Count { n, unit: Unit::Weeks, counting } => (n * 7, counting),
        End::Count { n, unit: Unit::Days, counting } => (n, counting),
        _ => return None,
    };
    let calendar = &asked.book.calendar;
    let end = End::Count { n: days.0, unit: Unit::TribunalCalendarDays, counting: days.1 };
    let (last, _) = end.on_calendar(calendar, ended.from)?;
    let last = calendar.working_day_after(last);
    (last != calendar.working_day_after(ended.last)).then_some(last)
}

/// Adds the days of readings that count another period.
fn other_limits<T: Tell>(asked: &Asked<'_>, start: Day, outcome: &mut Outcome<'_>) {
    if T::DEPTH == Depth::Days {
        return;
    }
    for (reading, period) in &asked.rule.other_limits {
        if let Some(due) = period.last_day(asked, start) {
            other(outcome, reading, due);
        }
    }
}

/// Note, other readings and source: how every explanation ends.
fn cite<T: Tell>(asked: &Asked<'_>, outcome: &Outcome<'_>, why: &mut T) {
    if T::DEPTH < Depth::Explained {
        return;
    }
    let version = asked.version;
    let notes = [asked.duty.note.as_ref(), version.and_then(|version| version.note.as_ref())];
    for note in notes.into_iter().flatten() {
        why.line(|to| to.push_str(note));
    }
    for reading in outcome.more.iter().flat_map(|more| &more.other_readings) {
        if let (Some(due), Some(known)) = (reading.due, asked.book.reading(&reading.reading)) {
            why.day(due.into(), |to| {
                put!(to, "Another reading (", known.id, ") gives ", words(due), ": ", known.other);
            });
        }
    }
    let own = version.and_then(|version| version.cite.as_deref());
    why.line(|to| put!(to, "Source: ", own.unwrap_or(&asked.duty.cite), "."));
}
