//! Where to begin, and what was found. The words stay in the address, so that a search can be kept,
//! sent and gone back to; nothing of it is written down here.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use sendero_app::LocalOffer;
use sendero_app::Problem;
use sendero_app::house::offer::search::{ConceptKind, Found, Narrow, Understood, WORDS_MOST, When};
use sendero_app::house::offer::{Delivery, Route, built_in, term_of};

use super::cards::{card, encoded};
use super::{guide, map};
use crate::draw::{capital, frame_of};
use crate::page::entry::terms_of;
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::offer::{ActToday, Chip, Danger, Home, Narrowing, Search};
use crate::view::{Frame, Link, Tab};
use crate::words::word;

/// Services of one page.
const CARDS: usize = 20;
/// The most that a list shows, page after page.
const CARDS_MOST: usize = 400;

pub(super) fn frame(web: &Web, visitor: &Visitor) -> Frame {
    Frame { tab: Tab::Help, ..frame_of(&web.app, visitor) }
}

pub(super) async fn home(State(web): State<Web>, visitor: Visitor) -> Answer {
    let offer = web.app.shown_offer(&visitor.area.code).await?;
    let kinds = built_in().iter().find(|taxonomy| {
        taxonomy
            .terms
            .first()
            .is_some_and(|term| term_of("kind/early-years").is_some_and(|of| of.term == term.id))
    });
    let kinds = kinds.map(|taxonomy| taxonomy.terms.as_slice()).unwrap_or_default();
    let kinds = kinds
        .iter()
        .filter_map(|term| {
            let facet = sendero_app::house::offer::facet_of(&term.id)?;
            let word = facet.strip_prefix("kind/")?;
            let any = offer.directory.services.values().any(|one| one.is_shown() && one.has(facet));
            any.then(|| Link {
                href: format!("/offer/search?kind={word}"),
                text: term.name.clone(),
            })
        })
        .collect();
    let shown = || offer.directory.services.values().filter(|one| one.is_shown());
    let needs = terms_of("need").into_iter().filter(|(word, _)| {
        let facet = format!("need/{word}");
        shown().any(|one| one.has(&facet))
    });
    page(&Home {
        frame: frame(&web, &visitor),
        guides: guide::rows(),
        needs: needs
            .map(|(word, text)| Link { href: format!("/offer/search?need={word}"), text })
            .collect(),
        ages: AGES
            .iter()
            .map(|ages| Link {
                href: format!("/offer/search?ages={ages}"),
                text: word("offer-ages", ages),
            })
            .collect(),
        kinds,
        count: shown().count(),
    })
}

/// Ages to look by, as lists offer them.
const AGES: [&str; 4] = ["0-4", "5-10", "11-15", "16-25"];

/// What the address of a search says.
struct Asked(BTreeMap<String, String>);

impl Asked {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn is(&self, name: &str) -> bool {
        self.get(name) == "1"
    }

    /// The same search with one thing otherwise.
    fn with(&self, name: &str, value: &str) -> String {
        let mut other = self.0.clone();
        other.remove("from");
        other.insert(name.to_owned(), value.to_owned());
        let pairs: Vec<String> = other
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        format!("/offer/search?{}", pairs.join("&"))
    }
}

/// What can be asked of a list, by the names of its boxes, in three groups.
const BOXES: [(&str, &[&str]); 3] = [
    ("what", &["free", "no-referral", "no-diagnosis", "no-plan"]),
    ("where", &["near", "home", "phone"]),
    ("when", &["after-school", "weekend", "holidays"]),
];

fn narrow_of(asked: &Asked) -> Narrow {
    let facets = ["kind", "need"].map(|of| format!("{of}/{}", asked.get(of)));
    let ages = asked.get("ages").split_once('-');
    let ages = ages.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let mut delivery = Vec::new();
    if asked.is("home") {
        delivery.push(Delivery::Home);
    }
    if asked.is("phone") {
        delivery.extend([Delivery::Phone, Delivery::Online]);
    }
    let whens = [
        ("after-school", When::AfterSchool),
        ("weekend", When::Weekend),
        ("holidays", When::Holidays),
    ];
    Narrow {
        free: asked.is("free"),
        no_referral: asked.is("no-referral"),
        no_diagnosis: asked.is("no-diagnosis"),
        no_plan: asked.is("no-plan"),
        within_miles: asked.is("near").then_some(3.0),
        delivery,
        when: whens.into_iter().filter(|(name, _)| asked.is(name)).map(|(_, when)| when).collect(),
        facets: facets
            .iter()
            .filter_map(|facet| term_of(facet).map(|of| of.facet.clone()))
            .collect(),
        ages,
    }
}

