//! Bank holidays, working days and the Tribunal's calendar. Published days come from
//! `law/calendars/`; other years are computed by rule, and an answer that leans on one says so.

use jiff::civil::{Date, Weekday};

use crate::day::{Day, add_days, number};
use crate::limit::Counting;

/// Years for which bank holidays are computed where none are published.
const COMPUTED_YEARS: std::ops::RangeInclusive<i16> = 1990..=2110;

/// Which days are working days in England and Wales.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// A bit a day from the first of [`COMPUTED_YEARS`] on, set on bank holidays.
    holidays: Vec<u64>,
    /// Likewise, set on working days.
    working: Vec<u64>,
    published: Option<(i16, i16)>,
}

impl Calendar {
    /// A calendar from the published days; whole years beside them are computed by rule.
    #[must_use]
    pub fn new(published: &[Date]) -> Self {
        let years = published
            .iter()
            .map(|day| day.year())
            .min()
            .zip(published.iter().map(|day| day.year()).max());
        let mut holidays: Vec<i32> = published.iter().map(|day| number(*day)).collect();
        for year in COMPUTED_YEARS {
            if years.is_none_or(|(first, last)| year < first || year > last) {
                holidays.extend(bank_holidays_by_rule(year).into_iter().map(number));
            }
        }
        let holidays = bits(&holidays);
        let working = (FIRST_DAY..).step_by(64).zip(&holidays);
        let working = working.map(|(first, word)| !word & weekdays(first)).collect();
        Self { holidays, working, published: years }
    }

    /// Whether the bank holidays of that day's year are computed, not published.
    #[must_use]
    pub fn is_computed(&self, day: Date) -> bool {
        self.published.is_none_or(|(first, last)| day.year() < first || day.year() > last)
    }

    /// Whether `day` is a bank holiday.
    #[must_use]
    pub fn is_bank_holiday(&self, day: Date) -> bool {
        self.holds(number(day))
    }

