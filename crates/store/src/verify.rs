//! Recomputes every digest and every chain, and compares stored rows with a fresh fold of events.
//! Whatever was changed, cut off or taken out of the database by other hands shows here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::error::StoreError;
use crate::event::{EVENT_COLUMNS, Place, StoredEvent, StreamKind, area_hash};
use crate::keep::OfferKeep;
use crate::offer::{OfferComment, OfferItem};
use crate::offer_log::OfferLogRow;
use crate::people::{all, one, select};
use crate::rows::{
    AdviceRow, ChildRow, ChildRows, HeadRow, ObligationRow, RefusalRow, Stored as _, StoredChild,
    Tie, WordingRow,
};
use crate::sql::{Arg, Built, Fields, Tx};
use crate::{Store, stream_events, stream_sql};

/// Events read at once.
const CHUNK: i64 = 1000;

/// What a check of the whole database found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Each area, by code.
    pub areas: Vec<AreaReport>,
    /// Everything that is wrong.
    pub findings: Vec<Finding>,
    /// Children whose rows were compared with a fold.
    pub children_compared: u64,
}

/// One area's head. Kept elsewhere, it also shows a history replaced as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaReport {
    /// Code of the authority.
    pub authority: String,
    /// How many events there are.
    pub events: i64,
    /// The head hash over all of them, recomputed.
    pub head: String,
}

/// Something wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Code of the authority.
    pub authority: String,
    /// The stream or child; '' for the area as a whole.
    pub stream: String,
    /// The event's place in its stream, or of an area fault in the area.
    pub seq: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Salt or content is not what was written.
    Content,
    /// The header is not what was written, or the event before it is missing.
    Chain,
    /// An event is missing from a stream.
    StreamGap,
    /// A stream's head does not follow from its events: its last ones are gone or changed.
    StreamHead,
    /// An event is missing from the area's order.
    AreaGap,
    /// The area's head does not follow from its events: some are gone or changed.
    AreaHead,
    /// A child's rows are not what its events give.
    Rows,
}

/// Rows of a Local Offer that follow from streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferTable {
    /// Services as they stand.
    Services,
    /// How they are kept, from the same streams.
    Keeps,
    /// Comments.
    Comments,
    /// What the area does about it.
    Log,
}

impl OfferTable {
    const ALL: [(StreamKind, &'static [Self]); 3] = [
        (StreamKind::Service, &[Self::Services, Self::Keeps]),
        (StreamKind::Comment, &[Self::Comments]),
        (StreamKind::OfferLog, &[Self::Log]),
    ];
}

/// A row of a Local Offer that follows from a stream of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferRow {
    /// A service as it stands, and the locations of its area.
    Service(OfferItem, Arc<BTreeMap<String, OfferItem>>),
    /// How it is kept.
    Keep(OfferKeep),
    /// A comment.
    Comment(OfferComment),
    /// An entry of what the area does about it.
    Log(OfferLogRow),
}

/// Whether a row is what its stream gives; `None` where there is nothing to compare. Either of the
/// two may be missing.
type OfferFold<'a> =
    &'a (dyn Fn(OfferTable, Option<&OfferRow>, Option<&StoredChild>) -> Option<bool> + Send + Sync);

/// Folds a child's events into the rows that should be stored; `None` if it has none to compare.
type Fold<'a> = &'a (dyn Fn(&str, &StoredChild) -> Option<ChildRows> + Send + Sync);

impl VerifyReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Store {
    /// Checks every event and every chain, as they are at one moment.
    pub async fn verify(&self) -> Result<VerifyReport, StoreError> {
        self.check(None).await
    }

    /// The same, and compares each child's rows with what `fold` makes of the authority's code and
    /// the child's events. A child for whom it answers `None` is not compared.
    pub async fn verify_rows(&self, fold: Fold<'_>) -> Result<VerifyReport, StoreError> {
        self.check(Some(fold)).await
    }

