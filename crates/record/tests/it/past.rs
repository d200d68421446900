//! What has happened can always be recorded, however unlawful: a record that refuses the truth would
//! make people keep it elsewhere.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use sendero_record::{
    AssessmentDecision, Channel, Command, DraftPlanSent, Event, FinalPlanSent, Notice,
    PlanDecision, PlanText,
};

use crate::samples::samples;
use crate::story::{Story, day};

/// A notice without reasons or parts.
fn bare(how: Option<Channel>) -> Notice {
    Notice {
        reasons: String::new(),
        parts: BTreeMap::new(),
        how,
        to: Vec::new(),
        went_on: Vec::new(),
    }
}

#[test]
fn unlawful_facts_are_recorded() {
    let early = Story::requested().at("2027-03-01");
    let check = |event: Event, on: &str| {
        let on = day(on);
        for known_on in [on, day("2027-03-01")] {
            let command = Command::Record { event: event.clone(), on, known_on };
            let fresh = early.decide(&command).unwrap();
            assert_eq!(fresh.len(), 1, "{}", event.kind());
            assert_eq!((fresh[0].on, fresh[0].known_on), (on, known_on), "{}", event.kind());
        }
    };
    let plan = PlanText::default();
    let unanswered =
        AssessmentDecision { has_or_may_have_sen: None, may_need_plan: None, notice: bare(None) };
    check(Event::AssessmentRefused(unanswered), "2026-09-15");
    check(Event::PlanRefused(PlanDecision { notice: bare(Some(Channel::Email)) }), "2026-09-15");
    let draft = DraftPlanSent { plan: plan.clone(), how: None, parts: BTreeMap::new() };
    check(Event::DraftPlanSent(draft), "2026-09-16");
    let last = FinalPlanSent { plan, names_institution: None, notice: bare(None) };
    check(Event::FinalPlanSent(last), "2026-09-16");
}

/// Any kind may be recorded on a day gone by, save those that only a command of their own makes.
#[test]
fn every_kind_can_be_recorded_late() {
    let story = Story::requested().at("2027-03-01");
    for event in samples() {
        if matches!(event, Event::ChildRegistered(_)) || event.is_about_an_entry() {
            continue;
        }
        let command = Command::Record { event, on: day("2026-12-01"), known_on: day("2026-12-03") };
        let fresh = story.decide(&command);
        assert!(fresh.is_ok(), "{command:?}: {fresh:?}");
    }
}

/// A move is told of before it happens; nothing else is.
#[test]
fn only_a_move_lies_ahead() {
    let story = Story::requested();
    let today = day("2026-09-14");
    for event in samples() {
        if matches!(event, Event::ChildRegistered(_)) || event.is_about_an_entry() {
            continue;
        }
        let moves = matches!(event, Event::MovedArea(_));
        let command =
            Command::Record { event, on: today.saturating_add(1.week()), known_on: today };
        assert_eq!(story.decide(&command).is_ok(), moves, "{command:?}");
    }
}
