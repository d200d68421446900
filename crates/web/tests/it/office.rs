//! An officer's day, driven through the router: a request taken on, matched, decided and asked
//! about; what is refused, in which words; and who finds nothing.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::{DraftAnswers, Form};

use crate::service::{Browser, Page, Service};

const OK: StatusCode = StatusCode::OK;
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// A request as a mother sends it without an account; the address of the case.
async fn asked(service: &Service) -> String {
    let handle = service.app.begin_draft("999").await.unwrap();
    let mut answers = DraftAnswers::default();
    for (field, value) in [
        ("asker", "parent"),
        ("child-name", "Noah Adeyemi-Clarke"),
        ("born-day", "3"),
        ("born-month", "5"),
        ("born-year", "2020"),
        ("own-words", "I like buses."),
        ("hard", "Sitting with others at dinner."),
        ("setting", "Thornbeck Primary"),
        ("setting-kind", "mainstream-school"),
        ("your-name", "Folake Adeyemi"),
        ("relation", "mother"),
        ("email", "folake@mail.example"),
    ] {
        answers.set(field, value);
    }
    service.app.save_draft(&handle, &answers).await.unwrap();
    service.app.submit_draft(&handle, &Form::default()).await.unwrap();
    let sent = service.app.submitted(&handle).await.unwrap();
    format!("/case/{}", sent.reference.as_str())
}

/// A service with a request on it that this officer has taken on.
async fn taken() -> (Service, Browser, String) {
    let service = Service::new().await;
    let case = asked(&service).await;
    let mut officer = service.sign_in(Role::Officer, "Imogen", "").await;
    officer.get("/today").await;
    officer.post(&format!("{case}/take"), &[]).await.leads(&case);
    (service, officer, case)
}

/// Sees a form's letter and sends it.
async fn see_and_send(
    officer: &mut Browser,
    path: &str,
    fields: &[(&str, &str)],
    says: &[&str],
) -> Page {
    let mut see = fields.to_vec();
    see.push(("act", "see"));
    officer.post(path, &see).await.says(OK, &["See before sending"]);
    let mut send = fields.to_vec();
    send.push(("act", "send"));
    officer.post(path, &see).await.says(OK, says);
    // Going back to change something loses nothing.
    let mut change = fields.to_vec();
    change.push(("act", "save"));
    let form = officer.post(path, &change).await;
    let written = fields.iter().map(|(_, value)| *value).filter(|value| value.contains(' '));
    form.says(OK, &written.collect::<Vec<_>>());
    assert!(!form.html.contains("See before sending</h1>"));
    officer.post(path, &send).await
}

async fn agreed() -> (Service, Browser, String) {
    let (service, mut officer, case) = taken().await;
    let decide = format!("{case}/decide");
    officer.get(&decide).await;
    let yes =
        [("needs", "yes"), ("necessary", "yes"), ("reasons", "He may need it."), ("how", "portal")];
    see_and_send(&mut officer, &decide, &yes, &["He may need it.", "will assess"])
        .await
        .leads(&case);
    (service, officer, case)
}

#[tokio::test]
async fn a_new_request_is_taken_on_by_one_officer() {
    let service = Service::new().await;
    let case = asked(&service).await;
    let mut first = service.sign_in(Role::Officer, "Imogen", "").await;
    let mut second = service.sign_in(Role::Officer, "Bram", "").await;
    for officer in [&mut first, &mut second] {
        let list = officer.get("/today").await;
        list.says(
            OK,
            &["New requests to take on", "Noah Adeyemi-Clarke", "Folake Adeyemi, mother"],
        );
    }
    first.post(&format!("{case}/take"), &[]).await.leads(&case);
    second
        .post(&format!("{case}/take"), &[])
        .await
        .says(REFUSED, &["The case is with that officer already."]);
    first.get("/children").await.says(OK, &["Noah Adeyemi-Clarke", "Imogen Fallowfield"]);
    second.get("/children").await.says(OK, &["No child is with you yet"]);
    second.get("/children?find=adeyemi").await.says(OK, &["Noah Adeyemi-Clarke"]);
    second.get("/children?find=nobody").await.says(OK, &["Nobody is found for “nobody”"]);
}

