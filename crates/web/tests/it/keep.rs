//! Whoever runs a service keeps its entry, over a whole service: asked by a link, changed, agreed to or
//! turned down, confirmed and reminded; and nobody reaches an entry that is not theirs.

use std::sync::Mutex;

use axum::http::StatusCode;
use jiff::civil::date;
use sendero_app::house::access::Role;
use sendero_app::house::offer::keep::{Entry, fields_of};
use sendero_app::house::offer::{made_up, made_up_id};
use sendero_app::{AreaDetail, Post, Tried};

use crate::service::{Browser, Service, TODAY};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

async fn served() -> Service {
    let service = Service::new().await;
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 60);
    service.app.take_offer("999", &offer, "https://feed.example/v3", false).await.unwrap();
    service
}

/// What went out: to whom, under which heading, in which words.
#[derive(Default)]
struct Box(Mutex<Vec<(String, String, String)>>);

impl Post for Box {
    fn send(&self, to: &str, subject: &str, body: &str, _: &str) -> Result<(), String> {
        self.0.lock().unwrap().push((to.to_owned(), subject.to_owned(), body.to_owned()));
        Ok(())
    }
}

pub(crate) async fn letters(service: &Service) -> Vec<(String, String, String)> {
    let post = Box::default();
    service.app.send_waiting(&post).await.unwrap();
    post.0.into_inner().unwrap()
}

/// Asks the play leader to keep an entry, and follows the link that they get.
async fn asked(service: &Service, officer: &mut Browser, id: &str) -> Browser {
    let at = format!("/entries/{id}");
    officer.get(&at).await.says(OK, &["Nobody is named"]);
    let fields =
        [("act", "ask"), ("keeper", "the play leader"), ("keeper-email", "play@sparrows.example")];
    officer.post(&at, &fields).await.leads(&format!("{at}?asked=1"));
    let letters = letters(service).await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let (to, subject, body) = &letters[0];
    assert_eq!(to, "play@sparrows.example");
    assert!(subject.contains("Little Sparrows Talking Time"), "{subject}");
    let (_, link) = body.split_once("https://aldermere.example/link/").unwrap();
    let link = format!("/link/{}", link.split_whitespace().next().unwrap());
    let mut keeper = service.browser();
    keeper.get(&link).await.says(OK, &["the play leader"]);
    keeper.post(&link, &[]).await.leads("/keep");
    keeper
}

#[tokio::test]
async fn a_keeper_changes_an_entry_and_the_area_agrees() {
    let service = served().await;
    let id = made_up_id("999", "talking-time");
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let mut keeper = asked(&service, &mut officer, &id).await;
    keeper.get("/keep").await.says(OK, &["Little Sparrows Talking Time"]);
    let page = keeper.get(&format!("/keep/{id}")).await;
    page.says(OK, &["It is all still right", "01632 960211", "value=\"09:30\""]);

    let all = [
        ("act", "change"),
        ("name", "Little Sparrows Talking Time"),
        ("about", "A drop-in for children who are late to talk."),
        ("status", "active"),
        ("phones", "no number"),
        ("wait", "2"),
        ("route", "turn-up"),
    ];
    let wrong = keeper.post(&format!("/keep/{id}"), &all).await;
    wrong.says(WRONG, &["Put one number on each line", "no number", "There is a problem"]);
    let mut all = all.to_vec();
    all[4] = ("phones", "01632 960299, text works too");
    keeper.post(&format!("/keep/{id}"), &all).await.leads(&format!("/keep/{id}?done=sent"));
    keeper.get(&format!("/keep/{id}?done=sent")).await.says(OK, &["A person reads it"]);
    let public = format!("/offer/service/{id}");
    let before = service.browser().get(&public).await;
    before.says(OK, &["01632 960211", "the play leader"]);

    officer.get("/entries").await.says(OK, &["Changes that wait (1)", "the play leader"]);
    let at = format!("/entries/{id}");
    officer.get(&at).await.says(OK, &["A change waits", "01632 960299, text works too"]);
    officer.post(&at, &[("act", "turn-down"), ("reason", " ")]).await.says(WRONG, &["Say why"]);
    let agree = [
        ("act", "agree"),
        ("phones", "01632 960299, texts too"),
        ("about", "A drop-in for children who are late to talk."),
        ("wait", "2"),
        ("route", "turn-up"),
    ];
    officer.post(&at, &agree).await.leads("/entries");
    officer.get("/entries").await.says(OK, &["Nothing waits."]);
    let after = service.browser().get(&public).await;
    after.says(OK, &["01632 960299", "Checked today", "Checked by the play leader"]);
    service.browser().get(&format!("{public}/changes")).await.says(
        OK,
        &["agreed by the council: the play leader", "Taken from https://feed.example/v3"],
    );
    let told = letters(&service).await;
    assert!(told.iter().any(|(_, subject, _)| subject.contains("is on the page")), "{told:?}");
    assert!(service.app.verify().await.unwrap().findings.is_empty());

    // A feed no longer changes what is kept here.
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 60);
    let taken = service.app.take_offer("999", &offer, "https://feed.example/v3", false).await;
    let taken = taken.unwrap();
    assert_eq!((taken.changed, taken.kept_here), (0, 1));
    service.browser().get(&public).await.says(OK, &["01632 960299"]);
}

