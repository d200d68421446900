//! What other hands do to the database shows: each way of touching it, and what `verify` then says.

use std::collections::BTreeSet;

use sendero_store::{Commit, Fault, Store, StoredChild, VerifyReport};

use crate::place::{Place, both, commit, event, obligation, rows, write};

both!(
    an_untouched_history_is_sound,
    changed_content_shows,
    a_changed_header_shows,
    a_lost_tail_shows,
    a_lost_middle_shows,
    a_lost_child_shows,
    a_lost_last_child_shows,
    a_lost_area_head_shows,
    a_changed_row_shows,
    a_row_of_nobody_shows,
);

/// What these events should give; the same rows that `history` stores.
fn fold(_: &str, child: &StoredChild) -> Option<sendero_store::ChildRows> {
    Some(rows(&child.child, vec![obligation("rq-6w", "2026-10-26", child.version)]))
}

/// Three children with three events each, in turn, so that each one's events lie between others'.
async fn history(place: &Place) -> Store {
    let store = place.open().await;
    for turn in 0..3 {
        for child in ["c1", "c2", "c3"] {
            let mut rows = rows(child, vec![obligation("rq-6w", "2026-10-26", turn + 1)]);
            rows.ties[0].child = child.to_owned();
            let events = vec![event(&format!("{child}-{turn}"))];
            let streams = vec![write(child, turn, events)];
            store.commit(Commit { streams, rows: vec![rows], ..commit() }).await.unwrap();
        }
    }
    store
}

/// Verifies after one statement, and compares what was found.
async fn check(place: &Place, statement: Option<&'static str>, expected: &[(&str, Fault)]) {
    let store = history(place).await;
    if let Some(statement) = statement {
        place.tamper(statement).await;
    }
    let report = store.verify_rows(&fold).await.unwrap();
    assert_eq!(found(&report), expected.iter().copied().collect::<BTreeSet<_>>());
    assert_eq!(report.is_sound(), expected.is_empty());
    let without_rows: BTreeSet<_> =
        expected.iter().filter(|(_, fault)| *fault != Fault::Rows).copied().collect();
    assert_eq!(found(&store.verify().await.unwrap()), without_rows);
}

fn found(report: &VerifyReport) -> BTreeSet<(&str, Fault)> {
    report.findings.iter().map(|finding| (finding.stream.as_str(), finding.fault)).collect()
}

async fn an_untouched_history_is_sound(place: &Place) {
    check(place, None, &[]).await;
    let report = place.open().await.verify_rows(&fold).await.unwrap();
    assert_eq!((report.areas[0].events, report.children_compared), (9, 3));
}

async fn changed_content_shows(place: &Place) {
    let flip = "UPDATE event SET content = REPLACE(content, 'parent', 'parenT') WHERE id = 'c2-1'";
    check(place, Some(flip), &[("c2", Fault::Content)]).await;
}

async fn a_changed_header_shows(place: &Place) {
    let shift = "UPDATE event SET happened_on = '2026-09-15' WHERE id = 'c2-1'";
    check(place, Some(shift), &[("c2", Fault::Chain)]).await;
}

async fn a_lost_tail_shows(place: &Place) {
    let cut = "DELETE FROM event WHERE id = 'c3-2'";
    let expected = [("", Fault::AreaHead), ("c3", Fault::StreamHead), ("c3", Fault::Rows)];
    check(place, Some(cut), &expected).await;
}

async fn a_lost_middle_shows(place: &Place) {
    let cut = "DELETE FROM event WHERE id = 'c1-1'";
    let expected = [
        ("", Fault::AreaGap),
        ("", Fault::AreaHead),
        ("c1", Fault::StreamGap),
        ("c1", Fault::Chain),
    ];
    check(place, Some(cut), &expected).await;
}

async fn a_lost_child_shows(place: &Place) {
    let cut = "DELETE FROM event WHERE stream = 'c1'; DELETE FROM stream_head WHERE stream = 'c1';
        DELETE FROM child WHERE child = 'c1'; DELETE FROM child_head WHERE child = 'c1';
        DELETE FROM obligation WHERE child = 'c1'; DELETE FROM tie WHERE child = 'c1';
        DELETE FROM advice WHERE child = 'c1'";
    check(place, Some(cut), &[("", Fault::AreaGap), ("", Fault::AreaHead)]).await;
}

async fn a_lost_last_child_shows(place: &Place) {
    let store = history(place).await;
    let last = Commit {
        streams: vec![write("c4", 0, vec![event("c4-0")])],
        rows: vec![rows("c4", vec![])],
        ..commit()
    };
    store.commit(last).await.unwrap();
    let cut = "DELETE FROM event WHERE stream = 'c4'; DELETE FROM stream_head WHERE stream = 'c4';
        DELETE FROM child WHERE child = 'c4'; DELETE FROM child_head WHERE child = 'c4'";
    place.tamper(cut).await;
    assert_eq!(found(&store.verify().await.unwrap()), BTreeSet::from([("", Fault::AreaHead)]));
}

async fn a_lost_area_head_shows(place: &Place) {
    check(place, Some("DELETE FROM area_head"), &[("", Fault::AreaHead)]).await;
}

async fn a_changed_row_shows(place: &Place) {
    let shift = "UPDATE obligation SET due = '2027-10-26' WHERE child = 'c2'";
    check(place, Some(shift), &[("c2", Fault::Rows)]).await;
}

async fn a_row_of_nobody_shows(place: &Place) {
    let plant =
        "INSERT INTO tie (authority, child, n, person, relation, from_day, until_day, detail)
        VALUES ('E09000001', 'c9', 0, 'p', 'parent', '2026-01-01', '9999-12-31', '')";
    check(place, Some(plant), &[("c9", Fault::Rows)]).await;
}
