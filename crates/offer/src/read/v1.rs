//! Open Referral UK 1.0, which says much the same in other names: what differs is turned into 3.0
//! and read as that.

use serde_json::{Map, Value, json};

use super::{Reader, list, v3};

/// Reads a service.
pub(super) fn service(reader: &mut Reader, value: &Value) {
    let Some(old) = value.as_object() else { return };
    let mut new: Map<String, Value> = old.clone();
    // The list of ages names the youngest and the oldest of each group; a service spans them all.
    if let Some(youngest) = ages(value, "minimum_age").min_by(f64::total_cmp) {
        new.insert("minimum_age".to_owned(), json!(youngest));
    }
    if let Some(oldest) = ages(value, "maximum_age").max_by(f64::total_cmp) {
        new.insert("maximum_age".to_owned(), json!(oldest));
    }
    let said: Vec<&str> = list(value, "eligibilitys")
        .iter()
        .filter_map(|one| one.get("eligibility")?.as_str())
        .filter(|said| !said.is_empty())
        .collect();
    if !said.is_empty() {
        new.insert("eligibility_description".to_owned(), json!(said.join(". ")));
    }
    new.insert("schedules".to_owned(), schedules(value));
    new.insert("attributes".to_owned(), attributes(value));
    if !new.contains_key("status") {
        new.insert("status".to_owned(), json!("active"));
    }
    for (from, to) in [("fundings", "funding"), ("date_modified", "last_modified")] {
        if let Some(found) = old.get(from) {
            new.entry(to.to_owned()).or_insert_with(|| found.clone());
        }
    }
    v3::service(reader, &Value::Object(new));
}

/// The ages under a name, without the negative ones that stand for "no limit".
fn ages<'a>(value: &'a Value, name: &'a str) -> impl Iterator<Item = f64> + 'a {
    let all = list(value, "eligibilitys").iter();
    all.filter_map(move |one| one.get(name)?.as_f64()).filter(|age| *age >= 0.0)
}

/// Weekly hours; those of holidays keep their words and days.
fn schedules(value: &Value) -> Value {
    let weekly = list(value, "regular_schedules").iter().map(|one| {
        let mut one = one.clone();
        if let Some(map) = one.as_object_mut() {
            let day = map.get("byday").or_else(|| map.get("weekday")).cloned().unwrap_or_default();
            map.insert("byday".to_owned(), day);
            map.insert("freq".to_owned(), json!("WEEKLY"));
        }
        one
    });
    let holidays = list(value, "holiday_schedules").iter().map(|one| {
        let shut = one.get("closed").and_then(Value::as_bool).unwrap_or_default();
        json!({
            "id": one.get("id"),
            "valid_from": one.get("start_date"),
            "valid_to": one.get("end_date"),
            "opens_at": one.get("opens_at"),
            "closes_at": one.get("closes_at"),
            "description": if shut { "Closed in the holidays" } else { "Holidays" },
        })
    });
    Value::Array(weekly.chain(holidays).collect())
}

/// Tags: a taxonomy stood in the term in the place of its name.
fn attributes(value: &Value) -> Value {
    let tags = list(value, "service_taxonomys").iter().filter_map(|one| {
        let term = one.get("taxonomy")?;
        let of = term.get("vocabulary").and_then(Value::as_str).unwrap_or("Taxonomy");
        Some(json!({
            "id": one.get("id"),
            "taxonomy_term": {
                "id": term.get("id"),
                "name": term.get("name"),
                "parent_id": term.get("parent_id"),
                "taxonomy": of,
            },
        }))
    });
    Value::Array(tags.collect())
}
