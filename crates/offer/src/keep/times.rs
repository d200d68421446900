//! The times of the week of an entry in its form.

use super::form::{Fault, Fields, Wrong, fits, plain, wrong};
use crate::ids::derived_id;
use crate::model::{Schedule, Service};

/// So many times of the week can be filled in, each as `days1`, `opens1`, `closes1` and `times1`.
pub const TIMES: usize = 3;
const TIME_PARTS: [&str; 4] = ["days", "opens", "closes", "times"];
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/// The longest words beside a time.
const TIME_LETTERS: usize = 200;

/// The names of the fields of one time.
#[must_use]
pub fn time_fields(row: usize) -> [String; 4] {
    TIME_PARTS.map(|part| format!("{part}{row}"))
}

/// The times of an entry, as fields.
pub(super) fn put_fields(service: &Service, fields: &mut Fields) {
    for row in 1..=TIMES {
        let time = service.schedules.get(row - 1);
        let of = |part: &dyn Fn(&Schedule) -> String| time.map(part).unwrap_or_default();
        let values = [
            of(&|time| time.days.clone()).split(',').map(str::to_owned).collect(),
            vec![of(&|time| time.opens.clone())],
            vec![of(&|time| time.closes.clone())],
            vec![of(&|time| time.words.clone())],
        ];
        for (name, values) in time_fields(row).into_iter().zip(values) {
            fields.insert(name, plain(values));
        }
    }
}

/// Puts the times whose fields are otherwise; one that is emptied goes.
pub(super) fn put_times(
    stand: &Fields,
    service: &mut Service,
    fields: &Fields,
    faults: &mut Vec<Fault>,
) {
    let mut gone = Vec::new();
    for row in 1..=TIMES {
        let names = time_fields(row);
        if !names.iter().any(|name| fields.contains_key(name)) {
            continue;
        }
        let values = |name: &str| fields.get(name).or_else(|| stand.get(name));
        let one =
            |name: &str| values(name).and_then(|list| list.first()).cloned().unwrap_or_default();
        let [days, opens, closes, words] = &names;
        let chosen = values(days).cloned().unwrap_or_default();
        let listed: Vec<&str> =
            DAYS.into_iter().filter(|day| chosen.iter().any(|one| one == day)).collect();
        let mut clock = |name: &str| match clock(&one(name)) {
            Ok(time) => time,
            Err(wrong) => {
                faults.push(wrong.at(name));
                String::new()
            }
        };
        let (opens, closes) = (clock(opens), clock(closes));
        let said = one(words);
        if let Err(wrong) = fits(&said, TIME_LETTERS) {
            faults.push(wrong.at(words));
        }
        if listed.is_empty() && (!opens.is_empty() || !closes.is_empty()) {
            faults.push(Fault::of(days, "entry-days"));
        }
        let at = row - 1;
        if listed.is_empty() && said.is_empty() {
            gone.push(at);
            continue;
        }
        let id = derived_id(&[&service.id, "time", &row.to_string()]);
        while service.schedules.len() <= at {
            service.schedules.push(Schedule { id: id.clone(), ..Schedule::default() });
        }
        if let Some(time) = service.schedules.get_mut(at) {
            time.days = listed.join(",");
            time.opens = opens;
            time.closes = closes;
            time.words = said;
            if !time.days.is_empty() && time.every.is_empty() {
                time.every = "WEEKLY".to_owned();
                time.interval = 1;
            }
        }
    }
    for at in gone.into_iter().rev() {
        if at < service.schedules.len() {
            service.schedules.remove(at);
        }
    }
    service.schedules.retain(|time| {
        !(time.days.is_empty() && time.words.is_empty() && time.month_days.is_empty())
    });
}

/// "09:30" of "9.30am", "9:30", "9am" or "21.00"; '' of nothing.
fn clock(typed: &str) -> Result<String, Wrong> {
    let text: String = typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Ok(String::new());
    }
    let (figures, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (text.as_str(), None),
    };
    let (hour, minute) = figures.split_once([':', '.']).unwrap_or((figures, "00"));
    let (Ok(hour), Ok(minute)) = (hour.parse::<u8>(), minute.parse::<u8>()) else {
        return wrong("entry-time");
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return wrong("entry-time"),
        Some(half) => hour % 12 + half,
        None => hour,
    };
    if hour > 23 || minute > 59 {
        return wrong("entry-time");
    }
    Ok(format!("{hour:02}:{minute:02}"))
}