    /// Compares the rows of each area's Local Offer with their streams, by what `is_right` says. Answers
    /// what is wrong, and how many were compared.
    pub async fn verify_offer(
        &self,
        is_right: OfferFold<'_>,
    ) -> Result<(Vec<Finding>, u64), StoreError> {
        let (mut findings, mut compared) = (Vec::new(), 0);
        for area in self.areas().await? {
            for (kind, tables) in OfferTable::ALL {
                let streams = self.streams_of(&area.authority, kind).await?;
                for table in tables {
                    let rows = self.offer_rows(&area.authority, *table).await?;
                    let names: BTreeSet<&String> = rows.keys().chain(streams.keys()).collect();
                    for stream in names {
                        let right = is_right(*table, rows.get(stream), streams.get(stream));
                        compared += u64::from(right.is_some());
                        if right == Some(false) {
                            findings.push(Finding {
                                authority: area.authority.clone(),
                                stream: stream.clone(),
                                seq: 0,
                                fault: Fault::Rows,
                            });
                        }
                    }
                }
            }
        }
        Ok((findings, compared))
    }

    /// The rows of a table of a Local Offer, by their streams.
    async fn offer_rows(
        &self,
        authority: &str,
        table: OfferTable,
    ) -> Result<BTreeMap<String, OfferRow>, StoreError> {
        let args = [Arg::Text(authority)];
        let sql = |columns, table: &'static str| {
            let mut sql = select(columns, table);
            sql.push(" WHERE authority = $1");
            sql
        };
        Ok(match table {
            OfferTable::Comments => {
                let rows = sql(OfferComment::COLUMNS, " FROM offer_comment");
                let rows = all(self.db().rows_of_area(rows, &args).await?, OfferComment::take)?;
                rows.into_iter().map(|row| (row.id.clone(), OfferRow::Comment(row))).collect()
            }
            OfferTable::Log => {
                let rows = sql(OfferLogRow::COLUMNS, " FROM offer_log");
                let rows = all(self.db().rows_of_area(rows, &args).await?, OfferLogRow::take)?;
                rows.into_iter().map(|row| (row.id.clone(), OfferRow::Log(row))).collect()
            }
            OfferTable::Keeps => {
                let rows = sql(OfferKeep::COLUMNS, " FROM offer_keep");
                let rows = all(self.db().rows_of_area(rows, &args).await?, OfferKeep::take)?;
                rows.into_iter().map(|row| (row.service.clone(), OfferRow::Keep(row))).collect()
            }
            OfferTable::Services => {
                let (mut services, mut locations) = (Vec::new(), BTreeMap::new());
                for item in self.offer(authority).await? {
                    match item.kind.as_str() {
                        "service" => services.push(item),
                        "location" => drop(locations.insert(item.id.clone(), item)),
                        _ => {}
                    }
                }
                let locations = Arc::new(locations);
                let row = |item| OfferRow::Service(item, locations.clone());
                services.into_iter().map(|item| (item.id.clone(), row(item))).collect()
            }
        })
    }

    /// Every stream of a kind with its events, by name.
    async fn streams_of(
        &self,
        authority: &str,
        kind: StreamKind,
    ) -> Result<BTreeMap<String, StoredChild>, StoreError> {
        let mut streams: BTreeMap<String, StoredChild> = BTreeMap::new();
        for (stream, event) in self.events_of(authority, kind).await? {
            let child = stream.clone();
            let one = streams.entry(stream).or_insert_with(|| StoredChild {
                child,
                version: 0,
                head: HeadRow::default(),
                events: Vec::new(),
            });
            one.version = event.seq;
            one.events.push(event);
        }
        Ok(streams)
    }

    async fn check(&self, fold: Option<Fold<'_>>) -> Result<VerifyReport, StoreError> {
        let mut tx = self.db().snapshot().await?;
        let mut report = VerifyReport::default();
        // Events may be left of an area whose head row was taken away.
        let areas: Vec<String> = all(
            tx.rows(
                "SELECT authority FROM area_head UNION SELECT authority FROM stream_head \
                 UNION SELECT authority FROM event ORDER BY 1",
                &[],
            )
            .await?,
            |fields| fields.take(),
        )?;
        for authority in areas {
            let streams = check_area(&mut tx, &authority, &mut report).await?;
            if let Some(fold) = fold {
                check_rows(&mut tx, &authority, streams, fold, &mut report).await?;
            }
        }
        tx.commit().await?;
        Ok(report)
    }
}

/// An area's events as they are walked in order.
#[derive(Default)]
struct Walk {
    area_seq: i64,
    area_head: String,
    streams: BTreeMap<String, (i64, String)>,
}

