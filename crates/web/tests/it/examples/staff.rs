//! A morning with Imogen Fallowfield, case officer; Dr Achterberg, who is asked for advice; and
//! Bram Underhay, who leads the team.

use jiff::civil::{Date, date};
use sendero_web::view::adviser::{
    AdviceCheck, AdviceForm, AdviceSent, Asked, Inbox, NeedRead, NeedRow, Place, ReadAs, Waiting,
};
use sendero_web::view::family::{Person, Section};
use sendero_web::view::form::Filled;
use sendero_web::view::manager::{
    Ahead, AllChildren, Bars, Forecast, Handover, Handovers, Without,
};
use sendero_web::view::officer::{
    About, Act, ActPage, AskAdvice, Block, Body, Case, ChildRow, Children, Decide, Draft, Finding,
    Group, GroupKind, Line, NextAct, Notice, NoticePart, Obligation, Paper, Passage, People,
    Recipient, SectionEdit, Send, Sending, Today, View, Whose,
};
use sendero_web::view::parts::{
    Days, Pages, Path, Picture, Pill, Reached, Said, Saved, State, SumRow, Why, Words,
};
use sendero_web::view::{Frame, Kind, Tab};

use super::family::{conflict, timeline, waymark};
use super::{Page, area, draw, hidden, link};

const TODAY: Date = date(2026, 11, 23);
const BASE: &str = "/case/ALD-2264-0117";

pub(crate) fn pages() -> Vec<Page> {
    let nothing = Today { groups: vec![], filtered: true, ..today() };
    let act = |name, act| draw(name, &act_page(act));
    vec![
        draw("staff-today", &today()),
        draw("staff-today-empty", &nothing),
        draw("staff-children", &children(None)),
        draw("staff-children-none", &Children { list: vec![], ..children(Some("zed".into())) }),
        draw("staff-case", &case()),
        draw("staff-decide", &decide(false)),
        draw("staff-decide-open", &decide(true)),
        draw("staff-ask", &ask()),
        draw("staff-draft", &draft()),
        draw("staff-send", &send(true)),
        draw("staff-send-missing", &send(false)),
        act(
            "staff-exception",
            Act::Exception { duties: pair("rq-6w", "Decide whether to assess") },
        ),
        act(
            "staff-record",
            Act::Record { kinds: pair("representations-made", "Comments on the draft plan") },
        ),
        act("staff-call", Act::Call),
        act("staff-give", Act::Give { officers: pair("bram", "Bram Underhay, 212 children") }),
        draw("staff-people", &people()),
        draw("advice-inbox", &inbox()),
        draw("advice-form", &advice_form()),
        draw("advice-check", &advice_check()),
        draw(
            "advice-sent",
            &AdviceSent { frame: guest(), asked: asked(), on: TODAY, kept: vec![] },
        ),
        draw("manager-forecast", &forecast()),
        draw("manager-children", &all_children(None)),
        draw("manager-without", &all_children(Some(Without::Setting))),
        draw("manager-handovers", &handovers()),
    ]
}

fn pair(value: &str, name: &str) -> Vec<(String, String)> {
    vec![(value.into(), name.into())]
}

fn staff(tab: Tab, manager: bool) -> Frame {
    let (name, role) = if manager {
        ("Bram Underhay", "team manager")
    } else {
        ("Imogen Fallowfield", "case officer")
    };
    Frame {
        area: area(),
        kind: Kind::Staff {
            name: name.into(),
            role: role.into(),
            today: Some(41),
            children: Some(250),
            manager,
            as_at: TODAY,
            at: "8.12am".into(),
        },
        tab,
    }
}

fn guest() -> Frame {
    Frame {
        area: area(),
        kind: Kind::Guest {
            name: "Dr Fenwick Achterberg".into(),
            role: "educational psychologist".into(),
            as_at: TODAY,
            at: "8.12am".into(),
        },
        tab: Tab::None,
    }
}

fn pages_of(what: &str, to: u32, of: u32) -> Pages {
    Pages { what: what.into(), from: 1, to, of, before: None, after: Some("?after=x".into()) }
}

