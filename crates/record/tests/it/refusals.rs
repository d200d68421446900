//! Every refusal, met by the command that meets it in the story where it does.

use std::collections::{BTreeMap, BTreeSet};

use sendero_record::{
    ADVICE_ITEMS_MAX, AdviceAsk, AdviceItem, AssessmentRequested, Body, Channel, ChildAbsent,
    ChildRegistered, ClosureNoted, Command, DraftPlanSent, EVENTS_PER_CHILD_MAX, EntryWithdrawn,
    Event, ExceptionReliedOn, Fresh, Ground, Name, PersonTied, Refusal, Relation,
    RepresentationsMade, Requester, Said, Section, Sending, WORDS_LETTERS_MAX,
};

use crate::story::{
    Story, agree, answers, ask_psychologist, day, id, parts, person, plan, recorded, refuse,
    request, sending,
};

fn check(story: &Story, command: &Command, expected: Refusal) {
    assert_eq!(story.decide(command), Err(expected), "{command:?}");
}

fn complaint(words: &str) -> Event {
    Event::ComplaintMade(Said { words: words.to_owned() })
}

#[test]
fn words_must_be_there_and_fit() {
    let story = Story::requested();
    let long = "a".repeat(WORDS_LETTERS_MAX + 1);
    let withdraw = |why: &str| Command::Withdraw { entry: id("e2"), why: why.to_owned() };
    check(&story, &withdraw("  "), Refusal::Empty { field: "why" });
    check(&story, &withdraw(&long), Refusal::TooLong { field: "why", max: WORDS_LETTERS_MAX });
    let correct = |why: &str| Command::Correct {
        entry: story.last("assessment-requested"),
        event: story.record().entry(&story.last("assessment-requested")).unwrap().event.clone(),
        on: day("2026-09-13"),
        why: why.to_owned(),
    };
    check(&story, &correct(" "), Refusal::Empty { field: "why" });
    check(&story, &correct(&long), Refusal::TooLong { field: "why", max: WORDS_LETTERS_MAX });
    let no_reasons = Command::AgreeToAssess {
        answers: answers(true, true),
        sending: Sending { reasons: String::new(), ..sending("assessment-agreed") },
    };
    check(&story, &no_reasons, Refusal::Empty { field: "reasons" });
    let no_way = Command::AgreeToAssess {
        answers: answers(true, true),
        sending: Sending { how: None, ..sending("assessment-agreed") },
    };
    check(&story, &no_way, Refusal::Empty { field: "how" });
    let nobody = Command::AskForAdvice(Vec::new());
    check(&Story::assessing(), &nobody, Refusal::Empty { field: "asks" });
    let nameless = sendero_record::NewRequest { name: Name::new(" ", ""), ..request() };
    let nameless = Command::Request(Box::new(nameless));
    check(&Story::on("2026-09-14"), &nameless, Refusal::Empty { field: "name" });
    let items = vec![item("Reading"); ADVICE_ITEMS_MAX + 1];
    let command = advice(&Story::assessing(), items, "");
    check(
        &Story::assessing(),
        &command,
        Refusal::TooLong { field: "items", max: ADVICE_ITEMS_MAX },
    );
    let section = plan().with(Section::F, &"a".repeat(sendero_record::SECTION_LETTERS_MAX + 1));
    check(
        &Story::assessing(),
        &Command::SavePlan(section),
        Refusal::TooLong { field: "section", max: sendero_record::SECTION_LETTERS_MAX },
    );
}

