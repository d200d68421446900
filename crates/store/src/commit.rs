//! One commit: events, the rows beside them, messages and traces, all or nothing.
//! It takes the area's head row first, which gives the events of an area one order without a gap.

use crate::error::{CommitError, StoreError};
use crate::event::{EVENT_COLUMNS, NewEvent, Place, StoredEvent, StreamKind, area_hash};
use crate::outbox::OutgoingMessage;
use crate::people::{
    AreaRow, DraftWrite, LinkWrite, PersonWrite, SignInWrite, write_area, write_draft, write_link,
    write_person, write_sign_in,
};
use crate::rows::{AdviceRow, ChildRow, ChildRows, ObligationRow, Stored as _, Tie};
use crate::sql::{Arg, Built, Row, Tx};
use crate::trace::{Trace, write_traces};

/// Rows that one INSERT carries: enough for most children, and SQLite looks each placeholder up by a
/// walk over those before it.
const ROWS_AN_INSERT: usize = 16;

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
    /// Requests begun without an account.
    pub drafts: Vec<DraftWrite>,
    /// The area itself, put in place.
    pub area: Option<AreaRow>,
    /// Messages to be sent later.
    pub messages: Vec<OutgoingMessage>,
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

/// Writes a commit within an open transaction, or says why not. On an error the caller must roll
/// back what was begun.
pub(crate) async fn apply(tx: &mut Tx, commit: &Commit) -> Result<Committed, CommitError> {
    let authority = commit.authority.as_str();
    let ordered = commit.command.is_some() || !commit.streams.is_empty() || !commit.rows.is_empty();
    let (mut area_seq, mut area_head) =
        if ordered { lock_area(tx, authority).await? } else { (0, String::new()) };
    if let Some(command) = &commit.command {
        take_command(tx, commit, command).await?;
    }
    let mut versions = Vec::with_capacity(commit.streams.len());
    for write in &commit.streams {
        let version = append(tx, commit, write, &mut area_seq, &mut area_head).await?;
        versions.push((write.stream.clone(), version));
    }
    if commit.streams.iter().any(|write| !write.events.is_empty()) {
        tx.run(
            "UPDATE area_head SET seq = $1, hash = $2 WHERE authority = $3",
            &[Arg::Int(area_seq), Arg::Text(&area_head), Arg::Text(authority)],
        )
        .await?;
    }
    for rows in &commit.rows {
        let version = versions.iter().rev().find(|(stream, _)| *stream == rows.child_row.child);
        let Some((_, version)) = version else {
            return Err(StoreError::Misuse { what: "rows need their child's stream" }.into());
        };
        replace_rows(tx, authority, *version, rows).await?;
    }
    write_rest(tx, commit).await?;
    Ok(Committed { area_seq, area_hash: area_head, versions })
}

/// Takes the area's head row until the transaction ends; everyone else in the area waits.
async fn lock_area(tx: &mut Tx, authority: &str) -> Result<(i64, String), StoreError> {
    const LOCK: &str = "UPDATE area_head SET seq = seq WHERE authority = $1 RETURNING seq, hash";
    let mut rows = tx.rows(LOCK, &[Arg::Text(authority)]).await?;
    if rows.is_empty() {
        tx.run(
            "INSERT INTO area_head (authority, seq, hash) VALUES ($1, 0, '') \
             ON CONFLICT (authority) DO NOTHING",
            &[Arg::Text(authority)],
        )
        .await?;
        rows = tx.rows(LOCK, &[Arg::Text(authority)]).await?;
    }
    let mut fields = rows.first().ok_or(StoreError::Shape { what: "area_head" })?.fields();
    Ok((fields.take()?, fields.take()?))
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
    let row = seen.first().ok_or(StoreError::Busy)?;
    Err(CommitError::CommandSeen { answer: row.fields().take()? })
}

/// The answer of a form already run.
pub(crate) const COMMAND_ANSWER: &str = "SELECT answer FROM command WHERE id = $1";

/// Appends a stream's events and answers its new version.
async fn append(
    tx: &mut Tx,
    commit: &Commit,
    write: &StreamWrite,
    area_seq: &mut i64,
    area_head: &mut String,
) -> Result<i64, CommitError> {
    let (mut version, mut head) = stream_head(tx, commit, write).await?;
    for event in &write.events {
        if let Some(superseded) = &event.supersedes {
            refuse_second_correction(tx, &commit.authority, superseded).await?;
        }
        version += 1;
        *area_seq += 1;
        let place = Place {
            authority: &commit.authority,
            stream: &write.stream,
            kind: write.kind.word(),
            seq: version,
            recorded_at: &commit.at,
        };
        let digest = event.digest()?;
        head = event.hash(&place, &digest, &head);
        *area_head = area_hash(area_head, &head);
        let stored = StoredEvent {
            area_seq: *area_seq,
            seq: version,
            recorded_at: commit.at.clone(),
            digest,
            hash: head.clone(),
            event: event.clone(),
        };
        let mut args =
            vec![Arg::Text(place.authority), Arg::Text(place.stream), Arg::Text(place.kind)];
        stored.push(&mut args)?;
        let names = ["authority", "stream", "stream_kind"];
        insert(tx, "event", &[&names, &EVENT_COLUMNS], &args).await?;
    }
    if !write.events.is_empty() {
        tx.run(
            "INSERT INTO stream_head (authority, stream, stream_kind, version, hash) \
             VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (authority, stream) DO UPDATE SET version = $4, hash = $5",
            &[
                Arg::Text(&commit.authority),
                Arg::Text(&write.stream),
                Arg::Text(write.kind.word()),
                Arg::Int(version),
                Arg::Text(&head),
            ],
        )
        .await?;
    }
    Ok(version)
}

