//! x
use crate::server::Web;
use axum::Router;
pub(crate) fn routes() -> Router<Web> {
    Router::new()
}