fn line(id: &str, child: &str, act: &str, by: Option<Date>, days: Days, whose: Whose) -> Line {
    Line {
        id: id.into(),
        child: child.into(),
        about: "8, Y4 · ALD 2264 0117".into(),
        case: BASE.into(),
        act: link(act, "/case/ALD-2264-0117/send"),
        cite: "reg 13(2)".into(),
        by,
        safe: None,
        days,
        whose,
        why: "Comments answered 13 Nov, school answered 12 Nov. Nothing left to wait for.".into(),
    }
}

fn today() -> Today {
    let group = |kind, lines: Vec<Line>| Group { kind, total: 12, lines };
    let ep = || Whose::Other("Psychology service".into());
    Today {
        frame: staff(Tab::Today, false),
        today: TODAY,
        children: 250,
        due: 41,
        quiet: Some((209, date(2026, 12, 8))),
        views: vec![
            View { link: link("All due", "/today"), count: 41, current: true },
            View { link: link("My turn", "/today?view=mine"), count: 22, current: false },
            View {
                link: link("Waiting for others", "/today?view=others"),
                count: 19,
                current: false,
            },
        ],
        filters: Filled::default(),
        settings: pair("hollin-moor", "Hollin Moor Primary"),
        filtered: false,
        groups: vec![
            group(
                GroupKind::Late,
                vec![
                    line(
                        "1",
                        "Kofi Larkmead",
                        "Send amended plan the Tribunal ordered",
                        Some(TODAY),
                        Days::Left(0),
                        Whose::You,
                    ),
                    line(
                        "2",
                        "Wren Abara-Fell",
                        "Send final plan",
                        Some(date(2026, 11, 16)),
                        Days::Late(7),
                        Whose::You,
                    ),
                    line(
                        "3",
                        "Tobias Wickering",
                        "Secure speech therapy, line F3",
                        None,
                        Days::Open(21),
                        Whose::You,
                    ),
                ],
            ),
            group(
                GroupKind::ThisWeek,
                vec![
                    line(
                        "4",
                        "Mei Harrowgate",
                        "Decide whether to assess",
                        Some(date(2026, 11, 25)),
                        Days::Left(2),
                        Whose::You,
                    ),
                    Line {
                        safe: Some(date(2026, 11, 27)),
                        ..line(
                            "5",
                            "Leila Ashgrove-Sato",
                            "Send draft plan",
                            Some(date(2026, 11, 29)),
                            Days::Left(6),
                            Whose::You,
                        )
                    },
                ],
            ),
            group(
                GroupKind::Waiting,
                vec![
                    line(
                        "6",
                        "Oisin Fernleigh",
                        "Chase psychology advice",
                        Some(date(2026, 11, 16)),
                        Days::Late(7),
                        ep(),
                    ),
                    line(
                        "7",
                        "Priya Larksong",
                        "Chase health advice",
                        Some(TODAY),
                        Days::Left(0),
                        Whose::Other("Community paediatrics".into()),
                    ),
                ],
            ),
            group(
                GroupKind::NextWeek,
                vec![line(
                    "8",
                    "Mateus Stonecrop",
                    "Send review decision",
                    Some(date(2026, 12, 2)),
                    Days::Left(9),
                    Whose::You,
                )],
            ),
        ],
        pages: pages_of("lines", 8, 41),
    }
}

fn child(name: &str, officer: Option<&str>, setting: Option<&str>, days: Days) -> ChildRow {
    ChildRow {
        child: link(name, BASE),
        about: "8, Y4 · ALD 2264 0117".into(),
        setting: setting.map(Into::into),
        stage: "Gathering advice".into(),
        next: "Advice from psychology".into(),
        by: Some(date(2026, 11, 16)),
        days,
        officer: officer.map(Into::into),
    }
}

fn children(find: Option<String>) -> Children {
    Children {
        frame: staff(Tab::MyChildren, false),
        find,
        list: vec![
            child("Oisin Fernleigh", None, Some("Hollin Moor Primary"), Days::Late(7)),
            child("Zainab Thistlewood", None, None, Days::Left(12)),
        ],
        pages: pages_of("children", 2, 250),
    }
}

