//! People, sign-ins, links, drafts, areas, and messages that wait to be sent.

use sendero_store::{
    AreaRow, Commit, CommitError, Draft, DraftWrite, Link, LinkWrite, OutgoingMessage, PersonRow,
    SignIn, SignInWrite,
};

use crate::place::{AREA, AT, Place, both, commit};

both!(
    people_are_put_in_place,
    an_address_belongs_to_one_person,
    sign_ins_begin_and_end,
    a_link_works_once,
    a_draft_is_kept_until_it_is_sent,
    areas_are_listed,
    a_message_is_claimed_by_one_job,
);

fn person(id: &str, email_key: &str) -> PersonRow {
    PersonRow {
        id: id.to_owned(),
        authority: AREA.to_owned(),
        role: "officer".to_owned(),
        name: format!("Name {id}"),
        name_key: format!("name {id}"),
        email_key: email_key.to_owned(),
        ..PersonRow::default()
    }
}

fn people(people: Vec<PersonRow>) -> Commit {
    Commit { people, ..commit() }
}

async fn people_are_put_in_place(place: &Place) {
    let store = place.open().await;
    let gone = PersonRow { revoked_at: AT.to_owned(), ..person("p3", "") };
    store
        .commit(people(vec![person("p2", "b@x"), person("p1", "a@x"), gone.clone()]))
        .await
        .unwrap();
    assert_eq!(store.person("p3").await.unwrap(), Some(gone));
    assert_eq!(store.person_by_email("a@x").await.unwrap(), Some(person("p1", "a@x")));
    assert_eq!(store.person_by_email("").await.unwrap(), None);
    assert_eq!(
        store.people_with_role(AREA, "officer").await.unwrap(),
        [person("p1", "a@x"), person("p2", "b@x")]
    );
    let now = PersonRow { role: "manager".to_owned(), ..person("p1", "c@x") };
    store.commit(people(vec![now.clone()])).await.unwrap();
    assert_eq!(store.person("p1").await.unwrap(), Some(now));
    assert_eq!(store.person_by_email("a@x").await.unwrap(), None);
}

async fn an_address_belongs_to_one_person(place: &Place) {
    let store = place.open().await;
    store.commit(people(vec![person("p1", "a@x"), person("p2", "")])).await.unwrap();
    let taken = store.commit(people(vec![person("p3", ""), person("p2", "a@x")])).await;
    assert_eq!(taken, Err(CommitError::EmailTaken));
    assert_eq!(store.person("p3").await.unwrap(), None);
    store.commit(people(vec![person("p1", "a@x")])).await.unwrap();
}

async fn sign_ins_begin_and_end(place: &Place) {
    let store = place.open().await;
    let sign_in = |token: &str, created_at: &str| SignIn {
        token_hash: token.to_owned(),
        authority: AREA.to_owned(),
        person: "p1".to_owned(),
        created_at: created_at.to_owned(),
        last_seen: created_at.to_owned(),
        expires: "2026-12-21T09:15:00.000Z".to_owned(),
        label: "phone".to_owned(),
        ..SignIn::default()
    };
    let (old, new) =
        (sign_in("t1", "2026-11-01T09:15:00.000Z"), sign_in("t2", "2026-11-02T09:15:00.000Z"));
    let change = |sign_ins| store.commit(Commit { sign_ins, ..commit() });
    change(vec![SignInWrite::Begin(old.clone()), SignInWrite::Begin(new.clone())]).await.unwrap();
    assert_eq!(store.sign_ins_of("p1").await.unwrap(), [new.clone(), old.clone()]);
    change(vec![
        SignInWrite::Seen { token_hash: "t1".to_owned() },
        SignInWrite::Revoke { token_hash: "t1".to_owned() },
    ])
    .await
    .unwrap();
    let ended = SignIn { last_seen: AT.to_owned(), revoked_at: AT.to_owned(), ..old };
    assert_eq!(store.sign_in("t1").await.unwrap(), Some(ended));
    assert_eq!(store.sign_in("t2").await.unwrap(), Some(new));
    change(vec![SignInWrite::RevokeAll { person: "p1".to_owned() }]).await.unwrap();
    assert_eq!(store.sign_in("t2").await.unwrap().unwrap().revoked_at, AT);
    assert_eq!(store.sign_in("t3").await.unwrap(), None);
}