/// Walks an area's events, then compares the heads. Answers the names of its streams.
async fn check_area(
    tx: &mut Tx,
    authority: &str,
    report: &mut VerifyReport,
) -> Result<BTreeSet<String>, StoreError> {
    let mut walk = Walk::default();
    let mut sql = Built::new("SELECT stream, stream_kind, ");
    sql.columns("", &EVENT_COLUMNS)
        .push(" FROM event WHERE authority = $1 AND area_seq > $2 ORDER BY area_seq LIMIT $3");
    let mut last = 0;
    loop {
        let args = [Arg::Text(authority), Arg::Int(last), Arg::Int(CHUNK)];
        let rows = tx.rows(sql.clone(), &args).await?;
        let chunk = all(rows, |fields| {
            Ok((fields.take::<String>()?, fields.take::<String>()?, StoredEvent::take(fields)?))
        })?;
        let Some((_, _, end)) = chunk.last() else { break };
        last = end.area_seq;
        for (stream, kind, event) in &chunk {
            walk.step(authority, stream, kind, event, report);
        }
    }
    check_heads(tx, authority, &walk, report).await?;
    report.areas.push(AreaReport {
        authority: authority.to_owned(),
        events: walk.area_seq,
        head: walk.area_head,
    });
    Ok(walk.streams.into_keys().collect())
}

impl Walk {
    fn step(
        &mut self,
        authority: &str,
        stream: &str,
        kind: &str,
        stored: &StoredEvent,
        report: &mut VerifyReport,
    ) {
        let mut find = |stream: &str, seq, fault| {
            report.findings.push(Finding {
                authority: authority.to_owned(),
                stream: stream.to_owned(),
                seq,
                fault,
            });
        };
        if stored.area_seq != self.area_seq + 1 {
            find("", self.area_seq + 1, Fault::AreaGap);
        }
        let (version, head) = self.streams.entry(stream.to_owned()).or_default();
        if stored.seq != *version + 1 {
            find(stream, *version + 1, Fault::StreamGap);
        }
        if stored.event.digest().as_ref() != Ok(&stored.digest) {
            find(stream, stored.seq, Fault::Content);
        }
        let place =
            Place { authority, stream, kind, seq: stored.seq, recorded_at: &stored.recorded_at };
        if stored.event.hash(&place, &stored.digest, head) != stored.hash {
            find(stream, stored.seq, Fault::Chain);
        }
        (*version, *head) = (stored.seq, stored.hash.clone());
        self.area_seq = stored.area_seq;
        self.area_head = area_hash(&self.area_head, &stored.hash);
    }
}

/// The heads say how far the chains went, which shows a lost end.
async fn check_heads(
    tx: &mut Tx,
    authority: &str,
    walk: &Walk,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let mut find = |stream: &str, seq, fault| {
        report.findings.push(Finding {
            authority: authority.to_owned(),
            stream: stream.to_owned(),
            seq,
            fault,
        });
    };
    let rows = tx
        .rows("SELECT seq, hash FROM area_head WHERE authority = $1", &[Arg::Text(authority)])
        .await?;
    let head = one(rows, |fields| Ok((fields.take::<i64>()?, fields.take::<String>()?)))?;
    let (seq, hash) = head.unwrap_or_default();
    if (seq, &hash) != (walk.area_seq, &walk.area_head) {
        find("", seq.max(walk.area_seq), Fault::AreaHead);
    }
    let rows = tx
        .rows(
            "SELECT stream, version, hash FROM stream_head WHERE authority = $1 ORDER BY stream",
            &[Arg::Text(authority)],
        )
        .await?;
    let heads: BTreeMap<String, (i64, String)> =
        all(rows, |fields| Ok((fields.take()?, (fields.take()?, fields.take()?))))?
            .into_iter()
            .collect();
    for stream in walk.streams.keys().chain(heads.keys()).collect::<BTreeSet<_>>() {
        let (walked, said) = (walk.streams.get(stream), heads.get(stream));
        if walked != said {
            let seq = walked.map_or(0, |head| head.0).max(said.map_or(0, |head| head.0));
            find(stream, seq, Fault::StreamHead);
        }
    }
    Ok(())
}

