//! Comments: what may show who somebody is, and what can be done with one when.

use jiff::civil::date;
use sendero_offer::comment::{
    About, Action, Command, Comment, Event, Reason, Standing, answer_by, make, marks,
};

#[test]
fn what_may_show_who_somebody_is_is_marked() {
    let check = |text: &str, expected: &[(&str, &str)]| {
        let found = marks(text);
        let found: Vec<(&str, &str)> =
            found.iter().map(|mark| (mark.kind, mark.words.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("The waiting list is too long. Nobody tells you anything.", &[]);
    check("We asked SENDIASS and CAMHS. They were kind, but the NHS is slow.", &[]);
    check("my son Idris waits", &[("name", "Idris")]);
    check("Mrs Larkfield's class was good", &[("name", "Mrs Larkfield")]);
    check(
        "He goes to Thornbeck Primary in Year 4.",
        &[("name", "Thornbeck Primary"), ("year-group", "Year 4")],
    );
    check("write to tansy@mere.example, please", &[("contact", "tansy@mere.example")]);
    check("ring me on 01632 960140", &[("contact", "01632 960140")]);
    check("born 03/05/2017", &[("birth", "03/05/2017")]);
    check("nothing near al4 2qt", &[("postcode", "al4 2qt")]);
}

fn made() -> Comment {
    let event = make(About::Missing, "", " No short breaks for wheelchair users. ").unwrap();
    Comment::of([(date(2026, 3, 2), &event)]).unwrap()
}

fn publish(action: Option<Action>, nobody_recognised: bool) -> Command {
    Command::Publish {
        words: "No short breaks.".to_owned(),
        response: "We know.".to_owned(),
        action,
        nobody_recognised,
    }
}

#[test]
fn a_comment_is_answered_once_and_its_promise_kept_once() {
    let today = date(2026, 6, 1);
    let action =
        |what: &str, by| Action { what: what.to_owned(), owner: "SEND team".to_owned(), by };
    let comment = made();
    assert_eq!(
        (comment.typed.as_str(), comment.standing()),
        ("No short breaks for wheelchair users.", Standing::Waiting)
    );
    let fault = |command: &Command| comment.decide(command, today).unwrap_err().fault;
    assert_eq!(fault(&publish(None, false)), "comment-recognised");
    assert_eq!(fault(&publish(Some(action("a van", date(2026, 5, 31))), true)), "comment-by-past");
    assert_eq!(fault(&publish(Some(action(" ", today)), true)), "needed");
    assert_eq!(fault(&Command::Finish("done".to_owned())), "comment-no-action");
    let event = comment.decide(&publish(Some(action("a van", today)), true), today).unwrap();
    let made = make(About::Missing, "", "x").unwrap();
    let comment = Comment::of([(date(2026, 3, 2), &made), (today, &event)]).unwrap();
    assert_eq!(comment.standing(), Standing::Published);
    let again = comment.decide(&publish(None, true), today).unwrap_err();
    assert_eq!(again.fault, "comment-answered");
    let withhold = comment.decide(&Command::Withhold(Reason::Vexatious), today).unwrap_err();
    assert_eq!(withhold.fault, "comment-answered");
    let done = comment.decide(&Command::Finish("bought".to_owned()), today).unwrap();
    let all = [(date(2026, 3, 2), &made), (today, &event), (date(2026, 6, 9), &done)];
    let comment = Comment::of(all).unwrap();
    let kept = comment.answer.as_ref().unwrap().done.clone();
    assert_eq!(kept, Some((date(2026, 6, 9), "bought".to_owned())));
    assert!(comment.decide(&Command::Finish("again".to_owned()), today).is_err());
}

#[test]
fn one_kept_from_the_page_may_be_published_after_all() {
    let today = date(2026, 6, 1);
    let reason = made().decide(&Command::Withhold(Reason::OnePerson), today).unwrap();
    let first = make(About::Pages, "s", "Too small").unwrap();
    assert!(matches!(&first, Event::CommentMade { service, .. } if service.is_empty()));
    let comment = Comment::of([(today, &first), (today, &reason)]).unwrap();
    assert_eq!(comment.standing(), Standing::Withheld);
    assert!(comment.decide(&Command::Withhold(Reason::OnePerson), today).is_err());
    let event = comment.decide(&publish(None, true), today).unwrap();
    let comment = Comment::of([(today, &first), (today, &reason), (today, &event)]).unwrap();
    assert_eq!(comment.standing(), Standing::Published);
}

#[test]
fn a_comment_is_answered_within_a_year() {
    assert_eq!(answer_by(date(2026, 11, 22)), date(2027, 11, 22));
    assert_eq!(answer_by(date(2028, 2, 29)), date(2029, 2, 28));
    assert_eq!(make(About::Pages, "", " ").unwrap_err().fault, "needed");
    assert_eq!(make(About::Pages, "", &"x".repeat(3_001)).unwrap_err().fault, "too-long");
}
