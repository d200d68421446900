//! How a template writes a date. Day and month never part at the end of a line.

#![allow(unreachable_pub, reason = "the filter macro makes its own methods public")]

use askama::Values;
use jiff::civil::Date;

/// "Monday 26 October 2026", for the first time a page names a day.
#[must_use]
pub fn in_full(date: Date) -> String {
    date.strftime("%A %-d\u{a0}%B %Y").to_string()
}

/// "Monday 26 October 2026".
#[askama::filter_fn]
pub(crate) fn when(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(in_full(*date))
}

/// "26 October", after a page has named the year.
#[askama::filter_fn]
pub(crate) fn day(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(date.strftime("%-d\u{a0}%B").to_string())
}

/// "26 October 2026".
#[askama::filter_fn]
pub(crate) fn date(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(date.strftime("%-d\u{a0}%B %Y").to_string())
}

/// "Mon 26 Oct", in staff lists.
#[askama::filter_fn]
pub(crate) fn short(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(date.strftime("%a %-d\u{a0}%b").to_string())
}

/// "26 Oct", in drawings and beside events.
#[askama::filter_fn]
pub(crate) fn tiny(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(date.strftime("%-d\u{a0}%b").to_string())
}

/// "1 day", "9 days".
#[askama::filter_fn]
pub(crate) fn days(count: &i32, _: &dyn Values) -> askama::Result<String> {
    Ok(format!("{count}\u{a0}{}", if *count == 1 { "day" } else { "days" }))
}

/// "day" or "days", where the number stands by itself.
#[askama::filter_fn]
pub(crate) fn day_word(count: &i32, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(if *count == 1 { "day" } else { "days" })
}

/// A telephone number as a link dials it.
#[askama::filter_fn]
pub(crate) fn tel(number: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(number.chars().filter(|c| !c.is_whitespace()).collect())
}
