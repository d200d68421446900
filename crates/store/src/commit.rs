//! One commit: events, the rows beside them, messages and traces, all or nothing.
//! It takes the area's head row first, which gives the events of an area one order without a gap.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{CommitError, StoreError};
use crate::event::{EVENT_COLUMNS, NewEvent, Place, StoredEvent, StreamKind, area_hash};
use crate::keep::{OfferAddress, OfferFigure, OfferKeep, write_figures, write_keeps};
use crate::offer::{OfferComment, OfferWrite, write_comments, write_offer};
use crate::offer_log::{OfferLogRow, SearchWrite, write_log, write_searches};
use crate::outbox::{OutgoingMessage, take_back};
use crate::people::{
    AreaRow, DraftWrite, LinkWrite, PersonWrite, SignInWrite, write_area, write_draft, write_link,
    write_person, write_sign_in,
};
use crate::rows::{
    AdviceRow, ChildRow, ChildRows, ObligationRow, RefusalRow, Stored, Tie, WordingRow,
};
use crate::sql::{Arg, Batch, Built, Row, Tx};
use crate::trace::{Trace, write_traces};

/// Rows that one INSERT carries: enough for most children, and SQLite looks each placeholder up by a
/// walk over those before it.
const ROWS_AN_INSERT: usize = 16;
/// The same where places have no number, and so cost nothing more.
const ROWS_A_PUT: usize = 64;

/// Everything that one act writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Code of the authority.
    pub authority: String,
    /// The moment, as fixed-width UTC text.
    pub at: String,
    /// Id of the person who acts, or of the job.
    pub actor: String,
    /// The form that was sent, if one was.
    pub command: Option<CommandId>,
    /// Events, by stream.
    pub streams: Vec<StreamWrite>,
    /// Rows of children, put in place of what was there.
    pub rows: Vec<ChildRows>,
    /// People, put in place.
    pub people: Vec<PersonWrite>,
    /// Sign-ins begun, used and ended.
    pub sign_ins: Vec<SignInWrite>,
    /// Links made and used.
    pub links: Vec<LinkWrite>,
    /// What was begun and not sent.
    pub drafts: Vec<DraftWrite>,
    /// The area itself, put in place.
    pub area: Option<AreaRow>,
    /// Changes of the Local Offer.
    pub offer: Vec<OfferWrite>,
    /// Comments on the Local Offer, put in place.
    pub comments: Vec<OfferComment>,
    /// How entries of the Local Offer are kept, put in place.
    pub keeps: Vec<OfferKeep>,
    /// What came of trying addresses, put in place.
    pub addresses: Vec<OfferAddress>,
    /// What was counted of a Local Offer, put in place of what was counted earlier in its month.
    pub figures: Vec<OfferFigure>,
    /// What the area does about its Local Offer, put in place.
    pub offer_log: Vec<OfferLogRow>,
    /// Searches of the Local Offer, added to those of their months.
    pub searches: Vec<SearchWrite>,
    /// The month before which searches are forgotten whose words are not known.
    pub forget_searches: String,
    /// Messages to be sent later.
    pub messages: Vec<OutgoingMessage>,
    /// Kinds of messages of which those that have not gone are taken back first.
    pub taken_back: Vec<String>,
    /// Who looked at what.
    pub traces: Vec<Trace>,
}

/// A form and what it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandId {
    /// Id that came with the form.
    pub id: String,
    /// The answer, kept for a second tap.
    pub answer: String,
}

/// Events for one stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamWrite {
    /// Its name: the child's or person's id, or the authority's code.
    pub stream: String,
    /// What it tells of.
    pub kind: StreamKind,
    /// The version on which the act was decided: the last event's place, 0 for a new stream.
    pub expected: i64,
    /// Appended in order; may be empty, which only checks the version.
    pub events: Vec<NewEvent>,
}

/// What a commit wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Place of the area's last event. 0 if the commit took no place in the area's order.
    pub area_seq: i64,
    /// The area's head hash after it; '' likewise.
    pub area_hash: String,
    /// Each stream's version after it, in the order given.
    pub versions: Vec<(String, i64)>,
}

/// Whether the group has a savepoint already, which then gives way to this commit's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Savepoint {
    First,
    Next,
}

