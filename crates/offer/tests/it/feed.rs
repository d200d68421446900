//! The rules of the open feed: no null and nothing empty anywhere, whole envelopes, filters that
//! filter and combine, errors that say what to do; and a feed that comes back the same when read.

use std::collections::BTreeSet;

use sendero_offer::feed::{Answer, Ask, FeedError, List, list, one, openapi};
use sendero_offer::read::Reader;
use sendero_offer::{Directory, Location, Status};
use serde_json::Value;

use crate::relevance::{area, finder};

const LISTS: [List; 5] =
    [List::Services, List::Organisations, List::AtLocations, List::Taxonomies, List::Terms];

fn ask(words: &str) -> Ask {
    try_ask(words).unwrap()
}

fn try_ask(words: &str) -> Result<Ask, sendero_offer::feed::BadParameter> {
    let pairs: Vec<(String, String)> = words
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ask::of(&pairs)
}

struct Feed {
    directory: Directory,
    finder: sendero_offer::search::Finder,
}

impl Feed {
    fn new(directory: Directory) -> Self {
        Self { finder: finder(&directory), directory }
    }

    fn page(&self, of: List, words: &str) -> Value {
        match list(&self.directory, &self.finder, of, &ask(words)).unwrap() {
            Answer::One(page) => page,
            Answer::Lines(_) => panic!("lines"),
        }
    }

    fn ids(&self, of: List, words: &str) -> Vec<String> {
        let page = self.page(of, words);
        let contents = page["contents"].as_array().unwrap();
        contents.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    }
}

