//! A request without an account: saved, resumed, sent once, matched; and what a stranger cannot do.

use jiff::civil::date;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::record::{ChildId, Command, Name};
use sendero_app::{App, DraftAnswers, DraftHandle, Form, NewPerson, Problem};

use crate::rig::{app_on, area, staff};

async fn app() -> App {
    let app = app_on(date(2026, 9, 14)).await;
    app.set_area(&area()).await.unwrap();
    app
}

fn answers() -> DraftAnswers {
    let mut answers = DraftAnswers::default();
    for (field, typed) in [
        ("asker", "parent"),
        ("child-name", "Idris Featherby"),
        ("born-day", "2"),
        ("born-month", "3"),
        ("born-year", "2019"),
        ("own-words", "I like trains."),
        ("hard", "Loud rooms."),
        ("your-name", "Amina Okoro"),
        ("relation", "mother"),
        ("email", "Amina@Families.example"),
    ] {
        answers.set(field, typed);
    }
    answers
}

async fn sent(app: &App) -> (DraftHandle, ChildId) {
    let handle = app.begin_draft("ald").await.unwrap();
    app.save_draft(&handle, &answers()).await.unwrap();
    let form = Form { command: "form-1".to_owned(), seen: None };
    app.submit_draft(&handle, &form).await.unwrap();
    // A second tap changes nothing.
    app.submit_draft(&handle, &form).await.unwrap();
    let child = app.draft(&handle).await.unwrap().sent.expect("it was sent");
    (handle, child)
}

#[tokio::test]
async fn what_was_typed_is_there_for_whoever_has_the_code() {
    let app = app().await;
    let handle = app.begin_draft("ald").await.unwrap();
    app.save_draft(&handle, &answers()).await.unwrap();
    let typed = format!(" {} ", handle.reference.to_string().to_lowercase());
    let code = handle.code.to_lowercase();
    let found = app.resume_draft(&typed, &code, "here").await.unwrap();
    assert_eq!(app.draft(&found).await.unwrap().answers, answers());
    let wrong = app.resume_draft(&typed, "AAA-AAA-AAA", "here").await;
    assert!(matches!(wrong, Err(Problem::NotFound)), "{wrong:?}");
}

#[tokio::test]
async fn codes_cannot_be_guessed_for_ever() {
    let app = app().await;
    let handle = app.begin_draft("ald").await.unwrap();
    let reference = handle.reference.to_string();
    for _ in 0..8 {
        let tried = app.resume_draft(&reference, "AAA-AAA-AAA", "there").await;
        assert!(matches!(tried, Err(Problem::NotFound)), "{tried:?}");
    }
    let tried = app.resume_draft(&reference, &handle.code, "there").await;
    assert!(matches!(tried, Err(Problem::TooMuch { .. })), "{tried:?}");
}

#[tokio::test]
async fn the_clock_starts_on_receipt() {
    let app = app().await;
    let (handle, _) = sent(&app).await;
    let submitted = app.submitted(&handle).await.unwrap();
    let due = |duty: &str| {
        let law = submitted.timeline.obligations.iter().find(|law| law.duty == duty);
        law.and_then(|law| law.due)
    };
    assert_eq!(due("rq-6w"), Some(date(2026, 10, 26)));
    assert_eq!(due("no-plan-16w"), Some(date(2027, 1, 4)));
    assert_eq!(due("plan-20w"), Some(date(2027, 2, 1)));
    assert!(!submitted.matched);
}

#[tokio::test]
async fn a_request_says_what_must_still_be_put_right() {
    let app = app().await;
    let handle = app.begin_draft("ald").await.unwrap();
    let mut short = answers();
    short.set("child-name", " ");
    short.set("born-day", "31");
    short.set("born-month", "9");
    short.set("email", "");
    app.save_draft(&handle, &short).await.unwrap();
    let Err(Problem::Invalid(faults)) = app.submit_draft(&handle, &Form::default()).await else {
        panic!("it was taken");
    };
    let named: Vec<(&str, &str)> =
        faults.iter().map(|fault| (fault.field.as_str(), fault.fault)).collect();
    assert_eq!(
        named,
        [("child-name", "needed"), ("born", "date-too-late-in-month"), ("email", "email-or-phone")]
    );
}

