//! SQLite as the store uses it: one connection that writes and a few that read, each with its statements kept
//! prepared. What an index finds takes less time than handing it to another thread, so it runs where it is
//! asked for; what waits for the disk, for another process, or walks over a whole area is handed over.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, ffi};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Arg, WAIT};
use crate::error::StoreError;
use crate::{OpenOptions, Synchronous};

/// Page cache of one connection; a negative number counts KiB.
const CACHE_KIB: i64 = -16_384;
/// Prepared statements that one connection keeps: those of a child's rows differ by how many rows there are.
const STATEMENTS: usize = 300;

/// Between two tries to open a file that another program is making.
const AGAIN: Duration = Duration::from_millis(10);

/// A value of a row.
pub(crate) enum Value {
    Text(String),
    Int(i64),
}

/// An open file: its writer and its readers.
#[derive(Clone)]
pub(crate) struct Sqlite {
    writer: Arc<Pool>,
    readers: Arc<Pool>,
}

/// Connections to one file, opened as they are needed and never recycled: a file does not go stale, and
/// opening it again costs the page cache.
struct Pool {
    path: PathBuf,
    flags: OpenFlags,
    synchronous: Synchronous,
    most: u32,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
}

/// A connection on loan; a transaction that is still open when it comes back is undone.
pub(crate) struct Lease {
    /// There until the loan ends.
    connection: Option<Connection>,
    pool: Arc<Pool>,
    _permit: OwnedSemaphorePermit,
}

impl Sqlite {
    pub(super) async fn open(path: &Path, options: &OpenOptions) -> Result<Self, StoreError> {
        let one_thread = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let writes = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let pool = |flags, most| {
            Arc::new(Pool {
                path: path.to_owned(),
                flags: flags | one_thread,
                synchronous: options.synchronous,
                most,
                permits: Arc::new(Semaphore::new(usize::try_from(most).unwrap_or(1))),
                idle: Mutex::default(),
            })
        };
        let file = Self {
            writer: pool(writes, 1),
            readers: pool(OpenFlags::SQLITE_OPEN_READ_ONLY, options.readers.max(1)),
        };
        // The writer makes the file; a reader could not.
        file.writer.first().await?;
        Ok(file)
    }

    /// A transaction that writes; it holds the only connection that can.
    pub(super) async fn begin(&self) -> Result<Lease, StoreError> {
        let lease = self.writer.lease().await?;
        lease.apart(|connection| connection.execute_batch("BEGIN IMMEDIATE")).await
    }

    /// A transaction that reads and sees one moment throughout.
    pub(super) async fn snapshot(&self) -> Result<Lease, StoreError> {
        let lease = self.readers.lease().await?;
        lease.connection()?.execute_batch("BEGIN").map_err(told)?;
        Ok(lease)
    }