    /// Whether `day` is Monday to Friday and no bank holiday.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        self.works(number(day))
    }

    /// The last working day on or before `day`.
    #[must_use]
    pub fn last_working_day_on_or_before(&self, day: Date) -> Date {
        self.working_day_before(day.into()).date()
    }

    /// The first working day on or after `day`.
    #[must_use]
    pub fn first_working_day_on_or_after(&self, day: Date) -> Date {
        self.working_day_after(day.into()).date()
    }

    /// The `n`th working day after `day`.
    #[must_use]
    pub fn add_working_days(&self, day: Date, n: u32) -> Date {
        let n = n.try_into().unwrap_or(i32::MAX);
        self.working_days(day.into(), n, Counting::Excluded).date()
    }

    /// The `n`th working day after `day` where 25 December to 1 January and the whole of August
    /// do not count (HESC Rules r.12, for any act other than starting proceedings).
    #[must_use]
    pub fn add_tribunal_working_days(&self, day: Date, n: u32) -> Date {
        let n = n.try_into().unwrap_or(i32::MAX);
        self.count(day.into(), n, Counting::Excluded, tribunal_sits).date()
    }

    /// The last day in time for starting proceedings whose time ends on `day` (HESC Rules r.12):
    /// out of August and of 25 December to 1 January, and out of a day that is no working day.
    #[must_use]
    pub fn roll_start_of_proceedings(&self, day: Date) -> Date {
        self.start_of_proceedings(day.into()).date()
    }

    /// The last working day on or before `day`.
    #[inline]
    pub(crate) fn working_day_before(&self, day: Day) -> Day {
        let (word, at) = self.word(day);
        match (word << (63 - at)).leading_zeros() {
            64 => self.seek(day, -1),
            back => Day::of_number(day.number() - back as i32),
        }
    }

    /// The first working day on or after `day`.
    #[inline]
    pub(crate) fn working_day_after(&self, day: Day) -> Day {
        let (word, at) = self.word(day);
        match (word >> at).trailing_zeros() {
            64 => self.seek(day, 1),
            on => Day::of_number(day.number() + on as i32),
        }
    }

    /// The day on which what was posted on a day counts as served.
    pub(crate) fn posted(&self, sent: Day) -> Day {
        self.working_days(sent, POST_WORKING_DAYS, Counting::Excluded)
    }

    /// The day on which `n` working days have been counted.
    pub(crate) fn working_days(&self, from: Day, n: i32, counting: Counting) -> Day {
        let (mut at, mut left) = (from.plus(i32::from(counting != Counting::Included)), n);
        while counting != Counting::AtLeastBefore && left > 0 {
            let (word, first) = self.word(at);
            let mut days = word >> first;
            if days == 0 {
                break;
            }
            while days != 0 {
                let last = days.trailing_zeros() as i32;
                left -= 1;
                if left == 0 {
                    return Day::of_number(at.number() + last);
                }
                days &= days - 1;
            }
            at = at.plus(64 - first as i32);
        }
        // Beyond the years that are held, or backwards: day by day.
        self.count_days(at.plus(-1), left, counting, |_| true)
    }

    /// The 64 days that `day` is one of, and its place in them; no working day where they are not
    /// held.
    #[inline]
    fn word(&self, day: Day) -> (u64, u32) {
        let at = day.number().wrapping_sub(FIRST_DAY) as u32;
        (self.working.get(at as usize / 64).copied().unwrap_or(0), at % 64)
    }

    /// See [`Self::roll_start_of_proceedings`].
    pub(crate) fn start_of_proceedings(&self, day: Day) -> Day {
        self.seek(next_sitting(day), 1)
    }

    fn seek(&self, from: Day, step: i32) -> Day {
        let mut at = from.number();
        while !self.works(at) {
            at += step;
        }
        Day::of_number(at).min(Day::NEVER)
    }

    /// The day on which `n` working days for which `counts` holds have been counted.
    pub(crate) fn count(
        &self,
        from: Day,
        n: i32,
        counting: Counting,
        counts: impl Fn(Day) -> bool,
    ) -> Day {
        let from = from.plus(-i32::from(counting == Counting::Included));
        self.count_days(from, n, counting, counts)
    }

    /// The same, with `from` itself not counted.
    fn count_days(
        &self,
        from: Day,
        n: i32,
        counting: Counting,
        counts: impl Fn(Day) -> bool,
    ) -> Day {
        let step = if counting == Counting::AtLeastBefore { -1 } else { 1 };
        let (mut at, mut left) = (from, n);
        while left > 0 && at < Day::NEVER {
            at = at.plus(step);
            left -= i32::from(self.works(at.number()) && counts(at));
        }
        at
    }

    fn holds(&self, day: i32) -> bool {
        let at = usize::try_from(day - FIRST_DAY).unwrap_or(usize::MAX);
        self.holidays.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Monday to Friday and no bank holiday; 1 January 1970 was a Thursday.
    #[inline]
    fn works(&self, day: i32) -> bool {
        (day + 3).rem_euclid(7) < 5 && !self.holds(day)
    }
}

/// How long after sending something counts as served by post.
const POST_WORKING_DAYS: i32 = 2;

/// 1 January 1990, the first day of [`COMPUTED_YEARS`], counted from 1 January 1970.
const FIRST_DAY: i32 = 7_305;

/// A bit a day from [`FIRST_DAY`] on.
fn bits(days: &[i32]) -> Vec<u64> {
    let mut bits = Vec::new();
    for at in days.iter().filter_map(|day| usize::try_from(day - FIRST_DAY).ok()) {
        if bits.len() <= at / 64 {
            bits.resize(at / 64 + 1, 0_u64);
        }
        if let Some(word) = bits.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }
    bits
}

/// Monday to Friday of the 64 days from `first` on, as bits; 1 January 1970 was a Thursday.
fn weekdays(first: i32) -> u64 {
    let is_weekday = |at: &i32| (first + at + 3).rem_euclid(7) < 5;
    (0..64).filter(is_weekday).fold(0, |bits, at| bits | 1 << at)
}

/// Whether a working day counts in a Tribunal's period: not in August, nor in 25 December to
/// 1 January (HESC Rules r.12).
pub(crate) fn tribunal_sits(day: Day) -> bool {
    next_sitting(day) == day
}

/// The first day on or after `day` that is out of August and of 25 December to 1 January.
fn next_sitting(day: Day) -> Day {
    match day.month_and_day() {
        (8, on) => day.plus(32 - on),
        (12, on @ 25..) => day.plus(33 - on),
        (1, 1) => day.plus(1),
        _ => day,
    }
}

