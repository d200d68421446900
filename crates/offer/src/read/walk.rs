//! A walk through somebody's open feed, page by page, without any network in it: it says which
//! address to ask next and takes the answer. It believes no feed: pages that never end, repeat, or
//! hold less than was said end the walk, and nothing is kept of a walk that did not come to its end.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value};

use super::{ReadError, Reader, list};

/// Services of one feed.
const SERVICES_MOST: usize = 50_000;
/// Pages of one list.
const PAGES_MOST: u64 = 5_000;
/// Entries asked for on a page.
const PER_PAGE: usize = 100;
/// When so many services in a row have no address of their own, no more are tried.
const ALONE_TRIED: usize = 10;
/// Of a hundred services that were said to be there, so many must have come.
const SHARE_LEAST: u64 = 98;

/// Why a walk ends without a directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WalkError {
    /// The address is none.
    #[error("`{0}` is no address of a feed: write it as https://…, without a query")]
    Address(String),
    /// The server would not.
    #[error("{address} answered {status} where a list of services should be")]
    Status {
        /// What was asked.
        address: String,
        /// The answer.
        status: u16,
    },
    /// What came is no feed.
    #[error("{address}: {why}")]
    NotAFeed {
        /// What was asked.
        address: String,
        /// Why not.
        why: ReadError,
    },
    /// More pages than any Local Offer has.
    #[error("the feed has {said} pages or more; {PAGES_MOST} are the most that are read")]
    Pages {
        /// How many it has.
        said: u64,
    },
    /// More services than any Local Offer has.
    #[error("the feed has more than {SERVICES_MOST} services, the most that are taken")]
    Services,
    /// Fewer came than were said to be there.
    #[error("the feed says that it has {said} services, and its pages held {got}")]
    Short {
        /// What it said.
        said: u64,
        /// What came.
        got: u64,
    },
    /// There was none at all.
    #[error("the feed holds no services")]
    Empty,
}

/// What a server answered.
#[derive(Clone, Copy, Debug)]
pub struct Got<'a> {
    /// The status of HTTP.
    pub status: u16,
    /// The body.
    pub body: &'a str,
}

/// A walk under way.
#[derive(Debug)]
pub struct Walk {
    base: String,
    reader: Reader,
    steps: VecDeque<Step>,
    pages: Pages,
    alone_failed: usize,
}

/// Something to be asked.
#[derive(Debug)]
enum Step {
    Front,
    Page(List, u64),
    /// A service that its list told only in part.
    Alone(String, Value),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Services,
    Organisations,
    Taxonomies,
    Terms,
}

/// What is known of the list that is walked.
#[derive(Debug, Default)]
struct Pages {
    first_ids: BTreeSet<String>,
    ids: BTreeSet<String>,
    said: Option<u64>,
}

impl List {
    const fn name(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Organisations => "organizations",
            Self::Taxonomies => "taxonomies",
            Self::Terms => "taxonomy_terms",
        }
    }
}

impl Walk {
    /// Begins at a feed's address; one of its list of services is understood too.
    ///
    /// # Errors
    /// Where it is no address of the web.
    pub fn of(address: &str) -> Result<Self, WalkError> {
        let base = address.split(['?', '#']).next().unwrap_or_default().trim();
        let base = base.trim_end_matches('/').trim_end_matches("/services").trim_end_matches('/');
        let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
        if rest.is_none_or(|rest| rest.is_empty() || rest.contains(['@', ' ', '\\'])) {
            return Err(WalkError::Address(address.to_owned()));
        }
        Ok(Self {
            base: base.to_owned(),
            reader: Reader::of(base),
            steps: VecDeque::from([Step::Front, Step::Page(List::Services, 1)]),
            pages: Pages::default(),
            alone_failed: 0,
        })
    }

