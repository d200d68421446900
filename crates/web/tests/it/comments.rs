//! What people say of the Local Offer, over a whole service: said by anybody, answered by staff alone,
//! published with what came of it, and every change of an entry there to be seen.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::offer::guide::guides;
use sendero_app::house::offer::{made_up, made_up_id};

use crate::service::{Service, TODAY};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

async fn served() -> Service {
    let service = Service::new().await;
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 60);
    service.app.take_offer("999", &offer, "https://feed.example/v3", false).await.unwrap();
    service
}

/// The address of the first comment on a desk.
fn first_of(html: &str) -> String {
    let (_, rest) = html.split_once("href=\"/comments/").unwrap();
    format!("/comments/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn what_anybody_says_is_answered_and_published() {
    let service = served().await;
    let id = made_up_id("999", "talking-time");
    let form = format!("/offer/comment?service={id}");
    let mut anybody = service.browser();
    anybody.get(&form).await.says(OK, &["What do you think of Little Sparrows Talking Time?"]);
    anybody
        .post("/offer/comment", &[("service", &id), ("words", " ")])
        .await
        .says(WRONG, &["Fill this in"]);
    let words = "My daughter Tansy loved it, but it is full by 9am.";
    let said = [("service", id.as_str()), ("words", words)];
    anybody.post("/offer/comment", &said).await.leads("/offer/comment/thanks");
    // A second tap says nothing twice.
    anybody.post("/offer/comment", &said).await.leads("/offer/comment/thanks");
    let page = anybody.get("/offer/said").await;
    page.says(OK, &["1 comment waits", "Tuesday 23\u{a0}November 2027"]);
    assert!(!page.html.contains("Tansy"), "nothing is published unread");

    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let desk = officer.get("/comments").await;
    desk.says(OK, &["Little Sparrows Talking Time", "Waiting for an answer (1)"]);
    let at = first_of(&desk.html);
    officer.get(&at).await.says(OK, &["<b>Tansy</b> (a name)"]);
    let shorter = "It is loved, but it is full by 9am.";
    let mut answer = vec![
        ("act", "publish"),
        ("words", shorter),
        ("response", "You are right."),
        ("action", "A second morning"),
        ("owner", "Quarry Road Families"),
        ("by-day", "1"),
        ("by-month", "2"),
        ("by-year", "2027"),
    ];
    officer.post(&at, &answer).await.says(WRONG, &["say that nobody can be recognised", shorter]);
    answer.push(("nobody", "yes"));
    officer.post(&at, &answer).await.leads("/comments");
    officer.get("/comments").await.says(OK, &["Nothing waits.", "Promised and not done (1)"]);
    for page in ["/offer/said".to_owned(), format!("/offer/service/{id}")] {
        let page = anybody.get(&page).await;
        page.says(OK, &[shorter, "You are right.", "A second morning", "by 1\u{a0}February 2027"]);
        assert!(!page.html.contains("Tansy"), "{}", page.html);
    }
    officer.get(&at).await.says(OK, &["What was done?"]);
    officer
        .post(&at, &[("act", "done"), ("done", "Thursdays too, from today")])
        .await
        .leads("/comments");
    anybody
        .get("/offer/said")
        .await
        .says(OK, &["Thursdays too, from today", "Nothing waits for an answer"]);
    assert!(service.app.verify().await.unwrap().findings.is_empty());
}

#[tokio::test]
async fn what_is_left_out_is_counted_and_danger_is_answered_at_once() {
    let service = served().await;
    let mut anybody = service.browser();
    anybody.get("/offer/comment").await;
    anybody
        .post("/offer/comment", &[("words", "x")])
        .await
        .says(WRONG, &["Choose one of the answers"]);
    let said = [("about", "missing"), ("words", "Nobody helps and I want to die")];
    let led = anybody.post("/offer/comment", &said).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER);
    anybody.get(&led.to).await.says(OK, &["116 123", "with the council"]);
    let mut manager = service.sign_in(Role::Manager, "Ottoline", "").await;
    let at = first_of(&manager.get("/comments").await.html);
    manager.get(&at).await;
    manager.post(&at, &[("act", "withhold")]).await.says(WRONG, &["Choose one of the answers"]);
    manager.post(&at, &[("act", "withhold"), ("reason", "one-person")]).await.leads("/comments");
    let page = anybody.get("/offer/said").await;
    page.says(OK, &["1: It is about the help that one person has", "0: It means to hurt"]);
    assert!(!page.html.contains("want to die"));
}

