//! An area's Local Offer: held in memory with its index, made anew when its version has moved, and
//! changed a thing at a time, so that taking the same feed in twice changes nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use sendero_offer::history::{Happened, How, SERVICE_PUT, ServicePut, changed_topics};
use sendero_offer::search::{Finder, Lexicon};
use sendero_offer::{Directory, Service, ServiceArea};
use sendero_store::{Commit, NewEvent, OfferItem, OfferWrite, Store, StreamKind, StreamWrite};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::keep::KEPT_HERE;
use crate::{App, Now, Problem};

/// A Local Offer as a server holds it.
#[derive(Debug)]
pub struct LocalOffer {
    /// Everything in it.
    pub directory: Directory,
    /// What finds in it.
    pub finder: Finder,
    /// Of services of other areas: the code and the name of the area that each is in.
    pub across: BTreeMap<String, (String, String)>,
    version: Vec<i64>,
}

impl LocalOffer {
    /// The area that a service is in; `own` for all that are not from across the border.
    #[must_use]
    pub fn home_of<'a>(&'a self, service: &str, own: &'a str) -> &'a str {
        self.across.get(service).map_or(own, |(code, _)| code)
    }
}

/// The Local Offers that a server holds, by area.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held(Arc<Mutex<BTreeMap<String, Arc<LocalOffer>>>>);

/// What taking in a feed changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Things that were not there.
    pub new: usize,
    /// Things that were otherwise.
    pub changed: usize,
    /// Things that were the same.
    pub same: usize,
    /// Things from this source that it no longer has. They stay: one walk of a feed may have been
    /// cut short.
    pub no_longer: usize,
    /// Entries that somebody keeps here: they stay as they are, whatever the feed says.
    pub kept_here: usize,
}

/// One change of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceChange {
    /// The day.
    pub on: Date,
    /// The feed or the file that it came from, or ''.
    pub source: String,
    /// How it came about.
    pub how: How,
    /// Whoever keeps the entry and said so, by role, or ''.
    pub by: String,
    /// What changed, in the topics of the offer's history; nothing said of the first one.
    pub topics: Option<Vec<&'static str>>,
}

/// Who acts where a feed is taken in.
const IMPORT: &str = "offer-import";

impl App {
    /// The Local Offer of an area as it stands.
    ///
    /// # Errors
    /// Only where the database fails, or what it holds cannot be read.
    pub async fn local_offer(&self, authority: &str) -> Result<Arc<LocalOffer>, Problem> {
        let version = vec![self.store.offer_version(authority).await?];
        if let Some(held) = self.offers.get(authority).filter(|held| held.version == version) {
            return Ok(held);
        }
        let directory = read(&self.store, authority).await?;
        self.held(authority, directory, BTreeMap::new(), version).await
    }

    /// What families of an area are shown: its own Local Offer and, from across the border, what other
    /// areas say is for them too. The feed, the figures and the desks are of the area's own alone.
    ///
    /// # Errors
    /// Only where the database fails, or what it holds cannot be read.
    pub async fn shown_offer(&self, authority: &str) -> Result<Arc<LocalOffer>, Problem> {
        let own = self.local_offer(authority).await?;
        let area = self.area(authority).await?;
        if area.borders.is_empty() {
            return Ok(own);
        }
        let (mut version, mut others) = (own.version.clone(), Vec::new());
        for code in area.borders.iter().filter(|code| *code != authority) {
            let Some(row) = self.store.area(code).await? else { continue };
            let other = self.local_offer(code).await?;
            version.extend(other.version.clone());
            others.push((code.clone(), row.name, other));
        }
        let key = format!("{authority} and its borders");
        if let Some(held) = self.offers.get(&key).filter(|held| held.version == version) {
            return Ok(held);
        }
        let (mut directory, mut across) = (own.directory.clone(), BTreeMap::new());
        for (code, name, other) in others {
            let other = &other.directory;
            for service in other.services.values().filter(|one| is_for(one, &area.name)) {
                if directory.services.contains_key(&service.id) {
                    continue;
                }
                across.insert(service.id.clone(), (code.clone(), name.clone()));
                for location in other.locations_of(service) {
                    let known = directory.locations.entry(location.id.clone());
                    known.or_insert_with(|| location.clone());
                }
                if let Some(by) = other.organisation_of(service) {
                    directory.organisations.entry(by.id.clone()).or_insert_with(|| by.clone());
                }
                directory.services.insert(service.id.clone(), service.clone());
            }
        }
        self.held(&key, directory, across, version).await
    }

