//! Which door leads where, through the router: staff of the child's own family, and managers who do
//! an officer's work.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::record::{Command, Event, Name, PersonTied, Relation};

use crate::service::Service;
use crate::work::opened;

const OK: StatusCode = StatusCode::OK;
const NOWHERE: StatusCode = StatusCode::NOT_FOUND;

#[tokio::test]
async fn staff_read_their_own_child_through_the_familys_door_alone() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    for role in [Role::Officer, Role::Manager] {
        let given = if role == Role::Officer { "Noor" } else { "Ottoline" };
        let mut kin = service.sign_in(role, given, "").await;
        let case = format!("/case/{reference}");
        kin.get(&case).await.says(OK, &["Oisin"]);
        kin.get("/children?find=fernleigh").await.says(OK, &["Oisin Fernleigh"]);
        if role == Role::Manager {
            kin.get("/gaps").await.says(OK, &["Oisin Fernleigh"]);
        }
        let me = kin.me().await;
        let tied = PersonTied {
            person: me.id.clone(),
            name: me.name.clone(),
            relation: Relation::Carer,
            parental_responsibility: None,
            body: None,
            adviser: None,
            contact: None,
        };
        let child = officer.child(&reference).await;
        let today = crate::service::TODAY;
        let event = Event::PersonTied(tied);
        officer.act(&child, Command::Record { event, on: today, known_on: today }).await;
        for page in ["", "/decide", "/messages", "/people", "/plan", "/record"] {
            kin.get(&format!("{case}{page}")).await.says(NOWHERE, &[]);
        }
        for list in ["/today", "/children", "/children?find=fernleigh", "/today?whose=office"] {
            let list = kin.get(list).await;
            assert_eq!(list.status, OK);
            assert!(!list.html.contains("Oisin"), "{}", list.html);
        }
        if role == Role::Manager {
            for list in ["/forecast", "/gaps", "/children?first=0"] {
                let list = kin.get(list).await;
                assert_eq!(list.status, OK);
                assert!(!list.html.contains("Oisin"), "{}", list.html);
            }
        }
        let family = format!("/child/{reference}");
        kin.get(&family).await.says(OK, &["Oisin"]);
        kin.get(&format!("{family}/messages")).await.says(OK, &[]);
        let message = [("message", "When will he be seen?")];
        kin.post(&format!("{family}/messages"), &message)
            .await
            .leads(&format!("{family}/messages"));
        // And nobody gives them the case.
        let give = Command::Assign { officer: me.id, name: Name::new(given, "Fallowfield") };
        let manager = service.sign_in(Role::Manager, &format!("M{given}"), "").await;
        let done = service.app.act(&manager.me().await, &child, &give, &Default::default()).await;
        assert!(done.is_err(), "{done:?}");
    }
    // Whoever is not of the family finds nothing behind its door.
    officer.get(&format!("/child/{reference}/letter/x")).await.says(NOWHERE, &[]);
}

#[tokio::test]
async fn a_manager_records_a_request_on_paper_and_finds_every_child() {
    let service = Service::new().await;
    let (_officer, reference) = opened(&service).await;
    let mut manager = service.sign_in(Role::Manager, "Ottoline", "").await;
    let list = manager.get("/children").await;
    list.says(OK, &["Oisin Fernleigh", "1 child is with the office", "/children/new"]);
    manager.get("/children?page=9").await.says(OK, &["Oisin Fernleigh"]);
    manager.get("/children/new").await.says(OK, &["A request came on paper"]);
    let fields = [
        ("child-name", "Aziza Lindqvist"),
        ("by", "parent"),
        ("on-day", "20"),
        ("on-month", "11"),
        ("on-year", "2026"),
        ("how", "post"),
    ];
    let answer = manager.post("/children/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
    assert!(!answer.to.contains(&reference));
    manager.get(&answer.to).await.says(OK, &["The record is open", "Aziza Lindqvist"]);
    let list = manager.get("/children").await;
    list.says(OK, &["2 children are with the office", "Aziza Lindqvist", "Oisin Fernleigh"]);
}
