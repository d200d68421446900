//! A case as its officer sees it, under way and just come.

use jiff::civil::{Date, date};
use sendero_web::view::Tab;
use sendero_web::view::form::{Choice, Choices, Filled};
use sendero_web::view::officer::{
    Asker, By, CasePage, Child, DutyRow, Entry, Keep, MetRow, NextAct, NotInEducation, PersonRow,
    Tools, Whose,
};
use sendero_web::view::parts::{Days, Kind as Mark, Path, Reached, State, SumRow, Version, Why};

use super::staff::{LEILA, TODAY, by, doc, leila, officer, other, said_by_leila, waymark};
use super::{Page, draw, hidden, link};

pub(crate) fn pages() -> Vec<Page> {
    vec![draw("staff-case", &case()), draw("staff-case-new", &new_case())]
}

fn row(head: &str, text: &str) -> SumRow {
    SumRow { head: head.into(), text: text.into() }
}

fn why(open: bool, rows: Vec<SumRow>, cite: &str, about: &str) -> Why {
    Why {
        open,
        drawn: None,
        rows,
        careful: None,
        cite: cite.into(),
        duty: Some("/law/plan-20w".into()),
        about: about.into(),
    }
}

fn duty(
    title: &str,
    cite: &str,
    act: Option<&str>,
    by: By,
    standing: Days,
    turn: Whose,
) -> DutyRow {
    DutyRow {
        title: title.into(),
        cite: cite.into(),
        act: act.map(|path| link(title, &format!("{LEILA}/{path}"))),
        by,
        standing,
        excuse: None,
        turn,
        why: None,
        explained: format!("{LEILA}/why/plan-20w"),
    }
}

fn duties() -> Vec<DutyRow> {
    let draft = why(
        true,
        vec![
            row(
                "14 December 2026",
                "The final plan must be sent by this day: 20 weeks from 27 July, the day of the request.",
            ),
            row(
                "− 15 days",
                "The family has 15 days to answer, counting the day the draft is served (reg 13(1)(a)).",
            ),
            row(
                "29 November 2026",
                "The last day to serve the draft. It is a Sunday; the working day before it is Friday 27 November.",
            ),
        ],
        "SEND Regulations 2014, regulation 13(1)",
        "of the draft plan",
    );
    let last = why(
        false,
        vec![
            row("27 July 2026", "The request was received. This day is not counted."),
            row("+ 20 weeks", "140 days. School holidays count."),
            row("14 December 2026", "The last day to send the final plan."),
        ],
        "SEND Regulations 2014, regulation 13(2)",
        "of the final plan",
    );
    vec![
        DutyRow { why: Some(draft), ..duty("Send the draft plan with the advice", "reg 13(1)", Some("plan/draft"), by(11, 29, 27), Days::Left(6), Whose::You) },
        DutyRow { why: Some(last), ..duty("Send the final plan", "reg 13(2)", Some("plan/final"), by(12, 14, 14), Days::Left(21), Whose::You) },
        duty("Consult Thornbeck Primary and Alder Grange", "s.39(2)", None, by(11, 27, 27), Days::Words("With the draft".into()), Whose::You),
        DutyRow { excuse: Some("Exception claimed 10 Oct: missed appointment. Its dates hold; the duty itself stays.".into()), ..duty("Give psychology advice", "reg 8(1)", None, by(11, 20, 20), Days::Late(3), other("EP service")) },
        duty("Tell the family why psychology was late", "our own standard", Some("messages"), by(11, 20, 20), Days::Late(3), Whose::You),
    ]
}

fn entry(n: u8, on: Date, what: &str, more: &str, mark: Mark) -> Entry {
    Entry {
        id: format!("entry-{n}"),
        on,
        what: what.into(),
        more: more.into(),
        said: None,
        mark,
        known_on: None,
        before: vec![],
        taken_back: None,
        link: None,
        change: (mark == Mark::Fact).then(|| format!("{LEILA}/entry/{n}")),
    }
}

