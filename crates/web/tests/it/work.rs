//! Staff and advisers at work, through the router: each form is sent as a browser would, and what it
//! did is read from the next page or from the record.

use axum::http::StatusCode;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::record::{
    AdviceAsk, Answers, Body, Channel, Command, Event, PersonTied, PlanText, Record, Relation,
    Said, Section, Sending,
};

use crate::service::{Browser, Service};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// An officer who has opened a record for a request that came on 5 October, and its reference.
pub(crate) async fn opened(service: &Service) -> (Browser, String) {
    let mut officer = service.sign_in(Role::Officer, "Imogen", "").await;
    let reference = asked(&mut officer).await;
    (officer, reference)
}

/// The reference of a record that an officer opens for a request that came on 5 October.
pub(crate) async fn asked(officer: &mut Browser) -> String {
    officer.get("/children/new").await.says(OK, &["A request came on paper"]);
    let answer = officer
        .post(
            "/children/new",
            &[
                ("child-name", "Oisin Fernleigh"),
                ("born-day", "2"),
                ("born-month", "3"),
                ("born-year", "2020"),
                ("by", "parent"),
                ("on-day", "5"),
                ("on-month", "10"),
                ("on-year", "2026"),
                ("how", "post"),
                ("words", "Letters run about."),
                ("your-name", "Aoife Fernleigh"),
                ("relation", "mother"),
                ("email", "aoife@home.example"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
    let reference = answer.to.strip_prefix("/case/").unwrap().strip_suffix("?saved=request");
    reference.unwrap().to_owned()
}

pub(crate) async fn record(service: &Service, officer: &Browser, reference: &str) -> Record {
    let me = officer.me().await;
    let child = officer.child(reference).await;
    service.app.open(&me, &child, Part::Case, "").await.unwrap().record
}

/// The same record once the authority has agreed to assess.
pub(crate) async fn assessing(service: &Service) -> (Browser, String) {
    let (officer, reference) = opened(service).await;
    let child = officer.child(&reference).await;
    let command = Command::AgreeToAssess {
        answers: Answers { has_or_may_have_sen: Some(true), may_need_plan: Some(true) },
        sending: Sending {
            reasons: "School has tried all it has.".to_owned(),
            how: Some(Channel::Portal),
            ..Sending::default()
        },
    };
    officer.act(&child, command).await;
    (officer, reference)
}

fn written() -> Command {
    let text =
        [(Section::A, "Numbers are my friends."), (Section::B, "Reading."), (Section::E, "Reads.")];
    let plan = text.into_iter().fold(PlanText::default(), |plan, (at, text)| plan.with(at, text));
    Command::SavePlan(plan.with(Section::F, "Phonics, 20 minutes, 4 a week."))
}

#[tokio::test]
async fn a_request_on_paper_runs_from_the_day_it_came() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let record = record(&service, &officer, &reference).await;
    let asked = record.last_of(&["assessment-requested"]).unwrap();
    assert_eq!(asked.header.on.to_string(), "2026-10-05");
    assert_eq!(asked.header.known_on.to_string(), "2026-10-05");
    assert!(record.unmatched_asker().is_some());
    officer.get("/children/new").await;
    let answer = officer.post("/children/new", &[("words", "Kept words")]).await;
    answer.says(WRONG, &["Enter the name", "Choose one of the answers", "Kept words"]);
    let ahead = [("child-name", "A B"), ("by", "school"), ("on-day", "1"), ("on-month", "12")];
    let ahead = [&ahead[..], &[("on-year", "2026")]].concat();
    officer.post("/children/new", &ahead).await.says(WRONG, &["has not come yet"]);
}

#[tokio::test]
async fn case_pages_are_for_staff_and_forms_for_whoever_loaded_them() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let asker =
        record(&service, &officer, &reference).await.unmatched_asker().unwrap().person.clone();
    let child = officer.child(&reference).await;
    let matched = Command::MatchAsker { asker: asker.clone(), person: asker.clone() };
    officer.act(&child, matched).await;
    let mut parent = service.sign_in_as(Some(asker), Role::Parent, "Aoife", "").await;
    parent.get(&format!("/child/{reference}")).await.says(OK, &["Oisin"]);
    for page in ["plan", "plan/draft", "record", "record/told", "messages", "call", "exception"] {
        let answer = parent.get(&format!("/case/{reference}/{page}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
        let open = officer.get(&format!("/case/{reference}/{page}")).await;
        assert_eq!(open.status, OK, "{page}: {}", open.html);
    }
    for page in ["/forecast", "/gaps"] {
        assert_eq!(officer.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(parent.get("/children/new").await.status, StatusCode::NOT_FOUND);
    let mut stranger = service.browser();
    stranger.get(&format!("/case/{reference}/plan")).await.leads("/sign-in");
    officer.get(&format!("/case/{reference}/messages")).await;
    let forged = [("csrf", "not-ours"), ("message", "Hello")];
    let answer = officer.post(&format!("/case/{reference}/messages"), &forged).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn messages_and_calls_are_kept() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let case = format!("/case/{reference}");
    let messages = format!("{case}/messages");
    officer.get(&messages).await;
    officer.post(&messages, &[("message", " ")]).await.says(WRONG, &["Write something first."]);
    officer.post(&messages, &[("message", "We have your letter.")]).await.leads(&messages);
    officer.get(&messages).await.says(OK, &["We have your letter.", "s-msg--mine"]);
    let call = format!("{case}/call");
    officer.get(&call).await.says(OK, &["value=\"23\""]);
    let wrong = [("with", "other"), ("with-other", "SENCO"), ("words", "")];
    officer.post(&call, &wrong).await.says(WRONG, &["Write something first.", "SENCO"]);
    let right = [("with", "other"), ("with-other", "SENCO"), ("words", "Rings again.")];
    let noted = [&right[..], &[("answer-owed", "yes")]].concat();
    officer.post(&call, &noted).await.leads(&case);
    let record = record(&service, &officer, &reference).await;
    let entry = record.last_of(&["call-noted"]).unwrap();
    let Event::CallNoted(call) = &entry.event else { unreachable!("asked for calls alone") };
    assert!(call.answer_owed && call.with == "SENCO", "{call:?}");
}

#[tokio::test]
async fn every_kind_that_came_in_has_its_form() {
    let service = Service::new().await;
    let (mut officer, reference) = assessing(&service).await;
    let case = format!("/case/{reference}");
    let list = officer.get(&format!("{case}/record")).await;
    list.says(OK, &["Own words".to_lowercase().as_str()]);
    let start = format!("href=\"{case}/record/");
    let kinds: Vec<String> = list
        .html
        .split(&start)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert!(kinds.len() > 25, "{kinds:?}");
    let fields = [
        ("words", "As the letter says"),
        ("how", "post"),
        ("by", "school"),
        ("topic", "helps"),
        ("area", "learning"),
        ("setting-kind", "special-school"),
        ("why", "anxious"),
        ("body", "health"),
        ("school-days", "2"),
        ("to-day", "1"),
        ("to-month", "12"),
        ("to-year", "2026"),
        ("about", "cease"),
        ("names", "no"),
        ("outcome", "maintain"),
    ];
    for kind in &kinds {
        let path = format!("{case}/record/{kind}");
        officer.get(&path).await.says(OK, &["When did it happen?"]);
        if kind == "advice-received" {
            officer.post(&path, &fields).await.says(WRONG, &["Choose one of the answers"]);
            continue;
        }
        let day = [("on-day", "20"), ("on-month", "11"), ("on-year", "2026")];
        officer.post(&path, &[&fields[..], &day].concat()).await.leads(&case);
        let record = record(&service, &officer, &reference).await;
        let entry = record.last_of(&[kind]).unwrap();
        assert_eq!(entry.event.kind(), kind);
    }
    let path = format!("{case}/record/told");
    officer.get(&path).await;
    let ahead = [("on-day", "30"), ("on-month", "11"), ("on-year", "2026"), ("topic", "hard")];
    let ahead = [&ahead[..], &[("words", "Kept")]].concat();
    officer.post(&path, &ahead).await.says(WRONG, &["has not come yet", "Kept"]);
    let nothing = officer.get(&format!("{case}/record/child-registered")).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_entry_is_put_right_once_and_taken_back_with_a_reason() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let case = format!("/case/{reference}");
    let asked = record(&service, &officer, &reference).await;
    let asked = asked.last_of(&["assessment-requested"]).unwrap().header.id.to_string();
    let path = format!("{case}/entry/{asked}");
    officer.get(&path).await.says(OK, &["5\u{a0}October 2026", "Letters run about."]);
    let day = [("on-day", "28"), ("on-month", "9"), ("on-year", "2026"), ("how", "post")];
    let anew = [&day[..], &[("words", "Letters run about.")]].concat();
    officer.post(&path, &anew).await.says(WRONG, &["Say why.", "value=\"28\""]);
    let anew = [&anew[..], &[("why", "The stamp says the 28th")]].concat();
    officer.post(&path, &anew).await.leads(&case);
    let reason = "Corrected on 23\u{a0}November: The stamp says the 28th.";
    officer.get(&format!("{case}?saved=entry")).await.says(OK, &["The entry is put right", reason]);
    let after = record(&service, &officer, &reference).await;
    let now = after.last_of(&["assessment-requested"]).unwrap();
    assert_eq!(now.header.on.to_string(), "2026-09-28");
    officer.get(&path).await;
    officer.post(&path, &anew).await.says(WRONG, &["put this entry right already"]);
    let back = format!("{case}/entry/{}/take-back", now.header.id);
    officer.get(&back).await.says(OK, &["28\u{a0}September 2026"]);
    officer.post(&back, &[("why", "")]).await.says(WRONG, &["Say why."]);
    officer.post(&back, &[("why", "It is another child's")]).await.leads(&case);
    let after = record(&service, &officer, &reference).await;
    assert!(after.last_of(&["assessment-requested"]).is_none());
    officer.get(&case).await.says(OK, &["Taken back: It is another child", "Letters run about."]);
    let nowhere = officer.get(&format!("{case}/entry/none")).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_family_reads_that_an_entry_was_taken_back_and_not_its_words() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let mut parent = service.sign_in(Role::Parent, "Aoife", "").await;
    let me = parent.me().await;
    let child = officer.child(&reference).await;
    let today = crate::service::TODAY;
    let keyed = |event| Command::Record { event, on: today, known_on: today };
    let tie = PersonTied {
        person: me.id,
        name: me.name,
        relation: Relation::Mother,
        parental_responsibility: Some(true),
        body: None,
        adviser: None,
        contact: None,
    };
    officer.act(&child, keyed(Event::PersonTied(tie))).await;
    let said = Said { words: "Words that are Tobiah's".to_owned() };
    officer.act(&child, keyed(Event::ReviewMeetingHeld(said))).await;
    let family = format!("/child/{reference}/decisions");
    parent.get(&family).await.says(OK, &["Words that are Tobiah"]);
    let held = record(&service, &officer, &reference).await;
    let held = held.last_of(&["review-meeting-held"]).unwrap().header.id.to_string();
    let back = format!("/case/{reference}/entry/{held}/take-back");
    officer.get(&back).await;
    officer
        .post(&back, &[("why", "It is another child's")])
        .await
        .leads(&format!("/case/{reference}"));
    let page = parent.get(&family).await;
    page.says(OK, &["Taken back: It is another child", "It counts no more"]);
    assert!(!page.html.contains("Tobiah"), "{}", page.html);
}

#[tokio::test]
async fn an_exception_needs_a_ground_of_the_law_and_a_reason() {
    let service = Service::new().await;
    let (mut officer, reference) = assessing(&service).await;
    let path = format!("/case/{reference}/exception");
    officer.get(&path).await.says(OK, &["What the law says", "exceptional-circumstances"]);
    officer.post(&path, &[("reason", "Kept")]).await.says(WRONG, &["Choose one", "Kept"]);
    let bare = [("ground", "exceptional-circumstances")];
    officer.post(&path, &bare).await.says(WRONG, &["impractical for this child"]);
    let whole = [&bare[..], &[("reason", "Her mother was in hospital in October.")]].concat();
    officer.post(&path, &whole).await.leads(&format!("/case/{reference}"));
}

#[tokio::test]
async fn an_adviser_checks_their_advice_before_it_goes_and_cannot_send_it_twice() {
    let service = Service::new().await;
    let (officer, reference) = assessing(&service).await;
    let what = "psychologist|educational psychologist";
    let mut adviser = service.sign_in(Role::Adviser, "Fenwick", what).await;
    let child = officer.child(&reference).await;
    let me = adviser.me().await;
    let asks = vec![AdviceAsk {
        from: Body::Psychologist,
        adviser: "educational psychologist".to_owned(),
        person: Some((me.id.clone(), me.name.clone())),
        question: "What are Oisin's needs?".to_owned(),
        letter: Vec::new(),
    }];
    officer.act(&child, Command::AskForAdvice(asks)).await;
    let inbox = adviser.get("/advice").await;
    inbox.says(OK, &["Oisin Fernleigh", "1 request is open"]);
    let path = inbox.html.split("href=\"/advice/").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/advice/{path}");
    adviser.get(&path).await.says(OK, &["regulation 6(1)(d)", "Letters run about."]);
    adviser.post(&path, &[("act", "check")]).await.says(WRONG, &["Write a need"]);
    let slip = [("act", "check"), ("need-1", "Reading"), ("minutes-1", "twenty")];
    adviser.post(&path, &slip).await.says(WRONG, &["whole number in figures", "twenty"]);
    let added = [("act", "add"), ("need-1", "Reading")];
    adviser.post(&path, &added).await.says(OK, &["id=\"need-2\"", "Reading"]);
    let filled = [
        ("need-1", "Reading is at the 2nd centile."),
        ("provision-1", "Phonics, one to one"),
        ("minutes-1", "20"),
        ("times-1", "4"),
        ("every-1", "week"),
        ("weeks-1", "38"),
        ("how-known", "Observed 50 minutes"),
    ];
    let check = adviser.post(&path, &[&filled[..], &[("act", "check")]].concat()).await;
    check.says(OK, &["Check before you send", "50.7 hours a year", "4 a week"]);
    adviser.post(&path, &[("act", "back")]).await.says(OK, &["2nd centile"]);
    let check = adviser.post(&path, &[&filled[..], &[("act", "check")]].concat()).await;
    check.says(OK, &["Send my advice"]);
    let sent = format!("{path}/sent?child={reference}");
    adviser.post(&format!("{path}/send"), &[]).await.leads(&sent);
    adviser.get(&sent).await.says(OK, &["has your advice about Oisin Fernleigh"]);
    let again = [("command", ""), ("need-1", "More"), ("child", reference.as_str())];
    adviser.post(&format!("{path}/send"), &again).await.says(WRONG, &["you have sent it already"]);
    adviser.get(&path).await.says(OK, &["Reading is at the 2nd centile.", "50.7 hours a year"]);
    assert_eq!(adviser.get(&format!("/case/{reference}/plan")).await.status, StatusCode::NOT_FOUND);
    let record = record(&service, &officer, &reference).await;
    let advice = record.advice();
    let (_, given) = advice[0].answer.unwrap();
    assert_eq!(given.items[0].amount.as_ref().unwrap().minutes_a_year(), Some(3_040));
}

#[tokio::test]
async fn two_who_write_one_section_both_keep_their_words() {
    let service = Service::new().await;
    let (mut officer, reference) = assessing(&service).await;
    let mut colleague = service.sign_in(Role::Officer, "Bram", "").await;
    let path = format!("/case/{reference}/plan");
    officer.get(&path).await.says(OK, &["Nothing is saved yet."]);
    colleague.get(&path).await;
    officer.post(&path, &[("section-a", "A of one"), ("section-b", "B of one")]).await.leads(&path);
    // Another section: put together without asking.
    colleague.post(&path, &[("section-e", "E of two")]).await.leads(&path);
    officer.get(&path).await.says(OK, &["A of one", "E of two", "Working draft 2"]);
    colleague.get(&path).await;
    let all = [("section-b", "B of one"), ("section-e", "E of two")];
    let mine = [&all[..], &[("section-a", "A of one, longer")]].concat();
    officer.post(&path, &mine).await.leads(&path);
    let theirs = [&all[..], &[("section-a", "A of two")]].concat();
    let both = colleague.post(&path, &theirs).await;
    both.says(StatusCode::CONFLICT, &["A of one, longer", "A of two", "keep-a"]);
    colleague.post(&path, &[("keep-a", "yours"), ("section-a", "x")]).await.leads(&path);
    officer.get(&path).await.says(OK, &["A of two", "B of one", "E of two"]);
}

#[tokio::test]
async fn a_draft_goes_after_it_was_seen_and_the_final_plan_not_inside_the_familys_days() {
    let service = Service::new().await;
    let (mut officer, reference) = assessing(&service).await;
    let case = format!("/case/{reference}");
    let (draft, last) = (format!("{case}/plan/draft"), format!("{case}/plan/final"));
    officer.get(&draft).await.says(OK, &["Cannot be sent yet", "still blank: A, B, E, F"]);
    officer.act(&officer.child(&reference).await, written()).await;
    let page = officer.get(&draft).await;
    page.says(OK, &["value=\"see\">", "aldermere.example/schools"]);
    let parts = [
        ("part-institutions", "The list"),
        ("part-request-institution", "You may ask"),
        ("part-representations", "15 days"),
        ("part-meeting", "A meeting"),
        ("part-personal-budget", "A budget"),
    ];
    officer.post(&draft, &[&parts[..], &[("act", "see")]].concat()).await.says(WRONG, &["Say how"]);
    let lacking = [&parts[1..], &[("act", "send"), ("how", "post")]].concat();
    officer.post(&draft, &lacking).await.says(WRONG, &["1 of its parts is missing"]);
    let see = [&parts[..], &[("act", "see"), ("how", "post")]].concat();
    let seen = officer.post(&draft, &see).await;
    seen.says(OK, &["Nothing has left yet", "15 days", "by post", "Aoife Fernleigh"]);
    let back = officer.post(&draft, &[("act", "change")]).await;
    back.says(OK, &["value=\"post\" checked", "15 days"]);
    officer.post(&draft, &see).await;
    officer.post(&draft, &[("act", "send")]).await.leads(&case);
    let record = record(&service, &officer, &reference).await;
    assert!(record.last_of(&["draft-plan-sent"]).is_some());
    let page = officer.get(&last).await;
    page.says(OK, &["Cannot be sent yet", "15 days are not over", "name=\"reasons\""]);
    let now = [("act", "send"), ("how", "post"), ("names", "no"), ("reasons", "None came")];
    officer.post(&last, &now).await.says(WRONG, &["The family has until", "None came"]);
}

#[tokio::test]
async fn a_manager_sees_what_is_missing_and_what_will_be_late() {
    let service = Service::new().await;
    let (_, reference) = opened(&service).await;
    let mut manager = service.sign_in(Role::Manager, "Hester", "").await;
    let case = format!("/case/{reference}");
    manager
        .get("/gaps")
        .await
        .says(OK, &["Oisin Fernleigh", &case, "Give to an officer", "Nobody"]);
    let forecast = manager.get("/forecast").await;
    forecast.says(OK, &["What will be late", "Imogen Fallowfield", "href=\"/gaps\""]);
}