fn leila() -> Words {
    Words {
        words: "I like lists and the quiet table. When it is loud my ears go full and I can’t find my words.".into(),
        told: "Leila, told to Mrs Dunmore (teaching assistant) with talking mats, 3 Oct 2026.".into(),
        change: None,
        picture: None,
    }
}

fn case() -> Case {
    let obligation = |title: &str, cite: &str, by, days, why| Obligation {
        title: title.into(),
        cite: cite.into(),
        by: Some(by),
        days,
        whose: Whose::You,
        why,
    };
    let row = |head: &str, text: &str| SumRow { head: head.into(), text: text.into() };
    let why = Why {
        open: true,
        drawn: None,
        rows: vec![
            row("Mon 14 Dec", "Plan must be sent by"),
            row("− 15 days", "Family has 15 days, counting the day it is served (reg 13(1)(a))"),
            row("Sun 29 Nov", "So it must be served by"),
            row("Fri 27 Nov", "Last working day on or before"),
        ],
        careful: None,
        cite: "SEND Regulations 2014, regulation 13(1)".into(),
        duty: Some("/law/draft-15d".into()),
        about: "of the draft plan".into(),
    };
    let paper = |text: &str, state, word: &str, line: &str| Paper {
        link: link(text, "/case/ALD-2264-0117/advice/1"),
        pill: Pill::of(state, word),
        line: line.into(),
    };
    Case {
        frame: staff(Tab::MyChildren, false),
        base: BASE.into(),
        name: "Leila Ashgrove-Sato".into(),
        age: "7, born 2 March 2019".into(),
        about: vec!["Year 3, Thornbeck Primary".into(), "ALD 2264 0117".into()],
        parents: "Parents: Noor Ashgrove, Ren Sato (both have parental responsibility)".into(),
        seals: vec!["Address sealed from one person".into()],
        mind: vec!["Interpreter: Urdu, for mother".into(), "Text before ringing, after 3pm".into()],
        words: Some(leila()),
        path: Path {
            points: vec![
                waymark("Asked", "Mon 27 Jul, by mother", Reached::Done),
                waymark("Decided to assess", "Fri 28 Aug, 10 days early", Reached::Done),
                waymark("Advice in, 7 of 7", "Wed 18 Nov, psychology 40 days late", Reached::DoneLate),
                waymark("Draft plan", "Your turn, by Sun 29 Nov, 6 days", Reached::Now),
                waymark("Family’s 15 days", "end Sun 13 Dec at latest", Reached::Ahead),
                waymark("Final plan", "by Mon 14 Dec, 21 days", Reached::Ahead),
            ],
        },
        next: Some(NextAct {
            title: "Send the draft by Friday 27 November".into(),
            why: "Sunday 29 is the last day that leaves the family 15 days before the plan is due.".into(),
            link: link("Open the draft", "/case/ALD-2264-0117/draft"),
        }),
        tools: vec![
            link("Note a call", "/case/ALD-2264-0117/call"),
            link("Record something", "/case/ALD-2264-0117/record"),
            link("Give to another officer", "/case/ALD-2264-0117/give"),
        ],
        obligations: vec![
            obligation("Send the draft plan with the advice", "reg 13(1)", date(2026, 11, 29), Days::Left(6), Some(why)),
            obligation("Send the final plan", "reg 13(2)", date(2026, 12, 14), Days::Left(21), None),
            obligation("Tell the family why psychology was late", "our own standard", date(2026, 11, 20), Days::Late(3), None),
        ],
        met: (7, 1),
        happened: timeline(),
        people: vec![
            ("Noor Ashgrove, mother".into(), "Urdu interpreter. Text. Comments on the draft by voice.".into()),
            ("Ren Sato, father".into(), "Own copy by post. Cannot see the sealed address.".into()),
        ],
        papers: vec![
            paper("Psychology advice", State::Late, "40 days late", "18 Nov. 5 needs, 9 provisions"),
            paper("School", State::Done, "in time", "4 Sep"),
        ],
        if_late: "After 14 December the family can complain, go to the Ombudsman or ask for judicial review. They see the same dates as you.".into(),
        saved: Some("The call with Noor Ashgrove is kept.".into()),
    }
}

