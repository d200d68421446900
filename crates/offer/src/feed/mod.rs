//! The open feed: questions in the form of Open Referral UK 3.0, answered from a [`Directory`].
//! Filters combine with AND; what the standard leaves open is said in the feed's own description.

mod ask;
mod openapi;
mod shapes;

use jiff::Timestamp;
use serde_json::{Value, json};

pub use ask::{Ask, BadParameter, PAGE_MOST};
pub use openapi::openapi;

use crate::model::{Directory, Service, Taxonomy, Term};
use crate::search::{Finder, Narrow, SearchError, miles_between};
use crate::terms::built_in;

/// The version that the feed names.
pub const VERSION: &str = "HSDS-UK-3.0";
/// The page that says what that is.
const PROFILE: &str = "https://docs.openreferraluk.org/en/latest/";

/// What the feed answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// One thing, or one page of a list.
    One(Value),
    /// A whole list, one thing a line.
    Lines(Vec<Value>),
}

/// Why it does not.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// There is no such thing.
    #[error("there is nothing by that id")]
    NotFound,
    /// A parameter is not what it must be.
    #[error(transparent)]
    Bad(#[from] BadParameter),
    /// The index failed.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// The lists of the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// `/services`
    Services,
    /// `/organizations`
    Organisations,
    /// `/service_at_locations`
    AtLocations,
    /// `/taxonomies`
    Taxonomies,
    /// `/taxonomy_terms`
    Terms,
}

/// The front page of the feed at `address`.
#[must_use]
pub fn front(address: &str) -> Value {
    json!({
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": format!("{address}/openapi.json"),
    })
}

/// One thing of a list.
///
/// # Errors
/// [`FeedError::NotFound`] where there is none with this id, or none that is published.
pub fn one(directory: &Directory, list: List, id: &str, ask: &Ask) -> Result<Value, FeedError> {
    let id = &id.to_lowercase();
    let found = match list {
        List::Services => published(directory)
            .find(|service| service.id == *id)
            .map(|service| shapes::service_whole(directory, service)),
        List::Organisations => directory.organisations.get(id).map(|one| {
            shapes::organisation_whole(one, services_of(directory, id, ask.full_service))
        }),
        List::AtLocations => published(directory).find_map(|service| {
            let place = service.at.iter().position(|at| at.id == *id)?;
            shapes::at_location(directory, service, place, true)
        }),
        List::Taxonomies => taxonomies(directory)
            .find(|taxonomy| taxonomy.id == *id)
            .map(|taxonomy| shapes::taxonomy(taxonomy, true)),
        List::Terms => directory.term(id).map(|(taxonomy, term)| shapes::term(taxonomy, term)),
    };
    found.ok_or(FeedError::NotFound)
}

/// A page of a list, or all of it line by line.
///
/// # Errors
/// Where the index fails.
pub fn list(
    directory: &Directory,
    finder: &Finder,
    list: List,
    ask: &Ask,
) -> Result<Answer, FeedError> {
    match list {
        List::Services => {
            let found = services(directory, finder, ask)?;
            let draw = |service: &&Service| match (ask.minimal, ask.full) {
                (true, _) => shapes::service_minimal(service),
                (_, true) => shapes::service_whole(directory, service),
                _ => shapes::service_in_list(directory, service),
            };
            Ok(laid_out(&found, ask, draw))
        }
        List::Organisations => {
            let all = directory.organisations.values();
            let found: Vec<_> =
                all.filter(|one| says(&ask.search, &[&one.name, &one.description])).collect();
            Ok(laid_out(&found, ask, |one| {
                if ask.full || ask.full_service {
                    let services = services_of(directory, &one.id, ask.full_service);
                    shapes::organisation_whole(one, services)
                } else {
                    shapes::organisation_in_list(one)
                }
            }))
        }
        List::AtLocations => at_locations(directory, finder, ask),
        List::Taxonomies => {
            let found: Vec<_> = taxonomies(directory)
                .filter(|one| says(&ask.search, &[&one.name, &one.description]))
                .collect();
            Ok(laid_out(&found, ask, |one| shapes::taxonomy(one, false)))
        }
        List::Terms => {
            let found: Vec<(&Taxonomy, &Term)> = taxonomies(directory)
                .flat_map(|taxonomy| taxonomy.terms.iter().map(move |term| (taxonomy, term)))
                .filter(|(taxonomy, term)| term_fits(taxonomy, term, ask))
                .collect();
            Ok(laid_out(&found, ask, |(taxonomy, term)| shapes::term(taxonomy, term)))
        }
    }
}

/// What may be published: what families are shown.
fn published(directory: &Directory) -> impl Iterator<Item = &Service> {
    directory.services.values().filter(|service| service.is_shown())
}

fn taxonomies(directory: &Directory) -> impl Iterator<Item = &Taxonomy> {
    built_in().iter().chain(directory.taxonomies.values())
}