#[tokio::test]
async fn a_letter_too_many_is_refused_and_nothing_is_lost() {
    let app = app().await;
    let handle = app.begin_draft("ald").await.unwrap();
    app.save_draft(&handle, &answers()).await.unwrap();
    let mut long = answers();
    long.set("hard", &"a".repeat(1_000_000));
    let refused = app.save_draft(&handle, &long).await;
    assert!(matches!(refused, Err(Problem::Invalid(_))), "{refused:?}");
    assert_eq!(app.draft(&handle).await.unwrap().answers, answers());
}

#[tokio::test]
async fn an_asker_sees_the_record_once_matched_and_not_before() {
    let app = app().await;
    let (_, child) = sent(&app).await;
    let officer = staff(&app, Role::Officer, "Priya", "").await;
    let file = app.open(&officer, &child, Part::Case, "").await.unwrap();
    let asker = file.record.unmatched_asker().expect("somebody asked").person.clone();
    let matched = Command::MatchAsker { asker: asker.clone(), person: asker.clone() };
    app.act(&officer, &child, &matched, &Form::default()).await.unwrap();
    app.send_sign_in_link("amina@families.example", "here").await.unwrap();
    let letters = waiting(&app).await;
    let link = letters
        .iter()
        .find(|(to, body)| to == "amina@families.example" && body.contains("/link/"))
        .and_then(|(_, body)| body.split("/link/").nth(1))
        .and_then(|rest| rest.split_whitespace().next())
        .expect("a link by e-mail");
    let parent = app.sign_in_by_link(link, "phone").await.unwrap().me;
    assert_eq!(parent.role, Role::Parent);
    let mine = app.open(&parent, &child, Part::Case, "").await.unwrap();
    assert!(!mine.shows(Part::Notes) && mine.shows(Part::Plan));
    // The link works once.
    let again = app.sign_in_by_link(link, "phone").await;
    assert!(matches!(again, Err(Problem::NotFound)));
    // The family sees that the officer has looked.
    let looks = app.who_looked(&parent, &child).await.unwrap();
    assert!(looks.iter().any(|look| look.name == "Priya Dunmarrow"), "{looks:?}");
}

#[tokio::test]
async fn another_familys_child_is_not_found() {
    let app = app().await;
    let (_, child) = sent(&app).await;
    let person = NewPerson {
        id: None,
        authority: "ald".to_owned(),
        role: Role::Parent,
        name: Name::new("Ren", "Sato"),
        email: "ren@families.example".to_owned(),
        body: String::new(),
    };
    let (_, token) = app.add_person(&person).await.unwrap();
    let stranger = app.sign_in_by_link(&token, "test").await.unwrap().me;
    let opened = app.open(&stranger, &child, Part::Case, "").await;
    assert!(matches!(opened, Err(Problem::NotFound)), "{opened:?}");
    let nobody = app.open(&stranger, &ChildId::new("nobody"), Part::Case, "").await;
    assert!(matches!(nobody, Err(Problem::NotFound)), "{nobody:?}");
    assert_eq!(app.my_children(&stranger).await.unwrap(), []);
}

#[tokio::test]
async fn passwords_are_kept_hashed_and_tried_a_few_times() {
    let app = app().await;
    let officer = staff(&app, Role::Officer, "Priya", "").await;
    let short = app.set_password(&officer, "short").await;
    assert!(matches!(short, Err(Problem::Invalid(_))), "{short:?}");
    app.set_password(&officer, "three plain words").await.unwrap();
    let email = " Priya@aldermere.EXAMPLE ";
    app.sign_in(email, "three plain words", "here", "test").await.unwrap();
    for _ in 0..8 {
        let tried = app.sign_in(email, "three plain wards", "there", "test").await;
        assert!(matches!(tried, Err(Problem::Invalid(_))), "{tried:?}");
    }
    let tried = app.sign_in(email, "three plain words", "there", "test").await;
    assert!(matches!(tried, Err(Problem::TooMuch { .. })), "{tried:?}");
}

/// The messages that wait, as a folder would get them.
async fn waiting(app: &App) -> Vec<(String, String)> {
    struct Kept(std::sync::Mutex<Vec<(String, String)>>);
    impl sendero_app::Post for Kept {
        fn send(&self, to: &str, _: &str, body: &str, _: &str) -> Result<(), String> {
            self.0.lock().expect("nobody panics here").push((to.to_owned(), body.to_owned()));
            Ok(())
        }
    }
    let kept = Kept(std::sync::Mutex::new(Vec::new()));
    app.send_waiting(&kept).await.unwrap();
    kept.0.into_inner().expect("nobody panics here")
}
