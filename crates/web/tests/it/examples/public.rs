//! Pages that anybody may read.

use jiff::civil::date;
use sendero_web::view::form::Filled;
use sendero_web::view::happening::{AskedDay, DatesForm, DatesFound, FoundDate, Happening};
use sendero_web::view::parts::{Pill, Reached, State, SumRow};
use sendero_web::view::public::{
    Accessibility, Areas, Dates, Duty, DutyRow, Example, Force, LawAll, LawIndex, NoticeRow,
    OneUse, Privacy, SignIn, Stage, Start, Tried, WholeDuty, WholeStage, Wrong, WrongPage,
};
use sendero_web::view::span::{Runs, Span};
use sendero_web::view::{Frame, Kind, Tab};

use super::{Page, anybody, area, draw, hidden, link};

pub(crate) fn pages() -> Vec<Page> {
    let wrong = |wrong| WrongPage { frame: anybody(Tab::None), wrong, go_on: None };
    vec![
        draw("start", &start()),
        draw("law", &law()),
        draw("law-duty", &duty()),
        draw(
            "law-duty-no-number",
            &Duty {
                example: None,
                exceptions: vec![],
                no_number: true,
                span: Some(span(Runs::Always)),
                ..duty()
            },
        ),
        draw(
            "law-duty-back",
            &drawn(Runs::Back { last: date(2026, 2, 14), from: date(2026, 9, 1) }),
        ),
        draw("law-duty-open", &drawn(Runs::Open)),
        draw("law-duty-lasts", &drawn(Runs::Lasts)),
        draw("law-by-owner", &LawIndex { by_owner: true, ..law() }),
        draw("law-duty-local", &standard()),
        draw("law-all", &law_all()),
        draw("law-terms", &super::terms::public(true)),
        draw("law-terms-none", &super::terms::public(false)),
        draw("sign-in", &sign_in(false)),
        draw("sign-in-sent", &sign_in(true)),
        draw("one-use", &one_use(Some("amina@example.org".into()))),
        draw("one-use-used", &one_use(None)),
        draw("wrong-not-found", &wrong(Wrong::NotFound)),
        draw(
            "wrong-refused",
            &wrong(Wrong::Refused(
                "Only the young person can change this, now that he is over 16.".into(),
            )),
        ),
        draw(
            "wrong-too-much",
            &wrong(Wrong::TooMuch(
                "The longest text we can keep in one box is 20,000 letters.".into(),
            )),
        ),
        draw("wrong-busy", &wrong(Wrong::Busy)),
        draw("wrong-broken", &wrong(Wrong::Broken { reference: "7f3a-90c2".into() })),
        draw("wrong-conflict", &wrong(Wrong::Conflict(super::family::conflict()))),
        draw("happening", &happening()),
        draw("dates-form", &dates_form()),
        draw("dates-found", &dates_found()),
        draw("accessibility", &Accessibility { frame: anybody(Tab::None) }),
        draw("privacy", &Privacy { frame: anybody(Tab::None) }),
        draw("dates", &Dates { frame: anybody(Tab::None) }),
    ]
}

fn areas(page: &str) -> Areas {
    let other = |name: &str, code: &str| link(name, &format!("{page}?area={code}"));
    Areas {
        name: "Aldermere".into(),
        others: vec![other("Otherham", "998"), other("Wethermoor", "997")],
    }
}

fn law() -> LawIndex {
    let duty = |id: &str, title: &str, owner: &str, force| DutyRow {
        id: id.into(),
        href: format!("/law/{id}"),
        title: title.into(),
        force,
        owner: owner.into(),
    };
    let stage =
        |id: &str, title: &str, duties| Stage { id: id.into(), title: title.into(), duties };
    LawIndex {
        happening: vec![super::link("The council will not assess", "/happening/refused")],
        frame: anybody(Tab::Rights),
        areas: areas("/law"),
        links: ["/law?by=who".into(), "/law/all".into(), "/law/terms".into()],
        by_owner: false,
        stages: vec![
            stage(
                "asking",
                "Asking for an assessment",
                vec![
                    duty(
                        "rq-6w",
                        "The council must answer your request within 6 weeks",
                        "The council",
                        Force::Must,
                    ),
                    duty(
                        "rq-ask",
                        "You may ask for an assessment yourself",
                        "You, or the young person",
                        Force::May,
                    ),
                ],
            ),
            stage(
                "assessment",
                "The assessment",
                vec![duty(
                    "adv-6w",
                    "Those who are asked must send their advice within 6 weeks",
                    "Health, social care and others",
                    Force::Must,
                )],
            ),
        ],
    }
}

