//! What becomes of a plan in force: kept, amended, assessed again, ended, come from elsewhere. Each
//! notice goes whole and in its turn, or is refused with what is missing.

use std::collections::BTreeMap;

use sendero_law::Rulebook;
use sendero_record::{
    AssessmentRequested, Command, Event, MovedArea, Name, NewPlan, PlanTransferred, Refusal,
    RepresentationsMade, Requester, ReviewDecisionSent, Said, Section, Sending,
};

use crate::story::{Story, asker, day, plan, recorded, reference, sending};

fn said(event: fn(Said) -> Event) -> Event {
    event(Said { words: String::new() })
}

/// A plan sent on Tuesday 29 December 2026, and a review held on 17 November 2027.
fn reviewed() -> Story {
    let last = Command::SendFinal { names_institution: false, sending: sending("final-plan-sent") };
    let story = Story::draft_sent().at("2026-12-29").does(&last).at("2027-11-17");
    story.does(&recorded(said(Event::ReviewMeetingHeld), "2027-11-17"))
}

/// The same with another section F saved.
fn rewritten() -> Story {
    reviewed().does(&Command::SavePlan(plan().with(Section::F, "Twice as much.")))
}

/// The same with the amendments sent on 1 December 2027.
fn proposed() -> Story {
    rewritten().at("2027-12-01").does(&Command::ProposeAmendments(notice("AMEND")))
}

/// A notice with every part of that code.
fn notice(code: &str) -> Sending {
    let notice = Rulebook::embedded().notice(code).unwrap();
    let parts = notice.parts.iter().map(|part| (part.id.clone(), part.words.clone()));
    Sending { parts: parts.collect(), ..sending("assessment-refused") }
}

fn check(story: &Story, command: &Command, expected: Refusal) {
    assert_eq!(story.decide(command), Err(expected), "{command:?}");
}

fn step(step: &'static str) -> Refusal {
    Refusal::StepBefore { step }
}

/// Each part left out of each notice is refused by its name and its citation.
#[test]
fn no_notice_goes_without_a_part_that_the_law_asks_for() {
    let amended = |sending| Command::SendAmended { names_institution: false, sending };
    let asked = || reviewed().does(&Command::AskAboutEnding(notice("CEASE-ASK")));
    let again = || reviewed().does(&reassessment());
    let came = || Story::on("2027-11-17").does(&passed_on());
    type Notices<'a> = [(&'a str, Story, &'a dyn Fn(Sending) -> Command); 8];
    let cases: Notices<'_> = [
        ("NA", reviewed(), &Command::KeepPlan),
        ("AMEND", rewritten(), &Command::ProposeAmendments),
        ("AMENDED", proposed().at("2027-12-16"), &amended),
        ("NA", proposed(), &Command::NotAmend),
        ("NA", again(), &Command::RefuseToReassess),
        ("CEASE-ASK", reviewed(), &Command::AskAboutEnding),
        ("CEASE", asked(), &Command::EndPlan),
        ("TRANSFER", came(), &Command::WriteAboutTransfer),
    ];
    for (code, story, command) in cases {
        assert!(story.decide(&command(notice(code))).is_ok(), "{code} is whole");
        for part in &Rulebook::embedded().notice(code).unwrap().parts {
            let mut sending = notice(code);
            let refusal = if part.id == "reasons" {
                sending.reasons = "  ".to_owned();
                Refusal::Empty { field: "reasons" }
            } else {
                sending.parts.insert(part.id.clone(), " ".to_owned());
                assert!(!part.cite.is_empty(), "{code} {}", part.id);
                Refusal::NoticeIncomplete { missing: vec![part.clone()] }
            };
            check(&story, &command(sending), refusal);
        }
        let unsaid = Sending { how: None, ..notice(code) };
        check(&story, &command(unsaid), Refusal::Empty { field: "how" });
    }
}

/// R (L, M and P) v Devon [2022] EWHC 493 (Admin): the decision to amend goes with the amendments.
#[test]
fn a_decision_to_amend_is_sent_with_the_amendments_or_not_at_all() {
    check(&reviewed(), &Command::ProposeAmendments(notice("AMEND")), Refusal::NoAmendments);
    let record = proposed().record();
    let entry = record.last_of(&["review-decision-sent"]).unwrap();
    let Event::ReviewDecisionSent(decision) = &entry.event else { unreachable!("of that kind") };
    assert_eq!(decision.amendments_included, Some(true));
    assert_eq!(decision.plan.as_ref().map(|plan| plan.section(Section::F)), Some("Twice as much."));
    // One that went on paper without them is recorded as it was, and is no proposal.
    let bare = ReviewDecisionSent {
        outcome: sendero_record::Outcome::Amend,
        amendments_included: Some(false),
        words: "We will amend the plan.".to_owned(),
        notice: None,
        plan: None,
    };
    let bare = rewritten().does(&recorded(Event::ReviewDecisionSent(bare), "2027-11-17"));
    let amended = Command::SendAmended { names_institution: false, sending: notice("AMENDED") };
    check(&bare.clone().at("2028-01-10"), &amended, step("amendment-notice-sent"));
    let late = bare.does(&Command::ProposeAmendments(notice("AMEND"))).record();
    let entry = late.last_of(&["amendment-notice-sent"]).unwrap();
    let Event::AmendmentNoticeSent(sent) = &entry.event else { unreachable!("of that kind") };
    assert_eq!(sent.outside_review, Some(false));
}

