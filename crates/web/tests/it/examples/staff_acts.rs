//! The acts of an officer on Mei's and Leila's cases: ask, record, claim, give on.

use jiff::civil::date;
use sendero_web::view::Tab;
use sendero_web::view::family::{Look, Message};
use sendero_web::view::form::{Choice, Choices, Filled, Hidden, Pick, Text};
use sendero_web::view::officer::{
    AskAdvice, Before, BodyRow, By, Child, Claim, Correct, Field, Ground, Kinds, Letter, Messages,
    NoteCall, People, Preview, Record, Sends, SheetPart, TakeBack, TiedPerson, Withheld,
};
use sendero_web::view::parts::{Days, State, Version, Words};

use super::staff::{TODAY, doc, leila, officer, said_by_leila};
use super::staff_decide::{heading, refusal_letter, text};
use super::{Page, draw, hidden, link};

pub(crate) fn pages() -> Vec<Page> {
    vec![
        draw("staff-before", &before()),
        draw("staff-preview", &preview()),
        draw("staff-preview-advice", &advice_preview()),
        draw("staff-ask-advice", &ask_advice()),
        draw("staff-claim", &claim()),
        draw("staff-kinds", &kinds()),
        draw("staff-record", &record()),
        draw("staff-call", &call()),
        draw("staff-correct", &correct()),
        draw("staff-take-back", &take_back()),
        draw("staff-people", &people(false)),
        draw("staff-people-manager", &people(true)),
        draw("staff-messages", &messages()),
    ]
}

const MEI: &str = "/case/ALD26101433H";

pub(crate) fn seen() -> Hidden {
    Hidden { seen: Some("47".into()), ..hidden() }
}

pub(crate) fn mei() -> Child {
    Child {
        base: MEI.into(),
        name: "Mei Harrowgate".into(),
        line: "4, Little Oaks Nursery".into(),
        reference: "ALD 2610 1433 H".into(),
    }
}

pub(crate) fn said_by_mei() -> Words {
    Words {
        words: "Mei shows us with her hands. She laughs at water and cries when the door bangs. She is trying so hard.".into(),
        told: "Su-Lin Harrowgate, mother, in her own words, 14 October 2026.".into(),
        change: None,
        picture: None,
    }
}

fn before() -> Before {
    Before {
        frame: officer(Tab::MyChildren),
        child: mei(),
        by: Some(date(2026, 11, 25)),
        consulted: Some(
            "Asked on her pages on 16 October; her mother answered on 18 October.".into(),
        ),
        told: None,
        asked: vec![doc(
            "Little Oaks Nursery",
            Some((State::Done, "answered")),
            "Asked 19 Oct, came 20 Nov",
        )],
        hidden: hidden(),
        filled: Filled::about("Mei")
            .with("bodies-to", "commissioning-body")
            .with("bodies-to", "institution")
            .wrong("bodies-words", "Write what you say to them"),
    }
}

fn preview() -> Preview {
    Preview {
        frame: officer(Tab::MyChildren),
        child: mei(),
        sends: Sends::WillNotAssess,
        hidden: seen(),
        carried: vec![("needs".into(), "yes".into()), ("necessary".into(), "no".into())],
        action: format!("{MEI}/decide"),
        letters: vec![refusal_letter(true)],
        withheld: vec![],
    }
}

fn advice_preview() -> Preview {
    let letter = |to: &str, question: &str| Letter {
        to: to.into(),
        how: "on their pages, and by e-mail".into(),
        parts: vec![
            text("Aldermere asks you for advice about Leila for an EHC needs assessment."),
            heading("What we ask"),
            SheetPart::Said(question.into()),
        ],
    };
    Preview {
        child: leila(),
        sends: Sends::AdviceRequests,
        action: "/case/ALD26072640R/ask-advice".into(),
        letters: vec![
            letter(
                "Dr Fenwick Achterberg, educational psychologist",
                "What are Leila’s needs in learning and language?",
            ),
            letter("Thornbeck Primary", "What has been tried, and with what result?"),
        ],
        withheld: vec![Withheld {
            text: "Community paediatrics has no address to send to.".into(),
            mend: Some(link("Add one", "/case/ALD26072640R/ask-advice#adviser-health")),
        }],
        ..preview()
    }
}