#[test]
fn days_must_be_possible() {
    let story = Story::requested();
    let check = |event: Event, on: &str, expected: Refusal| {
        check(&story, &recorded(event, on), expected);
    };
    check(complaint("Late."), "2026-09-15", Refusal::NotYet { on: day("2026-09-15") });
    check(complaint("Late."), "2018-05-03", Refusal::BeforeBirth { on: day("2018-05-03") });
    check(complaint("Late."), "1989-12-31", Refusal::CannotBeMeant { on: day("1989-12-31") });
    let away = |from, to| Event::ChildAbsent(ChildAbsent { from: day(from), to: day(to) });
    check(
        away("2026-09-10", "2026-09-10"),
        "2026-09-10",
        Refusal::Reversed { from: day("2026-09-10"), to: day("2026-09-10") },
    );
    let closed = ClosureNoted { from: day("2026-07-23"), to: day("2206-09-02") };
    check(
        Event::ClosureNoted(closed),
        "2026-09-14",
        Refusal::CannotBeMeant { on: day("2206-09-02") },
    );
    let unborn = sendero_record::NewRequest { born: Some(day("2026-09-15")), ..request() };
    super::refusals::check(
        &Story::on("2026-09-14"),
        &Command::Request(Box::new(unborn)),
        Refusal::NotYet { on: day("2026-09-15") },
    );
}

#[test]
fn the_steps_come_in_their_order() {
    let asked = Story::requested();
    let assessing = Story::assessing();
    let nothing = Story::on("2026-09-14");
    check(&nothing, &agree(), Refusal::NoOpenRequest);
    let withdrawn = Event::RequestWithdrawn(Said { words: String::new() });
    let gone = asked.clone().does(&recorded(withdrawn, "2026-09-14"));
    check(&gone, &refuse(), Refusal::NoOpenRequest);
    let agreed = Refusal::AlreadyDone { on: day("2026-10-20") };
    check(&assessing, &agree(), agreed.clone());
    check(&assessing, &refuse(), agreed);
    let refused = asked.clone().at("2026-10-20").does(&refuse());
    check(&refused, &refuse(), Refusal::AlreadyDone { on: day("2026-10-20") });
    assert!(refused.decide(&agree()).is_ok(), "a refusal may be taken back by agreeing");
    let before = Refusal::StepBefore { step: "assessment-agreed" };
    let reasons = "Needed.".to_owned();
    for command in [
        ask_psychologist(),
        Command::AgreePlan { reasons: reasons.clone() },
        Command::RefusePlan(sending("plan-refused")),
        Command::SendDraft { how: Channel::Post, parts: parts("draft-plan-sent") },
    ] {
        check(&asked, &command, before.clone());
    }
    check(&assessing, &send_final(true), Refusal::StepBefore { step: "draft-plan-sent" });
    let decided = assessing.does(&Command::AgreePlan { reasons: reasons.clone() });
    let twice = Refusal::AlreadyDone { on: day("2026-10-20") };
    check(&decided, &Command::AgreePlan { reasons }, twice);
    let done = finished();
    for command in [
        send_final(false),
        Command::SendDraft { how: Channel::Post, parts: parts("draft-plan-sent") },
        Command::RefusePlan(sending("plan-refused")),
    ] {
        check(&done, &command, Refusal::AlreadyDone { on: day("2026-12-29") });
    }
}

/// A request that joins one under way does not begin the course anew.
#[test]
fn a_second_request_joins_the_first() {
    let again = Event::AssessmentRequested(AssessmentRequested {
        by: Requester::School,
        how: None,
        words: String::new(),
    });
    let story = Story::assessing().at("2026-11-02").does(&recorded(again, "2026-11-02"));
    assert!(story.decide(&ask_psychologist()).is_ok());
    check(&story, &agree(), Refusal::AlreadyDone { on: day("2026-10-20") });
}

#[test]
fn the_test_of_section_36_is_answered_and_followed() {
    let story = Story::requested();
    let agree = |answers| Command::AgreeToAssess { answers, sending: sending("assessment-agreed") };
    let refuse =
        |answers| Command::RefuseToAssess { answers, sending: sending("assessment-refused") };
    let half = sendero_record::Answers { may_need_plan: None, ..answers(true, true) };
    check(&story, &agree(half), Refusal::TestUnanswered);
    check(&story, &refuse(half), Refusal::TestUnanswered);
    check(&story, &refuse(answers(true, true)), Refusal::TestSaysAssess);
    check(&story, &agree(answers(true, false)), Refusal::TestSaysRefuse);
    check(&story, &agree(answers(false, true)), Refusal::TestSaysRefuse);
}