#[test]
fn an_amended_plan_waits_for_the_familys_days_and_says_something_new() {
    let amended = Command::SendAmended { names_institution: false, sending: notice("AMENDED") };
    check(&rewritten(), &amended, step("amendment-notice-sent"));
    let still = Refusal::StillTheirs { last_day: day("2027-12-15") };
    check(&proposed().at("2027-12-15"), &amended, still);
    let agrees = RepresentationsMade {
        words: "Yes.".to_owned(),
        agrees: Some(true),
        meeting_wanted: None,
        school: None,
    };
    let agreed = proposed().at("2027-12-08");
    let agreed = agreed.does(&recorded(Event::RepresentationsMade(agrees), "2027-12-08"));
    assert!(agreed.decide(&amended).is_ok());
    let back = proposed().at("2027-12-16").does(&Command::SavePlan(plan()));
    check(&back, &amended, Refusal::NoAmendments);
    let sent = proposed().at("2027-12-16").does(&amended);
    assert_eq!(sent.record().plan_in_force().unwrap().section(Section::F), "Twice as much.");
    check(&sent, &amended, step("amendment-notice-sent"));
    check(&sent, &Command::NotAmend(notice("NA")), step("amendment-notice-sent"));
}

/// Outside a review (regulation 28) the same steps are taken, and the family has the same days.
#[test]
fn a_plan_amended_outside_a_review_takes_the_same_steps() {
    let kept = reviewed().does(&Command::KeepPlan(notice("NA"))).at("2028-02-01");
    let sent = kept
        .does(&Command::SavePlan(plan().with(Section::E, "Rides alone.")))
        .does(&Command::ProposeAmendments(notice("AMEND")));
    let record = sent.record();
    let entry = record.last_of(&["amendment-notice-sent"]).unwrap();
    let Event::AmendmentNoticeSent(notice_sent) = &entry.event else {
        unreachable!("of that kind")
    };
    assert_eq!(notice_sent.outside_review, Some(true));
    let amended = Command::SendAmended { names_institution: false, sending: notice("AMENDED") };
    let still = Refusal::StillTheirs { last_day: day("2028-02-15") };
    check(&sent.clone().at("2028-02-15"), &amended, still);
    assert!(sent.at("2028-02-16").decide(&amended).is_ok());
}

#[test]
fn each_notice_has_its_turn() {
    let keep = Command::KeepPlan(notice("NA"));
    check(&Story::requested(), &keep, step("final-plan-sent"));
    check(&reviewed().does(&keep), &keep, step("review-meeting-held"));
    let end = Command::EndPlan(notice("CEASE"));
    check(&reviewed(), &end, step("cease-consulted"));
    let ended = reviewed().does(&Command::AskAboutEnding(notice("CEASE-ASK"))).does(&end);
    check(&ended, &end, Refusal::AlreadyDone { on: day("2027-11-17") });
    let over = ended.does(&recorded(said(Event::PlanCeased), "2027-11-17"));
    check(&over, &end, step("final-plan-sent"));
    let letter = Command::WriteAboutTransfer(notice("TRANSFER"));
    check(&reviewed(), &letter, step("plan-transferred"));
    let came = Story::on("2027-11-17").does(&passed_on()).does(&letter);
    check(&came, &letter, Refusal::AlreadyDone { on: day("2027-11-17") });
    let moved = recorded(Event::MovedArea(MovedArea { to: "Penhallow".to_owned() }), "2027-11-17");
    check(&reviewed().does(&moved).does(&passed_on()), &letter, step("plan-transferred"));
    check(&reviewed(), &Command::AgreeToReassess(notice("NA")), step("reassessment-requested"));
}

/// Assessed again, the family reads a draft, and the plan that comes of it is an amended one.
#[test]
fn an_assessment_anew_ends_in_a_draft_and_an_amended_plan() {
    let draft =
        Command::SendDraft { how: sendero_record::Channel::Portal, parts: notice("DRAFT").parts };
    check(&reviewed(), &draft, Refusal::AlreadyDone { on: day("2026-12-29") });
    let again = reviewed()
        .does(&reassessment())
        .does(&Command::AgreeToReassess(sending("reassessment-agreed")))
        .does(&Command::SavePlan(plan().with(Section::B, "Hearing.")));
    let kinds: Vec<&str> =
        again.decide(&draft).unwrap().iter().map(|fresh| fresh.event.kind()).collect();
    assert_eq!(kinds, ["draft-plan-sent"]);
    let amended = Command::SendAmended { names_institution: false, sending: notice("AMENDED") };
    let sent = again.does(&draft);
    let still = Refusal::StillTheirs { last_day: day("2027-12-01") };
    check(&sent.clone().at("2027-12-01"), &amended, still);
    assert!(sent.at("2027-12-02").decide(&amended).is_ok());
    let doubted = Command::RefuseToReassess(Sending {
        reasons: "There is no diagnosis.".to_owned(),
        ..notice("NA")
    });
    let doubts = vec!["diagnosis".to_owned()];
    check(&reviewed().does(&reassessment()), &doubted, Refusal::ReasonsDoubted { doubts });
}

