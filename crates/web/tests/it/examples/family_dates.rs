//! Every date of a child's case.

use sendero_web::view::family::{DateGroup, DateRow, Dates};
use sendero_web::view::parts::{Pill, State};
use sendero_web::view::{Link, Tab};

use super::family::{BASE, family};
use super::{Page, draw};

pub(super) fn pages() -> Vec<Page> {
    vec![
        draw("child-dates", &dates()),
        draw("child-dates-none", &Dates { groups: vec![], calendar: None, ..dates() }),
    ]
}

fn dates() -> Dates {
    let row = |text: &str, line: &str, pill| DateRow {
        link: Link { href: format!("{BASE}/why/plan-20w~e1"), text: text.into() },
        line: line.into(),
        pill,
    };
    let group = |id, title: &str, list| DateGroup { id, title: title.into(), list };
    Dates {
        frame: family(Tab::Case),
        base: BASE.into(),
        name: "Idris".into(),
        groups: vec![
            group(
                "late",
                "Late",
                vec![row(
                    "Advice: educational psychologist",
                    "The psychology service had until Friday 16 October 2026. It is 35 days late.",
                    Pill::of(State::Late, "35\u{a0}days late"),
                )],
            ),
            group(
                "open",
                "Still to come",
                vec![
                    row(
                        "Final plan",
                        "Aldermere must send the final plan by Monday 14 December 2026.",
                        Pill::of(State::NotStarted, "24\u{a0}days left"),
                    ),
                    row("Be responsible for the child", "", Pill::of(State::NotStarted, "Open")),
                ],
            ),
            group(
                "over",
                "Done, or fallen away",
                vec![row(
                    "Decision whether to assess",
                    "Aldermere decided on Friday 28 August 2026. That was in time.",
                    Pill::of(State::Done, "In time"),
                )],
            ),
        ],
        calendar: Some(format!("{BASE}/dates.ics")),
    }
}