fn happened() -> Vec<Entry> {
    vec![
        Entry {
            said: Some("Is there any news? Nobody has told us what the psychologist said.".into()),
            ..entry(
                9,
                date(2026, 11, 20),
                "Noor Ashgrove rang",
                "Taken by Bram Underhay.",
                Mark::Fact,
            )
        },
        entry(
            8,
            date(2026, 11, 18),
            "Psychology advice came, 40 days late",
            "Cause given: no psychologist in post for the area. Asked 28 August, due 9 October. Not an exception in law.",
            Mark::Late,
        ),
        Entry {
            taken_back: Some(
                "keyed on the wrong child’s record, I. Fallowfield, 13 November.".into(),
            ),
            ..entry(
                7,
                date(2026, 11, 12),
                "School answered the consultation",
                "By e-mail.",
                Mark::Fact,
            )
        },
        Entry {
            known_on: Some(date(2026, 10, 8)),
            ..entry(
                6,
                date(2026, 10, 3),
                "Leila gave her views at school",
                "Talking mats, 25 minutes. Kept as she said them.",
                Mark::Fact,
            )
        },
        entry(
            5,
            date(2026, 9, 9),
            "Earlier speech advice of 11 June accepted as enough",
            "The speech service, both parents and the authority agree (reg 6(4)). Decided by I. Fallowfield.",
            Mark::Decision,
        ),
        Entry {
            link: Some(link("Notice as sent", &format!("{LEILA}/letter/2"))),
            ..entry(
                4,
                date(2026, 8, 28),
                "Decided to assess",
                "Reasons: two terms of help with little change; school and family agree that it may need a plan.",
                Mark::Decision,
            )
        },
        Entry {
            before: vec![Version {
                said: "Born 3 February 2019".into(),
                corrected:
                    "Corrected on 10 August by I. Fallowfield: the birth certificate says 2 March."
                        .into(),
            }],
            ..entry(3, date(2026, 7, 27), "Born 2 March 2019", "Told with the request.", Mark::Fact)
        },
        entry(
            1,
            date(2026, 7, 27),
            "Noor Ashgrove asked for an assessment",
            "On her phone, with three photos of letters.",
            Mark::Fact,
        ),
    ]
}

fn person(who: &str, role: &str, line: &str) -> PersonRow {
    PersonRow { who: who.into(), role: role.into(), line: (!line.is_empty()).then(|| line.into()) }
}

fn case() -> CasePage {
    CasePage {
        frame: officer(Tab::MyChildren),
        child: leila(),
        today: TODAY,
        age: Some(7),
        born: Some(date(2019, 3, 2)),
        setting: Some("Year 3, Thornbeck Primary".into()),
        parents: Some("Parents: Noor Ashgrove, Ren Sato (both have parental responsibility)".into()),
        officer: Some("Imogen Fallowfield".into()),
        keep: vec![
            Keep { text: "Address sealed from one person".into(), sealed: true },
            Keep { text: "Interpreter: Urdu, for mother".into(), sealed: false },
            Keep { text: "Plan notices go to both parents, separately".into(), sealed: false },
        ],
        saved: None,
        tools: Tools { record: true, claim: true, messages: Some(1), plan: true, notices: true },
        words: Some(said_by_leila()),
        path: Path {
            points: vec![
                waymark("Asked", "Mon 27 Jul, by mother", Reached::Done),
                waymark("Decided to assess", "Fri 28 Aug, 10 days early", Reached::Done),
                waymark("Advice in, 7 of 7", "Wed 18 Nov, psychology 40 days late", Reached::DoneLate),
                waymark("Draft plan", "by Sun 29 Nov, 6 days", Reached::Now),
                waymark("Family’s 15 days", "end Sun 13 Dec at latest", Reached::Ahead),
                waymark("Final plan", "by Mon 14 Dec, 21 days", Reached::Ahead),
            ],
        },
        not_in_education: None,
        asker: None,
        next: Some(NextAct {
            heading: "Send the draft by Friday 27\u{a0}November".into(),
            why: "Sunday 29 is the last day that leaves the family 15 days before the plan is due. Section I must stay blank.".into(),
            act: link("Open the draft", &format!("{LEILA}/plan")),
            beside: Some(link("See what the family gets", &format!("{LEILA}/plan/draft"))),
        }),
        duties: duties(),
        met: vec![
            MetRow { title: "Say whether it will assess".into(), cite: "reg 5(1)".into(), on: date(2026, 8, 28), by: false, due: Some(date(2026, 9, 7)), late: None },
            MetRow { title: "Give psychology advice".into(), cite: "reg 8(1)".into(), on: date(2026, 11, 18), by: false, due: Some(date(2026, 10, 9)), late: Some(40) },
            MetRow { title: "Complete the review".into(), cite: "s.44(1)".into(), on: date(2026, 6, 12), by: true, due: Some(date(2026, 5, 1)), late: Some(11) },
        ],
        happened: happened(),
        entries: 47,
        earlier: Some(format!("{LEILA}?entries=all")),
        people: vec![
            person("Noor Ashgrove", "mother", "Urdu interpreter. Text before ringing."),
            person("Ren Sato", "father", "Own copy by post. Cannot see the sealed address."),
            person("Odette Marchbanks", "SENCO", "Thornbeck Primary."),
            person("Dr Fenwick Achterberg", "educational psychologist", ""),
        ],
        people_total: 9,
        documents: vec![
            doc("Psychology advice", Some((State::Late, "40 days late")), "18 Nov · 5 needs, 9 provisions"),
            doc("Speech and language", Some((State::Done, "reused")), "11 Jun · reg 6(4) agreed"),
            doc("School", Some((State::Done, "in time")), "4 Sep"),
            doc("Paediatrics", Some((State::Done, "in time")), "5 Oct"),
            doc("Social care", Some((State::NotStarted, "not asked")), ""),
        ],
        if_late: vec![
            "After 14 December the family can complain, go to the Ombudsman or ask for judicial review.".into(),
            "They see the same dates as you. No right of appeal yet: nothing that can be appealed has been decided.".into(),
        ],
    }
}

