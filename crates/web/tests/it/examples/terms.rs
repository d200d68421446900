//! School terms: for anybody, and where a manager enters them.

use jiff::civil::date;
use sendero_web::view::Tab;
use sendero_web::view::form::Filled;
use sendero_web::view::terms::{
    Entered, LawTerms, TermFields, TermRow, TermsDesk, TermsOf, YearDesk, YearRow,
};

use super::staff_others::manager;
use super::{Page, anybody, draw, hidden, link};

pub(crate) fn pages() -> Vec<Page> {
    let wrong = Filled::default()
        .with("training", "every Friday")
        .wrong("autumn-first", "Fill this in")
        .wrong("training", "“every Friday” is not a day");
    vec![
        draw("staff-terms", &desk(list(true))),
        draw("staff-terms-none", &desk(vec![])),
        draw("staff-terms-year", &year("", Filled::default())),
        draw("staff-terms-year-wrong", &year("Copsefield Primary School", wrong)),
    ]
}

pub(crate) fn public(known: bool) -> LawTerms {
    LawTerms {
        frame: anybody(Tab::Rights),
        area: "Aldermere".into(),
        list: if known { list(false) } else { vec![] },
        others: vec![link("Otherham", "/law/terms?area=998")],
        may_change: known,
    }
}

fn list(at_desk: bool) -> Vec<TermsOf> {
    let href = || "/terms/year?year=2026&school=".to_owned();
    let by = Some((date(2026, 11, 23), "Hester Valdivia".to_owned()));
    let entered = YearRow {
        name: "2026 to 2027".into(),
        terms: vec![TermRow {
            name: "Autumn term".into(),
            first: date(2026, 9, 2),
            last: date(2026, 12, 18),
            half: Some((date(2026, 10, 26), date(2026, 10, 30))),
        }],
        spans: vec![],
        training: vec![date(2026, 9, 2), date(2026, 10, 23)],
        entered: at_desk.then(|| Entered { href: href(), by }),
    };
    let files = YearRow {
        name: "2025 to 2026".into(),
        terms: vec![],
        spans: vec![(date(2025, 9, 3), date(2025, 10, 24)), (date(2026, 1, 5), date(2026, 1, 5))],
        training: vec![],
        entered: at_desk.then(|| Entered { href: href(), by: None }),
    };
    let of =
        |at: u8, title: &str, years| TermsOf { id: format!("of-{at}"), title: title.into(), years };
    vec![
        of(0, "All schools without terms of their own", vec![entered.clone(), files]),
        of(1, "Copsefield Primary School", vec![entered]),
    ]
}

fn desk(list: Vec<TermsOf>) -> TermsDesk {
    let pair = |value: &str, text: &str| (value.to_owned(), text.to_owned());
    TermsDesk {
        frame: manager(Tab::Gaps),
        list,
        years: vec![pair("2027", "2027 to 2028"), pair("2026", "2026 to 2027")],
        schools: vec![
            pair("", "All schools without terms of their own"),
            pair("Copsefield Primary School", "Copsefield Primary School"),
        ],
        filled: Filled::default().with("year", "2026"),
    }
}

fn year(school: &str, filled: Filled) -> YearDesk {
    let field = |part: &str, label: &str| filled.date(&format!("autumn-{part}"), label, "");
    let term = TermFields {
        name: "Autumn term".into(),
        ends: [field("first", "First school day"), field("last", "Last school day")],
        half: [field("half-first", "Half term: first day off"), field("half-last", "last")],
    };
    YearDesk {
        frame: manager(Tab::Gaps),
        year: ("2026".into(), "2026 to 2027".into()),
        school: school.into(),
        terms: vec![term],
        hidden: hidden(),
        take_back: (!school.is_empty()).then(hidden),
        filled,
    }
}
