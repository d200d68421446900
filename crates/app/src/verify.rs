//! Recomputes every hash and compares stored rows with a fresh fold of the events.

use std::collections::BTreeMap;

use sendero_offer::history::{Happened, How, SERVICE_PUT, ServicePut};
use sendero_offer::keep::Keep;
use sendero_offer::{Location, Service};
use sendero_store::{OfferItem, OfferKeep, OfferRow, OfferTable, StoredChild, VerifyReport};

use crate::keep::KEPT_HERE;
use crate::{App, Problem};

/// What a check of the whole database found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Each area: code, number of events, head hash.
    pub areas: Vec<(String, i64, String)>,
    /// How many children's rows were compared.
    pub children: u64,
    /// How many rows of Local Offers were compared.
    pub offer: u64,
    /// Everything that is wrong: area, stream, place and what.
    pub findings: Vec<(String, String, i64, String)>,
}

impl App {
    /// Checks the whole database.
    ///
    /// # Errors
    /// Only where the database fails; what is wrong inside it is a finding.
    pub async fn verify(&self) -> Result<Verified, Problem> {
        let today = self.now().today;
        let mut laws = BTreeMap::new();
        for area in self.areas().await? {
            let law = self.law_of(&area.code).await?;
            laws.insert(area.code, law);
        }
        let mut report: VerifyReport = self
            .store
            .verify_rows(&|authority, stored| {
                let law = laws.get(authority)?;
                // Rows of another rulebook or other terms, or past their day, are refreshed on sight:
                // they are not wrong.
                let stale = stored.head.rulebook != law.stamp()
                    || stored.head.holds_until <= today.to_string();
                if stale {
                    return None;
                }
                let record = crate::open::record_of(stored).ok()?;
                Some(crate::projection::rows_of(law, &record))
            })
            .await?;
        let (findings, offer) = self.store.verify_offer(&offer_row_is_right).await?;
        report.findings.extend(findings);
        Ok(Verified {
            offer,
            areas: report
                .areas
                .into_iter()
                .map(|area| (area.authority, area.events, area.head))
                .collect(),
            children: report.children_compared,
            findings: report
                .findings
                .into_iter()
                .map(|found| {
                    (found.authority, found.stream, found.seq, format!("{:?}", found.fault))
                })
                .collect(),
        })
    }
}

/// Whether a row of a Local Offer is what its stream gives. What a later release keeps in a service's
/// stream is none of this one's business.
fn offer_row_is_right(
    table: OfferTable,
    row: Option<&OfferRow>,
    stream: Option<&StoredChild>,
) -> Option<bool> {
    match (table, row, stream) {
        (OfferTable::Services, Some(OfferRow::Service(item, locations)), Some(stream)) => {
            service_is_right(item, locations, stream)
        }
        // Services of before their streams were kept have none.
        (OfferTable::Services, _, None) => None,
        (OfferTable::Keeps, Some(OfferRow::Keep(row)), Some(stream)) => {
            keep_is_right(Some(row), stream)
        }
        (OfferTable::Keeps, None, Some(stream)) => keep_is_right(None, stream),
        (_, Some(OfferRow::Comment(row)), Some(stream)) => {
            Some(crate::comments::row_of_stream(stream).as_ref() == Some(row))
        }
        (_, Some(OfferRow::Log(row)), Some(stream)) => {
            Some(crate::offer_log::row_of_stream(stream).as_ref() == Some(row))
        }
        _ => Some(false),
    }
}

fn service_is_right(
    item: &OfferItem,
    locations: &BTreeMap<String, OfferItem>,
    stream: &StoredChild,
) -> Option<bool> {
    let last = stream.events.iter().rfind(|stored| stored.event.kind == SERVICE_PUT)?;
    let put = serde_json::from_slice::<ServicePut>(&last.event.content).ok();
    let stored = serde_json::from_str::<Service>(&item.content).ok();
    Some(put.is_some_and(|put| {
        let source = if put.how == How::Taken { put.source.as_str() } else { KEPT_HERE };
        let stands = |place: &Location| {
            let row = locations.get(&place.id).filter(|row| row.source == KEPT_HERE);
            row.and_then(|row| serde_json::from_str(&row.content).ok()).as_ref() == Some(place)
        };
        let places = put.places.iter().all(stands);
        places && Some(put.service) == stored && source == item.source
    }))
}

