//! The Local Offer: things put in place and taken away, and a version that moves with every change.

use sendero_store::{
    Commit, Fault, NewEvent, OfferAddress, OfferComment, OfferFigure, OfferItem, OfferKeep,
    OfferLogRow, OfferRow, OfferWrite, OutgoingMessage, SearchWrite, StreamKind, StreamWrite,
};

use crate::place::{AREA, AT, Place, both, commit};

both!(
    a_local_offer_is_put_in_place,
    another_area_sees_none_of_it,
    comments_are_listed_by_where_they_stand,
    who_keeps_what_is_found_by_either,
    what_came_of_an_address_is_the_last_time,
    a_message_that_has_not_gone_is_taken_back,
    an_entry_is_listed_by_its_kind_and_replaced,
    words_are_kept_once_enough_had_the_same,
    a_row_that_is_not_its_stream_is_found,
    the_versions_of_a_kind_of_stream_are_known,
);

fn item(id: usize, content: &str) -> OfferItem {
    OfferItem {
        kind: "service".to_owned(),
        id: format!("s{id:03}"),
        source: "feed".to_owned(),
        changed_at: AT.to_owned(),
        content: content.to_owned(),
    }
}

fn puts(items: &[OfferItem]) -> Commit {
    Commit { offer: items.iter().cloned().map(OfferWrite::Put).collect(), ..commit() }
}

async fn a_local_offer_is_put_in_place(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.offer_version(AREA).await.unwrap(), 0);
    // More than one INSERT carries.
    let first: Vec<OfferItem> = (0..40).map(|id| item(id, "a")).collect();
    store.commit(puts(&first)).await.unwrap();
    assert_eq!(store.offer(AREA).await.unwrap(), first);
    assert_eq!(store.offer_version(AREA).await.unwrap(), 1);
    let mut change = puts(&[item(7, "b")]);
    change.offer.push(OfferWrite::Remove { kind: "service".to_owned(), id: "s000".to_owned() });
    store.commit(change).await.unwrap();
    let now = store.offer(AREA).await.unwrap();
    assert_eq!((now.len(), now[6].content.as_str()), (39, "b"));
    assert_eq!(store.offer_version(AREA).await.unwrap(), 2);
    store.commit(commit()).await.unwrap();
    assert_eq!(store.offer_version(AREA).await.unwrap(), 2, "nothing changed");
}

async fn another_area_sees_none_of_it(place: &Place) {
    let store = place.open().await;
    store.commit(puts(&[item(1, "a")])).await.unwrap();
    assert_eq!(store.offer("E09000002").await.unwrap(), []);
    assert_eq!(store.offer_version("E09000002").await.unwrap(), 0);
}

fn said(id: &str, standing: &str, service: &str, made_on: &str) -> OfferComment {
    OfferComment {
        id: id.to_owned(),
        standing: standing.to_owned(),
        service: service.to_owned(),
        made_on: made_on.to_owned(),
        version: 1,
        content: "{}".to_owned(),
    }
}

async fn comments_are_listed_by_where_they_stand(place: &Place) {
    let store = place.open().await;
    let first = [
        said("b", "waiting", "s1", "2026-02-01"),
        said("a", "waiting", "", "2026-03-01"),
        said("c", "published", "s1", "2026-01-01"),
    ];
    store.commit(Commit { comments: first.to_vec(), ..commit() }).await.unwrap();
    let [b, a, c] = first;
    let waiting = store.offer_comments(AREA, "waiting", 10).await.unwrap();
    assert_eq!(waiting, [b.clone(), a.clone()], "the oldest first");
    assert_eq!(store.offer_comments(AREA, "waiting", 1).await.unwrap(), std::slice::from_ref(&b));
    assert_eq!(store.offer_comments_count(AREA, "waiting").await.unwrap(), 2);
    let about = store.offer_comments_about(AREA, "s1", "published").await.unwrap();
    assert_eq!(about, std::slice::from_ref(&c));
    let answered = OfferComment { standing: "published".to_owned(), version: 2, ..b };
    store.commit(Commit { comments: vec![answered.clone()], ..commit() }).await.unwrap();
    assert_eq!(store.offer_comments(AREA, "published", 10).await.unwrap(), [c, answered]);
    assert_eq!(store.offer_comments("E09000002", "waiting", 10).await.unwrap(), []);
}

fn entry(id: &str, kind: &str, on: &str, content: &str) -> OfferLogRow {
    OfferLogRow {
        id: id.to_owned(),
        kind: kind.to_owned(),
        happened_on: on.to_owned(),
        version: 1,
        content: content.to_owned(),
    }
}

