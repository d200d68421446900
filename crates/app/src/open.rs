//! Opening one child's record: ask `access`, load, fold, ask the law, and leave a trace.

use sendero_access::{Act, Allowed, Asker, Part, Role, Subject, Tie};
use sendero_law::{Question, Rulebook, Timeline};
use sendero_record::{ChildId, Entry, Event, EventId, Header, Record, Unreadable};
use sendero_store::{Commit, StoredChild, StoredEvent, Trace};

use crate::followed::timeline_of;
use crate::{App, AreaLaw, Me, Now, Problem};

/// One child's record with what the law says of it, for somebody who may read it.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The record.
    pub record: Record,
    /// The rulebook in force in its area.
    pub law: &'static Rulebook,
    /// The same with the terms in which school days are counted there.
    pub area_law: AreaLaw,
    /// The law's answer as at today.
    pub timeline: Timeline,
    /// The reader's ties to the child.
    pub ties: Vec<Tie>,
    /// Today.
    pub now: Now,
    /// The parts that the reader may read.
    pub parts: Vec<Part>,
}

impl CaseFile {
    /// Whether the reader may read this part.
    #[must_use]
    pub fn shows(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// The record of stored events.
pub(crate) fn record_of(stored: &StoredChild) -> Result<Record, Unreadable> {
    let entries = stored.events.iter().map(entry_of).collect::<Result<Vec<_>, _>>()?;
    Ok(Record::new(ChildId::new(stored.child.clone()), entries))
}

fn entry_of(stored: &StoredEvent) -> Result<Entry, Unreadable> {
    let event = &stored.event;
    let day = |text: &str| {
        text.parse().map_err(|_| Unreadable::Content {
            kind: event.kind.clone(),
            source: <serde_json::Error as serde::de::Error>::custom("its day is not a date"),
        })
    };
    Ok(Entry {
        header: Header {
            id: EventId::new(event.id.clone()),
            seq: stored.seq,
            on: day(&event.on)?,
            known_on: day(&event.known_on)?,
            recorded_at: stored.recorded_at.clone(),
            actor: event.actor.clone(),
            supersedes: event.supersedes.clone().map(EventId::new),
        },
        event: Event::read(&event.kind, event.format, &event.content)?,
    })
}

impl App {
    /// Whether this person may do this to this child's record. What is not theirs is not found.
    pub(crate) async fn allowed(
        &self,
        asker: &Asker,
        act: Act,
        child: &ChildId,
        now: &Now,
    ) -> Result<(Allowed, Vec<Tie>), Problem> {
        let ties = self.ties(asker, child, now).await?;
        let about = Subject {
            // The store looks in the asker's own authority alone: nothing else can be found there.
            authority: asker.authority.clone(),
            child: child.as_str().to_owned(),
            ties: ties.clone(),
        };
        match self.policies.may(asker, act, &about) {
            Ok(allowed) => Ok((allowed, ties)),
            Err(denied) => {
                tracing::info!(act = act.word(), because = denied.because, "not allowed");
                Err(Problem::NotFound)
            }
        }
    }

    /// Whether this person may do this for the office. What is not theirs to do is not found.
    pub(crate) fn may_in_office(&self, me: &Me, act: Act) -> Result<(), Problem> {
        self.policies.may_office(&me.asker(), act).map(drop).map_err(|_| Problem::NotFound)
    }

    /// The asker's ties to this child today.
    async fn ties(&self, asker: &Asker, child: &ChildId, now: &Now) -> Result<Vec<Tie>, Problem> {
        let today = now.today.to_string();
        let rows = self.store.ties(&asker.authority, &asker.person, child.as_str()).await?;
        Ok(rows
            .iter()
            .filter(|tie| tie.from_day <= today && today < tie.until_day)
            .filter_map(|tie| Tie::from_word(&tie.relation))
            .collect())
    }

    /// Who somebody is at the family's pages of this child. Staff who are of the child's own family
    /// play that part there, and nothing else; everybody else is who they are.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn at_the_familys_pages(&self, me: &Me, child: &ChildId) -> Result<Me, Problem> {
        let mut me = me.clone();
        if matches!(me.role, Role::Officer | Role::Manager) {
            let ties = self.ties(&me.asker(), child, &self.now()).await?;
            if ties.contains(&Tie::YoungPersonSelf) {
                me.role = Role::YoungPerson;
            } else if ties.contains(&Tie::ParentOf) {
                me.role = Role::Parent;
            }
        }
        Ok(me)
    }

    /// The stored child, for somebody who was allowed.
    pub(crate) async fn load(&self, allowed: &Allowed) -> Result<StoredChild, Problem> {
        self.store.child(allowed.authority(), allowed.child()).await?.ok_or(Problem::NotFound)
    }

    /// Opens a child's record to read `part`, and leaves a trace before anything is shown.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is no such child, or it is not theirs to read.
    pub async fn open(
        &self,
        me: &Me,
        child: &ChildId,
        part: Part,
        purpose: &str,
    ) -> Result<CaseFile, Problem> {
        let now = self.now();
        let asker = me.asker();
        let (allowed, ties) = self.allowed(&asker, Act::Read(part), child, &now).await?;
        // Side by side: the page waits for the slower of the two, and never goes out without a trace.
        let (stored, area_law, traced) = tokio::join!(
            self.load(&allowed),
            self.law_of(&asker.authority),
            self.trace(me, &now, child.as_str(), part.word(), purpose, "")
        );
        traced?;
        let record = record_of(&stored?)?;
        let about = Subject {
            authority: asker.authority.clone(),
            child: child.as_str().to_owned(),
            ties: ties.clone(),
        };
        let parts = Part::ALL
            .into_iter()
            .filter(|part| self.policies.may(&asker, Act::Read(*part), &about).is_ok())
            .collect();
        let area_law = area_law?;
        let timeline = timeline_of(&area_law, &record, Question::today(now.today));
        let law = area_law.rulebook;
        Ok(CaseFile { record, law, area_law, timeline, ties, now, parts })
    }

    /// The child with this reference, if it is in the asker's authority. Whether they may read it
    /// is asked when it is opened.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anything that is not a reference here.
    pub async fn child_by_reference(&self, me: &Me, typed: &str) -> Result<ChildId, Problem> {
        let reference: sendero_record::Reference = typed.parse().map_err(|_| Problem::NotFound)?;
        let found = self.store.find_reference(&me.authority, reference.as_str()).await?;
        found.map(|row| ChildId::new(row.child)).ok_or(Problem::NotFound)
    }

    /// Notes who looked at what, once an hour. Durable when this returns.
    pub(crate) async fn trace(
        &self,
        me: &Me,
        now: &Now,
        child: &str,
        part: &str,
        purpose: &str,
        filters: &str,
    ) -> Result<(), Problem> {
        let trace = Trace {
            person: me.id.as_str().to_owned(),
            role: me.role.word().to_owned(),
            child: child.to_owned(),
            part: part.to_owned(),
            purpose: purpose.to_owned(),
            filters: filters.to_owned(),
        };
        if self.store.is_traced(&me.authority, &now.at, &trace).await? {
            return Ok(());
        }
        let commit = Commit {
            authority: me.authority.clone(),
            at: now.at.clone(),
            actor: me.id.as_str().to_owned(),
            traces: vec![trace],
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }
}
