//! `/oruk/v3`: the Local Offer in the shapes of Open Referral UK. Errors are problem documents, and
//! nothing here ever answers with a web page.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sendero_app::house::offer::feed::{self, Answer, Ask, FeedError, List};
use sendero_app::{AreaDetail, Problem};
use serde_json::json;

use crate::server::Web;
use crate::session::host_of;

/// The parameters of an address, in their order.
type Pairs = Query<Vec<(String, String)>>;
/// A parameter's pairs that could not be read.
type NotRead = axum::extract::rejection::QueryRejection;

/// A problem in the form that programs read.
pub(super) struct Wrong(StatusCode, String);

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let Self(status, detail) = self;
        let title = status.canonical_reason().unwrap_or("Error");
        let body = json!({
            "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail,
        });
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (status, kind, body.to_string()).into_response()
    }
}

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::NotFound => Self(StatusCode::NOT_FOUND, "There is nothing here.".to_owned()),
            Problem::Busy => {
                Self(StatusCode::SERVICE_UNAVAILABLE, "Try again in a moment.".to_owned())
            }
            other => {
                tracing::error!(why = %other, "the feed is broken");
                let said = "This is our fault. Try again later.".to_owned();
                Self(StatusCode::INTERNAL_SERVER_ERROR, said)
            }
        }
    }
}

impl From<FeedError> for Wrong {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::NotFound => {
                Self(StatusCode::NOT_FOUND, "There is nothing by that id.".to_owned())
            }
            FeedError::Bad(bad) => Self(StatusCode::BAD_REQUEST, format!("{bad}.")),
            FeedError::Search(error) => Problem::Broken(error.to_string()).into(),
        }
    }
}

/// The area whose feed this is: each has its own, under its own name.
async fn area(web: &Web, headers: &HeaderMap) -> Result<AreaDetail, Wrong> {
    web.app.area_at(&host_of(headers)).await?.ok_or_else(|| Problem::NotFound.into())
}

fn address(area: &AreaDetail) -> String {
    format!("{}/oruk/v3", area.address.trim_end_matches('/'))
}

pub(super) async fn front(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Wrong> {
    Ok(Json(feed::front(&address(&area(&web, &headers).await?))).into_response())
}

pub(super) async fn openapi(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Wrong> {
    Ok(Json(feed::openapi(&address(&area(&web, &headers).await?))).into_response())
}

fn list_of(name: &str) -> Result<List, Wrong> {
    Ok(match name {
        "services" => List::Services,
        "organizations" => List::Organisations,
        "service_at_locations" => List::AtLocations,
        "taxonomies" => List::Taxonomies,
        "taxonomy_terms" => List::Terms,
        _ => return Err(Problem::NotFound.into()),
    })
}

fn ask_of(pairs: Result<Pairs, NotRead>) -> Result<Ask, Wrong> {
    let unreadable = "The part of the address after ? cannot be read.";
    let Query(pairs) = pairs.map_err(|_| Wrong(StatusCode::BAD_REQUEST, unreadable.to_owned()))?;
    Ask::of(&pairs).map_err(|bad| FeedError::from(bad).into())
}

pub(super) async fn list(
    State(web): State<Web>,
    Path(name): Path<String>,
    headers: HeaderMap,
    pairs: Result<Pairs, NotRead>,
) -> Result<Response, Wrong> {
    let (list, ask) = (list_of(&name)?, ask_of(pairs)?);
    let offer = web.app.local_offer(&area(&web, &headers).await?.code).await?;
    Ok(match feed::list(&offer.directory, &offer.finder, list, &ask)? {
        Answer::One(page) => Json(page).into_response(),
        Answer::Lines(lines) => {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            ([(header::CONTENT_TYPE, "application/x-ndjson")], text).into_response()
        }
    })
}

pub(super) async fn one(
    State(web): State<Web>,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
    pairs: Result<Pairs, NotRead>,
) -> Result<Response, Wrong> {
    let (list, ask) = (list_of(&name)?, ask_of(pairs)?);
    let offer = web.app.local_offer(&area(&web, &headers).await?.code).await?;
    Ok(Json(feed::one(&offer.directory, list, &id, &ask)?).into_response())
}
