//! What an area does about its Local Offer: anybody may read it, staff write it down. Each entry is a
//! stream of its own, with a row beside it for the lists.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_access::Act;
use sendero_offer::comment::{LETTERS_MOST, Refused, Standing};
use sendero_offer::log::{
    Gap, LogCommand, LogEntry, LogEvent, LogKind, SearchCount, Told, candidates, decide, gap_id,
};
use sendero_store::{
    CommandId, Commit, CommitError, NewEvent, OfferLogRow, StoredChild, StreamKind, StreamWrite,
};

use crate::{App, FieldFault, Form, Me, Now, Problem};

/// Entries of one kind that a page reads.
const READ_MOST: i64 = 2_000;

/// An entry in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its id.
    pub id: String,
    /// The entry.
    pub entry: LogEntry,
}

/// A line of the gap register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapLine {
    /// The name of its stream.
    pub id: String,
    /// What is missing, and how that is known.
    pub gap: Gap,
    /// Whether it still shows.
    pub shows: bool,
    /// Searches that found nothing.
    pub searches: u64,
    /// How often people said that they did not find it.
    pub pressed: u64,
    /// What was decided, once something was.
    pub entry: Option<LogEntry>,
}

impl App {
    /// What is missing from an area's Local Offer, and what was decided: what nobody has decided on
    /// first.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn gap_register(&self, authority: &str) -> Result<Vec<GapLine>, Problem> {
        let offer = self.local_offer(authority).await?;
        let mut entries: BTreeMap<String, LogEntry> = self
            .offer_log(authority, LogKind::Gap)
            .await?
            .into_iter()
            .map(|line| (line.id, line.entry))
            .collect();
        let comments = self.comments_of(authority, Standing::Published).await?;
        let counts = self.kept_searches(authority).await?;
        let comments = comments.iter().map(|(id, comment)| (id.as_str(), comment));
        let mut lines: Vec<GapLine> = candidates(authority, &offer.directory, &counts, comments)
            .into_iter()
            .map(|one| GapLine {
                entry: entries.remove(&one.id),
                id: one.id,
                gap: one.gap,
                shows: true,
                searches: one.searches,
                pressed: one.pressed,
            })
            .collect();
        lines.extend(entries.into_iter().filter_map(|(id, entry)| {
            let Told::Gap(gap, _) = &entry.told else { return None };
            let gap = gap.clone();
            Some(GapLine { id, gap, shows: false, searches: 0, pressed: 0, entry: Some(entry) })
        }));
        lines.sort_by_key(|line| line.entry.is_some());
        Ok(lines)
    }

    /// How often words found nothing, of all months together.
    async fn kept_searches(&self, authority: &str) -> Result<Vec<SearchCount>, Problem> {
        let mut counts: BTreeMap<String, SearchCount> = BTreeMap::new();
        for row in self.store.offer_searches(authority).await? {
            if row.words.is_empty() {
                continue;
            }
            let one = counts.entry(row.words.clone()).or_default();
            one.words = row.words;
            one.nothing += u64::try_from(row.found_none).unwrap_or_default();
            one.pressed += u64::try_from(row.pressed).unwrap_or_default();
        }
        Ok(counts.into_values().collect())
    }

    /// The entries of one kind, the latest first.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn offer_log(&self, authority: &str, kind: LogKind) -> Result<Vec<LogLine>, Problem> {
        let rows = self.store.offer_log(authority, kind.word(), READ_MOST).await?;
        rows.iter().map(|row| Ok(LogLine { id: row.id.clone(), entry: entry_of(row)? })).collect()
    }

    /// The gap register, for those who write in it.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for whoever may not.
    pub async fn gaps_at_desk(&self, me: &Me) -> Result<Vec<GapLine>, Problem> {
        self.may_in_office(me, Act::AnswerComments)?;
        self.gap_register(&me.authority).await
    }

    /// The entries of one kind, for those who write in them.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for whoever may not.
    pub async fn log_at_desk(&self, me: &Me, kind: LogKind) -> Result<Vec<LogLine>, Problem> {
        self.may_in_office(me, Act::AnswerComments)?;
        self.offer_log(&me.authority, kind).await
    }

    /// Writes down what was decided of a gap that is on the register, on the day `on`.
    ///
    /// # Errors
    /// Where a field is wrong, there is no such gap, or it is not theirs to do.
    pub async fn decide_gap(
        &self,
        me: &Me,
        gap: &Gap,
        decided: sendero_offer::log::Decided,
        on: Date,
        form: &Form,
    ) -> Result<(), Problem> {
        let id = gap_id(&me.authority, gap);
        let command = LogCommand::Decide(gap.clone(), decided);
        self.keep_log(me, &id, &command, on, form, &self.now()).await
    }

    /// Writes a new entry down, of something that happened on the day `on`.
    ///
    /// # Errors
    /// Where a field is wrong, or it is not theirs to do.
    pub async fn add_to_log(
        &self,
        me: &Me,
        command: &LogCommand,
        on: Date,
        form: &Form,
    ) -> Result<(), Problem> {
        self.keep_log(me, &self.fresh_id(), command, on, form, &self.now()).await
    }

    /// Writes down what became of an entry.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is none, or it is not theirs to do; or a field is wrong.
    pub async fn go_on_in_log(
        &self,
        me: &Me,
        id: &str,
        command: &LogCommand,
        form: &Form,
    ) -> Result<(), Problem> {
        self.may_in_office(me, Act::AnswerComments)?;
        let now = self.now();
        let stored = self.store.stream(&me.authority, StreamKind::OfferLog, id).await?;
        stored.ok_or(Problem::NotFound)?;
        self.keep_log(me, id, command, now.today, form, &now).await
    }

    pub(crate) async fn keep_log(
        &self,
        me: &Me,
        id: &str,
        command: &LogCommand,
        on: Date,
        form: &Form,
        now: &Now,
    ) -> Result<(), Problem> {
        self.may_in_office(me, Act::AnswerComments)?;
        if !form.command.is_empty() && self.store.command(&form.command).await?.is_some() {
            return Ok(());
        }
        let stored = self.store.stream(&me.authority, StreamKind::OfferLog, id).await?;
        let mut events = stored.as_ref().map(events_of).transpose()?.unwrap_or_default();
        let before = LogEntry::of(events.iter().map(|(on, event)| (*on, event)));
        let event = decide(before.as_ref(), command, on, now.today).map_err(refused)?;
        let content = serde_json::to_string(&event).map_err(|_| broken(id))?;
        let kind = event.kind().to_owned();
        events.push((on, event));
        let after = LogEntry::of(events.iter().map(|(on, event)| (*on, event)));
        let after = after.ok_or_else(|| broken(id))?;
        let version = stored.map_or(0, |stored| stored.version);
        let new = NewEvent {
            id: self.fresh_id(),
            kind,
            format: 1,
            on: on.to_string(),
            known_on: now.today.to_string(),
            actor: me.id.as_str().to_owned(),
            supersedes: None,
            salt: self.fresh_token(),
            content: content.into_bytes(),
        };
        let answered = CommandId { id: form.command.clone(), answer: id.to_owned() };
        let commit = Commit {
            authority: me.authority.clone(),
            at: now.at.clone(),
            actor: me.id.as_str().to_owned(),
            command: Some(answered).filter(|command| !command.id.is_empty()),
            streams: vec![StreamWrite {
                stream: id.to_owned(),
                kind: StreamKind::OfferLog,
                expected: version,
                events: vec![new],
            }],
            offer_log: vec![row_of(id, version + 1, &after)?],
            ..Commit::default()
        };
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::CommandSeen { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }
}

