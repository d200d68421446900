//! Idris's case is late at the psychologist's; Soraya's draft is with her family; Tomasz has a plan.

use jiff::civil::date;
use sendero_app::house::law::{Case as LawCase, Fact, Question, Rulebook, account, evaluate};
use sendero_app::house::record::Section;
use sendero_web::view::account::Lawyer;
use sendero_web::view::clock::{Drawn, Rest};
use sendero_web::view::family::{
    AdviceRow, Case, Decision, Decisions, Disagree, Look, Message, Messages, Officer, OwnWords,
    People, Person, Plan, SectionText, Stage, Told, ToldOnce, WhyPage,
};
use sendero_web::view::form::Filled;
use sendero_web::view::parts::{
    Action, Actions, Clock, Conflict, Happened, Kind as Mark, Path, Picture, Pill, Reached, Reason,
    Said, Standing, State, SumRow, Timeline, Turn, Waymark, Why, Words,
};
use sendero_web::view::{Frame, Kind, Link, Tab};

use super::{Page, area, draw, hidden, link};

pub(super) const BASE: &str = "/child/ALD-2609-0417";

pub(crate) fn pages() -> Vec<Page> {
    let early = Case {
        words: None,
        advice: vec![],
        decisions: vec![],
        looks: vec![],
        now: Some(soon()),
        big: None,
        first_decision_by: Some(date(2026, 10, 26)),
        officer: None,
        ..case()
    };
    vec![
        draw("case", &case()),
        draw("case-new", &early),
        draw("case-why", &why_page()),
        draw("decisions", &decisions()),
        draw("messages", &messages()),
        draw("people", &people()),
        draw("own-words", &own_words(None)),
        draw("own-words-conflict", &own_words(Some(conflict()))),
        draw("disagree", &disagree()),
        draw("told", &told()),
        draw("plan-draft", &draft()),
        draw("plan-changes", &proposed()),
        draw("plan-final", &in_force()),
    ]
}

pub(super) fn family(tab: Tab) -> Frame {
    Frame { area: area(), kind: Kind::Family { base: BASE.into() }, tab }
}

pub(crate) fn words() -> Words {
    Words {
        words: "I like trains and quiet mornings. When the hall is loud I can’t find my words. \
                Please wait for me."
            .into(),
        told: "Idris, aged 7, told to his mum on 2 September 2026.".into(),
        change: Some(format!("{BASE}/words")),
        picture: Some(Picture::Train),
    }
}

pub(crate) fn waymark(name: &str, is: &str, reached: Reached) -> Waymark {
    Waymark { name: name.into(), is: is.into(), reached }
}

fn path() -> Path {
    Path {
        points: vec![
            waymark("You asked", "14 September", Reached::Done),
            waymark("Yes, we will assess", "12 October, in time", Reached::Done),
            waymark("Gathering advice", "Late. You are here", Reached::NowLate),
            waymark("Draft plan", "expected by 8 January", Reached::Ahead),
            waymark("Final plan", "by 1 February, 61 days left", Reached::Ahead),
        ],
    }
}

fn row(head: &str, text: &str) -> SumRow {
    SumRow { head: head.into(), text: text.into() }
}

fn late() -> Clock {
    Clock {
        heading: "Advice from an educational psychologist".into(),
        turn: Some(Turn::Theirs("Aldermere".into())),
        standing: Standing::Late { by: date(2026, 11, 23), days: 9 },
        more: Some("Five of the six pieces of advice are in.".into()),
        reason: Some(Reason {
            words: "the psychology service has too few psychologists".into(),
            in_law: false,
            by_whom: "Aldermere".into(),
            expected: Some(date(2026, 12, 11)),
        }),
        why: Some(Why {
            open: true,
            drawn: Some(Drawn {
                from: date(2026, 10, 12),
                from_word: "asked".into(),
                due: date(2026, 11, 23),
                period: "6 weeks".into(),
                today: date(2026, 12, 2),
                rests: vec![Rest {
                    from: date(2026, 10, 26),
                    to: date(2026, 10, 31),
                    name: "half term".into(),
                }],
            }),
            rows: vec![
                row(
                    "12 October 2026",
                    "Aldermere asked the psychology service. This day is not counted.",
                ),
                row(
                    "+ 6 weeks",
                    "42 days. Half term counts. No bank holiday falls in these weeks.",
                ),
                row("23 November 2026", "The last day to send the advice"),
            ],
            careful: None,
            cite: "SEND Regulations 2014, regulation 8(1); SEND Code of Practice, 9.52".into(),
            duty: Some("/law/adv-6w".into()),
            about: "of the psychologist’s advice".into(),
        }),
    }
}