async fn a_link_works_once(place: &Place) {
    let store = place.open().await;
    let link = |token: &str, expires: &str, reusable| {
        LinkWrite::Make(Link {
            token_hash: token.to_owned(),
            person: "p1".to_owned(),
            expires: expires.to_owned(),
            reusable,
            ..Link::default()
        })
    };
    let later = "2026-11-22T00:00:00.000Z";
    let links =
        vec![link("once", later, false), link("again", later, true), link("ended", AT, true)];
    store.commit(Commit { links, ..commit() }).await.unwrap();
    for (token, works) in [
        ("once", true),
        ("once", false),
        ("again", true),
        ("again", true),
        ("ended", false),
        ("none", false),
    ] {
        let links = vec![LinkWrite::Use { token_hash: token.to_owned() }];
        let used = store.commit(Commit { links, ..commit() }).await.map(|_| ());
        assert_eq!(used, if works { Ok(()) } else { Err(CommitError::LinkUsed) }, "{token}");
    }
    assert_eq!(store.one_use_link("once").await.unwrap().unwrap().used_at, AT);
}

async fn a_draft_is_kept_until_it_is_sent(place: &Place) {
    let store = place.open().await;
    let draft = Draft {
        reference: "AB12".to_owned(),
        authority: AREA.to_owned(),
        code_hash: "code".to_owned(),
        content: "{}".to_owned(),
        updated_at: AT.to_owned(),
        submitted_child: String::new(),
    };
    let change = |drafts| store.commit(Commit { drafts, ..commit() });
    change(vec![DraftWrite::Begin(draft.clone())]).await.unwrap();
    let taken = change(vec![DraftWrite::Begin(draft.clone())]).await;
    assert_eq!(taken, Err(CommitError::ReferenceTaken));
    let save =
        |content: &str| DraftWrite::Save { reference: "AB12".into(), content: content.into() };
    change(vec![save("{\"a\":1}")]).await.unwrap();
    let saved = Draft { content: "{\"a\":1}".to_owned(), ..draft.clone() };
    assert_eq!(store.draft("AB12").await.unwrap(), Some(saved.clone()));
    assert_eq!(store.drafts_opened_by("code").await.unwrap(), [saved]);
    assert_eq!(store.drafts_opened_by("another").await.unwrap(), []);
    let submitted = DraftWrite::Submitted { reference: "AB12".into(), child: "c1".into() };
    change(vec![submitted, save("too late")]).await.unwrap();
    let sent = Draft { content: String::new(), submitted_child: "c1".to_owned(), ..draft };
    assert_eq!(store.draft("AB12").await.unwrap(), Some(sent));
    change(vec![DraftWrite::Drop { reference: "AB12".into() }]).await.unwrap();
    assert_eq!(store.draft("AB12").await.unwrap(), None);
}

async fn areas_are_listed(place: &Place) {
    let store = place.open().await;
    let area = |name: &str| AreaRow {
        authority: AREA.to_owned(),
        name: name.to_owned(),
        detail: "{}".to_owned(),
    };
    for name in ["Before", "After"] {
        store.commit(Commit { area: Some(area(name)), ..commit() }).await.unwrap();
    }
    assert_eq!(store.areas().await.unwrap(), [area("After")]);
    assert_eq!(store.area(AREA).await.unwrap(), Some(area("After")));
    assert_eq!(store.area("E09000002").await.unwrap(), None);
}

async fn a_message_is_claimed_by_one_job(place: &Place) {
    let store = place.open().await;
    let message = |n: i32| OutgoingMessage {
        id: format!("m{n:02}"),
        recipient: "a@x".to_owned(),
        kind: "receipt".to_owned(),
        subject: "s".to_owned(),
        body: "b".to_owned(),
        due_at: format!("2026-11-21T09:{n:02}:00.000Z"),
    };
    let messages = (0..40).map(message).collect();
    store.commit(Commit { messages, ..commit() }).await.unwrap();
    let (now, until) = ("2026-11-21T09:29:00.000Z", "2026-11-21T09:39:00.000Z");
    let (a, b) = tokio::join!(store.outbox_due(now, until, 20), store.outbox_due(now, until, 20));
    let mut claimed: Vec<_> = a.unwrap().into_iter().chain(b.unwrap()).map(|m| m.id).collect();
    // Two jobs that reach for the same messages share them out; a third round takes what is left.
    let rest = store.outbox_due(now, until, 40).await.unwrap();
    claimed.extend(rest.into_iter().map(|m| m.id));
    claimed.sort();
    assert_eq!(claimed, (0..30).map(|n| format!("m{n:02}")).collect::<Vec<_>>());
    assert_eq!(store.outbox_due(now, until, 40).await.unwrap(), []);

    store.outbox_done("m00", now).await.unwrap();
    store.outbox_again("m01", "2026-11-21T10:00:00.000Z").await.unwrap();
    let after = "2026-11-21T09:39:00.001Z";
    let retried = store.outbox_due(after, "2026-11-21T09:50:00.000Z", 1).await.unwrap();
    assert_eq!((retried[0].id.as_str(), retried[0].attempts), ("m02", 2));
}
