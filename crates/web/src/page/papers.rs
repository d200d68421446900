//! Papers as pages: a letter filled from what is known, the family's to change, and the same ready
//! to print. Nothing that is typed is kept; it goes from form to form.

use axum::http::StatusCode;
use jiff::civil::Date;
use sendero_app::papers::{Paper, PaperFacts, Way, write};

use super::{Answer, page, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::Filled;
use crate::view::paper::{PaperForm, PaperSheet, WayRow};
use crate::view::{Frame, Link};

/// Where a paper stands: what is around it, the page before, and its own address.
pub(super) struct Place {
    pub(super) frame: Frame,
    pub(super) back: Link,
    pub(super) action: String,
}

/// The letters that a paper may have: as long as any other text that is typed.
const LETTERS_MAX: usize = 20_000;

/// A way as a row; `href` is the address of its paper.
pub(super) fn row(way: &Way, href: String, today: Date) -> WayRow {
    WayRow {
        paper: Link { href, text: way.paper.title.clone() },
        route: way.paper.route.clone(),
        when: way.paper.when.clone(),
        by: way.by,
        passed: way.by.is_some_and(|by| by < today),
    }
}

/// The paper with what is known, to be changed.
pub(super) fn begin(
    web: &Web,
    visitor: &Visitor,
    place: Place,
    paper: &Paper,
    facts: &PaperFacts,
) -> Answer {
    let filled = Filled::default().with("text", &write(paper, facts, web.app.now().today));
    form(web, visitor, place, paper, filled, StatusCode::OK)
}

/// What was changed: ready to print, or to be changed again.
pub(super) fn go_on(
    web: &Web,
    visitor: &Visitor,
    place: Place,
    paper: &Paper,
    typed: &Typed,
) -> Answer {
    let text = typed.get("text");
    let filled = Filled::default().with("text", text);
    if text.chars().count() > LETTERS_MAX {
        let fault = crate::words::limit("too-long", LETTERS_MAX as u64);
        let wrong = filled.wrong("text", &fault);
        return form(web, visitor, place, paper, wrong, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if typed.get("act") == "change" {
        return form(web, visitor, place, paper, filled, StatusCode::OK);
    }
    page(&PaperSheet {
        frame: place.frame,
        back: place.back,
        title: paper.title.clone(),
        text: text.to_owned(),
        hidden: visitor.hidden(web, None),
        action: place.action,
    })
}

fn form(
    web: &Web,
    visitor: &Visitor,
    place: Place,
    paper: &Paper,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    page_as(
        status,
        &PaperForm {
            frame: place.frame,
            back: place.back,
            title: paper.title.clone(),
            route: paper.route.clone(),
            when: paper.when.clone(),
            hidden: visitor.hidden(web, None),
            action: place.action,
            filled,
        },
    )
}