#[test]
fn an_incomplete_notice_is_not_sent() {
    let lacks = |kind: &str, command: &dyn Fn(Sending) -> Command, story: &Story| {
        for part in parts(kind).keys().filter(|part| *part != "reasons") {
            let mut sending = sending(kind);
            sending.parts.insert(part.clone(), "  ".to_owned());
            let missing = vec![crate::story::part(kind, part)];
            check(story, &command(sending), Refusal::NoticeIncomplete { missing });
        }
    };
    let refuse = |sending| Command::RefuseToAssess { answers: answers(false, false), sending };
    lacks("assessment-refused", &refuse, &Story::requested());
    lacks("plan-refused", &Command::RefusePlan, &Story::assessing());
    let draft = |sending: Sending| Command::SendDraft { how: Channel::Post, parts: sending.parts };
    lacks("draft-plan-sent", &draft, &Story::assessing().does(&Command::SavePlan(plan())));
    let last = |sending| Command::SendFinal { names_institution: false, sending };
    lacks("final-plan-sent", &last, &Story::draft_sent().at("2026-12-29"));
    for how in [Channel::Phone, Channel::InPerson] {
        let spoken = Sending { how: Some(how), ..sending("assessment-refused") };
        check(&Story::requested(), &refuse(spoken), Refusal::NotServed);
        let draft = Command::SendDraft { how, parts: parts("draft-plan-sent") };
        check(&Story::assessing(), &draft, Refusal::NotServed);
    }
}

#[test]
fn reasons_with_a_test_the_law_does_not_know_go_only_when_somebody_goes_on_with_them() {
    let reasons = "She has no diagnosis, and there is no funding.".to_owned();
    let went_on = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let no = |seen: &[&str]| Command::RefuseToAssess {
        answers: answers(false, false),
        sending: Sending {
            reasons: reasons.clone(),
            went_on: went_on(seen),
            ..sending("assessment-refused")
        },
    };
    let both = Refusal::ReasonsDoubted { doubts: went_on(&["diagnosis", "money"]) };
    check(&Story::requested(), &no(&[]), both);
    let one = Refusal::ReasonsDoubted { doubts: went_on(&["money"]) };
    check(&Story::requested(), &no(&["diagnosis"]), one);
    // What was seen is kept; what was ticked and is no longer in the reasons is not.
    let story = Story::requested().does(&no(&["diagnosis", "money", "cycles"]));
    let kept = story.record().standing().find_map(|entry| match &entry.event {
        Event::AssessmentRefused(decision) => Some(decision.notice.went_on.clone()),
        _ => None,
    });
    assert_eq!(kept, Some(went_on(&["diagnosis", "money"])));
    // It is written and read back; a notice without doubts is written as it always was.
    for (story, doubted) in [(&story, true), (&Story::requested().does(&refuse()), false)] {
        let record = story.record();
        let entry = record.last_of(&["assessment-refused"]).unwrap();
        let content = entry.event.content();
        assert_eq!(
            Event::read("assessment-refused", Event::FORMAT, &content).unwrap(),
            entry.event
        );
        assert_eq!(String::from_utf8(content).unwrap().contains("went_on"), doubted);
    }
    // A plan is refused by the same reading; agreeing is never doubted.
    let plan = Command::RefusePlan(Sending {
        reasons: "No funding.".to_owned(),
        ..sending("plan-refused")
    });
    let money = Refusal::ReasonsDoubted { doubts: went_on(&["money"]) };
    check(&Story::assessing(), &plan, money);
    let agree = Command::AgreeToAssess {
        answers: answers(true, true),
        sending: Sending { reasons, ..sending("assessment-agreed") },
    };
    let _ = Story::requested().does(&agree);
}