async fn an_entry_is_listed_by_its_kind_and_replaced(place: &Place) {
    let store = place.open().await;
    let [a, b] = [entry("a", "gap", "2026-01-02", "1"), entry("b", "gap", "2026-03-04", "1")];
    let other = entry("c", "reduction", "2026-02-01", "1");
    let offer_log = vec![a.clone(), b.clone(), other.clone()];
    store.commit(Commit { offer_log, ..commit() }).await.unwrap();
    assert_eq!(store.offer_log(AREA, "gap", 9).await.unwrap(), [b.clone(), a.clone()]);
    assert_eq!(store.offer_log(AREA, "gap", 1).await.unwrap(), std::slice::from_ref(&b));
    let changed = OfferLogRow { version: 2, content: "2".to_owned(), ..a };
    store.commit(Commit { offer_log: vec![changed.clone()], ..commit() }).await.unwrap();
    assert_eq!(store.offer_log(AREA, "gap", 9).await.unwrap(), [b, changed]);
    assert_eq!(store.offer_log(AREA, "reduction", 9).await.unwrap(), [other]);
    assert_eq!(store.offer_log("E09000002", "gap", 9).await.unwrap(), []);
}

async fn words_are_kept_once_enough_had_the_same(place: &Place) {
    let store = place.open().await;
    let count = |month: &str, nothing, pressed| {
        let of = |key: &str, words: &str| SearchWrite {
            key: key.to_owned(),
            month: month.to_owned(),
            words: words.to_owned(),
            searches: 0,
            found_none: nothing,
            pressed,
        };
        let all = SearchWrite { searches: 10, words: String::new(), ..of("", "") };
        Commit {
            searches: vec![all, of("hash", "dentist")],
            forget_searches: "2026-05".to_owned(),
            ..commit()
        }
    };
    let kept = async || {
        let rows = store.offer_searches(AREA).await.unwrap();
        let one = |row: &sendero_store::SearchTotal| {
            (row.month.clone(), row.words.clone(), row.searches, row.found_none + row.pressed)
        };
        rows.iter().map(one).collect::<Vec<_>>()
    };
    let row = |month: &str, words: &str, searches, found| {
        (month.to_owned(), words.to_owned(), searches, found)
    };
    store.commit(count("2026-04", 1, 0)).await.unwrap();
    store.commit(count("2026-05", 2, 1)).await.unwrap();
    assert_eq!(kept().await, [row("2026-04", "", 10, 1), row("2026-05", "", 10, 3)]);
    // What was counted in April under words that nobody knows is forgotten by now.
    store.commit(count("2026-06", 1, 0)).await.unwrap();
    assert_eq!(kept().await.len(), 3, "four had the same");
    store.commit(count("2026-06", 1, 0)).await.unwrap();
    let all = kept().await;
    assert_eq!(
        all[1..],
        [
            row("2026-05", "", 10, 3),
            row("2026-05", "dentist", 0, 3),
            row("2026-06", "", 20, 2),
            row("2026-06", "dentist", 0, 2),
        ]
    );
    assert_eq!(store.offer_searches("E09000002").await.unwrap(), []);
}

async fn a_row_that_is_not_its_stream_is_found(place: &Place) {
    let store = place.open().await;
    let event = NewEvent {
        id: "e1".to_owned(),
        kind: "gap-decided".to_owned(),
        format: 1,
        on: "2026-03-01".to_owned(),
        known_on: "2026-03-01".to_owned(),
        actor: "n".to_owned(),
        supersedes: None,
        salt: "00".to_owned(),
        content: b"x".to_vec(),
    };
    let write = StreamWrite {
        stream: "g".to_owned(),
        kind: StreamKind::OfferLog,
        expected: 0,
        events: vec![event],
    };
    let area = sendero_store::AreaRow { authority: AREA.to_owned(), ..Default::default() };
    let right = entry("g", "gap", "2026-03-01", "x");
    let first = Commit { area: Some(area), streams: vec![write], ..commit() };
    store.commit(Commit { offer_log: vec![right.clone()], ..first }).await.unwrap();
    let check = async || {
        let found = store.verify_offer(&|_, row, stream| {
            let expected = stream.map(|stream| &stream.events[0].event.content);
            let stored = row.map(|row| match row {
                OfferRow::Log(row) => row.content.clone().into_bytes(),
                OfferRow::Keep(row) => row.content.clone().into_bytes(),
                _ => Vec::new(),
            });
            Some(stored.as_ref() == expected)
        });
        let (findings, compared) = found.await.unwrap();
        (findings.into_iter().map(|one| (one.stream, one.fault)).collect::<Vec<_>>(), compared)
    };
    assert_eq!(check().await, (vec![], 1));
    let other = OfferLogRow { content: "y".to_owned(), ..right };
    let nowhere = entry("h", "gap", "2026-03-01", "x");
    store.commit(Commit { offer_log: vec![other, nowhere], ..commit() }).await.unwrap();
    let wrong = |id: &str| (id.to_owned(), Fault::Rows);
    assert_eq!(check().await, (vec![wrong("g"), wrong("h")], 2));
    // So is the row of how an entry is kept that no stream gives.
    store.commit(Commit { keeps: vec![keep("s", "n", 1)], ..commit() }).await.unwrap();
    assert_eq!(check().await, (vec![wrong("s"), wrong("g"), wrong("h")], 3));
}

