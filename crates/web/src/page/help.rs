//! Who can help a child here, from the needs on the record, the child's age and what is late; and the
//! list of services that is kept with the record. Three doors lead to it: the family's, an office's and
//! that of somebody who was asked for advice.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::law::Obligation;
use sendero_app::house::offer::Service;
use sendero_app::house::offer::search::{Narrow, WORDS_MOST};
use sendero_app::house::record::{ChildId, Header, NeedArea, ServiceKept};
use sendero_app::{CaseFile, ListChange, LocalOffer, Me, Problem, may_take_off};

use super::offer::{card, saved};
use super::{Answer, adviser, child, go, page, staff};
use crate::draw::{base_of, date_words, given, heading_of, key_of, named};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::family::{HelpCard, HelpHere, HelpHerePart};
use crate::view::form::Hidden;
use crate::view::{Frame, Link, Tab};
use crate::words::{role, word};

/// Services beneath each need.
const EACH: usize = 3;
/// Words that find who is on a family's side, in any area; and the same where something is late.
const ADVICE: &str = "someone independent to help";
const LATE: &str = "how to complain";
/// Those who can be, so that a list of few is not filled with others.
const ADVISERS: &str = "kind/advice";

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/child/{reference}/help", get(to_family).post(by_family))
        .route("/case/{reference}/help", get(to_office).post(by_office))
        .route("/advice/{request}/help", get(to_adviser).post(by_adviser))
}

async fn to_family(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let open = child::open(&web, &visitor, &reference, Part::Case).await?;
    let file = &open.file;
    let base = base_of(&file.record);
    let late = named(file, asked.get("for").map_or("", String::as_str));
    let back = match late {
        Some(late) => {
            Link { href: format!("{base}/do/{}", key_of(late)), text: word("back", "ways") }
        }
        None => Link { href: base.clone(), text: word("back", "case") },
    };
    let door = Door {
        frame: child::frame(&visitor, file, Tab::Case),
        back,
        action: format!("{base}/help"),
        family: matches!(open.me.role, Role::Parent | Role::YoungPerson),
    };
    let offer = web.app.shown_offer(&open.me.authority).await?;
    let hidden = || visitor.hidden(&web, None);
    help_page(file, &offer, door, late, &saved(&headers), &hidden)
}

async fn by_family(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = child::open(&web, &visitor, &reference, Part::Case).await?;
    change(&web, &open.me, &open.child, &open.file, &typed).await?;
    go(&format!("{}/help", base_of(&open.file.record)))
}

async fn to_office(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = staff::open(&web, &visitor, &reference, Part::Case).await?;
    let door = Door {
        frame: staff::frame(&web, &visitor, Tab::Children),
        back: Link { href: open.base.clone(), text: word("back", "case") },
        action: format!("{}/help", open.base),
        family: false,
    };
    let offer = web.app.shown_offer(&open.me.authority).await?;
    help_page(&open.file, &offer, door, None, &[], &|| visitor.hidden(&web, None))
}

async fn by_office(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = staff::open(&web, &visitor, &reference, Part::Case).await?;
    change(&web, open.me, &open.child, &open.file, &typed).await?;
    go(&format!("{}/help", open.base))
}

async fn to_adviser(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let (me, _, file) = adviser::case_of(&web, &visitor, &id).await?;
    let door = Door {
        frame: adviser::frame(&web, &visitor),
        back: Link { href: format!("/advice/{id}"), text: word("back", "asked") },
        action: format!("/advice/{id}/help"),
        family: false,
    };
    let offer = web.app.shown_offer(&me.authority).await?;
    help_page(&file, &offer, door, None, &[], &|| visitor.hidden(&web, None))
}

async fn by_adviser(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let (me, child, file) = adviser::case_of(&web, &visitor, &id).await?;
    change(&web, me, &child, &file, &typed).await?;
    go(&format!("/advice/{id}/help"))
}

/// By which door somebody came.
struct Door {
    frame: Frame,
    back: Link,
    action: String,
    /// Whether it is the family's own.
    family: bool,
}

