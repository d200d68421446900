//! What an area does about its Local Offer: what may be written down, what is missing without anybody
//! having to list it, and how good it was on any day.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use sendero_offer::comment::{About, Comment, Event, make};
use sendero_offer::health::{Counted, Criterion, History, Known, Month, health};
use sendero_offer::history::ServicePut;
use sendero_offer::log::{
    Consultation, Decided, Decision, Gap, GapSource, LogCommand, LogEntry, LogEvent, LogKind,
    Reduction, SearchCount, candidates, decide, gap_id,
};
use sendero_offer::{Directory, Service};

const TODAY: Date = date(2026, 11, 22);

fn gap() -> Gap {
    Gap { source: GapSource::Search, key: "swimming".to_owned(), what: "swimming".to_owned() }
}

fn decided(decision: Decision, by: &str, again_on: Option<Date>) -> Decided {
    Decided { decision, why: "No pool has a hoist".to_owned(), by: by.to_owned(), again_on }
}

fn reduction() -> Reduction {
    Reduction {
        what: "The Monday club".to_owned(),
        from: date(2026, 9, 1),
        by: "Cabinet".to_owned(),
        why: "The grant ended".to_owned(),
        consultation: "Nobody was asked".to_owned(),
        instead: " ".to_owned(),
    }
}

fn asked(groups: &[&str]) -> Consultation {
    Consultation {
        about: "Short breaks".to_owned(),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        how: "Two evenings, 31 people".to_owned(),
        said: "Weekends".to_owned(),
    }
}

#[test]
fn what_may_be_written_down() {
    let again = Some(date(2027, 2, 1));
    let by = |by| LogCommand::Decide(gap(), decided(Decision::FindOut, by, again));
    let past = LogCommand::Decide(gap(), decided(Decision::NotNow, "Board", Some(TODAY)));
    let cut = LogCommand::Reduce(reduction());
    let unsaid = LogCommand::Reduce(Reduction { consultation: String::new(), ..reduction() });
    let change = LogCommand::Change("Saturdays".to_owned());
    let back = LogCommand::TakeBack("Twice".to_owned());
    let ask = |groups: &[&str]| LogCommand::Consult(asked(groups));
    let of = |event| LogEntry::of([(TODAY, &event)]);
    let a_gap =
        of(LogEvent::GapDecided { gap: gap(), decided: decided(Decision::NotNow, "B", None) });
    let a_cut = of(LogEvent::ReductionRecorded(reduction()));
    let asking = of(LogEvent::ConsultationRecorded(asked(&["health"])));
    let tomorrow = date(2026, 11, 23);
    let check =
        |entry: &Option<LogEntry>, command: &LogCommand, on, expected: Result<&str, &str>| {
            let found = decide(entry.as_ref(), command, on, TODAY);
            let found = found.as_ref().map(LogEvent::kind).map_err(|refused| refused.field);
            assert_eq!(found, expected, "{command:?}");
        };
    check(&None, &by("Board"), TODAY, Ok("gap-decided"));
    check(&a_gap, &by("Board"), TODAY, Ok("gap-decided"));
    check(&None, &by(" "), TODAY, Err("body"));
    check(&None, &by("Board"), tomorrow, Err("on"));
    check(&None, &past, TODAY, Err("again"));
    check(&None, &cut, TODAY, Ok("reduction-recorded"));
    check(&None, &unsaid, TODAY, Err("consultation"));
    check(&None, &ask(&["health"]), TODAY, Ok("consultation-recorded"));
    check(&None, &ask(&[]), TODAY, Err("groups"));
    check(&None, &ask(&["friends"]), TODAY, Err("groups"));
    check(&asking, &change, TODAY, Ok("change-recorded"));
    check(&a_cut, &change, TODAY, Err("what"));
    check(&a_cut, &back, TODAY, Ok("taken-back"));
    check(&a_gap, &back, TODAY, Err("what"));
    check(&a_gap, &cut, TODAY, Err("what"));
    let gone = LogEvent::TakenBack { why: "Twice".to_owned() };
    let gone = LogEntry::of([(TODAY, &LogEvent::ReductionRecorded(reduction())), (TODAY, &gone)]);
    check(&gone, &back, TODAY, Err("what"));
    assert!(LogEntry::of([(TODAY, &LogEvent::TakenBack { why: String::new() })]).is_none());
}

#[test]
fn an_event_comes_back_as_it_was_kept() {
    for event in [
        LogEvent::GapDecided { gap: gap(), decided: decided(Decision::Arrange, "B", None) },
        LogEvent::ReductionRecorded(reduction()),
        LogEvent::ConsultationRecorded(asked(&["schools"])),
        LogEvent::ChangeRecorded { what: "Saturdays".to_owned() },
        LogEvent::TakenBack { why: "Twice".to_owned() },
    ] {
        let text = serde_json::to_string(&event).unwrap();
        assert!(text.starts_with(&format!("{{\"kind\":\"{}\"", event.kind())), "{text}");
        assert_eq!(serde_json::from_str::<LogEvent>(&text).unwrap(), event);
    }
}

