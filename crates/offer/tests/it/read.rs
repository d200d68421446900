//! Feeds as real publishers send them: wrong, thin, old, and no feed at all.

use sendero_offer::read::{ReadError, Reader, Version, version_of};
use serde_json::json;

#[test]
fn faults_of_real_feeds_are_left_out_and_told() {
    let feed = json!({"contents": [{
        "id": 4711, "name": " Play <b>group</b> ", "description": null, "status": "Active",
        "url": "http://www.example.com", "email": "nobody", "minimum_age": -1, "maximum_age": "11",
        "assured_date": "01/10/2026", "last_modified": "2026-10-01T09:00:00",
        "organization": {"id": "org-1", "name": "Kestrel Trust", "description": ""},
        "phones": [{"number": "01632 960123"}],
        "service_at_locations": [{"id": 1, "location": {"id": 2, "latitude": 0, "longitude": 0,
            "addresses": [{"address_1": "1 Mill Lane", "city": "Thornbeck", "postal_code": "al2 1qp"}]}}],
        "attributes": [{"id": 9, "taxonomy_term": {"id": 3, "name": "Autism", "taxonomy": "Needs"}}],
        "pc_metadata": {"a": 1}
    }, {"id": "x"}, {"name": "No id"}]});
    let read = Reader::file("https://feed.example/v3/", &feed.to_string()).unwrap();
    let service = read.directory.services.values().next().unwrap();
    assert_eq!(read.directory.services.len(), 1);
    assert_eq!(service.name, "Play group");
    assert_eq!(read.given_id(&service.id), "4711");
    assert_eq!((service.youngest, service.oldest), (None, Some(11)));
    assert_eq!((service.url.as_str(), service.email.as_str()), ("", ""));
    assert_eq!(service.checked.map(|day| day.to_string()).as_deref(), Some("2026-10-01"));
    assert_eq!(service.phones[0].number, "01632 960123");
    assert_eq!(read.directory.locations.values().next().unwrap().postcode, "AL2 1QP");
    for told in [
        "id-made",
        "web-address-left-out",
        "mail-address-left-out",
        "age-below-nought",
        "service-without-id",
    ] {
        assert!(read.findings.contains_key(told), "{told}: {:?}", read.findings.keys());
    }
    let again = Reader::file("https://feed.example/v3", &feed.to_string()).unwrap();
    assert_eq!(again.directory, read.directory, "the same feed is the same directory");
}

#[test]
fn the_old_standard_says_the_same_in_other_names() {
    let old = json!({"totalPages": 1, "content": [{
        "id": "17", "name": "Swim club", "description": "Swimming",
        "eligibilitys": [{"minimum_age": 4, "maximum_age": 9}, {"minimum_age": 10, "maximum_age": 16}],
        "regular_schedules": [{"id": "s", "weekday": "Monday", "opens_at": "16:00", "closes_at": "17:00"}],
        "holiday_schedules": [{"id": "h", "closed": true, "start_date": "2026-12-20"}],
        "service_taxonomys": [{"id": "t", "taxonomy": {"id": "n1", "name": "Autism", "vocabulary": "Needs"}}],
        "contacts": [{"id": "c", "phones": [{"number": "01632 960124"}]}],
    }]});
    assert_eq!(version_of(&old), Version::One);
    let read = Reader::file("https://old.example", &old.to_string()).unwrap();
    let service = read.directory.services.values().next().unwrap();
    assert_eq!((service.youngest, service.oldest), (Some(4), Some(16)));
    assert_eq!(service.schedules[0].days, "MO");
    assert_eq!(service.schedules[1].words, "Closed in the holidays");
    assert_eq!(service.phones[0].number, "01632 960124");
    assert_eq!(read.directory.term(&service.tags[0].term).unwrap().1.name, "Autism");
}

#[test]
fn what_is_no_feed_is_said() {
    let check = |text: &str| Reader::file("x", text).err();
    assert_eq!(check("<!doctype html><p>Sorry"), Some(ReadError::WebPage));
    assert!(matches!(check("{\"services\": [}"), Some(ReadError::NotJson { line: 1, .. })));
    assert_eq!(check("[]"), Some(ReadError::NotAFeed));
    assert_eq!(check("{\"contents\": []}"), Some(ReadError::NotAFeed));
    assert!(matches!(check(""), Some(ReadError::NotJson { .. } | ReadError::NotAFeed)));
}
