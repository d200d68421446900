//! The Local Offer as it stands: one row a thing, its content as the caller writes it. A version
//! moves with every change; readers hold the rest in memory and look at the version alone.

use crate::Store;
use crate::commit::{insert_or, put_in_area};
use crate::error::StoreError;
use crate::people::all;
use crate::rows::{Stored as _, stored};
use crate::sql::{Arg, Built, Tx};

stored! {
    /// One thing of a Local Offer.
    OfferItem {
        /// What it is: the caller's word.
        kind: String,
        /// Its id.
        id: String,
        /// Where it was taken from, or '' for what was written here.
        source: String,
        /// When it was last changed.
        changed_at: String,
        /// The thing itself, as the caller writes it.
        content: String,
    }
}

/// A change of a Local Offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferWrite {
    /// Puts a thing in place of what has its kind and id.
    Put(OfferItem),
    /// Takes a thing away.
    Remove {
        /// What it is.
        kind: String,
        /// Its id.
        id: String,
    },
}

stored! {
    /// One comment on a Local Offer as it stands.
    OfferComment {
        /// Its id, which names its stream.
        id: String,
        /// How far it has come: the caller's word.
        standing: String,
        /// The service that it is about, or ''.
        service: String,
        /// The day on which it was made.
        made_on: String,
        /// The version of its stream that this is made of.
        version: i64,
        /// The comment itself, as the caller writes it.
        content: String,
    }
}

impl Store {
    /// How often an area's Local Offer has changed; 0 where there is none.
    pub async fn offer_version(&self, authority: &str) -> Result<i64, StoreError> {
        let sql = "SELECT version FROM offer_head WHERE authority = $1";
        let rows = self.db().rows(sql, &[Arg::Text(authority)]).await?;
        rows.into_iter().next().map_or(Ok(0), |row| row.fields().take())
    }

    /// All of an area's Local Offer, in the order of kinds and ids.
    pub async fn offer(&self, authority: &str) -> Result<Vec<OfferItem>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("", OfferItem::COLUMNS)
            .push(" FROM offer_item WHERE authority = $1 ORDER BY kind, id");
        all(self.db().rows(sql, &[Arg::Text(authority)]).await?, OfferItem::take)
    }
}

impl Store {
    /// An area's comments of one standing, the oldest first.
    pub async fn offer_comments(
        &self,
        authority: &str,
        standing: &str,
        most: i64,
    ) -> Result<Vec<OfferComment>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("", OfferComment::COLUMNS).push(
            " FROM offer_comment WHERE authority = $1 AND standing = $2 \
             ORDER BY made_on, id LIMIT $3",
        );
        let args = [Arg::Text(authority), Arg::Text(standing), Arg::Int(most)];
        all(self.db().rows(sql, &args).await?, OfferComment::take)
    }

    /// Comments of one standing about one service, the oldest first.
    pub async fn offer_comments_about(
        &self,
        authority: &str,
        service: &str,
        standing: &str,
    ) -> Result<Vec<OfferComment>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("", OfferComment::COLUMNS).push(
            " FROM offer_comment WHERE authority = $1 AND service = $2 AND standing = $3 \
             ORDER BY made_on, id",
        );
        let args = [Arg::Text(authority), Arg::Text(service), Arg::Text(standing)];
        all(self.db().rows(sql, &args).await?, OfferComment::take)
    }

    /// How many comments of one standing there are.
    pub async fn offer_comments_count(
        &self,
        authority: &str,
        standing: &str,
    ) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM offer_comment WHERE authority = $1 AND standing = $2";
        crate::commit::count(
            self.db().rows(sql, &[Arg::Text(authority), Arg::Text(standing)]).await?,
        )
    }
}

/// Puts comments in place of what has their ids.
pub(crate) async fn write_comments(
    tx: &mut Tx,
    authority: &str,
    comments: &[OfferComment],
) -> Result<(), StoreError> {
    let conflict = " ON CONFLICT (authority, id) DO UPDATE SET standing = excluded.standing, \
                    service = excluded.service, made_on = excluded.made_on, \
                    version = excluded.version, content = excluded.content";
    put_in_area(tx, "offer_comment", authority, comments, conflict).await
}

/// Words of the public may name somebody, so only the id is printed.
impl std::fmt::Debug for OfferComment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfferComment")
            .field("id", &self.id)
            .field("standing", &self.standing)
            .finish_non_exhaustive()
    }
}

/// Writes changes and moves the version once.
pub(crate) async fn write_offer(
    tx: &mut Tx,
    authority: &str,
    writes: &[OfferWrite],
) -> Result<(), StoreError> {
    if writes.is_empty() {
        return Ok(());
    }
    let mut args = Vec::new();
    for write in writes {
        match write {
            OfferWrite::Put(item) => {
                args.push(Arg::Text(authority));
                item.push(&mut args);
            }
            OfferWrite::Remove { kind, id } => {
                let args = [Arg::Text(authority), Arg::Text(kind), Arg::Text(id)];
                let sql = "DELETE FROM offer_item WHERE authority = $1 AND kind = $2 AND id = $3";
                tx.run(sql, &args).await?;
            }
        }
    }
    let conflict = " ON CONFLICT (authority, kind, id) DO UPDATE SET source = excluded.source, \
                    changed_at = excluded.changed_at, content = excluded.content";
    insert_or(tx, "offer_item", &[&["authority"], OfferItem::COLUMNS], &args, conflict).await?;
    let sql = "INSERT INTO offer_head (authority, version) VALUES ($1, 1) \
               ON CONFLICT (authority) DO UPDATE SET version = offer_head.version + 1";
    tx.run(sql, &[Arg::Text(authority)]).await?;
    Ok(())
}

impl std::fmt::Debug for OfferItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfferItem")
            .field("kind", &self.kind)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
