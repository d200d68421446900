//! Open Referral UK 3.0, and what the international standard and real publishers add to it.

use serde_json::Value;

use super::clean::{
    age, day, days, mail_address, moment, number, pence, point, text, time, web_address,
};
use super::{Reader, list};
use crate::model::{
    AtLocation, Cost, Funding, Identifier, Location, LocationKind, Organisation, Phone, Schedule,
    Service, ServiceArea, Status, Tag, Taxonomy, Term,
};
use crate::terms::facet_of;

/// Reads a service with all that is nested in it.
pub(super) fn service(reader: &mut Reader, value: &Value) {
    let name = text(value.get("name"));
    let Some(id) = reader.id("service", value.get("id").unwrap_or(&Value::Null)) else {
        return reader.note("service-without-id", &name, "");
    };
    if name.is_empty() {
        return reader.note("service-without-name", &id, "");
    }
    let mut service = Service { id: id.clone(), name, ..Service::default() };
    words(reader, &mut service, value);
    if let Some(by) = value.get("organization").filter(|by| by.is_object()) {
        service.organisation = organisation(reader, by).unwrap_or_default();
    }
    if service.organisation.is_empty() {
        let by = value.get("organization_id").unwrap_or(&Value::Null);
        service.organisation = reader.id("organization", by).unwrap_or_default();
    }
    parts(reader, &mut service, value);
    for (n, one) in list(value, "attributes").iter().enumerate() {
        attribute(reader, &mut service, one, n);
    }
    service.facets.sort();
    service.facets.dedup();
    reader.directory.services.insert(id, service);
}

/// The fields that stand in the service itself.
fn words(reader: &mut Reader, service: &mut Service, value: &Value) {
    let name = service.name.clone();
    service.description = text(value.get("description"));
    service.url = web(reader, &name, value.get("url"));
    service.email = mail(reader, &name, value.get("email"));
    service.fees = text(value.get("fees"));
    if service.fees.is_empty() {
        service.fees = text(value.get("fees_description"));
    }
    service.accreditations = text(value.get("accreditations"));
    service.alert = text(value.get("alert"));
    service.checker = mail(reader, &name, value.get("assurer_email"));
    let checked = text(value.get("assured_date"));
    service.checked = day(&checked);
    if service.checked.is_none() && !checked.is_empty() {
        reader.note("day-left-out", &name, &checked);
    }
    service.modified = moment(&text(value.get("last_modified"))).unwrap_or_default();
    let status = text(value.get("status"));
    service.status = Status::from_word(&status).unwrap_or_else(|| {
        reader.note("status-not-known", &name, &status);
        Status::Active
    });
    (service.youngest, service.oldest) =
        (age(value.get("minimum_age")), age(value.get("maximum_age")));
    let given = [value.get("minimum_age"), value.get("maximum_age")];
    if given.iter().any(|age| number(*age).is_some_and(|age| age < 0.0)) {
        reader.note("age-below-nought", &name, "");
    }
    // Fields of the international standard that the British cut leaves out.
    service.who_for = text(value.get("eligibility_description"));
    service.next_step = text(value.get("application_process"));
}

pub(super) fn web(reader: &mut Reader, whose: &str, value: Option<&Value>) -> String {
    let given = text(value);
    web_address(&given).unwrap_or_else(|| {
        if !given.is_empty() {
            reader.note("web-address-left-out", whose, &given);
        }
        String::new()
    })
}

pub(super) fn mail(reader: &mut Reader, whose: &str, value: Option<&Value>) -> String {
    let given = text(value);
    mail_address(&given).unwrap_or_else(|| {
        if !given.is_empty() {
            reader.note("mail-address-left-out", whose, &given);
        }
        String::new()
    })
}