fn about() -> About {
    About {
        name: "Mei Harrowgate".into(),
        about: "4, Little Oaks Nursery · ALD 2337 0770".into(),
        base: "/case/ALD-2337-0770".into(),
        words: Some(Words {
            words:
                "Mei shows us with her hands. She laughs at water and cries when the door bangs."
                    .into(),
            told: "Su-Lin Harrowgate, mother, in her own words, 14 October 2026.".into(),
            change: None,
            picture: None,
        }),
    }
}

fn notice(whole: bool) -> Notice {
    let part = |name: &str, there| NoticePart {
        name: name.into(),
        there: there || whole,
        mend: (!there && !whole).then(|| link("Mend", "/case/ALD-2337-0770/decide#reasons")),
    };
    let mut letter = vec![
        Block::Words("Monday 23 November 2026\n\nDear Su-Lin Harrowgate".into()),
        Block::Heading("We will not assess Mei’s education, health and care needs".into()),
        Block::Heading("Why".into()),
    ];
    letter.push(if whole {
        Block::Words("Little Oaks has worked with Mei since January, and she now joins in.".into())
    } else {
        Block::Missing {
            what: "Reasons not ready: passage 1 is unanswered.".into(),
            mend: Some(link("Go to reasons", "/case/ALD-2337-0770/decide#reasons")),
        }
    });
    Notice {
        parts: vec![
            part("Decision and reasons", false),
            part("Right to appeal", true),
            part("Time limit: 25 Jan 2027", true),
            part("Mediation adviser’s contact", false),
            part("Disagreement resolution", true),
            part("Free advice service", true),
        ],
        letter,
    }
}

fn decide(open: bool) -> Decide {
    let mut filled = Filled::about("Mei");
    if !open {
        filled = filled.with("has-sen", "yes").with("plan-needed", "no").with("reasons", "Mei has delayed language. The school has not yet completed two cycles of assess, plan, do, review.");
    }
    Decide {
        frame: staff(Tab::MyChildren, false),
        about: about(),
        hidden: hidden(),
        filled,
        asked: ("her mother".into(), date(2026, 10, 14)),
        by: date(2026, 11, 25),
        days: Days::Left(2),
        checked: if open {
            vec![]
        } else {
            vec![
                Passage { words: "Mei has delayed language.".into(), finding: None },
                Passage {
                    words:
                        "The school has not yet completed two cycles of assess, plan, do, review."
                            .into(),
                    finding: Some(1),
                },
            ]
        },
        findings: if open {
            vec![]
        } else {
            vec![Finding {
                title: "This is not in the test".into(),
                why: "No number of cycles is needed before an assessment (s.36(8)). Mei is at a nursery, not a school.".into(),
                instead: "5 pieces of evidence are on the record; the reasons weigh none of them.".into(),
            }]
        },
        evidence: vec![
            (
                link("Family’s account", "/case/ALD-2337-0770/told"),
                "14 Oct, told once".into(),
                true,
            ),
            (
                link("Speech therapist’s letter", "/case/ALD-2337-0770/paper/3"),
                "9 Nov, she uses 14 words".into(),
                false,
            ),
        ],
        notice: notice(false),
        conflict: open.then(conflict),
    }
}

fn ask() -> AskAdvice {
    let body = |value: &str, name: &str, cite: &str, asked| Body {
        value: value.into(),
        name: name.into(),
        cite: cite.into(),
        asked,
    };
    AskAdvice {
        frame: staff(Tab::MyChildren, false),
        about: about(),
        hidden: hidden(),
        filled: Filled::about("Mei")
            .with("to-health", "paediatrics@")
            .with("question", "What are Mei’s needs, and what provision would meet them?")
            .wrong("to-health", "This e-mail address is not whole. It needs a name after the @"),
        bodies: vec![
            body("parent", "Parents", "reg 6(1)(a)", Some(date(2026, 11, 20))),
            body("school", "Little Oaks Nursery", "reg 6(1)(b)", None),
            body("health", "Health", "reg 6(1)(c)", None),
            body("psychologist", "Educational psychologist", "reg 6(1)(d)", None),
            body("social-care", "Social care", "reg 6(1)(e)", None),
        ],
        due: date(2027, 1, 4),
    }
}

