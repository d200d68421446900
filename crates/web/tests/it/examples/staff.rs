//! Staff pages as at Monday 23 November 2026: an officer's lists, and what the pages of an office share.

use jiff::civil::{Date, date};
use sendero_web::view::form::Filled;
use sendero_web::view::officer::{
    By, Child, ChildRow, Children, DocRow, Filter, Group, GroupKind, Line, NewRequest, Offered,
    Today, View, Whose,
};
use sendero_web::view::parts::{Days, Pages, Pill, Reached, State, Waymark, Words};
use sendero_web::view::{Frame, Kind, Tab};

use super::{Page, area, draw, hidden, link};

pub(crate) fn pages() -> Vec<Page> {
    vec![
        draw("staff-today", &today()),
        draw("staff-today-empty", &nothing_due()),
        draw("staff-today-filter", &filtered()),
        draw("staff-children", &children("")),
        draw("staff-children-none", &nobody()),
    ]
}

pub(crate) const TODAY: Date = date(2026, 11, 23);
pub(crate) const LEILA: &str = "/case/ALD26072640R";

pub(crate) fn officer(tab: Tab) -> Frame {
    let kind = Kind::Staff {
        name: "Imogen Fallowfield".into(),
        role: "case officer".into(),
        today: Some(41),
        children: Some(250),
        manager: false,
        as_at: TODAY,
        at: "8.12am".into(),
    };
    Frame { area: area(), kind, tab }
}

pub(crate) fn by(month: i8, day: i8, safe: i8) -> By {
    let year = if month < 11 { 2027 } else { 2026 };
    By::day(date(year, month, day), date(year, month, safe), TODAY)
}

pub(crate) fn other(who: &str) -> Whose {
    Whose::Other(who.into())
}

