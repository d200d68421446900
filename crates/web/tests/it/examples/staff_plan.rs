//! Leila's plan as it is written, and as it is sent.

use jiff::civil::date;
use sendero_app::house::record::Section;
use sendero_web::view::Tab;
use sendero_web::view::form::Filled;
use sendero_web::view::officer::{
    By, Clash, Editor, Letter, NoticePart, NoticeRow, Notices, PlanConflict, PlanSection,
    SendNotice, Withheld, WorkingDraft,
};
use sendero_web::view::parts::{Days, Said};

use super::staff::{TODAY, leila, officer, said_by_leila};
use super::staff_acts::seen;
use super::staff_decide::{APPEAL, FREE, gap, heading, notice_parts, text};
use super::{Page, draw, link};

pub(crate) fn pages() -> Vec<Page> {
    vec![
        draw("staff-plan", &editor()),
        draw("staff-plan-conflict", &conflict()),
        draw("staff-send-draft", &send_draft(false)),
        draw("staff-send-draft-ready", &send_draft(true)),
        draw("staff-send-final", &send_final()),
        draw("staff-notices", &notices()),
    ]
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
