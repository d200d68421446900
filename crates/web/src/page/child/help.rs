//! `/child/{reference}/help`: who can help this child here, from the needs on the record, the child's
//! age and what is late; and the list of services that the family keeps.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use jiff::civil::Date;
use sendero_app::house::access::Part;
use sendero_app::house::offer::Service;
use sendero_app::house::offer::search::{Narrow, WORDS_MOST};
use sendero_app::house::record::{Event, NeedArea, ServiceKept};
use sendero_app::{LocalOffer, Problem};

use super::{Open, frame, open, record};
use crate::draw::{base_of, given, heading_of, key_of, named};
use crate::page::offer::{card, saved};
use crate::page::{Answer, go, page};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::family::{HelpCard, HelpHere, HelpHerePart};
use crate::view::form::Hidden;
use crate::view::{Link, Tab};
use crate::words::word;

/// Services beneath each need.
const EACH: usize = 3;
/// Services on one child's list.
const KEPT_MOST: usize = 60;
/// Words that find who is on a family's side, in any area; and the same where something is late.
const ADVICE: &str = "someone independent to help";
const LATE: &str = "how to complain";
/// Those who can be, so that a list of few is not filled with others.
const ADVISERS: &str = "kind/advice";

pub(super) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let file = &open.file;
    let offer = web.app.shown_offer(&open.me.authority).await?;
    let today = file.now.today;
    let kept: Vec<String> =
        file.record.kept_services().iter().map(|(_, one)| one.service.clone()).collect();
    let hidden = || visitor.hidden(&web, None);
    let mut page_of =
        Shelf { offer: &offer, today, kept: &kept, shown: Vec::new(), hidden: &hidden };
    let late = named(file, asked.get("for").map_or("", String::as_str));
    let advisers = Narrow { facets: vec![ADVISERS.to_owned()], ..Narrow::default() };
    let mut parts = Vec::new();
    if let Some(late) = late {
        let title = format!("{}: {}", word("here", "late"), heading_of(file.law, late));
        parts.push(page_of.part(title, LATE, &advisers, &[ADVISERS])?);
    }
    let born = file.record.registered().and_then(|child| child.born);
    let age = born.and_then(|born| age(born, today));
    let narrow = Narrow { ages: age.map(|age| (age, age)), ..Narrow::default() };
    for (_, need) in file.record.needs() {
        let diagnosis = need.diagnosis.clone().unwrap_or_default();
        let words: String =
            format!("{diagnosis} {}", need.words).chars().take(WORDS_MOST).collect();
        let title = word("need", need.area.word());
        parts.push(page_of.part(title, words.trim(), &narrow, facets_of(need.area))?);
    }
    parts.push(page_of.part(word("here", "advice"), ADVICE, &advisers, &[ADVISERS])?);
    let on_phone = saved(&headers);
    let of_phone = on_phone.iter().filter(|id| !kept.contains(id));
    let list = page_of.cards(&kept);
    let of_phone: Vec<String> = of_phone.cloned().collect();
    page(&HelpHere {
        frame: frame(&visitor, file, Tab::Case),
        back: match late {
            Some(late) => Link {
                href: format!("{}/do/{}", base_of(&file.record), key_of(late)),
                text: word("back", "ways"),
            },
            None => Link { href: base_of(&file.record), text: word("back", "case") },
        },
        action: format!("{}/help", base_of(&file.record)),
        name: given(&file.record),
        gone: gone(&open, &offer, &hidden),
        list,
        of_phone: page_of.cards(&of_phone),
        parts: parts.into_iter().filter(|part| !part.cards.is_empty()).collect(),
    })
}

/// What a page draws services from.
struct Shelf<'a> {
    offer: &'a LocalOffer,
    today: Date,
    kept: &'a [String],
    shown: Vec<String>,
    /// The marks of a form.
    hidden: &'a dyn Fn() -> Hidden,
}

