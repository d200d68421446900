//! The one file that knows there are two databases: connections, transactions, arguments and rows.
//! Everything above it writes one SQL, with `$1` placeholders and columns of TEXT and BIGINT only.

mod sqlite;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow, Postgres};
use sqlx::query::Query;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Decode, Row as _, SqlSafeStr, SqlStr, Transaction, Type,
};

use crate::OpenOptions;
use crate::error::StoreError;
use sqlite::{Lease, Sqlite, Value};

/// How long a statement waits for another process's lock, or a task for a connection.
const WAIT: Duration = Duration::from_secs(10);
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
    Sqlite(Vec<Value>),
    Postgres(PgRow),
}

/// An open database: on SQLite one writer and several readers, on PostgreSQL one pool.
#[derive(Clone)]
pub(crate) enum Db {
    Sqlite(Sqlite),
    Postgres { pool: PgPool, writers: usize },
}

/// An open transaction; rolled back if dropped.
pub(crate) enum Tx {
    Sqlite(Lease),
    Postgres(Transaction<'static, Postgres>),
}

/// A statement put together from pieces of this program only, so that no data can slip into it.
#[derive(Clone, Default)]
pub(crate) struct Built(String);

/// Statements that need nothing of each other's answers. In each a place is `?`, taken in order: SQLite
/// finds a numbered place by a walk over those before.
#[derive(Default)]
pub(crate) struct Batch<'a> {
    steps: Vec<(Built, Vec<Arg<'a>>)>,
}

/// A folder for a database that lives no longer than its store.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

/// Takes a row's columns from left to right.
pub(crate) enum Fields {
    Sqlite(std::vec::IntoIter<Value>),
    Postgres { row: PgRow, at: usize },
}

/// What a column can be read as, and bound from.
pub(crate) trait Field: Sized {
    fn take(fields: &mut Fields) -> Result<Self, StoreError>;
    fn arg(&self) -> Arg<'_>;
}

impl Db {
    /// Opens what `url` names. The scratch folder, if any, must live as long as the database.
    pub(crate) async fn open(
        url: &str,
        options: &OpenOptions,
    ) -> Result<(Self, Option<Scratch>), StoreError> {
        if url == "sqlite::memory:" {
            let scratch = Scratch::new()?;
            let db = Self::Sqlite(Sqlite::open(&scratch.0.join("scratch.sqlite"), options).await?);
            Ok((db, Some(scratch)))
        } else if let Some(path) = url.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            Ok((Self::Sqlite(Sqlite::open(Path::new(path), options).await?), None))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok((open_postgres(url, options).await?, None))
        } else {
            Err(StoreError::BadUrl)
        }
    }

