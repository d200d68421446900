//! Who looked at what, kept for the family to see: durable before the page goes out.
//! Looking again within the hour adds nothing, so a trace costs one row a person, child, part and hour.

use crate::Store;
use crate::commit::insert_or;
use crate::error::StoreError;
use crate::people::all;
use crate::rows::{Stored as _, stored};
use crate::sql::{Arg, Built, Tx};

/// Characters of a moment that name its hour: `2026-11-21T09`.
const HOUR: usize = 13;

/// A reading, at the commit's moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Id of the person who looked; '' for a named purpose without a person.
    pub person: String,
    /// The role in which they did.
    pub role: String,
    /// Id of the child; '' for a list.
    pub child: String,
    /// The part of the record.
    pub part: String,
    /// What for.
    pub purpose: String,
    /// Of a list, its filter.
    pub filters: String,
}

stored! {
    /// A reading as it is kept: the first within its hour.
    TraceRow {
        /// When.
        at: String,
        /// Id of the person, or ''.
        person: String,
        /// Their role then.
        role: String,
        /// Id of the child, or '' for a list.
        child: String,
        /// The part of the record.
        part: String,
        /// What for.
        purpose: String,
        /// Of a list, its filter.
        filters: String,
    }
}

impl Store {
    /// The latest readings of a child, newest first; with '' as the child, of lists.
    pub async fn traces(
        &self,
        authority: &str,
        child: &str,
        limit: u32,
    ) -> Result<Vec<TraceRow>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("", TraceRow::COLUMNS).push(
            " FROM trace WHERE authority = $1 AND child = $2 \
             ORDER BY at DESC, person, part, purpose, filters LIMIT $3",
        );
        let args = [Arg::Text(authority), Arg::Text(child), Arg::Int(i64::from(limit))];
        all(&self.db().rows(sql, &args).await?, TraceRow::take)
    }
}

/// Writes traces, leaving those of the same hour as they are.
pub(crate) async fn write_traces(
    tx: &mut Tx,
    authority: &str,
    at: &str,
    traces: &[Trace],
) -> Result<(), StoreError> {
    let hour = at.get(..HOUR).unwrap_or(at);
    let mut args = Vec::new();
    for trace in traces {
        args.extend([
            Arg::Text(authority),
            Arg::Text(&trace.person),
            Arg::Text(&trace.child),
            Arg::Text(&trace.part),
            Arg::Text(&trace.purpose),
            Arg::Text(&trace.filters),
            Arg::Text(hour),
            Arg::Text(at),
            Arg::Text(&trace.role),
        ]);
    }
    let columns: [&str; 9] =
        ["authority", "person", "child", "part", "purpose", "filters", "hour", "at", "role"];
    insert_or(tx, "trace", &[&columns], &args, " ON CONFLICT DO NOTHING").await?;
    Ok(())
}

impl std::fmt::Debug for TraceRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TraceRow")
            .field("at", &self.at)
            .field("person", &self.person)
            .field("role", &self.role)
            .field("child", &self.child)
            .field("part", &self.part)
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}