impl Shelf<'_> {
    /// The services that fit best and do not stand on the page yet. Where the words find nothing, those
    /// that carry one of these terms.
    fn part(
        &mut self,
        title: String,
        words: &str,
        narrow: &Narrow,
        facets: &[&str],
    ) -> Result<HelpHerePart, Problem> {
        let understood = self.offer.finder.understand(words);
        let found = self.offer.finder.find(&understood, narrow, EACH * 2);
        let found = found.map_err(|error| Problem::Broken(error.to_string()))?;
        let services = &self.offer.directory.services;
        let mut ids: Vec<String> = if found.fallback && !facets.is_empty() {
            let takes = |one: &&Service| {
                narrow.ages.is_none_or(|(from, to)| one.takes(from, to))
                    && facets.iter().any(|facet| one.has(facet))
            };
            let shown = services.values().filter(|one| one.is_shown());
            let mut fit: Vec<&Service> = shown.filter(takes).collect();
            fit.sort_by_key(|one| (one.wait.is_none_or(|wait| wait.weeks > 0), &one.name));
            fit.into_iter().map(|one| one.id.clone()).collect()
        } else {
            found.hits.into_iter().map(|hit| hit.id).collect()
        };
        ids.retain(|id| !self.shown.contains(id));
        ids.truncate(EACH);
        let cards = self.cards(&ids);
        self.shown.extend(ids);
        Ok(HelpHerePart { title, cards })
    }

    fn cards(&self, ids: &[String]) -> Vec<HelpCard> {
        let services = &self.offer.directory.services;
        let shown = |id: &String| services.get(id).filter(|service| service.is_shown());
        ids.iter()
            .filter_map(shown)
            .map(|service| HelpCard {
                id: service.id.clone(),
                kept: self.kept.contains(&service.id),
                card: card(service, None, self.today, ""),
                hidden: (self.hidden)(),
            })
            .collect()
    }
}

/// Services on the list that the Local Offer no longer shows, by the name they had.
fn gone(
    open: &Open,
    offer: &LocalOffer,
    hidden: &dyn Fn() -> Hidden,
) -> Vec<(String, String, Hidden)> {
    let kept = open.file.record.kept_services();
    let shown = |id: &str| offer.directory.services.get(id).is_some_and(Service::is_shown);
    let gone = kept.into_iter().filter(|(_, one)| !shown(&one.service));
    gone.map(|(_, one)| (one.service.clone(), one.name.clone(), hidden())).collect()
}

/// The terms of a broad area of need.
fn facets_of(area: NeedArea) -> &'static [&'static str] {
    match area {
        NeedArea::Communication => &["need/speech-language-communication", "need/autism"],
        NeedArea::Learning => &["need/learning", "need/specific-learning", "need/down-syndrome"],
        NeedArea::Feelings => &["need/semh"],
        NeedArea::SensoryPhysical => {
            &["need/hearing", "need/vision", "need/multi-sensory", "need/physical", "need/medical"]
        }
    }
}

/// Age in whole years.
fn age(born: Date, today: Date) -> Option<u8> {
    let before = (today.month(), today.day()) < (born.month(), born.day());
    u8::try_from(today.year() - born.year() - i16::from(before)).ok()
}

pub(super) async fn keep(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let offer = web.app.shown_offer(&open.me.authority).await?;
    let id = typed.get("service").to_owned();
    let kept = open.file.record.kept_services();
    let known = kept.iter().find(|(_, one)| one.service == id).map(|(_, one)| one.name.clone());
    let shown = offer.directory.services.get(&id).filter(|service| service.is_shown());
    let event = match (typed.get("act"), known, shown) {
        ("off", Some(name), _) => Some(Event::ServiceLetGo(ServiceKept { service: id, name })),
        ("on", None, Some(_)) if kept.len() >= KEPT_MOST => {
            return Err(Problem::TooMuch { what: "services", limit: KEPT_MOST as u64 }.into());
        }
        ("on", None, Some(service)) => {
            let name = service.name.clone();
            Some(Event::ServiceKept(ServiceKept { service: id, name }))
        }
        // On the list already, or off it: that is what was asked for.
        ("on", Some(_), _) | ("off", None, _) => None,
        _ => return Err(Problem::NotFound.into()),
    };
    if let Some(event) = event {
        record(&web, &open, event, &typed).await?;
    }
    go(&format!("{}/help", base_of(&open.file.record)))
}
