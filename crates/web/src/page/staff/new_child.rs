//! `/children/new`: a request that came by post, e-mail or phone, about a child without a record.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::house::record::{Channel, Relation, Requester};
use sendero_app::{Arrival, FieldFault, PassedPlan, Problem};

use super::frame;
use crate::page::{Answer, filled, go, mend, page_as, today_filled, typed_day};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::{Filled, Hidden};
use crate::view::officer::NewChild;
use crate::view::{Link, Tab};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/children/new", get(form).post(open_record))
}

async fn form(State(web): State<Web>, visitor: Visitor) -> Answer {
    let filled = today_filled(Filled::default(), "on", web.app.now().today).with("how", "post");
    let hidden = visitor.hidden(&web, None);
    form_page(&web, &visitor, hidden, filled, StatusCode::OK).await
}

async fn form_page(
    web: &Web,
    visitor: &Visitor,
    hidden: Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let passed = web.app.passed_plans(visitor.me()?).await?;
    let row = |one: PassedPlan| {
        let link = Link {
            href: format!("/children/new/plan?passed={}", one.id),
            text: one.plan.name.full(),
        };
        let on = crate::view::in_full(one.plan.on);
        (link, format!("{} {}, {on}", words::word("head", "passed-from"), one.plan.from))
    };
    let pair = |list: &str, word: &str| (word.to_owned(), words::word(list, word));
    page_as(
        status,
        &NewChild {
            frame: frame(web, visitor, Tab::MyChildren),
            hidden,
            askers: Requester::ALL.iter().map(|by| pair("requester", by.word())).collect(),
            relations: relations(),
            filled,
            passed: passed.into_iter().map(row).collect(),
        },
    )
}

/// What somebody of the family can be to the child, with its words.
pub(super) fn relations() -> Vec<(String, String)> {
    let family = Relation::ALL.iter().filter(|relation| **relation != Relation::Adviser);
    family
        .map(|relation| (relation.word().to_owned(), words::word("relation", relation.word())))
        .collect()
}

async fn open_record(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let me = visitor.me()?;
    let done = match arrival(&typed) {
        Ok(arrival) => web.app.record_request(me, &arrival, &typed.form()).await,
        Err(faults) => Err(Problem::Invalid(faults)),
    };
    match done {
        Ok(reference) => go(&format!("/case/{}?saved=request", reference.as_str())),
        Err(problem) => {
            let kept = mend(problem, filled("", &typed, &[]), "on-day")?;
            let hidden = visitor.again(&typed);
            form_page(&web, &visitor, hidden, kept, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// The request as typed, or everything that is wrong with it.
fn arrival(typed: &Typed) -> Result<Arrival, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let text = |field: &str| typed.get(field).trim().to_owned();
    if text("child-name").is_empty() {
        faults.push(FieldFault::of("child-name", "needed"));
    }
    let born = typed_day(typed, "born").unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let by = Requester::from_word(typed.get("by"));
    if by.is_none() {
        faults.push(FieldFault::of("by", "choose"));
    }
    let received = match typed_day(typed, "on") {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            faults.push(FieldFault::of("on", "needed"));
            None
        }
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    match (by, received) {
        (Some(by), Some(received)) if faults.is_empty() => Ok(Arrival {
            child: text("child-name"),
            born,
            by,
            how: Channel::from_word(typed.get("how")).unwrap_or(Channel::Post),
            received,
            words: text("words"),
            asker: text("your-name"),
            relation: Relation::from_word(typed.get("relation")),
            reach: (text("email"), text("phone")),
        }),
        _ => Err(faults),
    }
}
