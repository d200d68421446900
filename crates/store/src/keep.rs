//! Who keeps which entry of a Local Offer, what waits for leave, and what came of trying the addresses
//! in it.

use crate::Store;
use crate::commit::put_in_area;
use crate::error::StoreError;
use crate::people::{all, one};
use crate::rows::{Stored as _, stored};
use crate::sql::{Arg, Built, Tx};

stored! {
    /// How one entry is kept, as it stands.
    #[derive(Debug)]
    OfferKeep {
        /// The service.
        service: String,
        /// Id of the person who keeps it, or ''.
        keeper: String,
        /// The version of its stream that this is made of.
        version: i64,
        /// The keeping itself, as the caller writes it.
        content: String,
    }
}

stored! {
    /// What came of it when an address of an entry was tried.
    #[derive(Debug)]
    OfferAddress {
        /// The service.
        service: String,
        /// The address.
        address: String,
        /// The day.
        tried_on: String,
        /// What came: the caller's word.
        came: String,
    }
}

stored! {
    /// What was last counted of a Local Offer in a month.
    #[derive(Debug)]
    OfferFigure {
        /// The month ("2026-11").
        month: String,
        /// What was counted: the caller's word.
        word: String,
        /// How many.
        counted: i64,
        /// Of how many.
        of_all: i64,
    }
}

impl Store {
    /// What was counted of an area's Local Offer, by month and word.
    pub async fn offer_figures(&self, authority: &str) -> Result<Vec<OfferFigure>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("", OfferFigure::COLUMNS)
            .push(" FROM offer_figure WHERE authority = $1 ORDER BY month, word");
        all(self.db().rows(sql, &[Arg::Text(authority)]).await?, OfferFigure::take)
    }

    /// How an area's entries are kept, by service; nothing of those that nobody was named for.
    pub async fn offer_keeps(&self, authority: &str) -> Result<Vec<OfferKeep>, StoreError> {
        let mut sql = keeps();
        sql.push(" ORDER BY service");
        all(self.db().rows(sql, &[Arg::Text(authority)]).await?, OfferKeep::take)
    }

    /// How one entry is kept.
    pub async fn offer_keep(
        &self,
        authority: &str,
        service: &str,
    ) -> Result<Option<OfferKeep>, StoreError> {
        let mut sql = keeps();
        sql.push(" AND service = $2");
        let args = [Arg::Text(authority), Arg::Text(service)];
        one(self.db().rows(sql, &args).await?, OfferKeep::take)
    }

    /// The entries that one person keeps.
    pub async fn offer_kept_by(
        &self,
        authority: &str,
        keeper: &str,
    ) -> Result<Vec<OfferKeep>, StoreError> {
        let mut sql = keeps();
        sql.push(" AND keeper = $2 ORDER BY service");
        let args = [Arg::Text(authority), Arg::Text(keeper)];
        all(self.db().rows(sql, &args).await?, OfferKeep::take)
    }

    /// What came of every address of an area's entries.
    pub async fn offer_addresses(&self, authority: &str) -> Result<Vec<OfferAddress>, StoreError> {
        let mut sql = addresses();
        sql.push(" ORDER BY service, address");
        all(self.db().rows(sql, &[Arg::Text(authority)]).await?, OfferAddress::take)
    }

    /// What came of the addresses of one entry.
    pub async fn offer_addresses_of(
        &self,
        authority: &str,
        service: &str,
    ) -> Result<Vec<OfferAddress>, StoreError> {
        let mut sql = addresses();
        sql.push(" AND service = $2 ORDER BY address");
        let args = [Arg::Text(authority), Arg::Text(service)];
        all(self.db().rows(sql, &args).await?, OfferAddress::take)
    }
}

fn keeps() -> Built {
    let mut sql = Built::new("SELECT ");
    sql.columns("", OfferKeep::COLUMNS).push(" FROM offer_keep WHERE authority = $1");
    sql
}

fn addresses() -> Built {
    let mut sql = Built::new("SELECT ");
    sql.columns("", OfferAddress::COLUMNS).push(" FROM offer_address WHERE authority = $1");
    sql
}

/// Puts figures in place of what was counted earlier in their month.
pub(crate) async fn write_figures(
    tx: &mut Tx,
    authority: &str,
    figures: &[OfferFigure],
) -> Result<(), StoreError> {
    let conflict = " ON CONFLICT (authority, month, word) DO UPDATE SET \
                    counted = excluded.counted, of_all = excluded.of_all";
    put_in_area(tx, "offer_figure", authority, figures, conflict).await
}

/// Puts rows of both sorts in place of what has their keys.
pub(crate) async fn write_keeps(
    tx: &mut Tx,
    authority: &str,
    keeps: &[OfferKeep],
    addresses: &[OfferAddress],
) -> Result<(), StoreError> {
    let conflict = " ON CONFLICT (authority, service) DO UPDATE SET keeper = excluded.keeper, \
                    version = excluded.version, content = excluded.content";
    put_in_area(tx, "offer_keep", authority, keeps, conflict).await?;
    let conflict = " ON CONFLICT (authority, service, address) DO UPDATE SET \
                    tried_on = excluded.tried_on, came = excluded.came";
    put_in_area(tx, "offer_address", authority, addresses, conflict).await
}
