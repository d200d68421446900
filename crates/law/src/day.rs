//! Arithmetic on civil days, and days in words. Days are counted as whole numbers from 1 January
//! 1970, so that no step can fail half-way: what falls outside the calendar is `NEVER`.

use std::fmt;

use jiff::civil::Date;

use crate::NEVER;
use crate::line::Put;

/// A civil day as the engine counts it: a whole number, so that a step is one addition and a
/// comparison one instruction. Dates become days at the engine's door and dates again behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i32);

impl Day {
    /// The day that stands for "never".
    pub(crate) const NEVER: Self = Self(2_932_896);
    /// The last day that anybody can ask about: by then, what never happens has not happened.
    pub(crate) const LAST: Self = Self(Self::NEVER.0 - 1);

    pub(crate) fn date(self) -> Date {
        if self == Self::NEVER { NEVER } else { from_number(self.0) }
    }

    pub(crate) const fn number(self) -> i32 {
        self.0
    }

    pub(crate) const fn of_number(number: i32) -> Self {
        Self(number)
    }

    /// Moved by `days`; what falls outside the calendar is `NEVER`.
    #[must_use]
    pub(crate) fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days)).min(Self::NEVER)
    }

    /// Days from here to `to`; negative when `to` is earlier.
    pub(crate) const fn until(self, to: Self) -> i32 {
        to.0 - self.0
    }

    /// Its month, 1 for January, and its day of the month.
    pub(crate) fn month_and_day(self) -> (i32, i32) {
        civil(self.0).map_or((12, 31), |(_, month, day)| (month, day))
    }

    /// The corresponding day `months` later, and whether that month has such a day.
    pub(crate) fn plus_months(self, months: i32) -> (Self, bool) {
        if let Some((month, day)) = in_month(self.0)
            && let Some([first, next]) = months_at(month + months)
        {
            let last = next - first - 1;
            return (Self(first + day.min(last)), day <= last);
        }
        let Some((year, month, day)) = civil(self.0) else { return (Self::NEVER, false) };
        let index = year * 12 + month - 1 + months;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
        let last = last_of_month(year, month);
        (Self(count(year, month, day.min(last))).min(Self::NEVER), day <= last)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(number(date))
    }
}

