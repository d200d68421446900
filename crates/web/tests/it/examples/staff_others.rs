//! An adviser's inbox and form, as a psychologist sees them, and a manager's forecast and gaps.

use jiff::civil::date;
use sendero_web::view::advice::{AdvicePage, Answer, LetterPage};
use sendero_web::view::adviser::{
    AdviceCheck, AdviceForm, AdviceSent, Asked, Given, Inbox, Item, ReadBack,
};
use sendero_web::view::form::Filled;
use sendero_web::view::manager::{FirstToGo, Forecast, Gap, Gaps, Load, Span};
use sendero_web::view::officer::{By, Letter, SheetPart};
use sendero_web::view::parts::{Days, Pill, State, Words};
use sendero_web::view::{Frame, Kind, Tab};

use super::staff::TODAY;
use super::{Page, area, draw, hidden, link};

const REQUEST: &str = "/advice/a-17";

pub(crate) fn pages() -> Vec<Page> {
    vec![
        draw("adviser-inbox", &inbox()),
        draw("adviser-inbox-empty", &Inbox { open: vec![], given: vec![], ..inbox() }),
        draw("adviser-form", &form()),
        draw("adviser-form-error", &form_wrong()),
        draw("adviser-check", &check()),
        draw("adviser-sent", &sent()),
        draw("advice", &advice()),
        draw("advice-awaited", &awaited()),
        draw("letter", &letter()),
        draw("manager-forecast", &forecast()),
        draw("manager-gaps", &gaps()),
    ]
}

fn adviser() -> Frame {
    let kind = Kind::Guest {
        home: "/advice",
        name: "Dr Fenwick Achterberg".into(),
        role: "educational psychologist".into(),
        as_at: TODAY,
        at: "8.12am".into(),
    };
    Frame { area: area(), kind, tab: Tab::None }
}

pub(crate) fn manager(tab: Tab) -> Frame {
    let kind = Kind::Staff {
        name: "Hester Valdivia".into(),
        role: "team manager".into(),
        today: None,
        children: Some(1226),
        manager: true,
        as_at: TODAY,
        at: "8.12am".into(),
    };
    Frame { area: area(), kind, tab }
}

fn asked(
    name: &str,
    about: &str,
    due: jiff::civil::Date,
    days: Days,
    begun: Option<&str>,
) -> Asked {
    Asked {
        child: link(name, REQUEST),
        about: about.into(),
        what: "Psychological advice, reg 6(1)(d)".into(),
        on: date(2026, 10, 5),
        due: Some(due),
        days,
        begun: begun.map(Into::into),
    }
}

fn inbox() -> Inbox {
    Inbox {
        frame: adviser(),
        open: vec![
            asked(
                "Oisin Fernleigh",
                "6, Year 2, Hollin Moor Primary",
                date(2026, 11, 16),
                Days::Late(7),
                Some("1 need saved today"),
            ),
            asked(
                "Hana Goldmarsh",
                "10, Year 6, Larkrise Academy",
                date(2026, 11, 25),
                Days::Left(2),
                None,
            ),
            asked(
                "Ayodele Penhaligon-Bright",
                "17, Aldermere College",
                date(2026, 12, 14),
                Days::Left(21),
                None,
            ),
        ],
        given: vec![Given {
            child: link("Leila Ashgrove-Sato", "/advice/a-9"),
            what: "educational psychologist".into(),
            on: date(2026, 11, 18),
        }],
    }
}

fn read_back() -> ReadBack {
    ReadBack {
        chips: ["1 : 1", "20 minutes", "4 a week", "38 weeks"].map(Into::into).into(),
        missing: vec![],
        hours: Some("50.7 hours a year".into()),
    }
}

const NEED: &str = "Reading is at the 2nd centile with strong number sense (75th). He guesses from the first letter and stops after three errors; more so when timed.";
const OUTCOME: &str = "By July 2027 Oisin reads 60 decodable words a minute from a text he chose, with 95% right, untimed.";
const PROVISION: &str = "Structured, cumulative phonics programme, one to one, by a teaching assistant trained in it (two days) and watched by a specialist teacher each half term.";
const KNOWN: &str =
    "Observed 50 minutes, assessed 70 minutes, spoke with mother and teacher, 18 November.";

