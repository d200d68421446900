//! Every answer of the feed against our own statement of what Open Referral UK 3.0 asks, with five
//! thousand services: what must be there, the form of each field, and nothing that it does not know.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use sendero_offer::feed::{Answer, Ask, List, front, list, one};
use sendero_offer::keep::{Entry, edited, fields_of};
use sendero_offer::{Directory, is_id, made_up};
use serde_json::Value;

use crate::relevance::finder;

/// What a field of an entity may hold; `!` before a name says that it must be there.
#[derive(Clone, Copy)]
enum Form {
    Id,
    Text,
    Web,
    Mail,
    Number,
    Day,
    Moment,
    One(&'static [&'static str]),
    Is(&'static str),
    All(&'static str),
}
use Form::{All, Day, Id, Is, Mail, Moment, Number, One, Text, Web};

type Entity = (&'static str, &'static [(&'static str, Form)]);

const STATUS: Form = One(&["active", "inactive", "defunct", "temporarily closed"]);
const PLACE: Form = One(&["physical", "postal", "virtual"]);

/// The standard's examples hold the service, and its schema forgets it.
const AT: &str = "service_at_location with its service";

const ENTITIES: &[Entity] = &[
    (
        "service in a list",
        &[
            ("!id", Id),
            ("organization_id", Id),
            ("!name", Text),
            ("description", Text),
            ("url", Web),
            ("email", Mail),
            ("!status", STATUS),
            ("fees", Text),
            ("accreditations", Text),
            ("minimum_age", Number),
            ("maximum_age", Number),
            ("assured_date", Day),
            ("assurer_email", Mail),
            ("alert", Text),
            ("last_modified", Moment),
            ("organization", Is("organization")),
        ],
    ),
    (
        "service",
        &[
            ("!id", Id),
            ("organization_id", Id),
            ("!name", Text),
            ("description", Text),
            ("url", Web),
            ("email", Mail),
            ("!status", STATUS),
            ("fees", Text),
            ("accreditations", Text),
            ("minimum_age", Number),
            ("maximum_age", Number),
            ("assured_date", Day),
            ("assurer_email", Mail),
            ("alert", Text),
            ("last_modified", Moment),
            ("organization", Is("organization")),
            ("schedules", All("schedule")),
            ("service_areas", All("service_area")),
            ("service_at_locations", All("service_at_location")),
            ("cost_options", All("cost_option")),
            ("funding", All("funding")),
            ("attributes", All("attribute")),
        ],
    ),
    (
        "organization",
        &[
            ("!id", Id),
            ("!name", Text),
            ("!description", Text),
            ("email", Mail),
            ("website", Web),
            ("logo", Text),
            ("uri", Web),
            ("parent_organization_id", Id),
            ("organization_identifiers", All("organization_identifier")),
        ],
    ),
    (
        // Its services are promised by the words of the standard, and forgotten by its schema.
        "organization with its services",
        &[
            ("!id", Id),
            ("!name", Text),
            ("!description", Text),
            ("email", Mail),
            ("website", Web),
            ("logo", Text),
            ("uri", Web),
            ("parent_organization_id", Id),
            ("organization_identifiers", All("organization_identifier")),
            ("services", All("service in a list")),
        ],
    ),
    (
        "organization_identifier",
        &[
            ("!id", Id),
            ("organization_id", Id),
            ("identifier_scheme", Text),
            ("!identifier_type", Text),
            ("!identifier", Text),
        ],
    ),
    (
        "service_at_location",
        &[("!id", Id), ("service_id", Id), ("location_id", Id), ("location", Is("location"))],
    ),
    (
        AT,
        &[
            ("!id", Id),
            ("!service_id", Id),
            ("!location_id", Id),
            ("location", Is("location")),
            ("service", Is("service in a list")),
        ],
    ),
    (
        "location",
        &[
            ("!id", Id),
            ("!location_type", PLACE),
            ("name", Text),
            ("description", Text),
            ("latitude", Number),
            ("longitude", Number),
            ("addresses", All("address")),
            ("accessibility", All("accessibility")),
        ],
    ),
    (
        "address",
        &[
            ("!id", Id),
            ("location_id", Id),
            ("!address_1", Text),
            ("!city", Text),
            ("!state_province", Text),
            ("!postal_code", Text),
            ("!country", Text),
            ("!address_type", PLACE),
        ],
    ),
    ("accessibility", &[("!id", Id), ("location_id", Id), ("description", Text)]),
    (
        "schedule",
        &[
            ("!id", Id),
            ("service_id", Id),
            ("valid_from", Day),
            ("valid_to", Day),
            ("freq", One(&["WEEKLY", "MONTHLY"])),
            ("interval", Number),
            ("byday", Text),
            ("bymonthday", Text),
            ("opens_at", Text),
            ("closes_at", Text),
            ("description", Text),
        ],
    ),
    ("service_area", &[("!id", Id), ("service_id", Id), ("name", Text), ("uri", Web)]),
    (
        "cost_option",
        &[
            ("!id", Id),
            ("!service_id", Id),
            ("option", Text),
            ("amount", Number),
            ("amount_description", Text),
        ],
    ),
    ("funding", &[("!id", Id), ("service_id", Id), ("source", Text)]),
    (
        "attribute",
        &[
            ("!id", Id),
            ("!link_id", Id),
            ("!link_type", Text),
            ("!taxonomy_term_id", Id),
            ("taxonomy_term", Is("taxonomy_term")),
        ],
    ),
    (
        "taxonomy",
        &[
            ("!id", Id),
            ("!name", Text),
            ("!description", Text),
            ("uri", Web),
            ("version", Text),
            ("taxonomy_terms", All("taxonomy_term")),
        ],
    ),
    (
        "taxonomy_term",
        &[
            ("!id", Id),
            ("!name", Text),
            ("!description", Text),
            ("parent_id", Id),
            ("taxonomy", Text),
            ("taxonomy_id", Id),
            ("term_uri", Web),
        ],
    ),
    ("front", &[("!version", Text), ("!profile", Web), ("!openapi_url", Web)]),
];

/// Everything in which a value is not the entity, each with its path.
fn faults(entity: &str, value: &Value, path: &str) -> Vec<String> {
    let Some((_, fields)) = ENTITIES.iter().find(|(name, _)| *name == entity) else {
        return vec![format!("{path}: no entity {entity}")];
    };
    let Some(map) = value.as_object() else { return vec![format!("{path} is no object")] };
    let bare = |name: &'static str| name.trim_start_matches('!');
    let unknown = map.keys().filter(|key| fields.iter().all(|(name, _)| bare(name) != *key));
    let mut found: Vec<String> = unknown.map(|key| format!("{path}/{key} is not known")).collect();
    for (name, form) in *fields {
        let path = format!("{path}/{}", bare(name));
        match map.get(bare(name)) {
            None if name.starts_with('!') => found.push(format!("{path} is missing")),
            None => {}
            Some(value) => found.extend(fault(*form, value, &path)),
        }
    }
    found
}

fn fault(form: Form, value: &Value, path: &str) -> Vec<String> {
    let text = value.as_str().filter(|text| !text.is_empty());
    let is = |right: bool| if right { vec![] } else { vec![format!("{path} is {value}")] };
    match form {
        Is(entity) => faults(entity, value, path),
        All(entity) => match value.as_array().filter(|list| !list.is_empty()) {
            Some(list) => list.iter().flat_map(|one| faults(entity, one, path)).collect(),
            None => is(false),
        },
        Number => is(value.as_f64().is_some_and(|number| number > -180.0)),
        Text => is(text.is_some()),
        Id => is(text.is_some_and(is_id)),
        Web => is(text.is_some_and(|text| {
            let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(' '))
        })),
        Mail => is(text
            .and_then(|text| text.split_once('@'))
            .is_some_and(|(a, b)| !a.is_empty() && b.contains('.') && !b.contains('@'))),
        Day => is(text.is_some_and(|text| text.parse::<Date>().is_ok())),
        Moment => is(text.is_some_and(|text| text.parse::<Timestamp>().is_ok())),
        One(words) => is(text.is_some_and(|text| words.contains(&text))),
    }
}

fn ask(pairs: &[(&str, usize)]) -> Ask {
    let pairs: Vec<(String, String)> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect();
    Ask::of(&pairs).unwrap()
}

/// Every page of a list: its entries, once its envelopes have been found sound.
fn entries(directory: &Directory, of: List) -> Vec<Value> {
    let finder = finder(&Directory::default());
    let mut all = Vec::new();
    for page in 1.. {
        let asked = ask(&[("page", page), ("per_page", 200)]);
        let Answer::One(answer) = list(directory, &finder, of, &asked).unwrap() else {
            panic!("lines");
        };
        let contents = answer["contents"].as_array().unwrap().clone();
        let pages = usize::try_from(answer["total_pages"].as_u64().unwrap()).unwrap();
        assert_eq!(answer["size"], contents.len(), "{of:?} {page}");
        assert_eq!(answer["page_number"], page);
        assert_eq!(answer["first_page"], page == 1);
        assert_eq!(answer["last_page"], page >= pages);
        assert_eq!(answer["empty"], contents.is_empty());
        assert_eq!(answer.as_object().unwrap().len(), 8);
        all.extend(contents);
        if page >= pages {
            assert_eq!(answer["total_items"], all.len());
            return all;
        }
    }
    all
}

/// Gives every fiftieth service two places as their keepers type them.
fn keep_some(directory: &mut Directory) {
    let typed = [
        ("place1", "The Old Library"),
        ("town1", "Aldermere"),
        ("access1", "A ramp\nA hearing loop"),
        ("street2", "2 Weir Lane"),
        ("town2", "Thornbeck"),
        ("postcode2", "al4 2qt"),
    ];
    for service in directory.services.clone().values().step_by(50) {
        let stands = Entry::of(directory, service);
        let mut fields = fields_of(&stands);
        let typed = typed.map(|(name, value)| (name.to_owned(), vec![value.to_owned()]));
        fields.extend(typed);
        let kept = edited(&stands, &fields, date(2026, 11, 23)).unwrap();
        assert_eq!(kept.own_places().count(), 2);
        let places = kept.places.into_iter().map(|place| (place.id.clone(), place));
        directory.locations.extend(places);
        directory.services.insert(service.id.clone(), kept.service);
    }
}

#[test]
fn five_thousand_services_keep_every_rule() {
    let address = "https://aldermere.example";
    let mut directory = made_up("ald", "Aldermere", address, date(2026, 11, 23), 5_000);
    keep_some(&mut directory);
    let mut found = faults("front", &front(&format!("{address}/oruk/v3")), "");
    for (of, in_list, whole, least) in [
        (List::Services, "service in a list", "service", 5_000),
        (List::Organisations, "organization", "organization with its services", 10),
        (List::AtLocations, AT, AT, 4_900),
        (List::Taxonomies, "taxonomy", "taxonomy", 7),
        (List::Terms, "taxonomy_term", "taxonomy_term", 50),
    ] {
        let all = entries(&directory, of);
        assert!(all.len() >= least, "{of:?}: {}", all.len());
        let mut ids: Vec<&str> = all.iter().filter_map(|one| one["id"].as_str()).collect();
        for entry in &all {
            found.extend(faults(in_list, entry, in_list));
        }
        for id in &ids {
            let answer = one(&directory, of, id, &ask(&[])).unwrap();
            assert_eq!(answer["id"], **id);
            found.extend(faults(whole, &answer, whole));
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len(), "{of:?}: an id stands for one thing");
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{:#?}", &found[..found.len().min(20)]);
}

#[test]
fn what_breaks_a_rule_is_found() {
    let sound = serde_json::json!({
        "id": "5b0a4ac2-6a2c-4a53-8f0d-1f2f3a4b5c6d", "name": "Club", "status": "active",
    });
    assert_eq!(faults("service", &sound, ""), Vec::<String>::new());
    for (field, value) in [
        ("id", Value::from("4711")),
        ("id", Value::from(4711)),
        ("name", Value::Null),
        ("description", Value::from("")),
        ("status", Value::from("Active")),
        ("url", Value::from("www.example.org")),
        ("email", Value::from("nobody")),
        ("minimum_age", Value::from("4")),
        ("assured_date", Value::from("01/10/2026")),
        ("last_modified", Value::from("2026-10-01T09:00:00")),
        (
            "schedules",
            serde_json::json!([{"id": "5b0a4ac2-6a2c-4a53-8f0d-1f2f3a4b5c6d", "freq": "DAILY"}]),
        ),
        ("attributes", serde_json::json!([])),
        ("phones", serde_json::json!([{"number": "01632 960123"}])),
    ] {
        let mut broken = sound.clone();
        broken[field] = value;
        assert_eq!(faults("service", &broken, "").len(), 1, "{broken}");
    }
    assert_eq!(faults("service", &serde_json::json!({}), "").len(), 3);
}