fn draft() -> Draft {
    Draft {
        frame: staff(Tab::MyChildren, false),
        about: About { words: Some(leila()), ..about() },
        hidden: hidden(),
        filled: Filled::about("Leila").with("section-f", "30 minutes of speech and language therapy every week."),
        sections: Section::ALL
            .into_iter()
            .map(|section| SectionEdit {
                section,
                advice: if matches!(section, Section::B | Section::F) {
                    vec![Said {
                        words: "Weekly direct therapy of 30 minutes is needed for two terms.".into(),
                        source: "Maribel Stoke, speech and language therapist, 11 June 2026, paragraph 14".into(),
                    }]
                } else {
                    vec![]
                },
            })
            .collect(),
        conflict: None,
        saved: Some("at 8.09am".into()),
        send_by: Some(date(2026, 11, 29)),
    }
}

fn send(whole: bool) -> Send {
    Send {
        frame: staff(Tab::MyChildren, false),
        about: about(),
        hidden: hidden(),
        filled: Filled::default(),
        sending: if whole { Sending::Draft } else { Sending::Decision },
        action: "/case/ALD-2337-0770/send".into(),
        to: vec![Recipient {
            who: "Su-Lin Harrowgate, mother".into(),
            how: "By e-mail, and by post after 2 days if it is not opened".into(),
        }],
        notice: notice(whole),
        change: "/case/ALD-2337-0770/draft".into(),
        follows: vec!["The family has until Sunday 13 December for comments.".into()],
    }
}

fn act_page(act: Act) -> ActPage {
    let (field, problem) = match act {
        Act::Exception { .. } => ("since-day", "Say since which day it held"),
        Act::Record { .. } | Act::Call => ("on-day", "Say on which day"),
        Act::Give { .. } => ("officer", "Choose an officer"),
    };
    ActPage {
        frame: staff(Tab::MyChildren, false),
        about: About { words: None, ..about() },
        hidden: hidden(),
        filled: Filled::about("Mei").wrong(field, problem),
        act,
    }
}

fn people() -> People {
    People {
        frame: staff(Tab::MyChildren, false),
        about: about(),
        people: vec![Person {
            who: "Su-Lin Harrowgate".into(),
            role: "mother".into(),
            sees: "Everything but the sealed part".into(),
            until: None,
        }],
        officer: Some("Imogen Fallowfield".into()),
    }
}

fn inbox() -> Inbox {
    Inbox {
        frame: guest(),
        waiting: vec![Waiting {
            child: link("Oisin Fernleigh", "/advice/7c1"),
            about: "6, Year 2, Hollin Moor Primary".into(),
            asks: "Aldermere".into(),
            asked: date(2026, 10, 5),
            due: date(2026, 11, 16),
            days: Days::Late(7),
            so_far: "1 need written".into(),
        }],
        sent: vec![("Hana Goldmarsh".into(), date(2026, 11, 9))],
    }
}

fn asked() -> Asked {
    Asked {
        name: "Oisin Fernleigh".into(),
        first: "Oisin".into(),
        role: "educational psychologist".into(),
        cite: "regulation 6(1)(d)".into(),
        link_to: Some("f.achterberg@eps.example".into()),
        on: date(2026, 10, 5),
        due: date(2026, 11, 16),
        days: Days::Late(7),
        plan_due: Some(date(2027, 1, 11)),
        base: "/advice/7c1".into(),
        words: Some(Words {
            words: "Numbers are my friends but letters run about.".into(),
            told: "Oisin, 6, with picture cards, 22 October 2026.".into(),
            change: None,
            picture: Some(Picture::Leaf),
        }),
    }
}

fn read(gaps: &[&str]) -> ReadAs {
    let chips = ["trained teaching assistant", "1 : 1", "20 min", "4 a week", "38 weeks"];
    ReadAs {
        place: Place { need: 1, provision: 1 },
        chips: chips.map(Into::into).to_vec(),
        gaps: gaps.iter().map(|gap| (*gap).into()).collect(),
        hours: gaps.is_empty().then(|| "50.7 hours a year".into()),
    }
}

