//! The handlers, in modules that mirror the addresses. Each reads what came, calls one use case and
//! draws the answer.

mod account;
mod adviser;
mod ask;
mod breaches;
mod calendar;
mod child;
mod demo;
mod disagree;
mod entry;
mod help;
mod keep;
mod law;
mod manager;
mod offer;
mod papers;
mod public;
mod sign_in;
mod staff;

use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use sendero_app::{FieldFault, Problem};

use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::form::{Filled, Hidden};
use crate::words;

/// What a handler answers.
pub(crate) use offer::OwnPages;

pub(crate) type Answer = Result<Response, Stop>;

/// Every page's routes.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .merge(public::routes())
        .merge(law::routes())
        .merge(offer::routes())
        .merge(help::routes())
        .merge(keep::routes())
        .merge(ask::routes())
        .merge(sign_in::routes())
        .merge(account::routes())
        .merge(demo::routes())
        .merge(child::routes())
        .merge(adviser::routes())
        .merge(staff::routes())
        .merge(manager::routes())
        .merge(breaches::routes())
}

/// Whether an address is of the open feed, which knows no visitors and may be read by any site.
pub(crate) fn is_feed(path: &str) -> bool {
    path == "/oruk/v3" || path.starts_with("/oruk/v3/")
}

/// Where no address of the open feed leads.
pub(crate) fn feed_nowhere() -> Response {
    offer::nowhere()
}

/// A page as an answer.
pub(crate) fn page(page: &impl Template) -> Answer {
    page_as(StatusCode::OK, page)
}

/// A page under a status: 422 for a form with problems.
pub(crate) fn page_as(status: StatusCode, page: &impl Template) -> Answer {
    match crate::view::html(page) {
        Ok(html) => Ok((status, html).into_response()),
        Err(error) => Err(Problem::Broken(error.to_string()).into()),
    }
}

/// "Go on there", after something was done.
pub(crate) fn go(to: &str) -> Answer {
    Ok(Redirect::to(to).into_response())
}

/// What was typed on the page before, to go with the next form; its marks are made anew.
pub(crate) fn carried(typed: &Typed) -> Vec<(String, String)> {
    let fields = typed.fields().iter();
    fields
        .filter(|(field, _)| !matches!(field.as_str(), "csrf" | "command" | "seen" | "act"))
        .flat_map(|(field, values)| values.iter().map(|value| (field.clone(), value.clone())))
        .collect()
}

/// A form as it was typed, with its problems.
pub(crate) fn filled(name: &str, typed: &Typed, faults: &[FieldFault]) -> Filled {
    let mut filled = Filled::about(name);
    for (field, values) in typed.fields() {
        for value in values {
            filled = filled.with(field, value);
        }
    }
    with_faults(filled, faults)
}

/// The same form with these problems.
pub(crate) fn with_faults(filled: Filled, faults: &[FieldFault]) -> Filled {
    faults.iter().fold(filled, |filled, fault| filled.wrong(&fault.field, &words::fault(fault)))
}

/// The day in three boxes; none where all are empty.
pub(crate) fn typed_day(typed: &Typed, field: &str) -> Result<Option<Date>, FieldFault> {
    let part = |name: &str| typed.get(&format!("{field}-{name}")).trim().to_owned();
    sendero_app::read_date(field, &part("day"), &part("month"), &part("year"))
}

/// A form with this day in three boxes.
pub(crate) fn today_filled(filled: Filled, field: &str, day: Date) -> Filled {
    filled
        .with(&format!("{field}-day"), &day.day().to_string())
        .with(&format!("{field}-month"), &day.month().to_string())
        .with(&format!("{field}-year"), &day.year().to_string())
}

/// The day that a form holds in three boxes, if it is one.
pub(crate) fn held_day(filled: &Filled, field: &str) -> Option<Date> {
    let part = |name: &str| filled.value(&format!("{field}-{name}"));
    sendero_app::read_date(field, part("day"), part("month"), part("year")).ok().flatten()
}

/// A form as a page shows it: its marks, what is in it, and the status of the answer.
pub(crate) struct Shown {
    pub(crate) hidden: Hidden,
    pub(crate) filled: Filled,
    pub(crate) status: StatusCode,
}

impl Shown {
    /// A form that nobody has sent yet.
    pub(crate) fn fresh(hidden: Hidden, filled: Filled) -> Self {
        Self { hidden, filled, status: StatusCode::OK }
    }

    /// A form as it was sent, under the marks of the same act; `name` is the child's.
    pub(crate) fn typed(visitor: &Visitor, typed: &Typed, name: &str) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self { hidden: visitor.again(typed), filled: filled(name, typed, &[]), status }
    }

    /// The same form, with which nothing is wrong: somebody comes back to it.
    pub(crate) fn well(self) -> Self {
        Self { status: StatusCode::OK, ..self }
    }

    /// The same form with this problem at a field.
    pub(crate) fn wrong(self, field: &str, text: &str) -> Self {
        Self { filled: self.filled.wrong(field, text), ..self }
    }

    /// The same form with what can be mended in it.
    pub(crate) fn mend(self, problem: Problem, field: &str) -> Result<Self, Stop> {
        Ok(Self { filled: mend(problem, self.filled, field)?, ..self })
    }

    /// What came of the act: on to another page, or the form once more with what is wrong.
    pub(crate) fn after(
        self,
        done: Result<(), Problem>,
        to: &str,
        field: &str,
        again: impl FnOnce(Self) -> Answer,
    ) -> Answer {
        match done {
            Ok(()) => go(to),
            Err(problem) => again(self.mend(problem, field)?),
        }
    }
}

/// What can be mended in the form itself: a field's problem or a refusal, at `field`. Anything else
/// goes on to its own page.
pub(crate) fn mend(problem: Problem, filled: Filled, field: &str) -> Result<Filled, Stop> {
    match problem {
        Problem::Invalid(faults) => Ok(with_faults(filled, &faults)),
        Problem::Refused(refusal) => Ok(filled.wrong(field, &words::refusal(&refusal))),
        other => Err(other.into()),
    }
}
