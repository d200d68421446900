//! An area's Local Offer: held in memory with its index, made anew when its version has moved, and
//! changed a thing at a time, so that taking the same feed in twice changes nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use sendero_offer::Directory;
use sendero_offer::search::{Finder, Lexicon};
use sendero_store::{Commit, OfferItem, OfferWrite, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{App, Problem};

/// A Local Offer as a server holds it.
#[derive(Debug)]
pub struct LocalOffer {
    /// Everything in it.
    pub directory: Directory,
    /// What finds in it.
    pub finder: Finder,
    version: i64,
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
}

/// Changes of one commit; a large feed takes several, and can be taken again where one failed.
const WRITES_A_COMMIT: usize = 500;

impl App {
    /// The Local Offer of an area as it stands.
    ///
    /// # Errors
    /// Only where the database fails, or what it holds cannot be read.
    pub async fn local_offer(&self, authority: &str) -> Result<Arc<LocalOffer>, Problem> {
        let version = self.store.offer_version(authority).await?;
        if let Some(held) = self.offers.get(authority).filter(|held| held.version == version) {
            return Ok(held);
        }
        let directory = read(&self.store, authority).await?;
        // Making the index takes a processor for a while: other answers are not to wait for it.
        let made = tokio::task::spawn_blocking(move || made(directory, version)).await;
        let made = made.map_err(|_| Problem::Broken("the index was not made".to_owned()))??;
        self.offers.put(authority, made.clone());
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
        let now = self.now();
        let kept = self.store.offer(authority).await?;
        let kept: BTreeMap<(&str, &str), &OfferItem> =
            kept.iter().map(|item| ((item.kind.as_str(), item.id.as_str()), item)).collect();
        let items = items(directory, source, &now.at)?;
        let mut taken = Taken::default();
        let mut writes = Vec::new();
        for item in &items {
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
        for some in writes.chunks(WRITES_A_COMMIT) {
            let commit = Commit {
                authority: authority.to_owned(),
                at: now.at.clone(),
                actor: "offer-import".to_owned(),
                offer: some.to_vec(),
                ..Commit::default()
            };
            self.store.commit(commit).await?;
        }
        Ok(taken)
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

fn made(directory: Directory, version: i64) -> Result<Arc<LocalOffer>, Problem> {
    let broken = |why: String| Problem::Broken(why);
    let lexicon = Lexicon::embedded().map_err(|error| broken(error.to_string()))?;
    let finder =
        Finder::of(&directory, Arc::new(lexicon)).map_err(|error| broken(error.to_string()))?;
    Ok(Arc::new(LocalOffer { directory, finder, version }))
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
    serde_json::from_str(&item.content)
        .map_err(|_| Problem::Broken(format!("{} {} cannot be read", item.kind, item.id)))
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
