//! The feed's description of itself: every address that it serves with every parameter that counts,
//! the shapes by reference to the published standard.

use serde_json::{Value, json};

use super::{PAGE_MOST, VERSION};

/// Where the standard's shapes are published.
const SHAPES: &str = "https://openreferraluk.org/specifications/3.0/schema/";

/// What every list takes.
const PAGED: &[&str] = &["search", "page", "per_page", "format"];
/// What a list of services takes, at locations or not.
const SERVICES: &[&str] =
    &["taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full"];
/// Who may come and when.
const OPEN_TO: &[&str] = &["minimum_age", "maximum_age", "day", "start_time", "end_time"];
/// What one thing is asked for by.
const ID: &[&str] = &["id"];

/// Names of parameters, in groups that several addresses share.
type Groups = &'static [&'static [&'static str]];

/// Address, published shape, whether the standard requires it, what it gives, parameters in groups.
const PATHS: [(&str, &str, bool, &str, Groups); 11] = [
    ("/", "api_details.json", true, "What this feed is.", &[]),
    (
        "/services",
        "service_list.json",
        true,
        "A page of services.",
        &[PAGED, SERVICES, &["minimal"], OPEN_TO],
    ),
    ("/services/{id}", "service.json", true, "A service with all that belongs to it.", &[ID]),
    ("/taxonomies", "taxonomy_list.json", false, "A page of taxonomies.", &[PAGED]),
    ("/taxonomies/{id}", "taxonomy.json", false, "A taxonomy with its terms.", &[ID]),
    (
        "/taxonomy_terms",
        "taxonomy_term_list.json",
        false,
        "A page of terms.",
        &[PAGED, &["taxonomy_id", "top_only", "parent_id"]],
    ),
    ("/taxonomy_terms/{id}", "taxonomy_term.json", false, "A term.", &[ID]),
    (
        "/organizations",
        "organization_list.json",
        false,
        "A page of organisations.",
        &[PAGED, &["full", "full_service"]],
    ),
    (
        "/organizations/{id}",
        "organization.json",
        false,
        "An organisation with its services.",
        &[ID, &["full_service"]],
    ),
    (
        "/service_at_locations",
        "service_at_location_list.json",
        false,
        "A page of services at their locations.",
        &[PAGED, SERVICES, &["postcode", "proximity"], OPEN_TO],
    ),
    (
        "/service_at_locations/{id}",
        "service_at_location.json",
        false,
        "A service at a location with all that belongs to both.",
        &[ID],
    ),
];

/// The description, for a feed served at `address`.
#[must_use]
pub fn openapi(address: &str) -> Value {
    let paths: serde_json::Map<String, Value> = PATHS
        .iter()
        .map(|(path, shape, required, about, names)| {
            let parameters: Vec<Value> =
                names.iter().copied().flatten().map(|name| parameter(name)).collect();
            let tag = if *required { "required" } else { "optional" };
            let ok = json!({
                "description": about,
                "content": {"application/json": {"schema": {"$ref": format!("{SHAPES}{shape}")}}},
            });
            let mut answers = json!({"200": ok});
            if path.ends_with("{id}") {
                answers["404"] = problem("There is nothing by that id.");
            } else if !names.is_empty() {
                answers["400"] = problem("A parameter is not what it must be.");
            }
            let get = json!({
                "summary": about, "tags": [tag], "parameters": parameters, "responses": answers,
            });
            ((*path).to_owned(), json!({"get": get}))
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Local Offer",
            "version": VERSION,
            "description": "Services for children and young people with special educational needs \
                            or a disability, in the shapes of Open Referral UK 3.0. Filters \
                            combine with AND. A page beyond the last is empty.",
        },
        "servers": [{"url": address}],
        "paths": paths,
    })
}

fn problem(about: &str) -> Value {
    json!({"description": about, "content": {"application/problem+json": {"schema": {
        "type": "object",
        "properties": {
            "type": {"type": "string"}, "title": {"type": "string"},
            "status": {"type": "integer"}, "detail": {"type": "string"},
        },
    }}}})
}

fn parameter(name: &str) -> Value {
    if name == "id" {
        return json!({"in": "path", "name": "id", "required": true, "schema": uuid()});
    }
    let (shape, about) = match name {
        "page" => (json!({"type": "integer", "minimum": 1, "default": 1}), "Which page."),
        "per_page" => (
            json!({"type": "integer", "minimum": 1, "maximum": PAGE_MOST, "default": 50}),
            "Entries of a page; more than the most counts as the most.",
        ),
        "format" => (
            json!({"type": "string", "enum": ["json", "ndjson"], "default": "json"}),
            "ndjson gives every entry, one a line, without pages.",
        ),
        "search" => {
            (json!({"type": "string"}), "Words; of services, in a family's own words, best first.")
        }
        "taxonomy_term_id" => (uuid(), "Carries this term."),
        "taxonomy_id" => (uuid(), "Of, or carrying a term of, this taxonomy."),
        "organization_id" => (uuid(), "Run by this organisation."),
        "parent_id" => (uuid(), "Terms beneath this one."),
        "modified_after" => (
            json!({"type": "string", "format": "date-time"}),
            "Changed at that moment or after it; a day alone is its beginning.",
        ),
        "minimal" => (boolean(), "Ids and moments of the last change alone, all in one page."),
        "full" => (boolean(), "With all that belongs to each."),
        "full_service" => (boolean(), "With the services whole."),
        "top_only" => (boolean(), "Terms that stand beneath no other."),
        "minimum_age" => (age(), "Open to somebody of at least this age."),
        "maximum_age" => (age(), "Open to somebody of at most this age."),
        "day" => (
            json!({"type": "string", "enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]}),
            "Open on this day.",
        ),
        "start_time" => (json!({"type": "string"}), "Opens at this time or after it (09:30)."),
        "end_time" => (json!({"type": "string"}), "Closes at this time or before it."),
        "postcode" => {
            (json!({"type": "string"}), "Near this postcode, as far as the feed knows it.")
        }
        "proximity" => (json!({"type": "number"}), "At most so many metres from the postcode."),
        _ => (json!({"type": "string"}), ""),
    };
    json!({"in": "query", "name": name, "required": false, "schema": shape, "description": about})
}

fn uuid() -> Value {
    json!({"type": "string", "format": "uuid"})
}

fn boolean() -> Value {
    json!({"type": "boolean", "default": false})
}

fn age() -> Value {
    json!({"type": "integer", "minimum": 0})
}
