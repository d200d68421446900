//! What a family can take away: the ways to put a late plan right, and a letter before and after it
//! is changed.

use jiff::civil::date;
use sendero_web::view::family::{HelpCard, HelpHere, HelpHerePart};
use sendero_web::view::form::Filled;
use sendero_web::view::paper::{PaperForm, PaperSheet, WayRow, Ways};
use sendero_web::view::{Frame, Kind, Tab};

use super::offer::card_of;
use super::{Page, anybody, area, draw, hidden, link};

const BASE: &str = "/child/ALD-2609-0417";

const LETTER: &str = "10 February 2027\n\nTo the SEND team, Aldermere\n\nAbout Idris Vennick, reference \
                      ALD-2609-0417\n\nPlease tell me when this will be done: Send the final EHC plan.\
                      \n\n[your name, address and telephone]";

pub(crate) fn pages() -> Vec<Page> {
    vec![
        draw("ways", &ways()),
        draw("ways-none", &Ways { ways: vec![], ..ways() }),
        draw("help-here", &help(true)),
        draw("help-here-none", &help(false)),
        draw("paper", &paper()),
        draw("paper-sheet", &sheet()),
    ]
}

pub(crate) fn rows() -> Vec<WayRow> {
    let row = |title: &str, id: &str, by| WayRow {
        paper: link(title, &format!("{BASE}/paper/{id}?duty=plan-20w")),
        route: "To the case officer. Do this first: it is quick.".into(),
        when: "Any time".into(),
        by,
        passed: by.is_some_and(|by| by < date(2027, 2, 10)),
    };
    vec![
        row("Ask when it will be done", "chase", None),
        row("Letter before a claim", "before-court", Some(date(2027, 1, 27))),
        row("What happened, for the Ombudsman", "ombudsman", Some(date(2028, 2, 2))),
    ]
}

fn frame() -> Frame {
    Frame { area: area(), kind: Kind::Family { base: BASE.into() }, tab: Tab::Case }
}

fn ways() -> Ways {
    Ways {
        frame: frame(),
        back: link("Back to the case", BASE),
        duty: "Final plan".into(),
        say: "The final plan is 9 days late. It was due by 1 February 2027.".into(),
        ways: rows(),
        help: format!("{BASE}/help?for=plan-20w"),
    }
}

fn help(any: bool) -> HelpHere {
    let card = |kept: bool, name: &str| HelpCard {
        id: "a1".into(),
        kept,
        put: if kept {
            "Put here by Yusuf Brandt, SENCO, on 2 November 2026".into()
        } else {
            String::new()
        },
        fixed: false,
        card: card_of(name),
        hidden: hidden(),
    };
    let part = HelpHerePart {
        title: "Communication and interaction".into(),
        cards: vec![card(false, "Little Sparrows Talking Time")],
    };
    HelpHere {
        frame: frame(),
        back: link("Back to the case", BASE),
        action: format!("{BASE}/help"),
        family: true,
        name: "Idris".into(),
        list: if any { vec![card(true, "Quiet swim")] } else { vec![] },
        gone: if any { vec![("a9".into(), "Teen club".into(), Some(hidden()))] } else { vec![] },
        of_phone: if any { vec![card(false, "Stay and Sign")] } else { vec![] },
        parts: if any { vec![part] } else { vec![] },
    }
}

fn paper() -> PaperForm {
    PaperForm {
        frame: frame(),
        back: link("Back to what you can do", &format!("{BASE}/do/plan-20w")),
        title: "Ask when it will be done".into(),
        route: "To the case officer.".into(),
        when: "Any time".into(),
        hidden: hidden(),
        action: format!("{BASE}/paper/chase"),
        filled: Filled::default().with("text", LETTER),
    }
}

fn sheet() -> PaperSheet {
    PaperSheet {
        frame: anybody(Tab::Rights),
        back: link("The final plan is late", "/happening/late"),
        title: "Ask when it will be done".into(),
        text: LETTER.into(),
        hidden: hidden(),
        action: "/happening/late/paper/chase".into(),
    }
}