#[tokio::test]
async fn todays_list_keeps_its_filter_and_its_pages_within_their_end() {
    let (_service, mut officer, case) = taken().await;
    for (address, says) in [
        ("/today", "All due"),
        ("/today?stage=request", "requests that wait for a decision"),
        ("/today?stage=final", "No line fits this filter"),
        ("/today?view=mine&order=name", "Noah Adeyemi-Clarke"),
        ("/today?view=waiting", "You wait for nobody"),
        ("/today?whose=office&order=date&page=99", "Noah Adeyemi-Clarke"),
        ("/today?page=x&stage=x&order=x&view=x", "Noah Adeyemi-Clarke"),
    ] {
        officer.get(address).await.says(OK, &[says]);
    }
    officer.get("/today").await.says(OK, &[&format!("{case}/before")]);
}

#[tokio::test]
async fn who_asked_is_checked_before_they_see_anything() {
    let (_service, mut officer, case) = taken().await;
    let page = officer.get(&case).await;
    page.says(OK, &["Who asked: check who they are", "folake@mail.example", "I like buses."]);
    let path = format!("{case}/asker");
    officer.post(&path, &[]).await.says(REFUSED, &["Say who they are", "Write something first."]);
    officer
        .post(&path, &[("who", "somebody-else"), ("how-checked", "Rang the school")])
        .await
        .says(REFUSED, &["Rang the school"]);
    officer.get(&case).await;
    officer.post(&path, &[("who", "new"), ("how-checked", "Rang the school")]).await.leads(&case);
    let page = officer.get(&case).await;
    page.says(OK, &["Checked who asked: Rang the school"]);
    assert!(!page.html.contains("Who asked: check who they are"));
}

#[tokio::test]
async fn what_comes_before_the_decision_is_seen_and_then_sent() {
    let (_service, mut officer, case) = taken().await;
    let before = format!("{case}/before");
    for (form, missing, fields, says, kept) in [
        (
            "family",
            "Say how it is sent.",
            vec![("family-words", "What do you think?"), ("family-how", "portal")],
            "Folake Adeyemi, mother",
            "“What do you think?”",
        ),
        (
            "bodies",
            "Tick at least one body to ask.",
            vec![("bodies-to", "social-care"), ("bodies-words", "We consider an assessment.")],
            "Word to the bodies that must know",
            "Social care.",
        ),
        (
            "information",
            "Write something first.",
            vec![
                ("info-from", "school"),
                ("info-who", "Odette Marchbanks"),
                ("info-question", "What helps at dinner?"),
            ],
            "Odette Marchbanks (School)",
            "Odette Marchbanks. What helps at dinner?",
        ),
    ] {
        let path = format!("{before}/{form}");
        officer.get(&before).await;
        officer.post(&path, &[]).await.says(REFUSED, &[missing]);
        officer.get(&before).await;
        see_and_send(&mut officer, &path, &fields, &[says]).await.leads(&before);
        officer.get(&before).await.says(OK, &[kept]);
    }
}

#[tokio::test]
async fn what_is_typed_for_one_act_outlives_the_sending_of_another() {
    let (_service, mut officer, case) = taken().await;
    let before = format!("{case}/before");
    let path = format!("{before}/family");
    let fields = [
        ("family-words", "What do you think?"),
        ("family-how", "post"),
        ("info-who", "Odette Marchbanks"),
        ("info-question", "What helps at dinner?"),
        ("act", "send"),
    ];
    officer.get(&before).await;
    let after = officer.post(&path, &fields).await;
    after.says(OK, &["“What do you think?”", "Odette Marchbanks", "What helps at dinner?"]);
    assert!(!after.html.contains(">What do you think?<"), "what went is not asked for again");
}

