//! How good an area's Local Offer is, today and on days of the past, from its streams alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use sendero_law::reading_age;
use sendero_offer::audit::{Audit, audit, reading_ages};
use sendero_offer::comment::Standing;
use sendero_offer::health::{COUNTED, Counted, Criterion, History, Known, Month, health};
use sendero_offer::history::{SERVICE_PUT, ServicePut};
use sendero_offer::log::{LogEntry, LogKind};
use sendero_store::{Commit, OfferFigure, StreamKind};

use crate::{App, Problem};

/// Months before today on which the criteria are counted too.
const BEFORE: [i32; 2] = [3, 12];
/// Entries that are hardest to read, and are named.
const HARDEST: usize = 10;

/// What a check of a Local Offer found.
#[derive(Clone, Debug)]
pub struct OfferCheck {
    /// What its entries hold today.
    pub audit: Audit,
    /// The criteria by day, today first; `None` for a day of which nothing is known.
    pub days: Vec<(Date, Option<Vec<Criterion>>)>,
    /// The entries that are hardest to read: id, name and the age at which each is read.
    pub hardest: Vec<(String, String, u8)>,
}

/// The histories that a server holds, by area, each with the version that it is of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Histories(Arc<Mutex<ByArea>>);

type ByArea = BTreeMap<String, (i64, Arc<History>)>;

impl App {
    /// Checks an area's Local Offer.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn check_offer(&self, authority: &str) -> Result<OfferCheck, Problem> {
        let offer = self.local_offer(authority).await?;
        let history = self.history_of(authority).await?;
        let mut comments = Vec::new();
        for standing in [Standing::Waiting, Standing::Published, Standing::Withheld] {
            let some = self.comments_of(authority, standing).await?;
            comments.extend(some.into_iter().map(|(_, comment)| comment));
        }
        let mut log: Vec<LogEntry> = Vec::new();
        for kind in LogKind::ALL {
            log.extend(self.offer_log(authority, kind).await?.into_iter().map(|one| one.entry));
        }
        let months = self.months(authority).await?;
        let counted = self.counted(authority).await?;
        let known = Known {
            history: &history,
            comments: &comments,
            log: &log,
            months: &months,
            counted: &counted,
        };
        let today = self.now().today;
        let days = BEFORE.map(|months| today.saturating_sub(jiff::Span::new().months(months)));
        let mut hardest = reading_ages(&offer.directory, &reading_age);
        hardest.truncate(HARDEST);
        Ok(OfferCheck {
            audit: audit(&offer.directory, today, &reading_age),
            days: std::iter::once(today)
                .chain(days)
                .map(|day| (day, health(&known, day)))
                .collect(),
            hardest,
        })
    }

    async fn counted(&self, authority: &str) -> Result<Vec<Counted>, Problem> {
        let rows = self.store.offer_figures(authority).await?.into_iter();
        let count = |number: i64| usize::try_from(number).unwrap_or_default();
        Ok(rows
            .filter_map(|row| {
                let word = COUNTED.into_iter().find(|word| *word == row.word)?;
                let count = (count(row.counted), count(row.of_all));
                Some(Counted { month: row.month, word, count })
            })
            .collect())
    }

    /// Notes how many of our own pages can be read, once they were drawn and counted anew.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn note_own_pages(
        &self,
        authority: &str,
        readable: usize,
        all: usize,
    ) -> Result<(), Problem> {
        let figure = self.figure("own-readable", readable, all);
        let known = self.store.offer_figures(authority).await?;
        if known.contains(&figure) {
            return Ok(());
        }
        let commit = Commit {
            authority: authority.to_owned(),
            at: self.now().at,
            actor: "offer-check".to_owned(),
            figures: vec![figure],
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }

    pub(crate) fn figure(&self, word: &str, counted: usize, all: usize) -> OfferFigure {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        OfferFigure {
            month: self.now().today.strftime("%Y-%m").to_string(),
            word: word.to_owned(),
            counted: number(counted),
            of_all: number(all),
        }
    }

    async fn months(&self, authority: &str) -> Result<Vec<Month>, Problem> {
        let rows = self.store.offer_searches(authority).await?.into_iter();
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        let all = rows.filter(|row| row.words.is_empty());
        Ok(all
            .map(|row| Month {
                month: row.month,
                searches: count(row.searches),
                nothing: count(row.found_none),
                pressed: count(row.pressed),
            })
            .collect())
    }

    /// The states of every entry, read again where the Local Offer has changed.
    async fn history_of(&self, authority: &str) -> Result<Arc<History>, Problem> {
        let version = self.store.offer_version(authority).await?;
        let held = self.histories.0.lock().ok().and_then(|held| held.get(authority).cloned());
        if let Some((_, history)) = held.filter(|(of, _)| *of == version) {
            return Ok(history);
        }
        let offer = self.local_offer(authority).await?;
        let events = self.store.events_of(authority, StreamKind::Service).await?;
        // Reading thousands of entries takes a processor for a while.
        let made = tokio::task::spawn_blocking(move || {
            let puts = events.into_iter().filter(|(_, stored)| stored.event.kind == SERVICE_PUT);
            let puts = puts.filter_map(|(id, stored)| {
                let put: ServicePut = serde_json::from_slice(&stored.event.content).ok()?;
                Some((id, stored.event.on.parse().ok()?, put))
            });
            Arc::new(History::of(puts, &offer.directory, &reading_age))
        });
        let history =
            made.await.map_err(|_| Problem::Broken("the history was not read".to_owned()))?;
        if let Ok(mut held) = self.histories.0.lock() {
            held.insert(authority.to_owned(), (version, history.clone()));
        }
        Ok(history)
    }
}