/// The day on which `n` days have been counted, August and 25 December to 1 January left out.
pub(crate) fn tribunal_calendar_days(from: Day, n: i32, counting: Counting) -> Day {
    let step = if counting == Counting::AtLeastBefore { -1 } else { 1 };
    let (mut at, mut left) = (from.plus(-i32::from(counting == Counting::Included)), n);
    while left > 0 && at < Day::NEVER {
        at = at.plus(step);
        left -= i32::from(tribunal_sits(at));
    }
    at
}

/// The eight ordinary bank holidays of a year, by rule. One-off days are never known in advance.
fn bank_holidays_by_rule(year: i16) -> Vec<Date> {
    let Some(easter) = easter_sunday(year) else { return Vec::new() };
    let mut days = vec![add_days(easter, -2), add_days(easter, 1)];
    days.extend(substitute(year, 1, 1, &[]));
    days.extend(weekday_on_or_after(year, 5, 1));
    days.extend(weekday_on_or_after(year, 5, 25));
    days.extend(weekday_on_or_after(year, 8, 25));
    let christmas = substitute(year, 12, 25, &[]);
    // When Christmas Day is a Sunday, Boxing Day keeps Monday and Christmas moves to Tuesday.
    let boxing = match Date::new(year, 12, 26) {
        Ok(day) if !weekend(day) => Some(day),
        _ => substitute(year, 12, 26, christmas.as_slice()),
    };
    let christmas = match christmas {
        Some(day) if Some(day) == boxing => Some(add_days(day, 1)),
        other => other,
    };
    days.extend(christmas);
    days.extend(boxing);
    days
}

fn weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn substitute(year: i16, month: i8, day: i8, taken: &[Date]) -> Option<Date> {
    let mut at = Date::new(year, month, day).ok()?;
    while weekend(at) || taken.contains(&at) {
        at = add_days(at, 1);
    }
    Some(at)
}

/// The first Monday on or after a day.
fn weekday_on_or_after(year: i16, month: i8, day: i8) -> Option<Date> {
    let mut at = Date::new(year, month, day).ok()?;
    while at.weekday() != Weekday::Monday {
        at = add_days(at, 1);
    }
    Some(at)
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day by day, as anybody would count.
    fn slowly(calendar: &Calendar, from: Day, n: i32, counting: Counting) -> Day {
        calendar.count(from, n, counting, |_| true)
    }

    #[test]
    fn days_held_as_bits_are_the_days_one_by_one() {
        let calendar = Calendar::new(&[]);
        let years = (FIRST_DAY - 400..FIRST_DAY + 3_000).chain(50_000..52_500);
        for day in years.map(Day::of_number) {
            assert_eq!(calendar.working_day_before(day), calendar.seek(day, -1));
            assert_eq!(calendar.working_day_after(day), calendar.seek(day, 1));
            for counting in [Counting::Excluded, Counting::Included, Counting::AtLeastBefore] {
                for n in [0, 1, 2, 15, 70] {
                    let counted = calendar.working_days(day, n, counting);
                    assert_eq!(counted, slowly(&calendar, day, n, counting), "{n} from {day:?}");
                }
            }
        }
    }

    #[test]
    fn easter_falls_where_the_tables_put_it() {
        for (year, month, day) in
            [(1999, 4, 4), (2000, 4, 23), (2024, 3, 31), (2027, 3, 28), (2038, 4, 25)]
        {
            assert_eq!(easter_sunday(year), Date::new(year, month, day).ok());
        }
    }

    #[test]
    fn substitute_days_follow_the_weekends() {
        let of = |year: i16| {
            let mut days = bank_holidays_by_rule(year);
            days.retain(|day| day.month() == 12 || day.month() == 1);
            days.sort();
            days.iter()
                .map(|day| format!("{:02}-{:02}", day.month(), day.day()))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(2032), ["01-01", "12-27", "12-28"]);
        assert_eq!(of(2033), ["01-03", "12-26", "12-27"]);
        assert_eq!(of(2031), ["01-01", "12-25", "12-26"]);
        assert_eq!(of(2037), ["01-01", "12-25", "12-28"]);
    }
}