fn body(key: &str, title: &str, cite: &str, adviser: &str, people: &[&str]) -> BodyRow {
    let question = "What are Leila’s needs? What should she be able to do by the end of Year 4? What provision would get her there: who, with what training, how long, how often, in what group?";
    BodyRow {
        key: key.into(),
        title: title.into(),
        cite: cite.into(),
        standing: None,
        ticked: true,
        adviser: Text::line(&format!("adviser-{key}"), "Adviser or service").holding(adviser),
        person: (!people.is_empty()).then(|| {
            let list = std::iter::once(Choice::of("", "Nobody by name yet"))
                .chain(people.iter().map(|name| Choice::of("p-7", name)))
                .collect();
            Choices::one(&format!("person-{key}"), "Person", list).drawn(Pick::List)
        }),
        question: Text::lines(&format!("question-{key}"), "The question", 5).holding(question),
    }
}

fn ask_advice() -> AskAdvice {
    AskAdvice {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: hidden(),
        words: Some(said_by_leila()),
        due: date(2027, 1, 4),
        plan_by: Some((date(2026, 12, 14), false)),
        bodies: vec![
            BodyRow {
                ticked: false,
                standing: Some("Told with the request; they may add to it at any time".into()),
                ..body("parent", "Parents", "reg 6(1)(a)", "Noor Ashgrove and Ren Sato", &[])
            },
            body(
                "school",
                "School",
                "reg 6(1)(b)",
                "Thornbeck Primary",
                &["Odette Marchbanks, SENCO"],
            ),
            body("health", "Health", "reg 6(1)(c)", "Community paediatrics", &[]),
            body(
                "psychologist",
                "Educational psychologist",
                "reg 6(1)(d)",
                "Aldermere EP service",
                &["Dr Fenwick Achterberg", "Dr Ngozi Lindqvist"],
            ),
            body("social-care", "Social care", "reg 6(1)(e)", "Children’s social care", &[]),
            body(
                "other",
                "Anyone else whose advice is needed",
                "reg 6(1)(f)",
                "Speech and language therapy",
                &["Maribel Stoke, speech therapist"],
            ),
        ],
        filled: Filled::about("Leila"),
    }
}

fn claim() -> Claim {
    let ground = |id: &str, title: &str, law: &str, cite: &str, record: Option<&str>| Ground {
        id: id.into(),
        title: title.into(),
        law: law.into(),
        cite: cite.into(),
        record: record.map(Into::into),
    };
    Claim {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: hidden(),
        duty: (
            "plan-20w".into(),
            "Send the final plan".into(),
            By::day(date(2026, 12, 14), date(2026, 12, 14), TODAY),
        ),
        days: Days::Left(21),
        others: vec![link(
            "Give psychology advice, due Fri 20 Nov",
            "/case/ALD26072640R/exception?duty=as-advice-6w",
        )],
        grounds: vec![
            ground(
                "school-closed",
                "School closed for four weeks or more",
                "The school was asked for advice while it was closed for four weeks or more. The week before it closes counts too; the last week before it opens again does not.",
                "SEND Regulations 2014 reg 10(4)(a)",
                Some(
                    "On the record: closed 23 July to 2 September 2026, 41 days. Asked on 28 August, inside the window.",
                ),
            ),
            ground(
                "exceptional-circumstances",
                "Exceptional personal circumstances",
                "Something exceptional in the family’s life made it impractical to be in time.",
                "reg 10(4)(c)",
                None,
            ),
            ground(
                "absent-from-area",
                "Away from the area for four weeks or more",
                "The child was away from the area for four weeks or more in that time.",
                "reg 10(4)(d)",
                Some("On the record: no absence."),
            ),
        ],
        filled: Filled::about("Leila"),
    }
}

fn kinds() -> Kinds {
    let kind = |words: &str, slug: &str| link(words, &format!("/case/ALD26072640R/record/{slug}"));
    Kinds {
        frame: officer(Tab::MyChildren),
        child: leila(),
        groups: vec![
            (
                "From the family".into(),
                vec![
                    kind("Own words", "own-words-given"),
                    kind("Comments on the draft plan", "representations-made"),
                    kind("The request was withdrawn", "request-withdrawn"),
                    kind("Not in full-time education", "out-of-education"),
                ],
            ),
            (
                "From others".into(),
                vec![
                    kind("Advice came on paper", "advice-received"),
                    kind("The school answered", "school-answered"),
                    kind("An appointment was missed", "appointment-missed"),
                ],
            ),
            (
                "About the child".into(),
                vec![
                    kind("Changed school or setting", "setting-changed"),
                    kind("Away from the area", "child-absent"),
                ],
            ),
        ],
    }
}