#[test]
fn a_plan_is_sent_whole_and_in_time_for_answers() {
    let draft = Command::SendDraft { how: Channel::Portal, parts: parts("draft-plan-sent") };
    let saved = |plan| Story::assessing().does(&Command::SavePlan(plan));
    let sections = vec![Section::A, Section::B, Section::E, Section::F];
    check(&Story::assessing(), &draft, Refusal::SectionsBlank { sections });
    let blank = Refusal::SectionsBlank { sections: vec![Section::F] };
    check(&saved(plan().with(Section::F, "")), &draft, blank);
    check(&saved(plan().with(Section::I, "Alder House")), &draft, Refusal::PlaceInDraft);
    let story = Story::draft_sent();
    let still = Refusal::StillTheirs { last_day: day("2026-12-28") };
    check(&story.clone().at("2026-12-14"), &send_final(false), still.clone());
    check(&story.clone().at("2026-12-28"), &send_final(false), still.clone());
    let blank = Refusal::SectionsBlank { sections: vec![Section::I] };
    check(&story.clone().at("2026-12-29"), &send_final(true), blank);
    assert!(story.clone().at("2026-12-29").decide(&send_final(false)).is_ok());
    let said = |agrees, on| recorded(Event::RepresentationsMade(comment(agrees)), on);
    let on = "2026-12-18";
    let unhappy = story.clone().at(on).does(&said(Some(false), on));
    check(&unhappy, &send_final(false), still.clone());
    let before = story.clone().at(on).does(&said(Some(true), "2026-12-01"));
    check(&before, &send_final(false), still);
    assert!(story.at(on).does(&said(Some(true), on)).decide(&send_final(false)).is_ok());
}

#[test]
fn days_that_nobody_can_count_are_not_over() {
    let sent = DraftPlanSent { plan: plan(), how: None, parts: BTreeMap::new() };
    let story = Story::assessing()
        .at("2026-12-14")
        .does(&recorded(Event::DraftPlanSent(sent), "2026-12-14"));
    // By hand the last day is the 28th, by post the 30th.
    let still = Refusal::StillTheirs { last_day: day("2026-12-30") };
    check(&story.clone().at("2026-12-15"), &send_final(false), still);
    check(&story.clone().at("2026-12-29"), &send_final(false), Refusal::ServiceUnknown);
    assert!(story.at("2026-12-31").decide(&send_final(false)).is_ok());
}

#[test]
fn advice_is_given_by_whom_it_was_asked_of_and_says_something() {
    let story = Story::assessing();
    let asked = story.last("advice-requested");
    let give = |who: &str, items, words: &str| Command::GiveAdvice {
        request: asked.clone(),
        person: person(who),
        items,
        how_known: String::new(),
        words: words.to_owned(),
    };
    check(&story, &give("therapist-1", vec![item("Reading")], ""), Refusal::NotAsked);
    let unnamed = |from| {
        Command::AskForAdvice(vec![AdviceAsk {
            from,
            adviser: String::new(),
            person: None,
            question: "What should we know?".to_owned(),
            letter: Vec::new(),
        }])
    };
    let of = |story: &Story, who: &str| Command::GiveAdvice {
        request: story.last("advice-requested"),
        person: person(who),
        items: vec![item("Reading")],
        how_known: String::new(),
        words: String::new(),
    };
    let matched = Command::MatchAsker { asker: person("asker-1"), person: person("p1") };
    let family = story.clone().does(&matched).does(&unnamed(Body::Parent));
    assert!(family.decide(&of(&family, "p1")).is_ok(), "a parent answers for the family");
    check(&family, &of(&family, "psychologist-1"), Refusal::NotAsked);
    let health = story.clone().does(&matched).does(&unnamed(Body::Health));
    check(&health, &of(&health, "p1"), Refusal::NotAsked);
    let blank = AdviceItem { need: " ".to_owned(), ..item("") };
    check(&story, &give("psychologist-1", vec![blank], " "), Refusal::AdviceEmpty);
    for words in ["Not known to us.", "NOT KNOWN", "no  involvement"] {
        let refusal = Refusal::NotKnownIsNoAnswer;
        check(&story, &give("psychologist-1", Vec::new(), words), refusal.clone());
        check(&story, &give("psychologist-1", vec![item(words)], "See above"), refusal);
    }
    let known = "Not known to us before; I met Idris twice.";
    let answered = story.clone().does(&give("psychologist-1", Vec::new(), known));
    check(&answered, &give("psychologist-1", vec![item("Reading")], ""), Refusal::NotAsked);
}

