//! What people say of the Local Offer, with invented words.

use jiff::civil::date;
use sendero_web::view::Tab;
use sendero_web::view::comment::{
    AnswerPage, Changes, CommentForm, CommentsPage, DeskLine, SaidOne, SaidPage, Thanks,
};
use sendero_web::view::form::Filled;
use sendero_web::view::offer::Danger;

use super::staff::officer;
use super::{Page, anybody, draw, hidden};

pub(crate) fn pages() -> Vec<Page> {
    let swim = Some(("a1".to_owned(), "Quiet swim".to_owned()));
    let wrong = Filled::default().wrong("words", "Fill this in").wrong("about", "Choose one");
    let answered = AnswerPage { said: Some(said()), marks: vec![], ..answer() };
    vec![
        draw("offer-comment", &form(None, Filled::default())),
        draw("offer-comment-service", &form(swim, Filled::default())),
        draw("offer-comment-wrong", &form(None, wrong)),
        draw("offer-comment-thanks", &thanks(vec![])),
        draw("offer-comment-thanks-danger", &thanks(vec![Danger::Life])),
        draw("offer-said", &said_page(vec![said(), late()], Some((date(2027, 9, 1), false)))),
        draw("offer-said-late", &said_page(vec![late()], Some((date(2026, 9, 1), true)))),
        draw("offer-said-empty", &said_page(vec![], None)),
        draw("offer-changes", &changes()),
        draw("staff-comments", &desk()),
        draw("staff-comment", &answer()),
        draw("staff-comment-answered", &answered),
        draw(
            "staff-comment-withheld",
            &AnswerPage { withheld: Some("It is about one person".into()), ..answer() },
        ),
    ]
}

fn form(service: Option<(String, String)>, filled: Filled) -> CommentForm {
    CommentForm { frame: anybody(Tab::Help), service, hidden: hidden(), filled }
}

fn thanks(dangers: Vec<Danger>) -> Thanks {
    Thanks { frame: anybody(Tab::Help), dangers, by: date(2027, 11, 21) }
}

fn said() -> SaidOne {
    SaidOne {
        about: "Quiet swim".into(),
        href: Some("/offer/service/a1".into()),
        made_on: date(2026, 6, 2),
        words: "There is nowhere to change a teenager.".into(),
        on: date(2026, 7, 1),
        response: "You are right. The changing place is too small.".into(),
        action: Some((
            "A new changing place".into(),
            "Aldermere Leisure Trust".into(),
            date(2027, 3, 1),
        )),
        late: false,
        done: None,
    }
}

fn late() -> SaidOne {
    SaidOne { href: None, late: true, ..said() }
}

fn said_page(list: Vec<SaidOne>, by: Option<(jiff::civil::Date, bool)>) -> SaidPage {
    let withheld = vec![("It means to hurt".into(), 1), ("It is about one person".into(), 3)];
    SaidPage { frame: anybody(Tab::Help), list, waiting: 2, by, withheld }
}

fn changes() -> Changes {
    let feed = "Taken from https://feed.example/v3".to_owned();
    Changes {
        frame: anybody(Tab::Help),
        name: "Quiet swim".into(),
        href: "/offer/service/a1".into(),
        list: vec![
            (date(2026, 11, 1), feed.clone(), "what it costs, when it is".into()),
            (date(2026, 5, 1), feed, String::new()),
        ],
    }
}

fn desk() -> CommentsPage {
    let line = |late: bool| DeskLine {
        href: "/comments/c1".into(),
        about: "Help that is not there".into(),
        words: "There is no short break for a child who uses a wheelchair…".into(),
        by: date(2027, 6, 2),
        late,
    };
    CommentsPage {
        frame: officer(Tab::Offer),
        waiting: vec![line(true), line(false)],
        promised: vec![line(false)],
    }
}

fn answer() -> AnswerPage {
    AnswerPage {
        frame: officer(Tab::Offer),
        base: "/comments/c1".into(),
        about: "Quiet swim".into(),
        made_on: date(2026, 6, 2),
        by: date(2027, 6, 2),
        typed: "My son Idris has nowhere to change.".into(),
        marks: vec![("a name".into(), "Idris".into())],
        said: None,
        withheld: None,
        hidden: [hidden(), hidden(), hidden()],
        filled: Filled::default().with("words", "My son Idris has nowhere to change."),
        reasons: vec![
            ("vexatious".into(), "It means to hurt".into()),
            ("one-person".into(), "It is about one person".into()),
        ],
    }
}
