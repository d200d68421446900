//! Lists equal a plain sort in Rust, page by page, whatever the rows; and each question about
//! children finds those it names.

use std::cmp::Ordering;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sendero_store::{
    ChildRow, Commit, Cursor, DueLine, ListFilter, ListQuery, NEVER, ObligationRow, Order,
    RefusalRow, Scope, Store, Tie, WordingRow,
};

use crate::place::{
    AREA, Place, TODAY, advice, both, child_row, commit, event, obligation, rows, tie, write,
};

both!(
    lists_equal_a_plain_sort,
    a_forecast_holds_what_will_turn,
    children_are_found,
    children_of_a_person_are_current_ties,
    stale_children_are_named,
    an_adviser_sees_what_is_open,
    gaps_and_loads_are_counted,
    new_children_and_offers_are_found,
    what_was_late_is_counted_by_month_duty_and_cause,
    marks_of_other_children_are_counted,
);

/// One child with its obligations and ties, as made up by proptest.
#[derive(Clone, Debug)]
struct Sample {
    row: ChildRow,
    obligations: Vec<ObligationRow>,
    ties: Vec<Tie>,
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (1..=28u8).prop_map(|day| format!("2026-11-{day:02}")),
        1 => Just(NEVER.to_owned()),
    ]
}

fn sample() -> impl Strategy<Value = Sample> {
    let line = (day(), day(), day(), any::<bool>(), 0..3i64, 0..3u8).prop_map(
        |(act_by, turns_on, closed_on, live, class, duty)| ObligationRow {
            turns_on,
            closed_on,
            closed_as: "void".to_owned(),
            live,
            ..obligation(&format!("duty-{duty}"), &act_by, class)
        },
    );
    let tie = (0..3u8, day(), day())
        .prop_map(|(person, from, until)| tie(&format!("person-{person}"), &from, &until));
    // Names that a language sorts otherwise than bytes do.
    let name =
        prop::sample::select(vec!["a", "B", "b", "Ä", "ä", "z", "o'neil", "o neil", "-", "é"]);
    let ties = prop::collection::vec(tie, 0..3);
    (name, 0..3u8, prop::collection::vec(line, 0..6), ties).prop_map(
        |(name_key, officer, mut obligations, ties)| {
            let officer = format!("officer-{officer}");
            for line in &mut obligations {
                line.officer.clone_from(&officer);
            }
            let row = ChildRow { name_key: name_key.to_owned(), officer, ..child_row("") };
            Sample { row, obligations, ties }
        },
    )
}

async fn lists_equal_a_plain_sort(place: &Place) {
    let store = place.open().await;
    let handle = tokio::runtime::Handle::current();
    let area = AtomicU32::new(0);
    // Few cases of many rows: each writes a whole area of its own.
    let mut runner =
        TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let run = tokio::task::block_in_place(|| {
        runner.run(&prop::collection::vec(sample(), 0..12), |samples| {
            let authority = format!("area-{}", area.fetch_add(1, Relaxed));
            handle.block_on(check_samples(&store, &authority, samples));
            Ok(())
        })
    });
    if let Err(failed) = run {
        panic!("{failed}");
    }
}

