//! One service: how to reach it, what happens when somebody does, and the details.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use sendero_app::Problem;
use sendero_app::house::offer::{Directory, Route, Service, Status, term_of};

use super::{cards, comment, find, list};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::offer::{Detail, ServicePage};
use crate::words::word;

pub(super) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(pairs): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let offer = web.app.shown_offer(&visitor.area.code).await?;
    let service = offer.directory.services.get(&id).filter(|service| service.is_shown());
    let service = service.ok_or(Problem::NotFound)?;
    let today = web.app.now().today;
    // Only a way back to a search of ours.
    let back = pairs.get("from").filter(|from| from.starts_with("/offer/search?")).cloned();
    let said = web.app.said_of_service(&visitor.area.code, &id).await?;
    let (keeper, tried) = web.app.keeping_of(offer.home_of(&id, &visitor.area.code), &id).await?;
    let mut details = details(&offer.directory, service);
    // Somebody answers for every entry: whoever was asked to, or the team whose Local Offer it is.
    let across = offer.across.get(&id).map(|(_, name)| name.as_str());
    let area = across.unwrap_or(&visitor.area.name);
    let team = || format!("{}, {area}", word("offer-keeper", "team"));
    if let Some(name) = across {
        let text = format!("{name}. {}", word("offer", "for-us"));
        details.push(Detail { name: word("offer-detail", "across"), text });
    }
    details.push(Detail {
        name: word("offer-detail", "keeper"),
        text: keeper.map_or_else(team, |keeper| keeper.who),
    });
    let silent = tried.iter().find(|one| one.address == service.url && one.leads_nowhere());
    page(&ServicePage {
        said: said
            .iter()
            .filter_map(|one| comment::said_one(one, service.name.clone(), today))
            .collect(),
        frame: find::frame(&web, &visitor),
        back,
        name: service.name.clone(),
        about: service.description.clone(),
        alert: service.alert.clone(),
        closed: service.status == Status::TemporarilyClosed,
        checked: cards::checked(service, today),
        checked_by: service.checked_by.clone(),
        next: service.next_step.clone(),
        phone: service.phones.first().map(|phone| phone.number.clone()).unwrap_or_default(),
        ask_for: service.ask_for.clone(),
        steps: service.steps.iter().map(|step| (step.lead.clone(), step.rest.clone())).collect(),
        details,
        website_silent: silent.map(|one| one.on),
        website: Some(service.url.clone()).filter(|url| !url.is_empty()),
        email: service.email.clone(),
        easy_read: service.easy_read.clone(),
        bsl: service.bsl.clone(),
        id: service.id.clone(),
        saved: list::saved(&headers).contains(&service.id),
        hidden: visitor.hidden(&web, None),
    })
}

/// What is known, and of what families ask first also that it is not known.
fn details(directory: &Directory, service: &Service) -> Vec<Detail> {
    let mut details = Vec::new();
    let mut add = |name: &str, text: String| {
        if !text.is_empty() {
            details.push(Detail { name: word("offer-detail", name), text });
        }
    };
    let not_said = || word("offer", "not-said");
    add("who", who(service));
    add("how", routes(service).unwrap_or_else(not_said));
    let hours: Vec<String> = service.schedules.iter().map(cards::hours).collect();
    add("when", hours.join("; "));
    add("where", wheres(directory, service));
    let cost = [cards::cost(service), Some(service.fees.clone()).filter(|fees| !fees.is_empty())];
    add("cost", cost.into_iter().flatten().next().unwrap_or_else(not_said));
    let wait = match service.wait {
        Some(wait) if wait.weeks == 0 => {
            format!("{} ({})", word("offer", "no-wait"), wait.as_of.strftime("%B %Y"))
        }
        Some(_) => cards::wait(service).unwrap_or_default(),
        None => not_said(),
    };
    add("wait", wait);
    let languages = service.words_of("language");
    let languages = languages.filter_map(|word| term_of(&format!("language/{word}")));
    add("languages", languages.map(|of| of.name.clone()).collect::<Vec<_>>().join(", "));
    let areas: Vec<&str> = service.areas.iter().map(|area| area.name.as_str()).collect();
    if areas.len() > 1 {
        add("areas", areas.join(", "));
    }
    add("decides", service.decided_by.clone());
    let by = directory.organisation_of(service);
    add("by", by.map(|by| by.name.clone()).unwrap_or_default());
    add("complain", service.complaints.clone());
    details
}

fn who(service: &Service) -> String {
    let mut parts: Vec<String> = cards::ages(service).into_iter().collect();
    if !service.who_for.is_empty() {
        parts.push(service.who_for.trim_end_matches('.').to_owned());
    }
    for (facet, key) in [
        ("open/no-diagnosis", "no-diagnosis"),
        ("open/no-plan", "no-plan"),
        ("open/diagnosis", "diagnosis"),
        ("open/plan", "plan"),
    ] {
        if service.has(facet) {
            parts.push(word("offer", key));
        }
    }
    parts.join(". ")
}

fn routes(service: &Service) -> Option<String> {
    let ways: Vec<String> = Route::ALL
        .into_iter()
        .filter(|route| service.open_by(*route))
        .filter_map(|route| term_of(&format!("route/{}", route.word())))
        .map(|of| of.name.clone())
        .collect();
    (!ways.is_empty()).then(|| ways.join(". "))
}

fn wheres(directory: &Directory, service: &Service) -> String {
    let places = cards::places(directory, service);
    if !places.is_empty() {
        return places.join("; ");
    }
    let ways = service.words_of("delivery");
    let ways = ways.filter_map(|word| term_of(&format!("delivery/{word}")));
    ways.map(|of| of.name.clone()).collect::<Vec<_>>().join(". ")
}
