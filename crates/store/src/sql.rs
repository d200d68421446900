//! The one file that knows there are two databases: connections, transactions, arguments and rows.
//! Everything above it writes one SQL, with `$1` placeholders and columns of TEXT and BIGINT only.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow, Postgres};
use sqlx::sqlite::{
    Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Row as _, SqlSafeStr, SqlStr, Transaction};

use crate::error::StoreError;
use crate::{OpenOptions, Synchronous};

/// How long a statement waits for another process's lock, or a task for a connection.
const WAIT: Duration = Duration::from_secs(10);
/// Page cache of one SQLite connection; a negative number counts KiB.
const CACHE_KIB: &str = "-16384";
/// Prepared statements that one SQLite connection keeps: those of a child's rows differ by how many
/// rows there are.
const STATEMENTS: usize = 300;
/// Scratch databases that one process may hold at once.
const SCRATCH_MOST: u64 = 10_000;

/// A value bound to a placeholder.
#[derive(Clone, Copy)]
pub(crate) enum Arg<'a> {
    Text(&'a str),
    Int(i64),
}

/// One row of an answer.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// An open database: on SQLite one writer and several readers, on PostgreSQL one pool.
#[derive(Clone)]
pub(crate) enum Db {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres { pool: PgPool, writers: usize },
}

/// An open transaction; rolled back if dropped.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A statement put together from pieces of this program only, so that no data can slip into it.
#[derive(Clone, Default)]
pub(crate) struct Built(String);

/// Statements that need nothing of each other's answers. On SQLite each crossing to its thread costs
/// more than most statements, so they go over together; PostgreSQL takes them one by one. In each
/// statement a place is `?`, taken in order: SQLite finds a numbered place by a walk over those before.
#[derive(Default)]
pub(crate) struct Batch<'a> {
    steps: Vec<(Built, Vec<Arg<'a>>)>,
}

/// A folder for a database that lives no longer than its store.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

/// Takes a row's columns from left to right.
pub(crate) struct Fields<'r> {
    row: &'r Row,
    at: usize,
}

/// What a column can be read as, and bound from.
pub(crate) trait Field: Sized {
    fn take(fields: &mut Fields<'_>) -> Result<Self, StoreError>;
    fn arg(&self) -> Arg<'_>;
}

/// Binds every argument; both databases take the same calls and have no type in common.
macro_rules! bound {
    ($database:ty, $sql:expr, $args:expr) => {{
        let mut query = sqlx::query::<$database>($sql);
        for arg in $args {
            query = match *arg {
                Arg::Text(text) => query.bind(text),
                Arg::Int(number) => query.bind(number),
            };
        }
        query
    }};
}

impl Db {
    /// Opens what `url` names. The scratch folder, if any, must live as long as the database.
    pub(crate) async fn open(
        url: &str,
        options: &OpenOptions,
    ) -> Result<(Self, Option<Scratch>), StoreError> {
        if url == "sqlite::memory:" {
            let scratch = Scratch::new()?;
            let db = open_sqlite(&scratch.0.join("scratch.sqlite"), options).await?;
            Ok((db, Some(scratch)))
        } else if let Some(path) = url.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            Ok((open_sqlite(Path::new(path), options).await?, None))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok((open_postgres(url, options).await?, None))
        } else {
            Err(StoreError::BadUrl)
        }
    }