/// Lists that stand in the service.
fn parts(reader: &mut Reader, service: &mut Service, value: &Value) {
    let id = service.id.clone();
    for (n, one) in list(value, "schedules").iter().enumerate() {
        let schedule = schedule(reader, one, &id, n);
        service.schedules.push(schedule);
    }
    for (n, one) in list(value, "service_areas").iter().enumerate() {
        let name = [one.get("name"), one.get("service_area"), one.get("extent")];
        let name = name.into_iter().map(text).find(|name| !name.is_empty()).unwrap_or_default();
        let uri = web_address(&text(one.get("uri"))).unwrap_or_default();
        let id = reader.part_id("service_area", one.get("id").unwrap_or(&Value::Null), &id, n);
        service.areas.push(ServiceArea { id, name, uri });
    }
    for (n, one) in list(value, "service_at_locations").iter().enumerate() {
        let found = match one.get("location").filter(|at| at.is_object()) {
            Some(at) => location(reader, at),
            None => reader.id("location", one.get("location_id").unwrap_or(&Value::Null)),
        };
        let Some(location) = found else { continue };
        let id =
            reader.part_id("service_at_location", one.get("id").unwrap_or(&Value::Null), &id, n);
        service.at.push(AtLocation { id, location });
    }
    for (n, one) in list(value, "cost_options").iter().enumerate() {
        let id = reader.part_id("cost_option", one.get("id").unwrap_or(&Value::Null), &id, n);
        service.costs.push(Cost {
            id,
            option: text(one.get("option")),
            pence: pence(one.get("amount")),
            words: text(one.get("amount_description")),
        });
    }
    for (n, one) in list(value, "funding").iter().enumerate() {
        let id = reader.part_id("funding", one.get("id").unwrap_or(&Value::Null), &id, n);
        service.funding.push(Funding { id, source: text(one.get("source")) });
    }
    phones(service, value);
    for one in list(value, "contacts") {
        phones(service, one);
    }
}

/// Telephone numbers, which the British cut has nowhere and most publishers nest all the same.
pub(super) fn phones(service: &mut Service, value: &Value) {
    for one in list(value, "phones") {
        let number = text(one.get("number"));
        if !number.is_empty() && service.phones.iter().all(|known| known.number != number) {
            service.phones.push(Phone { number, about: text(one.get("description")) });
        }
    }
}

pub(super) fn schedule(reader: &mut Reader, one: &Value, whole: &str, n: usize) -> Schedule {
    let every = text(one.get("freq")).to_uppercase();
    let interval = number(one.get("interval")).filter(|n| (1.0..=520.0).contains(n));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 520")]
    let interval = interval.map_or(0, |n| n as u16);
    let words = [text(one.get("description")), text(one.get("notes"))];
    Schedule {
        id: reader.part_id("schedule", one.get("id").unwrap_or(&Value::Null), whole, n),
        days: days(&text(one.get("byday"))),
        month_days: text(one.get("bymonthday")),
        every: if matches!(every.as_str(), "WEEKLY" | "MONTHLY") { every } else { String::new() },
        interval,
        opens: time(&text(one.get("opens_at"))).unwrap_or_default(),
        closes: time(&text(one.get("closes_at"))).unwrap_or_default(),
        from: day(&text(one.get("valid_from"))).map(|day| day.to_string()).unwrap_or_default(),
        until: day(&text(one.get("valid_to"))).map(|day| day.to_string()).unwrap_or_default(),
        words: words.into_iter().find(|words| !words.is_empty()).unwrap_or_default(),
    }
}

/// Reads an organisation and gives its id.
pub(super) fn organisation(reader: &mut Reader, value: &Value) -> Option<String> {
    let name = text(value.get("name"));
    let id = reader.id("organization", value.get("id").unwrap_or(&Value::Null))?;
    if name.is_empty() {
        reader.note("organisation-without-name", &id, "");
        return None;
    }
    let mut identifiers = Vec::new();
    for (n, one) in list(value, "organization_identifiers").iter().enumerate() {
        identifiers.push(Identifier {
            id: reader.part_id("identifier", one.get("id").unwrap_or(&Value::Null), &id, n),
            scheme: text(one.get("identifier_scheme")),
            kind: text(one.get("identifier_type")),
            number: text(one.get("identifier")),
        });
    }
    let website = value.get("website").or_else(|| value.get("url"));
    let organisation = Organisation {
        id: id.clone(),
        description: text(value.get("description")),
        email: mail(reader, &name, value.get("email")),
        website: web(reader, &name, website),
        uri: web(reader, &name, value.get("uri")),
        logo: text(value.get("logo")),
        parent: reader
            .id("organization", value.get("parent_organization_id").unwrap_or(&Value::Null))
            .unwrap_or_default(),
        identifiers,
        name,
    };
    reader.directory.organisations.insert(id.clone(), organisation);
    Some(id)
}

