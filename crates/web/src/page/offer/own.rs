//! Our own pages, measured as the server draws them: each is drawn as for a visitor, its text read by
//! the published formula, and its links followed from `/offer` to a named contact. Nothing is written
//! down by hand; what is measured is what would be sent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use sendero_app::house::law::reading_age;
use sendero_app::house::offer::audit::READ_BY;
use sendero_app::{AreaDetail, LocalOffer, Problem};

use super::{find, guide};
use crate::page::Stop;
use crate::server::Web;
use crate::session::Visitor;

/// Where families begin.
const BEGIN: &str = "/offer";
/// More pages than this are not measured.
const PAGES_MOST: usize = 100;
/// The longest page in bytes.
const BYTES_MOST: usize = 1 << 20;

/// One of our own pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnPage {
    /// Its address.
    pub(crate) path: String,
    /// Its heading.
    pub(crate) title: String,
    /// The age at which it is read.
    pub(crate) age: u8,
    /// For a guide that names a contact: the clicks from `/offer`.
    pub(crate) clicks: Option<usize>,
}

impl OwnPage {
    /// Whether somebody of [`READ_BY`] can read it.
    pub(crate) fn is_readable(&self) -> bool {
        f64::from(self.age) < READ_BY + 1.0
    }

    /// Whether it is a guide, which has to lead to somebody.
    pub(crate) fn is_guide(&self) -> bool {
        self.path.starts_with("/offer/guide/")
    }
}

/// What was measured, by area, with the Local Offer and the day that it is of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held(Arc<Mutex<BTreeMap<String, Measured>>>);

type Measured = (Arc<LocalOffer>, Date, Arc<Vec<OwnPage>>);

/// An area's own pages, drawn again where its Local Offer or the day has changed.
pub(super) async fn pages(web: &Web, area: &AreaDetail) -> Result<Arc<Vec<OwnPage>>, Stop> {
    let offer = web.app.shown_offer(&area.code).await?;
    let today = web.app.now().today;
    let held = web.own.0.lock().ok().and_then(|held| held.get(&area.code).cloned());
    if let Some((of, on, pages)) = held
        && Arc::ptr_eq(&of, &offer)
        && on == today
    {
        return Ok(pages);
    }
    let pages = Arc::new(measured(web, area).await?);
    let readable = pages.iter().filter(|one| one.is_readable()).count();
    web.app.note_own_pages(&area.code, readable, pages.len()).await?;
    if let Ok(mut held) = web.own.0.lock() {
        held.insert(area.code.clone(), (offer, today, pages.clone()));
    }
    Ok(pages)
}

/// Draws the pages that links lead to from the first one, nearest first.
async fn measured(web: &Web, area: &AreaDetail) -> Result<Vec<OwnPage>, Stop> {
    let mut pages = Vec::new();
    let mut seen = BTreeSet::from([BEGIN.to_owned()]);
    let mut next = VecDeque::from([(BEGIN.to_owned(), 0)]);
    while let Some((path, clicks)) = next.pop_front() {
        if pages.len() == PAGES_MOST {
            break;
        }
        let html = drawn(web, area, &path).await?;
        let main = between(&html, "<main", "</main>").unwrap_or_default();
        for link in links(main).filter(|link| is_own(link)) {
            if seen.insert(link.to_owned()) {
                next.push_back((link.to_owned(), clicks + 1));
            }
        }
        let age = reading_age(&text_of(main)).clamp(0.0, 99.0);
        let mut page = OwnPage {
            title: text_of(between(main, "<h1", "</h1>").unwrap_or_default()),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 99")]
            age: age as u8,
            clicks: None,
            path,
        };
        page.title.truncate(page.title.trim_end_matches('.').len());
        page.clicks = (page.is_guide() && names_somebody(main)).then_some(clicks);
        pages.push(page);
    }
    Ok(pages)
}

