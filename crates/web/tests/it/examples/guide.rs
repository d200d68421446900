//! Guides and the pack on paper, with invented services.

use jiff::civil::date;
use sendero_web::view::Tab;
use sendero_web::view::guide::{Contact, GuidePage, GuideRow, HelpPart};
use sendero_web::view::offer::Danger;
use sendero_web::view::pack::{Pack, PackLine, PackPart};
use sendero_web::view::public::{DutyRow, Force};

use super::offer::card_of;
use super::{Page, anybody, draw, link};

pub(crate) fn pages() -> Vec<Page> {
    let crisis = GuidePage {
        title: "It is a crisis".into(),
        dangers: vec![Danger::Life, Danger::Abuse, Danger::Ill],
        contact: None,
        situation: None,
        ..guide()
    };
    vec![
        draw("offer-guide", &guide()),
        draw("offer-guide-crisis", &crisis),
        draw("offer-pack", &pack(None)),
        draw("offer-pack-need", &pack(Some("Autism"))),
    ]
}

pub(crate) fn rows() -> Vec<GuideRow> {
    let row = |title: &str, id: &str| GuideRow {
        href: format!("/offer/guide/{id}"),
        title: title.into(),
        line: "Start here, with or without a diagnosis.".into(),
    };
    vec![row("I’m worried about my child", "worried"), row("We’ve been refused", "refused")]
}

fn guide() -> GuidePage {
    GuidePage {
        frame: anybody(Tab::Help),
        title: "We need a break".into(),
        lead: "Needing a break is no failing.".into(),
        dangers: vec![],
        contact: Some(Contact {
            service: link("Short breaks", "/offer/service/a1"),
            phone: "01632 960220".into(),
            ask_for: "the short breaks team".into(),
            next: "Ring yourself".into(),
        }),
        now: vec!["Ask for the short breaks.".into(), "Say that you cannot go on.".into()],
        help: vec![
            HelpPart {
                title: "Breaks".into(),
                cards: vec![card_of("Short breaks")],
                more: "/offer/search?words=short+breaks".into(),
            },
            HelpPart { title: "None".into(), cards: vec![], more: "/offer/search".into() },
        ],
        duties: vec![DutyRow {
            id: "sc-shortbreaks".into(),
            href: "/law/sc-shortbreaks".into(),
            title: "Offer short breaks and say what there is".into(),
            force: Force::Must,
            owner: "Council".into(),
        }],
        situation: Some(link("My child needs help", "/happening/no-plan-yet")),
    }
}

fn pack(need: Option<&str>) -> Pack {
    let line = |old: bool| PackLine {
        name: "Quiet swim".into(),
        about: "A pool with few people and no music.".into(),
        facts: "Ages 5 to 16. £2".into(),
        next: "Just turn up".into(),
        phone: "01632 960215".into(),
        ask_for: "the pool team".into(),
        place: "Otter Pool, Weir Lane".into(),
        old,
    };
    Pack {
        frame: anybody(Tab::Help),
        today: date(2026, 11, 21),
        need: need.map(str::to_owned),
        parts: vec![
            PackPart { name: "Autism".into(), lines: vec![line(false), line(true)], left: 3 },
            PackPart { name: "For everybody".into(), lines: vec![], left: 0 },
        ],
        packs: vec![link("Autism", "/offer/pack?need=autism")],
    }
}
