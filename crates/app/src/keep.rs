//! Who keeps which entry of the Local Offer: staff ask somebody by a link, whoever was asked changes
//! the entry or says that it is right, and staff agree or say why not. Nobody is reminded by a timer:
//! the next reminder is written, for its day, in the commit that makes it so.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_access::{Act, Role};
use sendero_offer::history::{Happened, SERVICE_PUT, ServicePut};
use sendero_offer::keep::{Fault, Fields, Keep, Keeper, look_again_on, name_keeper};
use sendero_offer::{Directory, Service};
use sendero_record::{Name, PersonId};
use sendero_store::{
    CommandId, Commit, CommitError, NewEvent, OfferAddress, OfferItem, OfferKeep, OfferWrite,
    OutgoingMessage, PersonRow, StreamKind, StreamWrite,
};

use crate::letters::fill;
use crate::now::{id as fresh, token};
use crate::people::{NewPerson, email_key, row_of};
use crate::{App, AreaDetail, FieldFault, Form, Me, Now, Problem};

/// Where a thing of the Local Offer comes from that is kept here: no feed changes it any more.
pub(crate) const KEPT_HERE: &str = "kept-here";
/// Lines of each list of the desk.
const DESK_MOST: usize = 100;

/// An entry with everything about its keeping.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptEntry {
    /// The entry as it stands.
    pub service: Service,
    /// How it is kept.
    pub keep: Keep,
    /// Where its keeper is written to, or ''.
    pub email: String,
    /// Its addresses on the web, and what came of trying them.
    pub tried: Vec<Tried>,
    version: i64,
}

/// What came of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The service.
    pub service: String,
    /// The address.
    pub address: String,
    /// The day.
    pub on: Date,
    /// What came: `there`, `gone`, `broken`, `silent`, `not-said` or `not-asked`.
    pub came: String,
}

impl Tried {
    /// Whether a family that goes there finds nothing.
    #[must_use]
    pub fn leads_nowhere(&self) -> bool {
        matches!(self.came.as_str(), "gone" | "broken" | "silent")
    }
}

/// An entry in a list of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// The service.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who keeps it, by role, or ''.
    pub who: String,
    /// Since when it is on this list: proposed on, tried on, checked on.
    pub since: Option<Date>,
    /// Of an address that leads nowhere: the address and what came.
    pub address: Option<(String, String)>,
}

/// What is to be done about the entries of a Local Offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntriesDesk {
    /// Changes that wait for leave, the oldest first.
    pub waiting: Vec<EntryLine>,
    /// Addresses that lead nowhere.
    pub nowhere: Vec<EntryLine>,
    /// Entries that nobody has checked for eleven months, the oldest first.
    pub old: Vec<EntryLine>,
    /// How many there are of them, also beyond those listed.
    pub old_count: usize,
    /// How many entries are shown, and how many of them somebody keeps.
    pub counts: (usize, usize),
}

/// What staff do with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settle {
    /// Agree to the change that waits, as these fields have it now.
    Agree(Fields),
    /// Say why not.
    TurnDown(String),
    /// Write it themselves.
    Write(Fields),
}

impl App {
    /// The desk of those who answer for the entries.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for whoever may not.
    pub async fn entries_desk(&self, me: &Me) -> Result<EntriesDesk, Problem> {
        self.may_agree(me)?;
        let offer = self.local_offer(&me.authority).await?;
        let keeps: BTreeMap<String, Keep> = self
            .store
            .offer_keeps(&me.authority)
            .await?
            .iter()
            .map(|row| Ok((row.service.clone(), keep_of(row)?)))
            .collect::<Result<_, Problem>>()?;
        let tried = self.tried(&me.authority).await?;
        Ok(desk(&offer.directory, &keeps, &tried, self.now().today))
    }

    /// One entry, for those who answer for all of them. One that has ended is there, too.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for whoever may not, and where there is none.
    pub async fn entry_at_desk(&self, me: &Me, id: &str) -> Result<KeptEntry, Problem> {
        self.may_agree(me)?;
        self.kept_entry(&me.authority, id).await
    }