fn duty() -> Duty {
    let row = |head: &str, text: &str| SumRow { head: head.into(), text: text.into() };
    let tried =
        |act: &str, state, word: &str| Tried { act: act.into(), pill: Pill::of(state, word) };
    Duty {
        frame: anybody(Tab::Rights),
        stage: link("Asking for an assessment", "/law#asking"),
        title: "The council must answer your request within 6 weeks".into(),
        force: Force::Must,
        say: "When you ask for an EHC needs assessment, the council decides whether to do one. It \
              must tell you, with reasons, within 6 weeks of the day your request arrives."
            .into(),
        owner: "The council".into(),
        claimant: "You, or the young person".into(),
        finish: "A decision sent to you, with reasons".into(),
        span: Some(span(Runs::On { from: date(2026, 9, 14), last: date(2026, 10, 26) })),
        example: Some(Example {
            first: date(2026, 9, 14),
            last: date(2026, 10, 26),
            days: 42,
            last_words: "The last day to answer".into(),
            rows: vec![
                row("14 September 2026", "The request arrives. This day is not counted."),
                row("+ 6 weeks", "42 days. Weekends, bank holidays and school holidays all count."),
                row("26 October 2026", "The last day to answer"),
            ],
            tried: vec![
                tried("Sent Sunday 25 October", State::Done, "In time"),
                tried("Sent Monday 26 October", State::Done, "In time"),
                tried("Sent Tuesday 27 October", State::Late, "1 day late"),
            ],
        }),
        exceptions: vec![
            "It asked the head teacher for advice just before or during a school closure of 4 weeks or more.".into(),
            "The same, for a nursery or other early years setting.".into(),
            "Something exceptional happened to you or your child in those 6 weeks.".into(),
            "You or your child were away from the area for 4 weeks or more.".into(),
        ],
        remedies: vec![
            ("Complain to the council".into(), "Say what was due, and when.".into()),
            ("The Ombudsman".into(), "Free. Within 12 months of knowing.".into()),
        ],
        notice: Some(notice_na()),
        readings: vec![(
            "Whether the day on which the request arrives counts".into(),
            "It does not count.".into(),
            "The day of the trigger counts.".into(),
        )],
        cite: "SEND Regulations 2014 (SI 2014/1530), regulation 5(1); exceptions in regulation 5(4). Children and Families Act 2014, section 36".into(),
        since: Some(date(2014, 9, 1)),
        checked: "Read in the law itself (the provision cited)".into(),
        now: "If the day has passed, write and ask for the decision.".into(),
        note: "Half term and Christmas are no exception.".into(),
        own: "Aldermere".into(),
        beside: vec![link("Decide within four weeks", "/law/aldermere-decide-4w")],
        school_days: None,
        no_number: false,
    }
}

fn standard() -> Duty {
    Duty {
        force: Force::Local,
        title: "Decide within four weeks".into(),
        beside: vec![link("The council must answer within 6 weeks", "/law/rq-6w")],
        school_days: Some("/law/terms".into()),
        exceptions: vec![],
        readings: vec![],
        notice: None,
        ..duty()
    }
}

fn notice_na() -> NoticeRow {
    let part = |code: &str, words: &str, cite: &str| (code.into(), words.into(), cite.into());
    NoticeRow {
        code: "NA".into(),
        title: "Notice of a decision that can be appealed".into(),
        cite: "Children and Families Act 2014 s.36; SEND Regulations 2014 reg 5(3)".into(),
        parts: vec![
            part("N1", "The decision, and the reasons for it.", ""),
            part(
                "N2",
                "The right to appeal to the First-tier Tribunal.",
                "Children and Families Act 2014 s.51",
            ),
        ],
    }
}

fn span(runs: Runs) -> Span {
    Span {
        runs,
        starts: "A request for an EHC needs assessment was received".into(),
        period: "6 weeks".into(),
        ends: "A decision sent to you, with reasons".into(),
    }
}

fn drawn(runs: Runs) -> Duty {
    Duty { example: None, span: Some(span(runs)), ..duty() }
}

