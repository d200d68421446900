//! `/offer`, the Local Offer for families, and `/oruk/v3`, the same for other programs.

mod cards;
mod check;
mod comment;
mod feed;
mod find;
mod guide;
mod list;
mod log;
mod map;
mod own;
mod pack;
mod service;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use sendero_app::Problem;

pub(crate) use self::cards::{card, checked, encoded};
pub(crate) use self::comment::{about, said_one};
pub(crate) use self::guide::rows as guide_rows;
pub(crate) use self::list::saved;
pub(crate) use self::log::{asking_row, gap_row, gap_rows, reduction_row};
pub(crate) use self::own::Held as OwnPages;
use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/offer", get(find::home))
        .route("/offer/search", get(find::search))
        .route("/offer/guide/{guide}", get(guide::show))
        .route("/offer/pack", get(pack::show))
        .route("/offer/service/{id}", get(service::show))
        .route("/offer/service/{id}/changes", get(comment::changes))
        .route("/offer/comment", get(comment::form).post(comment::make))
        .route("/offer/comment/thanks", get(comment::thanks))
        .route("/offer/check", get(check::show))
        .route("/offer/said", get(comment::said))
        .route("/offer/gaps", get(log::gaps))
        .route("/offer/reductions", get(log::reductions))
        .route("/offer/making", get(log::making))
        .route("/offer/not-found", get(log::not_found).post(log::say_not_found))
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
