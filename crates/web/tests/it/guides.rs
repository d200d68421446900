//! Where a family begins, over a whole service: every guide leads to somebody to ring, to services of
//! the area and to duties that there are; the pack and the map tell what the lists tell.

use axum::http::StatusCode;
use sendero_app::house::law::Rulebook;
use sendero_app::house::offer::guide::guides;
use sendero_app::house::offer::{made_up, made_up_id, term_of};

use crate::html::tags;
use crate::service::{Service, TODAY};

const OK: StatusCode = StatusCode::OK;

async fn served() -> Service {
    let service = Service::new().await;
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 70);
    service.app.take_offer("999", &offer, "test", false).await.unwrap();
    service
}

#[test]
fn guides_name_what_there_is() {
    let law = Rulebook::embedded();
    let ids: std::collections::BTreeSet<&str> =
        guides().iter().map(|one| one.id.as_str()).collect();
    for task in ["worried", "diagnosis", "refused", "not-in-school", "sixteen", "break", "crisis"] {
        assert!(ids.contains(task), "no guide for {task}");
    }
    assert_eq!(ids.len(), guides().len(), "two guides have one address");
    for guide in guides() {
        for duty in &guide.duties {
            assert!(law.duty(duty).is_some(), "{}: no duty {duty}", guide.id);
        }
        let known = law.situations().iter().any(|one| one.id == guide.situation);
        assert!(known || guide.situation.is_empty(), "{}: no {}", guide.id, guide.situation);
        for facet in guide.help.iter().flat_map(|(_, _, among)| among.split_whitespace()) {
            assert!(term_of(facet).is_some(), "{}: no term {facet}", guide.id);
        }
        assert!(!guide.help.is_empty() && !guide.now.is_empty(), "{}", guide.id);
    }
}

#[tokio::test]
async fn from_the_front_door_to_a_named_contact_is_one_step() {
    let service = served().await;
    let mut browser = service.browser();
    let start = browser.get("/").await;
    for guide in guides() {
        let path = format!("/offer/guide/{}", guide.id);
        assert!(start.html.contains(&format!("href=\"{path}\"")), "{path}");
        let page = browser.get(&path).await;
        page.says(OK, &["Somebody to ring", "Your rights", "What you can do now"]);
        let (_, ring) = page.html.split_once("Somebody to ring").unwrap();
        let (ring, _) = ring.split_once("</section>").unwrap();
        assert!(ring.contains("href=\"tel:01632960"), "{}: {ring}", guide.id);
        assert!(ring.contains("href=\"/offer/service/"), "{}: nobody is named: {ring}", guide.id);
        assert!(page.html.contains("s-services"), "{}: no service", guide.id);
        let law = tags(&page.html);
        let duties = law.iter().filter_map(|tag| tag.get("href"));
        let duties: Vec<&str> = duties.filter(|href| href.starts_with("/law/")).collect();
        assert_eq!(duties.len(), guide.duties.len(), "{}", guide.id);
    }
    browser.get("/offer/guide/none").await.says(StatusCode::NOT_FOUND, &[]);
    let crisis = browser.get("/offer/guide/crisis").await;
    let (first, _) = crisis.html.split_once("<h1").unwrap();
    assert!(first.contains("116123"), "help now stands before everything else");
}

#[tokio::test]
async fn lists_by_need_and_by_age() {
    let service = served().await;
    let mut browser = service.browser();
    let home = browser.get("/offer").await;
    home.says(OK, &["href=\"/offer/search?need=hearing\"", "href=\"/offer/search?ages=16-25\""]);
    let page = browser.get("/offer/search?need=hearing&ages=0-4").await;
    page.says(OK, &["Hearing, ages under 5", "name=\"need\" value=\"hearing\""]);
    let offer = service.app.local_offer("999").await.unwrap();
    for one in offer.directory.services.values().filter(|one| one.is_shown()) {
        let listed = page.html.contains(&format!("/offer/service/{}?", one.id));
        assert_eq!(listed, one.has("need/hearing") && one.takes(0, 4), "{}", one.name);
    }
    browser.get("/offer/search?need=nonsense&ages=x").await.says(OK, &["All services"]);
}

#[tokio::test]
async fn the_map_is_drawn_here_and_told_in_words() {
    let service = served().await;
    let mut browser = service.browser();
    let page = browser.get("/offer/search?words=swimming%2C+AL4+2QT").await;
    page.says(OK, &["Where they are", "<svg viewBox=\"0 0 320", ">You</text>", "On the map: 1"]);
    let (_, map) = page.html.split_once("<figure class=\"s-map").unwrap();
    assert!(!map.contains("https://"), "nobody else is asked");
    let (_, list) = map.split_once("<ol").unwrap();
    assert!(list.contains("Otter Pool, Weir Lane, Thornbeck, AL2 1QP"), "{list}");
    // What has no place has no map.
    let id = made_up_id("999", "talking-line");
    let offer = service.app.local_offer("999").await.unwrap();
    assert!(offer.directory.services[&id].at.is_empty());
}

#[tokio::test]
async fn the_pack_is_for_a_library() {
    let service = served().await;
    let mut browser = service.browser();
    let pack = browser.get("/offer/pack").await;
    pack.says(
        OK,
        &[
            "This copy is of 23\u{a0}November 2026",
            "Autism",
            "01632 960 177",
            "For everybody",
            "have your words written down",
        ],
    );
    assert!(pack.html.len() < 200_000, "{} bytes", pack.html.len());
    let one = browser.get("/offer/pack?need=hearing").await;
    one.says(OK, &["Aldermere: Hearing", "For everybody"]);
    assert!(!one.html.contains("id=\"part-3\""), "one need, and what is for everybody");
}

#[tokio::test]
async fn a_list_is_sent_once_and_nothing_of_it_is_kept() {
    let service = served().await;
    let id = made_up_id("999", "talking-time");
    let mut browser = service.browser();
    browser.get(&format!("/offer/service/{id}")).await;
    browser.post("/offer/list", &[("service", id.as_str()), ("act", "on")]).await;
    browser.get("/offer/list").await.says(OK, &["Send it to yourself"]);
    let send = |email: &'static str| [("act", "send"), ("email", email)];
    let wrong = browser.post("/offer/list", &send("nobody")).await;
    wrong.says(StatusCode::UNPROCESSABLE_ENTITY, &["Enter an e-mail address", "value=\"nobody\""]);
    let two = browser.post("/offer/list", &send("a@example.org,b@example.org")).await;
    assert_eq!(two.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.post("/offer/list", &send("amina@example.org")).await.leads("/offer/list?sent=1");
    browser.get("/offer/list?sent=1").await.says(OK, &["It is on its way"]);
    let sent = crate::keep::letters(&service).await;
    let [(to, subject, body)] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!(
        (to.as_str(), subject.as_str()),
        ("amina@example.org", "Your list of help in Aldermere")
    );
    for words in ["Little Sparrows Talking Time", "01632 960211", "Just turn up"] {
        assert!(body.contains(words), "{body}");
    }
    // Few go to one address, whoever asks.
    browser.get("/offer/list").await;
    browser.post("/offer/list", &send("amina@example.org")).await.leads("/offer/list?sent=1");
    browser.get("/offer/list").await;
    let third = browser.post("/offer/list", &send("amina@example.org")).await;
    assert_ne!(third.status, StatusCode::SEE_OTHER);
}