async fn the_versions_of_a_kind_of_stream_are_known(place: &Place) {
    let store = place.open().await;
    let event = |id: &str| NewEvent {
        id: id.to_owned(),
        kind: "service-put".to_owned(),
        format: 1,
        on: "2026-03-01".to_owned(),
        known_on: "2026-03-01".to_owned(),
        actor: "offer-import".to_owned(),
        supersedes: None,
        salt: "00".to_owned(),
        content: b"{}".to_vec(),
    };
    let write = |stream: &str, kind, ids: &[&str]| StreamWrite {
        stream: stream.to_owned(),
        kind,
        expected: 0,
        events: ids.iter().map(|id| event(id)).collect(),
    };
    let streams = vec![
        write("s1", StreamKind::Service, &["e1", "e2"]),
        write("s2", StreamKind::Service, &["e3"]),
        write("c1", StreamKind::Comment, &["e4"]),
    ];
    store.commit(Commit { streams, ..commit() }).await.unwrap();
    let known = store.stream_versions(AREA, StreamKind::Service).await.unwrap();
    assert_eq!(known, [("s1".to_owned(), 2), ("s2".to_owned(), 1)].into());
    assert!(store.verify().await.unwrap().is_sound());
}

fn keep(service: &str, keeper: &str, version: i64) -> OfferKeep {
    OfferKeep {
        service: service.to_owned(),
        keeper: keeper.to_owned(),
        version,
        content: format!("{service} by {keeper}"),
    }
}

async fn who_keeps_what_is_found_by_either(place: &Place) {
    let store = place.open().await;
    let all = vec![keep("s1", "p1", 1), keep("s2", "p2", 1), keep("s3", "p1", 1)];
    store.commit(Commit { keeps: all.clone(), ..commit() }).await.unwrap();
    assert_eq!(store.offer_keeps(AREA).await.unwrap(), all);
    assert_eq!(store.offer_keeps("E09000002").await.unwrap(), []);
    let theirs = store.offer_kept_by(AREA, "p1").await.unwrap();
    assert_eq!(theirs, [all[0].clone(), all[2].clone()]);
    let given = keep("s3", "p2", 4);
    store.commit(Commit { keeps: vec![given.clone()], ..commit() }).await.unwrap();
    assert_eq!(store.offer_keep(AREA, "s3").await.unwrap(), Some(given));
    assert_eq!(store.offer_keep(AREA, "s4").await.unwrap(), None);
    assert_eq!(store.offer_kept_by(AREA, "p1").await.unwrap(), [all[0].clone()]);
}

async fn what_came_of_an_address_is_the_last_time(place: &Place) {
    let store = place.open().await;
    let tried = |service: &str, on: &str, came: &str| OfferAddress {
        service: service.to_owned(),
        address: "https://one.example/".to_owned(),
        tried_on: on.to_owned(),
        came: came.to_owned(),
    };
    let first = vec![tried("s1", "2026-11-01", "there"), tried("s2", "2026-11-01", "there")];
    store.commit(Commit { addresses: first.clone(), ..commit() }).await.unwrap();
    let last = tried("s1", "2026-11-20", "gone");
    store.commit(Commit { addresses: vec![last.clone()], ..commit() }).await.unwrap();
    assert_eq!(store.offer_addresses(AREA).await.unwrap(), [last.clone(), first[1].clone()]);
    assert_eq!(store.offer_addresses_of(AREA, "s1").await.unwrap(), [last]);
    let figure = |month: &str, counted| OfferFigure {
        month: month.to_owned(),
        word: "broken-links".to_owned(),
        counted,
        of_all: 2,
    };
    let (october, november) = (figure("2026-10", 0), figure("2026-11", 1));
    for figures in [vec![october.clone(), figure("2026-11", 2)], vec![november.clone()]] {
        store.commit(Commit { figures, ..commit() }).await.unwrap();
    }
    assert_eq!(store.offer_figures(AREA).await.unwrap(), [october, november]);
    assert_eq!(store.offer_figures("E09000002").await.unwrap(), []);
}

async fn a_message_that_has_not_gone_is_taken_back(place: &Place) {
    let store = place.open().await;
    let message = |id: &str, kind: &str| OutgoingMessage {
        id: id.to_owned(),
        recipient: "a@example.org".to_owned(),
        kind: kind.to_owned(),
        subject: "s".to_owned(),
        body: "b".to_owned(),
        due_at: AT.to_owned(),
    };
    let both = vec![message("m1", "again s1"), message("m2", "again s2")];
    store.commit(Commit { messages: both, ..commit() }).await.unwrap();
    let instead = Commit {
        taken_back: vec!["again s1".to_owned()],
        messages: vec![message("m3", "again s1")],
        ..commit()
    };
    store.commit(instead).await.unwrap();
    let due = store.outbox_due("2999-01-01", "2999-01-02", 9).await.unwrap();
    let ids: Vec<&str> = due.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["m2", "m3"]);
    store.outbox_forget("m2").await.unwrap();
    let later = store.outbox_due("2999-02-01", "2999-02-02", 9).await.unwrap();
    assert_eq!(later.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["m3"]);
}