async fn check_samples(store: &Store, authority: &str, mut samples: Vec<Sample>) {
    for (n, sample) in samples.iter_mut().enumerate() {
        sample.row.child = format!("c{n}");
        sample.row.reference = String::new();
        let mut rows = rows(&sample.row.child, sample.obligations.clone());
        rows.child_row = sample.row.clone();
        rows.ties = sample.ties.clone();
        let streams = vec![write(&sample.row.child, 0, vec![event(&sample.row.child)])];
        let authority = authority.to_owned();
        store.commit(Commit { authority, streams, rows: vec![rows], ..commit() }).await.unwrap();
    }
    let scopes =
        [Scope::Office, Scope::Officer("officer-1".to_owned()), Scope::Own("person-1".to_owned())];
    let overdue = ListFilter { standing: Some("overdue".to_owned()), ..ListFilter::default() };
    let duty = ListFilter { duty: Some("duty-1".to_owned()), ..ListFilter::default() };
    for scope in scopes {
        for order in [Order::Risk, Order::ByDate, Order::ByName] {
            for filter in [ListFilter::default(), overdue.clone(), duty.clone()] {
                let expected = plain(&samples, &scope, order, &filter);
                for limit in [1, 4, 100] {
                    let query = ListQuery {
                        authority: authority.to_owned(),
                        scope: scope.clone(),
                        today: TODAY.to_owned(),
                        filter: filter.clone(),
                        order,
                        after: None,
                        limit,
                    };
                    assert_eq!(pages(store, query.clone()).await, expected, "{scope:?} {order:?}");
                    if order == Order::ByDate && limit == 100 {
                        let marks = store.marks(&query).await.unwrap();
                        let marks: Vec<_> = marks.iter().collect();
                        let lines = store.lines_of(authority, TODAY, &marks).await.unwrap();
                        assert_eq!(lines, expected, "{scope:?} by their marks");
                        let seen =
                            |line: &DueLine| (line.child.name_key.clone(), line.standing.clone());
                        let marked: Vec<_> = marks
                            .iter()
                            .map(|mark| (mark.name_key.clone(), mark.standing.clone()))
                            .collect();
                        assert_eq!(marked, expected.iter().map(seen).collect::<Vec<_>>());
                    }
                }
            }
        }
    }
}

/// Every page, one after the other, with each place sent through its text.
async fn pages(store: &Store, mut query: ListQuery) -> Vec<DueLine> {
    let mut lines = Vec::new();
    loop {
        let page = store.list(query.clone()).await.unwrap();
        assert!(page.lines.len() <= query.limit as usize);
        lines.extend(page.lines);
        let Some(next) = page.next else { return lines };
        query.after = Some(next.to_string().parse::<Cursor>().unwrap());
    }
}

/// The same list, by filtering and sorting what was made.
fn plain(samples: &[Sample], scope: &Scope, order: Order, filter: &ListFilter) -> Vec<DueLine> {
    let tied = |sample: &Sample, person: &str| {
        sample.ties.iter().any(|tie| {
            tie.person == person && tie.from_day.as_str() <= TODAY && TODAY < tie.until_day.as_str()
        })
    };
    let mut lines: Vec<DueLine> = samples
        .iter()
        .filter(|sample| match scope {
            Scope::Office => true,
            Scope::Officer(person) => sample.row.officer == *person,
            Scope::Own(person) => tied(sample, person),
        })
        .flat_map(|sample| {
            (0..).zip(&sample.obligations).map(|(n, obligation)| DueLine {
                n,
                standing: standing(obligation).to_owned(),
                obligation: obligation.clone(),
                child: sample.row.clone(),
            })
        })
        .filter(|line| line.obligation.live && line.obligation.closed_on.as_str() > TODAY)
        .filter(|line| filter.standing.as_ref().is_none_or(|wanted| line.standing == *wanted))
        .filter(|line| filter.duty.as_ref().is_none_or(|wanted| line.obligation.duty == *wanted))
        .collect();
    lines.sort_by(|a, b| compare(a, b, order));
    lines
}

fn standing(row: &ObligationRow) -> &str {
    if row.closed_on.as_str() <= TODAY {
        &row.closed_as
    } else if row.turns_on.as_str() <= TODAY {
        &row.turns_into
    } else {
        &row.opens_as
    }
}

fn compare(a: &DueLine, b: &DueLine, order: Order) -> Ordering {
    let act = |line: &DueLine| line.obligation.act_by.clone();
    let child = |line: &DueLine| line.child.child.clone();
    match order {
        Order::Risk => (a.obligation.class, act(a), child(a), a.n).cmp(&(
            b.obligation.class,
            act(b),
            child(b),
            b.n,
        )),
        Order::ByDate => (act(a), child(a), a.n).cmp(&(act(b), child(b), b.n)),
        Order::ByName => (&a.child.name_key, child(a), act(a), a.n).cmp(&(
            &b.child.name_key,
            child(b),
            act(b),
            b.n,
        )),
    }
}

