//! Events, the rows beside them, sign-ins, messages and traces, on SQLite or PostgreSQL with one SQL.
//! The store keeps bytes, order and hashes; it never reads a clock, and does not know what an event means.

mod commit;
mod error;
mod event;
mod keep;
mod list;
mod offer;
mod offer_log;
mod outbox;
mod people;
mod rows;
mod schema;
mod sql;
mod trace;
mod verify;
mod writer;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use commit::{CommandId, Commit, Committed, StreamWrite};
pub use error::{CommitError, StoreError};
pub use event::{NewEvent, StoredEvent, StreamKind};
pub use keep::{OfferAddress, OfferFigure, OfferKeep};
pub use list::{
    BreachCount, Cursor, DueLine, ListFilter, ListMark, ListQuery, Order, Page, RefusalCount, Scope,
};
pub use offer::{OfferComment, OfferItem, OfferWrite};
pub use offer_log::{OfferLogRow, SearchTotal, SearchWrite};
pub use outbox::{ClaimedMessage, OutgoingMessage};
pub use people::{
    AreaRow, Draft, DraftWrite, Link, LinkWrite, PersonRow, PersonWrite, SignIn, SignInWrite,
};
pub use rows::{
    AdviceLine, AdviceRow, ChildRow, ChildRows, HeadRow, NEVER, NewLine, ObligationRow, RefusalRow,
    StoredChild, Tie, WordingRow,
};
pub use trace::{Looked, Trace, TraceRow};
pub use verify::{AreaReport, Fault, Finding, OfferRow, OfferTable, VerifyReport};

use event::EVENT_COLUMNS;
use people::{all, one};
use rows::Stored as _;
use sql::{Arg, Built, Db, Row, Scratch};
use writer::Writers;

/// An open database. Clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    writers: Writers,
    /// Kept for its end: the folder of a scratch database goes with the store.
    _scratch: Option<Scratch>,
}

/// How to open a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenOptions {
    /// What a commit waits for on SQLite. PostgreSQL keeps its own setting.
    pub synchronous: Synchronous,
    /// Connections that read at once.
    pub readers: u32,
    /// Connections that write at once on PostgreSQL, each for its own areas. SQLite has one.
    pub writers: u32,
}

/// How far SQLite carries a commit before it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// On the disk: what was answered survives a power cut. The only choice for real records.
    #[default]
    Full,
    /// A power cut may lose the last commits. For a demo that will be thrown away.
    Normal,
    /// A power cut may ruin the file. For building a demo.
    Off,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { synchronous: Synchronous::Full, readers: 4, writers: 4 }
    }
}

impl Store {
    /// Opens `sqlite:PATH`, `sqlite::memory:` (a scratch file that goes with the store) or
    /// `postgres://…`, makes what is missing, brings the schema up to date and refuses a newer one.
    /// Must be called within the runtime that will serve it.
    pub async fn open(url: &str, options: OpenOptions) -> Result<Self, StoreError> {
        let (db, scratch) = Db::open(url, &options).await?;
        schema::migrate(&db).await?;
        let writers = Writers::start(&db);
        Ok(Self { inner: Arc::new(Inner { db, writers, _scratch: scratch }) })
    }

