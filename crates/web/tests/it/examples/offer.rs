//! The Local Offer's pages, with invented services.

use sendero_web::view::Tab;
use sendero_web::view::offer::{
    ActToday, Card, Checked, Chip, Danger, Detail, Home, Narrowing, Saved, Search, ServicePage,
};

use super::{Page, anybody, draw, hidden, link};

pub(crate) fn pages() -> Vec<Page> {
    let nothing = Search {
        words: "zzqxqzz".into(),
        topics: vec![],
        for_age: String::new(),
        chips: vec![],
        put_right: vec![],
        cards: vec![card("Aldermere SENDIASS", Checked::NotSaid)],
        total: 1,
        more: None,
        fallback: true,
        today: None,
        ..search()
    };
    let danger = Search {
        words: "she wants to die".into(),
        dangers: vec![Danger::Life, Danger::Abuse, Danger::Missing, Danger::Ill],
        ..search()
    };
    let near = Search {
        kind: Some(("leisure".into(), "Things to do".into())),
        relaxed: true,
        place_unknown: true,
        ..search()
    };
    vec![
        draw("offer", &home()),
        draw("offer-search", &search()),
        draw("offer-search-nothing", &nothing),
        draw("offer-search-danger", &danger),
        draw("offer-search-relaxed", &near),
        draw("offer-service", &service()),
        draw(
            "offer-service-closed",
            &ServicePage { closed: true, saved: true, steps: vec![], ..service() },
        ),
        draw(
            "offer-list",
            &list(vec![(
                "a1".into(),
                card("Quiet swim", Checked::LongAgo("13\u{a0}months".into())),
            )]),
        ),
        draw("offer-list-empty", &list(vec![])),
    ]
}

fn home() -> Home {
    Home {
        frame: anybody(Tab::Help),
        kinds: vec![
            link("Early years", "/offer/search?kind=early-years"),
            link("Things to do", "/offer/search?kind=leisure"),
        ],
        count: 260,
    }
}

fn card(name: &str, checked: Checked) -> Card {
    Card {
        name: name.into(),
        href: "/offer/service/5b0a4ac2-6a2c-4a53-8f0d-1f2f3a4b5c6d".into(),
        about: "A drop-in for children who are late to talk.".into(),
        facts: vec!["Ages 1 to 4".into(), "Free".into(), "0.6 miles".into()],
        next: "Just turn up: Tuesdays, 9.30am".into(),
        wait: String::new(),
        phone: "01632 960211".into(),
        checked,
    }
}

fn search() -> Search {
    let boxes = |list: &[(&'static str, &'static str)]| {
        list.iter()
            .map(|(name, label)| Narrowing { name, label: (*label).into(), on: *name == "free" })
            .collect()
    };
    Search {
        frame: anybody(Tab::Help),
        words: "my 3 year old isn’t tlking, AL4 2QT".into(),
        kind: None,
        topics: vec!["talking and language".into()],
        for_age: "a 3\u{a0}year old".into(),
        chips: vec![
            Chip {
                text: "talking and language".into(),
                without: "/offer/search?words=AL4+2QT".into(),
            },
            Chip { text: "age 3".into(), without: "/offer/search?age=any".into() },
        ],
        put_right: vec![("tlking".into(), "talking".into())],
        dangers: vec![],
        narrow: [
            (
                "I need it to be".into(),
                boxes(&[("free", "Free"), ("no-plan", "Open without a plan")]),
            ),
            ("Where".into(), boxes(&[("home", "At home")])),
            ("When".into(), boxes(&[("weekend", "Weekends")])),
        ],
        narrowed: 1,
        today: Some(ActToday {
            name: "Health visitors".into(),
            href: "/offer/service/6b0a4ac2-6a2c-4a53-8f0d-1f2f3a4b5c6d".into(),
            phone: "01632 960203".into(),
        }),
        cards: vec![
            card("Little Sparrows Talking Time", Checked::Lately("3\u{a0}weeks ago".into())),
            card("Stay and Sign", Checked::Before("7\u{a0}months ago".into())),
        ],
        total: 14,
        more: Some("/offer/search?words=talking&show=40".into()),
        fallback: false,
        relaxed: false,
        place_unknown: false,
        hidden: hidden(),
    }
}

fn service() -> ServicePage {
    ServicePage {
        frame: anybody(Tab::Help),
        back: Some("/offer/search?words=talking".into()),
        name: "Little Sparrows Talking Time".into(),
        about: "A drop-in for children who are late to talk.".into(),
        alert: "No session on 22 December.".into(),
        closed: false,
        checked: Checked::Lately("3\u{a0}weeks ago".into()),
        checked_by: "Quarry Road Families".into(),
        next: "Just turn up: Tuesdays, 9.30am".into(),
        phone: "01632 960211".into(),
        ask_for: "the play leader".into(),
        steps: vec![
            ("You say hello.".into(), "No form at the door.".into()),
            ("Someone sits with you".into(), "and listens.".into()),
        ],
        details: vec![
            Detail { name: "Who can come".into(), text: "Ages 1 to 4. No diagnosis needed".into() },
            Detail { name: "Cost".into(), text: "Free".into() },
        ],
        website: Some("https://sparrows.example/talking".into()),
        email: "hello@sparrows.example".into(),
        said: vec![],
        id: "5b0a4ac2-6a2c-4a53-8f0d-1f2f3a4b5c6d".into(),
        saved: false,
        hidden: hidden(),
    }
}

fn list(cards: Vec<(String, Card)>) -> Saved {
    Saved { frame: anybody(Tab::Help), cards, hidden: hidden() }
}
