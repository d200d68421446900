//! The Local Offer's pages, with invented services.

use sendero_web::view::Tab;
use sendero_web::view::form::Filled;
use sendero_web::view::map::{Dot, MapDrawing, MapPlace, Scale};
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
        heading: "Things to do".into(),
        topics: vec![],
        among: vec![("kind", "leisure".into())],
        map: Some(map()),
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
            &ServicePage {
                closed: true,
                website_silent: Some(jiff::civil::date(2026, 11, 3)),
                saved: true,
                steps: vec![],
                ..service()
            },
        ),
        draw(
            "offer-list",
            &list(vec![(
                "a1".into(),
                card("Quiet swim", Checked::LongAgo("13\u{a0}months".into())),
            )]),
        ),
        draw("offer-list-empty", &list(vec![])),
        draw(
            "offer-list-sent",
            &Saved { sent: true, ..list(vec![("a1".into(), card_of("Quiet swim"))]) },
        ),
    ]
}

fn home() -> Home {
    Home {
        frame: anybody(Tab::Help),
        guides: super::guide::rows(),
        needs: vec![link("Autism", "/offer/search?need=autism")],
        ages: vec![link("Under 5", "/offer/search?ages=0-4")],
        kinds: vec![
            link("Early years", "/offer/search?kind=early-years"),
            link("Things to do", "/offer/search?kind=leisure"),
        ],
        count: 260,
    }
}

pub(crate) fn card_of(name: &str) -> Card {
    card(name, Checked::Lately("3\u{a0}weeks ago".into()))
}

fn map() -> MapDrawing {
    let dot = |x, y, half, label: &str| Dot { x, y, half, label: label.into() };
    let place = |number, name: &str| MapPlace {
        number,
        name: name.into(),
        href: "/offer/service/a1".into(),
        place: "Otter Pool, Weir Lane, Thornbeck".into(),
    };
    MapDrawing {
        width: 320,
        height: 240,
        dots: vec![dot(60, 60, 11, "1"), dot(240, 170, 17, "3+1")],
        from: Some((150, 120)),
        scale: Scale { length: 80, said: "1 mile".into() },
        places: vec![place(1, "Quiet swim"), place(3, "Teen swim"), place(4, "Pool party")],
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
        heading: String::new(),
        among: vec![],
        map: None,
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
        website_silent: None,
        email: "hello@sparrows.example".into(),
        easy_read: "https://sparrows.example/talking/easy-read".into(),
        bsl: String::new(),
        said: vec![],
        id: "5b0a4ac2-6a2c-4a53-8f0d-1f2f3a4b5c6d".into(),
        saved: false,
        hidden: hidden(),
    }
}

fn list(cards: Vec<(String, Card)>) -> Saved {
    let (frame, filled) = (anybody(Tab::Help), Filled::default());
    Saved { frame, cards, hidden: hidden(), sent: false, filled }
}