/// Reads a location and gives its id.
pub(super) fn location(reader: &mut Reader, value: &Value) -> Option<String> {
    let id = reader.id("location", value.get("id").unwrap_or(&Value::Null))?;
    let addresses = [list(value, "addresses"), list(value, "physical_addresses")].concat();
    let address = addresses.first().cloned().unwrap_or_default();
    let kind = match text(value.get("location_type")).to_lowercase().as_str() {
        "virtual" => LocationKind::Virtual,
        "postal" => LocationKind::Postal,
        _ => LocationKind::Physical,
    };
    let access =
        list(value, "accessibility").iter().chain(list(value, "accessibility_for_disabilities"));
    let access = access
        .map(|one| {
            let said = [one.get("description"), one.get("details"), one.get("accessibility")];
            said.into_iter().map(text).find(|words| !words.is_empty()).unwrap_or_default()
        })
        .filter(|words| !words.is_empty())
        .collect();
    let location = Location {
        id: id.clone(),
        name: text(value.get("name")),
        description: text(value.get("description")),
        kind,
        point: point(number(value.get("latitude")), number(value.get("longitude"))),
        street: text(address.get("address_1")),
        town: text(address.get("city")),
        county: text(address.get("state_province")),
        postcode: text(address.get("postal_code")).to_uppercase(),
        access,
        secret: false,
    };
    reader.directory.locations.insert(id.clone(), location);
    Some(id)
}

/// Reads a term that a service carries: one of ours becomes a facet, another keeps its taxonomy.
fn attribute(reader: &mut Reader, service: &mut Service, value: &Value, n: usize) {
    let nested = value.get("taxonomy_term").filter(|term| term.is_object());
    let found = match nested {
        Some(given) => term(reader, given),
        None => reader.id("taxonomy_term", value.get("taxonomy_term_id").unwrap_or(&Value::Null)),
    };
    let Some(found) = found else {
        return reader.note("tag-without-term", &service.name, "");
    };
    if let Some(facet) = facet_of(&found) {
        service.facets.push(facet.to_owned());
        return;
    }
    if service.tags.iter().all(|tag| tag.term != found) {
        let id =
            reader.part_id("attribute", value.get("id").unwrap_or(&Value::Null), &service.id, n);
        service.tags.push(Tag { id, term: found });
    }
}

/// Reads a taxonomy.
pub(super) fn taxonomy(reader: &mut Reader, value: &Value) {
    let Some(id) = reader.id("taxonomy", value.get("id").unwrap_or(&Value::Null)) else { return };
    if crate::terms::built_in().iter().any(|ours| ours.id == id) {
        return;
    }
    let entry = reader.directory.taxonomies.entry(id.clone()).or_default();
    entry.id = id;
    entry.name = text(value.get("name"));
    entry.description = text(value.get("description"));
    entry.version = text(value.get("version"));
    entry.uri = web_address(&text(value.get("uri"))).unwrap_or_default();
    for one in list(value, "taxonomy_terms") {
        term(reader, one);
    }
}

/// Reads a term into its taxonomy and gives its id.
pub(super) fn term(reader: &mut Reader, value: &Value) -> Option<String> {
    let id = reader.id("taxonomy_term", value.get("id").unwrap_or(&Value::Null))?;
    if facet_of(&id).is_some() {
        return Some(id);
    }
    let of = text(value.get("taxonomy"));
    let taxonomy = reader
        .id("taxonomy", value.get("taxonomy_id").unwrap_or(&Value::Null))
        .unwrap_or_else(|| crate::ids::derived_id(&[&reader.source, "taxonomy", &of]));
    let name = text(value.get("name"));
    if name.is_empty() {
        reader.note("term-without-name", &id, "");
        return None;
    }
    let term = Term {
        id: id.clone(),
        name,
        description: text(value.get("description")),
        parent: reader
            .id("taxonomy_term", value.get("parent_id").unwrap_or(&Value::Null))
            .unwrap_or_default(),
        uri: web_address(&text(value.get("term_uri"))).unwrap_or_default(),
    };
    let entry = reader.directory.taxonomies.entry(taxonomy.clone()).or_insert_with(|| Taxonomy {
        id: taxonomy,
        name: if of.is_empty() { "Other terms".to_owned() } else { of },
        ..Taxonomy::default()
    });
    match entry.terms.iter_mut().find(|known| known.id == id) {
        Some(known) => *known = term,
        None => entry.terms.push(term),
    }
    Some(id)
}