/// Writes a child whose rows are changed first.
async fn put(store: &Store, child: &str, change: impl FnOnce(&mut sendero_store::ChildRows)) {
    let mut rows = rows(child, vec![]);
    change(&mut rows);
    let streams = vec![write(child, 0, vec![event(child)])];
    store.commit(Commit { streams, rows: vec![rows], ..commit() }).await.unwrap();
}

fn ids(rows: &[ChildRow]) -> Vec<&str> {
    rows.iter().map(|row| row.child.as_str()).collect()
}

async fn a_forecast_holds_what_will_turn(place: &Place) {
    let store = place.open().await;
    put(&store, "c1", |rows| {
        let closed = ObligationRow {
            closed_on: "2026-12-01".to_owned(),
            ..obligation("closed-before", "2026-12-05", 0)
        };
        let dead = ObligationRow { live: false, ..obligation("dead", "2026-12-05", 0) };
        rows.obligations = vec![
            obligation("at-end", "2026-12-31", 0),
            obligation("second", "2026-12-30", 0),
            obligation("first", "2026-11-21", 0),
            obligation("before", "2026-11-20", 0),
            closed,
            dead,
        ];
    })
    .await;
    let lines = store.forecast(AREA, TODAY, "2026-12-31").await.unwrap();
    let duties: Vec<_> = lines.iter().map(|line| line.obligation.duty.as_str()).collect();
    assert_eq!(duties, ["first", "second"]);
}

async fn children_are_found(place: &Place) {
    let store = place.open().await;
    for (child, reference, name_key) in [
        ("c1", "AB12", "smith anna"),
        ("c2", "smith", "jones"),
        ("c3", "", "smithé"),
        ("c4", "", "smi%h"),
        ("c5", "", "smitz"),
    ] {
        put(&store, child, |rows| {
            reference.clone_into(&mut rows.child_row.reference);
            name_key.clone_into(&mut rows.child_row.name_key);
        })
        .await;
    }
    for (words, limit, expected) in [
        ("AB12", 9, vec!["c1"]),
        ("ab12", 9, vec![]),
        ("smith", 9, vec!["c2", "c1", "c3"]),
        ("smith", 2, vec!["c2", "c1"]),
        ("smi%", 9, vec!["c4"]),
        ("x", 9, vec![]),
        ("", 2, vec!["c2", "c4"]),
    ] {
        assert_eq!(ids(&store.find(AREA, words, limit).await.unwrap()), expected, "{words}");
    }
    assert_eq!(ids(&store.children(AREA, "c2", 2).await.unwrap()), ["c3", "c4"]);
}

async fn children_of_a_person_are_current_ties(place: &Place) {
    let store = place.open().await;
    for (child, from, until) in [
        ("c1", "2026-11-21", NEVER),
        ("c2", "2026-11-22", NEVER),
        ("c3", "2026-01-01", "2026-11-21"),
        ("c4", "2026-01-01", "2026-11-22"),
    ] {
        put(&store, child, |rows| rows.ties = vec![tie("parent-1", from, until)]).await;
    }
    let now = store.children_of(AREA, "parent-1", TODAY).await.unwrap();
    assert_eq!(ids(&now), ["c1", "c4"]);
    let before = store.ties(AREA, "parent-1", "c3").await.unwrap();
    assert_eq!(before, [Tie { child: "c3".to_owned(), ..tie("parent-1", "2026-01-01", TODAY) }]);
    assert_eq!(store.ties(AREA, "parent-2", "c3").await.unwrap(), []);
}

