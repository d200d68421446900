//! A walk through our own feed, page by page as a server gives it: what comes out is what went in.

use sendero_offer::feed::{Answer, Ask, List, front, list, one};
use sendero_offer::read::{Got, Walk};
use sendero_offer::search::Finder;
use sendero_offer::{Directory, Identifier};
use serde_json::Value;

use crate::relevance::{area, finder};

/// What our own feed answers to an address.
fn answer(directory: &Directory, finder: &Finder, address: &str) -> Value {
    let path = address.strip_prefix("https://feed.example/oruk/v3").unwrap();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let ask = Ask::of(&pairs).unwrap();
    let mut parts = path.trim_matches('/').split('/');
    let of = match parts.next() {
        Some("services") => List::Services,
        Some("organizations") => List::Organisations,
        Some("taxonomies") => List::Taxonomies,
        Some("taxonomy_terms") => List::Terms,
        _ => return front("https://feed.example/oruk/v3"),
    };
    match parts.next() {
        Some(id) => one(directory, of, id, &ask).unwrap(),
        None => match list(directory, finder, of, &ask).unwrap() {
            Answer::One(page) => page,
            Answer::Lines(_) => panic!("lines were not asked for"),
        },
    }
}

#[test]
fn our_own_feed_comes_back_the_same() {
    let mut given = area();
    // What a list leaves out of an organisation has to come from somewhere.
    let number = Identifier {
        id: sendero_offer::derived_id(&["n"]),
        kind: "Charity".to_owned(),
        number: "12".to_owned(),
        ..Identifier::default()
    };
    given.organisations.values_mut().next().unwrap().identifiers.push(number);
    let finds = finder(&given);
    let mut walk = Walk::of("https://feed.example/oruk/v3/services?page=2").unwrap();
    let mut questions = 0;
    while let Some(address) = walk.next() {
        let body = answer(&given, &finds, &address).to_string();
        walk.take(Got { status: 200, body: &body }).unwrap();
        questions += 1;
    }
    let taken = walk.done().unwrap();
    assert!(taken.findings.is_empty(), "{:?}", taken.findings);
    assert!(questions < 20, "{questions} questions for {} services", given.services.len());
    let again = &taken.directory;
    let ask = Ask::of(&[]).unwrap();
    for id in given.services.values().filter(|one| one.is_shown()).map(|one| &one.id) {
        let of = List::Services;
        assert_eq!(one(again, of, id, &ask).unwrap(), one(&given, of, id, &ask).unwrap());
    }
    for id in given.organisations.keys() {
        let of = List::Organisations;
        assert_eq!(one(again, of, id, &ask).unwrap(), one(&given, of, id, &ask).unwrap());
    }
}
