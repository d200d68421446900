//! The acts of an officer on Mei's and Leila's cases: decide, ask, write the plan, record, give on.

use jiff::civil::date;
use sendero_web::view::account::{Explained, Officer};
use sendero_web::view::family::{Look, Message, Section};
use sendero_web::view::form::{Choice, Choices, Filled, Hidden, Pick, Text};
use sendero_web::view::officer::{
    Amounts, Apology, AskAdvice, Before, BodyRow, By, Child, Claim, Clash, Correct, Decide,
    DoubtRow, Editor, Field, FigureRow, Ground, Kinds, Late, LateRow, Letter, Messages, NoteCall,
    NoticePart, NoticeRow, Notices, People, PlanConflict, PlanSection, Preview, Record, SendNotice,
    Sends, SheetPart, TakeBack, Test, TiedPerson, Withheld, WorkingDraft,
};
use sendero_web::view::parts::{Days, Said, State, Version, Words};
use sendero_web::view::{Link, Tab};

use super::staff::{TODAY, doc, leila, officer, said_by_leila};
use super::{Page, draw, hidden, link};

const MEI: &str = "/case/ALD26101433H";

pub(crate) fn pages() -> Vec<Page> {
    vec![
        draw("staff-decide", &open()),
        draw("staff-decide-refuse", &refusing(false)),
        draw("staff-decide-ready", &refusing(true)),
        draw("staff-late", &late(true)),
        draw("staff-late-none", &late(false)),
        draw("staff-apology", &sorry()),
        draw("staff-why", &explained()),
        draw("staff-decide-doubted", &doubted()),
        draw("staff-decide-plan", &plan_or_not(Amounts::Yes)),
        draw("staff-before", &before()),
        draw("staff-preview", &preview()),
        draw("staff-preview-advice", &advice_preview()),
        draw("staff-ask-advice", &ask_advice()),
        draw("staff-plan", &editor()),
        draw("staff-plan-conflict", &conflict()),
        draw("staff-send-draft", &send_draft(false)),
        draw("staff-send-draft-ready", &send_draft(true)),
        draw("staff-send-final", &send_final()),
        draw("staff-notices", &notices()),
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

fn seen() -> Hidden {
    Hidden { seen: Some("47".into()), ..hidden() }
}

fn mei() -> Child {
    Child {
        base: MEI.into(),
        name: "Mei Harrowgate".into(),
        line: "4, Little Oaks Nursery".into(),
        reference: "ALD 2610 1433 H".into(),
    }
}

fn said_by_mei() -> Words {
    Words {
        words: "Mei shows us with her hands. She laughs at water and cries when the door bangs. She is trying so hard.".into(),
        told: "Su-Lin Harrowgate, mother, in her own words, 14 October 2026.".into(),
        change: None,
        picture: None,
    }
}

fn notice_parts(missing: &[&str]) -> Vec<NoticePart> {
    [
        ("N1", "reasons", "Decision and reasons"),
        ("N2", "appeal-right", "Right to appeal"),
        ("N3", "appeal-time", "Time limit, as a date"),
        ("N4", "mediation", "Mediation and its adviser"),
        ("N5", "disagreement-resolution", "Disagreement resolution"),
        ("N6", "advice", "Free advice"),
    ]
    .into_iter()
    .map(|(code, id, title)| NoticePart {
        code: code.into(),
        id: id.into(),
        title: title.into(),
        cite: "reg 32".into(),
        there: !missing.contains(&id),
        own_field: id == "reasons",
    })
    .collect()
}

const APPEAL: &str = "You can appeal to the SEND Tribunal by Monday 25 January 2027, or one month after your mediation certificate if that is later.";
const FREE: &str = "Free, impartial help: Aldermere SENDIASS, 01632 960 177.";
const REASONS: &str = "Mei has delayed language and finds changes hard. Little Oaks has worked with her since January and gives 1:1 help for 11 of 15 hours.";

fn heading(text: &str) -> SheetPart {
    SheetPart::Heading(text.into())
}

fn text(text: &str) -> SheetPart {
    SheetPart::Text(text.into())
}

fn gap(text: &str, mend: Option<Link>) -> SheetPart {
    SheetPart::Gap { text: text.into(), mend }
}

fn refusal_letter(ready: bool) -> Letter {
    let (reasons, mediation) = if ready {
        (
            SheetPart::Said(REASONS.into()),
            text(
                "Before you appeal, contact the mediation adviser: Aldermere Mediation, 01632 960 190. They give you a certificate.",
            ),
        )
    } else {
        (
            gap("your reasons.", Some(link("Go to reasons", "#reasons"))),
            gap("name and number of the mediation adviser.", Some(link("Add", "#part-mediation"))),
        )
    };
    Letter {
        to: "Su-Lin Harrowgate, mother".into(),
        how: "on her pages, and by e-mail".into(),
        parts: vec![
            text("Monday 23 November 2026"),
            text("Dear Su-Lin Harrowgate"),
            heading("We will not assess Mei’s education, health and care needs"),
            heading("Why"),
            reasons,
            heading("If you disagree"),
            text(APPEAL),
            mediation,
            text(FREE),
        ],
    }
}

fn parts_filled(ready: bool) -> Filled {
    let filled = Filled::about("Mei")
        .with("part-appeal-right", "You have the right to appeal to the First-tier Tribunal.")
        .with("part-appeal-time", APPEAL)
        .with("part-advice", FREE)
        .with("part-disagreement-resolution", "Aldermere Disagreement Resolution, 01632 960 191.");
    if ready {
        filled.with("part-mediation", "Aldermere Mediation, 01632 960 190.")
    } else {
        filled
    }
}

fn open() -> Decide {
    Decide {
        frame: officer(Tab::MyChildren),
        child: mei(),
        hidden: seen(),
        test: Test::Assess,
        asked: "Asked by her mother on Wednesday 14 October 2026".into(),
        by: date(2026, 11, 25),
        days: Days::Left(2),
        words: Some(said_by_mei()),
        filled: parts_filled(false),
        amounts: Amounts::Open,
        evidence: vec![
            doc("Family’s account", Some((State::Done, "told once")), "14 Oct"),
            doc(
                "Little Oaks Nursery",
                Some((State::Done, "in")),
                "20 Nov · 1:1 for 11 of 15 hours, not funded",
            ),
            doc(
                "Speech therapist’s letter",
                Some((State::Done, "in")),
                "9 Nov · she uses 14 words",
            ),
        ],
        parts: notice_parts(&["reasons", "mediation"]),
        doubted: vec![],
        letter: None,
    }
}

fn late(some: bool) -> Late {
    let row = |duty: &str, done, days, cause: &str| LateRow {
        duty: link(duty, "/case/ALD26080231M/why/plan-20w"),
        cite: "SEND Regulations 2014 reg 13(2)".into(),
        due: Some(date(2026, 11, 2)),
        done,
        days,
        cause: cause.into(),
        excuse: Some(
            "Circumstance on the record, relied on by nobody: a missed appointment".into(),
        ),
    };
    let list = vec![
        row("Give advice", Some(date(2026, 11, 9)), Some(7), "Psychology advice not in"),
        row("Send the final EHC plan", None, None, "Draft not sent"),
    ];
    Late { frame: officer(Tab::MyChildren), child: leila(), list: if some { list } else { vec![] } }
}

fn sorry() -> Apology {
    Apology {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: hidden(),
        filled: Filled::default().with("text", "I am sorry.\n\n[Name and post]"),
        figures: vec![FigureRow {
            what: "Education missed".into(),
            range: "£900 to £2,400".into(),
            per: "a term".into(),
            note: "Less where part was given.".into(),
            read: "not yet checked against the guide itself".into(),
        }],
        source: "Ombudsman, Guidance on remedies".into(),
    }
}

fn explained() -> Explained {
    let lawyer = super::family::lawyer(true).into_iter().next();
    let account = lawyer.as_ref().map(|lawyer| lawyer.account.clone());
    let (Some(lawyer), Some(account)) = (lawyer, account) else { unreachable!("no such duty") };
    Explained {
        frame: officer(Tab::MyChildren),
        child: leila(),
        title: "Final plan".into(),
        family: "Your council must send you the final plan by 1 February 2027.".into(),
        family_now: "If the day has passed, complain.".into(),
        officer: Officer {
            say: "Send the final EHC plan: due 1 February 2027.".into(),
            ends: "The final plan sent to everyone who must have it".into(),
            account,
            claim: Some("/case/ALD26080231M/exception?duty=plan-20w".into()),
        },
        lawyer,
        duty: link("Read this duty in plain words", "/law/plan-20w"),
    }
}

fn doubted() -> Decide {
    Decide {
        doubted: vec![DoubtRow {
            id: "diagnosis".into(),
            title: "A diagnosis first".into(),
            passage: "Mei has no diagnosis, and we would wait for one.".into(),
            others: 0,
            law: "No diagnosis is asked for. The test looks at needs.".into(),
            cite: "Children and Families Act 2014 ss.20, 36(8)".into(),
            went_on: false,
        }],
        ..refusing(true)
    }
}

fn refusing(ready: bool) -> Decide {
    let filled = parts_filled(ready).with("needs", "yes").with("necessary", "no");
    let filled = if ready {
        filled.with("reasons", REASONS).with("how", "portal")
    } else {
        filled.wrong(
            "reasons",
            "Write your reasons. The family cannot answer a decision without them",
        )
    };
    let missing: &[&str] = if ready { &[] } else { &["reasons", "mediation"] };
    Decide {
        filled,
        amounts: Amounts::No,
        parts: notice_parts(missing),
        letter: Some(refusal_letter(ready)),
        ..open()
    }
}

fn plan_or_not(amounts: Amounts) -> Decide {
    Decide {
        child: leila(),
        test: Test::Plan,
        asked: "Asked by her mother on Monday 27 July 2026".into(),
        by: date(2026, 11, 16),
        days: Days::Late(7),
        words: Some(said_by_leila()),
        filled: Filled::about("Leila").with("necessary", "yes").with("reasons", "All seven pieces of advice ask for provision that no school here makes from its own means."),
        amounts,
        parts: vec![],
        letter: None,
        ..open()
    }
}

fn before() -> Before {
    Before {
        frame: officer(Tab::MyChildren),
        child: mei(),
        by: date(2026, 11, 25),
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
        plan_by: date(2026, 12, 14),
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

fn said(words: &str, source: &str) -> Said {
    Said::of(words, source)
}

fn sections() -> Vec<PlanSection> {
    Section::ALL
        .into_iter()
        .map(|section| {
            let (text, behind) = match section {
                Section::A => ("I want to tell jokes and for people to wait till the end.", vec![]),
                Section::B => (
                    "Leila finds it hard to find and order words when there is noise or hurry; 12 words a minute in class, 61 at home.\nShe loses instructions of more than two steps and stops rather than ask.",
                    vec![said("12 words a minute with noise, 61 in a quiet room. She stops rather than ask.", "Dr Fenwick Achterberg, educational psychologist, 18 November 2026")],
                ),
                Section::E => (
                    "By July 2027 Leila tells a six-part story to two classmates without help, 4 times of 5.",
                    vec![said("A six-part story, told to two others, 4 times of 5.", "Maribel Stoke, speech therapist, 11 June 2026")],
                ),
                Section::F => (
                    "A speech and language therapist (HCPC) works with Leila one to one for 30 minutes each week for 38 weeks, in the quiet room.\nA trained teaching assistant sits beside her for the first 15 minutes of each English and maths lesson, 10 lessons a week.",
                    vec![
                        said("30 minutes weekly, individual, with a qualified therapist. A programme left with staff is not enough at present.", "Maribel Stoke, speech therapist, 11 June 2026"),
                        said("A trained teaching assistant beside her for the first 15 minutes of each English and maths lesson, 10 lessons a week.", "Dr Fenwick Achterberg, educational psychologist, 18 November 2026"),
                    ],
                ),
                Section::K => ("Seven pieces of advice, appended.", vec![]),
                _ => ("", vec![]),
            };
            PlanSection { section, text: text.into(), behind }
        })
        .collect()
}

fn sunday() -> By {
    By::day(date(2026, 11, 29), date(2026, 11, 27), TODAY)
}

fn editor() -> Editor {
    Editor {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: seen(),
        saved: Some(WorkingDraft { number: 4, at: "today at 8.04am".into(), by: "you".into() }),
        draft_sent: None,
        due: Some((sunday(), Days::Left(6))),
        words: Some(said_by_leila()),
        sections: sections(),
        comments: vec![said(
            "F2 is not enough. She needs someone beside her in every lesson.",
            "Noor Ashgrove, mother, 20 November 2026",
        )],
        filled: Filled::about("Leila"),
    }
}

fn conflict() -> PlanConflict {
    PlanConflict {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: seen(),
        who: "Bram Underhay".into(),
        at: "at 8.09am".into(),
        clashes: vec![Clash {
            section: Section::F,
            theirs: "A speech and language therapist works with Leila for 30 minutes each week.".into(),
            yours: "A speech and language therapist (HCPC) works with Leila one to one for 30 minutes each week for 38 weeks.".into(),
        }],
        carried: vec![("section-e".into(), "By July 2027 Leila tells a six-part story.".into())],
    }
}

fn draft_parts(ready: bool) -> Vec<NoticePart> {
    [
        ("N7", "institutions", "Where to find out about schools and colleges"),
        ("N8", "request-institution", "Right to ask for one"),
        ("N11", "representations", "At least 15 days to answer"),
        ("N12", "meeting", "Right to a meeting"),
        ("N13", "personal-budget", "Right to ask for a personal budget"),
    ]
    .into_iter()
    .map(|(code, id, title)| NoticePart {
        code: code.into(),
        id: id.into(),
        title: title.into(),
        cite: "reg 13(1)".into(),
        there: ready || id != "meeting",
        own_field: false,
    })
    .collect()
}

fn send_draft(ready: bool) -> SendNotice {
    let meeting = if ready {
        text("You may ask to meet an officer in that time.")
    } else {
        gap("the right to a meeting.", Some(link("Add", "#part-meeting")))
    };
    let must = vec![
        Withheld {
            text: "Section B is blank.".into(),
            mend: Some(link("Write it", "/case/ALD26072640R/plan#section-b")),
        },
        Withheld {
            text: "Section I names a school. It must be blank in a draft.".into(),
            mend: Some(link("Empty it", "/case/ALD26072640R/plan#section-i")),
        },
    ];
    SendNotice {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: seen(),
        title: "Send draft plan".into(),
        lead: "The draft, all the advice and this notice go to each parent.".into(),
        action: "/case/ALD26072640R/plan/draft".into(),
        due: Some((sunday(), Days::Left(6))),
        comments_until: None,
        comments: None,
        names: false,
        reasons: None,
        doubted: vec![],
        plan: true,
        filled: Filled::about("Leila").with("how", "portal").with(
            "part-representations",
            "You have until Sunday 13 December 2026 to say what you think.",
        ),
        must: if ready { vec![] } else { must },
        parts: draft_parts(ready),
        letter: Letter {
            to: "Noor Ashgrove, mother".into(),
            how: "on her pages".into(),
            parts: vec![
                heading("Leila’s draft plan"),
                text(
                    "You have until Sunday 13 December 2026 to say what you think and which school or place you want named.",
                ),
                meeting,
                text(
                    "The schools and colleges that you can ask for are in the Local Offer and in the list that the Secretary of State keeps.",
                ),
            ],
        },
    }
}

fn send_final() -> SendNotice {
    SendNotice {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: seen(),
        title: "Send final plan".into(),
        lead:
            "It goes to the family, to the school or place that it names, and to the health body."
                .into(),
        action: "/case/ALD26072640R/plan/final".into(),
        due: Some((By::day(date(2026, 12, 14), date(2026, 12, 14), TODAY), Days::Left(21))),
        comments_until: Some(date(2026, 12, 13)),
        comments: Some(vec![said(
            "F2 is not enough. She needs someone beside her in every lesson.",
            "Noor Ashgrove, mother, 20 November 2026",
        )]),
        names: true,
        reasons: Some(("What was done with the comments".into(), "In your words.".into())),
        doubted: vec![],
        plan: true,
        filled: Filled::about("Leila")
            .wrong("names", "Say whether section I names a school or place, or only its type"),
        must: vec![],
        parts: notice_parts(&[]).into_iter().filter(|part| !part.own_field).collect(),
        letter: Letter {
            to: "Noor Ashgrove, mother".into(),
            how: "on her pages".into(),
            parts: vec![heading("Leila’s EHC plan"), text(APPEAL), text(FREE)],
        },
    }
}

fn notices() -> Notices {
    Notices {
        frame: officer(Tab::MyChildren),
        child: leila(),
        list: vec![
            NoticeRow {
                link: link("Send proposed amendments", "/case/ALD26072640R/notice/amendments"),
                waits: None,
            },
            NoticeRow {
                link: link("Send amended plan", "/case/ALD26072640R/notice/amended"),
                waits: Some("The proposed amendments must be sent first.".into()),
            },
        ],
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
