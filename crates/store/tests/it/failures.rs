//! What fails says so in a type, names nobody, and writes nothing.

use sendero_store::{
    Commit, CommitError, OpenOptions, OutgoingMessage, PersonRow, Store, StoreError, Synchronous,
};

use crate::place::{AREA, Place, both, commit, event, obligation, one_event, rows, write};

both!(a_newer_schema_is_refused, a_closed_store_says_so, a_lost_database_says_so);

async fn a_newer_schema_is_refused(place: &Place) {
    place.open().await.close().await;
    place.tamper("UPDATE schema SET version = version + 1").await;
    let refused = Store::open(&place.url(), OpenOptions::default()).await.unwrap_err();
    let StoreError::NewerSchema { found, known } = refused else { panic!("{refused:?}") };
    assert_eq!(found, known + 1);
    assert!(refused.to_string().contains(&found.to_string()), "{refused}");
}

async fn a_closed_store_says_so(place: &Place) {
    let store = place.open().await;
    store.clone().close().await;
    assert_eq!(
        store.commit(one_event("c1", 0, "e1")).await,
        Err(CommitError::Store(StoreError::Closed))
    );
    assert_eq!(store.child(AREA, "c1").await, Err(StoreError::Closed));
    assert_eq!(store.verify().await, Err(StoreError::Closed));
}

/// SQLite's file is noise when it is opened again; the PostgreSQL database is dropped, with its
/// connections, under an open store.
async fn a_lost_database_says_so(place: &Place) {
    let store = place.open().await;
    store.commit(one_event("c1", 0, "e1")).await.unwrap();
    match place {
        Place::Sqlite { dir } => {
            store.close().await;
            let file = dir.path().join("sendero.sqlite");
            let size = std::fs::metadata(&file).unwrap().len();
            std::fs::write(&file, vec![0xa5; usize::try_from(size).unwrap()]).unwrap();
            let refused = Store::open(&place.url(), OpenOptions::default()).await.unwrap_err();
            assert!(matches!(refused, StoreError::Failed { .. }), "{refused:?}");
        }
        Place::Postgres { url } => {
            let cluster = sendero_testkit::postgres().unwrap();
            let elsewhere = cluster.database().unwrap();
            let name = url.split(['/', '?']).nth(3).unwrap();
            cluster.psql(&elsewhere, &format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
            let refused = store.commit(one_event("c1", 1, "e2")).await.unwrap_err();
            assert!(
                matches!(refused, CommitError::Store(StoreError::Unreachable { .. })),
                "{refused:?}"
            );
            let refused = store.child(AREA, "c1").await.unwrap_err();
            assert!(matches!(refused, StoreError::Unreachable { .. }), "{refused:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_opened_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().display();
    let open = async |url: String| Store::open(&url, OpenOptions::default()).await.unwrap_err();
    for url in ["mysql://x", "", "sqlite:", "postgres://[", "/tmp/x.sqlite"] {
        assert_eq!(open(url.to_owned()).await, StoreError::BadUrl, "{url}");
    }
    for url in [
        format!("sqlite:{path}/none/x.sqlite"),
        format!("sqlite:{path}"),
        format!("postgres://nobody@localhost/x?host={path}"),
    ] {
        let error = open(url.clone()).await;
        assert!(matches!(error, StoreError::Unreachable { .. }), "{url}: {error:?}");
    }
}

#[tokio::test]
async fn a_scratch_database_goes_with_its_store() {
    let options = OpenOptions { synchronous: Synchronous::Off, ..OpenOptions::default() };
    let folders = || {
        let mine = format!("sendero-scratch-{}-", std::process::id());
        std::fs::read_dir(std::env::temp_dir())
            .unwrap()
            .filter(|entry| {
                entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(&mine)
            })
            .count()
    };
    let before = folders();
    let (a, b) = (
        Store::open("sqlite::memory:", options).await.unwrap(),
        Store::open("sqlite::memory:", options).await.unwrap(),
    );
    a.commit(one_event("c1", 0, "e1")).await.unwrap();
    assert_eq!(a.child(AREA, "c1").await.unwrap().unwrap().version, 1);
    assert_eq!(b.child(AREA, "c1").await.unwrap(), None);
    assert_eq!(folders(), before + 2);
    drop((a.clone(), a, b));
    assert_eq!(folders(), before);
}

#[test]
fn nothing_personal_is_printed() {
    let mut rows = rows("c1", vec![obligation("rq-6w", "2026-10-26", 2)]);
    rows.child_row.name = "Ottilie Quincey".to_owned();
    rows.child_row.name_key = "quincey".to_owned();
    rows.child_row.needs = "secret".to_owned();
    rows.ties[0].detail = "secret".to_owned();
    let mut told = event("e1");
    told.content = b"secret".to_vec();
    let secret = || "secret".to_owned();
    let commit = Commit {
        streams: vec![write("c1", 0, vec![told])],
        rows: vec![rows],
        people: vec![PersonRow {
            name: "Ottilie Quincey".to_owned(),
            email_key: secret(),
            password_hash: secret(),
            contact: secret(),
            ..PersonRow::default()
        }],
        messages: vec![OutgoingMessage {
            recipient: secret(),
            subject: secret(),
            body: secret(),
            ..OutgoingMessage::default()
        }],
        ..commit()
    };
    let printed = format!("{commit:?}").to_lowercase();
    assert!(printed.contains("oq"), "initials are printed: {printed}");
    for word in ["ottilie", "quincey", "secret"] {
        assert!(!printed.contains(word), "{word} in {printed}");
    }
}
