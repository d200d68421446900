//! How often families search and find nothing: counted a month, of nobody and from nowhere. Of the
//! words only concepts and common words are ever kept, and those once five searches had the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use sendero_offer::search::Understood;
use sendero_store::{Commit, SearchWrite};

use crate::now::token_hash;
use crate::{App, Problem};

/// Searches that wait in memory to be added up; so many may be lost when a server stops.
const WAIT_MOST: i64 = 50;
/// Marks of a day's searches held at most, against counting the same one twice.
const SEEN_MOST: usize = 100_000;
/// Who acts where a search is counted.
const NOBODY: &str = "search";
/// Months after which a count of words that are not known is forgotten.
const MONTHS_KEPT: i32 = 3;

/// Searches that are counted and not yet written.
#[derive(Clone, Default)]
pub(crate) struct Searches(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    /// Searches by area and month.
    all: BTreeMap<(String, String), i64>,
    /// The day of the marks, and the marks: who searched for what, as a hash that no disk ever sees.
    day: Option<Date>,
    seen: BTreeSet<String>,
}

impl Searches {
    /// Whether this is the first time today, in this process, and notes it.
    fn is_first(&self, mark: String, today: Date) -> bool {
        let Ok(mut waiting) = self.0.lock() else { return false };
        if waiting.day != Some(today) {
            waiting.day = Some(today);
            waiting.seen.clear();
        }
        waiting.seen.len() < SEEN_MOST && waiting.seen.insert(mark)
    }

    /// Adds one search, and gives those that are to be written now: all of them, where `now`.
    fn add(&self, authority: &str, month: &str, now: bool) -> i64 {
        let Ok(mut waiting) = self.0.lock() else { return 0 };
        let key = (authority.to_owned(), month.to_owned());
        let count = waiting.all.entry(key).or_default();
        *count += 1;
        if now || *count >= WAIT_MOST { std::mem::take(count) } else { 0 }
    }
}

impl App {
    /// Counts a search. `visit` tells one browser from another, so that the same search of one counts
    /// once a day; it is not kept. Many people may share an address, so that is no use for it.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn count_search(
        &self,
        authority: &str,
        understood: &Understood,
        found_nothing: bool,
        visit: &str,
    ) -> Result<(), Problem> {
        let words = self.local_offer(authority).await?.finder.keepable(understood);
        let today = self.now().today;
        if !self.searches.is_first(self.search_mark("search", visit, &words), today) {
            return Ok(());
        }
        let searches = self.searches.add(authority, &month_of(today), found_nothing);
        let nothing = i64::from(found_nothing);
        self.write_counts(authority, &words, [searches, nothing, 0], today).await
    }

    /// Counts that somebody did not find what they need.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn count_not_found(
        &self,
        authority: &str,
        words: &str,
        visit: &str,
    ) -> Result<(), Problem> {
        let offer = self.local_offer(authority).await?;
        let words = offer.finder.keepable(&offer.finder.understand(words));
        let today = self.now().today;
        if !self.searches.is_first(self.search_mark("pressed", visit, &words), today) {
            return Ok(());
        }
        self.write_counts(authority, &words, [0, 0, 1], today).await
    }

    /// Adds searches, those that found nothing, and those after which somebody said so.
    async fn write_counts(
        &self,
        authority: &str,
        words: &str,
        [searches, nothing, pressed]: [i64; 3],
        today: Date,
    ) -> Result<(), Problem> {
        if searches + nothing + pressed == 0 {
            return Ok(());
        }
        let month = month_of(today);
        let all = SearchWrite {
            month: month.clone(),
            searches,
            found_none: nothing,
            pressed,
            ..SearchWrite::default()
        };
        let mut writes = vec![all];
        if !words.is_empty() && nothing + pressed > 0 {
            // The key tells the same words from others; until there are enough it is all there is.
            let key = token_hash(&format!("searched {authority} {words}"));
            let words = words.to_owned();
            writes.push(SearchWrite {
                key,
                month,
                words,
                searches: 0,
                found_none: nothing,
                pressed,
            });
        }
        let since = today.saturating_sub(jiff::Span::new().months(MONTHS_KEPT));
        let commit = Commit {
            authority: authority.to_owned(),
            at: self.now().at,
            actor: NOBODY.to_owned(),
            searches: writes,
            forget_searches: month_of(since),
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }

    /// Who searched for what, as a mark that is held in memory for a day.
    fn search_mark(&self, what: &str, visit: &str, words: &str) -> String {
        token_hash(&format!("{what} {visit} {words}"))
    }
}

/// "2026-11" of a day.
fn month_of(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}
