//! What is happening to a family: each situation's page, its questions, and the dates that follow,
//! asked for without signing in.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::law::Rulebook;

use crate::service::Service;

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

#[tokio::test]
async fn every_situation_has_its_page_and_the_index_leads_to_it() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    let index = anybody.get("/law").await;
    for one in Rulebook::embedded().situations() {
        let address = format!("/happening/{}", one.id);
        assert!(index.html.contains(&format!("href=\"{address}\"")), "{address} is not led to");
        anybody.get(&address).await.says(OK, &["What you can do now", "What the law says"]);
        let dates = anybody.get(&format!("{address}/dates")).await;
        let expected = if one.asks.is_empty() { StatusCode::NOT_FOUND } else { OK };
        assert_eq!(dates.status, expected, "{address}");
    }
    assert_eq!(anybody.get("/happening/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn dates_follow_from_the_days_that_are_told() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    let asked = "day1-day=14&day1-month=9&day1-year=2026";
    anybody.get(&format!("/happening/asked/dates?{asked}")).await.says(
        OK,
        &[
            "Monday 14\u{a0}September 2026",
            // Six, sixteen and twenty weeks.
            "Monday 26\u{a0}October 2026",
            "Monday 4\u{a0}January 2027",
            "Monday 1\u{a0}February 2027",
            "Why this date?",
            "/happening/asked/calendar.ics?day1-day=14&#38;day1-month=9&#38;day1-year=2026",
        ],
    );
    let file = anybody.get(&format!("/happening/asked/calendar.ics?{asked}")).await;
    file.says(
        OK,
        &[
            "BEGIN:VCALENDAR",
            "DTSTART;VALUE=DATE:20261026",
            "DTSTART;VALUE=DATE:20270201",
            "SUMMARY:Your council: Send the final EHC plan",
        ],
    );
    // The same question gives the same file: nothing of the machine's clock is in it.
    assert!(file.html.contains("DTSTAMP:20261123T000000Z"), "{}", file.html);

    let draft = "day1-day=6&day1-month=11&day1-year=2026&which1=post";
    let page = anybody.get(&format!("/happening/draft/dates?{draft}")).await;
    page.says(OK, &["Tuesday 24\u{a0}November 2026"]);
}

/// Only the days that were told are known: what has passed is not called late, and what lies ahead
/// least of all.
#[tokio::test]
async fn nothing_is_called_late_that_nobody_told_of() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    let passed = "This day has passed";
    for (query, says, not) in [
        // It is 23 November 2026; the move is in September 2027.
        (
            "phase/dates?day1-day=1&day1-month=9&day1-year=2027&which1=primary-secondary",
            &["Before 15 February", "must review the plan and name the next school"][..],
            &["days late", passed][..],
        ),
        (
            "phase/dates?day1-day=1&day1-month=9&day1-year=2026&which1=primary-secondary",
            &[passed, "If it has not been done, it is late"],
            &["days late"],
        ),
        // The family's own time cannot be late, and one that must be given is over once it was.
        (
            "refused/dates?day1-day=5&day1-month=1&day1-year=2026",
            &[passed, "late ones are sometimes let through"],
            &["it is late"],
        ),
        (
            "draft/dates?day1-day=2&day1-month=11&day1-year=2026&which1=post",
            &["At least 15 days", passed],
            &["it is late", "Within 15 days"],
        ),
        (
            "not-given/dates?day1-day=5&day1-month=1&day1-year=2026",
            &["That day", "must make sure that this help is given"],
            &["Within that day"],
        ),
    ] {
        let page = anybody.get(&format!("/happening/{query}")).await;
        page.says(OK, says);
        for words in not {
            assert!(!page.html.contains(words), "{query} says “{words}”: {}", page.html);
        }
    }
}

/// What is chosen beside a day has words of its own.
#[tokio::test]
async fn every_choice_of_the_calculator_has_its_words() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    let mut chosen = 0;
    for one in Rulebook::embedded().situations() {
        for (field, values) in one.asks.iter().filter_map(|ask| ask.choose.as_ref()) {
            let page = anybody.get(&format!("/happening/{}/dates", one.id)).await;
            for value in values {
                let option = page.html.split(&format!("value=\"{value}\"")).nth(1);
                let words = option.and_then(|rest| rest.split(['>', '<']).nth(1)).unwrap_or("");
                assert!(!["", "Other"].contains(&words.trim()), "{field} {value}: {words}");
                chosen += 1;
            }
        }
    }
    assert!(chosen > 15, "{chosen}");
}

/// Staff who are signed in read what an officer asks; nobody else does.
#[tokio::test]
async fn an_officer_reads_what_would_change_a_date() {
    let service = Service::new().await;
    let asked = "/happening/asked/dates?day1-day=14&day1-month=9&day1-year=2026";
    let words = ["For an officer: what is missing", "What would change it", "becomes late"];
    let mut officer = service.sign_in(Role::Officer, "Imogen", "").await;
    let page = officer.get(asked).await;
    page.says(OK, &words);
    page.says(OK, &["For a lawyer: the arithmetic"]);
    let mut parent = service.sign_in(Role::Parent, "Noor", "").await;
    for page in [parent.get(asked).await, service.browser().get(asked).await] {
        page.says(OK, &["Why this date?", "For a lawyer: the arithmetic"]);
        assert!(!page.html.contains("For an officer"), "{}", page.html);
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_at_its_field_and_kept() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    for (query, words) in [
        ("asked/dates?day1-day=31&day1-month=2&day1-year=2026", "Error: Work out my dates"),
        ("asked/dates?day1-day=&day1-month=&day1-year=", "Enter the day, the month and the year"),
        ("asked/dates?day1-day=1&day1-month=3&day1-year=26", "year with four figures"),
        ("asked/dates?day1-day=24&day1-month=11&day1-year=2026", "This day has not come yet"),
        (
            "late/dates?day1-day=4&day1-month=5&day1-year=2026\
             &day2-day=3&day2-month=5&day2-year=2026",
            "before the first day you gave",
        ),
        (
            "draft/dates?day1-day=4&day1-month=5&day1-year=2026&which1=post\
             &day2-day=5&day2-month=5&day2-year=2026",
            "after the first day you gave",
        ),
        ("draft/dates?day1-day=6&day1-month=11&day1-year=2026&which1=pigeon", "Choose one of"),
    ] {
        anybody.get(&format!("/happening/{query}")).await.says(WRONG, &[words]);
    }
    let kept = anybody.get("/happening/asked/dates?day1-day=31&day1-month=2&day1-year=2026").await;
    assert!(kept.html.contains("value=\"31\""), "{}", kept.html);
    // Nothing that is typed can become part of the page's own address or words.
    let sly = "/happening/asked/dates?day1-day=14&day1-month=9&day1-year=2026&%22%3E%3Cb%3E=1";
    let page = anybody.get(sly).await;
    assert_eq!(page.status, OK);
    assert!(!page.html.contains("<b>=1"), "{}", page.html);
    let calendar = anybody.get("/happening/asked/calendar.ics?day1-day=x").await;
    assert_eq!(calendar.status, WRONG);
}
