//! From a service to what a list or a page shows of it, as at a day.

use jiff::civil::Date;
use sendero_app::house::offer::{Directory, Route, Schedule, Service};

use crate::view::clock::days;
use crate::view::offer::{Card, Checked};
use crate::words::word;

/// A service in a list.
pub(crate) fn card(service: &Service, miles: Option<f64>, today: Date, back: &str) -> Card {
    let mut facts = Vec::new();
    facts.extend(ages(service));
    facts.extend(cost(service));
    if service.open_by(Route::TurnUp) || service.open_by(Route::Yourself) {
        facts.push(word("offer", "no-referral"));
    }
    if service.has("open/no-diagnosis") {
        facts.push(word("offer", "no-diagnosis"));
    }
    if service.words_of("delivery").collect::<Vec<_>>() == ["phone"] {
        facts.push(word("offer", "by-phone"));
    }
    // Where somebody lives is known by postcode district at best: no nearer than this is told.
    facts.extend(miles.map(|miles| {
        if miles < 0.5 { word("offer", "near") } else { format!("{miles:.1} miles") }
    }));
    let query = if back.is_empty() { String::new() } else { format!("?from={}", encoded(back)) };
    let phone = service.phones.first().map(|phone| phone.number.clone()).unwrap_or_default();
    Card {
        name: service.name.clone(),
        href: format!("/offer/service/{}{query}", service.id),
        about: short(&service.description, ABOUT_MOST),
        facts,
        next: service.next_step.clone(),
        wait: wait(service).unwrap_or_default(),
        phone,
        checked: checked(service, today),
    }
}

/// The longest description in a list, in characters: two or three lines.
const ABOUT_MOST: usize = 220;

/// The beginning of a long text, whole words only.
pub(super) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', ';']))
}

/// "Ages 1 to 4".
pub(super) fn ages(service: &Service) -> Option<String> {
    const GROWN: u8 = 90;
    match (service.youngest, service.oldest.filter(|oldest| *oldest < GROWN)) {
        (None | Some(0), None) => None,
        (Some(youngest), None) => Some(format!("Age {youngest} and over")),
        (None, Some(oldest)) => Some(format!("Ages 0 to {oldest}")),
        (Some(youngest), Some(oldest)) => Some(format!("Ages {youngest} to {oldest}")),
    }
}

/// "Free", "£2".
pub(super) fn cost(service: &Service) -> Option<String> {
    if service.is_free() {
        return Some(word("offer", "free"));
    }
    let first = service.costs.first()?;
    match first.pence {
        Some(pence) if pence % 100 == 0 => Some(format!("£{}", pence / 100)),
        Some(pence) => Some(format!("£{}.{:02}", pence / 100, pence % 100)),
        None => Some(first.words.clone()).filter(|words| !words.is_empty()),
    }
}

/// "Waiting time 11 weeks (October 2026)"; nothing where nobody waits or has said.
pub(super) fn wait(service: &Service) -> Option<String> {
    let wait = service.wait.filter(|wait| wait.weeks > 0)?;
    let weeks = if wait.weeks == 1 { "week" } else { "weeks" };
    let month = wait.as_of.strftime("%B %Y");
    Some(format!("{} {}\u{a0}{weeks} ({month})", word("offer", "wait"), wait.weeks))
}

/// Days that count as a month where months are only told.
const MONTH_DAYS: i32 = 30;

/// How long ago an entry was checked.
pub(crate) fn checked(service: &Service, today: Date) -> Checked {
    let Some(on) = service.checked else { return Checked::NotSaid };
    let since = days(on, today).max(0);
    let ago = |number: i32, one: &str, many: &str| {
        format!("{number}\u{a0}{} ago", if number == 1 { one } else { many })
    };
    match since {
        0 => Checked::Lately("today".to_owned()),
        1..=13 => Checked::Lately(ago(since, "day", "days")),
        14..=59 => Checked::Lately(ago(since / 7, "week", "weeks")),
        60..=182 => Checked::Lately(ago(since / MONTH_DAYS, "month", "months")),
        183..=365 => Checked::Before(ago(since / MONTH_DAYS, "month", "months")),
        _ => Checked::LongAgo(format!("{}\u{a0}months", since / MONTH_DAYS)),
    }
}

/// "Tuesdays 9.30am to 11.30am. All year".
pub(super) fn hours(one: &Schedule) -> String {
    const DAYS: [(&str, &str); 7] = [
        ("MO", "Mondays"),
        ("TU", "Tuesdays"),
        ("WE", "Wednesdays"),
        ("TH", "Thursdays"),
        ("FR", "Fridays"),
        ("SA", "Saturdays"),
        ("SU", "Sundays"),
    ];
    let named: Vec<&str> = DAYS
        .iter()
        .filter(|(letters, _)| one.days.contains(letters))
        .map(|(_, name)| *name)
        .collect();
    let days =
        if one.days == "MO,TU,WE,TH,FR" { "Monday to Friday".to_owned() } else { named.join(", ") };
    let times = match (clock(&one.opens), clock(&one.closes)) {
        (Some(from), Some(to)) => format!(" {from} to {to}"),
        (Some(from), None) => format!(" from {from}"),
        _ => String::new(),
    };
    let when = format!("{days}{times}").trim().to_owned();
    let parts = [when, one.words.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

/// "9.30am" of "09:30".
fn clock(time: &str) -> Option<String> {
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let half = if hour < 12 { "am" } else { "pm" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    Some(if minute == 0 { format!("{hour}{half}") } else { format!("{hour}.{minute:02}{half}") })
}

/// Where it is: name, street, town, postcode and what helps people in.
pub(super) fn places(directory: &Directory, service: &Service) -> Vec<String> {
    directory
        .locations_of(service)
        .filter(|location| !location.secret)
        .map(|location| {
            let lines = [&location.name, &location.street, &location.town, &location.postcode];
            let lines: Vec<&str> =
                lines.into_iter().filter(|line| !line.is_empty()).map(String::as_str).collect();
            let access = location.access.join(", ");
            let access = if access.is_empty() { access } else { format!(". {access}") };
            format!("{}{access}", lines.join(", "))
        })
        .filter(|place| !place.is_empty())
        .collect()
}

/// A text as part of an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        use std::fmt::Write as _;
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            byte => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
        encoded
    })
}