fn help_page(
    file: &CaseFile,
    offer: &LocalOffer,
    door: Door,
    late: Option<&Obligation>,
    on_phone: &[String],
    hidden: &dyn Fn() -> Hidden,
) -> Answer {
    let today = file.now.today;
    let kept = file.record.kept_services();
    let mut shelf = Shelf { offer, file, today, family: door.family, shown: Vec::new(), hidden };
    let advisers = Narrow { facets: vec![ADVISERS.to_owned()], ..Narrow::default() };
    let mut parts = Vec::new();
    if let Some(late) = late {
        let title = format!("{}: {}", word("here", "late"), heading_of(file.law, late));
        parts.push(shelf.part(title, LATE, &advisers, &[ADVISERS])?);
    }
    let born = file.record.registered().and_then(|child| child.born);
    let age = born.and_then(|born| age(born, today));
    let narrow = Narrow { ages: age.map(|age| (age, age)), ..Narrow::default() };
    for (_, need) in file.record.needs() {
        let diagnosis = need.diagnosis.clone().unwrap_or_default();
        let words: String =
            format!("{diagnosis} {}", need.words).chars().take(WORDS_MOST).collect();
        let title = word("need", need.area.word());
        parts.push(shelf.part(title, words.trim(), &narrow, facets_of(need.area))?);
    }
    parts.push(shelf.part(word("here", "advice"), ADVICE, &advisers, &[ADVISERS])?);
    let ids: Vec<String> = kept.iter().map(|(_, one)| one.service.clone()).collect();
    let of_phone: Vec<String> = on_phone.iter().filter(|id| !ids.contains(id)).cloned().collect();
    page(&HelpHere {
        frame: door.frame,
        back: door.back,
        action: door.action,
        family: door.family,
        name: given(&file.record),
        gone: shelf.gone(),
        list: shelf.cards(&ids),
        of_phone: shelf.cards(&of_phone),
        parts: parts.into_iter().filter(|part| !part.cards.is_empty()).collect(),
    })
}

/// What a page draws services from.
struct Shelf<'a> {
    offer: &'a LocalOffer,
    file: &'a CaseFile,
    today: Date,
    family: bool,
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
        let kept = self.file.record.kept_services();
        ids.iter()
            .filter_map(shown)
            .map(|service| {
                let on_list = kept.iter().find(|(_, one)| one.service == service.id);
                HelpCard {
                    id: service.id.clone(),
                    kept: on_list.is_some(),
                    put: on_list.map(|(header, one)| self.put(header, one)).unwrap_or_default(),
                    fixed: on_list.is_some_and(|(_, one)| !may_take_off(self.family, one)),
                    card: card(service, None, self.today, ""),
                    hidden: (self.hidden)(),
                }
            })
            .collect()
    }

    /// Services on the list that the Local Offer no longer shows, by the name they had.
    fn gone(&self) -> Vec<(String, String, Option<Hidden>)> {
        let kept = self.file.record.kept_services();
        let services = &self.offer.directory.services;
        let shown = |id: &str| services.get(id).is_some_and(Service::is_shown);
        let gone = kept.into_iter().filter(|(_, one)| !shown(&one.service));
        gone.map(|(_, one)| {
            let form = may_take_off(self.family, one).then(|| (self.hidden)());
            (one.service.clone(), one.name.clone(), form)
        })
        .collect()
    }

    /// Who put a service on the list, and when; nothing to a family of what it put there itself.
    fn put(&self, header: &Header, one: &ServiceKept) -> String {
        let Some(by) = &one.by else {
            return if self.family { String::new() } else { word("here", "by-family") };
        };
        let people = self.file.record.people();
        let tied = people.iter().find(|tied| tied.person.as_str() == header.actor);
        let what = tied.and_then(|tied| tied.adviser.clone()).unwrap_or_else(|| role("officer"));
        let words = word("here", "put-by").replace("{on}", &date_words(header.on));
        // Last, so that nothing in a name is taken for a place to fill.
        words.replace("{who}", &format!("{by}, {what}"))
    }
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

async fn change(
    web: &Web,
    me: &Me,
    child: &ChildId,
    file: &CaseFile,
    typed: &Typed,
) -> Result<(), Problem> {
    let on = match typed.get("act") {
        "on" => true,
        "off" => false,
        _ => return Err(Problem::NotFound),
    };
    let change = ListChange { service: typed.get("service"), on };
    web.app.change_list(me, child, file, change, &typed.form()).await
}
