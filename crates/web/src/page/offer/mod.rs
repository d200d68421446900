//! `/offer`, the Local Offer for families, and `/oruk/v3`, the same for other programs.

mod cards;
mod feed;
mod find;
mod list;
mod service;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use sendero_app::Problem;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/offer", get(find::home))
        .route("/offer/search", get(find::search))
        .route("/offer/service/{id}", get(service::show))
        .route("/offer/list", get(list::show).post(list::change))
        .route("/oruk/v3", get(feed::front))
        .route("/oruk/v3/", get(feed::front))
        .route("/oruk/v3/openapi.json", get(feed::openapi))
        .route("/oruk/v3/{list}", get(feed::list))
        .route("/oruk/v3/{list}/{id}", get(feed::one))
}

/// Where no address of the feed leads: a problem document, as everywhere in it.
pub(super) fn nowhere() -> Response {
    feed::Wrong::from(Problem::NotFound).into_response()
}
