//! The shapes of Open Referral UK 3.0, strictly: what is empty is left out, since the standard knows
//! no null, and nothing stands in them that it does not name. What families need beyond it goes out
//! as terms of our own taxonomies.

use serde_json::{Map, Value, json};

use crate::ids::derived_id;
use crate::model::{
    Cost, Directory, Location, LocationKind, Organisation, Schedule, Service, Taxonomy, Term,
};
use crate::terms::term_of;

/// An object in the making; empty texts and lists are never written.
#[derive(Default)]
struct Shape(Map<String, Value>);

impl Shape {
    fn with(mut self, name: &str, value: Value) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    fn text(self, name: &str, text: &str) -> Self {
        if text.is_empty() { self } else { self.with(name, Value::from(text)) }
    }

    fn number(self, name: &str, number: Option<impl Into<Value>>) -> Self {
        match number {
            Some(number) => self.with(name, number.into()),
            None => self,
        }
    }

    fn list(self, name: &str, list: Vec<Value>) -> Self {
        if list.is_empty() { self } else { self.with(name, Value::Array(list)) }
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// A service with its own fields alone, and with who runs it.
pub(super) fn service_in_list(directory: &Directory, service: &Service) -> Value {
    own_fields(directory, service).done()
}

/// A service with all that belongs to it.
pub(super) fn service_whole(directory: &Directory, service: &Service) -> Value {
    let id = &service.id;
    let at = service.at.iter().filter_map(|at| {
        let location = directory.locations.get(&at.location)?;
        Some(
            Shape::default()
                .text("id", &at.id)
                .text("service_id", id)
                .text("location_id", &at.location)
                .with("location", location_whole(location))
                .done(),
        )
    });
    let areas = service.areas.iter().map(|area| {
        Shape::default()
            .text("id", &area.id)
            .text("service_id", id)
            .text("name", &area.name)
            .text("uri", &area.uri)
            .done()
    });
    let funding = service.funding.iter().map(|one| {
        let shape = Shape::default().text("id", &one.id).text("service_id", id);
        shape.text("source", &one.source).done()
    });
    own_fields(directory, service)
        .list("schedules", service.schedules.iter().map(|one| schedule(one, id)).collect())
        .list("service_areas", areas.collect())
        .list("service_at_locations", at.collect())
        .list("cost_options", service.costs.iter().map(|one| cost(one, id)).collect())
        .list("funding", funding.collect())
        .list("attributes", attributes(directory, service))
        .done()
}

fn own_fields(directory: &Directory, service: &Service) -> Shape {
    let shape = Shape::default()
        .text("id", &service.id)
        .text("organization_id", &service.organisation)
        .text("name", &service.name)
        .text("description", &service.description)
        .text("url", &service.url)
        .text("email", &service.email)
        .text("status", service.status.word())
        .text("fees", &service.fees)
        .text("accreditations", &service.accreditations)
        .number("minimum_age", service.youngest)
        .number("maximum_age", service.oldest)
        .text("assured_date", &service.checked.map(|day| day.to_string()).unwrap_or_default())
        .text("assurer_email", &service.checker)
        .text("alert", &service.alert)
        .text("last_modified", &service.modified);
    match directory.organisation_of(service) {
        Some(by) => shape.with("organization", organisation_in_list(by)),
        None => shape,
    }
}

/// `id` and when it was last changed: for those who look what is new.
pub(super) fn service_minimal(service: &Service) -> Value {
    Shape::default().text("id", &service.id).text("last_modified", &service.modified).done()
}

fn schedule(one: &Schedule, service: &str) -> Value {
    Shape::default()
        .text("id", &one.id)
        .text("service_id", service)
        .text("valid_from", &one.from)
        .text("valid_to", &one.until)
        .text("freq", &one.every)
        .number("interval", (one.interval > 0).then_some(one.interval))
        .text("byday", &one.days)
        .text("bymonthday", &one.month_days)
        .text("opens_at", &one.opens)
        .text("closes_at", &one.closes)
        .text("description", &one.words)
        .done()
}

fn cost(one: &Cost, service: &str) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "prices are far below 2^53 pence")]
    let pounds = one.pence.map(|pence| pence as f64 / 100.0);
    Shape::default()
        .text("id", &one.id)
        .text("service_id", service)
        .text("option", &one.option)
        .number("amount", pounds)
        .text("amount_description", &one.words)
        .done()
}

/// The terms that a service carries: ours, then those of others.
fn attributes(directory: &Directory, service: &Service) -> Vec<Value> {
    let link = |id: &str, taxonomy: &Taxonomy, of: &Term| {
        Shape::default()
            .text("id", id)
            .text("link_id", &service.id)
            .text("link_type", "service")
            .text("taxonomy_term_id", &of.id)
            .with("taxonomy_term", term(taxonomy, of))
            .done()
    };
    // In the order of their words, so that a feed that was taken in goes out as it came.
    let facets: std::collections::BTreeSet<&String> = service.facets.iter().collect();
    let ours = facets.into_iter().filter_map(|facet| {
        let (taxonomy, term) = directory.term(&term_of(facet)?.term)?;
        Some(link(&derived_id(&[&service.id, "attribute", facet]), taxonomy, term))
    });
    let theirs = service.tags.iter().filter_map(|tag| {
        let (taxonomy, term) = directory.term(&tag.term)?;
        Some(link(&tag.id, taxonomy, term))
    });
    ours.chain(theirs).collect()
}