/// Where the chains stand while a commit is written.
struct Heads {
    area_seq: i64,
    area_hash: String,
    /// Version, hash and kind of each stream of the commit that has events.
    streams: BTreeMap<String, (i64, String, String)>,
}

/// Writes a commit within an open transaction, or says why not. On an error the caller must roll
/// back what was begun.
pub(crate) async fn apply(
    tx: &mut Tx,
    commit: &Commit,
    savepoint: Savepoint,
) -> Result<Committed, CommitError> {
    let mut heads = begin(tx, commit, savepoint).await?;
    if let Some(command) = &commit.command {
        take_command(tx, commit, command).await?;
    }
    let versions = append(tx, commit, &mut heads).await?;
    for rows in &commit.rows {
        let version = versions.iter().rev().find(|(stream, _)| *stream == rows.child_row.child);
        let Some((_, version)) = version else {
            return Err(StoreError::Misuse { what: "rows need their child's stream" }.into());
        };
        replace_rows(tx, &commit.authority, *version, rows).await?;
    }
    write_rest(tx, commit).await?;
    Ok(Committed { area_seq: heads.area_seq, area_hash: heads.area_hash, versions })
}

/// Sets a savepoint, takes the area's head row until the transaction ends (everyone else in the
/// area waits) and reads the heads of the streams.
async fn begin(tx: &mut Tx, commit: &Commit, savepoint: Savepoint) -> Result<Heads, StoreError> {
    let mut batch = Batch::default();
    if savepoint == Savepoint::Next {
        batch.add(Built::new("RELEASE SAVEPOINT one"), Vec::new());
    }
    batch.add(Built::new("SAVEPOINT one"), Vec::new());
    let ordered = commit.command.is_some() || !commit.streams.is_empty() || !commit.rows.is_empty();
    if !ordered {
        tx.run_all(batch).await?;
        return Ok(Heads { area_seq: 0, area_hash: String::new(), streams: BTreeMap::new() });
    }
    read_heads(&mut batch, commit);
    if let Some(heads) = heads_of(tx.rows_of_all(batch).await?)? {
        return Ok(heads);
    }
    tx.run(
        "INSERT INTO area_head (authority, seq, hash) VALUES ($1, 0, '') \
         ON CONFLICT (authority) DO NOTHING",
        &[Arg::Text(&commit.authority)],
    )
    .await?;
    // Another server may have been first, so the streams are read again behind the lock.
    let mut batch = Batch::default();
    read_heads(&mut batch, commit);
    heads_of(tx.rows_of_all(batch).await?)?.ok_or(StoreError::Shape { what: "area_head" })
}

/// The lock on the area's head, then the heads of the streams; a row without a kind is the area's.
fn read_heads<'a>(batch: &mut Batch<'a>, commit: &'a Commit) {
    let lock = "UPDATE area_head SET seq = seq WHERE authority = ? RETURNING seq, hash, '', ''";
    batch.add(Built::new(lock), vec![Arg::Text(&commit.authority)]);
    for write in &commit.streams {
        let head = "SELECT version, hash, stream_kind, stream FROM stream_head \
                    WHERE authority = ? AND stream = ?";
        let args = vec![Arg::Text(&commit.authority), Arg::Text(&write.stream)];
        batch.add(Built::new(head), args);
    }
}

/// Reads what `read_heads` asks for; nothing if the area has no head yet.
fn heads_of(rows: Vec<Row>) -> Result<Option<Heads>, StoreError> {
    let (mut area, mut streams) = (None, BTreeMap::new());
    for row in rows {
        let mut fields = row.fields();
        let (version, hash): (i64, String) = (fields.take()?, fields.take()?);
        let (kind, stream): (String, String) = (fields.take()?, fields.take()?);
        if kind.is_empty() {
            area = Some((version, hash));
        } else {
            streams.insert(stream, (version, hash, kind));
        }
    }
    Ok(area.map(|(area_seq, area_hash)| Heads { area_seq, area_hash, streams }))
}

