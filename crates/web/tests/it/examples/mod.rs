//! One example of every page, with invented people in a pretend area; the gallery draws them for
//! eyes and for the accessibility checker, the tests read them.

pub(crate) mod audit;
pub(crate) mod comment;
pub(crate) mod family;
pub(crate) mod family_dates;
pub(crate) mod guide;
pub(crate) mod keep;
pub(crate) mod log;
pub(crate) mod offer;
pub(crate) mod papers;
pub(crate) mod public;
pub(crate) mod request;
pub(crate) mod staff;
pub(crate) mod staff_acts;
pub(crate) mod staff_case;
pub(crate) mod staff_decide;
pub(crate) mod staff_moved;
pub(crate) mod staff_others;
pub(crate) mod staff_plan;
pub(crate) mod terms;

use sendero_web::view::form::Hidden;
use sendero_web::view::{Area, Frame, Kind, Link, Tab};

/// A page's file name and its HTML.
pub(crate) type Page = (&'static str, String);

/// Every page.
pub(crate) fn all() -> Vec<Page> {
    [
        public::pages(),
        offer::pages(),
        comment::pages(),
        audit::pages(),
        guide::pages(),
        keep::pages(),
        log::pages(),
        request::pages(),
        family::pages(),
        family_dates::pages(),
        papers::pages(),
        staff::pages(),
        staff_case::pages(),
        staff_acts::pages(),
        staff_decide::pages(),
        staff_plan::pages(),
        staff_moved::pages(),
        staff_others::pages(),
        terms::pages(),
    ]
    .concat()
}

pub(crate) fn area() -> Area {
    Area {
        name: "Aldermere".into(),
        pretend: true,
        phone: "01632 960 140".into(),
        hours: "Monday to Friday, 8.30am to 5.30pm".into(),
        advice: "Aldermere SENDIASS".into(),
        advice_phone: "01632 960 177".into(),
    }
}

pub(crate) fn hidden() -> Hidden {
    Hidden { csrf: "c5f1".into(), command: "8d0f".into(), seen: None }
}

pub(crate) fn link(text: &str, href: &str) -> Link {
    Link { href: href.into(), text: text.into() }
}

pub(crate) fn anybody(tab: Tab) -> Frame {
    Frame { area: area(), kind: Kind::Public, tab }
}

pub(crate) fn draw(name: &'static str, page: &impl askama::Template) -> Page {
    (name, page.render().unwrap_or_else(|problem| format!("{name} cannot be drawn: {problem}")))
}