/// Nothing is null and no text, list or object is empty, at any depth but the list itself.
fn sound(value: &Value, path: &str) -> Vec<String> {
    match value {
        Value::Null => vec![format!("{path} is null")],
        Value::String(text) if text.is_empty() => vec![format!("{path} is empty")],
        Value::Array(list) if list.is_empty() && path != "/contents" => {
            vec![format!("{path} is empty")]
        }
        Value::Array(list) => list.iter().flat_map(|one| sound(one, path)).collect(),
        Value::Object(map) => {
            map.iter().flat_map(|(name, one)| sound(one, &format!("{path}/{name}"))).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn nothing_is_null_or_empty_and_envelopes_are_whole() {
    let feed = Feed::new(area());
    let envelope: BTreeSet<&str> = [
        "total_items",
        "total_pages",
        "page_number",
        "size",
        "first_page",
        "last_page",
        "empty",
        "contents",
    ]
    .into();
    for of in LISTS {
        for words in ["", "page=2&per_page=7", "page=9999", "full=true", "search=zzqxqzz"] {
            let page = feed.page(of, words);
            assert_eq!(sound(&page, ""), Vec::<String>::new(), "{of:?} {words}");
            let names: BTreeSet<&str> =
                page.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, envelope);
        }
        for id in feed.ids(of, "per_page=20") {
            let whole = one(&feed.directory, of, &id, &ask("full_service=true")).unwrap();
            assert_eq!(sound(&whole, ""), Vec::<String>::new(), "{of:?} {id}");
        }
        let nobody = "00000000-0000-4000-8000-000000000000";
        let missing = one(&feed.directory, of, nobody, &ask(""));
        assert!(matches!(missing, Err(FeedError::NotFound)));
    }
}

#[test]
fn pages_cover_a_list_once() {
    let feed = Feed::new(area());
    let all = feed.ids(List::Services, "per_page=500");
    let mut seen = Vec::new();
    for page in 1.. {
        let ids = feed.ids(List::Services, &format!("per_page=40&page={page}"));
        if ids.is_empty() {
            break;
        }
        seen.extend(ids);
    }
    assert_eq!(seen, all);
    assert_eq!(all.len(), 260);
    let last = feed.page(List::Services, "per_page=40&page=7");
    assert_eq!(
        (&last["last_page"], &last["size"], &last["total_pages"]),
        (&true.into(), &20.into(), &7.into())
    );
}

#[test]
fn filters_filter_and_combine() {
    let feed = Feed::new(area());
    let all = feed.ids(List::Services, "per_page=500").len();
    let service = feed.directory.services.values().find(|one| !one.at.is_empty()).unwrap();
    let by = format!("organization_id={}&per_page=500", service.organisation);
    let own = feed.ids(List::Services, &by);
    assert!(!own.is_empty() && own.len() < all);
    let autism = sendero_offer::term_of("need/autism").unwrap().term.clone();
    let term = format!("taxonomy_term_id={autism}&per_page=500");
    let tagged: BTreeSet<String> = feed.ids(List::Services, &term).into_iter().collect();
    assert!(tagged.iter().all(|id| feed.directory.services[id].has("need/autism")));
    let both: BTreeSet<String> =
        feed.ids(List::Services, &format!("{by}&{term}")).into_iter().collect();
    let expected: BTreeSet<String> = own.into_iter().filter(|id| tagged.contains(id)).collect();
    assert_eq!(both, expected);
    for (words, fits) in [
        ("modified_after=2999-01-01T00:00:00Z", 0),
        ("search=zzqxqzz", 0),
        ("modified_after=2000-01-01", all),
    ] {
        assert_eq!(
            feed.ids(List::Services, &format!("{words}&per_page=500")).len(),
            fits,
            "{words}"
        );
    }
    let ages = feed.ids(List::Services, "minimum_age=20&maximum_age=22&per_page=500");
    assert!(ages.iter().all(|id| feed.directory.services[id].takes(20, 22)) && ages.len() < all);
    let sunday = feed.ids(List::Services, "day=su&end_time=11:00");
    assert!(sunday.iter().all(|id| feed.directory.services[id].schedules[0].days.contains("SU")));
    assert!(!sunday.is_empty());
    let speech = feed.ids(List::Services, "search=speech therapy");
    assert_eq!(speech[0], sendero_offer::made_up_id("ald", "speech-therapy"));
    let near = feed.ids(List::AtLocations, "postcode=AL4 3TT&proximity=100");
    let far = feed.ids(List::AtLocations, "per_page=500");
    assert!(!near.is_empty() && near.len() < far.len());
    let minimal = feed.page(List::Services, "minimal=true");
    assert_eq!((&minimal["size"], &minimal["total_pages"]), (&all.into(), &1.into()));
}

#[test]
fn what_is_asked_wrongly_is_said() {
    for words in [
        "page=0",
        "page=-1",
        "page=x",
        "per_page=0",
        "format=xml",
        "minimal=perhaps",
        "modified_after=soon",
        "minimum_age=old",
        "day=someday",
        "start_time=late",
        "proximity=10",
        "postcode=AL4&proximity=near",
    ] {
        assert!(try_ask(words).is_err(), "{words}");
    }
    assert!(try_ask("page=&unknown=1&minimal=TRUE").is_ok());
}

#[test]
fn lines_hold_everything() {
    let feed = Feed::new(area());
    let lines = list(&feed.directory, &feed.finder, List::Services, &ask("format=ndjson&page=3"));
    assert!(matches!(lines.unwrap(), Answer::Lines(lines) if lines.len() == 260));
}

#[test]
fn what_nobody_may_know_is_not_told() {
    let mut directory = area();
    let refuge = Location {
        id: "5b0a4ac2-6a2c-4a53-8f0d-1f2f3a4b5c6d".into(),
        name: "Hidden House".into(),
        street: "1 Quiet Lane".into(),
        town: "Nowhere".into(),
        postcode: "AL9 9ZZ".into(),
        point: Some((54.0, 2.0)),
        secret: true,
        ..Location::default()
    };
    let service = directory.services.values_mut().find(|one| !one.at.is_empty()).unwrap();
    service.at[0].location.clone_from(&refuge.id);
    let id = service.id.clone();
    let ended = directory.services.values_mut().find(|one| one.id != id).unwrap();
    ended.status = Status::Defunct;
    let ended = ended.id.clone();
    directory.locations.insert(refuge.id.clone(), refuge);
    let feed = Feed::new(directory);
    let told = one(&feed.directory, List::Services, &id, &ask("")).unwrap().to_string();
    for word in ["Hidden", "Quiet Lane", "AL9", "latitude"] {
        assert!(!told.contains(word), "{word}");
    }
    assert!(one(&feed.directory, List::Services, &ended, &ask("")).is_err());
    assert!(!feed.ids(List::Services, "per_page=500").contains(&ended));
}

#[test]
fn a_feed_that_is_read_gives_the_same_feed() {
    let feed = Feed::new(area());
    let Answer::Lines(services) =
        list(&feed.directory, &feed.finder, List::Services, &ask("format=ndjson&full=true"))
            .unwrap()
    else {
        panic!("pages");
    };
    let text: String = services.iter().map(|one| format!("{one}\n")).collect();
    let read = Reader::file("https://send.example/oruk/v3", &text).unwrap();
    assert_eq!(read.findings.keys().collect::<Vec<_>>(), Vec::<&&str>::new());
    let again = Feed::new(read.directory);
    for id in feed.ids(List::Services, "per_page=500") {
        let ours = one(&feed.directory, List::Services, &id, &ask("")).unwrap();
        let theirs = one(&again.directory, List::Services, &id, &ask("")).unwrap();
        // Terms of ours come in the order of their words.
        assert_eq!(sorted(ours), sorted(theirs));
    }
}

fn sorted(mut service: Value) -> Value {
    if let Some(list) = service["attributes"].as_array_mut() {
        list.sort_by_key(|one| one["id"].to_string());
    }
    service
}

#[test]
fn every_address_describes_itself() {
    let described = openapi("https://send.example/oruk/v3");
    let paths = described["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 11);
    for (path, get) in paths {
        let parameters = get["get"]["parameters"].as_array().unwrap();
        for one in parameters {
            assert!(
                one["in"] == "path" || one["description"].as_str().is_some_and(|it| !it.is_empty()),
                "{path} {one}"
            );
        }
    }
}