/// An organisation with its own fields alone.
pub(super) fn organisation_in_list(one: &Organisation) -> Value {
    organisation_fields(one).done()
}

/// An organisation with its numbers and, as the standard's text promises, its services.
pub(super) fn organisation_whole(one: &Organisation, services: Vec<Value>) -> Value {
    let identifiers = one.identifiers.iter().filter(|number| {
        // Both are required of an identifier.
        !number.kind.is_empty() && !number.number.is_empty()
    });
    let identifiers = identifiers.map(|number| {
        Shape::default()
            .text("id", &number.id)
            .text("organization_id", &one.id)
            .text("identifier_scheme", &number.scheme)
            .text("identifier_type", &number.kind)
            .text("identifier", &number.number)
            .done()
    });
    let identifiers = identifiers.collect();
    organisation_fields(one)
        .list("organization_identifiers", identifiers)
        .list("services", services)
        .done()
}

fn organisation_fields(one: &Organisation) -> Shape {
    // A description is required; the name says at least what is known.
    let described = if one.description.is_empty() { &one.name } else { &one.description };
    Shape::default()
        .text("id", &one.id)
        .text("name", &one.name)
        .text("description", described)
        .text("email", &one.email)
        .text("website", &one.website)
        .text("logo", &one.logo)
        .text("uri", &one.uri)
        .text("parent_organization_id", &one.parent)
}

/// A service at a location, with both.
pub(super) fn at_location(
    directory: &Directory,
    service: &Service,
    place: usize,
    whole: bool,
) -> Option<Value> {
    let at = service.at.get(place)?;
    let location = directory.locations.get(&at.location)?;
    let location = if whole { location_whole(location) } else { location_fields(location).done() };
    let shape = Shape::default()
        .text("id", &at.id)
        .text("service_id", &service.id)
        .text("location_id", &at.location)
        .with("location", location)
        .with("service", service_in_list(directory, service));
    Some(shape.done())
}

fn location_whole(location: &Location) -> Value {
    let shape = location_fields(location);
    if location.secret {
        return shape.done();
    }
    let access = location.access.iter().enumerate().map(|(n, words)| {
        Shape::default()
            .text("id", &derived_id(&[&location.id, "access", &n.to_string()]))
            .text("location_id", &location.id)
            .text("description", words)
            .done()
    });
    shape
        .list("addresses", address(location).into_iter().collect())
        .list("accessibility", access.collect())
        .done()
}

fn location_fields(location: &Location) -> Shape {
    let shape =
        Shape::default().text("id", &location.id).text("location_type", location.kind.word());
    if location.secret {
        return shape;
    }
    shape
        .text("name", &location.name)
        .text("description", &location.description)
        .number("latitude", location.point.map(|point| point.0))
        .number("longitude", location.point.map(|point| point.1))
}

/// An address, where there is enough of one: the standard requires each of its lines.
fn address(location: &Location) -> Option<Value> {
    let first = [&location.street, &location.name].into_iter().find(|line| !line.is_empty())?;
    if location.town.is_empty() || location.kind == LocationKind::Virtual {
        return None;
    }
    let county = if location.county.is_empty() { &location.town } else { &location.county };
    let postcode = if location.postcode.is_empty() { "not known" } else { &location.postcode };
    Some(
        Shape::default()
            .text("id", &derived_id(&[&location.id, "address"]))
            .text("location_id", &location.id)
            .text("address_1", first)
            .text("city", &location.town)
            .text("state_province", county)
            .text("postal_code", postcode)
            .text("country", "GB")
            .text("address_type", location.kind.word())
            .done(),
    )
}

/// A taxonomy, with its terms where it stands alone.
pub(super) fn taxonomy(one: &Taxonomy, whole: bool) -> Value {
    let described = if one.description.is_empty() { &one.name } else { &one.description };
    let terms = if whole { one.terms.iter().map(|of| term(one, of)).collect() } else { Vec::new() };
    Shape::default()
        .text("id", &one.id)
        .text("name", &one.name)
        .text("description", described)
        .text("uri", &one.uri)
        .text("version", &one.version)
        .list("taxonomy_terms", terms)
        .done()
}

/// A term.
pub(super) fn term(taxonomy: &Taxonomy, one: &Term) -> Value {
    let described = if one.description.is_empty() { &one.name } else { &one.description };
    Shape::default()
        .text("id", &one.id)
        .text("name", &one.name)
        .text("description", described)
        .text("parent_id", &one.parent)
        .text("taxonomy", &taxonomy.name)
        .text("taxonomy_id", &taxonomy.id)
        .text("term_uri", &one.uri)
        .done()
}

/// The envelope of a page.
pub(super) fn page(total: usize, number: usize, size: usize, contents: Vec<Value>) -> Value {
    let pages = total.div_ceil(size.max(1));
    json!({
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": contents.len(),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": contents.is_empty(),
        "contents": contents,
    })
}
