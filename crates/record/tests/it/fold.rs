//! What pages read off a record: versions of what was told, the stage, who has the case.

use sendero_record::{
    Channel, ClosureNoted, Command, Event, MovedArea, Name, PlanTransferred, Reference,
    ReferenceFault, Refusal, Said, SettingChanged, SettingKind, Stage, Told, Topic,
};

use crate::story::{
    Story, agree, day, id, parts, person, plan, recorded, reference, refuse, sending,
};

#[test]
fn the_newest_version_of_what_was_told_comes_first() {
    let told = |topic, words: &str| {
        Event::Told(Told { topic, words: words.to_owned(), said_by: "Noor".to_owned() })
    };
    let story = Story::requested()
        .at("2026-10-01")
        .does(&recorded(told(Topic::Hard, "Reading is easier now."), "2026-10-01"))
        .does(&recorded(told(Topic::Hard, "Noise was hard at nursery."), "2026-09-01"))
        .does(&recorded(told(Topic::Hopes, "A friend."), "2026-10-01"));
    let record = story.record();
    let told = record.told();
    let words: Vec<&str> = told[&Topic::Hard].iter().map(|(_, told)| told.words.as_str()).collect();
    assert_eq!(
        words,
        ["Reading is easier now.", "Reading and noise.", "Noise was hard at nursery."]
    );
    assert_eq!(told[&Topic::Hopes].len(), 1);
    assert!(!told.contains_key(&Topic::Health));
}

#[test]
fn the_stage_is_the_last_step_taken() {
    let check = |story: &Story, expected: Stage| {
        let stage = story.record().stage();
        assert_eq!(stage, expected);
        assert_eq!(Stage::from_word(stage.word()), Some(stage));
    };
    let said = |event: fn(Said) -> Event| event(Said { words: String::new() });
    let asked = Story::requested();
    check(&Story::on("2026-09-14"), Stage::NotAsked);
    check(&asked, Stage::Asked);
    let withdrawn = recorded(said(Event::RequestWithdrawn), "2026-09-14");
    check(&asked.clone().does(&withdrawn), Stage::Withdrawn);
    let refused = asked.clone().does(&refuse());
    check(&refused, Stage::Refused);
    check(&refused.does(&agree()), Stage::Assessing);
    let assessing = Story::assessing();
    check(&assessing, Stage::Assessing);
    check(&assessing.clone().does(&Command::RefusePlan(sending("plan-refused"))), Stage::NoPlan);
    let agreed = assessing.does(&Command::AgreePlan { reasons: "Needed.".to_owned() });
    check(&agreed, Stage::Drafting);
    let sent = Story::draft_sent();
    check(&sent, Stage::DraftSent);
    let last = Command::SendFinal { names_institution: false, sending: sending("final-plan-sent") };
    let plan = sent.at("2026-12-29").does(&last);
    check(&plan, Stage::Plan);
    check(&plan.clone().does(&recorded(said(Event::PlanCeased), "2026-12-29")), Stage::Ended);
    let passed =
        PlanTransferred { words: String::new(), last_reviewed: None, made_on: None, plan: None };
    let passed = recorded(Event::PlanTransferred(passed), "2026-12-29");
    check(&Story::on("2026-12-29").does(&passed), Stage::Plan);
    let moved = recorded(Event::MovedArea(MovedArea { to: "Penhallow".to_owned() }), "2026-12-29");
    check(&plan.does(&moved).does(&passed), Stage::Ended);
}

/// Sending a draft says that a plan is necessary, once.
#[test]
fn a_draft_is_a_decision_that_a_plan_is_necessary() {
    let draft = Command::SendDraft { how: Channel::Post, parts: parts("draft-plan-sent") };
    let kinds = |story: &Story| -> Vec<&str> {
        story.decide(&draft).unwrap().iter().map(|fresh| fresh.event.kind()).collect()
    };
    let story = Story::assessing().does(&Command::SavePlan(plan()));
    assert_eq!(kinds(&story), ["plan-agreed", "draft-plan-sent"]);
    let agreed = story.does(&Command::AgreePlan { reasons: "Needed.".to_owned() });
    assert_eq!(kinds(&agreed), ["draft-plan-sent"]);
    assert_eq!(agreed.record().plan_text(), plan());
    assert_eq!(agreed.decide(&Command::SavePlan(plan())).unwrap(), Vec::new());
}