fn form() -> AdviceForm {
    AdviceForm {
        frame: adviser(),
        hidden: hidden(),
        action: REQUEST.into(),
        name: "Oisin Fernleigh".into(),
        asked_as: "as educational psychologist under regulation 6(1)(d)".into(),
        on: date(2026, 10, 5),
        due: Some(date(2026, 11, 16)),
        days: Days::Late(7),
        plan_by: Some(date(2027, 1, 11)),
        keeps: Some(date(2026, 12, 4)),
        words: Some(Words {
            words: "Numbers are my friends but letters run about. I don’t like it when the timer is on.".into(),
            told: "Oisin, 6, with picture cards, 22 October 2026.".into(),
            change: None,
            picture: None,
        }),
        question: "What are Oisin’s needs in learning, language and confidence? What should he be able to do by the end of Year 3? What provision would get him there: who, with what training, how long, how often, in what group? If you cannot say, say what you would need to know.".into(),
        rows: 1,
        read_back: vec![read_back()],
        filled: Filled::about("Oisin")
            .with("need-1", NEED)
            .with("outcome-1", OUTCOME)
            .with("provision-1", PROVISION)
            .with("minutes-1", "20")
            .with("times-1", "4")
            .with("every-1", "week")
            .with("weeks-1", "38")
            .with("adults-1", "1")
            .with("children-1", "1")
            .with("how-known", KNOWN),
        saved: Some("yesterday at 4.12pm".into()),
        told: vec![
            ("School".into(), "Year 2, Hollin Moor Primary since September. Before: Pike Lane Infants.".into()),
            ("Home".into(), "Lives with mother and grandmother. Irish and English.".into()),
            ("What has been tried".into(), "Paired reading, two terms; small phonics group, one term.".into()),
            ("What the family hopes".into(), "“That he stops calling himself thick.”".into()),
        ],
        officer: ("Imogen Fallowfield".into(), "01632 960 188".into()),
    }
}

fn form_wrong() -> AdviceForm {
    AdviceForm {
        rows: 2,
        read_back: vec![
            read_back(),
            ReadBack {
                chips: vec!["adult in class".into()],
                missing: vec!["how long?".into(), "how often?".into()],
                hours: None,
            },
        ],
        filled: form()
            .filled
            .with("provision-2", "An adult nearby in class.")
            .wrong("need-2", "Write the need, or leave all of number 2 empty")
            .wrong("minutes-2", "Write the minutes in figures, for example 20"),
        ..form()
    }
}

fn check() -> AdviceCheck {
    AdviceCheck {
        frame: adviser(),
        carried: vec![("need-1".into(), NEED.into())],
        hidden: hidden(),
        action: REQUEST.into(),
        name: "Oisin Fernleigh".into(),
        goes_to: "Aldermere; his mother can read it at once, as you wrote it".into(),
        items: vec![Item {
            need: NEED.into(),
            outcome: OUTCOME.into(),
            provision: PROVISION.into(),
            read: read_back(),
        }],
        how_known: KNOWN.into(),
        words: String::new(),
    }
}

fn sent() -> AdviceSent {
    AdviceSent {
        frame: adviser(),
        name: "Oisin Fernleigh".into(),
        on: TODAY,
        at: "8.14am".into(),
        late: Some(7),
        copy: link("Read it as you sent it", REQUEST),
        open: 2,
    }
}

fn advice() -> AdvicePage {
    AdvicePage {
        frame: adviser(),
        back: link("Back to advice asked of you", "/advice"),
        name: "Oisin".into(),
        whose: "Educational psychologist".into(),
        pill: Pill::of(State::Done, "In"),
        asked_of: "Fenwick Achterberg (Psychology service, under regulation 6(1)(d))".into(),
        on: date(2026, 10, 5),
        due: Some(date(2026, 11, 16)),
        question: form().question,
        letter: Some(link("Read what was written", "/case/ALD26090612R/letter/e-17")),
        answer: Some(Answer { late: Some(7), ..answer() }),
        write: None,
    }
}

fn answer() -> Answer {
    Answer {
        on: TODAY,
        late: None,
        items: check().items,
        how_known: KNOWN.into(),
        words: "He was kind to the cat all morning.".into(),
    }
}

fn awaited() -> AdvicePage {
    AdvicePage {
        pill: Pill::of(State::Late, "7 days late"),
        answer: None,
        write: Some(link("Write your advice", REQUEST)),
        ..advice()
    }
}

