//! `/offer/pack`: the Local Offer on paper, for a library, a waiting room and whoever has no internet
//! (SEND Regulations 2014, regulation 57): by need, with numbers to ring.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use jiff::civil::Date;
use sendero_app::LocalOffer;
use sendero_app::house::offer::Service;

use super::{cards, find};
use crate::page::entry::terms_of;
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::Link;
use crate::view::offer::Checked;
use crate::view::pack::{Pack, PackLine, PackPart};
use crate::words::word;

/// Services of one need where all needs are in the pack, and where it is the only one.
const EACH_MOST: usize = 25;
const ONE_MOST: usize = 250;
/// The longest line about a service, in characters.
const ABOUT_MOST: usize = 140;

pub(super) async fn show(
    State(web): State<Web>,
    visitor: Visitor,
    Query(pairs): Query<BTreeMap<String, String>>,
) -> Answer {
    let offer = web.app.shown_offer(&visitor.area.code).await?;
    let today = web.app.now().today;
    let needs = terms_of("need");
    let wanted = pairs.get("need").filter(|need| needs.iter().any(|(word, _)| word == *need));
    let mut parts = Vec::new();
    for (need, name) in &needs {
        if wanted.is_none_or(|wanted| wanted == need) {
            let facet = format!("need/{need}");
            let most = if wanted.is_some() { ONE_MOST } else { EACH_MOST };
            let (lines, left) = lines(&offer, most, today, &|one| one.has(&facet));
            if !lines.is_empty() {
                parts.push(PackPart { name: name.clone(), lines, left });
            }
        }
    }
    // What is for everybody stands in every pack.
    let any = |one: &Service| one.words_of("need").next().is_none();
    let (lines, left) = lines(&offer, EACH_MOST, today, &any);
    parts.push(PackPart { name: word("pack", "everybody"), lines, left });
    let one = wanted.and_then(|wanted| needs.iter().find(|(word, _)| word == wanted));
    page(&Pack {
        frame: find::frame(&web, &visitor),
        today,
        need: one.map(|(_, name)| name.clone()),
        parts,
        packs: needs
            .iter()
            .map(|(need, name)| Link {
                href: format!("/offer/pack?need={need}"),
                text: name.clone(),
            })
            .collect(),
    })
}

/// The services that fit, those first that families can ring themselves, and how many are left out.
fn lines(
    offer: &LocalOffer,
    most: usize,
    today: Date,
    fits: &dyn Fn(&Service) -> bool,
) -> (Vec<PackLine>, usize) {
    let shown = offer.directory.services.values().filter(|one| one.is_shown() && fits(one));
    let mut services: Vec<&Service> = shown.collect();
    services.sort_by_key(|one| {
        let rung = one.phones.is_empty();
        (one.wait.is_none_or(|wait| wait.weeks > 0), rung, one.name.clone())
    });
    let left = services.len().saturating_sub(most);
    let line = |one: &&Service| {
        let facts = [cards::ages(one), cards::cost(one), cards::wait(one)];
        PackLine {
            name: one.name.clone(),
            about: cards::short(&one.description, ABOUT_MOST),
            facts: facts.into_iter().flatten().collect::<Vec<_>>().join(". "),
            next: one.next_step.clone(),
            phone: one.phones.first().map(|phone| phone.number.clone()).unwrap_or_default(),
            ask_for: one.ask_for.clone(),
            place: cards::places(&offer.directory, one).into_iter().next().unwrap_or_default(),
            old: matches!(cards::checked(one, today), Checked::LongAgo(_) | Checked::NotSaid),
        }
    };
    (services.iter().take(most).map(line).collect(), left)
}