#[tokio::test]
async fn nobody_else_answers() {
    let service = served().await;
    let mut anybody = service.browser();
    anybody.get("/offer/comment").await;
    anybody.post("/offer/comment", &[("about", "pages"), ("words", "Too small")]).await;
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let at = first_of(&officer.get("/comments").await.html);
    for role in [Role::Parent, Role::YoungPerson, Role::Adviser] {
        let mut other = service.sign_in(role, role.word(), "").await;
        for page in ["/comments", at.as_str()] {
            other.get(page).await.says(StatusCode::NOT_FOUND, &[]);
        }
        other.get("/offer/comment").await;
        let posted = other.post(&at, &[("act", "withhold"), ("reason", "vexatious")]).await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND);
    }
    officer.get("/comments/none").await.says(StatusCode::NOT_FOUND, &[]);
    let gone = anybody.get("/offer/comment?service=00000000-0000-4000-8000-000000000000").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn too_many_from_one_place_wait() {
    let service = served().await;
    let mut anybody = service.browser();
    let mut last = OK;
    for n in 0..12 {
        anybody.get("/offer/comment").await;
        let words = format!("Number {n}");
        let fields = [("about", "pages"), ("words", words.as_str())];
        last = anybody.post("/offer/comment", &fields).await.status;
    }
    assert_ne!(last, StatusCode::SEE_OTHER);
    anybody.get("/offer/said").await.says(OK, &["8 comments wait"]);
}

#[tokio::test]
async fn every_change_of_an_entry_can_be_seen() {
    let service = served().await;
    let mut offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 60);
    let id = made_up_id("999", "talking-time");
    let entry = offer.services.get_mut(&id).unwrap();
    entry.fees = "Two pounds".to_owned();
    entry.phones.clear();
    let taken = service.app.take_offer("999", &offer, "mine.csv", false).await.unwrap();
    assert_eq!((taken.new, taken.changed), (0, 1));
    let page = service.browser().get(&format!("/offer/service/{id}/changes")).await;
    page.says(
        OK,
        &["how to reach it, what it costs", "mine.csv", "https://feed.example/v3", "first here"],
    );
    let latest = page.html.find("mine.csv").unwrap();
    assert!(latest < page.html.find("first here").unwrap());
}

#[tokio::test]
async fn how_good_it_is_can_be_read_by_anybody() {
    let service = served().await;
    let page = service.browser().get("/offer/check").await;
    page.says(OK, &["Each heading that the law names has at least one service", "Health care"]);
    let offer = service.app.local_offer("999").await.unwrap();
    let shown = || offer.directory.services.values().filter(|one| one.is_shown());
    let said = shown().filter(|one| !one.who_for.is_empty()).count();
    let all = shown().count();
    assert!(0 < said && said < all, "{said} of {all} would show nothing");
    page.says(OK, &[&format!("Who it is for</th><td>{said} of {all} (")]);
    // Our own pages are drawn, and every way to begin leads to somebody with one click.
    let all = guides().len();
    page.says(
        OK,
        &["Our own pages", &format!("{all} of {all} guides name somebody to ring, one click")],
    );
    for guide in guides() {
        let row = format!("href=\"/offer/guide/{}\">", guide.id);
        let row = page.html.split(&row).nth(1).unwrap_or_else(|| panic!("{} is missing", guide.id));
        let cells: Vec<&str> = row.split("<td>").take(3).collect();
        let age: u8 = cells[1].split('<').next().unwrap().parse().unwrap();
        assert!((5..=14).contains(&age), "{} is read at {age}", guide.id);
        assert!(cells[2].starts_with("1</td>"), "{}: {}", guide.id, cells[2]);
    }
    page.says(
        OK,
        &["/offer/search?need=autism", "/offer/search?ages=0-4", "/offer/search?kind=health"],
    );
}
