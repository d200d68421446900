//! What came of trying the addresses in entries, and who keeps an entry as its page says it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_offer::Service;
use sendero_offer::keep::Keeper;
use sendero_store::{Commit, OfferAddress};

use super::{broken, keep_of};
use crate::{App, Problem};

/// What came of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The service.
    pub service: String,
    /// The address.
    pub address: String,
    /// The day.
    pub on: Date,
    /// What came: `there`, `gone`, `broken`, `silent`, `not-said` or `not-asked`.
    pub came: String,
}

impl Tried {
    /// Whether a family that goes there finds nothing.
    #[must_use]
    pub fn leads_nowhere(&self) -> bool {
        matches!(self.came.as_str(), "gone" | "broken" | "silent")
    }
}

impl App {
    /// Who keeps an entry that is shown, by role, and what came of its addresses.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn keeping_of(
        &self,
        authority: &str,
        id: &str,
    ) -> Result<(Option<Keeper>, Vec<Tried>), Problem> {
        let row = self.store.offer_keep(authority, id).await?;
        let keep = row.as_ref().map(keep_of).transpose()?.unwrap_or_default();
        let tried = self.store.offer_addresses_of(authority, id).await?;
        Ok((keep.keeper, tried.iter().map(tried_of).collect::<Result<_, _>>()?))
    }

    /// What came of every address of an area's entries.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn tried(&self, authority: &str) -> Result<Vec<Tried>, Problem> {
        self.store.offer_addresses(authority).await?.iter().map(tried_of).collect()
    }

    /// Notes what came of addresses. For the command line.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn note_tried(&self, authority: &str, tried: &[Tried]) -> Result<(), Problem> {
        // All that an area's entries have, as it stands with what was tried now.
        let offer = self.local_offer(authority).await?;
        let mut stands: BTreeMap<(String, String), Tried> = BTreeMap::new();
        for one in self.tried(authority).await?.iter().chain(tried) {
            let service = offer.directory.services.get(&one.service);
            let still = service.filter(|service| service.is_shown());
            if still.is_some_and(|service| addresses_of(service).contains(&one.address.as_str())) {
                stands.insert((one.service.clone(), one.address.clone()), one.clone());
            }
        }
        let nowhere = stands.values().filter(|one| one.leads_nowhere()).count();
        let rows = tried.iter().map(|one| OfferAddress {
            service: one.service.clone(),
            address: one.address.clone(),
            tried_on: one.on.to_string(),
            came: one.came.clone(),
        });
        let commit = Commit {
            authority: authority.to_owned(),
            at: self.now().at,
            actor: "command-line".to_owned(),
            addresses: rows.collect(),
            figures: vec![self.figure("broken-links", nowhere, stands.len())],
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }
}

/// The addresses on the web that an entry sends families to.
#[must_use]
pub fn addresses_of(service: &Service) -> Vec<&str> {
    let all = [service.url.as_str(), service.easy_read.as_str(), service.bsl.as_str()];
    all.into_iter().filter(|address| !address.is_empty()).collect()
}

pub(super) fn tried_of(row: &OfferAddress) -> Result<Tried, Problem> {
    Ok(Tried {
        service: row.service.clone(),
        address: row.address.clone(),
        on: row.tried_on.parse().map_err(|_| broken(&row.service))?,
        came: row.came.clone(),
    })
}
