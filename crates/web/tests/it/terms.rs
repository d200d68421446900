//! School terms: who enters them, what is refused, what they do to a date at once, and who reads them.

use axum::http::StatusCode;
use sendero_app::ListFilters;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::law::{Rulebook, SourceFile};
use sendero_app::house::record::{Command, Event, Said, SettingChanged, SettingKind};

use crate::service::{Browser, Service, TODAY};
use crate::work::opened;

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const NOWHERE: StatusCode = StatusCode::NOT_FOUND;
const SCHOOL: &str = "Copsefield Primary School";

/// A school year of 2026 as a form sends it, with these days without lessons.
fn year(school: &str, training: &str) -> Vec<(String, String)> {
    let days = [
        ("autumn-first", "2 9 2026"),
        ("autumn-last", "18 12 2026"),
        ("autumn-half-first", "26 10 2026"),
        ("autumn-half-last", "30 10 2026"),
        ("spring-first", "4 1 2027"),
        ("spring-last", "25 March 2027"),
        ("summer-first", "12 4 2027"),
        ("summer-last", "21 7 2027"),
    ];
    let boxes = days.into_iter().flat_map(|(field, day)| {
        let parts = day.split(' ').zip(["day", "month", "year"]);
        parts.map(move |(value, part)| (format!("{field}-{part}"), value.to_owned()))
    });
    let more = [("year", "2026"), ("school", school), ("training", training)];
    boxes.chain(more.map(|(name, value)| (name.to_owned(), value.to_owned()))).collect()
}

fn sent(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Enters a school year and comes back to the list.
async fn enter(manager: &mut Browser, school: &str, training: &str) {
    let form = format!("/terms/year?year=2026&school={}", school.replace(' ', "+"));
    manager.get(&form).await.says(OK, &["School terms 2026 to 2027"]);
    manager.post("/terms/year", &sent(&year(school, training))).await.leads("/terms");
}

/// A child who was permanently excluded on Monday 16 November, and goes to that school.
async fn excluded(service: &Service) -> (Browser, String) {
    let (officer, reference) = opened(service).await;
    let child = officer.child(&reference).await;
    let name = Some(" copsefield  primary school ".to_owned());
    let events = [
        Event::SettingChanged(SettingChanged { kind: SettingKind::MainstreamSchool, name }),
        Event::PermanentlyExcluded(Said { words: String::new() }),
    ];
    for event in events {
        let on = "2026-11-16".parse().unwrap();
        officer.act(&child, Command::Record { event, on, known_on: TODAY }).await;
    }
    (officer, reference)
}

/// The sixth school day, as the case says it and as the list does.
async fn sixth_day(service: &Service, officer: &Browser, reference: &str) -> [Option<String>; 2] {
    let (me, child) = (officer.me().await, officer.child(reference).await);
    let file = service.app.open(&me, &child, Part::Case, "").await.unwrap();
    let found = file.timeline.obligations.iter().find(|one| one.duty == *"ex-6th-pex");
    let filters = ListFilters { office: true, ..ListFilters::default() };
    let list = service.app.today(&me, &filters).await.unwrap();
    let line = list.lines.iter().find(|line| line.duty.as_deref() == Some("ex-6th-pex"));
    [found.and_then(|one| one.due), line.and_then(|line| line.due)]
        .map(|due| due.map(|due| due.to_string()))
}

#[tokio::test]
async fn terms_that_a_manager_enters_count_at_once() {
    let service = Service::new().await;
    let (officer, reference) = excluded(&service).await;
    let mut manager = service.sign_in(Role::Manager, "Hester", "").await;
    manager.get("/terms").await.says(OK, &["No terms are entered"]);
    let mut anybody = service.browser();
    anybody.get("/law/terms").await.says(OK, &["are not known here yet", "We never guess"]);
    assert_eq!(sixth_day(&service, &officer, &reference).await, [None, None]);

    enter(&mut manager, "", "").await;
    let both = |day: &str| [Some(day.to_owned()), Some(day.to_owned())];
    assert_eq!(sixth_day(&service, &officer, &reference).await, both("2026-11-23"));
    let desk = manager.get("/terms").await;
    desk.says(OK, &["2026 to 2027", "Entered on 23\u{a0}November 2026 by Hester Fallowfield"]);
    anybody.get("/law/terms").await.says(OK, &["18\u{a0}December 2026", "Autumn term"]);

    // A training day moves it, and the school's own year counts before the area's.
    enter(&mut manager, "", "Wed 18/11/2026").await;
    assert_eq!(sixth_day(&service, &officer, &reference).await, both("2026-11-24"));
    enter(&mut manager, SCHOOL, "18 November 2026\n19 November 2026").await;
    assert_eq!(sixth_day(&service, &officer, &reference).await, both("2026-11-25"));
    anybody.get("/law/terms").await.says(OK, &[SCHOOL, "19\u{a0}November 2026"]);
    assert!(service.app.verify().await.unwrap().findings.is_empty());

    // Taken back, the area's counts again; taken back there too, nothing does.
    for (school, day) in [(SCHOOL, Some("2026-11-24")), ("", None)] {
        let form = format!("/terms/year?year=2026&school={}", school.replace(' ', "+"));
        manager.get(&form).await.says(OK, &["Take this year back", "value=\"18\""]);
        let back = [("year", "2026"), ("school", school), ("act", "take-back")];
        manager.post("/terms/year", &back).await.leads("/terms");
        let now = sixth_day(&service, &officer, &reference).await;
        assert_eq!(now, [day.map(str::to_owned), day.map(str::to_owned)]);
    }
    let years = service.app.law_of("999").await.unwrap().years;
    assert_eq!(years.all().count(), 0);
}

#[tokio::test]
async fn a_slip_is_said_at_its_field_and_nothing_is_lost() {
    let service = Service::new().await;
    let mut manager = service.sign_in(Role::Manager, "Hester", "").await;
    for (field, value, words) in [
        ("autumn-first-year", "2025", "not in the school year that begins in 2026"),
        ("autumn-last-day", "31", "November has 30 days"),
        ("spring-first-day", "", "Enter a day from 1 to 31"),
        ("spring-first-day", "30", "More than six weeks lie between"),
        ("autumn-half-last-month", "9", "Half term ends before it begins"),
        ("autumn-half-first-month", "8", "Half term lies inside its term"),
        ("spring-last", "", "Enter the last school day of the spring term"),
        ("training", "every Friday", "“every Friday” is not a day"),
        ("training", "21 December 2026", "21 December 2026 is in no term"),
    ] {
        manager.get("/terms/year?year=2026&school=").await.says(OK, &[]);
        let mut fields = year("", "2 September 2026");
        if field == "autumn-last-day" {
            fields.iter_mut().filter(|(name, _)| name == "autumn-last-month").for_each(|one| {
                "11".clone_into(&mut one.1);
            });
        }
        let whole = format!("{field}-");
        for one in fields.iter_mut().filter(|(name, _)| name == field || name.starts_with(&whole)) {
            value.clone_into(&mut one.1);
        }
        let page = manager.post("/terms/year", &sent(&fields)).await;
        page.says(WRONG, &[words, "There is a problem", "value=\"21\""]);
    }
    let mut half = year("", "");
    half.retain(|(name, _)| !name.starts_with("autumn-half-last"));
    manager.get("/terms/year?year=2026&school=").await.says(OK, &[]);
    let page = manager.post("/terms/year", &sent(&half)).await;
    page.says(WRONG, &["Enter both days of half term, or neither"]);
    assert_eq!(service.app.law_of("999").await.unwrap().years.all().count(), 0);
}

#[tokio::test]
async fn nobody_but_a_manager_enters_terms_and_no_year_is_far() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    for page in ["/terms", "/terms/year?year=2026&school="] {
        officer.get(page).await.says(NOWHERE, &[]);
    }
    officer.get(&format!("/case/{reference}")).await.says(OK, &[]);
    officer.post("/terms/year", &sent(&year("", ""))).await.says(NOWHERE, &[]);
    let mut manager = service.sign_in(Role::Manager, "Hester", "").await;
    for year in ["2022", "2029", "soon", ""] {
        let page = format!("/terms/year?year={year}&school=");
        manager.get(&page).await.says(NOWHERE, &[]);
    }
}

