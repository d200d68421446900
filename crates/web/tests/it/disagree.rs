//! A step after a decision, where two decisions can be taken further: whoever writes it down is asked
//! which of them it is about, and no right is left unclear.

use axum::http::StatusCode;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::law::Standing;
use sendero_app::house::record::{Command, Disputed};

use crate::service::{Browser, Service};
use crate::work::{opened, record};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const ASKED: &str = "Which decision is it about?";

fn on<'a>(day: &'a str, month: &'a str) -> [(&'a str, &'a str); 3] {
    [("on-day", day), ("on-month", month), ("on-year", "2026")]
}

/// A decision that went on paper.
async fn went(officer: &mut Browser, reference: &str, kind: &str, day: (&str, &str)) {
    let form = format!("/case/{reference}/record/{kind}");
    officer.get(&form).await.says(OK, &[]);
    let mut fields = on(day.0, day.1).to_vec();
    fields.extend([("words", "As decided."), ("how", "post")]);
    let answer = officer.post(&form, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}: {}", answer.html);
}

/// The standings of a right, in the order of the decisions' days.
async fn stand(service: &Service, officer: &Browser, reference: &str, duty: &str) -> Vec<Standing> {
    let (me, child) = (officer.me().await, officer.child(reference).await);
    let file = service.app.open(&me, &child, Part::Case, "").await.unwrap();
    let mut rights: Vec<_> =
        file.timeline.obligations.into_iter().filter(|one| one.duty == *duty).collect();
    rights.sort_by_key(|one| one.trigger.on);
    rights.into_iter().map(|one| one.standing).collect()
}

/// A case in which a refusal to assess again, and a month later a decision to end the plan, can both
/// still be appealed.
async fn two_decisions(service: &Service) -> (Browser, String) {
    let (mut officer, reference) = opened(service).await;
    went(&mut officer, &reference, "reassessment-refused", ("8", "10")).await;
    went(&mut officer, &reference, "cease-decided", ("5", "11")).await;
    (officer, reference)
}

async fn parent_of(service: &Service, officer: &Browser, reference: &str) -> Browser {
    let record = record(service, officer, reference).await;
    let asker = record.unmatched_asker().unwrap().person.clone();
    let matched = Command::MatchAsker { asker: asker.clone(), person: asker.clone() };
    officer.act(&officer.child(reference).await, matched).await;
    service.sign_in_as(Some(asker), Role::Parent, "Aoife", "").await
}

#[tokio::test]
async fn an_officer_is_asked_which_of_two_decisions_a_step_is_about() {
    let service = Service::new().await;
    let (mut officer, reference) = two_decisions(&service).await;
    let form = format!("/case/{reference}/record/mediation-contacted");
    officer.get(&form).await.says(
        OK,
        &[
            ASKED,
            "The decision not to assess again, 8\u{a0}October 2026",
            "end the plan, 5\u{a0}Nov",
        ],
    );
    let answer = officer.post(&form, &on("10", "11")).await;
    answer.says(WRONG, &["Say which decision it is about", "id=\"about"]);
    // What nobody can take further is no answer.
    let mut fields = on("10", "11").to_vec();
    fields.push(("about", "refusal-to-issue"));
    officer.post(&form, &fields).await.says(WRONG, &["Say which decision it is about"]);
    fields.pop();
    fields.push(("about", "cease"));
    officer.post(&form, &fields).await.leads(&format!("/case/{reference}"));
    let now = stand(&service, &officer, &reference, "md-contact").await;
    assert_eq!(now, [Standing::Pending, Standing::Met]);
    // Before the second decision there was nothing to choose from.
    officer.get(&form).await.says(OK, &[ASKED]);
    let answer = officer.post(&form, &on("20", "10")).await;
    answer.leads(&format!("/case/{reference}"));
    let now = stand(&service, &officer, &reference, "md-contact").await;
    assert_eq!(now, [Standing::Met, Standing::Met]);
}

#[tokio::test]
async fn a_step_that_did_not_say_is_put_right() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    went(&mut officer, &reference, "reassessment-refused", ("8", "10")).await;
    let form = format!("/case/{reference}/record/mediation-contacted");
    let page = officer.get(&form).await;
    assert!(!page.html.contains(ASKED), "nothing to choose from: {}", page.html);
    officer.post(&form, &on("10", "11")).await.leads(&format!("/case/{reference}"));
    // A decision of a day before was on paper, and nobody had written it down.
    went(&mut officer, &reference, "cease-decided", ("5", "11")).await;
    let now = stand(&service, &officer, &reference, "md-contact").await;
    assert_eq!(now, [Standing::Unclear, Standing::Unclear]);
    let record = record(&service, &officer, &reference).await;
    let entry = record.last_of(&["mediation-contacted"]).unwrap().header.id.clone();
    let correct = format!("/case/{reference}/entry/{entry}");
    officer.get(&correct).await.says(OK, &[ASKED, "It does not say"]);
    let mut fields = on("10", "11").to_vec();
    fields.extend([("about", "refusal-to-reassess"), ("words", ""), ("why", "They say so")]);
    officer.post(&correct, &fields).await.leads(&format!("/case/{reference}"));
    let now = stand(&service, &officer, &reference, "md-contact").await;
    assert_eq!(now, [Standing::Met, Standing::Pending]);
}

