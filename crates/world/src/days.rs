//! Plain days, and the days on which an office is open. Nothing legal is counted here: a delay is
//! chosen, and the law says elsewhere whether it was too long.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// `day` and so many days more, or fewer.
pub(crate) fn plus(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// How many days from `from` to `to`.
pub(crate) fn between(from: Date, to: Date) -> i32 {
    from.duration_until(to)
        .as_hours()
        .checked_div(24)
        .and_then(|d| i32::try_from(d).ok())
        .unwrap_or(0)
}

/// Whether the office is open: not at a weekend, nor from Christmas to New Year's Day.
pub(crate) fn open(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let christmas = (day.month() == 12 && day.day() >= 25) || (day.month() == 1 && day.day() == 1);
    !weekend && !christmas
}

/// The first open day on or after `day`.
pub(crate) fn open_from(mut day: Date) -> Date {
    while !open(day) {
        day = plus(day, 1);
    }
    day
}

/// The last open day on or before `day`.
pub(crate) fn open_by(mut day: Date) -> Date {
    while !open(day) {
        day = plus(day, -1);
    }
    day
}

/// Whether schools of the area are in term. The same in every year, near enough for a pretend area.
pub(crate) fn in_term(day: Date) -> bool {
    let summer = summer_of(day.year());
    open(day) && !(summer.0 <= day && day < summer.1)
}

/// The summer closure of a year: the first closed day, and the day on which schools open again.
pub(crate) fn summer_of(year: i16) -> (Date, Date) {
    (
        Date::new(year, 7, 23).unwrap_or(Date::MAX),
        open_from(Date::new(year, 9, 2).unwrap_or(Date::MAX)),
    )
}

/// The first day of term on or after `day`.
pub(crate) fn term_from(mut day: Date) -> Date {
    while !in_term(day) {
        day = plus(day, 1);
    }
    day
}