struct Row(&'static str, &'static str, &'static str, &'static str, By, Days, Whose, &'static str);

fn line(row: Row) -> Line {
    let Row(child, about, act, cite, by, days, turn, why) = row;
    Line {
        child: link(child, LEILA),
        about: about.into(),
        act: link(act, &format!("{LEILA}/plan")),
        cite: cite.into(),
        by,
        days,
        turn,
        why: why.into(),
    }
}

fn group(kind: GroupKind, count: u32, rows: Vec<Row>) -> Group {
    Group { kind, count, lines: rows.into_iter().map(line).collect() }
}

fn today() -> Today {
    use Days::{Late, Left, Open};
    use Whose::You;
    let late = vec![
        Row(
            "Tobias Wickering",
            "6 · ALD 2602 1560 T",
            "Arrange suitable education",
            "EA 1996 s.19",
            By::AtOnce,
            Open(21),
            You,
            "Not in school since 2 Nov, after a permanent exclusion. Nothing is arranged.",
        ),
        Row(
            "Kofi Larkmead",
            "14 · ALD 2504 2041 M",
            "Send the plan the Tribunal ordered",
            "reg 44(2)(e)",
            by(11, 23, 23),
            Left(0),
            You,
            "Order of 19 Oct gives 5 weeks. Sections B and F are typed.",
        ),
        Row(
            "Wren Abara-Fell",
            "8 · ALD 2606 2298 D",
            "Send final plan",
            "reg 13(2)",
            by(11, 16, 16),
            Late(7),
            You,
            "The family’s comments were answered on 13 Nov. Nothing is left to wait for.",
        ),
    ];
    let week = vec![
        Row(
            "Mei Harrowgate",
            "4 · ALD 2610 3377 H",
            "Decide whether to assess",
            "reg 5(1)",
            by(11, 25, 25),
            Left(2),
            You,
            "Nursery’s letter came Friday; all you asked have answered.",
        ),
        Row(
            "Idris Featherby",
            "12 · ALD 2610 3391 B",
            "Decide whether to assess",
            "reg 5(1)",
            by(11, 27, 27),
            Left(4),
            You,
            "School was asked 19 Oct, no answer: you may decide without it.",
        ),
        Row(
            "Leila Ashgrove-Sato",
            "7 · ALD 2607 2640 R",
            "Send draft plan",
            "reg 13(1)",
            by(11, 29, 27),
            Left(6),
            You,
            "Last day that leaves the family 15 days before 14 Dec. All 7 pieces of advice are in.",
        ),
        Row(
            "Bogdan Heathcote-Oluwaseun-Fitzwilliam",
            "5 · ALD 2608 2905 W",
            "Decide: plan or no plan",
            "reg 10(1)",
            by(11, 30, 30),
            Left(7),
            You,
            "16 weeks from 10 Aug. Health advice is the only piece missing.",
        ),
    ];
    let waiting = vec![
        Row(
            "Oisin Fernleigh",
            "6 · ALD 2608 3102 C",
            "Chase psychology advice",
            "reg 8(1)",
            by(11, 16, 16),
            Late(7),
            other("EP service"),
            "Asked again 17 Nov, no date given. Plan due 11 Jan still holds if it comes by Fri 4 Dec.",
        ),
        Row(
            "Priya Larksong",
            "13 · ALD 2609 3140 X",
            "Chase health advice",
            "reg 8(1)",
            by(11, 23, 23),
            Left(0),
            other("Community paediatrics"),
            "Asked 12 Oct. The missed clinic of 3 Nov is not yet claimed as an exception.",
        ),
        Row(
            "Elsie Copperway",
            "17 · ALD 2604 1420 F",
            "Her comments on the draft",
            "reg 13(1)(a)",
            by(11, 24, 24),
            Left(1),
            other("Elsie"),
            "Read by her on 14 Nov. The final may go from 25 Nov, not before.",
        ),
        Row(
            "Yusuf Tidewell",
            "8 · ALD 2603 2001 K",
            "Ask when the meeting was held",
            "reg 20(7)",
            By::Unclear,
            Days::Words("Not known".into()),
            other("Thornbeck Primary"),
            "We do not know when the meeting was held. The school can say.",
        ),
    ];
    let next = vec![
        Row(
            "Mateus Stonecrop",
            "10 · ALD 2509 1587 P",
            "Send final plan",
            "reg 13(2)",
            by(12, 2, 2),
            Left(9),
            You,
            "Comments came 20 Nov and are answered.",
        ),
        Row(
            "Amara Pennyfield",
            "9 · ALD 2507 1991 L",
            "Send final plan",
            "reg 13(2)",
            by(1, 11, 11),
            Left(49),
            You,
            "Draft went early, on 19 Nov. Shown because comments are in.",
        ),
    ];
    Today {
        frame: officer(Tab::Today),
        day: TODAY,
        children: 250,
        due: 41,
        quiet: 209,
        quiet_until: Some(date(2026, 12, 8)),
        offered: vec![Offered {
            hidden: hidden(),
            child: link("Saoirse Okonjo-Lindqvist", "/case/ALD26092710N"),
            about: "9 · ALD 2609 2710 N".into(),
            by: "Bram Underhay".into(),
            on: date(2026, 11, 20),
            note: "Her mother wants one person for both children; you have her brother.".into(),
            next: Some("decide whether to assess, by Mon 7 Dec".into()),
            action: "/case/ALD26092710N/offer".into(),
        }],
        passed: 1,
        new: vec![NewRequest {
            came: false,
            hidden: hidden(),
            child: link("Noah Adeyemi-Clarke", "/case/ALD26114412S"),
            about: "5 · ALD 2611 4412 S".into(),
            received: date(2026, 11, 21),
            asked_by: "Folake Adeyemi, mother,".into(),
            by: By::day(date(2027, 1, 2), date(2026, 12, 31), TODAY),
            days: Days::Left(40),
            take: Some("/case/ALD26114412S/take".into()),
        }],
        views: vec![
            (View::All, 41, "/today".into()),
            (View::Mine, 22, "/today?view=mine".into()),
            (View::Waiting, 19, "/today?view=waiting".into()),
        ],
        view: View::All,
        filled: Filled::default().with("whose", "mine").with("order", "risk"),
        filter: None,
        groups: vec![
            group(GroupKind::Late, 3, late),
            group(GroupKind::Week, 12, week),
            group(GroupKind::Waiting, 20, waiting),
            group(GroupKind::Next, 6, next),
        ],
        pages: Some(Pages {
            what: "lines".into(),
            from: 1,
            to: 13,
            of: 41,
            before: None,
            after: Some("/today?page=2".into()),
        }),
    }
}

fn nothing_due() -> Today {
    Today {
        due: 0,
        quiet: 250,
        offered: vec![],
        passed: 0,
        new: vec![],
        groups: vec![],
        pages: None,
        ..today()
    }
}

fn filtered() -> Today {
    Today {
        offered: vec![],
        passed: 0,
        new: vec![],
        groups: vec![],
        pages: None,
        filled: Filled::default().with("stage", "final").with("whose", "office"),
        filter: Some(Filter {
            words: "final plans of the whole office".into(),
            clear: "/today".into(),
        }),
        ..today()
    }
}

fn children(find: &str) -> Children {
    let row =
        |name: &str, about: &str, stage: &str, next: Option<(&str, By)>, officer: Option<&str>| {
            ChildRow {
                child: link(name, LEILA),
                about: about.into(),
                stage: stage.into(),
                next: next.map(|(what, by)| (what.into(), by)),
                officer: officer.map(Into::into),
            }
        };
    let me = Some("Imogen Fallowfield");
    Children {
        frame: officer(Tab::MyChildren),
        action: "/children".into(),
        office: false,
        find: find.into(),
        list: vec![
            row(
                "Wren Abara-Fell",
                "8 · ALD 2606 2298 D",
                "Draft plan",
                Some(("Send final plan", by(11, 16, 16))),
                me,
            ),
            row(
                "Leila Ashgrove-Sato",
                "7 · ALD 2607 2640 R",
                "Gathering advice",
                Some(("Send draft plan", by(11, 29, 27))),
                me,
            ),
            row("Thandiwe Brackenhall", "16 · ALD 2409 1642 G", "Final plan", None, me),
            row(
                "Noah Adeyemi-Clarke",
                "5 · ALD 2611 4412 S",
                "Request",
                Some(("Decide whether to assess", by(1, 2, 1))),
                None,
            ),
        ],
        total: 250,
        pages: Some(Pages {
            what: "children".into(),
            from: 1,
            to: 4,
            of: 250,
            before: None,
            after: Some("/children?page=2".into()),
        }),
    }
}

fn nobody() -> Children {
    Children { list: vec![], total: 0, pages: None, ..children("Tomsz Wiśniewski") }
}

pub(crate) fn leila() -> Child {
    Child {
        base: LEILA.into(),
        name: "Leila Ashgrove-Sato".into(),
        line: "7, Year 3, Thornbeck Primary".into(),
        reference: "ALD 2607 2640 R".into(),
    }
}

pub(crate) fn said_by_leila() -> Words {
    Words {
        words: "I like lists and the quiet table. When it is loud my ears go full and I can’t find my words. I want to tell jokes and for people to wait till the end.".into(),
        told: "Leila, told to Mrs Dunmore (teaching assistant) with talking mats, 3 October 2026.".into(),
        change: None,
        picture: None,
    }
}

pub(crate) fn doc(name: &str, pill: Option<(State, &str)>, line: &str) -> DocRow {
    DocRow {
        name: name.into(),
        href: pill
            .is_some_and(|(state, _)| state != State::NotStarted)
            .then(|| format!("{LEILA}/advice/a-17")),
        pill: pill.map(|(state, words)| Pill::of(state, words)),
        line: line.into(),
    }
}

pub(crate) fn waymark(name: &str, is: &str, reached: Reached) -> Waymark {
    Waymark { name: name.into(), is: is.into(), reached }
}