/// What a browser would send of the form of an entry, with these fields in place of what it holds.
async fn filled_in(service: &Service, id: &str, other: &[(&str, &str)]) -> Vec<(String, String)> {
    let offer = service.app.local_offer("999").await.unwrap();
    let entry = Entry::of(&offer.directory, &offer.directory.services[id]);
    let mut fields = fields_of(&entry);
    for (name, value) in other {
        fields.insert((*name).to_owned(), vec![(*value).to_owned()]);
    }
    let one = |(name, values): (String, Vec<String>)| {
        values.into_iter().map(move |value| (name.clone(), value))
    };
    fields.into_iter().flat_map(one).chain([("act".to_owned(), "change".to_owned())]).collect()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_service_that_moves_is_found_where_it_is_now() {
    let service = served().await;
    let id = made_up_id("999", "talking-time");
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let mut keeper = asked(&service, &mut officer, &id).await;
    let form = format!("/keep/{id}");
    let page = keeper.get(&form).await;
    page.says(OK, &["Where it is: place 1", "It is at another place, too"]);
    let moved = [
        ("place1", "The Old Library"),
        ("street1", "2 Weir Lane"),
        ("postcode1", "nowhere"),
        ("access1", "A ramp from Weir Lane\nA hearing loop"),
        ("place2", "Harbour Hut"),
    ];
    let typed = filled_in(&service, &id, &moved).await;
    let wrong = keeper.post(&form, &pairs(&typed)).await;
    let lost = ["Enter a whole postcode", "Enter the town", "The Old Library", "Harbour Hut"];
    wrong.says(WRONG, &lost);
    let mut moved = moved.to_vec();
    moved[2] = ("postcode1", "al99 9zz");
    moved.push(("town2", "Harbour End"));
    let typed = filled_in(&service, &id, &moved).await;
    keeper.post(&form, &pairs(&typed)).await.leads(&format!("{form}?done=sent"));

    let at = format!("/entries/{id}");
    let words = ["Place 1", "Place 2", "The Old Library, 2 Weir Lane", "AL99 9ZZ", "Nothing"];
    // As it was typed: it is only put right when it is agreed to.
    officer
        .get(&at)
        .await
        .says(OK, &words.map(|one| if one == "AL99 9ZZ" { "al99 9zz" } else { one }));
    let agree: Vec<(String, String)> = typed
        .into_iter()
        .map(|(name, value)| if name == "act" { (name, "agree".to_owned()) } else { (name, value) })
        .collect();
    officer.post(&at, &pairs(&agree)).await.leads("/entries");
    let public = format!("/offer/service/{id}");
    let shown =
        ["The Old Library, 2 Weir Lane", "AL99 9ZZ", "A ramp from Weir Lane", "Harbour Hut"];
    service.browser().get(&public).await.says(OK, &shown);
    let history = service.browser().get(&format!("{public}/changes")).await;
    history.says(OK, &["agreed by the council: the play leader"]);
    let feed = service.browser().get(&format!("/oruk/v3/services/{id}")).await;
    let address = ["\"address_1\":\"2 Weir Lane\"", "\"postal_code\":\"AL99 9ZZ\""];
    feed.says(OK, &address);
    feed.says(OK, &["\"description\":\"A ramp from Weir Lane\"", "\"city\":\"Harbour End\""]);
    assert!(service.app.verify().await.unwrap().findings.is_empty());

    // The feed that it once came from has the old place still.
    let offer = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 60);
    let taken = service.app.take_offer("999", &offer, "https://feed.example/v3", false).await;
    assert_eq!(taken.unwrap().kept_here, 1);
    service.browser().get(&public).await.says(OK, &shown);

    // It leaves one of the two again: the place goes with it.
    let places = service.app.local_offer("999").await.unwrap().directory.locations.len();
    let typed = filled_in(&service, &id, &[("away2", "yes")]).await;
    officer.get(&format!("{at}/edit")).await;
    officer.post(&format!("{at}/edit"), &pairs(&typed)).await.leads(&at);
    let page = service.browser().get(&public).await;
    page.says(OK, &["The Old Library"]);
    assert!(!page.html.contains("Harbour Hut"));
    let offer = service.app.local_offer("999").await.unwrap();
    assert_eq!(offer.directory.locations.len(), places - 1);
    assert!(service.app.verify().await.unwrap().findings.is_empty());
}