    async fn held(
        &self,
        key: &str,
        directory: Directory,
        across: BTreeMap<String, (String, String)>,
        version: Vec<i64>,
    ) -> Result<Arc<LocalOffer>, Problem> {
        // Making the index takes a processor for a while: other answers are not to wait for it.
        let made = tokio::task::spawn_blocking(move || made(directory, across, version)).await;
        let made = made.map_err(|_| Problem::Broken("the index was not made".to_owned()))??;
        self.offers.put(key, made.clone());
        Ok(made)
    }

    /// Takes a directory from `source` into an area's Local Offer. `dry` only counts.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn take_offer(
        &self,
        authority: &str,
        directory: &Directory,
        source: &str,
        dry: bool,
    ) -> Result<Taken, Problem> {
        self.take_offer_at(authority, directory, source, dry, &self.now()).await
    }

    pub(crate) async fn take_offer_at(
        &self,
        authority: &str,
        directory: &Directory,
        source: &str,
        dry: bool,
        now: &Now,
    ) -> Result<Taken, Problem> {
        let kept = self.store.offer(authority).await?;
        let kept: BTreeMap<(&str, &str), &OfferItem> =
            kept.iter().map(|item| ((item.kind.as_str(), item.id.as_str()), item)).collect();
        let items = items(directory, source, &now.at)?;
        let mut taken = Taken::default();
        let mut writes = Vec::new();
        for item in &items {
            let here = kept.get(&(item.kind.as_str(), item.id.as_str()));
            if here.is_some_and(|known| known.source == KEPT_HERE) {
                taken.kept_here += 1;
                continue;
            }
            match kept.get(&(item.kind.as_str(), item.id.as_str())) {
                Some(known) if known.content == item.content => taken.same += 1,
                Some(_) => taken.changed += 1,
                None => taken.new += 1,
            }
            let same = kept.get(&(item.kind.as_str(), item.id.as_str()));
            if same.is_none_or(|known| known.content != item.content) {
                writes.push(OfferWrite::Put(item.clone()));
            }
        }
        let given: std::collections::BTreeSet<(&str, &str)> =
            items.iter().map(|item| (item.kind.as_str(), item.id.as_str())).collect();
        taken.no_longer = kept
            .iter()
            .filter(|(key, item)| item.source == source && !given.contains(*key))
            .count();
        if dry {
            return Ok(taken);
        }
        if writes.is_empty() {
            return Ok(taken);
        }
        // One commit, whatever the size: nobody ever meets half of a feed.
        let streams = self.histories(authority, &writes, now).await?;
        let commit = Commit {
            authority: authority.to_owned(),
            at: now.at.clone(),
            actor: IMPORT.to_owned(),
            streams,
            offer: writes,
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(taken)
    }

    /// The event of each service that is put in place, for its own stream.
    async fn histories(
        &self,
        authority: &str,
        writes: &[OfferWrite],
        now: &Now,
    ) -> Result<Vec<StreamWrite>, Problem> {
        let versions = self.store.stream_versions(authority, StreamKind::Service).await?;
        let today = now.today.to_string();
        let mut streams = Vec::new();
        for write in writes {
            let OfferWrite::Put(item) = write else { continue };
            if item.kind != "service" {
                continue;
            }
            let put = ServicePut {
                source: item.source.clone(),
                service: thing(item)?,
                ..ServicePut::default()
            };
            let event = NewEvent {
                id: self.fresh_id(),
                kind: SERVICE_PUT.to_owned(),
                format: 1,
                on: today.clone(),
                known_on: today.clone(),
                actor: IMPORT.to_owned(),
                supersedes: None,
                salt: self.fresh_token(),
                content: text(&put).map_err(|_| broken(item))?.into_bytes(),
            };
            streams.push(StreamWrite {
                stream: item.id.clone(),
                kind: StreamKind::Service,
                expected: versions.get(&item.id).copied().unwrap_or_default(),
                events: vec![event],
            });
        }
        Ok(streams)
    }

    /// What has changed in an entry that is shown, the latest first.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where no such service is shown.
    pub async fn service_changes(
        &self,
        authority: &str,
        id: &str,
    ) -> Result<(Service, Vec<ServiceChange>), Problem> {
        let offer = self.shown_offer(authority).await?;
        let shown = offer.directory.services.get(id).filter(|service| service.is_shown());
        let shown = shown.cloned().ok_or(Problem::NotFound)?;
        let home = offer.home_of(id, authority);
        let stored = self.store.stream(home, StreamKind::Service, id).await?;
        let mut before: Option<Service> = None;
        let mut changes = Vec::new();
        for stored in stored.iter().flat_map(|stream| &stream.events) {
            let event = &stored.event;
            let read = Happened::read(&event.kind, &event.content)
                .map_err(|_| Problem::Broken(format!("an event of service {id} cannot be read")))?;
            // What waits, who keeps it and why not are between the keeper and the area.
            let Happened::Put(put) = read else { continue };
            let topics = before.as_ref().map(|before| changed_topics(before, &put.service));
            before = Some(put.service);
            let on = event.on.parse().map_err(|_| Problem::Broken("a day is none".to_owned()))?;
            changes.push(ServiceChange {
                on,
                source: put.source,
                how: put.how,
                by: put.by,
                topics,
            });
        }
        changes.reverse();
        Ok((shown, changes))
    }
}