    /// Begins a transaction that writes. On SQLite it holds the only writing connection.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => {
                Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await.map_err(told)?)
            }
            Self::Postgres { pool, .. } => Tx::Postgres(pool.begin().await.map_err(told)?),
        })
    }

    /// Begins a transaction that reads and sees one moment throughout.
    pub(crate) async fn snapshot(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await.map_err(told)?),
            Self::Postgres { pool, .. } => Tx::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await
                    .map_err(told)?,
            ),
        })
    }

    /// Reads rows outside any transaction.
    pub(crate) async fn rows(
        &self,
        sql: impl SqlSafeStr,
        args: &[Arg<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        check(args)?;
        let sql = sql.into_sql_str();
        Ok(match self {
            Self::Sqlite { readers, .. } => {
                wrap(Row::Sqlite, bound!(Sqlite, sql, args).fetch_all(readers).await.map_err(told)?)
            }
            Self::Postgres { pool, .. } => wrap(
                Row::Postgres,
                bound!(Postgres, sql, args).fetch_all(pool).await.map_err(told)?,
            ),
        })
    }

    /// How many writer tasks the database can use at once.
    pub(crate) fn writers(&self) -> usize {
        match self {
            Self::Sqlite { .. } => 1,
            Self::Postgres { writers, .. } => *writers,
        }
    }

    /// Closes every connection; later use answers `Closed`.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }
}

impl Tx {
    /// Runs a statement and counts the rows that it changed.
    pub(crate) async fn run(
        &mut self,
        sql: impl SqlSafeStr,
        args: &[Arg<'_>],
    ) -> Result<u64, StoreError> {
        check(args)?;
        let sql = sql.into_sql_str();
        Ok(match self {
            Self::Sqlite(tx) => {
                bound!(Sqlite, sql, args).execute(&mut **tx).await.map_err(told)?.rows_affected()
            }
            Self::Postgres(tx) => {
                bound!(Postgres, sql, args).execute(&mut **tx).await.map_err(told)?.rows_affected()
            }
        })
    }

    /// Runs a statement and takes its rows.
    pub(crate) async fn rows(
        &mut self,
        sql: impl SqlSafeStr,
        args: &[Arg<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        check(args)?;
        let sql = sql.into_sql_str();
        Ok(match self {
            Self::Sqlite(tx) => wrap(
                Row::Sqlite,
                bound!(Sqlite, sql, args).fetch_all(&mut **tx).await.map_err(told)?,
            ),
            Self::Postgres(tx) => wrap(
                Row::Postgres,
                bound!(Postgres, sql, args).fetch_all(&mut **tx).await.map_err(told)?,
            ),
        })
    }

    /// Runs every statement of a batch; none after the first that fails.
    pub(crate) async fn run_all(&mut self, batch: Batch<'_>) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) if !batch.steps.is_empty() => {
                let (sql, args) = batch.joined();
                self.run(sql, &args).await?;
            }
            Self::Sqlite(_) => {}
            Self::Postgres(_) => {
                for (sql, args) in batch.steps {
                    self.run(sql.numbered(), &args).await?;
                }
            }
        }
        Ok(())
    }

    /// The same, and takes the rows of all of them, one after the other.
    pub(crate) async fn rows_of_all(&mut self, batch: Batch<'_>) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(_) => {
                let (sql, args) = batch.joined();
                self.rows(sql, &args).await
            }
            Self::Postgres(_) => {
                let mut rows = Vec::new();
                for (sql, args) in batch.steps {
                    rows.extend(self.rows(sql.numbered(), &args).await?);
                }
                Ok(rows)
            }
        }
    }

    /// Runs several statements of a migration. Texts compare by byte in both databases: SQLite's
    /// own rule, and on PostgreSQL the collation "C" whatever the cluster's language.
    pub(crate) async fn script(&mut self, statements: &'static str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => {
                sqlx::raw_sql(statements).execute(&mut **tx).await.map_err(told)?;
            }
            Self::Postgres(tx) => {
                let by_byte = statements.replace(" TEXT ", " TEXT COLLATE \"C\" ");
                sqlx::raw_sql(AssertSqlSafe(by_byte)).execute(&mut **tx).await.map_err(told)?;
            }
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await.map_err(told),
            Self::Postgres(tx) => tx.commit().await.map_err(told),
        }
    }
}

impl Row {
    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields { row: self, at: 0 }
    }
}