async fn stale_children_are_named(place: &Place) {
    let store = place.open().await;
    for (child, rulebook, holds_until) in [
        ("c1", "law-2", NEVER),
        ("c2", "law-2", "2026-11-21"),
        ("c3", "law-2", "2026-11-22"),
        ("c4", "law-1", NEVER),
        ("c5", "law-3", "2026-01-01"),
    ] {
        put(&store, child, |rows| {
            rulebook.clone_into(&mut rows.head.rulebook);
            holds_until.clone_into(&mut rows.head.holds_until);
        })
        .await;
    }
    let stale = |limit| store.stale_children(AREA, TODAY, "law-2", limit);
    assert_eq!(stale(9).await.unwrap(), ["c2", "c4", "c5"]);
    assert_eq!(stale(1).await.unwrap(), ["c2"]);
}

async fn an_adviser_sees_what_is_open(place: &Place) {
    let store = place.open().await;
    put(&store, "c1", |rows| {
        let mut received = advice("adviser-1", "2026-11-01");
        received.received_on = "2026-10-30".to_owned();
        rows.advice =
            vec![advice("adviser-1", "2026-11-12"), received, advice("adviser-2", "2026-11-01")];
    })
    .await;
    put(&store, "c2", |rows| rows.advice = vec![advice("adviser-1", "2026-11-02")]).await;
    let lines = store.advice_of(AREA, "adviser-1", 9).await.unwrap();
    let seen: Vec<_> =
        lines.iter().map(|line| (line.child.child.as_str(), line.advice.due.as_str())).collect();
    assert_eq!(seen, [("c2", "2026-11-02"), ("c1", "2026-11-12")]);
    let given = store.advice_given_by(AREA, "adviser-1", 9).await.unwrap();
    let given: Vec<_> = given.iter().map(|line| line.advice.received_on.as_str()).collect();
    assert_eq!(given, ["2026-10-30"]);
    let (page, total) = store.children_by_name(AREA, 1, 9).await.unwrap();
    assert_eq!((page.len(), total), (1, 2));
}

async fn new_children_and_offers_are_found(place: &Place) {
    let store = place.open().await;
    for (child, asked, officer) in
        [("c1", "2026-11-20", ""), ("c2", "2026-11-18", ""), ("c3", "2026-11-01", "officer-1")]
    {
        put(&store, child, |rows| {
            rows.child_row.requested_on = asked.to_owned();
            rows.child_row.officer = officer.to_owned();
            rows.child_row.offered_to = "officer-2".to_owned();
            if child == "c2" {
                let rounds = ["2026-12-01", "2026-12-30"];
                rows.obligations = rounds.map(|due| obligation("rq-6w", due, 2)).to_vec();
            }
        })
        .await;
    }
    let new = store.new_children(AREA, ["rq-6w", "trf-6w"], 9).await.unwrap();
    let seen: Vec<_> = new.iter().map(|new| (new.child.child.as_str(), new.due.as_str())).collect();
    assert_eq!(seen, [("c2", "2026-12-30"), ("c1", NEVER)]);
    assert_eq!(store.new_children(AREA, ["rq-6w", "trf-6w"], 1).await.unwrap().len(), 1);
    assert_eq!(ids(&store.offered_to(AREA, "officer-2").await.unwrap()), ["c1", "c2", "c3"]);
    assert_eq!(ids(&store.offered_to(AREA, "officer-1").await.unwrap()), [""; 0]);
}

async fn gaps_and_loads_are_counted(place: &Place) {
    let store = place.open().await;
    put(&store, "c1", |rows| rows.child_row.officer = String::new()).await;
    put(&store, "c2", |rows| rows.child_row.setting_kind = "none".to_owned()).await;
    put(&store, "c3", |rows| {
        rows.child_row.not_in_education_since = "2026-10-01".to_owned();
        rows.child_row.officer = "officer-2".to_owned();
    })
    .await;
    put(&store, "c4", |rows| rows.child_row.not_in_education_since = "2026-09-01".to_owned()).await;
    put(&store, "closed", |rows| {
        rows.child_row = ChildRow { child: "closed".to_owned(), ..ChildRow::default() };
    })
    .await;
    assert_eq!(ids(&store.without_officer(AREA).await.unwrap()), ["c1"]);
    assert_eq!(ids(&store.without_setting(AREA).await.unwrap()), ["c2"]);
    assert_eq!(ids(&store.without_education(AREA, None).await.unwrap()), ["c4", "c3"]);
    assert_eq!(ids(&store.without_education(AREA, Some("officer-2")).await.unwrap()), ["c3"]);
    assert_eq!(store.load_of(AREA, "officer-1").await.unwrap(), 2);
    assert_eq!(
        store.load_of_officers(AREA).await.unwrap(),
        [("officer-1".to_owned(), 2), ("officer-2".to_owned(), 1)]
    );
}