/// Notes that a form was run, or finds that it was.
async fn take_command(
    tx: &mut Tx,
    commit: &Commit,
    command: &CommandId,
) -> Result<(), CommitError> {
    let first = tx
        .run(
            "INSERT INTO command (id, authority, answer, at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO NOTHING",
            &[
                Arg::Text(&command.id),
                Arg::Text(&commit.authority),
                Arg::Text(&command.answer),
                Arg::Text(&commit.at),
            ],
        )
        .await?;
    if first > 0 {
        return Ok(());
    }
    let seen = tx.rows(COMMAND_ANSWER, &[Arg::Text(&command.id)]).await?;
    let row = seen.into_iter().next().ok_or(StoreError::Busy)?;
    Err(CommitError::CommandSeen { answer: row.fields().take()? })
}

/// The answer of a form already run.
pub(crate) const COMMAND_ANSWER: &str = "SELECT answer FROM command WHERE id = $1";

/// Appends the events of every stream and answers the streams' versions.
async fn append(
    tx: &mut Tx,
    commit: &Commit,
    heads: &mut Heads,
) -> Result<Vec<(String, i64)>, CommitError> {
    let mut versions = Vec::with_capacity(commit.streams.len());
    let mut events = Vec::new();
    let mut corrected = BTreeSet::new();
    for write in &commit.streams {
        let (mut version, mut head) = expected_head(heads, write)?;
        for event in &write.events {
            if let Some(superseded) = &event.supersedes {
                if !corrected.insert(superseded) {
                    return Err(CommitError::Superseded { event: superseded.clone() });
                }
                refuse_second_correction(tx, &commit.authority, superseded).await?;
            }
            version += 1;
            heads.area_seq += 1;
            let place = Place {
                authority: &commit.authority,
                stream: &write.stream,
                kind: write.kind.word(),
                seq: version,
                recorded_at: &commit.at,
            };
            let digest = event.digest()?;
            head = event.hash(&place, &digest, &head);
            heads.area_hash = area_hash(&heads.area_hash, &head);
            let stored = StoredEvent {
                area_seq: heads.area_seq,
                seq: version,
                recorded_at: commit.at.clone(),
                digest,
                hash: head.clone(),
                event: event.clone(),
            };
            events.push((write, stored));
        }
        let kind = write.kind.word().to_owned();
        heads.streams.insert(write.stream.clone(), (version, head, kind));
        versions.push((write.stream.clone(), version));
    }
    write_events(tx, commit, heads, &events).await?;
    Ok(versions)
}

/// The stream's version and hash, if the version is the one expected.
fn expected_head(heads: &Heads, write: &StreamWrite) -> Result<(i64, String), CommitError> {
    let (found, hash) = match heads.streams.get(&write.stream) {
        None => (0, String::new()),
        Some((_, _, kind)) if kind != write.kind.word() => {
            return Err(StoreError::Misuse { what: "a stream keeps its kind" }.into());
        }
        Some((version, hash, _)) => (*version, hash.clone()),
    };
    if found == write.expected {
        Ok((found, hash))
    } else {
        Err(CommitError::Stale { stream: write.stream.clone(), found })
    }
}

/// Writes the events, and the heads of their streams and of the area after them.
async fn write_events(
    tx: &mut Tx,
    commit: &Commit,
    heads: &Heads,
    events: &[(&StreamWrite, StoredEvent)],
) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    let authority = Arg::Text(&commit.authority);
    let mut batch = Batch::default();
    let mut args = Vec::new();
    let mut written = BTreeSet::new();
    for (write, stored) in events {
        args.extend([authority, Arg::Text(&write.stream), Arg::Text(write.kind.word())]);
        stored.push(&mut args)?;
        written.insert(&write.stream);
    }
    let names = ["authority", "stream", "stream_kind"];
    put(&mut batch, "event", &[], &[&names, &EVENT_COLUMNS], args);
    let mut args = Vec::new();
    for (stream, (version, hash, kind)) in &heads.streams {
        if written.contains(stream) {
            args.extend([authority, Arg::Text(stream), Arg::Text(kind)]);
            args.extend([Arg::Int(*version), Arg::Text(hash)]);
        }
    }
    let names = ["authority", "stream", "stream_kind", "version", "hash"];
    put(&mut batch, "stream_head", &["authority", "stream"], &[&names], args);
    batch.add(
        Built::new("UPDATE area_head SET seq = ?, hash = ? WHERE authority = ?"),
        vec![Arg::Int(heads.area_seq), Arg::Text(&heads.area_hash), authority],
    );
    tx.run_all(batch).await
}