    /// The feed's own address.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What to ask next; nothing when the walk is at its end.
    #[must_use]
    pub fn next(&self) -> Option<String> {
        let base = &self.base;
        Some(match self.steps.front()? {
            Step::Front => format!("{base}/"),
            Step::Page(of, page) => {
                // Feeds that know neither `full` nor `per_page` ignore them.
                let full = if *of == List::Taxonomies { "" } else { "&full=true" };
                format!("{base}/{}?page={page}&per_page={PER_PAGE}{full}", of.name())
            }
            Step::Alone(id, _) => format!("{base}/services/{}", encoded(id)),
        })
    }

    /// Takes the answer to what was to be asked.
    ///
    /// # Errors
    /// Where the feed cannot be walked further.
    pub fn take(&mut self, got: Got<'_>) -> Result<(), WalkError> {
        let address = self.next().unwrap_or_default();
        match self.steps.pop_front() {
            Some(Step::Front) => {
                if json(got).is_err() {
                    self.reader.note("front-page-missing", "", &address);
                }
                Ok(())
            }
            Some(Step::Page(of, page)) => self.page(of, page, &address, got),
            Some(Step::Alone(id, told)) => {
                self.alone(&id, told, got);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// What was read, when the walk has come to its end.
    ///
    /// # Errors
    /// Where there was nothing.
    pub fn done(self) -> Result<Reader, WalkError> {
        if self.reader.directory.services.is_empty() {
            return Err(WalkError::Empty);
        }
        Ok(self.reader)
    }

    fn page(&mut self, of: List, page: u64, address: &str, got: Got<'_>) -> Result<(), WalkError> {
        let value = match json(got) {
            Ok(value) => value,
            Err(why) if of == List::Services => {
                if got.status != 200 {
                    let status = got.status;
                    return Err(WalkError::Status { address: address.to_owned(), status });
                }
                return Err(WalkError::NotAFeed { address: address.to_owned(), why });
            }
            Err(_) => {
                self.reader.note("list-missing", "", of.name());
                return self.list_ends(of);
            }
        };
        let entries = match &value {
            Value::Array(all) => all.as_slice(),
            value => [list(value, "contents"), list(value, "content")]
                .into_iter()
                .find(|entries| !entries.is_empty())
                .unwrap_or_default(),
        };
        let is_page = value.is_array()
            || ["contents", "content"].iter().any(|name| value.get(name).is_some());
        if of == List::Services && !is_page {
            let why = ReadError::NotAFeed;
            return Err(WalkError::NotAFeed { address: address.to_owned(), why });
        }
        self.pages.said = number(&value, &["total_items", "totalElements"]).or(self.pages.said);
        let first = entries.first().map(id_of).unwrap_or_default();
        let again = !entries.is_empty() && !self.pages.first_ids.insert(first);
        if again {
            self.reader.note("page-repeated", of.name(), &page.to_string());
            return self.list_ends(of);
        }
        self.entries(of, entries)?;
        if is_last(&value, page, entries.is_empty()) {
            return self.list_ends(of);
        }
        let pages = number(&value, &["total_pages", "totalPages"]).unwrap_or(page + 1);
        if pages.max(page + 1) > PAGES_MOST {
            return Err(WalkError::Pages { said: pages.max(page + 1) });
        }
        self.steps.push_front(Step::Page(of, page + 1));
        Ok(())
    }

    fn entries(&mut self, of: List, entries: &[Value]) -> Result<(), WalkError> {
        for entry in entries {
            if !self.pages.ids.insert(id_of(entry)) {
                self.reader.note("entry-repeated", of.name(), &id_of(entry));
                continue;
            }
            match of {
                List::Services if is_whole(entry) || id_of(entry).is_empty() => {
                    self.reader.service(entry);
                }
                List::Services => {
                    self.steps.push_back(Step::Alone(id_of(entry), entry.clone()));
                }
                other => self.reader.parts(&serde_json::json!({ (other.name()): [entry] })),
            }
        }
        if of == List::Services && self.pages.ids.len() > SERVICES_MOST {
            return Err(WalkError::Services);
        }
        Ok(())
    }

    /// A list is at its end: what was said of it is held against what came, and the next begins.
    fn list_ends(&mut self, of: List) -> Result<(), WalkError> {
        let pages = std::mem::take(&mut self.pages);
        let next = match of {
            List::Services => {
                let got = pages.ids.len() as u64;
                if let Some(said) = pages.said.filter(|said| got < *said) {
                    if got.saturating_mul(100) < said.saturating_mul(SHARE_LEAST) {
                        return Err(WalkError::Short { said, got });
                    }
                    self.reader.note("fewer-than-said", "", &format!("{got} of {said}"));
                }
                List::Organisations
            }
            List::Organisations => List::Taxonomies,
            List::Taxonomies => List::Terms,
            List::Terms => return Ok(()),
        };
        // Behind the services that are still to be asked for one by one.
        self.steps.push_back(Step::Page(next, 1));
        Ok(())
    }

    /// A service by itself; what it leaves out is taken from what its list told.
    fn alone(&mut self, id: &str, told: Value, got: Got<'_>) {
        let whole = json(got).ok().filter(|whole| id_of(whole) == id);
        let Some(Value::Object(whole)) = whole else {
            self.reader.note("service-not-alone", "", id);
            self.reader.service(&told);
            self.alone_failed += 1;
            if self.alone_failed == ALONE_TRIED {
                self.take_as_told();
            }
            return;
        };
        self.alone_failed = 0;
        let mut both: Map<String, Value> =
            if let Value::Object(told) = told { told } else { Map::new() };
        both.extend(whole.into_iter().filter(|(_, value)| !value.is_null()));
        self.reader.service(&Value::Object(both));
    }

    /// No service has an address of its own: the rest are taken as the list told them.
    fn take_as_told(&mut self) {
        for step in std::mem::take(&mut self.steps) {
            match step {
                Step::Alone(id, told) => {
                    self.reader.note("service-not-alone", "", &id);
                    self.reader.service(&told);
                }
                other => self.steps.push_back(other),
            }
        }
    }
}

/// The JSON of an answer that went well.
fn json(got: Got<'_>) -> Result<Value, ReadError> {
    let text = got.body.trim_start_matches('\u{feff}').trim();
    if text.starts_with('<') {
        return Err(ReadError::WebPage);
    }
    if got.status != 200 {
        return Err(ReadError::NotAFeed);
    }
    serde_json::from_str(text)
        .map_err(|error| ReadError::NotJson { line: error.line(), why: error.to_string() })
}

/// Whether this page is the last one: by the count of pages where it is told, else by what the page
/// says of itself.
fn is_last(value: &Value, page: u64, empty: bool) -> bool {
    let says = |names: [&str; 2]| {
        names.iter().any(|name| value.get(*name).and_then(Value::as_bool) == Some(true))
    };
    match number(value, &["total_pages", "totalPages"]) {
        _ if empty || value.is_array() => true,
        Some(pages) => page >= pages,
        None => says(["last_page", "last"]),
    }
}

/// Whether an entry of a list holds what belongs to it, not only its own fields.
fn is_whole(entry: &Value) -> bool {
    let nested = [
        "service_at_locations",
        "schedules",
        "contacts",
        "attributes",
        "cost_options",
        "service_areas",
        "eligibilitys",
        "regular_schedules",
        "service_taxonomys",
    ];
    nested.iter().any(|name| entry.get(*name).is_some_and(Value::is_array))
}

fn id_of(entry: &Value) -> String {
    match entry.get("id") {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn number(value: &Value, names: &[&str]) -> Option<u64> {
    names.iter().find_map(|name| value.get(*name).and_then(Value::as_u64))
}

/// An id as one step of an address.
fn encoded(id: &str) -> String {
    let mut encoded = String::new();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
