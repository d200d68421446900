//! Advice from the first word to the last reader, and the letters that asked for it, through the
//! router: what is begun is its writer's alone, and what is given is read by everyone who may.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::record::{AdviceAsk, Body, Command, EventId};

use crate::service::{Browser, Service};
use crate::work::{assessing, opened, record};

const OK: StatusCode = StatusCode::OK;
const NOWHERE: StatusCode = StatusCode::NOT_FOUND;

/// An officer, an adviser who was asked about Oisin, the reference, and the request's id.
pub(crate) async fn asked(service: &Service) -> (Browser, Browser, String, String) {
    let (mut officer, reference) = assessing(service).await;
    let what = "psychologist|educational psychologist";
    let adviser = service.sign_in(Role::Adviser, "Fenwick", what).await;
    let me = adviser.me().await;
    let path = format!("/case/{reference}/ask-advice");
    officer.get(&path).await;
    let fields = [
        ("ask", "psychologist"),
        ("person-psychologist", me.id.as_str()),
        ("question-psychologist", "What are Oisin's needs?"),
    ];
    let see = [&fields[..], &[("act", "see")]].concat();
    officer.post(&path, &see).await.says(OK, &["What are Oisin&#39;s needs?"]);
    // Going back keeps what was typed, and nothing has left.
    let back = [&fields[..], &[("act", "save")]].concat();
    officer.post(&path, &back).await.says(OK, &["What are Oisin&#39;s needs?", "checked"]);
    assert!(record(service, &officer, &reference).await.advice().is_empty());
    let send = [&fields[..], &[("act", "send")]].concat();
    officer.post(&path, &send).await.leads(&format!("/case/{reference}"));
    let record = record(service, &officer, &reference).await;
    let request = record.advice()[0].asked.id.to_string();
    (officer, adviser, reference, request)
}

#[tokio::test]
async fn what_is_begun_is_its_writers_alone_until_it_is_given() {
    let service = Service::new().await;
    let (mut officer, mut adviser, reference, request) = asked(&service).await;
    let path = format!("/advice/{request}");
    adviser.get(&path).await.says(OK, &["Save and finish later", "nobody else sees it"]);
    let begun = [("need-1", "Begins to read."), ("weeks-1", "thirty"), ("act", "later")];
    adviser.post(&path, &begun).await.leads("/advice");
    let line = "Begun: 1\u{a0}need, saved today at 9.30am. Only you can see it";
    adviser.get("/advice").await.says(OK, &[line]);
    // What was typed is there as it was typed, faults and all.
    adviser.get(&path).await.says(OK, &["Begins to read.", "thirty", "Saved today at 9.30am"]);
    for page in [format!("/case/{reference}"), format!("/case/{reference}/advice/{request}")] {
        let seen = officer.get(&page).await;
        seen.says(OK, &[]);
        assert!(!seen.html.contains("Begins to read."), "{page}");
    }
    let what = "psychologist|educational psychologist";
    let mut other = service.sign_in(Role::Adviser, "Linnea", what).await;
    other.get(&path).await.says(NOWHERE, &[]);
    // Adding a row saves as well; emptying everything lets it go.
    adviser.get(&path).await;
    let added = [("need-1", "Reads a line."), ("rows", "1"), ("act", "add")];
    adviser.post(&path, &added).await.says(OK, &["id=\"need-2\"", "Saved today"]);
    adviser.get(&path).await.says(OK, &["Reads a line.", "id=\"need-2\""]);
    adviser.post(&path, &[("act", "later")]).await.leads("/advice");
    let inbox = adviser.get("/advice").await;
    assert!(!inbox.html.contains("Begun"), "{}", inbox.html);
    // Given, it is gone from among what was begun.
    adviser.get(&path).await;
    adviser.post(&path, &[("need-1", "Reads a page."), ("act", "later")]).await.leads("/advice");
    adviser.get(&path).await;
    let given = [("need-1", "Reads a page."), ("child", reference.as_str())];
    let sent = format!("{path}/sent?child={reference}");
    adviser.post(&format!("{path}/send"), &given).await.leads(&sent);
    let me = adviser.me().await;
    let kept = service.app.begun_advice(&me, &EventId::new(request.as_str())).await.unwrap();
    assert_eq!(kept, None);
    adviser.get("/advice").await.says(OK, &["Given", &format!("href=\"{path}\"")]);
    adviser.get(&path).await.says(OK, &["Reads a page.", "Back to advice asked of you"]);
    adviser.post(&path, &[("need-1", "More"), ("act", "later")]).await.says(NOWHERE, &[]);
    other.get(&path).await.says(NOWHERE, &[]);
}

