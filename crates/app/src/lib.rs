//! Use cases, one function each: authorise, load, decide, commit.
//!
//! `web` and the command line call these; nothing below reads a clock, an environment or randomness
//! except through the [`Clock`] and [`Chance`] that the binary gives.
#![forbid(unsafe_code)]

mod act;
mod advice;
mod area;
mod arrival;
pub mod breaches;
mod child_list;
mod comments;
mod demo;
mod demo_offer;
mod disagree;
mod draft;
mod followed;
mod keep;
mod letters;
mod lists;
mod looked;
mod now;
mod offer;
mod offer_check;
mod offer_log;
mod open;
mod own_list;
pub mod papers;
mod passed;
mod people;
mod problem;
mod projection;
pub mod register;
#[cfg(test)]
mod sample;
mod school_terms;
mod searches;
mod sign_in;
mod verify;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use act::{Done, Form};
pub use advice::{AdviceDraft, SavedAdvice};
pub use area::AreaDetail;
pub use arrival::Arrival;
pub use child_list::{ListChange, may_take_off};
pub use comments::{CommentsDesk, Said, SaidLine};
pub use demo::{DEMO_YEARS, DemoLink, DemoSetup};
pub use disagree::OpenDecision;
pub use draft::{Draft, DraftAnswers, DraftHandle, Submitted, name_of, read_date};
pub use keep::{EntriesDesk, EntryLine, KeptEntry, Settle, Tried, addresses_of};
pub use letters::Post;
pub use lists::{
    CauseCount, Forecast, GivenLine, Group, InboxLine, ListFilters, NamedChild, NewCase,
    OfferedCase, OfficeGaps, OfficerLoad, PAGE_LINES, Today, TodayLine,
};
pub use looked::Look;
pub use now::{Chance, Clock, Now, london};
pub use offer::{LocalOffer, ServiceChange, Taken};
pub use offer_check::OfferCheck;
pub use offer_log::{GapLine, LogLine};
pub use open::CaseFile;
pub use passed::{FamilyTyped, PassedPlan};
pub use people::{NewPerson, Officer};
pub use problem::{FieldFault, Problem};
pub use school_terms::{AreaLaw, KeptYear, SchoolYears, YEARS_AHEAD, YEARS_BACK};
pub use sign_in::{Device, Me, SignedIn};
pub use verify::Verified;

/// What web pages and commands name of the rooms below.
pub mod house {
    pub use sendero_access as access;
    pub use sendero_law as law;
    pub use sendero_offer as offer;
    pub use sendero_record as record;
}

use sendero_access::Policies;
use sendero_law::Rulebook;
use sendero_store::Store;

/// The use cases with what they stand on. Cheap to clone.
#[derive(Clone)]
pub struct App {
    store: Store,
    rulebook: &'static Rulebook,
    /// By code of an area: the law with that area's own standards beside it.
    own: Arc<BTreeMap<String, &'static Rulebook>>,
    policies: &'static Policies,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    guesses: sign_in::Guesses,
    offers: offer::Held,
    histories: offer_check::Histories,
    searches: searches::Searches,
}

impl App {
    /// The use cases over this store, under this rulebook.
    #[must_use]
    pub fn new(
        store: Store,
        rulebook: &'static Rulebook,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Self {
        let policies = Policies::embedded();
        Self {
            store,
            rulebook,
            own: Arc::default(),
            policies,
            clock,
            chance,
            guesses: sign_in::Guesses::default(),
            offers: offer::Held::default(),
            histories: offer_check::Histories::default(),
            searches: searches::Searches::default(),
        }
    }

    /// The same, with standards of their own for some areas: by code, the law with them beside it.
    #[must_use]
    pub fn with_standards(mut self, own: BTreeMap<String, &'static Rulebook>) -> Self {
        self.own = Arc::new(own);
        self
    }

    /// The law that holds everywhere: kinds of fact, notices, situations, and every duty but an
    /// area's own.
    #[must_use]
    pub fn rulebook(&self) -> &'static Rulebook {
        self.rulebook
    }

    /// The rulebook in force in an area: the law, and the area's own standards where it has some.
    #[must_use]
    pub fn rulebook_of(&self, authority: &str) -> &'static Rulebook {
        self.own.get(authority).copied().unwrap_or(self.rulebook)
    }

    /// The moment of this request, and today in London.
    #[must_use]
    pub fn now(&self) -> Now {
        self.clock.now()
    }

    /// Sets the day, where the clock is one that can be set: in a demonstration.
    #[must_use]
    pub fn set_day(&self, day: sendero_law::Date) -> bool {
        self.clock.set(day)
    }

    /// Whether the day can be set here.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.clock.can_be_set()
    }

    /// A fresh random id, for a form or a request.
    #[must_use]
    pub fn fresh_id(&self) -> String {
        now::id(self.chance.as_ref())
    }

    /// A fresh random token, for a cookie.
    #[must_use]
    pub fn fresh_token(&self) -> String {
        now::token(self.chance.as_ref())
    }

    /// What the forms of a visitor with this mark carry.
    #[must_use]
    pub fn form_mark(&self, visit: &str) -> String {
        now::token_hash(&format!("form {visit}"))
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        self.store.areas().await.is_ok()
    }
}
