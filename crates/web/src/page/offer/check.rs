//! `/offer/check`: how good this Local Offer is, counted from what it holds and kept from nobody.

use axum::extract::State;
use jiff::civil::Date;
use sendero_app::house::offer::health::{Criterion, Figure};

use super::find;
use super::own::{self, OwnPage};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::Link;
use crate::view::audit::{Check, Judged, OwnRow, share};
use crate::words::word;

pub(super) async fn show(State(web): State<Web>, visitor: Visitor) -> Answer {
    // First, since what is measured of them is one of the figures.
    let own = own::pages(&web, &visitor.area).await?;
    let check = web.app.check_offer(&visitor.area.code).await?;
    let audit = check.audit;
    let empty = audit.headings.iter().filter(|(_, count)| *count == 0);
    page(&Check {
        frame: find::frame(&web, &visitor),
        services: audit.services,
        empty: empty.map(|(name, _)| name.clone()).collect(),
        headings: audit.headings,
        parts: audit
            .parts
            .into_iter()
            .map(|(part, count)| (word("offer-part", part.word()), count))
            .collect(),
        whole: audit.whole,
        days: check.days.iter().map(|(day, _)| *day).collect(),
        criteria: criteria(&check.days),
        own_readable: own.iter().filter(|one| one.is_readable()).count(),
        guides: own.iter().filter(|one| one.is_guide()).count(),
        guides_lead: own.iter().filter(|one| one.clicks.is_some()).count(),
        clicks_most: own.iter().filter_map(|one| one.clicks).max(),
        own: own.iter().map(own_row).collect(),
        hardest: check
            .hardest
            .into_iter()
            .map(|(id, name, age)| (Link { href: format!("/offer/service/{id}"), text: name }, age))
            .collect(),
    })
}

fn own_row(page: &OwnPage) -> OwnRow {
    OwnRow {
        page: Link { href: page.path.clone(), text: page.title.clone() },
        age: page.age,
        clicks: page.clicks,
    }
}

/// The criteria of today, each figure with what it was on the other days.
fn criteria(days: &[(Date, Option<Vec<Criterion>>)]) -> Vec<Judged> {
    let today = days.first().and_then(|(_, all)| all.as_deref()).unwrap_or_default();
    let named = |one: &Criterion| {
        let figures = one.figures.iter().map(|figure| {
            let on_days = days.iter().map(|(_, all)| match all {
                Some(all) => on_day(all, figure.word),
                None => word("offer", "not-kept-yet"),
            });
            (word("offer-figure", figure.word), on_days.collect())
        });
        Judged { name: word("offer-criterion", one.word), figures: figures.collect() }
    };
    today.iter().map(named).collect()
}

fn on_day(all: &[Criterion], name: &str) -> String {
    let found = all.iter().flat_map(|one| &one.figures).find(|figure| figure.word == name);
    match found {
        Some(Figure { count, of: Some(of), .. }) => share(*count, *of),
        Some(Figure { count, of: None, .. }) => count.to_string(),
        None => word("offer", "not-counted"),
    }
}
