//! What one act on an entry writes: its event, the entry where it changed, the row of its keeping, and
//! the letters and the reminder that follow.

use sendero_offer::Service;
use sendero_offer::history::{Happened, SERVICE_PUT, ServicePut};
use sendero_offer::keep::{Keep, look_again_on};
use sendero_store::{
    CommandId, Commit, CommitError, NewEvent, OfferItem, OfferKeep, OfferWrite, OutgoingMessage,
    StreamKind, StreamWrite,
};

use super::{KEPT_HERE, KeptEntry, broken};
use crate::letters::fill;
use crate::{App, AreaDetail, Form, Me, Now, Problem};

impl App {
    pub(super) async fn write_entry(
        &self,
        me: &Me,
        entry: &KeptEntry,
        happened: Happened,
        letters: Vec<OutgoingMessage>,
        form: &Form,
    ) -> Result<(), Problem> {
        let area = self.area(&me.authority).await?;
        let now = self.now();
        let after = match &happened {
            Happened::Put(put) => Some(put.service.clone()),
            _ => None,
        };
        let mut commit = self.entry_commit(me, entry, happened, &now, form)?;
        commit.messages = letters;
        if let Some(service) = after {
            self.put_reminder(&mut commit, &area, &service, &entry.email);
        }
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::CommandSeen { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    /// The commit of one more event of an entry, with the rows that follow from it.
    pub(super) fn entry_commit(
        &self,
        me: &Me,
        entry: &KeptEntry,
        mut happened: Happened,
        now: &Now,
        form: &Form,
    ) -> Result<Commit, Problem> {
        if let Happened::Put(put) = &mut happened {
            now.at.clone_into(&mut put.service.modified);
        }
        let id = entry.stands.service.id.as_str();
        let text = |value: Result<String, serde_json::Error>| value.map_err(|_| broken(id));
        let mut keep = entry.keep.clone();
        keep.take(now.today, &happened);
        let (kind, content) = match &happened {
            Happened::Put(put) => (SERVICE_PUT, text(serde_json::to_string(put))?),
            Happened::Kept(event) => (event.kind(), text(serde_json::to_string(event))?),
            Happened::Other => return Err(broken(id)),
        };
        let today = now.today.to_string();
        let event = NewEvent {
            id: self.fresh_id(),
            kind: kind.to_owned(),
            format: 1,
            on: today.clone(),
            known_on: today,
            actor: me.id.as_str().to_owned(),
            supersedes: None,
            salt: self.fresh_token(),
            content: content.into_bytes(),
        };
        let command = CommandId { id: form.command.clone(), answer: id.to_owned() };
        let offer = match happened {
            Happened::Put(put) => put_here(entry, &put, &now.at)?,
            _ => Vec::new(),
        };
        Ok(Commit {
            authority: me.authority.clone(),
            at: now.at.clone(),
            actor: me.id.as_str().to_owned(),
            command: Some(command).filter(|command| !command.id.is_empty()),
            streams: vec![StreamWrite {
                stream: id.to_owned(),
                kind: StreamKind::Service,
                expected: entry.version,
                events: vec![event],
            }],
            offer,
            keeps: vec![row_of_keep(id, &keep, entry.version + 1)?],
            ..Commit::default()
        })
    }

    pub(super) fn tell_keeper(
        &self,
        template: &str,
        entry: &KeptEntry,
        pairs: &[(&str, &str)],
    ) -> Option<OutgoingMessage> {
        let (subject, body) = fill(template, pairs);
        let written = || self.message("keeper", &entry.email, &subject, &body, &self.now());
        (!entry.email.is_empty()).then(written)
    }

    /// Puts the next reminder in place of the one that waits: at eleven months after the last check,
    /// or at once where nobody has said when that was. Nobody without an address gets one.
    pub(super) fn put_reminder(
        &self,
        commit: &mut Commit,
        area: &AreaDetail,
        service: &Service,
        email: &str,
    ) {
        let kind = format!("keep-again {}", service.id);
        commit.taken_back.push(kind.clone());
        if email.is_empty() || !service.is_shown() {
            return;
        }
        let address = format!("{}/sign-in", area.address);
        let pairs = [
            ("area", area.name.as_str()),
            ("service", service.name.as_str()),
            ("address", address.as_str()),
        ];
        let (subject, body) = fill(include_str!("../../letters/keep-again.txt"), &pairs);
        let mut message = self.message(&kind, email, &subject, &body, &self.now());
        // Whoever is asked today has the entry in hand: the reminder is for a day ahead.
        let day = look_again_on(service.checked.unwrap_or(self.now().today));
        let due = format!("{day}T06:00:00.000Z");
        if due > message.due_at {
            message.due_at = due;
            commit.messages.push(message);
        }
    }
}

/// The rows of an entry that is put in place, and of the places that are its own. Those that it had
/// and has no more go: no other service is there.
fn put_here(entry: &KeptEntry, put: &ServicePut, at: &str) -> Result<Vec<OfferWrite>, Problem> {
    let service = &put.service;
    let write = |kind: &str, id: &str, content: Result<String, serde_json::Error>| {
        let content = content.map_err(|_| broken(&service.id))?;
        Ok::<_, Problem>(OfferWrite::Put(OfferItem {
            kind: kind.to_owned(),
            id: id.to_owned(),
            source: KEPT_HERE.to_owned(),
            changed_at: at.to_owned(),
            content,
        }))
    };
    let mut writes = vec![write("service", &service.id, serde_json::to_string(service))?];
    for place in &put.places {
        writes.push(write("location", &place.id, serde_json::to_string(place))?);
    }
    let stays = |id: &str| put.places.iter().any(|place| place.id == id);
    let gone = entry.stands.own_places().filter(|place| !stays(&place.id));
    let gone =
        gone.map(|place| OfferWrite::Remove { kind: "location".to_owned(), id: place.id.clone() });
    writes.extend(gone);
    Ok(writes)
}

/// The row of how an entry is kept.
fn row_of_keep(id: &str, keep: &Keep, version: i64) -> Result<OfferKeep, Problem> {
    let keeper = keep.keeper.as_ref().map(|keeper| keeper.person.clone());
    Ok(OfferKeep {
        service: id.to_owned(),
        keeper: keeper.unwrap_or_default(),
        version,
        content: serde_json::to_string(keep).map_err(|_| broken(id))?,
    })
}
