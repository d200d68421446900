//! Notices about a plan in force, through the router: each is whole and in its turn or stays here, the
//! family reads what went, and the live record follows the duties that it ends.

use axum::http::StatusCode;
use sendero_app::house::access::Role;
use sendero_app::house::record::{Command, Event, FinalPlanSent, Notice, PlanText, Said, Section};

use crate::service::{Browser, Service};
use crate::work::{assessing, record};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn plan() -> PlanText {
    let text = [(Section::A, "Numbers."), (Section::B, "Reading."), (Section::E, "Reads.")];
    let plan = text.into_iter().fold(PlanText::default(), |plan, (at, text)| plan.with(at, text));
    plan.with(Section::F, "Phonics, 20 minutes, 4 a week.")
}

fn on(day: &str, event: Event) -> Command {
    let day = day.parse().unwrap();
    Command::Record { event, on: day, known_on: day }
}

/// A plan sent on paper on 3 November 2026 and a review held on the 20th; it is the 23rd.
async fn reviewed(service: &Service) -> (Browser, String) {
    let (officer, reference) = assessing(service).await;
    let child = officer.child(&reference).await;
    let sent =
        FinalPlanSent { plan: plan(), names_institution: Some(false), notice: Notice::bare(None) };
    officer.act(&child, on("2026-11-03", Event::FinalPlanSent(sent))).await;
    let held = Event::ReviewMeetingHeld(Said { words: "At school.".to_owned() });
    officer.act(&child, on("2026-11-20", held)).await;
    (officer, reference)
}

