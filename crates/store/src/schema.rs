//! Brings a database up to the schema that this release knows, and refuses a newer one.
//! Migrations only go forward; each runs once, all in one transaction.

use crate::error::StoreError;
use crate::sql::{Arg, Db, Tx};

/// Every migration in order; the version is its place, counted from 1.
const MIGRATIONS: [&str; 9] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_lists_of_an_officer.sql"),
    include_str!("../migrations/0003_offer.sql"),
    include_str!("../migrations/0004_obligation_by_officer.sql"),
    include_str!("../migrations/0005_offer_comments.sql"),
    include_str!("../migrations/0006_breaches.sql"),
    include_str!("../migrations/0007_offer_log.sql"),
    include_str!("../migrations/0008_offer_keepers.sql"),
    include_str!("../migrations/0009_offer_figures.sql"),
];
/// Two servers may start on an empty database at once; the slower one tries again.
const TRIES: usize = 5;

/// Migrates `db` to the newest schema.
pub(crate) async fn migrate(db: &Db) -> Result<(), StoreError> {
    for _ in 1..TRIES {
        match attempt(db).await {
            Err(StoreError::Duplicate | StoreError::Busy) => {}
            settled => return settled,
        }
    }
    attempt(db).await
}

async fn attempt(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.run(
        "CREATE TABLE IF NOT EXISTS schema (one BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL)",
        &[],
    )
    .await?;
    tx.run("INSERT INTO schema (one, version) VALUES (1, 0) ON CONFLICT (one) DO NOTHING", &[])
        .await?;
    let found = lock(&mut tx).await?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    let done = usize::try_from(found).map_err(|_| StoreError::Shape { what: "schema" })?;
    for migration in MIGRATIONS.iter().skip(done) {
        tx.script(migration).await?;
    }
    tx.run("UPDATE schema SET version = $1 WHERE one = 1", &[Arg::Int(known)]).await?;
    tx.commit().await
}

/// Takes the row, so that two programs never migrate at once, and reads the version.
async fn lock(tx: &mut Tx) -> Result<i64, StoreError> {
    let rows =
        tx.rows("UPDATE schema SET version = version WHERE one = 1 RETURNING version", &[]).await?;
    rows.into_iter().next().ok_or(StoreError::Shape { what: "schema" })?.fields().take()
}