#[test]
fn an_exception_fits_the_duty_that_it_is_claimed_for() {
    let claim = |ground, duty: &str| Command::ClaimException {
        ground,
        duty: duty.to_owned(),
        reason: "The head was asked on 20 July.".to_owned(),
        from: None,
    };
    let story = Story::requested();
    let here = |duty: &str| Refusal::DutyNotHere { duty: duty.to_owned() };
    check(&story, &claim(Ground::SchoolClosed, "rq-6"), here("rq-6"));
    check(&story, &claim(Ground::MissedAppointment, "as-advice-6w"), here("as-advice-6w"));
    let unknown = Refusal::GroundUnknownToDuty { duty: "rq-6w".to_owned() };
    check(&story, &claim(Ground::MissedAppointment, "rq-6w"), unknown);
    assert!(story.decide(&claim(Ground::SchoolClosed, "rq-6w")).is_ok());
    let past = ExceptionReliedOn {
        ground: Ground::SchoolClosed,
        duty: "rq-6".to_owned(),
        reason: String::new(),
        from: Some(Body::School),
    };
    check(&story, &recorded(Event::ExceptionReliedOn(past), "2026-09-14"), here("rq-6"));
}

#[test]
fn an_entry_is_put_right_once_and_by_its_own_kind() {
    let story = Story::requested().does(&recorded(complaint("Late."), "2026-09-14"));
    let entry = story.last("complaint-made");
    let correct = |entry: &str, event| Command::Correct {
        entry: id(entry),
        event,
        on: day("2026-09-13"),
        why: "The letter says so".to_owned(),
    };
    let withdraw = |entry: &str| Command::Withdraw { entry: id(entry), why: "Wrong".to_owned() };
    check(&story, &correct("e99", complaint("Late.")), Refusal::NoSuchEntry);
    check(&story, &withdraw("e99"), Refusal::NoSuchEntry);
    check(&story, &withdraw("e1"), Refusal::NoSuchEntry);
    let other = Event::MediationHeld(Said { words: String::new() });
    check(&story, &correct(entry.as_str(), other), Refusal::OtherKind);
    let bare = EntryWithdrawn { why: "Wrong".to_owned() };
    let bare = recorded(Event::EntryWithdrawn(bare), "2026-09-14");
    check(&story, &bare, Refusal::NoSuchEntry);
    for story in [
        story.clone().does(&correct(entry.as_str(), complaint("Very late."))),
        story.clone().does(&withdraw(entry.as_str())),
    ] {
        check(&story, &correct(entry.as_str(), complaint("Late.")), Refusal::AlreadyCorrected);
        check(&story, &withdraw(entry.as_str()), Refusal::AlreadyCorrected);
    }
    let gone = story.does(&withdraw(entry.as_str()));
    let taking_back = gone.last("entry-withdrawn");
    check(&gone, &withdraw(taking_back.as_str()), Refusal::AlreadyCorrected);
}

#[test]
fn a_record_opens_once_and_fills_up() {
    let story = Story::requested();
    check(&story, &Command::Request(Box::new(request())), Refusal::AlreadyOpen);
    let registered = Event::ChildRegistered(ChildRegistered {
        reference: crate::story::reference(),
        name: Name::new("Idris", "Ashgrove"),
        born: None,
    });
    check(&story, &recorded(registered, "2026-09-14"), Refusal::AlreadyOpen);
    let mut full = story;
    while full.len() < EVENTS_PER_CHILD_MAX {
        full.keep(Fresh {
            event: complaint("Late."),
            on: day("2026-09-14"),
            known_on: day("2026-09-14"),
            supersedes: None,
        });
    }
    check(&full, &recorded(complaint("Late."), "2026-09-14"), Refusal::Full);
}