fn record() -> Record {
    Record {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: hidden(),
        kind: "advice-received".into(),
        title: "Advice came on paper".into(),
        filled: Filled::about("Leila")
            .with("on-day", "31")
            .with("on-month", "11")
            .with("on-year", "2026")
            .wrong("on-day", "31 November does not exist. November has 30 days"),
        for_whom: vec![
            ("p-1".into(), "Noor Ashgrove, mother".into()),
            ("p-2".into(), "Ren Sato, father".into()),
        ],
        fields: vec![Field::Choices(Filled::about("Leila").list(
            "from",
            "From which body?",
            "",
            &[("health", "Health: Community paediatrics"), ("school", "School: Thornbeck Primary")],
        ))],
    }
}

fn call() -> NoteCall {
    NoteCall {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: hidden(),
        filled: Filled::about("Leila")
            .with("on-day", "23")
            .with("on-month", "11")
            .with("on-year", "2026"),
        people: vec![
            ("p-1".into(), "Noor Ashgrove, mother".into()),
            ("p-2".into(), "Ren Sato, father".into()),
        ],
    }
}

fn correct() -> Correct {
    Correct {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: seen(),
        entry: "3".into(),
        now: "Noor Ashgrove asked for an assessment.".into(),
        on: date(2026, 7, 27),
        recorded: "Recorded by the family on 27 July 2026.".into(),
        before: vec![Version {
            said: "On 28 July.".into(),
            corrected: "Corrected on 30 July by I. Fallowfield.".into(),
        }],
        filled: Filled::about("Leila")
            .with("on-day", "27")
            .with("on-month", "7")
            .with("on-year", "2026"),
        fields: vec![Field::Text(
            Text::line("said-by", "Who asked").holding("Noor Ashgrove, mother"),
        )],
    }
}

fn take_back() -> TakeBack {
    TakeBack {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: seen(),
        entry: "7".into(),
        now: "School answered the consultation.".into(),
        on: date(2026, 11, 12),
        changes: vec!["The school’s answer is open again, due Fri 27 Nov.".into()],
        filled: Filled::about("Leila"),
    }
}

fn people(manager: bool) -> People {
    let tied = |who: &str, role: &str, reach: &str, sees: &str, until| TiedPerson {
        who: who.into(),
        role: role.into(),
        reach: reach.into(),
        sees: sees.into(),
        until,
    };
    People {
        frame: officer(Tab::MyChildren),
        child: leila(),
        people: vec![
            tied(
                "Noor Ashgrove",
                "mother, has parental responsibility",
                "Text, then phone after 3pm. Urdu interpreter",
                "Everything",
                None,
            ),
            tied(
                "Ren Sato",
                "father, has parental responsibility",
                "By post",
                "Everything but the sealed address",
                None,
            ),
            tied(
                "Dr Fenwick Achterberg",
                "educational psychologist",
                "f.achterberg@eps.example",
                "What was told, own words, own advice",
                Some(date(2027, 1, 31)),
            ),
        ],
        officer: Some("Imogen Fallowfield".into()),
        offered: (!manager).then(|| ("Bram Underhay".into(), date(2026, 11, 20))),
        officers: vec![
            ("p-11".into(), "Bram Underhay".into()),
            ("p-12".into(), "Kasimir Threlfall".into()),
        ],
        assigns: manager,
        ties: true,
        hidden: [hidden(), hidden()],
        filled: Filled::about("Leila"),
        looks: vec![Look {
            who: "Imogen Fallowfield".into(),
            role: "case officer, SEND team".into(),
            purpose: "Worked on the case".into(),
            at: "Today, 8.04am".into(),
        }],
    }
}

fn messages() -> Messages {
    let one = |from: &str, at: &str, words: &str, mine| Message {
        from: from.into(),
        at: at.into(),
        words: words.into(),
        mine,
    };
    Messages {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: hidden(),
        read_by: "Noor Ashgrove and Ren Sato".into(),
        list: vec![
            one(
                "Noor Ashgrove, mother",
                "Friday 20 November, 4.40pm",
                "Is there any news? Nobody has told us what the psychologist said.",
                false,
            ),
            one(
                "Imogen Fallowfield",
                "Friday 20 November, 5.02pm",
                "The advice came on Wednesday. I send it with the draft by Friday.",
                true,
            ),
        ],
        answer_by: Some(date(2026, 11, 27)),
        filled: Filled::about("Leila"),
    }
}
