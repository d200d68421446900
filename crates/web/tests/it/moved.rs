//! A plan that moves with a child, and plans that went on paper: through the router.

use axum::http::StatusCode;
use sendero_app::AreaDetail;
use sendero_app::house::access::Role;
use sendero_app::house::record::{Command, Event, MovedArea, Section};

use crate::service::{Browser, Service, TODAY};
use crate::work::{assessing, record};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const NOWHERE: StatusCode = StatusCode::NOT_FOUND;

fn day<'a>(field: &'a str, parts: [&'a str; 3]) -> [(String, &'a str); 3] {
    let [day, month, year] = parts;
    [
        (format!("{field}-day"), day),
        (format!("{field}-month"), month),
        (format!("{field}-year"), year),
    ]
}

async fn sends(
    browser: &mut Browser,
    path: &str,
    fields: &[(&str, &str)],
    days: &[(&str, [&str; 3])],
) -> crate::service::Page {
    let days: Vec<(String, &str)> =
        days.iter().flat_map(|(field, parts)| day(field, *parts)).collect();
    let all: Vec<(&str, &str)> =
        fields.iter().copied().chain(days.iter().map(|(f, v)| (f.as_str(), *v))).collect();
    browser.get(path).await;
    browser.post(path, &all).await
}

const PAPER: [(&str, &str); 5] = [
    ("section-a", "Numbers are my friends."),
    ("section-b", "Reading."),
    ("section-e", "Reads a page."),
    ("section-f", "Phonics, 20 minutes, 4 a week."),
    ("section-i", "Thornbeck Primary"),
];

#[tokio::test]
async fn what_went_on_paper_is_the_plan_in_force_as_it_was() {
    let service = Service::new().await;
    let (mut officer, reference) = assessing(&service).await;
    let path = format!("/case/{reference}/record/final-plan-sent");
    officer
        .get(&path)
        .await
        .says(OK, &["The text of the plan", "F. Special educational provision"]);
    let sent = sends(
        &mut officer,
        &path,
        &[&PAPER[..], &[("names", "yes"), ("how", "post")]].concat(),
        &[("on", ["3", "11", "2026"])],
    )
    .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
    let now = record(&service, &officer, &reference).await;
    let text = now.plan_in_force().unwrap();
    assert_eq!(text.section(Section::F), "Phonics, 20 minutes, 4 a week.");
    assert_eq!(text.section(Section::I), "Thornbeck Primary");
    // An amended plan on paper: the fields hold what was in force, and what was changed is changed.
    let path = format!("/case/{reference}/record/amended-plan-sent");
    officer.get(&path).await.says(OK, &["Phonics, 20 minutes, 4 a week."]);
    let longer: Vec<(&str, &str)> = PAPER
        .iter()
        .map(|(field, text)| match *field {
            "section-f" => (*field, "Phonics, 30 minutes, 4 a week."),
            _ => (*field, *text),
        })
        .collect();
    let amended = [&longer[..], &[("names", "yes"), ("how", "post")]].concat();
    sends(&mut officer, &path, &amended, &[("on", ["20", "11", "2026"])]).await;
    let now = record(&service, &officer, &reference).await;
    let entry = now.last_of(&["amended-plan-sent"]).unwrap();
    assert_eq!(entry.event.plan().unwrap().section(Section::F), "Phonics, 30 minutes, 4 a week.");
    // A slip in typing it in is put right there, and the first text is kept.
    let path = format!("/case/{reference}/entry/{}", entry.header.id.as_str());
    officer.get(&path).await.says(OK, &["Phonics, 30 minutes"]);
    let right: Vec<(&str, &str)> = PAPER
        .iter()
        .map(|(field, text)| match *field {
            "section-f" => (*field, "Phonics, 40 minutes, 4 a week."),
            _ => (*field, *text),
        })
        .chain([("why", "Misread."), ("how", "post")])
        .collect();
    sends(&mut officer, &path, &right, &[("on", ["20", "11", "2026"])]).await;
    let now = record(&service, &officer, &reference).await;
    let text = now.plan_in_force().unwrap();
    assert_eq!(text.section(Section::F), "Phonics, 40 minutes, 4 a week.");
}