async fn refuse_second_correction(
    tx: &mut Tx,
    authority: &str,
    superseded: &str,
) -> Result<(), CommitError> {
    let before = tx
        .rows(
            "SELECT COUNT(*) FROM event \
             WHERE authority = $1 AND supersedes = $2 AND supersedes <> ''",
            &[Arg::Text(authority), Arg::Text(superseded)],
        )
        .await?;
    if count(before)? > 0 {
        return Err(CommitError::Superseded { event: superseded.to_owned() });
    }
    Ok(())
}

/// Puts these rows in place of a child's. Rows that stay as they were are not written: most of what
/// the law says of a child is the same after an act.
async fn replace_rows(
    tx: &mut Tx,
    authority: &str,
    version: i64,
    rows: &ChildRows,
) -> Result<(), CommitError> {
    let key = [Arg::Text(authority), Arg::Text(&rows.child_row.child)];
    let mut batch = Batch::default();
    let mut args = vec![key[0]];
    rows.child_row.push(&mut args);
    let names: [&[&str]; 2] = [&["authority"], ChildRow::COLUMNS];
    put(&mut batch, "child", &CHILD_KEY, &names, args);
    let mut args = vec![key[0], key[1], Arg::Int(version)];
    rows.head.push(&mut args);
    let names = ["authority", "child", "version", "rulebook", "holds_until"];
    put(&mut batch, "child_head", &CHILD_KEY, &[&names], args);
    // The child's own row gives way, so what is in the way is another's reference.
    tx.run_all(batch).await.map_err(|error| match error {
        StoreError::Duplicate => CommitError::ReferenceTaken,
        other => other.into(),
    })?;
    let mut batch = Batch::default();
    replace_parts(&mut batch, "obligation", key, &rows.obligations, ObligationRow::COLUMNS, 0);
    tx.run_all(batch).await?;
    let mut batch = Batch::default();
    // `Tie::COLUMNS` begins with the child, which stands before the place instead.
    replace_parts(&mut batch, "tie", key, &rows.ties, Tie::COLUMNS, 1);
    replace_parts(&mut batch, "advice", key, &rows.advice, AdviceRow::COLUMNS, 0);
    replace_parts(&mut batch, "refusal", key, &rows.refusals, RefusalRow::COLUMNS, 0);
    replace_parts(&mut batch, "wording", key, &rows.wordings, WordingRow::COLUMNS, 0);
    tx.run_all(batch).await?;
    Ok(())
}

const CHILD_KEY: [&str; 2] = ["authority", "child"];
const PART_KEY: [&str; 3] = ["authority", "child", "n"];

