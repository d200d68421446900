//! Dates as a calendar on a phone takes them in: one whole day each.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::Date;

/// One day in a calendar.
pub(super) struct Entry {
    /// What tells it from every other, so that taking it in twice makes it one.
    pub id: String,
    pub day: Date,
    pub title: String,
    pub words: String,
}

/// A file of days, made `today`.
pub(super) fn file(name: &str, entries: impl Iterator<Item = Entry>, today: Date) -> Response {
    let mut calendar = Calendar::new().name(name).done();
    for entry in entries {
        let event = Event::new()
            .uid(&format!("{}@sendero", entry.id))
            .summary(&entry.title)
            .description(&entry.words)
            .append_property(
                Property::new("DTSTART", whole(entry.day)).add_parameter("VALUE", "DATE").done(),
            )
            // A last day is to be seen, and makes nobody busy.
            .append_property(Property::new("TRANSP", "TRANSPARENT").done())
            // The library would ask the machine's clock for it.
            .append_property(Property::new("DTSTAMP", format!("{}T000000Z", whole(today))))
            .done();
        calendar.push(event);
    }
    let head = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"dates.ics\""),
    ];
    (head, calendar.to_string()).into_response()
}

/// A whole day, as calendars write it.
fn whole(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}