pub(super) async fn search(
    State(web): State<Web>,
    visitor: Visitor,
    Query(pairs): Query<BTreeMap<String, String>>,
) -> Answer {
    let mut asked = Asked(pairs);
    let words: String = asked.get("words").trim().chars().take(WORDS_MOST).collect();
    asked.0.insert("words".to_owned(), words.clone());
    let offer = web.app.shown_offer(&visitor.area.code).await?;
    let mut understood = offer.finder.understand(&words);
    if asked.get("age") == "any" {
        understood.ages = None;
    }
    if asked.get("place") == "any" {
        understood.place = None;
    }
    let narrow = narrow_of(&asked);
    let show = asked.get("show").parse().unwrap_or(CARDS).clamp(1, CARDS_MOST);
    let found = offer
        .finder
        .find(&understood, &narrow, show)
        .map_err(|error| Problem::Broken(error.to_string()))?;
    let (heading, among) = among(&asked, &narrow);
    let map = map::map(&offer, &found.hits, understood.place.as_ref().and_then(|one| one.point));
    // A list that is gone on with or narrowed is the same search again.
    if !understood.is_blank() && asked.get("show").is_empty() && narrow == Narrow::default() {
        let (area, visit) = (&visitor.area.code, &visitor.csrf);
        let counted = web.app.count_search(area, &understood, found.fallback, visit).await;
        if let Err(problem) = counted {
            // What somebody looks for is more than that it was counted.
            tracing::warn!(%problem, "a search was not counted");
        }
    }
    let today = web.app.now().today;
    let back = asked.with("from", "");
    let on_map: Vec<usize> = map.iter().flat_map(|map| &map.places).map(|one| one.number).collect();
    let cards = found.hits.iter().enumerate().filter_map(|(at, hit)| {
        let service = offer.directory.services.get(&hit.id)?;
        let mut card = card(service, hit.miles, today, &back);
        if let Some((_, area)) = offer.across.get(&hit.id) {
            card.facts.push(format!("{} {area}", word("offer", "across")));
        }
        if on_map.contains(&(at + 1)) {
            card.facts.push(format!("{} {}", word("offer", "on-map"), at + 1));
        }
        Some(card)
    });
    let boxes = BOXES.map(|(legend, list)| {
        let boxes = list.iter().map(|name| Narrowing {
            name,
            label: word("offer-box", name),
            on: asked.is(name),
        });
        (word("offer-box", legend), boxes.collect::<Vec<_>>())
    });
    page(&Search {
        frame: frame(&web, &visitor),
        heading,
        among,
        map,
        topics: topics(&understood),
        for_age: age_words(understood.ages),
        chips: chips(&asked, &understood),
        dangers: dangers(understood.dangers.iter().map(String::as_str)),
        narrowed: boxes.iter().flat_map(|(_, list)| list).filter(|one| one.on).count(),
        narrow: boxes,
        today: act_today(&offer, &found),
        cards: cards.collect(),
        total: found.total,
        more: (found.total > show).then(|| asked.with("show", &(show + CARDS).to_string())),
        fallback: found.fallback,
        relaxed: found.relaxed,
        place_unknown: understood.place.as_ref().is_some_and(|place| place.point.is_none()),
        put_right: understood.put_right,
        hidden: visitor.hidden(&web, None),
        words,
    })
}