#[test]
fn a_case_is_handed_over_by_offer_and_answer() {
    let give = |who: &str| Command::Assign { officer: person(who), name: Name::new("T", "Wren") };
    let offer = |to: &str| Command::OfferHandover {
        to: person(to),
        name: Name::new("A", "Marsh"),
        note: String::new(),
    };
    let answer = |officer: &str, accepted| Command::AnswerHandover {
        officer: person(officer),
        accepted,
        note: String::new(),
    };
    let story = Story::requested().does(&give("o1"));
    check(&story, &give("o1"), Refusal::AlreadyTheirs);
    let mother = PersonTied {
        person: person("o4"),
        name: Name::new("Noor", "Ashgrove"),
        relation: Relation::Mother,
        parental_responsibility: None,
        body: None,
        adviser: None,
        contact: None,
    };
    let hers = story.clone().does(&recorded(Event::PersonTied(mother), "2026-09-14"));
    check(&hers, &give("o4"), Refusal::OwnFamily);
    check(&hers, &offer("o4"), Refusal::OwnFamily);
    check(&story, &offer("o1"), Refusal::AlreadyTheirs);
    check(&story, &answer("o2", true), Refusal::NotOffered);
    let offered = story.does(&offer("o2"));
    check(&offered, &answer("o3", true), Refusal::NotOffered);
    check(&offered.does(&answer("o2", false)), &answer("o2", true), Refusal::NotOffered);
}

#[test]
fn an_asker_is_matched_by_the_name_of_the_request() {
    let story = Story::requested();
    let matched = |asker: &str| Command::MatchAsker { asker: person(asker), person: person("p1") };
    check(&story, &matched("asker-2"), Refusal::NoSuchEntry);
    check(&story.does(&matched("asker-1")), &matched("asker-1"), Refusal::NoSuchEntry);
}

/// The words of a refusal never repeat: each says what would mend it.
#[test]
fn refusals_are_told_apart_by_their_words() {
    let all = [
        Refusal::NoOpenRequest,
        Refusal::TestUnanswered,
        Refusal::TestSaysAssess,
        Refusal::TestSaysRefuse,
        Refusal::NotServed,
        Refusal::PlaceInDraft,
        Refusal::ServiceUnknown,
        Refusal::NotAsked,
        Refusal::AdviceEmpty,
        Refusal::NotKnownIsNoAnswer,
        Refusal::NoSuchEntry,
        Refusal::AlreadyCorrected,
        Refusal::OtherKind,
        Refusal::AlreadyOpen,
        Refusal::NotOffered,
        Refusal::AlreadyTheirs,
        Refusal::Full,
    ];
    let words: BTreeSet<String> = all.iter().map(Refusal::to_string).collect();
    assert_eq!(words.len(), all.len());
}

fn send_final(names_institution: bool) -> Command {
    Command::SendFinal { names_institution, sending: sending("final-plan-sent") }
}

fn finished() -> Story {
    Story::draft_sent().at("2026-12-29").does(&send_final(false))
}

fn comment(agrees: Option<bool>) -> RepresentationsMade {
    RepresentationsMade {
        words: "Thank you.".to_owned(),
        agrees,
        meeting_wanted: None,
        school: None,
    }
}

fn item(need: &str) -> AdviceItem {
    AdviceItem {
        need: need.to_owned(),
        outcome: String::new(),
        provision: String::new(),
        amount: None,
    }
}

fn advice(story: &Story, items: Vec<AdviceItem>, words: &str) -> Command {
    Command::GiveAdvice {
        request: story.last("advice-requested"),
        person: person("psychologist-1"),
        items,
        how_known: String::new(),
        words: words.to_owned(),
    }
}