impl Held {
    fn get(&self, authority: &str) -> Option<Arc<LocalOffer>> {
        self.0.lock().ok()?.get(authority).cloned()
    }

    fn put(&self, authority: &str, offer: Arc<LocalOffer>) {
        if let Ok(mut held) = self.0.lock() {
            held.insert(authority.to_owned(), offer);
        }
    }
}

/// Whether an entry says that it is for families of this area.
fn is_for(service: &Service, area: &str) -> bool {
    let named = |one: &ServiceArea| one.name.trim().eq_ignore_ascii_case(area.trim());
    service.is_shown() && service.areas.iter().any(named)
}

fn made(
    directory: Directory,
    across: BTreeMap<String, (String, String)>,
    version: Vec<i64>,
) -> Result<Arc<LocalOffer>, Problem> {
    let broken = |why: String| Problem::Broken(why);
    let lexicon = Lexicon::embedded().map_err(|error| broken(error.to_string()))?;
    let finder =
        Finder::of(&directory, Arc::new(lexicon)).map_err(|error| broken(error.to_string()))?;
    Ok(Arc::new(LocalOffer { directory, finder, across, version }))
}

async fn read(store: &Store, authority: &str) -> Result<Directory, Problem> {
    let mut directory = Directory::default();
    for item in store.offer(authority).await? {
        let id = item.id.clone();
        match item.kind.as_str() {
            "service" => drop(directory.services.insert(id, thing(&item)?)),
            "organisation" => drop(directory.organisations.insert(id, thing(&item)?)),
            "location" => drop(directory.locations.insert(id, thing(&item)?)),
            "taxonomy" => drop(directory.taxonomies.insert(id, thing(&item)?)),
            // What a later release keeps here is none of this one's business.
            _ => {}
        }
    }
    Ok(directory)
}

fn thing<T: DeserializeOwned>(item: &OfferItem) -> Result<T, Problem> {
    serde_json::from_str(&item.content).map_err(|_| broken(item))
}

fn broken(item: &OfferItem) -> Problem {
    Problem::Broken(format!("{} {} cannot be read or written", item.kind, item.id))
}

fn items(directory: &Directory, source: &str, at: &str) -> Result<Vec<OfferItem>, Problem> {
    let mut items = Vec::new();
    let mut add = |kind: &str, id: &str, content: Result<String, serde_json::Error>| {
        let content =
            content.map_err(|_| Problem::Broken(format!("{kind} {id} cannot be written")))?;
        items.push(OfferItem {
            kind: kind.to_owned(),
            id: id.to_owned(),
            source: source.to_owned(),
            changed_at: at.to_owned(),
            content,
        });
        Ok::<(), Problem>(())
    };
    for (id, one) in &directory.organisations {
        add("organisation", id, text(one))?;
    }
    for (id, one) in &directory.locations {
        add("location", id, text(one))?;
    }
    for (id, one) in &directory.taxonomies {
        add("taxonomy", id, text(one))?;
    }
    for (id, one) in &directory.services {
        add("service", id, text(one))?;
    }
    Ok(items)
}

fn text(thing: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(thing)
}
