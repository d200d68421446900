//! Several areas in one server: each has its pages, its feed, its comments and its figures under its own
//! name, and families are shown what another area says is for them too.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use sendero_app::house::access::{Part, Role};
use sendero_app::house::law::{Rulebook, SourceFile};
use sendero_app::house::offer::{ServiceArea, made_up, made_up_id};
use sendero_app::house::record::Name;
use sendero_app::{AreaDetail, NewPerson};
use sendero_web::Front;
use tower::ServiceExt as _;

use crate::service::{Browser, Service, TODAY};
use crate::work::asked;

const OK: StatusCode = StatusCode::OK;

/// Otherham beside Aldermere.
async fn beside(service: &Service) {
    let aldermere = service.app.area("999").await.unwrap();
    let otherham = AreaDetail {
        code: "998".to_owned(),
        name: "Otherham".to_owned(),
        letters: "OTH".to_owned(),
        address: "https://otherham.example".to_owned(),
        phone: "01632 960 555".to_owned(),
        ..aldermere.clone()
    };
    service.app.set_area(&otherham).await.unwrap();
    service
        .app
        .set_area(&AreaDetail { borders: vec!["998".to_owned()], ..aldermere })
        .await
        .unwrap();
}

/// Aldermere, and Otherham beside it, one of whose services is for families of both.
async fn two() -> (Service, String, String) {
    let service = Service::new().await;
    beside(&service).await;
    let own = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 60);
    service.app.take_offer("999", &own, "test", false).await.unwrap();
    let mut other = made_up("998", "Otherham", "https://otherham.example", TODAY, 60);
    let (shared, closed) = (made_up_id("998", "talking-time"), made_up_id("998", "stay-and-sign"));
    let entry = other.services.get_mut(&shared).unwrap();
    entry.name = "Otherham Chatter Club".to_owned();
    entry.areas.push(ServiceArea {
        id: "a2".to_owned(),
        name: "Aldermere".to_owned(),
        uri: String::new(),
    });
    service.app.take_offer("998", &other, "test", false).await.unwrap();
    (service, shared, closed)
}

