//! From a child's record to who can help here, over a whole service: by need and age, while something is
//! late, and a list that the family keeps with the record and those who work with the child add to.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::offer::{made_up, made_up_id};
use sendero_app::house::record::{Command, Event, NeedArea, NeedNoted};

use crate::service::{Browser, Service, TODAY};
use crate::work::{opened, record};

const OK: StatusCode = StatusCode::OK;

/// A family with a child of six who finds talking hard, and the officer of the case.
async fn family(service: &Service) -> (Browser, Browser, String) {
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 70);
    service.app.take_offer("999", &offer, "test", false).await.unwrap();
    let (officer, reference) = opened(service).await;
    let asked = record(service, &officer, &reference).await;
    let asker = asked.unmatched_asker().unwrap().person.clone();
    let child = officer.child(&reference).await;
    officer.act(&child, Command::MatchAsker { asker: asker.clone(), person: asker.clone() }).await;
    let need = Event::NeedNoted(NeedNoted {
        area: NeedArea::Communication,
        words: "He does not talk in whole sentences.".to_owned(),
        diagnosis: None,
        said_by: "Aoife, mother".to_owned(),
    });
    officer.act(&child, Command::Record { event: need, on: TODAY, known_on: TODAY }).await;
    let parent = service.sign_in_as(Some(asker), Role::Parent, "Aoife", "").await;
    (parent, officer, reference)
}

#[tokio::test]
async fn a_need_leads_to_services_that_fit() {
    let service = Service::new().await;
    let (mut parent, _, reference) = family(&service).await;
    let help = format!("/child/{reference}/help");
    parent.get(&format!("/child/{reference}")).await.says(OK, &[&format!("href=\"{help}\"")]);
    let page = parent.get(&help).await;
    page.says(
        OK,
        &[
            "Who can help Oisin here",
            "Communication and interaction",
            "language therapy",
            "not the council’s",
        ],
    );
    // Six years old: what ends at four is not for him.
    assert!(!page.html.contains("Little Sparrows Talking Time"), "he is too old for it");
}

#[tokio::test]
async fn the_list_is_kept_with_the_record() {
    let service = Service::new().await;
    let (mut parent, mut officer, reference) = family(&service).await;
    let help = format!("/child/{reference}/help");
    let id = made_up_id("999", "speech-therapy");
    parent.get(&help).await.says(OK, &["Nothing is on it yet"]);
    let keep = [("act", "on"), ("service", id.as_str())];
    parent.post(&help, &keep).await.leads(&help);
    let page = parent.get(&help).await;
    page.says(OK, &["Take off Oisin’s list"]);
    let kept = record(&service, &officer, &reference).await;
    let kept: Vec<&str> =
        kept.kept_services().into_iter().map(|(_, one)| one.service.as_str()).collect();
    assert_eq!(kept, [id.as_str()]);
    // Twice is once.
    parent.post(&help, &keep).await.leads(&help);
    let now = record(&service, &officer, &reference).await;
    assert_eq!(now.kept_services().len(), 1);
    // Staff with the case see what was kept, and a stranger nothing.
    let case = officer.get(&format!("/case/{reference}")).await;
    case.says(OK, &["A service was put on the list"]);
    let mut other = service.sign_in(Role::Parent, "Bertrand", "").await;
    other.get(&help).await.says(StatusCode::NOT_FOUND, &[]);
    other.get("/offer/comment").await;
    assert_eq!(other.post(&help, &keep).await.status, StatusCode::NOT_FOUND);
    let none = [("act", "on"), ("service", "00000000-0000-4000-8000-000000000000")];
    parent.get(&help).await;
    assert_eq!(parent.post(&help, &none).await.status, StatusCode::NOT_FOUND);
    parent.get(&help).await;
    parent.post(&help, &[("act", "off"), ("service", id.as_str())]).await.leads(&help);
    assert!(record(&service, &officer, &reference).await.kept_services().is_empty());
    assert!(service.app.verify().await.unwrap().findings.is_empty());
}

#[tokio::test]
async fn what_is_saved_on_the_phone_can_be_kept_and_what_has_gone_is_said() {
    let service = Service::new().await;
    let (mut parent, _, reference) = family(&service).await;
    let help = format!("/child/{reference}/help");
    let id = made_up_id("999", "talking-time");
    parent.get(&format!("/offer/service/{id}")).await;
    parent.post("/offer/list", &[("service", id.as_str()), ("act", "on")]).await;
    parent.get(&help).await.says(OK, &["Saved on this phone", "Little Sparrows Talking Time"]);
    parent.post(&help, &[("act", "on"), ("service", id.as_str())]).await.leads(&help);
    let page = parent.get(&help).await;
    assert!(!page.html.contains("Saved on this phone"), "it is on the list now");
    let mut offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 70);
    offer.services.get_mut(&id).unwrap().status = sendero_app::house::offer::Status::Defunct;
    service.app.take_offer("999", &offer, "test", false).await.unwrap();
    parent.get(&help).await.says(OK, &["<b>Little Sparrows Talking Time</b> is no longer"]);
    parent.post(&help, &[("act", "off"), ("service", id.as_str())]).await.leads(&help);
    parent.get(&help).await.says(OK, &["Nothing is on it yet"]);
}