/// Its text is the plan in force, its duties start with the day it came, and nothing of it is refused
/// but what cannot be.
#[test]
fn a_plan_that_came_opens_a_record_with_its_duties() {
    let came = NewPlan {
        name: Name::new("Mei", "Harrowgate"),
        born: Some(day("2018-05-04")),
        setting: None,
        family: Some(asker()),
        from: "Penhallow".to_owned(),
        on: day("2027-11-01"),
        made_on: Some(day("2026-12-29")),
        last_reviewed: None,
        plan: plan(),
    };
    let take = |came: NewPlan| Command::TakePlan(reference(), Box::new(came));
    let story = Story::on("2027-11-17").does(&take(came.clone()));
    let record = story.record();
    assert_eq!(record.plan_in_force(), Some(&plan()));
    assert_eq!(record.stage(), sendero_record::Stage::Plan);
    let today = day("2027-11-17");
    let question = sendero_law::Question { as_at: today, known_at: today, explain: false };
    let timeline = sendero_law::evaluate(Rulebook::embedded(), &record.case(today), question);
    let due = |duty: &str| timeline.obligations.iter().find(|one| one.duty == duty).map(|o| o.due);
    assert_eq!(due("trf-6w"), Some(Some(day("2027-12-13"))));
    // A year after it was made lies before three months after it came.
    assert_eq!(due("trf-review"), Some(Some(day("2028-01-31"))));
    assert_eq!(due("trf-maintain"), Some(None));
    check(&story, &take(came.clone()), Refusal::AlreadyOpen);
    let new = Story::on("2027-11-17");
    let nowhere = NewPlan { from: " ".to_owned(), ..came.clone() };
    check(&new, &take(nowhere), Refusal::Empty { field: "from" });
    let ahead = NewPlan { on: day("2027-11-18"), ..came.clone() };
    check(&new, &take(ahead), Refusal::NotYet { on: day("2027-11-18") });
    let (from, to) = (day("2027-11-02"), came.on);
    let turned = NewPlan { last_reviewed: Some(from), ..came };
    check(&new, &take(turned), Refusal::Reversed { from, to });
    // The same plan amended: it was not amended before.
    check(&story, &Command::ProposeAmendments(notice("AMEND")), Refusal::NoAmendments);
}

#[test]
fn a_plan_leaves_with_the_child_and_not_before() {
    let pass = Command::PassPlan { to: "Penhallow".to_owned() };
    check(&Story::requested(), &pass, step("final-plan-sent"));
    check(&reviewed(), &pass, step("moved-area"));
    let moved = recorded(Event::MovedArea(MovedArea { to: "Penhallow".to_owned() }), "2027-11-17");
    let gone = reviewed().does(&moved).does(&pass);
    check(&gone, &pass, Refusal::AlreadyDone { on: day("2027-11-17") });
    let record = gone.record();
    assert_eq!(record.stage(), sendero_record::Stage::Ended);
    let entry = record.last_of(&["plan-transferred"]).unwrap();
    let Event::PlanTransferred(passed) = &entry.event else { unreachable!("of that kind") };
    assert_eq!((passed.words.as_str(), passed.made_on), ("Penhallow", Some(day("2026-12-29"))));
    assert_eq!(record.plan_in_force(), Some(&plan()), "what it was is still read");
}

/// The law follows what was sent: the duties of a review end with it.
#[test]
fn what_is_sent_ends_the_duties_that_it_is_owed_under() {
    let amended = Command::SendAmended { names_institution: false, sending: notice("AMENDED") };
    let record = proposed().at("2027-12-16").does(&amended).record();
    let today = day("2027-12-20");
    let question = sendero_law::Question { as_at: today, known_at: today, explain: false };
    let timeline = sendero_law::evaluate(Rulebook::embedded(), &record.case(today), question);
    let standings: BTreeMap<String, &str> = timeline
        .obligations
        .iter()
        .map(|one| (one.duty.to_string(), one.standing.word()))
        .collect();
    for duty in ["ar-dec", "ar-notice", "ar-reps-15d", "ar-final-8w", "ar-final-12w"] {
        assert_eq!(standings.get(duty), Some(&"met"), "{duty}: {standings:?}");
    }
    assert_eq!(standings.get("ar-noamend-8w"), Some(&"void"));
}

fn reassessment() -> Command {
    let asked =
        AssessmentRequested { by: Requester::Parent, how: None, words: "Again.".to_owned() };
    recorded(Event::ReassessmentRequested(asked), "2027-11-17")
}

fn passed_on() -> Command {
    let passed = PlanTransferred {
        words: "Penhallow".to_owned(),
        last_reviewed: None,
        made_on: None,
        plan: None,
    };
    recorded(Event::PlanTransferred(passed), "2027-11-17")
}