fn soon() -> Clock {
    Clock {
        heading: "Decision whether to assess Idris".into(),
        turn: Some(Turn::Theirs("Aldermere".into())),
        standing: Standing::Soon { by: date(2026, 10, 26), left: 0 },
        more: None,
        reason: None,
        why: None,
    }
}

fn big() -> Clock {
    Clock {
        heading: "Final plan".into(),
        turn: None,
        standing: Standing::OnTrack { by: date(2027, 2, 1), left: 61 },
        more: Some("The late advice does not move this date.".into()),
        reason: None,
        why: None,
    }
}

pub(crate) fn actions() -> Actions {
    let one =
        |text: &str, href: &str, line: &str| Action { link: link(text, href), line: line.into() };
    Actions {
        list: vec![
            one(
                "Ask Aldermere to put it right",
                "/child/ALD-2609-0417/messages",
                "A message that stays with the case. Name the date it was due",
            ),
            one(
                "Send words or a report of your own",
                "/child/ALD-2609-0417/told",
                "Aldermere must think about it",
            ),
            one(
                "Read what the law says about being late",
                "/law/adv-6w",
                "Complaint, Ombudsman, and how long each takes",
            ),
        ],
    }
}

fn decision() -> Decision {
    Decision {
        title: "Aldermere will assess Idris".into(),
        pill: Pill::of(State::Done, "In time"),
        on: date(2026, 10, 12),
        by: "Priya Dunmarrow, case officer".into(),
        sent: "the same day".into(),
        reasons: "Idris has had two years of SEN support and is still not joining in class talk. \
                  He may need therapy that his school cannot arrange. That meets the test in \
                  section 36(8)."
            .into(),
        notice: vec![],
        rights: vec![],
    }
}

fn looks() -> Vec<Look> {
    let one = |who: &str, role: &str, purpose: &str, at: &str| Look {
        who: who.into(),
        role: role.into(),
        purpose: purpose.into(),
        at: at.into(),
    };
    vec![
        one(
            "Wen Tamarisk",
            "Educational psychologist, Aldermere",
            "Reading school’s advice, to write her own",
            "Yesterday, 4.12pm",
        ),
        one(
            "Priya Dunmarrow",
            "Case officer, Aldermere",
            "Chasing late advice",
            "Monday 30 November, 9.05am",
        ),
        one(
            "Oluchi Brightwater",
            "Speech and language therapist, Mere NHS",
            "Writing her advice",
            "Thursday 19 November, 11.40am",
        ),
    ]
}

fn case() -> Case {
    let advice = |from: &str, line: &str, state, word: &str| AdviceRow {
        from: link(from, "/child/ALD26090417/advice/a-17"),
        line: line.into(),
        pill: Pill::of(state, word),
    };
    Case {
        frame: family(Tab::Case),
        base: BASE.into(),
        name: "Idris".into(),
        reference: "ALD 2609 0417".into(),
        today: date(2026, 12, 2),
        words: Some(words()),
        path: path(),
        now: Some(late()),
        actions: actions(),
        advice: vec![
            advice("You and Idris", "Received 14 September", State::Done, "In"),
            advice("School: Fernhollow Primary", "Received 3 November", State::Done, "In"),
            advice(
                "Health: speech and language therapy",
                "Received 19 November",
                State::Done,
                "In",
            ),
            advice("Health: children’s doctor", "Received 20 November", State::Done, "In"),
            advice("Social care", "Received 20 November", State::Done, "In"),
            advice("Educational psychologist", "Due 23 November, 9 days late", State::Late, "Late"),
        ],
        advice_in: 5,
        decisions: vec![decision()],
        first_decision_by: None,
        big: Some(big()),
        plan: None,
        officer: Some(Officer {
            name: "Priya Dunmarrow".into(),
            phone: "01632 960 142".into(),
            answers_in: Some(2),
        }),
        looks: looks(),
        looks_total: 14,
    }
}

fn why_page() -> WhyPage {
    WhyPage {
        frame: family(Tab::Case),
        base: BASE.into(),
        clock: late(),
        lawyer: lawyer(true),
        facts: vec![
            ("Asked on".into(), "12 October 2026, by message to the psychology service".into()),
            ("Answered on".into(), "No answer is on record".into()),
        ],
        actions: actions(),
    }
}

