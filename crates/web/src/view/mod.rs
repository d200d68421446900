//! What each page shows, as plain values: every page is a struct here and a file in `templates/`
//! that turns it into HTML. Nothing here reads a record, a clock or a request.

pub mod account;
pub mod advice;
pub mod adviser;
pub mod audit;
pub mod clock;
pub mod comment;
pub mod family;
pub(crate) mod filters;
pub mod form;
pub mod guide;
pub mod happening;
pub mod keep;
pub mod log;
pub mod manager;
pub mod map;
pub mod offer;
pub mod officer;
pub mod pack;
pub mod paper;
pub mod parts;
pub mod public;
pub mod request;
pub mod span;
pub mod terms;

pub use filters::in_full;

use askama::Template;
use axum::response::Html;
use jiff::civil::Date;

/// Draws a page from its view model.
///
/// # Errors
/// When a template cannot be written out; the page's own values cannot cause it.
pub fn html(page: &impl Template) -> Result<Html<String>, askama::Error> {
    page.render().map(Html)
}

/// The area a page speaks for, and the people a family can ring from any page.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its short name ("Aldermere").
    pub name: String,
    /// Whether it is made up, for a demonstration.
    pub pretend: bool,
    /// The telephone number of its SEND team.
    pub phone: String,
    /// When somebody answers it ("Monday to Friday, 8.30am to 5.30pm").
    pub hours: String,
    /// The free advice service that is not the council's.
    pub advice: String,
    /// The advice service's telephone number.
    pub advice_phone: String,
}

/// What stands around a page: who is looking, and where they are.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The area.
    pub area: Area,
    /// Whose page it is.
    pub kind: Kind,
    /// The part of the menu that the page belongs to.
    pub tab: Tab,
}

impl Frame {
    fn is_staff(&self) -> bool {
        matches!(self.kind, Kind::Staff { .. } | Kind::Guest { .. })
    }

    fn on(&self, tab: &str) -> bool {
        self.tab.name() == tab
    }
}

/// Whose page it is; the menu follows from it.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Anybody's.
    Public,
    /// A page about one child, for the family.
    Family {
        /// Where the child's pages start ("/child/ALD-2609-0417").
        base: String,
    },
    /// One question of a form: no menu, so that nothing pulls away from it.
    Question,
    /// An officer's or a manager's.
    Staff {
        /// The person's name.
        name: String,
        /// What they are here ("case officer").
        role: String,
        /// How many lines are in today's list, where known.
        today: Option<u32>,
        /// How many children are with them, where known.
        children: Option<u32>,
        /// Whether they lead the team.
        manager: bool,
        /// As at which day the page speaks.
        as_at: Date,
        /// And which time of that day ("8.12am").
        at: String,
    },
    /// Somebody who came by a link, for one thing: no menu, no search.
    Guest {
        /// Where their pages start.
        home: &'static str,
        /// The person's name.
        name: String,
        /// What they are ("educational psychologist").
        role: String,
        /// As at which day the page speaks.
        as_at: Date,
        /// And which time of that day.
        at: String,
    },
}

/// The parts that menus lead to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the names are the menu's own words")]
pub enum Tab {
    None,
    Help,
    Ask,
    Rights,
    Case,
    Messages,
    People,
    Today,
    MyChildren,
    Forecast,
    Gaps,
    Children,
    Offer,
}

impl Tab {
    fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Help => "help",
            Self::Ask => "ask",
            Self::Rights => "rights",
            Self::Case => "case",
            Self::Messages => "messages",
            Self::People => "people",
            Self::Today => "today",
            Self::MyChildren => "mine",
            Self::Forecast => "forecast",
            Self::Gaps => "gaps",
            Self::Children => "children",
            Self::Offer => "offer",
        }
    }
}

/// A link with its words.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it goes.
    pub href: String,
    /// What it says.
    pub text: String,
}
