//! One seed, one world; more children do not change the first; no two share what must differ.

use std::collections::BTreeSet;

use sendero_world::{Setup, WorldRole, children, make, person_id, staff};

use crate::{TODAY, area};

#[test]
fn one_seed_gives_one_world() {
    assert_eq!(make(&area(60)), make(&area(60)));
    let other = Setup { seed: 8, ..area(60) };
    assert_ne!(make(&area(60)).children, make(&other).children);
}

#[test]
fn more_children_do_not_change_the_first() {
    let few: Vec<_> = children(&area(40)).collect();
    let many: Vec<_> = children(&area(400)).take(40).collect();
    assert_eq!(few, many);
    assert_eq!(make(&area(40)).children, few);
}

#[test]
fn references_keys_and_addresses_are_distinct() {
    let world = make(&area(3_200));
    let mut references = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for child in &world.children {
        assert!(references.insert(child.reference.clone()), "{} comes twice", child.reference);
        assert!(keys.insert(child.key.clone()), "{} comes twice", child.key);
    }
    let mut people = BTreeSet::new();
    let mut addresses = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for person in &world.people {
        assert!(people.insert(person.key.clone()), "{} comes twice", person.key);
        assert!(addresses.insert(person.email.clone()), "{} comes twice", person.email);
        assert!(ids.insert(world.person_id(&person.key)), "{} has no id of their own", person.key);
    }
}

#[test]
fn every_address_is_under_example() {
    for person in make(&area(300)).people {
        let (local, host) = person.email.split_once('@').expect(&person.email);
        assert!(!local.is_empty() && host.ends_with(".example"), "{}", person.email);
        assert!(person.email.is_ascii() && !person.email.contains(' '), "{}", person.email);
        if let Some(phone) = person.phone {
            assert!(phone.starts_with("01632 960") || phone.starts_with("07700 900"), "{phone}");
        }
    }
}

#[test]
fn the_staff_are_those_of_any_area() {
    let count = |children, wanted: fn(&WorldRole) -> bool| {
        staff(children).iter().filter(|p| wanted(&p.role)).count()
    };
    for (children, officers) in [(0, 6), (1_500, 6), (1_501, 12), (20_000, 84), (200_000, 804)] {
        assert_eq!(count(children, |role| *role == WorldRole::Officer), officers, "{children}");
    }
    assert_eq!(count(20_000, |role| *role == WorldRole::Manager), 1);
    let (few, many) = (staff(400), staff(20_000));
    assert_eq!(few.as_slice(), &many[..few.len()]);
    let largest = staff(200_000);
    let addresses: BTreeSet<_> = largest.iter().map(|person| &person.email).collect();
    assert_eq!(addresses.len(), largest.len(), "two share an address");
    let adviser = |title: &str| {
        staff(400)
            .iter()
            .filter(|p| matches!(&p.role, WorldRole::Adviser { adviser, .. } if adviser == title))
            .count()
    };
    assert_eq!(adviser("educational psychologist"), 4);
    assert_eq!(adviser("SENCO") + adviser("learning support manager"), 25);
    assert!(adviser("speech and language therapist") > 0 && adviser("paediatrician") > 0);
}

#[test]
fn an_id_is_shaped_like_any_other() {
    let id = person_id(7, "parent-idris");
    let parts: Vec<usize> = id.as_str().split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12]);
    assert_eq!(id.as_str().get(14..15), Some("4"));
    assert_ne!(id, person_id(8, "parent-idris"));
}

#[test]
fn a_small_area_and_a_short_past_can_be_made() {
    for children in [0, 1, 3] {
        let setup = Setup { seed: 1, children, today: TODAY, years: 1, talk: 0 };
        assert_eq!(make(&setup).children.len(), usize::try_from(children).unwrap());
    }
}