/// The account of a request of 14 September 2026, as the engine gives it.
pub(crate) fn lawyer(open: bool) -> Option<Lawyer> {
    let kind = "assessment-requested".to_owned();
    let on = date(2026, 9, 14);
    let fact = Fact {
        id: kind.clone(),
        kind,
        on,
        known_on: on,
        supersedes: None,
        fields: std::collections::BTreeMap::new(),
    };
    let law = Rulebook::embedded();
    let case = LawCase { facts: vec![fact], ..LawCase::default() };
    let timeline = evaluate(law, &case, Question::today(date(2027, 1, 20)));
    let one = timeline.obligations.iter().find(|one| one.duty == "plan-20w")?;
    Some(Lawyer {
        about: "Final plan".into(),
        open,
        trigger: "A request for an EHC needs assessment was received".into(),
        from: on,
        due: one.due,
        period: "20 weeks".into(),
        steps: vec![SumRow {
            head: "Monday 1 February 2027".into(),
            text: "20 weeks (140 days) from Monday 14 September 2026.".into(),
        }],
        account: account(law, one, date(2027, 1, 20)),
        cite: "SEND Regulations 2014 reg 13(2)-(3); Code of Practice 9.39-9.44".into(),
        force: "Act or regulations".into(),
        since: Some(date(2014, 9, 1)),
        checked: "Read in the law itself (the provision cited)".into(),
        rulebook: law.hash().to_owned(),
    })
}

pub(crate) fn timeline() -> Timeline {
    let one = |on, what: &str, more: &str, kind| Happened {
        on,
        what: what.into(),
        more: more.into(),
        kind,
        known_on: None,
        link: None,
        before: vec![],
        taken_back: None,
    };
    Timeline {
        list: vec![
            Happened {
                taken_back: Some("It was about another child, 19 November".into()),
                ..one(date(2026, 11, 19), "Review meeting held", "", Mark::Fact)
            },
            one(
                date(2026, 11, 20),
                "Noor Ashgrove rang: “Is there any news?”",
                "Taken by Bram Underhay.",
                Mark::Fact,
            ),
            one(
                date(2026, 11, 18),
                "Psychology advice came, 40 days late",
                "Cause given: no psychologist in post. Not an exception in law.",
                Mark::Late,
            ),
            one(
                date(2026, 8, 28),
                "Decided to assess",
                "Two terms of help with little change; school and family agree it may need a plan.",
                Mark::Decision,
            ),
            Happened {
                known_on: Some(date(2026, 7, 29)),
                ..one(
                    date(2026, 7, 27),
                    "Noor Ashgrove asked for an assessment",
                    "By letter.",
                    Mark::Fact,
                )
            },
        ],
    }
}

fn decisions() -> Decisions {
    let refusal = Decision {
        title: "Aldermere will not assess Idris".into(),
        pill: Pill::of(State::Late, "3 days late"),
        on: date(2025, 6, 5),
        by: "the SEND panel".into(),
        sent: "on 6 June 2025, by post".into(),
        reasons: "Idris had been at school for one term.".into(),
        notice: vec!["You can use disagreement resolution at any time.".into()],
        rights: vec![
            "Appeal to the SEND Tribunal. The time for this decision ended on 6 August 2025."
                .into(),
            "Ask again. You may do so now.".into(),
        ],
    };
    Decisions {
        frame: family(Tab::Case),
        base: BASE.into(),
        name: "Idris".into(),
        list: vec![decision(), refusal],
        first_by: None,
        happened: timeline(),
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
        frame: family(Tab::Messages),
        hidden: hidden(),
        base: BASE.into(),
        list: vec![
            one(
                "",
                "Friday 27 November, 8.15pm",
                "Has the psychologist seen Idris yet?\nHe asks every day.",
                true,
            ),
            one(
                "Priya Dunmarrow, case officer",
                "Monday 30 November, 9.20am",
                "Not yet. She comes to school on Tuesday 8 December. I know this is late.",
                false,
            ),
        ],
        filled: Filled::about("Idris").wrong("message", "Write something before you send"),
        answers_in: Some(2),
    }
}

fn people() -> People {
    let one = |who: &str, role: &str, sees: &str, until| Person {
        who: who.into(),
        role: role.into(),
        sees: sees.into(),
        until,
    };
    People {
        frame: family(Tab::People),
        name: "Idris".into(),
        people: vec![
            one("Amina Okoro", "mother", "Everything", None),
            one(
                "Priya Dunmarrow",
                "case officer, Aldermere",
                "Everything but your messages to the advice service",
                None,
            ),
            one(
                "Wen Tamarisk",
                "educational psychologist",
                "What was told, and school’s advice",
                Some(date(2027, 2, 28)),
            ),
        ],
        looks: looks(),
        total: 14,
        earlier: Some(format!("{BASE}/people?before=11")),
    }
}