#[tokio::test]
async fn the_test_is_answered_in_full_or_nothing_leaves() {
    let (_service, mut officer, case) = taken().await;
    for (path, fields, words) in [
        (
            "decide",
            vec![("act", "see"), ("reasons", "R"), ("how", "portal")],
            "Answer both questions of the test first.",
        ),
        (
            "decide",
            vec![("act", "send"), ("needs", "yes"), ("reasons", "R"), ("how", "portal")],
            "Answer both questions of the test first.",
        ),
        (
            "decide",
            vec![("act", "see"), ("needs", "yes"), ("necessary", "yes"), ("how", "portal")],
            "Write the reasons first.",
        ),
        (
            "decide",
            vec![("act", "send"), ("needs", "yes"), ("necessary", "yes"), ("reasons", "R")],
            "Say how it is sent.",
        ),
        (
            "decide",
            vec![
                ("act", "see"),
                ("needs", "yes"),
                ("necessary", "no"),
                ("reasons", "R"),
                ("how", "portal"),
                ("part-mediation", ""),
            ],
            "parts are missing",
        ),
        (
            "decide-plan",
            vec![("act", "send"), ("reasons", "R"), ("how", "portal")],
            "Answer the question of the test first",
        ),
        (
            "decide-plan",
            vec![("act", "decide"), ("necessary", "yes"), ("reasons", "R")],
            "The decision to assess comes first.",
        ),
    ] {
        let path = format!("{case}/{path}");
        officer.get(&path).await;
        officer.post(&path, &fields).await.says(REFUSED, &[words]);
    }
    let page = officer.get(&case).await;
    assert!(!page.html.contains("Decided to assess"));
    assert!(!page.html.contains("Will not assess"));
}

#[tokio::test]
async fn a_refusal_leaves_with_all_its_parts() {
    let (_service, mut officer, case) = taken().await;
    let path = format!("{case}/decide");
    let form = officer.get(&path).await;
    // Two months from the day it is sent: the law's own answer for a decision of today.
    form.says(OK, &["by 25\u{a0}January 2027", "Aldermere Mediation"]);
    officer
        .post(&path, &[("act", "save"), ("needs", "yes"), ("necessary", "no")])
        .await
        .says(OK, &["A “no” is a refusal to assess."]);
    officer
        .post(&path, &[("act", "yes"), ("needs", "yes"), ("necessary", "no")])
        .await
        .says(OK, &["Yes to both: the authority must assess."]);
    let fields = [
        ("needs", "yes"),
        ("necessary", "no"),
        ("reasons", "His school meets his needs."),
        ("how", "post"),
        ("part-appeal-right", "You can appeal to the Tribunal."),
        ("part-appeal-time", "By 25 January 2027."),
        ("part-mediation", "Aldermere Mediation."),
        ("part-disagreement-resolution", "Aldermere Resolution."),
        ("part-advice", "Aldermere SENDIASS."),
    ];
    // Words that point to another test are shown beside the law's; the officer may go on, and the
    // record keeps that they did.
    let doubted: Vec<(&str, &str)> = fields
        .into_iter()
        .map(|(field, value)| {
            (field, if field == "reasons" { "He has no diagnosis." } else { value })
        })
        .collect();
    let see = [&doubted[..], &[("act", "see")]].concat();
    let words = ["He has no diagnosis.", "A diagnosis first", "I have read this and go on"];
    officer.post(&path, &see).await.says(REFUSED, &words);
    let see = [&see[..], &[("went-on", "diagnosis")]].concat();
    let seen = officer.post(&path, &see).await;
    seen.says(OK, &["See before sending", "name=\"went-on\" value=\"diagnosis\""]);
    let letter = ["has decided not to assess", "His school meets his needs.", "by post"];
    see_and_send(&mut officer, &path, &fields, &letter).await.leads(&case);
    officer.get(&case).await.says(OK, &["Will not assess", "His school meets his needs."]);
}

