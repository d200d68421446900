//! One act, one commit: what comes back, what is refused, and that order has no gap.

use sendero_store::{
    CommandId, Commit, CommitError, OpenOptions, Store, StoreError, StreamKind, StreamWrite, Trace,
};

use crate::place::{AREA, AT, Place, both, commit, event, obligation, one_event, rows, write};

both!(
    what_was_written_comes_back,
    rows_are_replaced_whole,
    a_stale_commit_writes_nothing,
    a_second_tap_gets_the_first_answer,
    an_event_is_superseded_once,
    a_reference_belongs_to_one_child,
    what_breaks_a_rule_is_refused,
    fifty_at_once_keep_one_order,
    a_refused_commit_spares_its_group,
    a_trace_is_kept_once_an_hour,
    two_programs_may_open_at_once,
    streams_of_persons_and_areas_are_kept,
);

async fn what_was_written_comes_back(place: &Place) {
    let store = place.open().await;
    let mut second = event("e2");
    second.supersedes = Some("e1".to_owned());
    let done = store
        .commit(Commit {
            streams: vec![write("c1", 0, vec![event("e1"), second.clone()])],
            rows: vec![rows("c1", vec![obligation("rq-6w", "2026-10-26", 2)])],
            ..commit()
        })
        .await
        .unwrap();
    assert_eq!((done.area_seq, done.versions), (2, vec![("c1".to_owned(), 2)]));
    store.close().await;

    let store = place.open().await;
    let child = store.child(AREA, "c1").await.unwrap().unwrap();
    let kept: Vec<_> = child.events.iter().map(|stored| stored.event.clone()).collect();
    assert_eq!(kept, [event("e1"), second]);
    assert_eq!((child.version, child.head), (2, rows("c1", vec![]).head));
    assert!(child.events.iter().all(|stored| stored.recorded_at == AT));
    assert_eq!(store.child(AREA, "c2").await.unwrap(), None);
    assert_eq!(store.child("E09000002", "c1").await.unwrap(), None);
    let report = store.verify().await.unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
    assert_eq!(report.areas[0].head, done.area_hash);
}

async fn rows_are_replaced_whole(place: &Place) {
    let store = place.open().await;
    let first = Commit {
        streams: vec![write("c1", 0, vec![event("e1")])],
        rows: vec![rows("c1", (0..100).map(|_| obligation("rq-6w", "2026-10-26", 2)).collect())],
        ..commit()
    };
    store.commit(first).await.unwrap();
    // Without an event: the rows alone, made anew from the same version.
    let mut again = rows("c1", vec![obligation("plan-20w", "2027-02-01", 1)]);
    again.ties.clear();
    again.head.rulebook = "law-2".to_owned();
    let refresh =
        Commit { streams: vec![write("c1", 1, vec![])], rows: vec![again.clone()], ..commit() };
    store.commit(refresh).await.unwrap();
    let report = store.verify_rows(&|_, _| Some(again.clone())).await.unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
    assert_eq!(report.children_compared, 1);
    assert_eq!(store.ties(AREA, "parent-1", "c1").await.unwrap(), []);
}

async fn a_stale_commit_writes_nothing(place: &Place) {
    let store = place.open().await;
    store.commit(one_event("c1", 0, "e1")).await.unwrap();
    let stale = Commit {
        streams: vec![write("c2", 0, vec![event("e2")]), write("c1", 0, vec![event("e3")])],
        traces: vec![Trace { person: "p".to_owned(), ..Trace::default() }],
        ..commit()
    };
    let refused = store.commit(stale).await;
    assert_eq!(refused, Err(CommitError::Stale { stream: "c1".to_owned(), found: 1 }));
    assert_eq!(store.child(AREA, "c2").await.unwrap(), None);
    assert_eq!(store.traces(AREA, "", 9).await.unwrap(), []);
    let next = store.commit(one_event("c1", 1, "e4")).await.unwrap();
    assert_eq!(next.area_seq, 2, "a refused commit takes no place");
}

