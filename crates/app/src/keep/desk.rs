//! The lists of those who answer for the entries of a Local Offer.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_offer::keep::{Keep, look_again_on};
use sendero_offer::{Directory, Service};

use super::tried::{Tried, addresses_of};

/// Lines of each list of the desk.
const DESK_MOST: usize = 100;

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

pub(super) fn desk(
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