#[tokio::test]
async fn one_piece_of_advice_is_a_page_for_whoever_may_read_it() {
    let service = Service::new().await;
    let (mut officer, adviser, reference, request) = asked(&service).await;
    let at = |door: &str| format!("/{door}/{reference}/advice/{request}");
    officer.get(&format!("/case/{reference}")).await.says(OK, &[&at("case")]);
    let awaited = officer.get(&at("case")).await;
    awaited.says(OK, &["It is not here yet", "Fenwick Fallowfield", "Monday 4\u{a0}January 2027"]);
    let child = officer.child(&reference).await;
    let asker =
        record(&service, &officer, &reference).await.unmatched_asker().unwrap().person.clone();
    let matched = Command::MatchAsker { asker: asker.clone(), person: asker.clone() };
    officer.act(&child, matched).await;
    let mut parent = service.sign_in_as(Some(asker), Role::Parent, "Aoife", "").await;
    let give = Command::GiveAdvice {
        request: EventId::new(request.as_str()),
        person: adviser.me().await.id,
        items: Vec::new(),
        how_known: "Two visits".to_owned(),
        words: "He was kind to the cat.".to_owned(),
    };
    adviser.act(&child, give).await;
    for (browser, door) in [(&mut officer, "case"), (&mut parent, "child")] {
        let page = browser.get(&at(door)).await;
        page.says(OK, &["He was kind to the cat.", "Two visits", "What are Oisin&#39;s needs?"]);
        // The letter that asked is kept as it went.
        let letter = format!("/{door}/{reference}/letter/{request}");
        page.says(OK, &[&letter]);
        let kept = browser.get(&letter).await;
        kept.says(OK, &["asks for your advice", "on this service", "Fenwick Fallowfield"]);
        let none = format!("/{door}/{reference}/letter/none");
        browser.get(&none).await.says(NOWHERE, &[]);
        browser.get(&format!("/{door}/{reference}/advice/none")).await.says(NOWHERE, &[]);
    }
    // Not even a correction touches the words; only the day can be put right.
    let given = record(&service, &officer, &reference).await;
    let entry = given.last_of(&["advice-received"]).unwrap().header.id.to_string();
    let correct = format!("/case/{reference}/entry/{entry}");
    let form = officer.get(&correct).await;
    form.says(OK, &["Why is it put right?"]);
    assert!(!form.html.contains("name=\"words\""), "{}", form.html);
    let day = [("on-day", "20"), ("on-month", "11"), ("on-year", "2026"), ("words", "Changed")];
    let anew = [&day[..], &[("why", "It came on Friday")]].concat();
    officer.post(&correct, &anew).await.leads(&format!("/case/{reference}"));
    let page = officer.get(&at("case")).await;
    page.says(OK, &["He was kind to the cat.", "Friday 20\u{a0}November 2026"]);
    parent.get(&format!("/child/{reference}")).await.says(OK, &[&at("child")]);
    let seen = parent.get(&format!("/child/{reference}/decisions")).await;
    seen.says(OK, &["Corrected on 23\u{a0}November: It came on Friday."]);
    parent.get(&at("case")).await.says(NOWHERE, &[]);
    officer.get(&format!("/case/{reference}/plan")).await.says(OK, &[]);
    let mut stranger = service.sign_in(Role::Parent, "Ren", "").await;
    stranger.get(&at("child")).await.says(NOWHERE, &[]);
}

#[tokio::test]
async fn a_parent_who_is_asked_writes_their_advice() {
    let service = Service::new().await;
    let (officer, reference) = assessing(&service).await;
    let child = officer.child(&reference).await;
    let asker =
        record(&service, &officer, &reference).await.unmatched_asker().unwrap().person.clone();
    let matched = Command::MatchAsker { asker: asker.clone(), person: asker.clone() };
    officer.act(&child, matched).await;
    let mut parent = service.sign_in_as(Some(asker.clone()), Role::Parent, "Aoife", "").await;
    let ask = AdviceAsk {
        from: Body::Parent,
        adviser: "mother".to_owned(),
        person: Some((asker, parent.me().await.name)),
        question: "What should we know?".to_owned(),
        letter: Vec::new(),
    };
    officer.act(&child, Command::AskForAdvice(vec![ask])).await;
    let record = record(&service, &officer, &reference).await;
    let request = record.advice()[0].asked.id.to_string();
    let page = parent.get(&format!("/child/{reference}/advice/{request}")).await;
    page.says(OK, &["Write your advice", &format!("href=\"/advice/{request}\"")]);
    parent.get(&format!("/advice/{request}")).await.says(OK, &["What should we know?"]);
    let words = [("words", "He hums when he is well."), ("child", reference.as_str())];
    let sent = format!("/advice/{request}/sent?child={reference}");
    parent.post(&format!("/advice/{request}/send"), &words).await.leads(&sent);
    parent.get(&format!("/advice/{request}")).await.says(OK, &["He hums when he is well."]);
}

#[tokio::test]
async fn what_goes_to_the_bodies_is_kept_and_going_back_loses_nothing() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let before = format!("/case/{reference}/before");
    officer.get(&before).await;
    // Words for one act stay while another is looked at.
    let typed = [
        ("family-words", "What do you think?"),
        ("bodies-to", "social-care"),
        ("bodies-words", "We consider an assessment of Oisin."),
        ("info-who", "Odette Marchbanks"),
    ];
    let see = officer.post(&format!("{before}/bodies"), &typed).await;
    see.says(OK, &["See before sending", "We consider an assessment of Oisin."]);
    let back = officer.post(&format!("{before}/bodies"), &[("act", "save")]).await;
    back.says(OK, &["What do you think?", "We consider an assessment", "Odette Marchbanks"]);
    let sent = [&typed[..], &[("act", "send")]].concat();
    let after = officer.post(&format!("{before}/bodies"), &sent).await;
    after.says(OK, &["What do you think?", "Odette Marchbanks", "Social care."]);
    let record = record(&service, &officer, &reference).await;
    let entry = record.last_of(&["bodies-notified"]).unwrap().header.id.to_string();
    let letter = format!("/case/{reference}/letter/{entry}");
    officer.get(&format!("/case/{reference}")).await.says(OK, &[&letter]);
    officer.get(&letter).await.says(OK, &["We consider an assessment of Oisin.", "Social care"]);
    let asked = record.last_of(&["assessment-requested"]).unwrap().header.id.to_string();
    officer.get(&format!("/case/{reference}/letter/{asked}")).await.says(NOWHERE, &[]);
}