async fn what_was_late_is_counted_by_month_duty_and_cause(place: &Place) {
    let store = place.open().await;
    let late = |duty: &str, late_on: &str, closed_on: &str, held_by: &str| ObligationRow {
        late_on: late_on.to_owned(),
        closed_on: closed_on.to_owned(),
        held_by: held_by.to_owned(),
        ..obligation(duty, "2026-11-01", 1)
    };
    let lines = [
        vec![
            late("rq-6w", "2026-09-03", "2026-09-20", "decision"),
            late("plan-20w", "2026-11-02", NEVER, "advice:psychologist"),
            late("as-seek", NEVER, "2026-10-01", ""),
        ],
        vec![late("plan-20w", "2026-11-09", NEVER, "advice:psychologist")],
        // Not late yet on the day of the question, and late before the span.
        vec![
            late("plan-20w", "2027-01-01", NEVER, "draft"),
            late("rq-6w", "2025-01-01", NEVER, "decision"),
        ],
    ];
    for (n, lines) in lines.into_iter().enumerate() {
        let child = format!("late-{n}");
        let refusals = vec![RefusalRow {
            kind: "assessment-refused".to_owned(),
            decided_on: format!("2026-11-0{}", n + 1),
            went_on: if n == 0 { String::new() } else { "diagnosis money".to_owned() },
        }];
        put(&store, &child, |rows| (rows.obligations, rows.refusals) = (lines, refusals)).await;
    }
    let found = store.breaches(AREA, "2026-01-01", "2026-11-20", &[]).await.unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|one| (one.month.as_str(), one.duty.as_str(), one.many, one.open))
        .collect();
    assert_eq!(found, [("2026-09", "rq-6w", 1, 0), ("2026-11", "plan-20w", 2, 2)]);
    let found = store.refusals(AREA, "2026-01-01", "2026-11-20", &[]).await.unwrap();
    let found: Vec<_> = found.iter().map(|one| (one.went_on.as_str(), one.many)).collect();
    assert_eq!(found, [("", 1), ("diagnosis money", 2)]);
    let except = ["late-1".to_owned(), "late-2".to_owned()];
    let found = store.breaches(AREA, "2026-01-01", "2026-11-20", &except).await.unwrap();
    assert_eq!(found.iter().map(|one| one.many).collect::<Vec<_>>(), [1, 1]);
    let found = store.refusals(AREA, "2026-01-01", "2026-11-20", &except).await.unwrap();
    assert_eq!(found.iter().map(|one| one.many).collect::<Vec<_>>(), [1]);
}

async fn marks_of_other_children_are_counted(place: &Place) {
    let store = place.open().await;
    let marks = |marks: &[&str]| {
        marks.iter().map(|mark| WordingRow { mark: (*mark).to_owned() }).collect::<Vec<_>>()
    };
    for (child, with) in [("w1", &["a", "b"][..]), ("w2", &["a"]), ("w3", &["a", "c"])] {
        put(&store, child, |rows| rows.wordings = marks(with)).await;
    }
    let asked: Vec<String> = ["a", "b", "d"].iter().map(|mark| (*mark).to_owned()).collect();
    let found = store.marks_elsewhere(AREA, "w1", &asked).await.unwrap();
    assert_eq!(found, [("a".to_owned(), 2)]);
    assert!(store.marks_elsewhere(AREA, "w1", &[]).await.unwrap().is_empty());
}