impl Fields<'_> {
    /// The next column.
    pub(crate) fn take<T: Field>(&mut self) -> Result<T, StoreError> {
        T::take(self)
    }

    fn next(&mut self) -> usize {
        let at = self.at;
        self.at += 1;
        at
    }
}

impl Field for String {
    fn take(fields: &mut Fields<'_>) -> Result<Self, StoreError> {
        let at = fields.next();
        match fields.row {
            Row::Sqlite(row) => row.try_get(at).map_err(told),
            Row::Postgres(row) => row.try_get(at).map_err(told),
        }
    }

    fn arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl Field for i64 {
    fn take(fields: &mut Fields<'_>) -> Result<Self, StoreError> {
        let at = fields.next();
        match fields.row {
            Row::Sqlite(row) => row.try_get(at).map_err(told),
            Row::Postgres(row) => row.try_get(at).map_err(told),
        }
    }

    fn arg(&self) -> Arg<'_> {
        Arg::Int(*self)
    }
}

impl Field for bool {
    fn take(fields: &mut Fields<'_>) -> Result<Self, StoreError> {
        Ok(i64::take(fields)? != 0)
    }

    fn arg(&self) -> Arg<'_> {
        Arg::Int(i64::from(*self))
    }
}

impl Built {
    pub(crate) fn new(piece: &'static str) -> Self {
        Self(piece.to_owned())
    }

    pub(crate) fn push(&mut self, piece: &'static str) -> &mut Self {
        self.0.push_str(piece);
        self
    }

    /// Column names with a comma between, each after `prefix` (such as `o.`).
    pub(crate) fn columns(&mut self, prefix: &'static str, names: &[&'static str]) -> &mut Self {
        for (i, name) in names.iter().enumerate() {
            if i > 0 {
                self.0.push_str(", ");
            }
            self.0.push_str(prefix);
            self.0.push_str(name);
        }
        self
    }

    /// A piece several times with a comma between.
    pub(crate) fn repeated(&mut self, piece: &'static str, times: usize) -> &mut Self {
        for i in 0..times {
            self.push(if i == 0 { "" } else { ", " }).push(piece);
        }
        self
    }

    /// The same statement with `$1`, `$2`, … in place of each `?`. No statement holds one otherwise.
    fn numbered(&self) -> Self {
        let mut numbered = Self::default();
        for (n, piece) in self.0.split('?').enumerate() {
            if n > 0 {
                numbered.place(n);
            }
            numbered.0.push_str(piece);
        }
        numbered
    }

    /// The placeholder of the `n`th argument, counted from 1.
    pub(crate) fn place(&mut self, n: usize) -> &mut Self {
        self.0.push('$');
        self.0.push_str(&n.to_string());
        self
    }
}

impl<'a> Batch<'a> {
    pub(crate) fn add(&mut self, sql: Built, args: Vec<Arg<'a>>) -> &mut Self {
        self.steps.push((sql, args));
        self
    }

    /// One text and all arguments in order.
    fn joined(self) -> (Built, Vec<Arg<'a>>) {
        let (mut text, mut all) = (String::new(), Vec::new());
        for (sql, args) in self.steps {
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(&sql.0);
            all.extend(args);
        }
        (Built(text), all)
    }
}

impl SqlSafeStr for Built {
    fn into_sql_str(self) -> SqlStr {
        AssertSqlSafe(self.0).into_sql_str()
    }
}