#[tokio::test]
async fn what_is_late_leads_there() {
    let service = Service::new().await;
    let (mut parent, _, reference) = family(&service).await;
    // Asked for on 5 October: six weeks ended on 16 November.
    let ways = parent.get(&format!("/child/{reference}/do/rq-6w")).await;
    let (_, help) = ways.html.split_once("/help?for=").unwrap();
    let duty = help.split('"').next().unwrap();
    let page = parent.get(&format!("/child/{reference}/help?for={duty}")).await;
    page.says(OK, &["While it is late: Decision whether to assess", "Back to what you can do"]);
}

#[tokio::test]
async fn staff_put_a_service_on_the_list_with_their_name_to_it() {
    let service = Service::new().await;
    let (mut parent, mut officer, reference) = family(&service).await;
    let (help, desk) = (format!("/child/{reference}/help"), format!("/case/{reference}/help"));
    let [therapy, advice] = ["speech-therapy", "sendiass"].map(|key| made_up_id("999", key));
    let on =
        |id: &str| [("act".to_owned(), "on".to_owned()), ("service".to_owned(), id.to_owned())];
    let off =
        |id: &str| [("act".to_owned(), "off".to_owned()), ("service".to_owned(), id.to_owned())];
    officer.get(&format!("/case/{reference}")).await.says(OK, &[&format!("href=\"{desk}\"")]);
    officer.get(&desk).await.says(OK, &["Put on Oisin’s list", "Communication and interaction"]);
    officer.post(&desk, &pairs(&on(&therapy))).await.leads(&desk);
    let page = parent.get(&help).await;
    page.says(OK, &["Put here by Imogen", "case officer, on", "Take off Oisin’s list"]);
    let kept = record(&service, &officer, &reference).await;
    assert!(kept.kept_services()[0].1.by.as_ref().is_some_and(|by| by.contains("Imogen")));

    // What the family put there is theirs; what staff put there either may take off.
    parent.post(&help, &pairs(&on(&advice))).await.leads(&help);
    officer.get(&desk).await.says(OK, &["The family put it here"]);
    let refused = officer.post(&desk, &pairs(&off(&advice))).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    parent.get(&help).await;
    parent.post(&help, &pairs(&off(&therapy))).await.leads(&help);
    let now = record(&service, &officer, &reference).await;
    let left: Vec<&str> = now.kept_services().iter().map(|(_, one)| one.service.as_str()).collect();
    assert_eq!(left, [advice.as_str()]);
    let history = parent.get(&format!("/child/{reference}/people")).await;
    history.says(OK, &["Imogen"]);

    // Nobody else: another office, another family, and staff whose own child it is.
    let mut stranger = service.sign_in(Role::Adviser, "Bertrand", "").await;
    stranger.get("/offer/comment").await;
    assert_eq!(stranger.post(&desk, &pairs(&on(&therapy))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.post(&help, &pairs(&on(&therapy))).await.status, StatusCode::NOT_FOUND);
    assert!(service.app.verify().await.unwrap().findings.is_empty());
}

#[tokio::test]
async fn somebody_asked_for_advice_may_put_a_service_on_the_list() {
    let service = Service::new().await;
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 70);
    service.app.take_offer("999", &offer, "test", false).await.unwrap();
    let (officer, mut adviser, reference, request) = crate::advice::asked(&service).await;
    let asked = record(&service, &officer, &reference).await;
    let asker = asked.unmatched_asker().unwrap().person.clone();
    let child = officer.child(&reference).await;
    officer.act(&child, Command::MatchAsker { asker: asker.clone(), person: asker.clone() }).await;
    let mut parent = service.sign_in_as(Some(asker), Role::Parent, "Aoife", "").await;
    let (at, id) = (format!("/advice/{request}/help"), made_up_id("999", "sendiass"));
    let on = [("act", "on"), ("service", id.as_str())];
    let form = adviser.get(&format!("/advice/{request}")).await;
    form.says(OK, &[&format!("href=\"{at}\"")]);
    adviser.get(&at).await.says(OK, &["Put on Oisin’s list", "Back to what was asked of you"]);
    adviser.post(&at, &on).await.leads(&at);
    let page = parent.get(&format!("/child/{reference}/help")).await;
    page.says(OK, &["Put here by Fenwick", "educational psychologist, on"]);
    // One who was not asked finds neither the page nor the list.
    let mut other = service.sign_in(Role::Adviser, "Linnea", "").await;
    other.get("/offer/comment").await;
    assert_eq!(other.post(&at, &on).await.status, StatusCode::NOT_FOUND);
    other.get(&at).await.says(StatusCode::NOT_FOUND, &[]);
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
