//! When and by whom acts are done, and what the demo families show.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday, date};
use sendero_record::{Command, Event, Section};
use sendero_world::{
    Act, DEMO_DRAFT, DEMO_LATE, Deed, Setup, WorldChild, WorldRole, children, make,
};

use crate::{TODAY, area};

#[test]
fn nothing_happens_after_today_and_all_in_order() {
    for child in children(&area(700)) {
        let mut before: Option<(Date, u16)> = None;
        for act in &child.acts {
            let now = (act.day, act.minute);
            assert!(act.day <= TODAY, "{} acts on {}", child.key, act.day);
            assert!(act.minute < 1440, "{} acts at {}", child.key, act.minute);
            assert!(before.is_none_or(|before| before < now), "{} on {}", child.key, act.day);
            assert!(act.known_on.is_none_or(|known| known < act.day), "{}", child.key);
            before = Some(now);
        }
    }
}

#[test]
fn who_works_in_an_office_rests_at_weekends() {
    let world = make(&area(700));
    let families: BTreeSet<&str> = world
        .people
        .iter()
        .filter(|person| matches!(person.role, WorldRole::Parent | WorldRole::YoungPerson))
        .map(|person| person.key.as_str())
        .collect();
    let all: BTreeSet<&str> = world.people.iter().map(|person| person.key.as_str()).collect();
    let mut at_weekends = 0;
    for act in world.children.iter().flat_map(|child| &child.acts) {
        assert!(all.contains(act.who.as_str()), "nobody is {}", act.who);
        let weekend = matches!(act.day.weekday(), Weekday::Saturday | Weekday::Sunday);
        at_weekends += usize::from(weekend);
        assert!(!weekend || families.contains(act.who.as_str()), "{} on {}", act.who, act.day);
    }
    assert!(at_weekends > 100, "families act on any day");
}

fn of(child: &WorldChild, wanted: fn(&Act) -> bool) -> Vec<Date> {
    child.acts.iter().filter(|act| wanted(act)).map(|act| act.day).collect()
}

#[test]
fn the_demo_families_stand_where_they_should_on_any_day() {
    for seed in [1, 7, 99] {
        for offset in 0..14 {
            let today = TODAY.saturating_add(jiff::Span::new().days(offset * 27));
            let world = make(&Setup { seed, children: 3, today, years: 2, talk: 0 });
            late_psychology(&world.children[DEMO_LATE], today);
            draft_out(&world.children[DEMO_DRAFT], today);
            seventeen(&world.children[2], today);
        }
    }
}

fn late_psychology(child: &WorldChild, today: Date) {
    let asked = of(child, |act| matches!(act.what, Deed::Command(Command::AskForAdvice(_))));
    let [asked] = asked.as_slice() else { panic!("advice is asked for once") };
    let late = today.duration_since(*asked).as_hours() / 24 - 42;
    assert!((1..=20).contains(&late), "psychology is {late} days late on {today}");
    let asks = child.acts.iter().find_map(|act| match &act.what {
        Deed::Command(Command::AskForAdvice(asks)) => Some(asks.len()),
        _ => None,
    });
    let given: Vec<&str> = child
        .acts
        .iter()
        .filter_map(|act| match &act.what {
            Deed::GiveAdvice { by, .. } => Some(by.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(Some(given.len() + 1), asks, "all but one are in on {today}");
    assert!(given.iter().all(|by| !by.starts_with("psychologist")), "{given:?}");
}

fn draft_out(child: &WorldChild, today: Date) {
    let sent = of(child, |act| matches!(act.what, Deed::Command(Command::SendDraft { .. })));
    let [sent] = sent.as_slice() else { panic!("one draft on {today}") };
    let days = today.duration_since(*sent).as_hours() / 24;
    assert!((1..=14).contains(&days), "the draft went {days} days ago on {today}");
    assert!(
        of(child, |act| matches!(act.what, Deed::Command(Command::SendFinal { .. }))).is_empty()
    );
}

fn seventeen(child: &WorldChild, today: Date) {
    let born = child.acts.iter().find_map(|act| match &act.what {
        Deed::Command(Command::Request(request)) => request.born,
        _ => None,
    });
    let age = born.expect("a birthday").until((jiff::Unit::Year, today)).unwrap().get_years();
    assert_eq!(age, 17, "on {today}");
}

#[test]
fn children_do_not_all_say_the_same() {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    let mut reasons = BTreeSet::new();
    for child in children(&area(400)) {
        for act in &child.acts {
            match &act.what {
                Deed::Command(Command::Request(request)) => {
                    if let Some((said, ..)) = &request.own_words {
                        *words.entry(said.clone()).or_default() += 1;
                    }
                }
                Deed::Command(
                    Command::AgreeToAssess { sending, .. }
                    | Command::RefuseToAssess { sending, .. },
                ) => {
                    reasons.insert(sending.reasons.clone());
                }
                _ => {}
            }
        }
    }
    assert!(words.len() >= 60, "{} own words", words.len());
    assert!(reasons.len() >= 60, "{} reasons", reasons.len());
}

#[test]
fn no_slot_is_left_open() {
    for child in children(&area(600)) {
        for act in &child.acts {
            let text = texts(&act.what);
            assert!(!text.contains(['{', '}']), "{} says {text}", child.key);
            assert!(!text.contains("  "), "{} says {text}", child.key);
        }
    }
}

/// All words of a deed, one after another.
fn texts(deed: &Deed) -> String {
    match deed {
        Deed::Command(Command::Record { event, .. }) => {
            let content = String::from_utf8(event.content()).expect("JSON is text");
            content.replace(['{', '}'], "")
        }
        Deed::Command(Command::Request(request)) => {
            let told: Vec<&str> = request.told.values().map(String::as_str).collect();
            format!("{} {}", request.own_words.clone().unwrap_or_default().0, told.join(" "))
        }
        Deed::Command(Command::SavePlan(plan)) => {
            Section::ALL.iter().map(|section| plan.section(*section)).collect()
        }
        Deed::GiveAdvice { items, how_known, words, .. } => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!("{} {} {}", item.need, item.outcome, item.provision))
                .collect();
            format!("{} {how_known} {words}", items.join(" ")).replace("  ", " ")
        }
        _ => String::new(),
    }
}

#[test]
fn summers_are_noted_with_the_day_of_opening() {
    let mut summers = 0;
    for child in children(&area(600)) {
        for act in &child.acts {
            if let Some(Event::ClosureNoted(closed)) = act.what.event() {
                summers += 1;
                assert_eq!(closed.from, date(closed.from.year(), 7, 23));
                assert!(closed.from < closed.to && closed.to.month() == 9);
            }
        }
    }
    assert!(summers > 50, "{summers} summers");
}
