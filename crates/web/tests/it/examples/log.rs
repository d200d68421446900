//! What the area does about its Local Offer, with invented entries.

use jiff::civil::date;
use sendero_web::view::Tab;
use sendero_web::view::form::Filled;
use sendero_web::view::log::{
    AskingRow, DecidedOn, EntryDesk, GapDesk, GapRow, GapsDesk, GapsPage, MakingDesk, MakingPage,
    NotFoundSaid, ReductionRow, ReductionsDesk, ReductionsPage,
};

use super::staff::officer;
use super::{Page, anybody, draw, hidden};

pub(crate) fn pages() -> Vec<Page> {
    let wrong = |field| Filled::default().wrong(field, "Fill this in");
    vec![
        draw("offer-gaps", &gaps(vec![open()], vec![decided()])),
        draw("offer-gaps-none", &gaps(vec![], vec![])),
        draw("offer-reductions", &reductions(vec![reduction(), taken_back()])),
        draw("offer-reductions-none", &reductions(vec![])),
        draw("offer-making", &making(vec![asking()])),
        draw("offer-making-none", &making(vec![])),
        draw("offer-not-found", &NotFoundSaid { frame: anybody(Tab::Help) }),
        draw("staff-gaps", &gaps_desk(vec![open()], vec![decided()])),
        draw("staff-gaps-none", &gaps_desk(vec![], vec![])),
        draw("staff-gap", &gap_desk(open(), Filled::default())),
        draw("staff-gap-decided", &gap_desk(decided(), Filled::default())),
        draw("staff-gap-wrong", &gap_desk(open(), wrong("why").wrong("on", "Fill this in"))),
        draw("staff-reductions", &reductions_desk(vec![reduction()], Filled::default())),
        draw("staff-reductions-wrong", &reductions_desk(vec![], wrong("what"))),
        draw("staff-making", &making_desk(vec![asking()], Filled::default())),
        draw("staff-making-wrong", &making_desk(vec![], wrong("groups"))),
        draw("staff-log-cut", &entry_desk(Some(reduction()), None, Filled::default())),
        draw("staff-log-asked", &entry_desk(None, Some(asking()), wrong("changed"))),
        draw("staff-log-gone", &entry_desk(Some(taken_back()), None, Filled::default())),
    ]
}

fn open() -> GapRow {
    GapRow {
        href: "/local-offer/gaps/g1".into(),
        what: "horse riding, deaf".into(),
        how: "7 searches for it found nothing. One person said that they did not find it.".into(),
        shows: true,
        decided: vec![],
    }
}

fn decided() -> GapRow {
    let at = |on, what: &str, again_on| DecidedOn {
        on,
        what: what.into(),
        why: "No pool here has a hoist that holds a grown child.".into(),
        by: "SEND joint commissioning board".into(),
        again_on,
    };
    GapRow {
        shows: false,
        decided: vec![
            at(date(2026, 10, 2), "It will be arranged", None),
            at(date(2026, 6, 1), "More has to be known first", Some(date(2026, 10, 1))),
        ],
        ..open()
    }
}

fn reduction() -> ReductionRow {
    ReductionRow {
        href: "/local-offer/entry/r1".into(),
        what: "The Monday club in Saltmarsh".into(),
        from: date(2026, 9, 1),
        on: date(2026, 7, 6),
        by: "Kestrel Trust’s board".into(),
        why: "The grant for it ended.".into(),
        consultation: "Eleven families were rung in June. Nine wanted it to stay.".into(),
        instead: String::new(),
        taken_back: None,
    }
}

fn taken_back() -> ReductionRow {
    let why = "The club goes on. The grant was given for another year.".into();
    ReductionRow {
        taken_back: Some((date(2026, 9, 9), why)),
        instead: "Saturday club".into(),
        ..reduction()
    }
}

fn asking() -> AskingRow {
    AskingRow {
        href: "/local-offer/entry/m1".into(),
        on: date(2026, 5, 12),
        about: "What short breaks should be".into(),
        groups: vec!["Academies".into(), "Others".into()],
        how: "Two evenings, 31 people.".into(),
        said: "Weekends, and nearer to Saltmarsh.".into(),
        changes: vec![(date(2026, 9, 1), "A Saturday club in Saltmarsh".into())],
        taken_back: None,
    }
}

fn gaps(open: Vec<GapRow>, decided: Vec<GapRow>) -> GapsPage {
    GapsPage { frame: anybody(Tab::Help), open, decided }
}

fn reductions(list: Vec<ReductionRow>) -> ReductionsPage {
    ReductionsPage { frame: anybody(Tab::Help), list }
}

fn making(list: Vec<AskingRow>) -> MakingPage {
    MakingPage { frame: anybody(Tab::Help), list, not_asked: vec!["Youth offending teams".into()] }
}

fn gaps_desk(open: Vec<GapRow>, decided: Vec<GapRow>) -> GapsDesk {
    GapsDesk { frame: officer(Tab::Offer), open, decided }
}

fn gap_desk(gap: GapRow, filled: Filled) -> GapDesk {
    let decisions = vec![
        ("arrange".into(), "It will be arranged".into()),
        ("not-now".into(), "Not for now".into()),
    ];
    GapDesk { frame: officer(Tab::Offer), gap, decisions, hidden: hidden(), filled }
}

fn reductions_desk(list: Vec<ReductionRow>, filled: Filled) -> ReductionsDesk {
    ReductionsDesk { frame: officer(Tab::Offer), list, hidden: hidden(), filled }
}

fn making_desk(list: Vec<AskingRow>, filled: Filled) -> MakingDesk {
    let groups = vec![("academies".into(), "Academies".into()), ("others".into(), "Others".into())];
    MakingDesk { frame: officer(Tab::Offer), list, groups, hidden: hidden(), filled }
}

fn entry_desk(
    reduction: Option<ReductionRow>,
    asking: Option<AskingRow>,
    filled: Filled,
) -> EntryDesk {
    EntryDesk {
        frame: officer(Tab::Offer),
        back: ("/local-offer/reductions".into(), "Help that was cut".into()),
        base: "/local-offer/entry/r1".into(),
        reduction,
        asking,
        hidden: [hidden(), hidden()],
        filled,
    }
}
