//! The Local Offer: things put in place and taken away, and a version that moves with every change.

use sendero_store::{Commit, OfferItem, OfferWrite};

use crate::place::{AREA, AT, Place, both, commit};

both!(a_local_offer_is_put_in_place, another_area_sees_none_of_it,);

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
