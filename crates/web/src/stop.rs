//! What a person sees in place of a page: each [`Problem`] has one page, one status and no low-level
//! text. What is not yours is not found: the same page, so that it tells nothing.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sendero_app::Problem;

use crate::draw::frame_of;
use crate::server::{RequestId, Web};
use crate::session::Visitor;
use crate::view::html;
use crate::view::parts::Conflict;
use crate::view::public::{Wrong, WrongPage};
use crate::words;

/// A handler's way out other than a page.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    problem: Arc<Problem>,
    old_form: bool,
}

impl Stop {
    /// A form that was opened before the sign-in changed, or that came from elsewhere.
    pub(crate) fn old_form() -> Self {
        Self { problem: Arc::new(Problem::Busy), old_form: true }
    }
}

impl<P: Into<Problem>> From<P> for Stop {
    fn from(problem: P) -> Self {
        Self { problem: Arc::new(problem.into()), old_form: false }
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let mut answer = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

/// Where no route leads.
pub(crate) async fn nowhere(uri: Uri) -> Response {
    if crate::page::is_feed(uri.path()) {
        return crate::page::feed_nowhere();
    }
    // Nobody is looked up for an asset, so there is nobody to draw a page for.
    if uri.path().starts_with("/assets/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    Stop::from(Problem::NotFound).into_response()
}

/// Whether an address holds a NUL, which nothing that is kept here does.
fn has_nul(uri: &Uri) -> bool {
    uri.path().contains("%00") || uri.query().is_some_and(|query| query.contains("%00"))
}

fn is_plain_text(answer: &Response) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/plain"))
}

/// Shows the page for a stop.
pub(crate) async fn show(State(web): State<Web>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let id = request.extensions().get::<RequestId>().map(|id| id.0.to_string());
    let uri = request.uri().clone();
    let mut answer =
        if has_nul(&uri) { nowhere(uri.clone()).await } else { next.run(request).await };
    // What the library that reads addresses cannot read is nowhere too; it says so in plain text.
    if answer.status() == StatusCode::BAD_REQUEST && is_plain_text(&answer) {
        answer = nowhere(uri).await;
    }
    let Some(stop) = answer.extensions().get::<Stop>().cloned() else { return answer };
    let Some(visitor) = visitor else { return answer };
    let id = id.unwrap_or_default();
    if matches!(*stop.problem, Problem::SignInFirst) {
        return Redirect::to("/sign-in").into_response();
    }
    let (status, wrong) = wrong_of(&stop, &id);
    let page = WrongPage { frame: frame_of(&web.app, &visitor), wrong, go_on: None };
    match html(&page) {
        Ok(page) => (status, page).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn wrong_of(stop: &Stop, id: &str) -> (StatusCode, Wrong) {
    if stop.old_form {
        return (StatusCode::FORBIDDEN, Wrong::Refused(words::old_form()));
    }
    match &*stop.problem {
        Problem::NotFound | Problem::SignInFirst => (StatusCode::NOT_FOUND, Wrong::NotFound),
        Problem::Invalid(faults) => {
            let said: Vec<String> = faults.iter().map(words::fault).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Wrong::Refused(said.join(" ")))
        }
        Problem::Refused(refusal) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Wrong::Refused(words::refusal(refusal)))
        }
        Problem::Conflict { by_role, theirs, yours } => {
            let conflict = Conflict {
                who: words::role(by_role),
                at: String::new(),
                theirs: theirs.clone(),
                yours: yours.clone(),
            };
            (StatusCode::CONFLICT, Wrong::Conflict(conflict))
        }
        Problem::TooMuch { what, limit } => {
            let status = if what.starts_with("form") {
                StatusCode::PAYLOAD_TOO_LARGE
            } else {
                StatusCode::TOO_MANY_REQUESTS
            };
            (status, Wrong::TooMuch(words::limit(what, *limit)))
        }
        Problem::Busy => (StatusCode::SERVICE_UNAVAILABLE, Wrong::Busy),
        Problem::Broken(why) => {
            tracing::error!(why, "broken");
            (StatusCode::INTERNAL_SERVER_ERROR, Wrong::Broken { reference: id.to_owned() })
        }
    }
}
