//! `/demo`: sets the day, where the clock can be set. Elsewhere there is no such page.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::{FieldFault, Problem, read_date};

use super::{Answer, filled, go, page, page_as};
use crate::draw::frame_of;
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::Filled;
use crate::view::public::DemoDay;

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/demo", get(form).post(set))
}

async fn form(State(web): State<Web>, visitor: Visitor) -> Answer {
    if !web.app.is_demo() {
        return Err(Problem::NotFound.into());
    }
    page(&DemoDay {
        frame: frame_of(&web.app, &visitor),
        hidden: visitor.hidden(&web, None),
        filled: Filled::default(),
        today: web.app.now().today,
    })
}

async fn set(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    if !web.app.is_demo() {
        return Err(Problem::NotFound.into());
    }
    let part = |part: &str| typed.get(&format!("day-{part}")).trim().to_owned();
    let fault = match read_date("day", &part("day"), &part("month"), &part("year")) {
        Ok(Some(day)) => {
            let _ = web.app.set_day(day);
            return go("/demo");
        }
        Ok(None) => FieldFault::of("day", "date-day"),
        Err(fault) => fault,
    };
    page_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &DemoDay {
            frame: frame_of(&web.app, &visitor),
            hidden: visitor.again(&typed),
            filled: filled("", &typed, &[fault]),
            today: web.app.now().today,
        },
    )
}
