//! The Local Offer over a whole service: families find, open and keep a service in three steps, and
//! other programs read the feed, errors included, without ever meeting a web page.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use sendero_app::house::offer::{made_up, made_up_id};
use sendero_web::Front;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::service::{Service, TODAY};

async fn served() -> Service {
    let service = Service::new().await;
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 70);
    let taken = service.app.take_offer("999", &offer, "test", false).await.unwrap();
    assert_eq!((taken.changed, taken.same), (0, 0));
    let again = service.app.take_offer("999", &offer, "test", false).await.unwrap();
    assert_eq!((again.new, again.changed, again.no_longer), (0, 0, 0), "twice changes nothing");
    service
}

#[tokio::test]
async fn a_family_finds_opens_and_keeps_a_service() {
    let service = served().await;
    let mut browser = service.browser();
    browser
        .get("/offer")
        .await
        .says(StatusCode::OK, &["What do you need help with?", "We need a break"]);
    let found = browser.get("/offer/search?words=my+3+year+old+isnt+tlking%2C+AL4+2QT").await;
    found.says(
        StatusCode::OK,
        &[
            "Little Sparrows Talking Time",
            "for a 3\u{a0}year old",
            "near AL4 2QT",
            "talking</b>",
            "Under half a mile",
            "Checked 3\u{a0}weeks ago",
        ],
    );
    let id = made_up_id("999", "talking-time");
    assert!(found.html.contains(&format!("/offer/service/{id}?from=")));
    let page =
        browser.get(&format!("/offer/service/{id}?from=%2Foffer%2Fsearch%3Fwords%3Dtalking")).await;
    page.says(
        StatusCode::OK,
        &[
            "You say hello.",
            "01632 960211",
            "Quarry Road Children&#39;s Centre",
            "Tuesdays 9.30am to 11.30am",
            "href=\"/offer/search?words=talking\"",
        ],
    );
    let elsewhere =
        browser.get(&format!("/offer/service/{id}?from=https%3A%2F%2Fevil.example")).await;
    assert!(!elsewhere.html.contains("evil.example"));
    browser
        .post("/offer/list", &[("service", id.as_str()), ("act", "on")])
        .await
        .leads("/offer/list");
    browser.get("/offer/list").await.says(StatusCode::OK, &["Little Sparrows Talking Time"]);
    browser
        .post("/offer/list", &[("service", id.as_str()), ("act", "off")])
        .await
        .leads("/offer/list");
    browser.get("/offer/list").await.says(StatusCode::OK, &["Nothing is saved yet"]);
}

#[tokio::test]
async fn help_now_comes_first_and_there_is_always_something() {
    let service = served().await;
    let mut browser = service.browser();
    let page = browser.get("/offer/search?words=she+wants+to+die").await;
    page.says(StatusCode::OK, &["999", "116 123"]);
    let (urgent, first) =
        (page.html.find("116 123").unwrap(), page.html.find("s-services").unwrap());
    assert!(urgent < first);
    browser
        .get("/offer/search?words=zzqxqzz")
        .await
        .says(StatusCode::OK, &["We found no service", "SENDIASS"]);
    browser
        .get("/offer/search?kind=leisure&free=1")
        .await
        .says(StatusCode::OK, &["Things to do", "1 chosen"]);
    browser.get("/offer/search").await.says(StatusCode::OK, &["All services", "Show more"]);
    let gone = browser.get("/offer/service/00000000-0000-4000-8000-000000000000").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

struct Fed {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

async fn fetch(router: &Router, path: &str) -> Fed {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = to_bytes(answer.into_body(), 16 << 20).await.unwrap();
    Fed { status, headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

#[tokio::test]
async fn programs_read_the_feed() {
    let service = served().await;
    let router = sendero_web::router(service.app.clone(), Front::default());
    let front: Value = serde_json::from_str(&fetch(&router, "/oruk/v3/").await.text).unwrap();
    assert_eq!(front["version"], "HSDS-UK-3.0");
    assert_eq!(front["openapi_url"], "https://aldermere.example/oruk/v3/openapi.json");
    let described: Value =
        serde_json::from_str(&fetch(&router, "/oruk/v3/openapi.json").await.text).unwrap();
    for path in described["paths"].as_object().unwrap().keys().filter(|path| !path.contains('{')) {
        let fed = fetch(&router, &format!("/oruk/v3{path}")).await;
        assert_eq!(fed.status, StatusCode::OK, "{path}");
        assert_eq!(fed.headers["access-control-allow-origin"], "*");
        assert_eq!(fed.headers["content-type"], "application/json");
        assert!(!fed.headers.contains_key("set-cookie"), "{path}: a feed has no visitors");
        let Some(list) =
            serde_json::from_str::<Value>(&fed.text).unwrap()["contents"].as_array().cloned()
        else {
            continue;
        };
        let id = list[0]["id"].as_str().unwrap().to_owned();
        let one = fetch(&router, &format!("/oruk/v3{path}/{id}")).await;
        assert_eq!(one.status, StatusCode::OK, "{path}/{id}");
        let lines = fetch(&router, &format!("/oruk/v3{path}?format=ndjson")).await;
        assert_eq!(lines.headers["content-type"], "application/x-ndjson");
        assert!(lines.text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    }
}

#[tokio::test]
async fn what_goes_wrong_in_the_feed_is_a_problem_document() {
    let service = served().await;
    let router = sendero_web::router(service.app.clone(), Front::default());
    for (path, status) in [
        ("services/00000000-0000-4000-8000-000000000000", 404),
        ("services/nonsense", 404),
        ("nothing", 404),
        ("services/a/b", 404),
        ("services/%ff", 404),
        ("services/%00", 404),
        ("services/", 404),
        ("services?page=0", 400),
        ("services?page=x", 400),
        ("services?modified_after=soon", 400),
        ("service_at_locations?proximity=100", 400),
    ] {
        let fed = fetch(&router, &format!("/oruk/v3/{path}")).await;
        assert_eq!(fed.status.as_u16(), status, "{path}");
        assert_eq!(fed.headers["content-type"], "application/problem+json", "{path}");
        assert_eq!(fed.headers["access-control-allow-origin"], "*", "{path}");
        let problem: Value = serde_json::from_str(&fed.text).unwrap();
        assert_eq!(problem["status"], status, "{path}");
    }
}