/// Puts a child's rows of one table, each with its place, and takes away those beyond the last.
/// The first `skip` columns are in the key already.
fn replace_parts<'a, S: Stored>(
    batch: &mut Batch<'a>,
    table: &'static str,
    key: [Arg<'a>; 2],
    parts: &'a [S],
    columns: &[&'static str],
    skip: usize,
) {
    let mut args = Vec::new();
    let mut next = 0;
    for part in parts {
        args.extend([key[0], key[1], Arg::Int(next)]);
        let mut values = Vec::new();
        part.push(&mut values);
        args.extend(values.into_iter().skip(skip));
        next += 1;
    }
    put(batch, table, &PART_KEY, &[&PART_KEY, columns.get(skip..).unwrap_or_default()], args);
    let mut trim = Built::new("DELETE FROM ");
    trim.push(table).push(" WHERE authority = ? AND child = ? AND n >= ?");
    batch.add(trim, vec![key[0], key[1], Arg::Int(next)]);
}

/// Adds an INSERT of as many rows as `args` hold. With a key, a row that is there is updated if it
/// differs.
fn put<'a>(
    batch: &mut Batch<'a>,
    table: &'static str,
    key: &[&'static str],
    columns: &[&[&'static str]],
    args: Vec<Arg<'a>>,
) {
    let names = columns.concat();
    let rest: Vec<&str> = names.iter().copied().filter(|name| !key.contains(name)).collect();
    let width = names.len().max(1);
    for chunk in args.chunks(width * ROWS_A_PUT) {
        let mut sql = Built::new("INSERT INTO ");
        sql.push(table).push(" (").columns("", &names).push(") VALUES ");
        for row in 0..chunk.len() / width {
            sql.push(if row == 0 { "(" } else { ", (" });
            sql.repeated("?", width).push(")");
        }
        if !key.is_empty() {
            sql.push(" ON CONFLICT (").columns("", key).push(") DO UPDATE SET ");
            for (i, name) in rest.iter().enumerate() {
                sql.push(if i == 0 { "" } else { ", " }).push(name).push(" = excluded.").push(name);
            }
            sql.push(" WHERE ");
            for (i, name) in rest.iter().enumerate() {
                sql.push(if i == 0 { "" } else { " OR " });
                sql.push(table).push(".").push(name).push(" <> excluded.").push(name);
            }
        }
        batch.add(sql, chunk.to_vec());
    }
}

/// Everything that takes no place in the area's order.
async fn write_rest(tx: &mut Tx, commit: &Commit) -> Result<(), CommitError> {
    let authority = commit.authority.as_str();
    if let Some(area) = &commit.area {
        write_area(tx, authority, area).await?;
    }
    for person in &commit.people {
        write_person(tx, authority, person).await?;
    }
    for write in &commit.sign_ins {
        write_sign_in(tx, authority, &commit.at, write).await?;
    }
    for write in &commit.links {
        write_link(tx, authority, &commit.at, write).await?;
    }
    for write in &commit.drafts {
        write_draft(tx, &commit.at, write).await?;
    }
    write_offer(tx, authority, &commit.offer).await?;
    write_comments(tx, authority, &commit.comments).await?;
    write_keeps(tx, authority, &commit.keeps, &commit.addresses).await?;
    write_figures(tx, authority, &commit.figures).await?;
    for kind in &commit.taken_back {
        take_back(tx, authority, kind).await?;
    }
    write_log(tx, authority, &commit.offer_log).await?;
    write_searches(tx, authority, &commit.searches, &commit.forget_searches).await?;
    let mut args = Vec::new();
    for message in &commit.messages {
        args.push(Arg::Text(authority));
        message.push(&mut args);
        args.extend([Arg::Text(""), Arg::Int(0), Arg::Text("")]);
    }
    let state = ["claimed_until", "attempts", "sent_at"];
    insert(tx, "outbox", &[&["authority"], OutgoingMessage::COLUMNS, &state], &args).await?;
    write_traces(tx, authority, &commit.at, &commit.traces).await?;
    Ok(())
}

/// Writes an area's rows of one table, with what is to happen where one with its key is there.
pub(crate) async fn put_in_area<S: Stored>(
    tx: &mut Tx,
    table: &'static str,
    authority: &str,
    rows: &[S],
    conflict: &'static str,
) -> Result<(), StoreError> {
    let mut args = Vec::new();
    for row in rows {
        args.push(Arg::Text(authority));
        row.push(&mut args);
    }
    insert_or(tx, table, &[&["authority"], S::COLUMNS], &args, conflict).await?;
    Ok(())
}

/// Inserts as many rows as `args` hold, many in one statement.
pub(crate) async fn insert(
    tx: &mut Tx,
    table: &'static str,
    columns: &[&[&'static str]],
    args: &[Arg<'_>],
) -> Result<(), StoreError> {
    insert_or(tx, table, columns, args, "").await?;
    Ok(())
}

/// The same, with what is to happen on a conflict; counts the rows written.
pub(crate) async fn insert_or(
    tx: &mut Tx,
    table: &'static str,
    columns: &[&[&'static str]],
    args: &[Arg<'_>],
    conflict: &'static str,
) -> Result<u64, StoreError> {
    let names = columns.concat();
    let width = names.len();
    let mut inserted = 0;
    for chunk in args.chunks(width.max(1) * ROWS_AN_INSERT) {
        let mut sql = Built::new("INSERT INTO ");
        sql.push(table).push(" (").columns("", &names).push(") VALUES ");
        for (i, _) in chunk.iter().enumerate() {
            sql.push(match (i, i % width.max(1)) {
                (0, _) => "(",
                (_, 0) => "), (",
                _ => ", ",
            });
            sql.place(i + 1);
        }
        sql.push(")").push(conflict);
        inserted += tx.run(sql, chunk).await?;
    }
    Ok(inserted)
}

/// The number in a row of one COUNT.
pub(crate) fn count(rows: Vec<Row>) -> Result<i64, StoreError> {
    rows.into_iter().next().ok_or(StoreError::Shape { what: "a count" })?.fields().take()
}