fn new_case() -> CasePage {
    let noah = Child {
        base: "/case/ALD26114412S".into(),
        name: "Noah Adeyemi-Clarke".into(),
        line: String::new(),
        reference: "ALD 2611 4412 S".into(),
    };
    CasePage {
        child: noah,
        age: None,
        born: None,
        setting: None,
        parents: None,
        officer: None,
        keep: vec![],
        saved: Some("Your note of the call is kept with the case.".into()),
        tools: Tools { record: true, claim: false, messages: Some(0), plan: false, notices: false },
        words: None,
        path: Path {
            points: vec![
                waymark("Asked", "Sat 21 Nov, by mother", Reached::Done),
                waymark("Decision", "by Sat 2 Jan 2027, 40 days", Reached::Now),
                waymark("Advice", "", Reached::Ahead),
                waymark("Draft plan", "", Reached::Ahead),
                waymark("Family’s 15 days", "", Reached::Ahead),
                waymark("Final plan", "by 10 Apr 2027", Reached::Ahead),
            ],
        },
        not_in_education: Some(NotInEducation {
            days: 21,
            since: date(2026, 11, 2),
            why: "His mother: “Nursery said not to bring him back until he has support.”".into(),
            act: Some(link(
                "Record what was arranged",
                "/case/ALD26114412S/record/education-arranged",
            )),
        }),
        asker: Some(Asker {
            hidden: hidden(),
            said: vec![
                ("Name".into(), "Folake Adeyemi".into()),
                ("Is to Noah".into(), "mother".into()),
                ("E-mail".into(), "f.adeyemi@mail.example".into()),
            ],
            who: Choices::one(
                "who",
                "Who are they?",
                vec![
                    Choice::of("p-418", "Folake Adeyemi, mother of Tolu Adeyemi-Clarke")
                        .hinted("Already known here, with the same e-mail."),
                    Choice::of("new", "Somebody new: make a person of them"),
                ],
            ),
            filled: Filled::about("Noah"),
        }),
        next: None,
        duties: vec![
            duty(
                "Say whether it will assess",
                "reg 5(1)",
                Some("decide"),
                by(1, 2, 1),
                Days::Left(40),
                Whose::You,
            ),
            duty(
                "Arrange suitable education",
                "EA 1996 s.19",
                None,
                By::AtOnce,
                Days::Open(21),
                Whose::You,
            ),
        ],
        met: vec![],
        happened: vec![entry(
            1,
            date(2026, 11, 21),
            "Folake Adeyemi asked for an assessment",
            "On her phone.",
            Mark::Fact,
        )],
        entries: 1,
        earlier: None,
        people: vec![person("Folake Adeyemi", "says she is his mother", "Not checked yet.")],
        people_total: 1,
        documents: vec![],
        if_late: vec![],
        ..case()
    }
}