/// The case is the sender's until the offer is taken; one refused leaves it there.
#[test]
fn a_case_changes_hands_when_the_offer_is_taken() {
    let name = Name::new("Ada", "Marsh");
    let assign = Command::Assign { officer: person("o1"), name: Name::new("Tobias", "Wren") };
    let offer = Command::OfferHandover {
        to: person("o2"),
        name: name.clone(),
        note: "Ring on Fridays.".to_owned(),
    };
    let answer =
        |accepted| Command::AnswerHandover { officer: person("o2"), accepted, note: String::new() };
    let who = |story: &Story| story.record().officer().map(|(officer, _)| officer);
    let story = Story::requested();
    assert_eq!(who(&story), None);
    let offered = story.does(&assign).does(&offer);
    assert_eq!(who(&offered), Some(person("o1")));
    assert_eq!(offered.record().offered().map(|(_, offer)| offer.to.clone()), Some(person("o2")));
    let kept = offered.clone().does(&answer(false));
    assert_eq!(who(&kept), Some(person("o1")));
    assert!(kept.record().offered().is_none());
    let given = Command::Assign { officer: person("o3"), name: Name::new("Edmund", "Ayre") };
    let given = offered.clone().does(&given);
    assert_eq!(who(&given), Some(person("o3")));
    assert!(given.record().offered().is_none());
    assert_eq!(given.decide(&answer(true)), Err(Refusal::NotOffered));
    let taken = offered.does(&answer(true));
    assert_eq!(taken.record().officer(), Some((person("o2"), name)));
    assert!(taken.record().offered().is_none());
}

#[test]
fn an_asker_is_nobody_until_they_are_matched() {
    let story = Story::requested();
    assert!(story.record().people().is_empty());
    assert_eq!(story.record().unmatched_asker().unwrap().person, person("asker-1"));
    let matched =
        story.does(&Command::MatchAsker { asker: person("asker-1"), person: person("p1") });
    assert!(matched.record().unmatched_asker().is_none());
    // What they said of themselves is put right later: they stay who was matched.
    let entry = matched.last("asker-named");
    let event = matched.record().entry(&entry).unwrap().event.clone();
    let why = "Another day".to_owned();
    let command = Command::Correct { entry, event, on: day("2026-09-14"), why };
    assert!(matched.clone().does(&command).record().unmatched_asker().is_none());
    let people = matched.record().people();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].person, person("p1"));
    assert!(people[0].until.is_none());
}

#[test]
fn advice_is_paired_with_its_request() {
    let story = Story::assessing();
    let request = story.last("advice-requested");
    assert!(story.record().advice()[0].answer.is_none());
    let story = story.at("2026-11-20").does(&Command::GiveAdvice {
        request: request.clone(),
        person: person("psychologist-1"),
        items: Vec::new(),
        how_known: "Two visits".to_owned(),
        words: "Idris learns by seeing.".to_owned(),
    });
    let record = story.record();
    let advice = record.advice();
    assert_eq!((advice.len(), &advice[0].asked.id), (1, &request));
    assert_eq!(advice[0].answer.unwrap().0.on, day("2026-11-20"));
    // The answer stays where it was given, though the request is put right later.
    let event = record.entry(&request).unwrap().event.clone();
    let why = "It went a day earlier".to_owned();
    let story =
        story.clone().does(&Command::Correct { entry: request, event, on: day("2026-10-19"), why });
    let record = story.record();
    assert_eq!(record.advice()[0].asked.on, day("2026-10-19"));
    assert!(record.advice()[0].answer.is_some());
}

#[test]
fn the_law_is_told_of_setting_closures_and_birthday() {
    let setting =
        SettingChanged { kind: SettingKind::MainstreamSchool, name: Some("Alder".to_owned()) };
    let closed = ClosureNoted { from: day("2026-07-23"), to: day("2026-09-02") };
    let story = Story::requested()
        .does(&recorded(Event::SettingChanged(setting), "2026-09-01"))
        .does(&recorded(Event::ClosureNoted(closed), "2026-09-01"));
    let case = story.record().case(day("2026-09-14"));
    assert_eq!(case.born, Some(day(crate::story::BORN)));
    assert_eq!(case.setting.as_deref(), Some("mainstream-school"));
    assert_eq!(case.closures.len(), 1);
    let ids: Vec<&str> = case.facts.iter().map(|fact| fact.id.as_str()).collect();
    assert_eq!(ids, [story.last("assessment-requested").as_str()]);
    assert_eq!(id(ids[0]), story.last("assessment-requested"));
}

#[test]
fn a_reference_survives_being_said_and_written() {
    for number in [0, 1, 417, 9999] {
        let reference = Reference::make("ALD", 2026, 9, number).unwrap();
        assert_eq!(reference.to_string().parse(), Ok(reference.clone()));
        let json = serde_json::to_string(&reference).unwrap();
        assert_eq!(serde_json::from_str::<Reference>(&json).unwrap(), reference);
    }
    assert_eq!(Reference::make("AL", 2026, 9, 1), Err(ReferenceFault::Shape));
    assert_eq!(Reference::make("ALD", 2026, 9, 10_000), Err(ReferenceFault::Shape));
    let text = reference().to_string();
    let wrong = if text.ends_with('A') { "B" } else { "A" };
    let slipped = format!("{}{wrong}", text.get(..text.len() - 1).unwrap());
    assert_eq!(slipped.parse::<Reference>(), Err(ReferenceFault::Check));
}
