//! Who uses the service in a load test, and which pages they open: signed in by their own links, with
//! the cases that their own pages lead them to.

use std::sync::Arc;

use hyper::Uri;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use sendero_testkit::browser::{Browser, Sender, sender};

use crate::Outcome;
use crate::drive::Ask;

/// Of ten requests of the mix, so many are an officer's case page and so many a family's; the rest are
/// today's lists.
const CASES_IN_TEN: u32 = 5;
const CHILDREN_IN_TEN: u32 = 2;
/// Requests in a mix: more than any run sends, so that none comes round again.
const MIX: usize = 20_000;
/// The most pages of an officer's children that are looked through.
const PAGES_MOST: usize = 40;

/// Somebody who is signed in, and the references of the children that they can open.
pub(crate) struct Visitor {
    cookie: Arc<str>,
    references: Vec<String>,
}

/// Everybody.
pub(crate) struct Visitors {
    pub(crate) client: Sender,
    pub(crate) officers: Vec<Visitor>,
    pub(crate) parents: Vec<Visitor>,
    address: String,
    mark: String,
}

impl Visitors {
    /// Signs in everybody of a list of lines `ROLE URL NAME`.
    pub(crate) async fn sign_in(address: &str, links: &str) -> Outcome<Self> {
        let client = sender();
        let (mut officers, mut parents) = (Vec::new(), Vec::new());
        for line in links.lines() {
            let mut words = line.split(' ');
            let (Some(role), Some(link)) = (words.next(), words.next()) else { continue };
            let mut browser = Browser::new(&client, address);
            if !browser.sign_in_by(link).await? {
                return Err("a link did not sign its owner in".into());
            }
            let references = match role {
                "officer" => cases_of(&mut browser).await?,
                _ => children_of(&mut browser).await?,
            };
            // An officer or a family without a case opens no page of one.
            if !references.is_empty() {
                let visitor = Visitor { cookie: browser.cookie().into(), references };
                if role == "officer" { officers.push(visitor) } else { parents.push(visitor) }
            }
        }
        if officers.is_empty() || parents.is_empty() {
            return Err("nobody could be signed in".into());
        }
        let start = Browser::new(&client, address).get("/").await?;
        let mark = between(&start.html, "\"/assets/", ".svg").ok_or("a page without its mark")?;
        let mark = format!("/assets/{mark}.svg");
        Ok(Self { client, officers, parents, address: address.to_owned(), mark })
    }

    /// How many cases the officers have between them.
    pub(crate) fn cases(&self) -> usize {
        self.officers.iter().map(|officer| officer.references.len()).sum()
    }

    /// What people ask for in the course of a morning, drawn by a seed.
    pub(crate) fn mix(&self, seed: u64) -> Vec<Ask> {
        let mut dice = StdRng::seed_from_u64(seed);
        let mut one = || {
            let kind = match dice.random_range(0..10) {
                n if n < CASES_IN_TEN => Ask::CASE,
                n if n < CASES_IN_TEN + CHILDREN_IN_TEN => Ask::CHILD,
                _ => Ask::TODAY,
            };
            self.draw(kind, &mut dice)
        };
        (0..MIX).filter_map(|_| one()).collect()
    }

    /// As many requests of one kind.
    pub(crate) fn of_kind(&self, kind: &'static str) -> Vec<Ask> {
        let mut dice = StdRng::seed_from_u64(3);
        (0..MIX).filter_map(|_| self.draw(kind, &mut dice)).collect()
    }

    /// The page of this server that costs least: a picture of a few hundred bytes, which it holds in
    /// memory and gives to anybody.
    pub(crate) fn hello(&self) -> Vec<Ask> {
        self.ask("plain", &self.mark, &Arc::from("")).into_iter().collect()
    }

    fn draw(&self, kind: &'static str, dice: &mut StdRng) -> Option<Ask> {
        let who = if kind == Ask::CHILD { &self.parents } else { &self.officers };
        let visitor = who.choose(dice)?;
        let reference = visitor.references.choose(dice)?;
        let path = match kind {
            Ask::CASE => format!("/case/{reference}"),
            Ask::CHILD => format!("/child/{reference}"),
            _ => "/today".to_owned(),
        };
        self.ask(kind, &path, &visitor.cookie)
    }

    fn ask(&self, kind: &'static str, path: &str, cookie: &Arc<str>) -> Option<Ask> {
        let uri: Uri = format!("{}{path}", self.address).parse().ok()?;
        Some(Ask { kind, uri, cookie: cookie.clone() })
    }
}

/// The references on an officer's own list of children, page after page.
async fn cases_of(browser: &mut Browser) -> Outcome<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for number in 1..=PAGES_MOST {
        let page = browser.get(&format!("/children?page={number}")).await?;
        let here = references(&page.html, "\"/case/");
        // A page beyond the last is the last.
        let fresh: Vec<String> = here.into_iter().filter(|one| !found.contains(one)).collect();
        if fresh.is_empty() {
            break;
        }
        found.extend(fresh);
    }
    Ok(found)
}

/// The references of a family's own children: their home is a list, or leads to the only one.
async fn children_of(browser: &mut Browser) -> Outcome<Vec<String>> {
    let page = browser.get("/home").await?;
    if let Some(only) = page.to.strip_prefix("/child/") {
        return Ok(vec![only.to_owned()]);
    }
    Ok(references(&page.html, "\"/child/"))
}

fn references(text: &str, before: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split(before)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|one| one.chars().all(|c| c.is_ascii_alphanumeric()))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}