fn law_all() -> LawAll {
    let whole = |row: DutyRow| WholeDuty {
        row,
        claimant: "you".into(),
        period: "6 weeks".into(),
        no_number: false,
        say: "The council must answer within 6 weeks of your request.".into(),
        cite: "SEND Regulations 2014 reg 5(1)".into(),
        checked: "Read in the law itself (the provision cited)".into(),
        remedies: "Complain to the council, Judicial review".into(),
    };
    LawAll {
        frame: anybody(Tab::Rights),
        areas: areas("/law/all"),
        data: ("/law/rulebook.json".into(), Some("/law/rulebook.json?area=999".into())),
        duties: 2,
        hash: "3f7a9c0d".repeat(8),
        stages: law()
            .stages
            .into_iter()
            .map(|stage| WholeStage {
                id: format!("stage-{}", stage.id),
                title: stage.title,
                duties: stage.duties.into_iter().map(whole).collect(),
            })
            .collect(),
        notices: vec![notice_na()],
    }
}

fn sign_in(sent: bool) -> SignIn {
    let filled = Filled::default().with("email", "amina@example.org");
    SignIn { frame: anybody(Tab::None), hidden: hidden(), filled, sent }
}

fn one_use(who: Option<String>) -> OneUse {
    OneUse {
        frame: Frame { area: area(), kind: Kind::Public, tab: Tab::None },
        hidden: hidden(),
        action: "/link/3b7f".into(),
        who,
    }
}

fn start() -> Start {
    Start { frame: anybody(Tab::None), guides: super::guide::rows() }
}

fn happening() -> Happening {
    Happening {
        frame: anybody(Tab::Rights),
        title: "The council will not assess".into(),
        lead: "You can appeal. The test is low.".into(),
        now: vec!["Read the letter.".into(), "Talk to the free advice service.".into()],
        duties: vec![DutyRow {
            id: "ap-start".into(),
            href: "/law/ap-start".into(),
            title: "Appeal to the SEND Tribunal".into(),
            force: Force::May,
            owner: "You".into(),
        }],
        ways: super::papers::rows(),
        dates: Some("/happening/refused/dates".into()),
        areas: Areas::default(),
    }
}

fn dates_form() -> DatesForm {
    let filled = Filled::default()
        .with("day1-day", "31")
        .with("day1-month", "2")
        .wrong("day1-day", "February has 28 days in 2026. Enter a day that is there");
    let day = filled.date("day1", "When was the draft sent to you?", "The date on the letter.");
    let answers = [("", "Choose"), ("post", "By post")];
    let choice = filled.list("which1", "How did it come?", "", &answers);
    DatesForm {
        frame: anybody(Tab::Rights),
        situation: link("A draft plan has come", "/happening/draft"),
        action: "/happening/draft/dates".into(),
        asks: vec![AskedDay { day, choice: Some(choice) }],
        area: Some(filled.list(
            "area",
            "Where does the child live?",
            "Some councils have promised to be sooner than the law.",
            &[("999", "Aldermere"), ("998", "Otherham")],
        )),
        filled,
    }
}

fn dates_found() -> DatesFound {
    let found = |period: &str, by, title: &str, duty: Option<&str>, reached| FoundDate {
        period: period.into(),
        form: if duty.is_some() { "deadline".into() } else { String::new() },
        by,
        title: title.into(),
        say: "Your council must tell you by then.".into(),
        passed: reached == Reached::Done && duty.is_some(),
        own: (title == "Decide within four weeks").then(|| "Aldermere".into()),
        why: vec![SumRow { head: "26 October 2026".into(), text: "6 weeks (42 days).".into() }],
        cite: "SEND Regulations 2014 reg 5(1)".into(),
        duty: duty.map(Into::into),
        lawyer: duty.and_then(|_| super::family::lawyer(false)),
        officer: None,
        reached,
    };
    DatesFound {
        frame: anybody(Tab::Rights),
        situation: link("I asked for an assessment", "/happening/asked"),
        answers: vec![("An assessment was asked for".into(), "Monday 14 September 2026".into())],
        change: "/happening/asked/dates?change=1".into(),
        dates: vec![
            found("", Some(date(2026, 9, 14)), "An assessment was asked for", None, Reached::Done),
            found(
                "4 weeks",
                Some(date(2026, 10, 12)),
                "Decide within four weeks",
                Some("/law/aldermere-decide-4w"),
                Reached::Ahead,
            ),
            found(
                "6 weeks",
                Some(date(2026, 10, 26)),
                "Decide whether to assess",
                Some("/law/rq-6w"),
                Reached::Ahead,
            ),
            found("", None, "Consult the family", Some("/law/rq-consult"), Reached::Ahead),
        ],
        ways: super::papers::rows(),
        calendar: "/happening/asked/calendar.ics".into(),
        lifted: vec!["The school was closed for four weeks or more.".into()],
    }
}