#[tokio::test]
async fn a_plan_moves_to_another_area_here_and_its_duties_with_it() {
    let service = Service::new().await;
    let (mut officer, reference) = assessing(&service).await;
    let case = format!("/case/{reference}");
    sends(
        &mut officer,
        &format!("{case}/record/final-plan-sent"),
        &[&PAPER[..], &[("names", "yes"), ("how", "post")]].concat(),
        &[("on", ["3", "11", "2026"])],
    )
    .await;
    let otherham = AreaDetail {
        code: "998".to_owned(),
        name: "Otherham".to_owned(),
        letters: "OTH".to_owned(),
        address: "https://otherham.example".to_owned(),
        ..service.app.area("999").await.unwrap()
    };
    service.app.set_area(&otherham).await.unwrap();
    let leave = format!("{case}/pass-on");
    officer
        .get(&leave)
        .await
        .says(OK, &["Cannot be passed on now", "The move is not on the record"]);
    officer
        .post(&leave, &[("to", "Otherham")])
        .await
        .says(WRONG, &["The move is not on the record"]);
    let child = officer.child(&reference).await;
    let event = Event::MovedArea(MovedArea { to: "Otherham".to_owned() });
    officer.act(&child, Command::Record { event, on: TODAY, known_on: TODAY }).await;
    officer.get(&leave).await.says(OK, &["Otherham", "the plan in force, every section"]);
    officer.post(&leave, &[]).await.says(WRONG, &["To which council?"]);
    officer.post(&leave, &[("to", "Otherham")]).await.leads(&case);
    officer
        .get(&format!("{case}?saved=passed"))
        .await
        .says(OK, &["The plan is passed on", "Otherham"]);
    let old = record(&service, &officer, &reference).await;
    assert_eq!(old.stage().word(), "ended");

    // Nobody but the office of the other area sees it, and it sees nothing else.
    officer.get("/children/new").await.says(OK, &["A request came on paper"]);
    assert!(!officer.get("/children/new").await.html.contains("passed on to you"));
    let mut there = service.officer_at(&otherham, "Zainab").await;
    there.get(&case).await.says(NOWHERE, &[]);
    there.get("/today").await.says(OK, &["A plan has", "been passed on to you"]);
    let list = there.get("/children/new").await;
    list.says(OK, &["passed on to you", "Oisin Fernleigh", "from Aldermere"]);
    let at = list.html.find("/children/new/plan?passed=").unwrap();
    let link: String = list.html[at..].chars().take_while(|letter| *letter != '"').collect();
    let form = there.get(&link).await;
    form.says(OK, &["Oisin Fernleigh", "Phonics, 20 minutes", "Aldermere"]);
    assert!(!form.html.contains("School has tried"), "only the plan goes");
    let id = link.strip_prefix("/children/new/plan?passed=").unwrap();
    let fields = [
        ("passed", id),
        ("from-council", "Aldermere"),
        ("child-name", "Oisin Fernleigh"),
        ("their-name", "Aoife Fernleigh"),
        ("relation", "mother"),
    ];
    let fields = [&fields[..], &PAPER[..]].concat();
    let days = [("on", ["23", "11", "2026"]), ("made-on", ["3", "11", "2026"])];
    let days: Vec<(String, &str)> = days.iter().flat_map(|(f, parts)| day(f, *parts)).collect();
    let all: Vec<(&str, &str)> =
        fields.iter().copied().chain(days.iter().map(|(f, v)| (f.as_str(), *v))).collect();
    let nobody: Vec<_> = all.iter().copied().filter(|(field, _)| *field != "relation").collect();
    let refused = there.post("/children/new/plan", &nobody).await;
    refused.says(WRONG, &["Say who they are to the child", "Aoife Fernleigh"]);
    let taken = there.post("/children/new/plan", &all).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.html);
    there.get("/today").await.says(OK, &["A plan came from another council on", "Mon 4"]);
    let new = there.get(&taken.to).await;
    new.says(OK, &["The plan is in force here", "Review the plan that came", "Plan came"]);
    assert!(!new.html.contains("Decide"), "nobody asked for an assessment here");
    let reference = taken.to.strip_prefix("/case/").unwrap().split('?').next().unwrap().to_owned();
    assert!(reference.starts_with("OTH"), "{reference}");
    let now = record(&service, &there, &reference).await;
    assert_eq!(now.plan_in_force().unwrap().section(Section::B), "Reading.");
    // It is taken once.
    assert!(!there.get("/children/new").await.html.contains("passed on to you"));
    let again = there.post("/children/new/plan", &all).await;
    assert_eq!(again.status, NOWHERE, "{}", again.html);
    // The letter within six weeks: whole, or not at all.
    let letter = format!("/case/{reference}/notice/transfer");
    there.get(&letter).await.says(OK, &["Cannot be sent yet", "N17", "reg 15(4)(b)"]);
    let parts = [
        ("part-transferred", "The plan is with us."),
        ("part-assessment", "We will not assess again. You may ask us to."),
        ("part-review-day", "We review it on 12 January 2027."),
        ("how", "post"),
        ("act", "send"),
    ];
    let sent = there.post(&letter, &parts).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
    // And the family reads the plan in its new home.
    let asker = now.unmatched_asker().unwrap().person.clone();
    let child = there.child(&reference).await;
    there.act(&child, Command::MatchAsker { asker: asker.clone(), person: asker.clone() }).await;
    let mut parent = service.family_at(&otherham, asker, "Aoife").await;
    let page = parent.get(&format!("/child/{reference}/plan")).await;
    page.says(OK, &["It came from another council on", "Phonics, 20 minutes"]);
    assert!(!page.html.contains("You can appeal"), "{}", page.html);
    let mut stranger = service.sign_in(Role::Parent, "Ruaridh", "").await;
    stranger.get("/children/new/plan").await.says(NOWHERE, &[]);
}