pub(crate) fn conflict() -> Conflict {
    Conflict {
        who: "his school".into(),
        at: "today at 9.12am".into(),
        theirs: "I like the library.".into(),
        yours: "I like trains and quiet mornings.".into(),
    }
}

fn own_words(conflict: Option<Conflict>) -> OwnWords {
    OwnWords {
        frame: family(Tab::Case),
        hidden: hidden(),
        base: BASE.into(),
        filled: Filled::about("Idris").with("words", "I like trains and quiet mornings."),
        conflict,
        before: vec![Said {
            words: "I like trains.".into(),
            source: "Idris, aged 6, drawing with Mrs Dunmore, 4 March 2025".into(),
            href: None,
        }],
    }
}

fn disagree() -> Disagree {
    let owned = |answers: &[(&str, &str)]| {
        answers.iter().map(|(value, text)| ((*value).into(), (*text).into())).collect()
    };
    Disagree {
        frame: family(Tab::Case),
        hidden: hidden(),
        base: BASE.into(),
        any: true,
        only: None,
        which: owned(&[
            ("plan", "The plan as it was sent, 8 October 2026"),
            ("refusal-to-amend", "The decision not to change the plan, 5 November 2026"),
        ]),
        steps: owned(&[
            ("mediation-contacted", "I spoke to the mediation adviser"),
            ("appeal-made", "The Tribunal got my appeal"),
        ]),
        filled: Filled::about("Idris").wrong("about", "Say which decision it is about"),
    }
}

fn told() -> ToldOnce {
    ToldOnce {
        frame: family(Tab::Case),
        base: BASE.into(),
        name: "Idris".into(),
        list: vec![Told {
            about: "What is hard".into(),
            said: Said {
                words: "Loud rooms. He puts his hands over his ears.".into(),
                source: "Amina Okoro, mother, 14 September 2026".into(),
                href: None,
            },
            used: "Shown to the school, the speech therapist and the psychologist.".into(),
        }],
        hidden: hidden(),
        filled: Filled::about("Idris"),
    }
}

fn sections() -> Vec<SectionText> {
    Section::ALL
        .into_iter()
        .map(|section| SectionText {
            section,
            changed: section == Section::F,
            lines: match section {
                Section::A => vec!["I like lists and the quiet table. I want to tell jokes.".into()],
                Section::B => vec!["Soraya finds it hard to follow talk when more than two people speak.".into()],
                Section::E => vec!["By July 2027 Soraya tells a joke to three classmates, as seen by her teacher.".into()],
                Section::F => vec![
                    "30 minutes of speech and language therapy, one to one, every week of term, by a qualified therapist.".into(),
                    "20 minutes of practice, four times a week, by a teaching assistant trained by the therapist.".into(),
                ],
                Section::K => vec!["School, 4 September 2026. Speech therapy, 11 June 2026.".into()],
                _ => vec![],
            },
            behind: if section == Section::F {
                vec![Said {
                    words: "Weekly direct therapy of 30 minutes is needed for two terms.".into(),
                    source: "Maribel Stoke, speech and language therapist, 11 June 2026".into(),
                    href: None,
                }]
            } else {
                vec![]
            },
        })
        .collect()
}

fn draft() -> Plan {
    Plan {
        frame: family(Tab::Case),
        base: BASE.into(),
        name: "Soraya".into(),
        words: Some(Words { change: None, picture: Some(Picture::Star), ..words() }),
        stage: Stage::Draft {
            changes: false,
            clock: Clock {
                heading: "Comments on the draft plan".into(),
                turn: Some(Turn::Yours),
                standing: Standing::Soon { by: date(2026, 12, 12), left: 2 },
                more: Some(
                    "The law gives you at least 15 days. After that Aldermere may go on.".into(),
                ),
                reason: None,
                why: None,
            },
            hidden: hidden(),
            filled: Box::new(Filled::about("Soraya")),
            sent: vec![],
        },
        sections: sections(),
    }
}

fn proposed() -> Plan {
    let mut plan = draft();
    if let Stage::Draft { changes, .. } = &mut plan.stage {
        *changes = true;
    }
    plan
}

fn in_force() -> Plan {
    Plan {
        name: "Tomasz".into(),
        words: None,
        stage: Stage::Final {
            came: false,
            sent: date(2027, 1, 29),
            pill: Pill::of(State::Done, "In time"),
            appeal_by: Some(date(2027, 3, 29)),
            mediation: "Calder Mediation, 01632 960 199".into(),
            review_by: Some(date(2028, 1, 28)),
            letter: Some(Link {
                href: format!("{BASE}/plan/letter"),
                text: "The letter that came with it".into(),
            }),
        },
        ..draft()
    }
}