/// The stream's version and hash, if the version is the one expected.
async fn stream_head(
    tx: &mut Tx,
    commit: &Commit,
    write: &StreamWrite,
) -> Result<(i64, String), CommitError> {
    let rows = tx
        .rows(
            "SELECT version, hash, stream_kind FROM stream_head \
             WHERE authority = $1 AND stream = $2",
            &[Arg::Text(&commit.authority), Arg::Text(&write.stream)],
        )
        .await?;
    let (found, hash) = match rows.first() {
        None => (0, String::new()),
        Some(row) => {
            let mut fields = row.fields();
            let head = (fields.take()?, fields.take()?);
            if fields.take::<String>()? != write.kind.word() {
                return Err(StoreError::Misuse { what: "a stream keeps its kind" }.into());
            }
            head
        }
    };
    if found == write.expected {
        Ok((found, hash))
    } else {
        Err(CommitError::Stale { stream: write.stream.clone(), found })
    }
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
    if count(&before)? > 0 {
        return Err(CommitError::Superseded { event: superseded.to_owned() });
    }
    Ok(())
}

/// Deletes a child's rows and writes these.
async fn replace_rows(
    tx: &mut Tx,
    authority: &str,
    version: i64,
    rows: &ChildRows,
) -> Result<(), CommitError> {
    let row = &rows.child_row;
    let key = [Arg::Text(authority), Arg::Text(&row.child)];
    // A child's rows always come with a head, so a new child has nothing to delete.
    let before = tx.run("DELETE FROM child_head WHERE authority = $1 AND child = $2", &key).await?;
    if before > 0 {
        for delete in [
            "DELETE FROM obligation WHERE authority = $1 AND child = $2",
            "DELETE FROM tie WHERE authority = $1 AND child = $2",
            "DELETE FROM advice WHERE authority = $1 AND child = $2",
            "DELETE FROM child WHERE authority = $1 AND child = $2",
        ] {
            tx.run(delete, &key).await?;
        }
    }
    let mut args = vec![Arg::Text(authority)];
    row.push(&mut args);
    let names: [&[&str]; 2] = [&["authority"], ChildRow::COLUMNS];
    // The child's own row is gone, so what is in the way is another's reference.
    if insert_or(tx, "child", &names, &args, " ON CONFLICT DO NOTHING").await? == 0 {
        return Err(CommitError::ReferenceTaken);
    }
    let mut args = vec![key[0], key[1], Arg::Int(version)];
    rows.head.push(&mut args);
    let names = ["authority", "child", "version", "rulebook", "holds_until"];
    insert(tx, "child_head", &[&names], &args).await?;
    insert_parts(tx, authority, rows).await
}

/// Writes obligations, ties and advice, each with its place.
async fn insert_parts(tx: &mut Tx, authority: &str, rows: &ChildRows) -> Result<(), CommitError> {
    let child = rows.child_row.child.as_str();
    let start = |n: i64| vec![Arg::Text(authority), Arg::Text(child), Arg::Int(n)];
    let names = ["authority", "child", "n"];
    let mut args = Vec::new();
    for (n, obligation) in (0..).zip(&rows.obligations) {
        args.extend(start(n));
        obligation.push(&mut args);
    }
    insert(tx, "obligation", &[&names, ObligationRow::COLUMNS], &args).await?;
    let mut args = Vec::new();
    for (n, tie) in (0..).zip(&rows.ties) {
        // `Tie::COLUMNS` begins with the child, which stands here before the place instead.
        args.extend(start(n));
        let mut values = Vec::new();
        tie.push(&mut values);
        args.extend(values.into_iter().skip(1));
    }
    let tie_columns = Tie::COLUMNS.get(1..).unwrap_or_default();
    insert(tx, "tie", &[&names, tie_columns], &args).await?;
    let mut args = Vec::new();
    for (n, advice) in (0..).zip(&rows.advice) {
        args.extend(start(n));
        advice.push(&mut args);
    }
    insert(tx, "advice", &[&names, AdviceRow::COLUMNS], &args).await?;
    Ok(())
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
        write_draft(tx, authority, &commit.at, write).await?;
    }
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
pub(crate) fn count(rows: &[Row]) -> Result<i64, StoreError> {
    rows.first().ok_or(StoreError::Shape { what: "a count" })?.fields().take()
}