#[tokio::test]
async fn every_body_is_asked_at_once_and_a_plan_is_decided() {
    let (service, mut officer, case) = agreed().await;
    service.sign_in(Role::Adviser, "Fenwick", "psychologist|educational psychologist").await;
    let path = format!("{case}/ask-advice");
    officer
        .get(&path)
        .await
        .says(OK, &["Monday 4\u{a0}January 2027", "Fenwick Fallowfield, educational psychologist"]);
    officer.post(&path, &[("act", "see")]).await.says(REFUSED, &["Tick at least one body to ask."]);
    officer
        .post(&path, &[("act", "send"), ("ask", "other")])
        .await
        .says(REFUSED, &["Name the adviser or service that is asked"]);
    officer.get(&path).await;
    let fields = [
        ("ask", "health"),
        ("adviser-health", "paediatrician"),
        ("question-health", "What helps?"),
    ];
    let letter = ["paediatrician (Health)", "I like buses.", "What helps?"];
    see_and_send(&mut officer, &path, &fields, &letter).await.leads(&case);
    officer.get(&case).await.says(OK, &["Paediatrician", "42\u{a0}days left"]);

    let path = format!("{case}/decide-plan");
    officer.get(&path).await;
    let yes = [("act", "decide"), ("necessary", "yes"), ("reasons", "All advice asks for more.")];
    officer.post(&path, &yes).await.leads(&case);
    officer.get(&case).await.says(OK, &["All advice asks for more."]);
}

#[tokio::test]
async fn a_refused_plan_leaves_as_a_notice() {
    let (_service, mut officer, case) = agreed().await;
    let path = format!("{case}/decide-plan");
    officer.get(&path).await;
    let fields = [
        ("necessary", "no"),
        ("reasons", "His school gives all that the advice asks for."),
        ("how", "by-hand"),
        ("part-appeal-right", "You can appeal to the Tribunal."),
        ("part-appeal-time", "By 25 January 2027."),
        ("part-mediation", "Aldermere Mediation."),
        ("part-disagreement-resolution", "Aldermere Resolution."),
        ("part-advice", "Aldermere SENDIASS."),
    ];
    // A "no" is never recorded without its letter, whichever button was pressed.
    let mut decide = fields.to_vec();
    decide.push(("act", "decide"));
    officer
        .post(&path, &decide)
        .await
        .says(OK, &["See before sending", "not to issue an EHC plan"]);
    let mut send = fields.to_vec();
    send.push(("act", "send"));
    officer.post(&path, &send).await.leads(&case);
    officer.get(&case).await.says(OK, &["No plan"]);
}

