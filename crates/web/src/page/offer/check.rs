//! `/offer/check`: how good this Local Offer is, counted from what it holds and kept from nobody.

use axum::extract::State;
use sendero_app::house::offer::audit::audit;

use super::find;
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::audit::Check;
use crate::words::word;

pub(super) async fn show(State(web): State<Web>, visitor: Visitor) -> Answer {
    let offer = web.app.local_offer(&visitor.area.code).await?;
    let audit = audit(&offer.directory, web.app.now().today);
    let empty = audit.headings.iter().filter(|(_, count)| *count == 0);
    page(&Check {
        frame: find::frame(&web, &visitor),
        services: audit.services,
        empty: empty.map(|(name, _)| name.clone()).collect(),
        headings: audit.headings,
        checked: [audit.lately, audit.within_a_year, audit.not_checked],
        parts: audit
            .parts
            .into_iter()
            .map(|(part, count)| (word("offer-part", part.word()), count))
            .collect(),
        whole: audit.whole,
    })
}