/// Whether the row of how an entry is kept is what its stream gives. An entry that nobody keeps and for
/// which no change waits needs none.
fn keep_is_right(row: Option<&OfferKeep>, stream: &StoredChild) -> Option<bool> {
    let mut keep = Keep::default();
    for stored in &stream.events {
        let event = &stored.event;
        let on = event.on.parse().ok()?;
        keep.take(on, &Happened::read(&event.kind, &event.content).ok()?);
    }
    let Some(row) = row else {
        return (keep != Keep::default()).then_some(false);
    };
    let keeper = keep.keeper.as_ref().map_or("", |keeper| keeper.person.as_str());
    let stored = serde_json::from_str::<Keep>(&row.content).ok();
    // A feed that puts the entry in place moves the stream and not how it is kept.
    Some(stored.as_ref() == Some(&keep) && row.keeper == keeper && row.version <= stream.version)
}

#[cfg(test)]
mod tests {
    use sendero_offer::keep::{Event, name_keeper};
    use sendero_store::{HeadRow, NewEvent, StoredEvent};

    use super::*;

    fn stream(events: &[Event]) -> StoredChild {
        let stored = |(at, event): (usize, &Event)| StoredEvent {
            area_seq: 1,
            seq: i64::try_from(at).unwrap() + 1,
            recorded_at: String::new(),
            digest: String::new(),
            hash: String::new(),
            event: NewEvent {
                id: at.to_string(),
                kind: event.kind().to_owned(),
                format: 1,
                on: "2026-11-23".to_owned(),
                known_on: "2026-11-23".to_owned(),
                actor: "n".to_owned(),
                supersedes: None,
                salt: String::new(),
                content: serde_json::to_vec(event).unwrap(),
            },
        };
        StoredChild {
            child: "s".to_owned(),
            version: i64::try_from(events.len()).unwrap(),
            head: HeadRow::default(),
            events: events.iter().enumerate().map(stored).collect(),
        }
    }

    #[test]
    fn how_an_entry_is_kept_follows_from_its_stream() {
        let named = name_keeper("p1", "the play leader").unwrap();
        let kept = stream(std::slice::from_ref(&named));
        let keep = Keep::of([("2026-11-23".parse().unwrap(), &Happened::Kept(named))]);
        let right = OfferKeep {
            service: "s".to_owned(),
            keeper: "p1".to_owned(),
            version: 1,
            content: serde_json::to_string(&keep).unwrap(),
        };
        let other = |change: &dyn Fn(&mut OfferKeep)| {
            let mut row = right.clone();
            change(&mut row);
            keep_is_right(Some(&row), &kept)
        };
        assert_eq!(other(&|_| ()), Some(true));
        assert_eq!(other(&|row| "p2".clone_into(&mut row.keeper)), Some(false));
        assert_eq!(other(&|row| row.content = row.content.replace("play", "other")), Some(false));
        assert_eq!(other(&|row| row.version = 2), Some(false));
        assert_eq!(keep_is_right(None, &kept), Some(false), "the row was taken out");
        assert_eq!(keep_is_right(None, &stream(&[])), None, "nobody keeps it");
    }

    #[test]
    fn a_place_that_was_written_in_an_entry_stands_as_it_was_written() {
        let place = Location { id: "p".to_owned(), name: "Hall".to_owned(), ..Location::default() };
        let put = ServicePut {
            how: How::Agreed,
            service: Service { id: "s".to_owned(), ..Service::default() },
            places: vec![place.clone()],
            ..ServicePut::default()
        };
        let item = |kind: &str, source: &str, content: String| OfferItem {
            kind: kind.to_owned(),
            id: String::new(),
            source: source.to_owned(),
            changed_at: String::new(),
            content,
        };
        let mut kept = stream(&[name_keeper("p1", "the play leader").unwrap()]);
        kept.events[0].event.kind = SERVICE_PUT.to_owned();
        kept.events[0].event.content = serde_json::to_vec(&put).unwrap();
        let row = item("service", KEPT_HERE, serde_json::to_string(&put.service).unwrap());
        let check = |source: &str, place: &Location| {
            let location = item("location", source, serde_json::to_string(place).unwrap());
            service_is_right(&row, &BTreeMap::from([("p".to_owned(), location)]), &kept)
        };
        assert_eq!(check(KEPT_HERE, &place), Some(true));
        assert_eq!(check("a feed", &place), Some(false));
        assert_eq!(check(KEPT_HERE, &Location { name: "Hut".to_owned(), ..place }), Some(false));
        assert_eq!(service_is_right(&row, &BTreeMap::new(), &kept), Some(false));
    }
}
