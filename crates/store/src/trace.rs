//! Who looked at what, kept for the family to see: durable before the page goes out.
//! Looking again within the hour adds nothing, so a trace costs one row a person, child, part and hour.

use crate::Store;
use crate::commit::{count, insert_or};
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

/// A reading with who it was, as they are known now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The reading.
    pub trace: TraceRow,
    /// The person's name as it is stored; '' for nobody who is known.
    pub name: String,
    /// The body that they act for, or ''.
    pub body: String,
}

impl Store {
    /// Whether this reading is kept already for the hour of a moment. What a reader sees has been
    /// flushed, so the answer yes means that nothing more need be written.
    pub async fn is_traced(
        &self,
        authority: &str,
        at: &str,
        trace: &Trace,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM trace WHERE authority = $1 AND person = $2 AND child = $3 \
                   AND part = $4 AND purpose = $5 AND filters = $6 AND hour = $7";
        let args = [
            Arg::Text(authority),
            Arg::Text(&trace.person),
            Arg::Text(&trace.child),
            Arg::Text(&trace.part),
            Arg::Text(&trace.purpose),
            Arg::Text(&trace.filters),
            Arg::Text(hour_of(at)),
        ];
        Ok(count(self.db().rows(sql, &args).await?)? > 0)
    }

    /// The latest readings of a child, newest first, with who looked; with '' as the child, of lists.
    pub async fn traces(
        &self,
        authority: &str,
        child: &str,
        limit: u32,
    ) -> Result<Vec<Looked>, StoreError> {
        // In the order of the index and no other: SQLite would read the whole area to sort by more.
        let mut sql = Built::new("SELECT ");
        sql.columns("t.", TraceRow::COLUMNS).push(
            ", COALESCE(p.name, ''), COALESCE(p.body, '') \
             FROM trace t LEFT JOIN person p ON p.id = t.person \
             WHERE t.authority = $1 AND t.child = $2 ORDER BY t.at DESC LIMIT $3",
        );
        let args = [Arg::Text(authority), Arg::Text(child), Arg::Int(i64::from(limit))];
        let mut looked = all(self.db().rows(sql, &args).await?, |fields| {
            let trace = TraceRow::take(fields)?;
            Ok(Looked { trace, name: fields.take()?, body: fields.take()? })
        })?;
        let order = |a: &TraceRow, b: &TraceRow| {
            let rest = |row: &TraceRow| {
                [&row.person, &row.part, &row.purpose, &row.filters].map(Clone::clone)
            };
            b.at.cmp(&a.at).then_with(|| rest(a).cmp(&rest(b)))
        };
        looked.sort_by(|a, b| order(&a.trace, &b.trace));
        Ok(looked)
    }
}

fn hour_of(at: &str) -> &str {
    at.get(..HOUR).unwrap_or(at)
}

/// Writes traces, leaving those of the same hour as they are.
pub(crate) async fn write_traces(
    tx: &mut Tx,
    authority: &str,
    at: &str,
    traces: &[Trace],
) -> Result<(), StoreError> {
    let hour = hour_of(at);
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
