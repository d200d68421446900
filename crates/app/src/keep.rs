//! Who keeps which entry of the Local Offer: staff ask somebody by a link, whoever was asked changes
//! the entry or says that it is right, and staff agree or say why not. Nobody is reminded by a timer:
//! the next reminder is written, for its day, in the commit that makes it so.

mod desk;
mod tried;
mod write;

use std::collections::BTreeMap;

use sendero_access::{Act, Role};
use sendero_offer::Service;
use sendero_offer::history::Happened;
use sendero_offer::keep::{Entry, Fault, Fields, Keep, name_keeper};
use sendero_record::{Name, PersonId};
use sendero_store::{CommitError, OfferKeep, PersonRow, StreamKind};

pub use desk::{EntriesDesk, EntryLine};
pub use tried::{Tried, addresses_of};

use self::desk::desk;
use self::tried::tried_of;
use crate::letters::fill;
use crate::now::{id as fresh, token};
use crate::people::{NewPerson, email_key, row_of};
use crate::{App, AreaDetail, FieldFault, Form, Me, Problem};

/// Where a thing of the Local Offer comes from that is kept here: no feed changes it any more.
pub(crate) const KEPT_HERE: &str = "kept-here";

/// An entry with everything about its keeping.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptEntry {
    /// The entry as it stands, with its places.
    pub stands: Entry,
    /// How it is kept.
    pub keep: Keep,
    /// Where its keeper is written to, or ''.
    pub email: String,
    /// Its addresses on the web, and what came of trying them.
    pub tried: Vec<Tried>,
    version: i64,
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
        self.may_in_office(me, Act::AgreeEntries)?;
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
        self.may_in_office(me, Act::AgreeEntries)?;
        self.kept_entry(&me.authority, id).await
    }

    /// The entries that this person keeps, by name, each with what waits.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for whoever keeps none.
    pub async fn my_entries(&self, me: &Me) -> Result<Vec<(Service, Keep)>, Problem> {
        self.may_in_office(me, Act::KeepEntry)?;
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
        self.may_in_office(me, Act::KeepEntry)?;
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
        let event = entry.keep.propose(&entry.stands, typed, today).map_err(invalid)?;
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
        let put = entry.keep.confirm(&entry.stands, self.now().today);
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
        let (keep, stands, today) = (&entry.keep, &entry.stands, self.now().today);
        let page = format!("{}/offer/service/{id}", area.address);
        let mut letters = Vec::new();
        let happened = match settle {
            Settle::Agree(fields) => {
                let put = keep.agree(stands, fields, today).map_err(invalid)?;
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
                        ("service", &stands.service.name),
                        ("address", &address),
                        // Last, so that nothing in the officer's words is taken for a place to fill.
                        ("reason", reason.trim()),
                    ],
                ));
                Happened::Kept(event)
            }
            Settle::Write(fields) => {
                let put = keep.rewrite(stands, fields, &area.name, today).map_err(invalid)?;
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
            ("service", &entry.stands.service.name),
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
        self.put_reminder(&mut commit, &area, &entry.stands.service, &entry.email);
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

    async fn kept_entry(&self, authority: &str, id: &str) -> Result<KeptEntry, Problem> {
        let offer = self.local_offer(authority).await?;
        let service = offer.directory.services.get(id).ok_or(Problem::NotFound)?;
        let stands = Entry::of(&offer.directory, service);
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
            stands,
            keep,
        })
    }
}

fn keep_of(row: &OfferKeep) -> Result<Keep, Problem> {
    serde_json::from_str(&row.content).map_err(|_| broken(&row.service))
}

fn invalid(faults: Vec<Fault>) -> Problem {
    let fault = |one: Fault| FieldFault { field: one.field, fault: one.fault, detail: one.detail };
    Problem::Invalid(faults.into_iter().map(fault).collect())
}

fn broken(id: &str) -> Problem {
    Problem::Broken(format!("how entry {id} is kept cannot be read or written"))
}
