//! Letters drafted from the record for the family, and from a few days for anybody else: theirs to
//! change and print, and kept nowhere.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::law::Rulebook;
use sendero_app::house::record::{AdviceAsk, Body, Command};

use crate::service::Service;
use crate::work::{assessing, opened, record};

const OK: StatusCode = StatusCode::OK;

#[tokio::test]
async fn a_late_answer_leads_the_family_to_letters_with_the_facts_in_them() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let asker =
        record(&service, &officer, &reference).await.unmatched_asker().unwrap().person.clone();
    let child = officer.child(&reference).await;
    officer.act(&child, Command::MatchAsker { asker: asker.clone(), person: asker.clone() }).await;
    let mut parent = service.sign_in_as(Some(asker), Role::Parent, "Aoife", "").await;
    let base = format!("/child/{reference}");
    // The request came on 5 October; the answer was due on 16 November, and it is the 23rd.
    parent
        .get(&base)
        .await
        .says(OK, &[&format!("{base}/do/rq-6w"), "See what you can do about it"]);
    let ways = parent.get(&format!("{base}/do/rq-6w")).await;
    ways.says(OK, &["Ask when it will be done", "Complain: stage 2", "16\u{a0}November 2027"]);
    parent.get(&format!("{base}/do/rq-6w~none")).await.says(StatusCode::NOT_FOUND, &[]);
    // There is no decision, so there is nothing to appeal.
    assert!(!ways.html.contains("/paper/appeal"), "{}", ways.html);

    let paper = parent.get(&format!("{base}/paper/ombudsman?duty=rq-6w")).await;
    paper.says(
        OK,
        &[
            "Oisin Fernleigh",
            "5 October 2026: An EHC needs assessment was requested",
            "16 November 2026: last day to do this: Decide whether to assess",
            "Today it is 7 days late.",
            "Aoife Fallowfield",
        ],
    );
    // The chronology can be had at once, without choosing what it is about.
    parent.get(&format!("{base}/paper/ombudsman")).await.says(
        OK,
        &[
            "In short\nDecide whether to assess, and tell the family",
            "16 November 2026. It has not",
        ],
    );
    let before = record(&service, &officer, &reference).await.version();
    let text = "My own words <b>stay</b>.";
    let sent = [("text", text), ("act", "show")];
    let sheet = parent.post(&format!("{base}/paper/ombudsman"), &sent).await;
    sheet.says(OK, &["My own words &#60;b&#62;stay", "Change it again"]);
    let again =
        parent.post(&format!("{base}/paper/ombudsman"), &[("text", text), ("act", "change")]).await;
    again.says(OK, &["My own words &#60;b&#62;stay", "Show it ready to print"]);
    assert_eq!(record(&service, &officer, &reference).await.version(), before);

    assert_eq!(parent.get(&format!("{base}/do/none")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(parent.get(&format!("{base}/paper/none")).await.status, StatusCode::NOT_FOUND);
    // The authority sees the same breach with its cause, explained three ways, and can say sorry.
    let case = format!("/case/{reference}");
    officer.get(&case).await.says(OK, &[&format!("{case}/late"), &format!("{case}/why/rq-6w")]);
    let late = officer.get(&format!("{case}/late")).await;
    late.says(OK, &["Decide whether to assess", "7\u{a0}days", "Not decided yet"]);
    let words = [
        "What the family reads",
        "For a lawyer: the arithmetic",
        "Claim an exception",
        "<b>What is missing:</b> Not decided yet.",
    ];
    officer.get(&format!("{case}/why/rq-6w")).await.says(OK, &words);
    let sorry = officer.get(&format!("{case}/apology")).await;
    sorry.says(
        OK,
        &[
            "I am sorry.",
            "To Aoife Fernleigh\n",
            "- Not decided yet.",
            "£900 to £2,400",
            "not yet checked against the guide",
        ],
    );
    let sent = [("text", "I am sorry, Aoife."), ("act", "show")];
    officer.post(&format!("{case}/apology"), &sent).await.says(OK, &["I am sorry, Aoife."]);
    for page in ["late", "apology", "why/rq-6w"] {
        let page = parent.get(&format!("{case}/{page}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
    parent.get(&format!("{base}/why/rq-6w")).await.says(OK, &["For a lawyer: the arithmetic"]);
    let mut stranger = service.sign_in(Role::Parent, "Ren", "").await;
    for page in ["do/rq-6w", "paper/chase?duty=rq-6w"] {
        let page = stranger.get(&format!("{base}/{page}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_refusal_that_was_given_up_is_no_decision_in_time_and_its_own_cause() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    let case = format!("/case/{reference}");
    let asked = record(&service, &officer, &reference).await;
    let asked = asked.last_of(&["assessment-requested"]).unwrap().header.id.to_string();
    let on = |day, month| [("on-day", day), ("on-month", month), ("on-year", "2026")];
    let fields = [("words", "As the letter says"), ("how", "post"), ("why", "It came before")];
    // Asked on 1 May, so the answer was due on 12 June and the plan on 18 September.
    for (path, day) in [
        (format!("{case}/entry/{asked}"), on("1", "5")),
        (format!("{case}/record/assessment-refused"), on("5", "6")),
        (format!("{case}/record/assessment-agreed"), on("10", "11")),
    ] {
        officer.get(&path).await;
        officer.post(&path, &[&day[..], &fields].concat()).await.leads(&case);
    }
    let page = officer.get(&case).await;
    page.says(OK, &["Decided to assess", "10 November"]);
    assert!(!page.html.contains("10 November, in time"), "{}", page.html);
    // The decision is made: its page no longer counts the days since it was due.
    let made = officer.get(&format!("{case}/decide")).await;
    made.says(OK, &["Nobody waits for this decision now."]);
    let advice = officer.get(&format!("{case}/ask-advice")).await;
    advice.says(OK, &["The final plan was due by Friday 18\u{a0}September 2026."]);
    let late = officer.get(&format!("{case}/late")).await;
    late.says(OK, &["Send the final EHC plan", "A refusal that was given up later"]);
}

#[tokio::test]
async fn anybody_gets_the_letters_with_blanks_or_with_their_days() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    // After a refusal nobody can be asked when it will be done, nor of what a school owes at all times.
    let nothing_to_chase = ["refused", "no-plan-yet"];
    for one in Rulebook::embedded().situations() {
        let address = format!("/happening/{}", one.id);
        let page = anybody.get(&address).await;
        page.says(OK, &["Letters you can take away", "/paper/complaint"]);
        let chase = format!("{address}/paper/chase");
        if nothing_to_chase.contains(&one.id.as_str()) {
            assert!(!page.html.contains(&chase), "{}", one.id);
            continue;
        }
        page.says(OK, &[&chase]);
        anybody.get(&chase).await.says(OK, &["[your child’s name]", "Show it ready to print"]);
    }
    let asked = "day1-day=14&day1-month=9&day1-year=2026";
    let dates = anybody.get(&format!("/happening/asked/dates?{asked}")).await;
    dates.says(OK, &["If it does not happen", "/happening/asked/paper/complaint?day1-day=14"]);
    anybody.get(&format!("/happening/asked/paper/complaint?{asked}")).await.says(
        OK,
        &["Decide whether to assess", "26 October 2026", "Today it is 28 days late", "[your name"],
    );
    let sheet = anybody
        .post("/happening/asked/paper/complaint", &[("text", "As I left it"), ("act", "show")])
        .await;
    sheet.says(OK, &["As I left it"]);
    let long = "x".repeat(20_001);
    let sent = [("text", long.as_str()), ("act", "show")];
    let page = anybody.post("/happening/asked/paper/complaint", &sent).await;
    page.says(StatusCode::UNPROCESSABLE_ENTITY, &["20000 letters or fewer"]);
    for nothing in ["/happening/asked/paper/none", "/happening/none/paper/chase"] {
        assert_eq!(anybody.get(nothing).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_letter_is_about_what_its_reader_has_not_done() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    let day = |day: &str, month: &str| format!("day1-day={day}&day1-month={month}&day1-year=2026");
    // (what is happening, the paper, the days, what it says, what it must not say)
    let cases = [
        // The family's own time is no breach of the council's.
        (
            "refused",
            "complaint",
            day("20", "10"),
            "[what should have been done]",
            "mediation adviser",
        ),
        ("refused", "mediation", day("20", "10"), "sent on 20 October 2026.", "day on the letter"),
        // Fifteen days that were given are not late, whatever the day is.
        (
            "draft",
            "complaint",
            day("2", "11") + "&which1=post",
            "[the day it started",
            "Today it is",
        ),
        // The plan itself, before the letter that there will be none.
        (
            "late",
            "chase",
            day("4", "5"),
            "done: Send the final EHC plan",
            "If there will be no plan",
        ),
        // The NHS is not told of what the council owes.
        ("late", "health-complaint", day("4", "5"), "[what should have been done]", "no plan"),
        (
            "review",
            "complaint",
            day("2", "9"),
            "is about\nDecide after",
            "is about\nSend the report",
        ),
        // The council that a family moved from need not be the one whose pages these are.
        (
            "moving",
            "chase",
            day("1", "10"),
            "SEND team, [the council you moved from]",
            "Aldermere\n",
        ),
    ];
    for (happening, paper, days, says, not) in cases {
        let page = anybody.get(&format!("/happening/{happening}/paper/{paper}?{days}")).await;
        let text = page.html.split("<textarea").nth(1).unwrap_or_default();
        let text = text.split("</textarea>").next().unwrap_or_default();
        assert!(text.contains(says), "{happening} {paper} does not say “{says}”: {text}");
        assert!(!text.contains(not), "{happening} {paper} says “{not}”: {text}");
    }
    for (happening, day, by) in [
        ("refused", day("20", "10"), "By Monday 21\u{a0}December 2026"),
        ("leaving", day("2", "11"), "By Monday 4\u{a0}January 2027"),
    ] {
        let page = anybody.get(&format!("/happening/{happening}/dates?{day}")).await;
        let html = page.html.split("If it does not happen").nth(1).unwrap_or_default();
        let first = |id: &str| html.find(&format!("/paper/{id}?")).unwrap_or(usize::MAX);
        let last = first("appeal").max(first("mediation"));
        assert!(last < first("complaint") && html.contains(by), "{happening}: {html}");
    }
}

#[tokio::test]
async fn of_several_requests_for_advice_the_late_one_is_meant() {
    let service = Service::new().await;
    let (mut officer, reference) = assessing(&service).await;
    let ask = |from, adviser: &str| AdviceAsk {
        from,
        adviser: adviser.to_owned(),
        person: None,
        question: String::new(),
        letter: Vec::new(),
    };
    let child = officer.child(&reference).await;
    let asks = vec![ask(Body::Psychologist, "psychologist"), ask(Body::Health, "paediatrician")];
    officer.act(&child, Command::AskForAdvice(asks)).await;
    let record = record(&service, &officer, &reference).await;
    for advice in record.advice() {
        let key = format!("as-advice-6w~{}", advice.asked.id);
        let page = officer.get(&format!("/case/{reference}/why/{key}")).await;
        page.says(OK, &[&advice.request.adviser]);
        let case = officer.get(&format!("/case/{reference}")).await;
        case.says(OK, &[&format!("/case/{reference}/why/{key}")]);
    }
}