    /// The entries that this person keeps, by name, each with what waits.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for whoever keeps none.
    pub async fn my_entries(&self, me: &Me) -> Result<Vec<(Service, Keep)>, Problem> {
        self.may_keep(me)?;
        let offer = self.local_offer(&me.authority).await?;
        let rows = self.store.offer_kept_by(&me.authority, me.id.as_str()).await?;
        let mut entries = Vec::new();
        for row in &rows {
            if let Some(service) = offer.directory.services.get(&row.service) {
                entries.push((service.clone(), keep_of(row)?));
            }
        }
        entries.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// One of the entries that this person keeps.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not theirs.
    pub async fn my_entry(&self, me: &Me, id: &str) -> Result<KeptEntry, Problem> {
        self.may_keep(me)?;
        let entry = self.kept_entry(&me.authority, id).await?;
        let theirs =
            entry.keep.keeper.as_ref().is_some_and(|keeper| keeper.person == me.id.as_str());
        if theirs { Ok(entry) } else { Err(Problem::NotFound) }
    }

    /// Proposes a change of an entry that this person keeps.
    ///
    /// # Errors
    /// Every field that cannot be so; [`Problem::NotFound`] where it is not theirs.
    pub async fn propose_entry(
        &self,
        me: &Me,
        id: &str,
        typed: &Fields,
        form: &Form,
    ) -> Result<(), Problem> {
        let entry = self.my_entry(me, id).await?;
        if self.store.command(&form.command).await?.is_some() {
            return Ok(());
        }
        let today = self.now().today;
        let event = entry.keep.propose(&entry.service, typed, today).map_err(invalid)?;
        self.write_entry(me, &entry, Happened::Kept(event), Vec::new(), form).await
    }

    /// Says that an entry which this person keeps is right as it stands.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not theirs.
    pub async fn confirm_entry(&self, me: &Me, id: &str, form: &Form) -> Result<(), Problem> {
        let entry = self.my_entry(me, id).await?;
        if self.store.command(&form.command).await?.is_some() {
            return Ok(());
        }
        let put = entry.keep.confirm(&entry.service, self.now().today);
        self.write_entry(me, &entry, Happened::Put(Box::new(put)), Vec::new(), form).await
    }

    /// Agrees to a change, turns it down, or writes the entry anew; whoever keeps it is told.
    ///
    /// # Errors
    /// Every field that cannot be so; [`Problem::NotFound`] for whoever may not.
    pub async fn settle_entry(
        &self,
        me: &Me,
        id: &str,
        settle: &Settle,
        form: &Form,
    ) -> Result<(), Problem> {
        let entry = self.entry_at_desk(me, id).await?;
        if self.store.command(&form.command).await?.is_some() {
            return Ok(());
        }
        let area = self.area(&me.authority).await?;
        let (keep, service, today) = (&entry.keep, &entry.service, self.now().today);
        let page = format!("{}/offer/service/{id}", area.address);
        let mut letters = Vec::new();
        let happened = match settle {
            Settle::Agree(fields) => {
                let put = keep.agree(service, fields, today).map_err(invalid)?;
                letters.extend(self.tell_keeper(
                    include_str!("../letters/keep-agreed.txt"),
                    &entry,
                    &[("area", &area.name), ("service", &put.service.name), ("address", &page)],
                ));
                Happened::Put(Box::new(put))
            }
            Settle::TurnDown(reason) => {
                let event = keep.turn_down(reason).map_err(|fault| invalid(vec![fault]))?;
                let address = format!("{}/sign-in", area.address);
                letters.extend(self.tell_keeper(
                    include_str!("../letters/keep-turned-down.txt"),
                    &entry,
                    &[
                        ("area", &area.name),
                        ("service", &service.name),
                        ("address", &address),
                        // Last, so that nothing in the officer's words is taken for a place to fill.
                        ("reason", reason.trim()),
                    ],
                ));
                Happened::Kept(event)
            }
            Settle::Write(fields) => {
                let put = keep.rewrite(service, fields, &area.name, today).map_err(invalid)?;
                Happened::Put(Box::new(put))
            }
        };
        self.write_entry(me, &entry, happened, letters, form).await
    }

    /// Asks somebody to keep an entry, and sends them a link that works once.
    ///
    /// # Errors
    /// Where it is not said who, the address is none, or somebody signs in with it who keeps no
    /// entries; [`Problem::NotFound`] for whoever may not.
    pub async fn ask_keeper(
        &self,
        me: &Me,
        id: &str,
        who: &str,
        email: &str,
        form: &Form,
    ) -> Result<(), Problem> {
        let mut entry = self.entry_at_desk(me, id).await?;
        if self.store.command(&form.command).await?.is_some() {
            return Ok(());
        }
        let area = self.area(&me.authority).await?;
        let email = email_key(email);
        let (person, row) = self.keeper(&area, who, &email).await?;
        let event = name_keeper(&person, who).map_err(|fault| invalid(vec![fault]))?;
        let secret = token(self.chance.as_ref());
        let link = format!("{}/link/{secret}", area.address);
        let again = format!("{}/sign-in", area.address);
        let pairs = [
            ("area", area.name.as_str()),
            ("service", &entry.service.name),
            ("link", &link),
            ("address", &again),
            ("who", who.trim()),
        ];
        let (subject, body) = fill(include_str!("../letters/keeper.txt"), &pairs);
        let now = self.now();
        let message = self.message("keeper", &email, &subject, &body, &now);
        entry.email = email;
        let link = self.link_for(&me.authority, &PersonId::new(person), &secret, false);
        let mut commit = self.entry_commit(me, &entry, Happened::Kept(event), &now, form)?;
        commit.messages.push(message);
        commit.people.extend(row);
        commit.links.push(link);
        self.put_reminder(&mut commit, &area, &entry.service, &entry.email);
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::CommandSeen { .. }) => Ok(()),
            Err(CommitError::EmailTaken) => {
                Err(Problem::Invalid(vec![FieldFault::of("keeper-email", "address-taken")]))
            }
            Err(other) => Err(other.into()),
        }
    }

    /// The person behind an address, and their row where they are new.
    async fn keeper(
        &self,
        area: &AreaDetail,
        who: &str,
        email: &str,
    ) -> Result<(String, Option<PersonRow>), Problem> {
        let fault = |fault| Problem::Invalid(vec![FieldFault::of("keeper-email", fault)]);
        let two = email.split_once('@');
        let is_address = two.is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
        if !is_address || email.chars().any(char::is_whitespace) || email.len() > 254 {
            return Err(fault("not-an-address"));
        }
        if let Some(row) = self.store.person_by_email(email).await? {
            let known = row.authority == area.code && row.role == Role::Provider.word();
            let known = known && row.revoked_at.is_empty();
            return if known { Ok((row.id, None)) } else { Err(fault("address-taken")) };
        }
        let id = fresh(self.chance.as_ref());
        let new = NewPerson {
            id: None,
            authority: area.code.clone(),
            role: Role::Provider,
            // By role and not by name: nothing here needs to know who a keeper is.
            name: Name::new(who, ""),
            email: email.to_owned(),
            body: String::new(),
        };
        let row = row_of(&new, &PersonId::new(id.clone()), email);
        Ok((id, Some(row)))
    }

    /// Who keeps an entry that is shown, by role, and what came of its addresses.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn keeping_of(
        &self,
        authority: &str,
        id: &str,
    ) -> Result<(Option<Keeper>, Vec<Tried>), Problem> {
        let row = self.store.offer_keep(authority, id).await?;
        let keep = row.as_ref().map(keep_of).transpose()?.unwrap_or_default();
        let tried = self.store.offer_addresses_of(authority, id).await?;
        Ok((keep.keeper, tried.iter().map(tried_of).collect::<Result<_, _>>()?))
    }

    /// What came of every address of an area's entries.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn tried(&self, authority: &str) -> Result<Vec<Tried>, Problem> {
        self.store.offer_addresses(authority).await?.iter().map(tried_of).collect()
    }

    /// Notes what came of addresses. For the command line.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn note_tried(&self, authority: &str, tried: &[Tried]) -> Result<(), Problem> {
        let rows = tried.iter().map(|one| OfferAddress {
            service: one.service.clone(),
            address: one.address.clone(),
            tried_on: one.on.to_string(),
            came: one.came.clone(),
        });
        let commit = Commit {
            authority: authority.to_owned(),
            at: self.now().at,
            actor: "command-line".to_owned(),
            addresses: rows.collect(),
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }

    fn may_agree(&self, me: &Me) -> Result<(), Problem> {
        let may = self.policies.may_office(&me.asker(), Act::AgreeEntries);
        may.map(drop).map_err(|_| Problem::NotFound)
    }

    fn may_keep(&self, me: &Me) -> Result<(), Problem> {
        let may = self.policies.may_office(&me.asker(), Act::KeepEntry);
        may.map(drop).map_err(|_| Problem::NotFound)
    }

    async fn kept_entry(&self, authority: &str, id: &str) -> Result<KeptEntry, Problem> {
        let offer = self.local_offer(authority).await?;
        let service = offer.directory.services.get(id).cloned().ok_or(Problem::NotFound)?;
        let stored = self.store.stream(authority, StreamKind::Service, id).await?;
        let mut keep = Keep::default();
        for stored in stored.iter().flat_map(|stream| &stream.events) {
            let event = &stored.event;
            let on = event.on.parse().map_err(|_| broken(id))?;
            let happened = Happened::read(&event.kind, &event.content).map_err(|_| broken(id))?;
            keep.take(on, &happened);
        }
        let email = match &keep.keeper {
            Some(keeper) => self.store.person(&keeper.person).await?,
            None => None,
        };
        let rows = self.store.offer_addresses_of(authority, id).await?;
        Ok(KeptEntry {
            email: email.map(|row| row.email_key).unwrap_or_default(),
            tried: rows.iter().map(tried_of).collect::<Result<_, _>>()?,
            version: stored.map_or(0, |stream| stream.version),
            service,
            keep,
        })
    }

    async fn write_entry(
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
    fn entry_commit(
        &self,
        me: &Me,
        entry: &KeptEntry,
        happened: Happened,
        now: &Now,
        form: &Form,
    ) -> Result<Commit, Problem> {
        let id = entry.service.id.as_str();
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
            Happened::Put(put) => vec![self.put_here(&put, &now.at)?],
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

    fn put_here(&self, put: &ServicePut, at: &str) -> Result<OfferWrite, Problem> {
        let mut service = put.service.clone();
        at.clone_into(&mut service.modified);
        let content = serde_json::to_string(&service).map_err(|_| broken(&service.id))?;
        Ok(OfferWrite::Put(OfferItem {
            kind: "service".to_owned(),
            id: service.id,
            source: KEPT_HERE.to_owned(),
            changed_at: at.to_owned(),
            content,
        }))
    }

    fn tell_keeper(
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
    fn put_reminder(&self, commit: &mut Commit, area: &AreaDetail, service: &Service, email: &str) {
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
        let (subject, body) = fill(include_str!("../letters/keep-again.txt"), &pairs);
        let mut message = self.message(&kind, email, &subject, &body, &self.now());
        // Whoever is asked today has the entry in hand: the reminder is for a day ahead.
        let day =
            service.checked.map(look_again_on).unwrap_or_else(|| look_again_on(self.now().today));
        let due = format!("{day}T06:00:00.000Z");
        if due > message.due_at {
            message.due_at = due;
            commit.messages.push(message);
        }
    }
}

fn desk(
    directory: &Directory,
    keeps: &BTreeMap<String, Keep>,
    tried: &[Tried],
    today: Date,
) -> EntriesDesk {
    let who = |id: &str| {
        let keeper = keeps.get(id).and_then(|keep| keep.keeper.as_ref());
        keeper.map(|keeper| keeper.who.clone()).unwrap_or_default()
    };
    let line = |service: &Service, since: Option<Date>| EntryLine {
        id: service.id.clone(),
        name: service.name.clone(),
        who: who(&service.id),
        since,
        address: None,
    };
    let shown = || directory.services.values().filter(|service| service.is_shown());
    let mut waiting: Vec<EntryLine> = keeps
        .iter()
        .filter_map(|(id, keep)| {
            let waits = keep.waiting.as_ref()?;
            Some(line(directory.services.get(id)?, Some(waits.on)))
        })
        .collect();
    waiting.sort_by_key(|line| line.since);
    let nowhere = tried.iter().filter(|one| one.leads_nowhere()).filter_map(|one| {
        let service = directory.services.get(&one.service).filter(|service| service.is_shown())?;
        // An address that has been put right since is no longer the entry's.
        let still = addresses_of(service).contains(&one.address.as_str());
        let mut line = line(service, Some(one.on));
        line.address = Some((one.address.clone(), one.came.clone()));
        still.then_some(line)
    });
    let is_old =
        |service: &&Service| service.checked.is_none_or(|checked| look_again_on(checked) <= today);
    let mut old: Vec<EntryLine> =
        shown().filter(is_old).map(|service| line(service, service.checked)).collect();
    old.sort_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
    let old_count = old.len();
    old.truncate(DESK_MOST);
    let kept = shown().filter(|service| !who(&service.id).is_empty()).count();
    EntriesDesk {
        waiting: waiting.into_iter().take(DESK_MOST).collect(),
        nowhere: nowhere.take(DESK_MOST).collect(),
        old,
        old_count,
        counts: (shown().count(), kept),
    }
}

/// The addresses on the web that an entry sends families to.
#[must_use]
pub fn addresses_of(service: &Service) -> Vec<&str> {
    let all = [service.url.as_str(), service.easy_read.as_str()];
    all.into_iter().filter(|address| !address.is_empty()).collect()
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

fn keep_of(row: &OfferKeep) -> Result<Keep, Problem> {
    serde_json::from_str(&row.content).map_err(|_| broken(&row.service))
}

fn tried_of(row: &OfferAddress) -> Result<Tried, Problem> {
    Ok(Tried {
        service: row.service.clone(),
        address: row.address.clone(),
        on: row.tried_on.parse().map_err(|_| broken(&row.service))?,
        came: row.came.clone(),
    })
}

fn invalid(faults: Vec<Fault>) -> Problem {
    let fault = |one: Fault| FieldFault { field: one.field, fault: one.fault, detail: one.detail };
    Problem::Invalid(faults.into_iter().map(fault).collect())
}

fn broken(id: &str) -> Problem {
    Problem::Broken(format!("how entry {id} is kept cannot be read or written"))
}