/// The services that somebody runs: by id, or whole.
fn services_of(directory: &Directory, organisation: &str, whole: bool) -> Vec<Value> {
    published(directory)
        .filter(|service| service.organisation == organisation)
        .map(|service| {
            if whole {
                shapes::service_whole(directory, service)
            } else {
                json!({"id": service.id, "name": service.name, "status": service.status.word()})
            }
        })
        .collect()
}

/// Every word stands somewhere in one of the texts.
fn says(search: &Option<String>, texts: &[&str]) -> bool {
    let Some(search) = search else { return true };
    let text = texts.join(" ").to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn term_fits(taxonomy: &Taxonomy, term: &Term, ask: &Ask) -> bool {
    says(&ask.search, &[&term.name, &term.description])
        && ask.taxonomy.as_ref().is_none_or(|id| taxonomy.id == *id)
        && ask.parent.as_ref().is_none_or(|id| term.parent == *id)
        && (!ask.top_only || term.parent.is_empty())
}

/// The services that fit all that is asked: in the order of their ids, or, with a search, best first.
fn services<'a>(
    directory: &'a Directory,
    finder: &Finder,
    ask: &Ask,
) -> Result<Vec<&'a Service>, FeedError> {
    let fits = |service: &&Service| service.is_shown() && service_fits(directory, service, ask);
    let Some(search) = &ask.search else {
        return Ok(directory.services.values().filter(fits).collect());
    };
    let all = directory.services.len().max(1);
    let found = finder.find(&finder.understand(search), &Narrow::default(), all)?;
    if found.fallback {
        return Ok(Vec::new());
    }
    let hits = found.hits.iter().filter_map(|hit| directory.services.get(&hit.id));
    Ok(hits.filter(fits).collect())
}

fn service_fits(directory: &Directory, service: &Service, ask: &Ask) -> bool {
    let carries = |fits: &dyn Fn(&Taxonomy, &Term) -> bool| {
        let ours = service.facets.iter().filter_map(|facet| crate::terms::term_of(facet));
        ours.map(|facet| facet.term.as_str())
            .chain(service.tags.iter().map(|tag| tag.term.as_str()))
            .filter_map(|id| directory.term(id))
            .any(|(taxonomy, term)| fits(taxonomy, term))
    };
    let changed = || service.modified.parse::<Timestamp>().ok();
    ask.organisation.as_ref().is_none_or(|id| service.organisation == *id)
        && ask.term.as_ref().is_none_or(|id| carries(&|_, term| term.id == *id))
        && ask.taxonomy.as_ref().is_none_or(|id| carries(&|taxonomy, _| taxonomy.id == *id))
        && ask.modified_after.is_none_or(|after| changed().is_some_and(|at| at >= after))
        && ask.youngest.is_none_or(|age| service.oldest.is_none_or(|oldest| oldest >= age))
        && ask.oldest.is_none_or(|age| service.youngest.is_none_or(|youngest| youngest <= age))
        && runs(service, ask)
}

/// Whether a service has hours on the day and between the times that are asked for.
fn runs(service: &Service, ask: &Ask) -> bool {
    if ask.day.is_none() && ask.opens.is_none() && ask.closes.is_none() {
        return true;
    }
    service.schedules.iter().any(|one| {
        ask.day.as_ref().is_none_or(|day| one.days.split(',').any(|own| own == day))
            && ask.opens.as_ref().is_none_or(|from| !one.opens.is_empty() && one.opens >= *from)
            && ask.closes.as_ref().is_none_or(|to| !one.closes.is_empty() && one.closes <= *to)
    })
}

fn at_locations(directory: &Directory, finder: &Finder, ask: &Ask) -> Result<Answer, FeedError> {
    const METRES_A_MILE: f64 = 1609.344;
    let from = ask.postcode.as_ref().map(|code| finder.postcode(code));
    let near = |service: &Service, place: usize| {
        let Some(from) = from else { return true };
        let at = service.at.get(place).and_then(|at| directory.locations.get(&at.location));
        let point =
            at.filter(|location| !location.secret).and_then(|location| finder.point_of(location));
        let Some(miles) = from.zip(point).map(|(from, to)| miles_between(from, to)) else {
            return false;
        };
        ask.proximity.is_none_or(|metres| miles * METRES_A_MILE <= metres)
    };
    let found: Vec<(&Service, usize)> = services(directory, finder, ask)?
        .into_iter()
        .flat_map(|service| (0..service.at.len()).map(move |place| (service, place)))
        .filter(|(service, place)| near(service, *place))
        .collect();
    Ok(laid_out(&found, ask, |(service, place)| {
        shapes::at_location(directory, service, *place, ask.full).unwrap_or_default()
    }))
}

/// A page of what was found, or all of it line by line.
fn laid_out<T>(found: &[T], ask: &Ask, draw: impl Fn(&T) -> Value) -> Answer {
    if ask.lines {
        return Answer::Lines(found.iter().map(draw).collect());
    }
    let size = if ask.minimal && !ask.sized { found.len().max(1) } else { ask.per_page };
    let first = (ask.page - 1).saturating_mul(size);
    let contents: Vec<Value> = found.iter().skip(first).take(size).map(draw).collect();
    Answer::One(shapes::page(found.len(), ask.page, size, contents))
}