/// What a list is of, where no words say it, and what goes with every search within it.
fn among(asked: &Asked, narrow: &Narrow) -> (String, Vec<(&'static str, String)>) {
    let mut names: Vec<String> =
        narrow.facets.iter().filter_map(|facet| term_of(facet)).map(|of| of.name.clone()).collect();
    let mut pairs: Vec<(&'static str, String)> = Vec::new();
    for (name, facet) in ["kind", "need"].into_iter().flat_map(|name| {
        let of = narrow.facets.iter();
        of.filter_map(move |facet| Some((name, facet.strip_prefix(name)?.strip_prefix('/')?)))
    }) {
        pairs.push((name, facet.to_owned()));
    }
    if let Some((from, to)) = narrow.ages {
        let said = AGES.contains(&asked.get("ages"));
        let ages =
            if said { word("offer-ages", asked.get("ages")) } else { format!("{from} to {to}") };
        names.push(format!("{} {}", word("offer", "ages"), ages.to_lowercase()));
        pairs.push(("ages", format!("{from}-{to}")));
    }
    (capital(&names.join(", ")), pairs)
}

/// What is wanted or needed, at most three.
fn topics(understood: &Understood) -> Vec<String> {
    let told = understood.concepts.iter().filter(|one| one.kind != ConceptKind::Act);
    let mut names: Vec<String> = told.map(|one| one.name.clone()).collect();
    names.dedup();
    names.truncate(3);
    names
}

fn age_words(ages: Option<(u8, u8)>) -> String {
    match ages {
        None => String::new(),
        Some((0, 0)) => "a baby".to_owned(),
        Some((from, to)) if from == to => {
            let an = if matches!(from, 8 | 11 | 18) { "an" } else { "a" };
            format!("{an} {from}\u{a0}year old")
        }
        Some((from, to)) => format!("ages {from} to {to}"),
    }
}

fn chips(asked: &Asked, understood: &Understood) -> Vec<Chip> {
    let mut chips = Vec::new();
    for one in understood.concepts.iter().filter(|one| !one.words.is_empty()) {
        let without = without(asked.get("words"), understood, &one.words);
        if chips.iter().all(|known: &Chip| known.text != one.name) {
            chips.push(Chip { text: one.name.clone(), without: asked.with("words", &without) });
        }
    }
    if let Some((from, to)) = understood.ages {
        let text = if from == to { format!("age {from}") } else { format!("ages {from} to {to}") };
        chips.push(Chip { text, without: asked.with("age", "any") });
    }
    if let Some(place) = &understood.place {
        let text = format!("near {}", place.name);
        chips.push(Chip { text, without: asked.with("place", "any") });
    }
    chips
}

/// The words as typed, without those that meant something.
fn without(typed: &str, understood: &Understood, meant: &str) -> String {
    let meant: Vec<&str> = meant.split(' ').collect();
    let is_meant = |word: &str| {
        let bare: String = word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let read = understood.put_right.iter().find(|(typed, _)| *typed == bare);
        let bare = read.map_or(bare.as_str(), |(_, read)| read.as_str());
        meant.contains(&bare)
    };
    typed.split_whitespace().filter(|word| !is_meant(word)).collect::<Vec<_>>().join(" ")
}

/// The help that words of danger call for, each once.
pub(super) fn dangers<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<Danger> {
    let mut dangers: Vec<Danger> = Vec::new();
    for word in words {
        let danger = match word {
            "abuse" => Danger::Abuse,
            "missing" => Danger::Missing,
            "ill" => Danger::Ill,
            _ => Danger::Life,
        };
        if !dangers.contains(&danger) {
            dangers.push(danger);
        }
    }
    dangers
}

/// How far down the list somebody to ring today is looked for.
const TODAY_AMONG: usize = 8;

/// The best of those found whom a family can ring itself and who has no wait.
fn act_today(offer: &LocalOffer, found: &Found) -> Option<ActToday> {
    found.hits.iter().take(TODAY_AMONG).find_map(|hit| {
        let service = offer.directory.services.get(&hit.id)?;
        let phone = service.phones.first()?;
        let at_once = service.wait.is_some_and(|wait| wait.weeks == 0);
        (at_once && service.open_by(Route::Yourself)).then(|| ActToday {
            name: service.name.clone(),
            href: format!("/offer/service/{}", service.id),
            phone: phone.number.clone(),
        })
    })
}