fn letter() -> LetterPage {
    LetterPage {
        frame: adviser(),
        back: link("Back to what happened", "/child/ALD26090417/decisions"),
        title: "Advice was asked for".into(),
        on: date(2026, 10, 5),
        letter: Letter {
            to: "Fenwick Achterberg, educational psychologist".into(),
            how: "on this service".into(),
            parts: vec![
                SheetPart::Text("Aldermere asks for your advice about Oisin.".into()),
                SheetPart::Heading("The question".into()),
                SheetPart::Said("What are his needs?".into()),
            ],
        },
    }
}

fn forecast() -> Forecast {
    let span = |weeks, by, counts: [u32; 5]| Span { weeks, by, counts: counts.into() };
    let first = |name: &str, what: &str, day, safe, held: &str| FirstToGo {
        child: link(name, "/case/ALD26072640R"),
        what: what.into(),
        by: By::day(date(2026, 11, day), date(2026, 11, safe), TODAY),
        held_up: held.into(),
    };
    let load = |name: &str, children, due, share: bool| Load {
        name: name.into(),
        children,
        due,
        share: share.then(|| "/today?whose=office".into()),
    };
    Forecast {
        frame: manager(Tab::Forecast),
        today: TODAY,
        children: 1226,
        officers: 6,
        late: (38, "/today?whose=office".into()),
        causes: [
            "Psychology advice not in",
            "Health advice not in",
            "Our drafting",
            "School or placement",
            "Other",
        ]
        .map(Into::into)
        .into(),
        spans: vec![
            span(2, date(2026, 12, 7), [7, 3, 3, 0, 1]),
            span(4, date(2026, 12, 21), [17, 5, 6, 2, 1]),
            span(6, date(2027, 1, 4), [30, 8, 8, 5, 1]),
        ],
        first: vec![
            first("Jory Ambleforth", "Final plan", 25, 25, "Psychology, 54 days late"),
            first("Saanvi Holloway-Rao", "Final plan", 26, 26, "Psychology, 53 days late"),
            first("Peregrine Nkemelu", "Decision whether to assess", 29, 27, "Our drafting"),
        ],
        all_first: Some(link("All 14 in two weeks", "/today?whose=office&order=date")),
        load: vec![
            load("Bram Underhay", 231, 9, false),
            load("Delphine Oyelaran-Moss", 188, 12, false),
            load("Imogen Fallowfield", 250, 22, true),
            load("Kasimir Threlfall", 96, 6, false),
            load("Ottoline Bright-Adeyemi", 242, 17, true),
            load("Rafferty Silkstone", 219, 11, false),
        ],
        gaps: 4,
    }
}

fn gaps() -> Gaps {
    let gap = |name: &str, about: &str| Gap {
        child: link(name, "/case/ALD26114412S"),
        about: about.into(),
        since: Some(date(2026, 11, 2)),
        days: Some(Days::Open(21)),
        line: "Permanently excluded; nothing is arranged.".into(),
        officer: Some("Imogen Fallowfield".into()),
        act: None,
    };
    Gaps {
        frame: manager(Tab::Children),
        without_education: vec![
            gap("Tobias Wickering", "6 · ALD 2602 1560 T"),
            Gap {
                since: None,
                days: None,
                line: "His mother: “Nursery said not to bring him back.”".into(),
                ..gap("Noah Adeyemi-Clarke", "5 · ALD 2611 4412 S")
            },
        ],
        without_setting: vec![],
        without_officer: vec![Gap {
            days: Some(Days::Words("2 days".into())),
            since: Some(date(2026, 11, 21)),
            line: "Request received; decision due by Sat 2 Jan 2027.".into(),
            officer: None,
            act: Some(link("Give it to somebody", "/case/ALD26114412S/people")),
            ..gap("Noah Adeyemi-Clarke", "5 · ALD 2611 4412 S")
        }],
        offered: vec![Gap {
            days: Some(Days::Words("3 days".into())),
            since: Some(date(2026, 11, 20)),
            line: "Offered to Imogen Fallowfield.".into(),
            officer: Some("Bram Underhay".into()),
            ..gap("Saoirse Okonjo-Lindqvist", "9 · ALD 2609 2710 N")
        }],
    }
}
