//! The register of a whole area, and the wording of refusals compared over it.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::record::{Answers, Channel, Command, Event, PersonTied, Relation, Sending};

use crate::service::{Browser, Service};
use crate::work::{asked, record};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

const LETTER: &str = "The school describes steady progress with the help that is given now. The \
    reports show needs which are understood and which the teachers meet day by day.";

async fn refuse(officer: &Browser, reference: &str, went_on: &[&str]) {
    let child = officer.child(reference).await;
    let parts = ["appeal-right", "appeal-time", "mediation", "disagreement-resolution", "advice"];
    let command = Command::RefuseToAssess {
        answers: Answers { has_or_may_have_sen: Some(true), may_need_plan: Some(false) },
        sending: Sending {
            reasons: LETTER.to_owned(),
            parts: parts.iter().map(|part| ((*part).to_owned(), "Words.".to_owned())).collect(),
            how: Some(Channel::Post),
            to: Vec::new(),
            went_on: went_on.iter().map(|id| (*id).to_owned()).collect(),
        },
    };
    officer.act(&child, command).await;
}

#[tokio::test]
async fn the_same_letter_for_a_fourth_child_is_shown_and_counted() {
    let service = Service::new().await;
    let mut officer = service.sign_in(Role::Officer, "Imogen", "").await;
    for _ in 0..3 {
        let reference = asked(&mut officer).await;
        refuse(&officer, &reference, &[]).await;
    }
    let reference = asked(&mut officer).await;
    let path = format!("/case/{reference}/decide");
    officer.get(&path).await;
    let parts = [
        ("part-appeal-right", "Words"),
        ("part-appeal-time", "Words"),
        ("part-mediation", "Words"),
        ("part-disagreement-resolution", "Words"),
        ("part-advice", "Words"),
    ];
    let answers = [("needs", "yes"), ("necessary", "no"), ("how", "post"), ("reasons", LETTER)];
    let form = [&parts[..], &answers].concat();
    let seen = officer.post(&path, &[&form[..], &[("act", "see")]].concat()).await;
    seen.says(WRONG, &["Words used for other children", "the refusals of 3 other children"]);
    let sent = officer.post(&path, &[&form[..], &[("act", "send")]].concat()).await;
    sent.says(WRONG, &["Words used for other children"]);
    let on = [("act", "send"), ("went-on", "used-before")];
    let case = format!("/case/{reference}");
    officer.post(&path, &[&form[..], &on].concat()).await.leads(&case);
    let kept = record(&service, &officer, &reference).await;
    let entry = kept.last_of(&["assessment-refused"]).unwrap();
    assert_eq!(entry.event.notice().unwrap().went_on, ["used-before"]);

    let mut manager = service.sign_in(Role::Manager, "Hester", "").await;
    let page = manager.get("/breaches").await;
    page.says(
        OK,
        &[
            "4 duties became late",
            "Decide whether to assess",
            "Not decided yet",
            "November 2026",
            "4 refusals in this time. 1 of them",
            "Words used for other children",
        ],
    );
    // What is typed in the address meets no parser's own words.
    manager.get("/breaches?months=999").await.says(OK, &["4 duties became late"]);
    // The request came on 5 October: answered a week late, so nothing is open.
    page.says(OK, &["0 of them are not done yet"]);
    // What fell away with the decision was never late.
    assert!(!page.html.contains("final EHC plan"), "{}", page.html);
    assert!(!page.html.contains("Oisin"), "the register names nobody");
    let csv = manager.get("/breaches.csv?months=3").await;
    csv.says(OK, &["\"duty\",\"Decide whether to assess, and tell the family", "\"1 to 4\""]);
    // A child of the manager's own family is in no count that they read.
    let me = manager.me().await;
    let kin = PersonTied {
        person: me.id,
        name: me.name,
        relation: Relation::Carer,
        parental_responsibility: None,
        body: None,
        adviser: None,
        contact: None,
    };
    let (event, today) = (Event::PersonTied(kin), crate::service::TODAY);
    let child = officer.child(&reference).await;
    officer.act(&child, Command::Record { event, on: today, known_on: today }).await;
    let page = manager.get("/breaches").await;
    page.says(OK, &["3 duties became late", "3 refusals in this time. 0 of them"]);
    for page in ["/breaches", "/breaches.csv"] {
        assert_eq!(officer.get(page).await.status, StatusCode::NOT_FOUND);
    }
}