/// Whole days from 1 January 1970 to `date`.
#[inline]
pub(crate) fn number(date: Date) -> i32 {
    let (year, month, day) =
        (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    match months_at((year - FIRST_YEAR) * 12 + month - 1) {
        Some([first, _]) => first + day - 1,
        None => count(year, month, day),
    }
}

/// The years whose months are looked up; other years are calculated.
const FIRST_YEAR: i32 = 1990;
const YEARS: usize = 121;

/// The first day of each month from January of [`FIRST_YEAR`] on, and of the month after the last.
static MONTHS: [i32; YEARS * 12 + 1] = {
    let mut months = [0; YEARS * 12 + 1];
    let mut at = 0;
    while at < months.len() {
        months[at] = count(FIRST_YEAR + at as i32 / 12, at as i32 % 12 + 1, 1);
        at += 1;
    }
    months
};

/// The first day of a month, counted from the first one that is looked up, and of the next.
#[inline]
fn months_at(month: i32) -> Option<[i32; 2]> {
    let at = usize::try_from(month).ok()?;
    MONTHS.get(at..)?.first_chunk().copied()
}

/// The month that a day falls in, counted likewise, and the days of it before that day.
#[inline]
fn in_month(day: i32) -> Option<(i32, i32)> {
    /// Months in 65,536 days, so that the month is found or is next to the one that is.
    const MONTHS_IN_65536: i32 = 2_153;
    let since = day.checked_sub(*MONTHS.first()?).filter(|since| (0..=50_000).contains(since))?;
    let month = (since * MONTHS_IN_65536) >> 16;
    let [first, next] = months_at(month)?;
    match (day < first, day < next) {
        (true, _) => Some((month - 1, day - months_at(month - 1)?[0])),
        (_, true) => Some((month, day - first)),
        _ => Some((month + 1, day - next)),
    }
}

/// As [`civil`] does, the other way round.
const fn count(year: i32, month: i32, day: i32) -> i32 {
    /// Whole spans of 400 years, so that no year is below 0, and their days up to 1 January 1970.
    const YEARS: i32 = 12_000;
    const DAYS: i32 = YEARS / 400 * 146_097 + 719_468;
    let of_last_year = month <= 2;
    let year = (year + YEARS - of_last_year as i32) as u32;
    let month = if of_last_year { month + 12 } else { month };
    let century = year / 100;
    let before = (1_461 * year / 4 - century + century / 4) as i32;
    before + ((979 * month - 2_919) >> 5) + day - 1 - DAYS
}

/// The last day of a month.
const fn last_of_month(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day that `number` counts; `NEVER` beyond the calendar.
pub(crate) fn from_number(number: i32) -> Date {
    civil(number).and_then(|(year, month, day)| build(year, month, day)).unwrap_or(NEVER)
}

/// The year, month and day that `number` counts; none before the year 0. Years are counted from
/// March, so that a leap day comes last, and by multiplying where a division would do the same
/// (C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar
/// algorithms", 2022).
fn civil(number: i32) -> Option<(i32, i32, i32)> {
    let days = u32::try_from(number.saturating_add(719_468)).ok()?;
    let of_four = days.saturating_mul(4) | 3;
    let century = of_four / 146_097;
    let product = u64::from((of_four % 146_097) | 3) * 2_939_745;
    let year_of_century = (product >> 32) as u32;
    let of_year = (product as u32) / 2_939_745 / 4;
    let shifted = 2_141 * of_year + 197_913;
    let (month, day) = (shifted >> 16, (shifted & 0xffff) / 2_141);
    let next_year = of_year >= 306;
    let month = if next_year { month - 12 } else { month };
    let year = 100 * century + year_of_century + u32::from(next_year);
    Some((year as i32, month as i32, day as i32 + 1))
}

/// `date` moved by `days`.
pub(crate) fn add_days(date: Date, days: i32) -> Date {
    // Most steps stay inside the month, and every month has 28 days.
    let day = i32::from(date.day()).saturating_add(days);
    if (1..=28).contains(&day)
        && let Ok(day) = i8::try_from(day)
        && let Ok(found) = Date::new(date.year(), date.month(), day)
    {
        return found;
    }
    from_number(number(date).saturating_add(days))
}

/// The corresponding date `months` later, and whether that month has such a day. Where it has
/// none, its last day (Dodds v Walker [1981] 1 WLR 1027).
pub(crate) fn add_months(date: Date, months: i32) -> (Date, bool) {
    let index = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + months;
    let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
    match build(year, month, i32::from(date.day())) {
        Some(found) => (found, true),
        None => (build(year, month, 1).map_or(NEVER, Date::last_of_month), false),
    }
}

/// The day on which somebody born on `born` reaches `age`; 1 March for a leap-day birthday in a
/// common year.
pub(crate) fn birthday(born: Date, age: i32) -> Date {
    match add_months(born, age * 12) {
        (day, true) => day,
        (day, false) => add_days(day, 1),
    }
}

fn build(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// "Monday 14 September 2026".
pub(crate) fn words(day: impl Into<Day>) -> InWords {
    let day = day.into();
    InWords { date: day.date(), weekday: Some(day) }
}

/// "14 September 2026".
pub(crate) fn short(day: impl Into<Day>) -> InWords {
    InWords { date: day.into().date(), weekday: None }
}

/// A day as people write it.
#[derive(Clone, Copy)]
pub(crate) struct InWords {
    date: Date,
    weekday: Option<Day>,
}

impl InWords {
    /// Gives its pieces. Explanations are mostly days in words, so there are few of them.
    fn pieces(self, mut give: impl FnMut(&'static str)) {
        if let Some(day) = self.weekday {
            give(weekday(day));
            give(" ");
        }
        let (day, year) = (self.date.day().unsigned_abs(), self.date.year().unsigned_abs());
        give(two_digits(day).trim_start_matches('0'));
        give(" ");
        give(month(self.date.month()));
        give(" ");
        give(two_digits((year / 100) as u8));
        give(two_digits((year % 100) as u8));
    }
}

/// "00" to "99".
fn two_digits(n: u8) -> &'static str {
    const ALL: &str = "00010203040506070809101112131415161718192021222324252627282930313233343536\
                       37383940414243444546474849505152535455565758596061626364656667686970717273\
                       7475767778798081828384858687888990919293949596979899";
    let at = usize::from(n) * 2;
    ALL.get(at..at + 2).unwrap_or_default()
}

impl fmt::Display for InWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.pieces(|piece| result = result.and_then(|()| f.write_str(piece)));
        result
    }
}

impl Put for InWords {
    fn put(&self, to: &mut String) {
        self.pieces(|piece| to.push_str(piece));
    }
}

/// The name of a month, 1 for January.
pub(crate) const fn month(number: i8) -> &'static str {
    match number {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

/// The name of a weekday; 1 January 1970 was a Thursday.
fn weekday(day: Day) -> &'static str {
    match (day.0 + 3).rem_euclid(7) {
        0 => "Monday",
        1 => "Tuesday",
        2 => "Wednesday",
        3 => "Thursday",
        4 => "Friday",
        5 => "Saturday",
        _ => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};

    use super::*;

    #[test]
    fn numbers_and_days_agree_with_the_calendar() {
        let mut day = date(1899, 12, 31);
        let mut expected = number(day);
        while day < date(2130, 1, 1) {
            assert_eq!(number(day), expected);
            assert_eq!(from_number(expected), day);
            for months in [-13, -1, 1, 6, 24] {
                let (later, same) = add_months(day, months);
                assert_eq!(Day(expected).plus_months(months), (later.into(), same), "{day}");
            }
            day = day.checked_add(1.day()).unwrap();
            expected += 1;
        }
        assert_eq!(number(date(1970, 1, 1)), 0);
    }

    #[test]
    fn days_read_as_people_write_them() {
        assert_eq!(words(date(2026, 9, 14)).to_string(), "Monday 14 September 2026");
        assert_eq!(words(date(2027, 2, 1)).to_string(), "Monday 1 February 2027");
        assert_eq!(short(date(2030, 10, 30)).to_string(), "30 October 2030");
    }

    #[test]
    fn months_clamp_to_the_last_day() {
        let check = |from: Date, months, to: Date, same| {
            assert_eq!(add_months(from, months), (to, same), "{from} + {months} months");
        };
        check(date(2026, 10, 29), 2, date(2026, 12, 29), true);
        check(date(2026, 12, 31), 2, date(2027, 2, 28), false);
        check(date(2028, 2, 29), 12, date(2029, 2, 28), false);
        check(date(2026, 12, 1), 1, date(2027, 1, 1), true);
        assert_eq!(birthday(date(2004, 2, 29), 25), date(2029, 3, 1));
    }
}