#[tokio::test]
async fn what_is_turned_down_says_why() {
    let service = served().await;
    let id = made_up_id("999", "talking-time");
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let mut keeper = asked(&service, &mut officer, &id).await;
    keeper.get(&format!("/keep/{id}")).await;
    let all = [("act", "change"), ("name", "Free sweets"), ("about", "x"), ("status", "active")];
    keeper.post(&format!("/keep/{id}"), &all).await;
    let at = format!("/entries/{id}");
    officer.get(&at).await;
    let why = [("act", "turn-down"), ("reason", "The name must say what it is.")];
    officer.post(&at, &why).await.leads("/entries");
    let page = keeper.get(&format!("/keep/{id}")).await;
    page.says(OK, &["The last change was not taken", "The name must say what it is."]);
    let told = letters(&service).await;
    assert!(told.iter().any(|(_, _, body)| body.contains("must say what it is")), "{told:?}");
    let page = service.browser().get(&format!("/offer/service/{id}/changes")).await;
    page.says(OK, &["first here"]);
    assert!(!page.html.contains("Free sweets"), "what was not agreed to is nobody else's");
    // Staff write an entry themselves, without anybody's leave.
    officer.get(&format!("{at}/edit")).await.says(OK, &["Put it on the page"]);
    let own = [("name", "Sparrows"), ("about", "Play and talk."), ("status", "temporarily closed")];
    officer.post(&format!("{at}/edit"), &own).await.leads(&at);
    let public = service.browser().get(&format!("/offer/service/{id}")).await;
    public.says(OK, &["Sparrows", "Closed for now"]);
}

#[tokio::test]
async fn a_keeper_opens_an_entry_to_the_area_beside() {
    let service = served().await;
    let here = service.app.area("999").await.unwrap();
    let beside = AreaDetail {
        code: "998".to_owned(),
        name: "Otherham".to_owned(),
        address: "https://otherham.example".to_owned(),
        borders: vec!["999".to_owned()],
        ..here
    };
    service.app.set_area(&beside).await.unwrap();
    let id = made_up_id("999", "talking-time");
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let mut keeper = asked(&service, &mut officer, &id).await;
    let at = format!("/keep/{id}");
    keeper
        .get(&at)
        .await
        .says(OK, &["Families of which areas can use it?", "Its page in Easy Read"]);
    let change = [
        ("act", "change"),
        ("name", "Little Sparrows Talking Time"),
        ("about", "A drop-in for children who are late to talk."),
        ("status", "active"),
        ("areas", "Aldermere\nOtherham"),
        ("easy-read", "sparrows.example"),
        ("bsl", "https://sparrows.example/film"),
        ("language", "so"),
    ];
    let wrong = keeper.post(&at, &change).await;
    // What was typed right is still there beside what was not.
    wrong.says(WRONG, &["There is a problem", "Otherham", "https://sparrows.example/film"]);
    let mut change = change.to_vec();
    change[5] = ("easy-read", "https://sparrows.example/easy");
    keeper.post(&at, &change).await.leads(&format!("{at}?done=sent"));
    let public = format!("/offer/service/{id}");
    let mut there = service.browser();
    there.host = "otherham.example".to_owned();
    there.get(&public).await.says(StatusCode::NOT_FOUND, &[]);
    let desk = format!("/entries/{id}");
    officer.get(&desk).await.says(OK, &["A change waits", "Otherham"]);
    let agree: Vec<(&str, &str)> =
        [("act", "agree")].into_iter().chain(change[1..].to_vec()).collect();
    officer.post(&desk, &agree).await.leads("/entries");
    there
        .get(&public)
        .await
        .says(OK, &["In Easy Read", "https://sparrows.example/film", "For families of", "Somali"]);
    // Nobody else's rows moved, and what says how it is kept follows from its stream.
    let verified = service.app.verify().await.unwrap();
    assert_eq!(verified.findings, []);
}