async fn a_second_tap_gets_the_first_answer(place: &Place) {
    let store = place.open().await;
    let tap = |answer: &str| Commit {
        command: Some(CommandId { id: "form-1".to_owned(), answer: answer.to_owned() }),
        ..one_event("c1", 0, answer)
    };
    store.commit(tap("first")).await.unwrap();
    let seen = store.commit(tap("second")).await;
    assert_eq!(seen, Err(CommitError::CommandSeen { answer: "first".to_owned() }));
    assert_eq!(store.command("form-1").await.unwrap().as_deref(), Some("first"));
    assert_eq!(store.command("form-2").await.unwrap(), None);
    assert_eq!(store.child(AREA, "c1").await.unwrap().unwrap().version, 1);
}

async fn an_event_is_superseded_once(place: &Place) {
    let store = place.open().await;
    store.commit(one_event("c1", 0, "e1")).await.unwrap();
    let correct = |expected, id: &str| {
        let mut correction = event(id);
        correction.supersedes = Some("e1".to_owned());
        Commit { streams: vec![write("c1", expected, vec![correction])], ..commit() }
    };
    store.commit(correct(1, "e2")).await.unwrap();
    let second = store.commit(correct(2, "e3")).await;
    assert_eq!(second, Err(CommitError::Superseded { event: "e1".to_owned() }));
}

async fn a_reference_belongs_to_one_child(place: &Place) {
    let store = place.open().await;
    let with = |child: &str, reference: &str| {
        let mut rows = rows(child, vec![]);
        rows.child_row.reference = reference.to_owned();
        Commit { rows: vec![rows], ..one_event(child, 0, child) }
    };
    store.commit(with("c1", "AB12")).await.unwrap();
    assert_eq!(store.commit(with("c2", "AB12")).await, Err(CommitError::ReferenceTaken));
    store.commit(with("c3", "")).await.unwrap();
    store.commit(with("c4", "")).await.unwrap();
}

async fn what_breaks_a_rule_is_refused(place: &Place) {
    let store = place.open().await;
    let with = |change: fn(&mut sendero_store::NewEvent)| {
        let mut bad = event("e1");
        change(&mut bad);
        Commit { streams: vec![write("c1", 0, vec![bad])], ..commit() }
    };
    let cases: [(Commit, StoreError); 6] = [
        (with(|e| e.content = b"a\0b".to_vec()), StoreError::NotText { what: "a value" }),
        (with(|e| e.content = vec![0xff]), StoreError::NotText { what: "the content of an event" }),
        (with(|e| e.salt = "0g".to_owned()), StoreError::NotText { what: "the salt of an event" }),
        (with(|e| e.salt = "000".to_owned()), StoreError::NotText { what: "the salt of an event" }),
        (
            Commit { rows: vec![rows("c1", vec![])], ..commit() },
            StoreError::Misuse { what: "rows need their child's stream" },
        ),
        (
            Commit { streams: vec![write("c1", 0, vec![event("e1"), event("e1")])], ..commit() },
            StoreError::Duplicate,
        ),
    ];
    for (bad, expected) in cases {
        assert_eq!(store.commit(bad).await, Err(CommitError::Store(expected)));
    }
    store.commit(one_event("c1", 0, "e1")).await.unwrap();
}

async fn fifty_at_once_keep_one_order(place: &Place) {
    let store = place.open().await;
    let second = place.open().await;
    let mut tasks = Vec::new();
    for n in 0..50 {
        // Two stores stand for two servers on one database.
        let store = if n % 2 == 0 { store.clone() } else { second.clone() };
        tasks.push(tokio::spawn(async move {
            let mut places = Vec::new();
            for turn in 0..4 {
                let commit = one_event(&format!("c{n}"), turn, &format!("e{n}-{turn}"));
                places.push(store.commit(commit).await.unwrap().area_seq);
            }
            places
        }));
    }
    let mut places = Vec::new();
    for task in tasks {
        places.extend(task.await.unwrap());
    }
    places.sort_unstable();
    assert_eq!(places, (1..=200).collect::<Vec<_>>());
    let report = store.verify().await.unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
}

