//! The Local Offer's pages: where to begin, what was found, one service, and a saved list.

use askama::Template;
use askama::filters::HtmlSafe;

use super::comment::SaidOne;
use super::form::{Filled, Hidden};
use super::guide::GuideRow;
use super::map::MapDrawing;
use super::parts::State;
use super::{Frame, Kind, Link, filters};

/// `/offer`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/home.html")]
pub struct Home {
    /// What stands around the page.
    pub frame: Frame,
    /// What may be happening, each with its guide.
    pub guides: Vec<GuideRow>,
    /// The needs that services are for, each with its list.
    pub needs: Vec<Link>,
    /// Ages, each with its list.
    pub ages: Vec<Link>,
    /// The kinds of help, each with its list.
    pub kinds: Vec<Link>,
    /// How many services there are.
    pub count: usize,
}

/// Something that was understood of the words, which can be taken away again.
#[derive(Clone, Debug)]
pub struct Chip {
    /// What was understood.
    pub text: String,
    /// The same search without it.
    pub without: String,
}

/// One box that narrows a list.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// Its name in the address.
    pub name: &'static str,
    /// Its words.
    pub label: String,
    /// Whether it is ticked.
    pub on: bool,
}

/// How long ago an entry was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// Within six months.
    Lately(String),
    /// Within a year.
    Before(String),
    /// More than a year ago.
    LongAgo(String),
    /// Nobody has said.
    NotSaid,
}

/// A service in a list.
#[derive(Clone, Debug, Template)]
#[template(path = "offer/card.html")]
pub struct Card {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What it is.
    pub about: String,
    /// In few words each: ages, cost, how to get it, how far.
    pub facts: Vec<String>,
    /// The next step, or ''.
    pub next: String,
    /// The waiting time, or ''.
    pub wait: String,
    /// The number to ring, or ''.
    pub phone: String,
    /// When it was checked.
    pub checked: Checked,
}
impl HtmlSafe for Card {}

/// Somebody to ring today.
#[derive(Clone, Debug)]
pub struct ActToday {
    /// The service.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its number.
    pub phone: String,
}

/// Which help now comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the template says each")]
pub enum Danger {
    Life,
    Abuse,
    Missing,
    Ill,
}

/// `/offer/search`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/search.html")]
pub struct Search {
    /// What stands around the page.
    pub frame: Frame,
    /// What was typed.
    pub words: String,
    /// What the list is of where words do not say it ("Autism, ages 5 to 10"), or ''.
    pub heading: String,
    /// What goes with every search within it, by its name in the address.
    pub among: Vec<(&'static str, String)>,
    /// Where they are.
    pub map: Option<MapDrawing>,
    /// What was understood as wanted or needed ("talking and language").
    pub topics: Vec<String>,
    /// For which age ("a 3 year old"), or ''.
    pub for_age: String,
    /// What was understood.
    pub chips: Vec<Chip>,
    /// Words that were put right: as typed, as read.
    pub put_right: Vec<(String, String)>,
    /// Help that comes first.
    pub dangers: Vec<Danger>,
    /// The boxes: what it should be, where, when.
    pub narrow: [(String, Vec<Narrowing>); 3],
    /// How many of them are ticked.
    pub narrowed: usize,
    /// Somebody to ring today.
    pub today: Option<ActToday>,
    /// The services.
    pub cards: Vec<Card>,
    /// How many there are in all.
    pub total: usize,
    /// The next page of them.
    pub more: Option<String>,
    /// Nothing fitted; these are the nearest.
    pub fallback: bool,
    /// The age, the distance or the time was let go.
    pub relaxed: bool,
    /// Whether the place that was named is not known here.
    pub place_unknown: bool,
    /// The marks of the form by which somebody says that they did not find what they need.
    pub hidden: Hidden,
}

/// One line of a service's details.
#[derive(Clone, Debug)]
pub struct Detail {
    /// What it is.
    pub name: String,
    /// What is known of it.
    pub text: String,
}

/// `/offer/service/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/service.html")]
pub struct ServicePage {
    /// What stands around the page.
    pub frame: Frame,
    /// The search that led here.
    pub back: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Something that everybody must know now, or ''.
    pub alert: String,
    /// Whether it is closed for a while.
    pub closed: bool,
    /// When it was checked, and by whom.
    pub checked: Checked,
    /// By whom, or ''.
    pub checked_by: String,
    /// The next step, or ''.
    pub next: String,
    /// The number to ring, or ''.
    pub phone: String,
    /// Whom to ask for, or ''.
    pub ask_for: String,
    /// What happens, in order: first words and the rest.
    pub steps: Vec<(String, String)>,
    /// The details.
    pub details: Vec<Detail>,
    /// Its own page elsewhere.
    pub website: Option<String>,
    /// When nothing was found there, if that was so the last time.
    pub website_silent: Option<jiff::civil::Date>,
    /// Its address for e-mail, or ''.
    pub email: String,
    /// Its page in easy read, or ''.
    pub easy_read: String,
    /// Its film in British Sign Language, or ''.
    pub bsl: String,
    /// What was said of it, and what came of that.
    pub said: Vec<SaidOne>,
    /// Its id, for the saved list.
    pub id: String,
    /// Whether it is on the saved list.
    pub saved: bool,
    /// The marks of the form that saves it.
    pub hidden: Hidden,
}

/// `/offer/list`
#[derive(Clone, Debug, Template)]
#[template(path = "offer/list.html")]
pub struct Saved {
    /// What stands around the page.
    pub frame: Frame,
    /// The services, each with its id.
    pub cards: Vec<(String, Card)>,
    /// The marks of the forms that take one off.
    pub hidden: Hidden,
    /// Whether it has just been sent.
    pub sent: bool,
    /// `email`, as typed.
    pub filled: Filled,
}
