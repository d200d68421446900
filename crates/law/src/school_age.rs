//! Compulsory school age: from the first prescribed day on or after the fifth birthday (Education
//! Act 1996 s.8(2); Start of Compulsory School Age Order 1998, SI 1998/1607) to the last Friday in
//! June of the school year in which the child turns 16 (s.8(3); School Leaving Date Order 1997,
//! SI 1997/1970).

use jiff::civil::{Date, Weekday};

use crate::day::Day;

/// Where a day lies to somebody's compulsory school age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchoolAge {
    /// Too young: no school has to be attended yet.
    Under,
    /// Of compulsory school age.
    Within,
    /// Past it.
    Over,
}

/// Days on which children who are five by then come of school age: month and day.
const PRESCRIBED: [(i8, i8); 3] = [(3, 31), (8, 31), (12, 31)];
const STARTS_AT_YEARS: i64 = 5;
const ENDS_AT_YEARS: i64 = 16;
const SEPTEMBER: i8 = 9;

/// Whether somebody born on `born` is of compulsory school age on `day`. A day so far away that the
/// calendar does not reach it lies outside.
#[must_use]
pub fn school_age(born: Date, day: Date) -> SchoolAge {
    match (first_day(born), last_day(born)) {
        (Some(first), _) if day < first => SchoolAge::Under,
        (Some(_), Some(last)) if day <= last => SchoolAge::Within,
        (Some(_), _) => SchoolAge::Over,
        (None, _) => SchoolAge::Under,
    }
}

/// The first day of compulsory school age, and the first day after its last.
pub(crate) fn school_ages(born: Date) -> Option<(Day, Day)> {
    Some((first_day(born)?.into(), Day::from(last_day(born)?).plus(1)))
}

fn first_day(born: Date) -> Option<Date> {
    let fifth = born.checked_add(jiff::Span::new().years(STARTS_AT_YEARS)).ok()?;
    let of_year =
        PRESCRIBED.iter().filter_map(|(month, day)| Date::new(fifth.year(), *month, *day).ok());
    of_year.filter(|day| *day >= fifth).min()
}

fn last_day(born: Date) -> Option<Date> {
    let sixteenth = born.checked_add(jiff::Span::new().years(ENDS_AT_YEARS)).ok()?;
    let year = sixteenth.year() + i16::from(sixteenth.month() >= SEPTEMBER);
    let end_of_june = Date::new(year, 6, 30).ok()?;
    end_of_june.tomorrow().ok()?.nth_weekday(-1, Weekday::Friday).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn it_begins_on_a_prescribed_day_and_ends_on_a_friday_in_june() {
        for (born, first, last) in [
            // Five on a prescribed day itself.
            (date(2021, 8, 31), date(2026, 8, 31), date(2037, 6, 26)),
            (date(2021, 9, 1), date(2026, 12, 31), date(2038, 6, 25)),
            (date(2021, 1, 1), date(2026, 3, 31), date(2037, 6, 26)),
            (date(2021, 4, 1), date(2026, 8, 31), date(2037, 6, 26)),
            (date(2020, 2, 29), date(2025, 3, 31), date(2036, 6, 27)),
            // The last Friday is well before the end of June.
            (date(2010, 3, 14), date(2015, 3, 31), date(2026, 6, 26)),
        ] {
            let on = |day| school_age(born, day);
            assert_eq!(on(first.yesterday().unwrap()), SchoolAge::Under, "{born}");
            assert_eq!(on(first), SchoolAge::Within, "{born}");
            assert_eq!(on(last), SchoolAge::Within, "{born}");
            assert_eq!(on(last.tomorrow().unwrap()), SchoolAge::Over, "{born}");
        }
        assert_eq!(school_age(date(9990, 1, 1), date(2026, 1, 1)), SchoolAge::Under);
    }
}
