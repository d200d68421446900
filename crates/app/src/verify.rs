//! Recomputes every hash and compares stored rows with a fresh fold of the events.

use sendero_offer::Service;
use sendero_offer::history::{How, SERVICE_PUT, ServicePut};
use sendero_store::{OfferItem, OfferRow, StoredChild, StreamKind, VerifyReport};

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
        let mut report: VerifyReport = self
            .store
            .verify_rows(&|authority, stored| {
                let rulebook = self.rulebook_of(authority);
                // Rows of another rulebook, or past their day, are refreshed on sight: not wrong.
                let stale = stored.head.rulebook != rulebook.hash()
                    || stored.head.holds_until <= today.to_string();
                if stale {
                    return None;
                }
                let record = crate::open::record_of(stored).ok()?;
                Some(crate::projection::rows_of(rulebook, &record))
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
    kind: StreamKind,
    row: Option<&OfferRow>,
    stream: Option<&StoredChild>,
) -> Option<bool> {
    match (kind, row, stream) {
        (StreamKind::Service, Some(OfferRow::Service(item)), Some(stream)) => {
            service_is_right(item, stream)
        }
        // Services of before their streams were kept have none.
        (StreamKind::Service, _, None) => None,
        (_, Some(OfferRow::Comment(row)), Some(stream)) => {
            Some(crate::comments::row_of_stream(stream).as_ref() == Some(row))
        }
        (_, Some(OfferRow::Log(row)), Some(stream)) => {
            Some(crate::offer_log::row_of_stream(stream).as_ref() == Some(row))
        }
        _ => Some(false),
    }
}

fn service_is_right(item: &OfferItem, stream: &StoredChild) -> Option<bool> {
    let last = stream.events.iter().rfind(|stored| stored.event.kind == SERVICE_PUT)?;
    let put = serde_json::from_slice::<ServicePut>(&last.event.content).ok();
    let stored = serde_json::from_str::<Service>(&item.content).ok();
    Some(put.is_some_and(|put| {
        let source = if put.how == How::Taken { put.source.as_str() } else { KEPT_HERE };
        Some(put.service) == stored && source == item.source
    }))
}
