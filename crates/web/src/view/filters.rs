//! How a template writes a date. Day and month never part at the end of a line.

#![expect(missing_docs, reason = "the filter macro makes items that carry no documentation")]

use askama::Values;
use jiff::civil::Date;

/// "Monday 26 October 2026", for the first time a page names a day.
#[must_use]
pub fn in_full(date: Date) -> String {
    date.strftime("%A %-d\u{a0}%B %Y").to_string()
}

/// "Monday 26 October 2026".
#[askama::filter_fn]
pub fn when(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(in_full(*date))
}

/// "26 October", after a page has named the year.
#[askama::filter_fn]
pub fn day(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(date.strftime("%-d\u{a0}%B").to_string())
}

/// "26 October 2026".
#[askama::filter_fn]
pub fn date(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(date.strftime("%-d\u{a0}%B %Y").to_string())
}

/// "Mon 26 Oct", in staff lists.
#[askama::filter_fn]
pub fn short(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(date.strftime("%a %-d\u{a0}%b").to_string())
}

/// "26 Oct", in drawings and beside events.
#[askama::filter_fn]
pub fn tiny(date: &Date, _: &dyn Values) -> askama::Result<String> {
    Ok(date.strftime("%-d\u{a0}%b").to_string())
}

/// "1 day", "9 days".
#[askama::filter_fn]
pub fn days(count: &i32, _: &dyn Values) -> askama::Result<String> {
    Ok(format!("{count}\u{a0}{}", if *count == 1 { "day" } else { "days" }))
}

/// "day" or "days", where the number stands by itself.
#[askama::filter_fn]
pub fn day_word(count: &i32, _: &dyn Values) -> askama::Result<&'static str> {
    Ok(if *count == 1 { "day" } else { "days" })
}

/// A telephone number as a link dials it.
#[askama::filter_fn]
pub fn tel(number: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(number.chars().filter(|c| !c.is_whitespace()).collect())
}
