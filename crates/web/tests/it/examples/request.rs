//! A mother asks for Idris; a young woman asks for herself.

use jiff::civil::date;
use sendero_web::view::form::Filled;
use sendero_web::view::parts::{Said, Saved, SumRow, Why};
use sendero_web::view::request::{Answer, Ask, CarryOn, Check, Later, Question, Sent};
use sendero_web::view::{Frame, Kind, Tab};

use super::{Page, anybody, area, draw, hidden};

pub(crate) fn pages() -> Vec<Page> {
    const NAMES: [&str; 12] = [
        "ask-who",
        "ask-name",
        "ask-born",
        "ask-own-words",
        "ask-hard",
        "ask-helps",
        "ask-hope",
        "ask-setting",
        "ask-education",
        "ask-others",
        "ask-reach",
        "ask-you",
    ];
    let mut pages: Vec<Page> =
        NAMES.into_iter().zip(Ask::ALL).map(|(name, ask)| draw(name, &question(ask))).collect();
    let empty = Filled::about("Idris").wrong(
        "hard",
        "Tell us one thing that Idris finds hard, or choose “I’d rather say it another way”",
    );
    let day = Filled::about("Idris")
        .with("born-day", "31")
        .with("born-month", "9")
        .with("born-year", "2018")
        .wrong("born-day", "31 September does not exist. September has 30 days");
    pages.extend([
        draw("ask-error", &Question { filled: empty, saved: None, ..question(Ask::Hard) }),
        draw("ask-error-date", &Question { filled: day, told: vec![], ..question(Ask::Born) }),
        draw("ask-self", &Question { own: true, told: vec![], ..question(Ask::Hope) }),
        draw(
            "carry-on",
            &CarryOn {
                frame: anybody(Tab::Ask),
                hidden: hidden(),
                filled: Filled::default()
                    .with("reference", "ALD 2609 0471")
                    .wrong("reference", "We do not know this reference. Check the last numbers"),
            },
        ),
        draw(
            "ask-later",
            &Later {
                frame: asking(),
                reference: "ALD 2609 0417".into(),
                code: "heron 4471".into(),
                until: date(2026, 12, 13),
                next: Ask::Helps,
            },
        ),
        draw("ask-check", &check()),
        draw("ask-sent", &sent()),
    ]);
    pages
}

fn asking() -> Frame {
    Frame { area: area(), kind: Kind::Question, tab: Tab::None }
}

fn question(ask: Ask) -> Question {
    Question {
        frame: asking(),
        hidden: hidden(),
        ask,
        own: false,
        filled: Filled::about("Idris").with("asker", "parent").with("born-day", "2").with(
            "hard",
            "Loud rooms. He puts his hands over his ears and goes under the table. He knows the \
             words but they get stuck when people wait for him.\n\nGetting dressed takes an hour. \
             He can’t hold a pencil for long.",
        ),
        back: "/ask/own-words".into(),
        told: if ask == Ask::Hard { vec![told()] } else { vec![] },
        saved: Some(Saved { at: "today at 10.42am".into(), keep_days: 90 }),
    }
}

fn told() -> Said {
    Said {
        words: "Idris finds it hard to start talking in a group and leaves the carpet when it is \
                noisy."
            .into(),
        source: "Fernhollow Primary School, SEN support plan, 24 June 2026".into(),
        href: None,
    }
}

fn check() -> Check {
    let value = |ask| match ask {
        Ask::Who => Some("I am a parent, or I look after the child"),
        Ask::Name => Some("Idris Featherby-Okoro"),
        Ask::Born => Some("2 March 2019"),
        Ask::OwnWords => Some("I like trains and quiet mornings."),
        Ask::Hard => Some("Loud rooms.\nGetting dressed takes an hour."),
        Ask::Setting => Some("Fernhollow Primary, Aldermere"),
        Ask::Education => Some("Only part of the time, since May half term"),
        Ask::You => Some("Amina Okoro, mother\namina@example.org\n14 Weir Lane, Aldermere"),
        _ => None,
    };
    Check {
        frame: asking(),
        hidden: hidden(),
        filled: Filled::about("Idris"),
        own: false,
        answers: Ask::ALL
            .into_iter()
            .map(|ask| Answer { ask, value: value(ask).map(Into::into) })
            .collect(),
        saved: Some(Saved { at: "today at 10.50am".into(), keep_days: 90 }),
    }
}

fn sent() -> Sent {
    let row = |head: &str, text: &str| SumRow { head: head.into(), text: text.into() };
    Sent {
        frame: Frame { kind: Kind::Family { base: "/child/ALD-2609-0417".into() }, ..asking() },
        name: "Idris".into(),
        own: false,
        received: date(2026, 9, 14),
        at: "10.52am".into(),
        reference: "ALD 2609 0417".into(),
        sent_by: Some("text and e-mail".into()),
        decide_by: date(2026, 10, 26),
        no_plan_by: date(2027, 1, 4),
        plan_by: date(2027, 2, 1),
        why: Why {
            open: false,
            drawn: None,
            rows: vec![
                row("14 September 2026", "Your request arrived. This day is not counted."),
                row("+ 6 weeks", "42 days. Weekends and school holidays count."),
                row("26 October 2026", "The last day to tell you the decision"),
            ],
            careful: None,
            cite: "SEND Regulations 2014, regulations 5(1), 10(1) and 13(2)".into(),
            duty: Some("/law/rq-6w".into()),
            about: "of your request".into(),
        },
        base: Some("/child/ALD-2609-0417".into()),
    }
}
