//! What is asked of the feed: the parameters of an address, read strictly where a wrong one would
//! give a wrong answer.

use jiff::Timestamp;
use jiff::civil::Date;

/// The most entries of one page.
pub const PAGE_MOST: usize = 500;
/// Entries of a page where nothing is said.
const PAGE_USUAL: usize = 50;

/// A parameter is not what it must be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} must be {wanted}")]
pub struct BadParameter {
    /// Its name.
    pub name: &'static str,
    /// What it must be.
    pub wanted: &'static str,
}

/// What is asked of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    pub(super) search: Option<String>,
    pub(super) page: usize,
    pub(super) per_page: usize,
    /// Whether `per_page` was said.
    pub(super) sized: bool,
    pub(super) lines: bool,
    pub(super) term: Option<String>,
    pub(super) taxonomy: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) modified_after: Option<Timestamp>,
    pub(super) minimal: bool,
    pub(super) full: bool,
    pub(super) full_service: bool,
    pub(super) top_only: bool,
    pub(super) youngest: Option<u8>,
    pub(super) oldest: Option<u8>,
    pub(super) day: Option<String>,
    pub(super) opens: Option<String>,
    pub(super) closes: Option<String>,
    pub(super) postcode: Option<String>,
    pub(super) proximity: Option<f64>,
}

impl Ask {
    /// Reads the parameters of an address. One that is empty counts as not said, one that is not
    /// known is passed over.
    ///
    /// # Errors
    /// The first that is not what it must be.
    pub fn of(pairs: &[(String, String)]) -> Result<Self, BadParameter> {
        let said = |name: &'static str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        };
        let text = |name| said(name).map(str::to_owned);
        let id = |name| said(name).map(str::to_lowercase);
        let (page, sized) = (count(said("page"), "page")?, said("per_page").is_some());
        let ask = Self {
            search: text("search"),
            page: page.unwrap_or(1),
            per_page: count(said("per_page"), "per_page")?.unwrap_or(PAGE_USUAL).min(PAGE_MOST),
            sized,
            lines: match said("format") {
                None | Some("json") => false,
                Some("ndjson") => true,
                Some(_) => return Err(BadParameter { name: "format", wanted: "json or ndjson" }),
            },
            term: id("taxonomy_term_id"),
            taxonomy: id("taxonomy_id"),
            parent: id("parent_id"),
            organisation: id("organization_id"),
            modified_after: moment(said("modified_after"))?,
            minimal: truth(said("minimal"), "minimal")?,
            full: truth(said("full"), "full")?,
            full_service: truth(said("full_service"), "full_service")?,
            top_only: truth(said("top_only"), "top_only")?,
            youngest: age(said("minimum_age"), "minimum_age")?,
            oldest: age(said("maximum_age"), "maximum_age")?,
            day: day(said("day"))?,
            opens: time(said("start_time"), "start_time")?,
            closes: time(said("end_time"), "end_time")?,
            postcode: text("postcode"),
            proximity: metres(said("proximity"))?,
        };
        if ask.proximity.is_some() && ask.postcode.is_none() {
            return Err(BadParameter { name: "postcode", wanted: "there, where proximity is" });
        }
        Ok(ask)
    }
}

fn count(said: Option<&str>, name: &'static str) -> Result<Option<usize>, BadParameter> {
    let wrong = BadParameter { name, wanted: "a whole number from 1" };
    let Some(said) = said else { return Ok(None) };
    match said.parse() {
        Ok(number) if number > 0 => Ok(Some(number)),
        _ => Err(wrong),
    }
}

fn truth(said: Option<&str>, name: &'static str) -> Result<bool, BadParameter> {
    match said.map(str::to_lowercase).as_deref() {
        None | Some("false" | "0") => Ok(false),
        Some("true" | "1") => Ok(true),
        Some(_) => Err(BadParameter { name, wanted: "true or false" }),
    }
}

fn age(said: Option<&str>, name: &'static str) -> Result<Option<u8>, BadParameter> {
    let wrong = || BadParameter { name, wanted: "an age in whole years" };
    said.map(|said| said.parse().map_err(|_| wrong())).transpose()
}

fn metres(said: Option<&str>) -> Result<Option<f64>, BadParameter> {
    let wrong = BadParameter { name: "proximity", wanted: "a number of metres" };
    let Some(said) = said else { return Ok(None) };
    match said.parse::<f64>() {
        Ok(metres) if metres.is_finite() && metres >= 0.0 => Ok(Some(metres)),
        _ => Err(wrong),
    }
}

fn moment(said: Option<&str>) -> Result<Option<Timestamp>, BadParameter> {
    let wrong = || BadParameter {
        name: "modified_after",
        wanted: "a day (2026-10-01) or a moment (2026-10-01T09:00:00Z)",
    };
    let Some(said) = said else { return Ok(None) };
    // A plus in an address means a space.
    let said = said.replace(' ', "+");
    let day = || {
        let day: Date = said.parse().ok()?;
        day.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp())
    };
    said.parse().ok().or_else(day).map(Some).ok_or_else(wrong)
}

fn day(said: Option<&str>) -> Result<Option<String>, BadParameter> {
    const DAYS: [(&str, &str); 7] = [
        ("MO", "MONDAY"),
        ("TU", "TUESDAY"),
        ("WE", "WEDNESDAY"),
        ("TH", "THURSDAY"),
        ("FR", "FRIDAY"),
        ("SA", "SATURDAY"),
        ("SU", "SUNDAY"),
    ];
    let Some(said) = said.map(str::to_uppercase) else { return Ok(None) };
    let found = DAYS.iter().find(|(letters, name)| said == *letters || said == *name);
    let wrong = BadParameter { name: "day", wanted: "MO, TU, WE, TH, FR, SA or SU" };
    found.map(|(letters, _)| Some((*letters).to_owned())).ok_or(wrong)
}

fn time(said: Option<&str>, name: &'static str) -> Result<Option<String>, BadParameter> {
    let Some(said) = said else { return Ok(None) };
    let wrong = || BadParameter { name, wanted: "a time of day such as 09:30" };
    let (hour, minute) = said.split_once(':').ok_or_else(wrong)?;
    let minute = minute.get(..2).unwrap_or_default();
    match (hour.parse::<u8>(), minute.parse::<u8>()) {
        (Ok(hour), Ok(minute)) if hour < 24 && minute < 60 => {
            Ok(Some(format!("{hour:02}:{minute:02}")))
        }
        _ => Err(wrong()),
    }
}
