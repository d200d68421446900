//! Plans that move: one that came opens a record, one leaves, and one that waits to be taken.

use sendero_app::house::record::Section;
use sendero_web::view::Tab;
use sendero_web::view::form::Filled;
use sendero_web::view::officer::{By, CamePlan, NewChild, PassOn, PlanFields};
use sendero_web::view::parts::Days;

use super::staff::{TODAY, leila, officer};
use super::{Page, draw, hidden, link};

pub(crate) fn pages() -> Vec<Page> {
    vec![
        draw("came-plan", &came()),
        draw("came-plan-error", &CamePlan { filled: wrong(), ..came() }),
        draw("pass-on", &pass_on()),
        draw(
            "pass-on-not-yet",
            &PassOn { withheld: Some(MOVE.into()), areas: vec![], ..pass_on() },
        ),
        draw("new-child-with-plans", &new_child()),
    ]
}

const MOVE: &str = "The move is not on the record. Record first that the family moved, and when.";

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(value, text)| ((*value).into(), (*text).into())).collect()
}

fn wrong() -> Filled {
    Filled::default()
        .with("from-council", "Otherham")
        .with("on-day", "31")
        .with("on-month", "11")
        .wrong("on-day", "31 November does not exist. November has 30 days")
}

fn came() -> CamePlan {
    let text = |section: Section| match section {
        Section::F => "Phonics, 20 minutes, 4 a week.",
        _ => "",
    };
    CamePlan {
        frame: officer(Tab::MyChildren),
        hidden: hidden(),
        passed: "plan-7".into(),
        settings: pairs(&[("mainstream-school", "A mainstream school")]),
        relations: pairs(&[("mother", "mother")]),
        plan: PlanFields {
            open: true,
            sections: Section::ALL.into_iter().map(|one| (one, text(one).into())).collect(),
        },
        filled: Filled::default()
            .with("from-council", "Otherham")
            .with("child-name", "Mei Harrowgate"),
    }
}

fn pass_on() -> PassOn {
    PassOn {
        frame: officer(Tab::MyChildren),
        child: leila(),
        hidden: hidden(),
        due: Some((By::day(TODAY, TODAY, TODAY), Days::Left(0))),
        withheld: None,
        areas: pairs(&[("Otherham", "Otherham")]),
        goes: vec!["The text of the plan in force, every section".into()],
        filled: Filled::about("Leila"),
    }
}

fn new_child() -> NewChild {
    NewChild {
        frame: officer(Tab::MyChildren),
        hidden: hidden(),
        askers: pairs(&[("parent", "A parent")]),
        relations: pairs(&[("mother", "mother")]),
        filled: Filled::default(),
        passed: vec![(
            link("Mei Harrowgate", "/children/new/plan?passed=plan-7"),
            "from Otherham, Friday 20 November 2026".into(),
        )],
    }
}