fn advice_form() -> AdviceForm {
    AdviceForm {
        frame: guest(),
        hidden: hidden(),
        asked: asked(),
        question: "What are Oisin’s needs in learning, language and confidence? What provision would get him there: who, with what training, how long, how often, in what group? Please do not fit it to what is available.".into(),
        filled: Filled::about("Oisin")
            .with("need-1", "Reading is at the 2nd centile with strong number sense.")
            .with("minutes-1-1", "20")
            .with("times-1-1", "4")
            .with("every-1-1", "week")
            .with("weeks-1-1", "38")
            .with("ratio-1-1", "1 : 1")
            .with("stands", "no"),
        needs: vec![NeedRow { number: 1, provisions: vec![read(&[])] }],
        earlier: Some(date(2026, 3, 3)),
        told: vec![
            ("6, Year 2".into(), "Hollin Moor Primary since September. Before: Pike Lane Infants".into()),
            ("What has been tried".into(), "Paired reading, two terms; small phonics group, one term.".into()),
        ],
        shared: vec![link("Family’s account", "/advice/7c1/shared/1"), link("School’s advice, 2 Nov", "/advice/7c1/shared/2")],
        until: Some(date(2027, 1, 31)),
        officer: "Imogen Fallowfield, 01632 960 188".into(),
        saved: Some(Saved { at: "today at 8.11am".into(), keep_days: 90 }),
    }
}

fn advice_check() -> AdviceCheck {
    AdviceCheck {
        frame: guest(),
        hidden: hidden(),
        asked: asked(),
        needs: vec![NeedRead {
            need: "Reading is at the 2nd centile with strong number sense.".into(),
            outcome: "By July 2027 Oisin reads 60 decodable words a minute from a text he chose."
                .into(),
            provisions: vec![
                (
                    "Structured phonics programme, one to one, by a trained teaching assistant."
                        .into(),
                    read(&[]),
                ),
                (
                    "Access to a quiet space.".into(),
                    ReadAs { chips: vec![], ..read(&["how often?", "how long?"]) },
                ),
            ],
        }],
        how: "Observed 50 minutes, assessed 70 minutes, spoke with mother and teacher, 18 November"
            .into(),
    }
}

fn forecast() -> Forecast {
    Forecast {
        frame: staff(Tab::Forecast, true),
        today: TODAY,
        bars: Bars {
            causes: [
                "Psychology advice not in",
                "Health advice not in",
                "School not found",
                "Draft not written",
                "Other",
            ]
            .map(Into::into)
            .to_vec(),
            ahead: vec![
                Ahead { weeks: 2, counts: vec![7, 3, 2, 1, 1] },
                Ahead { weeks: 4, counts: vec![14, 5, 6, 3, 1] },
                Ahead { weeks: 6, counts: vec![24, 9, 11, 5, 3] },
            ],
        },
        late_now: 31,
        first: vec![child(
            "Hana Goldmarsh",
            Some("Imogen Fallowfield"),
            Some("Pike Lane Infants"),
            Days::Left(3),
        )],
        without: [(Without::Setting, 14), (Without::Officer, 2), (Without::Education, 9)],
    }
}

fn all_children(without: Option<Without>) -> AllChildren {
    AllChildren {
        frame: staff(Tab::Children, true),
        without,
        list: vec![
            child("Amara Pennyfield", None, None, Days::Left(11)),
            child(
                "Yusuf Tidewell",
                Some("Imogen Fallowfield"),
                None,
                Days::Words("No date".into()),
            ),
        ],
        pages: pages_of("children", 2, 14),
    }
}

fn handovers() -> Handovers {
    Handovers {
        frame: staff(Tab::Children, true),
        list: vec![Handover {
            child: link("Callum Nightjar", BASE),
            from: "Odile Marchetti".into(),
            to: None,
            on: date(2026, 11, 19),
            note: "Letters go to Callum, not to his mother.".into(),
        }],
    }
}