fn row_of(id: &str, version: i64, entry: &LogEntry) -> Result<OfferLogRow, Problem> {
    Ok(OfferLogRow {
        id: id.to_owned(),
        kind: entry.kind().word().to_owned(),
        happened_on: entry.on.to_string(),
        version,
        content: serde_json::to_string(entry).map_err(|_| broken(id))?,
    })
}

/// The row that a stream's events give.
pub(crate) fn row_of_stream(stored: &StoredChild) -> Option<OfferLogRow> {
    let events = events_of(stored).ok()?;
    let entry = LogEntry::of(events.iter().map(|(on, event)| (*on, event)))?;
    row_of(&stored.child, stored.version, &entry).ok()
}

fn events_of(stored: &StoredChild) -> Result<Vec<(Date, LogEvent)>, Problem> {
    let read = |event: &NewEvent| {
        let on = event.on.parse().map_err(|_| broken(&stored.child))?;
        let read = serde_json::from_slice(&event.content).map_err(|_| broken(&stored.child))?;
        Ok((on, read))
    };
    stored.events.iter().map(|stored| read(&stored.event)).collect()
}

fn entry_of(row: &OfferLogRow) -> Result<LogEntry, Problem> {
    serde_json::from_str(&row.content).map_err(|_| broken(&row.id))
}

fn broken(id: &str) -> Problem {
    Problem::Broken(format!("entry {id} of the Local Offer cannot be read or written"))
}

fn refused(refused: Refused) -> Problem {
    let detail = if refused.fault == "too-long" { LETTERS_MOST.to_string() } else { String::new() };
    let (field, fault) = (refused.field.to_owned(), refused.fault);
    Problem::Invalid(vec![FieldFault { field, fault, detail }])
}