impl Scratch {
    /// Makes a folder that did not exist, so that nobody can have laid a link there.
    fn new() -> Result<Self, StoreError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        for _ in 0..SCRATCH_MOST {
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let path =
                std::env::temp_dir().join(format!("sendero-scratch-{}-{n}", std::process::id()));
            match std::fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(told(error.into())),
            }
        }
        Err(StoreError::Unreachable { code: "scratch".to_owned() })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder left behind in the temporary directory harms nobody, and nobody is there to tell.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn open_sqlite(path: &Path, options: &OpenOptions) -> Result<Db, StoreError> {
    let base = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match options.synchronous {
            Synchronous::Full => SqliteSynchronous::Full,
            Synchronous::Normal => SqliteSynchronous::Normal,
            Synchronous::Off => SqliteSynchronous::Off,
        })
        .foreign_keys(true)
        .busy_timeout(WAIT)
        // What a savepoint may have to undo stays in memory instead of a temporary file.
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", CACHE_KIB)
        .statement_cache_capacity(STATEMENTS)
        .disable_statement_logging();
    // Connections are never recycled: a file does not go stale, and reopening costs its page cache.
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(WAIT)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
    };
    let writer = pool()
        .max_connections(1)
        .connect_with(base.clone().create_if_missing(true))
        .await
        .map_err(told)?;
    let readers = pool()
        .max_connections(options.readers.max(1))
        .connect_lazy_with(base.create_if_missing(false).read_only(true));
    Ok(Db::Sqlite { writer, readers })
}

async fn open_postgres(url: &str, options: &OpenOptions) -> Result<Db, StoreError> {
    let connect: PgConnectOptions = url.parse().map_err(|_| StoreError::BadUrl)?;
    let writers = options.writers.max(1);
    let pool = PgPoolOptions::new()
        .max_connections(options.readers.max(1) + writers)
        .acquire_timeout(WAIT)
        .connect_with(connect.disable_statement_logging())
        .await
        .map_err(told)?;
    Ok(Db::Postgres { pool, writers: usize::try_from(writers).unwrap_or(1) })
}

fn wrap<R>(variant: fn(R) -> Row, rows: Vec<R>) -> Vec<Row> {
    rows.into_iter().map(variant).collect()
}

/// PostgreSQL cannot keep a NUL in a text; refused for both, so that an area can move between them.
fn check(args: &[Arg<'_>]) -> Result<(), StoreError> {
    let nul = |arg: &Arg<'_>| matches!(arg, Arg::Text(text) if text.contains('\0'));
    if args.iter().any(nul) { Err(StoreError::NotText { what: "a value" }) } else { Ok(()) }
}

/// Keeps of an error its code alone: a database's words may quote the row.
fn told(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(error) => {
            let code = error.code().map(|code| code.into_owned()).unwrap_or_default();
            if error.is_unique_violation() {
                StoreError::Duplicate
            } else if let Ok(number) = code.parse::<i64>()
                && error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some()
            {
                told_sqlite(number, code)
            } else {
                told_postgres(code)
            }
        }
        sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => StoreError::Closed,
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        sqlx::Error::Io(error) => StoreError::Unreachable { code: error.kind().to_string() },
        sqlx::Error::Tls(_) => StoreError::Unreachable { code: "tls".to_owned() },
        sqlx::Error::Configuration(_) => StoreError::BadUrl,
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
            StoreError::Shape { what: "a column" }
        }
        sqlx::Error::ColumnIndexOutOfBounds { .. } => StoreError::Shape { what: "a row" },
        _ => StoreError::Database { code: "client".to_owned() },
    }
}

/// SQLite's result codes; the low byte is the family.
fn told_sqlite(number: i64, code: String) -> StoreError {
    match number & 0xff {
        5 | 6 => StoreError::Busy,
        13 => StoreError::DiskFull,
        14 => StoreError::Unreachable { code },
        8 | 10 | 11 | 26 => StoreError::Failed { code },
        _ => StoreError::Database { code },
    }
}

/// PostgreSQL's SQLSTATE; the first two characters are the class.
fn told_postgres(code: String) -> StoreError {
    match code.as_str() {
        "40001" | "40P01" | "55P03" | "53300" => StoreError::Busy,
        "53100" => StoreError::DiskFull,
        "25006" | "58030" | "XX001" | "XX002" => StoreError::Failed { code },
        _ if ["08", "57", "28", "3D"].iter().any(|class| code.starts_with(class)) => {
            StoreError::Unreachable { code }
        }
        _ => StoreError::Database { code },
    }
}
