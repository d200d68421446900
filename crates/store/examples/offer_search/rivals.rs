//! The two databases' own full text, set up as their manuals have it: English stems, names that weigh
//! twice as much, any of the words or all of them, ranked by what each has for that.

use rusqlite::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection as _, Row as _};
use tokio::runtime::Runtime;

use crate::{Failed, Finds, PAGE, Texts, plain};

/// SQLite's FTS5 with the Porter stemmer and bm25, all in memory.
pub(crate) struct Sqlite {
    connection: Connection,
    any: bool,
}

impl Sqlite {
    pub(crate) fn new(texts: &Texts, any: bool) -> Result<Self, Failed> {
        let mut connection = Connection::open_in_memory()?;
        connection.execute_batch(
            "CREATE VIRTUAL TABLE service USING fts5 \
             (id UNINDEXED, name, text, tokenize = 'porter unicode61')",
        )?;
        let transaction = connection.transaction()?;
        {
            let mut put = transaction.prepare("INSERT INTO service VALUES (?, ?, ?)")?;
            for one in texts {
                put.execute((&one.id, &one.name, &one.text))?;
            }
        }
        transaction.commit()?;
        connection.execute_batch("INSERT INTO service (service) VALUES ('optimize')")?;
        Ok(Self { connection, any })
    }
}

impl Finds for Sqlite {
    fn name(&self) -> &'static str {
        if self.any { "SQLite FTS5, any word, bm25" } else { "SQLite FTS5, all words, bm25" }
    }

    fn find(&mut self, words: &str) -> Result<Vec<String>, Failed> {
        let words: Vec<String> = plain(words).iter().map(|word| format!("\"{word}\"")).collect();
        let asked = words.join(if self.any { " OR " } else { " " });
        let mut select = self.connection.prepare_cached(
            "SELECT id FROM service WHERE service MATCH ?1 \
             ORDER BY bm25(service, 0.0, 2.0, 1.0) LIMIT ?2",
        )?;
        let ids = select.query_map((asked, i64::try_from(PAGE)?), |row| row.get::<_, String>(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

/// PostgreSQL's tsvector with weights under a GIN index, ranked by `ts_rank`.
pub(crate) struct Postgres {
    connection: PgConnection,
    runtime: Runtime,
    any: bool,
}

impl Postgres {
    /// `None` where PostgreSQL is not installed.
    pub(crate) fn new(texts: &Texts, any: bool) -> Result<Option<Self>, Failed> {
        let Some(cluster) = sendero_testkit::postgres() else { return Ok(None) };
        let url = cluster.database()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let mut connection = runtime.block_on(async {
            let options: PgConnectOptions = url.parse()?;
            let mut connection = PgConnection::connect_with(&options).await?;
            let table = "CREATE TABLE service (id TEXT PRIMARY KEY, words TSVECTOR NOT NULL)";
            sqlx::query(table).execute(&mut connection).await?;
            for some in texts.chunks(1000) {
                let of = |pick: fn(&crate::Text) -> &String| -> Vec<String> {
                    some.iter().map(|one| pick(one).clone()).collect()
                };
                sqlx::query(
                    "INSERT INTO service SELECT id, setweight(to_tsvector('english', name), 'A') \
                     || setweight(to_tsvector('english', body), 'B') \
                     FROM UNNEST($1::text[], $2::text[], $3::text[]) AS given (id, name, body)",
                )
                .bind(of(|one| &one.id))
                .bind(of(|one| &one.name))
                .bind(of(|one| &one.text))
                .execute(&mut connection)
                .await?;
            }
            for statement in [
                "CREATE INDEX service_words ON service USING GIN (words)",
                "VACUUM ANALYZE service",
            ] {
                sqlx::query(statement).execute(&mut connection).await?;
            }
            Ok::<_, Failed>(connection)
        })?;
        runtime.block_on(connection.ping())?;
        Ok(Some(Self { connection, runtime, any }))
    }
}

impl Finds for Postgres {
    fn name(&self) -> &'static str {
        if self.any {
            "PostgreSQL full text, any word, ts_rank"
        } else {
            "PostgreSQL full text, all words, ts_rank"
        }
    }

    fn find(&mut self, words: &str) -> Result<Vec<String>, Failed> {
        let asked = plain(words).join(if self.any { " | " } else { " & " });
        let select = "SELECT id FROM service, to_tsquery('english', $1) AS asked \
                      WHERE words @@ asked \
                      ORDER BY ts_rank('{0, 0, 0.5, 1}', words, asked) DESC, id LIMIT 20";
        let rows = self
            .runtime
            .block_on(sqlx::query(select).bind(asked).fetch_all(&mut self.connection))?;
        rows.iter().map(|row| Ok(row.try_get::<String, _>(0)?)).collect()
    }
}