    /// Writes everything or nothing; when it returns, what it wrote is on disk.
    pub async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        self.inner.writers.commit(commit).await
    }

    /// Closes every connection, for all clones. Later calls answer `Closed`.
    pub async fn close(&self) {
        self.inner.db.close().await;
    }

    /// A child's events in order, with how fresh the rows beside them are. Both are of one moment.
    pub async fn child(
        &self,
        authority: &str,
        child: &str,
    ) -> Result<Option<StoredChild>, StoreError> {
        self.stream(authority, StreamKind::Child, child).await
    }

    /// The events of any stream in order; `head` is filled for a child that has rows.
    pub async fn stream(
        &self,
        authority: &str,
        kind: StreamKind,
        stream: &str,
    ) -> Result<Option<StoredChild>, StoreError> {
        let args = [Arg::Text(authority), Arg::Text(stream), Arg::Text(kind.word())];
        stream_events(stream, self.db().rows(stream_sql(), &args).await?)
    }

    /// All events of a kind of stream in the order in which they were recorded, each with the name of
    /// its stream.
    pub async fn events_of(
        &self,
        authority: &str,
        kind: StreamKind,
    ) -> Result<Vec<(String, StoredEvent)>, StoreError> {
        let mut sql = Built::new("SELECT stream, ");
        sql.columns("", &EVENT_COLUMNS)
            .push(" FROM event WHERE authority = $1 AND stream_kind = $2 ORDER BY area_seq");
        let args = [Arg::Text(authority), Arg::Text(kind.word())];
        all(self.db().rows_of_area(sql, &args).await?, |fields| {
            Ok((fields.take()?, StoredEvent::take(fields)?))
        })
    }

    /// The version of every stream of a kind, by name.
    pub async fn stream_versions(
        &self,
        authority: &str,
        kind: StreamKind,
    ) -> Result<BTreeMap<String, i64>, StoreError> {
        let sql = "SELECT stream, version FROM stream_head \
                   WHERE authority = $1 AND stream_kind = $2 ORDER BY stream";
        let args = [Arg::Text(authority), Arg::Text(kind.word())];
        let all = all(self.db().rows_of_area(sql, &args).await?, |fields| {
            Ok((fields.take()?, fields.take()?))
        })?;
        Ok(all.into_iter().collect())
    }

    /// What a person is and was to a child: all that a decision on access may see.
    pub async fn ties(
        &self,
        authority: &str,
        person: &str,
        child: &str,
    ) -> Result<Vec<Tie>, StoreError> {
        let sql = people::select(
            Tie::COLUMNS,
            " FROM tie WHERE authority = $1 AND person = $2 AND child = $3 ORDER BY n",
        );
        let args = [Arg::Text(authority), Arg::Text(person), Arg::Text(child)];
        all(self.db().rows(sql, &args).await?, Tie::take)
    }

    /// The children to whom a person is tied on a day in one of these two ways, in no order; twice where
    /// they are tied twice.
    pub async fn tied_as(
        &self,
        authority: &str,
        person: &str,
        relations: [&str; 2],
        today: &str,
    ) -> Result<Vec<String>, StoreError> {
        // Asked for an order, SQLite would walk every tie of the person in that order.
        let sql = "SELECT child FROM tie WHERE authority = $1 AND person = $2 \
                   AND from_day <= $3 AND until_day > $3 AND relation IN ($4, $5)";
        let [one, other] = relations;
        let args = [
            Arg::Text(authority),
            Arg::Text(person),
            Arg::Text(today),
            Arg::Text(one),
            Arg::Text(other),
        ];
        all(self.db().rows(sql, &args).await?, |fields| fields.take())
    }

    /// The answer of a form that was run already.
    pub async fn command(&self, id: &str) -> Result<Option<String>, StoreError> {
        let rows = self.db().rows(commit::COMMAND_ANSWER, &[Arg::Text(id)]).await?;
        one(rows, |fields| fields.take())
    }

    pub(crate) fn db(&self) -> &Db {
        &self.inner.db
    }
}

/// The events of one stream with the head of its rows, in one statement and so of one moment.
/// Arguments: authority, stream, kind.
fn stream_sql() -> Built {
    let mut sql = Built::new("SELECT COALESCE(h.rulebook, ''), COALESCE(h.holds_until, ''), ");
    sql.columns("e.", &EVENT_COLUMNS).push(
        " FROM event e LEFT JOIN child_head h \
         ON h.authority = e.authority AND h.child = e.stream \
         WHERE e.authority = $1 AND e.stream = $2 AND e.stream_kind = $3 ORDER BY e.seq",
    );
    sql
}

/// Reads the rows of `stream_sql`; each carries the head.
fn stream_events(stream: &str, rows: Vec<Row>) -> Result<Option<StoredChild>, StoreError> {
    let (mut head, mut events) = (HeadRow::default(), Vec::with_capacity(rows.len()));
    for row in rows {
        let mut fields = row.fields();
        head = HeadRow::take(&mut fields)?;
        events.push(StoredEvent::take(&mut fields)?);
    }
    let version = events.last().map_or(0, |event: &StoredEvent| event.seq);
    let child = StoredChild { child: stream.to_owned(), version, head, events };
    Ok((version > 0).then_some(child))
}

/// An address may hold a password, so nothing of the database is printed.
impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