    /// Begins a transaction that writes. On SQLite it holds the only writing connection.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(file) => Tx::Sqlite(file.begin().await?),
            Self::Postgres { pool, .. } => Tx::Postgres(pool.begin().await.map_err(told)?),
        })
    }

    /// Begins a transaction that reads and sees one moment throughout.
    pub(crate) async fn snapshot(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(file) => Tx::Sqlite(file.snapshot().await?),
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
            Self::Sqlite(file) => wrap(Row::Sqlite, file.reader().await?.rows(sql.as_str(), args)?),
            Self::Postgres { pool, .. } => {
                wrap(Row::Postgres, bound(sql, args).fetch_all(pool).await.map_err(told)?)
            }
        })
    }

    /// The same for what walks over a whole area, so that nobody else waits for it meanwhile.
    pub(crate) async fn rows_of_area(
        &self,
        sql: impl SqlSafeStr,
        args: &[Arg<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        let Self::Sqlite(file) = self else { return self.rows(sql, args).await };
        check(args)?;
        let args = args.iter().map(Arg::kept).collect();
        let sql = sql.into_sql_str().as_str().to_owned();
        Ok(wrap(Row::Sqlite, file.reader().await?.rows_apart(sql, args).await?))
    }

    /// How many writer tasks the database can use at once.
    pub(crate) fn writers(&self) -> usize {
        match self {
            Self::Sqlite(_) => 1,
            Self::Postgres { writers, .. } => *writers,
        }
    }

    /// Closes every connection; later use answers `Closed`.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(file) => file.close().await,
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
            Self::Sqlite(tx) => tx.run(sql.as_str(), args)?,
            Self::Postgres(tx) => {
                bound(sql, args).execute(&mut **tx).await.map_err(told)?.rows_affected()
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
            Self::Sqlite(tx) => wrap(Row::Sqlite, tx.rows(sql.as_str(), args)?),
            Self::Postgres(tx) => {
                wrap(Row::Postgres, bound(sql, args).fetch_all(&mut **tx).await.map_err(told)?)
            }
        })
    }

    /// Runs every statement of a batch; none after the first that fails.
    pub(crate) async fn run_all(&mut self, batch: Batch<'_>) -> Result<(), StoreError> {
        for (sql, args) in batch.steps {
            self.run(self.placed(sql), &args).await?;
        }
        Ok(())
    }

    /// The same, and takes the rows of all of them, one after the other.
    pub(crate) async fn rows_of_all(&mut self, batch: Batch<'_>) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        for (sql, args) in batch.steps {
            rows.extend(self.rows(self.placed(sql), &args).await?);
        }
        Ok(rows)
    }

    /// A statement of a batch as this database takes it.
    fn placed(&self, sql: Built) -> Built {
        match self {
            Self::Sqlite(_) => sql,
            Self::Postgres(_) => sql.numbered(),
        }
    }

    /// Runs several statements of a migration. Texts compare by byte in both databases: SQLite's
    /// own rule, and on PostgreSQL the collation "C" whatever the cluster's language.
    pub(crate) async fn script(&mut self, statements: &'static str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.script(statements)?,
            Self::Postgres(tx) => {
                let by_byte = statements.replace(" TEXT ", " TEXT COLLATE \"C\" ");
                sqlx::raw_sql(AssertSqlSafe(by_byte)).execute(&mut **tx).await.map_err(told)?;
            }
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await.map_err(told),
        }
    }
}

impl Arg<'_> {
    /// The value, to be taken to another thread.
    fn kept(&self) -> Value {
        match self {
            Arg::Text(text) => Value::Text((*text).to_owned()),
            Arg::Int(number) => Value::Int(*number),
        }
    }
}

impl Row {
    pub(crate) fn fields(self) -> Fields {
        match self {
            Self::Sqlite(values) => Fields::Sqlite(values.into_iter()),
            Self::Postgres(row) => Fields::Postgres { row, at: 0 },
        }
    }
}

impl Fields {
    /// The next column.
    pub(crate) fn take<T: Field>(&mut self) -> Result<T, StoreError> {
        T::take(self)
    }
}

impl Field for String {
    fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        match fields {
            Fields::Sqlite(values) => match values.next() {
                Some(Value::Text(text)) => Ok(text),
                _ => Err(StoreError::Shape { what: "a column" }),
            },
            Fields::Postgres { row, at } => next_of(row, at),
        }
    }

    fn arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl Field for i64 {
    fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        match fields {
            Fields::Sqlite(values) => match values.next() {
                Some(Value::Int(number)) => Ok(number),
                _ => Err(StoreError::Shape { what: "a column" }),
            },
            Fields::Postgres { row, at } => next_of(row, at),
        }
    }

    fn arg(&self) -> Arg<'_> {
        Arg::Int(*self)
    }
}

impl Field for bool {
    fn take(fields: &mut Fields) -> Result<Self, StoreError> {
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

/// A statement of PostgreSQL with its arguments.
fn bound<'q>(sql: SqlStr, args: &'q [Arg<'_>]) -> Query<'q, Postgres, PgArguments> {
    args.iter().fold(sqlx::query(sql), |query, arg| match *arg {
        Arg::Text(text) => query.bind(text),
        Arg::Int(number) => query.bind(number),
    })
}

/// The next column of a row of PostgreSQL.
fn next_of<'r, T>(row: &'r PgRow, at: &mut usize) -> Result<T, StoreError>
where
    T: Decode<'r, Postgres> + Type<Postgres>,
{
    *at += 1;
    row.try_get(*at - 1).map_err(told)
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
            if error.is_unique_violation() { StoreError::Duplicate } else { told_postgres(code) }
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