async fn feed(service: &Service, host: &str, path: &str) -> String {
    let router = sendero_web::router(service.app.clone(), Front::default());
    let request = Request::get(path).header(header::HOST, host).body(Body::empty()).unwrap();
    let answer = router.oneshot(request).await.unwrap();
    let bytes = to_bytes(answer.into_body(), 16 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn each_area_has_its_own_name() {
    let (service, shared, _) = two().await;
    let mut here = service.browser();
    let mut there = service.browser();
    there.host = "OTHERHAM.example".to_owned();
    here.get("/offer").await.says(OK, &["Find help in Aldermere"]);
    there.get("/offer").await.says(OK, &["Find help in Otherham", "01632 960 555"]);
    let mut nowhere = service.browser();
    nowhere.host = "unknown.example".to_owned();
    nowhere.get("/offer").await.says(OK, &["Find help in"]);
    let front = feed(&service, "otherham.example", "/oruk/v3/").await;
    assert!(front.contains("https://otherham.example/oruk/v3/openapi.json"), "{front}");
    let one = format!("/oruk/v3/services/{shared}");
    assert!(feed(&service, "otherham.example", &one).await.contains("Chatter Club"));
    assert!(!feed(&service, "aldermere.example", &one).await.contains("Chatter Club"));
}

#[tokio::test]
async fn what_is_for_families_here_too_is_found_across_the_border() {
    let (service, shared, closed) = two().await;
    let mut here = service.browser();
    let found = here.get("/offer/search?words=otherham+chatter+club").await;
    found.says(OK, &["Otherham Chatter Club", "In Otherham"]);
    let page = here.get(&format!("/offer/service/{shared}")).await;
    page.says(OK, &["Otherham. It is for families here too", "The SEND team, Otherham"]);
    here.get(&format!("/offer/service/{shared}/changes")).await.says(OK, &["first here"]);
    here.get(&format!("/offer/service/{closed}")).await.says(StatusCode::NOT_FOUND, &[]);
    let mut there = service.browser();
    there.host = "otherham.example".to_owned();
    let own = there.get(&format!("/offer/service/{shared}")).await;
    assert!(!own.html.contains("for families here too"));
    // Aldermere's own services are not for families of Otherham: no border was opened that way.
    let theirs = made_up_id("999", "talking-time");
    there.get(&format!("/offer/service/{theirs}")).await.says(StatusCode::NOT_FOUND, &[]);
}

#[tokio::test]
async fn comments_and_desks_stay_with_their_area() {
    let (service, shared, _) = two().await;
    let mut there = service.browser();
    there.host = "otherham.example".to_owned();
    there.get("/offer/comment").await;
    let said = [("about", "pages"), ("words", "Too small")];
    there.post("/offer/comment", &said).await.leads("/offer/comment/thanks");
    there.get("/offer/said").await.says(OK, &["1 comment waits"]);
    service.browser().get("/offer/said").await.says(OK, &["0 comments wait"]);
    let person = NewPerson {
        id: None,
        authority: "998".to_owned(),
        role: Role::Officer,
        name: Name::new("Wren", "Tallis"),
        email: "wren@otherham.example".to_owned(),
        body: String::new(),
    };
    let (_, token) = service.app.add_person(&person).await.unwrap();
    let mut officer = service.browser();
    officer.get(&format!("/link/{token}")).await;
    officer.post(&format!("/link/{token}"), &[]).await.leads("/today");
    officer.get(&format!("/entries/{shared}")).await.says(OK, &["Otherham Chatter Club"]);
    let mut other = service.sign_in(Role::Officer, "Noor", "").await;
    other.get(&format!("/entries/{shared}")).await.says(StatusCode::NOT_FOUND, &[]);
}

const PROMISE: &str = r#"
[[standard]]
id = "plan-10w"
title = "Send the final plan within ten weeks"
cite = "Aldermere, promise to families 2026"
beside = "plan-20w"
within = { weeks = 10, counting = "trigger-day-excluded" }
from = 2026-09-01
words = "Aldermere has said that plans take ten weeks here. The law gives it twenty."
lifted-by = ["exceptional-circumstances"]
"#;

/// Somebody of an area, signed in under its name.
async fn member(service: &Service, authority: &str, host: &str, role: Role) -> Browser {
    let person = NewPerson {
        id: None,
        authority: authority.to_owned(),
        role,
        name: Name::new("Petra", "Longacre"),
        email: format!("{}@{host}", role.word()),
        body: String::new(),
    };
    let (_, token) = service.app.add_person(&person).await.unwrap();
    let mut browser = service.browser();
    browser.host = host.to_owned();
    browser.get(&format!("/link/{token}")).await;
    browser.post(&format!("/link/{token}"), &[]).await;
    browser
}

/// Aldermere has promised plans in ten weeks; Otherham has promised nothing. A request that came on
/// 5 October is due on 14 December there, and nothing is here.
#[tokio::test]
async fn a_standard_holds_for_the_children_of_its_own_area() {
    let file = SourceFile { name: "local/promises.toml".to_owned(), text: PROMISE.to_owned() };
    let book: &'static Rulebook = Box::leak(Box::new(Rulebook::with_local(&[file]).unwrap()));
    let service = Service::under([("999".to_owned(), book)].into()).await;
    beside(&service).await;
    let title = "Send the final plan within ten weeks";
    for (authority, host, holds) in
        [("999", "aldermere.example", true), ("998", "otherham.example", false)]
    {
        let mut anybody = service.browser();
        anybody.host = host.to_owned();
        assert_eq!(anybody.get("/law").await.html.contains(title), holds, "{host}");
        let status = if holds { OK } else { StatusCode::NOT_FOUND };
        let page = anybody.get("/law/plan-10w").await;
        assert_eq!(page.status, status, "{host}");
        assert_eq!(page.html.contains("promise to families 2026"), holds, "{host}");

        let mut officer = member(&service, authority, host, Role::Officer).await;
        let reference = asked(&mut officer).await;
        let case = officer.get(&format!("/case/{reference}")).await;
        case.says(OK, &["Decide whether to assess"]);
        assert_eq!(case.html.contains(title), holds, "{host}");
        let (me, child) = (officer.me().await, officer.child(&reference).await);
        let file = service.app.open(&me, &child, Part::Case, "").await.unwrap();
        let own = file.timeline.obligations.iter().find(|one| one.duty == *"plan-10w");
        let due = own.and_then(|one| one.due).map(|due| due.to_string());
        assert_eq!(due.as_deref(), holds.then_some("2026-12-14"), "{host}");
        let why = officer.get(&format!("/case/{reference}/exception")).await;
        assert_eq!(why.html.contains(title), holds, "{host}");

        // In the forecast it is the law's own act, sooner.
        let mut manager = member(&service, authority, host, Role::Manager).await;
        let forecast = manager.get("/forecast").await;
        forecast.says(OK, &["What will be late"]);
        assert_eq!(forecast.html.contains("Send final plan"), holds, "{host}");
        assert!(!forecast.html.contains(title), "{host}");
        let found = service.app.forecast(&manager.me().await).await.unwrap();
        let line = found.first.iter().find(|line| line.duty.as_deref() == Some("plan-10w"));
        let waits = line.map(|line| line.cause.as_str());
        assert_eq!(waits, holds.then_some("decision"), "as the plan of the law waits");
    }
    assert!(service.app.verify().await.unwrap().findings.is_empty());
    assert!(service.app.promised_by_nobody().await.unwrap().is_empty());
}

/// Whoever asks at another area's name chooses where the child lives, and what that area has promised
/// stands beside the law: in lists, among dates and as data, and not in a letter.
#[tokio::test]
async fn a_reader_chooses_whose_promises_stand_beside_the_law() {
    let file = SourceFile { name: "local/promises.toml".to_owned(), text: PROMISE.to_owned() };
    let book: &'static Rulebook = Box::leak(Box::new(Rulebook::with_local(&[file]).unwrap()));
    let service = Service::under([("999".to_owned(), book)].into()).await;
    service.browser().get("/law").await.says(OK, &["Send the final plan within ten weeks"]);
    let alone = service.browser().get("/law").await;
    assert!(!alone.html.contains("area=999"), "one area leaves nothing to choose");
    beside(&service).await;
    let mut anybody = service.browser();
    anybody.host = "otherham.example".to_owned();
    let title = "Send the final plan within ten weeks";
    let days = "day1-day=5&day1-month=10&day1-year=2026";
    for page in ["/law", "/law/all", "/happening/asked", "/law/rulebook.json"] {
        let own = anybody.get(page).await;
        assert!(own.status == OK && !own.html.contains(title), "{page}");
        let theirs = anybody.get(&format!("{page}?area=999")).await;
        assert!(theirs.status == OK && theirs.html.contains(title), "{page}");
        for nowhere in ["nowhere", "%00", "%ff"] {
            let page = anybody.get(&format!("{page}?area={nowhere}")).await;
            page.says(StatusCode::NOT_FOUND, &["You cannot see this page"]);
        }
    }
    for unreadable in ["/law/%ff", "/law/%00", "/happening/%ff/dates"] {
        anybody.get(unreadable).await.says(StatusCode::NOT_FOUND, &["You cannot see this page"]);
    }
    let law = anybody.get("/law?area=999").await;
    law.says(OK, &["/law/plan-10w?area=999", "/happening/asked?area=999", "?area=998"]);
    let duty = anybody.get("/law/plan-20w?area=999").await;
    duty.says(OK, &["Promised here beyond the law", "/law/plan-10w?area=999"]);
    let own = anybody.get("/law/plan-10w?area=999").await;
    own.says(OK, &["Aldermere’s own standard", "The law itself", "/law/plan-20w?area=999"]);
    let all = anybody.get("/law/all?area=999").await;
    all.says(OK, &["/law/rulebook.json?area=999", "Own standard"]);

    let asks = anybody.get("/happening/asked/dates?area=999").await;
    asks.says(OK, &["Where does the child live?", "<option value=\"999\" selected>Aldermere"]);
    let dates = format!("/happening/asked/dates?{days}&area=");
    let here = anybody.get(&format!("{dates}998")).await;
    here.says(OK, &["Monday 22\u{a0}February 2027"]);
    assert!(!here.html.contains("own promise"));
    let there = anybody.get(&format!("{dates}999")).await;
    there.says(
        OK,
        &[
            "Aldermere’s own promise",
            "Monday 14\u{a0}December 2026",
            "Monday 22\u{a0}February 2027",
            "area=999",
        ],
    );
    let file = anybody.get(&format!("/happening/asked/calendar.ics?{days}&area=999")).await;
    file.says(OK, &["DTSTART;VALUE=DATE:20261214", "DTSTART;VALUE=DATE:20270222"]);
    let letter = format!("/happening/asked/paper/chase?{days}&area=999");
    let letter = anybody.get(&letter).await;
    letter.says(OK, &[]);
    assert!(!letter.html.contains("ten weeks"), "{}", letter.html);
}