/// Compares the rows of every child that has a stream or rows.
async fn check_rows(
    tx: &mut Tx,
    authority: &str,
    mut names: BTreeSet<String>,
    fold: Fold<'_>,
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let with_rows = tx
        .rows(
            "SELECT child FROM child WHERE authority = $1 \
             UNION SELECT child FROM child_head WHERE authority = $1 \
             UNION SELECT child FROM obligation WHERE authority = $1 \
             UNION SELECT child FROM tie WHERE authority = $1 \
             UNION SELECT child FROM advice WHERE authority = $1 \
             UNION SELECT child FROM refusal WHERE authority = $1 \
             UNION SELECT child FROM wording WHERE authority = $1",
            &[Arg::Text(authority)],
        )
        .await?;
    names.extend(all(with_rows, |fields| fields.take::<String>())?);
    for child in names {
        let args = [Arg::Text(authority), Arg::Text(&child), Arg::Text("child")];
        let events = stream_events(&child, tx.rows(stream_sql(), &args).await?)?;
        let (seq, expected) = match &events {
            None => (0, None),
            Some(events) => match fold(authority, events) {
                None => continue,
                Some(rows) => (events.version, Some((events.version, rows))),
            },
        };
        let stored = load_rows(tx, authority, &child).await?;
        // A person's or the area's stream has neither events of a child nor rows.
        if expected.is_none() && stored.is_none() {
            continue;
        }
        report.children_compared += 1;
        let expected = expected.map(|(version, rows)| (version, for_child(&child, rows)));
        if stored != expected {
            report.findings.push(Finding {
                authority: authority.to_owned(),
                stream: child,
                seq,
                fault: Fault::Rows,
            });
        }
    }
    Ok(())
}

/// Rows as they would come back: a tie's child is that of its rows.
fn for_child(child: &str, mut rows: ChildRows) -> ChildRows {
    for tie in &mut rows.ties {
        child.clone_into(&mut tie.child);
    }
    rows
}

/// A child's rows and the version they were made from, if there are any at all.
async fn load_rows(
    tx: &mut Tx,
    authority: &str,
    child: &str,
) -> Result<Option<(i64, ChildRows)>, StoreError> {
    const HEAD: &[&str] = &["version", "rulebook", "holds_until"];
    const KEY: &str = " WHERE authority = $1 AND child = $2";
    let args = [Arg::Text(authority), Arg::Text(child)];
    let statement = |columns, table, order| {
        let mut sql = select(columns, table);
        sql.push(KEY).push(order);
        sql
    };
    let rows = tx.rows(statement(HEAD, " FROM child_head", ""), &args).await?;
    let head = one(rows, |fields: &mut Fields| Ok((fields.take()?, HeadRow::take(fields)?)))?;
    let rows = tx.rows(statement(ChildRow::COLUMNS, " FROM child", ""), &args).await?;
    let child_row = one(rows, ChildRow::take)?;
    let order = " ORDER BY n";
    let rows = tx.rows(statement(ObligationRow::COLUMNS, " FROM obligation", order), &args).await?;
    let obligations = all(rows, ObligationRow::take)?;
    let ties = tx.rows(statement(Tie::COLUMNS, " FROM tie", order), &args).await?;
    let ties = all(ties, Tie::take)?;
    let rows = tx.rows(statement(AdviceRow::COLUMNS, " FROM advice", order), &args).await?;
    let advice = all(rows, AdviceRow::take)?;
    let rows = tx.rows(statement(RefusalRow::COLUMNS, " FROM refusal", order), &args).await?;
    let refusals = all(rows, RefusalRow::take)?;
    let rows = tx.rows(statement(WordingRow::COLUMNS, " FROM wording", order), &args).await?;
    let wordings = all(rows, WordingRow::take)?;
    let none = head.is_none() && child_row.is_none() && obligations.is_empty();
    let marked = !refusals.is_empty() || !wordings.is_empty();
    if none && ties.is_empty() && advice.is_empty() && !marked {
        return Ok(None);
    }
    let (version, head) = head.unwrap_or_default();
    let child_row = child_row.unwrap_or_default();
    Ok(Some((
        version,
        ChildRows { child_row, head, obligations, refusals, wordings, ties, advice },
    )))
}