#[tokio::test]
async fn still_right_counts_at_once_and_moves_the_reminder() {
    let service = served().await;
    let id = made_up_id("999", "talking-time");
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let mut keeper = asked(&service, &mut officer, &id).await;
    keeper.get(&format!("/keep/{id}")).await;
    keeper
        .post(&format!("/keep/{id}"), &[("act", "right")])
        .await
        .leads(&format!("/keep/{id}?done=right"));
    service.browser().get(&format!("/offer/service/{id}")).await.says(OK, &["Checked today"]);
    assert_eq!(letters(&service).await, [], "a reminder is for its day");
    assert!(service.app.set_day(date(2027, 10, 22)));
    assert_eq!(letters(&service).await, [], "nor the one that stood there before");
    assert!(service.app.set_day(date(2027, 10, 23)));
    let due = letters(&service).await;
    let [(to, subject, _)] = due.as_slice() else { panic!("{due:?}") };
    assert_eq!(to, "play@sparrows.example");
    assert_eq!(subject, "Is the entry of Little Sparrows Talking Time still right?");
    assert!(service.app.set_day(date(2027, 11, 30)));
    let public = service.browser().get(&format!("/offer/service/{id}")).await;
    public.says(OK, &["Not checked for 12\u{a0}months"]);
}

#[tokio::test]
async fn addresses_that_lead_nowhere_are_seen() {
    let service = served().await;
    let offer = service.app.local_offer("999").await.unwrap();
    let entry = offer.directory.services.values().find(|one| !one.url.is_empty()).unwrap();
    let tried = |address: &str| Tried {
        service: entry.id.clone(),
        address: address.to_owned(),
        on: TODAY,
        came: "gone".to_owned(),
    };
    let both = [tried(&entry.url), tried("https://was-once.example/")];
    service.app.note_tried("999", &both).await.unwrap();
    let page = service.browser().get(&format!("/offer/service/{}", entry.id)).await;
    page.says(OK, &["We found nothing there on 23\u{a0}November 2026"]);
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let page = officer.get("/entries").await;
    page.says(OK, &["Addresses that lead nowhere (1)", "There is no such page any more"]);
    assert!(!page.html.contains("was-once"), "an address that the entry no longer has");
    let figures = service.app.check_offer("999").await.unwrap().days.remove(0).1.unwrap();
    let links = figures.iter().flat_map(|one| &one.figures).find(|one| one.word == "broken-links");
    assert_eq!(links.map(|one| (one.count, one.of)), Some((1, Some(1))), "of those it still has");
    let check = service.browser().get("/offer/check").await;
    check.says(
        OK,
        &["Links that lead nowhere", "1 of 1", "Our own pages that an 11 year old can read"],
    );
}

#[tokio::test]
async fn nobody_reaches_what_is_not_theirs() {
    let service = served().await;
    let id = made_up_id("999", "talking-time");
    let other = made_up_id("999", "stay-and-sign");
    let mut officer = service.sign_in(Role::Officer, "Noor", "").await;
    let mut keeper = asked(&service, &mut officer, &id).await;
    keeper.get("/keep").await;
    for page in [
        format!("/keep/{other}"),
        format!("/entries/{id}"),
        "/entries".to_owned(),
        "/comments".to_owned(),
        "/today".to_owned(),
    ] {
        keeper.get(&page).await.says(StatusCode::NOT_FOUND, &[]);
    }
    keeper.get(&format!("/keep/{id}")).await;
    for page in [format!("/keep/{other}"), format!("/entries/{id}"), format!("/entries/{id}/edit")]
    {
        let posted = keeper.post(&page, &[("act", "right"), ("name", "x"), ("about", "y")]).await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND, "{page}");
    }
    for role in [Role::Parent, Role::Adviser, Role::Officer] {
        let mut somebody = service.sign_in(role, &format!("Ash{}", role.word()), "").await;
        somebody.get("/keep").await.says(StatusCode::NOT_FOUND, &[]);
        somebody.get(&format!("/keep/{id}")).await.says(StatusCode::NOT_FOUND, &[]);
        if role != Role::Officer {
            somebody.get("/entries").await.says(StatusCode::NOT_FOUND, &[]);
        }
    }
    // Whoever signs in here as something else is not made a keeper in passing.
    let at = format!("/entries/{id}");
    officer.get(&at).await;
    let taken = [("act", "ask"), ("keeper", "x"), ("keeper-email", "noor@aldermere.example")];
    officer.post(&at, &taken).await.says(WRONG, &["signs in with this address already"]);
    officer.get("/entries/none").await.says(StatusCode::NOT_FOUND, &[]);
}
