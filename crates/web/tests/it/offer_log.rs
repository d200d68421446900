//! What the area does about its Local Offer, over a whole service: what is missing shows by itself
//! and is decided on by staff alone; cuts and consultations are written down for everybody to read;
//! and of searches nothing is kept that could tell of somebody.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::offer::made_up;

use crate::service::{Service, TODAY};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

async fn served() -> Service {
    let service = Service::new().await;
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 60);
    service.app.take_offer("999", &offer, "https://feed.example/v3", false).await.unwrap();
    service
}

/// Counts a search that found nothing, as somebody at a place of their own.
async fn searched(service: &Service, words: &str, place: &str) {
    let offer = service.app.local_offer("999").await.unwrap();
    let understood = offer.finder.understand(words);
    service.app.count_search("999", &understood, true, place).await.unwrap();
}

#[tokio::test]
async fn words_are_kept_once_five_searches_had_the_same() {
    let service = served().await;
    let mut anybody = service.browser();
    for n in 0..4 {
        searched(&service, "dentist for Tansy Okonjo", &format!("place {n}")).await;
        // The same again from the same place is no other search.
        searched(&service, "dentist", &format!("place {n}")).await;
    }
    let page = anybody.get("/offer/gaps").await;
    page.says(OK, &["Nothing is on the list today"]);
    searched(&service, "a dentist in Thornbeck", "place 5").await;
    let page = anybody.get("/offer/gaps").await;
    page.says(OK, &["dentist", "5 searches for it found nothing."]);
    for kept in ["Tansy", "Okonjo", "Thornbeck"] {
        assert!(!page.html.contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn a_search_counts_and_somebody_says_that_they_did_not_find_it() {
    let service = served().await;
    let mut anybody = service.browser();
    let page = anybody.get("/offer/search?words=trampoline").await;
    page.says(OK, &["I did not find what I need"]);
    let pressed = anybody.post("/offer/not-found", &[("words", "trampoline")]).await;
    pressed.leads("/offer/not-found");
    anybody.get("/offer/not-found").await.says(OK, &["We have counted that", "01632 960"]);
    anybody.get("/offer/search?words=zzqxqzz").await;
    let page = anybody.get("/offer/check").await;
    page.says(OK, &["Searches that found nothing, this month", "1 of 2 (50%)"]);
    page.says(OK, &["People who did not find what they need, this month"]);
}

#[tokio::test]
async fn what_is_missing_is_decided_on_by_staff() {
    let service = served().await;
    for n in 0..6 {
        searched(&service, "dentist", &format!("place {n}")).await;
    }
    let mut manager = service.sign_in(Role::Manager, "Ottoline", "").await;
    let desk = manager.get("/local-offer/gaps").await;
    desk.says(OK, &["No decision yet (1)", "dentist"]);
    let (_, rest) = desk.html.split_once("href=\"/local-offer/gaps/").unwrap();
    let at = format!("/local-offer/gaps/{}", rest.split('"').next().unwrap());
    manager.get(&at).await.says(OK, &["Missing: dentist"]);
    manager.post(&at, &[("decision", "find-out")]).await.says(WRONG, &["Fill this in"]);
    let mut answer = vec![
        ("decision", "find-out"),
        ("why", "We ask the NHS where it is."),
        ("body", "Joint board"),
        ("on-day", "1"),
        ("on-month", "12"),
        ("on-year", "2027"),
    ];
    manager.post(&at, &answer).await.says(WRONG, &["This day has not come yet"]);
    answer[5] = ("on-year", "2025");
    manager.post(&at, &answer).await.leads("/local-offer/gaps");
    manager.get(&at).await.says(OK, &["What was decided since"]);
    let page = service.browser().get("/offer/gaps").await;
    page.says(
        OK,
        &["More has to be known first", "We ask the NHS", "Joint board", "1\u{a0}December 2025"],
    );
    let verified = service.app.verify().await.unwrap();
    assert!(verified.findings.is_empty(), "{:?}", verified.findings);
    assert!(verified.offer > 50, "{}", verified.offer);
}

#[tokio::test]
async fn a_cut_is_public_and_can_only_be_taken_back() {
    let service = served().await;
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    officer.get("/local-offer/reductions").await.says(OK, &["Nothing has been written down"]);
    let mut cut = vec![
        ("what", "The Monday club"),
        ("from-day", "1"),
        ("from-month", "9"),
        ("from-year", "2026"),
        ("body", "Cabinet"),
        ("on-day", "6"),
        ("on-month", "7"),
        ("on-year", "2026"),
        ("why", "The grant ended"),
    ];
    officer.post("/local-offer/reductions", &cut).await.says(WRONG, &["Fill this in", "The grant"]);
    cut.push(("consultation", "Nobody was asked"));
    officer.post("/local-offer/reductions", &cut).await.leads("/local-offer/reductions");
    let mut anybody = service.browser();
    let page = anybody.get("/offer/reductions").await;
    page.says(OK, &["The Monday club", "<b>Cabinet</b> decided it", "Nobody was asked", "nothing"]);
    let desk = officer.get("/local-offer/reductions").await;
    let (_, rest) = desk.html.split_once("href=\"/local-offer/entry/").unwrap();
    let at = format!("/local-offer/entry/{}", rest.split('"').next().unwrap());
    officer.get(&at).await.says(OK, &["Is this entry a mistake?"]);
    officer.post(&at, &[("act", "wrong")]).await.says(WRONG, &["Fill this in"]);
    let why = [("act", "wrong"), ("wrong", "The grant was renewed")];
    officer.post(&at, &why).await.leads("/local-offer/reductions");
    anybody
        .get("/offer/reductions")
        .await
        .says(OK, &["The Monday club", "Taken back on", "The grant was renewed"]);
}

#[tokio::test]
async fn who_was_asked_is_public_with_what_changed() {
    let service = served().await;
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    officer.get("/local-offer/making").await.says(OK, &["Youth offending teams"]);
    let mut asked = vec![
        ("about", "Short breaks"),
        ("how", "Two evenings, 31 people"),
        ("said", "Weekends first"),
        ("on-day", "2"),
        ("on-month", "11"),
        ("on-year", "2026"),
    ];
    officer.post("/local-offer/making", &asked).await.says(WRONG, &["Choose one of the answers"]);
    asked.extend([("groups", "families-sen"), ("groups", "academies")]);
    officer.post("/local-offer/making", &asked).await.leads("/local-offer/making");
    let desk = officer.get("/local-offer/making").await;
    let (_, rest) = desk.html.split_once("href=\"/local-offer/entry/").unwrap();
    let at = format!("/local-offer/entry/{}", rest.split('"').next().unwrap());
    officer.get(&at).await;
    officer.post(&at, &[("act", "changed")]).await.says(WRONG, &["Fill this in"]);
    let changed = [("act", "changed"), ("changed", "A club on Saturdays")];
    officer.post(&at, &changed).await.leads("/local-offer/making");
    let page = service.browser().get("/offer/making").await;
    page.says(OK, &["Short breaks", "Academies", "A club on Saturdays", "Pupil referral units"]);
    let (_, not_asked) = page.html.split_once("Not asked in the last year").unwrap();
    assert!(!not_asked.contains("Academies"));
    let check = service.browser().get("/offer/check").await;
    check.says(OK, &["2 of 15 (13%)", "not kept yet", "Hardest to read"]);
}

#[tokio::test]
async fn nobody_else_writes_in_it() {
    let service = served().await;
    for role in [Role::Parent, Role::YoungPerson, Role::Adviser] {
        let mut other = service.sign_in(role, role.word(), "").await;
        for list in ["gaps", "reductions", "making", "entry/none", "gaps/none"] {
            let page = format!("/local-offer/{list}");
            other.get(&page).await.says(StatusCode::NOT_FOUND, &[]);
            other.get("/offer/comment").await;
            if list != "gaps" {
                let posted = other.post(&page, &[("act", "wrong"), ("wrong", "x")]).await;
                assert_eq!(posted.status, StatusCode::NOT_FOUND, "{page}");
            }
        }
    }
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    for page in ["/local-offer/entry/none", "/local-offer/gaps/none"] {
        officer.get(page).await.says(StatusCode::NOT_FOUND, &[]);
    }
}
