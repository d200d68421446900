//! How good a Local Offer is: counts that follow from its entries, and from nothing else.

use jiff::civil::date;
use sendero_offer::audit::{Part, audit, reading_ages};
use sendero_offer::{Directory, Organisation, Phone, Service, Status, Wait};

fn entry(n: usize) -> Service {
    Service { id: format!("s{n}"), name: "Club".to_owned(), ..Service::default() }
}

fn of(services: Vec<Service>) -> Directory {
    let by = Organisation { id: "o".to_owned(), name: "Kestrel".to_owned(), ..Default::default() };
    Directory {
        organisations: [("o".to_owned(), by)].into(),
        services: services.into_iter().map(|one| (one.id.clone(), one)).collect(),
        ..Directory::default()
    }
}

/// A text is read at the age of its words.
fn by_length(text: &str) -> f64 {
    f64::from(u32::try_from(text.split_whitespace().count()).unwrap())
}

#[test]
fn an_entry_is_checked_lately_within_a_year_or_not() {
    let today = date(2026, 11, 22);
    let check = |checked: Option<&str>, expected: (usize, usize, usize)| {
        let checked = checked.map(|day| day.parse().unwrap());
        let found = audit(&of(vec![Service { checked, ..entry(1) }]), today, &by_length);
        let found = (found.lately, found.within_a_year, found.not_checked);
        assert_eq!(found, expected, "{checked:?}");
    };
    check(Some("2026-11-22"), (1, 0, 0));
    check(Some("2026-08-24"), (1, 0, 0));
    check(Some("2026-08-23"), (0, 1, 0));
    check(Some("2025-11-22"), (0, 1, 0));
    check(Some("2025-11-21"), (0, 0, 1));
    check(None, (0, 0, 1));
}

#[test]
fn what_is_said_and_what_is_not_is_counted_of_what_is_shown() {
    let whole = Service {
        who_for: "Anybody".to_owned(),
        fees: "Free".to_owned(),
        email: "a@b.example".to_owned(),
        organisation: "o".to_owned(),
        phones: vec![Phone { number: "01632 960123".to_owned(), about: String::new() }],
        wait: Some(Wait { weeks: 0, as_of: date(2026, 11, 1) }),
        facets: ["open/no-plan", "route/turn-up", "schedule-2/health"].map(str::to_owned).to_vec(),
        ..entry(1)
    };
    let ended = Service { id: "s3".to_owned(), status: Status::Defunct, ..whole.clone() };
    let found = audit(&of(vec![whole, entry(2), ended]), date(2026, 11, 22), &by_length);
    assert_eq!((found.services, found.whole), (2, 1));
    assert!(found.parts.iter().all(|(_, count)| *count == 1), "{:?}", found.parts);
    assert_eq!(found.parts.len(), Part::ALL.len());
    let answered: Vec<_> = found.headings.iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(answered, [&("Health care".to_owned(), 1)]);
    assert_eq!(found.headings.len(), 10);
}

#[test]
fn entries_are_ordered_by_how_hard_they_are_to_read() {
    let long = Service { description: "one ".repeat(12), ..entry(2) };
    let directory = of(vec![entry(1), long]);
    let ages: Vec<(String, u8)> =
        reading_ages(&directory, &by_length).into_iter().map(|(id, _, age)| (id, age)).collect();
    assert_eq!(ages, [("s2".to_owned(), 12), ("s1".to_owned(), 0)]);
    assert_eq!(audit(&directory, date(2026, 11, 22), &by_length).readable, 1);
}