#[tokio::test]
async fn another_parent_is_added_and_the_case_is_passed_on() {
    let (service, mut officer, case) = taken().await;
    let mut colleague = service.sign_in(Role::Officer, "Bram", "").await;
    let mut manager = service.sign_in(Role::Manager, "Ottoline", "").await;
    let people = format!("{case}/people");
    let add = format!("{people}/add");
    officer.get(&people).await.says(OK, &["Add another parent or carer", "Bram Fallowfield"]);
    officer
        .post(&add, &[("tie-relation", "father"), ("tie-email", "nowhere")])
        .await
        .says(REFUSED, &["Enter their full name", "with an @", "Say how you checked"]);
    officer.get(&people).await;
    let father = [
        ("tie-name", "Ade Clarke"),
        ("tie-relation", "father"),
        ("tie-responsibility", "yes"),
        ("tie-email", "ade@mail.example"),
        ("tie-how-checked", "Saw the birth certificate"),
    ];
    officer.post(&add, &father).await.leads(&people);
    officer.get(&people).await.says(OK, &["Ade Clarke", "ade@mail.example"]);
    let known = service.app.known_by_email("999", "ade@mail.example").await.unwrap();
    assert_eq!(known.map(|(_, name)| name).as_deref(), Some("Ade Clarke"));

    let give = format!("{people}/give");
    officer.post(&give, &[("officer", "")]).await.says(REFUSED, &["Choose an officer"]);
    officer.get(&people).await;
    let bram = colleague.me().await.id.as_str().to_owned();
    let offer = [("officer", bram.as_str()), ("note", "His brother is with you.")];
    officer.post(&give, &offer).await.leads(&people);
    officer.get(&people).await.says(OK, &["Offered to Bram Fallowfield"]);
    colleague.get("/today").await.says(OK, &["Offered to you", "His brother is with you."]);
    let answer = format!("{case}/offer");
    colleague.post(&answer, &[("answer", "maybe")]).await.says(StatusCode::NOT_FOUND, &[]);
    colleague.get("/today").await;
    colleague.post(&answer, &[("answer", "take")]).await.leads(&case);
    colleague.get(&case).await.says(OK, &["With Bram Fallowfield"]);

    let imogen = officer.me().await.id.as_str().to_owned();
    manager.get(&people).await.says(OK, &["Give it now"]);
    manager.post(&give, &[("officer", imogen.as_str())]).await.leads(&people);
    manager.get(&case).await.says(OK, &["With Imogen Fallowfield"]);
}

const PAGES: [&str; 6] = ["", "/decide", "/decide-plan", "/before", "/ask-advice", "/people"];

#[tokio::test]
async fn a_family_and_an_adviser_find_no_office() {
    let (service, _officer, case) = taken().await;
    for role in [Role::Parent, Role::YoungPerson, Role::Adviser] {
        let mut other = service.sign_in(role, role.word(), "health|paediatrician").await;
        for page in PAGES {
            other.get(&format!("{case}{page}")).await.says(StatusCode::NOT_FOUND, &[]);
        }
        for list in ["/today", "/children", "/children?find=adeyemi"] {
            other.get(list).await.says(StatusCode::NOT_FOUND, &[]);
        }
    }
    let mut nobody = service.browser();
    for page in PAGES {
        nobody.get(&format!("{case}{page}")).await.leads("/sign-in");
    }
    nobody.get("/today").await.leads("/sign-in");
}

#[tokio::test]
async fn a_form_from_elsewhere_does_nothing() {
    let (_service, mut officer, case) = taken().await;
    for form in [
        "take",
        "offer",
        "asker",
        "decide",
        "decide-plan",
        "before/family",
        "before/bodies",
        "before/information",
        "ask-advice",
        "people/add",
        "people/give",
    ] {
        officer
            .post(&format!("{case}/{form}"), &[("csrf", "from-elsewhere")])
            .await
            .says(StatusCode::FORBIDDEN, &[]);
    }
}

#[tokio::test]
async fn a_second_tap_is_answered_like_the_first() {
    let (service, mut officer, case) = taken().await;
    let before = format!("{case}/before/family");
    officer.get(&format!("{case}/before")).await;
    let fields = [
        ("family-words", "What do you think?"),
        ("family-how", "portal"),
        ("act", "send"),
        ("command", "one-tap"),
    ];
    for _ in 0..2 {
        officer.post(&before, &fields).await.leads(&format!("{case}/before"));
    }
    let me = officer.me().await;
    let reference = case.rsplit('/').next().unwrap();
    let child = service.app.child_by_reference(&me, reference).await.unwrap();
    let part = sendero_app::house::access::Part::Case;
    let file = service.app.open(&me, &child, part, "").await.unwrap();
    for kind in ["family-consulted", "message-written"] {
        let kept = file.record.entries().iter().filter(|entry| entry.event.kind() == kind).count();
        assert_eq!(kept, 1, "{kind}");
    }
}
