//! Decisions on Mei's case: whether to assess, the letter that goes, why a date is what it is, and
//! what was late.

use jiff::civil::date;
use sendero_web::view::account::{Explained, Officer};
use sendero_web::view::form::Filled;
use sendero_web::view::officer::{
    Amounts, Apology, Decide, DoubtRow, FigureRow, Late, LateRow, Letter, NoticePart, SheetPart,
    Test,
};
use sendero_web::view::parts::{Days, State};
use sendero_web::view::{Link, Tab};

use super::staff::{doc, leila, officer, said_by_leila};
use super::staff_acts::{mei, said_by_mei, seen};
use super::{Page, draw, hidden, link};

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
    ]
}

pub(crate) fn notice_parts(missing: &[&str]) -> Vec<NoticePart> {
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

pub(crate) const APPEAL: &str = "You can appeal to the SEND Tribunal by Monday 25 January 2027, or one month after your mediation certificate if that is later.";
pub(crate) const FREE: &str = "Free, impartial help: Aldermere SENDIASS, 01632 960 177.";
const REASONS: &str = "Mei has delayed language and finds changes hard. Little Oaks has worked with her since January and gives 1:1 help for 11 of 15 hours.";

pub(crate) fn heading(text: &str) -> SheetPart {
    SheetPart::Heading(text.into())
}

pub(crate) fn text(text: &str) -> SheetPart {
    SheetPart::Text(text.into())
}

pub(crate) fn gap(text: &str, mend: Option<Link>) -> SheetPart {
    SheetPart::Gap { text: text.into(), mend }
}

pub(crate) fn refusal_letter(ready: bool) -> Letter {
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
        by: Some((date(2026, 11, 25), Days::Left(2))),
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
        done_by: None,
        days,
        cause: cause.into(),
        excuse: Some(
            "Circumstance on the record, relied on by nobody: a missed appointment".into(),
        ),
    };
    let list = vec![
        row("Give advice", Some(date(2026, 11, 9)), Some(7), "Psychology advice not in"),
        row("Send the final EHC plan", None, None, "Draft not sent"),
        LateRow {
            done_by: Some(date(2026, 12, 14)),
            ..row("Complete the review", None, Some(11), "Review not finished")
        },
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
            waits: "Psychology advice not in".into(),
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
        by: Some((date(2026, 11, 16), Days::Late(7))),
        words: Some(said_by_leila()),
        filled: Filled::about("Leila").with("necessary", "yes").with("reasons", "All seven pieces of advice ask for provision that no school here makes from its own means."),
        amounts,
        parts: vec![],
        letter: None,
        ..open()
    }
}