#[tokio::test]
async fn amendments_go_with_their_evidence_and_the_family_answers_them() {
    let service = Service::new().await;
    let (mut officer, reference) = reviewed(&service).await;
    let case = format!("/case/{reference}");
    let child = officer.child(&reference).await;
    officer.get(&case).await.says(OK, &["Decide after the review", &format!("{case}/notice")]);
    let list = officer.get(&format!("{case}/notice")).await;
    list.says(
        OK,
        &["Can be written now.", "Not now: The plan says what", "Hampshire CC v GC", "No plan has"],
    );
    let amend = format!("{case}/notice/amendments");
    officer.get(&amend).await.says(OK, &["Cannot be sent yet", "L, M and P", "reg 22(2)(a)"]);
    let how = [("how", "portal"), ("act", "send")];
    officer.post(&amend, &how).await.says(WRONG, &["L, M and P"]);
    let longer = Command::SavePlan(plan().with(Section::F, "Phonics, 30 minutes, 4 a week."));
    officer.act(&child, longer).await;
    let page = officer.get(&amend).await;
    page.says(OK, &["1 of 6 parts is missing", "Changed: sections F."]);
    let parts = [
        ("part-proposed-amendments", "Section F, marked."),
        ("part-evidence", "The report of 12 November."),
        ("part-institutions", "The list."),
        ("part-request-institution", "You may ask."),
        ("part-representations", "15 days."),
        ("part-meeting", "A meeting."),
    ];
    let lacks: Vec<_> =
        parts.iter().filter(|(part, _)| *part != "part-evidence").copied().collect();
    let refused = officer.post(&amend, &[&lacks[..], &how[..]].concat()).await;
    refused.says(WRONG, &["1 of its parts is missing", "Copies of the evidence", "reg 22(2)(a)"]);
    let seen = [&parts[..], &[("how", "portal"), ("act", "see")]].concat();
    let seen = officer.post(&amend, &seen).await;
    seen.says(OK, &["Nothing has left yet", "The report of 12 November."]);
    officer.post(&amend, &[&parts[..], &how[..]].concat()).await.leads(&case);

    let record = record(&service, &officer, &reference).await;
    let entry = record.last_of(&["review-decision-sent"]).unwrap();
    let Event::ReviewDecisionSent(decision) = &entry.event else { unreachable!("of that kind") };
    assert_eq!(decision.amendments_included, Some(true));
    let case_page = officer.get(&case).await;
    case_page
        .says(OK, &[&format!("{case}/notice/amended"), &format!("{case}/notice/not-amending")]);
    let amended = officer.get(&format!("{case}/notice/amended")).await;
    amended.says(OK, &["15 days are not over", "The family has until"]);

    let asker = record.unmatched_asker().unwrap().person.clone();
    officer.act(&child, Command::MatchAsker { asker: asker.clone(), person: asker.clone() }).await;
    let mut parent = service.sign_in_as(Some(asker), Role::Parent, "Aoife", "").await;
    let plan = format!("/child/{reference}/plan");
    let page = parent.get(&plan).await;
    page.says(OK, &["Proposed changes to", "30 minutes", "changed", "comments on the changes"]);
    let now = parent.get(&format!("{plan}?text=in-force")).await;
    now.says(OK, &["EHC plan", "20 minutes"]);
    parent.get(&plan).await;
    parent.post(&plan, &[("comments", "More, please.")]).await.leads(&plan);
    let letters = parent.get(&format!("/child/{reference}/decisions")).await;
    letters.says(OK, &["The rest of the letter", "The report of 12 November."]);
    for page in ["notice", "notice/end"] {
        let page = parent.get(&format!("{case}/{page}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_family_reads_every_date_of_its_case_and_takes_them_along() {
    let service = Service::new().await;
    let (officer, reference) = reviewed(&service).await;
    let child = officer.child(&reference).await;
    let record = record(&service, &officer, &reference).await;
    let asker = record.unmatched_asker().unwrap().person.clone();
    officer.act(&child, Command::MatchAsker { asker: asker.clone(), person: asker.clone() }).await;
    let mut parent = service.sign_in_as(Some(asker), Role::Parent, "Aoife", "").await;
    let base = format!("/child/{reference}");
    parent.get(&base).await.says(OK, &[&format!("{base}/dates")]);
    let dates = parent.get(&format!("{base}/dates")).await;
    dates.says(OK, &["Still to come", "Done, or fallen away", &format!("{base}/why/ar-12m~")]);
    // A plan of 3 November is reviewed within 12 months that begin on that day; a request is answered within
    // 6 weeks that begin on the day after it.
    let review = parent.get(&format!("{base}/why/ar-12m")).await;
    review.says(OK, &["This is day 1.", "2 November 2027"]);
    let request = parent.get(&format!("{base}/why/rq-6w")).await;
    request.says(OK, &["This day is not counted."]);
    let taken = parent.get(&format!("{base}/dates.ics")).await;
    taken.says(OK, &["BEGIN:VCALENDAR", "DTSTART;VALUE=DATE:20271102"]);
    let mut other = service.sign_in(Role::Parent, "Bea", "").await;
    for page in ["dates", "dates.ics", "why/ar-12m"] {
        let answer = other.get(&format!("{base}/{page}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
}

#[tokio::test]
async fn a_plan_is_kept_or_ended_with_reasons_and_rights_or_not_at_all() {
    let service = Service::new().await;
    let (mut officer, reference) = reviewed(&service).await;
    let case = format!("/case/{reference}");
    let end = format!("{case}/notice/end");
    officer.get(&end).await.says(OK, &["Hampshire CC v GC", "disabled"]);
    let ask = format!("{case}/notice/ask-to-end");
    officer.get(&ask).await.says(OK, &["Regulation 31(1)."]);
    let asked = [("how", "post"), ("act", "send"), ("reasons", "He has a job.")];
    let refused = officer.post(&ask, &asked).await;
    refused.says(WRONG, &["That their views are asked for", "reg 31(1)"]);
    let views = [&asked[..], &[("part-views", "Tell us by 14 December.")]].concat();
    officer.post(&ask, &views).await.leads(&case);
    officer.get(&end).await.says(OK, &["name=\"part-plan-goes-on\"", "s.45(4)"]);
    let decided = [("how", "post"), ("act", "send"), ("reasons", "")];
    officer.post(&end, &decided).await.says(WRONG, &["Write the reasons first"]);

    let keep = format!("{case}/notice/keep");
    let page = officer.get(&keep).await;
    page.says(OK, &["name=\"part-mediation\"", "must have your appeal by"]);
    let parts: Vec<(String, String)> = ["appeal-right", "appeal-time", "mediation"]
        .into_iter()
        .chain(["disagreement-resolution", "advice"])
        .map(|part| (format!("part-{part}"), "Words.".to_owned()))
        .collect();
    let parts: Vec<(&str, &str)> = parts.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let kept = [&parts[..], &[("how", "post"), ("act", "send"), ("reasons", "It fits.")]].concat();
    officer.post(&keep, &kept).await.leads(&case);
    officer.get(&keep).await.says(OK, &["No review waits for its decision"]);
    let nothing = officer.get(&format!("{case}/notice/none")).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

/// What went on paper in the past is recorded as it was, and is counted as what it was.
#[tokio::test]
async fn a_decision_without_its_amendments_is_recorded_and_leaves_the_duty_open() {
    let service = Service::new().await;
    let (mut officer, reference) = reviewed(&service).await;
    let case = format!("/case/{reference}");
    let path = format!("{case}/record/review-decision-sent");
    officer.get(&path).await.says(OK, &["Did the amendments go with it"]);
    let day = [("on-day", "21"), ("on-month", "11"), ("on-year", "2026")];
    let sent = [&day[..], &[("outcome", "amend"), ("included", "no")]].concat();
    officer.post(&path, &sent).await.leads(&case);
    let page = officer.get(&case).await;
    page.says(OK, &["Send the proposed changes with the decision"]);
    page.says(OK, &[&format!("{case}/notice/amendments")]);
    assert!(!page.html.contains("/notice/not-amending"));
}