/// What is entered here counts before what the server was started with, a school year at a time.
#[tokio::test]
async fn files_give_the_years_that_nobody_entered() {
    let text = "[[term]]\nfrom = 2025-09-03\nlast = 2026-07-21\n\
                [[term]]\nfrom = 2026-09-02\nlast = 2027-07-21\nclosed = [2026-11-17]\n";
    let file = SourceFile { name: "local/terms.toml".to_owned(), text: text.to_owned() };
    let book: &'static Rulebook = Box::leak(Box::new(Rulebook::with_local(&[file]).unwrap()));
    let service = Service::under([("999".to_owned(), book)].into()).await;
    let (officer, reference) = excluded(&service).await;
    let [case, _] = sixth_day(&service, &officer, &reference).await;
    assert_eq!(case.as_deref(), Some("2026-11-24"));
    let mut manager = service.sign_in(Role::Manager, "Hester", "").await;
    let desk = manager.get("/terms").await;
    desk.says(OK, &["From the files that this server was started with", "2025 to 2026"]);
    enter(&mut manager, "", "").await;
    let [case, _] = sixth_day(&service, &officer, &reference).await;
    assert_eq!(case.as_deref(), Some("2026-11-23"));
    let law = service.app.law_of("999").await.unwrap();
    assert_eq!(law.from_files().len(), 1, "2025 is still that of the files");
    // The public calculator counts in them too.
    let asked = "/happening/sent-home/dates?day1-day=16&day1-month=11&day1-year=2026";
    let page = service.browser().get(asked).await;
    page.says(OK, &["Monday 23\u{a0}November 2026", "Give full-time education from the sixth day"]);
}