fn entry(n: usize, checked: Date) -> Service {
    Service {
        id: format!("s{n}"),
        name: "Club".to_owned(),
        checked: Some(checked),
        facets: vec!["schedule-2/health".to_owned(), "kind/leisure".to_owned()],
        ..Service::default()
    }
}

fn said(about: About, words: &str) -> Comment {
    let made = make(about, "", words).unwrap();
    let answer = Event::CommentPublished {
        words: words.to_owned(),
        response: "Yes".to_owned(),
        action: None,
    };
    Comment::of([(date(2026, 5, 1), &made), (date(2026, 6, 1), &answer)]).unwrap()
}

#[test]
fn what_is_missing_shows_by_itself() {
    let one = entry(1, TODAY);
    let directory = Directory { services: [(one.id.clone(), one)].into(), ..Directory::default() };
    let count = |words: &str, nothing| SearchCount {
        words: words.to_owned(),
        nothing,
        ..SearchCount::default()
    };
    let counts = [count("choir", 5), count("swimming", 9)];
    let comments = [("c1", said(About::Missing, "No sitters")), ("c2", said(About::Pages, "Dark"))];
    let found = candidates("999", &directory, &counts, comments.iter().map(|(id, one)| (*id, one)));
    let (headings, rest) = found.split_at(9);
    assert!(headings.iter().all(|one| one.gap.source == GapSource::Heading));
    assert!(headings.iter().all(|one| one.gap.key != "schedule-2/health"));
    let rest: Vec<(&str, u64)> =
        rest.iter().map(|one| (one.gap.what.as_str(), one.searches)).collect();
    assert_eq!(rest, [("swimming", 9), ("choir", 5), ("No sitters", 0)]);
    assert_eq!(found[9].id, gap_id("999", &gap()), "a gap is the same whenever it shows again");
    assert_ne!(found[9].id, gap_id("998", &gap()));
}

fn figures(found: Option<Vec<Criterion>>) -> BTreeMap<&'static str, (usize, Option<usize>)> {
    let all = found.unwrap();
    assert_eq!(all.len(), 10);
    all.iter().flat_map(|one| &one.figures).map(|one| (one.word, (one.count, one.of))).collect()
}

#[test]
fn a_day_of_the_past_is_counted_as_it_was() {
    let day = |month| date(2026, month, 1);
    let put = |service| ServicePut { service, ..ServicePut::default() };
    let events = vec![
        ("s1".to_owned(), day(2), put(entry(1, day(1)))),
        ("s2".to_owned(), day(2), put(entry(2, day(2)))),
        ("s1".to_owned(), day(10), put(entry(1, day(10)))),
    ];
    let history = History::of(events, &Directory::default(), &|_| 9.0);
    let comments = [said(About::Pages, "Dark")];
    let asking = LogEvent::ConsultationRecorded(asked(&["health", "schools"]));
    let changed = LogEvent::ChangeRecorded { what: "Saturdays".to_owned() };
    let log = [
        LogEntry::of([(day(4), &asking), (day(9), &changed)]).unwrap(),
        LogEntry::of([(day(8), &LogEvent::ReductionRecorded(reduction()))]).unwrap(),
    ];
    assert_eq!(log[1].kind(), LogKind::Reduction);
    let months = [Month { month: "2026-11".to_owned(), searches: 40, nothing: 1, pressed: 2 }];
    let of = |month: &str, word, count| Counted { month: month.to_owned(), word, count };
    let counted = [
        of("2026-07", "broken-links", (3, 5)),
        of("2026-11", "broken-links", (1, 2)),
        of("2026-11", "own-readable", (30, 36)),
    ];
    let known = Known {
        history: &history,
        comments: &comments,
        log: &log,
        months: &months,
        counted: &counted,
    };
    let check = |on: Date, expected: &[(&str, (usize, Option<usize>))]| {
        let found = figures(health(&known, on));
        for (word, figure) in expected {
            assert_eq!(found.get(word), Some(figure), "{word} on {on}");
        }
    };
    assert_eq!(health(&known, date(2026, 1, 31)), None, "nothing is known of that day");
    check(
        day(3),
        &[
            ("headings", (1, Some(10))),
            ("lately", (2, Some(2))),
            ("answered", (0, Some(0))),
            ("asked", (0, None)),
            ("two-steps", (0, Some(1))),
        ],
    );
    check(
        day(8),
        &[
            ("lately", (0, Some(2))),
            ("answered", (1, Some(1))),
            ("groups", (2, Some(15))),
            ("changed", (0, Some(1))),
            ("cut", (1, None)),
            ("days-since", (61, None)),
        ],
    );
    check(
        TODAY,
        &[
            ("lately", (1, Some(2))),
            ("readable", (2, Some(2))),
            ("changed", (1, Some(1))),
            ("nothing", (1, Some(40))),
            ("pressed", (2, None)),
            ("broken-links", (1, Some(2))),
            ("own-readable", (30, Some(36))),
            ("easy-read", (0, Some(2))),
        ],
    );
    // A count of July says how things were in August, and nothing of October or of June.
    check(day(8), &[("broken-links", (3, Some(5)))]);
    for month in [6, 10] {
        let found = figures(health(&known, day(month)));
        assert_eq!(found.get("broken-links"), None, "{month}");
        assert_eq!(found.get("own-readable"), None, "{month}");
    }
}