    /// A connection that reads.
    pub(super) async fn reader(&self) -> Result<Lease, StoreError> {
        self.readers.lease().await
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Pool {
    /// Opens the first connection. While two programs turn one new file to its write-ahead log, SQLite tells
    /// one of them "busy" at once, whatever its busy timeout; that one waits here.
    async fn first(self: &Arc<Self>) -> Result<(), StoreError> {
        let opened = tokio::time::timeout(WAIT, async {
            loop {
                match self.lease().await {
                    Err(StoreError::Busy) => tokio::time::sleep(AGAIN).await,
                    settled => return settled.map(drop),
                }
            }
        });
        opened.await.unwrap_or(Err(StoreError::Busy))
    }

    async fn lease(self: &Arc<Self>) -> Result<Lease, StoreError> {
        let permit = tokio::time::timeout(WAIT, self.permits.clone().acquire_owned())
            .await
            .map_err(|_| StoreError::Busy)?
            .map_err(|_| StoreError::Closed)?;
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.connect().map_err(told)?,
        };
        Ok(Lease { connection: Some(connection), pool: self.clone(), _permit: permit })
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(&self.path, self.flags)?;
        connection.busy_timeout(WAIT)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // A plan does not depend on the values: else most statements are prepared anew for each of them.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        if self.flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(
                None,
                "synchronous",
                match self.synchronous {
                    Synchronous::Full => "FULL",
                    Synchronous::Normal => "NORMAL",
                    Synchronous::Off => "OFF",
                },
            )?;
            connection.pragma_update(None, "foreign_keys", true)?;
        }
        // What a savepoint may have to undo stays in memory instead of a temporary file.
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        Ok(connection)
    }

    /// Waits for what is on loan, then lets every connection go.
    async fn close(&self) {
        let all = self.permits.acquire_many(self.most).await;
        self.permits.close();
        drop(all);
        self.idle().clear();
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lease {
    fn connection(&self) -> Result<&Connection, StoreError> {
        self.connection.as_ref().ok_or(StoreError::Closed)
    }

    /// Runs a statement and counts the rows that it changed.
    pub(super) fn run(&self, sql: &str, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        let mut statement = self.bound(sql, args)?;
        let changed = statement.raw_execute().map_err(told)?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    /// Runs a statement and takes its rows.
    pub(super) fn rows(&self, sql: &str, args: &[Arg<'_>]) -> Result<Vec<Vec<Value>>, StoreError> {
        let mut statement = self.bound(sql, args)?;
        let columns = statement.column_count();
        let mut found = statement.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(told)? {
            let value = |at| Value::of(row.get_ref(at).map_err(told)?);
            rows.push((0..columns).map(value).collect::<Result<_, _>>()?);
        }
        Ok(rows)
    }

    /// Runs several statements, none of which takes an argument.
    pub(super) fn script(&self, statements: &str) -> Result<(), StoreError> {
        self.connection()?.execute_batch(statements).map_err(told)
    }

    /// Ends the transaction; what it wrote is on the disk when this returns.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.apart(|connection| connection.execute_batch("COMMIT")).await.map(drop)
    }

    /// The same on a thread that may wait.
    pub(super) async fn rows_apart(
        self,
        sql: String,
        args: Vec<Value>,
    ) -> Result<Vec<Vec<Value>>, StoreError> {
        let walked = tokio::task::spawn_blocking(move || {
            let args: Vec<Arg<'_>> = args.iter().map(Value::arg).collect();
            self.rows(&sql, &args)
        });
        walked.await.map_err(|_| StoreError::Closed)?
    }

    /// Does what waits on a thread that may wait. Whoever stops listening does not undo it.
    async fn apart(self, act: fn(&Connection) -> rusqlite::Result<()>) -> Result<Self, StoreError> {
        let waited = tokio::task::spawn_blocking(move || {
            act(self.connection()?).map_err(told)?;
            Ok(self)
        });
        waited.await.map_err(|_| StoreError::Closed)?
    }

    fn bound(&self, sql: &str, args: &[Arg<'_>]) -> Result<CachedStatement<'_>, StoreError> {
        // `$1` is a name to SQLite, numbered as it comes; `?1` is the first argument. Nothing else in a
        // statement of ours is a dollar.
        let numbered = sql.replace('$', "?");
        let mut statement = self.connection()?.prepare_cached(&numbered).map_err(told)?;
        for (at, arg) in args.iter().enumerate() {
            match arg {
                Arg::Text(text) => statement.raw_bind_parameter(at + 1, text),
                Arg::Int(number) => statement.raw_bind_parameter(at + 1, number),
            }
            .map_err(told)?;
        }
        Ok(statement)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok() {
            self.pool.idle().push(connection);
        }
    }
}

impl Value {
    fn arg(&self) -> Arg<'_> {
        match self {
            Self::Text(text) => Arg::Text(text),
            Self::Int(number) => Arg::Int(*number),
        }
    }

    fn of(value: ValueRef<'_>) -> Result<Self, StoreError> {
        match value {
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Self::Text(text.to_owned())),
                Err(_) => Err(StoreError::Shape { what: "a column" }),
            },
            ValueRef::Integer(number) => Ok(Self::Int(number)),
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => {
                Err(StoreError::Shape { what: "a column" })
            }
        }
    }
}

/// Keeps of an error its code alone: a database's words may quote the row.
fn told(error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(error, _) = error else {
        return StoreError::Database { code: "client".to_owned() };
    };
    let code = error.extended_code.to_string();
    match error.code {
        ErrorCode::ConstraintViolation
            if [ffi::SQLITE_CONSTRAINT_UNIQUE, ffi::SQLITE_CONSTRAINT_PRIMARYKEY]
                .contains(&error.extended_code) =>
        {
            StoreError::Duplicate
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::DiskFull,
        ErrorCode::CannotOpen => StoreError::Unreachable { code },
        ErrorCode::ReadOnly
        | ErrorCode::SystemIoFailure
        | ErrorCode::DatabaseCorrupt
        | ErrorCode::NotADatabase => StoreError::Failed { code },
        _ => StoreError::Database { code },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_open_transaction_is_undone_when_its_connection_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let options = OpenOptions::default();
        let file = Sqlite::open(&folder.path().join("a.sqlite"), &options).await.unwrap();
        let begun = file.begin().await.unwrap();
        begun.script("CREATE TABLE kept (one BIGINT)").unwrap();
        begun.commit().await.unwrap();
        let begun = file.begin().await.unwrap();
        assert_eq!(begun.run("INSERT INTO kept VALUES ($1)", &[Arg::Int(1)]).unwrap(), 1);
        drop(begun);
        let rows = file.reader().await.unwrap().rows("SELECT one FROM kept", &[]).unwrap();
        assert!(rows.is_empty());
    }

    #[tokio::test]
    async fn a_closed_file_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let options = OpenOptions::default();
        let file = Sqlite::open(&folder.path().join("a.sqlite"), &options).await.unwrap();
        file.close().await;
        assert!(matches!(file.reader().await, Err(StoreError::Closed)));
        assert!(matches!(file.begin().await, Err(StoreError::Closed)));
    }
}
