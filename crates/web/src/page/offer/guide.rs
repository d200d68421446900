//! `/offer/guide/{guide}`: what is happening to a family, whom to ring, what to do today, who can help
//! here, and their rights in the words of the rulebook.

use axum::extract::{Path, State};
use sendero_app::house::law::Rulebook;
use sendero_app::house::offer::guide::{Guide, guides};
use sendero_app::house::offer::search::Narrow;
use sendero_app::house::offer::{Route, Service};
use sendero_app::{LocalOffer, Problem};

use super::cards::{card, encoded};
use super::find;
use crate::page::law::row_of;
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::Link;
use crate::view::guide::{Contact, GuidePage, GuideRow, HelpPart};

/// Services beneath each heading: enough to choose, few enough to read.
const SERVICES_EACH: usize = 3;

/// Every guide, as a list leads to it.
pub(crate) fn rows() -> Vec<GuideRow> {
    let row = |guide: &Guide| GuideRow {
        href: format!("/offer/guide/{}", guide.id),
        title: guide.title.clone(),
        line: guide.line.clone(),
    };
    guides().iter().map(row).collect()
}

pub(super) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let guide = guides().iter().find(|guide| guide.id == id).ok_or(Problem::NotFound)?;
    let offer = web.app.shown_offer(&visitor.area.code).await?;
    let today = web.app.now().today;
    let law = web.app.rulebook_of(&visitor.area.code);
    let (mut help, mut contact, mut shown) = (Vec::new(), None, Vec::new());
    for (title, words, among) in &guide.help {
        let services = found(&offer, words, among)?;
        contact = contact.or_else(|| contact_of(&services));
        // A service stands once on the page, beneath the heading that comes first.
        let fresh: Vec<&Service> =
            services.into_iter().filter(|one| !shown.contains(&one.id)).collect();
        shown.extend(fresh.iter().map(|one| one.id.clone()));
        help.push(HelpPart {
            title: title.clone(),
            cards: fresh.into_iter().map(|one| card(one, None, today, "")).collect(),
            more: format!("/offer/search?words={}", encoded(words)),
        });
    }
    page(&GuidePage {
        frame: find::frame(&web, &visitor),
        title: guide.title.clone(),
        lead: guide.lead.clone(),
        dangers: find::dangers(guide.danger.iter().map(String::as_str)),
        contact,
        now: guide.now.clone(),
        help,
        duties: guide
            .duties
            .iter()
            .filter_map(|duty| law.duty(duty))
            .map(|duty| row_of(law, duty))
            .collect(),
        situation: situation(law, guide),
    })
}

/// The services that fit best; of those with these terms, if the area has any.
fn found<'a>(offer: &'a LocalOffer, words: &str, among: &str) -> Result<Vec<&'a Service>, Problem> {
    let understood = offer.finder.understand(words);
    let find = |facets: Vec<String>| {
        let narrow = Narrow { facets, ..Narrow::default() };
        let found = offer.finder.find(&understood, &narrow, SERVICES_EACH);
        found.map_err(|error| Problem::Broken(error.to_string()))
    };
    let mut found = find(among.split_whitespace().map(str::to_owned).collect())?;
    if found.fallback || found.hits.is_empty() {
        found = find(Vec::new())?;
    }
    Ok(found
        .hits
        .iter()
        .take(SERVICES_EACH)
        .filter_map(|hit| offer.directory.services.get(&hit.id))
        .collect())
}

/// The first of them whom a family can ring itself.
fn contact_of(services: &[&Service]) -> Option<Contact> {
    services.iter().find_map(|service| {
        let phone = service.phones.first()?;
        let open = service.open_by(Route::Yourself) || service.open_by(Route::TurnUp);
        open.then(|| Contact {
            service: Link {
                href: format!("/offer/service/{}", service.id),
                text: service.name.clone(),
            },
            phone: phone.number.clone(),
            ask_for: service.ask_for.clone(),
            next: service.next_step.clone(),
        })
    })
}

fn situation(law: &Rulebook, guide: &Guide) -> Option<Link> {
    let situation = law.situations().iter().find(|one| one.id == guide.situation)?;
    let end = if situation.asks.is_empty() { "" } else { "/dates" };
    Some(Link { href: format!("/happening/{}{end}", situation.id), text: situation.title.clone() })
}
