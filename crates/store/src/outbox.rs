//! Messages on their way out, written in the commit that caused them and sent by a job later.
//! A job claims by an update, so that two servers never hold one message at once.

use std::fmt;

use crate::Store;
use crate::error::StoreError;
use crate::people::all;
use crate::rows::{Stored as _, stored};
use crate::sql::{Arg, Built, Tx};

stored! {
    /// A message to be sent.
    OutgoingMessage {
        /// Id.
        id: String,
        /// Where it goes.
        recipient: String,
        /// How, and which: the caller's word.
        kind: String,
        /// Its heading.
        subject: String,
        /// Its words.
        body: String,
        /// Not to be sent before this moment.
        due_at: String,
    }
}

stored! {
    /// A message that this job may send until its claim ends.
    ClaimedMessage {
        /// Id.
        id: String,
        /// Code of the authority.
        authority: String,
        /// Where it goes.
        recipient: String,
        /// How, and which.
        kind: String,
        /// Its heading.
        subject: String,
        /// Its words.
        body: String,
        /// Not to be sent before this moment.
        due_at: String,
        /// How often it was claimed, this time included.
        attempts: i64,
    }
}

impl Store {
    /// Claims messages that are due at `now` until the moment `until`. Of several jobs, each gets
    /// its own; a job that dies loses its claim at `until`.
    pub async fn outbox_due(
        &self,
        now: &str,
        until: &str,
        limit: u32,
    ) -> Result<Vec<ClaimedMessage>, StoreError> {
        let mut sql = Built::new(
            "UPDATE outbox SET claimed_until = $2, attempts = attempts + 1 WHERE id IN \
             (SELECT id FROM outbox WHERE sent_at = '' AND due_at <= $1 AND claimed_until < $1 \
             ORDER BY due_at, id LIMIT $3) AND sent_at = '' AND claimed_until < $1 RETURNING ",
        );
        sql.columns("", ClaimedMessage::COLUMNS);
        let args = [Arg::Text(now), Arg::Text(until), Arg::Int(i64::from(limit))];
        let mut tx = self.db().begin().await?;
        let rows = tx.rows(sql, &args).await?;
        let mut claimed = all(rows, ClaimedMessage::take)?;
        tx.commit().await?;
        claimed.sort_by(|a, b| (&a.due_at, &a.id).cmp(&(&b.due_at, &b.id)));
        Ok(claimed)
    }

    /// Marks a message as sent.
    pub async fn outbox_done(&self, id: &str, sent_at: &str) -> Result<(), StoreError> {
        let args = [Arg::Text(sent_at), Arg::Text(id)];
        let mut tx = self.db().begin().await?;
        tx.run("UPDATE outbox SET sent_at = $1 WHERE id = $2 AND sent_at = ''", &args).await?;
        tx.commit().await
    }

    /// Lets go of a message that has gone: of some nothing is to be kept.
    pub async fn outbox_forget(&self, id: &str) -> Result<(), StoreError> {
        let mut tx = self.db().begin().await?;
        tx.run("DELETE FROM outbox WHERE id = $1", &[Arg::Text(id)]).await?;
        tx.commit().await
    }

    /// Gives a claimed message back, to be tried again from `due_at`.
    pub async fn outbox_again(&self, id: &str, due_at: &str) -> Result<(), StoreError> {
        let args = [Arg::Text(due_at), Arg::Text(id)];
        let mut tx = self.db().begin().await?;
        tx.run(
            "UPDATE outbox SET due_at = $1, claimed_until = '' WHERE id = $2 AND sent_at = ''",
            &args,
        )
        .await?;
        tx.commit().await
    }
}

/// Takes back the messages of a kind that have not gone. One that a job holds just now may go yet.
pub(crate) async fn take_back(tx: &mut Tx, authority: &str, kind: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM outbox WHERE authority = $1 AND kind = $2 AND sent_at = ''";
    tx.run(sql, &[Arg::Text(authority), Arg::Text(kind)]).await?;
    Ok(())
}

/// Words to a family are theirs, so only what a job needs is printed.
impl fmt::Debug for OutgoingMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingMessage")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("due_at", &self.due_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ClaimedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClaimedMessage")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("due_at", &self.due_at)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
