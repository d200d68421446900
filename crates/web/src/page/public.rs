//! The start page, and the pages that say how this service works.

use axum::Router;
use axum::extract::State;
use axum::routing::get;

use super::offer::guide_rows;
use super::{Answer, page};
use crate::draw::frame_of;
use crate::server::Web;
use crate::session::Visitor;
use crate::view::public::{Accessibility, Dates, Privacy, Start};

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(start))
        .route("/accessibility", get(accessibility))
        .route("/privacy", get(privacy))
        .route("/dates", get(dates))
}

async fn start(State(web): State<Web>, visitor: Visitor) -> Answer {
    page(&Start { frame: frame_of(&web.app, &visitor), guides: guide_rows() })
}

async fn accessibility(State(web): State<Web>, visitor: Visitor) -> Answer {
    page(&Accessibility { frame: frame_of(&web.app, &visitor) })
}

async fn privacy(State(web): State<Web>, visitor: Visitor) -> Answer {
    page(&Privacy { frame: frame_of(&web.app, &visitor) })
}

async fn dates(State(web): State<Web>, visitor: Visitor) -> Answer {
    page(&Dates { frame: frame_of(&web.app, &visitor) })
}