/// Guides, and lists by need, age and kind; entries are counted by themselves.
fn is_own(link: &str) -> bool {
    let lists = ["kind", "need", "ages"].map(|by| format!("/offer/search?{by}="));
    link.starts_with("/offer/guide/")
        || lists.iter().any(|list| link.starts_with(list)) && !link.contains('&')
}

/// The page at one of our own addresses, as anybody gets it who is not signed in.
async fn drawn(web: &Web, area: &AreaDetail, path: &str) -> Result<String, Stop> {
    let visitor = Visitor {
        me: None,
        area: area.clone(),
        csrf: String::new(),
        place: String::new(),
        browser: String::new(),
    };
    let web = State(web.clone());
    let answer = if let Some(id) = path.strip_prefix("/offer/guide/") {
        guide::show(web, visitor, Path(id.to_owned())).await?
    } else if let Some((by, what)) =
        path.strip_prefix("/offer/search?").and_then(|pair| pair.split_once('='))
    {
        let pairs = BTreeMap::from([(by.to_owned(), what.to_owned())]);
        find::search(web, visitor, Query(pairs)).await?
    } else {
        find::home(web, visitor).await?
    };
    let broken = || Problem::Broken(format!("{path} was not drawn"));
    let bytes = axum::body::to_bytes(answer.into_body(), BYTES_MOST).await;
    let bytes = bytes.map_err(|_| broken())?;
    Ok(String::from_utf8(bytes.to_vec()).map_err(|_| broken())?)
}

/// Whether a page says whom to ring: a number, and the page of the service that answers it.
fn names_somebody(main: &str) -> bool {
    let contact =
        main.split("<section").find(|part| part.contains("aria-label=\"Somebody to ring\""));
    let contact = contact.and_then(|part| part.split("</section>").next()).unwrap_or_default();
    contact.contains("href=\"tel:") && contact.contains("href=\"/offer/service/")
}

fn between<'a>(html: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = html.split_once(from)?;
    rest.split_once(to).map(|(part, _)| part.split_once('>').map_or(part, |(_, part)| part))
}

/// Where the links of a page lead.
fn links(main: &str) -> impl Iterator<Item = &str> {
    main.split("<a ").skip(1).filter_map(|part| {
        let (_, rest) = part.split('>').next()?.split_once("href=\"")?;
        rest.split('"').next()
    })
}

/// Elements that end what is said, as a full stop does.
const ENDS: [&str; 12] =
    ["p", "li", "h1", "h2", "h3", "dd", "dt", "div", "td", "th", "label", "legend"];

/// What a page says, each heading and line as a sentence of its own.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = tag.split_once('>') else { break };
        let ends = tag.strip_prefix('/').is_some_and(|name| ENDS.contains(&name));
        let is_open = !text.trim_end().ends_with(['.', '!', '?', ':']) && !text.trim().is_empty();
        text.push_str(if ends && is_open { ". " } else { " " });
        rest = after;
    }
    text.push_str(rest);
    let words: Vec<&str> = text.split_whitespace().collect();
    // A full stop that its line left alone belongs to the word before it.
    words.join(" ").replace(" .", ".").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_its_sentences() {
        for (html, text) in [
            ("<h1>Find help</h1><p>Ring <a href=\"tel:1\">us</a>.</p>", "Find help. Ring us."),
            ("<ul><li>One</li><li>Two</li></ul>", "One. Two."),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    #[test]
    fn somebody_is_named_by_number_and_service() {
        let named = "<section aria-label=\"Somebody to ring\"><a href=\"/offer/service/x\">A</a>\
                     <a href=\"tel:1\">1</a></section>";
        assert!(names_somebody(named));
        for other in [named.replace("tel:", "mailto:"), named.replace("/service/", "/search/")] {
            assert!(!names_somebody(&other), "{other}");
        }
        let links: Vec<&str> = links(named).collect();
        assert_eq!(links, ["/offer/service/x", "tel:1"]);
    }
}
