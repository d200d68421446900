//! How good the Local Offer is, with invented counts.

use jiff::civil::date;
use sendero_web::view::Link;
use sendero_web::view::Tab;
use sendero_web::view::audit::{Check, Judged, OwnRow};

use super::{Page, anybody, draw, link};

pub(crate) fn pages() -> Vec<Page> {
    let gaps = Check { empty: vec!["Travel".into(), "Training".into()], ..check() };
    vec![draw("offer-check", &check()), draw("offer-check-gaps", &gaps)]
}

fn check() -> Check {
    let figure = |name: &str, now: &str| {
        (name.to_owned(), vec![now.to_owned(), "12 of 40 (30%)".into(), "not kept yet".into()])
    };
    Check {
        own: [
            ("/offer", "Find help in Aldermere", None),
            ("/offer/guide/talking", "I am worried", Some(1)),
        ]
        .map(|(href, text, clicks)| OwnRow {
            page: Link { href: href.into(), text: text.into() },
            age: 9,
            clicks,
        })
        .to_vec(),
        own_readable: 2,
        guides: 1,
        guides_lead: 1,
        clicks_most: Some(1),
        frame: anybody(Tab::Help),
        services: 56,
        headings: vec![("Health care".into(), 12), ("Travel".into(), 0)],
        empty: vec!["Travel".into()],
        parts: vec![("How long people wait".into(), 31)],
        whole: 21,
        days: vec![date(2026, 11, 23), date(2026, 8, 23), date(2025, 11, 23)],
        criteria: vec![
            Judged {
                name: "3. It is up to date".into(),
                figures: vec![
                    figure("Services checked in 90 days", "40 of 56 (71%)"),
                    figure("Services not checked for a year", "6 of 56 (10%)"),
                ],
            },
            Judged { name: "9. It serves everybody".into(), figures: vec![] },
        ],
        hardest: vec![(link("Quiet swim", "/offer/service/a1"), 13)],
    }
}