async fn a_refused_commit_spares_its_group(place: &Place) {
    let store = place.open().await;
    let tasks: Vec<_> = (0..60)
        .map(|n| {
            let store = store.clone();
            // Every third writes to one stream, then expects what another stream does not have.
            let second =
                write(&format!("d{n}"), i64::from(n % 3 == 0), vec![event(&format!("f{n}"))]);
            let mut commit = one_event(&format!("c{n}"), 0, &format!("e{n}"));
            commit.streams.push(second);
            tokio::spawn(async move { store.commit(commit).await.is_ok() })
        })
        .collect();
    let mut written = 0;
    for (n, task) in tasks.into_iter().enumerate() {
        let ok = task.await.unwrap();
        assert_eq!(ok, n % 3 != 0);
        assert_eq!(store.child(AREA, &format!("c{n}")).await.unwrap().is_some(), ok);
        written += if ok { 2 } else { 0 };
    }
    let report = store.verify().await.unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
    assert_eq!(report.areas[0].events, written);
}

async fn a_trace_is_kept_once_an_hour(place: &Place) {
    let store = place.open().await;
    let look = |at: &str, part: &str| Commit {
        at: at.to_owned(),
        traces: vec![Trace {
            person: "officer-1".to_owned(),
            role: "officer".to_owned(),
            child: "c1".to_owned(),
            part: part.to_owned(),
            ..Trace::default()
        }],
        ..commit()
    };
    for (at, part) in [
        ("2026-11-21T09:15:00.000Z", "advice"),
        ("2026-11-21T09:59:59.999Z", "advice"),
        ("2026-11-21T09:59:59.999Z", "plan"),
        ("2026-11-21T10:00:00.000Z", "advice"),
    ] {
        store.commit(look(at, part)).await.unwrap();
    }
    let looked = store.traces(AREA, "c1", 9).await.unwrap();
    let traces = looked.iter().map(|looked| &looked.trace);
    let seen: Vec<_> = traces.map(|row| (row.at.as_str(), row.part.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("2026-11-21T10:00:00.000Z", "advice"),
            ("2026-11-21T09:59:59.999Z", "plan"),
            ("2026-11-21T09:15:00.000Z", "advice"),
        ]
    );
    assert_eq!(store.traces(AREA, "c1", 1).await.unwrap().len(), 1);
    for (at, part, kept) in [
        ("2026-11-21T09:00:00.000Z", "advice", true),
        ("2026-11-21T10:59:00.000Z", "advice", true),
        ("2026-11-21T10:59:00.000Z", "plan", false),
        ("2026-11-21T08:59:59.999Z", "advice", false),
    ] {
        let trace = look(at, part).traces.remove(0);
        assert_eq!(store.is_traced(AREA, at, &trace).await.unwrap(), kept, "{at} {part}");
    }
}

async fn two_programs_may_open_at_once(place: &Place) {
    let url = place.url();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url, OpenOptions::default()).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

async fn streams_of_persons_and_areas_are_kept(place: &Place) {
    let store = place.open().await;
    let stream = |stream: &str, kind, id: &str| StreamWrite {
        stream: stream.to_owned(),
        kind,
        expected: 0,
        events: vec![event(id)],
    };
    let both = Commit {
        streams: vec![stream("p1", StreamKind::Person, "e1"), stream(AREA, StreamKind::Area, "e2")],
        ..commit()
    };
    store.commit(both).await.unwrap();
    let person = store.stream(AREA, StreamKind::Person, "p1").await.unwrap().unwrap();
    assert_eq!((person.version, person.events[0].area_seq), (1, 1));
    assert_eq!(store.child(AREA, "p1").await.unwrap(), None, "a person is no child");
    let wrong = Commit { streams: vec![write("p1", 1, vec![event("e3")])], ..commit() };
    assert!(matches!(
        store.commit(wrong).await,
        Err(CommitError::Store(StoreError::Misuse { .. }))
    ));
}
