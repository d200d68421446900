//! Values as they are found in real feeds, made into what the model can hold: nothing for null,
//! placeholders, negative ages and addresses that are none.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// The longest text that is kept of one field, in characters.
const TEXT_MOST: usize = 20_000;

/// A text without HTML; '' for null and anything else that is none.
pub(super) fn text(value: Option<&Value>) -> String {
    let raw = match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return String::new(),
    };
    let bare = if raw.contains('<') || raw.contains('&') { without_tags(&raw) } else { raw };
    bare.replace('\0', "").trim().chars().take(TEXT_MOST).collect()
}

/// Tags become spaces; the few entities that editors write become their signs.
fn without_tags(raw: &str) -> String {
    let mut bare = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        bare.push_str(rest.get(..open).unwrap_or_default());
        let tail = rest.get(open..).unwrap_or_default();
        let is_tag = tail
            .chars()
            .nth(1)
            .is_some_and(|next| next.is_ascii_alphabetic() || next == '/' || next == '!');
        match tail.find('>').filter(|_| is_tag) {
            Some(close) => {
                bare.push(' ');
                rest = tail.get(close + 1..).unwrap_or_default();
            }
            None => {
                bare.push('<');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    bare.push_str(rest);
    for (entity, sign) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&rsquo;", "’"),
        ("&pound;", "£"),
        ("&ndash;", "–"),
        ("&amp;", "&"),
    ] {
        bare = bare.replace(entity, sign);
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address of the web that leads somewhere; nothing for a placeholder.
pub(super) fn web_address(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let placeholder = matches!(host, "www.example.com" | "example.com" | "path" | "localhost");
    let sound = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    let clean = text.chars().all(|c| c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c));
    (sound && clean && !placeholder).then(|| text.to_owned())
}

/// An address for e-mail.
pub(super) fn mail_address(text: &str) -> Option<String> {
    let text = text.strip_prefix("mailto:").unwrap_or(text).trim();
    let (name, host) = text.split_once('@')?;
    let sound = |part: &str| {
        !part.is_empty()
            && part.len() <= 200
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "._%+-'".contains(c))
    };
    (sound(name) && sound(host) && host.contains('.')).then(|| text.to_owned())
}

/// The oldest age that is meant as one.
const AGE_MOST: f64 = 120.0;

/// A number, also one written as text.
pub(super) fn number(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

/// Whole years; nothing for a negative one, which real feeds write for "no limit".
pub(super) fn age(value: Option<&Value>) -> Option<u8> {
    let years = number(value).filter(|years| (0.0..=AGE_MOST).contains(years))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 120")]
    Some(years.floor() as u8)
}

/// Pence of an amount in pounds.
pub(super) fn pence(value: Option<&Value>) -> Option<u64> {
    const POUNDS_MOST: f64 = 1_000_000.0;
    let pounds = number(value).filter(|pounds| (0.0..=POUNDS_MOST).contains(pounds))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 10^8")]
    Some((pounds * 100.0).round() as u64)
}

/// A day: ISO, with or without a time, or day/month/year.
pub(super) fn day(text: &str) -> Option<Date> {
    if let Some(day) = text.get(..10).and_then(|day| day.parse().ok()) {
        return Some(day);
    }
    let mut parts = text.split(['/', '.', '-']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.get(..4)?.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A moment as UTC text; a day alone is its beginning.
pub(super) fn moment(text: &str) -> Option<String> {
    let written = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let at: Option<Timestamp> = text.parse().ok();
    let local = || {
        let at: jiff::civil::DateTime = text.parse().ok()?;
        at.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp())
    };
    at.or_else(local).map(written).or_else(|| day(text).map(|day| format!("{day}T00:00:00Z")))
}

/// A time of day as `09:30`.
pub(super) fn time(text: &str) -> Option<String> {
    let mut parts = text.trim_end_matches('Z').split(':');
    let (hour, minute) =
        (parts.next()?.parse::<u8>().ok()?, parts.next()?.get(..2)?.parse::<u8>().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// Degrees of a point on the earth; nothing for nought, nought, which stands for "not known".
pub(super) fn point(north: Option<f64>, east: Option<f64>) -> Option<(f64, f64)> {
    let (north, east) = (north?, east?);
    let on_earth = (-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east);
    // A millionth of a degree is a hand's breadth; further figures are noise of the arithmetic.
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    (on_earth && (north != 0.0 || east != 0.0)).then(|| (round(north), round(east)))
}

/// Days of the week in the letters of calendars, from those or from words.
pub(super) fn days(text: &str) -> String {
    const DAYS: [(&str, &str); 7] = [
        ("MO", "monday"),
        ("TU", "tuesday"),
        ("WE", "wednesday"),
        ("TH", "thursday"),
        ("FR", "friday"),
        ("SA", "saturday"),
        ("SU", "sunday"),
    ];
    let lower = text.to_lowercase();
    let named = |letters: &str, day: &str| {
        let own = lower.split(|c: char| !c.is_alphabetic());
        own.into_iter().any(|word| {
            word.eq_ignore_ascii_case(letters)
                || (word.len() >= 3 && day.starts_with(word.trim_end_matches('s')))
        })
    };
    let found = DAYS.iter().filter(|(letters, day)| named(letters, day));
    found.map(|(letters, _)| *letters).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_none_is_nothing() {
        assert_eq!(text(Some(&json!(null))), "");
        assert_eq!(text(Some(&json!("<p>Play &amp; <b>stay</b></p> 5 < 6"))), "Play & stay 5 < 6");
        for (given, expected) in [
            (json!(-1), None),
            (json!("11"), Some(11)),
            (json!(2.5), Some(2)),
            (json!(900), None),
            (json!(null), None),
        ] {
            assert_eq!(age(Some(&given)), expected, "{given}");
        }
        for given in [
            "http://www.example.com",
            "https://path/to/profile",
            "aldermere.example",
            "",
            "ftp://a.b",
        ] {
            assert_eq!(web_address(given), None, "{given}");
        }
        assert!(web_address("https://send.aldermere.example/a?b=c").is_some());
        for given in ["nobody", "a@b", "a b@c.example", "a..b@c.example"] {
            assert_eq!(mail_address(given), None, "{given}");
        }
        assert_eq!(
            mail_address("mailto:play@aldermere.example").as_deref(),
            Some("play@aldermere.example")
        );
    }

    #[test]
    fn days_and_moments_are_read_as_they_are_written() {
        for (given, expected) in [
            ("2026-10-01", Some("2026-10-01T00:00:00Z")),
            ("01/10/2026", Some("2026-10-01T00:00:00Z")),
            ("2026-10-01T09:00:00+01:00", Some("2026-10-01T08:00:00Z")),
            ("2026-10-01T09:00:00.5", Some("2026-10-01T09:00:00Z")),
            ("soon", None),
        ] {
            assert_eq!(moment(given).as_deref(), expected, "{given}");
        }
        assert_eq!(time("9:30:00").as_deref(), Some("09:30"));
        assert_eq!(time("25:00"), None);
        assert_eq!(days("MO,WE"), "MO,WE");
        assert_eq!(days("Tuesdays and Thursday"), "TU,TH");
        assert_eq!(days("weekday"), "");
        assert_eq!(point(Some(0.0), Some(0.0)), None);
        assert_eq!(point(Some(100.0), Some(0.0)), None);
    }
}
