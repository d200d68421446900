//! What an area does about its Local Offer, a row an entry; and how often families search it and find
//! nothing, counted a month, of nobody.

use crate::Store;
use crate::commit::put_in_area;
use crate::error::StoreError;
use crate::people::all;
use crate::rows::{Stored as _, stored};
use crate::sql::{Arg, Built, Tx};

stored! {
    /// One entry as it stands.
    OfferLogRow {
        /// Its id, which names its stream.
        id: String,
        /// What it is of: the caller's word.
        kind: String,
        /// The day on which it happened.
        happened_on: String,
        /// The version of its stream that this is made of.
        version: i64,
        /// The entry itself, as the caller writes it.
        content: String,
    }
}

/// Searches to be added to those of a month.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SearchWrite {
    /// The hash of their words; '' for all searches together.
    pub key: String,
    /// The month ("2026-11").
    pub month: String,
    /// The words, kept once enough searches had the same.
    pub words: String,
    /// Searches.
    pub searches: i64,
    /// Those that found nothing.
    pub found_none: i64,
    /// Those after which somebody said that they did not find what they need.
    pub pressed: i64,
}

stored! {
    /// Searches of one month.
    SearchTotal {
        /// The words, or '' for all searches together.
        words: String,
        /// The month.
        month: String,
        /// Searches.
        searches: i64,
        /// Those that found nothing.
        found_none: i64,
        /// Those after which somebody said so.
        pressed: i64,
    }
}

/// As many searches as must have the same words before the words are kept.
const SAME_LEAST: i64 = 5;

impl Store {
    /// An area's entries of one kind, the latest first.
    pub async fn offer_log(
        &self,
        authority: &str,
        kind: &str,
        most: i64,
    ) -> Result<Vec<OfferLogRow>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("", OfferLogRow::COLUMNS).push(
            " FROM offer_log WHERE authority = $1 AND kind = $2 \
             ORDER BY happened_on DESC, id DESC LIMIT $3",
        );
        let args = [Arg::Text(authority), Arg::Text(kind), Arg::Int(most)];
        all(self.db().rows(sql, &args).await?, OfferLogRow::take)
    }

    /// The searches of an area, a month a row, in the order of months and words: all together, and
    /// those whose words are kept.
    pub async fn offer_searches(&self, authority: &str) -> Result<Vec<SearchTotal>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("", SearchTotal::COLUMNS).push(
            " FROM offer_search WHERE authority = $1 AND (key = '' OR words <> '') \
             ORDER BY month, words",
        );
        all(self.db().rows(sql, &[Arg::Text(authority)]).await?, SearchTotal::take)
    }
}

/// Puts entries in place of what has their ids.
pub(crate) async fn write_log(
    tx: &mut Tx,
    authority: &str,
    rows: &[OfferLogRow],
) -> Result<(), StoreError> {
    let conflict = " ON CONFLICT (authority, id) DO UPDATE SET kind = excluded.kind, \
                    happened_on = excluded.happened_on, version = excluded.version, \
                    content = excluded.content";
    put_in_area(tx, "offer_log", authority, rows, conflict).await
}

/// Adds searches to their months. Words are written once enough had the same, whatever the month; what
/// was counted of words that are not known is forgotten before the month that `forget` names.
pub(crate) async fn write_searches(
    tx: &mut Tx,
    authority: &str,
    searches: &[SearchWrite],
    forget: &str,
) -> Result<(), StoreError> {
    if searches.is_empty() {
        return Ok(());
    }
    for one in searches {
        let sql = "INSERT INTO offer_search \
                   (authority, key, month, words, searches, found_none, pressed) \
                   VALUES ($1, $2, $3, '', $4, $5, $6) \
                   ON CONFLICT (authority, key, month) DO UPDATE SET \
                   searches = offer_search.searches + excluded.searches, \
                   found_none = offer_search.found_none + excluded.found_none, \
                   pressed = offer_search.pressed + excluded.pressed";
        let args = [
            Arg::Text(authority),
            Arg::Text(&one.key),
            Arg::Text(&one.month),
            Arg::Int(one.searches),
            Arg::Int(one.found_none),
            Arg::Int(one.pressed),
        ];
        tx.run(sql, &args).await?;
        if !one.words.is_empty() {
            let sql = "UPDATE offer_search SET words = $3 WHERE authority = $1 AND key = $2 \
                       AND $4 <= (SELECT SUM(found_none) + SUM(pressed) FROM offer_search \
                       WHERE authority = $1 AND key = $2)";
            let args = [
                Arg::Text(authority),
                Arg::Text(&one.key),
                Arg::Text(&one.words),
                Arg::Int(SAME_LEAST),
            ];
            tx.run(sql, &args).await?;
        }
    }
    let sql = "DELETE FROM offer_search WHERE authority = $1 AND key <> '' AND words = '' \
               AND month < $2";
    tx.run(sql, &[Arg::Text(authority), Arg::Text(forget)]).await?;
    Ok(())
}

impl std::fmt::Debug for OfferLogRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfferLogRow")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Words of families are printed nowhere.
impl std::fmt::Debug for SearchWrite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchWrite").field("month", &self.month).finish_non_exhaustive()
    }
}

/// Words of families are printed nowhere.
impl std::fmt::Debug for SearchTotal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchTotal").field("month", &self.month).finish_non_exhaustive()
    }
}