#[tokio::test]
async fn a_family_says_what_it_did_and_about_which_decision() {
    let service = Service::new().await;
    let (mut officer, reference) = two_decisions(&service).await;
    let mut parent = parent_of(&service, &officer, &reference).await;
    let base = format!("/child/{reference}");
    parent.get(&base).await.says(OK, &["Say what you did about a decision"]);
    let form = format!("{base}/disagree");
    parent.get(&form).await.says(OK, &[ASKED, "I spoke to the mediation adviser"]);
    let answer = parent.post(&form, &on("10", "11")).await;
    answer.says(WRONG, &["Choose one of the answers", "Say which decision it is about"]);
    let mut fields = on("10", "11").to_vec();
    fields.extend([("step", "mediation-certificate-issued"), ("about", "refusal-to-reassess")]);
    parent.post(&form, &fields).await.leads(&format!("{base}/decisions"));
    parent
        .get(&format!("{base}/decisions"))
        .await
        .says(OK, &["You got in touch with the mediation adviser"]);
    let now = stand(&service, &officer, &reference, "md-contact").await;
    assert_eq!(now, [Standing::Met, Standing::Pending]);
    parent.get(&form).await.says(OK, &[ASKED]);
    let mut fields = on("12", "11").to_vec();
    fields.extend([("step", "appeal-made"), ("about", "cease"), ("words", "By e-mail.")]);
    parent.post(&form, &fields).await.leads(&format!("{base}/decisions"));
    let now = stand(&service, &officer, &reference, "ap-start").await;
    assert_eq!(now, [Standing::Pending, Standing::Met]);
    // What they typed is on the record, and an appeal about it keeps the plan.
    officer.get(&format!("/case/{reference}")).await.says(OK, &["By e-mail."]);
    assert!(service.app.verify().await.unwrap().findings.is_empty());
    // Nobody else finds the form.
    let mut stranger = service.sign_in(Role::Parent, "Ren", "").await;
    assert_eq!(stranger.get(&form).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn where_one_decision_is_open_the_page_names_it_and_asks_nothing() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let mut parent = parent_of(&service, &officer, &reference).await;
    let base = format!("/child/{reference}");
    let form = format!("{base}/disagree");
    parent.get(&form).await.says(OK, &["There is no decision yet"]);
    let page = parent.get(&base).await;
    assert!(!page.html.contains("/disagree"), "{}", page.html);
    went(&mut officer, &reference, "cease-decided", ("5", "11")).await;
    let page = parent.get(&form).await;
    page.says(OK, &["This is about: The decision to end the plan, 5\u{a0}November"]);
    assert!(!page.html.contains(ASKED), "{}", page.html);
    let mut fields = on("10", "11").to_vec();
    fields.push(("step", "appeal-made"));
    parent.post(&form, &fields).await.leads(&format!("{base}/decisions"));
    // The record says which, so that the plan is kept while the Tribunal decides.
    let record = record(&service, &officer, &reference).await;
    let about = record.last_of(&["appeal-made"]).unwrap().event.disagreed().unwrap().1;
    assert_eq!(about, Some(Disputed::Cease));
}

/// A plan and, after the next review, a decision to leave it as it is: what is said of the plan's parts
/// could be said of either, the plan itself and the decision could not.
#[tokio::test]
async fn the_plan_and_the_decision_not_to_change_it_are_two() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    went(&mut officer, &reference, "amended-plan-sent", ("8", "10")).await;
    let form = format!("/case/{reference}/record/review-decision-sent");
    officer.get(&form).await.says(OK, &[]);
    let mut fields = on("5", "11").to_vec();
    fields.extend([("outcome", "maintain"), ("words", "As it is."), ("how", "post")]);
    officer.post(&form, &fields).await.leads(&format!("/case/{reference}"));
    let form = format!("/case/{reference}/record/appeal-made");
    let page = officer.get(&form).await;
    page.says(OK, &["The plan as it was sent, 8\u{a0}October", "to change the plan, 5\u{a0}Nov"]);
    assert!(!page.html.contains("Sections B and F"), "{}", page.html);
    let mut fields = on("10", "11").to_vec();
    fields.push(("about", "plan"));
    officer.post(&form, &fields).await.leads(&format!("/case/{reference}"));
    let now = stand(&service, &officer, &reference, "ap-start").await;
    assert_eq!(now, [Standing::Met, Standing::Pending]);
}
