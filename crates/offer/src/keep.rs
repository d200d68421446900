//! How an entry is kept true: who keeps it, the change that they propose and that waits for the
//! area's leave, and when they are asked to look through it again. Its events stand in the stream of
//! the service, beside those that put it in place.

mod form;
mod places;
mod times;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use form::{FIELDS, Fault, Fields, Kind, changed, edited, fields_of, whole};
pub use places::{Entry, PLACE_PARTS, PLACES, place_fields};
pub use times::{TIMES, time_fields};

use crate::history::{Happened, How, ServicePut};

/// After so many months whoever keeps an entry is asked to look through it; at twelve it is marked.
const LOOK_AGAIN_MONTHS: i32 = 11;
/// The longest reason or role, in characters.
const LETTERS_MOST: usize = 500;

/// What can happen to an entry besides being put in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// Somebody is asked to keep it.
    KeeperNamed {
        /// The person's id.
        person: String,
        /// Who they are, by role ("the play leader").
        who: String,
    },
    /// They would have it otherwise. No field at all takes the last proposal back.
    ChangeProposed {
        /// The fields that would change, as they were typed.
        fields: Fields,
    },
    /// The area does not agree.
    ChangeTurnedDown {
        /// Why.
        reason: String,
    },
}

impl Event {
    /// The kind under which it is kept.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::KeeperNamed { .. } => "keeper-named",
            Self::ChangeProposed { .. } => "change-proposed",
            Self::ChangeTurnedDown { .. } => "change-turned-down",
        }
    }
}

/// Who keeps an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeper {
    /// The person's id.
    pub person: String,
    /// Who they are, by role.
    pub who: String,
}

/// A change that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The day on which it was made.
    pub on: Date,
    /// The fields that would change.
    pub fields: Fields,
}

/// How an entry is kept, as its events make it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// Who keeps it; nobody yet where it is the area's own.
    pub keeper: Option<Keeper>,
    /// The change that waits.
    pub waiting: Option<Proposal>,
    /// Why the last change was not agreed to, until there is a newer one.
    pub turned_down: Option<(Date, String)>,
}

impl Keep {
    /// The keeping of an entry with these events.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = (Date, &'a Happened)>) -> Self {
        let mut keep = Self::default();
        for (on, happened) in events {
            keep.take(on, happened);
        }
        keep
    }

    /// The same after one more event.
    pub fn take(&mut self, on: Date, happened: &Happened) {
        match happened {
            Happened::Put(put) if put.how == How::Agreed => {
                self.waiting = None;
                self.turned_down = None;
            }
            Happened::Kept(Event::KeeperNamed { person, who }) => {
                self.keeper = Some(Keeper { person: person.clone(), who: who.clone() });
            }
            Happened::Kept(Event::ChangeProposed { fields }) => {
                self.turned_down = None;
                self.waiting =
                    (!fields.is_empty()).then(|| Proposal { on, fields: fields.clone() });
            }
            Happened::Kept(Event::ChangeTurnedDown { reason }) => {
                self.waiting = None;
                self.turned_down = Some((on, reason.clone()));
            }
            Happened::Put(_) | Happened::Other => {}
        }
    }

    /// What the keeper has typed, as a change that waits for leave.
    ///
    /// # Errors
    /// Every field that cannot be so; where nothing is otherwise and nothing waits, the first one.
    pub fn propose(&self, entry: &Entry, typed: &Fields, today: Date) -> Result<Event, Vec<Fault>> {
        let fields = changed(entry, typed);
        if fields.is_empty() && self.waiting.is_none() {
            return Err(vec![Fault::of("name", "entry-same")]);
        }
        edited(entry, &fields, today)?;
        Ok(Event::ChangeProposed { fields })
    }

    /// The entry with the proposed change, as the area's staff have left it, in place.
    ///
    /// # Errors
    /// Every field that cannot be so, and where no change waits.
    pub fn agree(
        &self,
        entry: &Entry,
        typed: &Fields,
        today: Date,
    ) -> Result<ServicePut, Vec<Fault>> {
        let Some(waiting) = &self.waiting else {
            return Err(vec![Fault::of("name", "entry-settled")]);
        };
        // Only what was proposed can be agreed to here: the rest of the entry may have moved on.
        let asked = typed.iter().filter(|(name, _)| waiting.fields.contains_key(*name));
        let fields = asked.map(|(name, values)| (name.clone(), values.clone())).collect();
        Ok(self.put(edited(entry, &fields, today)?, How::Agreed, today))
    }

    /// The entry as somebody of the area writes it.
    ///
    /// # Errors
    /// Every field that cannot be so.
    pub fn rewrite(
        &self,
        entry: &Entry,
        typed: &Fields,
        by: &str,
        today: Date,
    ) -> Result<ServicePut, Vec<Fault>> {
        let fields = changed(entry, typed);
        let mut put = self.put(edited(entry, &fields, today)?, How::Office, today);
        by.clone_into(&mut put.service.checked_by);
        Ok(put)
    }

    /// The entry looked through, and right as it stands.
    #[must_use]
    pub fn confirm(&self, entry: &Entry, today: Date) -> ServicePut {
        let mut entry = entry.clone();
        // Who says that all of it is right says so of the waiting time, too.
        if let Some(wait) = &mut entry.service.wait {
            wait.as_of = today;
        }
        self.put(entry, How::Confirmed, today)
    }

    /// Why the area does not agree.
    ///
    /// # Errors
    /// Where no reason is given, or nothing waits.
    pub fn turn_down(&self, reason: &str) -> Result<Event, Fault> {
        if self.waiting.is_none() {
            return Err(Fault::of("reason", "entry-settled"));
        }
        let reason = sound("reason", reason)?;
        Ok(Event::ChangeTurnedDown { reason })
    }

    fn put(&self, entry: Entry, how: How, today: Date) -> ServicePut {
        let places = entry.own_places().cloned().collect();
        let mut service = entry.service;
        service.checked = Some(today);
        let by = self.keeper.as_ref().map(|keeper| keeper.who.clone()).unwrap_or_default();
        if how != How::Office && !by.is_empty() {
            service.checked_by.clone_from(&by);
        }
        let by = if how == How::Office { String::new() } else { by };
        ServicePut { source: String::new(), how, by, service, places }
    }
}

/// Somebody is asked to keep an entry.
///
/// # Errors
/// Where it is not said who they are.
pub fn name_keeper(person: &str, who: &str) -> Result<Event, Fault> {
    Ok(Event::KeeperNamed { person: person.to_owned(), who: sound("keeper", who)? })
}

/// The day on which whoever keeps an entry is asked to look through it.
#[must_use]
pub fn look_again_on(checked: Date) -> Date {
    checked.saturating_add(jiff::Span::new().months(LOOK_AGAIN_MONTHS))
}

fn sound(field: &str, text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::of(field, "needed"));
    }
    if text.chars().count() > LETTERS_MOST {
        return Err(Fault { detail: LETTERS_MOST.to_string(), ..Fault::of(field, "too-long") });
    }
    Ok(text.to_owned())
}
